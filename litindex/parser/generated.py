"""What a language model wrote about a work, where the note says so: not the reader's words."""

from __future__ import annotations

from collections.abc import Iterator

from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.annotations import is_readers
from litindex.parser.vocabulary.sections import is_generated, says_generated


def generated_lines(page: ParsedNote) -> frozenset[int]:
    """The lines under a heading or in a callout that names it, and below a sentence that says so up to a rule or the reader's own heading."""
    kept = {n for block in page.persist for n in range(block.line_start, block.line_end + 1)}
    return frozenset(n for lines in _generated(page) for n in lines if n not in kept)


def _generated(page: ParsedNote) -> Iterator[range]:
    for heading in page.headings:
        if is_generated(heading.text):
            yield range(heading.line, _section_end(page, heading.line, heading.level))
    for node, head in page.callouts:
        if is_generated(head.title) or is_generated(head.type):
            yield range(node.start, node.end + 1)
    for leaf in page.document.leaves:
        if leaf.kind in (blocks.PARA, blocks.TITLE) and leaf.lines and says_generated(leaf.lines[0]):
            yield _said_of(page, leaf)


def _said_of(page: ParsedNote, leaf: Node) -> range:
    """What a sentence is about: the quote or callout that it begins, else what stands below."""
    around = leaf.quote
    if around is not None and (len(leaf.lines) > 1 or around.end > leaf.end):
        return range(around.start, around.end + 1)
    above = [heading for heading in page.headings if heading.line < leaf.start and heading.level > 1]
    end = _section_end(page, leaf.start, above[-1].level if above else 1)
    rules = (each.start for each in page.document.leaves if each.kind == blocks.RULE and leaf.end < each.start < end)
    return range(leaf.start, next(rules, end))


def _section_end(page: ParsedNote, line: int, level: int) -> int:
    """The line of the next heading that is as high, or the reader's."""
    ends = (h.line for h in page.headings if h.line > line and (h.level <= level or is_readers(h.text)))
    return next(ends, page.first + len(page.lines))
