"""Headings, callouts, tasks, block ids, footnotes and persist blocks (FORMAT section 6)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

from litindex.models import Block, Callout, Footnote, Heading, PersistBlock, Problem, Task
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Document, Node
from litindex.parser.zotero.persist_blocks import find_persist_blocks
from litindex.text_keys import heading_key, text_key

_BLOCK_ID = re.compile(r"(?:^|[ \t\n])\^([A-Za-z0-9-]+)[ \t]*$")
_ONLY_ID = re.compile(r"[ \t]*\^[A-Za-z0-9-]+[ \t]*$")
_CODE_SPAN = re.compile(r"`[^`\n]*`")
_CANONICAL: Final = {
    alias: canonical
    for canonical, aliases in {
        "note": "", "abstract": "summary tldr", "info": "", "todo": "", "tip": "hint important", "success": "check done",
        "question": "help faq", "warning": "caution attention", "failure": "fail missing", "danger": "error", "bug": "",
        "example": "", "quote": "cite",
    }.items()
    for alias in [canonical, *aliases.split()]
}  # fmt: skip
_BLOCK_KINDS: Final = {
    blocks.PARA: "paragraph", blocks.TITLE: "paragraph", blocks.TABLE: "table", blocks.CODE: "code", blocks.MATH: "math",
    blocks.HEADING: "heading", blocks.LIST: "list", blocks.ITEM: "list_item",
}  # fmt: skip


class Structure(NamedTuple):
    """What the blocks of a note are; `callout_nodes` in the order of `callouts`, `task_index` by the id of an item's node."""

    headings: tuple[Heading, ...]
    callouts: tuple[Callout, ...]
    callout_nodes: list[Node]
    tasks: list[Task]
    task_index: dict[int, int]
    blocks: list[Block]
    footnotes: list[Footnote]
    persist: list[PersistBlock]
    problems: list[Problem]


def read_structure(document: Document, lines: list[str], first: int, *, drawing: bool) -> Structure:
    """All of it; of a drawing only callouts, footnotes and persist blocks (F5)."""
    marked = lines_with("%%", lines, first)
    headings = () if drawing else find_headings(document, marked)
    callouts, callout_nodes = find_callouts(document)
    tasks, task_index = ([], {}) if drawing else find_tasks(document, headings)
    named_blocks, block_problems = ([], []) if drawing else find_blocks(document)
    footnotes, footnote_problems = find_footnotes(document)
    persist, persist_problems = find_persist_blocks(lines, first, marked)
    problems = block_problems + footnote_problems + persist_problems
    return Structure(headings, callouts, callout_nodes, tasks, task_index, named_blocks, footnotes, persist, problems)


def strip_block_id(text: str) -> str:
    """Text of a heading, task or field without the ` ^id` at its end (S2)."""
    return _BLOCK_ID.sub("", text) if "^" in text else text


def lines_with(sign: str, lines: list[str], first: int) -> dict[int, str]:
    """The lines that hold a sign, by number."""
    return {number: line for number, line in enumerate(lines, first) if sign in line}


def find_headings(document: Document, marked: dict[int, str]) -> tuple[Heading, ...]:
    """The headings at the root of the document, none inside a comment of several lines (S1)."""
    nodes = [leaf for leaf in document.leaves if leaf.kind == blocks.HEADING and leaf.parent is document.root]
    if not nodes:
        return ()
    comments = comment_ranges(document, marked)
    headings: list[Heading] = []
    open_levels: list[int] = []
    for node in nodes:
        at = bisect_left(comments, node.start, key=itemgetter(0))
        if at and node.start < comments[at - 1][1]:
            continue
        while open_levels and headings[open_levels[-1]].level >= node.level:
            open_levels.pop()
        text = strip_block_id(node.lines[0]).strip()
        headings.append(
            Heading(node.level, text, heading_key(text), node.start, open_levels[-1] if open_levels else None)
        )
        open_levels.append(len(headings) - 1)
    return tuple(headings)


def comment_ranges(document: Document, marked: dict[int, str]) -> list[tuple[int, int]]:
    """The `%%` comments that go over several lines, as (first, last) line (S7); `marked` are the lines with `%%`."""
    if not marked:
        return []
    hidden = document.hidden_lines()
    ranges: list[tuple[int, int]] = []
    opened: int | None = None
    for number, line in marked.items():
        if number in hidden:
            continue
        line = _CODE_SPAN.sub("", line)
        at = line.find("%%")
        while at >= 0:
            if opened is None and line.startswith("%%%%", at):
                at += 2
            elif opened is None:
                opened = number
            else:
                ranges.append((opened, number))
                opened = None
            at = line.find("%%", at + 2)
    return [(start, end) for start, end in ranges if end > start]


def find_callouts(document: Document) -> tuple[tuple[Callout, ...], list[Node]]:
    """The callouts, and their nodes in the same order (S3, S4)."""
    nodes = [node for node in document.containers if node.callout is not None]
    index = {id(node): i for i, node in enumerate(nodes)}
    callouts = []
    for node in nodes:
        assert node.callout is not None
        written, metadata, title, fold_mark = node.callout
        kind = written.lower()
        around = node.ancestor(blocks.QUOTE)
        while around is not None and around.callout is None:
            around = around.ancestor(blocks.QUOTE)
        parent = index[id(around)] if around is not None else None
        callouts.append(
            Callout(
                parent, node.depth, kind, _CANONICAL.get(kind), metadata, title or None, fold_mark, node.start, node.end
            )
        )
    return tuple(callouts), nodes


def find_tasks(document: Document, headings: tuple[Heading, ...]) -> tuple[list[Task], dict[int, int]]:
    """The tasks without their dates, and the index of each by the id of its item (S5)."""
    tasks: list[Task] = []
    index: dict[int, int] = {}
    for leaf in document.leaves:
        item = leaf.parent
        if item is None or item.task is None or leaf.start != item.start:
            continue
        text = strip_block_id(_before_comment(leaf.lines)).strip()
        if not text:
            continue
        index[id(item)] = len(tasks)
        tasks.append(
            Task(
                _parent_task(item, index),
                _heading_above(headings, leaf.start),
                item.task,
                int(item.task in "xX"),
                text,
                leaf.start,
            )
        )
    return tasks, index


def _before_comment(lines: list[str]) -> str:
    """The lines up to one that begins a comment: a persist marker under a list is a lazy line of its last item."""
    for i, line in enumerate(lines):
        if i and line.startswith("%%"):
            return "\n".join(lines[:i])
    return "\n".join(lines)


def _parent_task(item: Node, index: dict[int, int]) -> int | None:
    around = item.ancestor(blocks.ITEM)
    while around is not None:
        if id(around) in index:
            return index[id(around)]
        around = around.ancestor(blocks.ITEM)
    return None


def _heading_above(headings: tuple[Heading, ...], line: int) -> int | None:
    at = bisect_right(headings, line, key=_LINE)
    return at - 1 if at else None


_LINE = attrgetter("line")


def find_blocks(document: Document) -> tuple[list[Block], list[Problem]]:
    """Block ids with the block each names (S2); of equal ids the first wins."""
    found: list[Block] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for block in _block_ids(document):
        if block.block_key in seen:
            message = (
                f"The block id ^{block.block_id} stands twice; links reach the first one only. Rename one of them."
            )
            problems.append(Problem("block-duplicate", "info", block.line, message))
        else:
            seen.add(block.block_key)
            found.append(block)
    return found, problems


def _block_ids(document: Document) -> Iterator[Block]:
    for leaf in document.leaves:
        if leaf.kind not in (blocks.PARA, blocks.HEADING, blocks.TITLE) or "^" not in leaf.lines[-1]:
            continue
        match = _BLOCK_ID.search(leaf.lines[-1])
        if not match:
            continue
        kind, start, end = _named_block(leaf)
        yield Block(match[1], text_key(match[1]), kind, leaf.end, start, end)


def _named_block(leaf: Node) -> tuple[str, int, int]:
    """What an id at the end of this leaf names: the leaf, its list item, or the block before it."""
    if len(leaf.lines) == 1 and _ONLY_ID.match(leaf.lines[0]) and leaf.prev is not None:
        node = leaf.prev
        if node.kind == blocks.QUOTE:
            return ("callout" if node.callout else "blockquote"), node.start, node.end
        end = node.last.end if node.kind == blocks.LIST and node.last else node.end
        return _BLOCK_KINDS.get(node.kind, "other"), node.start, end
    if leaf.parent is not None and leaf.parent.kind == blocks.ITEM and leaf.parent.start == leaf.start:
        return "list_item", leaf.start, leaf.end
    return _BLOCK_KINDS[leaf.kind], leaf.start, leaf.end


def find_footnotes(document: Document) -> tuple[list[Footnote], list[Problem]]:
    """Footnote definitions; of equal labels the first wins (S6)."""
    nodes = [node for node in document.containers if node.kind == blocks.FOOTNOTE]
    if not nodes:
        return [], []
    texts: dict[int, list[str]] = {id(node): [] for node in nodes}
    for leaf in document.leaves:
        note = leaf.ancestor(blocks.FOOTNOTE)
        if note is not None:
            texts[id(note)].append("\n".join(leaf.lines))
    footnotes: dict[str, Footnote] = {}
    problems: list[Problem] = []
    for node in nodes:
        label = node.label or ""
        if text_key(label) in footnotes:
            problems.append(
                Problem(
                    "footnote-duplicate",
                    "info",
                    node.start,
                    f"The footnote [^{label}] is defined twice; the first one counts.",
                )
            )
        else:
            footnotes[text_key(label)] = Footnote(
                label, text_key(label), "\n\n".join(texts[id(node)]).strip(), node.start
            )
    return list(footnotes.values()), problems
