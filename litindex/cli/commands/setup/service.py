"""`litindex service`: runs `watch` in the background, from login on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from litindex.cli.options.index import index_option
from litindex.index.file import index_file
from litindex.watch.service_files import Service


@click.command(short_help="Run `watch` in the background, from login on.")
@click.argument("vault", required=False, type=click.Path(path_type=Path))
@index_option
@click.option(
    "--for", "keeper", type=click.Choice(["systemd", "launchd"]), help="What keeps services here (default: as usual)."
)
def service(vault: Path | None, index: Path, keeper: str | None) -> None:
    """Print a service file for this vault and index, with the commands that enable it: a systemd user unit on Linux, a
    launchd agent on macOS. Nothing is installed.
    """
    keeper = keeper or {"linux": "systemd", "darwin": "launchd"}.get(sys.platform)
    if keeper is None:
        raise click.UsageError(
            "there is no service file for this system: start `litindex watch` at login by other means"
        )
    root = Path(os.path.realpath(vault or index_file.vault_of(index)))
    made = Service(root, Path(os.path.abspath(index)))
    click.echo(made.systemd() if keeper == "systemd" else made.launchd(), nl=False)
