"""An invented language: words, people and titles, drawn as often as real ones are (Zipf)."""

from __future__ import annotations

import bisect
import random
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Generic, TypeVar

Item = TypeVar("Item")

_COMMON = """
the of and a in to that is was for it with as be on by at this are from which or an were not but have we their has its
they these more than can between also one such other may been some two when time most only our into both each over
after many where how between through under during without there then about while within because against very who
result method study effect model water tide marsh sound signal light depth measure change pattern level season site
sample field paper value test group range rate error noise data theory question answer work part case form year
large small high low early late new old common rare first second long short strong weak deep shallow
show find use report describe compare suggest follow increase depend occur appear remain differ expect explain record
"""
_SYLLABLES = """
ba be bri cor dal den dra el en fa fen gal ger hal hes il in jo kar kel la lin lor ma mer mon na nel nor o or pel per
ra ren rin sa sel sol ta tem ter tor u ul va ven ver wa wil yar ze zan
"""
_ENDINGS = "tion ment ity ism ic al ous ive ing er graphy logy metric sis"
_GIVEN = """
Aino Amara Bram Celia Daan Dörte Edda Elio Farida Gunnar Hanae Ilse Imre Jorun José Kaito Léonie Łucja Maeve Mei Milos
Ngaio Noor Odile Oskar Pilar Quim Ragnar Rosa Sanne Søren Tariq Tove Ulla Vito Wanda Xenia Yara Yusuf Zoë
"""
_PARTICLES = ("van der ", "de ", "von ", "da ")
_WORDS = 30_000


class Pool(Generic[Item]):
    """Items of which the first are drawn most often: the n-th with a weight of (n + shift) ** -power."""

    def __init__(self, items: Sequence[Item], power: float, shift: float) -> None:
        self.items = items
        self._weights = list(accumulate((at + shift) ** -power for at in range(len(items))))

    def draw(self, dice: random.Random) -> Item:
        return self.items[bisect.bisect(self._weights, dice.random() * self._weights[-1], 0, len(self.items) - 1)]

    def draw_many(self, dice: random.Random, count: int) -> list[Item]:
        return dice.choices(self.items, cum_weights=self._weights, k=count)


@cache
def vocabulary() -> Pool[str]:
    dice = random.Random("words")
    words = dict.fromkeys(_COMMON.split())
    while len(words) < _WORDS:
        words[_syllables(dice, 1, 3) + (dice.choice(_ENDINGS.split()) if dice.random() < 0.4 else "")] = None
    return Pool(list(words), power=1.05, shift=5)


def _syllables(dice: random.Random, least: int, most: int) -> str:
    return "".join(dice.choices(_SYLLABLES.split(), k=dice.randint(least, most) + 1))


def people(count: int) -> list[str]:
    """Different names, `Family, Given` in various forms; a longer list begins like a shorter one."""
    dice = random.Random("people")
    names: dict[str, None] = {}
    while len(names) < count:
        family = _syllables(dice, 1, 2).capitalize()
        if dice.random() < 0.05:
            family = dice.choice(_PARTICLES) + family
        elif dice.random() < 0.05:
            family += "-" + _syllables(dice, 1, 1).capitalize()
        given = dice.choice(_GIVEN.split())
        if dice.random() < 0.3:
            given += f" {dice.choice('ABCDEFGHJKLMNPRSTVW')}."
        names[f"{family}, {given}"] = None
    return list(names)


def words(dice: random.Random, count: int) -> list[str]:
    return vocabulary().draw_many(dice, count)


def title(dice: random.Random, least: int, most: int) -> str:
    chosen = [word.capitalize() if len(word) > 3 else word for word in words(dice, dice.randint(least, most))]
    chosen[0] = chosen[0].capitalize()
    if len(chosen) > 6 and dice.random() < 0.45:
        chosen[3] += ":"
    return " ".join(chosen) + ("?" if len(chosen) > 6 and dice.random() < 0.08 else "")


def name(dice: random.Random, least: int, most: int) -> str:
    """A title that can be a file name."""
    return title(dice, least, most).replace(":", "").rstrip("?")


def sentence(dice: random.Random, least: int = 8, most: int = 30) -> str:
    chosen = words(dice, dice.randint(least, most))
    form = dice.random()
    if len(chosen) > 6:
        if form < 0.25:
            chosen[4] += ","
        elif form < 0.32:
            chosen[3], chosen[5] = f"({chosen[3]}", f"{chosen[5]})"
        elif form < 0.36:
            chosen.append(f"({dice.randint(1, 99)}.{dice.randint(0, 9)} %)")
        elif form < 0.38:
            chosen[2] = f"“{chosen[2]}”"
    return " ".join(chosen).capitalize() + ("?" if form > 0.95 else ".")


def paragraph(dice: random.Random, count: int) -> str:
    """Sentences of about `count` words in all."""
    sentences: list[str] = []
    while count > 0:
        sentences.append(sentence(dice))
        count -= sentences[-1].count(" ") + 1
    return " ".join(sentences)
