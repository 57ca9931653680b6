"""Which works a command is about: by key, by the drafts that cite them, by a condition."""

from __future__ import annotations

import functools
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from litindex.cli.asking import typed
from litindex.cli.options import offers
from litindex.cli.options.filters import filter_options
from litindex.cli.terminal.screen import escape
from litindex.query.lists.filters import ANY, Filters
from litindex.query.lists.listing import note_ids
from litindex.query.notes import find_note
from litindex.query.references import bibliography, drafts
from litindex.query.references.bibliography import Key

_DRAFTS = ("*.md", "*.qmd", "*.Rmd", "*.markdown")


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for: works by name, the drafts that cite works, a condition that narrows them or all."""

    names: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    where: str = ""
    filters: Filters = ANY

    @property
    def is_everything(self) -> bool:
        """Whether no work and no draft is named."""
        return not self.names and not self.drafts


@dataclass(slots=True)
class Selected:
    """note id -> key, in the order asked for or of first citation; `missing` says of each that is not there where."""

    works: dict[int, Key]
    missing: list[str] = field(default_factory=list)


def selection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add KEY…, `--for`, `--where` and the filters; the command gets one argument `selection`."""

    @functools.wraps(command)
    def gather(
        *args: Any, names: tuple[str, ...], drafts_: tuple[str, ...], where: str, filters: Filters, **rest: Any
    ) -> Any:
        selection = Selection(tuple(typed([name]) for name in names), drafts_, where, filters)
        return command(*args, selection=selection, **rest)

    made = filter_options(gather)
    for option in reversed(_OPTIONS):
        made = option(made)
    return made


_OPTIONS = [
    click.argument("names", metavar="[KEY]...", nargs=-1, shell_complete=offers.works),
    click.option(
        "--for",
        "drafts_",
        multiple=True,
        metavar="DRAFT",
        type=click.Path(exists=True, allow_dash=True),
        help="The works that a draft cites: a file, a folder, or - for standard input.",
    ),
    click.option("--where", default="", metavar="SQL", help='Only works for which this holds, e.g. "year > 2019".'),
]


def select(connection: sqlite3.Connection, selection: Selection) -> Selected:
    """The works asked for; all, in the order of their keys, where none is named. QueryError: a wrong condition."""
    keys = bibliography.keys(connection)
    if selection.is_everything:
        selected = Selected(dict(sorted(keys.items(), key=lambda pair: (pair[1].key.casefold(), pair[1].key))))
    else:
        selected = Selected({})
        _add_named(connection, keys, selection.names, selected)
        for name, data in _texts(selection.drafts):
            _add_cited(connection, keys, name, data, selected)
    if selection.where or selection.filters != ANY:
        chosen = note_ids(connection, selection.filters, selection.where)
        selected.works = {note_id: key for note_id, key in selected.works.items() if note_id in chosen}
    return selected


def _add_named(connection: sqlite3.Connection, keys: dict[int, Key], names: Sequence[str], selected: Selected) -> None:
    proposed = {key.key: note_id for note_id, key in keys.items()}
    for name in names:
        found = [each.note_id for each in find_note.find(connection, name) if each.note_id in keys]
        chosen = proposed.get(name.removeprefix("@")) or (found[0] if found else None)
        if chosen is None:
            selected.missing.append(f"{name!r}: no work is called so")
        elif len(found) > 1 and name.removeprefix("@") not in proposed:
            selected.missing.append(f"{name!r} may be each of {len(found)} works: name one by its path")
        else:
            selected.works.setdefault(chosen, keys[chosen])


def _add_cited(
    connection: sqlite3.Connection, keys: dict[int, Key], name: str, data: bytes, selected: Selected
) -> None:
    for each in drafts.cited(connection, keys, data):
        if each.note_id is None or each.note_id not in keys:
            selected.missing.append(f"{name}:{each.line}: @{each.name} is cited, and no note has it")
        else:
            selected.works.setdefault(each.note_id, keys[each.note_id])


def _texts(names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each draft; those of a folder in the order of their paths."""
    for name in names:
        if name == "-":
            yield "-", sys.stdin.buffer.read()
            continue
        path = Path(name)
        files = sorted({file for pattern in _DRAFTS for file in path.rglob(pattern)}) if path.is_dir() else [path]
        yield from ((str(file), file.read_bytes()) for file in files)


def report(selected: Selected) -> None:
    """On stderr what is missing, and which keys are no note's; exit status 1 is the caller's."""
    for key in selected.works.values():
        if key.stated is None:
            click.echo(f"{escape(key.key)}: proposed, the note has no citekey", err=True)
        elif key.stated != key.key:
            click.echo(f"{escape(key.key)}: changed, {escape(key.stated)!r} is another note's or no key", err=True)
    for line in selected.missing:
        click.echo(escape(line), err=True)
