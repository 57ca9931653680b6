"""Labels in the text that are no inline fields (VARIATIONS S05, S08, S10, S23, S24)."""

from __future__ import annotations

import pytest

from litindex.models import Work
from litindex.parser import parse_note


def work(body: str, name: str = "@vogel2019.md") -> Work:
    found = parse_note(name, body.encode()).work
    assert found is not None
    return found


@pytest.mark.parametrize(
    "line",
    [
        *(
            "**Author**: Greta Vogel",
            "- **Author**: Greta Vogel",
            "* Authors: Greta Vogel",
            "**Author:** Greta Vogel",
            "Author: Greta Vogel",
        ),
        *(
            "Autor：Greta Vogel",
            "**Author** = Greta Vogel",
            "🐟 **Author:** Greta Vogel",
            "> **Author**: Greta Vogel",
            "__Author__: Greta Vogel",
        ),
        *("| Author | Greta Vogel |\n|---|---|\n| Year | 2019 |", "> [!Properties]\n> **FirstAuthor** Greta Vogel"),
    ],
)
def test_a_labelled_author_is_found(line: str) -> None:
    assert [creator.name for creator in work(line).creators] == ["Vogel, Greta"]


@pytest.mark.parametrize(
    ("body", "slot", "value"),
    [
        pytest.param("- **Year**: 2019", "date", "2019", id="year"),
        pytest.param("- **Journal**: *Annals of Proof*", "container", "Annals of Proof", id="emphasis"),
        pytest.param("**Title**: On Proof", "title", "On Proof", id="title"),
        pytest.param("**Title**\nOn Proof", "title", "On Proof", id="value-below"),
        pytest.param("Author: Greta Vogel | Year: 1990", "date", "1990", id="several-in-a-line"),
        pytest.param(
            "| Title | Author | Year |\n|---|---|---|\n| On Proof | G. Vogel | 1990 |",
            "title",
            "On Proof",
            id="header-table",
        ),
        pytest.param("<table><tr><td>Title</td><td>On Proof</td></tr></table>", "title", "On Proof", id="html-row"),
        pytest.param("## Year\n1990\n\n## Notes\nx", "date", "1990", id="heading-as-key"),
        pytest.param("- **Publisher**: Beispiel Verlag", "publisher", "Beispiel Verlag", id="publisher"),
    ],
)
def test_a_label_fills_its_slot(body: str, slot: str, value: str) -> None:
    assert getattr(work(body), slot) == value


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("I think the author: Greta Vogel is right about this and that, year after year.", id="prose"),
        pytest.param("%% begin notes %%\n**Author**: Greta Vogel\n%% end notes %%", id="persist-block"),
        pytest.param("> [!quote]\n> **Author**: Greta Vogel", id="quotation"),
        pytest.param("```\nAuthor: Greta Vogel\n```", id="code"),
    ],
)
def test_a_label_elsewhere_says_nothing_of_the_work(body: str) -> None:
    assert work(body).creators == ()


def test_a_field_goes_before_a_label() -> None:
    found = work("**Title**: A Label\n\nTitle:: A Field\n")
    assert found.title == "A Field"
    assert [(s.verdict, s.value) for s in found.provenance if s.field == "title" and s.source != "guess"] == [
        ("used", "A Field"),
        ("overruled", "A Label"),
    ]


def test_a_bibtex_entry_in_a_code_block_is_read() -> None:
    found = work(
        "```bibtex\n@article{vogel2019,\n  title = {On {Proof}},\n  author = {Vogel, Greta and Okoye, Amara},\n  year = 2019\n}\n```",
        "X.md",
    )
    assert (found.citekey, found.title, found.year) == ("vogel2019", "On Proof", 2019)
    assert [creator.name for creator in found.creators] == ["Vogel, Greta", "Okoye, Amara"]


def test_a_list_of_entries_is_no_work() -> None:
    entries = "```\n@book{a1990, title={A}}\n@book{b1990, title={B}}\n```"
    assert parse_note("Reading list.md", entries.encode()).work is None


@pytest.mark.parametrize("rule", ["---", "==="])
def test_a_label_may_begin_a_heading_of_several_lines(rule: str) -> None:
    note = parse_note("Note.md", f"# A Title\n\nDOI: 10.1000/x\n\nAuthor\nAnn Roe\n{rule}\n\nText.\n".encode())
    assert [(heading.text, heading.line) for heading in note.headings] == [("A Title", 1), ("Author\nAnn Roe", 5)]
    assert [problem.code for problem in note.problems] == []


@pytest.mark.parametrize(
    ("value", "pdf"),
    [
        ("[a](b.pdf)", "b.pdf"),
        ("[a](<f c.pdf>).", "f c.pdf"),
        ("see [a](b.pdf) and [c](d.pdf)", "b.pdf) and [c](d.pdf"),
        ("[[Files/a.pdf|a]]", "Files/a.pdf"),
        (":Files/a.pdf:PDF", "Files/a.pdf"),
        ("[a]()", "[a]()"),
        ("a.pdf", "a.pdf"),
    ],
)
def test_the_file_of_a_work_is_the_target_of_a_link(value: str, pdf: str) -> None:
    assert work(f"# A Title\n\nPDF: {value}\n").pdf == pdf
