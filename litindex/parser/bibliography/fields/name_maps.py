"""People in a list or map: CSL's and Zotero's parts of names, names in one piece, and maps of these."""

from __future__ import annotations

from typing import Final

from litindex.parser.bibliography.statement import no_value
from litindex.parser.frontmatter.yaml_core import Mapping, Node, Scalar, Sequence
from litindex.parser.values.name_lists import Split, merge, split_item
from litindex.parser.values.names import Name, clean, person, read_name, single
from litindex.parser.vocabulary.keys import ROLES, squeeze_key

_PARTS: Final = {
    key: part
    for part, keys in {
        "family": "family lastname last surname familyname familynames nachname nom apellido apellidos sobrenome cognome",
        "given": "given firstname first givenname givennames forename vorname prénom nombre nome",
        "literal": "literal",
        "whole": "name fullname displayname label title",
        "particle": "nondroppingparticle droppingparticle prefix",
        "suffix": "suffix",
        "role": "creatortype role",
    }.items()
    for key in keys.split()
}
"""How the parts of a name are called, squeezed."""


def split_node(node: Node) -> Split:
    """The creators in a property's value; in a list each item is one."""
    if isinstance(node, Mapping):
        return _split_map(node)
    if isinstance(node, Scalar):
        return split_item(node.raw) if not no_value(node.raw) else Split([])
    if (text := _unquoted_link(node)) is not None:
        return split_item(text)
    if (text := _divided_otherwise(node)) is not None:
        return split_item(text)
    return merge([split_node(item) for item in node.items])


def _divided_otherwise(node: Sequence) -> str | None:
    """`[Fen, Bo; Moss, Ada]`: commas part family from given names, and `;` the people."""
    items = [item.raw for item in node.items if isinstance(item, Scalar)]
    is_so = len(items) == len(node.items) > 1 and any(";" in item for item in items)
    return ", ".join(items) if is_so else None


def node_roles(node: Node | None, count: int) -> list[str | None]:
    """The role that each map in a list has of its own, None where there is none."""
    if isinstance(node, Sequence):
        maps = [item for item in node.items if isinstance(item, Mapping)]
        if len(maps) == count:
            return [ROLES.get(squeeze_key(_parts_of(item).get("role", ""))) for item in maps]
    return [None] * count


def _unquoted_link(node: Sequence) -> str | None:
    """`[[Last, First]]` without quotes, which YAML takes for a list in a list."""
    inner = node.items[0] if len(node.items) == 1 else None
    if not isinstance(inner, Sequence):
        return None
    parts = [part.raw for part in inner.items if isinstance(part, Scalar)]
    return ", ".join(parts) if len(parts) == len(inner.items) else None


def _parts_of(node: Mapping) -> dict[str, str]:
    """The parts of a name in a map; of two names for one part the first in it counts."""
    parts: dict[str, str] = {}
    for key, value, _ in node.pairs:
        part = _PARTS.get(squeeze_key(key))
        if part is not None and isinstance(value, Scalar) and not no_value(value.raw):
            parts.setdefault(part, value.raw.strip())
    return parts


def _split_map(node: Mapping) -> Split:
    """A map that is a name; else the names in the maps and lists that it holds."""
    parts = _parts_of(node)
    name = _name_of(parts)
    if name is None:
        return merge([split_node(value) for _, value, _ in node.pairs if isinstance(value, (Mapping, Sequence))])
    family, given = parts.get("family", ""), parts.get("given", "")
    raw = parts.get("literal") or parts.get("whole") or ", ".join(part for part in (family, given) if part)
    return Split([(name, raw)])


def _name_of(parts: dict[str, str]) -> Name | None:
    family, given = clean(parts.get("family", "")), clean(parts.get("given", ""))
    if family and given:
        return person(_with_particle(parts.get("particle", ""), family), given, parts.get("suffix"))
    if family or "literal" in parts:
        return single(family or clean(parts["literal"]))
    if "whole" in parts:
        return read_name(parts["whole"], natural=True)
    return single(given) if given else None


def _with_particle(particle: str, family: str) -> str:
    """`van Berg`, but `d'Anvers` and `al-Hamdani`."""
    glue = "" if particle.endswith(("'", "’", "ʼ", "-")) else " "
    return f"{particle}{glue}{family}".strip()
