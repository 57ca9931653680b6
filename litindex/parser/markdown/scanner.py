"""The block structure of a note, in one pass over its lines.

CommonMark 0.31 containers (block quotes, list items) and leaves (paragraphs, headings, code, HTML, tables), with what
Obsidian adds: callouts, `$$` math, footnote definitions, block ids under a quote.
"""

from __future__ import annotations

import re
from typing import Final

from litindex.parser.markdown.blocks import (
    CODE,
    FOOTNOTE,
    HTML,
    ITEM,
    LIST,
    MATH,
    PARA,
    QUOTE,
    TABLE,
    TITLE,
    CalloutHead,
    Document,
    Node,
)
from litindex.parser.markdown.leaf_blocks import LEAF_MARKS, RULE_LINE, SETEXT, Leaves

MAX_DEPTH: Final = 64
"""Containers are opened at most so deep; what would nest deeper is text."""

_SPECIAL: Final = frozenset(" \t>#`~<=-+*_$[|:^0123456789")
_CONTAINER_MARKS: Final = frozenset(">-+*0123456789[")
_VERBATIM: Final = frozenset({CODE, HTML, MATH})
_MARKER = re.compile(r"(?:([-+*])|(\d{1,9})([.)]))(?=[ \t]|$)")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_CALLOUT = re.compile(r"\[!([^\]|]{1,100})(?:\|([^\]]*))?\]([+-]?)(.*)$")
_TASK = re.compile(r"\[(.)\][ \t]+(?=\S)")
_PREFIX = re.compile(r"[ \t>*+\-0-9.)]*")


def scan(lines: list[str], first: int) -> Document:
    """The block structure of `lines`, of which the first is line `first` of the file."""
    return _Scanner(first).run(lines, first)


class _Scanner(Leaves):
    def run(self, lines: list[str], first: int) -> Document:
        special, stack, root = _SPECIAL, self.stack, self.document.root
        for number, line in enumerate(lines, first):
            if not line:
                done = self._empty()
            elif (around := stack[-1]) is root:
                done = line[0] not in special and self._continue_text(line, number)
            else:
                done = line[0] == ">" and around.kind == QUOTE and around.parent is root and self._quoted(line, number)
            if not done:
                self._line(line, number)
        self._settle()
        return self.document

    # ------------------------------------------------------------------ the most frequent lines, without asking all rules

    def _empty(self) -> bool:
        """An empty line outside of lists, footnotes and verbatim blocks ends what is open."""
        if len(self.stack) > 1:
            if self.stack[1].kind != QUOTE:
                return False
            del self.stack[1:]
        elif self.leaf is not None and self.leaf.kind in _VERBATIM:
            return False
        self.leaf = None
        return True

    def _quoted(self, line: str, number: int) -> bool:
        """A line of the open quote, prose or empty: `> text`, `> **Key**:: value`, `>`."""
        if line[1:2] != " ":
            done = line == ">" and self._ends_leaf()
        elif (head := line[2:3]) not in _SPECIAL or (head == "*" and line[3:4] == "*" and line[4:5].isalnum()):
            done = self._continue_text(line[2:], number) if head else self._ends_leaf()
        else:
            return False
        if done:
            self.stack[1].end = number
        return done

    def _ends_leaf(self) -> bool:
        if self.leaf is not None and self.leaf.kind in _VERBATIM:
            return False
        self.leaf = None
        return True

    def _continue_text(self, text: str, number: int) -> bool:
        """Prose at the depth of the open paragraph, or the start of one: by far the most frequent line."""
        leaf = self.leaf
        if leaf is None or leaf.kind == TITLE:
            self._new_leaf(PARA, number, text)
            return True
        if leaf.kind == PARA and leaf.parent is self.stack[-1]:
            leaf.lines.append(text)
            leaf.end = number
            return True
        return False

    # ------------------------------------------------------------------ one line, all rules

    def _line(self, line: str, number: int) -> None:
        if "\t" in line:
            prefix = _PREFIX.match(line).group()  # type: ignore[union-attr]
            line = prefix.expandtabs(4) + line[len(prefix) :]
        pos, matched = self._match_containers(line, number) if len(self.stack) > 1 else (0, 1)
        leaf = self.leaf
        if matched == len(self.stack):
            if leaf is not None and leaf.kind in _VERBATIM and self._verbatim(leaf, line[pos:], number):
                return
        elif leaf is not None and leaf.kind not in (PARA, TITLE):
            self.leaf = None
        if (pos or line[:1] in " \t") and not line[pos:].strip(" \t"):
            self._blank(matched)
            return
        self._starts(line, pos, matched, number)

    def _match_containers(self, line: str, number: int) -> tuple[int, int]:
        """How far the open containers go on: (position behind their markers, how many of them)."""
        pos, matched, stack = 0, 1, self.stack
        while matched < len(stack):
            node = stack[matched]
            rest = line[pos:]
            indent = len(rest) - len(rest.lstrip(" ")) if rest[:1] == " " else 0
            if node.kind == QUOTE:
                if indent > 3 or rest[indent : indent + 1] != ">":
                    break
                pos += indent + 1
                if line[pos : pos + 1] == " ":
                    pos += 1
                node.end = number
            elif indent == len(rest):
                if node.kind == ITEM and node.last is None:
                    break  # an item begins with at most one blank line
            elif indent >= node.indent:
                pos += node.indent
                node.end = number
            else:
                break
            matched += 1
        return pos, matched

    def _blank(self, matched: int) -> None:
        for i in range(matched, len(self.stack)):
            if self.stack[i].kind == QUOTE or self.stack[i].last is None:
                del self.stack[i:]
                self.leaf = None
                break
        if self.leaf is not None and self.leaf.kind in (PARA, TITLE, TABLE):
            self.leaf = None

    def _verbatim(self, leaf: Node, text: str, number: int) -> bool:
        """Lines inside code, HTML or math; False when the line is no longer part of it."""
        if leaf.kind == CODE and not leaf.fence:
            if text.strip() and not text.startswith("    "):
                self.leaf = None
                return False
            if text.strip():
                leaf.end = number
            leaf.lines.append(text[4:])
            return True
        if leaf.kind == HTML and leaf.until is None and not text.strip():
            self.leaf = None
            return True
        leaf.end = number
        if leaf.kind == CODE and self._closes_fence(leaf, text):
            self.leaf = None
            return True
        leaf.lines.append(text)
        if (leaf.kind == MATH and "$$" in text) or (
            leaf.kind == HTML and leaf.until is not None and leaf.until.search(text)
        ):
            self.leaf = None
        return True

    @staticmethod
    def _closes_fence(leaf: Node, text: str) -> bool:
        stripped = text.strip()
        return stripped.startswith(leaf.fence) and not stripped.strip(leaf.fence[0]) and not text.startswith("    ")

    def _starts(self, line: str, pos: int, matched: int, number: int) -> None:
        """New containers, then one leaf (or the next line of the open paragraph)."""
        while True:
            text = line[pos:]
            indent = 0
            in_para = self.leaf is not None and self.leaf.kind in (PARA, TITLE)
            if text[0] == " ":
                rest, text = text, text.lstrip(" ")
                indent = len(rest) - len(text)
                if indent >= 4:
                    self._indented(rest, text, matched, number, in_para)
                    return
            head = text[:1]
            if head not in _CONTAINER_MARKS or len(self.stack) > MAX_DEPTH:
                break
            if head == ">":
                pos += indent + 1
                pos += line[pos : pos + 1] == " "
                self._open_quote(matched, number, line[pos:])
                if not line[pos:].strip():
                    return
            elif head != "[" and (marker := self._list_marker(text, matched, in_para)) is not None:
                pos += self._open_item(marker, text, indent, matched, number)
                if not line[pos:].strip():
                    return
                if self.stack[-1].task is not None:  # what follows the box is text, even `# …`
                    self._open_paragraph(line[pos:], number)
                    return
            elif head == "[" and (found := _FOOTNOTE.match(text)) is not None and indent < 4:
                pos += indent + found.end()
                self._open_footnote(found.group(1), matched, number)
                if not line[pos:].strip():
                    return
            else:
                break
            matched = len(self.stack)
        if head not in LEAF_MARKS or not self._begin_leaf(head, text, matched, number, in_para):
            self._text(text, matched, number)

    def _indented(self, rest: str, text: str, matched: int, number: int, in_para: bool) -> None:
        if in_para:
            self._text(text, matched, number)
        else:
            self._truncate(matched)
            self._new_leaf(CODE, number, rest[4:]).fence = ""

    # ------------------------------------------------------------------ containers

    def _push(self, node: Node) -> None:
        self.leaf = None
        parent = self.stack[-1]
        parent.last = node
        self.stack.append(node)
        self.document.containers.append(node)

    def _open_quote(self, matched: int, number: int, rest: str) -> None:
        self._truncate(matched)
        node = Node(QUOTE, self.stack[-1], number)
        node.depth += 1
        found = _CALLOUT.match(rest.lstrip(" ")) if "[!" in rest else None
        if found and found[1].strip():
            node.callout = CalloutHead(found[1].strip().lower(), found[2], found[4].strip(), found[3] or None)
        self._push(node)

    def _list_marker(self, text: str, matched: int, in_para: bool) -> re.Match[str] | None:
        found = _MARKER.match(text)
        if found is None or (text[0] in "-*" and RULE_LINE.match(text)):
            return None
        if not in_para or matched != len(self.stack):
            return found
        interrupts = text[found.end() :].strip() and found[2] in (None, "1") and not self._setext_line(text)
        return found if interrupts else None

    def _setext_line(self, text: str) -> bool:
        return self.leaf is not None and self.leaf.kind == PARA and text[0] == "-" and SETEXT.match(text) is not None

    def _open_item(self, marker: re.Match[str], text: str, indent: int, matched: int, number: int) -> int:
        self._truncate(matched)
        parent = self.stack[-1]
        list_type = marker[1] or marker[3]
        group = parent.last
        if group is None or group.kind != LIST or group.list_type != list_type:
            group = Node(LIST, parent, number)
            group.list_type = list_type
        node = Node(ITEM, parent, number)
        node.list_type, node.label = list_type, marker[2]
        behind = text[marker.end() :]
        spaces = len(behind) - len(behind.lstrip(" "))
        if not behind.strip() or spaces > 4:
            spaces = 1
        node.indent = indent + marker.end() + spaces
        self._push(node)
        parent.last, group.last = group, node
        task = _TASK.match(behind.lstrip(" ")) if "[" in behind else None
        if task is None:
            return node.indent
        node.task = task[1]
        return node.indent + task.end()

    def _open_footnote(self, label: str, matched: int, number: int) -> None:
        self._truncate(matched)
        node = Node(FOOTNOTE, self.stack[-1], number)
        node.indent = 4
        node.label = label
        self._push(node)
