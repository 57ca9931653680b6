"""Lines of the head whose order or form is their only key (S13, S27, S36)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.bibliography.metadata_region import Region, text_lines
from litindex.parser.bibliography.sources.labels import PARTS
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.markdown import blocks
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys

_BY = re.compile(r"(?:by|von|par|por|di|av|af|door)\s++(.{3,200}?)\s*+\(((?:1[5-9]|20)\d\d)\)\W*$", re.I)
_BOOK_MARKS = re.compile(r"《([^《》]{1,200})》")
_CONTAINER_YEAR = re.compile(
    r"^\s*(?:\*|_)*\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\](?:\*|_)*\s*+(?:\(\s*+(\d{4})\s*+\)\s*+)?$"
)
_LINKS_ONLY = re.compile(r"^\W*(?:!?\[\[[^\[\]]+\]\][\s,;、·&]*)+$")


def byline_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """Lines whose order or form is their only key: people under the title, wikilinked people, `[[Journal]] (year)`."""
    yield from _unlabelled(page, region)


def _byline(page: ParsedNote) -> list[Statement]:
    """Right under the first heading: `by A and B (2006)`, or `A, B · Journal · 2018 · …`."""
    title = next((heading for heading in page.headings if heading.level == 1), None)
    if title is None:
        return []
    for number in range(title.line + 1, min(title.line + 4, page.first + len(page.lines))):
        text = page.line(number).strip().strip("*_")
        if (found := _BY.match(text)) is not None:
            return [
                Statement("creator:author", "by", found[1].strip("*_ "), number, Source.LINE),
                Statement("year", "by", found[2], number, Source.LINE),
            ]
        parts = PARTS.split(text)
        if len(parts) > 2 and (
            year := next((part for part in parts if re.fullmatch(r"(?:1[5-9]|20)\d\d", part)), None)
        ):
            return [
                Statement("creator:author", "·", parts[0].strip("*_ "), number, Source.LINE),
                Statement("year", "·", year, number, Source.LINE),
            ]
    return []


def _unlabelled(page: ParsedNote, region: Region) -> list[Statement]:
    """Lines whose order or form is their only key: wikilinked people, `[[Journal]] (year)`, a title before them."""
    statements = _byline(page)
    previous: tuple[int, str] | None = None
    for number, text, leaf in text_lines(page):
        if number >= min(region.head_end, page.first + 30):
            break
        if leaf.kind == blocks.TITLE and number in region.lines and (named := _BOOK_MARKS.search(text)):
            statements.append(Statement("title", "《》", named[1], number, Source.LINE))
        if leaf.kind in (blocks.HEADING, blocks.TABLE, blocks.TITLE) or number in region.persist or "::" in text:
            previous = None
            continue
        people = any(statement.field == "creator:author" for statement in statements)
        if _LINKS_ONLY.match(text) and not people and not text.lstrip().startswith("!"):
            statements.append(Statement("creator:author", "[[…]]", text, number, Source.LINE))
            if (
                previous is not None
                and previous[0] == number - 1
                and number in region.lines
                and leaf.ancestor(blocks.QUOTE)
            ):
                statements.append(Statement("title", None, previous[1], previous[0], Source.LINE))
        elif people and (found := _CONTAINER_YEAR.match(text)):
            statements.append(
                Statement(
                    "container",
                    "[[…]]",
                    re.sub(r"(?:(?<!\s)\s+)?\((?:journal|book|proceedings)\)$", "", found[1].rpartition("/")[2]),
                    number,
                    Source.LINE,
                )
            )
            if found[2]:
                statements.append(Statement("year", None, found[2], number, Source.LINE))
        previous = (number, text) if "[" not in text else None
    return statements
