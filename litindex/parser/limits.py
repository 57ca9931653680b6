"""How many rows of a kind one note may give (FAULTS Y10), and how much they may weigh: what a note costs grows with its
size. The ids of a note's rows have room for 65,536 of a kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from litindex.models import Annotation, Note, Problem, Work

LIMIT: Final = 10_000
WEIGHT: Final = 50
"""Characters of all rows of a kind, for each character of the note."""
LEAST_WEIGHT: Final = 100_000
"""So much any note may give."""
LONGEST_REPEATED: Final = 200
"""A text that is longer does not stand in each of the rows that were read from it."""
_FEW: Final = 8
"""So few rows weigh no more than they may, each holding no text but that of the note."""


def _lists(kind: Any) -> list[str]:
    """The fields of a named tuple that hold lists: those that are empty unless something is said."""
    return [name for name, default in kind._field_defaults.items() if default == ()]


_OF_NOTE, _OF_WORK, _OF_ANNOTATION = map(_lists, (Note, Work, Annotation))


def within_limits(note: Note, size: int = 0) -> Note:
    """The note, of `size` characters, with no more rows in each of its lists than may be; a problem says what was cut."""
    cut: set[str] = set()
    budget = max(LEAST_WEIGHT, WEIGHT * size)
    limited = _limited(note, _OF_NOTE, budget, cut)
    work = note.work and _limited(note.work, _OF_WORK, budget, cut)
    annotations = tuple(_limited(each, _OF_ANNOTATION, budget, cut) for each in limited.annotations)
    if not cut:
        return note
    message = (
        f"More than {LIMIT} {', '.join(sorted(cut))} in one note, or too much text in them:"
        " the rest is not indexed (its text is)."
    )
    problems = (*limited.problems[: LIMIT - 1], Problem("truncated", "warning", None, message))
    return _unpointed(limited._replace(work=work, annotations=annotations, problems=problems))


def _limited(value: Any, lists: list[str], budget: int, cut: set[str]) -> Any:
    """The named tuple with its lists as far as they may go; the names of those that are longer go to `cut`."""
    long = {}
    for name in lists:
        rows = getattr(value, name)
        if len(rows) > _FEW and (count := _fitting(rows, budget)) < len(rows):
            long[name] = rows[:count]
    cut.update(long)
    return value._replace(**long) if long else value


def _fitting(rows: Sequence[Any], budget: int) -> int:
    """How many of the rows are within the limits."""
    count = min(len(rows), LIMIT)
    for at in range(count):
        row = rows[at]
        budget -= len(row) if type(row) is str else sum(len(value) for value in row if type(value) is str)
        if budget < 0:
            return at
    return count


def _unpointed(note: Note) -> Note:
    """No row points to one that was cut. Parents stand before what is in them."""
    links, tasks, headings = len(note.links), len(note.tasks), len(note.headings)
    return note._replace(
        fields=tuple(each._replace(link=_kept(each.link, links), task=_kept(each.task, tasks)) for each in note.fields),
        tasks=tuple(task._replace(heading=_kept(task.heading, headings)) for task in note.tasks),
        annotations=tuple(each._replace(image_link=_kept(each.image_link, links)) for each in note.annotations),
    )


def _kept(index: int | None, count: int) -> int | None:
    return index if index is not None and index < count else None
