"""LaTeX as text: accents as letters, signs, inline markup, protecting braces off."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

ACCENTS: Final = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u0304": "=", "\u0307": ".",
    "\u0306": "u", "\u030c": "v", "\u030b": "H", "\u0327": "c", "\u0328": "k", "\u030a": "r", "\u0331": "b",
    "\u0323": "d",
}  # fmt: skip
LETTERS: Final = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "dj",
    "Đ": "DJ", "ð": "dh", "Ð": "DH", "þ": "th", "Þ": "TH", "ŋ": "ng", "Ŋ": "NG", "ı": "i", "ȷ": "j", "å": "aa",
    "Å": "AA",
}  # fmt: skip
SIGNS: Final = {
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
GREEK: Final = {
    letter: rf"$\{name}$"
    for letter, name in zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ",
        """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi
        omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega""".split(),
        strict=True,
    )
}
_COMMAND_TEXT: Final = {
    **{name: letter for letter, name in LETTERS.items()},
    **{
        text.strip("{}$\\"): sign
        for sign, text in {**SIGNS, **GREEK}.items()
        if text.startswith(("{\\", "$\\"))
    },
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", ",": "\u202f", " ": " ", "-": "", "/": "",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "dots": "…", "textellipsis": "…", "guillemotleft": "«", "guillemotright": "»",
    "textgreater": ">", "textless": "<", "slash": "/", "hyphen": "-", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX",
    "textmu": "µ", "textcopyright": "©", "textsection": "§", "textpm": "±", "texttimes": "×", "ldots": "…",
}  # fmt: skip
_GROUP_TAGS: Final = {
    "emph": "i", "textit": "i", "textsl": "i", "mkbibemph": "i", "it": "i", "em": "i", "itshape": "i", "textbf": "b", "bf": "b",
    "mkbibbold": "b", "textsubscript": "sub", "textsuperscript": "sup", "textsc": "sc", "sc": "sc", "scshape": "sc", "bfseries": "b", "mkbibquote": "q", "enquote": "q",
}  # fmt: skip
_DECLARATIONS: Final = frozenset(("it", "em", "bf", "itshape", "sc", "scshape", "bfseries"))
_COMBINING: Final = {accent: mark for mark, accent in ACCENTS.items()}
_TOKEN = re.compile(
    r"""\\([A-Za-z]+)\*?\s*|\\(["'`^~=.](?=\s*[{A-Za-z\\])\s*|.)|([{}])|(\$(?:[^$\\]|\\.)*\$)|(~)|(---?|``|'')|([^\\{}$~`'-]+|.)""",
    re.S,
)
_PLAIN: Final = {"--": "–", "---": "—", "``": "“", "''": "”"}
_WRAPS: Final = {
    "i": ("<i>", "</i>"), "b": ("<b>", "</b>"), "sub": ("<sub>", "</sub>"), "sup": ("<sup>", "</sup>"),
    "sc": ('<span style="font-variant:small-caps;">', "</span>"), "q": ("“", "”"),
}  # fmt: skip

_WRAP = re.compile("|".join(re.escape(tag) for name, pair in _WRAPS.items() if name != "q" for tag in pair))
_UNPRINTED: Final = frozenset(("noopsort", "href", "hspace", "vspace", "textcolor", "label"))
"""Commands whose first argument is not text."""


def decode(text: str, *, markup: bool = True) -> str:
    r"""LaTeX as text: accents as letters, braces off, math kept; with `markup`, `\emph{…}` as CSL's `<i>…</i>`."""
    if not any(sign in text for sign in "\\{}~$-`'"):
        return " ".join(unicodedata.normalize("NFC", text).split())
    stack: list[list[str]] = [[]]
    endings: list[str] = []
    pending = ""
    for found in _TOKEN.finditer(text):
        groups: tuple[str | None, ...] = found.groups()
        word, sign, brace, math, tie, dash, plain = groups
        if brace == "{":
            stack.append([])
            endings.append(pending)
            pending = ""
        elif brace == "}":
            if len(stack) > 1:
                group = "".join(stack.pop())
                stack[-1].append(_applied(endings.pop(), group))
        elif name := word or sign:
            pending = _started(name.strip() or name, pending, stack[-1], endings)
        else:
            piece = math or (" " if tie else _PLAIN.get(dash or "", dash) or plain or "")
            stack[-1].append(_applied(pending, piece) if pending else piece)
            pending = ""
    joined = "".join(piece for level in stack for piece in level)
    return " ".join(unicodedata.normalize("NFC", joined if markup else _WRAP.sub("", joined)).split())


def _started(name: str, pending: str, level: list[str], endings: list[str]) -> str:
    """What a command leaves to be applied to its argument; a sign is written at once, with the accent before it."""
    if name in _DECLARATIONS and endings:
        endings[-1] = name
        return ""
    if name in _COMBINING or name in _GROUP_TAGS or name in _UNPRINTED:
        return name
    if name in _COMMAND_TEXT:
        level.append(_applied(pending, _COMMAND_TEXT[name]))
    return ""


def _applied(command: str, argument: str) -> str:
    if command in _UNPRINTED:
        return ""
    if command in _COMBINING and argument:
        return unicodedata.normalize("NFC", _dotted(argument[0]) + _COMBINING[command]) + argument[1:]
    wrap = _WRAPS.get(_GROUP_TAGS.get(command, ""))
    return f"{wrap[0]}{argument}{wrap[1]}" if wrap and argument else argument


def _dotted(letter: str) -> str:
    return {"ı": "i", "ȷ": "j"}.get(letter, letter)
