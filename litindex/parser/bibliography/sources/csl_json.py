"""A CSL-JSON item in a note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.frontmatter import yaml_core
from litindex.parser.frontmatter.yaml_core import Mapping, Scalar, Sequence, flow_text
from litindex.parser.markdown.blocks import Node
from litindex.parser.vocabulary.keys import Keys

_TYPES: Final = {
    "article": "preprint", "broadcast": "radioBroadcast", "classic": "book", "entry": "encyclopediaArticle",
    "figure": "artwork", "graphic": "artwork", "personal_communication": "letter", "post": "forumPost",
    "regulation": "statute", "review": "journalArticle", "review-book": "journalArticle", "song": "audioRecording",
}  # fmt: skip
"""CSL's types that mean something else in BibTeX, or nothing to Zotero."""


def begins_json(line: str) -> bool:
    """Whether a JSON text may begin in this line."""
    return line.startswith(("{", "["))


def read_csl_json(leaf: Node, keys: Keys) -> Iterator[Statement]:
    """The statements of a block that holds one item: every JSON text is YAML too."""
    try:
        node = yaml_core.load("\n".join(leaf.lines))
    except yaml_core.YamlError:
        return
    if isinstance(node, Sequence) and len(node.items) == 1:
        node = node.items[0]
    if not isinstance(node, Mapping) or not {"title", "type"} <= {key for key, _, _ in node.pairs}:
        return
    for key, value, line in node.pairs:
        field = "citekey" if key in ("id", "citation-key") else keys.field(key)
        if field is not None:
            text = value.raw if isinstance(value, Scalar) else flow_text(value)
            yield Statement(
                field,
                key,
                _TYPES.get(text, text) if key == "type" else text,
                leaf.start + line,
                Source.TABLE,
                value,
            )
