"""What a person wrote and a run found gone, as when a plugin imports a note again and resets its persist block. Pure.

Words are gone when they stand nowhere in the note any more: moved lines are not, nor are the words of a line that was
edited, as long as one of their neighbours is still beside them. A text is lost when more than half of it is gone, and no
fewer than LEAST_CHARACTERS.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from litindex.text_keys import words

LEAST_CHARACTERS: Final = 200


class Written(NamedTuple):
    """What a person wrote in a note. `blocks`: each persist block's name and text as it stands in `body`; `own`: all own
    words, as `note_texts` has them.
    """

    own: str
    body: str
    blocks: tuple[tuple[str, str], ...] = ()


class LostText(NamedTuple):
    """`block`: the persist block's name, None for words outside of these; `characters`: how many of the text's are gone."""

    block: str | None
    characters: int
    text: str


def may_be_lost(own_before: str, own_after: str) -> bool:
    """A first look, for most edits take nothing away."""
    if own_before == own_after or len(own_before) < LEAST_CHARACTERS:
        return False
    gone = set(own_before.split("\n")).difference(own_after.split("\n"))
    return sum(map(len, gone)) >= LEAST_CHARACTERS


def lost_texts(before: Written, own: str, body: str) -> Iterator[LostText]:
    """What is lost of `before` in a note whose own words and body are these now: persist blocks first, then the rest."""
    now = {_bare(line) for text in (own, body) for line in text.split("\n")}
    fresh = now.difference(map(_bare, before.body.split("\n")))
    neighbours = {pair for line in fresh for pair in _pairs(line)}
    inside = {_bare(line) for _, text in before.blocks for line in text.split("\n")}
    rest = "\n".join(line for line in before.own.split("\n") if _bare(line) not in inside)
    for name, text in (*before.blocks, (None, rest)):
        gone = sum(_lost_in(line, neighbours) for line in _lines(text) if line not in now)
        whole = sum(len(word) for line in _lines(text) for word in words(line))
        characters = gone * len(text.strip()) // (whole or 1)
        if characters >= LEAST_CHARACTERS and gone * 2 > whole:
            yield LostText(name, characters, text.strip("\n"))


def _lines(text: str) -> Iterable[str]:
    return map(_bare, text.split("\n"))


def _bare(line: str) -> str:
    """Without the signs of quotations and lists, which come and go."""
    return line.strip(" \t\r>-*+")


def _pairs(line: str) -> list[tuple[str, str]]:
    return list(pairwise(("", *words(line), "")))


def _lost_in(line: str, neighbours: set[tuple[str, str]]) -> int:
    """The characters of those words of a line of which neither neighbour is beside them any more."""
    return sum(len(left[1]) for left, right in pairwise(_pairs(line)) if not {left, right} & neighbours)
