"""The typed value of a Dataview field, put together again from its rows in `fields` (README.md, "Typed values")."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

DURATION_PART = re.compile(r"(-?\d+(?:\.\d+)?)\s*([a-z]+)", re.IGNORECASE)
DURATION_UNITS = {
    "years": ("year", "years", "yr", "yrs"),
    "months": ("month", "months", "mo", "mos"),
    "weeks": ("week", "weeks", "wk", "wks", "w"),
    "days": ("day", "days", "d"),
    "hours": ("hour", "hours", "hr", "hrs", "h"),
    "minutes": ("minute", "minutes", "min", "mins", "m"),
    "seconds": ("second", "seconds", "sec", "secs", "s"),
}
UNIT_NAMES = {word: name for name, words in DURATION_UNITS.items() for word in words}
TRAILING_MARKS = re.compile(r"(?:\s*%%.*%%|\s+\^[A-Za-z0-9-]+)?\s*$")


def field_value(rows: Sequence[sqlite3.Row]) -> object:
    """The value of one statement: a list when it has several rows, or one row whose text ends in a comma (D9)."""
    values = [_scalar(row) for row in rows]
    return values if len(values) > 1 or _is_list_of_one(rows[0]) else values[0]


def _scalar(row: sqlite3.Row) -> object:
    match row["type"]:
        case "null":
            return None
        case "number":
            return row["value_number"]
        case "boolean":
            return row["value_text"].lower() == "true"
        case "date":
            return {"date": row["value_date"]}
        case "duration":
            return {"duration": duration(row["value_text"])}
        case "link":
            return {"link": _link(row)}
        case "tag":
            return "#" + row["value_text"].removeprefix("#")
        case "list":
            return []
        case "map":
            return {}
    return row["value_text"]


def duration(text: str) -> dict[str, float]:
    """The parts of a duration as Dataview writes them: `6hr7min` is 6 hours and 7 minutes."""
    return {UNIT_NAMES[unit.lower()]: float(number) for number, unit in DURATION_PART.findall(text)}


def _link(row: sqlite3.Row) -> dict[str, object]:
    if row["link_target"] is None:
        raise ValueError(f"the field {row['name']!r} is a link, but points to no row of links")
    return {
        "target": row["link_target"],
        "subpath": row["link_subpath"].removeprefix("#") if row["link_subpath"] else None,
        "display": row["link_display"],
        "embed": bool(row["link_embed"]),
    }


def _is_list_of_one(row: sqlite3.Row) -> bool:
    """Whether a comma after one literal makes a list: text keeps its own comma in `value_text`, a list's is gone."""
    if row["type"] in ("null", "list", "map"):
        return False
    raw = TRAILING_MARKS.sub("", row["raw"])
    return raw.endswith(",") and not (row["type"] == "text" and row["value_text"] == raw)
