"""Copying a work's citekey, BibTeX entry and reference from its page."""

from __future__ import annotations

import html
import re

import pytest

from tests.datasette_plugin.server import Server
from tests.datasette_plugin.test_datasette import TIDES

NOTE = TIDES.partition("/-/work/")[2]


def copied(page: str) -> dict[str, str]:
    """Label -> the text that its link copies."""
    found = re.findall(r'<a href="[^"]*" data-copy="([^"]*)">([^<]*)</a>', page)
    return {label: html.unescape(text) for text, label in found}


def test_a_work_offers_its_citekey_its_entry_and_its_reference(server: Server) -> None:
    texts = copied(server.get(TIDES).text)
    assert list(texts) == ["Copy citekey", "Copy BibTeX", "Copy reference"]
    assert texts["Copy BibTeX"].startswith(f"@article{{{texts['Copy citekey']},\n")


@pytest.mark.parametrize(("view", "label"), [("citekey", "Copy citekey"), ("bibtex", "Copy BibTeX"), ("reference", "Copy reference")])  # fmt: skip
def test_each_is_a_page_of_plain_text_as_well(server: Server, view: str, label: str) -> None:
    page = server.get(f"/library/-/{view}/{NOTE}")
    assert page.headers["content-type"] == "text/plain; charset=utf-8"
    assert page.text.strip() == copied(server.get(TIDES).text)[label].strip()


@pytest.mark.parametrize(("view", "start"), [("biblatex", "@article{"), ("csljson", "[\n  {"), ("ris", "TY  - JOUR")])
def test_other_formats_have_pages_too(server: Server, view: str, start: str) -> None:
    assert server.get(f"/library/-/{view}/{NOTE}").text.startswith(start)


def test_a_note_that_is_no_work_has_none(server: Server) -> None:
    assert server.get("/library/-/bibtex/Nowhere.md").status == 404
