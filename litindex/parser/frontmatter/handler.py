"""The front matter of a note as Obsidian reads it (FORMAT section 2), as a handler of python-frontmatter."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from frontmatter.default_handlers import BaseHandler

from litindex.models import Problem
from litindex.parser.frontmatter import yaml_core
from litindex.parser.frontmatter.salvage import salvage, salvage_foreign
from litindex.parser.frontmatter.yaml_core import Mapping, Node, Scalar, YamlError

_CLOSING = re.compile(r"---[ \t]*$")
_KEY_LINE = re.compile(r"[^\W\d_][\w -]{0,60}:(?:\s|$)")


class Property(NamedTuple):
    """One top-level key; `salvaged` when the block as a whole could not be read (DECISIONS 1)."""

    key: str
    value: Node
    line: int
    salvaged: bool = False


class FrontMatter(NamedTuple):
    """`end` is the line of the closing `---`, `last` that of all that is no body; `data` the value by YAML 1.2 (None
    unless `state` is ok).
    """

    state: str
    end: int | None
    properties: list[Property]
    data: Any
    text: str
    problems: list[Problem]
    last: int = 0


class ObsidianHandler(BaseHandler):
    """Front matter by Obsidian's rules: `frontmatter.load(path, handler=litindex.ObsidianHandler())`.

    The library's own YAML handler splits elsewhere and reads YAML 1.1, where `010` is 8 and `NO` is false (M6). This is
    the code that the index is made with; `read` gives what it needs beside the values: lines and problems.
    """

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.M)

    def detect(self, text: str) -> bool:
        """Whether `text` begins with a block that is closed (M1, M2)."""
        return find_end(text.split("\n")) is not None

    def split(self, text: str) -> tuple[str, str]:
        """The text of the properties, and the body behind them."""
        lines = text.split("\n")
        end = find_end(lines)
        return ("\n".join(lines[1 : end - 1]), "\n".join(lines[end:])) if end else ("", text)

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """The properties as Python values, dates as text; {} where Obsidian shows none. Never raises."""
        data = self.read(["---", *fm.split("\n"), "---"]).data
        return data if isinstance(data, dict) else {}

    def read(self, lines: list[str]) -> FrontMatter:
        """The front matter at the head of a note's lines."""
        if not lines or lines[0] != "---":
            return _read_foreign(lines)
        end = find_end(lines)
        if end is None:
            message = "The front matter is opened but never closed: add a line `---` after the properties."
            return FrontMatter("unclosed", None, [], None, "", [Problem("frontmatter-unclosed", "error", 1, message)])
        return _with_second_block(_read_block(lines[1 : end - 1], end), lines)


HANDLER: Final = ObsidianHandler()


def find_end(lines: list[str]) -> int | None:
    """The 1-based line of the closing `---`, None when there is no front matter (M1, M2)."""
    return _closing(lines, 1) if lines and lines[0] == "---" else None


def _closing(lines: list[str], after: int) -> int | None:
    """The number of the first line behind the first `after` ones that closes a block."""
    for number in range(after, len(lines)):
        if lines[number].startswith("---") and _CLOSING.match(lines[number]):
            return number + 1
    return None


def _read_block(block: list[str], end: int) -> FrontMatter:
    """The properties on the lines between the delimiters, of which the second is line `end`."""
    text = "\n".join(block)
    try:
        node = yaml_core.load(text + "\n", 2)
    except YamlError as error:
        line = min(error.line, end)
        message = f"Front matter line {line}: {error.cause}. Until then Obsidian sees no properties in this note."
        return _broken(block, end, "invalid", Problem(error.code, "error", line, message))
    if node is None or (isinstance(node, Scalar) and not node.raw.strip()):
        return FrontMatter("empty", end, [], None, text, [], end)
    if not isinstance(node, Mapping):
        message = "The front matter is no list of `key: value` lines: each needs a colon and a space after its key."
        return _broken(block, end, "not_mapping", Problem("frontmatter-not-mapping", "error", 2, message), node)
    return FrontMatter("ok", end, [Property(*pair) for pair in node.pairs], yaml_core.to_data(node), text, [], end)


def _broken(block: list[str], end: int, state: str, problem: Problem, node: Node | None = None) -> FrontMatter:
    """A block that Obsidian shows no properties of, with what can be read of it all the same (DECISIONS 1)."""
    properties = [Property(*pair, salvaged=True) for pair in salvage(block)]
    return FrontMatter(state, end, properties, yaml_core.to_data(node), "\n".join(block), [problem], end)


def _with_second_block(front: FrontMatter, lines: list[str]) -> FrontMatter:
    """A program that knew nothing of the properties put its own before them: they are properties too, and go first."""
    start = front.last
    while start < len(lines) and not lines[start].strip():
        start += 1
    if start + 1 >= len(lines) or lines[start] != "---" or not _KEY_LINE.match(lines[start + 1]):
        return front
    end = _closing(lines, start + 1)
    if end is None:
        return front
    block = lines[start + 1 : end - 1]
    try:
        node = yaml_core.load("\n".join(block) + "\n", start + 2)
    except YamlError:
        return front
    if not isinstance(node, Mapping):
        return front
    message = "A second front matter block: Obsidian shows it as text. Move its properties into the first block."
    problem = Problem("frontmatter-second-block", "warning", start + 1, message)
    properties = [*(Property(*pair) for pair in node.pairs), *front.properties]
    text = "\n".join((front.text, *block))
    return front._replace(properties=properties, text=text, problems=[*front.problems, problem], last=end)


def _read_foreign(lines: list[str]) -> FrontMatter:
    """TOML between `+++`, JSON between `{` and `}`: properties for other programs, text for Obsidian."""
    found = salvage_foreign(lines)
    if found is None:
        return FrontMatter("none", None, [], None, "", [])
    language, end, pairs = found
    message = f"The front matter is {language}: Obsidian shows it as text. It reads YAML between two lines `---`."
    properties = [Property(*pair, salvaged=True) for pair in pairs]
    problem = Problem("frontmatter-not-yaml", "warning", 1, message)
    return FrontMatter("none", None, properties, None, "\n".join(lines[1 : end - 1]), [problem], end)
