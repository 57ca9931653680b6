"""The work's key in Zotero (Z11, Z31), and its tags there (Z21)."""

from __future__ import annotations

import re

from litindex.models import TagUse
from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import Statement, no_value
from litindex.parser.frontmatter.yaml_core import Scalar, Sequence
from litindex.parser.values.name_lists import read_list
from litindex.parser.values.names import clean
from litindex.parser.vocabulary.sections import FILE_WORDS
from litindex.parser.zotero.uris import is_key, parse_uri
from litindex.text_keys import text_key

_WORDS = re.compile(r"[^\W\d_]+")
_FILE_LINK = re.compile(r"\[[^\[\]]*\.(?:pdf|html?|epub)\]\(", re.I)


def zotero_of(statement: Statement) -> str | None:
    """`library/KEY` or `groups/N/KEY` (Z11, Z31); the key of an attached file is not the item's."""
    if statement.field == "zotero_key":
        key = clean(statement.value).strip("\"'` ").rpartition("_")[2].rpartition("/")[2]
        return f"library/{key}" if is_key(key) and "://" not in statement.value else _from_uri(statement.value)
    if _FILE_LINK.search(statement.value):
        return None
    return _from_uri(statement.value)


def _from_uri(raw: str) -> str | None:
    uri = parse_uri(raw)
    if uri is None or uri.key is None or uri.action not in ("select", "web"):
        key = raw.strip().strip("\"'")
        return f"library/{key}" if is_key(key) else None
    return f"{uri.library}/{uri.key}"


def read_zotero(record: Record) -> tuple[str | None, str | None]:
    """(library, key) of the item; the key of a file that the note opens is not the item's."""
    stated = [each for each in record.statements("zotero", "zotero_key", "url") if _may_name_item(each)]
    stated.sort(key=lambda each: each.source.rank)
    files = _opened(record)
    ranked = [(each, value) for each in stated if (value := zotero_of(each)) and value.rpartition("/")[2] not in files]
    groups = {value.rpartition("/")[2]: value for _, value in ranked if not value.startswith("library/")}
    ranked = [
        (each, groups.get(value.rpartition("/")[2], value) if each.field == "zotero_key" else value)
        for each, value in ranked
    ]
    library, _, key = (record.keep("zotero", ranked) or "").rpartition("/")
    return library or None, key or None


def _may_name_item(statement: Statement) -> bool:
    """Whether it speaks of an item, and not of its file: `[Full Text](zotero://select/…)`."""
    if statement.field == "url" and "zotero" not in statement.value:
        return False
    found = _DISPLAY.search(statement.value)
    words = _WORDS.findall((found[1] if found else statement.key or "").casefold())
    return not words or any(word not in FILE_WORDS for word in words)


def _opened(record: Record) -> set[str]:
    """The keys of the files that links of the note open."""
    uris = [parse_uri(link.target) for link in record.page.body.links if "zotero://open" in link.target]
    return {uri.key for uri in uris if uri is not None and uri.key}


_DIVIDED = re.compile(r"[;；]|<br\s*/?>", re.I)
_COMMAS = re.compile(r"[,，、]")
_DISPLAY = re.compile(r"\[([^\[\]]+)\]\(")


def zotero_tags(record: Record) -> list[TagUse]:
    uses: dict[str, TagUse] = {}
    statements = sorted(record.statements("zotero_tags"), key=lambda statement: statement.line or 0)
    for statement in statements:
        for name in names_of(statement):
            known = uses.get(text_key(name))
            uses[text_key(name)] = (
                known._replace(count=known.count + 1)
                if known
                else TagUse("zotero", name, text_key(name), "zotero", statement.line, 1)
            )
    return list(uses.values())


def names_of(statement: Statement) -> list[str]:
    """The names in a list-like value (Z21): a YAML list, a bracketed one, wikilinks, or text split at `,` or `;`."""
    if isinstance(statement.node, Sequence):
        parts = [item.raw for item in statement.node.items if isinstance(item, Scalar)]
    else:
        listed = read_list(statement.value)
        text = statement.value
        parts = listed if listed is not None else (_DIVIDED if _DIVIDED.search(text) else _COMMAS).split(text)
    names = [clean(part).strip("\"'").strip().lstrip("#").strip() for part in parts]
    return [name for name in names if not no_value(name) and len(name) <= 200]
