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
_SHARED: Final = 5
"""So many texts of a row may stand in others too, each a line or a property; what stands in one weighs no more than the note."""


def _lists(kind: Any) -> int:
    """Where the lists of a named tuple begin, which are its last fields: those that are empty unless something is said."""
    return next(at for at, name in enumerate(kind._fields) if kind._field_defaults.get(name) == ())


_OF_NOTE, _OF_WORK, _OF_ANNOTATION = map(_lists, (Note, Work, Annotation))


def within_limits(note: Note, size: int = 0, longest: int = LEAST_WEIGHT) -> Note:
    """The note, of `size` characters, with no more rows in each of its lists than may be; a problem says what was cut.

    `longest` is the length of its longest line.
    """
    budget = max(LEAST_WEIGHT, WEIGHT * size)
    few = min(LIMIT, budget // (_SHARED * max(longest, size - len(note.body), 1)))
    cut: set[str] = set()
    limited = _limited(note, _OF_NOTE, budget, few, cut)
    work = note.work and _limited(note.work, _OF_WORK, budget, few, cut)
    annotations = limited.annotations
    if any(len(each.tags) > few for each in annotations):
        annotations = tuple([_limited(each, _OF_ANNOTATION, budget, few, cut) for each in annotations])
    if not cut:
        return note
    message = (
        f"More than {LIMIT} {', '.join(sorted(cut))} in one note, or too much text in them:"
        " the rest is not indexed (its text is)."
    )
    problems = (*limited.problems[: LIMIT - 1], Problem("truncated", "warning", None, message))
    return _unpointed(limited._replace(work=work, annotations=annotations, problems=problems))


def _limited(value: Any, lists: int, budget: int, few: int, cut: set[str]) -> Any:
    """The named tuple with its lists as far as they may go; the names of those that are longer go to `cut`."""
    if max(map(len, value[lists:])) <= few:
        return value
    long = {}
    for name, rows in zip(value._fields[lists:], value[lists:], strict=True):
        if len(rows) > few and (count := _fitting(rows, budget)) < len(rows):
            long[name] = rows[:count]
    cut.update(long)
    return value._replace(**long) if long else value


def _fitting(rows: Sequence[Any], budget: int) -> int:
    """How many of the rows are within the limits."""
    count = min(len(rows), LIMIT)
    if type(rows[0]) is not str and sum([len(value) for row in rows for value in row if type(value) is str]) <= budget:
        return count
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
