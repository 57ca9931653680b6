"""`litindex search`: find notes and highlights by words."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from litindex.cli import completion
from litindex.cli.asking import reading, typed
from litindex.cli.options import LARGEST, index_option, timeout_option
from litindex.cli.output import to_json, write
from litindex.cli.screen import bold, dim, emphasize, escape, short_creators, swatch, text_width, wrap
from litindex.query.search import MARKS, Filters, Found, Hit
from litindex.query.search import search as find

_PLACES = ["notes", "highlights", "all"]
_MOST_LINES = 3
# In an excerpt: quote marks and bullets of lines, the target of a link with a text of its own, emphasis, comment marks.
_LINE_BREAK = re.compile(r"\s*\n[>\s]*(?:[-*+] (?:\[.\] )?|#+ )?")
_SIGNS = re.compile(r"^#+ |!?\[\[(?:[^\]|]*\|)?|\]\]|\*\*|==|~~|%%")
_OF_A_NOTE = ("path", "title", "citekey", "creators", "year", "item_type", "status", "excerpt")


@click.command()
@click.argument("terms", nargs=-1, required=True)
@click.option("--mine", is_flag=True, help="Only in my own words, not in what was imported.")
@click.option("--tag", "tags", multiple=True, shell_complete=completion.tags, help="With this tag or one below it.")
@click.option("--author", "authors", multiple=True, shell_complete=completion.authors, help="By (a part of) this name.")
@click.option("--year", default="", metavar="YEARS", help="2020, 2020..2024, 2020.. or ..2024.")
@click.option("--type", "item_type", default="", help="Zotero item type: journalArticle, book ...")
@click.option("--status", default="", help="Read status: unread, reading, read ...")
@click.option("--in", "where", type=click.Choice(_PLACES), default="notes", show_default=True, help="Where to look.")
@click.option("--limit", type=click.IntRange(1, LARGEST), default=20, show_default=True, help="At most so many hits.")
@click.option("--json", "as_json", is_flag=True, help="JSON array of hits.")
@timeout_option
@index_option
def search(
    terms: tuple[str, ...], where: str, limit: int, as_json: bool, timeout: float, index: Path, **filters: Any
) -> None:
    """Find notes by words, best first. Title, names and your own words count more than abstract and text.

    \b
      litindex search conformal forecast         both words
      litindex search 'distil*'                  words that begin so
      litindex search '"time series" NOT wind'   a phrase; AND, OR, NOT, brackets
      litindex search 知识图谱                    scripts without spaces

    Accents and case do not matter. A query that makes no sense is searched for its words.
    """
    text = typed(terms)
    with reading(index) as connection:
        result = find(connection, text, Filters(**filters), where, limit, timeout)
    if result.words_only:
        click.echo("This is no search expression: searched for its words.", err=True)
    if as_json:
        write([to_json([_plain(hit) for hit in result.hits], indent=2), "\n"])
    else:
        _print(text, result)


def _print(text: str, result: Found) -> None:
    if not result.hits:
        click.echo(f"Nothing found for: {escape(text)}", err=True)
    write(["\n".join(map(_shown, result.hits))])


def _shown(hit: Hit) -> str:
    """Title, what it is and where, and the words that were found with their surroundings."""
    width = text_width()
    lines = [bold(line) for line in wrap(escape(hit.title), width)]
    lines += [dim(line) for line in wrap(escape(_about(hit)), width)]
    if hit.excerpt and (hit.line or _unmarked(hit.excerpt) != hit.title):
        lines += _quoted(hit.excerpt, width, f"{swatch(hit.color)} " if hit.color else "")
    if hit.comment:
        lines += _quoted(hit.comment, width, "→ ")
    return "\n".join(lines) + "\n"


def _about(hit: Hit) -> str:
    """`Chen et al. 2024 · unread · @chen24 · Literature/chen24.md:31`"""
    who = f"{short_creators(hit.creators)} {hit.year or ''}".strip()
    line = f":{hit.line}" if hit.line else ""
    place = f"p. {hit.page}" if hit.page else None
    citekey = f"@{hit.citekey}" if hit.citekey else None
    return " · ".join(filter(None, (who, hit.status, place, citekey, f"{hit.path}{line}")))


def _quoted(text: str, width: int, before: str) -> list[str]:
    """The text without line breaks and Markdown's signs, indented, what was found emphasized."""
    running = _SIGNS.sub("", _LINE_BREAK.sub(" ", text)).strip()
    first, *others = wrap(escape(running), width - 6, _MOST_LINES) or [""]
    return [f"    {emphasize(line, MARKS)}" for line in (f"{before}{first}", *others)]


def _plain(hit: Hit) -> dict[str, object]:
    """For programs: no marks; what only a highlight has is left out of a note."""
    kind = "note" if hit.line is None else "highlight"
    names = _OF_A_NOTE if hit.line is None else [each.name for each in fields(hit)]
    return {"kind": kind, **{name: _unmarked(getattr(hit, name)) for name in names}}


def _unmarked(value: object) -> object:
    return value.replace(MARKS[0], "").replace(MARKS[1], "") if isinstance(value, str) else value
