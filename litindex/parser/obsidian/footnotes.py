"""Footnote definitions (S6)."""

from __future__ import annotations

from litindex.models import Footnote, Problem
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Document, Node
from litindex.text_keys import text_key


def find_footnotes(document: Document) -> tuple[list[Footnote], list[Problem]]:
    """The definitions with their texts; of equal labels the first wins."""
    footnotes: dict[str, Footnote] = {}
    problems: list[Problem] = []
    for node in document.containers:
        if node.kind != blocks.FOOTNOTE:
            continue
        label = node.label or ""
        key = text_key(label)
        if key in footnotes:
            message = f"The footnote [^{label}] is defined twice; the first one counts."
            problems.append(Problem("footnote-duplicate", "info", node.start, message))
        else:
            footnotes[key] = Footnote(label, key, _text(document, node), node.start)
    return list(footnotes.values()), problems


def _text(document: Document, footnote: Node) -> str:
    own = (leaf for leaf in document.leaves_in(footnote) if _footnote_around(leaf) is footnote)
    return "\n\n".join("\n".join(leaf.lines) for leaf in own).strip()


def _footnote_around(leaf: Node) -> Node | None:
    node = leaf.parent
    while node is not None and node.kind != blocks.FOOTNOTE:
        node = node.parent
    return node
