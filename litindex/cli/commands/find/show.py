"""`litindex show`: everything about one work or note on a screen."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from itertools import groupby
from pathlib import Path

import click

from litindex.cli.asking import the_one, typed
from litindex.cli.options import offers
from litindex.cli.options.index import index_option
from litindex.cli.terminal.output import Output, write, write_rows
from litindex.cli.terminal.screen import bold, cell_width, dim, escape, swatch, text_width, wrap
from litindex.errors import NothingFound, QueryError
from litindex.query.connection import reading
from litindex.query.lists.filters import Filters
from litindex.query.lists.listing import KINDS, rows
from litindex.query.notes import find_note
from litindex.query.notes import note_details as sheets
from litindex.query.notes.note_details import Bibliography, Creator, Highlight, Incoming, Outgoing, Provenance, Sheet
from litindex.safe_json import to_json

_MOST_LINES = 12
_MOST_ITEMS = 10
_VALUE_WIDTH = 60
_FIELDS = {
    "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "url": "URL", "pdf": "PDF", "arxiv": "arXiv", "pmid": "PMID",
    "pmcid": "PMCID",
}  # fmt: skip
_SOURCES = {
    "property": "front matter", "salvaged": "broken front matter", "field": "inline field", "filename": "file name",
    "quote": "reference",
}  # fmt: skip


@click.command()
@click.argument("called", metavar="KEY|PATH|TITLE|PERSON|#TAG", nargs=-1, required=True, shell_complete=offers.works)
@click.option("--why", is_flag=True, help="Where each bibliographic value was taken from, and what it overruled.")
@click.option("-a", "--all", "everything", is_flag=True, help="All lines, where a screen shows the first ones.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@index_option
def show(called: tuple[str, ...], why: bool, everything: bool, as_json: bool, index: Path) -> None:
    """Show a work or note: what it is, what you marked and wrote, what it links to, and what links to it.

    It is found by citekey (with or without @), path, name, DOI or another identifier, alias or title. A person's name
    ("Okafor, Ngozi") or a #tag shows the works of that person or with that tag.
    """
    name = typed(called)
    with reading(index) as connection:
        if name.startswith("#"):
            return _show_works(connection, name.strip("#/ "), Filters(tags=(name,)), as_json)
        found = find_note.find(connection, name)
        if not found and (person := find_note.person(connection, name)):
            return _show_works(connection, person, Filters(authors=(person,)), as_json)
        sheet = sheets.load(connection, the_one(connection, name, found).note_id)
    if as_json:
        write([to_json(_plain(sheet), indent=2), "\n"])
    else:
        lines = _why(sheet) if why else _screen(sheet, everything)
        write(f"{line}\n" for line in lines)


def _show_works(connection: sqlite3.Connection, name: str, filters: Filters, as_json: bool) -> None:
    """The works of a person or with a tag."""
    try:
        result = rows(connection, KINDS["works"], filters)
    except QueryError as error:
        raise NothingFound(str(error)) from error
    output = Output("json" if as_json else "table")
    if not write_rows(result.columns, result.rows, output, heading=f"{bold(escape(name))}\n"):
        raise NothingFound(f"no work has {name!r}")


def _plain(value: object) -> object:
    """Dataclasses and named tuples as objects."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        names = getattr(value, "_fields", None)
        return dict(zip(names, map(_plain, value), strict=True)) if names else [_plain(each) for each in value]
    return value


# ------------------------------------------------------------------ the screen


def _screen(sheet: Sheet, everything: bool) -> Iterator[str]:
    """Every part that holds something, most important first."""
    work = sheet.work
    yield from map(bold, _wrapped(sheet.title))
    yield from _head(sheet)
    parts: list[tuple[str, Sequence[str], int]] = [
        ("Reference", _paragraphs(work.reference if work else None), _MOST_LINES),
        ("Abstract", _paragraphs(work.abstract if work else None), _MOST_LINES),
        ("Highlights", [_highlight(each) for each in sheet.highlights], _MOST_ITEMS),
        (f"My words ({sheet.own_words})", _paragraphs(sheet.own), _MOST_LINES),
        ("Open tasks", [_item(each.text, each.due, each.line) for each in sheet.tasks], _MOST_ITEMS),
        ("Links to", [_outgoing(each) for each in sheet.links if each.resolution != "external"], _MOST_ITEMS),
        ("Linked from", [_incoming(each) for each in sheet.backlinks], _MOST_ITEMS),
        ("Cited in", [_incoming(each) for each in sheet.cited_by], _MOST_ITEMS),
        (
            "Problems",
            [_item(f"{each.severity}: {each.message}", each.code, each.line) for each in sheet.problems],
            _MOST_ITEMS,
        ),
        ("Open with", _addresses(sheet), _MOST_ITEMS),
    ]
    for title, items, most in parts:
        yield from _part(title, items, len(items) if everything else most)


def _part(title: str, items: Sequence[str], most: int) -> Iterator[str]:
    if not items:
        return
    yield ""
    yield bold(title)
    yield from items[:most]
    if len(items) > most:
        yield dim(f"  … {len(items) - most} more (--all)")


def _head(sheet: Sheet) -> Iterator[str]:
    """The bibliographic line, then what the note is called and filed under."""
    if sheet.work:
        yield from _wrapped(bibliographic_line(sheet.creators, sheet.work))
        about = [sheet.work.item_type, sheet.work.status, sheet.work.date_read and f"read {sheet.work.date_read}"]
        about += [sheet.work.citekey and f"@{sheet.work.citekey}"]
        about += [f"{_FIELDS.get(each.scheme, each.scheme)} {each.value}" for each in sheet.identifiers]
        yield from _wrapped(" · ".join(filter(None, about)))
    tags = "  ".join(f"#{tag}" for tag in sheet.tags)
    zotero = "; ".join(sheet.zotero_tags)
    rows = [("tags", tags), ("Zotero tags", zotero), ("collections", "; ".join(sheet.collections))]
    rows += [("also", "; ".join(alias for alias in sheet.aliases if alias != sheet.title)), ("note", sheet.path)]
    for name, text in rows:
        first, *others = wrap(escape(text), text_width() - 13) or [""]
        if first:
            yield f"{dim(f'{name:13}')}{first}"
            yield from (" " * 13 + line for line in others)


def bibliographic_line(creators: Sequence[Creator], work: Bibliography) -> str:
    """`Chen, Hailin; Jiao, Fangkai (2024). Journal of Things, 12(3), 4–9. Publisher, Place.`"""
    names = "; ".join(
        each.name if each.role == "author" else f"{each.name} ({_spaced(each.role)})" for each in creators
    )
    issue = f"{work.volume or ''}({work.issue})" if work.issue else work.volume
    where = ", ".join(filter(None, (work.container, issue, work.pages)))
    house = ", ".join(filter(None, (work.edition and f"{work.edition} ed.", work.series, work.publisher, work.place)))
    when = f"({work.date or work.year})" if work.date or work.year else ""
    return ". ".join(filter(None, (f"{names} {when}".strip(), where, house)))


def _spaced(role: str) -> str:
    """seriesEditor -> series editor"""
    return re.sub(r"(?=[A-Z])", " ", role).lower()


def _highlight(highlight: Highlight) -> str:
    page = f" (p. {highlight.page})" if highlight.page else ""
    mark = swatch(highlight.color_name, highlight.color)
    lines = _wrapped(f"{_running(highlight.text) or f'({highlight.type})'}{page}", 6)
    lines += [f"→ {line}" for line in _wrapped(_running(highlight.comment), 8)]
    return f"  {mark or '-'} " + "\n      ".join(lines)


def _outgoing(link: Outgoing) -> str:
    missing = " (not found)" if link.resolution == "unresolved" else ""
    display = link.display if link.display != link.target else None
    return _item(f"{link.target}{link.subpath or ''}{missing}", display, link.line)


def _incoming(link: Incoming) -> str:
    return _item(f"{link.path}:{link.line}" if link.line else link.path, link.words)


def _item(text: str, about: str | None = None, line: int | None = None) -> str:
    """`  text  about  line 12`, on as many lines as it takes."""
    first, *others = _wrapped(text, 4) or [""]
    more = "  ".join(filter(None, (escape(_running(about)), f"line {line}" if line else "")))
    return "\n".join([f"  {first}", *(f"    {each}" for each in others)]) + (dim(f"  {more}") if more else "")


def _addresses(sheet: Sheet) -> list[str]:
    work = sheet.work
    doi = next((f"https://doi.org/{each.value}" for each in sheet.identifiers if each.scheme == "doi"), None)
    addresses = (sheet.obsidian_uri, work.zotero_uri if work else None, work.pdf if work else None, doi)
    return [f"  {escape(address)}" for address in addresses if address]


def _paragraphs(text: str | None) -> list[str]:
    """The lines of a text, its paragraphs kept apart."""
    lines = [part for line in (text or "").strip().splitlines() for part in (_wrapped(line, 2) or [""])]
    return [f"  {line}".rstrip() for line, _ in groupby(lines)]


def _running(text: str | None) -> str:
    return " ".join((text or "").split())


def _wrapped(text: str, indent: int = 0) -> list[str]:
    return wrap(escape(text), text_width() - indent)


# --------------------------------------------------------------------- --why


def _why(sheet: Sheet) -> Iterator[str]:
    """A line a value: `DOI  10.1000/1  front matter line 11; same: inline field line 44`."""
    yield from map(bold, _wrapped(sheet.title))
    yield sheet.path
    rows = [row for _, group in groupby(sheet.provenance, key=lambda each: each.field) for row in _reasons(list(group))]
    if not rows:
        yield "No bibliographic value: this note describes no work."
    names, values = (max((cell_width(row[at]) for row in rows), default=0) for at in (0, 1))
    before = names + values + 4
    for name, value, reason in rows:
        first, *others = wrap(reason, max(text_width() - before, 20)) or [""]
        yield f"{_padded(name, names)}  {_padded(value, values)}  {dim(first)}"
        yield from (" " * before + dim(line) for line in others)


def _reasons(provenance: Sequence[Provenance]) -> Iterator[tuple[str, str, str]]:
    """(slot, value, where from) for each value in use; what says the same stands with it, the rest with the first."""
    used = [each for each in provenance if each.verdict == "used"]
    others = [each for each in provenance if each.verdict != "used"]
    for at, each in enumerate(used):
        mine = [other for other in others if other.value == each.value and other.verdict == "same"]
        if at == 0:
            values = {other.value for other in used}
            mine += [other for other in others if other.verdict == "overruled" or other.value not in values]
        yield _slot(each), _short(each.value or ""), "; ".join((_place(each), *_compared(mine)))


def _compared(others: Sequence[Provenance]) -> Iterator[str]:
    same = [_place(each) for each in others if each.verdict == "same"]
    if same:
        yield f"same: {', '.join(same)}"
    for each in others:
        if each.verdict == "overruled":
            yield f"overruled: {_short(each.value or each.raw)} ({_place(each)})"


def _slot(row: Provenance) -> str:
    return _FIELDS.get(row.field, _spaced(row.field).replace("_", " "))


def _place(row: Provenance) -> str:
    source = _SOURCES.get(row.source, row.source)
    place = f"{source} line {row.line}" if row.line else source
    return f"line {row.line} by template {escape(row.key or '')}" if row.source == "template" else place


def _short(text: str) -> str:
    return (wrap(escape(_running(text)), min(_VALUE_WIDTH, text_width() // 3), 1) or [""])[0]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_width(text))
