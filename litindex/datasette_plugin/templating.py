"""Templates: our own pages, and the heading that Datasette's pages of an index get.

Datasette looks for `table-NAME-…`, `row-NAME-…`, `query-NAME-…` and `database-NAME` before its own templates; for an
index those are made here, unless the user has some of his own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound

from litindex.datasette_plugin import filters
from litindex.datasette_plugin.detect import index_names
from litindex.datasette_plugin.links import Site

_FOLDER = Path(__file__).with_name("markup")  # Datasette would take "templates" for its own
_KINDS = ("database", "query", "row", "table")


@cache
def environment() -> Environment:
    """For pages of ours: escapes everything that is not markup already, and knows no missing name."""
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters.FILTERS)
    return made


def add_templates(env: Any, datasette: Any) -> None:
    """Give Datasette's environment our headings, behind all that it has."""
    env.globals["litindex_site"] = lambda database: Site(datasette, database)
    env.loader = ChoiceLoader([env.loader, _Headings(datasette)])


class _Headings(BaseLoader):
    def __init__(self, datasette: Any) -> None:
        self._datasette = datasette

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, None]:
        if template == "litindex_nav.html":
            return (_FOLDER / "nav.html").read_text("utf-8"), None, None
        kind, _, rest = template.removesuffix(".html").partition("-")
        if kind in _KINDS and self._is_of_an_index(rest):
            return _HEADING.replace("KIND", kind), None, None
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        """Datasette looks here for pages of a user's own."""
        return []

    def _is_of_an_index(self, rest: str) -> bool:
        from datasette.utils import to_css_class

        names = [to_css_class(name) for name in index_names(self._datasette)]
        return any(rest == name or rest.startswith(f"{name}-") for name in names)


_HEADING = """{% extends "KIND.html" %}
{% block nav %}
{% set site = litindex_site(database) %}{% set here = table or canned_query or stored_query or "KIND" %}
{% include "litindex_nav.html" %}
{{ super() }}
{% endblock %}
"""
