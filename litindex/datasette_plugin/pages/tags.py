"""All tags: ml above ml/genAI, with the works and notes of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from litindex.datasette_plugin.kept import kept
from litindex.datasette_plugin.pages import tag_tree
from litindex.datasette_plugin.pages.arguments import Arguments
from litindex.datasette_plugin.pages.tag_tree import Tag, is_below

MOST = 400
_MOST_OF_ZOTERO = 120


def load(connection: sqlite3.Connection, arguments: Arguments) -> dict[str, Any]:
    """Values for the page: the tree, or what of it is below `under`; where it is too large only its first levels."""
    under = arguments.one("under").strip("/#")
    tags = kept(connection, tag_tree.load)
    chosen = [tag for tag in tags if is_below(tag.name, under)]
    shown = _fitting(chosen)
    zotero = () if under else kept(connection, tag_tree.load, None, "zotero")
    return {
        "under": under,
        "total": len(tags),
        "tags": shown,
        "more": len(chosen) - len(shown),
        "base": under.count("/") if under else 0,
        "zotero": sorted(zotero, key=lambda tag: -tag.works)[:_MOST_OF_ZOTERO],
    }


def _fitting(tags: Sequence[Tag]) -> Sequence[Tag]:
    """As many levels as fit on a page; of a first level that does not, the tags with most notes."""
    for depth in range(max((tag.depth for tag in tags), default=0), -1, -1):
        fitting = [tag for tag in tags if tag.depth <= depth]
        if len(fitting) <= MOST:
            return fitting
    most = {tag.name for tag in sorted(tags, key=lambda tag: -tag.notes)[:MOST]}
    return [tag for tag in tags if tag.name in most]
