"""Zotero's URIs and keys (Z11, Z31)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

KEY = r"[23456789A-NP-Z]{8}"
_KEY = re.compile(rf"{KEY}$")
_SELECT = re.compile(r"zotero://select/(?:(library|groups/\d+)/)?items?/(@[^\s)>\]?]+|(?:(\d+)_)?([0-9A-Z]{8}))")
_OPEN = re.compile(
    r"zotero://open(?:-pdf|-epub|-snapshot)?/(?:(library|groups/\d+)/items/([0-9A-Z]{8})|(\d+)_([0-9A-Z]{8})(?:/(\w+))?)(\?[^\s>]*)?"
)
_NOTE = re.compile(r"zotero://note/(?:u|library|(groups/\d+|g/\d+))/([0-9A-Z]{8})")
_WEB = re.compile(
    r"https?://(?:www\.)?zotero\.org/(?:groups/(\d+)(?:/[^/\s]+)?|(?:users/)?[^/\s]+)/(?:collections/[0-9A-Z]{8}/)?items/(?:itemKey/)?([0-9A-Z]{8})"
)


class ZoteroUri(NamedTuple):
    """A parsed URI: `library` is `library` or `groups/N`; `action` select, open, note or web."""

    action: str
    library: str | None
    key: str | None
    citekey: str | None
    page: str | None
    annotation: str | None


def is_key(text: str) -> bool:
    """Whether this is the key of a Zotero object (Z11: 8 characters, no 0, 1, O)."""
    return _KEY.match(text) is not None


@lru_cache(maxsize=1024)
def parse_uri(text: str) -> ZoteroUri | None:
    """The first Zotero URI that stands in `text` (Z31)."""
    if "zotero" not in text:
        return None
    if "\\&" in text or "&amp;" in text or "&#x26;" in text:
        text = text.replace("\\&", "&").replace("&amp;", "&").replace("&#x26;", "&")
    found = _SELECT.search(text) if "zotero://select" in text else None
    if found:
        library = found[1] or (_local_library(found[3]) if not found[2].startswith("@") else "library")
        citekey = unquote(found[2][1:]) if found[2].startswith("@") else None
        return ZoteroUri("select", library, found[4], citekey, None, None)
    found = _OPEN.search(text) if "zotero://open" in text else None
    if found:
        return _opened(found)
    found = _NOTE.search(text)
    if found:
        return ZoteroUri("note", (found[1] or "library").replace("g/", "groups/"), found[2], None, None, None)
    found = _WEB.search(text)
    return (
        ZoteroUri("web", f"groups/{found[1]}" if found[1] else "library", found[2], None, None, None) if found else None
    )


def _local_library(number: str | None) -> str:
    """`0_KEY` and `1_KEY`... : 0 is one's own library; another local number can't be mapped and is kept."""
    return "library" if number in (None, "0") else f"library/{number}"


def _opened(found: re.Match[str]) -> ZoteroUri:
    page, annotation = found[5], None
    for part in (found[6] or "?")[1:].rstrip(")").split("&"):
        name, _, value = part.partition("=")
        if name == "page" and value:
            page = unquote(value)
        elif name == "annotation" and value:
            annotation = value
    return ZoteroUri("open-pdf", found[1] or _local_library(found[3]), found[2] or found[4], None, page, annotation)
