"""Obsidian's comments, `%%…%%`, in one line or over many (S7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from litindex.parser.markdown.blocks import Node


class Place(NamedTuple):
    """A place in the text of a note: the number of a leaf, an offset in its text."""

    leaf: int
    offset: int


class Comment(NamedTuple):
    """From the first `%` of a comment to behind the last."""

    start: Place
    end: Place


def find_marks(masked: str) -> Iterable[int]:
    """The offsets of each `%%` in a leaf's text, of which code, math, HTML and escapes are masked."""
    at = masked.find("%%")
    while at >= 0:
        yield at
        at = masked.find("%%", at + 2)


def find_comments(marks: Iterable[Place]) -> list[Comment]:
    """The comments between marks in reading order. `%%%%` that closes none, and a mark without its like, are text."""
    found: list[Comment] = []
    opened: Place | None = None
    for mark in marks:
        if opened is None:
            opened = mark
        elif mark.leaf == opened.leaf and mark.offset == opened.offset + 2:
            opened = None
        else:
            found.append(Comment(opened, Place(mark.leaf, mark.offset + 2)))
            opened = None
    return found


def outside_comments(leaves: Sequence[Node], comments: Sequence[Comment]) -> Sequence[Node]:
    """The leaves that do not begin in a comment which began in a leaf before."""
    hidden = {number for comment in comments for number in range(comment.start.leaf + 1, comment.end.leaf + 1)}
    return [leaf for number, leaf in enumerate(leaves) if number not in hidden] if hidden else leaves
