"""Where an address ends that stands in the text as it is (GFM, section 6.9)."""

from __future__ import annotations

import re
from typing import Final

_BRACKET = re.compile(r"!?\[\[|\[\^|[\[\]]")
_PUNCTUATION: Final = frozenset("?!.,:*_~'\"“”’`|")
_ENTITY_END = re.compile(r"&[A-Za-z0-9]{1,32};$")


def trim_url(url: str) -> str:
    """GFM: trailing punctuation, an unmatched `)` and an entity are no part of a bare URL."""
    if "[" in url or "]" in url:
        url = url[: _bracket_end(url)]
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while end:
        last = url[end - 1]
        if last in _PUNCTUATION:
            end -= 1
        elif last == ")" and surplus > 0:
            surplus -= 1
            end -= 1
        elif last == ";" and (entity := _ENTITY_END.search(url, max(0, end - 34), end)):
            end = entity.start()
        else:
            break
    return url[:end]


def _bracket_end(url: str) -> int:
    """A `]` that closes none of its own ends an address, and so does a wikilink or a footnote right behind it."""
    depth = 0
    for found in _BRACKET.finditer(url):
        depth += 1 if found.group() == "[" else -1
        if depth < 0 or len(found.group()) > 1:
            return found.start()
    return len(url)
