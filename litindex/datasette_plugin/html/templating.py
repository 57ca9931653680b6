"""Templates and style sheets: our own pages, and the heading that Datasette's pages of an index get.

Datasette looks for `table-NAME-…`, `row-NAME-…`, `query-NAME-…` and `database-NAME` before its own templates; for an
index those are made here, unless the user has some of his own.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound

from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.detect import index_names
from litindex.datasette_plugin.html.snippets import FILTERS
from litindex.datasette_plugin.security import STRICT_POLICY

_FOLDER = Path(__file__).parents[1] / "markup"  # Datasette would take "templates" for its own
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
    made.filters.update(FILTERS)
    return made


def respond(
    datasette: Any, template: str, site: Site, status: int = 200, policy: str = STRICT_POLICY, **values: Any
) -> Any:
    """A page of ours, under the strict policy unless it has a script of ours, which its own policy names."""
    from datasette import Response

    html = (
        environment()
        .get_template(template)
        .render(
            site=site,
            here="",
            styles=[style_url(datasette, name) for name in ("common.css", "page.css")],
            **values,
        )
    )
    headers = {"content-security-policy": policy, "cache-control": "no-cache"}
    return Response.html(html, status=status, headers=headers)


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

# ---------------------------------------------------------------------- style sheets

_STATIC = Path(__file__).parents[1] / "static"


@cache
def style(name: str) -> str:
    """The text of a style sheet. KeyError: there is none of that name."""
    if name not in {file.name for file in _STATIC.glob("*.css")}:
        raise KeyError(name)
    return (_STATIC / name).read_text(encoding="utf-8")


@cache
def _version(name: str) -> str:
    return hashlib.sha256(style(name).encode()).hexdigest()[:12]


def style_url(datasette: Any, name: str) -> str:
    """Where the browser gets it; may be kept forever."""
    return str(datasette.urls.path(f"/-/litindex/{name}?{_version(name)}"))
