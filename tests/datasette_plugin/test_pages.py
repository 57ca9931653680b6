"""Lists, questions, people and tags in the browser, asked of a Datasette in this process."""

from __future__ import annotations

import asyncio
import html
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from click.testing import CliRunner

from litindex.cli import main
from litindex.datasette_plugin.html.templating import script
from litindex.sync import indexer
from tests.datasette_plugin import vault as vaults
from tests.datasette_plugin.test_datasette import links, words
from tests.datasette_plugin.test_serve import instance

CROWD = json.dumps([f"Crowd, Person{at}" for at in range(84)])
NOTES = vaults.NOTES | {
    "Literature/crowd.md": f"---\ncitekey: crowd2020\ntitle: Many hands\nauthors: {CROWD}\nyear: 2020\nitemType: book\n"
    "status: read\ndate_read: 2024-03-05\ntags: [sea/waves]\npdf: crowd.pdf\n---\nHands.\n",
    **{
        f"Literature/series{at:02}.md": f"---\ncitekey: series{at:02}\ntitle: Series part {at:02}\nauthors: ['Okafor, Ngozi']\n"
        f"year: {1950 + at}\nitemType: report\njournal: The Series\ntags: [series]\n---\n"
        for at in range(55)
    },
}


class Site:
    """The pages of one index, each asked for once."""

    def __init__(self, *files: Path) -> None:
        self.datasette = instance(*files)
        self.datasette._settings["sql_time_limit_ms"] = 20_000  # a busy machine is no fault of a page
        self.loop = asyncio.new_event_loop()
        self.seen: dict[str, Any] = {}
        self.loop.run_until_complete(self.datasette.invoke_startup())

    def get(self, path: str, status: int = 200) -> str:
        if path not in self.seen:
            asked = self.datasette.client.get(path, headers={"host": "localhost"}, follow_redirects=True)
            self.seen[path] = self.loop.run_until_complete(asked)
        answer = self.seen[path]
        assert answer.status_code == status, path
        text: str = answer.text
        return text


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    vaults.write(folder / "My vault", NOTES)
    indexer.sync(folder / "My vault", folder / "library.db")
    return folder / "library.db"


@pytest.fixture(scope="module")
def site(index: Path) -> Iterator[Site]:
    made = Site(index)
    yield made
    made.loop.close()


def titles(page: str) -> list[str]:
    return [html.unescape(title) for title in re.findall(r'<td class="col-title"><a [^>]*>([^<]*)</a>', page)]


def heads(page: str) -> list[str]:
    return [words(head).strip() for head in re.findall(r"<th[^>]*>(.*?)</th>", page)]


# ---------------------------------------------------------------------- lists


def test_a_list_says_how_much_of_it_is_shown_and_goes_on(site: Site) -> None:
    first = site.get("/library/-/works")
    assert "1 to 50 of 58" in words(first)
    assert len(titles(first)) == 50
    second = site.get("/library/-/works" + links(first)["Next →"])
    assert "51 to 58 of 58" in words(second)
    assert not set(titles(first)) & set(titles(second))
    assert len(titles(second)) == 8


def test_what_is_counted_beside_a_list_follows_the_index(tmp_path: Path) -> None:
    vaults.write(tmp_path / "vault", NOTES)
    indexer.sync(tmp_path / "vault", tmp_path / "library.db", jobs=1)
    site = Site(tmp_path / "library.db")
    try:
        asked = ("works", "works?tag=sea", "library", "tags", "people", "search?q=hands")
        before = {path: site.get(f"/library/-/{path}") for path in asked}
        assert "1 to 50 of 58" in words(before["works"])
        (tmp_path / "vault/Literature/crowd.md").write_text("---\ncitekey: few2020\ntitle: Few\ntags: [sea]\n---\n")
        (tmp_path / "vault/Literature/okafor2021tides.md").unlink()
        indexer.sync(tmp_path / "vault", tmp_path / "library.db", jobs=1)
        site.seen.clear()
        after = {path: site.get(f"/library/-/{path}") for path in asked}
        fresh = Site(tmp_path / "library.db")
        assert "1 to 50 of 57" in words(after["works"])
        assert [path for path in asked if words(after[path]) == words(before[path])] == []
        assert [path for path in asked if words(after[path]) != words(fresh.get(f"/library/-/{path}"))] == []
        fresh.loop.close()
    finally:
        site.loop.close()


def test_columns_have_a_persons_words_and_can_be_chosen(site: Site) -> None:
    assert heads(site.get("/library/-/works")) == ["Title", "Authors", "Year", "Read", "Tags", "Citekey"]
    chosen = site.get("/library/-/works?columns=doi&columns=title&columns=nonsense")
    assert heads(chosen) == ["Title", "DOI"]


def test_a_heading_sorts_and_sorts_the_other_way(site: Site) -> None:
    page = site.get("/library/-/works?tag=sea&sort=year")
    assert titles(page) == ["A Grammar of Foam", "Many hands", "Tides of Memory"]
    assert 'aria-sort="ascending"' in page
    assert titles(site.get("/library/-/works" + links(page)["Year"])) == titles(page)[::-1]


QUESTIONS = [
    {"tag": "sea"}, {"tag": "#sea/tides"}, {"author": "okafor", "year": "..1960"}, {"type": "book"},
    {"type": "journal article"}, {"status": "read"}, {"container": "imagined"}, {"folder": "Literature", "has": "pdf"},
    {"color": "yellow"}, {"has": ["doi", "highlights"]}, {"cited": "yes", "tag": "sea"}, {"where": "year < 1955"},
]  # fmt: skip


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: " ".join(asked))
def test_every_field_is_one_of_the_terminal_and_finds_the_same(site: Site, index: Path, asked: dict[str, Any]) -> None:
    page = site.get("/library/-/works?" + urlencode({**asked, "limit": 200}, doseq=True))
    command = re.search(r"<code>litindex (list [^<]*)</code>", page)
    assert command
    options = [*html.unescape(command[1]).replace("'", "").split(" --limit")[0].split(" --"), "columns title"]
    typed = ["list", "works", *(part for each in options[1:] for part in f"--{each}".split(" ", 1))]
    done = CliRunner().invoke(main, [*typed, "--json", "--db", str(index)])
    assert done.exit_code == 0, done.output
    assert titles(page) == [row["title"] for row in json.loads(done.stdout)]


def test_a_value_that_nothing_has_is_said_and_the_form_kept(site: Site) -> None:
    page = site.get("/library/-/works?tag=tide")
    assert "no tag tide" in words(page)
    assert 'name="tag" value="tide"' in page
    assert not titles(page)


def test_the_form_has_the_fields_of_the_terminal_with_lists_to_choose_from(site: Site) -> None:
    page = site.get("/library/-/works?form=1")
    names = set(re.findall(r'<(?:input|select)[^>]* name="([^"]+)"', page.partition('class="panel"')[2]))
    options = {
        option.removeprefix("--")
        for option in re.findall(r"--[a-z]+", CliRunner().invoke(main, ["list", "--help"]).output)
    }
    assert names - options == set()
    assert {
        "author",
        "tag",
        "year",
        "type",
        "status",
        "container",
        "folder",
        "color",
        "has",
        "cited",
        "where",
        "sort",
        "columns",
        "limit",
    } == names
    assert '<option value="report">report (55)</option>' in page
    for choice in ("Okafor, Ngozi", "sea/tides", "The Series", "Literature"):
        assert f'<option value="{choice}">' in page


def test_what_stands_beside_a_list_counts_what_it_leads_to(site: Site) -> None:
    page = site.get("/library/-/works?year=..2021")
    aside = page.partition('class="facets"')[2]
    counted = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a> <b>(\d+)</b>', aside)
    assert {label for _, label, _ in counted} >= {"report", "book", "read", "series", "sea", "The Series", "2021"}
    for href, label, count in counted[:9] + counted[-3:]:
        found = words(site.get("/library/-/works" + html.unescape(href)))
        assert re.search(rf"\b{count} works?\b", found), label


def test_the_tree_of_tags_opens_where_one_is_chosen(site: Site) -> None:
    assert "waves" not in site.get("/library/-/works").partition('class="facets"')[2]
    aside = site.get("/library/-/works?tag=sea").partition('class="facets"')[2]
    assert re.findall(r'<li class="d1"><a [^>]*>([^<]*)</a>', aside) == ["tides", "waves"]
    assert 'class="on" aria-label="Without sea"' in aside


def test_rows_can_be_narrowed_down_while_one_types_and_by_slash_one_goes_to_the_search(site: Site) -> None:
    page = site.get("/library/-/works")
    assert 'data-narrow=".li-table tbody tr"' in page
    assert 'event.key !== "/"' in script()


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("notes?folder=Topics", "Topics/Shores%20%26%20more.md"),
        ("highlights", "Shores are remembered"),
        ("tasks", "compare [[okafor2021tides]]"),
    ],
)
def test_notes_highlights_and_tasks_are_lists_too(site: Site, kind: str, shown: str) -> None:
    page = site.get(f"/library/-/{kind}")
    assert shown in page
    assert "li-table" in page


def test_who_may_not_write_sql_writes_no_condition(index: Path) -> None:
    site = Site(index)

    name = "permission_allowed" if hasattr(site.datasette, "permission_allowed") else "allowed"
    allowed = getattr(site.datasette, name)

    async def refuse(*args: Any, **options: Any) -> bool:
        return "execute-sql" not in (*args, *options.values()) and await allowed(*args, **options)

    setattr(site.datasette, name, refuse)
    page = site.get("/library/-/works?form=1&where=1%3D0")
    site.loop.close()
    assert 'name="where"' not in page
    assert titles(page)


# ---------------------------------------------------------------------- people, tags


def test_long_lists_of_authors_say_how_many_more(site: Site) -> None:
    page = site.get("/library/-/work/Literature/crowd.md")
    assert "<summary>and 64 more</summary>" in page
    assert page.count('href="/library/-/person/Crowd') == 84
    assert "and 83 more" in words(site.get("/library/-/works?tag=sea"))


def test_people_stand_from_a_to_z(site: Site) -> None:
    page = site.get("/library/-/people")
    assert [each for each in links(page) if len(each) == 1] == ["C", "I", "L", "O"]
    assert links(page)["Okafor, Ngozi"] == "/library/-/person/Okafor%2C%20Ngozi"
    assert "Okafor" not in site.get("/library/-/people?letter=L")
    assert "Lindqvist, Åsa" in site.get("/library/-/people?q=asa")


def test_a_person_has_a_page_with_works_and_a_graph_beside_its_table(site: Site) -> None:
    page = site.get("/library/-/person/Okafor%2C%20Ngozi")
    assert "<h1>Ngozi Okafor</h1>" in page
    assert "30 of 56" in words(page)
    graph = re.search(r'<svg class="li-graph".*?</svg>', page, re.DOTALL)
    assert graph
    drawn = set(re.findall(r'href="([^"]+)"', graph[0]))
    assert drawn == {"/library/-/person/Lindqvist%2C%20%C3%85sa", "/library/-/person/Ito%2C%20Kenji"}
    assert drawn <= set(re.findall(r'href="([^"]+)"', page.partition(graph[0])[2]))
    assert "No such person" in site.get("/library/-/person/Nobody", 404)


def test_tags_are_a_tree_with_the_works_and_notes_of_each(site: Site) -> None:
    page = site.get("/library/-/tags")
    assert re.findall(r'<li class="d(\d)"><a href="([^"]+)"', page) == [
        ("0", "/library/-/works?tag=memory"),
        ("0", "/library/-/works?tag=sea"),
        ("1", "/library/-/works?tag=sea%2Ftides"),
        ("1", "/library/-/works?tag=sea%2Fwaves"),
        ("0", "/library/-/works?tag=series"),
    ]
    assert "sea 3 4 notes" in words(page)


# ---------------------------------------------------------------------- questions, search, works


def test_a_question_offers_what_its_parameters_can_be(site: Site) -> None:
    page = site.get("/library/-/question/highlights?color=yellow")
    assert '<option value="yellow" selected>' in page
    assert '<option value="sea/tides">' in page
    assert "Shores are remembered before they are seen." in page
    assert links(page)["Tides of Memory"] == "/library/-/work/Literature/okafor2021tides.md"


def test_a_question_that_lacks_what_it_needs_is_a_form(site: Site) -> None:
    page = site.get("/library/-/question/author")
    assert "required" in page
    assert "<td" not in page


def test_what_a_question_refuses_is_said(site: Site) -> None:
    assert "limit must be integer" in words(site.get("/library/-/question/reading-queue?limit=x"))
    assert "No such question" in site.get("/library/-/question/nonsense", 404)


def test_a_long_answer_goes_on_from_page_to_page(site: Site) -> None:
    page = site.get("/library/-/question/tagged?tag=series")
    assert "55 found" in words(page)
    assert "1 to 50 of 55" in words(page)
    rest = site.get("/library/-/question/tagged" + links(page)["Next →"])
    assert rest.count("<tr>") == 1 + 5
    assert not set(re.findall(r"Series part \d\d", page)) & set(re.findall(r"Series part \d\d", rest))


@pytest.mark.parametrize("path", ["works?tag=series", "question/tagged?tag=series"])
def test_a_page_of_fifty_rows_is_light(site: Site, path: str) -> None:
    assert len(site.get(f"/library/-/{path}").encode()) < 60_000


def test_a_question_can_be_changed_as_sql(site: Site) -> None:
    page = site.get("/library/-/question/reading-queue")
    address = links(page)["Change it"]
    assert parse_qs(urlsplit(address).query)["sql"][0].startswith("-- Reading queue")
    assert "Tides of Memory" in site.get(address)


def test_beside_what_was_found_stands_what_it_can_be_narrowed_down_by(site: Site) -> None:
    page = site.get("/library/-/search?q=tides")
    aside = page.partition('class="facets"')[2]
    href = re.search(r'<a href="([^"]*)">unread</a> <b>1</b>', aside)
    assert href
    narrowed = site.get("/library/-/search" + html.unescape(href[1]))
    assert "A Grammar of Foam" not in narrowed
    assert "Tides of Memory" in narrowed


def test_a_work_shows_what_leads_to_it_and_where_it_leads(site: Site) -> None:
    page = site.get("/library/-/work/Literature/okafor2021tides.md")
    graph = re.search(r'<svg class="li-graph".*?</svg>', page, re.DOTALL)
    assert graph
    assert "Shores" in graph[0]
    assert "Lindqvist 2019" in graph[0]


def test_works_near_a_work_stand_on_its_page_with_the_reason(site: Site) -> None:
    near = site.get("/library/-/work/Literature/A%20Grammar%20of%20Foam.md").partition("Similar works")[2]
    assert "both by Lindqvist, Åsa" in words(near)


def test_the_document_opens_from_the_page_of_its_work(site: Site) -> None:
    assert links(site.get("/library/-/work/Literature/crowd.md"))["PDF"].startswith(
        "obsidian://open?vault=My%20vault&file="
    )


def test_the_first_page_shows_reading_over_time(site: Site) -> None:
    page = site.get("/")
    assert "<title>2024-03: 1 read</title>" in page
    where = re.search(r'href="(/library/-/works\?where=[^"]+)"[^>]*><title>2024-03', page)
    assert where
    assert titles(site.get(html.unescape(where[1]))) == ["Many hands"]


# ---------------------------------------------------------------------- the frame


def test_sql_that_goes_wrong_is_kept_in_the_frame(site: Site) -> None:
    page = site.get("/library?sql=select+wrong+from+works", 400)
    assert "no such column: wrong" in words(page)
    assert ">select wrong from works</textarea>" in page
    assert "li-nav" in page


def test_an_error_page_stands_in_the_frame(site: Site) -> None:
    page = site.get("/library/nonsense", 404)
    assert "li-nav" in page
    assert 'href="/library/-/works"' in page


def test_a_page_begins_with_the_way_to_its_text_and_stops_few_times_in_a_picture(site: Site) -> None:
    page = site.get("/")
    assert page.index('href="#main"') < page.index('class="li-nav"')
    assert '<main id="main">' in page
    for picture in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert picture.count("<a ") == picture.count('tabindex="-1"')


@pytest.mark.parametrize("path", ["works", "notes", "highlights", "tasks"])
def test_a_list_of_fifty_rows_is_light(site: Site, path: str) -> None:
    assert len(site.get(f"/library/-/{path}").encode()) < 60_000


def test_several_indexes_have_a_front_page_of_their_own(index: Path, tmp_path: Path) -> None:
    other = tmp_path / "second.db"
    source, target = sqlite3.connect(index), sqlite3.connect(other)
    source.backup(target)
    source.close()
    target.close()
    site = Site(index, other)
    page = site.get("/")
    below = site.get("/second/-/works")
    site.loop.close()
    assert links(page)["58 works"] == "/second/-/works"
    assert page.count("<h2><a href=") == 2
    assert 'action="/library/-/search' in page
    assert links(below)["All libraries"] == "/"
