"""Inline markup of titles: what Zotero and people write, as CSL's small HTML (CSL 1.0.2, appendix on rich text)."""

from __future__ import annotations

import html
import re
from typing import Final

from litindex.text_keys import title_key

TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span|nocase)(?:\s[^<>]*)?>", re.I)
MATH = re.compile(r"(?<![\\$])\$(?=[^\s$])(?:[^$\\]|\\.)*+(?<!\s)\$(?![\d$])")
"""`$…$` as Obsidian and pandoc read it: no space inside the signs, no digit behind them."""
_EMPHASIS = re.compile(r"(?<![\w*\\])([*_])([^\s*_](?:[^*_]*[^\s*_])?)\1(?![\w*])")
_STRONG = re.compile(r"(?<![\w*\\])\*\*([^\s*](?:[^*]*[^\s*])?)\*\*(?![\w*])")
_LINK = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[([^\[\]]*)\]\([^()\s]*\)")
_WHOLE = re.compile(r"([*_]{1,3})([^*_]+)\1")
"""Emphasis around a whole value is the note's, not the title's."""
_HTML = re.compile(r"</?[A-Za-z][^<>]*>")
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^[A-Za-z0-9-]+[ \t]*$", re.M)
_SAME: Final = {"em": "i", "strong": "b"}
_SMALL_CAPS = '<span style="font-variant:small-caps;">'
_NOCASE = '<span class="nocase">'
_ANY = re.compile(r"[<*_\\$]")


def rich(raw: str) -> str:
    """A value of a note as CSL's inline HTML: Markdown's emphasis and HTML's tags unified, links as their text."""
    text = raw.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].replace('\\"', '"')
    if "[" in text:
        text = _LINK.sub(lambda found: found[1] or found[2] or "", text)
    if "&" in text:
        text = html.unescape(text)
    if found := _WHOLE.fullmatch(text):
        text = found[2]
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"<i>\2</i>", _STRONG.sub(r"<b>\1</b>", text))
    return " ".join(balanced(text).split()) if "\n" not in text else balanced(text)


def running_text(text: str) -> str:
    """A longer text without any HTML and without block ids at the ends of its lines."""
    return _BLOCK_ID.sub("", _HTML.sub("", text)).strip()


def restore(raw: str, value: str) -> str:
    """The value with the markup that the statement it was taken from has; the bare value where these differ in letters."""
    if not _ANY.search(raw):
        return value
    text = _unbraced(rich(raw))
    return text if (TAG.search(text) or MATH.search(text)) and title_key(plain(text)) == title_key(value) else value


def _unbraced(text: str) -> str:
    """Without the braces that protect capitals in BibTeX; those of a formula stay."""
    pieces = re.split(f"({MATH.pattern})", text)
    return "".join(piece if at % 2 else piece.replace("{", "").replace("}", "") for at, piece in enumerate(pieces))


def plain(text: str) -> str:
    """Without markup."""
    return TAG.sub("", text)


def balanced(text: str) -> str:
    """Tags in CSL's spelling; one that is not closed, or closes nothing, falls away."""
    if "<" not in text:
        return text
    pieces: list[str] = []
    opened: list[tuple[str, int]] = []
    last = 0
    for found in TAG.finditer(text):
        pieces.append(text[last : found.start()])
        last = found.end()
        name = found[0].strip("</>").split()[0].lower()
        if not found[0].startswith("</"):
            opened.append((name, len(pieces)))
            pieces.append(_opening(name, found[0]))
        elif opened and opened[-1][0] == name:
            pieces.append(_closing(pieces[opened.pop()[1]]))
    for _, at in opened:
        pieces[at] = ""
    return "".join([*pieces, text[last:]])


def _opening(name: str, tag: str) -> str:
    if name == "sc" or (name == "span" and "small-caps" in tag.lower()):
        return _SMALL_CAPS
    if name == "nocase" or (name == "span" and "nocase" in tag.lower()):
        return _NOCASE
    return "" if name == "span" else f"<{_SAME.get(name, name)}>"


def _closing(opening: str) -> str:
    if not opening:
        return ""
    return "</span>" if opening.startswith("<span") else f"</{opening[1:]}"
