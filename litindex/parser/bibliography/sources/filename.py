"""The name of the file: a citekey, a title, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.names import CJK
from litindex.parser.vocabulary.keys import Keys
from litindex.parser.vocabulary.sections import is_section

_KEY = r"[^\W\d_][\w.+:-]*?(?:1[5-9]|20)\d\d(?!-\d)[\w.+:-]*"
CITEKEY = re.compile(rf"(?=.{{6,}}$)(?!.*\d{{4}}-\d{{2}}){_KEY}$")
"""Letters, digits and few signs with a year among them, which is not that of a day."""
_CAMEL_KEY = re.compile(r"[a-z]{2,30}(?:[A-Z][a-z]{2,30}){2,8}$")
"""Better BibTeX's key of a work without a date: `aliagaExampleBasedUrban`."""
_KEY_AND_TITLE = re.compile(r"@(?:[(\[]([^()\[\]\s]+)[)\]]|([^\s_]+))(?:[\s_–—-]+(.*))?$")
"""`@(key)_Title`, `@key Title`."""
_BARE_KEY_AND_TITLE = re.compile(r"([^\W\d_][^\W_]*?(?:1[5-9]|20)\d\d[^\W_]*)(?:_\s*|\s*[:–—-]\s+)(\S+\s.*)$")
_OF_ZOTERO = re.compile(r"(\S.*?) - ((?:1[5-9]|20)\d\d) - (\S.*)$")
"""How Zotero names the file of a work: creators, year, title."""


@lru_cache(maxsize=256)
def is_key(text: str) -> bool:
    """Whether a text has the form of a citekey."""
    return CITEKEY.match(text) is not None or _CAMEL_KEY.match(text) is not None


def filename_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """`@key` states a citekey; other names may be one, or a title."""
    name = page.name.strip()
    if name.startswith("@") and len(name) > 1:
        yield from _with_key(name)
    elif is_key(name):
        yield Statement("citekey", None, name, None, Source.GUESS)
    elif (both := _BARE_KEY_AND_TITLE.match(name)) is not None:
        yield Statement("citekey", None, both[1], None, Source.GUESS)
        yield Statement("title", None, both[2], None, Source.GUESS)
    elif (parts := _OF_ZOTERO.match(name)) is not None:
        yield Statement("title", None, parts[3], None, Source.GUESS)
        yield Statement("year", None, parts[2], None, Source.GUESS)
    elif _is_words(name):
        yield Statement("title", None, name, None, Source.GUESS)


def _with_key(name: str) -> Iterator[Statement]:
    """`@key`, `@(key)_Title`, `@key2020 Title`; a name of several words without a key is a title."""
    both = _KEY_AND_TITLE.match(name)
    if both is None or " " not in name:
        yield Statement("citekey", None, both[1] if both and both[1] else name[1:], None, Source.FILENAME)
    elif both[1] or any(c.isdigit() for c in both[2]) or both[2][:1].islower():
        yield Statement("citekey", None, both[1] or both[2], None, Source.FILENAME)
        yield Statement("title", None, both[3] or "", None, Source.GUESS)
    else:
        yield Statement("title", None, name[1:], None, Source.GUESS)


def _is_words(name: str) -> bool:
    """Several words, or one that a person writes: `Leviathan`, and no key."""
    return " " in name or (name.isalpha() and (name.istitle() or CJK.match(name) is not None) and not is_section(name))
