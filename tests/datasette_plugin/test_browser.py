"""Hostile notes in a real browser: nothing runs, nothing is asked from elsewhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.datasette_plugin.browser import CHROMIUM, browse, elsewhere
from tests.datasette_plugin.server import Server
from tests.datasette_plugin.vault import HOSTILE, PAYLOADS

pytestmark = [pytest.mark.process, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")]

RAN = 'data-ran="42"'
NOTE = quote(next(iter(HOSTILE)))
PAGES = {
    "library": "/",
    "work": f"/library/-/work/{NOTE}",
    "note": f"/library/-/note/{NOTE}",
    "search": "/library/-/search?q=" + quote('evil "><script>document.body.dataset.ran=6*7</script>'),
    "missing": "/library/-/note/" + quote("<script>document.body.dataset.ran=6*7</script>", safe=""),
    "works": "/library/-/works?form=1&q=%22%3E%3Cscript%3E",
    "people": "/library/-/people",
    "tags": "/library/-/tags",
    "question": "/library/-/question/highlights",
    "data": "/library/works?year=2020",
    "notes": "/library/notes?_search=evil",
    "highlights": "/library/annotations",
    "tasks": "/library/tasks",
    "stored": "/library/never-cited",
}


def test_the_payloads_would_run_and_ask_where_nothing_stops_them(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><meta charset=utf-8><body>" + "".join(PAYLOADS[:1] + PAYLOADS[1:2]), "utf-8")
    with elsewhere() as listener:
        dom = browse(page.as_uri(), tmp_path / "profile", elsewhere=listener)
    assert RAN in dom
    assert listener.heard_of("evil.example")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_in_a_hostile_note_runs_or_asks(hostile: Server, tmp_path: Path, name: str) -> None:
    with elsewhere() as listener:
        dom = browse(hostile.root + PAGES[name], tmp_path / "profile", elsewhere=listener)
    assert "li-nav" in dom
    assert RAN not in dom
    assert not listener.heard_of("evil.example")


def test_the_hostile_note_is_there_to_be_read(hostile: Server, tmp_path: Path) -> None:
    dom = browse(hostile.root + PAGES["note"], tmp_path / "profile")
    for readable in ("&lt;script&gt;", "styled", "marked", "remote"):
        assert readable in dom
