"""Templates -> patterns. What a note that one of them made looks like, and what it says at which place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from litindex.models import TemplateSource
from litindex.parser.templates.lines import Line, Pattern, literals, read_lines, says_something
from litindex.parser.templates.tokens import Token, tokenize
from litindex.parser.templates.tree import Slot, build_tree, variables
from litindex.parser.vocabulary.template_variables import STRONG, is_known

_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)", re.M)
_PROPERTY = re.compile(r"([^\s:#\-][^:\n]*):(?: |$)")
_RULE: Final = "---"
_AROUND_VALUE: Final = "\"'[]()@{}<>,"


class Property(NamedTuple):
    """A key that a template writes into the front matter; `slot` is None where it prints no one value for it."""

    key: str
    slot: Slot | None
    number: int
    is_optional: bool


class Template(NamedTuple):
    """`weight`: how many literals every note of this template has; `unread`: lines that print values which cannot be told
    apart; `file_name`: the pattern of the notes' names, or ().
    """

    path: str
    properties: tuple[Property, ...]
    lines: tuple[Line, ...]
    fixed: frozenset[str]
    unread: tuple[int, ...]
    file_name: Pattern

    @property
    def weight(self) -> int:
        return sum(not each.is_optional for each in self.properties) + sum(
            not line.is_optional and is_labelled(line) for line in self.lines
        )


class TemplateSet(NamedTuple):
    """All templates of a vault. `begins`: the first characters of a literal -> (template, line, variant) that begin so;
    `fixed`: what any of them prints itself.
    """

    templates: tuple[Template, ...]
    begins: dict[str, list[tuple[int, int, int]]]
    fixed: frozenset[str]


PREFIX: Final = 3


def makes_literature(text: str) -> bool:
    """Whether this is a template of literature notes: it prints two values that programs for literature have, one of them
    nothing but such a program's.
    """
    if "{{" not in text and "<%" not in text:
        return False
    names = {name for token in _outside_code(text) if token.kind != "text" for name in variables(token.text)}
    known = {name for name in names if is_known(name)}
    return len(known) > 1 and bool(known & STRONG)


def _outside_code(text: str) -> list[Token]:
    """The tokens without those in fenced code: a note about templates is none."""
    if "```" not in text and "~~~" not in text:
        return tokenize(text)
    return [token for part in _FENCE.split(text)[::2] for token in tokenize(part)]


@lru_cache(maxsize=8)
def invert(sources: tuple[TemplateSource, ...]) -> TemplateSet:
    """The patterns of all templates; equal sources give the same object."""
    templates = tuple(_invert(source) for source in sources)
    begins: dict[str, list[tuple[int, int, int]]] = {}
    for t, template in enumerate(templates):
        for at, line in enumerate(template.lines):
            for v, pattern in enumerate(line.variants):
                if is_telling(pattern):
                    first = pattern[0] if isinstance(pattern[0], str) else ""
                    begins.setdefault(first[:PREFIX], []).append((t, at, v))
    return TemplateSet(templates, begins, frozenset().union(*(each.fixed for each in templates)))


def _invert(source: TemplateSource) -> Template:
    found = read_lines(build_tree(tokenize(source.text.removeprefix("\ufeff").replace("\r\n", "\n"))))
    lines = found.lines
    properties: tuple[Property, ...] = ()
    if lines and lines[0].variants == ((_RULE,),):
        end = next((at for at, line in enumerate(lines[1:], 1) if line.variants == ((_RULE,),)), 0)
        properties = tuple(each for line in lines[1:end] for each in _properties(line))
        lines = lines[end + 1 :] if end else lines
    name = read_lines(build_tree(tokenize(source.file_name))).lines
    return Template(source.path, properties, lines, found.fixed, found.unread, name[0].variants[0] if name else ())


def _properties(line: Line) -> list[Property]:
    for pattern in line.variants:
        first = pattern[0] if isinstance(pattern[0], str) else ""
        if key := _PROPERTY.match(first) or (_PROPERTY.match(first + " ") if len(pattern) > 1 else None):
            rest = (first[key.end() :], *pattern[1:])
            slots = [part for part in rest if isinstance(part, Slot)]
            is_alone = len(slots) == 1 and not literals(rest).strip(_AROUND_VALUE)
            return [Property(key[1].strip(), slots[0] if is_alone else None, line.number, line.is_optional)]
    return []


def is_labelled(line: Line) -> bool:
    """Whether a line can be known wherever it stands."""
    return any(map(is_telling, line.variants))


def is_telling(pattern: Pattern) -> bool:
    """Whether the template itself prints a text in it, or the role of a creator."""
    return says_something(literals(pattern)) or Slot("person:role") in [
        part._replace(defaults=()) for part in pattern if isinstance(part, Slot)
    ]


def _is_year(part: str | Slot) -> bool:
    """Whether a slot, the last of a line, is a date: a title before it may hold the sign between them."""
    return isinstance(part, Slot) and part.field in ("date", "year")


def match(pattern: Pattern, text: str) -> list[str] | None:
    """The values of the slots, None where the text is none of this pattern. Each literal is looked for once, from the end
    of the one before it: linear.
    """
    values: list[str] = []
    at, last, is_open = 0, len(pattern) - 1, False
    for number, part in enumerate(pattern):
        if isinstance(part, Slot):
            is_open = True
            continue
        if not is_open:
            found = 0 if text.startswith(part) else -1
        elif number == last:
            found = max(at, len(text) - len(part)) if text.endswith(part) and len(text) - len(part) >= at else -1
        else:
            found = text.rfind(part, at) if number == last - 1 and _is_year(pattern[last]) else text.find(part, at)
        if found < 0:
            return None
        if is_open:
            values.append(text[at:found].strip())
        at, is_open = found + len(part), False
    if is_open:
        return [*values, text[at:].strip()]
    return values if at == len(text) else None
