"""The creators of a work out of its statements (Z12-Z16)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from litindex.models import Creator, Problem, Settings
from litindex.parser.bibliography.fields.name_maps import node_roles, split_node
from litindex.parser.bibliography.record import Record, provenance_row
from litindex.parser.bibliography.statement import Source, Statement, no_value
from litindex.parser.frontmatter.yaml_core import Mapping, Scalar, Sequence
from litindex.parser.values.name_lists import Split, split_creators, split_line
from litindex.parser.values.names import Name, clean, proposal_keys, read_name
from litindex.parser.values.references import read_reference
from litindex.parser.vocabulary.keys import is_first, is_plural, squeeze_key
from litindex.parser.vocabulary.names import CJK_ROLES, EDITOR_MARKS
from litindex.text_keys import letters, name_key

_EDITORS = "|".join(EDITOR_MARKS)
_IN_BRACKETS = re.compile(rf"(?:(?<!\s)\s+)?\(\s*(?:{_EDITORS})\.?\s*\)\s*$", re.I)
_EDITOR_MARK = re.compile(rf"{_IN_BRACKETS.pattern}|(?:(?<!\s)\s+)?,\s*({_EDITORS})(\.?)\s*$", re.I)

_CJK = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_CJK_ROLE = re.compile(rf"(?<={_CJK})(?:\s+({'|'.join(CJK_ROLES)})|(?<={_CJK}{{2}})(著|译|譯|编著|主编))\s*$")
_NATION = re.compile(r"[\[(（【〔][\u4e00-\u9fff]{1,4}[\])）】〕]\s*(?=\S)")
"""`[英]`, before the name of a foreigner."""


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
    best: list[_Found] = []
    used: Source | None = None
    for source in sorted(groups, key=lambda source: _rank(source, groups)):
        if used is not None and source.is_inferred:
            break
        problems: list[Problem] = []
        found = _read_group(groups[source], source, problems)
        if found and used is None:
            used = source
            record.problems += problems
        best += _others(found, best) if best else found
    _note_provenance(record, stated, used)
    return _numbered(best, record.settings)


def _others(found: list[_Found], best: list[_Found]) -> list[_Found]:
    """Those of roles that what counts more does not speak of: the editors of a label beside the authors of a property."""
    roles, known = {each.role for each in best}, {name_key(each.name.name) for each in best}
    return [each for each in found if each.role not in roles and name_key(each.name.name) not in known]


def _rank(source: Source, groups: dict[Source, list[Statement]]) -> int:
    """A list of people in the front matter goes before fields."""
    is_list = source is Source.PROPERTY and any(
        isinstance(statement.node, (Sequence, Mapping)) and split_node(statement.node).names
        for statement in groups[source]
    )
    return -1 if is_list else source.rank


def _note_provenance(record: Record, stated: list[Statement], used: Source | None) -> None:
    for statement in stated:
        is_unused_reference = statement.source is Source.REFERENCE and used is not Source.REFERENCE
        if not no_value(statement.value) and not is_unused_reference:
            role, verdict = statement.field.partition(":")[2], "used" if statement.source is used else "overruled"
            record.provenance.append(provenance_row(role, verdict, clean(statement.value)[:200], statement))


def _read_group(statements: list[Statement], source: Source, problems: list[Problem]) -> list[_Found]:
    statements = _told_once(statements)
    layouts = [_layout(statement) for statement in statements]
    times = Counter(layouts)
    first = {
        layout
        for layout, statement in zip(layouts, statements, strict=True)
        if statement.key and is_first(statement.key)
    }
    found: list[_Found] = []
    for layout, statement in zip(layouts, statements, strict=True):
        alone = layout in first or times[layout] > 1
        role, statement = _without_editor_mark(_role(statement), statement)
        split = _split(statement, source, alone)
        roles = node_roles(statement.node, len(split.names))
        found += [
            _marked(_Found(own or role, name, raw, statement.line))
            for (name, raw), own in zip(split.names, roles, strict=True)
        ]
        problems += _split_problems(split, statement)
    return found


def _marked(found: _Found) -> _Found:
    """Of several people under `author` one may be marked as the editor, or the translator: `艾伦 著`, `周敏 译`."""
    if found.role == "author" and not found.raw.isascii() and (told := _told_behind(found)):
        return told
    mark = _IN_BRACKETS.search(found.raw) if found.role == "author" else None
    name = read_name(found.raw[: mark.start()], natural=True) if mark else None
    return found._replace(role="editor", name=name) if name else found


def _told_behind(found: _Found) -> _Found | None:
    """A name without the word behind it that tells the role, and without the country before it."""
    mark, nation = _CJK_ROLE.search(found.raw), _NATION.match(found.raw)
    if mark is None and nation is None:
        return None
    text = found.raw[nation.end() if nation else 0 : mark.start() if mark else len(found.raw)]
    name = read_name(text.rstrip().removesuffix(" 等") if mark else text, natural=True)
    return found._replace(role=CJK_ROLES[mark[1] or mark[2]] if mark else found.role, name=name) if name else None


def _told_once(statements: list[Statement]) -> list[Statement]:
    """Without fields that list people of whom others of their role name the first alone, where these name several; without
    the first alone otherwise.
    """
    told = [each for each in statements if each.source is Source.FIELD and not no_value(each.value)]
    single = Counter(_role(each) for each in told if not _lists_people(each))
    if not single or len(told) == single.total():
        return statements
    first = {_role(each): _words(each) for each in reversed(told) if not _lists_people(each)}
    again = {
        role for each in told if _lists_people(each) and (role := _role(each)) in first and first[role] <= _words(each)
    }
    return [
        each for each in statements if _role(each) not in again or _lists_people(each) == (single[_role(each)] == 1)
    ]


def _words(statement: Statement) -> set[str]:
    return set(letters(statement.value).split())


def _lists_people(statement: Statement) -> bool:
    return statement.key is not None and is_plural(statement.key)


def _layout(statement: Statement) -> str | None:
    """Statements of one layout that are several, or begin with First…, name one creator each (layout A)."""
    return _role(statement) if statement.source is Source.FIELD else statement.key


def _without_editor_mark(role: str, statement: Statement) -> tuple[str, Statement]:
    """`Vogel, Greta (Hrsg.)` under `Author` is an editor."""
    is_list = isinstance(statement.node, (Sequence, Mapping))
    if role != "author" or statement.source is Source.REFERENCE or is_list:
        return role, statement
    value = statement.value
    begin = max(value.rfind(",", -40), value.rfind("(", -40))
    mark = _EDITOR_MARK.search(value, len(value[:begin].rstrip())) if begin >= 0 else None
    if mark is None or (mark[1] and not _is_bare_mark(statement, mark)):
        return role, statement
    return "editor", statement._replace(value=statement.value[: mark.start()], node=None)


def _is_bare_mark(statement: Statement, mark: re.Match[str]) -> bool:
    """Whether `ed` behind a comma marks an editor and is not the given name of Ed: fields state the role themselves."""
    if statement.source is Source.FIELD:
        return False
    before = statement.value[: mark.start()]
    return "," in before or mark[1].casefold() not in ("ed", "red", "dir") or (mark[1].islower() and mark[2] == ".")


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
        return split_node(statement.node)
    if no_value(statement.value):
        return Split([])
    raw = _unquoted(statement.value)
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
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text


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
        row = Creator(
            item.role, counts[item.role], name.name, key, name.kind, name.family, name.given, name.particle, name.suffix,
            *proposal_keys(name), item.raw, item.line,
        )  # fmt: skip
        creators.append(row)
    return tuple(creators)


def _merged(name: Name, settings: Settings) -> Name:
    """A user's own merges (`authors.toml`) stand above what a note spells."""
    target = settings.authors.get(name_key(name.name)) if settings.authors else None
    return (read_name(target, natural=True) or name) if target else name
