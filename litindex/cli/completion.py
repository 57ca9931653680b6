"""Shell completion: what the parameters offer, and `litindex completion SHELL`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class, get_completion_class

from litindex import completion as offers
from litindex import queries
from litindex.cli.options import DEFAULT_INDEX
from litindex.errors import QueryError

_INSTALL = {
    "bash": "litindex completion bash > ~/.local/share/bash-completion/completions/litindex",
    "zsh": "litindex completion zsh > ~/.zfunc/_litindex    (with  fpath+=~/.zfunc  before compinit in ~/.zshrc)",
    "fish": "litindex completion fish > ~/.config/fish/completions/litindex.fish",
    "powershell": "litindex completion powershell >> $PROFILE",
}

_SPECIAL = re.compile(r"[^\w@%+=:,./#-]")

Offer = Callable[[Path, str], list[tuple[str, str]]]
Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


@add_completion_class
class _QuotingBash(BashComplete):
    """click hands bash a value with spaces as several words."""

    name = "bash"

    def format_completion(self, item: CompletionItem) -> str:
        quoted = _SPECIAL.sub(r"\\\g<0>", item.value)
        return f"{item.type},{quoted}"


@click.command()
@click.argument("shell", required=False, type=click.Choice(list(_INSTALL)))
@click.pass_context
def completion(ctx: click.Context, shell: str | None) -> None:
    """Print the completion script of a shell; without a shell, how to install it.

    Completes commands, options, citekeys, tags, authors and query names.
    """
    if shell is None:
        for name, line in _INSTALL.items():
            click.echo(f"{name:12}{line}")
        return
    kind = get_completion_class(shell)
    if kind is None:
        raise QueryError(f"completion in {shell} needs a newer click: pip install -U click")
    root = ctx.find_root()
    click.echo(kind(root.command, {}, "litindex", "_LITINDEX_COMPLETE").source())


def query_words(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of queries, then the options of the named one and their values."""
    words = list(ctx.params.get("words") or ())
    try:
        named = queries.load(_index(ctx).with_name("queries"))
    except QueryError:
        return []
    if not words:
        return [CompletionItem(name, help=each.title) for name, each in named.items() if name.startswith(incomplete)]
    query = named.get(queries.canonical_name(words[0]))
    if query is None:
        return []
    option = words[-1].removeprefix("--")
    kinds = {each.name: each.type for each in query.parameters}
    if words[-1].startswith("--") and option in kinds:
        return _items(_BY_TYPE.get(kinds[option]), ctx, incomplete)
    if incomplete.startswith("-"):
        return [CompletionItem(f"--{name}") for name in kinds if f"--{name}".startswith(incomplete)]
    return _items(_BY_TYPE.get(query.parameters[0].type) if query.parameters else None, ctx, incomplete)


def _completes(*some: Offer) -> Complete:
    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [item for offer in some for item in _items(offer, ctx, incomplete)]

    return complete


def _items(offer: Offer | None, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    if offer is None:
        return []
    return [CompletionItem(value, help=about) for value, about in offer(_index(ctx), incomplete.strip("\"'"))]


def _index(ctx: click.Context) -> Path:
    return Path(ctx.params.get("index") or DEFAULT_INDEX)


_BY_TYPE: dict[str, Offer] = {
    "tag": offers.tags, "author": offers.authors, "citekey": offers.citekeys, "note": offers.note_names
}  # fmt: skip
tags = _completes(offers.tags)
authors = _completes(offers.authors)
works = _completes(offers.citekeys, offers.note_names)
