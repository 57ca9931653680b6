"""What can be read of a front matter that is no YAML as a whole (DECISIONS 1): each property alone, then as text."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from litindex.parser.frontmatter import yaml_core
from litindex.parser.frontmatter.yaml_core import Mapping, Node, Scalar, Sequence, YamlError

Pair = tuple[str, Node, int]
"""key, value, line"""

_KEY = re.compile(r"""\s*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s#'"\[\]{}|>&*!%@`,-][^:\n]{0,199}?))[ \t]*:(?:[ \t]+(.*))?$""")
_GLUED = re.compile(r"([^\W\d_][\w-]{1,40}):(?!//)(\S.*)$")
"""`title:Mud`: the blank behind the colon was forgotten."""
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
_SIMPLE_ITEM = re.compile(r"[ \t]*- [^:]*$")
_PART = re.compile(r"""\s*+((?:"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'|\[\[[^\]]*+\]\])(?=\s*+(?:,|$))|[^,]+)""")
_ALL_QUOTED = re.compile(r"""(?:"[^"]*+"|'[^']*+')(?:\s*+,\s*+(?:"[^"]*+"|'[^']*+'))++\s*+$""")
_COMMENT = re.compile(r"(?:[ \t]|(?<=[\"'\]]))#(?:[ \t].*)?$")


def salvage(block: list[str]) -> list[Pair]:
    """Each top-level property of these lines, of which the first is line 2 of the file."""
    return [pair for start, lines in _chunks(block) if (pair := _read_chunk(lines, start + 2)) is not None]


def _chunks(block: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(index, lines) of each property: a line with a key, and what follows it up to the next one at its indentation."""
    start: int | None = None
    for index, line in enumerate(block):
        if _begins(line, block[start] if start is not None else "") or line.startswith("---"):
            if start is not None:
                yield start, block[start:index]
            start = None if line.startswith("---") else index
    if start is not None:
        yield start, block[start:]


def _begins(line: str, before: str) -> bool:
    """Whether a property begins here. `before`: the line that began the one above; below a value a key that is indented
    is one by mistake, for a map stands below a key alone.
    """
    found = _KEY.match(line)
    if line[:1] in " \t":
        above = _KEY.match(before)
        return bool(found and not before) or bool(found and above and (above[4] or "").strip(" |>-+"))
    return bool(found or _GLUED.match(line))


def _read_chunk(lines: list[str], line: int) -> Pair | None:
    below = lines[1:]
    found = _KEY.match(lines[0])
    if found and (found[4] or "")[:1] in ("[", '"', "'"):  # goes on up to its end, however it is indented
        below = [f" {each}" for each in below]
    try:
        node = None if _is_ragged(below) else yaml_core.load("\n".join([lines[0].lstrip(), *below]) + "\n", line)
    except YamlError:
        node = None
    if isinstance(node, Mapping) and len(node.pairs) == 1 and _is_sound(node.pairs[0][1]):
        return node.pairs[0]
    return _read_text(lines, line)


def _is_ragged(below: list[str]) -> bool:
    """Whether these are items of several indentations, which YAML takes for one item that goes on."""
    items = [line for line in below if line.strip()]
    return len({len(line) - len(line.lstrip()) for line in items}) > 1 and all(map(_SIMPLE_ITEM.match, items))


def _is_sound(node: Node) -> bool:
    """Not `- Quill, family: x`, which YAML takes for a map with a strange key, nor `{{Royal Society}}`."""
    return not (isinstance(node, Mapping) and any(key.startswith("{") for key, *_ in node.pairs))


def _read_text(lines: list[str], line: int) -> Pair | None:
    """The property as text, quotes and lists in brackets understood."""
    first = lines[0].replace("\t", " ").rstrip().removesuffix(",")
    found = _KEY.match(first)
    key = (found[1] or found[2] or found[3]) if found else None
    value = (found[4] or "").strip() if found else ""
    if found is None or key is None:
        glued = _GLUED.match(first)
        if glued is None:
            return None
        key, value = glued[1], glued[2].strip()
    node = _value(value, [part for part in lines[1:] if part.strip()], line)
    return (key.strip(), node, line) if node is not None else None


def _value(value: str, below: list[str], line: int) -> Node | None:
    value = _COMMENT.sub("", value).strip()
    items = [found[1] for part in below if (found := _ITEM.match(part))]
    if value[:1] in ("|", ">") and len(value) <= 3:
        return Scalar("\n".join(part.strip() for part in below).strip(), "str", line)
    if not value and items:
        return Sequence([Scalar(_unquoted(item), "str", line + 1 + at) for at, item in enumerate(items)], line)
    text = " ".join([value, *(part.strip() for part in below if part[:1] in " \t]" and not _ITEM.match(part))]).strip()
    if not text:
        return None
    parts = _parts(text)
    if parts is not None:
        return Sequence([Scalar(part, "str", line) for part in parts], line)
    return Scalar(_unquoted(text), "str", line)


def _parts(text: str) -> list[str] | None:
    """The items of `[a, "b, c"]`, and of `"a", "b"` where the brackets were forgotten."""
    if text[0] == "[" and text[-1] == "]" and not text.startswith("[["):
        text = text[1:-1]
    elif not _ALL_QUOTED.match(text):
        return None
    return [part for found in _PART.findall(text) if (part := _unquoted(found))]


def _unquoted(text: str) -> str:
    text = text.strip().removesuffix(",")
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].replace('\\"', '"') if text[0] == '"' else text[1:-1].replace("''", "'")
    return text


# ---------------------------------------------------------------------- TOML and JSON

_ENDS: Final = {"+++": ("+++", "TOML"), "{": ("}", "JSON")}
_MOST_LINES: Final = 400


def salvage_foreign(lines: list[str]) -> tuple[str, int, list[Pair]] | None:
    """(language, number of the closing line, properties) of a front matter that is TOML or JSON."""
    if not lines or lines[0].rstrip() not in _ENDS:
        return None
    closing, language = _ENDS[lines[0].rstrip()]
    end = next((n for n, line in enumerate(lines[1:_MOST_LINES], 2) if line.rstrip() == closing), None)
    data = _load_foreign(language, lines, end) if end else None
    if not isinstance(data, dict) or not data or end is None:
        return None
    at = {key: _line_of(key, lines[:end]) for key in data}
    return language, end, [(key, _node(value, at[key]), at[key]) for key, value in data.items()]


def _load_foreign(language: str, lines: list[str], end: int) -> Any:
    text = "\n".join(lines[1 : end - 1])
    if len(text) > yaml_core.MAX_SIZE:
        return None
    try:
        return tomllib.loads(text) if language == "TOML" else json.loads("{" + text + "}")
    except (ValueError, RecursionError):
        return None


def _line_of(key: str, lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines, 1) if key in line.split("=")[0].split(":")[0]), 1)


def _node(value: Any, line: int, depth: int = 0) -> Node:
    """A value of another language as if it stood in YAML."""
    if depth > yaml_core.MAX_DEPTH:
        return Scalar("…", "str", line)
    if isinstance(value, dict):
        return Mapping([(str(key), _node(each, line, depth + 1), line) for key, each in value.items()], line)
    if isinstance(value, list):
        return Sequence([_node(each, line, depth + 1) for each in value], line)
    if value is None or isinstance(value, bool):
        return Scalar(json.dumps(value), "null" if value is None else "bool", line)
    kind = "int" if isinstance(value, int) else "float" if isinstance(value, float) else "str"
    return Scalar(str(value), kind, line)
