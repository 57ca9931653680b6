"""`litindex parquet`: the tables of the index for larger engines."""

from __future__ import annotations

from pathlib import Path

import click

from litindex.cli.options.index import index_option
from litindex.query.connection import reading
from litindex.query.parquet import export


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@index_option
def parquet(folder: Path, index: Path) -> None:
    """Write the tables of the index as Parquet files, for DuckDB, Polars, Spark and other engines.

    \b
      litindex parquet tables
      litindex parquet lab/vault=anna --db anna.db

    `litindex export parquet DIR` is the same. DIR gets one file a table, and manifest.json, which says what types, keys and meanings the columns have. An earlier export in
    it is replaced when the new one is whole. DuckDB writes the files: pip install duckdb.
    """
    with reading(index) as connection:
        tables = export(connection, folder)
    rows, size = sum(table.rows for table in tables), sum(table.size for table in tables)
    click.echo(f"{folder}: {len(tables)} tables, {rows:,} rows, {size / 1e6:,.1f} MB", err=True)
