"""List items, quotes, headings and lines that carry a link to their passage; what the list below them says (Z27)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.annotations import text as words
from litindex.parser.annotations.context import Surroundings
from litindex.parser.annotations.links import listen, passages_in
from litindex.parser.annotations.passage import Origin, Passage
from litindex.parser.annotations.quotations import quotations
from litindex.parser.annotations.text import Row
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node

_BULLET = re.compile(r"[-*+]\s+")


def read_linked(around: Surroundings, node: Node) -> Iterator[Passage]:
    """One passage a link; what is indented below, quoted once more, or listed below is said of the last one."""
    rows = around.rows(node)
    if not rows:
        return
    place = rows[0].place
    own = [row for row in rows if row.place == place]
    passages = list(passages_in(around, node, own))
    if not passages:
        return
    last = passages[-1]
    if node.kind == blocks.PARA and len(passages) == 1 and last.image is None and not (last.texts or last.comments):
        _read_beside(around, node, last)
    last.in_comment = True
    for row in rows:
        if row.place != place:
            last.add(row)
    if node.kind in (blocks.QUOTE, blocks.PARA):
        _list_after(around, node, last)
    if last.is_built_in:
        _comment_after(around, node, last)
    yield from passages


def read_quoted(around: Surroundings, node: Node) -> Iterator[Passage]:
    """Quotations with a page that was typed; what follows one, and what is listed below the last, is said of it."""
    rows = [row for row in around.rows(node) if node.callout is None or row.number > node.start]
    own = [row for row in rows if row.place == rows[0].place] if around.may_quote(node.start) else []
    text = "\n".join(row.text for row in own)
    found = list(quotations(text, expected=around.in_section(node.start)))
    if not found or text[: found[0].start].count("\n"):
        return
    ends = [*(each.start for each in found[1:]), len(text)]
    row, counted = 0, 0
    for each, end in zip(found, ends, strict=True):
        row, counted = row + text.count("\n", counted, each.start), each.start
        line = own[row].number
        passage = Passage(line, Origin(label=each.page))
        passage.color_word = around.section_color(line)
        passage.add(Row(text[each.start : each.end].replace("\n", " "), line))
        listen(passage, text[each.until : end])
        if each is found[-1]:
            _add_below(around, node, passage, rows[len(own) :])
        yield passage


def _add_below(around: Surroundings, node: Node, passage: Passage, rows: list[Row]) -> None:
    for row in rows:
        passage.add(row)
    if node.kind == blocks.PARA:
        _list_after(around, node, passage)


def read_cited(around: Surroundings, node: Node) -> Iterator[Passage]:
    """Passages without a link, each with its page in brackets behind it; what follows the last is said of it."""
    rows = around.rows(node)
    own = [row for row in rows if row.place == rows[0].place]
    passages: list[Passage] = []
    before: list[Row] = []
    for row in own:
        text, said = words.without_last_comment(row.text)
        if (found := words.cited_page(text)) is None:
            before.append(row)
            continue
        passage = Passage(before[0].number if before else row.number, Origin(label=found[1]))
        passage.color_word = around.section_color(node.start)
        for each in (*before, row._replace(text=found[0])):
            passage.add(each)
        passage.say(said)
        passages.append(passage)
        before = []
    if passages:
        passages[-1].in_comment = bool(before)
        for row in (*before, *rows[len(own) :]):
            passages[-1].add(row)
    yield from passages


def read_paged_below(around: Surroundings, node: Node) -> Iterator[Passage]:
    """A quote whose page stands on a line of its own below; what follows the page is said of it."""
    found, below = around.page_below(node), around.paragraph_after(node)
    if found is None or below is None or not around.may_quote(node.start):
        return
    passage = Passage(node.start, Origin(label=words.label_in(found[0].split("\n")[0])))
    passage.color_word = around.section_color(node.start)
    for row in around.rows(node):
        passage.add(row)
    passage.say(found["said"])
    around.lines.update(range(below.start, below.end + 1))
    yield passage


def read_logseq(around: Surroundings, node: Node) -> Iterator[Passage]:
    """An item of a page that Logseq keeps for a PDF, with its properties below; what is nested is said of it."""
    rows = around.rows(node)
    own = [row for row in rows if row.place == rows[0].place]
    if not any(LOGSEQ in row.text for row in own):
        return
    passage = Passage(node.start)
    if own[0].text.strip() == "[:span]":
        passage.kind = "image"
    else:
        passage.add(own[0])
    for row in own[1:]:
        passage.add(row._replace(place=(0, 1)))
    passage.skips, passage.in_comment = False, True
    for row in rows[len(own) :]:
        passage.add(row)
    yield passage


LOGSEQ = "ls-type:: annotation"
"""The property by which Logseq knows a passage."""


def read_imported(around: Surroundings, node: Node) -> Iterator[Passage]:
    """A quote in a block of imported annotations, whose template prints no link; a paragraph in italics below is about it."""
    if node.kind != blocks.QUOTE or node.callout is not None or not around.is_imported(node.start):
        return
    passage = Passage(node.start)
    for row in around.rows(node):
        passage.add(row)
    listen_to_italics(around, node, passage)
    yield passage


def read_paged(around: Surroundings, node: Node) -> Iterator[Passage]:
    """The quotes under a heading that begins with their page."""
    label = around.paged(node.start)
    if node.kind != blocks.QUOTE or node.callout is not None or label is None:
        return
    passage = Passage(node.start, Origin(label=label))
    for quote in around.quotes_under(node.start):
        for row in around.rows(quote):
            passage.add(row)
        around.lines.update(range(quote.start, quote.end + 1))
    yield passage


def listen_to_italics(around: Surroundings, node: Node, passage: Passage) -> None:
    """A paragraph in italics below an imported quote or image is what the reader says of it."""
    passage.in_comment = True
    below = around.leaf_below(node) if around.is_imported(node.start) else None
    if below is not None and words.ITALICS.match(below.text()):
        for number, line in enumerate(below.text().strip().strip("*_").split("\n"), below.start):
            passage.add(Row(line, number, (0, 0)))
        around.lines.update(range(below.start, below.end + 1))


def _read_beside(around: Surroundings, node: Node, passage: Passage) -> None:
    """A link that stands alone belongs to the quote right above, else to the one right below; a bar above has its colour."""
    passage.in_comment = False
    bar = around.bar_before(node)
    if bar is not None:
        passage.paint(bar.lines[0])
        _add_quoted(around, passage, bar)
        return
    for quote in (around.quote_before(node), around.quote_after(node)):
        if quote is not None and quote not in around.annotated and quote.start not in around.lines:
            above = around.bar_before(quote)
            passage.paint(above.lines[0] if above else None)
            for row in around.rows(quote):
                passage.add(row)
            around.lines.update(range(quote.start, quote.end + 1))
            return


def _add_quoted(around: Surroundings, passage: Passage, bar: Node) -> None:
    """A quote right below a bar of HTML is lines of that HTML in Markdown."""
    for number, line in enumerate(bar.lines, bar.start):
        passage.add(Row(line.lstrip("> "), number))
    around.lines.update(range(bar.start, bar.end + 1))


def _list_after(around: Surroundings, node: Node, passage: Passage) -> None:
    """A list right under a marked passage is what the reader says of it; under a quote `- **Comment**: …` and the like are."""
    for number, line in around.following(node):
        item = _BULLET.match(line)
        if item is None:
            return
        said = line[item.end() :]
        is_other = "zotero://" in line or "<mark" in line
        if is_other if node.kind == blocks.PARA else words.detail_in(said, is_item=True) is None:
            return
        passage.add(Row(said, number, (0, 1)))
        around.lines.add(number)


def _comment_after(around: Surroundings, node: Node, passage: Passage) -> None:
    """The plain paragraph right after a highlight of the built-in format."""
    leaf = around.paragraph_after(node)
    if leaf is None or leaf.kind != blocks.PARA or passage.comments:
        return
    text = "\n".join(leaf.lines)
    marked = "zotero://" in text or text.startswith("%%") or "<mark" in text
    if marked or words.STAMP.match(text) or words.IMAGE_ONLY.match(text):
        return
    around.lines.update(range(leaf.start, leaf.end + 1))
    passage.say(text)
