"""What a run changed in one note: its state before x its state after. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple


class State(NamedTuple):
    """A note as far as its history is told. `sha256` is '' where its content was not read; `work` is the name of the work
    that it is about, None where it is about none. The other fields are columns of `works`, or counts.
    """

    path: str
    sha256: str
    note: str
    work: str | None
    citekey: str | None
    title: str | None
    creators: str | None
    year: int | None
    read_status: str | None
    highlights: int
    own_words: int


class Change(NamedTuple):
    """A row of `changes`. `before` is None of what came, `after` of what went."""

    path: str
    what: str
    before: str | int | None
    after: str | int | None


OF_CONTENT: Final = State._fields[State._fields.index("work") :]
OF_A_WORK: Final = frozenset({"citekey", "title", "creators", "year", "read_status"})
"""Not told when the work itself came or went."""


def compare(before: State | None, after: State | None) -> Iterator[Change]:
    """The changes of one note; None where it was not, or is not any more.

    Only content that was read both times, and differs, is compared: a note that says the same as before has not changed,
    whatever a newer litindex makes of it.
    """
    if before is None or after is None:
        if there := before or after:
            yield Change(there.path, "note", before and before.note, after and after.note)
        return
    if before.path != after.path:
        yield Change(after.path, "path", before.path, after.path)
    if before.sha256 and after.sha256 and before.sha256 != after.sha256:
        yield from _of_content(before, after)


def _of_content(before: State, after: State) -> Iterator[Change]:
    is_same_work = before.work is not None and after.work is not None
    for what in OF_CONTENT:
        old, new = getattr(before, what), getattr(after, what)
        if what == "work":
            is_told = (old is None) != (new is None)
        else:
            is_told = old != new and (is_same_work or what not in OF_A_WORK)
        if is_told:
            yield Change(after.path, what, old, new)
