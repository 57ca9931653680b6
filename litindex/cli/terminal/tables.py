"""Tables for people: as wide as the screen, what one copies from never broken."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from itertools import compress

from litindex.cli.terminal.screen import bold, cell_width, dim, escape, shorten_path, wrap
from litindex.query.named import Row, Value

_GAP = "  "
_NARROWEST = 14
_WHOLE = ("citekey", "path", "doi")
"""Columns that one copies from: a table never breaks them, it leaves out others rather, or shows one line a value."""
_LINES_A_CELL = 2


def table(columns: Sequence[str], rows: Sequence[Row], screen: int | None, *, headers: bool = True) -> Iterator[str]:
    """The lines of a table that is at most as wide as the `screen`, where there is one."""
    if not columns:
        return
    cells = [[escape_cell(value) for value in row] for row in rows]
    names = [escape(name) for name in columns]
    natural = [max(map(cell_width, column)) for column in zip(names, *cells, strict=True)]
    empty = [not "".join(column).strip() for column in zip(*cells, strict=True)] if cells else [False] * len(columns)
    shown = _columns_that_fit(natural, screen, columns, empty) if screen is not None else [True] * len(columns)
    if shown is None:
        yield from _records(names, cells, screen or 0)
        return
    right = list(compress(are_numbers(rows, len(columns)), shown))
    kept, natural = list(compress(names, shown)), list(compress(natural, shown))
    widths = (fit(natural, screen, kept) if screen is not None else None) or natural
    yield from _header(kept, widths, right) if headers else ()
    for row in cells:
        for line in _lines_of_row(kept, list(compress(row, shown)), widths):
            yield _line(line, widths, right) + "\n"
    if not all(shown):
        left_out = ", ".join(name for name, is_shown in zip(names, shown, strict=True) if not is_shown)
        yield dim(f"Not shown for want of room: {left_out} (--wide)") + "\n"


def _header(names: list[str], widths: list[int], right: list[bool]) -> Iterator[str]:
    yield bold(_line(names, widths, right)) + "\n"
    yield _GAP.join("-" * width for width in widths) + "\n"


def are_numbers(rows: Sequence[Row], columns: int) -> list[bool]:
    return [bool(rows) and all(isinstance(row[at], int | float | None) for row in rows) for at in range(columns)]


def _columns_that_fit(
    natural: Sequence[int], screen: int, names: Sequence[str], empty: Sequence[bool]
) -> list[bool] | None:
    """Which columns are shown: all, or without those that are empty and up to a third of the others, the last ones first.
    None: too many for such a screen.
    """
    shown = [True] * len(names)
    spare = [at for at, name in enumerate(names) if name not in _WHOLE]
    first = [at for at in spare if empty[at]]
    then = [at for at in reversed(spare) if not empty[at]][: len(names) // 3]
    for at in (None, *first, *then):
        if at is not None:
            shown[at] = False
        if any(shown) and fit(list(compress(natural, shown)), screen, list(compress(names, shown))):
            return shown
    return None


def fit(natural: Sequence[int], screen: int, names: Sequence[str]) -> list[int] | None:
    """The widths that fill the screen: the widest columns give way first, those of `_WHOLE` never. None: there is no room."""
    room = screen - len(_GAP) * (len(natural) - 1)
    if sum(natural) <= room:
        return list(natural)
    whole = [name in _WHOLE for name in names]
    room -= sum(compress(natural, whole))
    others = [width for width, is_whole in zip(natural, whole, strict=True) if not is_whole]
    cap = next((cap for cap in range(max(others, default=0), _NARROWEST - 1, -1) if _used(others, cap) <= room), None)
    if cap is None:
        return None
    spare = room - _used(others, cap)
    widths = []
    for width, is_whole in zip(natural, whole, strict=True):
        extra = 1 if width > cap and spare > 0 and not is_whole else 0
        spare -= extra
        widths.append(width if is_whole else min(width, cap + extra))
    return widths


def _used(widths: Sequence[int], cap: int) -> int:
    return sum(min(width, cap) for width in widths)


def _lines_of_row(names: list[str], row: list[str], widths: list[int]) -> Iterator[list[str]]:
    """Long cells go on below; of a long path the end is shown, which tells notes apart."""
    wrapped = [
        [cell]
        if name in _WHOLE
        else [shorten_path(cell, width)]
        if name.endswith("path")
        else wrap(cell, width, _LINES_A_CELL) or [""]
        for name, cell, width in zip(names, row, widths, strict=True)
    ]
    for at in range(max(map(len, wrapped))):
        yield [lines[at] if at < len(lines) else "" for lines in wrapped]


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    return _GAP.join(map(_pad, cells, widths, right)).rstrip()


def _pad(cell: str, width: int, right: bool) -> str:
    space = " " * (width - cell_width(cell))
    return space + cell if right else cell + space


def _records(columns: list[str], cells: list[list[str]], screen: int) -> Iterator[str]:
    """One line a value, where a row has more columns than the screen has room for; empty values are left out."""
    width = max(map(cell_width, columns))
    for row in cells:
        for name, cell in zip(columns, row, strict=True):
            for at, line in enumerate(wrap(cell, max(screen - width - 2, 20))):
                yield f"{_pad('' if at else name, width, False)}{_GAP}{line}".rstrip() + "\n"
        yield "\n"


# ----------------------------------------------------------------------- cells


def escape_cell(value: Value) -> str:
    """As `escape`, for any value; a JSON array of names (`works.creators`) reads as names."""
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    text = as_text(value)
    return escape(_joined(text) if text == "[]" or (text.startswith('["') and text.endswith('"]')) else text)


def _joined(array: str) -> str:
    try:
        return "; ".join(map(str, json.loads(array)))
    except ValueError:
        return array


def as_text(value: Value) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return "" if value is None else str(value)
