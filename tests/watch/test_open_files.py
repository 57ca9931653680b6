"""The files of an index that this process has open: nobody takes its locks away, and what others do to them is mended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from litindex.errors import VaultError
from litindex.sync.indexer import Indexer
from tests.dump import unlike_fresh
from tests.sync.vault import Vault, literature

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX locks; and Windows moves no file that is open")

A_STRANGER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM notes").fetchone()
connection.close()
"""


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made = Vault(
        tmp_path, {f"{number}.md": literature(f"key{number}", body=f"[[{number + 1}]]") for number in range(9)}
    )
    made.index = made.path / "own.db"
    return made


@pytest.fixture
def kept(vault: Vault) -> Iterator[Indexer]:
    with Indexer(vault.path, vault.index, jobs=1) as made:
        made.sync()
        yield made


def beside(index: Path, ending: str) -> Path:
    return index.with_name(index.name + ending)


def come_and_go(index: Path) -> None:
    """Another program that opens the index and closes it: the last one to do so deletes the journal."""
    subprocess.run([sys.executable, "-c", A_STRANGER, str(index)], check=True)


# ------------------------------------------------------------------------------------------------ locks


@pytest.mark.parametrize("ending", ["", "-shm"])
@pytest.mark.parametrize("link", [os.link, os.symlink], ids=["hard link", "symbolic link"])
@pytest.mark.parametrize(
    "name", ["own.db", "other.db", "note.md", "litindex.toml", ".obsidian/app.json", "picture.png"]
)
def test_a_file_of_the_index_is_not_opened_by_any_name(
    vault: Vault, kept: Indexer, name: str, link: Callable[[Path, Path], None], ending: str
) -> None:
    (vault.path / ".obsidian").mkdir()
    if name != "own.db":
        link(beside(vault.index, ending), vault.path / name)
    journal = beside(vault.index, "-wal").stat().st_ino
    vault.write("new.md", "new")
    with pytest.MonkeyPatch.context() as patch:
        opened: list[int] = []
        real = os.open

        def remember(path: str, *arguments: int, **options: int) -> int:
            descriptor = real(path, *arguments, **options)
            opened.append(os.fstat(descriptor).st_ino)
            return descriptor

        patch.setattr(os, "open", remember)
        if name == "litindex.toml":
            with pytest.raises(Exception, match="it is an index of litindex"):
                kept.sync(verify=True)
        else:
            kept.sync({"note.md": True}, verify=True)
    assert opened or name == "litindex.toml"
    assert not {vault.index.stat().st_ino, beside(vault.index, "-shm").stat().st_ino} & set(opened)
    come_and_go(vault.index)
    assert beside(vault.index, "-wal").stat().st_ino == journal


def test_what_is_written_after_a_stranger_came_and_went_is_in_the_index(vault: Vault, kept: Indexer) -> None:
    vault.write("a.md", "alpha")
    kept.sync()
    come_and_go(vault.index)
    vault.write("b.md", "beta")
    kept.sync()
    assert {"a.md", "b.md"} <= set(vault.column("SELECT path FROM notes"))
    assert not kept.why_look_again()


def test_a_note_that_is_an_index_is_named_and_is_no_text(vault: Vault) -> None:
    """The same whether it is the index itself, that of another, or read by a process of its own."""
    (vault.path.parent / "elsewhere").mkdir()
    other = Vault(vault.path.parent / "elsewhere", {"x.md": "x"})
    other.sync()
    os.link(other.index, vault.path / "note.md")
    vault.sync()
    assert unlike_fresh(vault.path, vault.index) == []
    os.link(vault.index, vault.path / "mine.md")
    vault.sync()
    assert vault.problems() == {("note.md", "unreadable"), ("mine.md", "unreadable")}
    assert vault.column("SELECT message FROM problems WHERE message NOT LIKE '%(it is an index of litindex)%'") == []
    assert vault.sync().changes == 0


# ------------------------------------------------------------------------------------------------ damage


def overwrite(file: Path, start: int, data: bytes) -> None:
    """In place, with the times that the file had."""
    before = file.stat()
    with file.open("r+b") as opened:
        opened.seek(start)
        opened.write(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def cut(file: Path, size: int) -> None:
    os.truncate(file, size)


def put_another(file: Path, data: bytes) -> None:
    new = file.with_name("another")
    new.write_bytes(data)
    new.replace(file)


FAULTS: dict[str, Callable[[Path], None]] = {
    "index cut to nothing": lambda index: cut(index, 0),
    "index cut in a page": lambda index: cut(index, 20_000),
    "index grown": lambda index: cut(index, index.stat().st_size + 8_192),
    "header overwritten": lambda index: overwrite(index, 0, b"\0" * 100),
    "first page overwritten": lambda index: overwrite(index, 100, b"\xff" * 4_000),
    "all pages overwritten": lambda index: overwrite(index, 8_192, os.urandom(index.stat().st_size - 8_192)),
    "index overwritten by text": lambda index: index.write_text("a note that went astray"),
    "journal deleted": lambda index: beside(index, "-wal").unlink(),
    "journal cut to nothing": lambda index: cut(beside(index, "-wal"), 0),
    "journal cut": lambda index: cut(beside(index, "-wal"), beside(index, "-wal").stat().st_size // 2),
    "journal overwritten": lambda index: beside(index, "-wal").write_bytes(os.urandom(50_000)),
    "journal replaced": lambda index: put_another(beside(index, "-wal"), os.urandom(50_000)),
    "journal replaced by nothing": lambda index: put_another(beside(index, "-wal"), b""),
    "shared memory deleted": lambda index: beside(index, "-shm").unlink(),
    "journal and shared memory deleted": lambda index: (
        [beside(index, end).unlink() for end in ("-wal", "-shm")] and None
    ),
}


@pytest.mark.parametrize("inside", [True, False], ids=["in the vault", "beside it"])
@pytest.mark.parametrize("is_tidied", [True, False], ids=["tidied", "in the journal"])
@pytest.mark.parametrize("fault", FAULTS)
def test_damage_to_an_index_that_is_open_is_noticed_and_mended(
    vault: Vault, fault: str, is_tidied: bool, inside: bool
) -> None:
    if not inside:
        vault.index = vault.path.parent / "index.db"
    if is_tidied:
        vault.sync()
    with Indexer(vault.path, vault.index, jobs=1) as kept:
        kept.sync()
        vault.write("a.md", literature("early"))
        kept.sync()
        assert not kept.why_look_again()
        FAULTS[fault](vault.index)
        assert kept.why_look_again()
        vault.write("b.md", literature("late"))
        kept.sync({"b.md": True}, walk=False)
        assert not kept.why_look_again()
        assert unlike_fresh(vault.path, vault.index) == []
        vault.write("c.md", literature("latest"))
        kept.sync({"c.md": True}, walk=False)
    assert vault.ask("PRAGMA integrity_check") == [("ok",)]
    assert unlike_fresh(vault.path, vault.index) == []


def test_what_a_stranger_writes_in_place_is_not_believed(vault: Vault) -> None:
    """An older copy of the index, copied over it: sound, and wrong."""
    vault.sync()
    older = vault.index.read_bytes()
    vault.write("0.md", "other text, as long as it takes")
    with Indexer(vault.path, vault.index, jobs=1) as kept:
        kept.sync()
        vault.index.write_bytes(older)
        assert kept.why_look_again()
        kept.sync({}, walk=False)
        assert unlike_fresh(vault.path, vault.index) == []


def test_a_checkpoint_by_another_program_costs_no_index(vault: Vault, kept: Indexer) -> None:
    vault.write("a.md", "alpha")
    kept.sync()
    program = A_STRANGER.replace("SELECT count(*) FROM notes", "PRAGMA wal_checkpoint(TRUNCATE)")
    subprocess.run([sys.executable, "-c", program, str(vault.index)], check=True)
    assert kept.why_look_again()
    assert not kept.sync().rebuilt
    assert not kept.why_look_again()
    assert unlike_fresh(vault.path, vault.index) == []


def test_readers_are_no_reason_to_doubt(vault: Vault, kept: Indexer) -> None:
    vault.write("a.md", "alpha")
    kept.sync()
    while kept.tidy():
        pass
    come_and_go(vault.index)
    vault.column("SELECT path FROM notes")
    assert not kept.why_look_again()


def test_damage_whose_repair_failed_is_repaired_later(vault: Vault) -> None:
    """The vault is empty just then. A file that lost its header is not taken for a stranger's afterwards."""
    vault.index = vault.path.parent / "index.db"
    with Indexer(vault.path, vault.index, jobs=1) as kept:
        kept.sync()
        overwrite(vault.index, 0, b"\0" * 4_000)
        vault.path.rename(vault.path.with_name("away"))
        vault.path.mkdir()
        kept.find_root()
        for _ in range(2):
            with pytest.raises(VaultError):
                kept.sync()
        vault.path.rmdir()
        vault.path.with_name("away").rename(vault.path)
        kept.find_root()
        assert kept.sync().rebuilt
    assert unlike_fresh(vault.path, vault.index) == []
