"""Which blocks of a note are highlights, underlines, notes and images imported from documents (Z25-Z28)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from litindex.models import Annotation
from litindex.parser.annotations.callouts import listen_to_callout, read_callout, read_labelled_quote
from litindex.parser.annotations.context import Surroundings, labelled_lists, paged_headings
from litindex.parser.annotations.exports import find_exported
from litindex.parser.annotations.links import find_anchors, is_passage
from litindex.parser.annotations.lists import (
    LOGSEQ,
    read_cited,
    read_imported,
    read_linked,
    read_logseq,
    read_paged,
    read_paged_below,
    read_quoted,
)
from litindex.parser.annotations.marks import read_annotator, read_image, read_marks
from litindex.parser.annotations.passage import Passage
from litindex.parser.annotations.quotations import is_quoted, may_hold_quotations, quotation_at
from litindex.parser.annotations.tables import is_passages, read_table
from litindex.parser.annotations.text import (
    IMAGE_ONLY,
    ZOTLIT_ID,
    cited_page,
    find_marked,
    has_page_below_quote,
    is_page,
    label_in,
)
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import CalloutHead, Node, enclosing
from litindex.parser.parsed_note import ParsedNote, names_annotations
from litindex.parser.vocabulary.colors import find_hex, find_word

Reader = Callable[[Surroundings, Node], Iterator[Passage]]
READERS: tuple[tuple[str, Reader], ...] = (
    ("|", read_table),
    (LOGSEQ, read_logseq),
    ("", read_callout),
    ("%%HIGHLIGHT%%", read_annotator),
    ("![", read_image),
    ("<", read_labelled_quote),
    ("", read_linked),
    ("<", read_marks),
    ("", read_quoted),
    ("", read_cited),
    (">", read_paged_below),
    ("", read_imported),
    ("", read_paged),
)
"""Each reads a block of its own kind and gives nothing of another; the first that gives something has read it. A note
without its sign holds no such block.
"""

_SIGNS = {
    "<": ("<mark", 'class="highlight', "hltr-", "data-annotation="),
    "%": ("%%HIGHLIGHT%%",),
    ":": (LOGSEQ,),
    "[": ("zotero://open", "[!PDF", "[!pdf", ".pdf#page="),
}
"""Signs of an annotation, under a character that each of them comes with: one character is quickly looked for."""
_QUOTING = frozenset(["quote", "highlight", "underline", "annotation", "image", "ink"])
_NAMED_IMAGE = re.compile(r"-x\d+-y\d+\.|image-\d+")
_RARE = (
    ("^", re.compile(r"\^[23456789A-NP-Z]{8}a[23456789A-NP-Z]{8}")),
    ("-x", re.compile(r"-x\d+-y\d+\.")),
    ("image-", re.compile(r"image-\d+")),
)
_ANNOTATED = (blocks.PARA, blocks.TITLE, blocks.HTML, blocks.HEADING)


def find_annotations(page: ParsedNote, *, in_work: bool) -> tuple[tuple[Annotation, ...], frozenset[int]]:
    """The annotations of a note in reading order, and the lines that they take up.

    In the note of a work (`in_work`) a quotation with its page is one wherever it stands.
    """
    is_headed = any(names_annotations(heading.text) for heading in page.headings)
    exported = find_exported(page, is_headed=is_headed)
    in_work = in_work and (
        may_hold_quotations(page.text) or _has_paged_quote(page) or _has_table(page) or bool(labelled_lists(page))
    )
    if not (exported.passages or is_headed or in_work or _may_hold_some(page.text) or paged_headings(page)):
        return (), frozenset()
    around = Surroundings(page, in_work=in_work)
    nodes = _annotated_blocks(page, around)
    if exported.is_sure or exported.lines.issuperset(node.start for node in nodes):
        around.lines |= exported.lines
        found = list(exported.passages)
    else:
        found = []
    around.annotated = set(nodes)
    readers = [read for sign, read in READERS if sign in page.text]
    for node in nodes:
        if node.start not in around.lines:
            found += _read(around, node, readers)
    rows = [passage.row(around) for passage in _joined(found)]
    return tuple(sorted(rows, key=lambda annotation: annotation.line)), frozenset(around.lines)


def _has_paged_quote(page: ParsedNote) -> bool:
    """Whether a quoted line ends with a page or has it below, or a callout that quotes has one in its title."""
    if ">" not in page.text:
        return False
    if any(_quotes_page(head) for _, head in page.callouts) or has_page_below_quote(page.text):
        return True
    return any(line.lstrip()[:1] == ">" and cited_page(line.lstrip("> ")) for line in page.lines)


def _has_table(page: ParsedNote) -> bool:
    return "|" in page.text and any(leaf.kind == blocks.TABLE and is_passages(leaf) for leaf in page.document.leaves)


def _joined(passages: list[Passage]) -> Iterator[Passage]:
    """The passages; one that only comments, with a link to the annotation before it, is said of that."""
    last: Passage | None = None
    for passage in passages:
        if last is not None and passage.is_about(last):
            last.comments += passage.comments
            continue
        if last is not None:
            yield last
        last = passage
    if last is not None:
        yield last


def _read(around: Surroundings, node: Node, readers: list[Reader]) -> list[Passage]:
    """What the first reader finds that finds something; the block's lines are taken up then."""
    for read in readers:
        if passages := list(read(around, node)):
            listen_to_callout(around, node, passages[-1])
            around.lines.update([row.number for row in around.rows(node)])
            if node.kind == blocks.QUOTE:
                around.lines.update(range(node.start, node.end + 1))
            return passages
    return []


def _may_hold_some(text: str) -> bool:
    """A cheap test before the expensive one."""
    if any(sign in text for key, signs in _SIGNS.items() if key in text for sign in signs):
        return True
    return ("[" in text or "^" in text) and any(sign in text and pattern.search(text) for sign, pattern in _RARE)


def _annotated_blocks(page: ParsedNote, around: Surroundings) -> list[Node]:
    """The blocks that hold an annotation each, or several in a row."""
    nodes: dict[Node, None] = {}
    for leaf in page.document.leaves:
        if leaf.kind == blocks.TABLE:
            if around.may_quote(leaf.start) and is_passages(leaf):
                nodes[leaf] = None
        elif leaf.kind in _ANNOTATED and _is_annotation(leaf, leaf.text(), around):
            nodes[_block_of(leaf)] = None
    inside = Counter(quote for node in nodes if (quote := node.quote))
    return [node for node in sorted(nodes, key=lambda node: node.start) if not _is_last_line(node, nodes, inside)]


def _is_last_line(node: Node, nodes: dict[Node, None], inside: Counter[Node]) -> bool:
    """An item in a quote of marked text whose only link it holds: both are one annotation."""
    quote = node.quote if node.kind == blocks.ITEM else None
    return quote is not None and quote in nodes and quote.callout is None and inside[quote] == 1


def _block_of(leaf: Node) -> Node:
    """The block that a leaf is part of; the id of an annotation may be a lazy line of a list in its callout."""
    text = leaf.text()
    if "^" in text and ZOTLIT_ID.search(text) and not find_anchors(text):
        return leaf.quote or enclosing(leaf)
    return enclosing(leaf)


def _is_annotation(leaf: Node, text: str, around: Surroundings) -> bool:
    may_link = ("/" in text and "zotero://open" in text) or ("#" in text and ".pdf#" in text)
    if may_link and _links_to_passage(leaf, text, around):
        return True
    if leaf.kind == blocks.HEADING:
        return False
    if "<" in text and ("<mark" in text or "<span" in text or "<font" in text):
        return any(_is_mark(found, around, leaf.start) for found in find_marked(text))
    if ("^" in text and ZOTLIT_ID.search(text)) or ("%" in text and "%%HIGHLIGHT%%" in text):
        return True
    if _is_paged(leaf, text, around) or (":" in text and LOGSEQ in text):
        return True
    quote = leaf.quote if leaf.kind == blocks.PARA else None
    if quote is not None and quote.callout is None and (around.is_imported(leaf.start) or around.paged(leaf.start)):
        return True
    if leaf.kind == blocks.TITLE and _is_quotation(leaf, around):
        return True
    return (
        "![" in text
        and IMAGE_ONLY.match(text) is not None
        and around.in_section(leaf.start)
        and bool(around.stamps or _NAMED_IMAGE.search(text))
    )


def _is_paged(leaf: Node, text: str, around: Surroundings) -> bool:
    """A quotation with its page, in a section or anywhere in the note of a work; in a section any passage with one."""
    expected = around.in_section(leaf.start)
    if (expected or around.in_work) and quotation_at(text, 0, expected=expected):
        return True
    if expected and any(map(cited_page, leaf.lines)):
        return True
    quote = leaf.quote if (expected or around.in_work) and leaf.kind == blocks.PARA else None
    if quote is None or quote.callout is not None:
        return False
    return cited_page(leaf.lines[-1]) is not None or around.page_below(quote) is not None


def _is_quotation(title: Node, around: Surroundings) -> bool:
    """The title of a callout that quotes and holds something, in a section, or with its page in the note of a work."""
    callout = title.parent.callout if title.parent else None
    if callout is None or title.parent is None or title.parent.end == title.start or not _quotes(callout):
        return False
    return around.in_section(title.start) or (around.in_work and _quotes_page(callout))


def _quotes(callout: CalloutHead) -> bool:
    """Whether a callout quotes: by its type, its colour, or the page in its title."""
    kind, metadata, text, _ = callout
    if kind.lower() in _QUOTING or find_word(kind) or find_hex(metadata or "") or find_word(metadata or ""):
        return True
    return len(text) < 30 and label_in(text) is not None


def _quotes_page(callout: CalloutHead) -> bool:
    """`[!quote] p. 12`; of any callout where its title is nothing but the page."""
    if callout.type not in _QUOTING:
        return is_page(callout.title)
    return label_in(callout.title) is not None


def _is_mark(found: re.Match[str], around: Surroundings, line: int) -> bool:
    if found[1] == "font":
        return False
    return found[1] == "mark" or "highlight" in found[2] or "data-annotation" in found[2]


def _links_to_passage(leaf: Node, text: str, around: Surroundings) -> bool:
    """A link to a page or an annotation; a heading is an annotation by a link to one alone."""
    anchors = find_anchors(text)
    if leaf.kind == blocks.HEADING:
        return any(anchor.origin.uri and anchor.origin.uri.annotation for anchor in anchors)
    if leaf.kind == blocks.PARA and all(anchor.origin.link is None for anchor in anchors):
        anchors = [a for a in anchors if leaf.quote or text.lstrip().startswith("![[") or is_quoted(text[: a.start])]
    expected = bool(anchors) and around.in_section(leaf.start)
    return any(is_passage(anchor, expected=expected) for anchor in anchors)
