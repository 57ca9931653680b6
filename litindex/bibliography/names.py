"""A creator's name taken apart as CSL and BibTeX need it."""

from __future__ import annotations

import re
from typing import NamedTuple

from litindex.models import Creator

_SUFFIX = re.compile(r",\s*((?:jr|sr|[ivx]{2,4}|esq|ph\.?\s?d|m\.?d|2nd|3rd)\.?)$", re.I)
_DROPPING = re.compile(r"(?<=\s)[a-zß-ÿ][\w.]*['’]?(?:\s+[a-zß-ÿ][\w.]*['’]?){0,3}(?:\s+(?:La|Le|Las|Los|L['’]))?$")
"""Words in lower case at the end of given names: `Jean de La` (citeproc-js: util_name_particles.js)."""


class Person(NamedTuple):
    """A creator. `literal` is an institution, or a name that is not taken apart; else `family` is not empty.

    `particle` stands before the family name (van der Berg), `dropping` behind the given ones (Fontaine, Jean de La).
    """

    role: str
    family: str = ""
    given: str = ""
    particle: str = ""
    dropping: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def last(self) -> str:
        """The family name with the particle before it; an apostrophe or hyphen joins them."""
        glue = "" if not self.particle or self.particle[-1] in "'’ʼ-" else " "
        return f"{self.particle}{glue}{self.family}"

    @property
    def first(self) -> str:
        """The given names with the particle behind them."""
        return f"{self.given} {self.dropping}".strip()


def as_person(creator: Creator) -> Person:
    """The creator of a note; a suffix behind a comma of the given names is one."""
    if creator.kind != "person" or not creator.family:
        return Person(creator.role, literal=creator.name)
    given, suffix, particle, dropping = creator.given or "", creator.suffix or "", creator.particle or "", ""
    if not suffix and (found := _SUFFIX.search(given)):
        given, suffix = given[: found.start()], found[1]
    if particle and not creator.name.startswith(particle):
        particle, dropping = "", particle
    elif not particle and given[:1].isupper() and (found := _DROPPING.search(given)):
        given, dropping = given[: found.start()].strip(), found[0]
    return Person(creator.role, creator.family, given, particle, dropping, suffix)
