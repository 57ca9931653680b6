"""One normaliser a slot: what a statement's raw value means where it is taken at its word (Z4-Z11, Z21)."""

from __future__ import annotations

import html
import re
import unicodedata

from litindex.parser.bibliography.statement import Statement, no_value
from litindex.parser.frontmatter.yaml_core import Mapping, Scalar, Sequence, flow_text
from litindex.parser.values.name_lists import read_list
from litindex.parser.values.names import clean
from litindex.parser.vocabulary.item_types import known_type
from litindex.parser.vocabulary.keys import squeeze_key
from litindex.parser.zotero.uris import is_key, parse_uri

_FILTER_TAIL = re.compile(r"(?:(?<![-–\s])[-–\s]+)?Error: `\w+` can only be applied to .*$")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CITEKEY_BAD = re.compile(r"\s")
_HTML = re.compile(r"</?(?:i|b|em|strong|sub|sup|span|u|small|sc|nocase)\b[^<>]*>", re.I)
_BRACES = re.compile(r"\{([^{}|]*)\}")
_FILE_LINK = re.compile(r"\[[^\[\]]*\.(?:pdf|html?|epub)\]\(", re.I)
_LOOSE_TYPE_KEYS = frozenset("doctype documenttype papertype sourcetype ptype publicationtypes тип 类型".split())
"""Keys under which people also put types of their own: only a known type counts there."""


def plain(statement: Statement) -> str | None:
    """Text without quotes around it, markup and double spaces."""
    text = statement.raw.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].replace('\\"', '"')
    text = clean(html.unescape(text) if "&" in text else text).rstrip(",;").rstrip()
    return None if no_value(text) else text


def title_of(statement: Statement) -> str | None:
    """Without HTML, BibTeX's braces and signs that are not seen (Z10, VARIATIONS 3.7); None where no letter is left."""
    text = plain(statement)
    if text is None:
        return None
    text = unicodedata.normalize("NFC", _unbraced(_HTML.sub("", _FILTER_TAIL.sub("", _INVISIBLE.sub("", text)))))
    text = (
        " ".join(text.replace("{{", "").replace("}}", "").split()).lstrip("# ")
        if "{{" in text or text.startswith("#")
        else " ".join(text.split())
    )
    return text if len(text) < 1000 and any(c.isalnum() for c in text) else None


def _unbraced(text: str) -> str:
    """BibTeX's protecting braces off, also one inside the other."""
    while "{" in text and (shorter := _BRACES.sub(r"\1", text)) != text:
        text = shorter
    return text


def citekey_of(statement: Statement) -> str | None:
    """Z5: raw text, case kept; a `@` or brackets around it are no part of it."""
    text = clean(statement.raw.strip().strip("\"'`")).strip("[]").removeprefix("@").strip()
    if statement.source == "filename":
        text = statement.raw.strip()
    return (
        text
        if text and not _CITEKEY_BAD.search(text) and not no_value(text) and "{{" not in text and "://" not in text
        else None
    )


def zotero_of(statement: Statement) -> str | None:
    """`library/KEY` or `groups/N/KEY` (Z11, Z31); the key of an attached file is not the item's."""
    if statement.slot == "zotero_key":
        key = clean(statement.raw).strip("\"'` ").rpartition("_")[2].rpartition("/")[2]
        return f"library/{key}" if is_key(key) and "://" not in statement.raw else _from_uri(statement.raw)
    if _FILE_LINK.search(statement.raw):
        return None
    return _from_uri(statement.raw)


def _from_uri(raw: str) -> str | None:
    uri = parse_uri(raw)
    if uri is None or uri.key is None or uri.action not in ("select", "web"):
        key = raw.strip().strip("\"'")
        return f"library/{key}" if is_key(key) else None
    return f"{uri.library}/{uri.key}"


def item_type_of(statement: Statement) -> str | None:
    """Zotero's name; an unknown value is kept where the key says that it is a type, not under plain `type` (Z7)."""
    text = clean(statement.raw).strip("\"'").lstrip("#").strip()
    if isinstance(statement.node, Sequence):
        text = next(
            (item.raw for item in statement.node.items if isinstance(item, Scalar) and known_type(item.raw)), text
        )
    known = known_type(text) or known_type(text.rpartition("/")[2])
    if known or statement.slot in ("type", "category"):
        known = None if statement.slot == "category" and text in ("article", "articles") else known
        return known or (
            known_type(text.removesuffix("s"))
            if statement.slot == "category" and text not in ("articles", "article")
            else None
        )
    return (
        text
        if text and len(text) < 40 and statement.key and squeeze_key(statement.key) not in _LOOSE_TYPE_KEYS
        else None
    )


def container_of(statement: Statement) -> str | None:
    """Journal or book without what stands behind its name: its kind, volume and issue."""
    text = plain(statement)
    text = re.sub(r"(?:(?<!\s)\s+)?\((?:journal|book|proceedings|Zeitschrift|revista)\)$", "", text) if text else ""
    return re.sub(r",?(?:(?<!\s)\s+)?\*?(?<!\d)\d++\*?\s*+\(\d+\)$", "", text).strip("*_ ") or None


def reference_of(statement: Statement) -> str | None:
    """A formatted reference; less than a few words are none."""
    text = statement.raw.strip().strip("\"'").strip()
    return text if len(text) > 15 else None


def date_text(statement: Statement) -> str:
    """`issued: date-parts: [[2012, 3]]` as 2012-3; anything else as written, without link and quotes."""
    if statement.node is not None and not isinstance(statement.node, Scalar):
        text = flow_text(statement.node)
        if isinstance(statement.node, Mapping) and not re.search(r"\d{4}", text):
            return ""
        numbers = re.findall(r"\d+", text)
        return "-".join(numbers[:3]) if numbers and len(numbers[0]) == 4 else text.strip('[]"')
    return statement.raw.replace("[[", "").replace("]]", "").strip().strip("\"'*_").strip()


def names_of(statement: Statement) -> list[str]:
    """The names in a list-like value (Z21): a YAML list, a bracketed one, wikilinks, or text split at `,` or `;`."""
    if isinstance(statement.node, Sequence):
        parts = [item.raw for item in statement.node.items if isinstance(item, Scalar)]
    else:
        listed = read_list(statement.raw)
        text = statement.raw.strip()
        if listed is None and len(text) > 1 and text[0] == text[-1] == '"':
            text = text[1:-1]
        parts = (
            listed if listed is not None else re.split(r"[;；]" if ";" in text or "；" in text else r"[,，、]", text)
        )
    names = [clean(part).strip("\"'").strip().lstrip("#").strip() for part in parts]
    return [name for name in names if not no_value(name) and len(name) <= 200]
