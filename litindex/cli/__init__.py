"""The command line. Each command lives in a module of its own, imported only when it is called: `--help` stays fast."""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

import click

from litindex.cli.commands import COMMANDS, SECTIONS, TWO_WORDS
from litindex.errors import LitindexError
from litindex.version import __version__, is_compiled

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class _ExpectedTrouble(click.ClickException):
    """One line on stderr, and the exit code that belongs to it."""

    def __init__(self, error: LitindexError) -> None:
        super().__init__(str(error))
        self.exit_code = error.exit_code  # type: ignore[misc]

    def show(self, file: IO[Any] | None = None) -> None:
        from litindex.cli.terminal.screen import escape

        click.echo(f"Error: {escape(self.message)}", err=True)


class LazyGroup(click.Group):
    """Imports a command's module when the command is called."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **more: Any) -> Any:
        """Answers the completion script of a shell instead, where it asks."""
        if shell := os.environ.get("_LITINDEX_COMPLETE"):
            from litindex.cli import shells

            click.echo(shells.answer(self, shell, sys.argv[1:] if args is None else args).encode(), nl=False)
            sys.exit(0)
        _open_closed_streams()
        try:
            return super().main(args, *others, **more)
        except OSError as error:  # of help and usage, which are written before a command is called
            _ExpectedTrouble(LitindexError(f"the system does not let us work: {error}")).show()
            sys.exit(LitindexError.exit_code)
        finally:
            _write_what_is_left()

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(f"litindex.cli.commands.{module}"), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from litindex.query.suggestions import did_you_mean

            ctx.fail(f"No such command {args[0]!r}{did_you_mean(args[0], COMMANDS)}.")
        if other := TWO_WORDS.get(tuple(args[:2])):
            args = [other, *args[2:]]
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names and lines of the table, without importing the commands."""
        from click.shell_completion import CompletionItem

        names = [name for name in COMMANDS if name.startswith(incomplete)]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [CompletionItem(name, help=COMMANDS[name][1]) for name in names] + options

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, COMMANDS))
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), line) for name, (_, line) in commands.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LitindexError as error:
            raise _ExpectedTrouble(error) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # nobody reads our output: click ends quietly
                raise
            raise _ExpectedTrouble(LitindexError(f"the system does not let us work: {error}")) from error


_VERSION_HELP = "Show the version and exit."


def _tell_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    """Says also whether the parser is compiled."""
    if is_asked:
        click.echo(f"litindex, version {__version__} ({'compiled' if is_compiled() else 'pure Python'})")
        context.exit()


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--db", "index", metavar="PATH", help="The index file, for any command.")
@click.option("--vault", metavar="NAME", help="The index of the vault of that name, for any command (litindex vaults).")
@click.option("--no-pager", is_flag=True, help="Long text at once, not a screen at a time (LITINDEX_PAGER, PAGER).")
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_tell_version, help=_VERSION_HELP)
@click.pass_context
def main(context: click.Context, index: str | None, vault: str | None, no_pager: bool) -> None:
    """The literature index for Obsidian vaults: a normalized SQLite database of your notes, kept up to date.

    litindex only ever reads a vault. The index is what --db, --vault or LITINDEX_DB say, else litindex.db in the current folder,
    else the one that was built of the vault you stand in, else the only one that was built. Without a command: what there
    is, and what to do next.
    """
    _speak_utf8()
    if context.invoked_subcommand is None:
        from litindex.cli import overview

        overview.tell(index, vault)


def _open_closed_streams() -> None:
    """A stream that was closed before we began (`>&-`) is None, and its number would be given to the next file."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.BytesIO(), "utf-8"))


def _write_what_is_left() -> None:
    """Python would tell of a stream that takes no more only after our end, with a traceback."""
    for stream in sys.stdout, sys.stderr:
        try:
            stream.flush()
        except OSError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _speak_utf8() -> None:
    """Whatever the locale says (FAULTS P6); what UTF-8 cannot say is escaped, it is no error (N6)."""
    for stream in sys.stdout, sys.stderr:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
