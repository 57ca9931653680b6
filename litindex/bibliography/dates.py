"""Dates of publication with what a year, month and day do not say: ranges, seasons, doubt, words."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from litindex.parser.values.dates import read_date
from litindex.parser.vocabulary.dates import MONTHS, SEASONS

_NO_DATE = re.compile(
    r"n\.?\s?d\.?|no date|undated|s\.\s?[daf]\.?|o\.\s?j\.?|ohne jahr|sans date|sin fecha|[?–—-]*", re.I
)
_STATUS: Final = {
    "in press": "in press", "inpress": "in press", "im druck": "in press", "im erscheinen": "in press",
    "en prensa": "in press", "no prelo": "in press", "sous presse": "in press", "in stampa": "in press",
    "in corso di stampa": "in press", "forthcoming": "forthcoming", "à paraître": "forthcoming",
    "to appear": "forthcoming", "in preparation": "in preparation", "in prep.": "in preparation",
    "submitted": "submitted", "accepted": "accepted", "advance online publication": "advance online publication",
}  # fmt: skip
_ORIGINAL = re.compile(r"(.*\d{4}.*?)\s*[\[(](?:orig(?:inal(?:ly)?)?\.?\s*(?:published\s*)?)?(\d{4})[\])]$", re.I)
_ORIGINAL_FIRST = re.compile(r"\[(\d{4})\]\s*(\S.*)$")
_WITH_HYPHENS = re.compile(r"(\d{1,2})-([^\W\d_]{3,})-(\d{4})$")
_CIRCA = re.compile(r"(?:c(?:a|irca)?\.?|circa|um|vers|около|约|etwa|approx\.?|about|[~≈])\s*(?=\d)", re.I)
_YEARS = re.compile(r"(\d{4})\s*[-–—‐/]\s*(\d{4}|\d{2}(?!\d))$")
_SPAN = re.compile(
    r"\s*[–—]\s*|\s+(?:-|to|until|bis|à|au|al|until|through)\s+|(?<=\d{4})\s*/\s*(?=\d{4})|(?<=\d{2})/(?=\d{4}-)"
)
_MONTHS = re.compile(r"([^\W\d_]{3,})\.?\s*[-–—/&]\s*([^\W\d_]{3,})\.?,?\s+(\d{4})$")
_DAYS = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]{3,})\.?,?\s+(?:de\s+)?(\d{4})$")
_US_DAYS = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})\s*[-–—]\s*(\d{1,2}),?\s+(\d{4})$")
_OPEN = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:/(?:\.\.|open)?|\s*[-–—])$")
_EDTF_SEASON = re.compile(r"(\d{4})-2([1-4])$")
_BEFORE_CHRIST = re.compile(
    r"-(\d{1,4})$|(\d{1,4})\s*(?:B\.?\s?C\.?(?:\s?E\.?)?|v\.\s?Chr\.?|av\.\s?J\.-?C\.|a\.\s?C\.)$", re.I
)
_EARLY = re.compile(r"(\d{1,3})(?:\s*(?:A\.?D\.?|C\.?E\.?|n\.\s?Chr\.))?$")

Parts = tuple[int, ...]


class Date(NamedTuple):
    """`start` and `end` are (year[, month[, day]]), no more than was written; a year before Christ is negative.

    `season` is 1 to 4 from spring on, `doubt` is EDTF's `~` (circa), `?` (uncertain) or nothing. `literal` is a date
    that is none, such as `in press`.
    """

    start: Parts = ()
    end: Parts = ()
    season: int = 0
    doubt: str = ""
    literal: str = ""
    open_end: bool = False


def read_issued(raw: str | None, date: str | None, year: int | None) -> tuple[Date | None, Date | None]:
    """(date, date of the first edition): of the text as written where it fits the date that was read from it."""
    text = unicodedata.normalize("NFKC", raw or "").strip().strip("\"'").strip()
    original = None
    if found := _ORIGINAL.match(text):
        text, original = found[1], Date((int(found[2]),))
    elif found := _ORIGINAL_FIRST.match(text):
        text, original = found[2], Date((int(found[1]),))
    written = _read(text) if text else None
    if written is not None and not written.literal and year not in (None, *_years_of(written, original)):
        written = None
    if (written is None or written.literal) and (date or year):
        return Date(_parts(date) if date else (year or 0,)), original
    if (
        written is not None
        and date
        and len(_parts(date)) > len(written.start)
        and not written.end
        and not written.season
    ):
        written = written._replace(start=_parts(date))
    return written, original


def _years_of(date: Date, original: Date | None) -> tuple[int, ...]:
    """What a reader that knows no ranges and editions may have taken for the year."""
    return (abs(date.start[0]), *(original.start[:1] if original else ()))


def _parts(date: str) -> Parts:
    return tuple(int(part) for part in date.split("-"))


def _read(text: str) -> Date | None:
    if text.casefold() in _STATUS:
        return Date(literal=_STATUS[text.casefold()])
    if _NO_DATE.fullmatch(text):
        return None
    text, doubt = _without_doubt(text)
    for reader in (_season, _open, _range, _single):
        found = reader(text)
        if found is not None:
            return found._replace(doubt=doubt)
    return None


def _without_doubt(text: str) -> tuple[str, str]:
    text = text.removeprefix("[").removesuffix("]").strip() if text[:1] == "[" else text
    if found := _CIRCA.match(text):
        return text[found.end() :].strip(" ?]"), "~"
    if text[-1:] in "~?%":
        return text.rstrip("~?% "), "~" if text[-1] == "~" else "?"
    return text, ""


def _season(text: str) -> Date | None:
    if found := _EDTF_SEASON.match(text):
        return Date((int(found[1]),), season=int(found[2]))
    words = re.findall(r"[^\W\d_]+", text.casefold())
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
    seasons = [SEASONS[word] for word in words if word in SEASONS]
    if not seasons or not years or len(words) > 2 or any(word in MONTHS for word in words):
        return None
    return Date((int(years[0]),), season=seasons[0])


def _open(text: str) -> Date | None:
    found = _OPEN.match(text)
    return Date(_parts(found[1]), open_end=True) if found else None


def _range(text: str) -> Date | None:
    if found := _YEARS.match(text):
        return _years(found[1], found[2], text)
    if found := _MONTHS.match(text):
        return _between(f"{found[1]} {found[3]}", f"{found[2]} {found[3]}")
    if found := _DAYS.match(text):
        return _between(f"{found[1]} {found[3]} {found[4]}", f"{found[2]} {found[3]} {found[4]}")
    if found := _US_DAYS.match(text):
        return _between(f"{found[2]} {found[1]} {found[4]}", f"{found[3]} {found[1]} {found[4]}")
    ends = _SPAN.split(text)
    if len(ends) != 2:
        return None
    first, last = (end.strip() for end in ends)
    year = re.search(r"\d{4}", last)
    if year and not re.search(r"\d{4}", first):
        first = f"{first} {year[0]}"
    return _between(first, last)


def _years(first: str, last: str, text: str) -> Date | None:
    """`1998-99` and `1998/2003`; `2020-05` is a month."""
    full = last if len(last) == 4 else first[:2] + last
    if len(last) == 2 and ("-" in text or "/" in text) and int(last) <= 12:
        return None
    return Date((int(first),), (int(full),)) if int(full) > int(first) else None


def _between(first: str, last: str) -> Date | None:
    start, end = read_date(first), read_date(last)
    if not (start.known and end.known and start.date and end.date and start.date <= end.date):
        return None
    return Date(_parts(start.date), _parts(end.date))


def _single(text: str) -> Date | None:
    if found := _BEFORE_CHRIST.match(text):
        return Date((-int(found[1] or found[2]),))
    if found := _EARLY.match(text):
        return Date((int(found[1]),))
    found_date = read_date(_WITH_HYPHENS.sub(r"\1 \2 \3", text))
    return Date(_parts(found_date.date)) if found_date.date else None
