"""BibTeX: the one entry of a text with every field as it was written, and the names in a list of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_START = re.compile(r"^[ \t>]*@([A-Za-z]+)\s*[{(]\s*([^\s,{}()\"]+)\s*,", re.M)
_NAME = re.compile(r"[\s>]*,?[\s>]*([A-Za-z][\w:+.-]*)\s*=\s*")
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
    lines: Mapping[str, int] = field(default_factory=dict)
    """Field -> the line it stands in, 0 for that of the first line of the text; `@` is that of the entry."""


def read_entry(text: str) -> Entry | None:
    """The BibTeX entry in a text; None where there is none, or more than one."""
    found = [each for each in _START.finditer(text) if each[1].lower() not in _NO_ENTRIES]
    if len(found) != 1:
        return None
    start = found[0].end()
    fields: dict[str, str] = {}
    lines = {"@": text.count("\n", 0, found[0].start(1))}
    for name, value, at in _fields(text, start):
        if name not in fields:
            fields[name] = value
            lines[name] = text.count("\n", 0, at)
    return Entry(found[0][1].lower(), found[0][2], fields, lines)


def _fields(text: str, at: int) -> Iterator[tuple[str, str, int]]:
    """(name, value, place) of each field, up to the one that does not end."""
    while name := _NAME.match(text, at):
        value, at = _value(text, name.end())
        if value is None:
            return
        if value:
            yield name[1].lower(), value, name.start(1)


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
            return " ".join(_QUOTE_MARKS.sub("\n", "".join(parts)).split()), end
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


# ---------------------------------------------------------------------- names


class BibtexName(NamedTuple):
    """A name in LaTeX, taken apart by BibTeX's rules; `literal` is one in braces as a whole."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""


def read_names(value: str) -> list[BibtexName | None]:
    """The names that ` and ` separates outside of braces; None stands for `others`."""
    names: list[BibtexName | None] = []
    for words in _split(value.split(), lambda word: word.lower() == "and"):
        if words:
            names.append(None if words == ["others"] else _name(" ".join(words)))
    return names


def _name(text: str) -> BibtexName:
    if text.startswith("{") and _closes_at_end(text):
        return BibtexName(literal=text[1:-1])
    parts = [part.strip() for part in _at_depth_0(text, ",")]
    if len(parts) == 1:
        return _first_von_last(_words(text))
    particle, family = _von_last(_words(parts[0]))
    if len(parts) == 2:
        return BibtexName(family, parts[1], particle)
    return BibtexName(family, ", ".join(parts[2:]), particle, parts[1])


def _closes_at_end(text: str) -> bool:
    return _end(text, 0) == len(text)


def _first_von_last(words: list[str]) -> BibtexName:
    """The words in lower case before the last one are the particle, what stands before them the given names."""
    lower = [at for at, word in enumerate(words[:-1]) if _is_lower(word)]
    if len(words) == 1:
        return BibtexName(literal=words[0])
    first, last = (lower[0], lower[-1] + 1) if lower else (len(words) - 1, len(words) - 1)
    return BibtexName(" ".join(words[last:]), " ".join(words[:first]), " ".join(words[first:last]))


def _von_last(words: list[str]) -> tuple[str, str]:
    """The particle is what stands in lower case from the beginning on: BibTeX itself takes all up to the last such word,
    and with it the first surname of `Ortega y Gasset`.
    """
    at = 0
    while at < len(words) - 1 and _is_lower(words[at]):
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def _is_lower(word: str) -> bool:
    """Whether the first letter outside of braces is in lower case; what stands in braces counts as a capital."""
    bare = re.sub(r"\\[A-Za-z]+\s*|\\.", "", word).lstrip("'’`")
    letter = next((c for c in bare.lstrip("{") if c.isalpha()), "")
    return letter.islower() and (not word.startswith("{") or word.startswith("{\\"))


def _words(text: str) -> list[str]:
    return [word for word in _at_depth_0(text.replace("~", " "), " ") if word]


def _at_depth_0(text: str, separator: str) -> list[str]:
    return ["".join(signs) for signs in _split(list(text), lambda sign: sign == separator)]


def _split(pieces: list[str], separates: Callable[[str], bool]) -> list[list[str]]:
    """The pieces between those that separate and stand in no braces."""
    groups: list[list[str]] = [[]]
    depth = 0
    for piece in pieces:
        if depth == 0 and separates(piece):
            groups.append([])
            continue
        depth = max(0, depth + piece.count("{") - piece.count("}"))
        groups[-1].append(piece)
    return groups
