"""Paragraphs, headings, code, HTML, math and tables: how each begins and goes on (CommonMark 0.31, section 4)."""

from __future__ import annotations

import re
from typing import Final

from litindex.parser.markdown.blocks import (
    CODE,
    FOOTNOTE,
    HEADING,
    HTML,
    MATH,
    PARA,
    QUOTE,
    REFDEF,
    RULE,
    TABLE,
    TITLE,
    Document,
    Node,
    fold_label,
)
from litindex.parser.markdown.html_blocks import html_start

RULE_LINE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$")
SETEXT = re.compile(r"(=+|-+)[ \t]*$")
LEAF_MARKS: Final = frozenset("#`~<$=-*_|:")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)(.*)$")
_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_DELIMITER = re.compile(r"[ \t]*+\|?(?:[ \t]*+:?-++:?[ \t]*+\|)*+(?:[ \t]*+:?-++:?)?[ \t]*+$")
_REFDEF = re.compile(
    r"""\[((?!\^)(?:[^\[\]\\]|\\.){1,999})\]:[ \t]*\n?[ \t]*(?:<((?:[^<>\n\\]|\\.)*)>|([^\s<]\S*))"""
    r"""(?:(?:[ \t]+|[ \t]*\n[ \t]*)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*(?:\n|$)""",
    re.DOTALL,
)
_BLOCK_ID_LINE = re.compile(r"[ \t]*\^[A-Za-z0-9-]+[ \t]*$")


class Leaves:
    """The leaves of a document while it is read: `stack` holds the open containers, `leaf` what a next line may go on with.

    `matched` is how many of the open containers the line at hand goes on; `in_para` whether it may go on a paragraph.
    """

    def __init__(self, first: int) -> None:
        self.document = Document(first)
        self.stack: list[Node] = [self.document.root]
        self.leaf: Node | None = None
        self.bracketed: Node | None = None
        """A paragraph that may begin with link definitions: known when it ends."""

    def _truncate(self, matched: int) -> None:
        if self.bracketed is not None:
            self._settle()
        if matched < len(self.stack):
            del self.stack[matched:]
        self.leaf = None

    def _begin_leaf(self, head: str, text: str, matched: int, number: int, in_para: bool) -> bool:
        """Whether a leaf begins here; `head` is one of `LEAF_MARKS`."""
        if head == "#":
            return self._atx(text, matched, number)
        if head in "`~":
            return self._fence(text, matched, number)
        if head == "<":
            return self._html(text, matched, number, in_para)
        if head == "$" and text.startswith("$$") and "$$" not in text[2:]:
            self._truncate(matched)
            self._new_leaf(MATH, number, text)
            return True
        if head in "=-" and in_para and self._setext(text, matched, number):
            return True
        if head in "-*_" and RULE_LINE.match(text):
            self._truncate(matched)
            self._new_leaf(RULE, number, text)
            self.leaf = None
            return True
        return head in "|:-" and in_para and self._table(text, matched, number)

    def _new_leaf(self, kind: str, number: int, text: str) -> Node:
        if self.bracketed is not None:
            self._settle()
        parent = self.stack[-1]
        node = Node(kind, parent, number)
        node.lines.append(text)
        node.until = None
        self.document.leaves.append(node)
        parent.last = node
        self.leaf = node
        return node

    def _atx(self, text: str, matched: int, number: int) -> bool:
        found = _ATX.match(text)
        if not found:
            return False
        self._truncate(matched)
        title = found[2].rstrip(" \t")
        unclosed = title.rstrip("#")
        if not unclosed or unclosed[-1] in " \t":
            title = unclosed
        self._new_leaf(HEADING, number, title.strip()).level = len(found[1])
        self.leaf = None
        return True

    def _fence(self, text: str, matched: int, number: int) -> bool:
        found = _FENCE.match(text)
        if not found:
            return False
        self._truncate(matched)
        leaf = self._new_leaf(CODE, number, "")
        leaf.lines.clear()
        leaf.fence = found[1] or found[3]
        leaf.info = (found[2] or found[4] or "").strip()
        return True

    def _html(self, text: str, matched: int, number: int, in_para: bool) -> bool:
        starts, until = html_start(text, in_para)
        if not starts:
            return False
        self._truncate(matched)
        self._new_leaf(HTML, number, text).until = until
        if until is not None and until.search(text, 2):
            self.leaf = None
        return True

    def _setext(self, text: str, matched: int, number: int) -> bool:
        leaf = self.leaf
        found = SETEXT.match(text)
        if not found or leaf is None or leaf.kind != PARA or matched != len(self.stack):
            return False
        self._settle()
        leaf = self.leaf
        if leaf is None or leaf.kind == REFDEF:
            return False
        leaf.kind = HEADING
        leaf.level = 1 if text[0] == "=" else 2
        leaf.end = number
        leaf.lines = ["\n".join(line.strip() for line in leaf.lines)]
        self.leaf = None
        return True

    def _table(self, text: str, matched: int, number: int) -> bool:
        leaf = self.leaf
        if (
            leaf is None
            or leaf.kind != PARA
            or matched != len(self.stack)
            or "|" not in text
            or not _DELIMITER.match(text)
        ):
            return False
        self._settle()
        leaf = self.leaf
        if leaf is None or leaf.kind == REFDEF or _cells(leaf.lines[-1]) != _cells(text):
            return False
        header = leaf.lines[-1]
        if len(leaf.lines) > 1:
            leaf.lines.pop()
            leaf.end -= 1
            leaf = self._new_leaf(TABLE, number - 1, header)
        leaf.kind = TABLE
        leaf.lines.append(text)
        leaf.end = number
        return True

    def _text(self, text: str, matched: int, number: int) -> None:
        leaf = self.leaf
        if leaf is not None and leaf.kind == TABLE and matched == len(self.stack):
            leaf.lines.append(text)
            leaf.end = number
        elif leaf is not None and leaf.kind in (PARA, TITLE):
            self._paragraph(leaf, text, matched, number)
        else:
            del self.stack[matched:]
            self._open_paragraph(text, number)

    def _paragraph(self, leaf: Node, text: str, matched: int, number: int) -> None:
        """The next line of an open paragraph, lazy or not (a block id under a quote belongs to no paragraph: S2)."""
        lazy = matched < len(self.stack)
        if lazy and _BLOCK_ID_LINE.match(text) and any(node.kind == QUOTE for node in self.stack[matched:]):
            self._truncate(matched)
            self._open_paragraph(text, number)
            return
        if lazy and self.stack[-1].kind == FOOTNOTE and _REFDEF.match(text):
            self._truncate(matched)
            self._open_paragraph(text, number)
            return
        if lazy:
            for node in self.stack[matched:]:
                node.end = number
        if leaf.kind == TITLE:
            self._open_paragraph(text, number)
        else:
            leaf.lines.append(text)
            leaf.end = number

    def _open_paragraph(self, text: str, number: int) -> None:
        container = self.stack[-1]
        if container.kind == QUOTE and container.callout is not None and container.start == number:
            self._new_leaf(TITLE, number, text)
            return
        leaf = self._new_leaf(PARA, number, text)
        if text[0] == "[":
            self.bracketed = leaf

    def _settle(self) -> None:
        """Takes the link definitions off the beginning of a paragraph: nothing that comes belongs to them (CommonMark 4.7)."""
        leaf, self.bracketed = self.bracketed, None
        if leaf is None:
            return
        text = leaf.text()
        pos = 0
        while (found := _REFDEF.match(text, pos)) is not None and found[1].strip():
            target = found[2] if found[2] is not None else found[3]
            self.document.definitions.setdefault(fold_label(found[1]), target)
            pos = found.end()
        if pos:
            self._split(leaf, text.count("\n", 0, pos) if pos < len(text) else len(leaf.lines))

    def _split(self, leaf: Node, count: int) -> None:
        """The first lines of a paragraph are definitions, the others a paragraph of their own."""
        is_open = self.leaf is leaf
        rest, leaf.kind = leaf.lines[count:], REFDEF
        if rest:
            end, parent = leaf.end, leaf.parent or self.document.root
            leaf.lines, leaf.end = leaf.lines[:count], leaf.start + count - 1
            leaf = Node(PARA, parent, leaf.end + 1)
            leaf.lines, leaf.end, leaf.until = rest, end, None
            self.document.leaves.append(leaf)
            parent.last = leaf
        if is_open:
            self.leaf = leaf


def _cells(row: str) -> int:
    """How many cells a table row has."""
    return len(re.findall(r"(?<!\\)\|", row.strip().strip("|"))) + 1
