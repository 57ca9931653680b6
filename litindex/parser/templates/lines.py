"""The tree of a template as patterns: one for each line that it prints, and the keys of its front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from litindex.parser.templates.tree import Block, Part, Slot, Text

Pattern = tuple[str | Slot, ...]
"""Literals and slots in turn: no two slots beside one another."""

_MOST_VARIANTS: Final = 8
_QUOTE = re.compile(r"[> \t]+")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_LETTERS: Final = 3


class Line(NamedTuple):
    """A line that a template prints. `variants`: how it may look, with most parts first; `is_optional`: it stands in a condition or a loop;
    `is_repeated`: it is printed for each creator; `gap`: blank lines, or lines without text, stand before it.
    """

    number: int
    variants: tuple[Pattern, ...]
    is_optional: bool
    is_repeated: bool
    gap: bool


@dataclass
class _Open:
    """A line that is being put together; `texts` are its ways so far."""

    number: int = 1
    ways: list[list[str | Slot]] = field(default_factory=lambda: [[]])
    is_optional: bool = True
    is_repeated: bool = False
    is_empty: bool = True


class Lines(NamedTuple):
    """`lines` are patterns; `fixed` texts that the template prints itself, wherever; `unread` numbers of lines that
    print several values with nothing between them.
    """

    lines: tuple[Line, ...]
    fixed: frozenset[str]
    unread: tuple[int, ...]


def read_lines(parts: list[Part]) -> Lines:
    """The lines of a template, in their order."""
    writer = _Writer()
    writer.write(parts, optional=False, people=False)
    writer.end_line()
    return Lines(tuple(writer.lines), frozenset(writer.fixed), tuple(dict.fromkeys(writer.unread)))


def normal(line: str) -> str:
    """A line as it is compared: without quote marks, white space as single spaces."""
    start = _QUOTE.match(line)
    return " ".join(line[start.end() if start else 0 :].split())


def says_something(text: str) -> bool:
    """Whether a literal has letters enough to be told from others."""
    found = _LETTER.findall(text, 0, 200)
    return len(found) >= _LEAST_LETTERS or any(letter > "⺀" for letter in found)


def literals(pattern: Pattern) -> str:
    return "".join(part for part in pattern if isinstance(part, str))


class _Writer:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.fixed: set[str] = set()
        self.unread: list[int] = []
        self._open = _Open()
        self._gap = True
        self._skipped = 0
        """In how many loops over other things than people."""

    def write(self, parts: list[Part], *, optional: bool, people: bool) -> None:
        for part in parts:
            if isinstance(part, Text):
                self._write_text(part, optional, people)
            elif isinstance(part, Slot):
                self._add(part, optional=True, people=people)
            elif not _has_line_end(part):
                self._write_inline(part, people)
            else:
                self._write_block(part, people)

    def _write_block(self, block: Block, people: bool) -> None:
        is_skipped = block.kind == "skipped"
        if is_skipped:
            self.end_line()
        self._skipped += is_skipped
        for at, branch in enumerate(block.branches):
            if at:
                self.end_line()
            self.write(branch, optional=True, people=people or block.kind == "people")
        if is_skipped:
            self.end_line()
        self._skipped -= is_skipped

    def _write_text(self, part: Text, optional: bool, people: bool) -> None:
        first, *others = part.text.split("\n")
        self._add(first, optional=optional, people=people, number=part.line)
        for at, text in enumerate(others, 1):
            self.end_line()
            self._add(text, optional=optional, people=people, number=part.line + at)

    def _add(self, part: str | Slot, *, optional: bool, people: bool, number: int | None = None) -> None:
        line = self._open
        if part and line.is_empty and number is not None:
            line.number = number
        line.is_empty = line.is_empty and not part
        line.is_repeated |= people and bool(part)
        if isinstance(part, str) and part.strip(" \t>"):
            line.is_optional &= optional
        for way in line.ways:
            way.append(part)

    def _write_inline(self, block: Block, people: bool) -> None:
        """A block within a line: one value where it is a loop, else the ways in which it may look."""
        if block.kind in ("people", "skipped"):
            self._add(Slot("creator:author" if block.kind == "people" else ""), optional=True, people=people)
            return
        branches = [way for branch in block.branches for way in _ways(branch)]
        if len(block.branches) < 2 and block.kind == "branches":
            branches.append([])
        line = self._open
        line.ways = [[*way, *branch] for way in line.ways for branch in branches][:_MOST_VARIANTS]
        line.is_empty = False
        line.is_repeated |= people

    def end_line(self) -> None:
        line, self._open = self._open, _Open(self._open.number + 1)
        patterns = list(dict.fromkeys(_pattern(way) for way in line.ways))
        self.fixed.update(text for each in patterns if each is not None and (text := _only_text(each)))
        variants = tuple(sorted((each for each in patterns if each), key=len, reverse=True))
        if not variants:
            if None in patterns and not self._skipped:
                self.unread.append(line.number)
            self._gap = True
        elif not self._skipped:
            self.lines.append(Line(line.number, variants, line.is_optional, line.is_repeated, self._gap))
            self._gap = False


def _only_text(pattern: Pattern) -> str:
    text = pattern[0] if len(pattern) == 1 else ""
    return text if isinstance(text, str) and says_something(text) else ""


def _ways(parts: list[Part]) -> list[list[str | Slot]]:
    found: list[list[str | Slot]] = [[]]
    for part in parts:
        if isinstance(part, Block):
            if part.kind in ("people", "skipped"):
                more: list[list[str | Slot]] = [[Slot("creator:author" if part.kind == "people" else "")]]
            else:
                more = [way for branch in part.branches for way in _ways(branch)]
                more += [[]] if len(part.branches) < 2 else []
            found = [[*way, *each] for way in found for each in more][:_MOST_VARIANTS]
        else:
            for way in found:
                way.append(part.text if isinstance(part, Text) else part)
    return found


def _has_line_end(block: Block) -> bool:
    return any(
        _has_line_end(part) if isinstance(part, Block) else isinstance(part, Text) and "\n" in part.text
        for branch in block.branches
        for part in branch
    )


def _pattern(way: list[str | Slot]) -> Pattern | None:
    """A way as literals and slots in turn; None where two values stand side by side and nobody can part them."""
    found: list[str | Slot] = []
    for part in _joined(way):
        previous = found[-1] if found else None
        if isinstance(part, Slot) and isinstance(previous, Slot):
            merged = _merged(previous, part)
            if merged is None:
                return None
            found[-1] = merged
        else:
            found.append(part)
    return tuple(found)


def _joined(way: list[str | Slot]) -> Iterator[str | Slot]:
    """Texts that follow one another as one, in normal form; those between slots that are white space only fall away."""
    text = ""
    is_first = True
    for part in [*way, ""]:
        if isinstance(part, str) and part:
            text += part
            continue
        plain = normal(text) if is_first else " ".join(text.split())
        if plain:
            yield plain + (
                " " if is_first and text[-1:] == " " and isinstance(part, Slot) and not _LETTER.search(plain) else ""
            )
        is_first &= not text
        text = ""
        if isinstance(part, Slot):
            is_first = False
            yield part


def _merged(one: Slot, other: Slot) -> Slot | None:
    fields = {one.field, other.field} - {""}
    defaults = one.defaults + other.defaults
    if len(fields) < 2:
        return Slot(next(iter(fields), ""), defaults)
    if fields == {"person:given", "person:family"} and one.field == "person:given":
        return Slot("person:whole", defaults)
    if all(each.startswith("creator:") for each in fields):
        return Slot(one.field, defaults)
    return None
