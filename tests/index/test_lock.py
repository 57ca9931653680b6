"""One writer at a time (FAULTS D3)."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from litindex.errors import IndexBusy, IndexFileError
from litindex.index.file.lock import Lock, is_held, lock_path, read_holder

HOLD = """
import sys, time
from pathlib import Path
from litindex.index.file.lock import Lock
with Lock(Path(sys.argv[1]), "watch"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_names_its_holder_and_goes_with_it(tmp_path: Path) -> None:
    index = tmp_path / "index.db"
    with Lock(index, "build"):
        assert read_holder(index) == f"{os.getpid()} build"
        assert stat.S_IMODE(lock_path(index).stat().st_mode) == 0o600
    assert not lock_path(index).exists()
    assert read_holder(index) == ""


def test_a_second_one_is_told_who_has_it(tmp_path: Path) -> None:
    index = tmp_path / "index.db"
    with (
        Lock(index, "watch"),
        pytest.raises(IndexBusy, match=rf"pid {os.getpid()} \(watch\) keeps the index") as caught,
    ):
        Lock(index, "build").__enter__()
    assert caught.value.exit_code == 75


def test_a_second_one_may_wait_for_the_first(tmp_path: Path) -> None:
    first = Lock(tmp_path / "index.db", "watch").__enter__()
    threading.Timer(0.2, first.release).start()
    with Lock(tmp_path / "index.db", "build", wait=30):
        assert read_holder(tmp_path / "index.db") == f"{os.getpid()} build"


def test_waiting_ends(tmp_path: Path) -> None:
    start = time.monotonic()
    with Lock(tmp_path / "index.db", "watch"), pytest.raises(IndexBusy):
        Lock(tmp_path / "index.db", "build", wait=0.2).__enter__()
    assert time.monotonic() - start >= 0.2


def test_a_killed_process_leaves_no_lock_behind(tmp_path: Path) -> None:
    index = tmp_path / "index.db"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(index)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexBusy, match=rf"pid {holder.pid} \(watch\)"):
            Lock(index, "build").__enter__()
        holder.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        holder.wait()
    with Lock(index, "build"):
        assert read_holder(index) == f"{os.getpid()} build"


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_link_in_the_place_of_the_lock_is_not_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    lock_path(tmp_path / "index.db").symlink_to(victim)
    with pytest.raises(IndexFileError):
        Lock(tmp_path / "index.db", "build").__enter__()
    assert victim.read_text() == "mine"


def test_a_full_disk_keeps_nobody_from_holding_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with Lock(tmp_path / "index.db", "watch"), pytest.raises(IndexBusy, match="another process keeps the index"):
        Lock(tmp_path / "index.db", "build").__enter__()


def test_a_lock_whose_file_cannot_be_removed_is_given_up_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with Lock(tmp_path / "index.db", "watch"):
            pass
    with Lock(tmp_path / "index.db", "build"):
        assert read_holder(tmp_path / "index.db") == f"{os.getpid()} build"


@pytest.mark.skipif(os.name != "posix", reason="needs pipes with names")
def test_a_pipe_in_the_place_of_a_lock_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(lock_path(tmp_path / "index.db"))
    assert read_holder(tmp_path / "index.db") == ""
    assert not is_held(lock_path(tmp_path / "index.db"))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="nowhere"):
        Lock(tmp_path / "nowhere" / "index.db", "build").__enter__()
