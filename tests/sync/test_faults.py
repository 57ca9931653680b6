"""FAULTS 5.2: the Nth statement fails, for N = 1, 2, 3 …: what is left is the state before or after, and the next
run mends it.
"""

from __future__ import annotations

import itertools
import sqlite3
from typing import Any

import pytest

from litindex.errors import IndexFileError
from tests.dump import differences, dump
from tests.sync.vault import HIGHLIGHT, Vault, literature


class Failing(sqlite3.Connection):
    """A connection whose statements fail from a given one on, or that one only."""

    countdown = 0
    error: BaseException = sqlite3.OperationalError()
    persistent = False

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        self._count(str(arguments[0]))
        return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        self._count(str(arguments[0]))
        return super().executemany(*arguments)

    def _count(self, statement: str) -> None:
        Failing.countdown -= 1
        if Failing.countdown == 0 or (Failing.persistent and Failing.countdown < 0 and statement != "ROLLBACK"):
            raise Failing.error


def disk_error() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return error


@pytest.fixture
def prepared(vault: Vault) -> Vault:
    """An index that is behind its vault: something was added, changed, moved and removed."""
    for name in "abcd":
        vault.write(f"{name}.md", literature(f"key{name}", body=f"[[b#Aims]] #tag/{name} [@keya]{HIGHLIGHT}"))
    vault.write("i.png")
    vault.sync()
    vault.write("a.md", "# Aims\n#tag/new\n")
    vault.write("e.md", literature("keye", body="![[i.png]]"))
    vault.move("b.md", "x/b.md")
    (vault.path / "c.md").unlink()
    (vault.path / "i.png").unlink()
    return vault


@pytest.mark.parametrize("persistent", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize(
    "error",
    [disk_error(), sqlite3.OperationalError("no such table: notes"), MemoryError(), KeyboardInterrupt()],
    ids=["disk", "damage", "memory", "Ctrl-C"],
)
def test_a_failing_statement_leaves_the_state_before_or_after(
    prepared: Vault, monkeypatch: pytest.MonkeyPatch, error: BaseException, persistent: bool
) -> None:
    before = dump(prepared.index)
    content = prepared.index.read_bytes()
    real = sqlite3.connect
    monkeypatch.setattr(Failing, "error", error)
    monkeypatch.setattr(Failing, "persistent", persistent)
    for step in itertools.count(1, 11):
        with monkeypatch.context() as patch:
            patch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **{"factory": Failing, **k}))
            Failing.countdown = step
            try:
                prepared.sync()
            except (type(error), IndexFileError):
                pass
            reached = Failing.countdown <= 0
        after = dump(prepared.index)
        if not reached:
            break
        prepared.sync()
        mended = dump(prepared.index)
        assert not differences(after, before) or not differences(after, mended), f"statement {step}"
        for ending in "", "-wal", "-shm":
            prepared.index.with_name(prepared.index.name + ending).unlink(missing_ok=True)
        prepared.index.write_bytes(content)
    assert step > 50
    fresh = prepared.index.with_name("fresh.db")
    prepared.index = fresh
    prepared.sync()
    assert not differences(after, dump(fresh))
