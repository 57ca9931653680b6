"""The note's only entry of a bibliography file, in a code block or pasted as text."""

from __future__ import annotations

from collections.abc import Iterator

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.sources.bibtex import holds_bibtex, is_open, read_bibtex
from litindex.parser.bibliography.sources.csl_json import holds_json, read_csl_json
from litindex.parser.bibliography.sources.endnote import holds_endnote, read_endnote
from litindex.parser.bibliography.sources.ris import holds_ris, read_ris
from litindex.parser.bibliography.statement import Statement
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys

_FORMATS = (
    (holds_bibtex, read_bibtex),
    (holds_ris, read_ris),
    (holds_endnote, read_endnote),
    (holds_json, read_csl_json),
)
"""What says that a text is of a format, and what reads it."""


def entry_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """The statements of the note's BibTeX, RIS, EndNote or CSL-JSON entry."""
    leaves = page.document.leaves
    done = 0
    for at, leaf in enumerate(leaves):
        if leaf.start <= done or not _may_hold_entry(leaf):
            continue
        text, first = "\n".join(leaf.lines), leaf.start + (leaf.kind == blocks.CODE and bool(leaf.fence))
        for holds, read in _FORMATS:
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


def is_entry(leaf: Node) -> bool:
    """Whether a code block or paragraph holds an entry of a bibliography file."""
    return _may_hold_entry(leaf) and any(holds("\n".join(leaf.lines)) for holds, _ in _FORMATS[:3])
