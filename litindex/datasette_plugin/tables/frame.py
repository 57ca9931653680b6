"""The frame of Datasette's own pages of an index: the same as that of ours.

Datasette looks for `table-NAME-…`, `row-NAME-…`, `query-NAME-…`, `database-NAME` and `404.html` before its own templates;
for an index those are ours, unless the user has some of his own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, TemplateNotFound

from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.detect import index_names, only_index, shown_names
from litindex.datasette_plugin.html import templating
from litindex.datasette_plugin.html.headings import heading
from litindex.datasette_plugin.tables.columns import is_shown
from litindex.query import schema_words

_KINDS = ("_table", "database", "query", "row", "table")
_ERRORS = ("400.html", "403.html", "404.html", "500.html", "503.html")
_OURS = "litindex/"


def add_templates(env: Any, datasette: Any) -> None:
    """Give Datasette's environment our templates, behind all that it has."""
    env.globals["litindex_frame"] = lambda database=None: _frame(datasette, database)
    env.globals["litindex_heading"] = heading
    env.globals["litindex_meaning"] = _meaning
    env.globals["litindex_shown"] = is_shown
    env.loader = ChoiceLoader([env.loader, _Templates(datasette)])


def _frame(datasette: Any, database: str | None) -> dict[str, Any]:
    name = database or only_index(datasette)
    return templating.frame(datasette, Site(datasette, name) if name else None)


@cache
def _tables() -> dict[str, schema_words.Table]:
    return schema_words.tables()


def _meaning(table: str) -> str:
    """What a table or view holds, in the words of the migration that made it."""
    described = _tables().get(table)
    return described.meaning if described else ""


class _Templates(BaseLoader):
    def __init__(self, datasette: Any) -> None:
        self._datasette = datasette

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, None]:
        file = self._file(template)
        if file is None:
            raise TemplateNotFound(template)
        return file.read_text("utf-8"), None, None

    def list_templates(self) -> list[str]:
        """Datasette looks here for pages of a user's own."""
        return []

    def _file(self, template: str) -> Path | None:
        if template.startswith(_OURS):
            return templating.MARKUP / template.removeprefix(_OURS)
        if template in _ERRORS:
            return templating.MARKUP / "datasette" / "error.html" if self._shows_only_indexes() else None
        kind, _, rest = template.removesuffix(".html").partition("-")
        return (
            templating.MARKUP / "datasette" / f"{kind}.html" if kind in _KINDS and self._is_of_an_index(rest) else None
        )

    def _shows_only_indexes(self) -> bool:
        return index_names(self._datasette) == shown_names(self._datasette) != []

    def _is_of_an_index(self, rest: str) -> bool:
        from datasette.utils import to_css_class

        names = [to_css_class(name) for name in index_names(self._datasette)]
        return any(rest == name or rest.startswith(f"{name}-") for name in names)
