"""Callouts (S3, S4): each is a block quote that knows its first line (`Node.callout`)."""

from __future__ import annotations

from typing import Final, NamedTuple

from litindex.models import Callout
from litindex.parser.markdown.blocks import CalloutHead, Document, Node

_CANONICAL: Final = {
    alias: canonical
    for canonical, aliases in {
        "note": "", "abstract": "summary tldr", "info": "", "todo": "", "tip": "hint important", "success": "check done",
        "question": "help faq", "warning": "caution attention", "failure": "fail missing", "danger": "error", "bug": "",
        "example": "", "quote": "cite",
    }.items()
    for alias in [canonical, *aliases.split()]
}  # fmt: skip


def canonical_type(written: str) -> str | None:
    """Which of Obsidian's own types that is (`summary` is an `abstract`); None: one of the user's."""
    return _CANONICAL.get(written)


class CalloutBlock(NamedTuple):
    """A callout: the block quote, and what its first line says."""

    node: Node
    head: CalloutHead


def find_callouts(document: Document) -> list[CalloutBlock]:
    """The callouts in reading order."""
    return [CalloutBlock(node, node.callout) for node in document.containers if node.callout is not None]


def callout_around(node: Node) -> Node | None:
    """The nearest callout around a node."""
    around = node.quote
    while around is not None and around.callout is None:
        around = around.quote
    return around


def callout_rows(callouts: list[CalloutBlock]) -> tuple[Callout, ...]:
    """The rows; `parent` is the place among them of the callout around."""
    rows: list[Callout] = []
    open_callouts: list[tuple[Node, int]] = []
    for number, (node, head) in enumerate(callouts):
        around = callout_around(node)
        while open_callouts and open_callouts[-1][0] is not around:
            open_callouts.pop()
        parent = open_callouts[-1][1] if open_callouts else None
        open_callouts.append((node, number))
        canonical, title = canonical_type(head.type), head.title or None
        rows.append(
            Callout(parent, node.depth, head.type, canonical, head.metadata, title, head.fold, node.start, node.end)
        )
    return tuple(rows)
