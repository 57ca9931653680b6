"""When a work appeared (Z6, Z8)."""

from __future__ import annotations

import re

from litindex.models import Provenance
from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.frontmatter.yaml_core import Mapping, Scalar, flow_text
from litindex.parser.values.dates import read_date, read_year
from litindex.parser.values.references import read_reference
from litindex.parser.vocabulary.keys import DATE_OF_NOTE, GENERIC
from litindex.text_keys import text_key


def read_dates(record: Record, reference: str | None) -> tuple[str | None, str | None, int | None]:
    """Z6, Z8; an explicit year stands above a `date` that says another: in a note of one's own that is when it was read."""
    dates = [each for each in record.statements("date") if not _is_date_of_the_note(record, each)]
    read = [(each, read_date(date_text(each))) for each in dates]
    readable = [(each, date) for each, date in read if date.year is not None]
    years = [(each, year) for each in record.statements("year") if (year := read_year(date_text(each)))]
    if readable and years and readable[0][1].year != years[0][1] and _says_year_better(years[0][0], readable[0][0]):
        readable = []
    if readable:
        statement, date = readable[0]
        record.keep(
            "date",
            [(c, d.date or str(d.year)) for c, d in readable] + [(c, str(y)) for c, y in years if y != date.year],
        )
        if not date.known or date.date is None:
            record.problem(
                "date-unparsed",
                statement,
                f"`{statement.value[:60]}` is no date that can be read for sure; only the year is kept. Write YYYY-MM-DD.",
            )
        return statement.value, date.date, date.year
    if years:
        value = record.keep("date", [(c, _year_date(c) or str(y)) for c, y in years])
        date = read_date(value or "")
        return years[0][0].value, date.date or str(years[0][1]), years[0][1]
    for statement, date in read:
        if not date.known:
            record.problem(
                "date-unparsed",
                statement,
                f"`{statement.value[:60]}` is no date that can be read. Write YYYY, YYYY-MM or YYYY-MM-DD.",
            )
    venues = [
        each for each in record.statements("container") if each.source in (Source.LABEL, Source.PROPERTY, Source.FIELD)
    ]
    year = read_reference(reference).year if reference else next((y for c in venues if (y := read_year(c.value))), None)
    if year is not None:
        record.provenance.append(
            Provenance("date", "used", str(year), Source.REFERENCE, None, (reference or "")[:200], None)
        )
    return (dates[0].value if dates else None), (str(year) if year else None), year


def _says_year_better(year: Statement, date: Statement) -> bool:
    """A stated year stands above a `date` property, and above any date that stands in a weaker place."""
    return year.source.rank < date.source.rank or (
        date.source == Source.PROPERTY and year.source in (Source.FIELD, Source.PROPERTY, Source.LABEL)
    )


def _year_date(statement: Statement) -> str | None:
    found = read_date(date_text(statement))
    return found.date if found.known else None


def _is_date_of_the_note(record: Record, statement: Statement) -> bool:
    """A plain `date` property beside no other bibliographic one is the day of reading (S38)."""
    if not statement.source.is_property or statement.key is None or text_key(statement.key) not in DATE_OF_NOTE:
        return False
    others = [
        c.field
        for statements in record.valued.values()
        for c in statements
        if c.source.is_property and c is not statement
    ]
    return not any(field not in GENERIC or field in ("title", "url") for field in others)


def date_text(statement: Statement) -> str:
    """`issued: date-parts: [[2012, 3]]` as 2012-3; anything else as written, without link and quotes."""
    if statement.node is not None and not isinstance(statement.node, Scalar):
        text = flow_text(statement.node)
        if isinstance(statement.node, Mapping) and not re.search(r"\d{4}", text):
            return ""
        numbers = re.findall(r"\d+", text)
        return "-".join(numbers[:3]) if numbers and len(numbers[0]) == 4 else text.strip('[]"')
    return statement.value.replace("[[", "").replace("]]", "").strip().strip("\"'*_").strip()
