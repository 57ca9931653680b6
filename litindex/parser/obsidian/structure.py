"""The structure of a note (FORMAT section 6), each part by its own module."""

from __future__ import annotations

from typing import NamedTuple

from litindex.models import Block, Footnote, Heading, PersistBlock, Problem, Task
from litindex.parser.markdown.blocks import Document
from litindex.parser.obsidian.block_ids import find_block_ids
from litindex.parser.obsidian.callouts import CalloutBlock, find_callouts
from litindex.parser.obsidian.comments import Comment, outside_comments
from litindex.parser.obsidian.footnotes import find_footnotes
from litindex.parser.obsidian.headings import find_headings
from litindex.parser.obsidian.tasks import find_tasks
from litindex.parser.zotero.persist_blocks import find_persist_blocks


class Structure(NamedTuple):
    headings: tuple[Heading, ...]
    callouts: list[CalloutBlock]
    tasks: list[Task]
    blocks: list[Block]
    footnotes: list[Footnote]
    persist: list[PersistBlock]
    problems: list[Problem]


def read_structure(
    document: Document, comments: list[Comment], lines: list[str], text: str, first: int, *, drawing: bool
) -> Structure:
    """All of it; of a drawing only callouts, footnotes and persist blocks (F5). `text`: the body as written."""
    leaves = () if drawing else outside_comments(document.leaves, comments)
    headings = find_headings(leaves)
    blocks, block_problems = find_block_ids(leaves if "^" in text else ())
    footnotes, footnote_problems = find_footnotes(document)
    persist, persist_problems = find_persist_blocks(lines if "%" in text else [], first)
    problems = block_problems + footnote_problems + persist_problems
    tasks = find_tasks(leaves, headings)
    return Structure(headings, find_callouts(document), tasks, blocks, footnotes, persist, problems)
