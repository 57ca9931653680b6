"""Reading the one BibTeX entry that a note holds, with every field as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_START = re.compile(r"^[ \t>]*@([A-Za-z]+)\s*[{(]\s*([^\s,{}()\"]+)\s*,", re.M)
_NAME = re.compile(r"\s*,?\s*([A-Za-z][\w:+.-]*)\s*=\s*")
_NO_ENTRIES = frozenset(("comment", "string", "preamble"))
_QUOTE_MARKS = re.compile(r"\n[ \t]*>[ \t]?")
_BARE = re.compile(r"[^\s,{}\"#]+")
_JOIN = re.compile(r"\s*#\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """`type` and the names of `fields` are lower case; values are LaTeX without the braces or quotes around them."""

    type: str
    key: str
    fields: Mapping[str, str] = field(default_factory=dict)


def read_entry(text: str) -> Entry | None:
    """The BibTeX entry in a text; None where there is none, or more than one."""
    found = [each for each in _START.finditer(text) if each[1].lower() not in _NO_ENTRIES]
    if len(found) != 1:
        return None
    body = _QUOTE_MARKS.sub("\n", text[found[0].end() :])
    return Entry(found[0][1].lower(), found[0][2], dict(_fields(body)))


def _fields(body: str) -> list[tuple[str, str]]:
    fields: list[tuple[str, str]] = []
    at = 0
    while name := _NAME.match(body, at):
        value, at = _value(body, name.end())
        if value is None:
            break
        if value:
            fields.append((name[1].lower(), value))
    return list(reversed(dict(reversed(fields)).items()))


def _value(body: str, at: int) -> tuple[str | None, int]:
    """The value that begins at a place (parts joined by `#`), and where it ends; None where it does not end."""
    parts: list[str] = []
    while True:
        end = _end(body, at)
        if end is None:
            return None, at
        bare = body[at] not in '{"'
        parts.append(body[at:end] if bare else body[at + 1 : end - 1])
        join = _JOIN.match(body, end)
        if join is None:
            return " ".join("".join(parts).split()), end
        at = join.end()


def _end(body: str, at: int) -> int | None:
    if body[at : at + 1] not in ("{", '"'):
        bare = _BARE.match(body, at)
        return bare.end() if bare else None
    closing = body[at] == "{"
    depth = 0
    for place in range(at, len(body)):
        sign = body[place]
        depth += (sign == "{") - (sign == "}")
        if (depth == 0 and closing) or (not closing and depth == 0 and sign == '"' and place > at):
            return place + 1
    return None
