"""What Datasette 0.65 and 1.0 call by different names."""

from __future__ import annotations

from typing import Any, NamedTuple

from litindex.datasette_plugin.detect import is_ours
from litindex.query.datasette_config import FILL_IN


class Question(NamedTuple):
    """A stored query, as a person reads it."""

    name: str
    title: str
    description: str


async def permit(datasette: Any, actor: Any, name: str) -> None:
    """datasette.NotFound: no index of that name. datasette.Forbidden: the person may not see its notes."""
    from datasette import NotFound

    if not is_ours(datasette, name):
        raise NotFound(f"no index: {name}")
    if hasattr(datasette, "ensure_permissions"):  # 0.65
        await datasette.ensure_permissions(
            actor, [("view-table", (name, "notes")), ("view-database", name), "view-instance"]
        )
        return
    from datasette.resources import TableResource

    await datasette.ensure_permission(
        action="view-table", resource=TableResource(database=name, table="notes"), actor=actor
    )


async def questions(datasette: Any, name: str, actor: Any) -> list[Question]:
    """The stored queries of the index that the person may run, by title; none where Datasette was not given any."""
    if hasattr(datasette, "get_canned_queries"):  # 0.65
        found = (await datasette.get_canned_queries(name, actor)).values()
        stored = [(each["name"], each.get("title"), each.get("description")) for each in found]
    else:
        page = await datasette.list_queries(name, actor=actor, limit=100)
        stored = [(each.name, each.title, each.description) for each in page.queries]
    asked = (Question(key, title or key, (about or "").partition(FILL_IN)[0]) for key, title, about in stored)
    return sorted(asked, key=lambda question: question.title.casefold())
