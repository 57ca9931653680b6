"""The words that tell what a note is about: often in it, rare in the index."""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from litindex.query.words.function_words import FUNCTION_WORDS
from litindex.text_keys import grams, search_key

COLUMNS = "{title abstract own grams own_grams}"
"""Of `notes_fts`: where words are counted, what was imported left out, but for scripts without spaces."""
TEXTS = """
SELECT n.title, 3 FROM notes n WHERE n.id = :note_id
UNION ALL SELECT t.own, 2 FROM note_texts t WHERE t.note_id = :note_id
UNION ALL SELECT a.comment, 2 FROM annotations a WHERE a.note_id = :note_id AND a.comment IS NOT NULL
UNION ALL SELECT a.text, 1 FROM annotations a WHERE a.note_id = :note_id AND a.text IS NOT NULL
UNION ALL SELECT w.abstract, 1 FROM works w WHERE w.note_id = :note_id AND w.abstract IS NOT NULL
"""
"""Pieces of text, with how much a word in them counts."""
COUNTS = """
SELECT k.value,
       (SELECT count(*) FROM (
          SELECT 1 FROM notes_fts f WHERE f.notes_fts MATCH k.value LIMIT (SELECT count(*) / :too_common + 3 FROM notes))),
       (SELECT count(*) FROM notes)
FROM json_each(:asked) k
"""
MOST = 12
_LOOKED_UP = 60
_TOO_COMMON = 16
"""A word that one in so many notes has tells nothing."""
_A_WORD = re.compile(r"[^\W\d_]{4,}")
_NO_PROSE = re.compile(r"(?<!\w)\w{1,20}://\S+|</?[A-Za-z][^<>]*>")
_LONGEST_ENDING = 3


class TellingWord(NamedTuple):
    """`match` is what finds it and its other forms in the note: `"tide" OR "tides"`."""

    word: str
    match: str


def telling_words(connection: sqlite3.Connection, note_id: int) -> list[TellingWord]:
    """At most a dozen words of title, abstract, highlights and own words that other notes have too, the best first."""
    counts = _count(connection.execute(TEXTS, {"note_id": note_id}))
    often = sorted(counts, key=lambda word: (-counts[word], -len(word), word))[:_LOOKED_UP]
    forms = {" OR ".join(f'"{form}"' for form in group): group for group in _by_form(often)}
    asked = {"asked": json.dumps(list(forms), ensure_ascii=False), "too_common": _TOO_COMMON}
    weights = {
        match: math.log(notes / found) * sum(counts[form] for form in forms[match])
        for match, found, notes in connection.execute(COUNTS, asked)
        if 1 < found < notes / _TOO_COMMON + 3
    }
    best = sorted(weights, key=lambda match: (-weights[match], match))[:MOST]
    return [TellingWord(forms[match][0], match) for match in best]


def _count(texts: Iterable[tuple[str, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, weight in texts:
        for word in _words(text):
            counts[word] += weight
    return counts


def _words(text: str) -> Iterator[str]:
    """Words of four letters or more, as `search_key` has them; of scripts without spaces pairs of characters."""
    plain = _NO_PROSE.sub(" ", text)
    yield from (word for word in _A_WORD.findall(search_key(plain)) if word not in FUNCTION_WORDS)
    yield from (pair for pair in grams(plain).split() if len(pair) == 2)


def _by_form(words: Iterable[str]) -> list[list[str]]:
    """Words that differ in a short ending are one: forecast, forecasts, forecasting."""
    groups: list[list[str]] = []
    for word in words:
        group = next((each for each in groups if _is_form(word, each[0])), None)
        if group:
            group.append(word)
        else:
            groups.append([word])
    return groups


def _is_form(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and long.startswith(short) and len(long) - len(short) <= _LONGEST_ENDING
