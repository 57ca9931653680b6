"""The item type of a work (Z7)."""

from __future__ import annotations

from litindex.parser.bibliography.statement import Statement
from litindex.parser.frontmatter.yaml_core import Scalar, Sequence
from litindex.parser.values.names import clean
from litindex.parser.vocabulary.item_types import BIBTEX_TYPES, known_type
from litindex.parser.vocabulary.keys import squeeze_key

_LOOSE_TYPE_KEYS = frozenset("doctype documenttype papertype sourcetype ptype publicationtypes тип 类型".split())
"""Keys under which people also put types of their own: only a known type counts there."""


def item_type_of(statement: Statement) -> str | None:
    """Zotero's name; an unknown value is kept where the key says that it is a type, not under plain `type` (Z7)."""
    text = clean(statement.value).strip("\"'").lstrip("#").strip()
    if statement.key == "@":
        text = BIBTEX_TYPES.get(text.lower(), text)
    if isinstance(statement.node, Sequence):
        text = next(
            (item.raw for item in statement.node.items if isinstance(item, Scalar) and known_type(item.raw)), text
        )
    if statement.field == "category" and text in ("article", "articles"):
        return None
    known = known_type(text) or known_type(text.rpartition("/")[2])
    if known or statement.field in ("type", "category"):
        return known or (known_type(text.removesuffix("s")) if statement.field == "category" else None)
    is_type = 0 < len(text) < 40 and statement.key and squeeze_key(statement.key) not in _LOOSE_TYPE_KEYS
    return text if is_type else None
