"""The Zotero URI of a link, taken apart by the parser's own function (Z31)."""

from __future__ import annotations

from typing import Any


def parsed(target: str) -> dict[str, Any] | None:
    """`action library key citekey page annotation` of a Zotero URI; None for any other target."""
    from litindex.parser.zotero.uris import parse_uri  # not at the top: only vectors with `zotero_refs` need it

    uri = parse_uri(target)
    return None if uri is None else {**uri._asdict(), "page": _number(uri.page)}


def _number(page: str | int | None) -> str | int | None:
    return int(page) if isinstance(page, str) and page.isdecimal() else page
