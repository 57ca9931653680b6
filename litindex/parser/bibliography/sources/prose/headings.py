"""Headings: the one that is the title, and those that are keys of what stands under them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.models import Heading
from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.sources.prose.people import cites, read_byline
from litindex.parser.bibliography.sources.prose.reference import is_reference
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.markdown import blocks
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import GENERIC, Keys, field_of
from litindex.parser.vocabulary.sections import is_section
from litindex.text_keys import title_key

_YEAR = r"(?:1[4-9]|20)\d\d[a-z]?"
_AUTHOR_YEAR = re.compile(
    rf"^(.*\S)\s*\(\s*+(?:([^()\d]*?[^()\d\s,])[,\s]++)?({_YEAR}|NaN|undefined|n\.\s?d\.)?\s*+\)\s*+$"
)
_CITED_FIRST = re.compile(r"([^\W\d_a-z][^\d()\[\]]{1,120}?),?\s+\(?((?:1[5-9]|20)\d\d)[a-z]?\)?\s*[-–—:.]\s+(\S.*)$")
"""`Fen, Moss 2019 – Reed and tide`: the people as they are cited, the year and the title."""
_AS_CITED = re.compile(r"(?:[^\W\d_a-z][\w'’.-]*|et|al\.?|and|und|et|y|e|&|u\.\s?a\.|von|van|de|der|[,;/\s])++")
_SEVERAL = re.compile(r"[,;&]|\s(?:et|and|und|y|e)\s")
_ORNAMENT = re.compile(r"^[^\w\[(\"'“«‘¿¡#$*_<{《「『【]+\s*")
_H1 = re.compile(r"\s*<h1\b[^<>]*>\s*([^<>]{3,300}?)\s*</h1>", re.I)
_LINK = re.compile(r"(?:(?<!\s)\s+)?!?\[([^\[\]]*)\]\(([^()]*)\)")


def heading_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """What headings say that are keys of the lines under them, and the one that is the title."""
    yield from _heading_keys(page, region, keys)
    title, html = title_heading(page, region), _html_title(page)
    if html is not None:
        yield html
    elif title is not None and not is_reference(title.text):
        yield from _title_statements(title, _source(page, title))
    elif repeated := _first_line(page):
        yield Statement("title", None, repeated, page.first, Source.HEADING)


def _first_line(page: ParsedNote) -> str | None:
    """The first line, where the file is called by it: a title that is no heading."""
    text = page.lines[0].strip() if page.lines else ""
    key = title_key(text) if 10 < len(text) < 400 else ""
    return text if " " in text and len(key) > 8 and title_key(page.name).startswith(key[:60]) else None


def first_title(page: ParsedNote, region: Region) -> str | None:
    """The title heading, when it is of level 1."""
    title = title_heading(page, region)
    if html := _html_title(page):
        return html.value
    return title.text if title is not None and title.level == 1 else None


def _html_title(page: ParsedNote) -> Statement | None:
    """What `<h1>` says, where it begins the note."""
    leaf = page.document.leaves[0] if page.document.leaves else None
    found = _H1.match(leaf.text()) if leaf is not None and leaf.kind == blocks.HTML else None
    return Statement("title", "<h1>", found[1], leaf.start, Source.HEADING) if found and leaf is not None else None


def title_heading(page: ParsedNote, region: Region) -> Heading | None:
    """The first heading in the head of the note that names no section: one of level 1, else any."""
    head = [
        each
        for each in page.headings[:6]
        if each.line < region.head_end and not _names_section(page, each.text) and not names_people(page, each)
    ]
    return next((each for each in head if each.level == 1), None) or next(iter(head), None)


def _names_section(page: ParsedNote, text: str) -> bool:
    """Whether a heading is a section's name or a key, and not the name of the note."""
    text = heading_text(text)
    if title_key(text) == title_key(page.name.lstrip("@")):
        return not title_key(text)
    return is_section(text) or field_of(text) not in (None, "container", "publisher")


def names_people(page: ParsedNote, heading: Heading) -> bool:
    """Whether a heading is the byline of the work: `Rita J. Castel (2004)` in the note of her citekey."""
    byline = read_byline(heading_text(heading.text))
    if byline is None:
        return False
    if heading.level == 1:
        return cites(page.name, byline) and byline.is_marked
    return cites(page.name, byline) or (byline.people > 1 and byline.is_marked)


def _source(page: ParsedNote, heading: Heading) -> Source:
    """A deeper heading is a title where it says what the file name says, or heads the note and the file name says nothing."""
    name, text = title_key(page.name.lstrip("@")), title_key(heading_text(heading.text))
    is_under_people = any(names_people(page, each) for each in page.headings[:4] if each.line < heading.line)
    if (heading.level == 1 and not is_under_people) or text.startswith(name[:60]) or name.startswith(text[:60]):
        return Source.HEADING
    says_nothing = " " not in page.name.strip()
    heads = not any(line.strip() and line[0] not in "#>[!-*%<" for line in page.lines[: heading.line - page.first])
    return Source.HEADING if says_nothing and heads else Source.SECTION


def heading_text(text: str) -> str:
    """A heading without links to Zotero and ornaments before it."""
    if "](" in text:
        text = _LINK.sub(lambda m: "" if m[2].startswith("zotero:") else m[1], text)
    return _ORNAMENT.sub("", text.strip()) or text


def _title_statements(heading: Heading, source: Source) -> Iterator[Statement]:
    """`Title`, `Title (2015)`, `Title (Author 1991)`."""
    text, line = heading_text(heading.text), heading.line
    cited = _CITED_FIRST.match(text)
    if cited and _AS_CITED.fullmatch(cited[1]) and (text[cited.start(2) - 1] == "(" or _SEVERAL.search(cited[1])):
        yield Statement("title", "#", cited[3], line, source)
        yield Statement("year", "#", cited[2], line, source)
        return
    found = _AUTHOR_YEAR.match(text)
    if not found or not found[3]:
        yield Statement("title", "#", text, line, source)
        return
    yield Statement("title", "#", found[1], line, source)
    if found[3][:4].isdigit():
        yield Statement("year", "#", found[3], line, source)
    if found[2]:
        yield Statement("creator:author", "#", found[2], line, source)


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
