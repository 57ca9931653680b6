"""Each list of a note ends somewhere: what one note says leaves room for the others."""

from __future__ import annotations

from typing import Any, NamedTuple, get_type_hints

import pytest

from litindex.models import Annotation, Block, Field, Identifier, Note, PersistBlock, Problem, Task, Work
from litindex.parser import parse_note
from litindex.parser.limits import LIMIT, within_limits

PARTS: list[type[NamedTuple]] = [Note, Work, Annotation]
HINTS = {part: get_type_hints(part) for part in PARTS}
LISTS = [(part, name) for part in PARTS for name, hint in HINTS[part].items() if str(hint).startswith("tuple[")]
if not LISTS:
    pytest.skip("compiled values do not say their types", allow_module_level=True)


def empty(kind: Any, **values: Any) -> Any:
    """A value of that kind that says nothing but `values`."""
    return kind(**{**dict.fromkeys(set(kind._fields) - kind._field_defaults.keys()), **values})


def note_with(part: Any, name: str, count: int) -> Note:
    """A note with a list of so many rows: its own, its work's or its only annotation's."""
    row = empty(Annotation) if name == "annotations" else empty(Task) if name == "tasks" else empty(Field)
    rows = {name: (row._replace(line=1),) * count}
    if part is Note:
        note: Note = empty(Note, **rows)
    elif part is Work:
        note = empty(Note, work=Work(**rows))
    else:
        note = empty(Note, annotations=(empty(Annotation, **rows),))
    return note


def rows_of(note: Note, part: Any, name: str) -> Any:
    return getattr(note if part is Note else note.work if part is Work else note.annotations[0], name)


def test_the_lists_of_a_note_are_found_by_their_type() -> None:
    assert {(Note, "persist_blocks"), (Note, "problems"), (Work, "identifiers"), (Annotation, "tags")} <= set(LISTS)


@pytest.mark.parametrize(("part", "name"), LISTS, ids=[f"{part.__name__} {name}" for part, name in LISTS])
def test_no_list_is_longer_than_the_limit_and_a_problem_says_so(part: Any, name: str) -> None:
    whole = note_with(part, name, LIMIT)
    assert within_limits(whole) is whole
    note = within_limits(note_with(part, name, LIMIT + 1))
    problem = note.problems[-1]
    assert (problem.code, problem.message.split(" in one note")[0]) == ("truncated", f"More than {LIMIT} {name}")
    assert len(rows_of(note, part, name)) == LIMIT


def test_nothing_points_to_a_row_that_was_cut() -> None:
    field: Any = empty(Field, link=LIMIT, task=0)
    links = note_with(Note, "links", LIMIT + 1)
    note = within_limits(links._replace(fields=(field,), tasks=(empty(Task, heading=LIMIT),)))
    assert (note.fields[0].link, note.fields[0].task, note.tasks[0].heading) == (None, 0, None)


def test_very_many_persist_blocks_are_cut() -> None:
    text = "".join(f"%% begin p{at} %%\nx\n%% end p{at} %%\n" for at in range(LIMIT + 5))
    note = parse_note("a.md", text.encode())
    assert [type(note.persist_blocks[0]), len(note.persist_blocks)] == [PersistBlock, LIMIT]
    assert "truncated" in {problem.code for problem in note.problems}


def test_very_many_identifiers_are_cut() -> None:
    text = "> [!info]\n> **Title**:: On bells\n" + "".join(f"> **DOI**:: 10.1234/x{at}\n" for at in range(LIMIT + 5))
    note = parse_note("@adler20.md", text.encode())
    assert note.work is not None
    assert len(note.work.identifiers) <= LIMIT
    assert all(isinstance(each, Identifier) for each in note.work.identifiers)
    assert len(note.work.provenance) <= LIMIT


def test_very_many_problems_are_cut() -> None:
    note: Note = empty(Note, problems=(Problem("x", "info", None, "y"),) * 70_000, blocks=(empty(Block),))
    assert [len(within_limits(note).problems), within_limits(note).blocks] == [LIMIT, note.blocks]
