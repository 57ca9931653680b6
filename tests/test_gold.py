"""The index holds what a careful person reads in two hundred notes of many shapes."""

from __future__ import annotations

import pytest

from tests.gold import VAULT, Verdict, by_slot, gold_notes, judge, total

FLOOR = 0.98
CREATORS_EXACT = 0.97


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    return judge(VAULT, VAULT)


def test_gold_and_vault_speak_of_the_same_notes() -> None:
    here = {path.relative_to(VAULT).as_posix() for path in VAULT.rglob("*.md")}
    assert {note["path"] for note in gold_notes(VAULT)} == here


def test_every_slot_is_read_as_a_person_reads_it(verdicts: list[Verdict]) -> None:
    low = {slot: round(score.f1, 3) for slot, score in by_slot(verdicts).items() if score.f1 < FLOOR}
    assert not low, "\n".join(
        f"{v.path} {v.slot}: {v.expected!r} is {v.actual!r}" for v in verdicts if v.slot in low and v.extra + v.missed
    )


def test_lists_of_creators_are_exact(verdicts: list[Verdict]) -> None:
    assert by_slot(verdicts)["creators"].exact_rate >= CREATORS_EXACT


def test_what_nobody_may_fit_to_is_scored_apart(verdicts: list[Verdict]) -> None:
    heldout = [verdict for verdict in verdicts if verdict.path.startswith("heldout/")]
    assert {verdict.shape.split("/")[0] for verdict in heldout} == {"heldout"}
    assert total(heldout).f1 >= FLOOR
