"""A template as text, printed values and control statements: Nunjucks, Liquid, Handlebars, Eta, Templater and mdnotes.

Linear: each closing sign is looked for once; an opening one without it is text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final, NamedTuple

_OPENING = re.compile(r"\{\{|\{%|\{#|<%|%\(")
_CLOSING: Final = {"{{": "}}", "{%": "%}", "{#": "#}", "<%": "%>", "%(": ")"}
_SPACE: Final = " \t\r\n"
_ETA_CODE = re.compile(r"[{};]|=>|(?:const|let|var|await|if|for)\b")
_HANDLEBARS_CONTROL = re.compile(r"[#/^!>]|else\b")


class Token(NamedTuple):
    """`kind` is text, value or control; `line` where it begins, from 1."""

    kind: str
    text: str
    line: int


def tokenize(text: str) -> list[Token]:
    """The tokens of a template, in their order, white space taken away where the template says so."""
    found: list[Token] = []
    ends = [end.start() for end in re.finditer("\n", text)]
    at = written = 0
    lacking: set[str] = set()
    trim = False
    while opening := _OPENING.search(text, at):
        sign = opening[0]
        end = -1 if sign in lacking else text.find(_CLOSING[sign], opening.end())
        if end < 0:
            lacking.add(sign)
            at = opening.end()
            continue
        inner = text[opening.end() : end]
        before = text[written : opening.start()]
        trim_end = inner[:1] in ("-", "~") and sign != "<%"
        found += _text(before, written, ends, trim_start=trim, trim_end=trim_end)
        trim = inner[-1:] in ("-", "~") and len(inner) > 1
        found += _token(sign, inner, bisect_left(ends, opening.start()) + 1)
        at = written = end + len(_CLOSING[sign]) + (sign == "{{" and text.startswith("}", end + 2))
    return found + _text(text[written:], written, ends, trim_start=trim, trim_end=False)


def _text(part: str, start: int, ends: list[int], *, trim_start: bool, trim_end: bool) -> list[Token]:
    if trim_start:
        start += len(part) - len(part.lstrip(_SPACE))
        part = part.lstrip(_SPACE)
    if trim_end:
        part = part.rstrip(_SPACE)
    return [Token("text", part, bisect_left(ends, start) + 1)] if part else []


def _token(sign: str, inner: str, line: int) -> list[Token]:
    if sign == "{#":
        return []
    code = inner.strip("{~-_ \t\r\n")
    if sign == "{%":
        return [Token("control", code, line)]
    if sign == "{{":
        return [Token("control" if _HANDLEBARS_CONTROL.match(code) else "value", code, line)]
    if sign == "<%" and not inner.startswith(("=", "~")):
        is_code = inner.startswith("*") or _ETA_CODE.search(code) is not None
        return [Token("control" if is_code else "value", code.lstrip("*+"), line)]
    return [Token("value", code.lstrip("=~ "), line)]
