"""Headings: the first one as title, and those that are keys of what stands under them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import GENERIC, Keys, field_of
from litindex.parser.vocabulary.sections import SECTIONS

_AUTHOR_YEAR = re.compile(
    r"^(.*\S)\s*\(\s*+(?:([^()\d]*?[^()\d\s,])[,\s]++)?((?:1[4-9]|20)\d\d[a-z]?|NaN|n\.\s?d\.)\s*+\)\s*+$"
)
_ORNAMENT = re.compile(r"^[^\w\[(\"'“«‘¿¡#$*_<{]+\s*")
_ZOTERO_LINK = re.compile(r"(?:(?<!\s)\s+)?\[[^\[\]]*\]\(zotero:[^()]*\)")


def heading_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """What headings say that are keys of the lines under them, and the first that names no section."""
    yield from _heading_keys(page, region, keys)
    title = next(
        (each for each in page.headings[:4] if each.line < region.head_end and not _is_section(each.text)), None
    )
    if title is not None:
        yield from _title_statements(title.text, title.line)


def first_title(page: ParsedNote, region: Region) -> str | None:
    """The first level-1 heading in the head of the note that says more than a section's name."""
    for heading in page.headings[:4]:
        if heading.level == 1 and heading.line < region.head_end and not _is_section(heading.text):
            return heading.text
    return None


def _is_section(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return (
        not words
        or "".join(words) in SECTIONS
        or (len(words) < 3 and words[0] in SECTIONS)
        or field_of(text) not in (None, "container", "publisher")
    )


def _title_statements(text: str, line: int) -> list[Statement]:
    """`Title`, `Title (2015)`, `Title (Author 1991)`."""
    text = _ZOTERO_LINK.sub("", text)
    text = _ORNAMENT.sub("", text.strip()) or text
    found = _AUTHOR_YEAR.match(text)
    if not found:
        return [Statement("title", "#", text, line, Source.HEADING)]
    statements = [Statement("title", "#", found[1], line, Source.HEADING)]
    if found[3][:4].isdigit():
        statements.append(Statement("year", "#", found[3], line, Source.HEADING))
    if found[2]:
        statements.append(Statement("creator:author", "#", found[2], line, Source.HEADING))
    return statements


def _heading_keys(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """A heading that is a key, with one or a few short lines under it: `## Authors`, `## Year`."""
    ends = [heading.line for heading in page.headings[1:]] + [page.first + len(page.lines)]
    record = any((keys.field(heading.text) or "").startswith("creator:") for heading in page.headings)
    for heading, end in zip(page.headings, ends, strict=False):
        field = keys.field(heading.text)
        generic = field in GENERIC and field != "publisher" and not (record and field in ("title", "url", "date"))
        if field is None or generic or heading.line >= region.head_end:
            continue
        values = [
            text
            for n in range(heading.line + 1, min(end, heading.line + 14))
            if (text := page.line(n).strip(" \t-*>")) and n not in region.persist
        ]
        people = field.startswith("creator:")
        if values and all(len(value) <= 80 and "::" not in value for value in values) and (people or len(values) == 1):
            yield Statement(field, heading.text, "; ".join(values), heading.line + 1, Source.LABEL)
