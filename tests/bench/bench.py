"""Vaults and indexes that scenarios work on."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench import generator
from tests.bench.processes import Run, litindex

FAILED = "SELECT message FROM problems WHERE code = 'parser-failed' LIMIT 1"
_RACY_SECONDS = 2.8
"""A build so soon after a change looks at the changed notes once more."""


@dataclass
class Bench:
    """`vaults`: where generated vaults are kept; `folder`: for what is thrown away. `large`: notes of the large vault,
    the others have a fifth and a fiftieth of them. A scenario leaves a vault as it was.
    """

    vaults: Path
    folder: Path
    large: int
    runs: int
    _indexes: dict[int, Path] = field(default_factory=dict)

    @property
    def middle(self) -> int:
        return self.large // 5

    @property
    def small(self) -> int:
        return self.large // 50

    def vault(self, notes: int) -> Path:
        """The vault of so many notes, made when it is not there."""
        place = self.vaults / f"vault-{notes}"
        if not place.exists():
            generator.write(place, notes)
            time.sleep(_RACY_SECONDS)
        return place

    def index(self, notes: int) -> Path:
        """An index of that vault that is up to date and at rest."""
        if notes not in self._indexes:
            self._indexes[notes] = self.folder / f"index-{notes}.db"
            self.build(notes, self._indexes[notes])
        time.sleep(_RACY_SECONDS)
        self.build(notes, self._indexes[notes])
        return self._indexes[notes]

    def build(self, notes: int, index: Path) -> dict[str, Any]:
        """What `litindex build --json` says."""
        report: dict[str, Any] = json.loads(litindex("build", self.vault(notes), "--db", index, "--json").output)
        return report

    def build_anew(self, notes: int, *options: str) -> Run:
        """A full build of that vault. One that failed on a note is no measurement: it is fast because it does nothing."""
        index = self.fresh_index()
        done = litindex("build", self.vault(notes), "--db", index, *options)
        with closing(sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True)) as connection:
            refuse_failed([message for (message,) in connection.execute(FAILED)])
        return done

    def fresh_index(self) -> Path:
        """A name at which there is no index."""
        for file in self.folder.glob("fresh.db*"):
            file.unlink()
        return self.folder / "fresh.db"

    def text_bytes(self, notes: int) -> int:
        return sum(file.stat().st_size for file in self.vault(notes).rglob("*.md"))


def refuse_failed(messages: Sequence[str]) -> None:
    """Ends the benchmark when the parser failed on a note."""
    if messages:
        raise SystemExit(f"the parser failed, so nothing is measured: {messages[0]}")
