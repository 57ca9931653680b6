"""How results are written: sqlite-utils' formats for programs, tables that fit the screen for people.

The default is a table, on a terminal and into a pipe; on a terminal it has colours and fits the screen.
"""

from __future__ import annotations

import base64
import contextlib
import csv
import functools
import io
import itertools
import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click

from litindex.cli.terminal import pager
from litindex.cli.terminal.screen import escape, escape_lines, on_terminal, screen_width
from litindex.cli.terminal.tables import are_numbers, as_text, escape_cell, table
from litindex.query.named import Row, Value
from litindex.safe_json import to_json

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


@dataclass(frozen=True, slots=True)
class Output:
    """The format that was asked for; `kind` is None for a table."""

    kind: str | None = None
    fmt: str | None = None
    headers: bool = True
    json_cols: bool = False
    wide: bool = False


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add sqlite-utils' output options; the command gets one argument `output`."""

    @functools.wraps(command)
    def gather(*args: Any, **given: Any) -> Any:
        kind, fmt, no_headers, json_cols, wide = map(given.pop, ("kind", "fmt", "no_headers", "json_cols", "wide"))
        return command(*args, output=Output("fmt" if fmt else kind, fmt, not no_headers, json_cols, wide), **given)

    for option in reversed(_OPTIONS):
        gather = option(gather)
    return gather


_OPTIONS = [
    click.option("--json", "kind", flag_value="json", help="JSON array; a list in a value is a list."),
    click.option("--nl", "kind", flag_value="nl", help="One JSON object a line."),
    click.option("--csv", "kind", flag_value="csv", help="Comma-separated, texts as they are."),
    click.option("--csv-safe", "kind", flag_value="csv-safe", help="CSV for spreadsheets: no text becomes a formula."),
    click.option("--tsv", "kind", flag_value="tsv", help="Tab-separated."),
    click.option("-t", "--table", "kind", flag_value="table", help="Table (the default)."),
    click.option("--fmt", metavar="NAME", help="Table in a format of tabulate: github, rst, html ..."),
    click.option("--json-cols", is_flag=True, help="JSON: values that hold JSON become part of it."),
    click.option("--wide", is_flag=True, help="Tables: all columns at their full width; the pager moves sideways."),
    click.option("--no-headers", is_flag=True, help="CSV, TSV and tables without their header."),
    click.option("-r", "--raw", "kind", flag_value="raw", help="Only the first column of the first row."),
]


def write_rows(columns: Sequence[str], rows: Iterable[Row], output: Output, heading: str = "") -> int:
    """Write to stdout, a table below its heading; returns how many rows there were. UsageError: a table format that tabulate does not know."""
    kind = output.kind or "table"
    counted = _Counted(rows)
    text = _WRITERS[kind](unique_names(columns), counted, output)
    write(itertools.chain([heading] if kind == "table" else [], text), wide=output.wide)
    return counted.count


class _Counted:
    """Rows that are counted while they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def write(pieces: Iterable[str], *, wide: bool = False) -> None:
    """Text to stdout as it comes, in utf-8; on a terminal to a pager, what is long or `wide`."""
    use_utf8()
    pager.show(pieces, wide=wide)


def use_utf8() -> None:
    """What goes to stdout is utf-8 whatever the locale says; what utf-8 cannot say is escaped, never an error."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="backslashreplace")


def unique_names(columns: Sequence[str]) -> list[str]:
    """`a, a` becomes `a, a_2`, so that no value of a JSON object is lost."""
    names: list[str] = []
    for column in columns:
        count = 2
        name = column
        while name in names:
            name, count = f"{column}_{count}", count + 1
        names.append(name)
    return names


# ---------------------------------------------------------------- for programs


def _json(columns: list[str], rows: Iterable[Row], output: Output) -> Iterator[str]:
    before = "["
    for row in rows:
        yield before + _object(columns, row, output)
        before = ",\n "
    yield "[]\n" if before == "[" else "]\n"


def _lines(columns: list[str], rows: Iterable[Row], output: Output) -> Iterator[str]:
    for row in rows:
        yield _object(columns, row, output) + "\n"


def _object(columns: list[str], row: Row, output: Output) -> str:
    values = [_parsed(_plain(value), any_json=output.json_cols) for value in row]
    return to_json(dict(zip(columns, values, strict=True)))


def _parsed(value: object, *, any_json: bool) -> object:
    """The list of names that a text holds (`works.creators`); any array or object, where that is asked for."""
    is_list = isinstance(value, str) and (value == "[]" or (value.startswith('["') and value.endswith('"]')))
    if isinstance(value, str) and (is_list or (any_json and value.startswith(("[", "{")))):
        with contextlib.suppress(ValueError):
            return json.loads(value)
    return value


def _plain(value: Value) -> object:
    """JSON has neither bytes (as sqlite-utils writes them) nor infinity."""
    if isinstance(value, bytes):
        return {"$base64": True, "encoded": base64.b64encode(value).decode()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _separated(
    delimiter: str, guard: Callable[[Value], Value] = lambda value: value
) -> Callable[[list[str], Iterable[Row], Output], Iterator[str]]:
    def write(columns: list[str], rows: Iterable[Row], output: Output) -> Iterator[str]:
        line = io.StringIO()
        writer = csv.writer(line, delimiter=delimiter, lineterminator="\n")
        header: list[Row] = [tuple(columns)] if output.headers else []
        for row in itertools.chain(header, rows):
            writer.writerow(as_text(guard(value)) for value in row)
            yield escape_lines(line.getvalue()) if on_terminal() else line.getvalue()
            line.seek(0)
            line.truncate()

    return write


def _no_formula(value: Value) -> Value:
    """A spreadsheet obeys a text that begins so; with an apostrophe before it it is a text (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _raw(columns: list[str], rows: Iterable[Row], _: Output) -> Iterator[str]:
    first = next(iter(rows), None)
    if first is None:
        return
    if on_terminal():
        yield escape_lines(_readable(first[0])) + "\n"
    elif isinstance(first[0], bytes):
        sys.stdout.flush()
        sys.stdout.buffer.write(first[0])
    else:
        yield as_text(first[0])


def _readable(value: Value) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else as_text(value)


# ------------------------------------------------------------------ for people


def _tabulate(columns: list[str], rows: Iterable[Row], output: Output) -> Iterator[str]:
    import tabulate  # 47 ms

    if output.fmt not in tabulate.tabulate_formats:
        known = ", ".join(tabulate.tabulate_formats)
        raise click.UsageError(f"no table format {output.fmt!r}; there are {known}")
    body = list(rows)
    cells = [[escape_cell(value) for value in row] for row in body]
    sides = ["right" if right else "left" for right in are_numbers(body, len(columns))] if body else None
    headers = [escape(name) for name in columns] if output.headers else ()
    yield tabulate.tabulate(cells, headers, tablefmt=output.fmt or "", colalign=sides, disable_numparse=True) + "\n"


def _table(columns: list[str], rows: Iterable[Row], output: Output) -> Iterator[str]:
    screen = screen_width() if on_terminal() and not output.wide else None
    return table(columns, list(rows), screen, headers=output.headers)


_WRITERS: dict[str, Callable[[list[str], Iterable[Row], Output], Iterator[str]]] = {
    "json": _json, "nl": _lines, "csv": _separated(","), "csv-safe": _separated(",", _no_formula), "tsv": _separated("\t"),
    "table": _table, "fmt": _tabulate, "raw": _raw,
}  # fmt: skip
