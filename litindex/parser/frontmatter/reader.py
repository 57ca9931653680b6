"""The front matter of a note: where it is, what it holds, and what can be saved of a broken one (FORMAT section 2)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from frontmatter.default_handlers import BaseHandler

from litindex.models import Problem
from litindex.parser.frontmatter import yaml_core
from litindex.parser.frontmatter.flat import load_flat
from litindex.parser.frontmatter.yaml_core import Mapping, Node, Scalar, Sequence, YamlError

_CLOSING = re.compile(r"---[ \t]*$")
_SALVAGE_KEY = re.compile(
    r"""(?:"([^"\n]+)"|'([^'\n]+)'|([^\s#'"\[\]{}|>&*!%@`-][^:\n]{0,199}?))[ \t]*:(?:[ \t]+(.*))?$"""
)
_SALVAGE_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
_FLOW_ITEM = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[\[[^\]]*\]\]|[^,]+""")


class Property(NamedTuple):
    """One top-level key; `salvaged` when the block as a whole could not be read (DECISIONS 1)."""

    key: str
    value: Node
    line: int
    salvaged: bool = False


class FrontMatter(NamedTuple):
    """`end` is the line of the closing `---` (None without one); `data` the value by YAML 1.2 (None unless state is ok)."""

    state: str
    end: int | None
    properties: list[Property]
    data: Any
    text: str
    problems: list[Problem]


class ObsidianHandler(BaseHandler):
    """python-frontmatter's handler interface over Obsidian's rules: `frontmatter.parse(text, handler=ObsidianHandler())`.

    The library's own YAML handler splits elsewhere, strips the text first and reads YAML 1.1 (M6).
    """

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.M)

    def detect(self, text: str) -> bool:
        return find_end(text.split("\n")) is not None

    def split(self, text: str) -> tuple[str, str]:
        lines = text.split("\n")
        end = find_end(lines)
        if end is None:
            return "", text
        return "\n".join(lines[1 : end - 1]), "\n".join(lines[end:])

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        data = yaml_core.to_data(yaml_core.load(fm))
        return data if isinstance(data, dict) else {}


def find_end(lines: list[str]) -> int | None:
    """The 1-based line of the closing `---`, None when there is no front matter (M1, M2)."""
    if not lines or lines[0] != "---":
        return None
    for number, line in enumerate(lines[1:], 2):
        if line.startswith("---") and _CLOSING.match(line):
            return number
    return None


def read(lines: list[str]) -> FrontMatter:
    """The front matter at the head of a note's lines."""
    if not lines or lines[0] != "---":
        return FrontMatter("none", None, [], None, "", [])
    end = find_end(lines)
    if end is None:
        message = "The front matter is opened but never closed: add a line `---` after the properties."
        return FrontMatter("unclosed", None, [], None, "", [Problem("frontmatter-unclosed", "error", 1, message)])
    block = lines[1 : end - 1]
    text = "\n".join(block)
    try:
        node: Node | None = load_flat(block, 2) or yaml_core.load(text + "\n", 2)
    except YamlError as error:
        line = min(error.line, end)
        message = f"Front matter line {line}: {error.cause}. Until then Obsidian sees no properties in this note."
        return FrontMatter("invalid", end, salvage(block), None, text, [Problem(error.code, "error", line, message)])
    if node is None or (isinstance(node, Scalar) and not node.raw.strip()):
        return FrontMatter("empty", end, [], None, text, [])
    data = yaml_core.to_data(node)
    if not isinstance(node, Mapping):
        problem = Problem("frontmatter-not-mapping", "error", 2, "The front matter is no list of `key: value` lines.")
        return FrontMatter("not_mapping", end, [], data, text, [problem])
    return FrontMatter("ok", end, [Property(*pair) for pair in node.pairs], data, text, [])


# ---------------------------------------------------------------------- what is left of a broken block


def salvage(block: list[str]) -> list[Property]:
    """Each top-level `key: value` and simple list that can be read alone, as text (DECISIONS 1)."""
    properties: list[Property] = []
    index = 0
    while index < len(block):
        found = _SALVAGE_KEY.match(block[index].replace("\t", " "))
        index += 1
        if not found:
            continue
        key = found[1] or found[2] or found[3]
        line = index + 1
        inside = index
        while (
            inside < len(block)
            and (block[inside][:1] in " \t-" or not block[inside].strip())
            and not _is_rule(block[inside])
        ):
            inside += 1
        node = _salvaged_value((found[4] or "").strip(), block[index:inside], line)
        index = inside
        if node is not None:
            properties.append(Property(key.strip(), node, line, salvaged=True))
    return properties


def _is_rule(line: str) -> bool:
    return line.startswith("---")


def _salvaged_value(value: str, below: list[str], line: int) -> Node | None:
    if value[:1] in ("|", ">") and len(value) <= 3:
        return Scalar("\n".join(part.strip() for part in below).strip(), "str", line)
    if value and (items := _flow_items(value)) is not None:
        return Sequence([Scalar(item, "str", line) for item in items], line)
    if value:
        rest = [part.strip() for part in below if part.strip() and not _SALVAGE_ITEM.match(part)]
        return Scalar(
            _unquote(" ".join([value, *rest]) if value[0] in "\"'" and value[-1] != value[0] else value), "str", line
        )
    items = [found[1] for part in below if (found := _SALVAGE_ITEM.match(part))]
    if items:
        return Sequence([Scalar(_unquote(item.strip()), "str", line + 1 + i) for i, item in enumerate(items)], line)
    return None


def _flow_items(value: str) -> list[str] | None:
    if value[0] != "[" or value[-1] != "]" or value.startswith("[["):
        return None
    return [text for part in _FLOW_ITEM.findall(value[1:-1]) if (text := _unquote(part.strip()))]


def _unquote(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].replace('\\"', '"') if text[0] == '"' else text[1:-1].replace("''", "'")
    return text
