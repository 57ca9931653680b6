"""What a shell is offered where it completes an option or argument."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litindex.cli.options.index import DEFAULT_INDEX
from litindex.errors import QueryError
from litindex.query import completion, named
from litindex.query.named import NamedQuery

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Offer = Callable[[Path, str], list[tuple[str, str]]]
Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


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


def _completes(*offers: Offer) -> Complete:
    """What a parameter's `shell_complete` wants: everything on offer, each value once, none that would be an option."""

    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        found = dict(pair for offer in offers for pair in offer(_index(ctx), incomplete))
        return [_item(value, help=about) for value, about in found.items() if not value.startswith("-")]

    return complete


def _item(value: str, help: str = "") -> CompletionItem:
    from click.shell_completion import CompletionItem  # 12 ms, for nothing unless a shell asks

    return CompletionItem(value, help=help)


_BY_TYPE: dict[str, Offer] = {
    "tag": completion.tags, "author": completion.authors, "citekey": completion.citekeys, "note": completion.note_names
}  # fmt: skip
tags = _completes(completion.tags)
authors = _completes(completion.authors)
types = _completes(completion.types)
statuses = _completes(completion.statuses)
containers = _completes(completion.containers)
folders = _completes(completion.folders)
works = _completes(completion.citekeys, completion.note_names)
