"""A Datasette plugin that shows a litindex index well: readable cells, pages for works and notes, ranked search.

It loads in every Datasette of its environment, so it imports nothing heavy here, and it acts only on databases that
bear our application_id. Works with Datasette 0.65 and 1.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette import hookimpl

from litindex.datasette_plugin.detect import index_names, is_ours


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    from litindex.datasette_plugin.security import Guard

    return lambda app: Guard(app, datasette)


@hookimpl(trylast=True)  # other plugins may still have to run statements of their own
def prepare_connection(conn: Any, database: str, datasette: Any) -> None:
    if is_ours(datasette, database):
        from litindex.index.authorizer import restrict

        restrict(conn)


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    from litindex.datasette_plugin.tables.frame import add_templates

    add_templates(env, datasette)


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str | None, datasette: Any) -> Any:
    if value is None or not is_ours(datasette, database):
        return None
    from litindex.datasette_plugin.tables.cells import render

    return render(row, value, column, table, datasette, database)


@hookimpl
def register_facet_classes() -> list[Any]:
    from litindex.datasette_plugin.tables.facets import NamesFacet

    return [NamesFacet]


@hookimpl
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> Any:
    if table != "works" or not is_ours(datasette, database):
        return None
    from litindex.datasette_plugin.tables.facets import narrow

    return narrow(request)


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    from litindex.datasette_plugin.routes import ROUTES

    return ROUTES


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    return [
        {"href": f"{datasette.urls.database(name)}/-/library", "label": f"{name}: the library"}
        for name in index_names(datasette)
    ]
