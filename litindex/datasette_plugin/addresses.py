"""Addresses: pages of ours, tables of Datasette, and what leads out to DOI, Zotero and Obsidian.

Only what a strict pattern allows becomes a link: values come from notes that anyone may have written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from litindex.datasette_plugin.detect import only_index
from litindex.query.notes.note_details import obsidian_uri

_DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"]+")
_ZOTERO = re.compile(
    r"zotero://(?:select|open-pdf|open)/(?:(?:library|groups/\d{1,12})/)?items/(?:[A-Z0-9]{8}|@[\w:.#$%&+?<>~/-]{1,200})"
    r"(?:\?(?:page=[\w%-]{1,12}|annotation=[A-Z0-9]{8})(?:&(?:page=[\w%-]{1,12}|annotation=[A-Z0-9]{8}))?)?"
)
_WEB = re.compile(r"https?://[^\s<>\"'\\^`{|}]{1,4000}", re.IGNORECASE)
_RESOLVERS = {
    "arxiv": "https://arxiv.org/abs/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/",
}


class Site:
    """Addresses inside one database of one Datasette."""

    def __init__(self, datasette: Any, database: str) -> None:
        self.root = str(datasette.urls.database(database))
        self.home = str(datasette.urls.instance())
        self.database = database
        self.alone = only_index(datasette) == database

    def library(self) -> str:
        return f"{self.root}/-/library"

    def page(self, path: str, view: str = "note") -> str:
        """The page of a note (`note`: its text, `work`: everything about the work) by its vault path."""
        return f"{self.root}/-/{view}/{quote(path)}"

    def by_id(self, note_id: int, view: str = "work") -> str:
        """The same by the id in this index; the page then shows its lasting address."""
        return f"{self.root}/-/{view}/{int(note_id)}"

    def of(self, page: str, **arguments: object) -> str:
        """A page of ours by its name: works, notes, highlights, tasks, people, tags, questions, search."""
        return f"{self.root}/-/{page}" + _asked(arguments)

    def works(self, **arguments: object) -> str:
        return self.of("works", **arguments)

    def search(self, **arguments: object) -> str:
        return self.of("search", **arguments)

    def person(self, name: str) -> str:
        return f"{self.root}/-/person/{quote(name, safe='')}"

    def tag(self, name: str) -> str:
        """The works with the tag or one below it."""
        return self.works(tag=name)

    def question(self, name: str, **arguments: object) -> str:
        return f"{self.root}/-/question/{quote(name)}" + _asked(arguments)

    def table(self, name: str, **arguments: object) -> str:
        """A table of Datasette."""
        return f"{self.root}/{quote(name)}" + _asked(arguments)

    def sql(self, sql: str, **arguments: object) -> str:
        """Datasette's page for a statement."""
        return self.root + _asked({"sql": sql, **arguments})


def _asked(arguments: Mapping[str, object]) -> str:
    return f"?{urlencode(arguments, doseq=True)}" if arguments else ""


def doi(value: str) -> str | None:
    return f"https://doi.org/{quote(value, safe='/:;()._-')}" if _DOI.fullmatch(value) else None


def zotero(value: str) -> str | None:
    return value if _ZOTERO.fullmatch(value) else None


def zotero_item(library: str | None, key: str) -> str | None:
    return zotero(f"zotero://select/{library or 'library'}/items/{key}")


def pdf(value: str, vault: str) -> str | None:
    """Where the document of a work opens: Zotero or the web by its address, a file of the vault in Obsidian."""
    if ":" in value.partition("/")[0]:
        return outward(value)
    name = re.split(r"[/\\]", vault.rstrip("/\\"))[-1]
    return f"obsidian://open?vault={quote(name, safe='')}&file={quote(value, safe='')}" if name else None


def web(value: str) -> str | None:
    return value if _WEB.fullmatch(value) else None


def outward(value: str) -> str | None:
    """An address that may be followed from a page of ours: the web, mail, Zotero, Obsidian; nothing that runs."""
    scheme = value.partition(":")[0].lower()
    if scheme == "zotero":
        return zotero(value)
    if scheme in ("http", "https"):
        return web(value)
    return value if scheme in ("mailto", "obsidian") and not re.search(r"[\s<>\"]", value) else None


def identifier(scheme: str, value: str) -> str | None:
    """Where an identifier of a work leads."""
    if scheme == "doi":
        return doi(value)
    if scheme == "url":
        return web(value)
    return _RESOLVERS[scheme].format(quote(value, safe="/")) if scheme in _RESOLVERS else None


__all__ = ["Site", "doi", "identifier", "obsidian_uri", "outward", "web", "zotero", "zotero_item"]
