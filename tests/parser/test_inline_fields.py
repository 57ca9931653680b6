"""Inline fields (FORMAT D1 to D14, VARIATIONS 3.4 to 3.6)."""

from __future__ import annotations

import pytest

from litindex.models import Field
from litindex.parser import parse_note
from litindex.parser.dataview.inline_fields import canonical_key, clean_value


def fields(text: str) -> list[Field]:
    return [field for field in parse_note("Note.md", text.encode()).fields if field.source == "inline"]


def pairs(text: str) -> list[tuple[str, str]]:
    return [(field.name, field.raw) for field in fields(text)]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Key:: v",
            "**Key**:: v",
            "***Key***:: v",
            "~~Key~~:: v",
            "> **Key**:: v",
            ">**Key**:: v",
            ">> **Key**:: v",
            "> > **Key**:: v",
        ),
        *(
            "~> **Key**:: v",
            "> ---> **Key**:: v",
            "- **Key**:: v",
            "# Key:: v",
            "> - Key:: v",
            "Key::v",
            "**Key**::v",
            "  Key  ::  v  ",
        ),
    ],
)
def test_d7_the_key_is_free_of_marks(line: str) -> None:
    assert pairs(line) == [("Key", "v")]


@pytest.mark.parametrize(
    "line",
    [
        "==K==:: v",
        "**K:**:: v",
        "Author(s):: v",
        "a.b:: v",
        "a, b:: v",
        '"K":: v',
        "it's K:: v",
        "K\\:: v",
        "A sentence. Key:: v",
        ":: v",
        "2:::3",
    ],
)
def test_d7_a_key_with_punctuation_is_none(line: str) -> None:
    assert pairs(line) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Call std::vector here", id="std"),
        pytest.param("Call the std::vector here", id="std-after-words"),
        pytest.param("`Key:: v`", id="code-span"),
        pytest.param("```\nKey:: v\n```", id="fence"),
        pytest.param("    Key:: v", id="indented-code"),
        pytest.param("$$\nKey:: v\n$$", id="math"),
        pytest.param("<!-- Key:: v -->", id="html-comment"),
        pytest.param("| Key:: v | x |\n|---|---|\n| Key:: v | x |", id="d4-table"),
        pytest.param("- [ ] Key:: v", id="d5-task"),
        pytest.param("[[Note|a::b]]", id="link-alias"),
        pytest.param("**Link:** https://example.org/a::b", id="address"),
    ],
)
def test_d2_no_field_stands_there(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A [k:: v] b (l:: w)", [("k", "v"), ("l", "w")], id="d8-both-brackets"),
        pytest.param("[k:: a [[b]] c]", [("k", "a [[b]] c")], id="d8-nesting"),
        pytest.param("[**k**:: v]", [("**k**", "v")], id="d8-emphasis-stays"),
        pytest.param("Key:: a [k:: v]", [("k", "v")], id="d3-bracketed-first"),
        pytest.param("- [ ] task [due:: 2024-01-02]", [("due", "2024-01-02")], id="d5-in-a-task"),
        pytest.param("some text Key:: v", [("some text Key", "v")], id="d7-text-before"),
        pytest.param("Key:: a :: b", [("Key", "a :: b")], id="d7-first-colons"),
        pytest.param("Key:: v %% why %%", [("Key", "v")], id="d11-comment"),
        pytest.param("Key:: v ^id1", [("Key", "v")], id="d11-block-id"),
        pytest.param("_K_:: v", [("_K_", "v")], id="d7-underscores"),
        pytest.param("thumb::![[x.png]]", [("thumb", "![[x.png]]")], id="no-space"),
        pytest.param("**Journal**:: **", [("Journal", "**")], id="marks-only"),
        pytest.param(
            "> **Author**:: V, G\n~    \n> **Title**:: T", [("Author", "V, G"), ("Title", "T")], id="lazy-line"
        ),
        pytest.param("[^1]: note [k:: v]", [("k", "v")], id="d1-footnote"),
        pytest.param("%% Key:: v\n%%", [("Key", "v")], id="d1-comment"),
    ],
)
def test_fields_of_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[k:: v](l:: w)", [("k", "v", "bracket")], id="one-where-another-ends"),
        pytest.param("[k:: v] (l:: w)", [("k", "v", "bracket"), ("l", "w", "paren")], id="one-after-a-space"),
        pytest.param(
            "[k:: v](l:: w) [m:: x]", [("k", "v", "bracket"), ("m", "x", "bracket")], id="one-after-a-dropped"
        ),
        pytest.param("(k:: v)(l:: w)(m:: x)", [("k", "v", "paren")], id="a-chain"),
        pytest.param("(k::v)", [("k", "v", "paren")], id="no-space"),
        pytest.param("[k::]", [("k", "", "bracket")], id="no-value"),
        pytest.param("[a] [k:: v]", [("k", "v", "bracket")], id="after-a-bracket"),
        pytest.param("(a) (k:: v)", [("k", "v", "paren")], id="after-parentheses"),
        pytest.param("[a [k:: v]", [("k", "v", "bracket")], id="the-nearest-opens"),
        pytest.param("(a (k:: v)", [("k", "v", "paren")], id="the-nearest-parenthesis-opens"),
        pytest.param("[a (k:: v) b]", [("k", "v", "paren")], id="the-nearest-of-both-opens"),
        pytest.param("[a (b) k:: v]", [], id="a-parenthesis-closes-before"),
        pytest.param("(a ]b k:: v)", [], id="a-bracket-closes-before"),
        pytest.param("(a) k:: v)", [], id="closed-before"),
        pytest.param("[a) k:: v]", [], id="closed-by-another-before"),
        pytest.param("[k:: v", [], id="never-closed"),
        pytest.param("[k:: v)", [], id="closed-by-another"),
        pytest.param("[k:: a \\] b]", [("k", "a \\] b", "bracket")], id="an-escaped-end"),
        pytest.param("(k:: a \\) b)", [("k", "a \\) b", "paren")], id="an-escaped-parenthesis"),
        pytest.param("(k:: a (b) c)", [("k", "a (b) c", "paren")], id="nesting"),
        pytest.param("[k:: a (b]", [("k", "a (b", "bracket")], id="kinds-by-themselves"),
        pytest.param("[:: v] [k:: w]", [("k", "w", "bracket")], id="no-name"),
        pytest.param("a::b [k:: w]", [("k", "w", "bracket")], id="colons-before"),
        pytest.param("a:: [k:: w] l:: x", [("k", "w", "bracket")], id="colons-on-both-sides"),
        pytest.param("::[k:: v]", [("k", "v", "bracket")], id="colons-at-the-start"),
        pytest.param("x ::::[k:: v]", [("k", "v", "bracket")], id="colons-in-a-row"),
        pytest.param("[k:: a::b]", [("k", "a::b", "bracket")], id="colons-in-a-value"),
        pytest.param("[k:: a::b] [l:: w]", [("k", "a::b", "bracket"), ("l", "w", "bracket")], id="and-another-after"),
        pytest.param(f"[{'k' * 299}:: v]", [("k" * 299, "v", "bracket")], id="a-long-name"),
        pytest.param(f"[{'k' * 300}:: v] ", [], id="a-name-too-long"),
        pytest.param(f"({'k' * 299}:: v)", [("k" * 299, "v", "paren")], id="a-long-name-in-parentheses"),
        pytest.param(f"({'k' * 300}:: v)", [], id="a-name-too-long-in-parentheses"),
    ],
)
def test_d8_a_bracketed_field(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Said of whole lines and of text within them alike."""
    for before in "", "text ":
        found = [
            (field.name, field.raw, field.form) for field in fields(before + text + " end") if field.form != "line"
        ]
        assert found == expected


def test_d8_bracketed_fields_bear_their_line() -> None:
    assert [field.line for field in fields("text\n[k:: v] (l:: w)\n\n- [m:: x]\n")] == [2, 2, 4]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("v %%a%% w %%b%%", "v %%a%% w"),
        ("v %% open", "v %% open"),
        ("v %%", "v"),
        ("v ^id %%c%%", "v"),
        ("v^id", "v^id"),
        ("x^2 v", "x^2 v"),
        ("v ^no_id", "v ^no_id"),
    ],
)
def test_d11_only_a_comment_and_a_block_id_at_the_end_are_taken_off(raw: str, value: str) -> None:
    assert clean_value(raw) == value


def test_d12_glued_fields_are_read_apart_and_told() -> None:
    note = parse_note("Note.md", b'> **Author**:: Vogel, Greta> **Title**:: "On Proof"')
    assert [(field.name, field.raw) for field in note.fields] == [("Author", "Vogel, Greta"), ("Title", '"On Proof"')]
    assert [problem.code for problem in note.problems] == ["field-concatenated"]


def test_d5_emoji_dates_belong_to_the_task() -> None:
    note = parse_note("Note.md", "- [ ] read it 📅 2024-05-01 ✅ 2024-05-02".encode())
    assert (note.tasks[0].due, note.tasks[0].completion) == ("2024-05-01", "2024-05-02")
    assert [(field.name, field.form, field.scope, field.task) for field in note.fields] == [
        ("due", "emoji", "task", 0),
        ("completion", "emoji", "task", 0),
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Author/Editor", "authoreditor"),
        ("Date  Read", "date-read"),
        ("📅 Due", "📅-due"),
        ("Título", "título"),
        ("a_b-c", "a_b-c"),
    ],
)
def test_d13_canonical_keys(name: str, key: str) -> None:
    assert canonical_key(name) == key


def test_d14_every_statement_is_a_row_with_its_line() -> None:
    rows = fields("Author:: A\n\nauthor:: B\n")
    assert [(row.name, row.key, row.occurrence, row.line) for row in rows] == [
        ("Author", "author", 0, 1),
        ("author", "author", 1, 3),
    ]


def test_a_value_that_is_a_link_points_to_it() -> None:
    note = parse_note("Note.md", b"[[A]]\n\nSource:: [[B]]\n")
    (row,) = note.fields
    assert row.link is not None
    assert (row.type, note.links[row.link].target) == ("link", "B")


def test_d1_a_line_of_more_than_32768_characters_is_skipped() -> None:
    assert pairs("Key:: " + "x" * (32768 - 5)) == []
    assert pairs("Key:: " + "x" * (32768 - 6)) == [("Key", "x" * (32768 - 6))]


def test_a_field_may_be_called_as_a_namespace_of_programs() -> None:
    assert pairs("std:: v") == [("std", "v")]


@pytest.mark.parametrize(
    "text",
    [
        "Key:: v",
        "> Key:: v",
        ">> **Key**:: v",
        "[k:: v] (l:: w)",
        "2:::3",
        "a [b:: c",
        ":: v",
        "> ::",
        "Key:: " + "x" * 32768,
    ],
)
def test_no_line_without_glued_fields_is_a_problem(text: str) -> None:
    assert parse_note("Note.md", text.encode()).problems == ()


def test_d12_glued_fields_bear_their_line() -> None:
    assert [field.line for field in fields("text\n\n> **Author**:: Vogel, Greta> **Title**:: On Proof")] == [3, 3]


_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194\u21aa\u231a\u23ff\u25aa\u25fe\u2600\u27bf\u2934\u2935\u2b05\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f000\U0001faff\ufe0f\u200d"
)
"""What counts as an emoji in a key, with both ends of each range."""
_NO_EMOJI = "\u2193\u21ab\u2319\u2400\u25a9\u25ff\u27c0\u2933\u2936\u2b04\u2b56"
"""Their neighbours."""


@pytest.mark.parametrize("sign", _EMOJI)
def test_d13_an_emoji_is_part_of_a_key(sign: str) -> None:
    assert canonical_key(f"a{sign}b") == f"a{sign}b"
    assert [field.key for field in parse_note("Note.md", f"a{sign}b:: c".encode()).fields] == [f"a{sign}b"]
    assert [field.key for field in parse_note("Note.md", f"{sign}:: c".encode()).fields] == [sign]


@pytest.mark.parametrize("sign", _NO_EMOJI)
def test_d13_another_sign_is_no_part_of_a_key(sign: str) -> None:
    assert canonical_key(f"a{sign}b") == "ab"
    assert parse_note("Note.md", f"a{sign}b:: c".encode()).fields == ()
