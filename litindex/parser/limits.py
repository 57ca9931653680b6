"""How many rows of a kind one note may give (FAULTS Y10). The ids of a note's rows have room for 65,536 of a kind."""

from __future__ import annotations

from typing import Any, Final

from litindex.models import Annotation, Note, Problem, Work

LIMIT: Final = 10_000


def _lists(kind: Any) -> list[str]:
    """The fields of a named tuple that hold lists: those that are empty unless something is said."""
    return [name for name, default in kind._field_defaults.items() if default == ()]


_OF_NOTE, _OF_WORK, _OF_ANNOTATION = map(_lists, (Note, Work, Annotation))


def within_limits(note: Note) -> Note:
    """The note with at most LIMIT rows in each of its lists; a problem says what was cut."""
    cut: set[str] = set()
    limited = _limited(note, _OF_NOTE, cut)
    work = note.work and _limited(note.work, _OF_WORK, cut)
    annotations = tuple(_limited(each, _OF_ANNOTATION, cut) for each in limited.annotations)
    if not cut:
        return note
    message = f"More than {LIMIT} {', '.join(sorted(cut))} in one note: the rest is not indexed (its text is)."
    problems = (*limited.problems, Problem("truncated", "warning", None, message))
    return _unpointed(limited._replace(work=work, annotations=annotations, problems=problems))


def _limited(value: Any, lists: list[str], cut: set[str]) -> Any:
    """The named tuple with its lists as far as they may go; the names of those that are longer go to `cut`."""
    long = {name: rows[:LIMIT] for name in lists if len(rows := getattr(value, name)) > LIMIT}
    cut.update(long)
    return value._replace(**long) if long else value


def _unpointed(note: Note) -> Note:
    """No row points to one that was cut. Parents stand before what is in them."""
    return note._replace(
        fields=tuple(field._replace(link=_kept(field.link), task=_kept(field.task)) for field in note.fields),
        tasks=tuple(task._replace(heading=_kept(task.heading)) for task in note.tasks),
        annotations=tuple(annotation._replace(image=_kept(annotation.image)) for annotation in note.annotations),
    )


def _kept(index: int | None) -> int | None:
    return index if index is not None and index < LIMIT else None
