"""The citekey of a work (Z5)."""

from __future__ import annotations

import re

from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import Source, Statement, no_value
from litindex.parser.values.names import clean
from litindex.text_keys import person_key, squeeze

_CITEKEY_BAD = re.compile(r"\s")


def citekey_of(statement: Statement) -> str | None:
    """Z5: raw text, case kept; a `@` or brackets around it are no part of it."""
    text = statement.value.strip()
    if statement.source is not Source.FILENAME:
        text = clean(text.strip("\"'`")).strip("[]").removeprefix("@").strip()
    is_none = not text or _CITEKEY_BAD.search(text) or "{{" in text or "://" in text or no_value(text)
    return None if is_none else text


def read_citekey(record: Record) -> str | None:
    ranked = [(statement, value) for statement in record.statements("citekey") if (value := citekey_of(statement))]
    ranked.sort(key=lambda pair: _citekey_rank(pair[0]))
    citekey = record.keep("citekey", ranked)
    stated = [value for statement, value in ranked if statement.source is not Source.GUESS]
    if len(set(map(person_key, stated))) > 1:
        others = ", ".join(sorted({value for value in stated if value != citekey}))
        message = f"The note gives more than one citekey: {citekey} is used, not {others}. Keep one."
        record.problem("citekey-conflict", ranked[0][0], message)
    return citekey


def _citekey_rank(statement: Statement) -> tuple[int, bool]:
    """Z5: field, `citekey`, `citation key`; the file name last among what is stated, of what is guessed before an alias."""
    named = statement.key is None or squeeze(statement.key) == "citekey"
    return statement.source.rank, not named
