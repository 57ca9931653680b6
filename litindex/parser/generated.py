"""What a language model wrote about a work, where the note says so: not the reader's words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from litindex.parser.markdown import blocks
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.annotations import is_readers
from litindex.parser.vocabulary.sections import is_generated, may_be_generated, says_generated

_LINE = attrgetter("line")


def generated_lines(page: ParsedNote) -> frozenset[int]:
    """The lines under a heading or in a callout that names it, and below a sentence that says so up to a rule or the reader's own heading."""
    if not may_be_generated(page.text):
        return frozenset()
    found: set[int] = set()
    for ranges in (_sections(page), _callouts(page), _said(page)):
        until = 0
        for lines in ranges:
            if lines.start >= until:  # what lies in another is taken already
                found.update(lines)
                until = lines.stop
    return frozenset(found.difference(n for block in page.persist for n in range(block.line_start, block.line_end + 1)))


def _sections(page: ParsedNote) -> Iterator[range]:
    for at, heading in enumerate(page.headings):
        if is_generated(heading.text):
            yield range(heading.line, _end(page, at + 1, heading.level))


def _callouts(page: ParsedNote) -> Iterator[range]:
    for node, head in page.callouts:
        if is_generated(head.title) or is_generated(head.type):
            yield range(node.start, node.end + 1)


def _said(page: ParsedNote) -> Iterator[range]:
    """What a sentence is about: the quote or callout that it begins, else what stands below."""
    rules = [leaf.start for leaf in page.document.leaves if leaf.kind == blocks.RULE]
    for leaf in page.document.leaves:
        if leaf.kind not in (blocks.PARA, blocks.TITLE) or leaf.item is not None or not says_generated(leaf.text()):
            continue
        around = leaf.quote
        if around is not None and (len(leaf.lines) > 1 or around.end > leaf.end):
            yield range(around.start, around.end + 1)
            continue
        at = bisect_left(page.headings, leaf.start, key=_LINE)
        end = _end(page, at, page.headings[at - 1].level if at else 1)
        rule = bisect_left(rules, leaf.end)
        yield range(leaf.start, min([end, *rules[rule : rule + 1]]))


def _end(page: ParsedNote, at: int, level: int) -> int:
    """The line of the first heading from `at` on that is as high, or the reader's."""
    for number in range(at, len(page.headings)):
        if page.headings[number].level <= level or is_readers(page.headings[number].text):
            return page.headings[number].line
    return page.first + len(page.lines)
