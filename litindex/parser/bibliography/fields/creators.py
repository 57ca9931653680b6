"""The creators of a work out of its statements (Z12-Z16)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from litindex.models import Creator, Problem, Settings
from litindex.parser.bibliography.record import Record, provenance_row
from litindex.parser.bibliography.statement import Source, Statement, no_value
from litindex.parser.frontmatter.yaml_core import Mapping, Node, Scalar, Sequence
from litindex.parser.values.name_lists import Split, split_creators, split_line
from litindex.parser.values.names import Name, clean, person, proposal_keys, read_name, single
from litindex.parser.values.references import read_reference
from litindex.parser.vocabulary.keys import ROLES, is_first, is_plural, squeeze_key
from litindex.text_keys import name_key

_EDITOR_MARK = re.compile(
    r"(?:(?<!\s)\s++)?(?<![,(])[,(]++\s*(?:eds?|hrsg|hg|hgg|a cura di|dir|coord|red)\.?\s*+\)?\s*+$", re.I
)


_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.I)


class _Found(NamedTuple):
    role: str
    name: Name
    raw: str
    line: int | None


def read_creators(record: Record) -> tuple[Creator, ...]:
    """Z13: a list in the front matter, else the fields, else any property, else what says it less clearly."""
    stated = [
        statement
        for statement in record.stated
        if statement.names_people and not (no_value(statement.value) and statement.node is None)
    ]
    groups: dict[Source, list[Statement]] = {}
    for statement in stated:
        groups.setdefault(statement.source, []).append(statement)
    for source in sorted(groups, key=lambda source: _rank(source, groups)):
        problems: list[Problem] = []
        found = _read_group(groups[source], source, problems)
        if found:
            record.problems += problems
            _note_provenance(record, stated, source)
            return _numbered(found, record.settings)
    _note_provenance(record, stated, None)
    return ()


def _rank(source: Source, groups: dict[Source, list[Statement]]) -> int:
    """A list of people in the front matter goes before fields."""
    is_list = source is Source.PROPERTY and any(
        isinstance(statement.node, (Sequence, Mapping)) and _node_names(statement.node) for statement in groups[source]
    )
    return -1 if is_list else source.rank


def _note_provenance(record: Record, stated: list[Statement], used: Source | None) -> None:
    for statement in stated:
        is_unused_reference = statement.source is Source.REFERENCE and used is not Source.REFERENCE
        if not no_value(statement.value) and not is_unused_reference:
            role, verdict = statement.field.partition(":")[2], "used" if statement.source is used else "overruled"
            record.provenance.append(provenance_row(role, verdict, clean(statement.value)[:200], statement))


def _read_group(statements: list[Statement], source: Source, problems: list[Problem]) -> list[_Found]:
    layouts = Counter(map(_layout, statements))
    first = {_layout(statement) for statement in statements if statement.key and is_first(statement.key)}
    found: list[_Found] = []
    for statement in statements:
        alone = _layout(statement) in first or layouts[_layout(statement)] > 1
        role, statement = _without_editor_mark(_role(statement), statement)
        split = _split(statement, source, alone)
        roles = _node_roles(statement.node, len(split.names))
        found += [
            _Found(_own_role(own) or role, name, raw, statement.line)
            for (name, raw), own in zip(split.names, roles, strict=True)
        ]
        problems += _split_problems(split, statement)
    return found


def _layout(statement: Statement) -> str | None:
    """Statements of one layout that are several, or begin with First…, name one creator each (layout A)."""
    return _role(statement) if statement.source is Source.FIELD else statement.key


def _without_editor_mark(role: str, statement: Statement) -> tuple[str, Statement]:
    """`Vogel, Greta (Hrsg.)` under `Author` is an editor."""
    is_list = isinstance(statement.node, (Sequence, Mapping))
    if role != "author" or statement.source is Source.REFERENCE or is_list:
        return role, statement
    mark = _EDITOR_MARK.search(statement.value)
    return (
        ("editor", statement._replace(value=statement.value[: mark.start()], node=None)) if mark else (role, statement)
    )


def _split_problems(split: Split, statement: Statement) -> Iterable[Problem]:
    if split.et_al:
        yield Problem(
            "creator-et-al",
            "warning",
            statement.line,
            f"`{_short(statement.value)}` leaves people out; name them all to find their works.",
        )
    if split.ambiguous:
        yield Problem(
            "creator-ambiguous",
            "warning",
            statement.line,
            f"`{_short(statement.value)}` could not be told apart into people; separate them by `;`.",
        )


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def _role(statement: Statement) -> str:
    role = statement.field.partition(":")[2]
    if statement.source == Source.REFERENCE and read_reference(statement.value).editors:
        return "editor"
    return "author" if role == "creator" and statement.key and squeeze_key(statement.key) == "creators" else role


def _split(statement: Statement, source: Source, layout_a: bool) -> Split:
    if statement.node is not None and not isinstance(statement.node, Scalar):
        return _split_node(statement.node)
    if no_value(statement.value):
        return Split([])
    raw = _BREAK.sub("; ", _unquoted(statement.value))
    if source == Source.REFERENCE:
        reference = read_reference(raw)
        return Split(reference.names, reference.et_al)
    if source == Source.FIELD:
        return (
            split_line(raw)
            if layout_a
            else split_creators(
                raw, prop=False, natural=bool(statement.key and is_plural(statement.key)) or "[[" in raw
            )
        )
    if layout_a:
        return _one_line(raw)
    return split_creators(raw, prop=True, natural=True)


def _one_line(raw: str) -> Split:
    """One creator a line outside of fields: natural order is read as such."""
    if "," in raw or ";" in raw or "[[" in raw:
        return split_line(raw)
    name = read_name(raw, natural=True)
    return Split([(name, raw)] if name else [])


def _unquoted(raw: str) -> str:
    text = raw.strip().strip("“”").strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "*_":
        text = text.strip("*_").strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text


# ---------------------------------------------------------------------- lists and maps in properties


def _own_role(text: str) -> str | None:
    return ROLES.get(squeeze_key(text)) if text else None


def _node_roles(node: Node | None, count: int) -> list[str]:
    """Zotero's `creatorType` of each map in a list, '' where there is none."""
    if isinstance(node, Sequence):
        maps = [item for item in node.items if isinstance(item, Mapping)]
        roles = [
            next(
                (
                    v.raw
                    for k, v, _ in item.pairs
                    if squeeze_key(k) in ("creatortype", "role") and isinstance(v, Scalar)
                ),
                "",
            )
            for item in maps
        ]
        if len(roles) == count:
            return roles
    return [""] * count


def _split_node(node: Node) -> Split:
    names, et_al = [], False
    for name, raw, cut in _node_names(node):
        et_al = et_al or cut
        if name is not None:
            names.append((name, raw))
    return Split(names, et_al)


def _node_names(node: Node) -> list[tuple[Name | None, str, bool]]:
    if isinstance(node, Mapping):
        return _map_names(node)
    if isinstance(node, Scalar):
        return _item_names(node.raw) if not no_value(node.raw) else []
    if (
        len(node.items) == 1
        and isinstance(node.items[0], Sequence)
        and all(isinstance(part, Scalar) for part in node.items[0].items)
    ):
        text = ", ".join(
            part.raw for part in node.items[0].items if isinstance(part, Scalar)
        )  # an unquoted [[Last, First]]
        return _item_names(text)
    return [name for item in node.items for name in _node_names(item)]


def _item_names(raw: str) -> list[tuple[Name | None, str, bool]]:
    """An item of a list is one creator; only `;` and several links split it."""
    if ";" in raw or raw.count("[[") > 1:
        split = split_creators(raw, prop=True, natural=True)
        return [(name, part, split.et_al) for name, part in split.names]
    split = (
        split_creators(raw, prop=True, natural=True)
        if "," not in raw and " and " not in raw
        else Split([(name, raw)] if (name := read_name(raw, natural=True, layout_a=True)) else [])
    )
    if not split.names:
        return [(None, raw, split.et_al)]
    return [(name, raw, split.et_al) for name, _ in split.names]


_FAMILY = tuple(
    "family lastname last surname familyname familynames nachname nom apellido apellidos sobrenome cognome".split()
)
_GIVEN = tuple("given firstname first givenname givennames forename vorname prénom nombre nome".split())
_WHOLE = ("literal", "name", "fullname", "displayname", "label", "title")


def _map_names(node: Mapping) -> list[tuple[Name | None, str, bool]]:
    """CSL's `{family, given, literal}`, Zotero's `{firstName, lastName}`, `{name}`; else a map of such maps."""
    values = {
        squeeze_key(key): value.raw.strip()
        for key, value, _ in node.pairs
        if isinstance(value, Scalar) and not no_value(value.raw)
    }
    family = next((values[key] for key in _FAMILY if key in values), "")
    given = next((values[key] for key in _GIVEN if key in values), "")
    whole = next((values[key] for key in _WHOLE if key in values), "")
    raw = whole or (f"{family}, {given}" if given and family else family or given)
    if family and given:
        particle = values.get("nondroppingparticle") or values.get("droppingparticle")
        last = f"{particle} {family}" if particle else family
        return [(person(clean(last), clean(given), values.get("suffix")), raw, False)]
    if whole and not family:
        name = read_name(whole, natural="literal" not in values)
        return [(name, raw, False)]
    if family or given:
        return [(single(clean(family or given)), raw, False)]
    return [name for _, value, _ in node.pairs if isinstance(value, (Mapping, Sequence)) for name in _node_names(value)]


# ---------------------------------------------------------------------- rows


def _numbered(found: list[_Found], settings: Settings) -> tuple[Creator, ...]:
    """Z14: order of the note; position restarts per role; the same name in a role counts once."""
    creators: list[Creator] = []
    seen: set[tuple[str, str]] = set()
    counts: dict[str, int] = {}
    for item in found:
        name = _merged(item.name, settings)
        key = name_key(name.name)
        if (item.role, key) in seen or not key or no_value(name.name):
            continue
        seen.add((item.role, key))
        counts[item.role] = counts.get(item.role, 0) + 1
        family_key, given_key, initials = proposal_keys(name)
        creators.append(
            Creator(
                item.role,
                counts[item.role],
                name.name,
                key,
                name.kind,
                name.family,
                name.given,
                name.particle,
                name.suffix,
                family_key,
                given_key,
                initials,
                item.raw,
                item.line,
            )
        )
    return tuple(creators)


def _merged(name: Name, settings: Settings) -> Name:
    """A user's own merges (`authors.toml`) stand above what a note spells."""
    target = settings.authors.get(name_key(name.name)) if settings.authors else None
    return (read_name(target, natural=True) or name) if target else name
