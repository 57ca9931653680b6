"""What a literature note says of its item in Zotero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class NoteCreator(NamedTuple):
    """`name` is in normal form (Family, Given); `kind` is person or single."""

    role: str
    name: str
    kind: str


class NoteAnnotation(NamedTuple):
    """`key` is Zotero's, where the note gives it."""

    key: str | None
    color: str
    text: str
    comment: str


@dataclass(frozen=True, slots=True)
class ImportedNote:
    """A literature note: what is None it does not say, and nothing differs in it. Its tags are those from Zotero; () is a
    place for them that is empty.
    """

    path: str
    shown_title: str | None = None
    citekey: str | None = None
    zotero_library: str | None = None
    zotero_key: str | None = None
    imported_at: str | None = None
    mtime_ns: int = 0
    title: str | None = None
    date: str | None = None
    container: str | None = None
    has_et_al: bool = False
    is_from_zotero: bool = False
    has_annotation_block: bool = False
    creators: tuple[NoteCreator, ...] = ()
    dois: tuple[str, ...] = ()
    tags: tuple[str, ...] | None = None
    collections: tuple[str, ...] | None = None
    annotations: tuple[NoteAnnotation, ...] = ()
    uri: str | None = None
    """Opens the note in Obsidian."""
