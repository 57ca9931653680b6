"""Tasks (S5) and their dates (D6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from litindex.models import Heading, Task
from litindex.parser.dataview.values import parse_values
from litindex.parser.markdown.blocks import Node
from litindex.parser.obsidian.body import InlineField
from litindex.parser.obsidian.headings import heading_above
from litindex.parser.values.block_ids import without_block_id

_COMMENT = re.compile(r"[ \t]?%%[^%]*+%%")
_DATES: Final = ("created", "scheduled", "start", "due", "completion")


def find_tasks(leaves: Sequence[Node], headings: Sequence[Heading]) -> list[Task]:
    """The tasks without their dates: list items with a box and words behind it. No two begin in one line."""
    tasks: list[Task] = []
    by_line: dict[int, int] = {}
    for leaf in leaves:
        item = leaf.parent
        if item is None or item.task is None or leaf.start != item.start:
            continue
        text = _before_comment(leaf.lines)
        text = without_block_id(_COMMENT.sub("", text) if "%%" in text and "`" not in text else text).strip()
        if text:
            parent, heading = _parent_task(item, by_line), heading_above(headings, leaf.start)
            by_line[leaf.start] = len(tasks)
            tasks.append(Task(parent, heading, item.task, int(is_completed(item.task)), text, leaf.start))
    return tasks


def is_completed(status: str) -> bool:
    """Whether that sign in a box says that the task is done: `/`, `-` and others say something else."""
    return status in "xX"


def _before_comment(lines: list[str]) -> str:
    """The lines up to one that begins a comment: a persist marker under a list is a lazy line of its last item."""
    for i, line in enumerate(lines):
        if i and line.startswith("%%"):
            return "\n".join(lines[:i])
    return "\n".join(lines)


def _parent_task(item: Node, by_line: dict[int, int]) -> int | None:
    around = item.item
    while around is not None:
        if around.task is not None and around.start in by_line:
            return by_line[around.start]
        around = around.item
    return None


def dated_tasks(tasks: list[Task], inline_fields: list[InlineField]) -> tuple[Task, ...]:
    """The tasks with the dates that their emoji and bracketed fields give."""
    dates: dict[int, dict[str, str]] = {}
    for field in inline_fields:
        if field.scope == "task" and field.key in _DATES:
            date = parse_values(field.raw)[0].date
            if date is not None:
                dates.setdefault(field.line, {}).setdefault(field.key, date)
    return tuple(_with_dates(task, dates[task.line]) if task.line in dates else task for task in tasks)


def _with_dates(task: Task, dates: dict[str, str]) -> Task:
    created, scheduled, start, due, completion = map(dates.get, _DATES)
    return task._replace(created=created, scheduled=scheduled, start=start, due=due, completion=completion)
