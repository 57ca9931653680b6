"""`litindex serve`: the index in a browser."""

from __future__ import annotations

import socket
import tempfile
from importlib import metadata
from pathlib import Path

import click

from litindex.cli import vaults
from litindex.cli.options.index import all_option, index_option
from litindex.cli.terminal.screen import escape
from litindex.errors import LitindexError
from litindex.index import database
from litindex.query import datasette_config as serving
from litindex.query import named


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0: any that is free.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@all_option("All the vaults that `litindex vaults` lists and that have an index.")
@index_option
def serve(index: Path, everywhere: bool, port: int, open_browser: bool) -> None:
    """Browse the index: search, works, highlights, questions. For this machine only; stop it with Ctrl-C.

    It shows the live index: what `litindex watch` or `litindex build` changes is there when you reload.
    """
    indexes = [found for _, found in vaults.across(_checked)] if everywhere else [_checked(index)]
    version = _datasette_version()
    port = _free(port)
    questions = [named.load(each.absolute().parent / "queries") for each in indexes]
    config = serving.configuration(dict(zip(serving.database_names(indexes), questions, strict=True)))
    with tempfile.TemporaryDirectory(prefix="litindex-") as folder:
        file = Path(folder) / "datasette.yaml"
        file.write_text(serving.to_yaml(config), encoding="utf-8")
        click.echo(f"http://127.0.0.1:{port}/ shows {escape(', '.join(map(str, indexes)))} (Ctrl-C ends it)")
        _run(serving.arguments(indexes, file, port, version, open_browser=open_browser))


def _checked(index: Path) -> Path:
    """IndexFileError: it cannot be read."""
    database.open_readonly(index).close()
    return index


def _datasette_version() -> str:
    try:
        import markdown_it  # noqa: F401

        return metadata.version("datasette")
    except (ImportError, metadata.PackageNotFoundError):
        raise LitindexError("Datasette is not installed here: pip install datasette markdown-it-py") from None


def _free(port: int) -> int:
    """The port, or any that is free for 0. Datasette would say that it is taken only after its own start, and less clearly."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise LitindexError(f"port {port} cannot be used ({error.strerror}): choose another with --port") from error
        return int(probe.getsockname()[1])


def _run(arguments: list[str]) -> None:
    import uvicorn.config
    from datasette.cli import cli
    from datasette.plugins import pm

    from litindex import datasette_plugin

    for handler in uvicorn.config.LOGGING_CONFIG["handlers"].values():
        handler["level"] = "WARNING"  # the address is told already, and each page that is asked for is no news
    if not pm.is_registered(datasette_plugin):  # a checkout that is not installed has no entry point
        pm.register(datasette_plugin, name="litindex")
    cli.main(arguments, prog_name="datasette", standalone_mode=False)
