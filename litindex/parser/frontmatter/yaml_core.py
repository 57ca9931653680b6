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


class YamlError(Exception):
    """Why the text is no YAML, and in which line."""

    def __init__(self, cause: str, line: int, code: str = "frontmatter-invalid") -> None:
        super().__init__(cause)
        self.cause = cause
        self.line = line
        self.code = code


def load(text: str, first: int = 1) -> Node | None:
    """The first document of `text`, which begins at line `first`; None when it holds nothing. Raises YamlError."""
    if len(text) > MAX_SIZE:
        raise YamlError(f"the front matter is larger than {MAX_SIZE // 1024} KiB", first, "yaml-refused")
    return _Builder(_clean(text), first).run()


def _clean(text: str) -> str:
    if "\t" in text:
        text = _TAB.sub(r"\1 ", text)
    if not text.isascii() or not text.isprintable():
        text = text.translate(_CONTROL)
        if not text.isascii():
            text = text.translate(_BREAKS)
    return text


class _Builder:
    """Nodes out of events, without recursion."""

    def __init__(self, text: str, first: int) -> None:
        self.first = first
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self.private = any(mark in text for mark in _BREAKS.values())
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.open_anchors: list[str | None] = []
        self.count = 0

    def run(self) -> Node | None:
        try:
            return self._build()
        except yaml.YAMLError as error:
            raise _translated(error, self.first) from error

    def _build(self) -> Node | None:
        stack: list[
            tuple[list[Any], bool, int, str | None, int]
        ] = []  # children, is mapping, line, anchor, count before
        for event in self.events:  # typed loosely: PyYAML's stubs know one Event only
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node: Node = self._scalar(event)
                self._anchor(event.anchor, node, 1)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(stack) >= MAX_DEPTH:
                    raise YamlError(
                        f"properties are nested more than {MAX_DEPTH} levels deep",
                        event.start_mark.line + self.first,
                        "yaml-refused",
                    )
                stack.append(
                    ([], kind is yaml.MappingStartEvent, event.start_mark.line + self.first, event.anchor, self.count)
                )
                self._grow(1, event)
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                children, mapping, line, anchor, before = stack.pop()
                node = _mapping(children, line) if mapping else Sequence(children, line)
                self._anchor(anchor, node, self.count - before)
            elif kind is yaml.AliasEvent:
                node = self._alias(event)
            elif kind is yaml.DocumentEndEvent:
                return None
            else:
                continue
            if not stack:
                return node
            stack[-1][0].append(node)
        return None

    def _grow(self, by: int, event: Any) -> None:
        self.count += by
        if self.count > MAX_NODES:
            raise YamlError(
                f"the properties hold more than {MAX_NODES} values", event.start_mark.line + self.first, "yaml-refused"
            )

    def _scalar(self, event: Any) -> Scalar:
        self._grow(1, event)
        raw = event.value.translate(_BACK) if self.private else event.value
        return Scalar(raw, core_kind(raw) if event.implicit[0] else "str", event.start_mark.line + self.first)

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
    ("did not find expected <document start>", "a `---` or `%` line stands inside the front matter"),
)
