"""When a work appeared (Z6, Z8)."""

from __future__ import annotations

import re
from typing import NamedTuple

from litindex.parser.bibliography.record import Record, provenance_row
from litindex.parser.bibliography.statement import Source, Statement, no_value
from litindex.parser.frontmatter.yaml_core import Mapping, Scalar, flow_text
from litindex.parser.values.dates import WrittenDate, read_date, read_year
from litindex.parser.vocabulary.keys import DATE_OF_NOTE, GENERIC
from litindex.text_keys import text_key


class When(NamedTuple):
    """The date as written, as YYYY[-MM[-DD]], and its year."""

    raw: str | None = None
    date: str | None = None
    year: int | None = None


_Dates = list[tuple[Statement, WrittenDate]]
_Years = list[tuple[Statement, int]]


def read_dates(record: Record) -> When:
    """Z6, Z8; an explicit year stands above a `date` that says another: in a note of one's own that is when it was read."""
    stated = [each for each in record.statements("date") if not (_is_date_of_the_note(record, each) or _is_flag(each))]
    stated.sort(key=_date_rank)
    dates = [(each, read_date(date_text(each))) for each in stated]
    readable = [(each, date) for each, date in dates if date.year is not None]
    years = [(each, year) for each in record.statements("year") if (year := read_year(date_text(each)))]
    if readable and not _year_overrules(years, readable):
        return _from_dates(record, readable, years)
    if years:
        value = record.keep("date", [(each, _year_date(each) or str(year)) for each, year in years])
        statement, year = years[0]
        return When(statement.value, read_date(value or "").date or str(year), year)
    for statement, date in dates:
        if not date.known:
            _tell_unparsed(record, statement, "be read. Write YYYY, YYYY-MM or YYYY-MM-DD.")
    return _from_venue(record, stated)


def _is_flag(statement: Statement) -> bool:
    """`publish: true` says whether, not when."""
    return statement.value.casefold() in ("true", "false")


def _date_rank(statement: Statement) -> tuple[int, bool]:
    """A property `date` goes behind whatever else is labelled: it may be the day of the note."""
    is_vague = statement.source is Source.PROPERTY and text_key(statement.key or "") in DATE_OF_NOTE
    return Source.TABLE.rank if is_vague else statement.source.rank, is_vague


def _from_dates(record: Record, readable: _Dates, years: _Years) -> When:
    statement, date = readable[0]
    others = [(each, str(year)) for each, year in years if year != date.year]
    record.keep("date", [*((each, read.date or str(read.year)) for each, read in readable), *others])
    if not date.known or date.date is None:
        _tell_unparsed(record, statement, "be read for sure; only the year is kept. Write YYYY-MM-DD.")
    return When(statement.value, date.date, date.year)


def _tell_unparsed(record: Record, statement: Statement, what: str) -> None:
    record.problem("date-unparsed", statement, f"`{statement.value[:60]}` is no date that can {what}")


def _from_venue(record: Record, stated: list[Statement]) -> When:
    """The year in the name of a conference, or behind that of a publisher or a journal: `Tolle House, 1987`."""
    stated_in = record.statements("container", "publisher")
    stated_in += [each for each in record.statements("source") if not each.source.is_property]
    venues = [(each, year) for each in stated_in if "://" not in each.value and (year := read_year(each.value))]
    venue = next(((each, year) for each, year in venues if each.source in _STATED), None)
    raw = stated[0].value if stated else None
    if venue is None:
        return When(raw)
    record.provenance.append(provenance_row("date", "used", str(venue[1]), venue[0]))
    return When(raw, str(venue[1]), venue[1])


_STATED = (Source.FIELD, Source.PROPERTY, Source.LABEL)


def _year_overrules(years: _Years, dates: _Dates) -> bool:
    """A stated year stands above a `date` that says another, and above any date that stands in a weaker place."""
    if not years or years[0][1] == dates[0][1].year:
        return False
    year, date = years[0][0].source, dates[0][0].source
    is_vague = date is Source.PROPERTY or text_key(dates[0][0].key or "") in DATE_OF_NOTE
    return year.rank < date.rank or (is_vague and (year in _STATED or year is Source.SALVAGED))


def _year_date(statement: Statement) -> str | None:
    found = read_date(date_text(statement))
    return found.date if found.known else None


def _is_date_of_the_note(record: Record, statement: Statement) -> bool:
    """A plain `date` property beside no other bibliographic one is the day of reading (S38), unless it is a lone year."""
    if not statement.source.is_property or statement.key is None or text_key(statement.key) not in DATE_OF_NOTE:
        return False
    if len(date_text(statement)) == 4:
        return False
    others = [each for each in record.stated if each.source.is_property and each is not statement]
    return not any(_is_of_a_work(each) for each in others if not no_value(each.value))


def _is_of_a_work(statement: Statement) -> bool:
    """Whether a property says that the front matter describes a work, and not a note."""
    if statement.field == "url":
        return "://" in statement.value
    return statement.field not in GENERIC or statement.field == "title"


def date_text(statement: Statement) -> str:
    """`issued: date-parts: [[2012, 3]]` as 2012-3, of an interval its begin; anything else as written, without link and quotes."""
    if statement.node is not None and not isinstance(statement.node, Scalar):
        text = flow_text(statement.node)
        parts = _DATE_PARTS.search(text)
        if parts is not None:
            year, *rest = re.findall(r"-?\d+", parts[1] or parts[2])[:3] or [""]
            return "-".join((f"-{year[1:]:0>4}" if year.startswith("-") else f"{year:0>4}", *rest))
        if isinstance(statement.node, Mapping):
            found = _DATE_IN_MAP.search(text)
            return found[1] if found else ""
        return text.strip('[]"')
    return statement.value.replace("[[", "").replace("]]", "").strip().strip("\"'*_").strip()


_DATE_PARTS = re.compile(r"\[\s*\[([-\d\s,\"']+)\]|^\[([-\d\s,\"']+)\]$")
_DATE_IN_MAP = re.compile(r"\"(?:raw|literal|year|start|value)\": \"?([^\",}]*\d[^\",}]*)")
