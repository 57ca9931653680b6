"""`litindex man`: manual pages, from what `--help` says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from litindex.cli.commands import COMMANDS, SECTIONS
from litindex.version import __version__

_ENVIRONMENT = [
    ("LITINDEX_DB", "The index, where --db names none."),
    ("LITINDEX_DATA", "The folder of indexes and of the register that finds them, instead of the user's data folder."),
    ("LITINDEX_JOBS", "How many processes litindex build reads notes with."),
    ("LITINDEX_PAGER, PAGER", "What shows long text on a terminal; empty or cat: nothing. Default: less."),
    ("NO_COLOR", "No colours, where it is not empty."),
    ("VISUAL, EDITOR", "What litindex open --in editor starts."),
]
_EXIT_STATUS = [
    ("0", "Done."),
    ("1", "Done but for what is named on standard error, or nothing was found."),
    ("2", "Wrong usage: an option, a value or a name that there is not."),
    ("3", "The index or the vault cannot be used."),
    ("130", "Stopped by Ctrl-C."),
]


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def man(context: click.Context, folder: Path) -> None:
    """Write the manual pages to FOLDER: litindex(1), and a page for each command.

    \b
      litindex man ~/.local/share/man/man1
      man litindex-search
    """
    folder.mkdir(parents=True, exist_ok=True)
    root = context.find_root()
    for name, text in pages(root):
        (folder / f"{name}.1").write_text(text, "utf-8")
    click.echo(f"{len(COMMANDS) + 1} pages in {folder}: man litindex, man litindex-search …", err=True)


def pages(root: click.Context) -> Iterator[tuple[str, str]]:
    """(name, page) of the program and of each command."""
    group = root.command
    assert isinstance(group, click.Group)
    commands = [(f"litindex-{name}(1)", line) for name, (_, line) in COMMANDS.items()]
    yield "litindex", _page(root, "The literature index for Obsidian vaults.", [
        *(part for title, names in SECTIONS.items()
          for part in _list(title, [pair for pair, name in zip(commands, COMMANDS, strict=True) if name in names])),
        *_list("Environment", _ENVIRONMENT), *_list("Exit status", _EXIT_STATUS),
    ])  # fmt: skip
    for name, (_, line) in COMMANDS.items():
        command = group.get_command(root, name)
        assert command
        context = click.Context(command, info_name=name, parent=root)
        yield f"litindex-{name}", _page(context, line, [".SH SEE ALSO", r"\fBlitindex\fP(1)"])


def _page(context: click.Context, line: str, more: Sequence[str]) -> str:
    command = context.command
    name = context.command_path.replace(" ", "-")
    usage = " ".join(command.collect_usage_pieces(context))
    options = [each.get_help_record(context) for each in command.get_params(context) if isinstance(each, click.Option)]
    return "\n".join([
        f'.TH "{_safe(name.upper())}" 1 "" "litindex {__version__}"',
        ".SH NAME", rf"{_safe(name)} \- {_safe(line.rstrip('.'))}",
        ".SH SYNOPSIS", rf"\fB{_safe(context.command_path)}\fP {_safe(usage)}",
        ".SH DESCRIPTION", *_paragraphs(command.help or ""), *_paragraphs(command.epilog or ""),
        *_list("Options", filter(None, options)), *more, "",
    ])  # fmt: skip


def _list(title: str, entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f".SH {title.upper()}"
    for term, meaning in entries:
        yield from (".TP", rf"\fB{_safe(term)}\fP", _safe(meaning))


def _paragraphs(text: str) -> Iterator[str]:
    """Running text; what stands behind a \\b keeps its lines, as in `--help`."""
    for paragraph in filter(None, re.split(r"\n\s*\n", text.strip())):
        lines = paragraph.splitlines()
        if lines[0].strip() == "\b":
            yield from (".PP", ".nf", *map(_safe, lines[1:]), ".fi")
        else:
            yield from (".PP", *(_safe(line.strip()) for line in lines))


def _safe(text: str) -> str:
    """Nothing that roff would obey."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
