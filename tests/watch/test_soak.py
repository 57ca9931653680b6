"""Promise 1 under fire: random work on a vault, a daemon that is killed and suspended, and an index that equals a new
one whenever things come to rest.

LITINDEX_SOAK_SECONDS makes it longer, LITINDEX_SOAK_SEED repeats what failed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from litindex.sync import indexer
from tests.dump import differences, dump
from tests.watch.program import Daemon, wait_until

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals"),
]

SECONDS = float(os.environ.get("LITINDEX_SOAK_SECONDS", "15"))
SEED = int(os.environ.get("LITINDEX_SOAK_SEED", "0")) or random.randrange(1, 10**6)

FOLDERS = ["", "lit", "lit/old", "x", "ü"]
NAMES = ["@adler20.md", "a.md", "A.md", "b.md", "é.md", "e\u0301.md", "c.MD", "plot.png", "idea.excalidraw.md"]
HEADS = ["", "---\ncitekey: adler20\ntags: [Read, area/Sub]\naliases: [Other]\n---\n", "---\ncitekey: Bose21\n---\n"]
HEADS += ["---\ntitle: a: b\n---\n", "---\ntags: area\nauthor: [Adler Mira]\n---\n"]
LINES = ["# Aims", "text ^b1", "#read #AREA/sub", "- [ ] task", "rating:: 4", "[[a]] [[b#Aims]]", "![[plot.png]]"]
LINES += ["[[é]] [@adler20]", "[[A]] [[lit/a#^b1]]", "> **Author**:: Adler, Mira"]


class Chaos:
    """Random work on a vault, as editors, people and sync tools do it."""

    def __init__(self, vault: Path, chance: random.Random) -> None:
        self.vault = vault
        self.outside = vault.with_name("outside")
        self.outside.mkdir()
        self.chance = chance
        self.works: list[Callable[[], object]] = [
            *([self.write] * 6), self.write_in_place, self.save_atomically, self.save_as_vim, self.touch, self.sneak,
            self.delete, self.delete, self.rename, self.rename, self.exchange, self.rename_folder, self.exchange_folders,
            self.move_out, self.move_in, self.burst, self.remove_folder,
        ]  # fmt: skip

    def step(self) -> None:
        """One of the works; what is not there now is passed over."""
        with suppress(OSError):
            self.chance.choice(self.works)()

    def place(self) -> Path:
        return self.vault / self.chance.choice(FOLDERS) / self.chance.choice(NAMES)

    def text(self) -> str:
        return self.chance.choice(HEADS) + "\n".join(self.chance.choices(LINES, k=self.chance.randrange(6)))

    def files(self, kind: Callable[[Path], bool] = Path.is_file) -> list[Path]:
        return sorted(path for path in self.vault.rglob("*") if kind(path) and "/." not in str(path))

    def one(self, kind: Callable[[Path], bool] = Path.is_file) -> Path:
        return self.chance.choice(self.files(kind) or [self.vault / "none"])

    def write(self) -> None:
        file = self.place()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.text(), "utf-8")

    def write_in_place(self) -> None:
        with self.one().open("r+") as file:
            file.truncate()
            for part in self.text().split("\n"):
                file.write(part + "\n")
                file.flush()

    def save_atomically(self) -> None:
        file = self.one()
        temporary = file.with_name(self.chance.choice([".tmp", "x.tmp", "~syncthing~x.tmp"]))
        temporary.write_text(self.text(), "utf-8")
        temporary.replace(file)

    def save_as_vim(self) -> None:
        file = self.one()
        backup = file.with_name(file.name + "~")
        file.rename(backup)
        file.write_text(self.text(), "utf-8")
        backup.unlink()

    def touch(self) -> None:
        os.utime(self.one(), (self.chance.choice([1, time.time(), time.time() + 10**6]),) * 2)

    def sneak(self) -> None:
        """A change that keeps size and modification time."""
        file = self.one()
        before, text = file.stat(), file.read_text("utf-8")
        file.write_text(text[:-1] + self.chance.choice("xyz"), "utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    def delete(self) -> None:
        self.one().unlink()

    def rename(self) -> None:
        file = self.place()
        file.parent.mkdir(parents=True, exist_ok=True)
        self.one().rename(file)

    def exchange(self) -> None:
        one, other, between = self.one(), self.one(), self.vault / ".between"
        one.rename(between)
        other.rename(one)
        between.rename(other)

    def rename_folder(self) -> None:
        self.one(Path.is_dir).rename(self.vault / f"ren{self.chance.randrange(4)}")

    def exchange_folders(self) -> None:
        one, other, between = self.one(Path.is_dir), self.one(Path.is_dir), self.outside / "between"
        one.rename(between)
        other.rename(one)
        between.rename(other)

    def move_out(self) -> None:
        self.one(self.chance.choice([Path.is_dir, Path.is_file])).rename(
            self.outside / f"out{self.chance.randrange(9)}"
        )

    def move_in(self) -> None:
        there = self.chance.choice(sorted(self.outside.iterdir()) or [self.outside / "none"])
        (there / "edited outside.md").write_text(self.text(), "utf-8") if there.is_dir() else None
        there.rename(
            self.vault / (f"in{self.chance.randrange(4)}" if there.is_dir() else f"in{self.chance.randrange(9)}.md")
        )

    def burst(self) -> None:
        for number in range(30):
            file = self.vault / f"burst{self.chance.randrange(3)}" / f"{number % 3}" / f"{number}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text(), "utf-8")

    def remove_folder(self) -> None:
        shutil.rmtree(self.one(Path.is_dir))


def compare(daemon: Daemon) -> None:
    """Waits until the daemon's index equals a new one of the vault at rest."""
    fresh = daemon.index.with_name("fresh.db")
    for ending in "", "-wal", "-shm":
        Path(f"{fresh}{ending}").unlink(missing_ok=True)
    indexer.sync(daemon.vault, fresh, jobs=1)
    wanted = dump(fresh)
    last: list[str] = []

    def is_equal() -> bool:
        last[:] = differences(dump(daemon.index), wanted)
        return not last

    try:
        wait_until(is_equal, "the daemon's index equals a new one")
        daemon.settle()
        assert is_equal()
    except AssertionError:
        print(*last[:20], sep="\n")
        raise


def disturb(daemon: Daemon, chaos: Chaos, chance: random.Random) -> None:
    """Kills, stops or suspends the daemon, and goes on meanwhile."""
    way = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
    if way == signal.SIGTERM:
        wait_until(daemon.has_begun, "the daemon listens to signals")
    if way == signal.SIGSTOP:
        daemon.process.send_signal(way)
    else:
        assert daemon.stop(way) == (0 if way == signal.SIGTERM else -way)
    for _ in range(chance.randrange(20)):
        chaos.step()
    if way == signal.SIGSTOP:
        daemon.process.send_signal(signal.SIGCONT)
    else:
        daemon.start()


def test_the_index_equals_a_new_one_whenever_things_come_to_rest(tmp_path: Path) -> None:
    print(f"LITINDEX_SOAK_SEED={SEED}")
    chance = random.Random(SEED)
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    chaos = Chaos(vault, chance)
    for _ in range(20):
        chaos.write()
    with Daemon(vault, tmp_path / "index.db", quiet_ms=100) as daemon:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            for _ in range(chance.choice([1, 5, 30])):
                chaos.step()
            assert daemon.process.poll() is None, daemon.log()
            fate = chance.random()
            if fate < 0.15:
                disturb(daemon, chaos, chance)
            elif fate < 0.3:
                compare(daemon)
        compare(daemon)
        assert daemon.stop() == 0
        assert "Traceback" not in daemon.log()
