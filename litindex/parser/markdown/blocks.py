"""What a note is made of: containers and leaves, as the scan (`scanner.py`) finds them.

Every later extractor works on these; nobody reads the text again by a rule of his own (FORMAT P2).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import Final, NamedTuple

PARA, TITLE, HEADING, CODE, HTML, MATH, TABLE, RULE, REFDEF = (
    *("para", "title", "heading", "code", "html", "math", "table", "rule", "refdef"),
)
QUOTE, ITEM, FOOTNOTE, LIST, ROOT = "quote", "item", "footnote", "list", "root"
TEXT_KINDS: Final = frozenset({PARA, TITLE, HEADING, TABLE})


class CalloutHead(NamedTuple):
    """The first line of a callout, `[!type|metadata]± title`: `type` in lower case, `title` '' where none is written."""

    type: str
    metadata: str | None
    title: str
    fold: str | None


class Node:
    """A container or a leaf: `start` and `end` are 1-based lines of the file, both inclusive."""

    __slots__ = (
        "callout", "depth", "end", "fence", "indent", "info", "item", "kind", "label", "last", "level", "lines", "list_type",
        "parent", "prev", "quote", "start", "task", "until",
    )  # fmt: skip

    kind: str
    parent: Node | None
    start: int
    end: int
    lines: list[str]
    """The text of a leaf, one line of the file each, container marks taken off."""
    depth: int
    """How many block quotes stand around (and, for a quote, at) it."""
    quote: Node | None
    item: Node | None
    """The nearest block quote and list item around it."""
    last: Node | None
    prev: Node | None
    """The latest child so far; the sibling before."""
    callout: CalloutHead | None
    """Of a quote that is one."""
    task: str | None
    """What stands in the box of a list item."""
    label: str | None
    """Of a footnote; the number of an ordered list item."""
    indent: int
    list_type: str
    level: int
    fence: str
    info: str
    until: re.Pattern[str] | None

    def __init__(self, kind: str, parent: Node | None, start: int) -> None:
        self.kind = kind
        self.parent = parent
        self.start = self.end = start
        self.last = None
        self.callout = self.task = self.label = None
        self.lines = []
        self.indent = 0
        if parent is None:
            self.depth, self.prev = 0, None
            self.quote = self.item = None
        else:
            self.depth, self.prev = parent.depth, parent.last
            self.quote = parent if parent.kind == QUOTE else parent.quote
            self.item = parent if parent.kind == ITEM else parent.item

    def text(self) -> str:
        """The text of a leaf."""
        return self.lines[0] if len(self.lines) == 1 else "\n".join(self.lines)


_START = attrgetter("start")


class Document:
    """What the scan found: leaves and containers in reading order, link definitions by folded label."""

    __slots__ = ("containers", "definitions", "leaves", "root")

    def __init__(self, first: int) -> None:
        self.root = Node(ROOT, None, first)
        self.leaves: list[Node] = []
        self.containers: list[Node] = []
        self.definitions: dict[str, str] = {}

    def leaves_in(self, node: Node) -> list[Node]:
        """The leaves that begin within the lines of a container."""
        begin = bisect_left(self.leaves, node.start, key=_START)
        return self.leaves[begin : bisect_right(self.leaves, node.end, lo=begin, key=_START)]

    def close(self) -> None:
        """Unties it, when all is read: nodes refer to one another no more in circles, and go without a search for garbage."""
        self.root.last = None
        for node in self.containers:
            node.last = node.prev = None

    def hidden_lines(self) -> set[int]:
        """The lines of code and math: what stands there are no words, marks or fields."""
        return {n for leaf in self.leaves if leaf.kind in (CODE, MATH) for n in range(leaf.start, leaf.end + 1)}


def enclosing(leaf: Node) -> Node:
    """The block that a leaf is part of in a reader's eyes: its callout or quote, its list item, or itself."""
    item, quote = leaf.item, leaf.quote
    while quote is not None and quote.callout is None and quote.quote is not None:
        quote = quote.quote
    if quote is not None and (item is None or item.quote is None):
        return quote
    return item or quote or leaf


def fold_label(label: str) -> str:
    """Link and footnote labels are compared without case, white space folded (L9)."""
    return " ".join(label.split()).casefold()


def cells(row: str) -> list[str]:
    """What the cells of a table's row hold."""
    return [cell.replace("\\|", "|").strip() for cell in _BAR.split(row.strip().removeprefix("|").removesuffix("|"))]


_BAR: Final = re.compile(r"(?<!\\)\|")
