"""Words are found by their other forms and spellings, and exactly where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from sqlite3 import Connection

import pytest

from litindex.index import database
from litindex.query.lists.filters import Filters
from litindex.query.lists.values import author_ids
from litindex.query.words.excerpt import MARKS
from litindex.query.words.search import search
from litindex.sync import indexer
from litindex.text_keys import search_forms, search_key

NOTES = {
    "ligature": "The ﬁsh are eﬃcient.",
    "soft": "A con\u00adver\u00adsation by the sea\u200bside.",
    "street": "Große Straße in Łódź, Ærø og Đorđe.",
    "hebrew": "שָׁלוֹם עֲלֵיכֶם",
    "arabic": "اَلْكِتَابُ كـبير أحمد",
    "water": "Mix H<sub>2</sub>O with x².",
    "broken": "A long exam- ple of a hyphen-\nation, and well-known sluices.",
    "greek": "Η θάλασσα και ο άνεμος.",
    "wide": "Ｔｉｄｅｓ",
    "forecast": "They were forecasting memories of tidal marshes.",
    "german": "Die Zeitungen berichten von Häusern.",
    "french": "Elle regardait les marées.",
}
HIGHLIGHT = """---
citekey: sora2020
title: Marks
authors: ["Łukasiewicz, Jan", "Sørensen, Bo"]
year: 2020
---
> [!highlight|#ffd400] [p. 1](zotero://open-pdf/library/items/ABCD1234?page=1&annotation=EFGH5678)
> The ﬁrst inter- pretation of Straßen.
"""


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    vault = tmp_path_factory.mktemp("words")
    for name, text in NOTES.items():
        (vault / f"{name}.md").write_text(text, encoding="utf-8")
    (vault / "sora2020.md").write_text(HIGHLIGHT, encoding="utf-8")
    index = tmp_path_factory.mktemp("index") / "litindex.db"
    indexer.sync(vault, index, jobs=1)
    opened = database.open_readonly(index)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("fish", "ligature"), ("ﬁsh", "ligature"), ("efficient", "ligature"), ("conversation", "soft"), ("seaside", "soft"),
        ("strasse", "street"), ("STRASSE", "street"), ("straße", "street"), ("stras*", "street"), ("lodz", "street"), ("Łódź", "street"),
        ("aero", "street"), ("djordje OR dorde", "street"), ("grosse", "street"), ("שלום", "hebrew"), ("שָׁלוֹם", "hebrew"),
        ("الكتاب", "arabic"), ("كبير", "arabic"), ("احمد", "arabic"), ("H2O", "water"), ("x2", "water"), ("example", "broken"),
        ("hyphenation", "broken"), ("well-known", "broken"), ("θαλασσα", "greek"), ("ΘΆΛΑΣΣΑ", "greek"), ("tides", "wide"),
        ("forecasts", "forecast"), ("forecast", "forecast"), ("memory", "forecast"), ("marsh", "forecast"),
        ("Zeitung", "german"), ("Haus OR Häuser", "german"), ("regarder", "french"), ("maree", "french"),
    ],
)  # fmt: skip
def test_a_word_is_found_however_it_is_spelled(words: Connection, typed: str, name: str) -> None:
    assert name in [hit.path.removesuffix(".md") for hit in search(words, typed).hits]
    assert name in [hit.path.removesuffix(".md") for hit in search(words, typed, Filters(mine=True)).hits]


@pytest.mark.parametrize("typed", ['"forecasts"', '"memory"', '"marsh"', "forecasts*"])
def test_a_word_in_quotes_is_found_as_it_is_written_alone(words: Connection, typed: str) -> None:
    assert search(words, typed).hits == ()


def test_other_forms_are_found_under_filters_and_among_other_words(words: Connection) -> None:
    assert [hit.path for hit in search(words, "forecast AND (memory OR tides)").hits] == ["forecast.md"]
    assert search(words, "forecast NOT memory").hits == ()


@pytest.mark.parametrize("typed", ["first", "interpretation", "strassen", "straße"])
def test_highlights_are_found_however_they_are_spelled(words: Connection, typed: str) -> None:
    (hit,) = search(words, typed, where="highlights").hits
    assert "ﬁrst" in hit.excerpt.replace(MARKS[0], "").replace(MARKS[1], "")


def test_the_excerpt_marks_the_word_as_it_is_written(words: Connection) -> None:
    (hit,) = search(words, "strasse").hits[:1]
    assert f"{MARKS[0]}Straße{MARKS[1]}" in hit.excerpt
    (hit,) = search(words, "forecasts").hits
    assert f"{MARKS[0]}forecasting{MARKS[1]}" in hit.excerpt


def test_nothing_found_suggests_words_of_the_index(words: Connection) -> None:
    assert search(words, "memoreis marshs").meant == "memories marshes"
    assert search(words, "xyzzy").meant == ""
    assert search(words, "forecasting").meant == ""


@pytest.mark.parametrize("typed", ["lukasiewicz", "Łukasiewicz", "sorensen", "J. Łukasiewicz", "bo SØRENSEN"])
def test_a_name_is_found_however_it_is_spelled(words: Connection, typed: str) -> None:
    assert len(author_ids(words, typed)) == 1


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Łódź", "lodz"), ("ﬁn", "fin"), ("STRAẞE", "strasse"), ("co\u00adop", "coop"), ("Ærø", "aero"), ("x²", "x2"), ("がか", "がか"),
        ("한국", "한국"), ("हिन्दी", "हिन्दी"), ("أحمد", "احمد"), ("שָׁלוֹם", "שלום"), ("ё", "е"), ("İstanbul", "istanbul"),
    ],
)  # fmt: skip
def test_search_keys_keep_letters_and_lose_marks(text: str, key: str) -> None:
    assert search_key(text) == key


@pytest.mark.parametrize("text", ["Plain words, naïve café", "- item\n- item", "1- 2", "well-known", "Über uns"])
def test_most_texts_need_no_other_spelling(text: str) -> None:
    assert search_forms(text) == ""
