"""Typed values of inline fields and property strings (D9-D11, M19; Dataview: src/expression/parse.ts)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from litindex.parser.values.dates import is_real_date

_DATE = re.compile(
    r"(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?)?)?)?(Z|[+-]\d{1,2}(?::?\d{2})?|\[[\w/+-]+\])?"
)
_UNITS: Final = {
    31557600: "year years yr yrs",
    2629800: "month months mo mos",
    604800: "week weeks wk wks w",
    86400: "day days d",
    3600: "hour hours hr hrs h",
    60: "minute minutes min mins m",
    1: "second seconds sec secs s",
}
UNIT_SECONDS: Final = {name: seconds for seconds, names in _UNITS.items() for name in names.split()}
_UNIT = "|".join(sorted(UNIT_SECONDS, key=len, reverse=True))
_DURATION_PART = re.compile(rf"(-?\d+(?:\.\d+)?)[ \t]*({_UNIT})(?![A-Za-z])|(-?\d+(?:\.\d+)?)({_UNIT})(?=\d)")
_DURATION_GAP = re.compile(r"[ \t]*+(?:,[ \t]*+)?(?=-?\d)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_TAG = re.compile(r"#[^\s\u2000-\u206F\u2E00-\u2E7F\uFEFF!\"#$%&'()*+,.:;<=>?@\[\\\]^`{|}~]+")
_LINK = re.compile(r"!?\[\[[^\[\]\n]+\]\]")
_BOOLEAN = re.compile(r"(?:true|false|True|False)(?![\w])")
_GAP = re.compile(r"[ \t]*,[ \t]*")


_TYPED_STRINGS: Final = frozenset("-[!0123456789")
"""What a property string begins with that may be anything but text."""


class Value(NamedTuple):
    """One literal: `type` as in `fields.type`; a duration's number is in seconds."""

    type: str
    raw: str
    text: str | None
    number: float | None = None
    date: str | None = None


NULL: Final = Value("null", "", None)


def parse_values(raw: str) -> tuple[Value, ...]:
    """The literals of a field value: one, several separated by commas (a list), or the whole as text (D9)."""
    if not raw:
        return (NULL,)
    if raw[0] not in '-"#[!tTfF0123456789':
        return (Value("text", raw, raw),)
    values: list[Value] = []
    pos = 0
    while True:
        found = _literal(raw, pos)
        if found is None:
            return (Value("text", raw, raw),)
        value, pos = found
        values.append(value)
        if pos == len(raw):
            return tuple(values)
        gap = _GAP.match(raw, pos)
        if gap is None:
            return (Value("text", raw, raw),)
        pos = gap.end()
        if pos == len(raw):
            return tuple(values)


def is_list(raw: str) -> bool:
    """Whether a raw value is a list of literals (a trailing comma makes a list of one)."""
    values = parse_values(raw)
    return len(values) > 1 or (values[0].type != "text" and raw.rstrip().endswith(","))


def string_type(text: str) -> Value:
    """A property string types as date, duration or link when the whole string is one, else as text (M19)."""
    found = _literal(text, 0) if text[:1] in _TYPED_STRINGS else None
    if found and found[1] == len(text) and found[0].type in ("date", "duration", "link"):
        return found[0]
    return Value("text", text, text)


def _literal(raw: str, pos: int) -> tuple[Value, int] | None:
    for parser in _PARSERS.get(raw[pos : pos + 1], ()):
        found = parser(raw, pos)
        if found is not None:
            return found
    return None


def _ends(raw: str, end: int) -> bool:
    """A literal must end the value or stand before a comma."""
    rest = raw[end : end + 64].lstrip(" \t")
    return not rest or rest[0] == ","


def _date(raw: str, pos: int) -> tuple[Value, int] | None:
    found = _DATE.match(raw, pos)
    if not found or not _ends(raw, found.end()) or not is_real_date(found[1], found[2], found[3]):
        return None
    if int(found[4] or 0) > 23 or int(found[5] or 0) > 59 or int(found[6] or 0) > 59:
        return None
    return Value("date", found[0], found[0], None, found[0]), found.end()


def _duration(raw: str, pos: int) -> tuple[Value, int] | None:
    total, end = 0.0, pos
    while found := _DURATION_PART.match(raw, end):
        total += float(found[1] or found[3]) * UNIT_SECONDS[found[2] or found[4]]
        end = found.end()
        gap = _DURATION_GAP.match(raw, end)
        if gap is None or _DURATION_PART.match(raw, gap.end()) is None:
            break
        end = gap.end()
    if end == pos or not _ends(raw, end):
        return None
    return Value("duration", raw[pos:end], raw[pos:end], total), end


def _string(raw: str, pos: int) -> tuple[Value, int] | None:
    found = _STRING.match(raw, pos)
    if not found or not _ends(raw, found.end()):
        return None
    text = re.sub(r"\\(.)", r"\1", found[1]) if "\\" in found[1] else found[1]
    return Value("text", found[0], text), found.end()


def _tag(raw: str, pos: int) -> tuple[Value, int] | None:
    found = _TAG.match(raw, pos)
    return (Value("tag", found[0], found[0]), found.end()) if found and _ends(raw, found.end()) else None


def _link(raw: str, pos: int) -> tuple[Value, int] | None:
    found = _LINK.match(raw, pos)
    return (Value("link", found[0], found[0]), found.end()) if found and _ends(raw, found.end()) else None


def _boolean(raw: str, pos: int) -> tuple[Value, int] | None:
    found = _BOOLEAN.match(raw, pos)
    if not found or not _ends(raw, found.end()):
        return None
    truth = found[0].lower() == "true"
    return Value("boolean", found[0], "true" if truth else "false", float(truth)), found.end()


def _number(raw: str, pos: int) -> tuple[Value, int] | None:
    found = _NUMBER.match(raw, pos)
    return (
        (Value("number", found[0], found[0], float(found[0])), found.end())
        if found and _ends(raw, found.end())
        else None
    )


_Parser = Callable[[str, int], tuple[Value, int] | None]
_PARSERS: Final[dict[str, tuple[_Parser, ...]]] = {
    **dict.fromkeys("0123456789", (_date, _duration, _number)),
    **dict.fromkeys("tTfF", (_boolean,)),
    **dict.fromkeys("![", (_link,)),
    "-": (_duration, _number),
    '"': (_string,),
    "#": (_tag,),
}
"""By its first character what a literal may be."""
