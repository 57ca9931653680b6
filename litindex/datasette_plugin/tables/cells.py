"""Cells of Datasette's tables and query results: as on pages of ours."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from markupsafe import Markup

from litindex.datasette_plugin.access import vault_of
from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.html import cells
from litindex.datasette_plugin.html.cells import Cell

Shown = Markup | Awaitable[Markup | None] | None


def render(row: Any, value: Any, column: str, table: str | None, datasette: Any, database: str | None) -> Shown:
    """None: as Datasette shows it."""
    site = Site(datasette, str(database))
    if column in (*cells.PATHS, "pdf"):
        return _with_vault(row, value, column, table, datasette, site)
    return cells.render(Cell(value, column, row, table, site))


async def _with_vault(
    row: Any, value: Any, column: str, table: str | None, datasette: Any, site: Site
) -> Markup | None:
    vault = await vault_of(datasette, site.database)
    return cells.render(Cell(value, column, row, table, site, vault))
