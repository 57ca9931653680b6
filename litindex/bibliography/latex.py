"""Text as LaTeX writes it, and back: special signs, accents, inline markup, capitals that a style must not change."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import Final

from litindex.bibliography.markup import MATH, TAG, balanced
from litindex.parser.values.latex import ACCENTS, GREEK, LETTERS, SIGNS

_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\u00a0": "~", "\u202f": r"\,",
    "\u2009": r"\,", "\u00ad": r"\-", "\u200b": "", "\u2060": "", "\ufeff": "",
}  # fmt: skip
"""Signs that LaTeX takes for commands. Single braces by name: BibTeX counts even those behind a backslash."""
_GREEK_LETTER = re.compile(r"(?<![\u0370-\u03ff\u1f00-\u1fff])[\u0391-\u03c9](?![\u0370-\u03ff\u1f00-\u1fff])")
"""A Greek letter that stands alone is a symbol; two of them are a word, which no formula can set."""
_RAISED: Final = {
    **{sign: rf"\textsuperscript{{{digit}}}" for sign, digit in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)},
    **{sign: rf"\textsubscript{{{digit}}}" for sign, digit in zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)},
}
_TAGS: Final = {
    "<i>": r"\emph{", "<b>": r"\textbf{", "<sub>": r"\textsubscript{", "<sup>": r"\textsuperscript{",
    '<span style="font-variant:small-caps;">': r"\textsc{", '<span class="nocase">': "{",
}  # fmt: skip
_EDGES = re.compile(r"(\W*)(.*?)([^\w.]*)", re.S)
"""A run of words without the spaces and signs around it; a dot may be that of an abbreviation."""
_PIECES = re.compile(f"({TAG.pattern}|{MATH.pattern})", re.I)


def encode(text: str, *, ascii_only: bool, protect: bool = False) -> str:
    r"""CSL's inline HTML as LaTeX, with `$…$` kept as math.

    `ascii_only`: accents and signs as commands (`{\'e}`); scripts that LaTeX has no commands for stay as they are.
    `protect`: words with capitals stand in braces, because BibTeX's styles lower the case of titles. The first word
    stands without them where only its first letter is one.
    """
    text = balanced(text)
    pieces = []
    first = True
    for piece in _PIECES.split(text):
        if TAG.fullmatch(piece):
            pieces.append(_TAGS.get(piece, "}" if piece.startswith("</") else ""))
        elif len(piece) > 2 and MATH.fullmatch(piece) and is_balanced(piece):
            pieces.append(f"{{{piece}}}" if protect and re.search("[A-Z]", piece) else piece)
        else:
            pieces.append(_protected(piece, first, ascii_only) if protect else escape(piece, ascii_only=ascii_only))
        first = first and not any(map(str.isalnum, TAG.sub("", piece)))
    written = "".join(pieces)
    if not is_balanced(text):
        return written
    return written.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")


def is_balanced(text: str) -> bool:
    """Whether BibTeX finds the end of a value in braces: it counts each brace, also one behind a backslash."""
    depth = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _protected(text: str, first: bool, ascii_only: bool) -> str:
    """Runs of words that hold a capital, each run in braces."""
    words: list[tuple[bool, str]] = []
    for word in re.findall(r"\s*\S+|\s+", text):
        words.append((_needs_braces(word, first), word))
        first = first and not any(map(str.isalnum, word))
    pieces = []
    for needs, run in groupby(words, key=lambda pair: pair[0]):
        text = "".join(word for _, word in run)
        edges = _EDGES.fullmatch(text) if needs else None
        parts = [escape(part, ascii_only=ascii_only) for part in (edges.group(1, 2, 3) if edges else [text])]
        pieces.append(f"{parts[0]}{{{parts[1]}}}{parts[2]}" if edges else parts[0])
    return "".join(pieces)


def _needs_braces(word: str, first: bool) -> bool:
    letters = [c for c in word if c.isalpha()]
    return any(c.isupper() for c in (letters[first:]))


def escape(text: str, *, ascii_only: bool) -> str:
    """Plain text with all that LaTeX would take for a command escaped."""
    if not ascii_only:
        return "".join(_SPECIAL.get(c, c) for c in text)
    text = unicodedata.normalize("NFC", text)
    greek = {found.start() for found in _GREEK_LETTER.finditer(text)}
    return "".join(GREEK.get(c, c) if at in greek else _command(c) for at, c in enumerate(text))


def _command(c: str) -> str:
    """A character in LaTeX's ASCII, itself where LaTeX has no name for it."""
    if c in _SPECIAL:
        return _SPECIAL[c]
    if c.isascii() and c not in "<>|":
        return c
    if c in LETTERS:
        return f"{{\\{LETTERS[c]}}}"
    if c in SIGNS or c in _RAISED:
        return SIGNS.get(c) or _RAISED[c]
    decomposed = unicodedata.normalize("NFD", c)
    base, marks = decomposed[0], decomposed[1:]
    if marks and base.isascii() and all(mark in ACCENTS for mark in marks):
        for mark in marks:
            accent = ACCENTS[mark]
            base = f"\\{accent}{{{base}}}" if accent.isalpha() or len(base) > 1 else f"\\{accent}{base}"
        return f"{{{base}}}"
    return c
