"""The formatted reference of the work (Z10)."""

from __future__ import annotations

import re

from litindex.parser.bibliography.metadata_region import Region, text_lines
from litindex.parser.bibliography.sources.prose.passage import Passage, find_section, unquoted
from litindex.parser.bibliography.sources.prose.people import names_person
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.markdown import blocks
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.block_ids import without_block_id
from litindex.parser.values.references import Reference, read_reference
from litindex.parser.vocabulary.keys import field_of
from litindex.parser.vocabulary.sections import REFERENCE_CALLOUTS
from litindex.text_keys import title_key


def find_bibliography(page: ParsedNote, region: Region, statements: list[Statement]) -> Passage | None:
    """Z10: the first plain quote line behind the region's last field; else the callout or section that holds it; else a bare reference."""
    found = _behind_region(page, region) or _callout(page, region)
    if found is not None:
        return found
    section = find_section(page, region, lambda title: field_of(title) == "bibliography")
    if section is None:
        stated = next((statement for statement in statements if statement.field == "bibliography"), None)
        return _labelled(page, stated) if stated else _bare_reference(page, region, statements)
    if len(section.text) < 30 or "::" in section.text:
        return None
    return section._replace(text=section.text.split("\n")[0])


_SHORTEST = 25
"""So many signs has a reference at least; in Chinese they are few."""


def _labelled(page: ParsedNote, stated: Statement) -> Passage | None:
    """What a label says that stands before all else."""
    if stated.source is not Source.LABEL or stated.line is None or not is_reference(stated.value):
        return None
    if not _is_first(page, stated.line):
        return None
    return Passage(stated.value, frozenset({stated.line}), Source.LINE)


def heads_note(page: ParsedNote, reference: Passage | None) -> bool:
    """Whether a reference stands in the first lines: before all else, in a callout for it, or in a note called by its title,
    or its people and year.
    """
    if reference is None or min(reference.lines) > page.first + 8:
        return False
    read, name = read_reference(reference.text), title_key(page.name)
    if not (read.names and read.title and name):
        return False
    title, people = title_key(read.title), title_key(read.names[0][0].family or read.names[0][0].name)
    called = len(name) > 8 and (title.startswith(name[:60]) or name.startswith(title[:60]))
    if reference.source is Source.CALLOUT or called or (people in name and str(read.year) in name):
        return True
    return reference.source is Source.LINE and is_reference(reference.text) and _is_first(page, min(reference.lines))


def _is_first(page: ParsedNote, number: int) -> bool:
    """Whether a reference is the first text under the title, and none of a list of them."""
    before = (line.strip() for line in page.lines[: number - page.first])
    behind = (line.strip(" \t>-*+") for line in page.lines[number + 1 - page.first : number + 6 - page.first])
    return not any(line and line[0] != "#" for line in before) and not any(map(is_reference, behind))


def is_reference(text: str) -> bool:
    """Whether a text is a whole reference: people, year and title, and no sentence that holds these."""
    if not _SHORTEST < len(text) < 1000:
        return False
    read = read_reference(text)
    return read.is_whole and all(names_person(name) for name, _ in read.names)


def _behind_region(page: ParsedNote, region: Region) -> Passage | None:
    if region.info is None:
        return None
    last = max((field.line for field in page.body.inline_fields if field.line in region.lines), default=0)
    return _plain_quote(page, region, max(last, region.info.end) + 1)


def _callout(page: ParsedNote, region: Region) -> Passage | None:
    """The first line of a callout for references that may be one; its title when it is that long."""
    for node, (kind, _, title, _) in page.callouts:
        named = kind in REFERENCE_CALLOUTS or field_of(title) == "bibliography"
        if not named or node.start in region.persist:
            continue
        lines = range(node.start + 1, node.end + 1)
        text = next((text for n in lines if _may_be_reference(text := unquoted(page.line(n)))), None)
        text = text or (title if len(title) > 40 else None)
        if text:
            return Passage(without_block_id(text), frozenset((node.start, *lines)), Source.CALLOUT)
    return None


def _may_be_reference(text: str) -> bool:
    return len(text) > 15 and "::" not in text and "zotero://" not in text


def _bare_reference(page: ParsedNote, region: Region, statements: list[Statement]) -> Passage | None:
    """A line that is a reference, in the head of a note that names nobody otherwise, or the same people."""
    people = " ".join(statement.value for statement in statements if statement.names_people).casefold()
    for number, text, leaf in text_lines(page):
        if number >= min(region.head_end, page.first + 15):
            break
        if leaf.kind in (blocks.PARA, blocks.HEADING) and len(text) > _SHORTEST and number not in region.persist:
            whole = _WHOLE_LINK.fullmatch(text.strip())
            text = whole[1] if whole else text.strip()
            if _is_of(people, read_reference(text)):
                return Passage(text, frozenset({number}), Source.LINE)
    return None


def _is_of(people: str, reference: Reference) -> bool:
    """Whether a reference is complete and names no others than the note does."""
    if not reference.is_whole:
        return False
    first = reference.names[0][0]
    return not people or (first.family or first.name).casefold() in people


_WHOLE_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])+)\]\(\S+\)")


def _plain_quote(page: ParsedNote, region: Region, number: int) -> Passage | None:
    starts = {node.start for node, _ in page.callouts}
    while number < page.first + len(page.lines):
        line = page.line(number)
        if number in starts or line.startswith(("#", "%%")) or number in region.persist:
            return None
        text = unquoted(line) if line.lstrip().startswith(">") else ""
        if text:
            return Passage(text, frozenset({number}), Source.QUOTE)
        if line.strip() and not line.lstrip().startswith((">", "~")):
            return None
        number += 1
    return None
