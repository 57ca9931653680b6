"""A statement: what a note says about its work, as written, with its place."""

from __future__ import annotations

import html
import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from litindex.parser.frontmatter.yaml_core import Node
from litindex.parser.obsidian.templates import is_filter_error, is_garbage, is_placeholder
from litindex.parser.values.names import clean
from litindex.parser.vocabulary.placeholders import FAILURES, NO_VALUE

_PARTS = re.compile(r"[\s,;/]+")


class Source(StrEnum):
    """Where a statement stands, in order of precedence: what says less clearly what it means comes later (Z5, Z6)."""

    CALLOUT = "callout"
    """A link in the title of the info callout."""
    FIELD = "field"
    PROPERTY = "property"
    TEMPLATE = "template"
    """A slot of the template that made the note."""
    LABEL = "label"
    TABLE = "table"
    QUOTE = "quote"
    LINK = "link"
    FILENAME = "filename"
    SALVAGED = "salvaged"
    ALIAS = "alias"
    LINE = "line"
    """A line whose place or order is its only key."""
    TAG = "tag"
    HEADING = "heading"
    REFERENCE = "reference"
    """What the formatted reference says."""
    GUESS = "guess"
    """A name of a file in a person's words, a link that may be about another work."""
    SECTION = "section"
    """A heading that rather names a part of the note."""

    rank: int
    """0 goes before all others."""

    @property
    def is_inferred(self) -> bool:
        """Whether the value was not stated as such, but told from its place or form."""
        return self.rank >= Source.LINE.rank and self is not Source.TAG

    @property
    def is_property(self) -> bool:
        """Whether the statement stands in the front matter, sound or not."""
        return self in (Source.PROPERTY, Source.SALVAGED)


for _rank, _source in enumerate(Source):
    _source.rank = _rank


class Statement(NamedTuple):
    """`field` is what it speaks of, `key` what it is called there, `value` the text as written; `node` a property's whole value.
    Of a template `key` is `PATH line N`, its place there.
    """

    field: str
    key: str | None
    value: str
    line: int | None
    source: Source
    node: Node | None = None

    @property
    def names_people(self) -> bool:
        return self.field.startswith("creator:")


def no_value(raw: str) -> bool:
    """Whether a value is none (Z4): nothing, `N/A`, an unfilled placeholder, a printed failure."""
    if len(raw) > 40 and "{{" not in raw and "Error: `" not in raw:
        return False
    return _is_nothing(raw)


@lru_cache(maxsize=8192)
def _is_nothing(raw: str) -> bool:
    text = raw.strip().strip("*_[]\"' ").strip()
    if all(word in FAILURES for word in _PARTS.split(text.casefold())):
        return True
    return text.casefold() in NO_VALUE or is_placeholder(text) or is_garbage(text) or is_filter_error(text)


def plain(statement: Statement) -> str | None:
    """Text without quotes around it, markup and double spaces."""
    text = statement.value.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].replace('\\"', '"')
    text = clean(html.unescape(text) if "&" in text else text).rstrip(",;").rstrip()
    return None if no_value(text) else text
