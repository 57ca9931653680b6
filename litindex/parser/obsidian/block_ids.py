"""Block ids (S2): ` ^id` at the end of a block, or below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from litindex.models import Block, Problem
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.values.block_ids import BLOCK_ID, without_block_id
from litindex.text_keys import text_key

_BLOCK_KINDS: Final = {
    blocks.PARA: "paragraph", blocks.TITLE: "paragraph", blocks.TABLE: "table", blocks.CODE: "code", blocks.MATH: "math",
    blocks.HEADING: "heading", blocks.LIST: "list", blocks.ITEM: "list_item",
}  # fmt: skip


def find_block_ids(leaves: Sequence[Node]) -> tuple[list[Block], list[Problem]]:
    """Block ids with the block each names (S2); of equal ids the first wins."""
    found: list[Block] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for block in _block_ids(leaves):
        if block.block_key in seen:
            message = (
                f"The block id ^{block.block_id} stands twice; links reach the first one only. Rename one of them."
            )
            problems.append(Problem("block-duplicate", "info", block.line, message))
        else:
            seen.add(block.block_key)
            found.append(block)
    return found, problems


def _block_ids(leaves: Sequence[Node]) -> Iterator[Block]:
    for leaf in leaves:
        if leaf.kind not in (blocks.PARA, blocks.HEADING, blocks.TITLE) or "^" not in leaf.lines[-1]:
            continue
        match = BLOCK_ID.search(leaf.lines[-1])
        if not match:
            continue
        kind, start, end = _named_block(leaf)
        yield Block(match[1], text_key(match[1]), kind, leaf.end, start, end)


def _named_block(leaf: Node) -> tuple[str, int, int]:
    """What an id at the end of this leaf names: the leaf, its list item, or the block before it."""
    if len(leaf.lines) == 1 and not without_block_id(leaf.lines[0].strip()) and leaf.prev is not None:
        node = leaf.prev
        if node.kind == blocks.QUOTE:
            return ("callout" if node.callout else "blockquote"), node.start, node.end
        end = node.last.end if node.kind == blocks.LIST and node.last else node.end
        return _BLOCK_KINDS.get(node.kind, "other"), node.start, end
    if leaf.parent is not None and leaf.parent.kind == blocks.ITEM and leaf.parent.start == leaf.start:
        return "list_item", leaf.start, leaf.end
    return _BLOCK_KINDS[leaf.kind], leaf.start, leaf.end
