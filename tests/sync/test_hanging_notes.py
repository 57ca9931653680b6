"""A note at which the parser hangs, or breaks down, is a problem of its own: it costs no other note, and no run."""

from __future__ import annotations

from pathlib import Path

import pytest

from litindex.errors import ReadingError
from litindex.sync import workers
from litindex.sync.indexer import Indexer
from tests.dump import dump
from tests.hanging import PROGRAM
from tests.sync.vault import Vault, literature


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("SECONDS", "2")
    monkeypatch.setattr(workers, "_PROGRAM", PROGRAM)
    return monkeypatch


@pytest.mark.parametrize(("word", "code"), [("hangs", "parser-timeout"), ("crashes", "parser-crashed")])
def test_a_note_that_ends_its_worker_is_a_problem(
    tmp_path: Path, hanging: pytest.MonkeyPatch, word: str, code: str
) -> None:
    vault = Vault(tmp_path, {"a.md": "one [[b]]", "b.md": word, "c.md": "three"})
    assert vault.sync(jobs=None).added == 3
    assert vault.problems() == {("b.md", code)}
    assert vault.column("SELECT body FROM note_texts ORDER BY note_id") == ["one [[b]]", "", "three"]
    assert vault.column("SELECT target_note_id FROM links") == [2]


def test_it_is_read_again_when_its_text_is_another_one_or_by_a_full_run(
    tmp_path: Path, hanging: pytest.MonkeyPatch
) -> None:
    vault = Vault(tmp_path, {"a.md": "hangs", "b.md": "it hangs"})
    vault.sync(jobs=None)
    vault.write("a.md", "no more")
    assert vault.sync(jobs=None).changed == 1
    assert vault.problems() == {("b.md", "parser-timeout")}
    hanging.undo()
    assert vault.sync(jobs=None).parsed == 0
    assert vault.sync(jobs=None, full=True).parsed == 2
    assert vault.problems() == set()


def test_several_workers_go_on_behind_notes_that_hang(tmp_path: Path, hanging: pytest.MonkeyPatch) -> None:
    vault = Vault(tmp_path, {f"{n:03}.md": "hangs" if n in (7, 60) else f"text {n}" for n in range(230)})
    vault.sync(jobs=2)
    assert vault.problems() == {("007.md", "parser-timeout"), ("060.md", "parser-timeout")}
    assert vault.column("SELECT count(*) FROM note_texts WHERE body LIKE 'text %'") == [228]


def test_a_moved_note_that_hangs_is_a_problem(tmp_path: Path, hanging: pytest.MonkeyPatch) -> None:
    vault = Vault(tmp_path, {"a.md": literature("k1"), "b.md": literature("k2")})
    vault.sync(jobs=None)
    for name, body in (("a.md", "hangs"), ("b.md", "changed")):
        (vault.path / name).unlink()
        vault.write(f"folder/{name}", literature(f"k{'ab'.index(name[0]) + 1}", body=body))
    vault.sync(jobs=None)
    assert vault.problems() == {("folder/a.md", "parser-timeout")}
    assert vault.column("SELECT path FROM notes JOIN works ON id = note_id WHERE citekey = 'k2'") == ["folder/b.md"]


def test_workers_that_always_break_down_are_no_fault_of_the_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = Vault(tmp_path, {"a.md": "one"})
    vault.sync()
    before = dump(vault.index)
    for n in range(20):
        vault.write(f"{n}.md", "text")
    monkeypatch.setattr(workers, "_PROGRAM", "raise SystemExit(3)")
    with pytest.raises(ReadingError, match="status 3"):
        vault.sync(jobs=None)
    assert dump(vault.index) == before


def test_one_worker_is_kept_for_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    popen = workers.subprocess.Popen
    monkeypatch.setattr(
        workers.subprocess, "Popen", lambda *given, **named: started.append(popen(*given, **named)) or started[-1]
    )
    vault = Vault(tmp_path, {f"{n}.md": "text" for n in range(120)})
    with Indexer(vault.path, vault.index, jobs=2) as indexer:
        indexer.sync()
        vault.write("0.md", "changed")
        assert indexer.sync().changed == 1
    assert len(started) == 2
    assert all(process.returncode is not None for process in started)
