"""What a person types into a search, as an FTS5 expression."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litindex.query.words.fts_query import COLUMNS, expression, words_only
from litindex.text_keys import grams, is_unspaced, may_be_unspaced


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("foam", '"foam"'),
        ("foam tides", '"foam" "tides"'),
        ('"slow language"', '"slow language"'),
        ("tid*", '"tid"*'),
        ('"slow lang"*', '"slow lang"*'),
        ("foam OR tides", '"foam" OR "tides"'),
        ("foam NOT tides salt", '"foam" NOT "tides" "salt"'),
        ("foam (tides OR salt)", '"foam" AND ("tides" OR "salt")'),
        ("(foam OR tides) salt", '("foam" OR "tides") AND "salt"'),
        ("foam and tides", '"foam" "and" "tides"'),
        ("state-of-the-art", '"state-of-the-art"'),
        ("10.1000/182", '"10.1000/182"'),
        ("title:foam", 'title : "foam"'),
        ('own:"slow language"', '{own own_grams} : "slow language"'),
        ("own:潮汐", 'own_grams : "潮汐"'),
        ("body:foam", '{abstract own imported grams own_grams} : "foam"'),
        ("doi:10.1", '"doi:10.1"'),
        ("foam & tides", '"foam" "tides"'),
        ("潮", '"潮"*'),
        ("潮汐", '"潮汐"'),
        ("潮汐与", '"潮汐 汐与"'),
        ("BERT模型", '("BERT" AND "模型")'),
        ("foam BERT模型", '"foam" AND ("BERT" AND "模型")'),
        ("", ""),
        ('*"&', ""),
    ],
)
def test_words_phrases_operators_and_scripts(typed: str, match: str) -> None:
    assert expression(typed).match == match


def test_a_column_is_given_to_every_word_without_one() -> None:
    assert (
        expression("foam title:tides OR 潮汐", "own").match
        == '{own own_grams} : "foam" title : "tides" OR own_grams : "潮汐"'
    )


def test_words_after_not_are_not_words_to_be_found() -> None:
    assert expression("foam NOT tides").words == ("foam",)
    assert expression("BERT模型").words == ("BERT", "模型")
    assert expression("BERT模型").unspaced == ("模型",)


def test_the_words_of_what_is_no_expression_are_kept_without_operators() -> None:
    assert words_only('foo"bar AND (').match == '"foo" "bar"'
    assert words_only("NOT foam").match == '"foam"'


@pytest.fixture(scope="module")
def empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    columns = dict.fromkeys((*COLUMNS, "imported", "own_grams"))
    connection.execute(
        f"CREATE VIRTUAL TABLE fts USING fts5({', '.join(columns)}, tokenize='unicode61 remove_diacritics 2')"
    )
    return connection


@given(
    st.text("ab\"*():&-+^{}' 潮汐\0")
    | st.text()
    | st.lists(st.sampled_from(["AND", "OR", "NOT", "NEAR", "(", ")", "x"])).map(" ".join)
)
def test_the_words_of_any_text_are_never_refused(empty: sqlite3.Connection, typed: str) -> None:
    match = words_only(typed).match
    if match:
        empty.execute("SELECT * FROM fts WHERE fts MATCH ?", (match,)).fetchall()


@given(st.text("ab\"*:&-+^{}' 潮汐") | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="()\0")))
def test_without_brackets_and_operators_any_text_is_an_expression(empty: sqlite3.Connection, typed: str) -> None:
    match = expression(typed.replace("AND", "").replace("OR", "").replace("NOT", "")).match
    if match:
        empty.execute("SELECT * FROM fts WHERE fts MATCH ?", (match,)).fetchall()


# -------------------------------------------------------------------- grams


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain", ""),
        ("für", ""),
        ("猫", "猫"),
        ("黑猫", "黑猫 猫"),
        ("知识图谱", "知识 识图 图谱 谱"),
        ("使用BERT模型。", "使用 用 BERT 模型 型"),
        ("BERT模型 v2", "BERT 模型 型"),
        ("中A文", "中 A 文"),
        ("ภาษา", "ภา าษ ษา า"),
        ("한국어", "한국 국어 어"),
    ],
)
def test_grams_are_pairs_the_last_character_and_words_glued_to_them(text: str, found: str) -> None:
    assert grams(text) == found


def test_no_character_of_an_unspaced_script_is_overlooked_by_its_bytes() -> None:
    unspaced = [c for c in map(chr, range(0x110000)) if is_unspaced(c)]
    assert len(unspaced) > 100_000
    assert all(may_be_unspaced(c.encode()) for c in unspaced)


@pytest.mark.parametrize("text", ["plain", "für", "— “quoted” …", "📝\ufe0f 🎉 ✅", "→ ∑ №"])
def test_marks_and_emoji_are_known_to_be_of_no_unspaced_script(text: str) -> None:
    assert not may_be_unspaced(text.encode())
    assert grams(text) == ""


@given(st.text("ab é潮汐与记 。", min_size=1))
def test_every_piece_of_an_unspaced_run_is_found_by_its_grams(empty: sqlite3.Connection, text: str) -> None:
    for run in filter(None, "".join(c if c in "潮汐与记" else " " for c in text).split(" ")):
        for size in range(1, len(run) + 1):
            match = expression(run[-size:]).match
            empty.execute("INSERT INTO fts (rowid, grams) VALUES (1, ?)", (grams(text),))
            found = empty.execute("SELECT count(*) FROM fts WHERE fts MATCH ?", (match,)).fetchone()
            empty.execute("DELETE FROM fts")
            assert found == (1,)


def test_a_word_that_is_repeated_in_a_row_is_asked_for_once() -> None:
    assert expression("a b a a OR a b (a)").match == '"a" "b" OR "a" "b" AND ("a")'
