"""Which note is about which item: by Zotero's key, else by citekey, else by DOI."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from litindex.parser.values.identifiers import find_doi
from litindex.text_keys import person_key
from litindex.zotero_library.imported_note import ImportedNote
from litindex.zotero_library.items import OWN, Item, ItemId, Library

State = Literal["same", "renewed", "merged", "trashed", "gone", "unknown"]


@dataclass(frozen=True, slots=True)
class Match:
    """`item` is the living item that the note is about: for a merged one that which it is a part of now, for a renewed one
    that which was added again. `unknown`: nothing in Zotero is like it, and the note does not say that it is from there, or not
    from what.
    """

    note: ImportedNote
    state: State
    item: Item | None = None
    stated: ItemId | None = None
    """The item that the note itself names."""


class _Finder:
    """Living items by what notes call them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        living = [item for item in library.items.values() if not item.is_trashed]
        self._by_key = _indexed(living, lambda item: [item.id.key])
        self._by_citekey = _indexed(living, lambda item: [person_key(item.citekey)] if item.citekey else [])
        self._by_doi = _indexed(living, lambda item: filter(None, [find_doi(item.fields.get("DOI", ""))]))

    def match(self, note: ImportedNote) -> Match:
        if note.zotero_key is None:
            like = self._alike(note)
            is_named = note.is_from_zotero and (note.citekey or note.dois)
            return Match(note, "same" if like else "gone" if is_named else "unknown", like)
        stated = self._stated(note, note.zotero_key)
        found = self._library.items.get(stated)
        if found and not found.is_trashed:
            return Match(note, "same", found, stated)
        if successor := self._library.successor(stated):
            return Match(note, "merged", successor, stated)
        if like := self._alike(note):
            return Match(note, "renewed", like, stated)
        return Match(note, "trashed" if found else "gone", None, stated)

    def _stated(self, note: ImportedNote, key: str) -> ItemId:
        """A note that names no library means the one that has such a key; keys are random."""
        if note.zotero_library is None and len(found := self._by_key[key]) == 1:
            return found[0].id
        library = note.zotero_library or OWN
        return ItemId(self._library.local_names.get(library, library), key)

    def _alike(self, note: ImportedNote) -> Item | None:
        """One's own library goes before groups, which hold copies."""
        alike = self._by_citekey[person_key(note.citekey)] if note.citekey else []
        alike = alike or [item for doi in note.dois for item in self._by_doi[doi]]
        return min(alike, key=lambda item: (item.id.library != OWN, item.id), default=None)


def _indexed(items: Iterable[Item], names: Callable[[Item], Iterable[str]]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for name in names(item):
            found[name].append(item)
    return found


def match_notes(notes: Iterable[ImportedNote], library: Library) -> list[Match]:
    """What became of the item of each note, in the order of the notes."""
    finder = _Finder(library)
    return [finder.match(note) for note in notes]


def without_note(matches: Iterable[Match], library: Library) -> Iterator[Item]:
    """Living items that no note is about, of the libraries that notes are about; where there are none, of one's own."""
    with_note = {match.item.id for match in matches if match.item}
    used = {item.library for item in with_note} or {OWN}
    for item in library.items.values():
        if item.id.library in used and item.id not in with_note and not item.is_trashed:
            yield item
