"""What notes of a generated vault are about and link to: works, people, ideas, days."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tests.bench.words import Pool, name, people, title

PLAIN_SHARE = 0.4
"""Notes that are not about a work: half of them days, four in ten ideas, the rest people."""
_LAST_DAY = date(2026, 6, 30)
_LAST_YEAR, _FIRST_YEAR = 2026, 1985
_YEARS_HALFWAY = 7.0


class Work(NamedTuple):
    citekey: str
    title: str
    year: int
    authors: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """The cast of a vault; the more famous come first."""

    works: Pool[Work]
    ideas: Pool[str]
    people: tuple[str, ...]
    days: tuple[date, ...]
    journals: Pool[str]


def make_library(notes: int, seed: int) -> Library:
    """A library for a vault of so many notes."""
    dice = random.Random(f"library {notes} {seed}")
    plain = round(notes * PLAIN_SHARE)
    days, persons = plain // 2, plain // 10
    everyone = people(max(60, int(notes * 1.2)))
    return Library(
        Pool(list(_works(dice, notes - plain, Pool(everyone, power=0.9, shift=5))), power=0.8, shift=3),
        Pool(list(_ideas(dice, plain - days - persons)), power=1.0, shift=3),
        tuple(everyone[:persons]),
        tuple(_LAST_DAY - timedelta(at) for at in range(days)),
        Pool([title(dice, 2, 5).replace(":", "") for _ in range(max(20, notes // 60))], power=1.0, shift=2),
    )


def _works(dice: random.Random, count: int, everyone: Pool[str]) -> Iterator[Work]:
    taken: set[str] = set()
    for _ in range(count):
        many = min(40, max(1, int(dice.lognormvariate(1.2, 0.8))))
        authors = tuple(dict.fromkeys(everyone.draw_many(dice, many)))
        year = max(_FIRST_YEAR, _LAST_YEAR - int(dice.expovariate(1 / _YEARS_HALFWAY)))
        called = title(dice, 5, 15)
        citekey = _citekey(authors[0], year, called)
        while citekey.lower() in taken:
            citekey += dice.choice("abcdefghijklmnopqrstuvwxyz")
        taken.add(citekey.lower())
        yield Work(citekey, called, year, authors)


def _citekey(author: str, year: int, called: str) -> str:
    """As Better BibTeX makes them: the first author, two digits, the title's first longer words."""
    family = re.sub(r"\W", "", author.split(",")[0])
    longer = [word for word in re.findall(r"\w+", called) if len(word) > 3][:3]
    return f"{family}{year % 100:02d}{''.join(longer)[:1].lower()}{''.join(longer)[1:]}"


def _ideas(dice: random.Random, count: int) -> Iterator[str]:
    taken: set[str] = set()
    for at in range(count):
        idea = name(dice, 1, 4)
        if idea.lower() in taken:
            idea += f" {at}"
        taken.add(idea.lower())
        yield idea
