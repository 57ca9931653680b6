"""`litindex schema`: tables and columns, for people who ask in SQL."""

from __future__ import annotations

import click

from litindex.cli.terminal.output import Output, output_options, write, write_rows
from litindex.errors import QueryError
from litindex.query import schema_words
from litindex.query.suggestions import no_such


@click.command()
@click.argument("table", required=False)
@output_options
def schema(table: str | None, output: Output) -> None:
    """Tables and views of an index and what they hold; with TABLE, its columns and what they mean,
    or the SQL of a view.

    \b
      litindex schema
      litindex schema works
    """
    tables = schema_words.tables()
    if table is None:
        write_rows(
            ("name", "kind", "meaning"), [(each.name, each.kind, each.meaning) for each in tables.values()], output
        )
        return
    if table not in tables:
        raise QueryError(no_such("table", table, tables))
    if not tables[table].columns:
        write([tables[table].sql])
        return
    write_rows(("column", "type", "meaning"), [tuple(column) for column in tables[table].columns], output)
