"""What a terminal shows: safe text, its width, lines, emphasis.

What a note says never reaches a terminal as it is: control characters and those that turn the direction of writing are
shown, not obeyed (FAULTS section 7).
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Sequence

_BOLD, _DIM, _MATCH, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[0m"
_WIDEST_TEXT = 100
# Zotero's colours (Z25), and those that a name may stand for in other hex values.
_COLORS = {
    "yellow": "#ffd400", "red": "#ff6666", "green": "#5fb236", "blue": "#2ea8e5", "purple": "#a28ae5",
    "magenta": "#e56eee", "orange": "#f19837", "gray": "#aaaaaa",
    "cyan": "#00d7d7", "black": "#000000", "white": "#ffffff",
}  # fmt: skip
# C0, DEL, C1, direction marks, embeddings, overrides and isolates, line separators, byte order mark.
_DANGEROUS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def on_terminal() -> bool:
    return sys.stdout.isatty()


def use_color() -> bool:
    """https://no-color.org: any non-empty NO_COLOR forbids."""
    return on_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def screen_width() -> int:
    return shutil.get_terminal_size().columns


def text_width() -> int:
    """Where running text is broken: never into a pipe."""
    return min(screen_width(), _WIDEST_TEXT) if on_terminal() else 1_000_000


def escape(text: str) -> str:
    """One line that is safe to print: white space is a space, what a terminal would obey is shown: \\x1b, \\u202e."""
    return _DANGEROUS.sub(_shown, text)


def escape_lines(text: str) -> str:
    """As `escape`, line by line: the lines stay lines."""
    return "\n".join(map(escape, text.split("\n")))


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\t\n\r\u2028\u2029":
        return " "
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def cell_width(text: str) -> int:
    """Columns of a terminal: characters of East Asian scripts take two, combining marks none."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int, most: int = 10_000) -> list[str]:
    """Lines of at most `width` columns, broken at spaces where there are some; after `most` lines an ellipsis."""
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < most:
        line, rest = _break(rest, width)
        lines.append(line)
    if rest:
        lines[-1] = _head(f"{lines[-1]} {rest}", width - 1).rstrip() + "…"
    return lines


def shorten_path(path: str, width: int) -> str:
    """The end of a path that is too long."""
    if cell_width(path) <= width:
        return path
    tail = _head(path[::-1], width - 1)[::-1]
    return "…" + tail


def _break(text: str, width: int) -> tuple[str, str]:
    head = _head(text, width)
    if len(head) == len(text):
        return text, ""
    space = head.rfind(" ") if text[len(head)] != " " else len(head)
    end = space if space > 0 else max(len(head), 1)
    return text[:end].rstrip(), text[end:].lstrip()


def _head(text: str, width: int) -> str:
    """As much of the beginning as fits."""
    if text.isascii():
        return text[:width]
    used = 0
    for at, character in enumerate(text):
        used += _character_width(character)
        if used > width:
            return text[:at]
    return text


def short_creators(names: Sequence[str]) -> str:
    """`Chen`, `Chen & Jiao`, `Chen et al.`: the family names as one says them."""
    families = [name.split(",")[0] for name in names]
    return " & ".join(families) if len(families) < 3 else f"{families[0]} et al."


def bold(text: str) -> str:
    """Emphasis on a terminal; the text must be escaped already."""
    return f"{_BOLD}{text}{_RESET}" if use_color() else text


def dim(text: str) -> str:
    """What matters less; the text must be escaped already."""
    return f"{_DIM}{text}{_RESET}" if use_color() else text


def emphasize(text: str, marks: tuple[str, str]) -> str:
    """What stands between the marks in the colour of a match, or just without the marks."""
    start, end = (_MATCH, _RESET) if use_color() else ("", "")
    return text.replace(marks[0], start).replace(marks[1], end)


def swatch(name: str | None, color: str | None = None) -> str:
    """A highlight's colour: a coloured bar where there are colours, its name in brackets elsewhere; '' for none."""
    shown = color if color and re.fullmatch("#[0-9a-f]{6}", color) else _COLORS.get(name or "")
    if use_color() and shown:
        return f"\x1b[48;5;{_nearest_of_256(shown)}m  {_RESET}"
    return f"[{escape(name or color or '')}]" if name or color else ""


def _nearest_of_256(color: str) -> int:
    """The place in the 6×6×6 cube that every colour terminal has."""
    red, green, blue = (round(int(color[at : at + 2], 16) / 51) for at in (1, 3, 5))
    return 16 + 36 * red + 6 * green + blue
