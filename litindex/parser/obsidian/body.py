"""One pass over the leaves of a note: links, tags, inline fields and citations with their lines (FORMAT sections 3 to 5)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import Final, NamedTuple

from litindex.models import Citation, Field, Link, Problem, TagUse, Task
from litindex.parser.dataview.inline_fields import RawField, canonical_key, line_fields, task_fields
from litindex.parser.dataview.values import parse_values
from litindex.parser.limits import LONGEST_REPEATED
from litindex.parser.markdown import blocks, inline
from litindex.parser.markdown.blocks import Document, Node
from litindex.parser.markdown.inline import Inline
from litindex.parser.obsidian.links import make_link
from litindex.parser.obsidian.tags import find_tags
from litindex.text_keys import person_key, text_key

_TASK_DATES: Final = ("created", "scheduled", "start", "due", "completion")
_FIELD_HTML = re.compile(r"<(?:!--|pre|script|style)", re.I)
_CITATION = re.compile(r"(?<![\w@/.\\])-?@(?:\{([^{}\s]+)\}|(\w(?:\w|[:.#$%&+?<>~/-](?=\w))*))")
_LOCATOR = re.compile(r",[ \t]*+([^;\]\n]{1,400}+)[;\]]")
_INTEXT_LOCATOR = re.compile(r"[ \t]+\[((?:p|pp|ch|chap|sec|§|S)\.?[ \t][^\]\n]{1,400}+|\d[\d–-]*)\]")


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
        self.problems: list[Problem] = []

    def inline_fields_in(self, node: Node) -> list[InlineField]:
        """The fields on the lines of a container."""
        begin = bisect_left(self.inline_fields, node.start, key=_LINE)
        return self.inline_fields[begin : bisect_right(self.inline_fields, node.end, lo=begin, key=_LINE)]


def read_leaves(document: Document, *, drawing: bool = False) -> Body:
    """Links, tags, fields and citations of all leaves; of a drawing only its links (F5)."""
    body = Body()
    for leaf in document.leaves:
        kind = leaf.kind
        if kind in blocks.TEXT_KINDS:
            text = leaf.lines[0] if len(leaf.lines) == 1 else "\n".join(leaf.lines)
            _read_text(body, document, leaf, text, drawing)
        elif kind == blocks.HTML and not drawing and not _FIELD_HTML.match(leaf.lines[0]):
            text = "\n".join(leaf.lines)
            if "::" in text:
                _read_fields(body, leaf, text, text)
    return body


class Lines:
    """Offsets of a leaf's text -> lines of the file, asked in ascending order: one pass in all."""

    def __init__(self, leaf: Node, text: str) -> None:
        self.text = text
        self.line = leaf.start
        self.offset = 0
        self.single = leaf.kind == blocks.HEADING or len(leaf.lines) == 1

    def at(self, offset: int) -> int:
        """The line that holds this offset."""
        if not self.single:
            self.line += self.text.count("\n", self.offset, offset)
            self.offset = offset
        return self.line


def _read_text(body: Body, document: Document, leaf: Node, text: str, drawing: bool) -> None:
    table = leaf.kind == blocks.TABLE
    found = inline.scan(text, document.definitions, table=table)
    first_link = len(body.links)
    if found.links:
        lines = Lines(leaf, text)
        body.links += [make_link(raw, text, lines.at(raw.start)) for raw in found.links]
    if drawing:
        return
    tagged, fielded, cited = "#" in text, "::" in text, "@" in text
    masked = found.masked() if tagged or fielded or cited else text
    if tagged:
        lines = Lines(leaf, text)
        for offset, name in find_tags(masked, text, table=table):
            body.tag_places.append((name, lines.at(offset), offset))
    related: list[int] = []
    if (fielded and "::" in masked) or (leaf.parent is not None and leaf.parent.task is not None):
        related = _read_fields(body, leaf, text, masked)
    if cited:
        _read_citations(body, leaf, found, masked, body.links[first_link:], related)


def _read_fields(body: Body, leaf: Node, text: str, masked: str) -> list[int]:
    """Adds the fields of a leaf; returns the lines whose field is `Related` (Z30)."""
    related: list[int] = []
    parent = leaf.parent
    item = parent is not None and parent.kind == blocks.ITEM
    task = item and parent is not None and parent.task is not None and parent.start == leaf.start
    footnote = parent is not None and parent.kind == blocks.FOOTNOTE and parent.start == leaf.start
    offset = 0
    for number, line in enumerate(text.split("\n")):
        first = number == 0
        found: list[RawField] = []
        if "::" in line and "::" in (hidden := masked[offset : offset + len(line)]):
            only = leaf.kind == blocks.TABLE or (first and (task or footnote))
            found, split = line_fields(line, hidden, leaf.start + number, offset, bracketed_only=only)
            if split:
                message = (
                    "Two fields stand on one line, glued by `>`; they are read apart. Put each on a line of its own."
                )
                body.problems.append(Problem("field-concatenated", "warning", leaf.start + number, message))
        if task and first:
            found += task_fields(line, leaf.start, offset)
        scope = ("task" if task and first else "item") if item else "page"
        for raw in found:
            key = canonical_key(raw.name)
            body.inline_fields.append(InlineField(raw.name, key, raw.raw, raw.form, scope, raw.line, leaf))
            if key == "related" and scope != "task":
                related.append(raw.line)
        offset += len(line) + 1
    return related


# ---------------------------------------------------------------------- citations


def _read_citations(body: Body, leaf: Node, found: Inline, masked: str, links: list[Link], related: list[int]) -> None:
    places: list[tuple[int, Citation]] = []
    for raw, link in zip(found.links, links, strict=True):
        if raw.syntax == "wikilink" and (key := _linked_citekey(link.target)):
            kind = "related" if link.line in related else "link"
            places.append((raw.start, Citation(kind, key, person_key(key), None, link.line)))
    lines = Lines(leaf, found.text)
    for match in _CITATION.finditer(masked):
        key = match[1] or match[2]
        line = lines.at(match.start())
        places.append(
            (
                match.start(),
                Citation("pandoc", key, person_key(key), _locator(found.text, match.start(), match.end()), line),
            )
        )
    places.sort(key=lambda place: place[0])
    body.citations.extend(citation for _, citation in places)


def _linked_citekey(target: str) -> str | None:
    name = target.rpartition("/")[2]
    if not name.startswith("@"):
        return None
    return name[1:].removesuffix(".md").strip() or None


def _locator(text: str, start: int, end: int) -> str | None:
    """`[@key, p. 5; …]` or `@key [p. 5]`."""
    inside = text.rfind("[", max(0, start - 400), start)
    if inside >= 0 and text.find("]", inside, start) < 0:
        found = _LOCATOR.match(text, end)
    else:
        found = _INTEXT_LOCATOR.match(text, end)
    return found[1].strip() if found else None


# ---------------------------------------------------------------------- rows


def tag_uses(places: list[tuple[str, int, int]], source: str = "inline") -> list[TagUse]:
    """One row a tag and note: first spelling, first line, how often (T9)."""
    uses: dict[str, TagUse] = {}
    for name, line, _ in places:
        key = text_key(name)
        known = uses.get(key)
        if known is None:
            uses[key] = TagUse("obsidian", name, key, source, line, 1)
        else:
            uses[key] = known._replace(count=known.count + 1)
    return list(uses.values())


def field_rows(
    inline_fields: list[InlineField], first: int, links: list[Link], offset: int, tasks: dict[int, int]
) -> list[Field]:
    """Rows of `fields`: one a literal. `first` is the next occurrence number, `offset` the index of `links[0]` in the note."""
    places = _places(links, offset) if any("[[" in field.raw for field in inline_fields) else {}
    rows: list[Field] = []
    for occurrence, field in enumerate(inline_fields, first):
        name, key, raw, form, scope, line, leaf = field
        task = tasks.get(id(leaf.parent)) if scope == "task" else None
        is_long = len(raw) > LONGEST_REPEATED
        for item, value in enumerate(parse_values(raw)):
            link = places.get((line, value.raw)) if value.type == "link" else None
            rows.append(Field(
                name, key, "inline", form, scope, occurrence, "", item, value.type, value.raw if is_long else raw, value.text,
                value.number, value.date, link, task, line,
            ))  # fmt: skip
    return rows


def _places(links: list[Link], offset: int) -> dict[tuple[int | None, str], int]:
    """(line, text as written) -> index in the note: of equal ones the first."""
    return {(link.line, link.raw): offset + i for i, link in reversed(list(enumerate(links)))}


def dated_tasks(tasks: list[Task], inline_fields: list[InlineField], index: dict[int, int]) -> tuple[Task, ...]:
    """The tasks with the dates that their emoji and bracketed fields give (D6)."""
    dates: dict[int, dict[str, str]] = {}
    for field in inline_fields:
        if field.scope == "task" and field.key in _TASK_DATES:
            task = index.get(id(field.leaf.parent))
            value = parse_values(field.raw)[0]
            if task is not None and value.date is not None:
                dates.setdefault(task, {}).setdefault(field.key, value.date)
    return tuple(
        Task(*task[:6], *(dates.get(i, {}).get(key) for key in _TASK_DATES)) if i in dates else task
        for i, task in enumerate(tasks)
    )
