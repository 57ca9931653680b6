"""`litindex open`: what is opened where, and that it is nothing that a note made up."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import quote

import click
import pytest
from click.testing import CliRunner, Result

from litindex.cli import main
from litindex.sync import indexer
from tests.conftest import SAMPLE

WORK = "---\ncitekey: {key}\ntitle: A work\nauthors: [Okafor Ngozi]\n{more}\n---\n"


def run(index: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["open", *words, "--db", str(index)])


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ([], f"obsidian://open?vault=sample_vault&file={quote('Literature/Okafor21nightChorus', safe='')}"),
        (["--in", "zotero"], "zotero://select/library/items/K7RW2MQ9"),
        (["--in", "pdf"], f"{SAMPLE}/Attachments/Okafor21nightChorus.pdf"),
        (["--in", "web"], "https://doi.org/10.5555/jsa.2021.0304"),
        (["--in", "editor"], f"{SAMPLE}/Literature/Okafor21nightChorus.md"),
    ],
    ids=["obsidian", "zotero", "pdf", "web", "editor"],
)
def test_print_says_what_would_be_opened(sample_index: Path, words: list[str], address: str) -> None:
    assert run(sample_index, "Okafor21nightChorus", "--print", *words).stdout == f"{address}\n"


def test_a_place_as_it_is_printed_has_a_line(sample_index: Path) -> None:
    shown = run(sample_index, "Literature/Okafor21nightChorus.md:12", "--in", "editor", "--print")
    assert shown.stdout == f"{SAMPLE}/Literature/Okafor21nightChorus.md:12\n"


def test_the_system_opens_the_address(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", lambda address: bool(opened.append(address)))
    assert run(sample_index, "Okafor21nightChorus", "--in", "zotero").exit_code == 0
    assert opened == ["zotero://select/library/items/K7RW2MQ9"]
    monkeypatch.setattr(click, "launch", lambda address: 1)
    refused = run(sample_index, "Okafor21nightChorus", "--in", "zotero")
    assert (refused.exit_code, "nothing here opens zotero://" in refused.stderr) == (3, True)


@pytest.mark.parametrize(("editor", "ending"), [("vi", ["+12", "{path}"]), ("code", ["--goto", "{path}:12"])])
def test_an_editor_opens_the_note_at_the_line(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, editor: str, ending: list[str]
) -> None:
    script = tmp_path / editor
    script.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(tmp_path / 'typed')!r}, 'w').write('\\n'.join(sys.argv[1:]))\n"
    )
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))
    assert run(sample_index, "Literature/Okafor21nightChorus.md:12", "--in", "editor").exit_code == 0
    path = f"{SAMPLE}/Literature/Okafor21nightChorus.md"
    assert (tmp_path / "typed").read_text().splitlines() == [each.format(path=path) for each in ending]


@pytest.mark.parametrize(
    ("program", "more", "lack"),
    [
        ("zotero", "", "no item of Zotero"),
        ("pdf", "pdf: file:///tmp/run.sh", "no PDF"),
        ("pdf", "pdf: ../../secret.pdf", "no PDF"),
        ("web", "url: javascript://example.org/%0aalert(1)", "neither DOI nor URL"),
    ],
)
def test_nothing_else_is_opened(tmp_path: Path, program: str, more: str, lack: str) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "a.md").write_text(WORK.format(key="a2020", more=more), "utf-8")
    indexer.sync(tmp_path / "vault", tmp_path / "litindex.db", jobs=1)
    refused = run(tmp_path / "litindex.db", "a2020", "--in", program, "--print")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert lack in refused.stderr
