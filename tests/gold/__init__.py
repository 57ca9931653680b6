"""Scores an index against what a careful person reads in the notes of a vault.

Beside each note `NAME.md` of `vault/` stands `NAME.json`: `work` (true or false) and the slots that were judged; the note's
folder is its shape. Nobody may fit the program to what is below `heldout/`: it is scored apart. Labels of another vault may
stand in one file instead, a JSON object a line with `path` and `shape`. A slot that is not there was not judged; null or an empty list must be empty. `own` holds phrases that must, `not_own` phrases
that must not stand in the user's own words. `pdf` may be a list of documents that are equally good.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .compare import Slot, slots
from .reading import read_index

VAULT = Path(__file__).parent / "vault"


class Verdict(NamedTuple):
    """What became of one slot of one note: how many of its parts were found, made up, missed."""

    path: str
    shape: str
    slot: str
    hits: int
    extra: int
    missed: int
    expected: object
    actual: object


class Score(NamedTuple):
    """Sums over verdicts. `exact` of `notes`: how many had nothing extra and nothing missed."""

    notes: int
    exact: int
    hits: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.extra) if self.hits + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = 2 * self.hits + self.extra + self.missed
        return 2 * self.hits / both if both else 1.0

    @property
    def exact_rate(self) -> float:
        return self.exact / self.notes if self.notes else 1.0


def judge(vault: Path, gold: Path) -> list[Verdict]:
    """Builds an index of `vault` in a temporary folder and compares it with `gold`, note by note."""
    index = read_index(vault)
    return [verdict for note in gold_notes(gold) for verdict in _verdicts(note, index.get(note["path"], {}))]


def gold_notes(gold: Path) -> list[dict[str, Any]]:
    """The labels in a file, or beside the notes of a folder."""
    if gold.is_file():
        return [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
    return [_beside(gold, file) for file in sorted(gold.rglob("*.json"))]


def _beside(vault: Path, file: Path) -> dict[str, Any]:
    path = file.with_suffix(".md").relative_to(vault)
    return {"path": path.as_posix(), "shape": "/".join(path.parts[-3:-1]), **json.loads(file.read_text("utf-8"))}


def _verdicts(note: dict[str, Any], actual: dict[str, Any]) -> Iterator[Verdict]:
    for slot, expected, found in slots(note, actual):
        parts = Slot.of(slot).parts(expected, found)
        yield Verdict(note["path"], note["shape"], slot, *parts, expected, found)


def total(verdicts: Iterable[Verdict]) -> Score:
    chosen = list(verdicts)
    exact = sum(not (v.extra or v.missed) for v in chosen)
    return Score(
        len(chosen), exact, sum(v.hits for v in chosen), sum(v.extra for v in chosen), sum(v.missed for v in chosen)
    )


def by_slot(verdicts: Iterable[Verdict]) -> dict[str, Score]:
    return _grouped(verdicts, "slot")


def by_shape(verdicts: Iterable[Verdict]) -> dict[str, Score]:
    return _grouped(verdicts, "shape")


def _grouped(verdicts: Iterable[Verdict], key: str) -> dict[str, Score]:
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault(getattr(verdict, key), []).append(verdict)
    return {name: total(group) for name, group in groups.items()}
