"""`litindex export` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bibliography.conftest import Run

DRAFT = """# Chapter

Loud [see @vos2008, p. 3; -@okafor2021] and @vos2008 [p. 4].
By name [[Drowned villages|the report]], by alias [[The chorus book]], by path [it](../Lit/Drowned%20villages.md).
Not there: [@nobody1999], [[@gone2000]], [[Mud]], @fig:map, me@example.org.
"""


def ids(text: str) -> list[str]:
    return [item["id"] for item in json.loads(text)]


def test_all_works_stand_in_the_order_of_their_keys(run: Run) -> None:
    done = run("export")
    assert (done.exit_code, ids(done.stdout)) == (0, ["bakker2018drowned", "okafor2021", "okafor2021a", "vos2008"])


def test_keys_that_are_no_notes_are_named(run: Run) -> None:
    assert run("export").stderr.splitlines() == [
        "bakker2018drowned: proposed, the note has no citekey",
        "okafor2021a: changed, 'okafor2021' is another note's or no key",
    ]


@pytest.mark.parametrize("name", ["okafor2021", "@okafor2021", "The chorus book", "Lit/okafor2021.md"])
def test_a_work_is_found_by_what_it_is_called(run: Run, name: str) -> None:
    assert ids(run("export", name).stdout) == ["okafor2021"]


def test_a_proposed_key_names_its_work(run: Run) -> None:
    assert ids(run("export", "bakker2018drowned").stdout) == ["bakker2018drowned"]


def test_works_stand_as_asked_for_or_by_key(run: Run) -> None:
    assert ids(run("export", "vos2008", "okafor2021").stdout) == ["vos2008", "okafor2021"]
    assert ids(run("export", "vos2008", "okafor2021", "--sort", "key").stdout) == ["okafor2021", "vos2008"]


def test_a_condition_narrows(run: Run) -> None:
    assert ids(run("export", "--where", "year > 2010 and item_type = 'book'").stdout) == ["okafor2021"]


def test_a_wrong_condition_is_a_wrong_call(run: Run) -> None:
    done = run("export", "--where", "loudness = 1")
    assert (done.exit_code, done.stderr) == (2, "Error: no such column: loudness\n")


def test_a_draft_gives_the_works_that_it_cites_in_the_order_of_its_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    done = run("export", "--for", "draft.md")
    assert ids(done.stdout) == ["vos2008", "okafor2021", "bakker2018drowned"]


def test_what_is_cited_and_missing_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    done = run("export", "--for", "draft.md", "-o", "refs.bib")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-2:] == [
        "draft.md:5: @nobody1999 is cited, and no note has it",
        "draft.md:5: @gone2000 is cited, and no note has it",
    ]
    assert (tmp_path / "refs.bib").read_text("utf-8").startswith("@book{vos2008,")


def test_a_folder_of_drafts_and_standard_input_are_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/1.md").write_text("[@vos2008]", encoding="utf-8")
    (tmp_path / "parts/2.md").write_text("[@okafor2021]", encoding="utf-8")
    assert ids(run("export", "--for", "parts").stdout) == ["vos2008", "okafor2021"]
    assert ids(run("export", "--for", "-", given="@okafor2021").stdout) == ["okafor2021"]


@pytest.mark.parametrize(
    ("file", "start"),
    [("x.json", "[\n  {"), ("x.bib", "@book{vos2008,"), ("x.ris", "TY  - BOOK\n"), ("x.txt", "[\n  {")],
)
def test_the_name_of_the_file_chooses_the_format(run: Run, tmp_path: Path, file: str, start: str) -> None:
    run("export", "vos2008", "-o", file)
    assert (tmp_path / file).read_text("utf-8").startswith(start)


def test_the_format_can_be_said(run: Run) -> None:
    assert "date = {2008}" in run("export", "vos2008", "--format", "biblatex").stdout
    assert "year = {2008}" in run("export", "vos2008", "--format", "bibtex").stdout


def test_a_name_that_no_work_has_is_named(run: Run) -> None:
    done = run("export", "vos2008", "nobody")
    assert (done.exit_code, ids(done.stdout)) == (1, ["vos2008"])
    assert done.stderr == "'nobody': no work is called so\n"
