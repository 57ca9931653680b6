"""Named queries: how a file is read, and what the shipped ones answer."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Mapping
from pathlib import Path
from sqlite3 import Connection

import pytest

from litindex.errors import QueryError
from litindex.query import named
from litindex.query.named import NamedQuery, Parameter

GOLDEN = Path(__file__).parents[1] / "golden" / "queries"
SHIPPED = named.load()
GIVEN = {"author": "okafor", "tag": "sea", "citekey": "okafor2021tides", "note": "Sea"}
"""Values of the parameters that must be given, by type."""
ON_SAMPLE = {"author": "okafor", "tag": "acoustics", "citekey": "Okafor21nightChorus", "note": "The drowned bell"}
"""The same on the sample vault."""
NOT_GOLDEN = {"changed-lately", "what-changed"}
"""These show when files were written and runs were made."""
OF_LATER_RUNS = {"lost-words"}
"""An index that was built once has nothing to tell: tests/history asks these."""


def given(query: NamedQuery, values: Mapping[str, str] = GIVEN) -> dict[str, str]:
    return {each.name: values[each.type] for each in query.parameters if each.default is None}


def ask(connection: Connection, name: str, values: Mapping[str, str]) -> list[dict[str, object]]:
    query = SHIPPED[name]
    result = named.run(connection, query.sql, query.bind(values))
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def column(rows: list[dict[str, object]], name: str) -> list[object]:
    return [row[name] for row in rows]


# ------------------------------------------------------------------ reading


def test_the_head_gives_title_description_and_parameters() -> None:
    text = (
        "-- Works of a year\n-- Every work of one year,\n-- newest first.\n"
        "-- :year (integer): the year\n-- :tag (tag, optional): only with this tag\n-- :limit (integer, default 5): rows\n"
        "-- :sort (text, default by title): how\nSELECT :year, :tag, :limit, :sort"
    )
    query = named.parse("works-of", text)
    assert (query.title, query.description) == ("Works of a year", "Every work of one year, newest first.")
    assert query.parameters == (
        Parameter("year", "integer", None, "the year"),
        Parameter("tag", "tag", "", "only with this tag"),
        Parameter("limit", "integer", "5", "rows"),
        Parameter("sort", "text", "by title", "how"),
    )
    assert query.sql == text


def test_a_file_without_a_head_asks_for_what_its_sql_names() -> None:
    query = named.parse(
        "my-own", "SELECT ':no', \":no\", x::y -- :no\n/* :no */ FROM t WHERE a = :yes AND b = :too AND :yes"
    )
    assert query.title == "My own"
    assert query.parameters == (Parameter("yes"), Parameter("too"))


def test_an_unknown_type_is_named_with_those_there_are() -> None:
    with pytest.raises(QueryError, match=r"query 'q': parameter 'a' has the unknown type 'colour' \(use text, integer"):
        named.parse("q", "-- T\n-- :a (colour): x\nSELECT :a")


def test_later_folders_replace_queries_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "Open_Tasks.sql").write_text("-- Mine\nSELECT 1", encoding="utf-8")
    (tmp_path / "extra.sql").write_text("\ufeff-- Extra\nSELECT 2", encoding="utf-8")
    loaded = named.load(tmp_path)
    assert loaded["open-tasks"].title == "Mine"
    assert loaded["extra"].title == "Extra"
    assert loaded.keys() >= SHIPPED.keys()


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    assert named.load(tmp_path / "absent") == SHIPPED


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.sql").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match=r"cannot read the query .*bad\.sql"):
        named.load(tmp_path)


# ------------------------------------------------------------------ binding


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "12", 12),
        ("number", "1.5", 1.5),
        ("tag", " #Méta/Notes/ ", "méta/notes"),
        ("author", " Müller, Jörg ", "müller, jörg"),
        ("citekey", "@Okafor2021", "okafor2021"),
        ("note", "Topics/Sea.md", "topics/sea.md"),
        ("text", " as it is ", " as it is "),
        ("integer", "", ""),
    ],
)
def test_a_value_is_read_by_its_type(kind: str, text: str, value: object) -> None:
    assert Parameter("p", kind).read(text) == value


def test_a_value_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(QueryError, match="limit must be integer, not 'many'"):
        SHIPPED["open-tasks"].bind({"limit": "many"})


def test_a_missing_value_is_asked_for() -> None:
    with pytest.raises(QueryError, match="query 'cited-by' needs --citekey VALUE"):
        SHIPPED["cited-by"].bind({})


def test_an_unknown_parameter_is_named_with_those_there_are() -> None:
    with pytest.raises(QueryError, match=r"query 'open-tasks' has no parameter 'tag' \(it has: kind, limit\)"):
        SHIPPED["open-tasks"].bind({"tag": "x"})


# ------------------------------------------------------------------- asking


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("select nonsense", "no such column: nonsense"),
        ("select", "incomplete input"),
        ("select 1; select 2", "one statement at a time"),
        ("select :x", "the SQL asks for :x; give it by -p x VALUE"),
        ("delete from notes", "can only be read here"),
        ("attach 'x.db' as x", "can only be read here"),
        ("create temp table t (a)", "can only be read here"),
        ("pragma query_only = 0", "can only be read here"),
        ("select load_extension('x')", "can only be read here"),
    ],
)
def test_what_sqlite_refuses_is_one_error_in_its_words(connection: Connection, sql: str, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        list(named.run(connection, sql).rows)


def test_a_query_without_end_is_stopped(connection: Connection) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    with pytest.raises(QueryError, match=r"stopped after 0\.01 s"):
        list(named.run(connection, endless, limit=named.TimeLimit(0.01)).rows)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer signals here")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it may strike in SQLite's own callback
def test_ctrl_c_ends_a_query(connection: Connection) -> None:
    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(KeyboardInterrupt):
            list(named.run(connection, endless, limit=named.TimeLimit(30)).rows)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_rows_come_while_they_are_read(connection: Connection) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
    assert next(named.run(connection, endless).rows) == (1,)


# ------------------------------------------------------- the shipped queries


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_query_explains_itself(name: str) -> None:
    query = SHIPPED[name]
    used = set(re.findall(r"(?<!:):(\w+)", re.sub(r"--.*|'[^']*'", "", query.sql)))
    assert query.title
    assert query.description.endswith(".")
    assert {each.name for each in query.parameters} == used
    assert all(each.meaning for each in query.parameters)


def test_no_shipped_query_bears_the_name_of_a_table(connection: Connection) -> None:
    """Datasette would show the query where the table was asked for."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert not tables & SHIPPED.keys()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_query_answers_raw_text_as_datasette_gives_it(connection: Connection, name: str) -> None:
    """Datasette binds every value as text, and '' for what is absent."""
    query = SHIPPED[name]
    raw = {each.name: given(query).get(each.name, "") for each in query.parameters}
    by_type = named.run(connection, query.sql, query.bind(given(query)))
    assert list(named.run(connection, query.sql, raw).rows) == list(by_type.rows)


@pytest.mark.parametrize("name", sorted(SHIPPED.keys() - NOT_GOLDEN - OF_LATER_RUNS))
def test_a_shipped_query_answers_as_expected(sample: Connection, name: str, update_golden: bool) -> None:
    """On the sample vault; `pytest --update-golden` writes what is answered now, to be read before it is committed."""
    rows = ask(sample, name, given(SHIPPED[name], ON_SAMPLE))
    file = GOLDEN / f"{name}.json"
    if update_golden:
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        file.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    assert rows == json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(SHIPPED.keys() - OF_LATER_RUNS))
def test_every_shipped_query_finds_something_in_the_small_vault(connection: Connection, name: str) -> None:
    assert ask(connection, name, given(SHIPPED[name]))


def test_equal_identifiers_or_title_and_year_are_one_work_and_a_preprint_is_told_apart(connection: Connection) -> None:
    assert [(row["verdict"], row["because"], row["paths"]) for row in ask(connection, "duplicates", {})] == [
        (
            "the same work",
            "doi,title and year",
            "Archive/lindqvist2019foam copy.md | Literature/lindqvist2019foam.md",
        ),
        ("preprint and published version", "title", "Literature/okafor2020tides.md | Literature/okafor2021tides.md"),
    ]


def test_what_is_linked_most_is_to_be_read_first(connection: Connection) -> None:
    rows = ask(connection, "reading-queue", {})
    assert [(row["citekey"], row["linked_from"]) for row in rows] == [
        ("okafor2021tides", 2),
        ("wang2022chaoxi", 0),
        ("lindqvist2019grammar", 0),
    ]
    assert column(ask(connection, "reading-queue", {"tag": "sea"}), "citekey") == ["okafor2021tides"]


def test_colours_have_the_meaning_that_the_user_gave(connection: Connection) -> None:
    assert {row["color"]: row["meaning"] for row in ask(connection, "colors", {})} == {
        "yellow": "claim",
        "red": "doubt",
    }


def test_keys_that_differ_by_signs_or_plural_are_near(connection: Connection) -> None:
    near = {row["key"]: row["near"] for row in ask(connection, "field-census", {}) if row["near"]}
    assert near == {"citekey": "cite-key", "cite-key": "citekey"}


def test_what_changed_last_comes_first(connection: Connection) -> None:
    rows = ask(connection, "changed-lately", {"limit": "2"})
    assert column(rows, "path") == ["Broken.md", "Lonely.md"]
    assert re.fullmatch(r"2023-11-1\d \d\d:\d\d", str(rows[0]["changed"]))


def test_a_person_is_found_by_every_way_of_saying_the_name(connection: Connection) -> None:
    for name in ("Okafor, Ngozi", "ngozi okafor", "OKAFOR, NGOZI", "ngozi"):
        assert set(column(ask(connection, "author", {"author": name}), "author")) == {"Okafor, Ngozi"}
    assert set(column(ask(connection, "author", {"author": "Okafor"}), "author")) == {"Okafor, N.", "Okafor, Ngozi"}
    assert set(column(ask(connection, "author", {"author": "lindqvist, åsa"}), "author")) == {"Lindqvist, Åsa"}


def test_a_whole_name_does_not_find_longer_ones(connection: Connection) -> None:
    assert set(column(ask(connection, "author", {"author": "Okafor, N."}), "author")) == {"Okafor, N."}


@pytest.mark.parametrize(
    ("values", "pages"),
    [
        ({}, ["12", "13"]),
        ({"color": "Yellow"}, ["12"]),
        ({"color": "#ff6666"}, ["13"]),
        ({"tag": "sea"}, ["12", "13"]),
        ({"tag": "#sea/tides"}, ["12", "13"]),
        ({"tag": "se"}, []),
        ({"author": "lindqvist"}, ["12", "13"]),
        ({"author": "ribeiro"}, []),
        ({"year": "2021"}, ["12", "13"]),
        ({"year": "2020..2024"}, ["12", "13"]),
        ({"year": "..2021"}, ["12", "13"]),
        ({"year": "2022.."}, []),
        ({"year": "2020"}, []),
        ({"color": "red", "tag": "sea", "author": "okafor", "year": "2021.."}, ["13"]),
        ({"limit": "1"}, ["12"]),
    ],
)
def test_highlights_are_chosen_by_colour_tag_author_and_year(
    connection: Connection, values: dict[str, str], pages: list[str]
) -> None:
    assert column(ask(connection, "highlights", values), "page") == pages


def test_a_tag_finds_those_below_it_and_no_other_that_begins_alike(connection: Connection) -> None:
    assert column(ask(connection, "tagged", {"tag": "sea"}), "citekey") == ["okafor2021tides", "lindqvist2019foam"]
    assert column(ask(connection, "tagged", {"tag": "sea/tides"}), "citekey") == ["okafor2021tides"]
    assert column(ask(connection, "tagged", {"tag": "se"}), "citekey") == []
    assert column(ask(connection, "tagged", {"tag": "sea", "status": "Read"}), "citekey") == ["lindqvist2019foam"]


def test_who_cites_a_missing_work_is_known_too(connection: Connection) -> None:
    assert column(ask(connection, "cited-by", {"citekey": "@Nobody1900"}), "path") == ["Topics/Sea.md"]


@pytest.mark.parametrize("called", ["Topics/Sea.md", "topics/sea", "sea", "SEA"])
def test_backlinks_are_asked_for_by_path_or_name(connection: Connection, called: str) -> None:
    assert column(ask(connection, "backlinks-of", {"note": called}), "path") == ["Daily/2024-05-01.md"]


def test_backlinks_are_asked_for_by_citekey(connection: Connection) -> None:
    paths = column(ask(connection, "backlinks-of", {"note": "okafor2021tides"}), "path")
    assert paths == ["Literature/okafor1999salt.md", "Topics/Sea.md"]
