"""What the commands that ask the index have in common: the words as typed, and the note that is meant."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from sqlite3 import Connection

import click

from litindex.cli.terminal.screen import dim, escape, text_width, wrap
from litindex.errors import NothingFound
from litindex.query.notes import find_note
from litindex.query.notes.find_note import Candidate

_SURROGATE = re.compile("[\ud800-\udfff]")


def typed(words: Sequence[str]) -> str:
    """The words as one text; bytes that the locale could not read are utf-8."""
    text = " ".join(words)
    return os.fsencode(text).decode("utf-8", "replace") if _SURROGATE.search(text) else text


def named_note(connection: Connection, called: str) -> Candidate:
    """The note that is called so. NothingFound: none or several; what may be meant is told on stderr."""
    return the_one(connection, called, find_note.find(connection, called))


def the_one(connection: Connection, called: str, found: Sequence[Candidate]) -> Candidate:
    """The only one of those found. NothingFound: as `named_note`."""
    if len(found) == 1:
        return found[0]
    near = [] if found else find_note.near(connection, called)
    for each in (*found, *near):
        click.echo(escape(each.path), err=True)
        for line in wrap(escape(each.title), text_width() - 4):
            click.echo(f"    {dim(line)}", err=True)
    if found:
        raise NothingFound(f"{called!r} may be each of these {len(found)}: name one by its path")
    raise NothingFound(f"nothing is called {called!r}" + (", perhaps you mean one of these" if near else ""))
