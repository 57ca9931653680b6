"""Passages that an app gave as plain text: Kindle's clippings, Boox's notes, what Apple Books shares (S30)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from litindex.parser.annotations import text as words
from litindex.parser.annotations.passage import Origin, Passage
from litindex.parser.makers.pasted import BOOKMARKS, EXCERPT_ENDS, EXCERPTS, KINDLE, LAYOUTS, NOTES, Layout
from litindex.parser.parsed_note import ParsedNote

_RANGE = re.compile(r"(\d+)(?:\s?[–-]\s?(\d+))?")
_LABEL = re.compile(r"【([^【】]{1,20})】\s*(.*)$")
_EXCERPT = re.compile(rf"(?:{'|'.join(EXCERPTS)})\b[:：]?")
_LATER_EXCERPT = re.compile(f"\n{_EXCERPT.pattern}")
"""The same at the beginning of another line than the first: found faster than with a `^`."""
_FOOTER = 6
"""Lines that Apple Books adds at most."""


class Record(NamedTuple):
    """A line that tells a place, the lines of the passage below it, and what stood right above."""

    head: int
    place: str
    lines: list[str]
    above: str


def find_pasted(page: ParsedNote) -> tuple[list[Passage], set[int]]:
    """The passages, and the lines that they and what the app wrote around them take up."""
    for layout in LAYOUTS:
        if layout.sign in page.text:
            lines: set[int] = set()
            records = list(_records(page, layout, lines))
            if records:
                return _clippings(records) if layout is KINDLE else _noted(records), lines
    return _excerpts(page)


def _records(page: ParsedNote, layout: Layout, taken: set[int]) -> Iterator[Record]:
    above, above_line = "", 0
    record: Record | None = None
    for number, line in enumerate(page.lines, page.first):
        text = line.strip()
        if head := layout.head.match(text):
            record = Record(number, head["place"] or "", [], above)
            taken.update((number, above_line) if above_line else (number,))
        elif record and layout.end.match(text):
            taken.update(range(record.head, number + 1))
            yield record
            record, above, above_line = None, "", 0
        elif record:
            record.lines.append(text)
        elif layout.sign in text:
            taken.add(number)
        elif text:
            above, above_line = text, number


# ---------------------------------------------------------------------- Kindle


def _clippings(records: list[Record]) -> list[Passage]:
    """A note at the place where a highlight ends is said of it."""
    passages: dict[tuple[str, str], Passage] = {}
    notes = []
    for record in records:
        text = " ".join(filter(None, record.lines))
        key = record.above, _end(record.place)
        if NOTES.search(record.place):
            notes.append((key, record, text))
        elif text and not BOOKMARKS.search(record.place):
            passages[key] = _passage(record, text)
    for key, record, text in notes:
        passage = passages.setdefault(key, _passage(record, ""))
        passage.say(text)
    return list(passages.values())


def _passage(record: Record, text: str) -> Passage:
    place = record.place
    number = _RANGE.search(place)
    label = words.label_in(place.rpartition("|")[0] or place) or (f"Location {number[0]}" if number else None)
    passage = Passage(record.head, Origin(label=label), kind="highlight" if text else "note")
    passage.chapter = ""
    if text:
        passage.texts.append(text)
    return passage


def _end(place: str) -> str:
    """The last number of a place; `1902-4` ends at 1904."""
    ranges: list[tuple[str, str]] = _RANGE.findall(place)
    first, last = ranges[-1] if ranges else ("", "")
    return first[: max(0, len(first) - len(last))] + last if last else first


# ---------------------------------------------------------------------- Boox


def _noted(records: list[Record]) -> list[Passage]:
    """A passage whose lines may be labelled: `【Note】…`; a line above its head begins a chapter."""
    passages = []
    chapter = ""
    for record in records:
        chapter = record.above or chapter
        number = _RANGE.search(record.place)
        passage = Passage(record.head, Origin(label=words.label_in(record.place) or (number[0] if number else None)))
        passage.chapter = chapter
        for line in record.lines:
            _add_labelled(passage, line)
        if passage.texts or passage.comments:
            passages.append(passage)
    return passages


def _add_labelled(passage: Passage, line: str) -> None:
    labelled = _LABEL.match(line)
    slot = words.slot_in(labelled[1]) if labelled else ""
    if labelled and slot:
        passage.add_detail(slot, labelled[2])
    elif line:
        (passage.comments if passage.in_comment else passage.texts).append(line)


# ---------------------------------------------------------------------- Apple Books


def _excerpts(page: ParsedNote) -> tuple[list[Passage], set[int]]:
    """The quotation, or the paragraph, above each line `Excerpt From`."""
    if not (_EXCERPT.match(page.text) or _LATER_EXCERPT.search(page.text)):
        return [], set()
    passages, taken = [], set[int]()
    first = page.first
    for number, line in enumerate(page.lines, page.first):
        if line[:1].isalpha() and _EXCERPT.match(line) and (end := _footer_end(page, number)):
            start = _start(page, number, first)
            passage = Passage(start)
            passage.texts.append(" ".join(" ".join(map(page.line, range(start, number))).split()))
            if passage.text():
                passages.append(passage)
                taken.update(range(start, end + 1))
            first = end + 1
    return passages, taken


def _footer_end(page: ParsedNote, number: int) -> int:
    """The last line that the app added; 0 where it added none."""
    last = page.first + len(page.lines)
    return max((n for n in range(number, min(number + _FOOTER, last)) if EXCERPT_ENDS.search(page.line(n))), default=0)


def _start(page: ParsedNote, number: int, first: int) -> int:
    """Where the passage above a line begins: at its quotation mark, else after the blank line."""
    start = number
    while start > first and not page.line(start - 1).strip():
        start -= 1
    paragraph = 0
    while start > first:
        start -= 1
        text = page.line(start).strip()
        if text[:1] in '“„«"「' and text:
            return start
        paragraph = paragraph or (0 if text else start + 1)
    return paragraph or start
