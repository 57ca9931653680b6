"""What a person sees in the browser, asked of a real Datasette over HTTP."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from urllib.parse import quote

import pytest

from litindex.datasette_plugin.pages import questions
from litindex.query import named
from litindex.sync import indexer
from tests.datasette_plugin.server import Server

pytestmark = pytest.mark.process

TIDES = "/library/-/work/Literature/okafor2021tides.md"
SHORES = "/library/-/note/" + quote("Topics/Shores & more.md")


def words(page: str) -> str:
    """The text of a page as it is read."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def links(page: str) -> dict[str, str]:
    """Text of each link -> where it leads."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return {words(text).strip(): html.unescape(href) for href, text in found}


# ---------------------------------------------------------------------- the library


def test_the_first_page_tells_what_it_is_how_fresh_and_what_it_holds(server: Server) -> None:
    page = server.get("/")
    assert page.status == 200
    assert "<h1>My vault</h1>" in page.text
    assert "Brought up to date" in words(page.text)
    assert {"2 works", "1 highlights", "3 people", "10 notes"} <= links(page.text).keys()


def test_the_first_page_draws_the_library_without_anything_from_elsewhere(server: Server) -> None:
    page = server.get("/").text
    assert "<title>2021: 1 work, 0 read</title>" in page
    assert "<title>2019: 1 work, 1 read</title>" in page
    assert links(page)["unread 1"] == "/library/-/works?status=unread"
    assert links(page)["journal article"] == "/library/-/works?type=journalArticle"
    assert links(page)["sea/tides"] == "/library/-/works?tag=sea%2Ftides"
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert "style=" not in page


def test_the_pictures_lead_to_the_works_they_count(server: Server) -> None:
    found = re.findall(r'href="(/library/-/works\?[^"]+)"[^>]*><title>\d+: (\d+) work', server.get("/").text)
    assert len(found) == 2
    for href, count in found:
        assert f"{count} work" in words(server.get(html.unescape(href)).text)


def test_every_question_stands_in_one_group_by_its_title(server: Server) -> None:
    assert sorted(name for names in questions.GROUPS.values() for name in names) == sorted(named.load())
    for path in ("/", "/library/-/questions"):
        found = links(server.get(path).text)
        for query in named.load().values():
            assert f"/library/-/question/{query.name}" in found.values()


@pytest.mark.parametrize("name", named.load())
def test_a_question_is_a_page_with_its_title(server: Server, name: str) -> None:
    for page in (server.get(f"/library/-/question/{name}"), server.get(f"/library/{name}")):
        assert page.status == 200
        assert f"<h1>{html.escape(named.load()[name].title)}</h1>".replace("&#x27;", "&#39;") in page.text
        assert "Custom SQL" not in page.text
        assert "as SQL" in words(page.text)


def test_what_a_question_finds_leads_to_its_page(server: Server) -> None:
    found = links(server.get("/library/-/question/reading-queue").text)
    assert found["Tides of Memory"] == TIDES
    assert found["↗"].startswith("obsidian://open?vault=My%20vault&file=Literature%2Fokafor2021tides")


# ---------------------------------------------------------------------- tables


def test_works_are_a_table_with_links_chips_and_facets(server: Server) -> None:
    page = server.get("/library/works")
    found = links(page.text.partition('class="facets"')[0])
    assert page.status == 200
    assert found["Tides of Memory"].startswith("/library/-/work/")
    assert found["Okafor, Ngozi"] == "/library/-/person/Okafor%2C%20Ngozi"
    assert found["sea/tides"] == "/library/-/works?tag=sea%2Ftides"
    assert found["10.1000/tides"] == "https://doi.org/10.1000/tides"
    assert "journal article" in words(page.text)
    assert '["' not in words(page.text.partition("<table")[2])
    for facet in ("tags", "creators", "year", "read_status"):
        assert f'data-column="{facet}"' in page.text
    assert "timed out" not in page.text


@pytest.mark.parametrize("column", ["tags", "creators"])
def test_a_facet_counts_what_its_choice_then_shows(server: Server, column: str) -> None:
    table = server.get("/library/works.json?_facet_size=max&_extra=facet_results").json()
    found = table["facet_results"].get("results", table["facet_results"])[column]["results"]
    assert found
    for choice in found:
        address = re.sub(r"^https?://[^/]+", "", choice["toggle_url"]).replace("_extra=facet_results&", "")
        rows = server.get(address + "&_shape=array").json()
        assert len(rows) == choice["count"]
        assert all(choice["value"] in json.loads(row[column]) for row in rows)


def test_an_id_in_a_table_is_the_title_of_its_note(server: Server) -> None:
    assert links(server.get("/library/annotations").text)["Tides of Memory"].startswith("/library/-/work/")


def test_a_highlight_shows_its_colour_and_the_way_into_the_document(server: Server) -> None:
    page = server.get("/library/annotations").text
    assert 'fill="#ffd400"' in page
    assert links(page)["Zotero"] == "zotero://open-pdf/library/items/PDFK2345?page=3&annotation=EFGH5678"


@pytest.mark.parametrize("table", ["works", "notes"])
def test_works_and_notes_have_a_search_box(server: Server, table: str) -> None:
    assert 'name="_search"' in server.get(f"/library/{table}").text
    found = server.get(f"/library/{table}.json?_search=foam&_shape=array").json()
    assert any(row["title"] == "A Grammar of Foam" for row in found)


def test_every_page_of_an_index_has_our_heading_and_its_search(server: Server) -> None:
    row = server.get("/library/works.json?_shape=array").json()[0]["note_id"]
    for path in ("/library", "/library/works", f"/library/works/{row}", "/library/orphans", TIDES, SHORES):
        page = server.get(path)
        assert 'class="li-nav"' in page.text, path
        assert 'action="/library/-/search"' in page.text, path
        assert '<footer class="li-foot">' in page.text, path
        assert "CREATE TABLE" not in words(page.text).partition("as SQL")[0], path


def test_tables_for_programs_are_hidden(server: Server) -> None:
    listed = re.findall(r'<h2><a href="/library/(\w+)"', server.get("/library").text.partition("Views")[0])
    assert set(listed) == {
        *("annotations", "authors", "citations", "collections", "fields", "links", "notes", "problems", "tags"),
        *("tasks", "works"),
    }


# ---------------------------------------------------------------------- search


def test_search_shows_the_best_match_first(server: Server) -> None:
    page = server.get("/library/-/search?q=grammar").text
    titles = re.findall(r'<h3><a href="[^"]*">(.*?)</a>', page)
    assert titles == ["A Grammar of Foam", "2024-01-01", "2024-01-02", "2024-01-03", "Tides of Memory"]
    assert "and some <mark>grammar</mark>" in page


def test_search_finds_highlights_and_names_their_page(server: Server) -> None:
    page = server.get("/library/-/search?q=shores+remembered&in=highlights").text
    assert "c-yellow" in page
    assert links(page)["p. 12"].startswith("zotero://open-pdf/")


def test_search_can_be_narrowed(server: Server) -> None:
    page = server.get("/library/-/search?q=tides&year=..2020").text
    assert "A Grammar of Foam" in page
    assert "Tides of Memory" not in page


@pytest.mark.parametrize("asked", ['foam"bar AND (', "***", "year:", "", "%00", "a" * 3000])
def test_search_answers_whatever_is_asked(server: Server, asked: str) -> None:
    page = server.get(f"/library/-/search?q={quote(asked, safe='%')}&limit=x&where=nowhere&year=abc")
    assert page.status == 200
    assert "Traceback" not in page.text


# ---------------------------------------------------------------------- works and notes


def test_a_work_shows_everything_that_is_known_of_it(server: Server) -> None:
    page = server.get(TIDES)
    text, found = words(page.text), links(page.text)
    assert page.status == 200
    assert "<h1>Tides of Memory</h1>" in page.text
    assert "<em>Journal of Imagined Seas</em>" in page.text
    assert found["Ngozi Okafor"] == "/library/-/person/Okafor%2C%20Ngozi"
    assert found["DOI"] == "https://doi.org/10.1000/tides"
    assert found["Zotero"] == "zotero://select/library/items/ABCD1234"
    assert found["Obsidian"] == "obsidian://open?vault=My%20vault&file=Literature%2Fokafor2021tides"
    assert found["sea/tides"] == "/library/-/works?tag=sea%2Ftides"
    assert "Why remembered shores erode." in text
    assert "I doubt the third figure." in text
    assert found["the foam book"] == "/library/-/work/Literature/A%20Grammar%20of%20Foam.md"


def test_a_works_highlights_have_their_colours_comments_and_pages(server: Server) -> None:
    page = server.get(TIDES).text
    highlight = page[page.index("c-yellow") :]
    assert "Shores are remembered before they are seen." in highlight
    assert "compare with foam" in highlight
    assert links(highlight)["p. 12"] == "zotero://open-pdf/library/items/PDFK2345?page=3&annotation=EFGH5678"


def test_a_work_tells_who_links_to_it_and_who_cites_it(server: Server) -> None:
    page = server.get(TIDES).text
    for heading in ("Cited by", "Linked from"):
        assert SHORES.replace("/note/", "/work/") in links(page[page.index(heading) :]).values(), heading


def test_a_note_is_shown_as_obsidian_shows_it(server: Server) -> None:
    page = server.get(SHORES).text
    found = links(page)
    assert re.search(r'<details class="callout k-tip"><summary class="title">How to read them</summary>', page)
    assert "<mark>twice</mark>" in page
    assert found["okafor2021tides"] == TIDES
    assert found["the foam"] == "/library/-/work/Literature/A%20Grammar%20of%20Foam.md"
    assert found["https://example.org/shore"] == "https://example.org/shore"
    assert found["a photograph"] == "https://example.org/photo.jpg"
    assert found["#sea/tides"] == "/library/-/works?tag=sea%2Ftides"
    assert 'class="task done"' in page
    assert "H<sub>2</sub>O" in page
    assert "not from here" not in page
    assert "<img" not in page


def test_a_page_keeps_its_address_by_the_notes_path(server: Server) -> None:
    rows = server.get("/library/notes.json?_shape=array&name=okafor2021tides").json()
    answer = server.get(f"/library/-/work/{rows[0]['id']}", follow=False)
    assert (answer.status, answer.headers["location"]) == (302, TIDES)


def test_a_note_that_is_no_work_has_one_page(server: Server) -> None:
    answer = server.get(SHORES.replace("/note/", "/work/"), follow=False)
    assert (answer.status, answer.headers["location"]) == (302, SHORES)


@pytest.mark.parametrize(
    "path", ["Nowhere.md", "999999999", "../../../etc/passwd", "%2e%2e%2fx", "99999999999999999999"]
)
def test_a_note_that_is_not_there_is_said_to_be_missing(server: Server, path: str) -> None:
    page = server.get(f"/library/-/note/{path}")
    assert page.status == 404
    assert "root:" not in page.text


def test_the_index_is_live(server: Server) -> None:
    note = server.vault / "Topics" / "Written just now.md"
    note.write_text("A zyzzyva was seen on the shore.", "utf-8")
    try:
        indexer.sync(server.vault, server.index, wait=10)
        assert "Written just now" in server.get("/library/-/search?q=zyzzyva").text
    finally:
        note.unlink()
        indexer.sync(server.vault, server.index, wait=10)
    assert "Written just now" not in server.get("/library/-/search?q=zyzzyva").text


# ---------------------------------------------------------------------- safety


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.nip.io", "", "169.254.1.1"]
)
def test_a_name_that_is_not_this_machines_is_refused(server: Server, host: str) -> None:
    for path in ("/", "/library/works.json", TIDES, "/-/versions.json"):
        answer = server.get(path, follow=False, Host=host)
        assert answer.status == 421
        assert "Tides" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8001", "127.0.0.1:1234", "[::1]:8001"])
def test_this_machines_own_names_are_answered(server: Server, host: str) -> None:
    assert server.get("/library/works", Host=host).status == 200


@pytest.mark.parametrize(
    "path", ["/", "/library", "/library/works", "/library/works.json", TIDES, SHORES, "/library/-/search?q=a"]
)
def test_every_answer_tells_the_browser_to_be_careful(server: Server, path: str) -> None:
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    "path", ["/", SHORES, TIDES, "/library/-/works", "/library/-/search?q=tides", "/library/-/note/Nowhere.md"]
)
def test_pages_with_the_text_of_notes_run_our_script_letter_for_letter_and_no_other(server: Server, path: str) -> None:
    page = server.get(path)
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page.text, re.DOTALL)
    hashed = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert len(scripts) == 1
    assert re.findall(r"script-src ([^;]*)", page.headers["content-security-policy"]) == [f"'sha256-{hashed}'"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert not re.search(r"\son\w+=", page.text)


def test_the_index_cannot_be_downloaded(server: Server) -> None:
    assert server.get("/library.db").status in (403, 404)


def test_one_statement_cannot_take_all_memory(server: Server) -> None:
    sql = quote("select length(randomblob(900000000))")
    answer = server.get(f"/library.json?sql={sql}&_shape=objects")
    assert answer.status == 400
    assert "too big" in answer.text


@pytest.mark.parametrize("sql", ["delete from notes", "attach '/tmp/x.db' as x", "pragma query_only=0"])
def test_nothing_can_be_written(server: Server, sql: str) -> None:
    assert server.get(f"/library.json?sql={quote(sql)}").status in (400, 403)
    assert server.get("/library/notes.json?_shape=array").json()


def test_style_sheets_are_ours_and_nothing_else_is_served_by_that_name(server: Server) -> None:
    addresses = re.findall(r'href="(/-/litindex/[^"]+)"', server.get("/").text)
    assert len(addresses) == 2
    for address in addresses:
        sheet = server.get(address)
        assert sheet.headers["content-type"].startswith("text/css")
        assert "immutable" in sheet.headers["cache-control"]
        assert "url(" not in sheet.text
    assert server.get("/-/litindex/other.css").status == 404
    assert server.get("/-/litindex/..%2fpages.py").status == 404


def test_hostile_notes_are_shown_as_text(hostile: Server) -> None:
    for path in (
        "/",
        "/library/works",
        "/library/notes",
        "/library/annotations",
        "/library/-/works?form=1&tag=%3Cscript%3Ex",
        "/library/-/notes",
        "/library/-/highlights",
        "/library/-/tasks",
        "/library/-/people",
        "/library/-/tags",
        "/library/-/question/highlights",
        "/library/-/search?q=evil",
        "/library/tasks",
    ):
        page = hostile.get(path).text
        assert "<script>document.body" not in page, path
        assert not re.search(r"<(?:img|iframe|object|embed|video|svg on)", page), path
        assert not re.search(r'href="\s*(?:javascript|data|vbscript|file):', page, re.IGNORECASE), path
