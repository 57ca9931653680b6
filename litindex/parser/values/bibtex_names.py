"""Names of people as BibTeX reads them: `and` and commas count outside of braces alone."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from litindex.parser.values.latex import decode
from litindex.parser.values.names import is_institution

_PIECE = re.compile(r"\\.|[{}]|[^\\{}]", re.S)
_AND = re.compile(r"\sand\s", re.I)
_SPACE = re.compile(r"[\s~]")
_EXTENDED = re.compile(r"\s*(family|given|prefix|suffix|useprefix)(?:-i)?\s*=\s*(.*)", re.I | re.S)
_FIELDS: Final = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
"""The parts of a name in BibLaTeX's extended format, and what CSL calls them."""


class BibtexName(NamedTuple):
    """The parts of a name as LaTeX; an institution, or a person of one name, is all `last`."""

    first: str = ""
    von: str = ""
    last: str = ""
    jr: str = ""


def read_names(value: str) -> list[dict[str, str]]:
    """The people of a field, each as the parts CSL has for it: `family`, `given`, …, or `literal`."""
    return [name for part in split_names(value) if (name := _csl(part))]


def split_names(value: str) -> list[str]:
    """The names of a field: what stands between each ` and ` outside of braces."""
    return _split(value, _AND)


def parse_name(text: str) -> BibtexName:
    """One name in its parts: `First von Last`, `von Last, First` or `von Last, Jr, First` (BibTeX's own rules)."""
    parts = [_split(part, _SPACE) for part in _split(text, re.compile(","), empty=True)]
    if len(parts) > 1 and not any(parts[1:]):
        parts = parts[:1]
    if len(parts) == 1:
        return _natural(parts[0])
    von = max((at for at, word in enumerate(parts[0][:-1], 1) if _is_lower(word)), default=0)
    first = [word for part in parts[2:] for word in part] if len(parts) > 2 else parts[1]
    jr = parts[1] if len(parts) > 2 else []
    return BibtexName(*(" ".join(words) for words in (first, parts[0][:von], parts[0][von:], jr)))


def _natural(words: list[str]) -> BibtexName:
    """`First von Last`: von goes from the first word in lower case to the last of them before the last word."""
    lower = [at for at, word in enumerate(words[:-1]) if _is_lower(word)]
    start, end = (lower[0], lower[-1] + 1) if lower else (len(words) - 1, len(words) - 1)
    return BibtexName(*(" ".join(part) for part in (words[:start], words[start:end], words[end:])))


def _is_lower(word: str) -> bool:
    """Whether a word begins in lower case: by its first letter outside of braces, or by that of a leading command."""
    depth = 0
    for found in _PIECE.finditer(word):
        if depth == 0 and found[0].isalpha():
            return found[0].islower()
        if found[0].startswith("\\") and depth <= 1 and (letter := _letter(word[found.start() :])):
            return letter.islower()
        depth += {"{": 1, "}": -1}.get(found[0], 0)
    return False


def _letter(latex: str) -> str | None:
    """The letter that a command with its argument prints."""
    return next((c for c in decode(latex, markup=False) if c.isalpha()), None)


def _split(text: str, separator: re.Pattern[str], *, empty: bool = False) -> list[str]:
    """The parts of a text at a separator that stands at depth 0; an opening brace without its end counts to the end."""
    hidden = _hidden(text)
    parts, at = [], 0
    while found := separator.search(hidden, at):
        parts.append(text[at : found.start()].strip())
        at = found.end() - (found[0][-1:].isspace() and len(found[0]) > 1)
    parts.append(text[at:].strip())
    return parts if empty else [part for part in parts if part]


def _hidden(text: str) -> str:
    """A text of the same length in which all that stands in braces, or behind a backslash, cannot be told apart."""
    if "{" not in text and "\\" not in text:
        return text
    depth, pieces = 0, []
    for found in _PIECE.finditer(text):
        if found[0] == "}":
            depth = max(depth - 1, 0)
        pieces.append(found[0] if depth == 0 and len(found[0]) == 1 else "\0" * len(found[0]))
        depth += found[0] == "{"
    return "".join(pieces)


def _csl(text: str) -> dict[str, str]:
    extended = _extended(text)
    if extended:
        return extended
    name = BibtexName(*(decode(part, markup=False).strip() for part in parse_name(text)))
    whole = decode(text, markup=False)
    if not name.first or _is_one_group(text) or ("," not in _hidden(text) and is_institution(whole)):
        return {"literal": whole.rstrip(", ")} if whole.strip(", ") else {}
    parts = {"family": name.last, "given": name.first, "non-dropping-particle": name.von, "suffix": name.jr}
    return {key: part for key, part in parts.items() if part}


def _is_one_group(text: str) -> bool:
    """Whether one pair of braces stands around the whole name."""
    hidden = _hidden(text)
    return hidden[:1] == "{" and hidden[-1:] == "}" and set(hidden[1:-1]) <= {"\0"}


def _extended(text: str) -> dict[str, str]:
    """BibLaTeX's `family=…, given=…, prefix=…`; {} where it is another format."""
    found = [_EXTENDED.fullmatch(part) for part in _split(text, re.compile(","))]
    if not found or any(part is None for part in found):
        return {}
    parts = {part[1].lower(): decode(part[2].strip('" '), markup=False) for part in found if part}
    return {_FIELDS[key]: value for key, value in parts.items() if key in _FIELDS}
