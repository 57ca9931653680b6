"""Labels: bibliographic keys written out in the text, in every manner but Dataview's (S05, S08, S10, S23, S35)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from litindex.parser.bibliography.metadata_region import Region, record_lines
from litindex.parser.bibliography.sources.entries.pasted import pasted_entries
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys

_BOLD_LABEL = re.compile(r"[^\w*\[(]*\*\*([^*\[\]]{2,40})\*\*[ \t]+(?=\S)(.*)$")
_RUN_IN = re.compile(r"\*\*([^*\[\]]{2,40})\.\*\*[ \t]*(\S.*)$")
"""`**Abstract.** Reeds bend …`, as journals print it."""
_GENDERED = re.compile(r"(?<=[^\W\d_]):(?=in(?:nen)?\b)")
"""`Autor:innen`: this colon ends no label."""
_SPACED_LABEL = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8})[ \t]+(?![:：=])(\S.*)$")
_DECORATION = re.compile(r"^[^\w\[(<\"'“{@%*_]+(?=[\w*_])")
_SEPARATOR = re.compile(r"[:：=]")
_SIGN = re.compile(r"[:：=<]|\*\*")
_HEAD: Final = 128
_REST_OF_KEY = re.compile(r"[\w\s()/&.,'’·?-]{1,48}$")
_TAGS = re.compile(r"</?(?:cite|center|div|span|b|i|u|small|font|p|strong|em)\b[^<>]*>", re.I)

_BREAK_AT_END = re.compile(r"(?:<br\s*/?>)$", re.I)

PARTS = re.compile(r"(?<!\s)\s+[·|]\s+")
"""What separates the parts of a line that is no sentence: `A, B · Journal · 2018`."""


def has_parts(line: str) -> bool:
    """Whether signs that separate parts stand between blanks. The signs alone are found faster."""
    return ("|" in line and " | " in line) or ("·" in line and " · " in line)


def label_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """What labels say, in reading order."""
    reader, entries = _Labels(region, keys), pasted_entries(page)
    for number, text, leaf in record_lines(page, region):
        if (reader.open is not None or not _is_mute(text)) and leaf not in entries:
            yield from reader.read(number, text, leaf)
    yield from reader.close()


class _Labels:
    """`**Key:** value`, `- Key: value`, `Key：value`, `**Key** value` in a callout; a value may follow below its label."""

    def __init__(self, region: Region, keys: Keys) -> None:
        self.region, self.keys = region, keys
        self.open: Statement | None = None
        """A label whose value has not been met; `item` is the list item it stands in."""
        self.item: Node | None = None
        self.bare = False
        """That label is a plain word: its value must begin with `:`."""
        self.values: list[str] = []

    def read(self, number: int, text: str, leaf: Node) -> Iterator[Statement]:
        """The statements that this line completes."""
        if leaf.kind == blocks.TABLE or (leaf.kind == blocks.HEADING and "\n" not in leaf.lines[0]):
            yield from self.close()
            return
        if parts := _parts(text, number, self.keys):
            yield from self.close()
            yield from (part for part in parts if part.value)
            return
        in_callout = number in self.region.lines and leaf.quote is not None
        statement = _label(text, number, self.keys, in_callout)
        if statement is None and self.open is not None and self._belongs(self.open, number, text, leaf):
            self.values.append(text.strip().lstrip(":").strip())
            return
        yield from self.close()
        if statement is not None and statement.value:
            yield statement
        elif statement is not None or (statement := _bare_label(text, number, self.keys)) is not None:
            self.open = statement
            self.item = leaf.parent if leaf.parent is not None and leaf.parent.kind == blocks.ITEM else None
            self.bare = "*" not in text and "_" not in text and _SEPARATOR.search(text) is None

    def close(self) -> Iterator[Statement]:
        """The open label with the values that were met below it."""
        if self.open is not None and self.values:
            yield self.open._replace(value="; ".join(self.values))
        self.open, self.values = None, []

    def _belongs(self, label: Statement, number: int, text: str, leaf: Node) -> bool:
        """A value on the next line, in the next item (S32), or in a list nested in the label's item."""
        if self.item is not None and self.item.start <= number <= self.item.end:
            return True
        expected = (label.line or 0) + 1 + (len(self.values) if label.names_people else 0)
        if self.bare and not text.lstrip().startswith(":"):
            return False
        return number == expected and (leaf.parent is None or leaf.parent.kind != blocks.ITEM or "](" in text)


def _is_mute(text: str) -> bool:
    """Whether a line holds no label for sure: a field, or prose without a sign of one in its first words."""
    if "|" in text or ("·" in text and " · " in text):
        return False
    if "::" in text:
        return "(" not in text[:40]
    return len(text) > _HEAD and _SIGN.search(text, 0, _HEAD) is None


def _label(text: str, number: int, keys: Keys, in_callout: bool) -> Statement | None:
    if "::" in text and "(" not in text[:40]:
        return None  # a field, not a label
    if text[:1] == "<":
        text = _TAGS.sub("", text).lstrip("-*+ ")
    if not text[:1].isalnum() and text[:1] not in "[(<":
        text = _DECORATION.sub("", text)
    text = _GENDERED.sub("", text, count=1) if ":in" in text[:40] else text
    spaced = _SPACED_LABEL.match(text) if in_callout and text[:1] > "⺀" else None
    if spaced and (field := keys.field(spaced[1])) is not None:
        return Statement(field, spaced[1], spaced[2].strip(), number, Source.LABEL)
    head = text[:64]
    found = _SEPARATOR.search(head)
    if found:
        key = head[: found.start()].strip("*_~`#>-+•– \t").strip()
        end = found.end() + (text[found.end() : found.end() + 1] == ":")
        doubled = end > found.end()
        if (not doubled or "(" in key) and _REST_OF_KEY.match(key) and (field := keys.field(key)):
            return Statement(field, key, _unwrapped(text[end:].strip(), text), number, Source.LABEL)
    run_in = _RUN_IN.match(text) if text[:2] == "**" else None
    if run_in and (field := keys.field(run_in[1])) in _RUN_IN_FIELDS:
        return Statement(field, run_in[1], run_in[2].strip(), number, Source.LABEL)
    bold = _BOLD_LABEL.match(text) if in_callout and "::" not in text else None
    if bold and (field := keys.field(bold[1])):
        return Statement(field, bold[1].strip(), bold[2].strip(), number, Source.LABEL)
    return None


_RUN_IN_FIELDS: Final = frozenset(("abstract", "zotero_tags"))


def _bare_label(text: str, number: int, keys: Keys) -> Statement | None:
    """A line that is nothing but a key, in bold or as the term of a definition list."""
    key = text.strip().strip("*_:： ").strip()
    if not key or len(key) > 30 or "::" in text or "[" in key or not _REST_OF_KEY.match(key):
        return None
    field = keys.field(key)
    return Statement(field, key, "", number, Source.LABEL) if field is not None else None


def _parts(text: str, number: int, keys: Keys) -> list[Statement]:
    """`Author: X | Year: 1990`: several labels in one line."""
    if not has_parts(text):
        return []
    found = [statement for part in PARTS.split(text) if (statement := _label(part, number, keys, False))]
    return found if len(found) > 1 else []


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
    return _BREAK_AT_END.sub("", _TAGS.sub("", value)).strip() if "<" in value else value
