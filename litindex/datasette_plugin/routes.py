"""The pages that are ours: who asks, what for, and which page answers."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from litindex.datasette_plugin.access import may_run_sql, permit, read, time_limit, vault_of
from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.detect import index_names, shown_names
from litindex.datasette_plugin.html.templating import respond, style
from litindex.datasette_plugin.kept import kept
from litindex.datasette_plugin.pages.arguments import Arguments
from litindex.watch.status_file import read_pulse


async def _permitted(datasette: Any, request: Any) -> Site:
    from datasette.utils import tilde_decode

    name = tilde_decode(request.url_vars["database"])
    await permit(datasette, request.actor, name)
    return Site(datasette, name)


async def show_indexes(datasette: Any, request: Any) -> Any:
    """All indexes that the person may see, where there are several."""
    from datasette import Forbidden

    from litindex.datasette_plugin.pages import indexes

    allowed = []
    for name in index_names(datasette):
        try:
            await permit(datasette, request.actor, name)
            allowed.append(name)
        except Forbidden:
            continue
    found = await indexes.load(datasette, allowed, datetime.now(UTC))
    ours = index_names(datasette)
    others = [(name, str(datasette.urls.database(name))) for name in shown_names(datasette) if name not in ours]
    return respond(datasette, "indexes.html", None, indexes=found, others=others)


async def show_library(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages.library import load, picture
    from litindex.datasette_plugin.pages.questions import grouped, known

    site = await _permitted(datasette, request)
    found = await read(datasette, site.database, lambda db: kept(db, load))
    path = datasette.databases[site.database].path
    values = picture(found, site, datetime.now(UTC))
    followed = read_pulse(Path(path)).is_well
    return respond(datasette, "library.html", site, **values, groups=grouped(known(path)), followed=followed)


async def show_list(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages import listing

    site = await _permitted(datasette, request)
    kind, arguments = request.url_vars["kind"], Arguments.of(request, listing.NAMES)
    vault = await vault_of(datasette, site.database)
    allowed = await may_run_sql(datasette, request.actor, site.database)
    values = await read(
        datasette,
        site.database,
        lambda db: listing.load(db, site, vault, kind, arguments, may_run_sql=allowed),
    )
    return respond(datasette, "list.html", site, **values)


async def show_people(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages import people

    site = await _permitted(datasette, request)
    arguments = Arguments.of(request, ("letter", "q"))
    values = await read(datasette, site.database, lambda db: people.load_all(db, arguments))
    return respond(datasette, "people.html", site, **values)


async def show_person(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages import people

    site = await _permitted(datasette, request)
    name = unquote(request.url_vars["name"])
    vault = await vault_of(datasette, site.database)
    values = await read(datasette, site.database, lambda db: people.load_one(db, site, vault, name))
    if values is None:
        return respond(datasette, "missing.html", site, status=404, what="person", called=name)
    return respond(datasette, "person.html", site, **values)


async def show_tags(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages import tags

    site = await _permitted(datasette, request)
    arguments = Arguments.of(request, ("under",))
    return respond(
        datasette, "tags.html", site, **await read(datasette, site.database, lambda db: tags.load(db, arguments))
    )


async def show_questions(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages.questions import grouped, known

    site = await _permitted(datasette, request)
    groups = grouped(known(datasette.databases[site.database].path))
    return respond(datasette, "questions.html", site, groups=groups)


async def show_question(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages.questions import answer, known

    site = await _permitted(datasette, request)
    question = known(datasette.databases[site.database].path).get(unquote(request.url_vars["name"]))
    if question is None:
        called = unquote(request.url_vars["name"])
        return respond(datasette, "missing.html", site, status=404, what="question", called=called)
    arguments = Arguments.of(request, [*(parameter.name for parameter in question.parameters), "page"])
    vault, seconds = await vault_of(datasette, site.database), time_limit(datasette)

    def ask(connection: sqlite3.Connection) -> dict[str, Any]:
        return answer(connection, site, vault, question, arguments, seconds)

    return respond(datasette, "question.html", site, **await read(datasette, site.database, ask))


async def show_search(datasette: Any, request: Any) -> Any:
    from litindex.datasette_plugin.pages import search

    site = await _permitted(datasette, request)
    arguments = Arguments.of(request, search.NAMES)
    seconds = time_limit(datasette)
    values = await read(datasette, site.database, lambda db: search.find(db, arguments, seconds))
    return respond(datasette, "search.html", site, **values)


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
    (r"^/-/litindex$", show_indexes),
    (r"^/-/litindex/(?P<name>\w+\.css)$", show_style),
    (r"^/(?P<database>[^/]+)/-/library$", show_library),
    (r"^/(?P<database>[^/]+)/-/(?P<kind>works|notes|highlights|tasks)$", show_list),
    (r"^/(?P<database>[^/]+)/-/people$", show_people),
    (r"^/(?P<database>[^/]+)/-/person/(?P<name>.+)$", show_person),
    (r"^/(?P<database>[^/]+)/-/tags$", show_tags),
    (r"^/(?P<database>[^/]+)/-/questions$", show_questions),
    (r"^/(?P<database>[^/]+)/-/question/(?P<name>.+)$", show_question),
    (r"^/(?P<database>[^/]+)/-/search$", show_search),
    (r"^/(?P<database>[^/]+)/-/(?P<view>work|note)/(?P<note>.+)$", show_note),
    (r"^/(?P<database>[^/]+)/-/(?P<view>citekey|bibtex|biblatex|csljson|ris|reference)/(?P<note>.+)$", show_text),
]
