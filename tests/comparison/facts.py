"""What a reader sees in three notes of sample_vault, and whether a program's answer holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Fact(NamedTuple):
    """`values` must all be found; each is written in the ways that would do, separated by `|`."""

    what: str
    values: tuple[str, ...]


NOTES: dict[str, tuple[Fact, ...]] = {
    "Okafor21nightChorus": (
        Fact("title", ("The night chorus of a tidal marsh",)),
        Fact("each author", ("Okafor, Ngozi|Ngozi Okafor", "Ito, Kenji|Kenji Ito", "van der Meer, Anneke")),
        Fact("year or date", ("2021-04-17|2021",)),
        Fact("journal", ("Journal of Shore Acoustics",)),
        Fact("DOI", ("10.5555/jsa.2021.0304",)),
        Fact("citekey", ("Okafor21nightChorus",)),
        Fact("read status", ("read",)),
        Fact("tags", ("acoustics/bioacoustics|#acoustics/bioacoustics", "birds|#birds")),
        Fact("link to a note", ("The drowned bell|Topics/The drowned bell.md|Topics/The drowned bell|the-drowned-bell",)),
        Fact("task with its due date", ("2024-04-15",)),
        Fact("highlight", ("The chorus follows the tide, not the sun.",)),
        Fact("its colour", ("yellow|#ffd400",)),
        Fact("reader's own sentence, alone", ("The tide, not the sun, is the clock. ^tide-clock|The tide, not the sun, is the clock.",)),
    ),
    "delgado_heron_2019": (
        Fact("title", ("Herons as sensors: a position paper",)),
        Fact("each author", ("Delgado, Núria|Núria Delgado", "de Waal, Pieter|Pieter de Waal")),
        Fact("year or date", ("2019-06-03|2019",)),
        Fact("proceedings", ("Proceedings of Animal Sensing 2019",)),
        Fact("DOI", ("10.5555/animalsensing.2019.44",)),
        Fact("citekey", ("delgado_heron_2019",)),
        Fact("read status", ("unread",)),
    ),
    "silveira2023": (
        Fact("title", ("Crabs as a percussion section",)),
        Fact("each author", ("Silveira, Lorena|Lorena Silveira", "do Araújo, Thiago|Thiago do Araújo")),
        Fact("journal", ("Tidal Rhythms",)),
        Fact("DOI", ("10.5555/rhythm.2023.2",)),
        Fact("highlight", ("The rate of clicks doubles when the culvert empties.",)),
        Fact("its page", ("41",)),
        Fact("the comment on it", ("they heard *our* culvert!|they heard _our_ culvert!",)),
    ),
}  # fmt: skip


def leaves(answer: object, key: str = "") -> Iterator[tuple[str, str]]:
    """(key, text) of every single value in an answer, however it is nested."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            yield from leaves(value, str(name))
    elif isinstance(answer, list | tuple):
        for value in answer:
            yield from leaves(value, key)
    elif answer is not None:
        yield key, str(answer).strip()


def found(fact: Fact, answer: object) -> str:
    """`value`: each of its values stands alone in the answer; `text`: only inside a longer text; else `-`."""
    told = [text for _, text in leaves(answer)]
    alone = {_plain(text) for text in told}
    if all(any(_plain(way) in alone for way in value.split("|")) for value in fact.values):
        return "value"
    inside = [any(_has(way, text) for way in value.split("|") for text in told) for value in fact.values]
    return "text" if all(inside) else "-"


def _plain(text: str) -> str:
    """Without the quotation marks that a template puts around a value."""
    return text.strip().strip('"').strip()


def _has(way: str, text: str) -> bool:
    """As a word of its own: a status `read` is not found in `spread`."""
    return re.search(rf"(?<!\w){re.escape(way)}(?!\w)", text) is not None


def score(facts: Sequence[Fact], answer: object) -> dict[str, str]:
    return {fact.what: found(fact, answer) for fact in facts}
