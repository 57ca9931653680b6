"""Facets and filters over the JSON arrays `creators` and `tags` of `works`, made fast.

Datasette's own array facet copies every row for each of its items: 1.3 s for tags and 4 s for creators of 30,000
works, where counting the items takes 0.05 and 0.1 s. Its filter (`?tags__arraycontains=ml`) reads the array of every
work for each facet again: what the filter finds is therefore looked up in the normalized tables first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.filters import FilterArguments
from datasette.utils import escape_sqlite, path_with_added_args, path_with_removed_args

from litindex.text_keys import name_key, text_key

COUNT = """
select item.value as value, count(*) as count
from ({sql}) as listed, json_each(listed.{column}) as item
group by item.value
order by count desc, value
limit {limit}
"""
TAGGED = """works.note_id in (
  select note_id from note_tags where tag_id in (select id from tags where tag_key = :{0}))"""
WRITTEN = """works.note_id in (
  select note_id from note_authors where author_id in (select id from authors where name_key = :{0}))"""
_LOOK_UPS: dict[str, tuple[str, Callable[[str], str]]] = {
    "tags__arraycontains": (TAGGED, text_key),
    "creators__arraycontains": (WRITTEN, name_key),
}


def narrow(request: Any) -> FilterArguments:
    """What `works` are filtered by besides Datasette's own condition: more than it finds, by an index."""
    clauses, params = [], {}
    for argument, (clause, key) in _LOOK_UPS.items():
        for at, value in enumerate(request.args.getlist(argument)):
            name = f"litindex_{argument.partition('_')[0]}_{at}"
            clauses.append(clause.format(name))
            params[name] = key(value)
    return FilterArguments(clauses, params)


class NamesFacet(Facet):  # type: ignore[misc]
    """`{"names": "tags"}` in the configuration of a table, `?_facet_names=tags` in an address."""

    type = "names"

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        results, timed_out = [], []
        for entry in self.get_configs():
            column = entry["config"].get("column") or entry["config"]["simple"]
            try:
                results.append(await self._facet(column, hideable=entry["source"] != "metadata"))
            except QueryInterrupted:
                timed_out.append(column)
        return results, timed_out

    async def _facet(self, column: str, hideable: bool) -> dict[str, Any]:
        size = self.get_facet_size()
        rows = await self._count(column, size + 1)
        without = path_with_removed_args(self.request, {"_facet_names": column})
        return {
            "name": column,
            "type": "column",  # what the page writes behind the name where it is another
            "hideable": hideable,
            "toggle_url": self.ds.urls.path(without),
            "results": [self._choice(column, row["value"], row["count"]) for row in rows[:size]],
            "truncated": len(rows) > size,
        }

    async def _count(self, column: str, limit: int) -> list[Any]:
        counted = await self.ds.execute(
            self.database,
            COUNT.format(sql=self.sql, column=escape_sqlite(column), limit=limit),
            self.params,
            truncate=False,
            custom_time_limit=self.ds.setting("facet_time_limit_ms"),
        )
        return list(counted.rows)

    def _choice(self, column: str, value: str, count: int) -> dict[str, Any]:
        argument = {f"{column}__arraycontains": value}
        selected = (f"{column}__arraycontains", value) in self.get_querystring_pairs()
        change = path_with_removed_args if selected else path_with_added_args
        toggled = self.ds.absolute_url(self.request, self.ds.urls.path(change(self.request, argument)))
        return {"value": value, "label": value, "count": count, "toggle_url": toggled, "selected": selected}
