"""What is to be done when, and how long to wait after failures."""

from __future__ import annotations

from litindex.watch.scheduler import Agenda, Backoff


def test_a_thing_is_taken_once_when_its_time_has_come() -> None:
    agenda = Agenda()
    agenda.put("walk", 5.0)
    assert not agenda.take("walk", 4.9)
    assert agenda.take("walk", 5.0)
    assert not agenda.take("walk", 6.0)


def test_the_next_time_is_that_of_the_earliest_thing() -> None:
    agenda = Agenda()
    assert agenda.next() == float("inf")
    agenda.put("walk", 5.0)
    agenda.put("beat", 3.0)
    assert agenda.next() == 3.0
    agenda.drop("beat")
    assert agenda.next() == 5.0


def test_a_thing_can_be_moved_and_can_be_called_forward_only() -> None:
    agenda = Agenda()
    agenda.put("walk", 5.0)
    agenda.put("walk", 9.0)
    assert agenda.next() == 9.0
    agenda.put_by("walk", 10.0)
    assert agenda.next() == 9.0
    agenda.put_by("walk", 2.0)
    assert agenda.next() == 2.0


def test_each_failure_doubles_the_wait_up_to_a_most() -> None:
    backoff = Backoff(0.2)
    assert [backoff.fail(5.0) for _ in range(7)] == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]
    assert backoff.has_failed
    backoff.reset()
    assert not backoff.has_failed
    assert backoff.fail(5.0) == 0.2
