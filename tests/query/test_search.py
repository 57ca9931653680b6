"""What is found, by which words, under which conditions, in which order."""

from __future__ import annotations

from sqlite3 import Connection

import pytest

from litindex.errors import QueryError
from litindex.query.lists.filters import Filters, years
from litindex.query.words.excerpt import MARKS
from litindex.query.words.search import Found, search


def names(found: Found) -> list[str]:
    return [hit.path.rsplit("/", 1)[-1].removesuffix(".md") for hit in found.hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("slow language", {"lindqvist2019foam"}),
        ("naive", {"lindqvist2019foam"}),
        ("NAÏVE", {"lindqvist2019foam"}),
        ("langu*", {"lindqvist2019foam"}),
        ("langu", set()),
        ('"slow language"', {"lindqvist2019foam"}),
        ('"language slow"', set()),
        ("foam OR salt", {"lindqvist2019foam", "lindqvist2019foam copy", "okafor1999salt", "okafor2021tides"}),
        ("foam NOT language", {"lindqvist2019foam copy", "okafor2021tides"}),
        ("tide paper", {"okafor2021tides"}),
        ("ribeiro", {"okafor1999salt"}),
        ("lindqvist2019grammar", {"lindqvist2019foam copy"}),
        ("2024-05-01", {"2024-05-01", "Sea"}),
        ("asa ribeiro", {"okafor1999salt"}),
        ("潮汐", {"wang2022chaoxi"}),
        ("汐与记", {"wang2022chaoxi"}),
        ("忆", {"wang2022chaoxi"}),
        ("BERT", {"wang2022chaoxi"}),
        ("bert模型", {"wang2022chaoxi"}),
        ("记潮", set()),
        ("unwritten note", {"Sea", "2024-05-01"}),
    ],
)
def test_words_find_notes(connection: Connection, typed: str, found: set[str]) -> None:
    result = search(connection, typed)
    assert set(names(result)) == found
    assert not result.words_only


def test_the_title_counts_more_than_the_text(connection: Connection) -> None:
    assert names(search(connection, "foam"))[-1] == "okafor2021tides"
    assert names(search(connection, "tides"))[-1] == "Sea"


@pytest.mark.parametrize(
    "typed", ['foam"slow AND (', "foam AND slow AND", "(foam slow", "NOT foam slow", "foam OR OR slow", ") foam slow"]
)
def test_what_is_no_expression_is_searched_for_its_words(connection: Connection, typed: str) -> None:
    found = search(connection, typed)
    assert (names(found), found.words_only) == (["lindqvist2019foam"], True)


@pytest.mark.parametrize("typed", ["", "  ", '"', "&", "AND", "()"])
def test_a_search_without_a_word_is_refused(connection: Connection, typed: str) -> None:
    with pytest.raises(QueryError, match="nothing to search for"):
        search(connection, typed)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(mine=True), {"lindqvist2019foam", "okafor2021tides"}),
        (Filters(tags=("sea",)), {"lindqvist2019foam", "okafor2021tides"}),
        (Filters(tags=("#Sea/",)), {"lindqvist2019foam", "okafor2021tides"}),
        (Filters(tags=("sea/tides",)), {"okafor2021tides"}),
        (Filters(tags=("sea", "memory")), {"okafor2021tides"}),
        (Filters(authors=("okafor",)), {"okafor2021tides"}),
        (Filters(authors=("Okafor", "åsa")), {"okafor2021tides"}),
        (Filters(authors=("ngozi okafor",)), {"okafor2021tides"}),
        (Filters(year="2019"), {"lindqvist2019foam", "lindqvist2019foam copy"}),
        (Filters(year="2020..2024"), {"okafor2021tides"}),
        (Filters(year="..2019"), {"lindqvist2019foam", "lindqvist2019foam copy"}),
        (Filters(item_type="JournalArticle"), {"okafor2021tides"}),
        (Filters(item_type="journal article"), {"okafor2021tides"}),
        (Filters(item_type=("journal-article", "preprint")), {"okafor2021tides"}),
        (Filters(authors=("n okafor",)), {"okafor2021tides"}),
        (Filters(containers=("imagined",)), {"okafor2021tides"}),
        (Filters(folders=("archive/",)), {"lindqvist2019foam copy"}),
        (Filters(color="yellow"), {"okafor2021tides"}),
        (Filters(color="gelb"), {"okafor2021tides"}),
        (Filters(has=("highlights", "doi")), {"okafor2021tides"}),
        (Filters(has=("own",)), {"lindqvist2019foam", "okafor2021tides"}),
        (Filters(cited=True), {"okafor2021tides", "lindqvist2019foam"}),
        (Filters(cited=False), {"lindqvist2019foam copy"}),
        (Filters(only=frozenset()), set()),
        (Filters(status="read"), {"lindqvist2019foam"}),
        (Filters(status="read", authors=("okafor",)), set()),
    ],
)
def test_conditions_choose_among_the_notes_with_the_word(
    connection: Connection, filters: Filters, found: set[str]
) -> None:
    assert set(names(search(connection, "foam", filters))) == found


def test_own_words_of_scripts_without_spaces_are_told_from_imported_ones(connection: Connection) -> None:
    assert names(search(connection, "研究", Filters(mine=True))) == ["wang2022chaoxi"]
    assert names(search(connection, "记忆")) == ["wang2022chaoxi"]
    assert names(search(connection, "记忆", Filters(mine=True))) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [("2020", (2020, 2020)), ("2020..2024", (2020, 2024)), ("2020..", (2020, 9999)), ("..2024", (0, 2024))],
)
def test_years_are_one_or_a_range(text: str, span: tuple[int, int]) -> None:
    assert years(text) == span


@pytest.mark.parametrize("text", ["..", "20x", "2020-2024", "2020..x", "20202"])
def test_other_years_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match="is no year: write 2020"):
        years(text)


def test_the_excerpt_shows_own_words_around_what_was_found(connection: Connection) -> None:
    (hit,) = search(connection, "naive lang*").hits
    assert hit.excerpt == "Foam is a slow language, I think. Naïve readers hear waves."


def test_a_hit_by_its_title_alone_has_no_excerpt(connection: Connection) -> None:
    assert [hit.excerpt for hit in search(connection, "ribeiro").hits] == [""]


def test_the_excerpt_of_a_script_without_spaces_shows_the_text_not_its_grams(connection: Connection) -> None:
    (hit,) = search(connection, "潮汐").hits
    assert hit.excerpt == f"本文使用BERT模型研究{MARKS[0]}潮汐{MARKS[1]}。"


def test_highlights_are_hits_of_their_own_with_place_and_comment(connection: Connection) -> None:
    (hit,) = search(connection, "shores", where="highlights").hits
    assert (hit.citekey, hit.page, hit.color, hit.line) == ("okafor2021tides", "12", "yellow", 19)
    assert hit.excerpt == f"{MARKS[0]}Shores{MARKS[1]} are remembered before they are seen."
    assert hit.comment == "compare with foam"
    assert hit.uri == "zotero://open-pdf/library/items/PDFK2345?page=3&annotation=EFGH5678"


def test_comments_are_the_own_words_of_highlights(connection: Connection) -> None:
    assert len(search(connection, "foam", Filters(mine=True), "highlights").hits) == 1
    assert not search(connection, "shores", Filters(mine=True), "highlights").hits


def test_everywhere_means_notes_then_highlights_up_to_the_limit_each(connection: Connection) -> None:
    hits = search(connection, "foam", where="all", limit=2).hits
    assert [hit.line is not None for hit in hits] == [False, False, True]


def test_columns_that_highlights_have_not_are_searched_as_words(connection: Connection) -> None:
    found = search(connection, "title:shores", where="highlights")
    assert found.words_only


def test_a_highlight_in_a_script_without_spaces_must_hold_the_word_itself(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    from litindex.index import database
    from litindex.sync import indexer

    vault = tmp_path_factory.mktemp("vault")
    (vault / "甲.md").write_text(
        "---\ncitekey: jia2020\ntitle: 甲\nyear: 2020\n---\n记忆之书\n\n"
        "> [!highlight|#ffd400] [p. 1](zotero://open-pdf/library/items/PDFK2345?page=1&annotation=EFGH5678)\n> 海的记忆很长。\n\n"
        "> [!highlight|#ffd400] [p. 2](zotero://open-pdf/library/items/PDFK2345?page=2&annotation=EFGH5679)\n> 山很高。\n",
        encoding="utf-8",
    )
    index = tmp_path_factory.mktemp("index") / "litindex.db"
    indexer.sync(vault, index, jobs=1)
    connection = database.open_readonly(index)
    hits = search(connection, "记忆", where="highlights").hits
    connection.close()
    assert [(hit.page, hit.excerpt) for hit in hits] == [("1", f"海的{MARKS[0]}记忆{MARKS[1]}很长。")]
