"""The block structure of a note, in one pass over its lines.

CommonMark 0.31 containers (block quotes, list items) and leaves (paragraphs, headings, code, HTML, tables), with what
Obsidian adds: callouts, `$$` math, footnote definitions, block ids under a quote. Every later extractor works on the
leaves found here; nobody reads the text again by a rule of his own (FORMAT P2).
"""

from __future__ import annotations

import re
from typing import Final

PARA, TITLE, HEADING, CODE, HTML, MATH, TABLE, RULE, REFDEF = (
    "para",
    "title",
    "heading",
    "code",
    "html",
    "math",
    "table",
    "rule",
    "refdef",
)
QUOTE, ITEM, FOOTNOTE, LIST, ROOT = "quote", "item", "footnote", "list", "root"
TEXT_KINDS: Final = frozenset({PARA, TITLE, HEADING, TABLE})

MAX_DEPTH: Final = 64
"""Containers are opened at most so deep; what would nest deeper is text."""

_SPECIAL: Final = frozenset(" \t>#`~<=-+*_$[|:^0123456789")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")
_MARKER = re.compile(r"(?:([-+*])|(\d{1,9})([.)]))(?=[ \t]|$)")
_DELIMITER = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*(?:[ \t]*:?-+:?)?[ \t]*$")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_REFDEF = re.compile(
    r"""\[((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*(?:<([^<>]*)>|(\S+))(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$"""
)
_CALLOUT = re.compile(r"\[!([^\]|]{1,100})(?:\|([^\]]*))?\]([+-]?)(.*)$")
_BLOCK_ID_LINE = re.compile(r"[ \t]*\^[A-Za-z0-9-]+[ \t]*$")
_TASK = re.compile(r"\[(.)\][ \t]+(?=\S)")
_PREFIX = re.compile(r"[ \t>*+\-0-9.)]*")
_HTML_6: Final = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem "
    "nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead title tr track ul"
)
_HTML_STARTS: Final = (
    (
        re.compile(r"<(?:pre|script|style|textarea)(?:[\s>]|$)", re.I),
        re.compile(r"</(?:pre|script|style|textarea)>", re.I),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_HTML_6.replace(' ', '|')})(?:[\s>]|/>|$)", re.I), None),
)
_HTML_7 = re.compile(
    r"""(?:<[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*$"""
)


class Node:
    """A container or a leaf: `start` and `end` are 1-based lines of the file, both inclusive."""

    __slots__ = (
        "callout", "depth", "end", "fence", "indent", "info", "kind", "label", "last", "level", "lines", "list_type",
        "parent", "prev", "start", "task", "until",
    )  # fmt: skip

    kind: str
    parent: Node | None
    start: int
    end: int
    lines: list[str]
    """The text of a leaf, one line of the file each, container marks taken off."""
    depth: int
    """How many block quotes stand around (and, for a quote, at) it."""
    last: Node | None
    prev: Node | None
    """The latest child so far; the sibling before."""
    callout: tuple[str, str | None, str, str | None] | None
    """(type, metadata, title, fold mark) of a quote that is a callout."""
    task: str | None
    label: str | None
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
        else:
            self.depth, self.prev = parent.depth, parent.last

    def ancestor(self, kind: str) -> Node | None:
        """The nearest container of this kind around the node."""
        node = self.parent
        while node is not None and node.kind != kind:
            node = node.parent
        return node


class Document:
    """What the scan found: leaves and containers in reading order, link definitions by folded label."""

    __slots__ = ("containers", "definitions", "leaves", "root")

    def __init__(self, first: int) -> None:
        self.root = Node(ROOT, None, first)
        self.leaves: list[Node] = []
        self.containers: list[Node] = []
        self.definitions: dict[str, str] = {}


def scan(lines: list[str], first: int) -> Document:
    """The block structure of `lines`, of which the first is line `first` of the file."""
    return _Scanner(first).run(lines, first)


def fold_label(label: str) -> str:
    """Link and footnote labels are compared without case, white space folded (L9)."""
    return " ".join(label.split()).casefold()


class _Scanner:
    def __init__(self, first: int) -> None:
        self.document = Document(first)
        self.stack: list[Node] = [self.document.root]
        self.leaf: Node | None = None

    def run(self, lines: list[str], first: int) -> Document:
        special = _SPECIAL
        for number, line in enumerate(lines, first):
            depth = len(self.stack)
            if depth == 1:
                if line and line[0] not in special and self._continue_text(line, number):
                    continue
            elif depth == 2 and line[:2] == "> " and self.stack[1].kind == QUOTE:
                head = line[2:3]
                if (
                    head
                    and (head not in special or (head == "*" and line[3:4] == "*" and line[4:5].isalnum()))
                    and self._continue_text(line[2:], number)
                ):
                    self.stack[1].end = number
                    continue
            self._line(line, number)
        return self.document

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
        pos, matched = self._match_containers(line, number)
        leaf = self.leaf
        if matched == len(self.stack):
            if leaf is not None and leaf.kind in (CODE, HTML, MATH) and self._verbatim(leaf, line[pos:], number):
                return
        elif leaf is not None and leaf.kind not in (PARA, TITLE):
            self.leaf = None
        if not line[pos:].strip(" \t"):
            self._blank(matched)
            return
        self._starts(line, pos, matched, number)

    def _match_containers(self, line: str, number: int) -> tuple[int, int]:
        """How far the open containers go on: (position behind their markers, how many of them)."""
        pos, matched, stack = 0, 1, self.stack
        while matched < len(stack):
            node = stack[matched]
            rest = line[pos:]
            indent = len(rest) - len(rest.lstrip(" "))
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
            rest = line[pos:]
            text = rest.lstrip(" ")
            indent = len(rest) - len(text)
            in_para = self.leaf is not None and self.leaf.kind in (PARA, TITLE)
            if indent >= 4:
                if not in_para:
                    self._truncate(matched)
                    self._new_leaf(CODE, number, rest[4:]).fence = ""
                else:
                    self._text(text, matched, number)
                return
            head = text[:1]
            if len(self.stack) > MAX_DEPTH:
                break
            if head == ">":
                pos += indent + 1
                pos += line[pos : pos + 1] == " "
                self._open_quote(matched, number, line[pos:])
                if not line[pos:].strip():
                    return
            elif (marker := self._list_marker(text, matched, in_para)) is not None:
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
        if not self._leaf_start(head, text, matched, number, in_para):
            self._text(text, matched, number)

    def _leaf_start(self, head: str, text: str, matched: int, number: int, in_para: bool) -> bool:
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
        if head in "-*_" and _RULE.match(text):
            self._truncate(matched)
            self._new_leaf(RULE, number, text)
            self.leaf = None
            return True
        return head in "|:-" and in_para and self._table(text, matched, number)

    # ------------------------------------------------------------------ containers

    def _truncate(self, matched: int) -> None:
        if matched < len(self.stack):
            del self.stack[matched:]
        self.leaf = None

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
            node.callout = (found[1].strip(), found[2], found[4].strip(), found[3] or None)
        self._push(node)

    def _list_marker(self, text: str, matched: int, in_para: bool) -> re.Match[str] | None:
        found = _MARKER.match(text) if text[0] in "-+*0123456789" else None
        if found is None or (text[0] in "-*" and _RULE.match(text)):
            return None
        if not in_para or matched != len(self.stack):
            return found
        interrupts = text[found.end() :].strip() and found[2] in (None, "1") and not self._setext_line(text)
        return found if interrupts else None

    def _setext_line(self, text: str) -> bool:
        return self.leaf is not None and self.leaf.kind == PARA and text[0] == "-" and _SETEXT.match(text) is not None

    def _open_item(self, marker: re.Match[str], text: str, indent: int, matched: int, number: int) -> int:
        self._truncate(matched)
        parent = self.stack[-1]
        list_type = marker[1] or marker[3]
        group = parent.last
        if group is None or group.kind != LIST or group.list_type != list_type:
            group = Node(LIST, parent, number)
            group.list_type = list_type
        node = Node(ITEM, parent, number)
        behind = text[marker.end() :]
        spaces = len(behind) - len(behind.lstrip(" "))
        if not behind.strip() or spaces > 4:
            spaces = 1
        node.indent = indent + marker.end() + spaces
        self._push(node)
        parent.last, group.last = group, node
        task = _TASK.match(behind.lstrip(" "))
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

    # ------------------------------------------------------------------ leaves

    def _new_leaf(self, kind: str, number: int, text: str) -> Node:
        node = Node(kind, self.stack[-1], number)
        node.lines.append(text)
        node.until = None
        self.document.leaves.append(node)
        self.stack[-1].last = node
        self.leaf = node
        return node

    def _atx(self, text: str, matched: int, number: int) -> bool:
        found = _ATX.match(text)
        if not found:
            return False
        self._truncate(matched)
        title = found[2].strip()
        self._new_leaf(HEADING, number, "" if title and not title.strip("#") else title).level = len(found[1])
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
        found = next((pair for pair in _HTML_STARTS if pair[0].match(text)), None)
        if found is None and (in_para or not _HTML_7.match(text)):
            return False
        until = found[1] if found else None
        self._truncate(matched)
        leaf = self._new_leaf(HTML, number, text)
        leaf.until = until
        if until is not None and until.search(text, 2):
            self.leaf = None
        return True

    def _setext(self, text: str, matched: int, number: int) -> bool:
        leaf = self.leaf
        found = _SETEXT.match(text)
        if not found or leaf is None or leaf.kind != PARA or matched != len(self.stack):
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
        header = leaf.lines[-1]
        if _cells(header) != _cells(text):
            return False
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
        found = _REFDEF.match(text) if text[0] == "[" else None
        if found and not found[1].startswith("^") and found[1].strip():
            self.document.definitions.setdefault(fold_label(found[1]), found[2] if found[2] is not None else found[3])
            self._new_leaf(REFDEF, number, text)
            self.leaf = None
        else:
            self._new_leaf(PARA, number, text)


def _cells(row: str) -> int:
    """How many cells a table row has."""
    return len(re.findall(r"(?<!\\)\|", row.strip().strip("|"))) + 1
