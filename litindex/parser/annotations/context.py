"""Where in a note an annotation stands: under which heading and import stamp, in which section, beside which image."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from litindex.parser.annotations.text import PAGE_BELOW, STAMP, Row, heading_page
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.parsed_note import ParsedNote, names_annotations
from litindex.parser.values.dates import read_import_stamp
from litindex.parser.vocabulary.annotations import HEADINGS
from litindex.parser.vocabulary.colors import find_word

_PERCENT = re.compile(r"%%.*?%%")
_LINE = itemgetter(0)
_NUMBER = re.compile(r"[>\s]*(\d{1,9}[.)] )")
_MARKER = re.compile(r"\s*%%\s*(?:begin|end)\b", re.I)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_BAR = re.compile(r"\s*<(?:div|span|hr|p)\b[^<>]{0,200}\bbackground[^<>]{0,200}>", re.I)
_LABEL = re.compile(rf"[*_]{{0,3}}(?:\w{{1,12}}\s)?(?:{'|'.join(HEADINGS)})[*_:：]{{0,5}}", re.I)
"""What is a heading in all but its sign: `**Quotes:**`."""
_CONTAINERS = (blocks.QUOTE, blocks.ITEM, blocks.LIST)


class Surroundings:
    """Answers by line, each found once for the whole note."""

    def __init__(self, page: ParsedNote, *, in_work: bool) -> None:
        self.page = page
        self.in_work = in_work
        self.stamps = _stamps(page)
        self._headings = _headings(page)
        self._sections = _sections(page)
        self._paged = paged_headings(page)
        self._under: defaultdict[int, list[Node]] | None = None
        self._persist = [(b.line_start, b.line_end) for b in page.persist if "annot" in b.name.lower()]
        self._embeds = [(link.line or 0, i) for i, link in enumerate(page.body.links) if link.is_embed]
        self.annotated: set[Node] = set()
        self.lines: set[int] = set()
        """Blocks that hold annotations, and lines that the annotations read so far take up."""
        self._rows: dict[Node, list[Row]] = {}
        self._quotes: dict[int, Node] | None = None
        self._leaves: dict[int, Node] | None = None
        self._items: dict[int, Node] | None = None

    def stamp(self, line: int) -> str | None:
        """The last import stamp above (Z27)."""
        at = bisect_right(self.stamps, line, key=_LINE)
        return self.stamps[at - 1][1] if at else None

    def heading(self, line: int) -> str | None:
        """The heading above, stamps and comments left aside."""
        at = bisect_left(self._headings, line, key=_LINE)
        return self._headings[at - 1][1] if at else None

    def in_section(self, line: int) -> bool:
        """Whether a heading for annotations, a persist block of that name or an import stamp stands above."""
        at = bisect_right(self._sections, line, key=_LINE)
        if at and self._sections[at - 1][1]:
            return True
        return self._is_stamped(line) or self._is_persisted(line)

    def may_quote(self, line: int) -> bool:
        """Whether a quotation with its page is taken for an annotation here."""
        return self.in_work or self.in_section(line)

    def is_imported(self, line: int) -> bool:
        """Whether a persist block for annotations is around, in which an import stamp stands above."""
        return self._is_stamped(line) and self._is_persisted(line)

    def _is_stamped(self, line: int) -> bool:
        return bool(self.stamps) and self.stamps[0][0] < line

    def _is_persisted(self, line: int) -> bool:
        return bool(self._persist) and any(start <= line <= end for start, end in self._persist)

    def image_between(self, first: int, last: int) -> int | None:
        """The first embed in these lines, as the index of the link; a link into a PDF is none."""
        at = bisect_left(self._embeds, first, key=_LINE)
        found = at < len(self._embeds) and self._embeds[at][0] <= last
        return self._embeds[at][1] if found else None

    def paged(self, line: int) -> str | None:
        """The page that the heading above begins with, where several do and quotes follow them: `p. 33 Ships`."""
        at = bisect_left(self._paged, line, key=_LINE) if len(self._paged) > 1 else 0
        return self._paged[at - 1][1] if at else None

    def quotes_under(self, line: int) -> list[Node]:
        """The plain quotes of the note's own level under the heading above."""
        if self._under is None:
            self._under = defaultdict(list)
            for each in self.page.document.containers:
                if each.kind == blocks.QUOTE and each.callout is None and each.parent is self.page.document.root:
                    self._under[bisect_left(self._paged, each.start, key=_LINE)].append(each)
        return self._under[bisect_left(self._paged, line, key=_LINE)]

    def section_color(self, line: int) -> str | None:
        """The colour that the heading above names."""
        heading = self.heading(line)
        return find_word(heading) if heading else None

    def rows(self, node: Node) -> list[Row]:
        """The text of a block, line by line, without blocks in it that are annotations themselves."""
        if node not in self._rows:
            self._rows[node] = self._rows_of(node)
        return self._rows[node]

    def _rows_of(self, node: Node) -> list[Row]:
        leaves = self.page.document.leaves_in(node) if node.kind in _CONTAINERS else [node]
        found: list[Row] = []
        for leaf in leaves:
            if self._belongs(leaf, node) and not _is_silent(leaf, node):
                place = (leaf.depth, _items_around(leaf, node))
                found += [Row(line, number, place) for number, line in enumerate(self._lines(leaf, node), leaf.start)]
                if (
                    leaf.kind == blocks.HEADING and leaf.end > leaf.start
                ):  # a line and a rule below are a heading in Markdown
                    found.append(Row("---", leaf.end, place))
        return found

    def _lines(self, leaf: Node, node: Node) -> list[str]:
        """The lines of a leaf up to a persist marker, which may be a lazy line; with the number of an ordered item in a quote."""
        lines = leaf.lines
        if (
            leaf.parent is not None
            and leaf.parent is not node
            and leaf.parent.kind == blocks.ITEM
            and leaf.start == leaf.parent.start
        ):
            numbered = _NUMBER.match(self.page.line(leaf.start))
            lines = [numbered[1] + lines[0], *lines[1:]] if numbered else lines
        for i, line in enumerate(lines):
            if i and "%%" in line and _MARKER.match(line):
                return lines[:i]
        return lines

    def _belongs(self, leaf: Node, node: Node) -> bool:
        inner: Node | None = leaf
        while inner is not None and inner is not node:
            if inner in self.annotated:
                return False
            inner = inner.parent
        return True

    def following(self, node: Node) -> Iterator[tuple[int, str]]:
        """The lines right below a block, up to a blank one."""
        for number in range(node.end + 1, self.page.first + len(self.page.lines)):
            line = self.page.line(number).strip()
            if not line:
                return
            yield number, line

    def leaf_below(self, node: Node) -> Node | None:
        """The leaf of the note's own level below, across at most four blank lines."""
        for number in range(node.end + 1, min(node.end + 6, self.page.first + len(self.page.lines))):
            if self.page.line(number).strip():
                return self._root_leaves().get(number)
        return None

    def _root_leaves(self) -> dict[int, Node]:
        if self._leaves is None:
            root = self.page.document.root
            self._leaves = {leaf.start: leaf for leaf in self.page.document.leaves if leaf.parent is root}
        return self._leaves

    def paragraph_after(self, node: Node) -> Node | None:
        """The leaf of the note's own level right below, with at most one line between."""
        leaves = self._root_leaves()
        return leaves.get(node.end + 1) or leaves.get(node.end + 2)

    def item_after(self, node: Node) -> Node | None:
        """The item on the line right below an item, in the same list."""
        if self._items is None:
            items = [each for each in self.page.document.containers if each.kind == blocks.ITEM]
            self._items = {each.start: each for each in reversed(items)}
        below = self._items.get(node.end + 1)
        return below if below is not None and below.parent is node.parent else None

    def page_below(self, node: Node) -> re.Match[str] | None:
        """The page that the paragraph right below a plain quote tells, unless it is one of several notes by page."""
        leaf = self.paragraph_after(node) if node.kind == blocks.QUOTE and node.callout is None else None
        if leaf is None or leaf.kind != blocks.PARA or (found := PAGE_BELOW.match(leaf.text())) is None:
            return None
        further = self.paragraph_after(leaf)
        rest = [*leaf.lines[1:], *(further.lines[:1] if further is not None and further.kind == blocks.PARA else ())]
        return None if any(map(PAGE_BELOW.match, rest)) else found

    def quote_before(self, node: Node) -> Node | None:
        """The plain quote right above, with at most one line between."""
        above = node.prev
        is_plain = above is not None and above.kind == blocks.QUOTE and above.callout is None
        return above if above is not None and is_plain and node.start - above.end <= 2 else None

    def bar_before(self, node: Node) -> Node | None:
        """The block of HTML right above that paints a bar, with at most one line between."""
        above = node.prev
        is_bar = above is not None and above.kind == blocks.HTML and _BAR.match(above.lines[0]) is not None
        return above if above is not None and is_bar and node.start - above.end <= 2 else None

    def quote_after(self, node: Node, *, is_callout: bool = False) -> Node | None:
        """The plain quote, or the callout, right below, with at most one line between."""
        if self._quotes is None:
            quotes = [each for each in self.page.document.containers if each.kind == blocks.QUOTE]
            self._quotes = {quote.start: quote for quote in reversed(quotes)}
        for number in (node.end + 1, node.end + 2):
            below = self._quotes.get(number)
            if below is not None and below.parent is node.parent and (below.callout is not None) == is_callout:
                return below
        return None


def _is_silent(leaf: Node, node: Node) -> bool:
    """A block of code, and the title of a callout in a block that only says that it comments."""
    if leaf.kind == blocks.TITLE and leaf.parent is not node:
        callout = leaf.parent.callout if leaf.parent is not None else None
        return callout is not None and COMMENT_TITLE.fullmatch(callout.title) is not None
    return leaf.kind == blocks.CODE and bool(leaf.fence)


COMMENT_TITLE = re.compile(r"\W*(?:(?:my|reader'?s?)\s+)?comments?\W*", re.I)


def _items_around(leaf: Node, node: Node) -> int:
    """How many list items stand between a leaf and the block that it is read in."""
    count, inner = 0, leaf.parent
    while inner is not None and inner is not node:
        count += inner.kind == blocks.ITEM
        inner = inner.parent
    return count


def _stamps(page: ParsedNote) -> list[tuple[int, str]]:
    if "mport" not in page.text and "MPORT" not in page.text:
        return []
    return [
        (number, stamp)
        for number, line in enumerate(page.lines, page.first)
        if ("mport" in line or "MPORT" in line)
        and (found := STAMP.match(line))
        and (stamp := read_import_stamp(found[1]))
    ]


def _headings(page: ParsedNote) -> list[tuple[int, str | None]]:
    """(line, what stands above from there on)."""
    found: list[tuple[int, str | None]] = []
    above: str | None = None
    for heading in page.headings:
        if not STAMP.match(heading.text):
            above = _without_marks(heading.text) or above
            found.append((heading.line, above))
    return found


def _without_marks(heading: str) -> str:
    """A heading without comments, links by their text."""
    if "%%" in heading:
        heading = _PERCENT.sub("", heading)
    return (_LINK.sub(r"\1", heading) if "](" in heading else heading).strip()


def _sections(page: ParsedNote) -> list[tuple[int, bool]]:
    """(line, whether annotations stand from there on)."""
    found: list[tuple[int, bool]] = []
    level: int | None = None
    for heading in page.headings:
        if names_annotations(heading.text):
            level = heading.level
        elif level is not None and heading.level <= level:
            level = None
        found.append((heading.line, level is not None))
    for first, last in labelled_lists(page):
        at = bisect_right(found, first, key=_LINE)
        found[at:at] = [(first, True), (last + 1, at > 0 and found[at - 1][1])]
    return found


def labelled_lists(page: ParsedNote) -> list[tuple[int, int]]:
    """The first and last line of the lists, or quotes, right below a line that is only `Quotes:`."""
    found: list[tuple[int, int]] = []
    root, leaves = page.document.root, page.document.leaves
    for at, (label, first) in enumerate(pairwise(leaves), 1):
        is_label = label.parent is root and label.kind == blocks.PARA and first.parent is not root
        if is_label and first.start - label.end < 3 and len(label.text()) < 40 and _LABEL.fullmatch(label.text()):
            last = at
            while (
                last + 1 < len(leaves)
                and leaves[last + 1].parent is not root
                and (leaves[last + 1].item is None) == (first.item is None)
            ):
                last += 1
            found.append((label.start, leaves[last].end))
    return found


def paged_headings(page: ParsedNote) -> list[tuple[int, str | None]]:
    """(line, page that the heading begins with) of the headings, none where no two of them begin with one."""
    found = [(heading.line, heading_page(heading.text)) for heading in page.headings]
    return found if sum(label is not None for _, label in found) > 1 else []
