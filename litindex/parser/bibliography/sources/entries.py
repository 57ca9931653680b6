"""The note's only entry of a bibliography file, in a code block or pasted as text."""

from __future__ import annotations

from collections.abc import Iterator

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.sources.bibtex import begins_bibtex, read_bibtex
from litindex.parser.bibliography.sources.csl_json import begins_json, read_csl_json
from litindex.parser.bibliography.sources.endnote import begins_endnote, read_endnote
from litindex.parser.bibliography.sources.ris import begins_ris, read_ris
from litindex.parser.bibliography.statement import Statement
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys

_FORMATS = ((begins_bibtex, read_bibtex), (begins_ris, read_ris), (begins_endnote, read_endnote))
"""How an entry begins, and what reads it."""


def entry_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """The statements of the note's BibTeX, RIS, EndNote or CSL-JSON entry."""
    for leaf in page.document.leaves:
        if leaf.kind not in (blocks.CODE, blocks.PARA) or not leaf.lines:
            continue
        lines = [line.lstrip() for line in leaf.lines]
        if leaf.kind == blocks.CODE and leaf.fence and begins_json(lines[0]):
            yield from read_csl_json(leaf, keys)
        for begins, read in _FORMATS:
            if any(map(begins, lines if leaf.kind == blocks.CODE else lines[:1])):
                yield from read(leaf, keys)


def is_entry(leaf: Node) -> bool:
    """Whether a code block or paragraph begins as an entry of a bibliography file does."""
    if leaf.kind not in (blocks.CODE, blocks.PARA) or not leaf.lines:
        return False
    first = leaf.lines[0].lstrip()
    return any(begins(first) for begins, _ in _FORMATS)
