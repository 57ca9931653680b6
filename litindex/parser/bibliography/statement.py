"""Statements: everything in a note that says something about its work, each with its place (DESIGN: statements, then slots)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from litindex.models import Link
from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.frontmatter.yaml_core import Mapping, Node, Scalar, Sequence, flow_text
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node as Block
from litindex.parser.obsidian.templates import is_filter_error, is_garbage, is_placeholder
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.identifiers import find_doi
from litindex.parser.vocabulary.item_types import known_type
from litindex.parser.vocabulary.keys import Keys, slot_of
from litindex.parser.zotero.uris import parse_uri

_EMPTY: Final = frozenset(
    ("", '""', "''", "n/a", "na", "none", "null", "undefined", "[]", "-", "–", "—", "{}", "**", "not found", "unknown")
)
_TYPE_TAG = re.compile(r"(?:source|zotero|type|lit|literature|item|itemtype|quelle|fuente)/([A-Za-z-]+)$", re.I)
_FILE_NAME = re.compile(r"\.(?:pdf|html?|epub|docx?|pptx?|djvu|txt)\b", re.I)
_CITEKEY_NAME = re.compile(r"(?=[^\W\d_][\w.+:-]*$)(?=.*(?:1[5-9]|20)\d\d)(?!.*\d{4}-\d{2}).{6,}$")
_ANY_LINK = re.compile(r"!?\[[^\[\]]*\]\(\(?[^()]*\)?\)|!?\[\[[^\[\]]*\]\]|\*\*|<[^<>]*>|https?://\S+")
_URI = re.compile(r"zotero://\S+")
PARTS = re.compile(r"(?<!\s)\s+[·|]\s+")
"""What separates the parts of a line that is no sentence: `A, B · Journal · 2018`."""
_LABELLED = re.compile(r"[^\w\n]*+(\w[\w ]{1,29})[*_]*\s*+[:：=]")


class Statement(NamedTuple):
    """`source` is where it stands; the order of precedence is that of `RANKS`. `node` is a property's whole value."""

    slot: str
    key: str | None
    raw: str
    line: int | None
    source: str
    node: Node | None = None


RANKS: Final = {
    "callout": 0, "field": 1, "property": 2, "label": 3, "table": 4, "link": 5, "filename": 6, "salvaged": 7, "line": 8,
    "tag": 9, "heading": 10, "reference": 11, "guess": 12,
}  # fmt: skip
"""Z5, Z6: a field of the region goes before a property, and whatever says less clearly what it means comes later."""


def no_value(raw: str) -> bool:
    """Z4 and what templates leave behind: nothing, `N/A`, an unfilled placeholder, a printed failure."""
    if len(raw) > 40 and "{{" not in raw and "Error: `" not in raw:
        return False
    return _is_nothing(raw)


@lru_cache(maxsize=8192)
def _is_nothing(raw: str) -> bool:
    text = raw.strip().strip("*_").strip()
    return text.casefold() in _EMPTY or is_placeholder(text) or is_garbage(text) or is_filter_error(text)


def plain_statements(page: ParsedNote, region: Region, keys: Keys) -> list[Statement]:
    """The statements of front matter, fields, links, tags and file name, in reading order within each kind."""
    statements = list(property_statements(page, keys))
    statements += _fields(page, region, keys)
    statements += _links(page, region)
    statements += _bare_uris(page, region)
    statements += _tags(page)
    statements += _names(page)
    return statements


def citekey_in_uri(statement: Statement) -> Statement | None:
    """`zotero://select/items/@citekey` where a link to Zotero stands: Better BibTeX's URI names no other key (Z31)."""
    if statement.slot not in ("zotero", "url") or "/@" not in statement.raw:
        return None
    uri = parse_uri(statement.raw)
    return (
        Statement("citekey", statement.key, uri.citekey, statement.line, statement.source)
        if uri and uri.citekey
        else None
    )


# ---------------------------------------------------------------------- front matter


def property_statements(page: ParsedNote, keys: Keys) -> Iterator[Statement]:
    """What the front matter says, also in maps under keys of their own."""
    for prop in page.front.properties:
        slot = keys.slot(prop.key)
        if slot is None:
            yield from _nested(prop.value, keys)
            continue
        if isinstance(prop.value, Mapping) and slot not in ("date", "year") and not slot.startswith("creator:"):
            yield from _nested(prop.value, keys)
            continue
        if slot == "identifiers":
            yield from _identifiers(prop.key, _node_text(prop.value), prop.line, keys)
            continue
        source = "salvaged" if prop.salvaged else "property"
        raw = _node_text(prop.value)
        if isinstance(prop.value, Scalar) and prop.value.kind == "null" and slot == "title":
            commented = _comment(page, prop.line)
            if commented:
                yield Statement(slot, prop.key, commented, prop.line, "guess")
        yield Statement(slot, prop.key, raw, prop.line, source, prop.value)


def _identifiers(key: str, text: str, line: int, keys: Keys) -> Iterator[Statement]:
    """Calibre's `identifiers: "isbn:978…, doi:10.…"`."""
    for name, value in re.findall(r"(\w+):\s*([^\s,;]+)", text):
        slot = keys.slot(name)
        if slot in ("isbn", "doi", "issn", "arxiv", "pmid"):
            yield Statement(slot, f"{key}: {name}", value, line, "property")


def _nested(node: Node, keys: Keys) -> Iterator[Statement]:
    """A map of bibliographic keys under a key of its own: `kindle-sync: {title: …, author: …}`."""
    if not isinstance(node, Mapping):
        return
    found = [(key, value, line, slot) for key, value, line in node.pairs if (slot := keys.slot(key)) is not None]
    slots = {slot for *_, slot in found}
    if ("title" in slots and any(slot.startswith("creator:") for slot in slots)) or slots <= {
        "doi",
        "arxiv",
        "pmid",
        "isbn",
        "url",
    }:
        for key, value, line, slot in found:
            yield Statement(slot, key, _node_text(value), line, "property", value)


def _node_text(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.raw
    if isinstance(node, Sequence):
        return "; ".join(text for item in node.items if (text := _node_text(item)))
    return flow_text(node)


def _comment(page: ParsedNote, line: int) -> str | None:
    """`title: # Recovery …`: YAML sees a comment where a person wrote a title."""
    text = page.front.text.split("\n")[line - 2] if 0 <= line - 2 < page.front.text.count("\n") + 1 else ""
    value = text.partition(":")[2].strip()
    return value.lstrip("# ").strip() if value.startswith("#") else None


# ---------------------------------------------------------------------- fields


def _fields(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    for inline in page.body.inline_fields:
        if inline.scope == "task" or inline.line not in region.lines:
            continue
        slot = keys.slot(inline.name)
        if slot is not None:
            yield Statement(slot, inline.name, _continued(page, inline.line, inline.raw, slot), inline.line, "field")


def _continued(page: ParsedNote, line: int, raw: str, slot: str) -> str:
    """Z6: a title whose opening quote does not close on its line goes on to the quote that closes it, or the next field."""
    if slot != "title" or raw[:1] != '"' or (len(raw) > 1 and raw.endswith('"')):
        return raw
    parts = [raw]
    for number in range(line + 1, min(line + 6, page.first + len(page.lines))):
        text = page.line(number).strip()
        if not text.startswith(">") or "::" in text or not text.strip("> "):
            break
        parts.append(text.strip("> ").strip())
        if parts[-1].endswith('"'):
            return " ".join(parts)
    return raw


def text_lines(page: ParsedNote) -> Iterator[tuple[int, str, Block]]:
    """(line, text without container markers, leaf) of all prose, headings and tables."""
    for leaf in page.document.leaves:
        if leaf.kind in blocks.TEXT_KINDS:
            lines = leaf.lines[0].split("\n") if leaf.kind == blocks.HEADING else leaf.lines
            for i, text in enumerate(lines):
                yield leaf.start + i, text, leaf


# ---------------------------------------------------------------------- links, tags, file name


def _links(page: ParsedNote, region: Region) -> Iterator[Statement]:
    first_lines = page.first + 12
    for link in page.body.links:
        line = link.line or 0
        head = line in region.lines or line < min(first_lines, region.head_end)
        if not head or line in region.persist:
            continue
        on_title = region.info is not None and line == region.info.start
        if _in_prose(_surroundings(page.line(line)), link):
            continue
        yield from _link_statements(link, "callout" if on_title else "link")


class _Line(NamedTuple):
    """What a line is apart from its links: how many words it has, and whether these are parts that `·` or `|` separates."""

    words: int
    has_parts: bool


@lru_cache(maxsize=1)
def _surroundings(line: str) -> _Line:
    """Once a line, which may hold thousands of links. A heading, a quoted and a labelled line are no sentences."""
    if line.startswith("# ") or line.lstrip().startswith(">") or _labels_it(line):
        return _Line(0, False)
    return _Line(len(re.findall(r"[^\W\d_]{2,}", _ANY_LINK.sub(" ", line))), " · " in line or " | " in line)


def _in_prose(line: _Line, link: Link) -> bool:
    """Whether a link stands in a sentence: then it is about another work (VARIATIONS 2.3). `A, B · 2018 · [DOI](…)` is
    a line of parts.
    """
    if line.words <= (2 if "zotero" in (link.display or "").lower() else 1):
        return False
    return not line.has_parts or slot_of((link.display or "").strip("*_ ")) not in ("doi", "url", "zotero", "pdf")


def _labels_it(line: str) -> bool:
    found = _LABELLED.match(line)
    return found is not None and slot_of(found[1]) is not None


def _bare_uris(page: ParsedNote, region: Region) -> Iterator[Statement]:
    """`zotero://select/…` on a line of its own, not made a link."""
    for number in range(page.first, min(page.first + 40, region.head_end, page.first + len(page.lines))):
        text = page.line(number)
        if (
            "zotero://select" in text
            and "(zotero" not in text
            and "<zotero" not in text
            and len(re.findall(r"[^\W\d_]{2,}", _URI.sub(" ", text))) < 3
        ):
            yield Statement("zotero", None, text, number, "link")


def _link_statements(link: Link, source: str) -> Iterator[Statement]:
    display = (link.display or "").strip("*_ ")
    slot = slot_of(display) if display else None
    uri = parse_uri(link.target) if "zotero" in link.target else None
    if uri is not None and uri.action in ("select", "web"):
        if uri.citekey:
            yield Statement("citekey", "zotero://select", uri.citekey, link.line, "link")
        elif uri.key and not _FILE_NAME.search(display):
            yield Statement(
                "zotero", display or None, link.target, link.line, source if uri.action == "select" else "guess"
            )
    elif uri is not None and uri.annotation is None:
        yield Statement("pdf", display or None, link.target, link.line, "link")
    elif uri is None and (slot == "doi" or "doi.org/" in link.target):
        if find_doi(link.target):
            yield Statement(
                "doi",
                display or None,
                link.target,
                link.line,
                "link" if slot == "doi" or source == "callout" else "guess",
            )
    elif (slot == "pdf" or link.target.lower().endswith(".pdf")) and not (link.is_embed and slot != "pdf"):
        yield Statement("pdf", display or None, link.target, link.line, "link")


def _tags(page: ParsedNote) -> Iterator[Statement]:
    """Item types given as tags: `source/journalArticle`, `['journalArticle']` (S13, S15, S29)."""
    places = [(name, line) for name, line, _ in page.body.tag_places]
    for prop in page.front.properties:
        if prop.key.strip().lower() in ("tags", "tag"):
            places += [
                (text.strip().lstrip("#"), prop.line) for text in re.split(r"[;,\s]+", _node_text(prop.value)) if text
            ]
    for name, line in places:
        found = _TYPE_TAG.match(name)
        kind = (
            known_type(found[1])
            if found
            else (name if known_type(name) == name and any(c.isupper() for c in name) else None)
        )
        if kind:
            yield Statement("item_type", None, kind, line, "tag")


def _names(page: ParsedNote) -> Iterator[Statement]:
    name = page.name.strip()
    if name.startswith("@") and len(name) > 1:
        yield Statement("citekey", None, name[1:], None, "filename")
    elif _CITEKEY_NAME.match(name):
        yield Statement("citekey", None, name, None, "guess")
    elif " " in name:
        yield Statement("title", None, name, None, "guess")
