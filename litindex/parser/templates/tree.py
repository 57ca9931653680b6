"""Tokens of a template as a tree: what is printed, in which branch, once or for each creator."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from litindex.parser.templates.tokens import Token
from litindex.parser.vocabulary.keys import squeeze_key
from litindex.parser.vocabulary.template_variables import PART_OF_NAME, PEOPLE, variable_field

_WORD = re.compile(r"[^\W\d][\w.]*")
_STRING = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")
_FORMAT = re.compile(r"format\w*\s*\(?\s*[\"']([^\"'\n]*)[\"']")
_ROOTS: Final = frozenset(("it", "item", "entry", "data", "entry.data.fields", "itemdata"))
_OPENS: Final = frozenset("if unless ifequal for each with macro call switch filter raw persist capture block".split())
_THROUGH: Final = frozenset(("persist", "with", "call", "filter", "raw", "block"))
_MIDDLES: Final = frozenset("else elif elseif elsif case default when".split())


class Slot(NamedTuple):
    """A printed value: `field` is what it fills, '' unknown; `defaults` are printed where there is none."""

    field: str
    defaults: tuple[str, ...] = ()


@dataclass
class Block:
    """`kind`: branches, people (a loop over creators), through (printed once, may be changed), or skipped."""

    kind: str
    branches: list[list[Part]] = field(default_factory=lambda: [[]])


class Text(NamedTuple):
    text: str
    line: int


Part = Text | Slot | Block


def build_tree(tokens: list[Token]) -> list[Part]:
    """The parts of the template. Blocks that are not closed end with it; closing what is not open does nothing."""
    root = Block("through")
    stack = [root]
    for token in tokens:
        if token.kind == "control":
            _control(token.text, stack)
        else:
            is_one = any(block.kind == "people" for block in stack)
            part = Text(token.text, token.line) if token.kind == "text" else read_slot(token.text, of_person=is_one)
            stack[-1].branches[-1].append(part)
    return root.branches[0]


def _control(code: str, stack: list[Block]) -> None:
    word = (_WORD.search(code) or [""])[0].lower()
    is_eta = code.startswith("}")
    if code.startswith("/") or word.startswith("end") or (is_eta and not code.endswith("{")):
        if len(stack) > 1:
            stack.pop()
    elif is_eta or word in _MIDDLES or code.startswith("^"):
        if len(stack) > 1:
            stack[-1].branches.append([])
    elif word in _OPENS or code.endswith(("{", "=>")) or code.startswith("#"):
        block = Block(_kind(word, code, [each.kind for each in stack]))
        stack[-1].branches[-1].append(block)
        stack.append(block)


def _kind(word: str, code: str, around: list[str]) -> str:
    is_loop = word in ("for", "each") or "forEach" in code or ".map(" in code
    if is_loop:
        names = {
            squeeze_key(name.rpartition(".")[2])
            for name in _WORD.findall(code.replace(".forEach", "").replace(".map", ""))
        }
        return "people" if names & PEOPLE else "skipped"
    if word == "macro":
        return "skipped"
    return "through" if word in _THROUGH and "people" not in around else "branches"


def read_slot(code: str, *, of_person: bool) -> Slot:
    """What an expression prints. Filters are not interpreted but for the one that makes a date a year."""
    strings = tuple(text for pair in _STRING.findall(code) if (text := " ".join((pair[0] or pair[1]).split())))
    bare = _STRING.sub("", code)
    found = _WORD.match(bare)
    if found is None or bare[found.end() : found.end() + 1] == "(":
        return Slot("", strings)
    name = _variable(found[0])
    if of_person and (part := PART_OF_NAME.get(squeeze_key(found[0].rpartition(".")[2]))):
        return Slot(f"person:{part}", strings)
    field = variable_field(name) if name else ""
    shape = _FORMAT.search(code)
    if field == "date" and shape is not None:
        field = "year" if set(shape[1].lower()) == {"y"} else "date" if "y" in shape[1].lower() else ""
    return Slot(field, strings)


def variables(code: str) -> set[str]:
    """The names in an expression or statement, as they are compared."""
    return {squeeze_key(_variable(name)) for name in _WORD.findall(_STRING.sub("", code))} - {""}


def _variable(name: str) -> str:
    """`it.title` and `entry.data.fields.title` are `title`; `annotation.title` is none of the work's."""
    root, dot, last = name.rpartition(".")
    return last if not dot or root.lower() in _ROOTS else ""
