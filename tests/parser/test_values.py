"""Types of field values (FORMAT D9 to D11, M19)."""

from __future__ import annotations

import pytest

from litindex.parser.dataview.values import UNIT_SECONDS, is_list, parse_values, string_type


@pytest.mark.parametrize(
    "raw",
    [
        "Vogel, Greta",
        "a, b",
        '["x","y"]',
        "[]",
        "'x'",
        "yes",
        "TRUE",
        "null",
        '"say "hi""',
        "[[A]] and [[B]]",
        "#a b",
        "1, 2, x",
    ],
)
def test_d10_is_text_as_written(raw: str) -> None:
    values = parse_values(raw)
    assert [(value.type, value.text) for value in values] == [("text", raw)]


@pytest.mark.parametrize(
    "raw", ["1023-45", "2024-1-5", "2024-01-15 10:00", "1e5", "+5", "2024-02-30", "2024-01-15T25:00", "5 apples"]
)
def test_d10_is_no_number_and_no_date(raw: str) -> None:
    assert [value.type for value in parse_values(raw)] == ["text"]


@pytest.mark.parametrize(
    ("raw", "kind", "text", "number", "date"),
    [
        pytest.param("", "null", None, None, None, id="empty"),
        pytest.param('"a title"', "text", "a title", None, None, id="string-without-quotes"),
        pytest.param('"a \\"b\\""', "text", 'a "b"', None, None, id="escaped-quotes"),
        pytest.param("2024", "number", "2024", 2024.0, None, id="number"),
        pytest.param("9780262035613", "number", "9780262035613", 9780262035613.0, None, id="isbn-as-number"),
        pytest.param("10.1000", "number", "10.1000", 10.1, None, id="doi-begin-as-number"),
        pytest.param("-3.5", "number", "-3.5", -3.5, None, id="negative"),
        pytest.param("true", "boolean", "true", 1.0, None, id="true"),
        pytest.param("False", "boolean", "false", 0.0, None, id="false"),
        pytest.param("2024-01", "date", "2024-01", None, "2024-01", id="d11-month"),
        pytest.param("2024-01-15T10:00", "date", "2024-01-15T10:00", None, "2024-01-15T10:00", id="time"),
        pytest.param("1201-08", "date", "1201-08", None, "1201-08", id="pages-as-month"),
        pytest.param("[[A]]", "link", "[[A]]", None, None, id="link"),
        pytest.param("![[a.png]]", "link", "![[a.png]]", None, None, id="embed"),
        pytest.param("#ml/nlp", "tag", "#ml/nlp", None, None, id="tag"),
    ],
)
def test_d9_a_whole_literal_has_a_type(
    raw: str, kind: str, text: str | None, number: float | None, date: str | None
) -> None:
    (value,) = parse_values(raw)
    assert (value.type, value.raw, value.text, value.number, value.date) == (kind, raw, text, number, date)


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [
        ("12 d", 12 * 86400),
        ("5 m", 300),
        ("6hr7min", 6 * 3600 + 420),
        ("3 days, 2 hours", 3 * 86400 + 7200),
        ("1.5 h", 5400),
        ("1 yr", 31557600),
    ],
)
def test_d9_durations_are_seconds(raw: str, seconds: float) -> None:
    (value,) = parse_values(raw)
    assert (value.type, value.number) == ("duration", seconds)


@pytest.mark.parametrize(
    ("raw", "types"),
    [
        ('"q", "r"', ["text", "text"]),
        ("1, 2", ["number", "number"]),
        ("[[A]], [[B]]", ["link", "link"]),
        ("#a, #b", ["tag", "tag"]),
        ('1, "x", [[A]], true, 2024-01-01', ["number", "text", "link", "boolean", "date"]),
    ],
)
def test_d10_literals_with_commas_are_a_list(raw: str, types: list[str]) -> None:
    assert [value.type for value in parse_values(raw)] == types
    assert is_list(raw)


@pytest.mark.parametrize(("raw", "expected"), [("[[A]],", True), ("[[A]]", False), ("text,", False), ("1", False)])
def test_d9_a_comma_at_the_end_makes_a_list_of_one(raw: str, expected: bool) -> None:
    assert is_list(raw) is expected
    assert len(parse_values(raw)) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024-01-15", "date"),
        ("5 min", "duration"),
        ("[[A]]", "link"),
        ("see [[A]]", "text"),
        ("2024", "text"),
        ("true", "text"),
        ("#a", "text"),
    ],
)
def test_m19_a_property_string_is_a_date_a_duration_or_a_link_only_as_a_whole(text: str, kind: str) -> None:
    assert string_type(text).type == kind


def test_d9_every_unit_is_known_with_its_plural() -> None:
    assert {"year", "years", "mo", "mos", "wk", "d", "hrs", "mins", "secs", "s"} <= UNIT_SECONDS.keys()
