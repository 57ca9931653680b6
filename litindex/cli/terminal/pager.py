"""Long text on a terminal, a screen at a time, as git shows it: LITINDEX_PAGER, PAGER, else less."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

import click

from litindex.cli.terminal.screen import cell_width, on_terminal


def show(pieces: Iterable[str], *, wide: bool = False) -> None:
    """Text to stdout as it comes; on a terminal to a pager what its screen cannot hold. Lines that are too `wide` are not
    broken: the pager moves sideways.
    """
    command = _command() if on_terminal() else None
    if not command:
        _write(pieces)
        return
    if wide:
        _page(command, pieces, less="RSX")
        return
    rest = iter(pieces)
    beginning, is_full = _screenful(rest)
    if is_full:
        _page(command, itertools.chain(beginning, rest), less="FRX")
    else:
        _write(beginning)


def _screenful(pieces: Iterator[str]) -> tuple[list[str], bool]:
    """The pieces until the screen is full, a line kept for the prompt, and whether they filled it."""
    columns, room = shutil.get_terminal_size()
    beginning: list[str] = []
    for piece in pieces:
        beginning.append(piece)
        room -= sum(1 + max(cell_width(line) - 1, 0) // columns for line in piece.split("\n")) - 1
        if room < 1:
            return beginning, True
    return beginning, False


def _command() -> str | None:
    """What pages, by the shell; None where nothing is to, or can."""
    context = click.get_current_context(silent=True)
    if os.environ.get("TERM") == "dumb" or (context and context.find_root().params.get("no_pager")):
        return None
    named = os.environ.get("LITINDEX_PAGER", os.environ.get("PAGER"))
    if named is None:
        return "less" if shutil.which("less") else None
    return named if named not in ("", "cat") else None


def _write(pieces: Iterable[str]) -> None:
    for piece in pieces:
        sys.stdout.write(piece)
    sys.stdout.flush()


def _page(command: str, pieces: Iterable[str], less: str) -> None:
    """Until all is written, or the reader has seen enough. Ctrl-C is the pager's. `less`: what less does where nobody told
    it, as git has it: F ends where one screen is enough, R obeys colours, X leaves the text there, S breaks no lines.
    """
    pager = subprocess.Popen(
        command,
        shell=True,
        stdin=subprocess.PIPE,
        env={"LESS": less, "LV": "-c"} | os.environ,
        encoding="utf-8",
        errors="backslashreplace",
    )
    assert pager.stdin
    try:
        for piece in pieces:
            pager.stdin.write(piece)
    except (BrokenPipeError, KeyboardInterrupt):
        pass
    finally:
        with suppress(OSError):
            pager.stdin.close()
        _wait(pager)


def _wait(pager: subprocess.Popen[str]) -> None:
    while pager.returncode is None:
        with suppress(KeyboardInterrupt):
            pager.wait()
