"""`litindex export`: works as CSL-JSON, BibTeX, BibLaTeX or RIS."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from litindex.bibliography import bibtex, csl_json, ris
from litindex.bibliography.item import Item
from litindex.cli.options.index import index_option
from litindex.cli.options.works import Selection, report, select, selection_options
from litindex.cli.terminal.output import write
from litindex.query.connection import reading
from litindex.query.references import bibliography

FORMATS: dict[str, Callable[[Iterable[Item]], str]] = {
    "csljson": csl_json.write,
    "bibtex": lambda items: bibtex.write(items, bibtex.BIBTEX),
    "biblatex": lambda items: bibtex.write(items, bibtex.BIBLATEX),
    "ris": ris.write,
}
_BY_SUFFIX = {".json": "csljson", ".bib": "bibtex", ".ris": "ris"}


@click.command()
@selection_options
@click.option("-f", "--format", "kind", type=click.Choice(list(FORMATS)), help="By default that of FILE, else csljson.")
@click.option("--sort", type=click.Choice(["key", "asked"]), default="asked", help="By key, or as asked for or cited.")
@click.option("-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@index_option
def export(selection: Selection, kind: str | None, sort: str, file: Path | None, index: Path) -> None:
    """Export works to a bibliography file: all, those named, or those that drafts cite.

    \b
      litindex export -o vault.json
      litindex export --for "Drafts/Chapter 2.md" -o chapter.bib
      litindex export okafor2021 --format ris
      litindex export --where "year > 2019 and item_type = 'book'"

    A work without a citekey gets one of author, year and first word of the title, named on stderr. So is what a draft
    cites and no note has; the file is written all the same, and the exit status is 1.
    """
    kind = kind or (_BY_SUFFIX.get(file.suffix.lower(), "csljson") if file else "csljson")
    with reading(index) as connection:
        selected = select(connection, selection)
        if sort == "key":
            selected.works = dict(
                sorted(selected.works.items(), key=lambda pair: (pair[1].key.casefold(), pair[1].key))
            )
        text = FORMATS[kind](bibliography.items(connection, selected.works))
    if file:
        file.write_text(text, encoding="utf-8")
    else:
        write([text])
    report(selected)
    sys.exit(1 if selected.missing else 0)
