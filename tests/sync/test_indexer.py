"""`sync`: what a run reads and writes, and what it leaves behind when it cannot finish (FAULTS 3.2, 3.4, 3.5)."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from litindex import settings
from litindex.errors import DiskError, IndexBusy, IndexFileError, SettingsError, VaultError
from litindex.history.record import KEPT_TABLES
from litindex.index import database, schema
from litindex.index.file import index_file
from litindex.models import PARSER_VERSION
from litindex.sync import indexer, racy_files
from litindex.sync.indexer import Indexer
from litindex.sync.racy_files import PAUSE_NS
from litindex.vault import read_file
from tests.dump import differences, dump, unlike_fresh
from tests.sync.vault import HIGHLIGHT, Vault, literature

ROOT = Path(__file__).parents[2]


def is_fresh(vault: Vault, **options: Any) -> list[str]:
    return unlike_fresh(vault.path, vault.index, **options)


# ------------------------------------------------------------------------------------------------ what is done


def test_an_unchanged_vault_is_neither_read_nor_written(vault: Vault) -> None:
    vault.write("a.md", literature("adler20", body="[[b]] #x"))
    vault.write("b.md", "[[a#Nowhere]]")
    vault.write("c.png")
    first = vault.sync()
    before = vault.index.read_bytes()
    second = vault.sync()
    assert (first.added, first.read, first.parsed, first.committed) == (2, 2, 2, True)
    assert (second.changes, second.read, second.parsed, second.rows_written, second.committed) == (0, 0, 0, 0, False)
    assert second.unchanged == 2
    assert vault.index.read_bytes() == before


def test_one_edit_reads_and_parses_one_note(vault: Vault) -> None:
    for name in "abcde":
        vault.write(f"{name}.md", "[[a]] [[b]]")
    vault.sync()
    vault.write("c.md", "[[a]] new")
    report = vault.sync()
    assert (report.changed, report.read, report.parsed) == (1, 1, 1)
    assert report.links_resolved == 1
    assert not is_fresh(vault)


def test_a_touched_note_is_read_and_not_parsed(vault: Vault) -> None:
    vault.write("a.md", "[[b]]")
    vault.sync()
    os.utime(vault.path / "a.md", ns=(0, 10**18))
    report = vault.sync()
    assert (report.changes, report.read, report.parsed, report.rows_written) == (0, 1, 0, 0)
    assert vault.column("SELECT mtime_ns FROM files") == [10**18]
    assert vault.sync().read == 0


def test_a_note_keeps_its_id_over_edits_moves_and_renames(vault: Vault) -> None:
    vault.write("a.md", "first")
    vault.write("b.md", literature("bose21"))
    vault.write("c.md", literature("cole22", zotero="ABCD2345"))
    vault.sync()
    ids = dict(vault.ask("SELECT name, id FROM notes"))
    vault.write("a.md", "second")
    vault.sync()
    vault.move("a.md", "deep/folder/a.md")
    vault.move("b.md", "bose.md")
    vault.write("c.md", literature("cole23", zotero="ABCD2345", body="edited"))
    vault.move("c.md", "x/cole.md")
    report = vault.sync()
    assert (report.moved, report.added, report.removed, report.changed) == (3, 0, 0, 0)
    assert dict(vault.ask("SELECT name, id FROM notes")) == {"a": ids["a"], "bose": ids["b"], "cole": ids["c"]}
    assert not is_fresh(vault)


def test_a_note_renamed_and_edited_is_known_by_its_citekey(vault: Vault) -> None:
    vault.write("b.md", literature("bose21"))
    vault.sync()
    (note_id,) = vault.column("SELECT id FROM notes")
    (vault.path / "b.md").unlink()
    vault.write("new.md", literature("bose21", title="Another"))
    assert vault.sync().moved == 1
    assert vault.ask("SELECT id, path FROM notes") == [(note_id, "new.md")]


def test_a_moved_folder_is_not_parsed(vault: Vault) -> None:
    for at in range(20):
        vault.write(f"lit/{at}.md", literature(f"key{at}", body=f"[[{at + 1}]] [[./{at + 1}]]"))
    vault.sync()
    vault.move("lit", "old")
    report = vault.sync()
    assert (report.moved, report.parsed, report.added, report.removed) == (20, 0, 0, 0)
    assert not is_fresh(vault)


def test_only_links_to_a_renamed_note_are_looked_at(vault: Vault) -> None:
    for at in range(30):
        vault.write(f"{at}.md", "[[hub]]\n[[other]]\n[[other]]\n")
    vault.write("hub.md", "[[other]]")
    vault.write("other.md")
    vault.sync()
    vault.move("hub.md", "centre.md")
    assert vault.sync().links_resolved == 31
    assert not is_fresh(vault)


def test_a_removed_note_takes_all_its_rows_with_it(vault: Vault) -> None:
    full = (
        HIGHLIGHT
        + "a:: b\n- [ ] do #x\n> [!note] c\n[^1]\n[^1]: f\n![[i.png]] ^b\n%% begin N %%\nx\n%% end N %%\n[@k]\n"
    )
    vault.write("a.md", literature("adler20", body=full))
    vault.sync()
    assert vault.column("SELECT name FROM annotation_tags JOIN tags ON tags.id = tag_id") == ["idea/New"]
    (vault.path / "a.md").unlink()
    (vault.path / ".obsidian").mkdir()
    assert vault.sync().removed == 1
    tables = vault.column("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
    left = {table for table in tables if vault.column(f'SELECT count(*) FROM "{table}"') != [0]}
    assert left <= {"meta", "_sqlite_migrations", "sqlite_stat1", *KEPT_TABLES}
    assert vault.column("SELECT rowid FROM notes_fts WHERE notes_fts MATCH 'bells'") == []


def test_a_full_run_reads_everything_and_changes_nothing(vault: Vault) -> None:
    vault.write("a.md", literature("adler20", body="[[b]]"))
    vault.write("b.md")
    vault.sync()
    before = dump(vault.index)
    report = vault.sync(full=True)
    assert (report.read, report.parsed, report.changed, report.unchanged) == (2, 2, 0, 2)
    assert not differences(dump(vault.index), before)


def test_another_version_of_the_parser_reads_everything_again(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.write("a.md")
    vault.sync()
    monkeypatch.setattr(settings, "PARSER_VERSION", PARSER_VERSION + 1)
    assert vault.sync().parsed == 1
    assert vault.sync().parsed == 0


@pytest.mark.parametrize("place", ["vault", "."])
def test_other_settings_read_everything_again(vault: Vault, tmp_path: Path, place: str) -> None:
    vault.write("a.md", "---\ntitle: x\n---\n")
    vault.sync()
    (tmp_path / place / "litindex.toml").write_text('[keys]\nVerfasserin = "author"\n')
    assert vault.sync().parsed == 1
    assert vault.sync().parsed == 0
    assert vault.column("SELECT value FROM meta WHERE key = 'settings'") == [
        '{"authors": {}, "colors": {}, "keys": {"Verfasserin": "author"}}'
    ]


@pytest.mark.parametrize("text", ["[keys", "[key]\na = 'b'", "keys = 1", "[keys]\na = 1"])
def test_settings_that_cannot_be_understood_are_named_and_nothing_is_done(vault: Vault, text: str) -> None:
    vault.write("a.md")
    vault.write("litindex.toml", text)
    with pytest.raises(SettingsError, match=r"litindex\.toml"):
        vault.sync()


def test_a_forgotten_hash_is_read_again(vault: Vault) -> None:
    vault.write("a.md", "text")
    vault.sync()
    with closing(sqlite3.connect(vault.index)) as connection, connection:
        connection.execute("UPDATE files SET sha256 = ''")
    assert vault.sync().parsed == 1


# ------------------------------------------------------------------------------------------------ change detection


def test_an_edit_that_leaves_size_and_time_as_they_were_is_seen(vault: Vault) -> None:
    file = vault.write("a.md", "#old")
    vault.sync()
    times = file.stat()
    vault.write("a.md", "#new")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert vault.sync().changed == 1


@pytest.mark.parametrize("when", [10**18, 4 * 10**18], ids=["long ago", "in the future"])
def test_an_edit_is_seen_whatever_its_time(vault: Vault, when: int) -> None:
    file = vault.write("a.md", "old")
    vault.sync()
    vault.write("a.md", "new")
    os.utime(file, ns=(when, when))
    assert vault.sync().changed == 1
    assert vault.sync().changed == 0


def test_an_edit_within_one_tick_of_the_reading_is_seen(vault: Vault) -> None:
    """As on a clock of 2 s: the signature that the index knows is already that of the second text."""
    file = vault.write("a.md", "old")
    assert vault.sync().racy == 1
    file.write_text("new")
    info = file.stat()
    with closing(sqlite3.connect(vault.index)) as connection, connection:
        signature = (info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)
        connection.execute("UPDATE files SET size = ?, mtime_ns = ?, ctime_ns = ?, ino = ?", signature)
    assert vault.sync().changed == 1


def test_a_note_is_looked_at_again_once_and_not_for_ever(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    file = vault.write("a.md", "text")
    os.utime(file, ns=(4 * 10**18, 4 * 10**18))
    now = time.time_ns
    with Indexer(vault.path, vault.index) as writer:
        assert writer.sync().racy == 1
        report = writer.sync()
        assert (report.racy, report.checked, report.read) == (1, 1, 0)
        monkeypatch.setattr(time, "time_ns", lambda: now() + PAUSE_NS)
        assert (writer.sync().racy, writer.sync().checked) == (0, 0)


def test_a_note_that_rested_is_not_looked_at_again(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.write("a.md", "text")
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + racy_files.WINDOW_NS + 10**9)
    assert vault.sync().racy == 0
    assert vault.sync().checked == 0


# ------------------------------------------------------------------------------------------------ odd files


def unreadable(monkeypatch: pytest.MonkeyPatch, *places: Path) -> None:
    """These cannot be opened, as with a foreign owner's 0600."""
    real = os.open
    shut = {str(place) for place in places}

    def refuse(path: Any, *arguments: Any, **options: Any) -> int:
        if not isinstance(path, int) and os.fsdecode(path).rstrip("/") in shut:
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)


def test_a_note_that_can_no_longer_be_read_keeps_its_rows(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    file = vault.write("a.md", "#kept [[b]]")
    vault.sync()
    os.utime(file)
    with monkeypatch.context() as patch:
        unreadable(patch, file)
        for _ in range(2):
            report = vault.sync()
            assert report.unreadable == ["a.md"]
            assert vault.column("SELECT name FROM tags") == ["kept"]
            assert vault.problems() == {("a.md", "unreadable")}
        assert not report.committed
    assert vault.sync().unreadable == []
    assert vault.problems() == set()
    assert not is_fresh(vault)


def test_a_note_that_was_never_readable_has_a_row_and_is_tried_again(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = vault.write("a.md", "#text")
    vault.write("b.md", "[[a]]")
    with monkeypatch.context() as patch:
        unreadable(patch, file)
        vault.sync()
        assert vault.problems() == {("a.md", "unreadable")}
        assert vault.column("SELECT resolution FROM links") == ["note"]
        assert not vault.sync().committed
    report = vault.sync()
    assert (report.parsed, vault.problems()) == (1, set())
    assert not is_fresh(vault)


@pytest.mark.parametrize("full", [False, True])
def test_notes_below_a_folder_that_cannot_be_listed_are_kept(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    vault.write("shut/a.md", "#kept")
    vault.write("b.md")
    vault.sync()
    with monkeypatch.context() as patch:
        unreadable(patch, vault.path / "shut")
        report = vault.sync(full=full)
        assert (report.removed, report.unreadable) == (0, ["shut/"])
        assert vault.problems() == {("shut", "folder-unreadable")}
        assert not vault.sync().committed
    vault.sync()
    assert vault.problems() == set()
    assert not is_fresh(vault)


def test_a_note_above_the_limit_has_a_row_and_no_content(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_file, "MAX_NOTE_BYTES", 1000)
    vault.write("a.md", "#tag " + "x" * 1000)
    vault.write("b.md", "[[a#H]]")
    vault.sync()
    assert vault.problems() == {("a.md", "too-large")}
    assert vault.ask("SELECT sha256, resolution FROM files JOIN links ON target_note_id = files.id") == [("", "note")]
    assert vault.column("SELECT count(*) FROM tags") == [0]
    assert not vault.sync().committed
    vault.write("a.md", "#tag")
    vault.sync()
    assert not is_fresh(vault)


def test_an_excluded_note_is_a_target_and_nothing_else(vault: Vault) -> None:
    vault.write("Templates/a.md", "#tag [[b]] bells")
    vault.write("b.md", "[[a#Heading]]")
    vault.sync()
    vault.write(".obsidian/app.json", '{"userIgnoreFilters": ["Templates/"]}')
    vault.sync()
    assert vault.column("SELECT excluded FROM notes ORDER BY path") == [1, 0]
    assert vault.column("SELECT count(*) FROM tags") == [0]
    assert vault.column("SELECT rowid FROM notes_fts WHERE notes_fts MATCH 'bells'") == []
    assert vault.column("SELECT resolution FROM links") == ["note"]
    assert vault.problems() == set()
    assert not is_fresh(vault)
    (vault.path / ".obsidian/app.json").unlink()
    vault.sync()
    assert not is_fresh(vault)


@pytest.mark.skipif(sys.platform != "linux", reason="names must be UTF-8 here")
def test_a_name_that_is_no_utf8_is_indexed_and_its_bytes_are_kept(vault: Vault) -> None:
    with open(os.fsencode(vault.path) + b"/caf\xe9.md", "wb") as file:
        file.write(b"#tag")
    vault.sync()
    assert vault.ask("SELECT path, path_bytes FROM notes JOIN files USING (id)") == [("caf\\xe9.md", b"caf\xe9.md")]
    assert not vault.sync().committed


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_skipped_links_are_problems_that_come_and_go(vault: Vault, tmp_path: Path) -> None:
    vault.write("a.md")
    (vault.path / "link").symlink_to(tmp_path)
    vault.sync()
    assert vault.ask("SELECT note_id, path, code, severity FROM problems") == [
        (None, "link", "symlink-skipped", "info")
    ]
    assert not vault.sync().committed
    (vault.path / "link").unlink()
    vault.sync()
    assert vault.problems() == set()


# ------------------------------------------------------------------------------------------------ vaults


def test_a_vault_that_is_not_there_is_no_empty_vault(vault: Vault) -> None:
    vault.write("a.md")
    vault.sync()
    shutil.rmtree(vault.path)
    with pytest.raises(VaultError):
        vault.sync()
    vault.path.mkdir()
    with pytest.raises(VaultError, match="allow-empty"):
        vault.sync()
    assert vault.column("SELECT path FROM notes") == ["a.md"]
    assert vault.sync(allow_empty=True).removed == 1


def test_a_vault_that_was_emptied_and_is_surely_there_is_empty(vault: Vault) -> None:
    vault.write(".obsidian/app.json", "{}")
    vault.write("a.md")
    vault.sync()
    (vault.path / "a.md").unlink()
    assert vault.sync().removed == 1


def test_an_empty_vault_has_an_empty_index(vault: Vault) -> None:
    assert vault.sync().totals["notes"] == 0
    assert not vault.sync().committed


def test_the_index_of_another_vault_is_refused_and_left_alone(vault: Vault, tmp_path: Path) -> None:
    vault.write("a.md")
    vault.sync()
    before = vault.index.read_bytes()
    (tmp_path / "second").mkdir()
    with pytest.raises(IndexFileError, match=rf"{vault.path}.*{tmp_path / 'second'}"):
        indexer.sync(tmp_path / "second", vault.index, jobs=1)
    assert vault.index.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_one_vault_by_two_paths_is_one_vault(vault: Vault, tmp_path: Path) -> None:
    vault.write("a.md")
    vault.sync()
    (tmp_path / "alias").symlink_to(vault.path)
    assert indexer.sync(tmp_path / "alias", vault.index, jobs=1).changes == 0


def test_the_vault_is_remembered(vault: Vault) -> None:
    vault.sync()
    assert index_file.vault_of(vault.index) == vault.path.resolve()


# ------------------------------------------------------------------------------------------------ all or nothing


class Stop(Exception):
    pass


def stopping(after: int, error: BaseException) -> Any:
    def progress(done: int, total: int) -> None:
        if done >= after:
            raise error

    return progress


@pytest.mark.parametrize("error", [Stop(), KeyboardInterrupt(), MemoryError()], ids=["error", "Ctrl-C", "memory"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_run_leaves_the_index_as_it_was(vault: Vault, error: BaseException, jobs: int) -> None:
    vault.write("a.md", "#old")
    vault.sync()
    before = dump(vault.index)
    for at in range(120):
        vault.write(f"{at}.md", literature(f"key{at}"))
    (vault.path / "a.md").unlink()
    with pytest.raises(type(error)):
        vault.sync(progress=stopping(60, error), jobs=jobs)
    assert not differences(dump(vault.index), before)
    assert set(os.listdir(vault.index.parent)) <= {"index.db", "index.db-wal", "index.db-shm", "vault"}
    assert vault.sync().added == 120


def test_an_interrupted_first_run_is_completed_by_the_next(vault: Vault) -> None:
    for at in range(250):
        vault.write(f"{at}.md", literature(f"key{at}"))
    with pytest.raises(Stop):
        vault.sync(progress=stopping(100, Stop()))
    assert not vault.index.exists()
    assert not list(vault.index.parent.glob("*.db*"))
    vault.sync()
    assert not is_fresh(vault)


BUILD = "import sys; from pathlib import Path; from litindex.sync.indexer import sync; sync(*map(Path, sys.argv[1:3]), full=True)"


@pytest.mark.process
def test_a_killed_run_leaves_the_index_as_it_was(vault: Vault) -> None:
    for at in range(300):
        vault.write(f"{at}.md", literature(f"key{at}", body="[[1]] #a/b"))
    vault.sync()
    before = dump(vault.index)
    for milliseconds in range(40, 400, 40):
        with subprocess.Popen([sys.executable, "-c", BUILD, str(vault.path), str(vault.index)]) as process:
            try:
                process.wait(milliseconds / 1000)
            except subprocess.TimeoutExpired:
                process.kill()
        assert not differences(dump(vault.index), before)
    assert vault.sync(wait=5).changes == 0


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="needs limits on processes")
def test_a_full_disk_leaves_the_index_as_it_was(vault: Vault) -> None:
    for at in range(20):
        vault.write(f"{at}.md", literature(f"key{at}"))
    vault.sync()
    before = dump(vault.index)
    for at in range(400):
        vault.write(f"new{at}.md", literature(f"new{at}", body="word " * 500))
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000)); "
    command = [sys.executable, "-c", limit + "from litindex.cli import main; main()", "build", "--db", str(vault.index)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr.startswith(f"Error: {vault.index}: the disk")
    assert not differences(dump(vault.index), before)
    assert vault.sync().added == 400


def test_readers_see_the_old_state_until_all_is_there(vault: Vault) -> None:
    vault.write("a.md", "#old")
    vault.sync()
    seen = []
    with closing(database.open_readonly(vault.index)) as reader:
        count = "SELECT count(*) FROM notes"
        for at in range(260):
            vault.write(f"{at}.md", "#new")
        vault.sync(progress=lambda done, total: seen.append(reader.execute(count).fetchone()[0]))
        assert set(seen) == {1}
        assert reader.execute(count).fetchone() == (261,)


def test_a_second_writer_is_told_who_keeps_the_index(vault: Vault) -> None:
    with Indexer(vault.path, vault.index, command="watch"), pytest.raises(IndexBusy, match=r"\(watch\)"):
        vault.sync()


def test_a_damaged_index_is_moved_aside_and_made_anew(vault: Vault) -> None:
    for at in range(50):
        vault.write(f"{at}.md", literature(f"key{at}", body="word " * 100))
    vault.sync()
    content = bytearray(vault.index.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    vault.index.write_bytes(content)
    report = vault.sync()
    assert Path(report.rebuilt).read_bytes() == content
    assert report.added == 50
    assert not is_fresh(vault)
    assert vault.sync().rebuilt == ""


def test_what_is_made_is_for_its_owner_only(vault: Vault) -> None:
    vault.write("a.md")
    with Indexer(vault.path, vault.index) as writer:
        writer.sync()
        modes = {stat.S_IMODE(place.stat().st_mode) for place in vault.index.parent.glob("index.db*")}
    assert modes == {0o600}


def test_without_room_for_workers_one_process_reads_alone(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def refuse(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        if started:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        started.append(popen(*arguments, **options))
        return started[0]

    for number in range(120):
        vault.write(f"{number}.md", "text")
    monkeypatch.setattr("litindex.sync.workers.subprocess.Popen", refuse)
    assert vault.sync(jobs=2).added == 120
    assert started[0].poll() is not None
    assert is_fresh(vault) == []


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_workers_end_with_the_one_that_started_them(vault: Vault) -> None:
    for at in range(400):
        vault.write(f"{at}.md", "text")
    program = "import sys; from pathlib import Path; from litindex.sync.indexer import sync; " + (
        "sync(*map(Path, sys.argv[1:3]), jobs=2, progress=lambda *_: print('go', flush=True) or __import__('time').sleep(60))"
    )
    command = [sys.executable, "-c", program, str(vault.path), str(vault.index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "go\n"
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        workers = [int(pid) for pid in children.read_text().split()] if children.exists() else []
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while any(map(is_alive, workers)):
        assert time.monotonic() < deadline, "a worker lives on"
        time.sleep(0.02)
    assert vault.sync(wait=5).added == 400


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


# ------------------------------------------------------------------------------------------------ large parts at once


OF_THE_RUN = ('INSERT INTO "meta"', 'INSERT INTO "runs"')


def test_the_number_of_processes_does_not_matter(vault: Vault) -> None:
    for at in range(330):
        body = f"[[{at + 1}#Aims]] #tag{at % 7}/Sub [@key{at + 2}]\n# Aims\n漢字テスト\n"
        vault.write(f"{at % 9}/{at}.md", literature(f"key{at}", author=f"Person{at % 11}, A.", body=body))
    vault.write("broken.md", b"---\na: [\n---\n\xff\0")

    def content(jobs: int | None) -> list[str]:
        index = vault.index.with_name("jobs.db")
        indexer.sync(vault.path, index, jobs=jobs)
        with closing(sqlite3.connect(index)) as connection:
            rows = [line for line in connection.iterdump() if not line.startswith(OF_THE_RUN)]
        index.unlink()
        return rows

    one = content(1)
    assert len(one) > 330
    assert content(2) == one
    assert content(3) == one
    assert content(None) == one


def test_many_notes_at_once_make_the_same_index_as_one_by_one(vault: Vault) -> None:
    def add(first: int, last: int) -> None:
        for at in range(first, last):
            body = f"[[{at + 1}#Aims]] #tag{at % 7}/SUB{at % 2} [@key{at + 2}]\n# Aims\n{HIGHLIGHT}"
            vault.write(f"{at % 9}/{at}.md", literature(f"key{at}", author=f"person{at % 11}, A.", body=body))

    add(0, 150)
    vault.sync()
    add(150, 300)
    vault.write("0/0.md", literature("key7", tag="TAG1/sub0"))
    vault.sync()
    assert not is_fresh(vault)
    vault.move("0", "renamed")
    add(0, 400)
    vault.write("2/2.md", "nothing left")
    vault.sync(full=True)
    assert not is_fresh(vault)


@pytest.mark.parametrize("count", [20, 260])
def test_the_order_in_which_files_came_does_not_matter(vault: Vault, tmp_path: Path, count: int) -> None:
    """FAULTS I2: a copy of the vault has other inodes and lists its folders in another order."""
    for at in range(count):
        body = f"[[{at % 5}]] #tag{at % 7}/{'SUB' if at % 2 else 'sub'} [@key{at % 9}]\n"
        person = "adler, mira" if at % 3 else "Adler, Mira"
        vault.write(f"{at % 4}/{at % 20}-{at}.md", literature(f"key{at % 9}", author=person, body=body))
        vault.write(f"{at % 4}/{at % 6}.md", body)
    (tmp_path / "other").mkdir()
    copy = Vault(tmp_path / "other")
    for place in sorted(vault.path.rglob("*"), reverse=True):
        if place.is_file():
            target = copy.path / place.relative_to(vault.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(place, target)
    vault.sync()
    copy.sync()
    elsewhere = frozenset({"ino", "ctime_ns"})
    assert not differences(dump(vault.index, elsewhere), dump(copy.index, elsewhere))


def test_an_index_that_is_there_has_its_tables(vault: Vault) -> None:
    """A reader that waits for the file, and opens it at once."""
    vault.write("a.md")
    seen: list[object] = []
    done = threading.Event()

    def look() -> None:
        while not seen and not done.is_set():
            if vault.index.exists():
                seen.extend(vault.ask("SELECT count(*) FROM notes"))

    reader = threading.Thread(target=look)
    reader.start()
    try:
        vault.sync()
    finally:
        reader.join(10)
        done.set()
    assert seen in ([(0,)], [(1,)])
    assert {path.name for path in vault.index.parent.glob("index.db*")} <= {"index.db", "index.db-wal", "index.db-shm"}


# ------------------------------------------------------------------------------------------------ damage


@pytest.mark.parametrize("seed", range(40))
def test_damage_anywhere_is_mended_or_unnoticed_and_never_in_the_way(vault: Vault, seed: int) -> None:
    """FAULTS D12: 64 bytes overwritten. What SQLite does not notice comes out as other errors, or as none."""
    for number in range(30):
        vault.write(f"{number}.md", literature(f"key{number}", body=f"[[{number + 1}]] #tag/{number}{HIGHLIGHT}"))
    vault.sync()
    lots = random.Random(seed)
    with vault.index.open("r+b") as file:
        file.seek(lots.randrange(100, vault.index.stat().st_size - 64))
        file.write(lots.randbytes(64))
    vault.write("new.md", "text [[1]]")
    (vault.path / "3.md").unlink()
    report = vault.sync(full=True)
    assert vault.sync().changes == 0
    if report.rebuilt:
        assert is_fresh(vault) == []
        assert Path(report.rebuilt).exists()


def test_text_that_is_no_text_any_more_is_damage(vault: Vault) -> None:
    vault.write("a.md", "text")
    vault.sync()
    with closing(database.open_index(vault.index)) as connection:
        connection.execute("UPDATE notes SET path = CAST(x'ff2e6d64' AS TEXT)")
    assert vault.sync().rebuilt
    assert is_fresh(vault) == []


def test_a_bug_is_not_taken_for_damage_for_long(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a new index does not help against leaves the old one in its place."""

    def bug(*arguments: object) -> None:
        raise KeyError("a bug")

    vault.write("a.md", "text")
    vault.sync()
    before = dump(vault.index)
    vault.write("a.md", "other")
    with monkeypatch.context() as patch:
        patch.setattr("litindex.index.relations.resolver.resolve", bug)
        with pytest.raises(KeyError, match="a bug"):
            vault.sync()
    assert not differences(dump(vault.index), before)
    assert not list(vault.index.parent.glob("index.db.corrupt-*"))
    assert vault.sync().changed == 1
    assert is_fresh(vault) == []


def spoil(index: Path) -> bytes:
    """Damages an index beyond use; returns what it is now."""
    with index.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4_000)
    return index.read_bytes()


def test_a_damaged_index_stays_until_a_new_one_is_whole(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.write("a.md", "text")
    vault.sync()
    damaged = spoil(vault.index)

    def stop(*arguments: object, **options: object) -> None:
        assert vault.index.read_bytes() == damaged
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("litindex.index.relations.resolver.resolve", stop)
        with pytest.raises(KeyboardInterrupt):
            vault.sync()
    assert vault.index.read_bytes() == damaged
    assert set(os.listdir(vault.index.parent)) == {"vault", "index.db"}
    aside = Path(vault.sync().rebuilt)
    assert aside.read_bytes() == damaged
    assert is_fresh(vault) == []


def test_a_damaged_index_is_not_replaced_by_one_of_a_vault_that_is_away(vault: Vault) -> None:
    vault.write("a.md", "text")
    vault.sync()
    damaged = spoil(vault.index)
    shutil.rmtree(vault.path)
    vault.path.mkdir()
    with pytest.raises(VaultError, match="holds no note, and the index is damaged: is its disk there"):
        vault.sync()
    assert vault.index.read_bytes() == damaged
    assert vault.sync(allow_empty=True).rebuilt


def test_what_a_killed_process_left_of_a_new_index_goes(vault: Vault) -> None:
    vault.write("a.md", "text")
    vault.sync()
    for ending in "", "-wal", "-shm":
        vault.index.with_name(f"index.db.new{ending}").write_bytes(b"half")
    assert vault.sync().changes == 0
    assert set(os.listdir(vault.index.parent)) == {"vault", "index.db"}


def test_a_new_index_whose_journal_has_no_room_in_it_is_not_taken(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of a rebuild on a disk that is nearly full: SQLite's own closing says nothing."""

    def full(connection: sqlite3.Connection, path: Path) -> None:
        connection.close()
        raise DiskError("the disk is full")

    vault.write("a.md", "text")
    vault.sync()
    damaged = spoil(vault.index)
    with Indexer(vault.path, vault.index, jobs=1) as index, monkeypatch.context() as patch:
        patch.setattr("litindex.index.database.close_whole", full)
        with pytest.raises(DiskError):
            index.sync()
    assert vault.index.read_bytes() == damaged
    assert set(os.listdir(vault.index.parent)) == {"vault", "index.db"}
    assert vault.sync().rebuilt


def test_a_mark_of_damage_is_one_of_that_file(vault: Vault) -> None:
    vault.write("a.md", "text")
    with Indexer(vault.path, vault.index, jobs=1) as index:
        index.sync()
        index._file.mark_damaged()
        sound = vault.index.with_name("sound.db")
        shutil.copy(vault.index, sound)
        sound.replace(vault.index)
        assert not index.sync().rebuilt


def test_what_only_is_named_like_a_damaged_index_is_kept(vault: Vault) -> None:
    dear = vault.index.with_name("index.db.corrupt-thoughts.md")
    dear.write_text("dear to somebody")
    vault.write("a.md", "text")
    vault.sync()
    spoil(vault.index)
    assert vault.sync().rebuilt
    assert dear.read_text() == "dear to somebody"


def test_damage_that_tidying_meets_is_mended_by_the_next_run(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def malformed(connection: sqlite3.Connection) -> bool:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    vault.write("a.md", "text")
    with Indexer(vault.path, vault.index, jobs=1) as index:
        index.sync()
        with monkeypatch.context() as patch:
            patch.setattr("litindex.sync.indexer.merge_a_little", malformed)
            with pytest.raises(IndexFileError, match="litindex build --full VAULT rebuilds it"):
                index.tidy()
        assert index.sync({"a.md": True}, walk=False).rebuilt
        assert not index.tidy()
    assert is_fresh(vault) == []


@pytest.mark.parametrize("table", ["annotations_fts_data", "notes_fts_data"])
def test_a_full_run_finds_damage_that_no_other_run_would_meet(vault: Vault, table: str) -> None:
    for number in range(30):
        vault.write(f"{number}.md", literature(f"key{number}", body=HIGHLIGHT))
    vault.sync()
    with closing(database.open_index(vault.index)) as connection:
        connection.execute(f"DELETE FROM {table} WHERE id > 10")
    assert not vault.sync().rebuilt
    assert vault.sync(full=True).rebuilt
    assert is_fresh(vault) == []


def test_links_outside_are_followed_on_when_the_index_was_deleted(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/b.md").write_text("text")
    vault.write("a.md", "text")
    (vault.path / "link").symlink_to(tmp_path / "outside")
    vault.sync(follow_links=True)
    with Indexer(vault.path, vault.index, jobs=1, follow_links=None) as index:
        vault.index.unlink()
        index.sync()
    assert vault.column("SELECT path FROM notes ORDER BY path") == ["a.md", "link/b.md"]


@pytest.mark.skipif(os.name != "posix", reason="needs pipes with names")
@pytest.mark.parametrize("name", ["litindex.toml", "authors.toml", ".obsidian/app.json"])
def test_a_pipe_or_a_device_in_the_place_of_settings_is_not_read(vault: Vault, name: str) -> None:
    vault.write("a.md", "text")
    (vault.path / ".obsidian").mkdir()
    for make in os.mkfifo, lambda place: place.symlink_to("/dev/zero"):
        make(vault.path / name)
        if name.startswith("."):
            vault.sync()
        else:
            with pytest.raises(SettingsError, match=f"{name}: cannot be read"):
                vault.sync()
        (vault.path / name).unlink()


def test_a_full_disk_while_a_damaged_index_is_made_anew_is_one_error(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(connection: sqlite3.Connection, path: Path) -> int:
        if path.name.endswith(".new"):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return migrate(connection, path)

    vault.write("a.md", "text")
    vault.sync()
    damaged = spoil(vault.index)
    migrate = schema.migrate
    monkeypatch.setattr("litindex.index.schema.migrate", full)
    with pytest.raises(DiskError):
        vault.sync()
    assert vault.index.read_bytes() == damaged
    assert set(os.listdir(vault.index.parent)) == {"vault", "index.db"}


def test_a_vault_that_is_another_folder_once_is_the_vault_from_then_on(vault: Vault) -> None:
    """As after a restore: what was asked of the new folder is not asked again."""
    (vault.path / ".obsidian").mkdir()
    vault.write("a.md", "text")
    with Indexer(vault.path, vault.index, jobs=1) as index:
        index.sync()
        shutil.copytree(vault.path, vault.path.with_name("copy"))
        shutil.rmtree(vault.path)
        vault.path.with_name("copy").rename(vault.path)
        index.find_root()
        index.sync()
        (vault.path / "a.md").unlink()
        assert index.sync().removed == 1
