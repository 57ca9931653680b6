"""Hostile strings made out of the package's own regular expressions, so that none is forgotten.

Each expression, found by import or in the source, is read by the parser of `re`; its beginnings, of every length, are
written out as text that they match, and repeated. An expression that looks for something again from each of many
places takes quadratic time on one of them.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import random
import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as sre  # type: ignore[import-not-found]
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import litindex

from .hostile import Pattern

_TRIES = 3
"""How often each beginning is written out, each time with other alternatives and other characters."""
_CATEGORIES = {
    codes.CATEGORY_DIGIT: "17", codes.CATEGORY_NOT_DIGIT: "a ", codes.CATEGORY_SPACE: " \t", codes.CATEGORY_NOT_SPACE: "a.",
    codes.CATEGORY_WORD: "aA1_é漢", codes.CATEGORY_NOT_WORD: " *(-",
}  # fmt: skip
_ANY = "a .,:([*-"
_FUNCTIONS = frozenset(("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"))


def expressions(package: str = "litindex") -> dict[str, re.Pattern[str]]:
    """Every expression of the package by the place where it stands: those of modules, and those written in a call."""
    found: dict[str, re.Pattern[str]] = {}
    for module in _modules(package):
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found.setdefault(f"{module.__name__}.{name}", value)
        for line, pattern in _written(module):
            found.setdefault(f"{module.__name__}:{line}", pattern)
    return {name: pattern for name, pattern in found.items() if name == _first_name(found, pattern)}


def _first_name(found: dict[str, re.Pattern[str]], pattern: re.Pattern[str]) -> str:
    return next(name for name, other in found.items() if other == pattern)


def _modules(package: str) -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(litindex.__path__, "litindex."):
        if info.name.startswith(package) and not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def _written(module: ModuleType) -> Iterator[tuple[int, re.Pattern[str]]]:
    """The expressions written out where they are used: `re.search(r"…", text)`."""
    tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FUNCTIONS:
            first = node.args[0] if node.args else None
            is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if is_re and isinstance(first, ast.Constant) and isinstance(first.value, str):
                ignores = any(
                    isinstance(part, ast.Attribute) and part.attr in ("I", "IGNORECASE") for part in node.args
                )
                yield node.lineno, re.compile(first.value, re.I if ignores else 0)


def pumps(pattern: re.Pattern[str]) -> list[Pattern]:
    """Strings that can be repeated to any length, each a beginning of what the expression matches."""
    chance = random.Random(repr(pattern.pattern))
    found: dict[Pattern, None] = {}
    for beginning in _beginnings(sre.parse(pattern.pattern, pattern.flags & ~re.DEBUG)):
        for _ in range(_TRIES):
            unit = _Writer(chance).write(beginning)
            if unit:
                found[Pattern(unit)] = None
                found[Pattern(unit[-1], unit[:-1], "\\!")] = None
    return list(found)


def _beginnings(tree: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The first element of an expression, the first two …, also of what its groups, repeats and branches hold."""
    for at, (code, argument) in enumerate(tree):
        start = (*before, *tree[:at])
        for part in _parts(code, argument):
            yield from _beginnings(part, start)
        yield (*start, (code, argument))


def _parts(code: Any, argument: Any) -> list[Any]:
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [argument[2]]
    if code is codes.SUBPATTERN:
        return [argument[3]]
    if code is codes.ATOMIC_GROUP:
        return [argument]
    return list(argument[1]) if code is codes.BRANCH else []


class _Writer:
    """Writes out a text that a sequence of elements matches; what looks around is left out, as it may fail."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._groups: dict[int, str] = {}

    def write(self, sequence: Any) -> str:
        return "".join(self._element(code, argument) for code, argument in sequence)

    def _element(self, code: Any, argument: Any) -> str:
        if code is codes.LITERAL:
            return chr(argument)
        if code in (codes.ANY, codes.NOT_LITERAL):
            return self._other(argument)
        if code is codes.IN:
            return self._member(argument)
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, most, body = argument
            return "".join(self.write(body) for _ in range(max(least, min(int(most), self._chance.randint(0, 2)))))
        return self._compound(code, argument)

    def _compound(self, code: Any, argument: Any) -> str:
        if code is codes.SUBPATTERN:
            number, *_, body = argument
            text = self.write(body)
            if number is not None:
                self._groups[number] = text
            return text
        if code is codes.BRANCH:
            return self.write(self._chance.choice(argument[1]))
        if code is codes.ATOMIC_GROUP:
            return self.write(argument)
        return self._groups.get(argument, "") if code is codes.GROUPREF else ""

    def _other(self, unwanted: int | None) -> str:
        return self._chance.choice([sign for sign in _ANY if unwanted is None or ord(sign) != unwanted])

    def _member(self, members: Any) -> str:
        if members[0][0] is codes.NEGATE:
            inside = re.compile("[" + "".join(map(_source, members[1:])) + "]")
            return self._chance.choice([sign for sign in _ANY + "!é1<" if not inside.match(sign)] or ["\x01"])
        code, argument = self._chance.choice(members)
        if code is codes.CATEGORY:
            return self._chance.choice(_CATEGORIES[argument])
        sign = chr(argument if code is codes.LITERAL else self._chance.choice(argument))
        return "\ufffd" if "\ud800" <= sign <= "\udfff" else sign


def _source(member: Any) -> str:
    """A member of a character class as it is written."""
    code, argument = member
    if code is codes.LITERAL:
        return re.escape(chr(argument))
    if code is codes.RANGE:
        return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
    names = "dDsSwW"
    kinds = (codes.CATEGORY_DIGIT, codes.CATEGORY_NOT_DIGIT, codes.CATEGORY_SPACE, codes.CATEGORY_NOT_SPACE,
             codes.CATEGORY_WORD, codes.CATEGORY_NOT_WORD)  # fmt: skip
    return "\\" + names[kinds.index(argument)]
