"""When and where a work appeared (Z6, Z8, S13)."""

from __future__ import annotations

from litindex.models import Provenance
from litindex.parser.bibliography.fields.normalisers import container_of, date_text
from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import RANKS, Statement
from litindex.parser.values.dates import read_date, read_year
from litindex.parser.values.references import read_reference, reference_container
from litindex.parser.vocabulary.keys import DATE_OF_NOTE, GENERIC
from litindex.text_keys import text_key

_PUBLISHED = frozenset(("book", "report", "thesis", "standard", "map", "dataset"))


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
                f"`{statement.raw[:60]}` is no date that can be read for sure; only the year is kept. Write YYYY-MM-DD.",
            )
        return statement.raw, date.date, date.year
    if years:
        value = record.keep("date", [(c, _year_date(c) or str(y)) for c, y in years])
        date = read_date(value or "")
        return years[0][0].raw, date.date or str(years[0][1]), years[0][1]
    for statement, date in read:
        if not date.known:
            record.problem(
                "date-unparsed",
                statement,
                f"`{statement.raw[:60]}` is no date that can be read. Write YYYY, YYYY-MM or YYYY-MM-DD.",
            )
    venues = [each for each in record.statements("container") if each.source in ("label", "property", "field")]
    year = read_reference(reference).year if reference else next((y for c in venues if (y := read_year(c.raw))), None)
    if year is not None:
        record.provenance.append(
            Provenance("date", "used", str(year), "reference", None, (reference or "")[:200], None)
        )
    return (dates[0].raw if dates else None), (str(year) if year else None), year


def _says_year_better(year: Statement, date: Statement) -> bool:
    """A stated year stands above a `date` property, and above any date that stands in a weaker place."""
    return RANKS[year.source] < RANKS[date.source] or (
        date.source == "property" and year.source in ("field", "property", "label")
    )


def _year_date(statement: Statement) -> str | None:
    found = read_date(date_text(statement))
    return found.date if found.known else None


def _is_date_of_the_note(record: Record, statement: Statement) -> bool:
    """A plain `date` property beside no other bibliographic one is the day of reading (S38)."""
    if (
        statement.source not in ("property", "salvaged")
        or statement.key is None
        or text_key(statement.key) not in DATE_OF_NOTE
    ):
        return False
    others = [
        c.slot
        for statements in record.valued.values()
        for c in statements
        if c.source in ("property", "salvaged") and c is not statement
    ]
    return not any(slot not in GENERIC or slot in ("title", "url") for slot in others)


def read_container(
    record: Record, item_type: str | None, reference: str | None, title: str | None
) -> tuple[str | None, str | None]:
    """(container, publisher): an unlabelled line names the publisher of a type that stands in no other work (S13)."""
    if item_type in _PUBLISHED and (lines := [c for c in record.statements("container") if c.source == "line"]):
        return None, record.keep("publisher", [(statement, container_of(statement)) for statement in lines])
    container = record.choose("container", "container", read=container_of) or _source_container(record)
    if container is None and reference and not record.statements("title", "publisher"):
        container = reference_container(reference, title)
    return container, None


def _source_container(record: Record) -> str | None:
    """`Source: …` is where a work appeared when nothing says so more clearly, and it is no link."""
    return record.choose(
        "container",
        "source",
        read=lambda statement: (
            text if (text := container_of(statement)) and "://" not in text and statement.source == "label" else None
        ),
    )
