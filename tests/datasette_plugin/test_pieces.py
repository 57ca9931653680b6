"""Cells, links, charts and the other small parts of our pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

pytest.importorskip("datasette")
pytest.importorskip("markdown_it")

from litindex.datasette_plugin import addresses
from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.charts import columns as charts
from litindex.datasette_plugin.charts import graphs
from litindex.datasette_plugin.charts.columns import Bar
from litindex.datasette_plugin.charts.graphs import Node, Tie
from litindex.datasette_plugin.html import snippets
from litindex.datasette_plugin.html.cells import Cell, render
from litindex.datasette_plugin.html.headings import heading
from litindex.datasette_plugin.pages import search as search_page
from litindex.datasette_plugin.pages.arguments import Arguments
from litindex.datasette_plugin.pages.library import Month, Year, ago, months, years
from litindex.datasette_plugin.pages.people import letter_of
from litindex.query.words.excerpt import MARKS

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
    shown = render(Cell(value, column, {column: value, **row}, table, Site(Instance(), "library"), "/home/My vault"))
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
    "a person": ("author", "O'Neil, A", '<a href="/library/-/person/O%27Neil%2C%20A">O&#39;Neil, A</a>'),
}  # fmt: skip


@pytest.mark.parametrize(("column", "value", "shown"), CELLS.values(), ids=CELLS)
def test_a_cell(column: str, value: str, shown: str | None) -> None:
    assert cell(column, value) == shown


def test_many_creators_are_the_first_and_a_number() -> None:
    shown = cell("creators", '["Chen, A", "Okafor, B", "Ito, C"]')
    assert shown is not None
    assert 'href="/library/-/person/Chen%2C%20A"' in shown
    assert '<span class="li-more" title="Okafor, B; Ito, C">and 2 more</span>' in shown


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
    bars = [Bar("1900 to 1999: 10 works", 10, 5, "/a?x=1&y=2"), Bar("2000: 1,000 works", 1000, 0, "/b")]
    drawn = charts.columns(bars, "All")
    assert "<title>1900 to 1999: 10 works</title>" in drawn
    assert 'href="/a?x=1&amp;y=2"' in drawn
    assert '<rect class="li-all" x="11.0" y="0.0" width="8" height="100.0"/>' in drawn
    assert "style" not in drawn


def test_a_year_says_its_span_its_works_and_what_was_read_of_them() -> None:
    assert Year(1900, 1999, 10, 5).title == "1900 to 1999: 10 works, 5 read"
    assert Year(2000, 2000, 1, 0).title == "2000: 1 work, 0 read"


def test_months_without_reading_have_a_place_too_and_there_are_one_to_three_years_of_them() -> None:
    shown = months([Month("2023-11", 2), Month("2024-02", 1)])
    assert (shown[0].name, shown[-1]) == ("2023-03", Month("2024-02", 1))
    assert (len(shown), shown[8], shown[9]) == (12, Month("2023-11", 2), Month("2023-12", 0))
    assert len(months([Month("2001-01", 1), Month("2024-02", 1)])) == 36
    assert months([]) == ()


NODES = [Node(at, f"Person {at}", f"<Person {at}>", f"/p?a={at}&b", 1 + at) for at in range(5)]


def test_a_graph_has_everyone_once_escaped_and_out_of_the_way_of_tab() -> None:
    drawn = graphs.circle("<Middle>", NODES, [Tie(0, 4, 2), Tie(1, 2, 1)])
    assert drawn.count('<a href="/p?a=') == drawn.count('tabindex="-1"') == 5
    assert "&lt;Person 3&gt;" in drawn
    assert "&lt;Middle&gt;" in drawn
    assert "<Person" not in drawn
    assert drawn.count("<line") == 5 + 2


def test_who_wrote_together_most_stands_side_by_side() -> None:
    drawn = graphs.circle("Middle", NODES, [Tie(0, 4, 2)])
    names = [part.partition("<")[0] for part in drawn.split("<title>&lt;")[1:]]
    assert names[:2] == ["Person 0&gt;", "Person 4&gt;"]


def test_a_graph_of_everyone_with_everyone_shows_the_strongest_ties() -> None:
    people = [Node(at, str(at), str(at), "/") for at in range(18)]
    ties = [Tie(one, other, one + other) for one in range(18) for other in range(one)]
    assert graphs.circle("Middle", people, ties).count("<line") == 18 + graphs.MOST_TIES


def test_what_leads_here_stands_left_and_where_it_leads_right() -> None:
    drawn = graphs.sides("Middle", NODES[:1], NODES[1:3])
    assert (drawn.count('text-anchor="end"'), drawn.count('text-anchor="start"')) == (1, 2)


@pytest.mark.parametrize(
    ("column", "called"),
    [("item_type", "Type"), ("creators", "Authors"), ("doi", "DOI"), ("some_new_id", "Some new number"), ("", "")],
)
def test_a_column_has_a_persons_words_over_it(column: str, called: str) -> None:
    assert heading(column) == called


@pytest.mark.parametrize(
    ("name", "letter"), [("Åkesson, Å", "A"), ("'t Hooft", "T"), ("Łuk, A", "L"), ("3M", "#"), ("林", "林"), ("", "#")]
)
def test_people_stand_under_the_letter_that_one_looks_for(name: str, letter: str) -> None:
    assert letter_of(name) == letter


ASKED = Arguments([("q", " model "), ("tag", "ml"), ("tag", "ai"), ("page", "3"), ("limit", "100"), ("author", "")])


def test_what_changes_a_list_begins_it_anew() -> None:
    assert ASKED.but(sort="year") == "?q=model&tag=ml&tag=ai&sort=year"
    assert ASKED.but(page="4", limit="100") == "?q=model&tag=ml&tag=ai&page=4&limit=100"
    assert ASKED.but(tag=None) == "?q=model"


def test_a_choice_is_taken_back_by_choosing_it_again() -> None:
    assert ASKED.toggled("tag", "ml") == "?q=model&tag=ai"
    assert ASKED.toggled("tag", "nlp") == "?q=model&tag=nlp"
    assert ASKED.toggled("has", "pdf", several=True) == "?q=model&tag=ml&tag=ai&has=pdf"


@pytest.mark.parametrize(
    ("asked", "limit"), [("40", 40), ("x", 20), ("", 20), ("99999", 500), ("٣", 20), ("1" * 50, 20), ("0", 1)]
)
def test_a_number_in_an_address_is_bounded(asked: str, limit: int) -> None:
    assert Arguments([("limit", asked)]).number("limit", 20, 500) == limit


@pytest.mark.parametrize(
    ("pdf", "href"),
    [
        ("Doe 2020.pdf", "obsidian://open?vault=My%20vault&file=Doe%202020.pdf"),
        ("zotero://open-pdf/library/items/PDFK2345", "zotero://open-pdf/library/items/PDFK2345"),
        ("file:///home/x.pdf", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_document_is_opened_by_who_can(pdf: str, href: str | None) -> None:
    assert addresses.pdf(pdf, "/home/My vault") == href


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


def test_words_can_be_taken_as_beginnings() -> None:
    assert search_page.begun("tidal creek") == "tidal* creek*"
    assert search_page.begun("tidal OR creek") == ""
    assert search_page.begun('"tidal creek"') == ""
