"""Links as rows: target, subpath, display, scheme (L2-L11), and comparison keys (F8, B2)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from litindex.models import Link
from litindex.parser.inline import RawLink

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PARAMS = re.compile(r"#(?:page|height|width|t|annotation|selection|toolbar|view|zoom|rect|color|offset)=", re.I)
_STRIP: Final = str.maketrans(dict.fromkeys('!"#$%&()*+,.:;<=>?@^`{|}~/[]\\\n\r', " "))


def fold(text: str) -> str:
    """The comparison key of paths, names, tags, aliases and blocks: lower case of the NFC form (F8, B2)."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).lower()


def path_key(path: str) -> str:
    """The key of a vault path or of a link path: `fold`, with no-break spaces as spaces (F8)."""
    return fold(path).replace("\xa0", " ").replace("\u202f", " ")


def heading_key(text: str) -> str:
    """The form in which headings and heading subpaths are compared (L20)."""
    return " ".join(fold(text).translate(_STRIP).split())


def target_key(target: str) -> str:
    """The key of the last part of a link path, without `.md`: what a file of that name answers to."""
    key = path_key(target).rsplit("/", 1)[-1]
    return key[:-3] if key.endswith(".md") else key


def make_link(raw: RawLink, text: str, line: int | None, *, source: str = "body", prop: str | None = None) -> Link:
    """The row of a link found in `text` (the leaf's text, or a property value)."""
    written = text[raw.start : raw.end]
    scheme = None
    target = raw.target
    if raw.syntax != "wikilink" and (found := _SCHEME.match(target)):
        scheme = found[1].lower()
    if scheme is not None:
        return Link(
            raw.syntax, source, prop, int(raw.embed), target, "", None, None, raw.display, written, line, scheme
        )
    if raw.syntax != "wikilink":
        target = unquote(target)
    path, hash_, rest = target.partition("#")
    path = path.strip()
    subpath = f"#{rest}".rstrip() if hash_ else None
    kind = subpath_kind(subpath) if subpath else None
    key = target_key(path)
    return Link(raw.syntax, source, prop, int(raw.embed), path, key, subpath, kind, raw.display, written, line, None)


def subpath_kind(subpath: str) -> str:
    """L5: what the part from `#` on points to."""
    if subpath.startswith("#^"):
        return "block"
    if subpath.startswith("#[^"):
        return "footnote"
    return "params" if _PARAMS.match(subpath) else "heading"
