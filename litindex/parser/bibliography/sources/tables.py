"""Tables of keys and values, in Markdown or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.bibliography.metadata_region import Region, record_lines
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node as Block
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys

_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_HTML_ROW = re.compile(
    r"<t[dh][^<>]*>((?:<(?:b|strong|i|em)>)?[^<>]{1,40}(?:</[a-z]{1,6}>)?)</t[dh]>\s*<td[^<>]*>((?:[^<]|<(?!/td)){0,500})</td>",
    re.I,
)


def table_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """What rows of two cells say, and a table of one row under its keys."""
    is_there = "|" in page.text and any(leaf.kind == blocks.TABLE for leaf in page.document.leaves)
    for number, text, leaf in record_lines(page, region) if is_there else ():
        if leaf.kind == blocks.TABLE:
            if number == leaf.start:
                yield from _header_table(leaf, keys)
            cells = blocks.cells(text)
            if len(cells) == 2 and cells[1] and (field := keys.field(_key(cells[0]))):
                yield Statement(field, _key(cells[0]), cells[1], number, Source.TABLE)
    yield from _html_rows(page, region, keys)


def _key(cell: str) -> str:
    return _TAGS.sub("", cell).strip("*_: ")


def _header_table(leaf: Block, keys: Keys) -> Iterator[Statement]:
    """A table whose header row holds the keys and whose only other row the values."""
    if len(leaf.lines) != 3:
        return
    names, values = blocks.cells(leaf.lines[0]), blocks.cells(leaf.lines[2])
    fields = [keys.field(_key(name)) for name in names]
    if sum(field is not None for field in fields) < 3:
        return
    for key, field, value in zip(names, fields, values, strict=False):
        if field is not None and value:
            yield Statement(field, key, value, leaf.start + 2, Source.TABLE)


def _html_rows(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """`<tr><td>Title</td><td>…</td></tr>`."""
    for leaf in page.document.leaves:
        if leaf.kind == blocks.HTML and leaf.start < region.head_end and leaf.start not in region.persist:
            for key, value in _HTML_ROW.findall("\n".join(leaf.lines)):
                if (field := keys.field(_key(key))) is not None and value.strip():
                    yield Statement(field, _key(key), _TAGS.sub("", value).strip(), leaf.start, Source.TABLE)
