"""Checks: one file each, its head giving the sentence, the severity, why it matters and how to mend it.

    -- A link leads to a heading or block that is not there.
    -- severity: warning
    -- why: Obsidian opens the note at its top, and an embed stays empty.
    -- mend: Write the heading as it is called now.
    SELECT path, line, message, suggestion FROM ...

The file's name is the check's code. A row of its SELECT is a finding: `path` and `message`, and where there are such columns
`line`, `suggestion` (the text to write) and `severity`. A file without SQL shows the rows of `problems` that have its code.
What SQL cannot find is a module: its docstring is the head, its function `find` gives the rows. A user's own checks are SQL.
"""

from __future__ import annotations

import importlib
import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from litindex.errors import QueryError
from litindex.query.named import canonical_name
from litindex.query.suggestions import did_you_mean

SHIPPED = Path(__file__).with_name("checks")
SEVERITIES = ("error", "warning", "info")
"""The worst first."""
STATED_BY_PARSER = "SELECT path, line, message, severity FROM problems WHERE code = '{code}'"

_KEYED = re.compile(r"(severity|why|mend):\s*(.*)")
_A_CODE = re.compile(r"\w[\w-]*")


class Finding(NamedTuple):
    """Something that is wrong. `line` counts from 1, None is the whole note; `suggestion` is the text to write, or ''."""

    check: str
    severity: str
    path: str
    line: int | None
    message: str
    suggestion: str = ""


class Found(NamedTuple):
    """What a module's `find` gives: a finding that does not know its check yet."""

    path: str
    line: int | None
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A row of the doctor's list. `find` is None where `sql` finds everything."""

    name: str
    title: str
    severity: str
    why: str
    mend: str
    sql: str = ""
    find: Callable[[sqlite3.Connection], Iterable[Found]] | None = None


def load(*folders: Path) -> dict[str, Check]:
    """The shipped checks by name, then those of `folders`; a later one replaces an earlier one of the same name.

    QueryError: a file that cannot be read or has a head that makes no sense.
    """
    loaded = {check.name: check for check in _shipped_modules()}
    for file in (file for folder in (SHIPPED, *folders) for file in sorted(folder.glob("*.sql"))):
        check = parse(canonical_name(file.stem), _read(file))
        loaded[check.name] = check
    return {name: loaded[name] for name in sorted(loaded)}


def parse(name: str, text: str) -> Check:
    """Read an SQL file. QueryError: a name or severity that is none."""
    if not _A_CODE.fullmatch(name):
        raise QueryError(f"a check cannot be called {name!r}: letters, digits and - only")
    lines = text.lstrip("\ufeff").splitlines()
    comments = next((at for at, line in enumerate(lines) if not line.startswith("--")), len(lines))
    sql = "\n".join(lines[comments:]).strip()
    head = [line[2:].strip() for line in lines[:comments]]
    return _check(name, head, sql or STATED_BY_PARSER.format(code=name))


def _check(
    name: str, head: list[str], sql: str = "", find: Callable[[sqlite3.Connection], Iterable[Found]] | None = None
) -> Check:
    """A line that has no key of its own goes on with the one before it."""
    said = {"title": "", "severity": "", "why": "", "mend": ""}
    key = "title"
    for line in head:
        keyed = _KEYED.match(line)
        key, value = keyed.groups() if keyed else (key, line)
        said[key] = f"{said[key]} {value}".strip()
    severity = said["severity"] or "warning"
    if severity not in SEVERITIES:
        raise QueryError(f"check {name!r}: severity {severity!r} is none of {', '.join(SEVERITIES)}")
    return Check(name, said["title"] or name, severity, said["why"], said["mend"], sql, find)


def _shipped_modules() -> Iterable[Check]:
    for file in sorted(SHIPPED.glob("[!_]*.py")):
        module = importlib.import_module(f"litindex.doctor.checks.{file.stem}")
        head = [line.strip() for line in (module.__doc__ or "").splitlines()]
        yield _check(canonical_name(file.stem), head, find=module.find)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"cannot read the check {file}: {error}") from error


def choose(checks: dict[str, Check], only: Iterable[str], skip: Iterable[str]) -> list[Check]:
    """The checks that `only` names (all where it is empty) without those that `skip` names, by name.

    A check is named by its name, by a pattern (`missing-*`) or by its severity. QueryError: no check is called so.
    """
    wanted = {name for word in only for name in _named(checks, word)} if only else set(checks)
    unwanted = {name for word in skip for name in _named(checks, word)}
    return [check for name, check in checks.items() if name in wanted - unwanted]


def _named(checks: dict[str, Check], word: str) -> list[str]:
    pattern = canonical_name(word)
    found = [name for name, check in checks.items() if fnmatchcase(name, pattern) or check.severity == pattern]
    if not found:
        raise QueryError(f"no check named {word!r}{did_you_mean(word, checks)}; see litindex doctor --list")
    return found
