"""What a person types into a search, as an FTS5 expression. Pure.

Words, "phrases", prefix*, AND, OR, NOT, brackets and column:word mean what they mean in FTS5, but no character can be
an error: a word is always quoted, so that state-of-the-art and 10.1000/182 are phrases. In scripts without spaces a
word is a phrase of overlapping pairs of characters, which the indexer writes into the columns `grams` and `own_grams`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from litindex.text_keys import is_unspaced, search_key

COLUMNS = ("title", "aliases", "authors", "abstract", "body", "own", "grams")
_WHERE = {"own": "{own own_grams}", "body": "{abstract own imported grams own_grams}"}
"""Columns of a question that are several in the index: each word stands in one, plainly spelled in another one too."""
_A_WORD = re.compile(r"[^\W\d_]{3,}")
_OPERATORS = ("AND", "OR", "NOT")
_TOKEN = re.compile(
    rf"""(?P<bracket>[()])
       | (?:(?P<column>{"|".join(COLUMNS)}):)?
         (?: "(?P<phrase>[^"]*)" | (?P<word>[^\s()"]+?) )
         (?P<star>\*)? (?=[\s()"]|$)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Expression:
    """`match` is what FTS5 gets ('' where there is no word); `words` are the words that are not after a NOT."""

    match: str
    words: tuple[str, ...]

    @property
    def unspaced(self) -> tuple[str, ...]:
        """Those of the words that are written in scripts without spaces."""
        return tuple(word for word in self.words if is_unspaced(word[0]))


Forms = Callable[[str], Iterable[str]]
"""The other forms of a word: forecasts, forecasting for forecast."""


def no_forms(word: str) -> Iterable[str]:
    return ()


def expression(text: str, column: str | None = None, forms: Forms = no_forms) -> Expression:
    """The query as FTS5 understands it; `column` is where words are looked for that name no column of their own. Of a
    single word its other `forms` are looked for as well, of a "phrase" and a beginning* none.

    A word that stands twice in a row of words is asked for once: each costs its time in each note. FTS5 may refuse it still (`foo AND (`): then use `words_only`.
    """
    built, words, before, row = "", list[str](), "", set[str]()
    for token in _TOKEN.finditer(text):
        operator = token["word"] if token["word"] in _OPERATORS else None
        pieces = [] if operator or token["bracket"] else _pieces(token["phrase"] or token["word"] or "")
        part = (
            operator
            or token["bracket"]
            or _operand(
                pieces,
                bool(token["star"]),
                token["column"] or column,
                no_forms if token["phrase"] or token["star"] else forms,
            )
        )
        row = set() if operator or token["bracket"] else row
        if part and part not in row:
            row |= {part} - {operator, token["bracket"]}
            built += _joint(before, part) + part
            words += [] if before == "NOT" else pieces
            before = part
    return Expression(built, tuple(words))


def words_only(text: str, column: str | None = None, forms: Forms = no_forms) -> Expression:
    """Every word of the query, its signs and operators forgotten: never refused."""
    words = [word for word in re.findall(r"\w+", text) if word not in _OPERATORS]
    return expression(" ".join(words), column, forms)


def count_words(text: str) -> int:
    """How many words full text is asked for: a word with hyphens is several."""
    return len(re.findall(r"[^\W_]+", text))


def _joint(before: str, part: str) -> str:
    """What stands between two parts. Two words side by side bind more tightly than AND, by a bracket FTS5 wants AND."""
    if before in ("", "(") or part == ")":
        return ""
    if before in _OPERATORS or part in _OPERATORS:
        return " "
    return " AND " if before.endswith(")") or part.startswith("(") else " "


def _operand(pieces: list[str], prefix: bool, column: str | None, forms: Forms) -> str:
    """`"word"`, or a bracket of several where a word mixes scripts; '' where nothing can be found by it (`&`)."""
    found = [
        _unspaced_phrase(piece, column)
        if is_unspaced(piece[0])
        else _phrase(piece, column, "*" if prefix and piece is pieces[-1] else "", forms)
        for piece in pieces
    ]
    return f"({' AND '.join(found)})" if len(found) > 1 else "".join(found)


def _phrase(piece: str, column: str | None, star: str, forms: Forms) -> str:
    """Any spelling or form of it: `"x"`, `("x" OR "y")`, behind the column where it must stand there."""
    plain = search_key(piece)
    spellings = [piece] if plain == piece.lower() else [piece, plain]
    if _A_WORD.fullmatch(piece):
        spellings += [form for form in forms(plain) if form not in (piece.lower(), plain)]
    found = " OR ".join(f'"{each}"{star}' for each in spellings)
    found = f"({found})" if len(spellings) > 1 else found
    return f"{_WHERE.get(column, column)} : {found}" if column else found


def _unspaced_phrase(piece: str, column: str | None) -> str:
    """A single character is found as the beginning of a pair."""
    before = "own_grams : " if column == "own" else ""
    if len(piece) == 1:
        return f'{before}"{piece}"*'
    return f'{before}"{" ".join(piece[at : at + 2] for at in range(len(piece) - 1))}"'


def _pieces(text: str) -> list[str]:
    """The text cut where a script with spaces meets one without; pieces without a letter or digit are left out."""
    pieces = ("".join(run) for _, run in itertools.groupby(text, is_unspaced))
    return [piece.strip() for piece in pieces if any(map(str.isalnum, piece))]
