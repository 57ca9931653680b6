"""The options that choose among works and notes, the same for every command."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from litindex.cli.asking import typed
from litindex.cli.options import offers
from litindex.query.lists.filters import HAS, Filters

_OPTIONS = [
    click.option("--tag", "tags", multiple=True, shell_complete=offers.tags, help="With this tag or one below it."),
    click.option(
        "--author", "authors", multiple=True, shell_complete=offers.authors, help="By (a part of) this name."
    ),
    click.option("--year", default="", metavar="YEARS", help="2020, 2020..2024, 2020.. or ..2024."),
    click.option(
        "--type", "item_type", multiple=True, metavar="TYPE", shell_complete=offers.types,
        help="book, journal article … (as shown or as Zotero says).",
    ),
    click.option(
        "--status", multiple=True, shell_complete=offers.statuses, help="Read status: unread, reading, read …"
    ),
    click.option(
        "--container", "containers", multiple=True, shell_complete=offers.containers,
        help="In this journal, book or site (a part of its name).",
    ),
    click.option(
        "--folder", "folders", multiple=True, shell_complete=offers.folders, help="In this folder or one below it."
    ),
    click.option("--color", default="", metavar="COLOUR", help="With a highlight of this colour."),
    click.option("--has", multiple=True, type=click.Choice(list(HAS)), help="Has a PDF, a DOI, own words, highlights."),
    click.option("--cited/--uncited", default=None, help="Other notes cite it or link to it, or none does."),
]  # fmt: skip


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filters; the command gets one argument `filters`."""
    names = [parameter for parameter in Filters.__dataclass_fields__ if parameter not in ("words", "mine", "only")]

    @functools.wraps(command)
    def gather(*args: Any, **values: Any) -> Any:
        chosen = {name: _clean(values.pop(name)) for name in names}
        return command(*args, filters=Filters(**chosen), **values)

    for option in reversed(_OPTIONS):
        gather = option(gather)
    return gather


def _clean(value: Any) -> Any:
    """Texts as they were meant, whatever the locale made of them."""
    if isinstance(value, tuple):
        return tuple(typed([each]) for each in value)
    return typed([value]) if isinstance(value, str) else value
