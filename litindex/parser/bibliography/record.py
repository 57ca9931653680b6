"""The fields of one note while they are being filled: statements in order of precedence, and what became of each (Z5, Z6)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from litindex.models import Problem, Provenance, Settings
from litindex.parser.bibliography.statement import Source, Statement, no_value, plain
from litindex.parser.limits import LONGEST_REPEATED
from litindex.parser.parsed_note import ParsedNote
from litindex.text_keys import person_key

_NO_WORDS = re.compile(r"\W+")


class Record:
    """The fields of one note while they are being filled."""

    def __init__(self, page: ParsedNote, statements: list[Statement], settings: Settings) -> None:
        self.page = page
        self.settings = settings
        self.stated = list(statements)
        self.problems: list[Problem] = []
        self.provenance: list[Provenance] = []
        self.by_field: defaultdict[str, list[Statement]] = defaultdict(list)
        self.valued: defaultdict[str, list[Statement]] = defaultdict(list)
        words = repeated_words(statements)
        for statement in sorted(statements, key=_rank):
            self.by_field[statement.field].append(statement)
            if not no_value(statement.value) and not (words and statement.value.strip().casefold() in words):
                self.valued[statement.field].append(statement)

    def add(self, statements: Iterable[Statement]) -> None:
        """Takes in statements that rank after all others."""
        for statement in statements:
            self.stated.append(statement)
            self.valued[statement.field].append(statement)

    def statements(self, *fields: str) -> list[Statement]:
        """The statements for these fields that say something, in order of precedence."""
        if len(fields) == 1:
            return self.valued.get(fields[0], [])
        return [statement for field in fields for statement in self.valued.get(field, [])]

    def choose(self, name: str, *fields: str, read: Callable[[Statement], str | None] | None = None) -> str | None:
        """The first value in order of precedence; what the others say is kept as `same` or `overruled`."""
        stated = self.statements(*fields)
        if not stated:
            return None
        read = read or plain
        return self.keep(name, [(statement, read(statement)) for statement in stated])

    def keep(self, name: str, ranked: Sequence[tuple[Statement, str | None]]) -> str | None:
        ranked = [(statement, value) for statement, value in ranked if value]
        if not ranked:
            return None
        chosen = ranked[0][1]
        core = _core(chosen) if len(ranked) > 1 else ""
        for i, (statement, value) in enumerate(ranked):
            verdict = "used" if i == 0 else "same" if value == chosen or _core(value) == core else "overruled"
            self.provenance.append(provenance_row(name, verdict, value, statement))
        if name == "zotero":
            self._notice_conflict(ranked)
        return chosen

    def unite(self, name: str, found: list[tuple[Statement, str]]) -> list[tuple[str, str]]:
        """All different values of a field that may have several, with the raw text of each: the value itself where the
        text is long and says several.
        """
        if not found:
            return []
        values: dict[str, str] = {}
        long = [(each.value, each.line) for each, _ in found if len(each.value) > LONGEST_REPEATED]
        times = Counter(long) if long else {}
        for statement, value in found:
            if times.get((statement.value, statement.line), 0) > 1:
                statement = statement._replace(value=value)
            self.provenance.append(provenance_row(name, "same" if value in values else "used", value, statement))
            values.setdefault(value, statement.value)
        return list(values.items())

    def _notice_conflict(self, ranked: Sequence[tuple[Statement, str | None]]) -> None:
        """A problem where a note names two items of Zotero (several DOIs are united: Z20)."""
        stated = [
            (statement, value)
            for statement, value in ranked
            if value and statement.source in (Source.CALLOUT, Source.FIELD, Source.PROPERTY)
        ]
        values = list(dict.fromkeys(value for _, value in stated))
        if len(values) > 1:
            message = f"The note gives more than one Zotero item: {' and '.join(values[:3])}. Keep the right one."
            self.problem("value-conflict", stated[-1][0], message, "info")

    def problem(self, code: str, statement: Statement | None, message: str, severity: str = "warning") -> None:
        self.problems.append(Problem(code, severity, statement.line if statement else None, message))


def provenance_row(field: str, verdict: str, value: str | None, statement: Statement) -> Provenance:
    return Provenance(field, verdict, value, str(statement.source), statement.key, statement.value, statement.line)


def _core(value: str | None) -> str:
    """What is compared when two statements are asked whether they say the same."""
    return _NO_WORDS.sub("", person_key(value or ""))


_NUMBERED = frozenset("doi isbn issn arxiv pmid pmcid year date volume issue pages".split())
"""Fields whose values hold a digit."""


def repeated_words(statements: Sequence[Statement]) -> set[str]:
    """Words that stand where a number should, in two fields or more: they say `none` in the language of the template."""
    words = {_word(each.value) for each in statements if each.value and each.field in _NUMBERED} - {""}
    if not words:
        return words
    places = {(word, each.field) for each in statements if (word := _word(each.value)) in words}
    return {word for word, times in Counter(word for word, _ in places).items() if times > 1}


@lru_cache(maxsize=4096)
def _word(value: str) -> str:
    """A value that may be a word for `none`: short, without a digit; else ''."""
    text = value.strip().casefold()
    return "" if len(text) > 30 or any(c.isdigit() for c in text) else text


def _rank(statement: Statement) -> int:
    return statement.source.rank
