"""Front matter of plain lines, read without a YAML parser: `key: value`, `key: [a, b]`, and `- item` lines under a key.

What stands here means the same in every YAML. At the first line that may mean anything else nothing is read, and the real
parser decides (`yaml12.load`).
"""

from __future__ import annotations

import re
from typing import Final

from litindex.parser.frontmatter.yaml_core import MAX_SIZE, Mapping, Node, Scalar, Sequence, core_kind

_PAIR = re.compile(r"([^\W\d_](?:[\w -]*\w)?):(?: +(.*))?")
_ITEM = re.compile(r"( *)- +(.+)")
_FLOW = re.compile(r"\[ *(?:\w[\w/.+ -]*(?:, *\w[\w/.+ -]*)*)?\]")
_QUOTED = re.compile(r'"[^"\\]*"|\'[^\']*\'')
_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@`")
_MAX_LINES: Final = 1000
_MAX_LINE: Final = 1000
"""A key that the parser finds must end within 1,024 characters."""


def load_flat(lines: list[str], first: int) -> Mapping | None:
    """The mapping that these lines hold, of which the first is line `first` of the file; None: ask the real parser."""
    if len(lines) > _MAX_LINES or not "".join(lines).isprintable() or sum(map(len, lines)) + len(lines) > MAX_SIZE:
        return None
    pairs: dict[str, tuple[str, Node, int]] = {}
    number, end = first, first + len(lines)
    while number < end:
        line = lines[number - first]
        number += 1
        if not line:
            continue
        found = _PAIR.fullmatch(line)
        if found is None or found[1] in pairs or len(line) > _MAX_LINE:
            return None
        start = number - 1
        value = (found[2] or "").rstrip(" ")
        if not value and number < end and lines[number - first].lstrip(" ")[:2] == "- ":
            items = _items(lines, number - first, number)
            node: Node | None = Sequence(items, number)
            number += len(items)
        else:
            node = _value(value, start)
        if node is None:
            return None
        pairs[found[1]] = (found[1], node, start)
    return Mapping(list(pairs.values()), next(iter(pairs.values()))[2]) if pairs else None


def _items(lines: list[str], index: int, number: int) -> list[Node]:
    """The items of one indentation from here on; the line behind them is looked at as any other."""
    indent: str | None = None
    items: list[Node] = []
    while index < len(lines) and (found := _ITEM.fullmatch(lines[index])) is not None:
        if indent is None:
            indent = found[1]
        node = _scalar(found[2].rstrip(" "), number + len(items)) if found[1] == indent else None
        if node is None:
            break
        items.append(node)
        index += 1
    return items


def _value(text: str, line: int) -> Node | None:
    if text[:1] != "[":
        return _scalar(text, line)
    if _FLOW.fullmatch(text) is None:
        return None
    parts = [part.strip(" ") for part in text[1:-1].split(",")]
    return Sequence([Scalar(part, core_kind(part), line) for part in parts if part], line)


def _scalar(text: str, line: int) -> Scalar | None:
    if text[:1] not in _INDICATORS:
        plain = ": " not in text and " #" not in text and text[-1:] != ":"
        return Scalar(text, core_kind(text), line) if plain else None
    return Scalar(text[1:-1], "str", line) if _QUOTED.fullmatch(text) else None
