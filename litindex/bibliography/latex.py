"""Text as LaTeX writes it, and back: special signs, accents, inline markup, capitals that a style must not change."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import Final

from litindex.bibliography.markup import MATH, TAG

_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\u00a0": "~", "\u202f": r"\,",
    "\u2009": r"\,", "\u00ad": r"\-", "\u200b": "", "\u2060": "", "\ufeff": "",
}  # fmt: skip
"""Signs that LaTeX takes for commands. Single braces by name: BibTeX counts even those behind a backslash."""
_ACCENTS: Final = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u0304": "=", "\u0307": ".",
    "\u0306": "u", "\u030c": "v", "\u030b": "H", "\u0327": "c", "\u0328": "k", "\u030a": "r", "\u0331": "b",
    "\u0323": "d",
}  # fmt: skip
_LETTERS: Final = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "dj",
    "Đ": "DJ", "ð": "dh", "Ð": "DH", "þ": "th", "Þ": "TH", "ŋ": "ng", "Ŋ": "NG", "ı": "i", "ȷ": "j", "å": "aa",
    "Å": "AA",
}  # fmt: skip
_SIGNS: Final = {
    "–": "--", "—": "---", "‐": "-", "‑": "-", "−": "$-$", "‘": "`", "’": "'", "“": "``", "”": "''",
    "‚": r"{\quotesinglbase}", "„": r"{\quotedblbase}", "‹": r"{\guilsinglleft}", "›": r"{\guilsinglright}",
    "«": r"{\guillemotleft}", "»": r"{\guillemotright}", "…": r"{\ldots}", "¡": r"{\textexclamdown}",
    "¿": r"{\textquestiondown}", "£": r"{\pounds}", "€": r"{\texteuro}", "¥": r"{\textyen}", "§": r"{\S}",
    "¶": r"{\P}", "©": r"{\copyright}", "®": r"{\textregistered}", "™": r"{\texttrademark}", "°": r"{\textdegree}",
    "†": r"{\dag}", "‡": r"{\ddag}", "•": r"{\textbullet}", "·": r"{\textperiodcentered}", "±": r"$\pm$",
    "×": r"$\times$", "÷": r"$\div$", "µ": r"$\mu$", "≤": r"$\leq$", "≥": r"$\geq$", "≠": r"$\neq$",
    "≈": r"$\approx$", "∼": r"$\sim$", "∞": r"$\infty$", "→": r"$\rightarrow$", "←": r"$\leftarrow$",
    "↔": r"$\leftrightarrow$", "∈": r"$\in$", "∂": r"$\partial$", "√": r"$\surd$", "∑": r"$\sum$", "∫": r"$\int$",
    "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}", "ª": r"{\textordfeminine}",
    "º": r"{\textordmasculine}", "¬": r"$\neg$", "′": r"$'$", "″": r"$''$", "½": r"{\textonehalf}",
    "¼": r"{\textonequarter}", "¾": r"{\textthreequarters}",
}  # fmt: skip
_GREEK: Final = {
    letter: rf"$\{name}$"
    for letter, name in zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ",
        """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi
        omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega""".split(),
        strict=True,
    )
}
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
    return "".join(_GREEK.get(c, c) if at in greek else _command(c) for at, c in enumerate(text))


def _command(c: str) -> str:
    """A character in LaTeX's ASCII, itself where LaTeX has no name for it."""
    if c in _SPECIAL:
        return _SPECIAL[c]
    if c.isascii() and c not in "<>|":
        return c
    if c in _LETTERS:
        return f"{{\\{_LETTERS[c]}}}"
    if c in _SIGNS or c in _RAISED:
        return _SIGNS.get(c) or _RAISED[c]
    decomposed = unicodedata.normalize("NFD", c)
    base, marks = decomposed[0], decomposed[1:]
    if marks and base.isascii() and all(mark in _ACCENTS for mark in marks):
        for mark in marks:
            accent = _ACCENTS[mark]
            base = f"\\{accent}{{{base}}}" if accent.isalpha() or len(base) > 1 else f"\\{accent}{base}"
        return f"{{{base}}}"
    return c


# ---------------------------------------------------------------------- LaTeX -> text

_COMMAND_TEXT: Final = {
    **{name: letter for letter, name in _LETTERS.items()},
    **{
        text.strip("{}$\\"): sign
        for sign, text in {**_SIGNS, **_GREEK}.items()
        if text.startswith(("{\\", "$\\"))
    },
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", ",": "\u202f", " ": " ", "-": "", "/": "",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "dots": "…", "textellipsis": "…", "guillemotleft": "«", "guillemotright": "»",
  "textgreater": ">", "textless": "<", "slash": "/", "LaTeX": "LaTeX", "TeX": "TeX",
    "textmu": "µ", "textcopyright": "©", "textsection": "§", "textpm": "±", "texttimes": "×", "ldots": "…",
}  # fmt: skip
_GROUP_TAGS: Final = {
    "emph": "i", "textit": "i", "textsl": "i", "mkbibemph": "i", "it": "i", "em": "i", "itshape": "i", "textbf": "b", "bf": "b",
    "mkbibbold": "b", "textsubscript": "sub", "textsuperscript": "sup", "textsc": "sc", "sc": "sc", "scshape": "sc", "bfseries": "b", "mkbibquote": "q", "enquote": "q",
}  # fmt: skip
_DECLARATIONS: Final = frozenset(("it", "em", "bf", "itshape", "sc", "scshape", "bfseries"))
_COMBINING: Final = {accent: mark for mark, accent in _ACCENTS.items()}
_TOKEN = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|([{}])|(\$(?:[^$\\]|\\.)*\$)|(~)|(---?|``|'')|([^\\{}$~`'-]+|.)", re.S)
_PLAIN: Final = {"--": "–", "---": "—", "``": "“", "''": "”"}
_WRAPS: Final = {
    "i": ("<i>", "</i>"), "b": ("<b>", "</b>"), "sub": ("<sub>", "</sub>"), "sup": ("<sup>", "</sup>"),
    "sc": ('<span style="font-variant:small-caps;">', "</span>"), "q": ("“", "”"),
}  # fmt: skip


def decode(text: str) -> str:
    r"""LaTeX as CSL's inline HTML: accents as letters, `\emph{…}` as `<i>…</i>`, braces off, math kept."""
    if not any(sign in text for sign in "\\{}~$-`'"):
        return " ".join(text.split())
    stack: list[list[str]] = [[]]
    endings: list[str] = []
    pending = ""
    for found in _TOKEN.finditer(text):
        word, sign, brace, math, tie, dash, plain = found.groups()
        if brace == "{":
            stack.append([])
            endings.append(pending)
            pending = ""
        elif brace == "}":
            if len(stack) > 1:
                group = "".join(stack.pop())
                stack[-1].append(_applied(endings.pop(), group))
        elif (name := word or sign) is not None:
            pending = _started(name, pending, stack[-1], endings)
        else:
            piece = math or (" " if tie else _PLAIN.get(dash or "", dash) or plain or "")
            stack[-1].append(_applied(pending, piece) if pending else piece)
            pending = ""
    joined = "".join(piece for level in stack for piece in level)
    return " ".join(unicodedata.normalize("NFC", joined).split())


def _started(name: str, pending: str, level: list[str], endings: list[str]) -> str:
    """What a command leaves to be applied to its argument; a sign is written at once, with the accent before it."""
    if name in _DECLARATIONS and endings:
        endings[-1] = name
        return ""
    if name in _COMBINING or name in _GROUP_TAGS:
        return name
    if name in _COMMAND_TEXT:
        level.append(_applied(pending, _COMMAND_TEXT[name]))
    return ""


def _applied(command: str, argument: str) -> str:
    if command in _COMBINING and argument:
        return unicodedata.normalize("NFC", _dotted(argument[0]) + _COMBINING[command]) + argument[1:]
    wrap = _WRAPS.get(_GROUP_TAGS.get(command, ""))
    return f"{wrap[0]}{argument}{wrap[1]}" if wrap and argument else argument


def _dotted(letter: str) -> str:
    return {"ı": "i", "ȷ": "j"}.get(letter, letter)
