"""Annotations that were made, changed or deleted in Zotero since a note was imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from litindex.parser.vocabulary.colors import color_name, find_hex
from litindex.text_keys import title_key
from litindex.zotero_library.imported_note import ImportedNote, NoteAnnotation
from litindex.zotero_library.items import Item, ItemAnnotation

_FARTHEST_WEST = timedelta(hours=12)


def imported(note: ImportedNote) -> datetime:
    """When the note was imported last, not earlier than it was: as it says, else when its file was written. A time without
    an offset is taken for the latest that it may mean.
    """
    try:
        found = datetime.fromisoformat(note.imported_at or "")
    except ValueError:
        return datetime.fromtimestamp(note.mtime_ns / 1e9, UTC)
    if found.tzinfo is not None:
        return found
    is_a_day = "T" not in (note.imported_at or "").replace(" ", "T")
    return found.replace(tzinfo=UTC) + _FARTHEST_WEST + timedelta(days=is_a_day)


def zotero_time(text: str) -> datetime:
    """A time of Zotero's tables, which is UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to the annotations of an item."""

    new: tuple[ItemAnnotation, ...] = ()
    changed: tuple[ItemAnnotation, ...] = ()
    deleted: tuple[NoteAnnotation, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.deleted)

    def __str__(self) -> str:
        """`2 new (yellow, red), 1 deleted`"""
        parts = (_counted("new", self.new), _counted("changed", self.changed), _counted("deleted", self.deleted))
        return ", ".join(filter(None, parts))


def _counted(what: str, annotations: Iterable[ItemAnnotation | NoteAnnotation]) -> str:
    colors = Counter(color_name(find_hex(each.color)) or "no colour" for each in annotations)
    if not colors:
        return ""
    listed = ", ".join(f"{count} {name}" if count > 1 else name for name, count in colors.most_common())
    return f"{colors.total()} {what} ({listed})"


def changes(note: ImportedNote, item: Item, known: Container[str]) -> Changes:
    """What a new import would bring; `known` are the keys of all annotations in Zotero. A note without annotations and
    without a place for them has none. One that is older than the import and not in the note was left out by its template,
    or by its reader.
    """
    if not note.annotations and not note.has_annotation_block:
        return Changes()
    held = _Held(note)
    return Changes(
        tuple(each for each in item.annotations if held.misses(each)),
        tuple(each for each in item.annotations if held.has_before_change(each)),
        tuple(each for each in note.annotations if each.key and each.key not in known),
    )


class _Held:
    """The annotations of a note, as they are found again: by key, else by what is marked or was written."""

    def __init__(self, note: ImportedNote) -> None:
        self._imported = imported(note)
        self._knows_time = note.imported_at is not None
        self._by_key = {each.key: each for each in note.annotations if each.key}
        self._texts = {title_key(text) for each in note.annotations for text in (each.text, each.comment)} - {""}

    def _has(self, theirs: ItemAnnotation) -> bool:
        texts = {title_key(theirs.text), title_key(theirs.comment)}
        return theirs.key in self._by_key or not self._texts.isdisjoint(texts)

    def misses(self, theirs: ItemAnnotation) -> bool:
        """Made since the import; where nobody knows when that was, keys tell what the note has."""
        is_later = zotero_time(theirs.added) > self._imported
        return not self._has(theirs) and (is_later or (bool(self._by_key) and not self._knows_time))

    def has_before_change(self, theirs: ItemAnnotation) -> bool:
        """Changed since the import. One without a key whose words were changed is not found again."""
        if zotero_time(theirs.modified) <= self._imported:
            ours = self._by_key.get(theirs.key)
            return ours is not None and not self._knows_time and _differs(ours, theirs)
        is_earlier = zotero_time(theirs.added) <= self._imported
        return self._has(theirs) or (is_earlier and not self._by_key)


def _differs(ours: NoteAnnotation, theirs: ItemAnnotation) -> bool:
    """In what the note holds of it: a template may print no colour, a plugin may cut a text."""
    return (bool(ours.color) and ours.color != find_hex(theirs.color)) or (
        bool(ours.text and theirs.text) and title_key(ours.text) not in title_key(theirs.text)
    )
