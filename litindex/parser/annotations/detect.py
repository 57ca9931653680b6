"""Which blocks of a note are highlights, underlines, notes and images imported from documents (Z25-Z28)."""

from __future__ import annotations

import re

from litindex.models import Annotation
from litindex.parser.annotations.context import Surroundings
from litindex.parser.annotations.exports import find_clippings
from litindex.parser.annotations.readers import Passages
from litindex.parser.annotations.text import IMAGE_ONLY, OPEN_LINK, ZOTLIT_ID, find_marked
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node, enclosing
from litindex.parser.parsed_note import ParsedNote

_SIGNS = {
    "<": ("<mark", 'class="highlight', "hltr-", "data-annotation="),
    "%": ("%%HIGHLIGHT%%",),
    "[": ("zotero://open", "[!PDF", "[!pdf"),
}
"""Signs of an annotation, under a character that each of them comes with: one character is quickly looked for."""
_NAMED_IMAGE = re.compile(r"-x\d+-y\d+\.|image-\d+")
_RARE = (
    re.compile(r"\^[23456789A-NP-Z]{8}a[23456789A-NP-Z]{8}"),
    re.compile(r"-x\d+-y\d+\."),
    re.compile(r"image-\d+"),
)
"""One by one, since each begins with a sign of its own that is quickly looked for."""
_ANNOTATED = (blocks.PARA, blocks.TITLE, blocks.HTML)


def find_annotations(page: ParsedNote) -> tuple[tuple[Annotation, ...], frozenset[int]]:
    """The annotations of a note in reading order, and the lines that they take up."""
    clippings = list(find_clippings(page))
    if not clippings and not _may_hold_some(page.text):
        return (), frozenset()
    around = Surroundings(page)
    passages = Passages(page, around)
    nodes = _annotated_blocks(page, around)
    found = [] if nodes else [passages.clipping(clipping) for clipping in clippings]
    for node in nodes:
        if node.start not in passages.lines and (read := passages.read(node)):
            found += read
            passages.lines.update(range(node.start, node.end + 1))
    return tuple(sorted(found, key=lambda annotation: annotation.line)), frozenset(passages.lines)


def _may_hold_some(text: str) -> bool:
    """A cheap look before the dear one."""
    if any(sign in text for key, signs in _SIGNS.items() if key in text for sign in signs):
        return True
    return ("[" in text or "^" in text) and any(sign.search(text) for sign in _RARE)


def _annotated_blocks(page: ParsedNote, around: Surroundings) -> list[Node]:
    """The blocks that hold an annotation each, or several in a row."""
    nodes: dict[int, Node] = {}
    for leaf in page.document.leaves:
        if leaf.kind not in _ANNOTATED:
            continue
        text = leaf.lines[0] if len(leaf.lines) == 1 else "\n".join(leaf.lines)
        if _is_annotation(leaf, text, around):
            node = enclosing(leaf)
            nodes.setdefault(id(node), node)
    return sorted(nodes.values(), key=lambda node: node.start)


def _is_annotation(leaf: Node, text: str, around: Surroundings) -> bool:
    if "zotero://open" in text and _links_to_passage(text, leaf.start, around):
        return True
    if "<mark" in text or "<span" in text:
        found = next(find_marked(text), None)
        return found is not None and (found[1] == "mark" or "highlight" in found[2] or "data-annotation" in found[2])
    if ("^" in text and ZOTLIT_ID.search(text)) or "%%HIGHLIGHT%%" in text:
        return True
    if leaf.kind == blocks.TITLE and text[:5].lower() == "[!pdf":
        return True
    return (
        "![[" in text
        and IMAGE_ONLY.match(text) is not None
        and around.in_section(leaf.start)
        and bool(around.stamps or _NAMED_IMAGE.search(text))
    )


def _links_to_passage(text: str, line: int, around: Surroundings) -> bool:
    """A link to a page, or to anything where annotations are expected."""
    uris = [found["uri"] for found in OPEN_LINK.finditer(text)]
    return any("annotation=" in uri or "page=" in uri for uri in uris) or (bool(uris) and around.in_section(line))
