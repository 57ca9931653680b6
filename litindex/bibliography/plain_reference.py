"""A reference in plain words, where neither the note gives one nor a CSL processor is asked."""

from __future__ import annotations

from litindex.bibliography.item import Item
from litindex.bibliography.markup import plain
from litindex.bibliography.names import Person


def plain_reference(item: Item) -> str:
    """`Okafor, Ngozi, and Kenji Ito. 2021. Title. Journal 12 (3): 4–9. Publisher. https://doi.org/…`"""
    fields = {name: plain(text) for name, text in item.fields.items()}
    year = str(item.issued.start[0]) if item.issued and item.issued.start else fields.get("status", "")
    house = ", ".join(filter(None, (fields.get("place"), fields.get("publisher"))))
    doi = f"https://doi.org/{fields['DOI']}" if "DOI" in fields else fields.get("url", "")
    parts = [_authors(item.creators), year, fields.get("title", ""), _container(fields), house]
    sentences = [part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in parts if part]
    return " ".join([*sentences, *filter(None, [doi])])


def _authors(creators: tuple[Person, ...]) -> str:
    authors = [person for person in creators if person.role == "author"]
    kind = ""
    if not authors:
        authors = [person for person in creators if person.role == "editor"]
        kind = ", eds" if len(authors) > 1 else ", ed" if authors else ""
    names = [_inverted(person) if at == 0 else _forward(person) for at, person in enumerate(authors)]
    if len(names) > 2:
        names = [", ".join(names[:-1]), names[-1]]
    return ", and ".join(names) + kind


def _inverted(person: Person) -> str:
    return person.literal or ", ".join(filter(None, (person.last, person.first, person.suffix)))


def _forward(person: Person) -> str:
    return person.literal or " ".join(filter(None, (person.first, person.last, person.suffix)))


def _container(fields: dict[str, str]) -> str:
    volume = fields.get("volume", "")
    issue = f"({fields['issue']})" if "issue" in fields else ""
    numbered = " ".join(filter(None, (fields.get("publicationTitle"), volume, issue)))
    return ": ".join(filter(None, (numbered, fields.get("pages"))))
