"""The pages that are ours: the library, ranked search, works and notes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from litindex.datasette_plugin.access import permit, questions, read, time_limit
from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.html.templating import respond, style
from litindex.watch.status_file import read_pulse


async def _permitted(datasette: Any, request: Any) -> Site:
    from datasette.utils import tilde_decode

    name = tilde_decode(request.url_vars["database"])
    await permit(datasette, request.actor, name)
    return Site(datasette, name)


async def show_library(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages.library import load, picture

    site = await _permitted(datasette, request)
    found = await read(datasette, site.database, load)
    asked = await questions(datasette, site.database, request.actor)
    followed = read_pulse(Path(datasette.databases[site.database].path)).is_well
    values = picture(found, site, datetime.now(UTC))
    return respond(datasette, "library.html", site, **values, questions=asked, followed=followed)


async def show_people(datasette: Any, request: Any) -> Any:
    """People by what they wrote, where Datasette was given our questions; by name else."""
    from datasette import Response

    site = await _permitted(datasette, request)
    asked = await questions(datasette, site.database, request.actor)
    ranked = any(question.name == "author-list" for question in asked)
    return Response.redirect(site.table("author-list", limit=50) if ranked else site.table("authors"))


async def show_search(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages.search import asked, find

    site = await _permitted(datasette, request)
    form = asked(request.args)
    result = await read(datasette, site.database, lambda db: find(db, form, time_limit(datasette)))
    return respond(datasette, "search.html", site, form=form, **result)


async def show_note(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages.note import present

    site = await _permitted(datasette, request)
    return await present(datasette, site, request.url_vars["view"], unquote(request.url_vars["note"]))


async def show_text(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages import copying

    site = await _permitted(datasette, request)
    return await copying.show_text(datasette, site, request.url_vars["view"], unquote(request.url_vars["note"]))


async def show_style(request: Any) -> Any:
    from datasette import NotFound, Response

    try:
        text = style(request.url_vars["name"])
    except KeyError:
        raise NotFound("no such style sheet") from None
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(text, headers=headers, content_type="text/css; charset=utf-8")


ROUTES: list[tuple[str, Any]] = [
    (r"^/-/litindex/(?P<name>\w+\.css)$", show_style),
    (r"^/(?P<database>[^/]+)/-/library$", show_library),
    (r"^/(?P<database>[^/]+)/-/people$", show_people),
    (r"^/(?P<database>[^/]+)/-/search$", show_search),
    (r"^/(?P<database>[^/]+)/-/(?P<view>work|note)/(?P<note>.+)$", show_note),
    (r"^/(?P<database>[^/]+)/-/(?P<view>citekey|bibtex|biblatex|csljson|ris|reference)/(?P<note>.+)$", show_text),
]
