"""What the completion script of each shell asks, and how it is answered: a line `KIND<TAB>VALUE<TAB>ABOUT` a candidate.

Candidates are words of notes, which anybody may have written, and a shell may run what it is given. So the scripts are
our own (click's for bash expands what it reads), and a candidate is either quoted so that the shell takes it for itself
again, or not offered.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from litindex.cli.terminal.screen import escape

VARIABLE = "_LITINDEX_COMPLETE"
_WORDS_VARIABLE = "_LITINDEX_WORDS"
_ENDINGS = {"bash": "bash", "zsh": "zsh", "fish": "fish", "powershell": "ps1"}
SHELLS = tuple(_ENDINGS)

_PIECE = re.compile(
    r"""(?P<plain>[^\s'"\\]+) | \\(?P<one>.?) | (?P<single>')(?P<literal>[^']*)(?P<end1>'?)
      | (?P<double>")(?P<quoted>(?:\\.|[^"\\])*)\\?(?P<end2>"?)""",
    re.VERBOSE | re.DOTALL,
)
_SPECIAL = re.compile(r"[^\w@%+=:,./-]")
_BARE_IN_POWERSHELL = re.compile(r"[\w./:-][\w./:+=%-]*", re.ASCII)
_OPTION_WITH_VALUE = re.compile(r"--[\w-]+=")
_ASSIGNMENT = re.compile(r"\w+=")


class Word(NamedTuple):
    """A word of a command line: as it was typed, what it means, and the quote that is still open in it."""

    typed: str
    meaning: str
    quote: str = ""


def script(shell: str) -> str:
    return Path(__file__).with_name(f"litindex.{_ENDINGS[shell]}").read_text("utf-8")


def answer(command: click.Command, shell: str, arguments: Sequence[str]) -> str:
    """The candidates for the last word that the script of this shell hands over; '' for an unknown shell."""
    if shell == "bash" and len(arguments) == 2:
        words = split_line(arguments[0])
        return _lines(command, [each.meaning for each in words], lambda value: in_bash(value, words[-1], arguments[1]))
    if shell == "powershell":
        words = [split_line(word)[-1] for word in os.environ.get(_WORDS_VARIABLE, "").split("\n")]
        return _lines(command, ["litindex", *(each.meaning for each in words)], in_powershell)
    if shell in ("zsh", "fish"):
        *before, last = arguments or [""]
        current = split_line(last)[-1].meaning if shell == "fish" else last
        return _lines(command, ["litindex", *before, current], lambda value: value)
    return ""


def _lines(command: click.Command, words: Sequence[str], quote: Callable[[str], str | None]) -> str:
    return "".join(f"{line}\n" for line in _candidates(command, words, quote))


def _candidates(command: click.Command, words: Sequence[str], quote: Callable[[str], str | None]) -> Iterator[str]:
    from click.shell_completion import ShellComplete

    _, *before, last = words if len(words) > 1 else (*words, "")
    option = match[0] if (match := _OPTION_WITH_VALUE.match(last)) else ""
    for item in ShellComplete(command, {}, "litindex", VARIABLE).get_completions(before, last):
        value = item.value if item.value.startswith(option) else option + item.value
        if item.type != "plain":
            yield f"{item.type}\t-\t"
        elif escape(value) == value and (quoted := quote(value)):
            yield f"plain\t{quoted}\t{escape(item.help or '')}"


def split_line(line: str) -> list[Word]:
    """The words of a command line by POSIX quoting, its assignments left out; the last one is unfinished, or empty."""
    words, at = list[Word](), 0
    while True:
        at += len(line[at:]) - len(line[at:].lstrip())
        word, at = _word(line, at)
        if words or not _ASSIGNMENT.match(word.typed):
            words.append(word)
        if at >= len(line):
            return words


def _word(line: str, start: int) -> tuple[Word, int]:
    meaning, quote, at = "", "", start
    while at < len(line) and (piece := _PIECE.match(line, at)):
        at = piece.end()
        if piece["single"]:
            meaning, quote = meaning + piece["literal"], "" if piece["end1"] else "'"
        elif piece["double"]:
            meaning += re.sub(r'\\([$`"\\])', r"\1", piece["quoted"])
            quote = "" if piece["end2"] else '"'
        else:
            meaning += piece["plain"] or piece["one"] or ""
    return Word(line[start:at], meaning, quote), at


def in_bash(value: str, word: Word, replaced: str) -> str | None:
    """What takes the place of `replaced`, the end of the word that bash lets us complete; None where nothing can.

    bash starts anew after characters like @ and =, and after a quote that is open.
    """
    if word.quote:
        if word.typed != word.quote + replaced:
            return None
        return _in_quotes(value, word.quote)
    kept = word.typed.removesuffix(replaced)
    quoted = _SPECIAL.sub(r"\\\g<0>", value)
    return quoted[len(kept) :] if quoted.startswith(kept) else None


def _in_quotes(value: str, quote: str) -> str | None:
    """Between single quotes nothing can be escaped, between double ones all but the sign of history."""
    if quote == "'":
        return None if "'" in value else value
    return None if "!" in value else re.sub(r'[$`"\\]', r"\\\g<0>", value)


def in_powershell(value: str) -> str:
    """Bare, or in single quotes, of which PowerShell knows four kinds more."""
    if _BARE_IN_POWERSHELL.fullmatch(value):
        return value
    return "'" + re.sub("['\u2018-\u201b]", r"\g<0>\g<0>", value) + "'"
