"""A cheap test before the expensive one: most notes of a vault are about no work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from litindex.parser.bibliography.sources.exports import may_be_export
from litindex.parser.bibliography.sources.filename import is_key
from litindex.parser.bibliography.sources.labels import has_parts
from litindex.parser.frontmatter.handler import Property
from litindex.parser.frontmatter.yaml_core import Mapping, Scalar
from litindex.parser.makers.reading import names_service
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.references import SHORTEST_SOURCE
from litindex.parser.vocabulary.keys import IDENTIFYING, Keys

_HINTS = {
    b"cit": (b"citekey", b"cite key", b"citation"),
    b"z": (b"zotero",),
    b"x": (b"bibtex", b"arxiv"),
    b"doi": (b"doi",),
    b"isbn": (b"isbn",),
    b"ty  -": (b"ty  - ",),
    b"%0": (b"%0 ",),
    b'"': (b'"type"', b'"family"'),
    b"<": (b"<td",),
}
"""What a note about a work may hold, under what it comes with and what is found faster: one character, or what ends with
none that is frequent.
"""
_ENTRY = re.compile(r"@\w+\s*[{(]")
_LABEL = re.compile(
    r"(?:[^\w\n<]|<(?:[a-z]{1,10}>)?+|\d{1,9}[.)]){0,16}([^\W\d_][\w ()/·.'’-]{1,40}+)[*_`]*[ \t]*(?:[:：=|<]|\*\*|$)"
)
_SIGN = re.compile("[:：=|<*]")
"""What ends a label in a line that goes on."""
_LONGEST_LABEL = 64
_REFERENCE = re.compile(r"[#>\s\[\]\d*_.-]{0,8}[^\W\d_a-z][\w'’ -]{0,40}+[,，.;「『][^\n]{0,300}?(?:1[5-9]|20)\d\d")
"""A line that begins with a family name, perhaps, and holds a year."""
_BYLINE = re.compile(r"[*_>\s]{0,4}(?:by|von|par|por|de|di|av|af|door|przez)\s[^\n]{3,300}?(?:1[5-9]|20)\d\d", re.I)
_HEAD_LINES = 8
_LABELLED_LINES = 201
"""So far down labels are read."""
_DECISIVE = IDENTIFYING | {"arxiv", "authority", "bibliography"}
"""Fields of which one alone can make a work (Z1)."""


def may_be_work(page: ParsedNote, keys: Keys) -> bool:
    """False when the note is about no work for sure."""
    if (
        page.name.startswith("@")
        or is_key(page.name)
        or any(isinstance(prop.value, Mapping) for prop in page.front.properties)
    ):
        return True
    if any(map(partial(_may_be_reference, keys), page.front.properties)):
        return True
    if "@" in page.front.text or names_service(page.front.text):  # an alias may be the citekey
        return True
    stated = {keys.field(prop.key) or "" for prop in page.front.properties}
    stated |= {keys.field(each.name) or "" for each in page.body.inline_fields}
    if stated & _DECISIVE or _names_people(stated) or _holds_hint(page.text) or may_be_export(page.text):
        return True
    if any(
        line.startswith("10.") or _REFERENCE.match(line) or _BYLINE.match(line) for line in page.lines[:_HEAD_LINES]
    ):
        return True
    labelled = set(_labelled(page.lines[:_LABELLED_LINES], keys))
    return bool(labelled & _DECISIVE) or (_names_people(labelled) and len(labelled) > 1)


def _may_be_reference(keys: Keys, prop: Property) -> bool:
    return isinstance(prop.value, Scalar) and len(prop.value.raw) > SHORTEST_SOURCE and keys.field(prop.key) == "source"


def _names_people(fields: set[str]) -> bool:
    return any(field.startswith("creator:") for field in fields)


def _holds_hint(text: str) -> bool:
    if "@" in text and _ENTRY.search(text):
        return True
    lowered = text.encode("utf-8", "surrogatepass").lower()  # many times as fast as that of text with one dash in it
    return any(hint in lowered for sign, hints in _HINTS.items() if sign in lowered for hint in hints)


def _labelled(lines: list[str], keys: Keys) -> Iterator[str]:
    """The fields whose keys begin a line, or any part of a line of several."""
    for line in filter(None, lines):
        in_parts = has_parts(line)
        if not in_parts and len(line) > _LONGEST_LABEL and not _SIGN.search(line, 0, 2 * _LONGEST_LABEL):
            continue
        for found in _LABEL.finditer(line) if in_parts else (_LABEL.match(line),):
            if found and (field := keys.field(found[1])):
                yield field
