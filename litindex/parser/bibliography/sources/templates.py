"""What a template of the vault says about a note that it made: exact by construction.

A template made a note when at least half of its literals, three or more, and one value that identifies a work are there,
outside the front matter. Lines with a literal may stand in any order, bare ones only beside a line that was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from litindex.models import TemplateSource
from litindex.parser.bibliography.sources.properties import node_text
from litindex.parser.bibliography.statement import Source, Statement, no_value
from litindex.parser.frontmatter.yaml_core import Mapping, Scalar, Sequence
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.templates.invert import PREFIX, Property, Template, TemplateSet, invert, is_labelled, match
from litindex.parser.templates.lines import Line, Pattern, literals, normal
from litindex.parser.templates.tree import Slot
from litindex.parser.vocabulary.keys import Keys, field_of

_LEAST: Final = 3
_FARTHEST: Final = 4
"""Lines between a bare line and the one beside it, where the template has something between them that prints no text."""
_IDENTIFYING: Final = frozenset("citekey title doi isbn zotero zotero_key bibliography".split())
_NAMES: Final = frozenset(("person:given", "person:family", "person:name", "person:whole"))
_KEYED: Final = frozenset((Source.PROPERTY, Source.FIELD, Source.LABEL, Source.SALVAGED))


class Made(NamedTuple):
    """A note that a template made. `lines`: what it printed; `read`: line -> the fields of which a value was printed there."""

    template: Template
    statements: list[Statement]
    lines: frozenset[int]
    read: dict[int, set[str]]


class _Text(NamedTuple):
    number: int
    text: str


class _Hit(NamedTuple):
    """A line of the note (its position among those that hold text) that is one of the template."""

    at: int
    pattern: Pattern
    values: list[str]


_Hits = dict[int, list[_Hit]]
"""Line of the template, by position -> where it stands in the note."""


def find_template(page: ParsedNote, sources: tuple[TemplateSource, ...]) -> tuple[Made | None, frozenset[int]]:
    """The template that made this note, None where none did; and the lines that are a template's own text or print."""
    if not sources:
        return None, frozenset()
    known = invert(sources)
    hidden = page.document.hidden_lines()
    numbered = ((number, normal(line)) for number, line in enumerate(page.lines, page.first) if number not in hidden)
    texts = [_Text(number, text) for number, text in numbered if text]
    fixed = frozenset(number for number, text in texts if text in known.fixed)
    hits = _find_labelled(texts, known)
    ranked = sorted(
        (-share, template.path, t)
        for t, template in enumerate(known.templates)
        if (share := _share(page, template, hits[t])) >= 0.5
    )
    for _, _, t in ranked:
        template = known.templates[t]
        _add_bare(texts, template, hits[t])
        if made := _read(page, texts, template, hits[t]):
            return made, fixed | made.lines
    return None, fixed


def _find_labelled(texts: list[_Text], known: TemplateSet) -> list[_Hits]:
    """Lines with a literal, wherever they stand: the first of each, all of those printed for each creator."""
    found: list[_Hits] = [{} for _ in known.templates]
    for at, (_, text) in enumerate(texts):
        for length in range(PREFIX + 1):
            for t, line, v in known.begins.get(text[:length], ()) if length <= len(text) else ():
                template_line = known.templates[t].lines[line]
                hits = found[t].setdefault(line, [])
                is_more = not hits or (template_line.is_repeated and hits[-1].at != at)
                if is_more and (values := _match(template_line.variants[v], text)) is not None:
                    hits.append(_Hit(at, template_line.variants[v], values))
    return [{line: hits for line, hits in each.items() if hits} for each in found]


def _match(pattern: Pattern, text: str) -> list[str] | None:
    """The values of the slots, where a role is one, and a given name is that of one person and no label follows it."""
    values = match(pattern, text)
    for slot, value in zip(_slots(pattern), values or (), strict=False):
        if slot.field == "person:role" and not (field_of(value) or "").startswith("creator:"):
            return None
        if slot.field in _NAMES and (";" in value or "::" in value or "**" in value):
            return None
        if slot.field == "person:given" and "," in value:
            return None
    return values


def _share(page: ParsedNote, template: Template, hits: _Hits) -> float:
    """How much of what the template always prints is there; 0 where that is too little to tell."""
    keys = {prop.key.lower() for prop in page.front.properties}
    properties = [each.is_optional for each in template.properties if each.key.lower() in keys]
    lines = [template.lines[line].is_optional for line in hits]
    if len(properties) + len(lines) < _LEAST or not template.weight:
        return 0.0
    return (properties.count(False) + lines.count(False)) / template.weight


# ---------------------------------------------------------------------- bare lines


def _add_bare(texts: list[_Text], template: Template, hits: _Hits) -> None:
    """Lines that print only values, from the top downwards and from the bottom upwards."""
    taken = {hit.at for each in hits.values() for hit in each}
    count = len(template.lines)
    for order, step in (range(count), 1), (range(count - 1, -1, -1), -1):
        beside: int | None = -1 if step > 0 else None
        is_near = True
        for line in order:
            pattern = template.lines[line]
            is_near &= not (pattern.gap if step > 0 else line + 1 < count and template.lines[line + 1].gap)
            if (
                line not in hits
                and beside is not None
                and not is_labelled(pattern)
                and not _has_lost_its_label(template, hits, line)
            ):
                at = beside + step
                if 0 <= at < len(texts) and at not in taken and _is_beside(texts, beside, at, is_near):
                    _try_bare(texts[at].text, at, pattern, template, line, hits)
                    taken |= {at} if line in hits else set()
            if line in hits:
                beside, is_near = hits[line][-1 if step > 0 else 0].at, True
            elif not pattern.is_optional and is_labelled(pattern):
                beside = None


def _has_lost_its_label(template: Template, hits: _Hits, line: int) -> bool:
    """Whether the line above, which the template always prints, is not in the note."""
    above = template.lines[line - 1] if line else None
    return above is not None and not above.is_optional and is_labelled(above) and line - 1 not in hits


def _is_beside(texts: list[_Text], one: int, other: int, is_near: bool) -> bool:
    if one < 0:
        return True
    return abs(texts[other].number - texts[one].number) <= (1 if is_near else _FARTHEST)


def _try_bare(text: str, at: int, line: Line, template: Template, number: int, hits: _Hits) -> None:
    for pattern in sorted(line.variants, key=lambda each: -len(literals(each))):
        slots = _slots(pattern)
        is_told = not slots or any(slot.field for slot in slots)
        is_told &= bool(literals(pattern)) or "::" not in text
        if is_told and text not in template.fixed and (values := _match(pattern, text)) is not None:
            hits[number] = [_Hit(at, pattern, values)]
            return


# ---------------------------------------------------------------------- statements


def _read(page: ParsedNote, texts: list[_Text], template: Template, hits: _Hits) -> Made | None:
    """What the template says; None where it says nothing in the text that would identify a work."""
    found: list[Statement] = []
    read: dict[int, set[str]] = {}
    lines = {texts[hit.at].number for each in hits.values() for hit in each}
    for line in sorted(hits):
        place = f"{template.path} line {template.lines[line].number}"
        prints = any(_slots(pattern) for pattern in template.lines[line].variants)
        for hit in hits[line]:
            number, slots = texts[hit.at].number, _slots(hit.pattern)
            stated = list(_statements(slots, hit.values, number, place))
            if stated and stated[-1].field == "abstract":
                stated[-1] = _continued(stated[-1], texts, hit.at, lines)
            found += stated
            if prints and (not slots or any(slot.field for slot in slots)):
                read.setdefault(number, set()).update(each.field for each in stated)
    if not any(each.field in _IDENTIFYING or each.names_people for each in found):
        return None
    found += _from_name(page, template)
    found += _from_properties(page, template, read)
    return Made(template, _without_repeated_people(found), frozenset(lines), read)


def _continued(statement: Statement, texts: list[_Text], at: int, lines: set[int]) -> Statement:
    """The abstract goes on to the next blank line, heading, or line of the template; what it takes is added to `lines`."""
    value = [statement.value]
    while at + 1 < len(texts) and texts[at + 1].number == texts[at].number + 1:
        at += 1
        if texts[at].number in lines or texts[at].text.startswith("#"):
            break
        value.append(texts[at].text)
        lines.add(texts[at].number)
    return statement._replace(value="\n".join(value))


def _slots(pattern: Pattern) -> list[Slot]:
    return [part for part in pattern if isinstance(part, Slot)]


def _statements(slots: list[Slot], values: list[str], number: int, place: str) -> Iterator[Statement]:
    person: dict[str, str] = {}
    for slot, value in zip(slots, values, strict=True):
        if not value or value in slot.defaults or no_value(value):
            continue
        if slot.field.startswith("person:"):
            person[slot.field.removeprefix("person:")] = value
        elif slot.field:
            yield Statement(slot.field, place, value, number, Source.TEMPLATE)
    role = field_of(person.pop("role", "")) or "creator:author"
    if person and role.startswith("creator:"):
        yield Statement(role, place, ", ".join(person.values()), number, Source.TEMPLATE, _person(person, number))


def _person(parts: dict[str, str], number: int) -> Mapping:
    """One creator, whose name is not to be split."""
    keys = {"family": "family", "given": "given", "name": "literal", "whole": "name"}
    return Mapping([(keys[part], Scalar(value, "text", number), number) for part, value in parts.items()], number)


def _from_name(page: ParsedNote, template: Template) -> Iterator[Statement]:
    """A citekey in the name of the file; a title there has lost the signs that no name may have."""
    values = match(template.file_name, page.name) if template.file_name else None
    for slot, value in zip(_slots(template.file_name), values or (), strict=False):
        if slot.field == "citekey" and value:
            yield Statement("citekey", template.path, value, None, Source.TEMPLATE)


def _from_properties(page: ParsedNote, template: Template, read: dict[int, set[str]]) -> Iterator[Statement]:
    """Properties whose keys say something else than what the template prints there."""
    written = {each.key.lower(): each for each in template.properties}
    for prop in page.front.properties:
        known: Property | None = written.get(prop.key.lower())
        if known is None or known.slot is None or not known.slot.field or known.slot.field == field_of(prop.key):
            continue
        is_several = isinstance(prop.value, Sequence) and len(prop.value.items) > 1
        text = node_text(prop.value)
        if text and text not in known.slot.defaults and (not is_several or known.slot.field.startswith("creator:")):
            place = f"{template.path} line {known.number}"
            read.setdefault(prop.line, set()).add(known.slot.field)
            yield Statement(known.slot.field, place, text, prop.line, Source.TEMPLATE, prop.value)


def _without_repeated_people(found: list[Statement]) -> list[Statement]:
    """Where a template prints people one by one and all together, or together at two places: the first way it is exact."""
    one_by_one = any(isinstance(each.node, Mapping) for each in found if each.names_people)
    kept: list[Statement] = []
    seen: set[str] = set()
    for each in found:
        if not each.names_people or isinstance(each.node, Mapping):
            kept.append(each)
        elif not one_by_one and each.field not in seen:
            seen.add(each.field)
            kept.append(each)
    return kept


def add_template(statements: list[Statement], made: Made, keys: Keys) -> list[Statement]:
    """All statements of the note. What a key says on a line that the template printed goes where the template knows
    better; what the user taught goes before the template. People whom a field names on that line are said once.
    """
    taught = {each.field for each in statements if keys.is_own(each.key) and not no_value(each.value)}
    kept = [each for each in statements if keys.is_own(each.key) or not _is_misread(each, made)]
    stated = {(each.field, each.line) for each in kept if each.names_people and each.source.rank < Source.TEMPLATE.rank}
    return kept + [
        each for each in made.statements if each.field not in taught and (each.field, each.line) not in stated
    ]


def _is_misread(statement: Statement, made: Made) -> bool:
    """Whether a key names another field than the one that the template prints there, or nothing was printed."""
    fields = made.read.get(statement.line or 0)
    return fields is not None and statement.source in _KEYED and statement.field not in fields
