"""One pass over the leaves of a note: links, tags, inline fields, citations and comments (FORMAT sections 3 to 5)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from litindex.models import Citation, Field, Link, Problem, Task
from litindex.parser.dataview.inline_fields import RawField, canonical_key, line_fields, task_fields
from litindex.parser.dataview.values import parse_values
from litindex.parser.limits import LONGEST_REPEATED
from litindex.parser.markdown import blocks, inline
from litindex.parser.markdown.blocks import Document, Node
from litindex.parser.obsidian.citations import Lines, find_citations
from litindex.parser.obsidian.comments import Comment, Place, find_comments, find_marks
from litindex.parser.obsidian.links import make_link
from litindex.parser.obsidian.tags import find_tags

_FIELD_HTML = re.compile(r"<(?:!--|pre|script|style)", re.I)


class InlineField(NamedTuple):
    """An inline field with its place: `leaf` gives the callout or list item around it."""

    name: str
    key: str
    raw: str
    form: str
    scope: str
    line: int
    leaf: Node


_LINE = attrgetter("line")


class Body:
    """What the leaves say, in reading order."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self.tag_places: list[tuple[str, int, int]] = []  # name, line, offset
        self.inline_fields: list[InlineField] = []
        self.citations: list[Citation] = []
        self.comment_marks: list[Place] = []
        self.problems: list[Problem] = []
        self._comments: list[Comment] | None = None

    def comments(self) -> list[Comment]:
        """The `%%` comments, in reading order."""
        if self._comments is None:
            self._comments = find_comments(self.comment_marks)
        return self._comments

    def inline_fields_in(self, node: Node) -> list[InlineField]:
        """The fields on the lines of a container."""
        begin = bisect_left(self.inline_fields, node.start, key=_LINE)
        return self.inline_fields[begin : bisect_right(self.inline_fields, node.end, lo=begin, key=_LINE)]


def read_leaves(document: Document, *, drawing: bool = False) -> Body:
    """Links, tags, fields and citations of all leaves; of a drawing only its links (F5)."""
    body = Body()
    for number, leaf in enumerate(document.leaves):
        kind = leaf.kind
        if kind in blocks.TEXT_KINDS:
            _read_text(body, document, number, drawing)
        elif kind == blocks.HTML and not drawing:
            text = leaf.text()
            if "::" in text and not _FIELD_HTML.match(text):
                _read_fields(body, leaf, text, text)
            body.comment_marks += [Place(number, at) for at in find_marks(text)]
    return body


def _read_text(body: Body, document: Document, number: int, drawing: bool) -> None:
    leaf = document.leaves[number]
    text, table = leaf.text(), leaf.kind == blocks.TABLE
    tagged, cited = "#" in text, "@" in text
    fielded, marked = ":" in text and "::" in text, "%" in text and "%%" in text
    is_task = leaf.parent is not None and leaf.parent.task is not None
    if not (tagged or fielded or cited or marked or is_task) and inline.is_plain(text):
        return
    found = inline.scan(text, document.definitions, table=table)
    first_link = len(body.links)
    if found.links:
        lines = Lines(leaf, text)
        body.links += [make_link(raw, text, lines.at(raw.start)) for raw in found.links]
    if drawing:
        return
    masked = found.masked() if tagged or fielded or cited or marked else text
    if marked:
        body.comment_marks += [Place(number, at) for at in find_marks(masked)]
    if tagged:
        lines = Lines(leaf, text)
        for offset, name in find_tags(masked, text, table=table):
            body.tag_places.append((name, lines.at(offset), offset))
    related: list[int] = []
    if is_task or (fielded and "::" in masked):
        related = _read_fields(body, leaf, text, masked)
    if cited:
        body.citations += find_citations(leaf, found, masked, body.links[first_link:], related)


def _read_fields(body: Body, leaf: Node, text: str, masked: str) -> list[int]:
    """Adds the fields of a leaf; returns the lines whose field is `Related` (Z30)."""
    related: list[int] = []
    parent = leaf.parent
    item = parent is not None and parent.kind == blocks.ITEM
    task = item and parent is not None and parent.task is not None and parent.start == leaf.start
    footnote = parent is not None and parent.kind == blocks.FOOTNOTE and parent.start == leaf.start
    offset = 0
    for number, line in enumerate(text.split("\n"), leaf.start):
        first = number == leaf.start
        found: list[RawField] = []
        if "::" in line and "::" in (hidden := masked[offset : offset + len(line)]):
            only = leaf.kind == blocks.TABLE or (first and (task or footnote))
            found, split = line_fields(line, hidden, bracketed_only=only)
            if split:
                message = (
                    "Two fields stand on one line, glued by `>`; they are read apart. Put each on a line of its own."
                )
                body.problems.append(Problem("field-concatenated", "warning", number, message))
        if task and first:
            found += task_fields(line)
        scope = ("task" if task and first else "item") if item else "page"
        for name, raw, form in found:
            key = canonical_key(name)
            body.inline_fields.append(InlineField(name, key, raw, form, scope, number, leaf))
            if key == "related" and scope != "task":
                related.append(number)
        offset += len(line) + 1
    return related


def field_rows(
    inline_fields: list[InlineField], first: int, links: list[Link], offset: int, tasks: Sequence[Task]
) -> list[Field]:
    """Rows of `fields`: one a literal. `first` is the next occurrence number, `offset` the index of `links[0]` in the note."""
    places = _places(links, offset) if any("[[" in field.raw for field in inline_fields) else {}
    task_at = {task.line: number for number, task in enumerate(tasks)}
    rows: list[Field] = []
    for occurrence, (name, key, raw, form, scope, line, _) in enumerate(inline_fields, first):
        task = task_at.get(line) if scope == "task" else None
        is_long = len(raw) > LONGEST_REPEATED
        for item, (kind, written, text, number, date) in enumerate(parse_values(raw)):
            link = places.get((line, written)) if kind == "link" else None
            rows.append(Field(
                name, key, "inline", form, scope, occurrence, "", item, kind, written if is_long else raw, text, number, date, link,
                task, line,
            ))  # fmt: skip
    return rows


def _places(links: list[Link], offset: int) -> dict[tuple[int | None, str], int]:
    """(line, text as written) -> index in the note: of equal ones the first."""
    return {(link.line, link.raw): offset + i for i, link in reversed(list(enumerate(links)))}
