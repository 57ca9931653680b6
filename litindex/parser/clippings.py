"""Pages of the web that were saved whole into a note: their text is not the reader's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from litindex.parser.makers.reading import names_service
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.annotations import is_readers

_CLIPPING = re.compile(r"^(?:tags?:.*?|[ \t]*-[ \t]*)[\"'#\[, ]clippings?\b", re.M | re.I)
"""The tag that Obsidian's Web Clipper gives."""
_ADDRESS = re.compile(r"^(?:source|url|link):[ \t]*[\"'\[]*https?://", re.M | re.I)
_FULL_TEXT = re.compile(
    r"\W*(?:(?:full )?(?:content|article|text|document)(?: contents| text)?|inhalt|volltext|contenu|texte intégral|contenido|conteúdo|contenuto"
    r"|全文|正文|内容|本文)\W*",
    re.I,
)
"""The heading under which services for reading print it."""


def clipped_lines(page: ParsedNote) -> frozenset[int]:
    """The lines that hold a saved page: all of a clipping, and of other notes of a service what stands under `Content`; not
    what stands under the reader's own headings (`My notes`) or in persist blocks.
    """
    start = _start(page)
    if start is None:
        return frozenset()
    last = page.first + len(page.lines)
    kept = chain(_reader_sections(page, last), (range(b.line_start, b.line_end + 1) for b in page.persist))
    return frozenset(range(start, last)).difference(*kept)


def _start(page: ParsedNote) -> int | None:
    front = page.front.text
    if "lipping" in front and _CLIPPING.search(front) and _ADDRESS.search(front):
        return page.first
    if not names_service(front):
        return None
    return next((heading.line for heading in page.headings if _FULL_TEXT.fullmatch(heading.text)), None)


def _reader_sections(page: ParsedNote, last: int) -> Iterator[range]:
    for i, heading in enumerate(page.headings):
        if is_readers(heading.text):
            ends = (each.line for each in page.headings[i + 1 :] if each.level <= heading.level)
            yield range(heading.line, next(ends, last))
