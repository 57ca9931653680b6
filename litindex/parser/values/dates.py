"""Dates as people and templates write them (Z8, M16)."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Final, NamedTuple

_MONTH_NAMES: Final = """
january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec
januar jänner|februar|märz mär|april|mai|juni|juli|august|september|oktober okt|november|dezember dez
janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août|septembre|octobre|novembre|décembre déc
enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre|octubre|noviembre|diciembre dic
janeiro|fevereiro fev|março|abril|maio|junho|julho|agosto|setembro set|outubro out|novembro|dezembro dez
gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre|ottobre ott|novembre|dicembre
januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december
leden ledna|únor února|březen března|duben dubna|květen května|červen června|červenec července|srpen srpna|září|říjen října|listopad listopadu|prosinec prosince
январь января янв|февраль февраля фев|март марта мар|апрель апреля апр|май мая|июнь июня|июль июля|август августа авг|сентябрь сентября сен|октябрь октября окт|ноябрь ноября ноя|декабрь декабря дек
"""
MONTHS: Final = {
    name: number
    for line in _MONTH_NAMES.strip().splitlines()
    for number, names in enumerate(line.split("|"), 1)
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]+\d{1,2}:\d{2}.*)?$")
_YEAR_FIRST = re.compile(r"(\d{4})\s+([^\W\d_]{3,})\.?(?:\s+(\d{1,2}))?$")
_MULTIPART = re.compile(r"(\d{4}-\d{2}-\d{2})\s+\S")
_CJK = re.compile(r"(\d{4})\s*[年년](?:\s*(\d{1,2})\s*[月월])?(?:\s*(\d{1,2})\s*[日일])?")
_NUMERIC = re.compile(r"(\d{1,2})[/.](?:\s*)(\d{1,2})[/.]\s*(\d{4})\b")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})$")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?)?(?<![^\W\d_])([^\W\d_]{3,}+)\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?,?\s+(?:de\s+|of\s+)?(\d{4})\b"
)
_SHORT = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](\d{2})$")
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d{2}|20\d{2})(?!\d)")
_SEASONS: Final = frozenset(
    "spring summer autumn fall winter frühling sommer herbst printemps été automne hiver".split()
)
_NO_DATE: Final = frozenset(
    (
        "n.d.",
        "n.d",
        "nd",
        "forthcoming",
        "in press",
        "inpress",
        "no date",
        "s.d.",
        "o.j.",
        "s.f.",
        "ohne jahr",
        "im druck",
        "à paraître",
        "en prensa",
        "no prelo",
    )
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
    """A publication date (Z8): ISO, named months, unambiguous numbers; otherwise the year alone, `known` False."""
    text = unicodedata.normalize("NFKC", raw).strip().strip("()[]").strip()
    if (multipart := _MULTIPART.match(text)) is not None:  # Zotero's own form: `2013-05-00 May 2013`
        text = multipart[1]
    if text.casefold() in _NO_DATE:
        return WrittenDate(None, None)
    for reader in (_iso, _cjk, _numeric, _month_year, _year_first, _named):
        found = reader(text)
        if found is not None:
            return found
    short = _SHORT.match(text)
    if short:
        return WrittenDate(None, _century(int(short[1])), False)
    years = _YEAR.findall(text)
    if not years:
        return WrittenDate(None, None, False)
    return WrittenDate(None, int(years[0]), False) if _leftover(text) else WrittenDate(years[0], int(years[0]))


def _leftover(text: str) -> bool:
    """Whether more than a year, a season or a circa stands in the text."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return any(
        not _YEAR.fullmatch(word) and word not in _SEASONS and word not in ("c", "ca", "circa") for word in words
    )


def read_year(raw: str) -> int | None:
    """The first year that stands in a value."""
    found = _YEAR.search(unicodedata.normalize("NFKC", raw))
    return int(found[1]) if found else None


def _century(year: int) -> int:
    return 1900 + year if year > 40 else 2000 + year


def _made(year: str, month: int | None, day: int | None) -> WrittenDate | None:
    if month is None or not is_real_date(year, str(month), None):
        return WrittenDate(None, int(year), False) if month is not None else WrittenDate(f"{int(year):04}", int(year))
    if day is None:
        return WrittenDate(f"{int(year):04}-{month:02}", int(year))
    if not is_real_date(year, str(month), str(day)):
        return WrittenDate(None, int(year), False)
    return WrittenDate(f"{int(year):04}-{month:02}-{day:02}", int(year))


def _iso(text: str) -> WrittenDate | None:
    found = _ISO.match(text)
    if not found:
        return None
    month = int(found[2]) if found[2] else None
    day = int(found[3]) if found[3] else None
    return _made(found[1], month or None, day or None)


def _cjk(text: str) -> WrittenDate | None:
    found = _CJK.match(text)
    return _made(found[1], int(found[2]) if found[2] else None, int(found[3]) if found[3] else None) if found else None


def _numeric(text: str) -> WrittenDate | None:
    """Day and month are told apart only when one of them exceeds 12."""
    found = _NUMERIC.match(text)
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    if first > 12 >= second:
        return _made(found[3], second, first)
    if second > 12 >= first:
        return _made(found[3], first, second)
    if first == second:
        return _made(found[3], first, second)
    return WrittenDate(None, int(found[3]), False)


def _month_year(text: str) -> WrittenDate | None:
    found = _MONTH_YEAR.match(text)
    return _made(found[2], int(found[1]), None) if found else None


def _year_first(text: str) -> WrittenDate | None:
    """PubMed's `2019 Mar 12`."""
    found = _YEAR_FIRST.match(text)
    month = MONTHS.get(found[2].casefold()) if found else None
    return _made(found[1], month, int(found[3]) if found[3] else None) if found and month else None


def _named(text: str) -> WrittenDate | None:
    found = _NAMED.search(text)
    month = MONTHS.get(found[2].casefold()) if found else None
    if not found or month is None:
        return None
    day = found[1] or found[3]
    if re.search(r"[/–—-]\s*" + re.escape(found[2]), text):  # "May/June 2019": two months are no month
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
