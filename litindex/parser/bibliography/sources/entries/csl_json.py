"""A CSL-JSON item in a note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.frontmatter.yaml_core import Mapping, Node, Scalar, Sequence, flow_text
from litindex.parser.vocabulary.keys import Keys

_TYPES: Final = {
    "article": "preprint", "broadcast": "radioBroadcast", "classic": "book", "entry": "encyclopediaArticle",
    "figure": "artwork", "graphic": "artwork", "personal_communication": "letter", "post": "forumPost",
    "regulation": "statute", "review": "journalArticle", "review-book": "journalArticle", "song": "audioRecording",
}  # fmt: skip
"""CSL's types that mean something else in BibTeX, or nothing to Zotero."""


def holds_json(text: str) -> bool:
    """Whether a text may be a JSON text that holds an item."""
    return text.lstrip()[:1] in ("{", "[") and '"type"' in text and '"title"' in text


def read_csl_json(text: str, first: int, keys: Keys, name: str) -> Iterator[Statement]:
    """The statements of the only item, or of that which has the note's name as its key."""
    try:
        item = _own_item(json.loads(text, parse_int=str, parse_float=str), name.removeprefix("@"))
    except (ValueError, RecursionError):
        return
    for key, value in (item or {}).items():
        field = "citekey" if key in ("id", "citation-key") else keys.field(key)
        if field is not None:
            line = first + text.count("\n", 0, max(text.find(f'"{key}"'), 0))
            node = _node(_TYPES.get(str(value), value) if key == "type" else value, line)
            yield Statement(
                field, key, node.raw if isinstance(node, Scalar) else flow_text(node), line, Source.TABLE, node
            )


def _own_item(data: Any, name: str) -> dict[str, Any] | None:
    if isinstance(data, dict) and isinstance(data.get("items"), list):
        data = data["items"]
    items = data if isinstance(data, list) else [data]
    items = [item for item in items if isinstance(item, dict) and {"title", "type"} <= item.keys()]
    if len(items) > 1:
        items = [item for item in items if name in (item.get("id"), item.get("citation-key"))]
    return items[0] if len(items) == 1 else None


def _node(value: Any, line: int) -> Node:
    if isinstance(value, dict):
        return Mapping([(key, _node(each, line), line) for key, each in value.items()], line)
    if isinstance(value, list):
        return Sequence([_node(each, line) for each in value], line)
    return Scalar("" if value is None else str(value), "null" if value is None else "str", line)
