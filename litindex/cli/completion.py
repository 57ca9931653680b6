"""Shell completion: what the parameters offer, and `litindex completion SHELL`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litindex.cli import shells
from litindex.cli.options import DEFAULT_INDEX
from litindex.errors import QueryError
from litindex.query import completion as offers
from litindex.query import named
from litindex.query.named import NamedQuery

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_INSTALL = {
    "bash": "litindex completion bash > ~/.local/share/bash-completion/completions/litindex",
    "zsh": "litindex completion zsh > ~/.zfunc/_litindex    (with  fpath+=~/.zfunc  before compinit in ~/.zshrc)",
    "fish": "litindex completion fish > ~/.config/fish/completions/litindex.fish",
    "powershell": "litindex completion powershell >> $PROFILE",
}

Offer = Callable[[Path, str], list[tuple[str, str]]]
Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


@click.command()
@click.argument("shell", required=False, type=click.Choice(shells.SHELLS))
def completion(shell: str | None) -> None:
    """Print the completion script of a shell; without a shell, how to install it.

    Completes commands, options, citekeys, tags, authors and query names.
    """
    if shell is None:
        for name, line in _INSTALL.items():
            click.echo(f"{name:12}{line}")
        return
    click.echo(shells.script(shell), nl=False)


class QueryCommand(click.Command):
    """Offers the parameters of a named query among the options."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        query = _query(ctx)
        names = [f"--{each.name}" for each in query.parameters] if query else []
        own = [_item(name) for name in names if name.startswith(incomplete)]
        return own + super().shell_complete(ctx, incomplete)


def query_words(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of queries, then values of the named one's parameters: of the one before the cursor, else of the first."""
    words = _words(ctx)
    if not words:
        named = _named(ctx)
        return [_item(name, help=each.title) for name, each in named.items() if name.startswith(incomplete)]
    query = _query(ctx)
    parameters = query.parameters if query else ()
    before = [each for each in parameters if f"--{each.name}" == words[-1]]
    offer = [_BY_TYPE[each.type] for each in (before or parameters)[:1] if each.type in _BY_TYPE]
    return _completes(*offer)(ctx, parameter, incomplete)


def _words(ctx: click.Context) -> list[str]:
    return list(ctx.params.get("words") or ())


def _named(ctx: click.Context) -> dict[str, NamedQuery]:
    try:
        return named.load(_index(ctx).with_name("queries"))
    except QueryError:
        return {}


def _query(ctx: click.Context) -> NamedQuery | None:
    words = _words(ctx)
    return _named(ctx).get(named.canonical_name(words[0])) if words else None


def _index(ctx: click.Context) -> Path:
    return Path(ctx.params.get("index") or DEFAULT_INDEX)


def _completes(*offers_: Offer) -> Complete:
    """What a parameter's `shell_complete` wants: everything on offer, each value once, none that would be an option."""

    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        found = dict(pair for offer in offers_ for pair in offer(_index(ctx), incomplete))
        return [_item(value, help=about) for value, about in found.items() if not value.startswith("-")]

    return complete


def _item(value: str, help: str = "") -> CompletionItem:
    from click.shell_completion import CompletionItem  # 12 ms, for nothing unless a shell asks

    return CompletionItem(value, help=help)


_BY_TYPE: dict[str, Offer] = {
    "tag": offers.tags, "author": offers.authors, "citekey": offers.citekeys, "note": offers.note_names
}  # fmt: skip
tags = _completes(offers.tags)
authors = _completes(offers.authors)
types = _completes(offers.types)
statuses = _completes(offers.statuses)
containers = _completes(offers.containers)
folders = _completes(offers.folders)
works = _completes(offers.citekeys, offers.note_names)
