"""Did you mean …? Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from litindex.text_keys import search_key

MOST = 3
_LIKENESS = 0.6
_MOST_LISTED = 8


def close(typed: str, known: Iterable[str], most: int = MOST) -> list[str]:
    """Those of the known words that look most like the typed one, best first; case and accents do not matter."""
    by_key: dict[str, str] = {}
    for word in known:
        by_key.setdefault(search_key(word), word)
    key = search_key(typed)
    found = difflib.get_close_matches(key, by_key, n=most, cutoff=_LIKENESS)
    found += [each for each in by_key if key and each.startswith(key) and each not in found][: most - len(found)]
    return [by_key[each] for each in found]


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """` (did you mean birds?)`, or '' where nothing looks like it."""
    found = close(typed, known)
    return f" (did you mean {' or '.join(found)}?)" if found else ""


def no_such(kind: str, typed: str, known: Iterable[str]) -> str:
    """`no tag brids (did you mean birds?)`, or what there is where that is a short list."""
    words = list(known)
    meant = did_you_mean(typed, words)
    if not meant and 0 < len(words) <= _MOST_LISTED:
        meant = f" (there are: {', '.join(words)})"
    return f"no {kind} {typed}{meant}"
