"""Lines of the head whose place or order is their only key: people beside the title, wikilinked people, `[[Journal]] (year)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.bibliography.metadata_region import Region, text_lines
from litindex.parser.bibliography.sources.labels import PARTS, has_parts
from litindex.parser.bibliography.sources.prose.headings import names_people, title_heading
from litindex.parser.bibliography.sources.prose.people import cites, read_byline
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.item_types import known_type
from litindex.parser.vocabulary.keys import Keys
from litindex.parser.vocabulary.sections import PEOPLE_FOLDERS
from litindex.text_keys import title_key

_BOOK_MARKS = re.compile(r"《([^《》]{1,200})》")
_WIKILINK = re.compile(r"\[\[([^\[\]|#]+)(?:#[^\[\]|]*)?(?:\|([^\[\]]*))?\]\]")
_LINKS_ONLY = re.compile(r"^\W*(?:\[\[[^\[\]]+\]\][\s,;、·&]*)+(?:\(?((?:1[5-9]|20)\d\d)\)?\W*)?$")
_CONTAINER_YEAR = re.compile(
    r"^\s*(?:[^\[\]()]{1,30},\s+)?[*_]*(?:\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\][*_]*\s*+)?(?:\(\s*+(\d{4})\s*+\)\s*+)?$"
)
_PLAIN_YEAR = re.compile(r"[*_(\s]*(?:([^\W\d_][^,;:()\[\]<>*_]{1,80})[*_]*(?:,\s|\s\())?((?:1[5-9]|20)\d\d)[*_)\s]*$")
"""The same where the journal, or the kind of work, is no link: `Journal (2018)`, `Journal, 2018`."""
_FILE = re.compile(r"\.\w{2,4}$")
_NEAR = 4
"""How many lines with text may stand between a title and what belongs to it."""


def byline_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """What the lines beside the title and those of an unlabelled metadata callout say."""
    lines = list(_head_lines(page, region))
    yield from _callout(lines, region)
    for heading in page.headings[:4]:
        if heading.line < region.head_end and names_people(page, heading):
            yield from _people(heading.text, heading.line)
            return
    for number, text, quoted in _beside_title(page, region, lines):
        if not quoted and (found := list(_read(page, text, number))):
            yield from found
            yield from _where_and_when(page, number + 1)
            return


def _where_and_when(page: ParsedNote, number: int) -> Iterator[Statement]:
    """A line under the people that is nothing but a year, or a journal with one."""
    found = _PLAIN_YEAR.match(page.line(number)) if number < page.first + len(page.lines) else None
    if found:
        yield Statement("year", "byline", found[2], number, Source.LINE)
        if found[1]:
            yield Statement("container", "byline", found[1], number, Source.LINE)


_Lines = list[tuple[int, str, Node]]


def _beside_title(page: ParsedNote, region: Region, lines: _Lines) -> Iterator[tuple[int, str, bool]]:
    """(line, text, whether it is in a callout) of the lines near the title, those under it first."""
    title = title_heading(page, region)
    at = title.line if title is not None else page.first - 1
    texts = [
        (number, text, leaf.quote is not None) for number, text, leaf in lines if number < at + 12 and text.strip()
    ]
    below = [each for each in texts if each[0] > at][:_NEAR]
    headings = {heading.line for heading in page.headings}
    end = next((i for i, each in enumerate(below) if each[0] in headings), len(below))
    yield from below[:end]
    yield from [each for each in texts if each[0] < at][-_NEAR:]


def _head_lines(page: ParsedNote, region: Region) -> Iterator[tuple[int, str, Node]]:
    for number, text, leaf in text_lines(page):
        if number >= min(region.head_end, page.first + 30):
            return
        if leaf.kind != blocks.TABLE and number not in region.persist:
            yield number, text, leaf


def _read(page: ParsedNote, text: str, number: int) -> Iterator[Statement]:
    """`A, B · Journal · 2018`, `[[A B]], [[C D]]`, `A B, C D (2006)`."""
    parts = PARTS.split(text.strip().strip("*_")) if has_parts(text) else []
    year = next((part for part in parts if re.fullmatch(r"(?:1[5-9]|20)\d\d", part)), None)
    if len(parts) > 2 and year:
        yield Statement("creator:author", "·", parts[0].strip("*_ "), number, Source.LINE)
        yield Statement("year", "·", year, number, Source.LINE)
    elif "[[" in text and (links := _LINKS_ONLY.match(text)) is not None:
        if all(_may_be_person(page, found[1], found[2]) for found in _WIKILINK.finditer(text)):
            yield Statement("creator:author", "[[…]]", text, number, Source.LINE)
            if links[1]:
                yield Statement("year", "[[…]]", links[1], number, Source.LINE)
    elif (byline := read_byline(text)) is not None and (
        byline.is_marked or byline.people > 1 or cites(page.name, byline)
    ):
        yield from _people(text, number)


def _people(text: str, number: int) -> Iterator[Statement]:
    byline = read_byline(text)
    if byline is not None:
        yield Statement("creator:author", "byline", byline.names, number, Source.LINE)
        if byline.translators:
            yield Statement("creator:translator", "byline", byline.translators, number, Source.LINE)
        if byline.year:
            yield Statement("year", "byline", byline.year, number, Source.LINE)
        if byline.publisher:
            yield Statement("publisher", "byline", byline.publisher, number, Source.LINE)


def _may_be_person(page: ParsedNote, target: str, display: str | None) -> bool:
    """Whether an unlabelled wikilink may lead to a person: by its folder, by `Last, First`, or by a name that the citekey begins with."""
    folder, _, name = target.strip().rpartition("/")
    if title_key(name) == title_key(page.name):
        return False
    if any(part.casefold() in PEOPLE_FOLDERS for part in folder.split("/")) or re.search(r"^[^\W\d_][^,]*, \S", name):
        return True
    byline = read_byline(display or name)
    return byline is not None and (byline.is_marked or cites(page.name, byline))


# ---------------------------------------------------------------------- the metadata callout without labels (S13)


def _callout(lines: _Lines, region: Region) -> Iterator[Statement]:
    """In a callout about the work: a title, the people under it, `[[Journal]] (year)` under these."""
    previous: tuple[int, str] | None = None
    people = False
    for number, text, leaf in lines:
        if number not in region.lines or leaf.quote is None or "::" in text:
            previous = None
        elif leaf.kind == blocks.TITLE:
            if named := _BOOK_MARKS.search(text):
                yield Statement("title", "《》", named[1], number, Source.LINE)
        elif (
            not people
            and _LINKS_ONLY.match(text)
            and not any(_FILE.search(link[1]) for link in _WIKILINK.finditer(text))
        ):
            people = True
            yield Statement("creator:author", "[[…]]", text, number, Source.LINE)
            if previous is not None and previous[0] == number - 1:
                yield Statement("title", None, previous[1], previous[0], Source.LINE)
        elif people and (found := _CONTAINER_YEAR.match(text) or _PLAIN_YEAR.match(text)):
            if found[1] and not known_type(found[1].strip()):
                yield Statement("container", "[[…]]", found[1].rpartition("/")[2], number, Source.LINE)
            if found[2]:
                yield Statement("year", None, found[2], number, Source.LINE)
        else:
            previous = (number, text) if "[" not in text else None
