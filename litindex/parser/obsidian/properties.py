"""Front matter properties as rows: fields, tags, aliases, links (M12-M21)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from litindex.models import Alias, Field, Link, Problem, TagUse
from litindex.parser.dataview.inline_fields import canonical_key
from litindex.parser.dataview.values import string_type
from litindex.parser.frontmatter.handler import FrontMatter, Property
from litindex.parser.frontmatter.yaml_core import Mapping, Node, Scalar, Sequence, flow_text, is_null, scalar_value
from litindex.parser.markdown import inline
from litindex.parser.obsidian.links import make_link
from litindex.parser.obsidian.tags import property_tag
from litindex.parser.values.dates import read_stamp
from litindex.text_keys import squeeze, text_key

_RESERVED: Final = {
    "tags": "tags",
    "tag": "tags",
    "aliases": "aliases",
    "alias": "aliases",
    "cssclass": "cssclasses",
    "cssclasses": "cssclasses",
}
_DEPRECATED: Final = frozenset(("tag", "alias", "cssclass"))
_CREATED: Final = ("createddate", "datecreated", "created")
_MODIFIED: Final = ("modifieddate", "datemodified", "modified", "updateddate", "dateupdated", "updated")


class Properties(NamedTuple):
    """What Obsidian reads out of the front matter: nothing unless its state is ok."""

    links: list[Link]
    tags: list[TagUse]
    aliases: tuple[Alias, ...]
    created: tuple[str | None, str | None]
    modified: tuple[str | None, str | None]
    problems: list[Problem]


def read_properties(front: FrontMatter) -> Properties:
    """Links, tags, aliases and stamps of a sound front matter."""
    sound = front.properties if front.state == "ok" else []
    links, link_problems = property_links(sound)
    tags, tag_problems = property_tags(sound)
    problems = key_problems(sound) + link_problems + tag_problems
    stamps = stamp(sound, "created"), stamp(sound, "modified")
    return Properties(links, tags, property_aliases(sound), *stamps, problems)


def property_rows(properties: list[Property], links: list[Link]) -> list[Field]:
    """Rows of `fields`, one a scalar (M18, M19); `links` are the property links, the first of the note's links."""
    by_place = {(link.property, link.raw): i for i, link in reversed(list(enumerate(links)))} if links else {}
    rows: list[Field] = []
    for occurrence, prop in enumerate(properties):
        form = "salvaged" if prop.salvaged else "yaml"
        key = canonical_key(prop.key)
        is_plain = isinstance(prop.value, Scalar)
        for path, item, node in (("", 0, prop.value),) if is_plain else _scalars(prop.value, "", 0):
            kind, raw, text, number, date = _typed(node)
            link = by_place.get((_place(prop, path, item), raw)) if kind == "link" else None
            line = node.line or prop.line
            rows.append(Field(
                prop.key, key, "frontmatter", form, "page", occurrence, path, item, kind, raw, text, number, date, link, None, line,
            ))  # fmt: skip
    return rows


def _place(prop: Property, path: str, item: int) -> str:
    """The key path of a row, as `Link.property` has it."""
    parts = (prop.key, path, str(item) if isinstance(prop.value, Sequence) else "")
    return ".".join(part for part in parts if part)


def _scalars(node: Node, path: str, item: int) -> list[tuple[str, int, Node]]:
    """(path inside the value, index in its list, node); empty lists and maps stand for themselves."""
    if isinstance(node, Sequence) and node.items:
        found: list[tuple[str, int, Node]] = []
        for i, child in enumerate(node.items):
            if isinstance(child, Scalar):
                found.append((path, i, child))
            else:
                found += _scalars(child, f"{path}.{i}" if path else str(i), 0)
        return found
    if isinstance(node, Mapping) and node.pairs:
        return [row for key, child, _ in node.pairs for row in _scalars(child, f"{path}.{key}" if path else key, 0)]
    return [(path, item, node)]


def _typed(node: Node) -> tuple[str, str, str | None, float | None, str | None]:
    """(type, raw, text, number, date) of one row."""
    if isinstance(node, Sequence):
        return "list", "[]", None, None, None
    if isinstance(node, Mapping):
        return "map", "{}", None, None, None
    if node.kind == "str":
        value = string_type(node.raw)
        return (value.type, node.raw, *value[2:])
    if node.kind == "null":
        return "null", node.raw, None, None, None
    value_of = scalar_value(node)
    if node.kind == "bool":
        return "boolean", node.raw, "true" if value_of else "false", float(bool(value_of)), None
    number = _number(value_of)
    return "number", node.raw, _number_text(node.raw, value_of), number, None


def _number(value: object) -> float | None:
    try:
        return float(value) if isinstance(value, (int, float)) else None
    except OverflowError:
        return None


def _number_text(raw: str, value: object) -> str:
    return str(value) if isinstance(value, int) and raw[:2] in ("0o", "0x") else raw


# ---------------------------------------------------------------------- links


def property_links(properties: list[Property]) -> tuple[list[Link], list[Problem]]:
    """Every link in a string value, with the key path it stands at (M20)."""
    links: list[Link] = []
    problems: list[Problem] = []
    for prop in properties:
        is_plain = isinstance(prop.value, Scalar)
        for path, node in ((prop.key, prop.value),) if is_plain else _walk(prop.value, prop.key):
            if isinstance(node, Scalar):
                if node.kind == "str" and ("[[" in node.raw or "](" in node.raw):
                    found = inline.scan(node.raw, {})
                    links += [
                        make_link(raw, node.raw, node.line, source="frontmatter", prop=path)
                        for raw in found.links
                        if raw.syntax in ("wikilink", "markdown")
                    ]
            elif _is_unquoted_link(node):
                message = f"`{path}: {flow_text(node)}` is a list in a list, not a link: put quotes around [[…]]."
                problems.append(Problem("frontmatter-unquoted-link", "info", node.line, message))
    return links, problems


def _walk(node: Node, path: str) -> list[tuple[str, Node]]:
    found: list[tuple[str, Node]] = [(path, node)]
    if isinstance(node, Sequence):
        for i, child in enumerate(node.items):
            found += _walk(child, f"{path}.{i}")
    elif isinstance(node, Mapping):
        for key, child, _ in node.pairs:
            found += _walk(child, f"{path}.{key}")
    return found


def _is_unquoted_link(node: Node) -> bool:
    return (
        isinstance(node, Sequence)
        and len(node.items) == 1
        and isinstance(node.items[0], Sequence)
        and node.items[0].items != []
        and all(isinstance(part, Scalar) and part.kind == "str" for part in node.items[0].items)
    )


# ---------------------------------------------------------------------- tags, aliases, stamps


def reserved(properties: list[Property], name: str) -> list[Property]:
    """The properties that mean `tags` or `aliases`, whatever their case or age (M12, M15)."""
    return [prop for prop in properties if _meaning(prop.key) == name]


@lru_cache(maxsize=4096)
def _meaning(key: str) -> str | None:
    """What a reserved key means."""
    return _RESERVED.get(key.strip().lower())


def key_problems(properties: list[Property]) -> list[Problem]:
    """Reserved keys in two spellings, and keys that Obsidian 1.9 dropped (M12, M15)."""
    problems: list[Problem] = []
    spellings: dict[str, str] = {}
    for prop in properties:
        meaning = _meaning(prop.key)
        if meaning is None:
            continue
        lower = prop.key.strip().lower()
        if lower in _DEPRECATED:
            message = f"`{prop.key}` is no longer read by Obsidian: write `{meaning}`."
            problems.append(Problem("frontmatter-deprecated-key", "info", prop.line, message))
        if spellings.setdefault(lower, prop.key) != prop.key:
            message = f"`{spellings[lower]}` and `{prop.key}` are one property; both are read. Keep one."
            problems.append(Problem("frontmatter-key-case", "info", prop.line, message))
    return problems


def property_tags(properties: list[Property]) -> tuple[list[TagUse], list[Problem]]:
    """The tags of the front matter (M13)."""
    uses: dict[str, TagUse] = {}
    problems: list[Problem] = []
    for prop in reserved(properties, "tags"):
        for text, line in _tag_texts(prop.value):
            name = property_tag(text) if text is not None else None
            if name is None:
                message = f"`{text if text is not None else 'a value that is no text'}` can't be a tag: a tag is one word and no number."
                problems.append(Problem("tag-invalid", "warning", line, message))
                continue
            key = text_key(name)
            known = uses.get(key)
            uses[key] = (
                known._replace(count=known.count + 1)
                if known
                else TagUse("obsidian", name, key, "frontmatter", line, 1)
            )
    return list(uses.values()), problems


def _tag_texts(node: Node) -> list[tuple[str | None, int]]:
    if isinstance(node, Sequence):
        return [
            (item.raw if isinstance(item, Scalar) and item.kind == "str" else None, item.line)
            for item in node.items
            if not is_null(item)
        ]
    if isinstance(node, Scalar) and node.kind != "null":
        return [(part, node.line) for part in re.split(r"[,\s]+", node.raw) if part]
    return []


def property_aliases(properties: list[Property]) -> tuple[Alias, ...]:
    """The aliases of the front matter (M14)."""
    found: dict[str, Alias] = {}
    for prop in reserved(properties, "aliases"):
        node = prop.value
        if isinstance(node, Sequence):
            texts = [item.raw for item in node.items if isinstance(item, Scalar) and item.kind != "null"]
        else:
            texts = node.raw.split(",") if isinstance(node, Scalar) and node.kind != "null" else []
        for text in texts:
            alias = text.strip()
            if alias:
                found.setdefault(text_key(alias), Alias(alias, text_key(alias)))
    return tuple(found.values())


def stamp(properties: list[Property], which: str) -> tuple[str | None, str | None]:
    """(`created` or `modified` as ISO 8601, the key it stands under) (M16). Where no property gives it, a time of creation
    has no source (DECISIONS 20); of the last change the file itself knows.
    """
    keys = _CREATED if which == "created" else _MODIFIED
    named = [(keys.index(key), prop) for prop in properties if (key := squeeze(prop.key)) in keys]
    for _, prop in sorted(named, key=lambda pair: pair[0]):
        if isinstance(prop.value, Scalar) and (value := read_stamp(prop.value.raw)):
            return value, prop.key
    return None, None if which == "created" else "file"
