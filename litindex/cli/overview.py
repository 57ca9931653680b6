"""`litindex` alone: what there is, and what to do next."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from litindex.cli import places, vaults
from litindex.cli.terminal.screen import escape
from litindex.errors import LitindexError
from litindex.query.connection import reading

HOLDS = (
    "SELECT (SELECT count(*) FROM notes), (SELECT count(*) FROM works), (SELECT value FROM meta WHERE key = 'vault')"
)
_NEXT = {
    "list": "works, notes, highlights, tasks, people, tags",
    "search WORDS": "find notes by words",
    "show KEY": "everything about one work",
    "serve --open": "browse it",
    "--help": "all commands",
}


def tell(named: str | None, vault: str | None = None) -> None:
    """On stdout; there is no wrong state to be in."""
    try:
        named = str(vaults.find(vault).index) if vault else named
        index = Path(named or os.environ.get("LITINDEX_DB") or places.find())
        with reading(index) as connection:
            notes, works, vault = connection.execute(HOLDS).fetchone()
    except LitindexError as error:
        click.echo(
            f"{escape(str(error))}\n\nNext:\n  litindex build VAULT    make the index of a vault\n  litindex --help         all commands"
        )
        return
    click.echo(f"{escape(str(index))}: {notes:,} notes, {works:,} works of {escape(str(vault))}\n\nNext:")
    option = f" --db {shlex.quote(named)}" if named else ""
    for command, about in _NEXT.items():
        click.echo(f"  litindex{option} {command:14} {about}")
