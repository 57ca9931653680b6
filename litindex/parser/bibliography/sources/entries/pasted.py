"""The note's only entry of a bibliography file, in a code block or pasted as text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.sources.entries.bibtex import holds_bibtex, is_open, read_bibtex
from litindex.parser.bibliography.sources.entries.csl_json import holds_json, read_csl_json
from litindex.parser.bibliography.sources.entries.endnote import holds_endnote, read_endnote
from litindex.parser.bibliography.sources.entries.ris import holds_ris, read_ris
from litindex.parser.bibliography.statement import Statement
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys

_FORMATS = (
    ("@", holds_bibtex, read_bibtex),
    ("TY ", holds_ris, read_ris),
    ("%0 ", holds_endnote, read_endnote),
    ('"type"', holds_json, read_csl_json),
)
"""What stands in each entry of a format, what says that a text is one, and what reads it."""


@lru_cache(maxsize=1)
def _signs(text: str) -> frozenset[str]:
    """What stands in a text of what each entry of a format holds; of each note it is asked twice."""
    return frozenset(sign for sign, _, _ in _FORMATS if sign[0] in text and sign in text)


def entry_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """The statements of the note's BibTeX, RIS, EndNote or CSL-JSON entry."""
    leaves, done = page.document.leaves, 0
    formats = [(holds, read) for sign, holds, read in _FORMATS if sign in _signs(page.text)]
    for at, leaf in enumerate(leaves if formats else ()):
        if leaf.start <= done or not _may_hold_entry(leaf):
            continue
        text, first = "\n".join(leaf.lines), leaf.start + (leaf.kind == blocks.CODE and bool(leaf.fence))
        for holds, read in formats:
            if holds(text):
                if read is read_bibtex and leaf.kind == blocks.PARA and is_open(text):
                    text, done = _with_following(leaves[at:])
                yield from read(text, first, keys, page.name)


def _with_following(leaves: list[Node]) -> tuple[str, int]:
    """(the text of a paragraph and all that follows up to the next heading, its last line)."""
    lines: list[str] = []
    for leaf in leaves:
        if leaf.kind == blocks.HEADING:
            break
        lines += [""] * (leaf.start - leaves[0].start - len(lines)) + leaf.lines
    return "\n".join(lines), leaves[0].start + len(lines) - 1


def _may_hold_entry(leaf: Node) -> bool:
    return leaf.kind in (blocks.CODE, blocks.PARA) and bool(leaf.lines)


def pasted_entries(page: ParsedNote) -> set[Node]:
    """The code blocks and paragraphs that hold an entry of a bibliography file, but for JSON."""
    checks = [holds for sign, holds, _ in _FORMATS[:3] if sign in _signs(page.text)]
    leaves = filter(_may_hold_entry, page.document.leaves if checks else ())
    return {leaf for leaf in leaves if any(holds(leaf.text()) for holds in checks)}
