"""Links as rows: target, subpath, display, scheme (L2-L11)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from litindex.models import Link
from litindex.parser.markdown.inline import RawLink
from litindex.text_keys import target_key

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PARAMS = re.compile(r"#(?:page|height|width|t|annotation|selection|toolbar|view|zoom|rect|color|offset)=", re.I)


def make_link(raw: RawLink, text: str, line: int | None, *, source: str = "body", prop: str | None = None) -> Link:
    """The row of a link found in `text` (the leaf's text, or a property value)."""
    written = text[raw.start : raw.end]
    scheme = None
    target = raw.target
    if raw.syntax != "wikilink" and (found := _SCHEME.match(target)):
        scheme = found[1].lower() if len(found[1]) > 1 else "file"  # C:\x.pdf: a drive of Windows
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
