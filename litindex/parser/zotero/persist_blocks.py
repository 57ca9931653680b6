"""Persist blocks and the import stamp of Zotero Integration (Z22-Z24)."""

from __future__ import annotations

import re
from typing import NamedTuple

from litindex.models import PersistBlock, Problem

_MARKER = re.compile(r"%%[ \t]*+(begin|end)[ \t]++([^%\n]{1,200}?)[ \t]*+%%", re.I)
_IMPORT = re.compile(r"%%[ \t]*(?:import|export)[ \t]*date:[ \t]*+([^%\n]*+)%%[ \t]*$", re.I)
_DEFAULT = re.compile(r"==[ \t]*(?:Delete this and write here|Don['’]t delete the).*$", re.I)
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}$")
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")


def find_persist_blocks(lines: list[str], first: int) -> tuple[list[PersistBlock], list[Problem]]:
    """`%% begin NAME %%` … `%% end NAME %%` (Z22, Z23); the first of `lines` is line `first`."""
    begins, ends = _markers({number: line for number, line in enumerate(lines, first) if "%%" in line})
    found: list[PersistBlock] = []
    problems: list[Problem] = []
    done = (0, 0)
    for begin in begins:
        if begin.start < done:
            continue
        later = ends.get(begin.name.lower(), [])
        while later and later[-1].start < begin.start:
            later.pop()
        if not later:
            message = f"`%% begin {begin.name} %%` has no `%% end {begin.name} %%`: an update from Zotero would overwrite what follows. Add the end marker."
            problems.append(Problem("persist-unclosed", "warning", begin.start[0], message))
            continue
        end = later[-1]
        inside = _between(lines, first, begin.end, end.start)
        found.append(PersistBlock(begin.name, inside, int(is_default(inside)), begin.start[0], end.start[0]))
        done = end.end
    return found, problems


class _Marker(NamedTuple):
    """`start` and `end` are (line, column)."""

    name: str
    start: tuple[int, int]
    end: tuple[int, int]


def _markers(marked: dict[int, str]) -> tuple[list[_Marker], dict[str, list[_Marker]]]:
    """The begin markers in order; the end markers of each name, the last one first."""
    begins: list[_Marker] = []
    ends: dict[str, list[_Marker]] = {}
    for number, line in marked.items():
        for found in _MARKER.finditer(line):
            if line[found.start() - 1 : found.start()] != "`":
                marker = _Marker(found[2].strip(), (number, found.start()), (number, found.end()))
                is_end = found[1].lower() == "end"
                (ends.setdefault(marker.name.lower(), []) if is_end else begins).append(marker)
    for each in ends.values():
        each.reverse()
    return begins, ends


def _between(lines: list[str], first: int, start: tuple[int, int], end: tuple[int, int]) -> str:
    """The text from one (line, column) to another."""
    if start[0] == end[0]:
        return lines[start[0] - first][start[1] : end[1]]
    inside = lines[start[0] + 1 - first : end[0] - first]
    return "\n".join([lines[start[0] - first][start[1] :], *inside, lines[end[0] - first][: end[1]]])


def is_default(text: str) -> bool:
    """Whether nothing is left without blank lines, rules and the template's own sentences (Z23)."""
    for line in text.split("\n"):
        text = (_QUOTE.sub("", line) if line[:1] in (" ", "\t", ">") else line).strip()
        if text and not (text[0] in "-*_=" and (_RULE.match(text) or _DEFAULT.match(text))):
            return False
    return True


def find_import_date(lines: list[str]) -> str | None:
    """`%% Import Date: … %%` as the last line that is not blank (Z24)."""
    for line in reversed(lines):
        if line.strip():
            found = _IMPORT.search(line) if "%%" in line else None
            return (found[1].rstrip(" \t") or None) if found else None
    return None
