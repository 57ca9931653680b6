"""YAML 1.2 as Obsidian reads it, with the text of every scalar kept beside its value (M7-M11).

The events of PyYAML's parser give the structure; the types are decided here. The same loop is the guard that stands before
every load: depth, nodes, size, and aliases that would grow without end are refused while nothing has been built yet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import yaml

MAX_SIZE: Final = 65536
MAX_DEPTH: Final = 32
MAX_NODES: Final = 5000

_NULL = frozenset(("~", "null", "Null", "NULL", ""))
_BOOL: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_FLOW_LINE = re.compile(r"[^\n\[]*+\[(?:[^\n]*,)?[ \t]*+[:?][^\s\[\]{},]")
_FLOW_PART = re.compile(
    r""""(?:[^"\\]|\\.)*+(?:"|$)|'(?:[^']|'')*+'|(?<=[\[,])([ \t]*+)([:?][^\s\[\]{},"'#][^\[\]{},"'#\n]*+)"""
)
"""An item that begins with `:` or `?`, which libyaml takes for a key of a map."""
_TAB = re.compile(r"^([^\s#'\"\[{][^:\n]*:)\t[ \t]*", re.M)
_CONTROL: Final = dict.fromkeys(
    (*range(0, 9), 11, 12, *range(14, 32), *range(127, 133), *range(134, 160), 65534, 65535), "�"
)
# libyaml (YAML 1.1) breaks lines at these; YAML 1.2 does not
_BREAKS: Final = {0x85: "\ue085", 0x2028: "\ue028", 0x2029: "\ue029", 0xFEFF: "\ue0fe"}
_BACK: Final = {ord(private): chr(code) for code, private in _BREAKS.items()}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(NamedTuple):
    """`raw` is the text as written (quotes resolved); `kind` its type by the core schema: null bool int float str."""

    raw: str
    kind: str
    line: int


class Sequence(NamedTuple):
    items: list[Node]
    line: int


class Mapping(NamedTuple):
    pairs: list[tuple[str, Node, int]]
    line: int


Node = Scalar | Sequence | Mapping


def is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.kind == "null"


class YamlError(Exception):
    """Why the text is no YAML, and in which line."""

    def __init__(self, cause: str, line: int, code: str = "frontmatter-invalid") -> None:
        super().__init__(cause)
        self.cause = cause
        self.line = line
        self.code = code


def load(text: str, first: int = 1) -> Node | None:
    """What `text`, which begins at line `first`, holds; None when that is nothing. Raises YamlError."""
    if len(text) > MAX_SIZE:
        raise YamlError(f"the front matter is larger than {MAX_SIZE // 1024} KiB", first, "yaml-refused")
    return _Builder(_clean(text), first).run()


def _clean(text: str) -> str:
    if "\t" in text:
        text = _TAB.sub(r"\1 ", text)
    if "[" in text and (":" in text or "?" in text):
        text = "\n".join(_FLOW_PART.sub(_quoted, line) if _FLOW_LINE.match(line) else line for line in text.split("\n"))
    if not text.isascii() or not text.isprintable():
        text = text.translate(_CONTROL)
        if not text.isascii():
            text = text.translate(_BREAKS)
    return text


def _quoted(found: re.Match[str]) -> str:
    return f"{found[1]}'{found[2].rstrip()}'" if found[2] else found[0]


class _Open(NamedTuple):
    """A map or list whose end has not come yet; `before`: how many nodes there were before it."""

    children: list[Any]
    mapping: bool
    line: int
    anchor: str | None
    before: int
    flow: bool
    start: Any


class _Builder:
    """Nodes out of events, without recursion."""

    def __init__(self, text: str, first: int) -> None:
        self.first = first
        self.lines = text.split("\n")
        self.text = text
        self.private = any(mark in text for mark in _BREAKS.values())
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.count = 0

    def run(self) -> Node | None:
        try:
            return self._build()
        except yaml.YAMLError as error:
            raise _translated(error, self.first) from error

    def _build(self) -> Node | None:
        root: Node | None = None
        stack: list[_Open] = []
        events: Iterator[Any] = iter(
            _LOADER(self.text).get_event, None
        )  # as `yaml.parse`, without asking twice for each
        for event in events:  # typed loosely: PyYAML's stubs know one Event only
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node: Node = self._scalar(event, stack)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                stack.append(self._open(event, kind is yaml.MappingStartEvent, len(stack)))
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                node = self._close(stack.pop(), event, stack)
            elif kind is yaml.AliasEvent:
                node = self._alias(event)
            elif kind is yaml.DocumentStartEvent and root is not None:
                cause = "a line `...` ends the properties, and more of them follow: remove it"
                raise YamlError(cause, event.start_mark.line + self.first)
            else:
                continue
            if stack:
                stack[-1].children.append(node)
            else:
                root = node
        return root

    def _open(self, event: Any, mapping: bool, depth: int) -> _Open:
        line = event.start_mark.line + self.first
        if depth >= MAX_DEPTH:
            raise YamlError(f"properties are nested more than {MAX_DEPTH} levels deep", line, "yaml-refused")
        opened = _Open([], mapping, line, event.anchor, self.count, bool(event.flow_style), event.start_mark)
        self._grow(1, event)
        return opened

    def _close(self, opened: _Open, event: Any, around: list[_Open]) -> Node:
        if opened.flow and event.end_mark.line > opened.start.line:
            self._check_indentation(opened.start, event.end_mark, around, may_end="]}")
        node = _mapping(opened.children, opened.line) if opened.mapping else Sequence(opened.children, opened.line)
        self._anchor(opened.anchor, node, self.count - opened.before)
        return node

    def _check_indentation(self, start: Any, end: Any, around: list[_Open], *, may_end: str = "") -> None:
        """Obsidian's YAML wants the further lines of a value in quotes or brackets deeper than the key; libyaml does not."""
        column = next((each.start.column for each in around[::-1] if not each.flow), -1)
        for number in range(start.line + 1, end.line + 1):
            text = self.lines[number]
            indent = len(text) - len(text.lstrip(" "))
            if text.strip() and indent <= column and not (number == end.line and text[indent] in may_end):
                cause = "a value in quotes or brackets goes on in this line: indent the line"
                raise YamlError(cause, number + self.first)
        if self.lines[end.line][end.column : end.column + 1] == "#":
            raise YamlError("a comment needs a blank before its `#`", end.line + self.first)

    def _grow(self, by: int, event: Any) -> None:
        self.count += by
        if self.count > MAX_NODES:
            raise YamlError(
                f"the properties hold more than {MAX_NODES} values", event.start_mark.line + self.first, "yaml-refused"
            )

    def _scalar(self, event: Any, around: list[_Open]) -> Scalar:
        self.count += 1
        if self.count > MAX_NODES:
            self._grow(0, event)
        if event.style in ("'", '"'):
            self._check_indentation(event.start_mark, event.end_mark, around)
        raw = event.value.translate(_BACK) if self.private else event.value
        node = Scalar(raw, core_kind(raw) if event.implicit[0] else "str", event.start_mark.line + self.first)
        if event.anchor is not None:
            self._anchor(event.anchor, node, 1)
        return node

    def _anchor(self, name: str | None, node: Node, size: int) -> None:
        if name is not None:
            self.anchors[name] = (node, size)

    def _alias(self, event: Any) -> Node:
        found = self.anchors.get(event.anchor)
        if found is None:
            raise YamlError(
                f"`*{event.anchor}` refers to nothing; put the value in quotes", event.start_mark.line + self.first
            )
        self._grow(found[1], event)
        return found[0]


def _mapping(children: list[Any], line: int) -> Mapping:
    pairs: list[tuple[str, Node, int]] = []
    seen: set[str] = set()
    for key, value in zip(children[::2], children[1::2], strict=False):
        name = key.raw if isinstance(key, Scalar) else flow_text(key)
        if name in seen:
            raise YamlError(f"the key `{name}` stands twice", key.line, "frontmatter-duplicate-key")
        seen.add(name)
        pairs.append((name, value, key.line))
    return Mapping(pairs, line)


def core_kind(raw: str) -> str:
    """The type of a plain scalar by YAML 1.2's core schema (M7)."""
    if raw in _NULL:
        return "null"
    if raw in _BOOL:
        return "bool"
    if raw[0] in "0123456789+-.":
        if _INT.fullmatch(raw):
            return "int"
        if _FLOAT.fullmatch(raw):
            return "float"
    return "str"


def to_data(node: Node | None) -> Any:
    """Plain Python values, fit for JSON: infinities, NaN and numbers beyond 300 digits stay text."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return scalar_value(node)
    if isinstance(node, Sequence):
        return [to_data(item) for item in node.items]
    return {key: to_data(value) for key, value, _ in node.pairs}


def scalar_value(node: Scalar) -> str | int | float | bool | None:
    """The value of a scalar by its kind."""
    raw, kind = node.raw, node.kind
    if kind == "str" or len(raw) > 300:
        return raw
    if kind == "null":
        return None
    if kind == "bool":
        return _BOOL[raw]
    if kind == "int":
        return int(raw, 0) if raw[:2] in ("0o", "0x") else int(raw)
    number = float(
        raw.replace(".inf", "inf")
        .replace(".Inf", "inf")
        .replace(".INF", "inf")
        .replace(".nan", "nan")
        .replace(".NaN", "nan")
        .replace(".NAN", "nan")
    )
    return number if number == number and abs(number) != float("inf") else raw


def flow_text(node: Node) -> str:
    """A node as one line of text: what a non-scalar key is turned into (M10)."""
    return node.raw if isinstance(node, Scalar) else json.dumps(to_data(node), ensure_ascii=False)


def _translated(error: yaml.YAMLError, first: int) -> YamlError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + first if mark is not None else first
    problem = str(getattr(error, "problem", None) or error)
    for known, cause in _CAUSES:
        if known in problem:
            return YamlError(cause, line)
    return YamlError(problem.splitlines()[0], line)


_CAUSES: Final = (
    (
        "mapping values are not allowed",
        "a colon followed by a space stands inside a value; put the whole value in quotes",
    ),
    ("cannot start any token", "a value begins with `@`, `%`, a backtick or a tab; put the value in quotes"),
    ("expected <block end>", "the indentation or the quotes of this line or the one before do not fit; check both"),
    ("could not find expected ':'", "the line has no colon after its key"),
    ("found undefined alias", "a value begins with `*`; put the value in quotes"),
    ("unexpected end of stream", "a quote or bracket that was opened is never closed"),
    (
        "did not find expected key",
        "the indentation or the quotes of this line do not fit; check it and the line before",
    ),
    ("did not find expected node content", "a list has an empty place, as in `[a, , b]`"),
    ("while scanning for the next token", "a character that cannot begin a value; put the value in quotes"),
    ("did not find expected alphabetic", "a value begins with `*` or `&`; put the value in quotes"),
    ("unknown escape character", "a backslash inside double quotes; use single quotes or write it twice"),
    (
        "did not find expected ',' or ']'",
        "a list in brackets is not closed, or two of its items have no comma between them",
    ),
    ("did not find expected ',' or '}'", "braces are not closed; put the value in quotes"),
    (
        "did not find expected <document start>",
        "this line does not belong to the value before it: check the indentation of both",
    ),
)
