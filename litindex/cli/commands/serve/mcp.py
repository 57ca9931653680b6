"""`litindex mcp`: the index for agents."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from litindex.cli.options.index import index_option
from litindex.errors import LitindexError


@click.command()
@index_option
def mcp(index: Path) -> None:
    """Let agents ask the index: a server of the Model Context Protocol on stdin and stdout, started by the agent's
    program.

    \b
      claude mcp add litindex -- litindex mcp --db ~/litindex.db

    It only reads. It shows the live index: what `litindex watch` or `litindex build` changes is in the next answer.
    """
    if not find_spec("mcp"):
        raise LitindexError("the MCP SDK is not installed here: pip install 'obsidian-litindex[mcp]'")
    from litindex.mcp.server import serve

    serve(index)
