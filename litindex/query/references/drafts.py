"""What a draft cites: citations of pandoc, links to citekeys and links to literature notes, in the order of the text."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from litindex.models import Link, Note
from litindex.parser import parse_note
from litindex.query.references.bibliography import Key
from litindex.text_keys import person_key, text_key

BY_OTHER_CITEKEY = "SELECT note_id FROM identifiers WHERE scheme = 'citekey' AND value = ? ORDER BY note_id"
LINKED = """
SELECT n.id FROM notes n JOIN works w ON w.note_id = n.id
WHERE n.name_key = :name AND ('/' || n.path_key) LIKE '%/' || :path ESCAPE '\\'
   OR n.id IN (SELECT note_id FROM aliases WHERE alias_key = :text)
ORDER BY n.name_key = :name DESC, length(n.path), n.path
"""
_CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|eq|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau)[:-]"
)
"""Prefixes of pandoc-crossref and Quarto: `@fig:map` is a figure, no work."""


class Cited(NamedTuple):
    """A work that a text cites; `note_id` is None where no note has it. `name` is as written, `line` counts from 1."""

    note_id: int | None
    name: str
    line: int


def cited(connection: sqlite3.Connection, keys: Mapping[int, Key], data: bytes) -> list[Cited]:
    """Every citation of a draft, in the order of the text; a link counts where it leads to a literature note."""
    note = parse_note("draft.md", data)
    lines = data.decode("utf-8", "replace").splitlines()
    by_key = {person_key(key.key): note_id for note_id, key in keys.items()}
    found = [*_by_citation(connection, note, by_key), *_by_link(connection, note)]
    return sorted(found, key=lambda each: (each.line, _column(lines, each)))


def _column(lines: list[str], each: Cited) -> int:
    line = lines[each.line - 1] if 0 < each.line <= len(lines) else ""
    return line.find(each.name)


def _by_citation(connection: sqlite3.Connection, note: Note, by_key: Mapping[str, int]) -> Iterator[Cited]:
    for citation in note.citations:
        target = by_key.get(citation.citekey_key) or _by_other(connection, citation.citekey_key)
        if target is not None or not _CROSS_REFERENCE.match(citation.citekey):
            yield Cited(target, citation.citekey, citation.line or 0)


def _by_other(connection: sqlite3.Connection, citekey_key: str) -> int | None:
    row = connection.execute(BY_OTHER_CITEKEY, (citekey_key,)).fetchone()
    return row[0] if row else None


def _by_link(connection: sqlite3.Connection, note: Note) -> Iterator[Cited]:
    for link in note.links:
        if link.scheme is None and link.target and not link.target.startswith("@"):
            row = connection.execute(LINKED, _names(link)).fetchone()
            if row:
                yield Cited(row[0], link.target, link.line or 0)


def _names(link: Link) -> dict[str, str]:
    """A path may be written from the root of the vault, from the draft, or as the file's name alone."""
    path = re.sub(r"^(?:\.{0,2}/)+", "", text_key(link.target)).removesuffix(".md")
    pattern = re.sub(r"([%_\\])", r"\\\1", path) + ".md"
    return {"name": path.rpartition("/")[2], "path": pattern, "text": text_key(link.target)}
