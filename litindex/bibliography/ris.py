"""RIS: types and tags as Zotero's translator and EndNote's description have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from litindex.bibliography.dates import Date
from litindex.bibliography.item import Item
from litindex.bibliography.markup import plain
from litindex.bibliography.names import Person

TYPES: Final = {
    "artwork": "ART", "audioRecording": "SOUND", "bill": "BILL", "blogPost": "BLOG", "book": "BOOK",
    "bookSection": "CHAP", "case": "CASE", "computerProgram": "COMP", "conferencePaper": "CONF", "dataset": "DATA",
    "dictionaryEntry": "DICT", "document": "GEN", "email": "ICOMM", "encyclopediaArticle": "ENCYC", "film": "MPCT",
    "forumPost": "ICOMM", "hearing": "HEAR", "instantMessage": "ICOMM", "interview": "PCOMM",
    "journalArticle": "JOUR", "letter": "PCOMM", "magazineArticle": "MGZN", "manuscript": "MANSCPT", "map": "MAP",
    "newspaperArticle": "NEWS", "patent": "PAT", "podcast": "SOUND", "preprint": "UNPB", "presentation": "SLIDE",
    "radioBroadcast": "SOUND", "report": "RPRT", "standard": "STAND", "statute": "STAT", "thesis": "THES",
    "tvBroadcast": "MPCT", "videoRecording": "VIDEO", "webpage": "ELEC",
}  # fmt: skip
FIELDS: Final = {
    "title": "TI", "shortTitle": "ST", "publicationTitle": "T2", "journalAbbreviation": "J2", "conferenceName": "T2 C3",
    "series": "T3", "seriesNumber": "M1", "volume": "VL", "issue": "IS", "number": "SN M1", "numPages": "SP",
    "numberOfVolumes": "NV", "edition": "ET", "version": "ET", "section": "SE", "session": "ET", "publisher": "PB",
    "place": "CY", "eventPlace": "C1", "language": "LA", "abstractNote": "AB", "DOI": "DO", "ISBN": "SN",
    "ISSN": "SN", "PMID": "AN", "PMCID": "C2", "url": "UR", "archive": "DB", "archiveLocation": "AN",
    "libraryCatalog": "DP", "callNumber": "CN", "type": "M3", "medium": "M3", "system": "M1", "authority": "A2",
    "status": "C6", "history": "OP", "scale": "C1", "extra": "N1", "annotation": "N1", "rights": "C4",
}  # fmt: skip
"""Zotero's field -> RIS tag; of several the first that is free."""
OF_TYPE: Final = {
    "book": {"series": "T2"},
    "conferencePaper": {"publicationTitle": "T2", "conferenceName": "C3", "place": "CY"},
    "case": {"authority": "PB", "number": "SV"},
    "bill": {"authority": "T3", "number": "M1"},
    "hearing": {"authority": "T3", "number": "M1", "section": "T2"},
    "statute": {"number": "M1", "session": "ET"},
    "map": {"series": "T2"},
    "report": {"series": "T2"},
    "patent": {"number": "SN", "authority": "A2"},
    "film": {"medium": "C5", "type": "C4"},
    "tvBroadcast": {"medium": "C5", "number": "M1"},
    "radioBroadcast": {"medium": "C5", "number": "M1"},
    "videoRecording": {"medium": "C5"},
    "audioRecording": {"medium": "C5"},
    "podcast": {"number": "M1"},
}  # fmt: skip
ROLES: Final = {"author": "AU", "editor": "A2", "seriesEditor": "A3", "translator": "A4"}
ROLES_OF_TYPE: Final = {
    "book": {"editor": "ED", "seriesEditor": "A2"},
    "bill": {"cosponsor": "A3"},
    "audioRecording": {"composer": "A2"},
    "interview": {"interviewer": "A2"},
    "email": {"recipient": "A2"},
    "instantMessage": {"recipient": "A2"},
    "letter": {"recipient": "A2"},
    "film": {"producer": "A3", "contributor": "A4"},
    "tvBroadcast": {"producer": "A3", "castMember": "C1"},
    "videoRecording": {"producer": "A3", "castMember": "C1"},
    "radioBroadcast": {"producer": "A3", "castMember": "C1"},
    "case": {"counsel": "A4"},
    "patent": {"attorneyAgent": "C4"},
    "bookSection": {"bookAuthor": "C2"},
    "blogPost": {"commenter": "C2"},
}  # fmt: skip
_REPEATED: Final = frozenset(("AU", "A2", "A3", "A4", "ED", "KW", "SN", "UR", "N1", "C1", "C2", "C4"))
_DASH = re.compile(r"\s*[-–—‐‑−]+\s*")


def write(items: Iterable[Item]) -> str:
    """RIS records, one line a tag, each closed by ER."""
    return "\n".join("".join(f"{tag}  - {text}\n" for tag, text in _record(item)) for item in items)


def _record(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES.get(item.type, "GEN")
    yield "ID", item.key
    yield from _creators(item)
    taken: set[str] = set()
    for name, tag in _tags(item):
        if tag not in taken or tag in _REPEATED:
            taken.add(tag)
            yield tag, " ".join(plain(item.fields[name]).split())
    yield from _rest(item)
    yield "ER", ""


def _creators(item: Item) -> Iterator[tuple[str, str]]:
    """Authors first; a role that RIS has no tag for is told in a note."""
    roles = {**ROLES, **ROLES_OF_TYPE.get(item.type, {})}
    for person in sorted(item.creators, key=lambda person: person.role != "author"):
        if person.role in roles:
            yield roles[person.role], ris_name(person)
        else:
            yield "N1", f"{person.role}: {ris_name(person)}"


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    special = OF_TYPE.get(item.type, {})
    used: set[str] = set()
    for name, default in FIELDS.items():
        if not item.fields.get(name) or (name == "numPages" and "pages" in item.fields):
            continue
        tags = special.get(name, default).split()
        tag = next((each for each in tags if each not in used), tags[-1])
        used.add(tag)
        yield name, tag


def ris_name(person: Person) -> str:
    """`Family, Given, Suffix`; an institution as it is."""
    return person.literal or ", ".join(part for part in (person.last, person.first, person.suffix) if part)


def _rest(item: Item) -> Iterator[tuple[str, str]]:
    if item.issued and not item.issued.literal:
        if item.issued.start[0] > 0:
            yield "PY", f"{item.issued.start[0]:04}"
        yield "DA", ris_date(item.issued)
    if item.accessed and not item.accessed.literal:
        yield "Y2", ris_date(item.accessed)
    if pages := item.fields.get("pages"):
        first, *rest = _DASH.split(pages, maxsplit=1)
        yield "SP", first
        if rest:
            yield "EP", rest[0]
    if "arXiv" in item.fields and "archive" not in item.fields:
        yield "DB", "arXiv"
        if not {"archiveLocation", "PMID"} & item.fields.keys():
            yield "AN", f"arXiv:{item.fields['arXiv']}"
    yield from (("KW", keyword) for keyword in item.keywords)


_SEASONS: Final = ("", "Spring", "Summer", "Autumn", "Winter")


def ris_date(date: Date) -> str:
    """`YYYY/MM/DD/other`: what is not known is empty; the end of a range, a season and doubt stand last."""
    year, month, day, *_ = (*date.start, 0, 0)
    other = [_SEASONS[date.season]] if date.season else []
    if date.end:
        other.append("to " + "-".join(f"{part:02}" for part in date.end))
    if date.doubt:
        other.append("circa" if date.doubt == "~" else "uncertain")
    years = f"{year:04}" if year > 0 else f"{-year} BC"
    return f"{years}/{f'{month:02}' if month else ''}/{f'{day:02}' if day else ''}/{' '.join(other)}"
