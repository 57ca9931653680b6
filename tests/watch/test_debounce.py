"""A burst ends after a quiet time, or after a limit whatever happens."""

from __future__ import annotations

import pytest

from litindex.watch.debounce import Debounce


def debounce(*touches: float) -> Debounce:
    made = Debounce(quiet=0.3, limit=2.0)
    for now in touches:
        made.touch(now)
    return made


def test_nothing_is_due_where_nothing_happened() -> None:
    assert debounce().due() is None


def test_one_change_is_due_after_the_quiet_time() -> None:
    assert debounce(10.0).due() == pytest.approx(10.3)


def test_each_further_change_begins_the_quiet_time_anew() -> None:
    assert debounce(10.0, 10.2, 10.4).due() == pytest.approx(10.7)


def test_endless_changes_are_due_at_the_limit() -> None:
    assert debounce(*(10.0 + step * 0.1 for step in range(100))).due() == pytest.approx(12.0)


def test_a_new_burst_has_a_limit_of_its_own() -> None:
    made = debounce(10.0, 11.9)
    made.clear()
    assert made.due() is None
    made.touch(12.0)
    assert made.due() == pytest.approx(12.3)


def test_work_that_takes_long_is_given_more_quiet_and_a_later_limit() -> None:
    assert debounce(10.0).due(at_least=1.0) == pytest.approx(11.0)
    assert debounce(*(10.0 + step * 0.1 for step in range(100))).due(at_least=1.0) == pytest.approx(15.0)
