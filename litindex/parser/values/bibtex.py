"""The grammar of BibTeX files: entries, `@string` abbreviations, `#` between parts, comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_BLOCK = re.compile(r"^[ \t]*+%.*|@[ \t]*+([A-Za-z]++)\s*+([{(])", re.M)
_KEY = re.compile(r"\s*+([^\s,{}()\"#=%]++)\s*+(?=[,)}]|[A-Za-z][\w:+.-]*+\s*+=)")
_NAME = re.compile(r"(?:[\s,]++|%.*+)*+([A-Za-z][\w:+.-]*+)\s*+=\s*+")
_BARE = re.compile(r"[^\s,{}\"#()=]+")
_JOIN = re.compile(r"\s*+#\s*+")
_END = re.compile(r"(?:[\s,]++|%.*+)*+[})]")
_CLOSING: Final = {"{": "}", "(": ")", '"': '"'}
_SPACES = re.compile(r"\s+")
_QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M)
_MARKS = re.compile(r'[{}()]|(?<!\\)"')
_LENIENT = re.compile(r'(?<!\\)[{}()"]')
"""Where braces do not come out even: those behind a backslash are not counted, as other tools have it."""
_MONTHS: Final = {month: month for month in "jan feb mar apr may jun jul aug sep oct nov dec".split()}


@dataclass(frozen=True, slots=True)
class Entry:
    """`type` and the names of `fields` are lower case; values are LaTeX without the braces or quotes around them.

    `lines` are those in which the fields and the entry (`@`) begin, counted from 0. `closed` is False where the text ends
    before the entry does.
    """

    type: str
    key: str
    fields: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    closed: bool = True


def read_entries(text: str) -> list[Entry]:
    """The entries of a text in their order; what stands between them is no BibTeX. Stops at a value without an end."""
    return _Reader(text).entries()


def read_entry(text: str) -> Entry | None:
    """The one BibTeX entry that a note holds, also in a quote; None where there is none, or more than one."""
    if "@" not in text:
        return None
    entries = [entry for entry in read_entries(_QUOTE_MARKS.sub("", text)) if entry.fields]
    return entries[0] if len(entries) == 1 else None


class _Reader:
    """One way through a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.strings: dict[str, str] = dict(_MONTHS)
        self.marks = _MARKS
        self.broken = False
        self.line, self.counted = 0, 0

    def entries(self) -> list[Entry]:
        found = []
        while not self.broken and (start := _BLOCK.search(self.text, self.at)):
            self.at = start.end()
            kind = (start[1] or "").lower()
            if kind == "string":
                self.strings.update((name, value) for name, value, _ in self._fields())
            elif kind in ("comment", "preamble"):
                self.at = self._closed_at(start.end() - 1) or start.end()
            elif kind:
                found.append(self._entry(kind, start.start()))
        return [entry for entry in found if entry.fields or entry.key]

    def _entry(self, kind: str, start: int) -> Entry:
        line = self._line_of(start)
        key = _KEY.match(self.text, self.at)
        self.at = key.end() if key else self.at
        fields = [(name, value.strip(), at) for name, value, at in reversed(self._fields())]  # of two the first counts
        values, lines = {name: value for name, value, _ in fields if value}, {name: at for name, _, at in fields}
        closed = not self.broken and _END.match(self.text, self.at) is not None
        return Entry(kind, key[1] if key else "", dict(reversed(values.items())), {**lines, "@": line}, closed)

    def _fields(self) -> list[tuple[str, str, int]]:
        """(name, value, line) of the fields up to the first thing that is none."""
        fields = []
        while name := _NAME.match(self.text, self.at):
            self.at = name.end()
            value = self._value()
            if value is None:
                self.broken = True
                break
            fields.append((name[1].lower(), value, self._line_of(name.start(1))))
        return fields

    def _value(self) -> str | None:
        """The value that begins here, its parts joined; None where it does not end."""
        parts: list[str] = []
        while (end := self._end(self.at)) is not None:
            part = self.text[self.at : end]
            parts.append(part[1:-1] if part[0] in '{"' else self.strings.get(part.lower(), part))
            join = _JOIN.match(self.text, end)
            self.at = join.end() if join else end
            if join is None:
                return _SPACES.sub(" ", "".join(parts))
        return None

    def _end(self, at: int) -> int | None:
        if self.text[at : at + 1] in ("{", '"'):
            return self._closed_at(at)
        bare = _BARE.match(self.text, at)
        return bare.end() if bare else None

    def _closed_at(self, at: int) -> int | None:
        """Behind the bracket or quote that closes the one at a place."""
        end = self._search(at, self.marks)
        if end is None:
            self.marks = _LENIENT
        elif self.text.count("\\{", at, end) == self.text.count("\\}", at, end):
            return end
        return self._search(at, _LENIENT) or end

    def _search(self, at: int, marks: re.Pattern[str]) -> int | None:
        closing, depth = _CLOSING[self.text[at]], 0
        for found in marks.finditer(self.text, at + (closing != "}")):
            depth += (found[0] == "{") - (found[0] == "}")
            if depth <= 0 and found[0] == closing:
                return found.end()
        return None

    def _line_of(self, at: int) -> int:
        """The line of a place that is not before the one asked for last."""
        self.line += self.text.count("\n", self.counted, at)
        self.counted = at
        return self.line
