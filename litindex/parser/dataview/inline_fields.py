"""Dataview inline fields in the lines of a leaf (FORMAT section 5; Dataview: src/data-import/inline-field.ts)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from litindex.parser.values.block_ids import without_block_id

_EMOJI = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934-\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff\ufe0f\u200d"
_KEY = re.compile(rf"[^0-9\w]*+([0-9\w](?:[{_EMOJI}]|[0-9\w\s/-])*+)[_*~`]*+$")
_ONE_EMOJI = re.compile(rf"[^0-9\w]*([{_EMOJI}])[*~`]*+$")
_CANONICAL_DROP = re.compile(rf"[^\w{_EMOJI}-]")
_SPACES = re.compile(r"\s+")
_GLUED = re.compile(r"(?<!>)>+[ \t]*+(?=\*\*[^*:\n]{1,40}\*\*::)")
_COMMENT_END = re.compile(r"(?:(?<![ \t])[ \t]+)?%%(?:[^%]*%%)?$")
_TASK_EMOJI = re.compile(r"([➕🛫⏳⌛📅📆🗓✅])\ufe0f?[ \t]*(\d{4}-\d{2}-\d{2})")
_EMOJI_KEYS: Final = {
    "➕": "created", "🛫": "start", "⏳": "scheduled", "⌛": "scheduled", "📅": "due", "📆": "due", "🗓": "due", "✅": "completion",
}  # fmt: skip
_MAX_LINE: Final = 32768
_MAX_KEY: Final = 300


RawField = tuple[str, str, str]
"""(name, text, form) of a field as written."""


@lru_cache(maxsize=4096)
def canonical_key(name: str) -> str:
    """D13 (Dataview: canonicalizeVarName): white space to `-`, lower case, letters, digits, emoji, `_` and `-` kept."""
    text = _SPACES.sub("-", unicodedata.normalize("NFC", name).strip()).lower()
    return _CANONICAL_DROP.sub("", text)


def line_fields(text: str, masked: str, *, bracketed_only: bool) -> tuple[list[RawField], bool]:
    """The fields of one line that holds `::`, and whether it had to be split (D12). Bracketed ones come first (D3)."""
    if len(text) > _MAX_LINE:
        return [], False
    found = _bracketed(text, masked) if "[" in text or "(" in text else []
    if found or bracketed_only:
        return found, False
    parts = _GLUED.split(text) if ">" in text else []
    if len(parts) > 1 and _full_line(parts[0], masked[: len(parts[0])]) is not None:
        fields = [_full_line(part, part) for part in parts]
        return [field for field in fields if field is not None], True
    field = _full_line(text, masked)
    return ([field] if field else []), False


def task_fields(text: str) -> list[RawField]:
    """The emoji dates of a task line (D6)."""
    return [(_EMOJI_KEYS[m[1]], m[2], "emoji") for m in _TASK_EMOJI.finditer(text)]


def _full_line(text: str, masked: str) -> RawField | None:
    """D7. Departure: `:::` and the `std::` of program text give no field."""
    at = masked.find("::")
    if at < 0 or masked[at + 2 : at + 3] == ":":
        return None
    name = _key_before(text[:at])
    if not name or (name.rpartition(" ")[2] == "std" and text[at + 2 : at + 3].strip()):
        return None
    return name, clean_value(text[at + 2 :]), "line"


@lru_cache(maxsize=4096)
def _key_before(text: str) -> str:
    """The key that stands before `::`, without marks around it; '' when it is none. The same few stand in every note."""
    text = text.strip()
    found = _KEY.match(text) or _ONE_EMOJI.match(text)
    name = found[1].strip() if found else ""
    return name if name.strip("-/") else ""


def clean_value(raw: str) -> str:
    """The value without a comment and a block id at its end (D11)."""
    value = raw.strip()
    if value.endswith("%%"):
        value = _COMMENT_END.sub("", value)
    return without_block_id(value)


def _bracketed(text: str, masked: str) -> list[RawField]:
    """D8: `[key:: value]` and `(key:: value)`; the earliest wins; one that starts where another ends is dropped."""
    fields: list[RawField] = []
    closes: dict[int, int] | None = None
    end, at = 0, masked.find("::")
    while at >= 0:
        opener = _opener(text, max(end, at - _MAX_KEY), at)
        if opener is not None:
            closes = closes if closes is not None else _matches(text)
            close = closes.get(opener, -1)
            if close > at and (name := text[opener + 1 : at].strip()):
                if opener != end or not fields:
                    form = "bracket" if text[opener] == "[" else "paren"
                    fields.append((name, text[at + 2 : close].strip(), form))
                end = close + 1
                at = masked.find("::", end)
                continue
        at = masked.find("::", at + 2)
    return fields


def _opener(text: str, low: int, at: int) -> int | None:
    """The bracket that opens the field whose `::` is at `at`: nothing but key text stands between them."""
    opener = max(text.rfind("[", low, at), text.rfind("(", low, at))
    if opener < 0 or text.find("]", opener, at) >= 0 or text.find(")", opener, at) >= 0:
        return None
    return opener


def _matches(text: str) -> dict[int, int]:
    """Opening to closing bracket, each kind by itself, `\\` escapes respected: one pass over the line."""
    closes: dict[int, int] = {}
    stacks: dict[str, list[int]] = {"]": [], ")": []}
    for found in re.finditer(r"\\.|[\[\]()]", text):
        mark = found.group()
        if mark == "[":
            stacks["]"].append(found.start())
        elif mark == "(":
            stacks[")"].append(found.start())
        elif stacks.get(mark):
            closes[stacks[mark].pop()] = found.start()
    return closes
