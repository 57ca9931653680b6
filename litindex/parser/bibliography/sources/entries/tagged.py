"""What RIS and EndNote have in common: lines that begin with a tag, values that go on in the next line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from litindex.parser.frontmatter.yaml_core import Mapping, Node, Scalar, Sequence


class Row(NamedTuple):
    """A tag, what it says, and the line that it stands in."""

    tag: str
    value: str
    line: int


def continued(text: str, first: int, pattern: re.Pattern[str]) -> list[Row]:
    """The rows of a text with a value; a line without a tag goes on with the one before."""
    found: list[tuple[str, list[str], int]] = []
    for number, line in enumerate(text.split("\n"), first):
        row = pattern.match(line)
        if row:
            found.append((row[1], [(row[2] or "").strip()], number))
        elif found:
            found[-1][1].append(line.strip())
    rows = [Row(tag, " ".join(part for part in parts if part), line) for tag, parts, line in found]
    return [row for row in rows if row.value]


def one_record(rows: Iterable[Row], opening: str, key: str, name: str) -> list[Row]:
    """The rows of the only record, or of that which has this name as its key; [] where neither is there."""
    records: list[list[Row]] = []
    for row in rows:
        if row.tag == opening:
            records.append([])
        if records:
            records[-1].append(row)
    if len(records) > 1:
        named = [record for record in records if any(row.tag == key and row.value == name for row in record)]
        records = named if len(named) == 1 else []
    return records[0] if records else []


def person(row: Row) -> Node:
    """`Family, Given, Suffix` as these formats write it; what has no comma, or several people, as it stands."""
    family, *rest = [part.strip() for part in row.value.split(",")]
    if not any(rest) or ";" in row.value:
        return Sequence([Scalar(row.value, "str", row.line)], row.line)
    parts = zip(("family", "given", "suffix"), (family, rest[0], ", ".join(rest[1:])), strict=True)
    pairs: list[tuple[str, Node, int]] = [(key, Scalar(part, "str", row.line), row.line) for key, part in parts if part]
    return Sequence([Mapping(pairs, row.line)], row.line)
