"""Dates as people and templates write them (Z8, M16)."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import NamedTuple

from litindex.parser.vocabulary.dates import (
    AFTER_CHRIST,
    BEFORE_CHRIST,
    BEFORE_CHRIST_AHEAD,
    CIRCA,
    MONTHS,
    NO_DATE,
    SEASONS,
)

_ISO = re.compile(
    r"(\d{4})(?:[-/.] ?(\d{1,2}|XX|uu|\?\?)(?:[-/.] ?(\d{1,2}|XX|uu|\?\?))?)?\.?(?:[T ]+\d{1,2}:\d{2}.*)?$", re.I
)
_DAY = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
"""The most frequent form, which needs no other rule."""
_COMPACT = re.compile(r"((?:1[4-9]|20)\d{2})(0[1-9]|1[0-2])(\d{2})?(?:T\d+Z?)?$")
_WEEK = re.compile(
    r"(\d{4})-W\d{2}(?:-\d)?$|(\d{4})-(?:2[1-9]|3\d|4[01])$|(\d{4})[ -]?Q[1-4]$|Q[1-4][ /-](\d{4})$", re.I
)
"""A week, or EDTF's season, quarter or half of a year: no more than its year is kept."""
_YEAR_FIRST = re.compile(r"(\d{4})(?:,?\s+|-)([^\W\d_]{3,})\.?(?:[\s-]+(\d{1,2}))?$")
_MULTIPART = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\S.*)")
_CJK = re.compile(r"(\d{4})\s*[年년](?:\s*(\d{1,2})\s*[月월])?(?:\s*(\d{1,2})\s*[日일号號])?")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(?:\s*)(\d{1,2})[/.-]\s*(\d{4})\b")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})$")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|[oa]|\.)?(?:\s+|-)(?:de\s+|of\s+)?)?(?<![^\W\d_])([^\W\d_]{3,}+)\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?(?:,?\s+|-)(?:de\s+|of\s+)?(\d{4})\b"
)
_SHORT = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](\d{2})$")
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d{2}|20\d{2})(?!\d)")
_DECADE = re.compile(r"(?:1\d\d|20\d)[Xu?]$", re.I)
"""A year of which the last figure is left open."""
_EARLY = re.compile(r"0*([1-9]\d{0,2})$")
_LETTERED = re.compile(r"(?<=\b\d{4})[a-k](?![^\W\d_])")
"""The letter that tells works of one year apart: `2019a`."""
_ERA = re.compile(rf"(?P<before>{BEFORE_CHRIST}|{BEFORE_CHRIST_AHEAD})|(?P<after>{AFTER_CHRIST})", re.I)
_WITH_ERA = re.compile(
    rf"(?:(?P<ahead>{BEFORE_CHRIST_AHEAD})\s*|(?:{AFTER_CHRIST})\s*)?(?P<year>-?\d{{1,4}})(?:\s*[-–—/]\s*\d{{1,4}})?[年년]?\s*(?:(?P<before>{BEFORE_CHRIST})|{AFTER_CHRIST})?$",
    re.I,
)
_MINUS = re.compile(r"[-−](\d{3,4})(?:-\d{2}(?:-\d{2})?)?$|[-−](\d{1,2})$")
_UNCERTAIN = re.compile(rf"^(?:(?:{'|'.join(CIRCA)})\b\.?\s*|[c©℗~≈<>]\s*(?=\d))+|(?<![~?%-])[~?%]+(?=$|/)", re.I)
_INTERVAL = re.compile(
    r"(?:(?<!\s)\s+)?(?:--+|[–—])\s*|(?:(?<=\d{4})|(?<=\d{4}-\d\d)|(?<=\d{4}-\d\d-\d\d))/(?=\d{4}|\.\.|open|$)|/(?=\d{4}-\d)"
    r"|(?<!\s)\s+(?:-|to|until|till|bis|à|au|al|hasta|até|tot|t/m|do|по)\s+"
)
_TWO_DAYS = re.compile(
    r"(\d{1,2})\.?\s*[-–—/]\s*\d{1,2}(?=\.?\s+(?:de\s+)?[^\W\d_]{3,})|(?<=[^\W\d_] )(\d{1,2})\s*[-–—]\s*\d{1,2}(?=,?\s+\d{4})"
)
_TWO_YEARS = re.compile(
    r"(?<![\d/.-])(\d{4})\s*[-/]\s*(\d{4}|1[3-9]|[2-9]\d)(?![\d/.-])|(?<=\w )(\d{4})\s*[-/]\s*\d{2}$"
)
_LINTER = re.compile(
    r"(?:[^\W\d_]+,\s+)?([^\W\d_]+)\s+(\d{1,2})(?:st|nd|rd|th)\s+(\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?$",
    re.I,
)
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])\.?m\.?$", re.I)
_ISO_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$")


class WrittenDate(NamedTuple):
    """`date` is YYYY, YYYY-MM or YYYY-MM-DD, never more precise than written; `known` is False where it could not be read."""

    date: str | None
    year: int | None
    known: bool = True


def is_real_date(year: str, month: str | None, day: str | None) -> bool:
    """Whether the parts name a month or day of the calendar."""
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def read_date(raw: str) -> WrittenDate:
    """A publication date (Z8): ISO and EDTF, named months, unambiguous numbers; of an interval its begin; otherwise the
    year alone, `known` False. A year before Christ is negative and has no `date`.
    """
    if (day := _DAY.fullmatch(raw)) is not None and (written := _made(day[1], int(day[2]), int(day[3]))) is not None:
        return written
    text = unicodedata.normalize("NFKC", raw).strip().strip("()[]\"'").strip()
    if (multipart := _MULTIPART.match(text)) is not None:  # Zotero's own form: `2013-05-00 May 2013`
        text = multipart[2] if multipart[1].startswith("0000") else multipart[1]
    if text.casefold() in NO_DATE:
        return WrittenDate(None, None)
    if (early := _decade(text)) is not None:
        return early
    text = _UNCERTAIN.sub("", text).strip("[] ")
    if (early := _before_christ(text)) is not None:
        return early
    begin = _begin(_LETTERED.sub("", text))
    for reader in (_iso, _compact, _week, _cjk, _numeric, _month_year, _year_first, _named, _early):
        found = reader(begin)
        if found is not None:
            return found
    return _year_alone(begin)


def _begin(text: str) -> str:
    """Of an interval what it begins with, with the year of its end where it has none."""
    text = _TWO_DAYS.sub(lambda days: days[1] or days[2], text)
    text = _TWO_YEARS.sub(lambda years: years[1] or years[3], text)
    parts = _INTERVAL.split(text)
    if len(parts) != 2 or not any(c.isdigit() for c in parts[0]):
        return text
    first, year = parts[0].rstrip("~?% "), _YEAR.search(parts[1])
    if re.fullmatch(r"\d{1,2}\.?", first):
        return f"{first} {parts[1].lstrip('0123456789. ')}"
    return f"{first} {year[1]}" if year and not re.search(r"\d{3}", first) else first


def _before_christ(text: str) -> WrittenDate | None:
    """A year with the mark of an era, or a minus."""
    if (minus := _MINUS.match(text)) is not None:
        return WrittenDate(None, -int(minus[1] or minus[2]))
    found = _WITH_ERA.match(text) if _ERA.search(text) else None
    if found is None:
        return WrittenDate(None, None, False) if (era := _ERA.search(text)) and era["before"] and era.start() else None
    year = abs(int(found["year"]))
    return WrittenDate(None, -year) if found["before"] or found["ahead"] else WrittenDate(f"{year:04}", year)


def _decade(text: str) -> WrittenDate | None:
    """`196X` and `199?` are no year, and none of two centuries or three figures."""
    return WrittenDate(None, None, False) if _DECADE.match(text) else None


def _early(text: str) -> WrittenDate | None:
    """A year before 1000: three digits, or with zeros before it."""
    found = _EARLY.match(text)
    return WrittenDate(f"{int(found[1]):04}", int(found[1])) if found and len(text) in (3, 4) else None


def _year_alone(text: str) -> WrittenDate:
    if (short := _SHORT.match(text)) is not None:
        return WrittenDate(None, _century(int(short[1])), False)
    years = _YEAR.findall(text)
    if not years:
        return WrittenDate(None, None, False)
    return WrittenDate(None, int(years[0]), False) if _leftover(text) else WrittenDate(years[0], int(years[0]))


def _leftover(text: str) -> bool:
    """Whether more than a year, a season, several months or a circa stands in the text."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return any(
        not _YEAR.fullmatch(word) and word not in SEASONS and word not in MONTHS and word not in CIRCA for word in words
    )


def read_year(raw: str) -> int | None:
    """The first year that stands in a value, negative before Christ."""
    text = unicodedata.normalize("NFKC", raw).strip()
    if (early := _decade(text) or _before_christ(_UNCERTAIN.sub("", text)) or _early(text)) is not None:
        return early.year
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def _century(year: int) -> int:
    return 1900 + year if year > 40 else 2000 + year


def _made(year: str, month: int | None, day: int | None) -> WrittenDate | None:
    if not int(year):
        return None
    if month is None or not is_real_date(year, str(month), None):
        return WrittenDate(None, int(year), False) if month is not None else WrittenDate(f"{int(year):04}", int(year))
    if day is None:
        return WrittenDate(f"{int(year):04}-{month:02}", int(year))
    if not is_real_date(year, str(month), str(day)):
        return WrittenDate(None, int(year), False)
    return WrittenDate(f"{int(year):04}-{month:02}-{day:02}", int(year))


def _number(part: str | None) -> int | None:
    """A month or day; None where it is not told (`00`, `XX`)."""
    return int(part) or None if part and part.isdecimal() else None


def _iso(text: str) -> WrittenDate | None:
    found = _ISO.match(text)
    return _made(found[1], _number(found[2]), _number(found[3])) if found and not _WEEK.match(text) else None


def _compact(text: str) -> WrittenDate | None:
    found = _COMPACT.match(text)
    return _made(found[1], _number(found[2]), _number(found[3])) if found else None


def _week(text: str) -> WrittenDate | None:
    found = _WEEK.match(text)
    return _made(found[found.lastindex or 1], None, None) if found else None


def _cjk(text: str) -> WrittenDate | None:
    found = _CJK.match(text)
    return _made(found[1], _number(found[2]), _number(found[3])) if found else None


def _numeric(text: str) -> WrittenDate | None:
    """Day and month are told apart only when one of them exceeds 12, or both are the same."""
    found = _NUMERIC.match(text)
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    if first > 12 >= second or first == second:
        return _made(found[4], second, first)
    return _made(found[4], first, second) if second > 12 >= first else WrittenDate(None, int(found[4]), False)


def _month_year(text: str) -> WrittenDate | None:
    found = _MONTH_YEAR.match(text)
    return _made(found[2], int(found[1]), None) if found else None


def _year_first(text: str) -> WrittenDate | None:
    """PubMed's `2019 Mar 12`."""
    found = _YEAR_FIRST.match(text)
    month = MONTHS.get(found[2].casefold()) if found else None
    return _made(found[1], month, _number(found[3])) if found and month else None


def _named(text: str) -> WrittenDate | None:
    found = _NAMED.search(text)
    month = MONTHS.get(found[2].casefold()) if found else None
    if not found or month is None:
        return None
    day = found[1] or found[3]
    if re.search(r"[^\W\d_]\.?\s*[/–—-]\s*" + re.escape(found[2]), text):  # "May/June 2019": two months are no month
        return WrittenDate(found[4], int(found[4]))
    return _made(found[4], month, int(day) if day else None)


def read_stamp(raw: str) -> str | None:
    """When a note was made or changed (M16): ISO as written; the Linter's and the US form converted; else None."""
    text = raw.strip()
    if _ISO_STAMP.match(text):
        return text
    found = _US.match(text)
    if found:
        return _stamp(found[3], int(found[1]), int(found[2]), int(found[4]), found[5], found[6], found[7])
    found = _LINTER.match(text)
    if found and found[1].casefold() in MONTHS:
        return _stamp(found[3], MONTHS[found[1].casefold()], int(found[2]), int(found[4]), found[5], found[6], found[7])
    return None


def _stamp(year: str, month: int, day: int, hour: int, minute: str, second: str | None, half: str | None) -> str | None:
    if not is_real_date(year, str(month), str(day)):
        return None
    if half:
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    return f"{year}-{month:02}-{day:02}T{hour:02}:{minute}:{second or '00'}"


def read_import_stamp(raw: str) -> str | None:
    """The time in `Imported: 2024-04-12 6:43 pm` as ISO, with the precision written (Z27)."""
    found = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?)?", raw.strip(), re.I)
    if not found:
        return None
    if not found[2]:
        return found[1]
    hour = int(found[2])
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    return f"{found[1]}T{hour:02}:{found[3]}"


_PRINTED = re.compile(
    r"[\W_]*(?:(?:new\s+)?(?:annotations?|highlights?|notes?)\s+)?(?:imported|exported|extracted|created|added|updated|synced|generated"
    r"|importiert|exportiert|erstellt|importé|importado|esportato|exportado)(?:\s+(?:from|with|by|via|aus|von|de)\s+\w{1,20})?"
    r"(?:\s+(?:on|at|am|um|le|el|em))?\s?:?\s+[\W_]{0,4}(?:[^\W\d_]{3,9},?\s)?"
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}\.? [^\W\d_]{3,12} \d{4}|[^\W\d_]{3,9} \d{1,2},? \d{4})"
    r"[\d\s:.,+TZAPMapm\]-]*+(?:[a-z]{2,4} \w{1,20}[\d\s:.]*+)?[\W_]*$",
    re.I,
)


def is_stamp(text: str) -> bool:
    """Whether a line only says when something was made: `Created from Zotero on 2024-04-12`."""
    return _PRINTED.match(text) is not None
