"""What differs between notes and the items they are about: findings, each of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from litindex.zotero_library.comparing import equality
from litindex.zotero_library.comparing.annotations import changes, imported, zotero_time
from litindex.zotero_library.comparing.matching import Match, match_notes, without_note
from litindex.zotero_library.imported_note import ImportedNote
from litindex.zotero_library.items import Item, ItemCreator, Library

KINDS: Final = {
    "no-note": "An item has no note.",
    "gone": "The item of a note is not in Zotero.",
    "trashed": "The item of a note is in the trash of Zotero.",
    "merged": "The item of a note was merged into another one.",
    "renewed": "The item of a note was deleted and added again.",
    "outdated": "An item was changed after its note was imported.",
    "annotations": "Annotations were made, changed or deleted since the import.",
    "citekey": "The citekey is another one.",
    "title": "The title is another one.",
    "creators": "The creators are others, or in another order.",
    "date": "The date is another one.",
    "doi": "The DOI is another one.",
    "container": "The journal, book or site is another one.",
    "tags": "The tags are others.",
    "collections": "The item is in other collections.",
}
"""What can differ, and how it is said; the order in which it is told."""


class Finding(NamedTuple):
    """Something that differs. `path` is '' where there is no note; `note` and `zotero` are what each of them says."""

    kind: str
    path: str
    item: str
    note: str
    zotero: str
    zotero_uri: str
    obsidian_uri: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that differs, by kind, then path; and how much was compared."""

    findings: list[Finding]
    notes: int
    items: int
    matched: int


def compare(notes: Iterable[ImportedNote], library: Library) -> Report:
    """Compares the literature notes of a vault with Zotero's libraries."""
    matches = match_notes(notes, library)
    known = {each.key for item in library.items.values() for each in item.annotations}
    found = [finding for match in matches for finding in _of_match(match, known)]
    found += [_lacking(item) for item in without_note(matches, library)]
    order = list(KINDS)
    found.sort(key=lambda each: (order.index(each.kind), each.path, each.item, each.zotero_uri))
    living = sum(not item.is_trashed for item in library.items.values())
    return Report(found, len(matches), living, sum(match.item is not None for match in matches))


def _lacking(item: Item) -> Finding:
    return Finding("no-note", "", describe(item), "", item.citekey or "", item.id.uri, "")


def describe(item: Item) -> str:
    """`Okafor et al., The night chorus (2021)`"""
    names = [each.last for each in item.creators if each.is_primary] or [each.last for each in item.creators]
    people = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
    year = equality.item_date(item)[:4]
    title = equality.plain_title(item.title) or item.id.key
    return f"{people}, {title}".removeprefix(", ") + (f" ({year})" if year else "")


def _of_match(match: Match, known: set[str]) -> Iterator[Finding]:
    if match.state in ("gone", "trashed", "merged", "renewed"):
        yield _of_state(match)
    if match.item and match.state != "merged":  # the note describes another item, as it was
        for kind, (ours, theirs) in _differences(match.note, match.item, known):
            yield _finding(kind, match.note, match.item, ours, theirs)


def _of_state(match: Match) -> Finding:
    stated = match.stated.uri if match.stated else match.note.citekey or ""
    if match.item:
        return _finding(match.state, match.note, match.item, stated, describe(match.item))
    uri = match.stated.uri if match.stated and match.state == "trashed" else ""
    return Finding(match.state, match.note.path, match.note.shown_title or "", stated, "", uri, match.note.uri or "")


def _finding(kind: str, note: ImportedNote, item: Item, ours: str, theirs: str) -> Finding:
    return Finding(kind, note.path, describe(item), ours, theirs, item.id.uri, note.uri or "")


_Pair = tuple[str, str] | None
"""What the note says and what Zotero says; None: nothing differs."""


def _differences(note: ImportedNote, item: Item, known: set[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    for kind, difference in _CHECKS.items():
        if pair := difference(note, item):
            yield kind, pair
    if found := changes(note, item, known):
        yield "annotations", ("", str(found))


def _outdated(note: ImportedNote, item: Item) -> _Pair:
    """Both as ISO 8601, the note's as it is written there."""
    ours, theirs = imported(note), zotero_time(item.modified)
    if theirs <= ours:
        return None
    return note.imported_at or f"{ours:%Y-%m-%dT%H:%M:%SZ}", f"{theirs:%Y-%m-%dT%H:%M:%SZ}"


def _citekey(note: ImportedNote, item: Item) -> _Pair:
    if not note.citekey or not item.citekey or note.citekey == item.citekey:
        return None
    return note.citekey, item.citekey


def _title(note: ImportedNote, item: Item) -> _Pair:
    if not note.title or equality.same_title(note.title, item):
        return None
    return note.title, equality.plain_title(item.title)


def _creators(note: ImportedNote, item: Item) -> _Pair:
    if not note.creators or equality.same_creators(note.creators, item, has_et_al=bool(note.has_et_al)):
        return None
    return "; ".join(each.name for each in note.creators), "; ".join(map(_shown, item.creators))


def _shown(creator: ItemCreator) -> str:
    return f"{creator.last}, {creator.first}" if creator.first else creator.last


def _date(note: ImportedNote, item: Item) -> _Pair:
    if not note.date or equality.same_date(note.date, item):
        return None
    return note.date, equality.item_date(item)


def _doi(note: ImportedNote, item: Item) -> _Pair:
    if not note.dois or equality.same_doi(note.dois, item):
        return None
    return ", ".join(note.dois), equality.item_doi(item) or ""


def _container(note: ImportedNote, item: Item) -> _Pair:
    if not note.container or equality.same_container(note.container, item):
        return None
    return note.container, equality.item_container(item)


def _tags(note: ImportedNote, item: Item) -> _Pair:
    return None if note.tags is None else _unlike(note.tags, item.tags)


def _collections(note: ImportedNote, item: Item) -> _Pair:
    return None if note.collections is None else _unlike(note.collections, item.collections)


def _unlike(ours: tuple[str, ...], theirs: tuple[str, ...]) -> _Pair:
    only_ours, only_theirs = equality.unlike(ours, theirs)
    return (", ".join(only_ours), ", ".join(only_theirs)) if only_ours or only_theirs else None


_CHECKS: Final[dict[str, Callable[[ImportedNote, Item], _Pair]]] = {
    "outdated": _outdated, "citekey": _citekey, "title": _title, "creators": _creators, "date": _date, "doi": _doi,
    "container": _container, "tags": _tags, "collections": _collections,
}  # fmt: skip
