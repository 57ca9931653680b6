"""When a value of a note and one of Zotero mean the same, however a template, a plugin or a person wrote it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Final

from litindex.bibliography import markup
from litindex.parser.values.dates import read_date
from litindex.parser.values.identifiers import find_doi
from litindex.parser.values.names import name_parts
from litindex.text_keys import letters, title_key
from litindex.zotero_library.imported_note import NoteCreator
from litindex.zotero_library.items import Item, ItemCreator

_EXTRA_DOI = re.compile(r"^\s*DOI\s*:\s*(\S.*)$", re.I | re.M)
_TITLES: Final = ("title", "shortTitle")
_CONTAINERS: Final = ("publicationTitle", "journalAbbreviation", "conferenceName", "seriesTitle", "series", "publisher")
"""Fields that templates take for a container, the most usual first."""


def plain_title(text: str) -> str:
    """Without Zotero's small HTML and entities."""
    return html.unescape(markup.plain(text)).strip()


def _folded(text: str) -> str:
    """Letters and digits; a tag of other signs is itself."""
    return title_key(plain_title(text)) or text.strip()


def same_title(title: str, item: Item) -> bool:
    """Case, punctuation and markup do not matter; a short title is one too."""
    return _folded(title) in {_folded(item.fields.get(name, "")) for name in _TITLES}


def same_date(date: str, item: Item) -> bool:
    """As far as both say it: 2021 and 17 April 2021 are no contradiction."""
    theirs = item_date(item)
    shorter = min(len(date), len(theirs))
    return bool(theirs) and date[:shorter] == theirs[:shorter]


def item_date(item: Item) -> str:
    """The date of the item as far as it can be read, else as it was written. Zotero keeps both: `2017-03-00 3/2017`."""
    raw = item.fields.get("date", "")
    found = read_date(raw)
    return found.date or (str(found.year) if found.year else raw.removeprefix("0000-00-00 "))


def same_doi(dois: Iterable[str], item: Item) -> bool:
    """Case and address do not matter; types without the field have theirs in `extra`."""
    return item_doi(item) in set(dois)


def item_doi(item: Item) -> str | None:
    """The DOI of the item, in its normal form."""
    in_extra = _EXTRA_DOI.search(item.fields.get("extra", ""))
    return find_doi(item.fields.get("DOI", "") or (in_extra[1] if in_extra else ""))


def same_container(container: str, item: Item) -> bool:
    """Any of the fields that a template may have taken it from."""
    return _folded(container) in {_folded(item.fields[name]) for name in _CONTAINERS if name in item.fields}


def item_container(item: Item) -> str:
    """What is shown as the container of the item."""
    return next((item.fields[name] for name in _CONTAINERS if item.fields.get(name)), "")


# --------------------------------------------------------------------- people


def same_creators(ours: Sequence[NoteCreator], item: Item, *, has_et_al: bool) -> bool:
    """The same people in the same order, role by role; roles that the note does not name do not matter. An `et al.` stands
    for any that follow.
    """
    roles = dict.fromkeys(each.role for each in ours)
    return all(
        _same_people([each for each in ours if each.role == role], _of_role(role, item), has_et_al=has_et_al)
        for role in roles
    )


def _of_role(role: str, item: Item) -> list[ItemCreator]:
    """Those of a role. The primary creators of a type are its authors as well; where there are none, all are."""
    is_any = role in ("author", "creator")
    found = [each for each in item.creators if each.role == role or (is_any and each.is_primary)]
    return found or (list(item.creators) if is_any else [])


def _same_people(ours: Sequence[NoteCreator], theirs: Sequence[ItemCreator], *, has_et_al: bool) -> bool:
    if len(ours) != len(theirs) and not (has_et_al and len(ours) < len(theirs)):
        return False
    return all(map(_same_person, ours, theirs))


def _same_person(ours: NoteCreator, theirs: ItemCreator) -> bool:
    """The same family name, and given names that do not contradict one another; or the same words in any order."""
    name = f"{theirs.last}, {theirs.first}" if theirs.first else theirs.last
    if sorted(letters(ours.name).split()) == sorted(letters(name).split()):
        return True
    if ours.kind != "person" or not theirs.first:
        return title_key(ours.name) == title_key(f"{theirs.last}{theirs.first}")
    mine, other = name_parts(ours.name, "person"), name_parts(name, "person")
    return mine[6] == other[6] and _given_fit(mine[7].split(), other[7].split())


def _given_fit(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """`J.` may be Jun; a middle name may be left out."""
    return all(x.startswith(y) or y.startswith(x) for x, y in zip(ours, theirs, strict=False))


# -------------------------------------------------------- tags and collections


def unlike(ours: Iterable[str], theirs: Iterable[str]) -> tuple[list[str], list[str]]:
    """What only we have, and what only they have; a template may have changed spaces and signs, or kept only the last part
    of a collection's path.
    """
    ours, theirs = list(ours), list(theirs)
    their_keys = {key for name in theirs for key in _keys(name)}
    our_keys = {_folded(name) for name in ours}
    only_ours = [name for name in ours if _folded(name) not in their_keys]
    return only_ours, [name for name in theirs if our_keys.isdisjoint(_keys(name))]


def _keys(name: str) -> set[str]:
    return {_folded(name), _folded(name.rpartition("/")[2] or name)}
