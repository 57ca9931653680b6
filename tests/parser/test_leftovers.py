"""A finished note with a left-over statement of its template is a note, and a work when it has one (DECISIONS 18)."""

from __future__ import annotations

import pytest

from litindex.parser import parse_note

LEFT = "%% begin notes %%\n- <% tp.file.cursor(1) %>\n%% end notes %%\n"


@pytest.mark.parametrize(
    "text",
    [
        f"---\ncitekey: grove2010\ntitle: Ferns\n---\n{LEFT}",
        f"---\ntitle: Ferns\nauthors: [Ada Quill]\nyear: 2010\n---\n{LEFT}",
        f"> [!info]- Info [**Zotero**](zotero://select/library/items/ABCD2345)\n> **Title**:: Ferns\n\n{LEFT}",
        f"**Citekey:** grove2010\n\n# Ferns\n\n{LEFT}",
        '---\ncitekey: grove2010\ntitle: Ferns\n---\n{% persist "notes" %}\n',
    ],
)
def test_what_is_identified_is_read_and_the_left_over_told(text: str) -> None:
    note = parse_note("x.md", text.encode())
    assert note.kind == "literature"
    assert note.work is not None
    assert note.work.title == "Ferns"
    (problem,) = [each for each in note.problems if each.code == "template-leftover"]
    assert problem.line is not None
    assert "<%" in text.split("\n")[problem.line - 1] or "{%" in text.split("\n")[problem.line - 1]


@pytest.mark.parametrize(
    "text",
    [
        f'---\ncitekey: "{{{{citekey}}}}"\ntitle: "{{{{title}}}}"\n---\n{LEFT}',
        "---\ntitle: <% tp.file.title %>\ndate: <% tp.date.now() %>\n---\n",
        "---\ntags: [meeting]\n---\n# <% tp.file.title %>\n",
        "{% for creator in creators %}\n> **Author**:: {{creator.name}}\n{% endfor %}\n",
    ],
)
def test_what_is_to_be_filled_yet_is_a_template(text: str) -> None:
    assert parse_note("x.md", text.encode()).kind == "template"


def test_an_info_callout_of_prose_with_a_title_is_the_users_own() -> None:
    text = "---\ncitekey: grove2010\ntitle: Ferns\n---\n#### Self notes\n\n> [!info] Experiment data\n> Six koi were added. Nothing on feed.\n"
    assert "Six koi were added" in parse_note("grove2010.md", text.encode()).own_text


def test_a_key_without_a_year_is_taken_from_the_name_of_a_work() -> None:
    note = parse_note("aliagaExampleBasedUrban.md", b"# Urban [x](zotero://select/library/items/Q344VBL7)\n")
    assert note.work is not None
    assert note.work.citekey == "aliagaExampleBasedUrban"
    assert parse_note("aliagaExampleBasedUrban.md", b"plain").work is None
