"""Tables of passages, whose header names what the columns hold: `| Page | Highlight | Comment |`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.annotations.context import Surroundings
from litindex.parser.annotations.links import find_anchors
from litindex.parser.annotations.passage import Passage
from litindex.parser.annotations.text import Row
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.vocabulary.annotations import DETAILS, PAGES

_CELL = re.compile(r"(?<!\\)\|")
_PAGE = re.compile(rf"(?:{PAGES.replace(' ', '|')})\.?", re.I)


def is_passages(table: Node) -> bool:
    """Whether the header of a table names a column of passages, and one of pages or comments."""
    slots = _slots(table)
    return "text" in slots and ("page" in slots or "comment" in slots)


def read_table(around: Surroundings, node: Node) -> Iterator[Passage]:
    """One passage a row."""
    if node.kind != blocks.TABLE:
        return
    slots = _slots(node)
    for number, line in enumerate(node.lines[2:], node.start + 2):
        if passage := _passage(slots, _cells(line), number):
            passage.color_word = passage.color_word or around.section_color(number)
            yield passage


def _passage(slots: list[str], cells: list[str], number: int) -> Passage | None:
    said = [(slot, cell) for slot, cell in zip(slots, cells, strict=False) if cell]
    if not any(slot in ("text", "comment") for slot, _ in said):
        return None
    passage = Passage(number)
    for slot, cell in said:
        _add_cell(passage, slot, cell, number)
    return passage


def _add_cell(passage: Passage, slot: str, cell: str, number: int) -> None:
    for anchor in find_anchors(cell)[:1]:
        label = anchor.origin.label or (anchor.display if slot == "page" else None)
        passage.origin = anchor.origin._replace(label=passage.origin.label or label)
        cell = (cell[: anchor.start] + cell[anchor.end :]).strip()
    if slot == "text":
        passage.in_comment = False
        passage.add(Row(cell, number))
    elif cell and slot:
        passage.add_detail(slot, cell)


def _slots(table: Node) -> list[str]:
    """What each column holds, nothing where its name is not known."""
    return [_slot(cell.strip("*_: ").lower()) for cell in _cells(table.lines[0])]


def _slot(name: str) -> str:
    known = DETAILS.get(name.replace(" ", "-")) or DETAILS.get(name.removesuffix("s"))
    return known or ("page" if _PAGE.fullmatch(name) else "")


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|").removesuffix("|")
    return [cell.replace("\\|", "|").strip() for cell in _CELL.split(line)]
