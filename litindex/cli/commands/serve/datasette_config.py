"""`litindex datasette-config`: for people who start Datasette themselves."""

from __future__ import annotations

from pathlib import Path

import click

from litindex.cli.options.index import index_option
from litindex.cli.terminal.output import write
from litindex.cli.terminal.screen import escape_lines, on_terminal
from litindex.query import datasette_config as serving
from litindex.query import named


@click.command("datasette-config")
@index_option
def datasette_config(index: Path) -> None:
    """Print the configuration (YAML) with which Datasette shows the index well, and how to start it.

    \b
      litindex datasette-config > datasette.yaml
    """
    config = serving.configuration({index.stem: named.load(index.absolute().parent / "queries")})
    text = _head(index) + serving.to_yaml(config)
    write([escape_lines(text) if on_terminal() else text])


def _head(index: Path) -> str:
    settings = " ".join(f"--setting {name} {value}" for name, value in serving.SETTINGS.items())
    return (
        f"# Datasette 1.0:   datasette {index} --metadata datasette.yaml --config datasette.yaml\n"
        f"# Datasette 0.65:  datasette {index} --metadata datasette.yaml {settings}\n"
        "# Never with -i (immutable) beside a running litindex watch.\n"
    )
