"""`litindex open`: a work or note in the program that one wants."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from sqlite3 import Connection

import click

from litindex.cli.asking import named_note, typed
from litindex.cli.options import offers
from litindex.cli.options.index import index_option
from litindex.cli.terminal.screen import escape
from litindex.errors import LitindexError, NothingFound
from litindex.index.file import index_file
from litindex.query.connection import reading
from litindex.query.notes import addresses, note_details

_PROGRAMS = {
    "obsidian": "no vault",
    "zotero": "no item of Zotero",
    "pdf": "no PDF",
    "web": "neither DOI nor URL",
    "editor": "no file",
}
"""Where it can be opened, and what it may lack for that."""
_PLACE = re.compile(r"(.+?):(\d+)$", re.DOTALL)
_GOTO = ("code", "codium", "cursor")
"""Editors that want `--goto FILE:LINE`; all others take `+LINE`."""


@click.command("open")
@click.argument("called", metavar="KEY|PATH[:LINE]|TITLE", nargs=-1, required=True, shell_complete=offers.works)
@click.option("--in", "program", type=click.Choice(list(_PROGRAMS)), default="obsidian", show_default=True)
@click.option("--print", "only_print", is_flag=True, help="Print the address or path, open nothing.")
@index_option
def open_command(called: tuple[str, ...], program: str, only_print: bool, index: Path) -> None:
    """Open a work or note: the note in Obsidian or in your editor ($VISUAL, $EDITOR), the item in Zotero, the PDF, or the
    page of its DOI.

    \b
      litindex open okafor2021
      litindex open okafor2021 --in pdf
      litindex open Literature/okafor2021.md:31 --in editor
    """
    name, line = _split(typed(called))
    with reading(index) as connection:
        address = _address(connection, name, program, index_file.vault_of(index))
    if only_print:
        click.echo(escape(f"{address}:{line}" if line and program == "editor" else address))
    elif program == "editor":
        _edit(address, line)
    else:
        click.echo(f"Opening {escape(address)}", err=True)
        if click.launch(address):
            raise LitindexError(f"nothing here opens {address}")


def _split(called: str) -> tuple[str, str | None]:
    """Name and line of `Literature/okafor2021.md:31`, which is how places are printed."""
    place = _PLACE.match(called)
    return (place[1], place[2]) if place and place[1].endswith(".md") else (called, None)


def _address(connection: Connection, name: str, program: str, vault: Path) -> str:
    note = named_note(connection, name)
    sheet = note_details.load(connection, note.note_id)
    if program == "editor":
        return str(vault / sheet.path)
    if program == "pdf":
        found = addresses.pdf(connection, note.note_id, sheet, vault)
    else:
        found = {"obsidian": addresses.obsidian, "zotero": addresses.zotero, "web": addresses.web}[program](sheet)
    if not found:
        raise NothingFound(f"{sheet.title!r} has {_PROGRAMS[program]}")
    return found


def _edit(path: str, line: str | None) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if line and editor:
        goto = Path(shlex.split(editor)[0]).stem in _GOTO
        editor, path = (f"{editor} --goto", f"{path}:{line}") if goto else (f"{editor} +{line}", path)
    click.edit(filename=path, editor=editor)
