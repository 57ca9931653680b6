"""Named read queries: one `.sql` file a question, its head giving title, sentence and parameters.

    -- Reading queue
    -- Works you have not read yet, those that your notes link to most first.
    -- :tag (tag, optional): only works with this tag or one below it
    -- :limit (integer, default 100): at most so many rows
    SELECT ...

The first comment line is the title, a line `:name (type): meaning` is a parameter, the others are the description.
A parameter is required, `optional` (absent it is '', which every query reads as "any") or has a `default`. Types say
how a value is read: text, integer, number, and by identity key tag, author, citekey and note. Nothing else is special:
the same file runs in Datasette, where every value arrives as text. A line `-- include NAME` in a shipped query stands for
`sql/parts/NAME.sql`.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from litindex.errors import IndexFileError, LitindexError, QueryError
from litindex.index import database
from litindex.query.suggestions import did_you_mean
from litindex.text_keys import person_key, text_key

COLUMNS = """
SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c
WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '%fts_%' AND c.hidden <> 1
ORDER BY m.rowid, c.cid
"""
SHIPPED = Path(__file__).with_name("sql")
TIMEOUT = 10.0
"""Seconds after which a query is stopped."""

Value = str | int | float | bytes | None
Row = tuple[Value, ...]

_READERS: dict[str, Callable[[str], Value]] = {
    "text": str,
    "integer": lambda text: _in_64_bits(int(text)),
    "number": float,
    "tag": lambda text: text_key(text.strip("#/ ")),
    "author": lambda text: person_key(text.strip()),
    "citekey": lambda text: person_key(text.strip().removeprefix("@")),
    "note": lambda text: text_key(text.strip()),
}


def _in_64_bits(number: int) -> int:
    if not -(2**63) <= number < 2**63:
        raise ValueError("no integer of SQLite")
    return number


_NAME = re.compile(r"\w[\w-]*")
_PARAMETER = re.compile(r":(\w+) \((\w+)(?:, (?:default (.*?)|(optional)))?\): (.+)")
_INCLUDE = re.compile(r"^-- include (\w+)$", re.MULTILINE)
_NOT_CODE = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_PLACEHOLDER = re.compile(r"(?<![\w:]):([A-Za-z_]\w*)")
_STEPS_BETWEEN_LOOKS = 1_000  # a step into full text may take a millisecond


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query asks for; `default` is None where it must be given."""

    name: str
    type: str = "text"
    default: str | None = None
    meaning: str = ""

    def read(self, text: str) -> Value:
        """The value as the SQL compares it. QueryError: not of its type."""
        try:
            return text if text == "" else _READERS[self.type](text)
        except ValueError:
            raise QueryError(f"{self.name} must be {self.type}, not {text!r}") from None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with a name. `sql` is the whole file, head included."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sql: str

    def bind(self, given: Mapping[str, str]) -> dict[str, Value]:
        """Every parameter's value. QueryError: one that is unknown, missing or not of its type."""
        names = [parameter.name for parameter in self.parameters]
        for name in given:
            if name not in names:
                raise QueryError(
                    f"query {self.name!r} has no parameter {name!r}{did_you_mean(name, names)} (it has: {', '.join(names) or 'none'})"
                )
        return {parameter.name: self._value(parameter, given.get(parameter.name)) for parameter in self.parameters}

    def _value(self, parameter: Parameter, text: str | None) -> Value:
        text = parameter.default if text is None else text
        if text is None:
            about = f" ({parameter.meaning})" if parameter.meaning else ""
            raise QueryError(f"query {self.name!r} needs --{parameter.name} VALUE{about}")
        return parameter.read(text)


@dataclass(frozen=True, slots=True)
class Result:
    """Column names, and rows as they come."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def parse(name: str, text: str) -> NamedQuery:
    """Read a query file; without a head it asks for each `:name` in its SQL. QueryError: a type nobody knows."""
    head = []
    for line in text.lstrip("\ufeff").splitlines():
        if not line.startswith("--"):
            break
        head.append(line[2:].strip())
    declared = [_parameter(name, match) for match in map(_PARAMETER.fullmatch, head) if match]
    prose = [line for line in head if line and not _PARAMETER.fullmatch(line)]
    known = {parameter.name for parameter in declared}
    found = dict.fromkeys(_PLACEHOLDER.findall(_NOT_CODE.sub(" ", text)))
    undeclared = [Parameter(placeholder) for placeholder in found if placeholder not in known]
    title = prose[0] if prose else name.replace("-", " ").capitalize()
    return NamedQuery(name, title, " ".join(prose[1:]), (*declared, *undeclared), text)


def _parameter(query: str, match: re.Match[str]) -> Parameter:
    name, kind, default, optional, meaning = match.groups()
    if kind not in _READERS:
        raise QueryError(
            f"query {query!r}: parameter {name!r} has the unknown type {kind!r} (use {', '.join(_READERS)})"
        )
    return Parameter(name, kind, "" if optional else default, meaning)


def load(*folders: Path) -> dict[str, NamedQuery]:
    """The shipped queries by name, then those of `folders`; a later one replaces an earlier one of the same name.

    QueryError: a file that cannot be read or has a head that makes no sense.
    """
    files = (file for folder in (SHIPPED, *folders) for file in sorted(folder.glob("*.sql")))
    loaded = {query.name: query for query in (parse(canonical_name(file.stem), _text(file)) for file in files)}
    return {name: loaded[name] for name in sorted(loaded)}


def find(name: str, questions: Mapping[str, NamedQuery]) -> NamedQuery:
    """The question of that name. QueryError: there is none; it says which is meant, perhaps."""
    found = questions.get(canonical_name(name))
    if found is None:
        raise QueryError(f"no query named {name!r}{did_you_mean(name, questions)}; see litindex query --list")
    return found


def is_name(text: str) -> bool:
    """Whether a question is asked by its name, and not in SQL."""
    return bool(_NAME.fullmatch(text))


def canonical_name(name: str) -> str:
    """`Reading_Queue` and `reading-queue` are one name."""
    return name.lower().replace("_", "-")


def _text(file: Path) -> str:
    """The query with what it includes."""
    text = _read(file)
    return _INCLUDE.sub(lambda part: _read(SHIPPED / "parts" / f"{part[1]}.sql").rstrip(), text)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"cannot read the query {file}: {error}") from error


def run(
    connection: sqlite3.Connection,
    sql: str,
    parameters: Mapping[str, Value] | None = None,
    limit: TimeLimit | None = None,
) -> Result:
    """Ask; the rows come while they are read. QueryError: SQLite's own words, or the time is over (TIMEOUT seconds where
    no `limit` is given, which several statements may share).
    """
    watch = limit or TimeLimit(TIMEOUT)
    connection.set_progress_handler(watch.is_over, _STEPS_BETWEEN_LOOKS)
    try:
        cursor = connection.execute(sql, dict(parameters or {}))
    except (sqlite3.Error, sqlite3.Warning, UnicodeEncodeError, OverflowError) as error:
        raise _translate(error, watch, partial(_meant, connection, str(error), sql)) from error
    return Result(tuple(column[0] for column in cursor.description or ()), _rows(cursor, watch))


def _rows(cursor: sqlite3.Cursor, watch: TimeLimit) -> Iterator[Row]:
    try:
        for row in cursor:  # noqa: UP028  `yield from` would close the cursor, an error after its connection is closed
            yield row
    except sqlite3.Error as error:
        raise _translate(error, watch) from error


class TimeLimit:
    """Tells SQLite when to stop, so many seconds from now, and afterwards whether that was the reason why it stopped."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def is_over(self) -> bool:
        return time.monotonic() > self._end

    def refuse_more(self) -> None:
        """Between short statements, which SQLite ends before it looks at the clock. QueryError: the time is over."""
        if self.is_over():
            raise self.error()

    def error(self) -> QueryError:
        return QueryError(f"stopped after {self.seconds:g} s (--timeout SECONDS allows more)")


def _meant(connection: sqlite3.Connection, message: str, sql: str) -> str:
    """Of a table or column that is not there: what it may be called, of a column in one of the tables that are named."""
    unknown = re.match(r"no such (table|column): (?:\w+\.)?(\w+)$", message)
    if not unknown:
        return ""
    columns: dict[str, list[str]] = {}
    for table, column in connection.execute(COLUMNS):
        columns.setdefault(table, []).append(column)
    if unknown[1] == "table":
        return did_you_mean(unknown[2], columns)
    words = set(re.findall(r"\w+", sql.lower()))
    named = [names for table, names in columns.items() if table in words]
    return did_you_mean(unknown[2], [name for names in named for name in names])


def _translate(
    error: Exception, watch: TimeLimit, meant: Callable[[], str] = lambda: ""
) -> LitindexError | KeyboardInterrupt:
    """An interrupt that the clock did not cause is Ctrl-C, which SQLite noticed first."""
    text = str(error)
    if database.is_corrupt(error):
        return IndexFileError(f"{database.DAMAGED} ({text})")
    if "interrupted" in text or ("vtable constructor failed" in text and watch.is_over()):
        return watch.error() if watch.is_over() else KeyboardInterrupt()
    if "not authorized" in text or "readonly" in text or "prohibited" in text:
        return QueryError(f"{text}: an index can only be read here")
    missing = re.search(r"value for binding (?:parameter )?:(\w+)", text)
    if missing:
        return QueryError(f"the SQL asks for :{missing[1]}; give it by -p {missing[1]} VALUE")
    return QueryError(text.rstrip(".") + meant())
