"""The front page where several indexes are open: what each holds, and the way in."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any

from litindex.datasette_plugin.access import read
from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.pages.library import ago, name_of

META = "SELECT key, value FROM meta WHERE key IN ('vault', 'indexed_at')"
TOTALS = """
SELECT (SELECT count(*) FROM works), (SELECT count(*) FROM annotations), (SELECT count(*) FROM authors),
       (SELECT count(*) FROM notes)
"""
_WHAT = ("works", "highlights", "people", "notes")


async def load(datasette: Any, names: list[str], now: datetime) -> list[dict[str, Any]]:
    """For each index: its addresses, the name of its vault, how fresh it is and what it holds."""
    return [await _describe(datasette, Site(datasette, name), now) for name in names]


async def _describe(datasette: Any, site: Site, now: datetime) -> dict[str, Any]:
    def ask(connection: sqlite3.Connection) -> tuple[dict[str, str], tuple[int, ...]]:
        return dict(connection.execute(META)), tuple(connection.execute(TOTALS).fetchone())

    meta, totals = await read(datasette, site.database, ask)
    vault = str(meta.get("vault", ""))
    return {
        "site": site,
        "name": name_of(vault),
        "vault": vault,
        "fresh": ago(str(meta.get("indexed_at", "")), now.astimezone()),
        "totals": list(zip(_WHAT, totals, strict=True)),
    }
