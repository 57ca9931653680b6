"""The comparison that vectors are judged by."""

from __future__ import annotations

import pytest

from tests.vectors.compare import NOTHING, Difference, differences, row_differences


def found(key: str, expected: object, actual: object) -> list[Difference]:
    return list(differences(key, expected, actual))


@pytest.mark.parametrize(
    ("key", "expected", "actual"),
    [
        pytest.param("work", {"year": 2024}, {"year": 2024, "title": "T"}, id="further keys of an object are ignored"),
        pytest.param("work", {"title": None}, {}, id="null is an absent key"),
        pytest.param("work", None, None, id="no work is no work"),
        pytest.param("note", {"has_bom": True}, {"has_bom": 1}, id="true is 1 where it is a column"),
        pytest.param("annotations", [{"page": 3}], [{"page": 3.0}], id="1 is 1.0"),
        pytest.param("tag_rows", [["a", None, 1]], [("a", None, 1)], id="a row is a list"),
        pytest.param("identifiers", [["doi", "a"], ["url", "b"]], [("url", "b"), ("doi", "a")], id="identifiers: set"),
        pytest.param("problems", ["a", "b"], ["b", "a"], id="problems: set"),
        pytest.param("files", {"notes": ["a", "b"]}, {"notes": {"b", "a"}, "ignored": {"c"}}, id="files: sets"),
        pytest.param("fields", [{"value": {"b": 1, "a": [2]}}], [{"value": {"a": [2.0], "b": 1}}], id="exact value"),
        pytest.param("frontmatter", {"data": {"a": None}}, {"data": {"a": None}}, id="exact null"),
        pytest.param("work", {"abstract_starts": "In a"}, {"abstract": "In a word"}, id="start of the abstract"),
        pytest.param("work", {"abstract_ends": "word"}, {"abstract": "In a word"}, id="end of the abstract"),
    ],
)
def test_equal_by_the_rules(key: str, expected: object, actual: object) -> None:
    assert found(key, expected, actual) == []


@pytest.mark.parametrize(
    ("key", "expected", "actual", "path"),
    [
        pytest.param("work", {"year": 2024}, {"year": "2024"}, "work.year", id="a number is no text"),
        pytest.param("work", {"year": None}, {"year": 2024}, "work.year", id="null is no value"),
        pytest.param("work", None, {"year": 2024}, "work", id="no work is not any work"),
        pytest.param("work", {"title": "T"}, None, "work", id="a work is not no work"),
        pytest.param("work", {"publisher": ""}, {}, "work.publisher", id="empty is not absent"),
        pytest.param("work", {"abstract_starts": "In a"}, {}, "work.abstract_starts", id="no abstract"),
        pytest.param("work", {"abstract_ends": "word"}, {"abstract": "words"}, "work.abstract_ends", id="other end"),
        pytest.param("headings", [{"level": 1}], [], "headings[0]", id="an item too few"),
        pytest.param("headings", [], [{"level": 1}], "headings[0]", id="an item too many"),
        pytest.param("aliases", ["a", "b"], ["b", "a"], "aliases[0]", id="lists have an order"),
        pytest.param("callouts", [{"lines": [1, 2]}], [{"lines": [1, 3]}], "callouts[0].lines[1]", id="nested place"),
        pytest.param("collections", ["a"], None, "collections", id="a list is not nothing"),
        pytest.param("problems", ["a"], [], "problems", id="a problem missing"),
        pytest.param("problems", [], ["a"], "problems", id="a problem too many"),
        pytest.param("identifiers", [["doi", "a"]], [("doi", "b")], "identifiers", id="another identifier"),
        pytest.param("files", {"excluded": []}, {"excluded": {"a"}}, "files.excluded", id="a file too many"),
        pytest.param("files", {"notes": ["a"]}, {}, "files.notes", id="a file missing"),
        pytest.param("frontmatter", {"data": {}}, {"data": {"a": 1}}, "frontmatter.data.a", id="data: no extra keys"),
        pytest.param("frontmatter", {"data": {"a": None}}, {"data": {}}, "frontmatter.data.a", id="data: null"),
        pytest.param("frontmatter", {"data": {"a": 1}}, {"data": {"a": True}}, "frontmatter.data.a", id="data: bool"),
        pytest.param("frontmatter", {"data": ["a"]}, {"data": ["a", 1]}, "frontmatter.data[1]", id="data: list"),
        pytest.param("frontmatter", {"data": {}}, {"data": None}, "frontmatter.data", id="data: none at all"),
        pytest.param("fields", [{"value": "1"}], [{"value": 1}], "fields[0].value", id="value: type"),
        pytest.param("fields", [{"value": ""}], [{"value": None}], "fields[0].value", id="value: empty is not null"),
        pytest.param(
            "fields",
            [{"value": {"link": {"target": "N"}}}],
            [{"value": {"link": {"target": "N", "embed": False}}}],
            "fields[0].value.link.embed",
            id="value: no extra keys",
        ),
        pytest.param("fields", [{"value": ["q"]}], [{"value": "q"}], "fields[0].value", id="value: a list of one"),
    ],
)
def test_different_by_the_rules(key: str, expected: object, actual: object, path: str) -> None:
    assert found(key, expected, actual)[0].path == path


def test_every_difference_is_told_in_reading_order() -> None:
    told = found("links", [{"target": "a", "line": 1}, {"target": "b"}], [{"target": "x", "line": 2}])
    assert [(d.path, d.expected, d.actual) for d in told] == [
        ("links[0].target", "a", "x"),
        ("links[0].line", 1, 2),
        ("links[1]", {"target": "b"}, NOTHING),
    ]


def test_rows_of_a_query_have_an_order() -> None:
    assert list(row_differences("SELECT 1", [[1], [2]], [(1,), (2,)])) == []
    assert [d.actual for d in row_differences("SELECT 1", [[1], [2]], [(2,), (1,)])] == [2, 1]


def test_pairs_of_author_candidates_may_be_either_way_round() -> None:
    statement = "SELECT author, other FROM author_candidates ORDER BY 1, 2"
    assert list(row_differences(statement, [["a", "b"], ["c", "d"]], [("d", "c"), ("a", "b")])) == []
    assert list(row_differences(statement, [["a", "b"]], [("a", "c")])) != []


def test_a_difference_is_printed_with_its_place_and_both_sides() -> None:
    told = Difference("work.title", "Über", NOTHING).lines()
    assert told == ["work.title", '  expected: "Über"', "  actual:   (nothing)"]
