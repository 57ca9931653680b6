"""Citekeys for works that have none, and keys that are unique in a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

from litindex.models import Work
from litindex.text_keys import person_key

_STOPWORDS: Final = frozenset(
    """a an the on of in and for to from with de der die das ein eine im le la les un une du des el los las una o os as um
    uma il lo gli i het een en och zur zum über""".split()
)
_SPELLED: Final = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_FORBIDDEN = re.compile(r"[^\w.:;?!/*+\[\]&-]+")
"""What some reader of BibTeX files takes no key with: beside what ends a key, `^`, `$`, `|`, `<` and `>`."""


def proposed_key(work: Work) -> str:
    """`author + year + first title word` of a work without a citekey: okafor2021night. `work` where nothing is known."""
    creator = work.creators[0] if work.creators else None
    name = (creator.family or creator.name.split()[-1]) if creator else ""
    words = re.findall(r"\w+", work.title or "")
    word = next((word for word in words if word.lower() not in _STOPWORDS), "")
    return _folded(name) + (str(work.year) if work.year else "") + _folded(word) or "work"


def _folded(text: str) -> str:
    """Letters and digits in lower case, those of Latin script without marks."""
    text = unicodedata.normalize("NFKD", text.lower().translate(_SPELLED))
    return unicodedata.normalize("NFC", "".join(c for c in text if c.isalnum()))


def valid_key(citekey: str) -> str:
    """The citekey without the signs that a BibTeX file cannot hold in a key."""
    return _FORBIDDEN.sub("", citekey) or "work"


def unique_keys(wanted: Iterable[str]) -> Iterator[str]:
    """Each key, or with `a`, `b` … behind it where it is taken: BibTeX compares keys without case."""
    taken: set[str] = set()
    for key in wanted:
        free = next(each for each in _variants(key) if person_key(each) not in taken)
        taken.add(person_key(free))
        yield free


def _variants(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    yield from (f"{key}-{number}" for number in count(2))
