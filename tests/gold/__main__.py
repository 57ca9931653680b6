"""`python -m tests.gold VAULT GOLD`: how much of what a person reads in the notes of a vault the index holds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from . import VAULT, Score, Verdict, by_shape, by_slot, judge


def main() -> int:
    """Prints a table per slot and one per shape; with `--misses` each difference before them."""
    parser = argparse.ArgumentParser(prog="python -m tests.gold", description=__doc__)
    parser.add_argument("vault", type=Path, nargs="?", default=VAULT, metavar="VAULT")
    parser.add_argument("gold", type=Path, nargs="?", metavar="GOLD", help="labels in one file; else beside the notes")
    parser.add_argument("--misses", action="store_true", help="list each difference")
    options = parser.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a note may hold anything
    verdicts = judge(options.vault, options.gold or options.vault)
    if options.misses:
        print_misses(verdicts)
    print_slots(by_slot(verdicts))
    print_shapes(verdicts)
    return 0


def print_misses(verdicts: Iterable[Verdict]) -> None:
    path = ""
    for v in verdicts:
        if not (v.extra or v.missed):
            continue
        if v.path != path:
            path = v.path
            print(f"{v.shape}  {path}")
        print(f"    {v.slot}: expected {v.expected!r}\n    {' ' * len(v.slot)}     found {_short(v.actual)}")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 400 else f"{text[:400]} …"


def print_slots(scores: dict[str, Score]) -> None:
    print(f"\n{'slot':<20}{'judged':>7}{'precision':>11}{'recall':>8}{'F1':>7}{'exact':>8}")
    for slot, score in scores.items():
        print(
            f"{slot:<20}{score.notes:>7}{score.precision:>11.3f}{score.recall:>8.3f}{score.f1:>7.3f}"
            f"{score.exact_rate:>8.3f}"
        )


def print_shapes(verdicts: list[Verdict]) -> None:
    print(f"\n{'shape':<20}{'notes':>7}{'F1':>7}{'creators exact':>16}")
    for shape, score in sorted(by_shape(verdicts).items()):
        mine = [v for v in verdicts if v.shape == shape]
        creators = by_slot(mine).get("creators")
        exact = f"{creators.exact}/{creators.notes}" if creators else "-"
        print(f"{shape:<20}{len({v.path for v in mine}):>7}{score.f1:>7.3f}{exact:>16}")


if __name__ == "__main__":
    sys.exit(main())
