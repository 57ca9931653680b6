"""What watchdog tells becomes hints; where it would go deaf is known beforehand or noticed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
)
from watchdog.utils import BaseThread

from litindex.watch.debounce import Debounce
from litindex.watch.pending_changes import Batch, Hints
from litindex.watch.supervisor import Lookout
from litindex.watch.watchdog_adapter import (
    Watcher,
    _Handler,
    count_folders,
    count_watches,
    explain,
    file_system,
    why_not_watch,
)
from tests.watch.program import wait_until, without_privileges

ROOT = os.path.join(os.sep, "vault")


def place(path: str) -> str:
    return os.path.join(ROOT, *path.split("/"))


def hints_of(*events: FileSystemEvent, index: str = "") -> Batch:
    hints = Hints(Debounce(0.3, 2.0))
    handler = _Handler(ROOT, place(index) if index else "", Watcher(ROOT, "", hints), hints)
    for event in events:
        handler.dispatch(event)
    return hints.take()


@pytest.mark.parametrize(
    ("event", "paths"),
    [
        (FileCreatedEvent(place("a.md")), {"a.md": True}),
        (FileModifiedEvent(place("sub/a.md")), {"sub/a.md": True}),
        (FileClosedEvent(place("plot.png")), {"plot.png": True}),
        (FileDeletedEvent(place("a.md")), {"a.md": False}),
        (FileMovedEvent(place("a.md"), place("sub/b.md")), {"a.md": False, "sub/b.md": True}),
        (FileMovedEvent(place(".a.md.tmp"), place("a.md")), {"a.md": True}),
        (FileMovedEvent(place("a.md"), place(".trash/a.md")), {"a.md": False}),
    ],
    ids=["created", "modified", "closed", "deleted", "moved", "saved by renaming", "thrown away"],
)
def test_an_event_names_the_files_to_look_at(event: FileSystemEvent, paths: dict[str, bool]) -> None:
    assert hints_of(event) == Batch(paths, "")


@pytest.mark.parametrize(
    "path",
    [".git/index", ".obsidian/workspace.json", "sub/.hidden/a.md", "a.md~", "4913", "~syncthing~a.md.tmp", "x.db-wal"],
)
def test_files_that_are_no_files_of_the_vault_say_nothing(path: str) -> None:
    assert not hints_of(FileModifiedEvent(place(path)))


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", ".lock", ".status", ".corrupt-20260101T000000"])
def test_the_index_itself_says_nothing_whatever_its_name(ending: str) -> None:
    assert not hints_of(FileModifiedEvent(place(f"sub/own.index{ending}")), index="sub/own.index")


@pytest.mark.parametrize("name", ["own.db.md", "own.database.png", "own.db.corrupt-ideas.md"])
def test_a_file_whose_name_only_begins_like_the_index_is_heard(name: str) -> None:
    assert hints_of(FileModifiedEvent(place(f"sub/{name}")), index="sub/own.db").paths == {f"sub/{name}": True}


def test_folders_and_obsidians_settings_need_a_walk() -> None:
    assert hints_of(DirCreatedEvent(place("new"))).walk
    assert hints_of(DirMovedEvent(place("old"), place("new"))).walk
    assert hints_of(FileModifiedEvent(place(".obsidian/app.json"))).walk
    assert hints_of(FileModifiedEvent(place(".obsidian/plugins/bibnotes/data.json"))).walk
    assert not hints_of(FileModifiedEvent(place(".obsidian/plugins/bibnotes/main.js")))
    assert hints_of(DirMovedEvent(place(".obsidian"), place(".config"))).walk
    assert hints_of(DirDeletedEvent(place(".obsidian"))).walk
    assert not hints_of(FileModifiedEvent(place(".a.md.swp")))
    assert not hints_of(DirCreatedEvent(place(".git/refs")))


def test_after_a_folder_went_places_are_uncertain() -> None:
    hints = Hints(Debounce(0.3, 2.0))
    watcher = Watcher(ROOT, "", hints)
    handler = _Handler(ROOT, "", watcher, hints)
    handler.dispatch(DirCreatedEvent(place("new")))
    assert not watcher.is_uncertain
    handler.dispatch(DirDeletedEvent(place("new")))
    assert watcher.is_uncertain


def test_an_event_that_makes_no_sense_is_answered_by_a_walk() -> None:
    assert hints_of(FileModifiedEvent(None)) == Batch({}, "an event was not understood", is_behind=True)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------ going deaf


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Watcher, Hints]]:
    hints = Hints(Debounce(0.0, 0.0))
    watcher = Watcher(str(tmp_path), "", hints)
    with warnings.catch_warnings():
        watcher.start()
        yield watcher, hints
        watcher.stop()


def test_a_watcher_hears_and_is_well(watched: tuple[Watcher, Hints], tmp_path: Path) -> None:
    watcher, hints = watched
    (tmp_path / "a.md").write_text("a")
    wait_until(lambda: "a.md" in hints.take().paths, "the note is hinted")
    assert watcher.failure() == ""


def test_a_failure_in_a_thread_of_watchdog_is_noticed(watched: tuple[Watcher, Hints]) -> None:
    watcher, hints = watched

    class Dying(BaseThread):
        def run(self) -> None:
            raise KeyError("books do not match")

    Dying.__module__ = "watchdog.observers.inotify_c"
    thread = Dying()
    thread.start()
    thread.join()
    assert watcher.failure() == "watchdog failed with KeyError"
    assert hints.take().is_behind


def test_a_failure_in_any_other_thread_is_not_ours(
    watched: tuple[Watcher, Hints], monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher, _ = watched
    others: list[object] = []
    monkeypatch.setattr(threading.excepthook, "_next", others.append)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    assert watcher.failure() == ""
    assert len(others) == 1


def test_an_overflow_that_is_only_logged_is_answered_by_a_walk(watched: tuple[Watcher, Hints]) -> None:
    import logging

    watcher, hints = watched
    for _ in range(3):
        logging.getLogger("watchdog.observers.inotify").warning("Inotify queue overflowed; filesystem events were lost")
    assert hints.take() == Batch({}, "events were lost", is_behind=True)
    assert watcher.overflows == 3
    assert watcher.is_overwhelmed()


def test_a_watcher_that_failed_is_renewed_and_hears_again(tmp_path: Path) -> None:
    hints = Hints(Debounce(0.0, 0.0))
    lookout = Lookout(tmp_path / "index.db", hints, always_poll=False)
    lookout.open(str(tmp_path), 100.0, follow_links=False)
    lookout._watcher.on_failure("watchdog failed with KeyError")  # type: ignore[union-attr]
    lookout.check(101.0)
    assert (lookout.renewals, lookout.reason) == (1, "")
    hints.take()
    (tmp_path / "a.md").write_text("a")
    wait_until(lambda: "a.md" in hints.take().paths, "the note is hinted")
    for second in range(5):
        lookout._watcher.on_failure("again")  # type: ignore[union-attr]
        lookout.check(102.0 + second)
    assert lookout.reason == "watching fails again and again: again"
    lookout.close()


def test_changes_without_events_end_in_polling(tmp_path: Path) -> None:
    lookout = Lookout(tmp_path / "index.db", Hints(Debounce(0.0, 0.0)), always_poll=False)
    lookout.open(str(tmp_path), 100.0, follow_links=False)
    for second in range(3):
        lookout.miss(200.0 + second)
    assert lookout.reason == "changes come without events"
    lookout.check(203.0)
    assert lookout.reason
    lookout.check(900.0)
    assert lookout.reason == ""


class Looking:
    """A lookout over `root`, whose watches and folders are counted as the test says."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.watches = self.folders = 5
        self.hints = Hints(Debounce(0.0, 0.0))
        self.lookout = Lookout(root / "index.db", self.hints, always_poll=False)
        self._root = root
        monkeypatch.setattr("litindex.watch.supervisor.count_watches", lambda: self.watches)
        monkeypatch.setattr("litindex.watch.supervisor.count_folders", lambda root, most: self.folders)

    def open(self) -> Lookout:
        """Since second 100."""
        self.lookout.open(str(self._root), 100.0, follow_links=False)
        return self.lookout

    def hear_of_folders(self) -> None:
        self.lookout._watcher.have_folders_changed = True  # type: ignore[union-attr]


@pytest.fixture
def looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Looking]:
    """The vault is `tmp_path`; nothing is open yet."""
    made = Looking(tmp_path, monkeypatch)
    yield made
    made.lookout.close()


def test_folders_without_a_watch_are_a_doubt_at_first_and_polled_when_all_is_still(looking: Looking) -> None:
    looking.watches = 3
    lookout = looking.open()
    assert lookout.doubts
    assert lookout.reason == ""
    assert looking.hints.take() == Batch({}, "some folders may not be watched yet", is_behind=True)
    looking.hear_of_folders()
    lookout.check(101.0)
    looking.watches = 4
    lookout.check(102.0)
    assert lookout.doubts
    assert lookout.reason == ""
    lookout.check(103.0)
    assert "max_user_watches" in lookout.reason
    assert not lookout.doubts
    assert looking.hints.take() == Batch({}, "polling begins", is_behind=True)


def test_a_doubt_ends_when_all_folders_are_watched(looking: Looking) -> None:
    looking.watches = 3
    lookout = looking.open()
    looking.watches = 5
    looking.hints.take()
    lookout.check(101.0)
    assert (lookout.doubts, lookout.reason) == (False, "")
    assert looking.hints.take().walk
    looking.folders = 6
    looking.hear_of_folders()
    for now in 107.0, 108.0:
        lookout.check(now)
    assert (lookout.renewals, lookout.reason) == (1, "")  # it is another watch that is doubted now


def test_new_folders_are_looked_at_within_seconds_however_busy_the_vault_is(
    looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking.hints, "last", lambda: now)
    now = 100.0
    lookout = looking.open()
    looking.hear_of_folders()
    looking.folders = 6
    while not lookout.doubts:
        now += 1.0
        lookout.check(now)
        assert now < 107.0


def test_folders_that_a_watch_has_overlooked_are_watched_anew_before_polling(looking: Looking) -> None:
    lookout = looking.open()
    looking.hear_of_folders()
    looking.folders = 6
    for now in 106.0, 107.0:
        lookout.check(now)
    assert (lookout.renewals, lookout.reason) == (1, "")
    lookout.check(108.0)
    assert lookout.reason


def test_a_vault_that_grew_too_large_is_polled(looking: Looking) -> None:
    lookout = looking.open()
    looking.hear_of_folders()
    looking.watches = looking.folders = 8_001
    lookout.check(103.0)
    assert lookout.reason == "more than 8,000 folders"


def test_a_renewed_watch_needs_no_room_beside_the_old_one(looking: Looking, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system with room for one watch of this vault and not for two would make it poll."""
    lookout = looking.open()
    before = count_watches()
    monkeypatch.setattr(Watcher, "start", lambda watcher: started.append(count_watches()))
    started: list[float] = []
    lookout._watcher.on_failure("watchdog failed")  # type: ignore[union-attr]
    lookout.check(101.0)
    assert started == [0] if sys.platform == "linux" else [before]
    assert looking.hints.take().walk


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "inotify watch limit reached"),
        RecursionError(),
        OSError(24, ""),
        RuntimeError("can't start new thread"),
    ],
)
def test_a_watch_that_cannot_begin_is_replaced_by_polling(
    looking: Looking, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def start(watcher: Watcher) -> None:
        raise error

    monkeypatch.setattr(Watcher, "start", start)
    assert looking.open().reason


def test_a_root_that_is_missing_is_no_reason_to_poll(tmp_path: Path) -> None:
    lookout = Lookout(tmp_path / "index.db", Hints(Debounce(0.0, 0.0)), always_poll=False)
    lookout.open(str(tmp_path / "gone"), 100.0, follow_links=False)
    assert lookout.reason == ""


# ------------------------------------------------------------------------------------------------ where it cannot work

MOUNTS = r"""22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
41 22 0:35 / /home/me/Vault\040one rw shared:5 - fuse.sshfs me@host: rw
42 22 0:36 / /mnt/nas rw - nfs4 nas:/ rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/notes", "ext4"),
        ("/home/me/Vault one/sub", "fuse.sshfs"),
        ("/home/me/Vault one", "fuse.sshfs"),
        ("/home/me/Vault one two", "ext4"),
        ("/mnt/nas/vault", "nfs4"),
    ],
)
def test_the_file_system_of_a_path_is_that_of_the_innermost_mount(tmp_path: Path, path: str, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert file_system(path, str(mounts)) == kind


def test_where_nobody_can_tell_the_file_system_it_is_watched(tmp_path: Path) -> None:
    assert file_system("/anywhere", str(tmp_path / "none")) == ""
    assert why_not_watch(str(tmp_path)) == ""


def test_folders_are_counted_as_watchdog_counts_them(tmp_path: Path) -> None:
    for path in "a/b", ".git/objects", "c":
        (tmp_path / path).mkdir(parents=True)
    (tmp_path / "note.md").write_text("x")
    assert count_folders(str(tmp_path), 100) == 6
    assert count_folders(str(tmp_path), 3) == 4


@pytest.mark.skipif(without_privileges() is None, reason="root may read everything")
def test_folders_that_nobody_can_watch_are_not_counted(tmp_path: Path) -> None:
    closed = tmp_path / "vault" / "closed"
    closed.mkdir(parents=True)
    closed.chmod(0)
    program = (
        "import sys; from litindex.watch.watchdog_adapter import count_folders; print(count_folders(sys.argv[1], 9))"
    )
    command = [*(without_privileges() or []), sys.executable, "-c", program, str(tmp_path / "vault")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "1\n"
    closed.chmod(0o755)


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_the_kernel_is_asked_what_it_watches(
    watched: tuple[Watcher, Hints], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert count_watches() == 1
    (tmp_path / "sub").mkdir()
    wait_until(lambda: count_watches() == 2, "the new folder is watched")

    def no_descriptor(path: str) -> list[str]:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(os, "listdir", no_descriptor)
    assert count_watches() == float("inf")


def test_a_limit_of_the_system_is_told_with_what_raises_it() -> None:
    assert "max_user_instances" in explain(OSError(24, "Too many open files"))
    assert "Permission denied" in explain(OSError(13, "Permission denied"))
    assert "too deep" in explain(RecursionError())
