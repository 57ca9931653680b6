"""Bytes and path of a note: encoding, line ends, names (F9-F11, DECISIONS 11)."""

from __future__ import annotations

import re
from typing import NamedTuple

from litindex.models import Problem
from litindex.text_keys import may_be_unspaced

_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_CONFLICT = re.compile(
    r"\.sync-conflict-\d|\((?:[^()]*'s )?conflicted copy\b|\(conflict(?:ed)?[ _-]|_conflict-\d{8}|\bconflicted copy\b",
    re.I,
)
_EOL = {
    (False, False, False): "none",
    (True, False, False): "lf",
    (False, True, False): "crlf",
    (False, False, True): "cr",
}


class Source(NamedTuple):
    """The text with LF line ends, and how it was written."""

    text: str
    lines: list[str]
    encoding: str
    eol: str
    has_bom: int
    problems: list[Problem]
    spaceless: bool
    """Whether a script may occur that is written without spaces (Thai, kana, Han …)."""


def decode(data: bytes) -> Source:
    """Any bytes become text (F9, F10); a NUL becomes U+FFFD, since SQLite's functions stop at it."""
    has_bom = data.startswith(b"\xef\xbb\xbf")
    if has_bom:
        data = data[3:]
    problems: list[Problem] = []
    encoding = "utf-8"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text, encoding = data.decode("utf-8", "replace"), "utf-8-replaced"
        message = f"Line {line} holds bytes that are no UTF-8; they are shown as \ufffd. Save the note as UTF-8."
        problems.append(Problem("encoding", "warning", line, message))
    if b"\0" in data:
        text = text.replace("\0", "\ufffd")
    eol = "lf" if "\n" in text else "none"
    if b"\r" in data:
        crlf = text.count("\r\n")
        eol = _EOL.get((text.count("\n") > crlf, crlf > 0, text.count("\r") > crlf), "mixed")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return Source(text, lines, encoding, eol, int(has_bom), problems, may_be_unspaced(data))


def day_in(name: str) -> str | None:
    """The first day in a file name (F11)."""
    found = _DAY.search(name) or _DAY_COMPACT.search(name)
    if not found or not (1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31):
        return None
    return f"{found[1]}-{found[2]}-{found[3]}"


_COPY = re.compile(
    r"\(\d+\)$|[ _-](?:copy|kopie|copie|copia|cópia|kopia|копия|副本|コピー)(?: \d+)?$|^old[ _-]|\bold import\b", re.I
)


def is_copy(name: str) -> bool:
    """Whether this file name is that of a copy: `x (1)`, `x copy`, a sync tool's (DECISIONS 22)."""
    return is_conflict_copy(name) or _COPY.search(name) is not None


def is_conflict_copy(name: str) -> bool:
    """Whether a sync tool made this file beside the note it belongs to (DECISIONS 11)."""
    return _CONFLICT.search(name) is not None
