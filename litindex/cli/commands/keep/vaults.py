"""`litindex vaults`: which vaults are known, and the state of their indexes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from litindex.cli.terminal.output import Output, output_options, write_rows
from litindex.cli.vaults import Known, all_vaults, config_folder
from litindex.errors import LitindexError
from litindex.query.named import Row
from litindex.watch import status, status_file

_COLUMNS = ("name", "notes", "works", "state", "daemon", "vault", "index")


@click.command(short_help="The vaults that are known, and the state of their indexes.")
@output_options
def vaults(output: Output) -> None:
    """The vaults that are known by a name, for --vault NAME and --all: those that litindex.toml in your configuration folder
    names, and those that an index was built of here, which are called as their folder.

    \b
      [vaults]
      thesis = "~/Thesis"
      lab = { vault = "/shared/lab", index = "~/lab.db" }
    """
    known = all_vaults()
    if not known:
        click.echo(
            f"No vault is known: litindex build VAULT, or name one in {config_folder() / 'litindex.toml'}", err=True
        )
        return
    write_rows(_COLUMNS, _rows(known), output)


def _rows(known: list[Known]) -> Iterator[Row]:
    for each in known:
        notes, works, state = _state(each.index)
        daemon = status_file.read_pulse(each.index).describe()
        yield each.name, notes, works, state, daemon, str(each.vault), str(each.index)


def _state(index: Path) -> tuple[int | None, int | None, str]:
    if not index.exists():
        return None, None, "not built yet"
    try:
        found = status.read_status(index)
    except LitindexError as error:
        return None, None, str(error)
    return found.totals["notes"], found.totals["works"], found.now
