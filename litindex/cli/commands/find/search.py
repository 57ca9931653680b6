"""`litindex search`: find notes and highlights by words."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import click

from litindex.cli import vaults
from litindex.cli.asking import typed
from litindex.cli.commands.find.list import tell_rows
from litindex.cli.options.rows import Asked, rows_options
from litindex.cli.terminal.hits import heading
from litindex.cli.terminal.output import Output, write, write_rows
from litindex.cli.terminal.screen import emphasize, escape, swatch, text_width, wrap
from litindex.query.connection import reading
from litindex.query.lists.filters import ANY
from litindex.query.lists.listing import KINDS, note_ids
from litindex.query.named import Value
from litindex.query.words.excerpt import MARKS
from litindex.query.words.search import Found, Hit
from litindex.query.words.search import search as find
from litindex.safe_json import to_json

_PLACES = ["notes", "highlights", "all"]
_MOST_LINES = 3
_MOST_HITS = 20
_OF_A_NOTE = ("path", "title", "citekey", "creators", "year", "item_type", "status", "excerpt")


@click.command()
@click.argument("terms", metavar="[WORD]...", nargs=-1)
@click.option("--mine", is_flag=True, help="Only in my own words, not in what was imported.")
@click.option("--in", "place", type=click.Choice(_PLACES), help="Where to look (default: notes).")
@rows_options
def search(terms: tuple[str, ...], mine: bool, place: str | None, asked: Asked) -> None:
    """Find notes by words, best first. Title, names and your own words count more than abstract and text.

    \b
      litindex search conformal forecast         both words
      litindex search 'distil*'                  words that begin so
      litindex search '"time series" NOT wind'   a phrase; AND, OR, NOT, brackets
      litindex search 知识图谱                    scripts without spaces

    Accents and case do not matter. A query that makes no sense is searched for its words. Filters, --where, --sort and
    --columns are those of `litindex list`, which is what a search without words does. Exit status 1: nothing was found.
    """
    text, wanted = typed(terms), asked.wanted
    filters = replace(asked.filters, words=text, mine=mine)
    if not terms or wanted.sort or wanted.columns:
        kind = place if place in KINDS else "works" if not terms else "notes"
        tell_rows(kind, replace(asked, filters=filters))
        return

    def ask(index: Path) -> Found:
        with reading(index) as connection:
            only = frozenset(note_ids(connection, ANY, wanted.where, "notes")) if wanted.where else None
            chosen = replace(asked.filters, mine=mine, only=only)
            return find(connection, text, chosen, place or "notes", wanted.limit or _MOST_HITS, asked.timeout)

    answers = vaults.across(ask) if asked.everywhere else [("", ask(asked.index))]
    if any(found.words_only for _, found in answers):
        click.echo("This is no search expression: searched for its words.", err=True)
    _print(answers, asked.output)
    if not any(found.hits for _, found in answers):
        meant = next((f" (did you mean {found.meant}?)" for _, found in answers if found.meant), "")
        click.echo(f"Nothing found for: {escape(text + meant)}", err=True)
        sys.exit(1)


def _print(answers: Sequence[tuple[str, Found]], output: Output) -> None:
    """The hits of one vault after the other; the name is '' where only one was asked."""
    if output == Output():
        write(["\n".join(_shown(hit, name) for name, found in answers for hit in found.hits)])
        return
    plain = [{**({"vault": name} if name else {}), **_plain(hit)} for name, found in answers for hit in found.hits]
    if output.kind == "json":
        write([to_json(plain, indent=2), "\n"])
    else:
        names = (*(["vault"] if answers[0][0] else []), "kind", *(each.name for each in fields(Hit)))
        write_rows(names, (tuple(_cell(each.get(name)) for name in names) for each in plain), output)


def _cell(value: object) -> Value:
    """Lists as the database holds them."""
    return to_json(value) if isinstance(value, tuple) else value  # type: ignore[return-value]


def _shown(hit: Hit, vault: str) -> str:
    """Title, what it is and where, and the words that were found with their surroundings."""
    width = text_width()
    place = f"p. {hit.page}" if hit.page else None
    citekey = f"@{hit.citekey}" if hit.citekey else None
    path = f"{hit.path}:{hit.line}" if hit.line else hit.path
    lines = heading(hit.title, hit.creators, hit.year, hit.status, place, citekey, vault or None, path)
    if hit.excerpt and (hit.line or hit.unmarked().excerpt != hit.title):
        lines += _quoted(hit.excerpt, width, f"{swatch(hit.color)} " if hit.color else "")
    if hit.comment:
        lines += _quoted(hit.comment, width, "→ ")
    return "\n".join(lines) + "\n"


def _quoted(text: str, width: int, before: str) -> list[str]:
    """The text as running text, indented, what was found emphasized."""
    first, *others = wrap(escape(" ".join(text.split())), width - 6, _MOST_LINES) or [""]
    return [f"    {emphasize(line, MARKS)}" for line in (f"{before}{first}", *others)]


def _plain(hit: Hit) -> dict[str, object]:
    """For programs: no marks; what only a highlight has is left out of a note."""
    kind = "note" if hit.line is None else "highlight"
    names = _OF_A_NOTE if hit.line is None else [each.name for each in fields(hit)]
    return {"kind": kind, **{name: getattr(hit.unmarked(), name) for name in names}}
