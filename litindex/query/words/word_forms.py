"""The words of an index: other forms of a word, and what may have been meant by one that is not there.

Stemmed when it is asked, not in the index: exact words stay possible, the index does not grow, and what is suggested are
words. Measured with 10,000 notes: docs/finding.md.
"""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import Any

LANGUAGES = ("english", "german", "french", "spanish")
"""Whose endings are known (Snowball)."""
TERMS = "SELECT term FROM search_terms WHERE term >= ? AND term < ? LIMIT 5000"
_LAST = "\U0010ffff"
_LONGEST_ENDING = 5
_MOST_FORMS = 12
_LIKENESS = 0.72


class WordForms:
    """Asks the vocabulary of one index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def forms(self, word: str) -> list[str]:
        """Words of the index with the same stem, the word itself among them where it is there; at most a dozen."""
        found = dict.fromkeys(
            term
            for stemmer in _stemmers()
            for term in self._beginning(_stem(stemmer, word), len(word))
            if stemmer.stemWord(term) == stemmer.stemWord(word)
        )
        return list(found)[:_MOST_FORMS]

    def meant(self, word: str) -> list[str]:
        """Words of the index that look like this one, best first; none where it is there itself."""
        terms = [term for term in self._terms(word[:1]) if abs(len(term) - len(word)) <= 2]
        return [] if word in terms else difflib.get_close_matches(word, terms, n=2, cutoff=_LIKENESS)

    def _beginning(self, stem: str, length: int) -> Iterator[str]:
        """Those that may have this stem; its last letter may have been changed (memories, memory)."""
        shared = stem[:-1] if len(stem) > 3 else stem
        longest = max(length, len(stem)) + _LONGEST_ENDING
        return (term for term in self._terms(shared) if len(term) <= longest and term.isalpha())

    def _terms(self, start: str) -> list[str]:
        rows = self._connection.execute(TERMS, (start, start + _LAST)) if start else ()
        return [term for (term,) in rows]


def _stem(stemmer: Any, word: str) -> str:
    """What the word and its stem have in common."""
    stem: str = stemmer.stemWord(word)
    same = next((at for at, (one, other) in enumerate(zip(word, stem, strict=False)) if one != other), len(stem))
    return stem[:same]


@cache
def _stemmers() -> tuple[Any, ...]:
    import snowballstemmer  # 50 ms

    return tuple(snowballstemmer.stemmer(language) for language in LANGUAGES)
