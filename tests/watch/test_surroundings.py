"""`litindex watch` where the surroundings are against it: full disks and pipes, deep folders, files taken away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.sync.vault import Vault
from tests.watch.program import Daemon, litindex, wait_until, without_privileges

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX"),
]
FULL = Path("/dev/full")


def command(vault: Vault, *options: str) -> list[str]:
    watch = [sys.executable, "-m", "litindex", "watch", str(vault.path), "--db", str(vault.index)]
    return [*watch, "--quiet-ms", "50", *options]


def settles(vault: Vault) -> None:
    answer = litindex("status", "--db", vault.index, "--wait", "30")
    assert answer.returncode == 0, answer.stdout


@pytest.mark.skipif(not FULL.exists(), reason="needs a disk that is full")
@pytest.mark.parametrize("options", [[], ["--json"]], ids=["lines", "json"])
def test_it_goes_on_when_there_is_no_room_for_its_log(vault: Vault, options: list[str]) -> None:
    with FULL.open("w") as full, subprocess.Popen(command(vault, *options), stdout=full, stderr=full) as process:
        wait_until(lambda: litindex("status", "--db", vault.index).returncode == 0, "the daemon is well")
        vault.write("a.md", "edited")
        settles(vault)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB, made of memory."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """A file that leaves no room."""
    filling = disk / "filling"
    with filling.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4_096))
    return filling


def test_a_disk_that_is_full_is_waited_for(vault: Vault, small_disk: Path) -> None:
    vault.index = small_disk / "index.db"
    first = fill(small_disk)
    refused = litindex("watch", vault.path, "--db", vault.index)
    assert refused.returncode == 3
    assert "the disk is full" in refused.stderr
    assert os.listdir(small_disk) == [first.name]
    first.unlink()
    with Daemon(vault.path, vault.index) as daemon:
        assert daemon.stop() == 0
    filling = fill(small_disk)
    vault.write("a.md", "edited " * 10_000)
    daemon.start()
    try:
        wait_until(lambda: daemon.has_begun() and daemon.state() == "db-error", "the daemon waits for room")
        filling.unlink()
        wait_until(daemon.is_well, "the daemon goes on")
        assert daemon.body("a.md").startswith("edited edited")
        fill(small_disk)
        vault.write("a.md", "edited again " * 10_000)
        wait_until(lambda: daemon.state() == "db-error", "the daemon waits for room")
        assert daemon.body("a.md").startswith("edited edited")
        filling.unlink()
        wait_until(daemon.is_well, "the daemon goes on")
        assert daemon.body("a.md").startswith("edited again")
        assert daemon.stop() == 0
    finally:
        daemon.__exit__(None, None, None)


@pytest.mark.parametrize("room_kb", range(200, 3_000, 900))
def test_a_disk_that_fills_while_a_damaged_index_is_made_anew_leaves_it_as_it_was(
    vault: Vault, small_disk: Path, room_kb: int
) -> None:
    for number in range(150):
        vault.write(f"{number}.md", f"words {number} and more of them [[a]]\n" * 60)
    vault.index = small_disk / "index.db"
    assert litindex("build", vault.path, "--db", vault.index).returncode == 0
    with vault.index.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 8_000)
    damaged = vault.index.read_bytes()
    filling = fill(small_disk)
    os.truncate(filling, filling.stat().st_size - room_kb * 1024)
    answer = litindex("build", vault.path, "--db", vault.index, "-q")
    if answer.returncode:
        assert "the disk is full" in answer.stderr
        assert vault.index.read_bytes() == damaged
        assert set(os.listdir(small_disk)) == {"index.db", filling.name}
        filling.unlink()
        assert litindex("build", vault.path, "--db", vault.index).returncode == 0
    assert litindex("status", "--db", vault.index).returncode == 0


def test_a_log_that_nobody_reads_neither_holds_it_up_nor_keeps_it_from_ending(vault: Vault) -> None:
    reader, writer = os.pipe()
    while True:
        os.set_blocking(writer, False)
        try:
            os.write(writer, b"x" * 4_096)
        except BlockingIOError:
            break
    os.set_blocking(writer, True)
    with subprocess.Popen(command(vault, "--json"), stdout=writer, stderr=writer) as process:
        for body in "once", "again":
            wait_until(lambda: litindex("status", "--db", vault.index).returncode == 0, "the daemon is well")
            vault.write("a.md", body)
            settles(vault)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    os.close(reader)
    os.close(writer)


def test_folders_that_lie_too_deep_to_be_watched_are_looked_at_every_so_often(vault: Vault) -> None:
    """watchdog walks over them by recursion, up to Python 3.11."""
    here = os.open(vault.path, os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("d", dir_fd=here)
        above, here = here, os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(above)
    os.close(here)
    daemon = Daemon(vault.path, vault.index)
    daemon.start()
    try:
        wait_until(lambda: daemon.has_begun() and daemon.state() in ("ok", "polling"), "the daemon follows")
        vault.write("a.md", "edited")
        daemon.reads("a.md", "edited")
        assert daemon.stop() == 0
        assert "Traceback" not in daemon.log()
    finally:
        daemon.__exit__(None, None, None)
        subprocess.run(["rm", "-rf", str(vault.path)], check=True)


@pytest.mark.skipif(without_privileges() is None, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_no_reason_to_poll(vault: Vault) -> None:
    closed = vault.path / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        with Daemon(vault.path, vault.index, before=without_privileges()) as daemon:
            assert daemon.state() == "ok"
    finally:
        closed.chmod(0o755)


def test_an_index_that_is_removed_with_all_that_lies_beside_it_is_made_anew_and_its_daemon_known(
    vault: Vault, daemon: Daemon
) -> None:
    for file in vault.index.parent.glob("index.db*"):
        file.unlink()
    wait_until(lambda: vault.index.exists() and daemon.is_well(), "the daemon is well, and says so")
    daemon.sees("a.md", "b.md", "sub/c.md")
    vault.write("d.md", "delta")
    daemon.sees("a.md", "b.md", "d.md", "sub/c.md")
    assert litindex("watch", vault.path, "--db", vault.index).returncode == 75
    daemon.equals_fresh()


def test_a_link_to_the_vault_that_is_turned_elsewhere_is_noticed(vault: Vault, tmp_path: Path) -> None:
    link, other = tmp_path / "link", tmp_path / "other"
    other.mkdir()
    (other / "a.md").write_text("of another vault")
    link.symlink_to(vault.path)
    with Daemon(link, vault.index) as daemon:
        time.sleep(3.0)  # until no second look is planned that would notice it by chance
        link.unlink()
        link.symlink_to(other)
        wait_until(lambda: daemon.state() == "vault-missing", "the daemon misses the vault")
        assert daemon.body("a.md") == "alpha [[b]]"
        link.unlink()
        link.symlink_to(vault.path)
        wait_until(daemon.is_well, "the daemon has the vault again")


def test_following_links_is_well_though_it_polls(vault: Vault) -> None:
    assert litindex("build", vault.path, "--db", vault.index, "--follow-links").returncode == 0
    with Daemon(vault.path, vault.index) as daemon:
        assert daemon.state() == "polling"
        wait_until(lambda: litindex("status", "--db", vault.index).returncode == 0, "status says that all is well")


@pytest.mark.skipif(without_privileges() is None, reason="root may write everywhere")
def test_a_folder_of_the_index_that_may_not_be_written_any_more_ends_nobody(vault: Vault, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    vault.index = theirs / "index.db"
    try:
        with Daemon(vault.path, vault.index, before=without_privileges()) as daemon:
            theirs.chmod(0o555)
            vault.write("d.md", "delta")
            daemon.sees("a.md", "b.md", "d.md", "sub/c.md")
            assert daemon.stop() == 0
    finally:
        theirs.chmod(0o755)


def test_a_reading_process_that_is_killed_is_no_end(vault: Vault, daemon: Daemon) -> None:
    for number in range(2_000):
        vault.write(f"new/{number}.md", f"[[{number}]] text\n" * 40)
    children = Path(f"/proc/{daemon.process.pid}/task/{daemon.process.pid}/children")
    if not children.exists():
        pytest.skip("needs a system that names the children of a process")
    wait_until(children.read_text, "notes are read by other processes")
    os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
    wait_until(lambda: len(daemon.paths()) == 2_003, "the daemon has read them")
    assert daemon.ask("SELECT count(*) FROM problems") == [(0,)]


def test_a_daemon_under_nohup_outlives_its_terminal(vault: Vault) -> None:
    daemon = Daemon(vault.path, vault.index, before=["nohup"])
    with daemon:
        daemon.process.send_signal(signal.SIGHUP)
        vault.write("d.md", "delta")
        daemon.sees("a.md", "b.md", "d.md", "sub/c.md")
        assert daemon.stop() == 0


def test_an_index_that_is_named_by_a_link_has_the_same_daemon(vault: Vault, daemon: Daemon) -> None:
    link = vault.index.with_name("link.db")
    link.symlink_to(vault.index)
    assert litindex("watch", vault.path, "--db", link).returncode == 75
    assert litindex("status", "--db", link).returncode == 0


def test_settings_of_obsidian_that_come_and_go_as_a_folder_are_noticed(vault: Vault, tmp_path: Path) -> None:
    vault.write(".obsidian/app.json", '{"userIgnoreFilters": ["sub/"]}')
    with Daemon(vault.path, vault.index) as daemon:
        assert daemon.ask("SELECT path FROM notes WHERE excluded") == [("sub/c.md",)]
        (vault.path / ".obsidian").rename(tmp_path / "outside")
        wait_until(lambda: not daemon.ask("SELECT 1 FROM notes WHERE excluded"), "nothing is excluded")
        (tmp_path / "outside").rename(vault.path / ".obsidian")
        wait_until(lambda: daemon.ask("SELECT 1 FROM notes WHERE excluded"), "it is excluded again")


@pytest.mark.skipif(sys.platform != "linux", reason="sets the limit of another process")
def test_a_daemon_that_may_open_no_more_files_does_not_take_its_vault_for_missing(vault: Vault, daemon: Daemon) -> None:
    import resource

    before = resource.prlimit(daemon.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(daemon.process.pid, resource.RLIMIT_NOFILE, (3, before[1]))
    vault.write("d.md", "delta")
    wait_until(lambda: daemon.state() == "system-limit", "the daemon names the limit")
    assert "Too many open files" in daemon.pulse().reason
    resource.prlimit(daemon.process.pid, resource.RLIMIT_NOFILE, before)
    daemon.sees("a.md", "b.md", "d.md", "sub/c.md")
    wait_until(daemon.is_well, "the daemon is well again")
    assert "vault-missing" not in daemon.log()
