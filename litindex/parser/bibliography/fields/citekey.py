"""The citekey of a work (Z5)."""

from __future__ import annotations

import re

from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import Source, Statement, no_value
from litindex.parser.values.names import clean
from litindex.text_keys import person_key

_CITEKEY_BAD = re.compile(r"\s")


def citekey_of(statement: Statement) -> str | None:
    """Z5: raw text, case kept; a `@` or brackets around it are no part of it."""
    text = clean(statement.value.strip().strip("\"'`")).strip("[]").removeprefix("@").strip()
    if statement.source == Source.FILENAME:
        text = statement.value.strip()
    return (
        text
        if text and not _CITEKEY_BAD.search(text) and not no_value(text) and "{{" not in text and "://" not in text
        else None
    )


def read_citekey(record: Record) -> str | None:
    ranked = [(statement, value) for statement in record.statements("citekey") if (value := citekey_of(statement))]
    ranked.sort(key=lambda pair: _citekey_rank(pair[0]))
    citekey = record.keep("citekey", ranked)
    stated = {person_key(value): statement for statement, value in ranked if statement.source != Source.GUESS}
    if len(stated) > 1:
        others = ", ".join(
            sorted(value for statement, value in ranked if statement.source != Source.GUESS and value != citekey)
        )
        record.problem(
            "citekey-conflict",
            ranked[0][0],
            f"The note gives more than one citekey: {citekey} is used, not {others}. Keep one.",
        )
    return citekey


def _citekey_rank(statement: Statement) -> tuple[int, int]:
    """Z5: field, `citekey`, `citation key`; the file name last among what is stated."""
    return statement.source.rank, 0 if statement.key and re.sub(r"\W|_", "", statement.key).lower() == "citekey" else 1
