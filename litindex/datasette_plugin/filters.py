"""How values read on our pages: filters of the templates. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from litindex.datasette_plugin import links
from litindex.datasette_plugin.snippets import color_class, status_mark, type_label

_SCHEMES = {
    "doi": "DOI",
    "arxiv": "arXiv",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PubMed",
    "pmcid": "PMC",
    "url": "Web",
}


def forward(name: str) -> str:
    """`Family, Given` as one says it: `Given Family`."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and ", " not in given else name


def short(names: Sequence[str]) -> str:
    """`Chen`, `Chen and Okafor`, `Chen et al.`"""
    families = [name.partition(", ")[0] for name in names]
    if len(families) > 2:
        return f"{families[0]} et al."
    return " and ".join(families)


def creators(array: str | None) -> str:
    """The JSON array of `works.creators`, short."""
    return short(json.loads(array)) if array else ""


def address(value: str) -> str:
    """A web address without what every one begins with."""
    return value.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


FILTERS: dict[str, Callable[..., Any]] = {
    "address": address,
    "colorclass": color_class,
    "creators": creators,
    "forward": forward,
    "scheme": lambda scheme: _SCHEMES.get(scheme, scheme),
    "short": short,
    "status": status_mark,
    "stem": lambda path: path.rpartition("/")[2].removesuffix(".md"),
    "type": type_label,
    "zotero": lambda uri: links.zotero(uri) if uri else None,
}
