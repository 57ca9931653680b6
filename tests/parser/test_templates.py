"""Templates, left-over placeholders and printed failures (DECISIONS 2, VARIATIONS 3.8 and 3.9)."""

from __future__ import annotations

import pytest

from litindex.parser import parse_note
from litindex.parser.obsidian.templates import is_filter_error, is_garbage, is_placeholder

ERROR = "Error: `format` can only be applied to dates. Tried for format string"


@pytest.mark.parametrize(
    "text",
    [
        "{% for creator in creators %}\n{{creator.lastName}}\n{% endfor %}",
        "---\ntitle: <% tp.file.title %>\n---\n",
        "---\ncitekey: '{{citekey}}'\ntitle: '{{title}}'\n---\n",
        "**Title**:: {{title}}\n**Author**:: {{author}}\n",
        "Title: {{title}}\nAuthor: {{authors}}\n\nKey:: {{citekey}}\n",
    ],
)
def test_a_note_of_statements_or_placeholders_is_a_template(text: str) -> None:
    note = parse_note("Template.md", text.encode())
    assert note.kind == "template"
    assert (note.work, note.tags, note.fields, note.links) == (None, (), (), ())
    assert [problem.code for problem in note.problems] == ["template-placeholder"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Use `{% if x %}` in a template.", id="code-span"),
        pytest.param("```\n{% for x in y %}\n```", id="code-block"),
        pytest.param("---\ncitekey: vogel2019\njournal: '{{publicationTitle}}'\n---\n", id="one-left-over"),
        pytest.param("100 {%} of it", id="no-statement"),
    ],
)
def test_other_notes_are_what_they_are(text: str) -> None:
    assert parse_note("Note.md", text.encode()).kind != "template"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("journal: '{{publicationTitle}}'", "template-placeholder"),
        ("journal: undefined", "template-placeholder"),
        ("year: NaN", "template-placeholder"),
        ("authors: '[object Object], [object Object]'", "template-placeholder"),
        ("date: Invalid date", "template-placeholder"),
        (f"date: '{ERROR}'", "template-error"),
    ],
)
def test_a_left_over_is_no_value_and_is_told(line: str, code: str) -> None:
    note = parse_note("Note.md", f"---\ncitekey: vogel2019\n{line}\n---\n".encode())
    assert [(problem.code, problem.line) for problem in note.problems if problem.code.startswith("template")] == [
        (code, 3)
    ]
    assert note.work is not None
    assert (note.work.container, note.work.year, note.work.creators) == (None, None, ())


def test_a_word_of_the_kind_under_a_key_of_ones_own_is_a_value() -> None:
    note = parse_note("Note.md", b"---\ncitekey: vogel2019\nmood: undefined\n---\n")
    assert note.problems == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [("{{title}}", True), ("[[{{title}}]]", True), ("{{Braces}} in a title", False), ("title", False)],
)
def test_a_placeholder_is_the_whole_value(value: str, expected: bool) -> None:
    assert is_placeholder(value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("undefined", True), (" NaN ", True), ("Invalid date", True), ("undefined terms", False), ("nano", False)],
)
def test_garbage_is_the_whole_value(value: str, expected: bool) -> None:
    assert is_garbage(value) is expected


def test_a_filter_error_begins_the_value() -> None:
    assert is_filter_error(ERROR)
    assert not is_filter_error("On `format` and Error")
