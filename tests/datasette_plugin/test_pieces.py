"""Cells, links, charts and the other small parts of our pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

pytest.importorskip("datasette")
pytest.importorskip("markdown_it")

from litindex.datasette_plugin import addresses
from litindex.datasette_plugin.charts import columns as charts
from litindex.datasette_plugin.charts.columns import Year
from litindex.datasette_plugin.html import snippets
from litindex.datasette_plugin.pages import search as search_page
from litindex.datasette_plugin.pages.library import ago, years
from litindex.datasette_plugin.tables.cells import render
from litindex.query.words.search import MARKS

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


class Urls:
    def database(self, name: str) -> str:
        return f"/{name}"

    def instance(self) -> str:
        return "/"


class Instance:
    """As much of a Datasette as addresses need."""

    urls = Urls()
    databases: dict[str, Any] = {}  # noqa: RUF012


def cell(column: str, value: object, table: str | None = None, **row: object) -> str | None:
    shown = render({column: value, **row}, value, column, table, Instance(), "library")
    return None if shown is None else str(shown)


CELLS = {
    "a DOI": ("doi", "10.1000/a b", None),
    "a DOI that breaks out": ("doi", '10.1000/"onclick="x', None),
    "a Zotero key that is none": ("zotero_key", 'ABCD1234"', None),
    "a uri that runs": ("uri", "javascript:alert(1)", None),
    "an array that is none": ("tags", "{broken", None),
    "a column we know nothing of": ("publisher", "Springer", None),
    "no array of names": ("tags", "[]", "<span></span>"),
    "a type": ("item_type", "journalArticle", "journal article"),
    "a status": ("read_status", "to <read>", '<span class="li-status s-other">to &lt;read&gt;</span>'),
    "a state that is no reading status": ("status", "/", None),
    "a moment": ("modified", "2025-07-30T08:10:37-07:00", '<span title="2025-07-30T08:10:37-07:00">2025-07-30 08:10</span>'),
    "a person": ("author", "O'Neil, A", '<a href="/library/author?author=O%27Neil%2C+A">O&#39;Neil, A</a>'),
}  # fmt: skip


@pytest.mark.parametrize(("column", "value", "shown"), CELLS.values(), ids=CELLS)
def test_a_cell(column: str, value: str, shown: str | None) -> None:
    assert cell(column, value) == shown


def test_many_creators_are_the_first_and_a_number() -> None:
    shown = cell("creators", '["Chen, A", "Okafor, B", "Ito, C"]')
    assert shown is not None
    assert 'href="/library/works?creators__arraycontains=Chen%2C+A"' in shown
    assert '<span class="li-more" title="Okafor, B; Ito, C">+2</span>' in shown


def test_two_creators_are_both_shown() -> None:
    shown = cell("creators", '["Chen, A", "Okafor, B"]')
    assert shown is not None
    assert shown.count("<a ") == 2


def test_a_title_leads_to_its_page_by_path_or_by_id() -> None:
    assert '<a href="/library/-/work/a%20%3Cb%3E.md"' in str(cell("title", "T", path="a <b>.md"))
    assert '<a href="/library/-/work/7"' in str(cell("title", "T", "works", note_id=7))
    assert '<a href="/library/-/work/7"' in str(cell("title", "T", "works", note_id={"value": 7, "label": "T"}))
    assert cell("title", "T") is None


def test_a_note_that_a_row_belongs_to_is_shown_by_its_title() -> None:
    assert cell("note_id", {"value": 7, "label": "<T>"}) == '<a href="/library/-/work/7">&lt;T&gt;</a>'
    assert cell("tag_id", {"value": 7, "label": "T"}) is None


@pytest.mark.parametrize(
    "value",
    [
        "zotero://select/library/items/ABCD1234",
        "zotero://select/groups/12345/items/ABCD1234",
        "zotero://select/items/@doe2020",
        "zotero://open-pdf/library/items/PDFK2345?page=3&annotation=EFGH5678",
        "zotero://open-pdf/library/items/ABCD1234?annotation=EFGH5678",
    ],
)
def test_zotero_addresses_are_links(value: str) -> None:
    assert addresses.zotero(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "zotero://select/library/items/ABC",
        'zotero://select/library/items/ABCD1234"',
        "zotero://x",
        "javascript:zotero://",
    ],
)
def test_what_only_looks_like_zotero_is_no_link(value: str) -> None:
    assert addresses.zotero(value) is None


@pytest.mark.parametrize(
    "value",
    ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "http://a b", "https://a\"b", "//evil", "", "ftp://x", "blob:x"],
)  # fmt: skip
def test_only_known_schemes_lead_out(value: str) -> None:
    assert addresses.outward(value) is None


def test_identifiers_lead_to_their_resolvers() -> None:
    assert addresses.identifier("arxiv", "2001.00001") == "https://arxiv.org/abs/2001.00001"
    assert addresses.identifier("isbn", "9780000000000") is None
    assert addresses.identifier("url", "javascript:x") is None


def test_a_swatch_takes_only_colours() -> None:
    assert 'fill="#12ab9F"' in snippets.swatch("#12ab9F", "teal")
    assert 'fill="#ffd400"' in snippets.swatch("url(x)", "yellow")
    assert "<svg" not in snippets.swatch("red;x", "beige")
    assert snippets.color_class('x" y') == "c-none"


def test_the_last_forty_years_have_a_bar_each_and_the_rest_one() -> None:
    shown = years([(1850, 2, 1), (1960, 1, 0), (2020, 3, 2), (2024, 5, 0)])
    assert shown[0] == Year(1850, 1984, 3, 1)
    assert [year.last for year in shown[1:]] == list(range(1985, 2025))
    assert shown[-1] == Year(2024, 2024, 5, 0)
    assert years([]) == ()
    assert years([(2024, 1, 1)]) == (Year(2024, 2024, 1, 1),)


def test_a_column_is_as_tall_as_its_year_and_says_it() -> None:
    drawn = charts.columns([Year(1900, 1999, 10, 5), Year(2000, 2000, 1000, 0)], ["/a?x=1&y=2", "/b"], "All")
    assert "<title>1900 to 1999: 10 works, 5 read</title>" in drawn
    assert 'href="/a?x=1&amp;y=2"' in drawn
    assert '<rect class="li-all" x="11.0" y="0.0" width="8" height="100.0"/>' in drawn
    assert "style" not in drawn


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("2026-01-31T11:59:30+00:00", "just now"),
        ("2026-01-31T11:58:00+00:00", "2 minutes ago"),
        ("2026-01-31T11:00:00+00:00", "1 hour ago"),
        ("2026-02-01T00:00:00+00:00", "just now"),
        ("2026-01-17T12:00:00", "2 weeks ago"),
        ("", ""),
        ("soon", ""),
        (int((NOW - timedelta(days=800)).timestamp()), "2 years ago"),
        (10**30, ""),
    ],
)
def test_how_long_ago(then: str | int, said: str) -> None:
    assert ago(then, NOW) == said


def test_names_read_as_people_say_them() -> None:
    assert snippets.forward("Okafor, Ngozi") == "Ngozi Okafor"
    assert snippets.forward("World Health Organization") == "World Health Organization"
    assert snippets.forward("King, Martin, Jr.") == "King, Martin, Jr."
    assert snippets.short(["Okafor, Ngozi", "Ito, Kenji"]) == "Okafor and Ito"
    assert snippets.short(["Okafor, Ngozi", "Ito, Kenji", "Li, Na"]) == "Okafor et al."
    assert snippets.creators(None) == ""


def test_an_excerpt_is_escaped_and_marked() -> None:
    opened, closed = MARKS
    assert search_page.marked(f"> **a** {opened}<b>{closed} & [[x|y]]") == "a <mark></mark> &amp; y"
    assert search_page.marked(f"{opened}cut") == "<mark>cut</mark>"
    assert search_page.marked(None) == ""


@pytest.mark.parametrize(
    ("asked", "limit"), [("40", 40), ("x", 20), ("", 20), ("99999", 500), ("٣", 20), ("1" * 50, 20)]
)
def test_the_number_of_hits_is_bounded(asked: str, limit: int) -> None:
    assert search_page.asked({"q": "a", "limit": asked}).limit == limit


def test_words_can_be_taken_as_beginnings() -> None:
    assert search_page.asked({"q": "tidal creek"}).begun == "tidal* creek*"
    assert search_page.asked({"q": "tidal OR creek"}).begun == ""
    assert search_page.asked({"q": '"tidal creek"'}).begun == ""
