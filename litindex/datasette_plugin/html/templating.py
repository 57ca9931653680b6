"""Templates, style sheets and the script of our pages, and the policy that they are sent under."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.html.snippets import FILTERS
from litindex.datasette_plugin.security import STRICT_POLICY

MARKUP = Path(__file__).parents[1] / "markup"  # Datasette would take "templates" for its own
_STATIC = Path(__file__).parents[1] / "static"


@cache
def environment() -> Environment:
    """For pages of ours: escapes everything that is not markup already, and knows no missing name."""
    made = Environment(
        loader=FileSystemLoader(MARKUP),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    return made


def respond(datasette: Any, template: str, site: Site | None, status: int = 200, **values: Any) -> Any:
    """A page of ours, which runs no script but the one of ours; `site` is None where it belongs to no single index."""
    from datasette import Response

    html = environment().get_template(template).render(**frame(datasette, site), **values)
    headers = {"content-security-policy": policy(), "cache-control": "no-cache"}
    return Response.html(html, status=status, headers=headers)


def frame(datasette: Any, site: Site | None) -> dict[str, Any]:
    """What the frame of every page is made of, ours or Datasette's."""
    return {
        "site": site,
        "home": str(datasette.urls.instance()),
        "styles": [style_url(datasette, name) for name in ("common.css", "page.css")],
        "script": script(),
    }


# ---------------------------------------------------------------------- style sheets, script


@cache
def style(name: str) -> str:
    """The text of a style sheet. KeyError: there is none of that name."""
    if name not in {file.name for file in _STATIC.glob("*.css")}:
        raise KeyError(name)
    return (_STATIC / name).read_text(encoding="utf-8")


@cache
def script() -> str:
    """What a page can do besides: copy, narrow a list down while one types, go to the search box. Nothing needs it."""
    return (_STATIC / "page.js").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """No script but ours, letter for letter."""
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
    return f"{STRICT_POLICY}; script-src 'sha256-{digest}'"


@cache
def _version(name: str) -> str:
    return hashlib.sha256(style(name).encode()).hexdigest()[:12]


def style_url(datasette: Any, name: str) -> str:
    """Where the browser gets it; may be kept forever."""
    return str(datasette.urls.path(f"/-/litindex/{name}?{_version(name)}"))
