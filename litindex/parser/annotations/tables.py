"""Tables of passages, whose header names what the columns hold: `| Page | Highlight | Comment |`."""

from __future__ import annotations

from collections.abc import Iterator

from litindex.parser.annotations import text as words
from litindex.parser.annotations.context import Surroundings
from litindex.parser.annotations.links import find_anchors
from litindex.parser.annotations.passage import Passage
from litindex.parser.annotations.text import Row
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node


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
        if passage := _passage(slots, blocks.cells(line), number):
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
    return [words.slot_in(cell.strip("*_: ")) for cell in blocks.cells(table.lines[0])]
