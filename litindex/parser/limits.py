"""How many rows of a kind one note may give (FAULTS Y10)."""

from __future__ import annotations

from typing import Any, Final

from litindex.models import Note, Problem

LIMIT: Final = 10_000
_KINDS: Final = (
    "links", "headings", "blocks", "callouts", "tasks", "footnotes", "fields", "citations", "annotations", "aliases", "tags",
)  # fmt: skip


def within_limits(note: Note) -> Note:
    """The note with at most LIMIT rows of a kind; a problem says what was cut."""
    cut: dict[str, Any] = {kind: rows[:LIMIT] for kind in _KINDS if len(rows := getattr(note, kind)) > LIMIT}
    if not cut:
        return note
    message = f"More than {LIMIT} {', '.join(sorted(cut))} in one note: the rest is not indexed (its text is)."
    return _unpointed(note._replace(**cut, problems=(*note.problems, Problem("truncated", "warning", None, message))))


def _unpointed(note: Note) -> Note:
    """No row points to one that was cut."""
    return note._replace(
        fields=tuple(field._replace(link=_kept(field.link), task=_kept(field.task)) for field in note.fields),
        tasks=tuple(task._replace(heading=_kept(task.heading)) for task in note.tasks),
        annotations=tuple(annotation._replace(image=_kept(annotation.image)) for annotation in note.annotations),
    )


def _kept(index: int | None) -> int | None:
    return index if index is not None and index < LIMIT else None
