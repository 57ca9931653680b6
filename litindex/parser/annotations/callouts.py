"""Callouts that are an annotation, and quotes under a coloured word (Z27)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.annotations import text as words
from litindex.parser.annotations.context import COMMENT_TITLE, Surroundings
from litindex.parser.annotations.links import Anchor, find_anchors, listen, passages_in, read_anchored
from litindex.parser.annotations.passage import UNKNOWN, Origin, Passage
from litindex.parser.annotations.text import Row
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import CalloutHead, Node
from litindex.parser.zotero.child_notes import is_zotero_note_title

_FIELD = re.compile(r"[^\w]{0,8}[\w /()-]{1,40}[*_]*::")
_EDGES = re.compile(r"^[\s().,;:*_–—-]+")
_QUOTE_MARK = re.compile('[“„«"]')
_KINDS = ("underline", "image", "ink")


def read_callout(around: Surroundings, node: Node) -> Iterator[Passage]:
    """A callout that is one annotation, or holds several."""
    if node.kind != blocks.QUOTE or node.callout is None or is_zotero_note_title(node.callout[2]):
        return
    kind, metadata, title, _ = node.callout
    rows = [row for row in around.rows(node) if row.number > node.start]
    in_title, in_body = find_anchors(title), find_anchors("\n".join(row.text for row in rows))
    if _is_about_work(rows, in_title + in_body) and not around.in_section(node.start):
        return
    if not in_title and len(in_body) > 1 and len({anchor.origin.link for anchor in in_body}) > 1:
        yield from passages_in(around, node, rows)
        return
    anchors = in_title or in_body
    passage = Passage(node.start, anchors[0].origin if anchors else Origin(label=words.label_in(title)))
    bare = _without(title, in_title)
    kind, start, end = kind.lower(), *_quoted(bare)
    said = bare[:start] if end else bare
    passage.kind = kind if kind in _KINDS else words.type_in(said) or "highlight"
    passage.paint(metadata, title if in_title or "#" in title else None, kind, bare, *(a.color for a in anchors))
    if end:
        passage.add(Row(bare[start:end], passage.line))
        listen(passage, _EDGES.sub("", bare[end:]))
    elif COMMENT_TITLE.fullmatch(bare):
        passage.kind, passage.in_comment = "note", True
    others = [row for row in rows if _is_other_image(row, passage)]
    read_anchored(passage, [row for row in rows if row not in others], None if in_title else next(iter(in_body), None))
    passage.image = around.image_between(node.start, others[0].number - 1 if others else node.end)
    if not passage.color and not passage.color_word:
        passage.color_word = around.section_color(node.start)
    yield passage
    for row in others:
        yield Passage(
            row.number, find_anchors(row.text)[0].origin, "image", around.image_between(row.number, row.number)
        )


def _is_other_image(row: Row, passage: Passage) -> bool:
    """A rectangle of another page, whose embed is a lazy line of the callout."""
    if ".pdf#" not in row.text or not words.IMAGE_ONLY.match(row.text):
        return False
    uri, own = next((a.origin.uri for a in find_anchors(row.text)), None), passage.origin.uri
    return uri is not None and own is not None and uri.page != own.page


def _without(text: str, anchors: list[Anchor]) -> str:
    for anchor in reversed(anchors):
        text = text[: anchor.start] + text[anchor.end :]
    return text


def _quoted(title: str) -> tuple[int, int]:
    """The range of the quotation that a title holds, which is the passage then."""
    opening = _QUOTE_MARK.search(title)
    if opening is None:
        return len(title), 0
    start = opening.start()
    end = words.quoted_end(title[start:])
    return start, start + end if end else 0


def _is_about_work(rows: list[Row], anchors: list[Anchor]) -> bool:
    """Whether a callout holds fields, and no link to an annotation: one to its PDF is no highlight."""
    if any(anchor.origin.uri and anchor.origin.uri.annotation for anchor in anchors):
        return False
    return sum(_FIELD.match(row.text) is not None for row in rows) > 1


def listen_to_callout(around: Surroundings, node: Node, passage: Passage) -> None:
    """A callout titled `Comment`, or a paragraph that begins so, right below an annotation and without a link, is said of it."""
    _listen_below(around, node, passage)
    below = around.quote_after(node, is_callout=True)
    if below is None or below in around.annotated or not below.callout:
        return
    if not _is_comment(below.callout, is_next=below.start == node.end + 1):
        return
    passage.in_comment = True
    for row in around.rows(below):
        if row.number > below.start:
            passage.add(row)
    around.lines.update(range(below.start, below.end + 1))


def _is_comment(callout: CalloutHead, *, is_next: bool) -> bool:
    """A callout that its title calls a comment, or one for notes without a title on the very next line."""
    is_note = is_next and not callout.title.strip() and callout.type.lower() in ("note", "comment")
    return is_note or COMMENT_TITLE.fullmatch(callout.title) is not None


def _listen_below(around: Surroundings, node: Node, passage: Passage) -> None:
    """What stands right below and begins with `Comment:`, a sign of speech or an arrow is said of the annotation; so is an item in italics."""
    is_item = node.kind == blocks.ITEM
    below = around.item_after(node) if is_item else around.paragraph_after(node) or around.quote_after(node)
    if below is None or below.kind not in (blocks.PARA, blocks.ITEM, blocks.QUOTE):
        return
    rows = [row for row in around.rows(below) if row.text]
    if not rows or rows[0].number in around.lines:
        return
    text = rows[0].text
    is_label = (detail := words.detail_in(text, is_item=False)) is not None and detail[0] == "comment"
    is_said = (words.is_spoken(text) and below.kind != blocks.QUOTE) or (
        is_item and words.ITALICS.match(text) is not None
    )
    if (is_said and below not in around.annotated) or (is_label and "://" not in text):
        passage.in_comment = passage.in_comment or is_said
        for row in rows:
            passage.add(row._replace(text=row.text.strip(" *_")) if is_said else row)
        around.lines.update(range(below.start, rows[-1].number + 1))


def read_labelled_quote(around: Surroundings, node: Node) -> Iterator[Passage]:
    """A coloured word, then the passage in a quote (the seed's template, Z27.2)."""
    if node.kind == blocks.QUOTE or node.kind == blocks.ITEM or "<" not in node.lines[0]:
        return
    label = words.MARKED.fullmatch("\n".join(node.lines).strip())
    if label is None or "data-annotation" in label[2] or "zotero://" in label[3]:
        return
    quote = around.quote_after(node)
    if quote is None:
        return
    rows = around.rows(quote)
    anchors = find_anchors("\n".join(row.text for row in rows))
    passage = Passage(node.start, anchors[0].origin if anchors else UNKNOWN)
    passage.paint(label[2])
    said = words.HTML_TAG.sub("", label[3]).strip().lower()
    passage.kind = "note" if said in ("note", "comment") else "highlight"
    read_anchored(passage, rows, anchors[0] if anchors else None)
    passage.image = around.image_between(quote.start, quote.end)
    around.lines.update(range(quote.start, quote.end + 1))
    yield passage
