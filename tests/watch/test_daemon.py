"""`litindex watch` as a real process: always in step, never wrong, whatever happens to vault, index and daemon."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.sync.vault import Vault
from tests.watch.program import Daemon, litindex, wait_until, without_privileges

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals"),
]


def rest(daemon: Daemon) -> None:
    """Until a note of late was looked at once more: nothing is planned then that would notice a fault by chance."""
    (vault,) = daemon.ask("SELECT value FROM meta WHERE key = 'vault'")
    batches = daemon.pulse().batches
    (Path(vault[0]) / "b.md").write_text("beta, of late")
    wait_until(lambda: daemon.pulse().batches > batches + 1, "the second look")


# ------------------------------------------------------------------------------------------------ following


def test_it_follows_new_changed_renamed_and_deleted_notes(vault: Vault, daemon: Daemon) -> None:
    vault.write("d.md", "delta")
    daemon.sees("a.md", "b.md", "d.md", "sub/c.md")
    vault.write("a.md", "alpha again [[d]]")
    daemon.reads("a.md", "alpha again [[d]]")
    (note_id,) = daemon.ask("SELECT id FROM notes WHERE path = 'b.md'")
    vault.move("b.md", "sub/renamed.md")
    daemon.sees("a.md", "d.md", "sub/c.md", "sub/renamed.md")
    assert daemon.ask("SELECT id FROM notes WHERE path = 'sub/renamed.md'") == [note_id]
    (vault.path / "d.md").unlink()
    daemon.sees("a.md", "sub/c.md", "sub/renamed.md")
    assert daemon.ask("SELECT resolution FROM links") == [("unresolved",)]
    daemon.equals_fresh()


def test_it_follows_folders_that_are_renamed_moved_out_moved_in_and_exchanged(
    vault: Vault, daemon: Daemon, tmp_path: Path
) -> None:
    vault.move("sub", "other")
    daemon.sees("a.md", "b.md", "other/c.md")
    vault.write("other/c.md", "changed after the move")
    daemon.reads("other/c.md", "changed after the move")
    (vault.path / "other").rename(tmp_path / "outside")
    daemon.sees("a.md", "b.md")
    (tmp_path / "outside/new.md").write_text("not ours")
    vault.write("x/one.md", "one")
    vault.write("y/two.md", "two")
    daemon.sees("a.md", "b.md", "x/one.md", "y/two.md")
    for old, new in ("x", "z"), ("y", "x"), ("z", "y"):
        vault.move(old, new)
    (tmp_path / "outside").rename(vault.path / "back")
    daemon.sees("a.md", "b.md", "x/two.md", "y/one.md", "back/c.md", "back/new.md")
    daemon.settle()
    daemon.equals_fresh()


@pytest.mark.parametrize("save", ["vim", "atomic", "delete"])
def test_a_note_keeps_its_id_through_every_way_of_saving(vault: Vault, daemon: Daemon, save: str) -> None:
    before = daemon.ask("SELECT id FROM notes WHERE path = 'a.md'")
    note = vault.path / "a.md"
    if save == "vim":
        note.rename(vault.path / "a.md~")
        wait_until(lambda: daemon.pulse().batches > 1, "a look while the note was away")
    elif save == "delete":
        note.unlink()
        wait_until(lambda: daemon.pulse().batches > 1, "a look while the note was away")
    vault.write(".saving" if save == "atomic" else "a.md", f"saved by {save}")
    if save == "atomic":
        (vault.path / ".saving").rename(note)
    (vault.path / "a.md~").unlink(missing_ok=True)
    daemon.reads("a.md", f"saved by {save}")
    assert daemon.ask("SELECT id FROM notes WHERE path = 'a.md'") == before


def test_a_change_that_keeps_size_and_times_is_seen(vault: Vault, daemon: Daemon) -> None:
    note = vault.path / "a.md"
    before = note.stat()
    note.write_text("ALPHA [[b]]")
    os.utime(note, ns=(before.st_atime_ns, before.st_mtime_ns))
    daemon.reads("a.md", "ALPHA [[b]]")


def test_one_edit_reads_one_note_and_looks_at_no_other(vault: Vault) -> None:
    with Daemon(vault.path, vault.index, "--json") as daemon:
        vault.write("a.md", "edited")
        daemon.reads("a.md", "edited")
        wait_until(lambda: len(daemon.batches()) == 2, "the second batch is told")
        first, second = daemon.batches()
    assert (first["added"], first["walked"]) == (3, True)
    assert (second["changed"], second["read"], second["parsed"], second["walked"]) == (1, 1, 1, False)


def test_a_burst_of_new_nested_folders_is_taken_in_quietly(vault: Vault, daemon: Daemon) -> None:
    for number in range(600):
        vault.write(f"burst/{number % 20}/{number % 7}/{number}.md", f"text {number}")
    wait_until(lambda: len(daemon.paths()) == 603, "all notes are there")
    assert len(daemon.log()) < 10_000
    daemon.settle()
    daemon.equals_fresh()


def test_at_rest_it_writes_nothing_even_with_its_index_and_its_log_in_the_vault(vault: Vault) -> None:
    vault.index = vault.path / "own.db"
    with Daemon(vault.path, vault.index, log=vault.path / "nohup.out") as daemon:
        vault.write("a.md", "edited")
        daemon.reads("a.md", "edited")
        with closing(sqlite3.connect(f"{vault.index.as_uri()}?mode=ro", uri=True)) as connection:

            def version() -> int:
                return int(connection.execute("PRAGMA data_version").fetchone()[0])

            def is_at_rest() -> bool:
                before = version()
                daemon.settle()
                daemon.settle()
                return version() == before

            wait_until(is_at_rest, "two looks at everything without a commit")
        assert daemon.ask("SELECT path FROM attachments") == [("nohup.out",)]


def test_by_polling_it_sees_what_no_event_tells(vault: Vault) -> None:
    with Daemon(vault.path, vault.index, "--poll", "0.2") as daemon:
        assert str(daemon.pulse()) == "polling (as asked)"
        vault.write("d.md", "delta")
        daemon.sees("a.md", "b.md", "d.md", "sub/c.md")
        assert litindex("status", "--db", vault.index).returncode == 0


# ------------------------------------------------------------------------------------------------ the daemon's own life


def test_it_catches_up_with_what_changed_while_it_was_off(vault: Vault) -> None:
    with Daemon(vault.path, vault.index) as daemon:
        assert daemon.stop() == 0
    vault.write("a.md", "changed meanwhile")
    (vault.path / "b.md").unlink()
    with Daemon(vault.path, vault.index) as daemon:
        daemon.reads("a.md", "changed meanwhile")
        daemon.sees("a.md", "sub/c.md")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_soundly(vault: Vault, daemon: Daemon, number: signal.Signals) -> None:
    assert daemon.stop(number) == 0
    assert "Traceback" not in daemon.log()
    answer = litindex("status", "--db", vault.index)
    assert answer.returncode == 0
    assert "stopped" in answer.stdout
    daemon.equals_fresh()


def test_after_kill_9_it_says_so_and_the_next_one_goes_on(vault: Vault, daemon: Daemon) -> None:
    daemon.stop(signal.SIGKILL)
    assert "not-running" in litindex("status", "--db", vault.index).stdout
    vault.write("d.md", "delta")
    daemon.start()
    daemon.sees("a.md", "b.md", "d.md", "sub/c.md")


def test_what_changed_while_it_was_suspended_is_taken_in(vault: Vault, daemon: Daemon) -> None:
    daemon.process.send_signal(signal.SIGSTOP)
    for number in range(100):
        vault.write(f"n{number}.md", "text")
    (vault.path / "a.md").unlink()
    daemon.process.send_signal(signal.SIGCONT)
    wait_until(lambda: len(daemon.paths()) == 102, "all changes are in")


def test_a_second_daemon_is_refused_by_name(vault: Vault, daemon: Daemon) -> None:
    second = litindex("watch", vault.path, "--db", vault.index)
    assert second.returncode == 75
    assert f"pid {daemon.process.pid} (watch)" in second.stderr


def test_a_build_beside_it_is_refused_or_let_in(vault: Vault, daemon: Daemon) -> None:
    refused = litindex("build", vault.path, "--db", vault.index)
    assert refused.returncode == 75
    assert f"pid {daemon.process.pid} (watch)" in refused.stderr
    let_in = litindex("build", vault.path, "--db", vault.index, "--full", "--wait", "30")
    assert let_in.returncode == 0, let_in.stderr
    wait_until(daemon.is_well, "the daemon goes on")
    vault.write("d.md", "delta")
    daemon.sees("a.md", "b.md", "d.md", "sub/c.md")
    assert litindex("watch", vault.path, "--db", vault.index).returncode == 75


def test_status_waits_for_everything_that_is_there_now(vault: Vault) -> None:
    with Daemon(vault.path, vault.index, quiet_ms=1000) as daemon:
        vault.write("d.md", "delta")
        (vault.path / "a.md").unlink()
        daemon.settle()
        assert daemon.paths() == {"b.md", "d.md", "sub/c.md"}
    assert litindex("status", "--db", vault.index, "--wait", "0.1").returncode == 0


def test_it_ends_when_nobody_reads_its_batches_and_goes_on_when_nobody_reads_its_lines(vault: Vault) -> None:
    command = [sys.executable, "-m", "litindex", "watch", str(vault.path), "--db", str(vault.index), "--quiet-ms", "50"]
    with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        vault.write("a.md", "edited")
        assert process.stderr.read().count(b"\n") == 2
    assert process.returncode == 0
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.readline()
        process.stderr.close()
        for number in range(3):
            vault.write("a.md", f"edited {number}")
            answer = litindex("status", "--db", vault.index, "--wait", "30")
            assert answer.returncode == 0, answer.stdout
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 0


# ------------------------------------------------------------------------------------------------ vaults that go away


def lose(vault: Vault, way: str) -> Callable[[], object]:
    """Makes the vault vanish; returns what brings it back."""
    kept = vault.path.with_name("kept")
    vault.path.rename(kept)
    if way == "empty folder in its place":
        vault.path.mkdir()
    elif way == "other notes in its place":
        Vault.write(vault, "foreign.md", "not of this vault")
    elif way == "empty vault in its place":
        (vault.path / ".obsidian").mkdir(parents=True)

    def bring_back() -> None:
        shutil.rmtree(vault.path, ignore_errors=True)
        kept.rename(vault.path)

    return bring_back


@pytest.mark.parametrize(
    "way", ["nothing in its place", "empty folder in its place", "other notes in its place", "empty vault in its place"]
)
def test_a_vault_that_went_away_loses_no_row_and_is_followed_again_when_it_is_back(
    vault: Vault, daemon: Daemon, way: str
) -> None:
    if way == "nothing in its place":
        rest(daemon)
    bring_back = lose(vault, way)
    wait_until(lambda: daemon.state() == "vault-missing", "the daemon misses the vault")
    assert daemon.paths() == {"a.md", "b.md", "sub/c.md"}
    assert litindex("status", "--db", vault.index).returncode == 1
    bring_back()
    wait_until(daemon.is_well, "the daemon has the vault again")
    vault.write("d.md", "delta")
    daemon.sees("a.md", "b.md", "d.md", "sub/c.md")


def test_a_vault_that_was_emptied_is_empty_when_it_is_surely_the_vault(vault: Vault, daemon: Daemon) -> None:
    for note in vault.path.rglob("*.md"):
        note.unlink()
    daemon.sees()


def test_a_vault_without_a_sign_that_was_emptied_needs_the_explicit_way(vault: Vault, daemon: Daemon) -> None:
    (vault.path / ".obsidian").rmdir()
    for note in vault.path.rglob("*.md"):
        note.unlink()
    wait_until(lambda: daemon.state() == "vault-missing", "the daemon doubts")
    assert daemon.paths() == {"a.md", "b.md", "sub/c.md"}
    allowed = litindex("build", vault.path, "--db", vault.index, "--allow-empty", "--wait", "30")
    assert allowed.returncode == 0, allowed.stderr
    wait_until(daemon.is_well, "the daemon goes on")
    assert daemon.paths() == set()


def test_a_daemon_waits_for_the_vault_of_its_index_and_for_no_other(vault: Vault, tmp_path: Path) -> None:
    vault.sync()
    bring_back = lose(vault, "nothing in its place")
    other = litindex("watch", tmp_path / "nowhere", "--db", vault.index)
    assert other.returncode == 3
    daemon = Daemon(vault.path, vault.index)
    daemon.start()
    try:
        wait_until(lambda: daemon.state() == "vault-missing", "the daemon waits")
        bring_back()
        wait_until(daemon.is_well, "the daemon has the vault")
    finally:
        daemon.__exit__(None, None, None)


# ------------------------------------------------------------------------------------------------ what cannot be read


@pytest.mark.skipif(without_privileges() is None, reason="root may read everything")
def test_a_note_that_cannot_be_read_keeps_its_rows(vault: Vault) -> None:
    with Daemon(vault.path, vault.index, before=without_privileges()) as daemon:
        note = vault.path / "a.md"
        note.chmod(0)
        wait_until(lambda: daemon.ask("SELECT 1 FROM problems WHERE code = 'unreadable'"), "the problem is named")
        assert daemon.body("a.md") == "alpha [[b]]"
        (vault.path / "sub").chmod(0)
        wait_until(lambda: daemon.ask("SELECT 1 FROM problems WHERE code = 'folder-unreadable'"), "it is named too")
        assert daemon.paths() == {"a.md", "b.md", "sub/c.md"}
        (vault.path / "sub").chmod(0o755)
        note.chmod(0o644)
        wait_until(lambda: not daemon.ask("SELECT 1 FROM problems WHERE code LIKE '%unreadable'"), "all is well again")


def test_settings_that_cannot_be_understood_are_named_until_they_are_mended(vault: Vault, daemon: Daemon) -> None:
    vault.write("litindex.toml", "[keys")
    wait_until(lambda: daemon.state() == "db-error" and "litindex.toml" in daemon.pulse().reason, "it is named")
    vault.write("litindex.toml", "[keys]\n")
    vault.write("d.md", "delta")
    daemon.sees("a.md", "b.md", "d.md", "sub/c.md")
    wait_until(daemon.is_well, "the daemon is well again")


# ------------------------------------------------------------------------------------------------ indexes that go away


def test_an_index_that_was_deleted_is_made_anew(vault: Vault, daemon: Daemon) -> None:
    rest(daemon)
    vault.index.unlink()
    wait_until(vault.index.exists, "the index is there again")
    daemon.sees("a.md", "b.md", "sub/c.md")
    daemon.equals_fresh()


def test_a_foreign_file_in_the_place_of_the_index_is_left_alone(vault: Vault, daemon: Daemon) -> None:
    foreign = vault.index.with_name("foreign")
    foreign.write_text("not a database, and dear to somebody")
    foreign.replace(vault.index)
    wait_until(lambda: daemon.state() == "db-error", "the daemon refuses")
    assert vault.index.read_text() == "not a database, and dear to somebody"
    answer = litindex("status", "--db", vault.index)
    assert answer.returncode == 3
    assert "db-error" in answer.stdout
    vault.index.unlink()
    wait_until(daemon.is_well, "the daemon is well again")
    daemon.sees("a.md", "b.md", "sub/c.md")


def test_a_damaged_index_is_put_aside_and_made_anew(vault: Vault, daemon: Daemon) -> None:
    assert daemon.stop() == 0
    with vault.index.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 65_536)
    daemon.start()
    wait_until(daemon.is_well, "the daemon is well")
    assert daemon.paths() == {"a.md", "b.md", "sub/c.md"}
    assert list(vault.index.parent.glob("index.db.corrupt-*"))


@pytest.mark.parametrize("fault", ["index cut", "pages overwritten", "journal deleted", "journal cut"])
def test_damage_under_a_running_daemon_is_mended_without_being_asked(vault: Vault, daemon: Daemon, fault: str) -> None:
    rest(daemon)
    (batches, journal) = daemon.pulse().batches, vault.index.with_name("index.db-wal")
    if fault == "index cut":
        os.truncate(vault.index, 30_000)
    elif fault == "pages overwritten":
        with vault.index.open("r+b") as file:
            file.seek(8_192)
            file.write(os.urandom(100_000))
    elif fault == "journal deleted":
        journal.unlink()
    else:
        os.truncate(journal, journal.stat().st_size // 2)
    wait_until(lambda: daemon.pulse().batches > batches and daemon.is_well(), "the daemon looked again")
    assert "another program wrote into the index, or its disk did" in daemon.log()
    assert daemon.paths() == {"a.md", "b.md", "sub/c.md"}
    vault.write("d.md", "delta")
    daemon.sees("a.md", "b.md", "d.md", "sub/c.md")
    daemon.equals_fresh()


def test_a_stranger_who_closes_the_index_last_takes_no_journal_away(vault: Vault) -> None:
    """A walk opens no file that is the index: that would take the daemon's locks away."""
    vault.index = vault.path / "own.db"
    with Daemon(vault.path, vault.index, "--rescan", 1) as daemon:
        rest(daemon)
        os.link(vault.index, vault.path / "copy.md")
        daemon.settle()
        with closing(sqlite3.connect(vault.index)) as stranger:
            stranger.execute("SELECT count(*) FROM notes").fetchone()
        vault.write("d.md", "delta")
        daemon.sees("a.md", "b.md", "copy.md", "d.md", "sub/c.md")
        assert daemon.stop() == 0
        assert "another program wrote" not in daemon.log()


# ------------------------------------------------------------------------------------------------ a watcher that goes deaf


@pytest.mark.skipif(sys.platform != "linux", reason="the fault is one of inotify")
def test_it_survives_the_death_of_the_thread_that_hears(vault: Vault, daemon: Daemon, tmp_path: Path) -> None:
    """watchdog's reader dies of this: a folder leaves, another takes its name and goes, the first is deleted."""
    trash = tmp_path / "trash"
    for _ in range(3):
        (vault.path / "sub").rename(trash)
        vault.write("sub/other.md", "another folder of that name")
        shutil.rmtree(vault.path / "sub")
        shutil.rmtree(trash)
        vault.write("sub/c.md", "again")
    daemon.reads("sub/c.md", "again")
    vault.write("d.md", "heard all the same")
    daemon.reads("d.md", "heard all the same")
    daemon.settle()
    assert daemon.stop() == 0
    daemon.equals_fresh()
