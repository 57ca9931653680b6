"""Marked text without a link: `<mark …>`, Better Notes' spans; images; the Annotator plugin (Z27, S18, S28)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.annotations import text as words
from litindex.parser.annotations.context import Surroundings
from litindex.parser.annotations.links import find_anchors, listen
from litindex.parser.annotations.lists import listen_to_italics
from litindex.parser.annotations.passage import UNKNOWN, Origin, Passage
from litindex.parser.annotations.text import Row
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.values.block_ids import without_block_id

_ANNOTATOR = re.compile(r"%%HIGHLIGHT%%\s*+=*+((?:(?!%%HIGHLIGHT%%).)*?)%%POSTFIX%%", re.S)
_CAPTION = re.compile(r"\|([^\[\]|\d][^\[\]|]*)\]\]|!\[([^\[\]\d][^\[\]]*)\]")
_PAGE_LINK = re.compile(r"\[([^\[\]]{1,60})\]\(<?(?:file|https?):[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?\)")


def read_annotator(around: Surroundings, node: Node) -> Iterator[Passage]:
    """The Annotator plugin's block: the passage between its markers, then comment and tags (S28)."""
    if not any("%%HIGHLIGHT%%" in row.text for row in around.rows(node)):
        return
    text = "\n".join(row.text for row in around.rows(node))
    found = _ANNOTATOR.search(text)
    passage = Passage(node.start)
    passage.add(Row(found[1].strip().rstrip("=").strip().replace("\n", " ") if found else "", node.start))
    if "%%COMMENT%%" in text:
        comment, _, tags = without_block_id(text.partition("%%COMMENT%%")[2]).partition("%%TAGS%%")
        passage.say(comment.strip())
        passage.tag(words.tags_in(tags))
    yield passage


def read_image(around: Surroundings, node: Node) -> Iterator[Passage]:
    """A line that is an image."""
    rows = around.rows(node) if node.kind in (blocks.PARA, blocks.QUOTE, blocks.ITEM) else []
    if any("![" in row.text for row in rows) and words.IMAGE_ONLY.match(text := "\n".join(row.text for row in rows)):
        anchor = next(iter(find_anchors(text)), None)
        caption = _CAPTION.search(text)
        label = words.label_in(caption[1] or caption[2]) if caption else None
        origin = anchor.origin if anchor else Origin(label=label)
        passage = Passage(node.start, origin, "image", around.image_between(node.start, node.end))
        passage.paint(anchor.color if anchor else None)
        listen_to_italics(around, node, passage)
        yield passage


def read_marks(around: Surroundings, node: Node) -> Iterator[Passage]:
    """One passage a mark, with what the list below it says."""
    rows = around.rows(node)
    own, nested = _apart(rows, in_quote=node.kind == blocks.QUOTE)
    text = "\n".join(row.text for row in own)
    marked = [found for found in words.find_marked(text) if _is_highlight(around, found, node.start)]
    ends = [*(found.start() for found in marked[1:]), len(text)]
    line, counted = node.start, 0
    for found, end in zip(marked, ends, strict=False):
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        passage = _marked(found, line)
        if "data-annotation" in found[2]:
            listen(passage, text[found.end() : end])
        if len(marked) == 1:
            _rest(passage, text[found.end() :], nested)
        yield passage


def _apart(rows: list[Row], *, in_quote: bool) -> tuple[list[Row], list[Row]]:
    """The rows of a block itself, and those of the list in it; of a quote all are its own."""
    own = [row for row in rows if row.place[1] == 0 or in_quote]
    return own, [row for row in rows if row.place[1] > 0 and not in_quote]


def _rest(passage: Passage, tail: str, nested: list[Row]) -> None:
    """What stands behind the only mark of a block: page, labels, the list below."""
    for link in _PAGE_LINK.finditer(tail):
        if label := words.label_in(link[1]):
            passage.origin = passage.origin._replace(label=passage.origin.label or label)
            tail = tail.replace(link[0], "")
    if passage.origin.uri is None and (anchors := find_anchors(tail)):
        passage.origin = anchors[-1].origin
    passage.in_comment = True
    for row in tail.split("\n"):
        if words.detail_in(row, is_item=False):
            passage.add(Row(row, passage.line))
    for each in nested:
        passage.add(each)


def _marked(found: re.Match[str], line: int) -> Passage:
    data = words.annotation_data(found[2])
    origin = Origin(words.data_uri(data), str(data.get("pageLabel") or "") or None) if data else UNKNOWN
    passage = Passage(line, origin)
    passage.paint(str(data.get("color", "")) if data else found[2])
    passage.add(Row(found[3].replace("\n", " "), line))
    return passage


def _is_highlight(around: Surroundings, found: re.Match[str], line: int) -> bool:
    tag, attributes = found[1], found[2]
    if tag != "mark":
        return "highlight" in attributes or "data-annotation" in attributes
    return "hltr" in attributes or "style" in attributes or around.in_section(line)
