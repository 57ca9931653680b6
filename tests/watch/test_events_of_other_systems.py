"""What watchdog's emitters for macOS and Windows tell for what a person does, as hints. Their orders of events are those of
`watchdog/observers/fsevents.py` and `read_directory_changes.py` (watchdog 7), put down here because neither runs on Linux.
"""

from __future__ import annotations

import pytest
from watchdog.events import (
    DirCreatedEvent,
    DirModifiedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
)

from litindex.watch.debounce import Debounce
from litindex.watch.pending_changes import Batch, Hints
from litindex.watch.watchdog_adapter import _EVENTS, Watcher, _Handler

Event = type[FileSystemEvent]
Told = tuple[Event, str] | tuple[Event, str, str]


def hints_of(root: str, separator: str, *told: Told) -> Batch:
    """What the handler makes of the events that the watcher asks for; paths are vault paths."""
    hints = Hints(Debounce(0.3, 2.0))
    handler = _Handler(root, "", Watcher(root, "", hints), hints)
    for kind, *paths in told:
        if kind in _EVENTS:
            handler.dispatch(kind(*(root + separator + path.replace("/", separator) if path else "" for path in paths)))
    return hints.take()


def on_mac(*told: Told) -> Batch:
    return hints_of("/Users/runa/vault", "/", *told)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sep", "\\")


def on_windows(*told: Told) -> Batch:
    return hints_of("C:\\Users\\runa\\vault", "\\", *told)


def test_macos_a_note_saved_by_way_of_another_file() -> None:
    """FSEvents may tell of making, changing and renaming the other file in one."""
    batch = on_mac(
        (FileCreatedEvent, "sub/.a.md.sb-1"), (DirModifiedEvent, "sub"), (FileModifiedEvent, "sub/.a.md.sb-1"),
        (FileMovedEvent, "sub/.a.md.sb-1", "sub/a.md"), (DirModifiedEvent, "sub"), (DirModifiedEvent, "sub"),
        (FileAttribEvent, "sub/a.md"),
    )  # fmt: skip
    assert batch == Batch({"sub/a.md": True}, "")


def test_macos_a_note_moved_to_the_trash_is_told_as_deleted() -> None:
    assert on_mac((FileDeletedEvent, "a.md"), (DirModifiedEvent, "")) == Batch({"a.md": False}, "")


def test_macos_a_note_made_and_deleted_in_one_event() -> None:
    batch = on_mac(
        (FileCreatedEvent, "a.md"), (DirModifiedEvent, ""), (FileModifiedEvent, "a.md"), (FileDeletedEvent, "a.md")
    )
    assert batch == Batch({"a.md": False}, "")


def test_macos_a_change_of_letter_case_names_both_spellings() -> None:
    assert on_mac((FileMovedEvent, "note.md", "Note.md")) == Batch({"note.md": False, "Note.md": True}, "")


def test_macos_a_name_is_handed_on_in_the_form_that_the_disk_has() -> None:
    assert on_mac((FileModifiedEvent, "Me\u0301moire.md")) == Batch({"Me\u0301moire.md": True}, "")


def test_macos_a_folder_that_is_moved_in_asks_for_a_walk() -> None:
    batch = on_mac((DirCreatedEvent, "sub"), (DirModifiedEvent, ""), (FileCreatedEvent, "sub/a.md"))
    assert batch == Batch({"sub/a.md": True}, "folders changed")


@pytest.mark.usefixtures("windows")
def test_windows_a_note_saved_twice_in_a_folder() -> None:
    batch = on_windows((FileModifiedEvent, "sub/a.md"), (DirModifiedEvent, "sub"), (FileModifiedEvent, "sub/a.md"))
    assert batch == Batch({"sub/a.md": True}, "")


@pytest.mark.usefixtures("windows")
def test_windows_a_note_renamed() -> None:
    assert on_windows((FileMovedEvent, "a.md", "sub/b.md")) == Batch({"a.md": False, "sub/b.md": True}, "")


@pytest.mark.usefixtures("windows")
def test_windows_a_rename_whose_first_half_was_lost() -> None:
    assert on_windows((FileMovedEvent, "", "b.md")) == Batch({"b.md": True}, "")


@pytest.mark.usefixtures("windows")
def test_windows_a_deleted_folder_is_told_as_a_file_that_nothing_explains() -> None:
    """Nobody can ask it any more what it was: a hint without a known file is answered by a walk (FAULTS W8)."""
    assert on_windows((FileDeletedEvent, "sub"), (DirModifiedEvent, "")) == Batch({"sub": False}, "")


@pytest.mark.usefixtures("windows")
def test_windows_a_folder_renamed_tells_of_each_note_in_it() -> None:
    batch = on_windows((DirMovedEvent, "old", "new"), (FileMovedEvent, "old/a.md", "new/a.md"))
    assert batch == Batch({"old/a.md": False, "new/a.md": True}, "folders changed")


@pytest.mark.usefixtures("windows")
def test_windows_settings_of_obsidian_ask_for_a_walk() -> None:
    assert on_windows((FileModifiedEvent, ".obsidian/app.json")) == Batch({}, "Obsidian's settings changed")
