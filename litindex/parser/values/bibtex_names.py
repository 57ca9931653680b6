"""Names of people as BibTeX reads them: `and` and commas count outside of braces alone."""

from __future__ import annotations

import re
from typing import NamedTuple

from litindex.parser.values.latex import decode
from litindex.parser.values.names import is_institution

_PIECE = re.compile(r"\\.|[{}]|[^\\{}]", re.S)
_AND = re.compile(r"(?:^|(?<=\s))and(?=\s|$)", re.I)
_SPACE = re.compile(r"[\s~]+")
_COMMA = re.compile(",")
_EXTENDED = re.compile(r"\s*(family|given|prefix|suffix|useprefix)(?:-i)?\s*=\s*\"?(.*?)\"?\s*", re.I | re.S)


class BibtexName(NamedTuple):
    """A name in LaTeX, taken apart; `literal` is one in braces as a whole, of one word, or an institution's."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""


def read_names(value: str) -> list[BibtexName | None]:
    """The names that ` and ` separates outside of braces; None stands for `others`."""
    parts = [part for part in _split(value, _AND) if part]
    return [None if part == "others" else _name(part) for part in parts]


def _name(text: str) -> BibtexName:
    """`First von Last`, `von Last, First` or `von Last, Jr, First`, or BibLaTeX's `family=…, given=…`."""
    parts = _split(text, _COMMA)
    extended = [_EXTENDED.fullmatch(part) for part in parts]
    if all(extended):
        return _extended({found[1].lower(): found[2] for found in extended if found})
    while len(parts) > 1 and not parts[-1].strip("~ "):
        parts.pop()
    if len(parts) == 1:
        return _first_von_last(_split(parts[0], _SPACE))
    particle, family = _von_last(_split(parts[0], _SPACE))
    suffix = parts[1] if len(parts) > 2 else ""
    return BibtexName(family, " ".join(part for part in parts[1 + (len(parts) > 2) :] if part), particle, suffix)


def _extended(parts: dict[str, str]) -> BibtexName:
    family, given = parts.get("family", ""), parts.get("given", "")
    if not (family and given):
        return BibtexName(literal=family or given)
    return BibtexName(family, given, parts.get("prefix", ""), parts.get("suffix", ""))


def _first_von_last(words: list[str]) -> BibtexName:
    """The particle goes from the first word in lower case to the last of them before the last word."""
    whole = " ".join(words)
    if len(words) < 2 or is_institution(decode(whole, markup=False)):
        return BibtexName(literal=whole[1:-1] if _is_one_group(whole) else whole)
    lower = [at for at, word in enumerate(words[:-1]) if _is_lower(word)]
    first, last = (lower[0], lower[-1] + 1) if lower else (len(words) - 1, len(words) - 1)
    if first == 0:
        return BibtexName(literal=whole)
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
    """Whether a word begins in lower case: by its first letter outside of braces, or by what a leading command prints."""
    depth = 0
    for found in _PIECE.finditer(word):
        if depth == 0 and found[0].isalpha():
            return found[0].islower()
        if depth <= 1 and found[0].startswith("\\"):
            printed = decode(word[found.start() :], markup=False)
            return next((c.islower() for c in printed if c.isalpha()), False)
        depth += (found[0] == "{") - (found[0] == "}")
    return False


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """The parts of a text at a separator that stands outside of braces; an opening brace without an end counts to the end."""
    hidden = _hidden(text)
    ends = [at for found in separator.finditer(hidden) for at in found.span()]
    starts = [0, *ends[1::2]]
    return [text[start:end].strip() for start, end in zip(starts, [*ends[::2], len(text)], strict=True)]


def _hidden(text: str) -> str:
    """A text of the same length in which what stands in braces, or behind a backslash, cannot be told apart."""
    if "{" not in text and "\\" not in text:
        return text
    depth, pieces = 0, []
    for found in _PIECE.finditer(text):
        if found[0] == "}":
            depth = max(depth - 1, 0)
        pieces.append(found[0] if depth == 0 and len(found[0]) == 1 else "\0" * len(found[0]))
        depth += found[0] == "{"
    return "".join(pieces)


def _is_one_group(text: str) -> bool:
    """Whether one pair of braces stands around the whole name."""
    hidden = _hidden(text)
    return hidden[:1] == "{" and hidden[-1:] == "}" and set(hidden[1:-1]) <= {"\0"}
