"""Labels: bibliographic keys written out in the text, in every manner but Dataview's (S05, S08, S10, S23, S24, S35)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from litindex.parser.bibliography.metadata_region import OWN_TYPES, Region
from litindex.parser.bibliography.sources.entries import is_entry
from litindex.parser.bibliography.statement import PARTS, Statement, text_lines
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import GENERIC, Keys

_BOLD_LABEL = re.compile(r"[^\w*\[(]*\*\*([^*\[\]]{2,40})\*\*[ \t]+(?=\S)(.*)$")
_DECORATION = re.compile(r"^[^\w\[(<\"'“{@%*_]+(?=[\w*_])")
_SEPARATOR = re.compile(r"[:：=]")
_SIGN = re.compile(r"[:：=<]|\*\*")
_HEAD: Final = 128
_REST_OF_KEY = re.compile(r"[\w\s()/&.,'’·?-]{1,48}$")
_TAGS = re.compile(r"</?(?:cite|center|div|span|b|i|u|small|font|p|br|strong|em)\b[^<>]*>", re.I)


def label_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """What labels, tables of keys and headings used as keys say, in reading order."""
    yield from _Labels(page, region, keys).run()
    yield from _heading_keys(page, region, keys)
    yield from _html_rows(page, region, keys)


class _Labels:
    """`**Key:** value`, `- Key: value`, `Key：value`, `| Key | value |`, `**Key** value` in a callout; a value may follow below."""

    def __init__(self, page: ParsedNote, region: Region, keys: Keys) -> None:
        self.page, self.region, self.keys = page, region, keys
        self.open: tuple[Statement, Node | None] | None = (
            None  # a label without a value, and the list item it stands in
        )
        self.bare = False  # that label is a plain word: its value must begin with `:`
        self.values: list[str] = []

    def run(self) -> Iterator[Statement]:
        lines, persist, head_end = self.region.lines, self.region.persist, self.region.head_end
        last = min(self.page.first + 200, max(head_end - 1, max(lines, default=0)))
        for number, text, leaf in text_lines(self.page):
            if number not in lines:
                if number > last:
                    break
                if number >= head_end or _is_own(leaf):
                    continue
            if number not in persist and (self.open is not None or not _is_mute(text)) and not is_entry(leaf):
                yield from self._line(number, text, leaf)
        yield from self._flush()

    def _line(self, number: int, text: str, leaf: Node) -> Iterator[Statement]:
        if leaf.kind not in (blocks.TABLE, blocks.HEADING) and len(parts := _several(text, self.keys)) > 1:
            yield from self._flush()
            yield from (
                statement for part in parts if (statement := _label(part, number, self.keys, False)) and statement.raw
            )
            return
        if leaf.kind == blocks.HEADING and "\n" not in leaf.lines[0]:
            yield from self._flush()
        elif leaf.kind == blocks.TABLE:
            yield from self._flush()
            yield from _header_table(leaf, self.keys) if number == leaf.start else ()
            if (row := _row(text, number, self.keys)) is not None:
                yield row
        else:
            in_callout = number in self.region.lines and leaf.ancestor(blocks.QUOTE) is not None
            statement = _label(text, number, self.keys, in_callout)
            if statement is None and self.open is not None and self._belongs(number, leaf):
                self.values.append(text.strip().lstrip(":").strip())
                return
            yield from self._flush()
            if statement is not None and statement.raw:
                yield statement
            elif statement is not None or (statement := _bare_label(text, number, self.keys)) is not None:
                self.open = (
                    statement,
                    leaf.parent if leaf.parent is not None and leaf.parent.kind == blocks.ITEM else None,
                )
                self.bare = "*" not in text and "_" not in text and _SEPARATOR.search(text) is None

    def _belongs(self, number: int, leaf: Node) -> bool:
        """A value on the next line, in the next item (S32), or in a list nested in the label's item."""
        assert self.open is not None
        statement, item = self.open
        if item is not None and item.start <= number <= item.end:
            return True
        expected = (statement.line or 0) + 1 + (len(self.values) if statement.slot.startswith("creator:") else 0)
        if self.bare and not leaf.lines[number - leaf.start].lstrip().startswith(":"):
            return False
        return number == expected and (
            leaf.parent is None or leaf.parent.kind != blocks.ITEM or "](" in "".join(leaf.lines)
        )

    def _flush(self) -> Iterator[Statement]:
        if self.open is not None and self.values:
            statement, _ = self.open
            joined = (
                "; ".join(self.values)
                if statement.slot.startswith("creator:") or len(self.values) > 1
                else self.values[0]
            )
            yield statement._replace(raw=joined)
        self.open, self.values = None, []


def _is_own(leaf: Node) -> bool:
    """Whether a line stands in a callout that holds the reader's words, a quotation or a question (Z3)."""
    quote = leaf.ancestor(blocks.QUOTE)
    return quote is not None and quote.callout is not None and quote.callout[0].lower() in OWN_TYPES


def _is_mute(text: str) -> bool:
    """Whether a line holds no label for sure: a field, or prose without a sign of one in its first words."""
    if "|" in text or " · " in text:
        return False
    if "::" in text:
        return "(" not in text[:40]
    return len(text) > _HEAD and _SIGN.search(text, 0, _HEAD) is None


def _label(text: str, number: int, keys: Keys, in_callout: bool) -> Statement | None:
    if "::" in text and "(" not in text[:40]:
        return None  # a field, not a label
    if text[:1] == "<":
        text = _TAGS.sub("", text).lstrip("-*+ ")
    if text[:1] not in "[(<":
        text = _DECORATION.sub("", text)
    head = text[:64]
    found = _SEPARATOR.search(head)
    if found:
        key = head[: found.start()].strip("*_~`#>-+•– \t").strip()
        end = found.end() + (text[found.end() : found.end() + 1] == ":")
        doubled = end > found.end()
        if (not doubled or "(" in key) and _REST_OF_KEY.match(key) and (slot := keys.slot(key)):
            return Statement(slot, key, _unwrapped(text[end:].strip(), text), number, "label")
    bold = _BOLD_LABEL.match(text) if in_callout and "::" not in text else None
    if bold and (slot := keys.slot(bold[1])):
        return Statement(slot, bold[1].strip(), bold[2].strip(), number, "label")
    return None


def _bare_label(text: str, number: int, keys: Keys) -> Statement | None:
    """A line that is nothing but a key, in bold or as the term of a definition list."""
    key = text.strip().strip("*_:： ").strip()
    if not key or "::" in text or len(key) > 30 or "[" in key or not _REST_OF_KEY.match(key):
        return None
    slot = keys.slot(key)
    return Statement(slot, key, "", number, "label") if slot is not None else None


def _several(text: str, keys: Keys) -> list[str]:
    """`Author: X | Year: 1990`: several labels in one line."""
    if " | " not in text and " · " not in text:
        return []
    parts = PARTS.split(text)
    return parts if sum(_label(part, 0, keys, False) is not None for part in parts) > 1 else []


def _header_table(leaf: Node, keys: Keys) -> Iterator[Statement]:
    """A table whose header row holds the keys and whose only other row the values."""
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in leaf.lines]
    slots = [keys.slot(_TAGS.sub("", cell).strip("*_ ")) for cell in rows[0]]
    if len(rows) != 3 or sum(slot is not None for slot in slots) < 3:
        return
    for key, slot, value in zip(rows[0], slots, rows[2], strict=False):
        if slot is not None and value:
            yield Statement(slot, key, value, leaf.start + 2, "table")


def _html_rows(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """`<tr><td>Title</td><td>…</td></tr>`."""
    for leaf in page.document.leaves:
        if leaf.kind == blocks.HTML and leaf.start < region.head_end and leaf.start not in region.persist:
            for key, value in _HTML_ROW.findall("\n".join(leaf.lines)):
                slot = keys.slot(_TAGS.sub("", key).strip("*_: "))
                if slot is not None and value.strip():
                    yield Statement(slot, key.strip(), _TAGS.sub("", value).strip(), leaf.start, "table")


_HTML_ROW = re.compile(r"<t[dh][^<>]*>([^<>]{1,40})</t[dh]>\s*<td[^<>]*>((?:[^<]|<(?!/td)){0,500})</td>", re.I)


def _heading_keys(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """A heading that is a key, with one or a few short lines under it: `## Authors`, `## Year`."""
    ends = [heading.line for heading in page.headings[1:]] + [page.first + len(page.lines)]
    record = any((keys.slot(heading.text) or "").startswith("creator:") for heading in page.headings)
    for heading, end in zip(page.headings, ends, strict=False):
        slot = keys.slot(heading.text)
        generic = slot in GENERIC and slot != "publisher" and not (record and slot in ("title", "url", "date"))
        if slot is None or generic or heading.line >= region.head_end:
            continue
        values = [
            text
            for n in range(heading.line + 1, min(end, heading.line + 14))
            if (text := page.line(n).strip(" \t-*>")) and n not in region.persist
        ]
        people = slot.startswith("creator:")
        if values and all(len(value) <= 80 and "::" not in value for value in values) and (people or len(values) == 1):
            yield Statement(slot, heading.text, "; ".join(values), heading.line + 1, "label")


def _unwrapped(value: str, text: str) -> str:
    """The value without emphasis that was opened in its label or around it."""
    for mark in ("***", "**", "__", "*", "_"):
        if value.startswith(mark + " ") or value == mark:
            value = value[len(mark) :].strip()
        elif value.startswith(mark) and value.endswith(mark) and len(value) > 2 * len(mark):
            value = value[len(mark) : -len(mark)].strip()
        elif (
            value.endswith(mark)
            and not value.startswith(mark)
            and value.count(mark) == 1
            and mark in text[: len(text) - len(value)]
        ):
            value = value[: -len(mark)].strip()
    return _TAGS.sub("", value).strip() if "<" in value else value


def _row(text: str, number: int, keys: Keys) -> Statement | None:
    """A table row of two cells whose first is a key (S24)."""
    cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", text.strip().strip("|"))]
    if len(cells) != 2 or not cells[1]:
        return None
    key = _TAGS.sub("", cells[0]).strip("*_ ")
    slot = keys.slot(key)
    return Statement(slot, key, cells[1], number, "table") if slot else None
