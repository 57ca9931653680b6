"""Links in the head of a note: to Zotero, to a DOI, to a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from litindex.models import Link
from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.identifiers import find_doi
from litindex.parser.vocabulary.keys import Keys, field_of
from litindex.parser.zotero.uris import ZoteroUri, parse_uri

_FILE_NAME = re.compile(r"\.(?:pdf|html?|epub|docx?|pptx?|djvu|txt)\b", re.I)
_ANY_LINK = re.compile(r"!?\[[^\[\]]*\]\(\(?[^()]*\)?\)|!?\[\[[^\[\]]*\]\]|\*\*|<[^<>]*>|https?://\S+")
_URI = re.compile(r"zotero://\S+")
_LABELLED = re.compile(r"[^\w\n]*+(\w[\w ]{1,29})[*_]*\s*+[:：=]")


def link_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """What links say that stand in no sentence; in one they are about another work (VARIATIONS 2.3)."""
    head_end = min(page.first + 12, region.head_end)
    title = region.info.start if region.info is not None else None
    for link in page.body.links:
        line = link.line or 0
        head = line in region.lines or line < head_end
        if not head or line in region.persist or _in_prose(_surroundings(page.line(line)), link):
            continue
        if (statement := _link_statement(link, line == title)) is not None:
            yield statement
    yield from _bare_uris(page, region)


def _link_statement(link: Link, on_title: bool) -> Statement | None:
    """What the target of a link is, or what its text says that it is."""
    display = (link.display or "").strip("*_ ")
    named = field_of(display) if display else None
    key = display or None
    uri = parse_uri(link.target) if "zotero" in link.target else None
    if uri is not None:
        return _zotero_statement(uri, key, link, Source.CALLOUT if on_title else Source.LINK)
    if named == "doi" or "doi.org/" in link.target:
        source = Source.LINK if named == "doi" or on_title else Source.GUESS
        return Statement("doi", key, link.target, link.line, source) if find_doi(link.target) else None
    is_pdf = named == "pdf" or (link.target.lower().endswith(".pdf") and not link.is_embed)
    return Statement("pdf", key, link.target, link.line, Source.LINK) if is_pdf else None


def _zotero_statement(uri: ZoteroUri, key: str | None, link: Link, source: Source) -> Statement | None:
    """An item, its citekey, or its file. On the web site of Zotero any item may be shown."""
    if uri.action not in ("select", "web"):
        return Statement("pdf", key, link.target, link.line, Source.LINK) if uri.annotation is None else None
    if uri.citekey:
        return Statement("citekey", "zotero://select", uri.citekey, link.line, Source.LINK)
    if uri.key is None or _FILE_NAME.search(key or ""):
        return None
    return Statement("zotero", key, link.target, link.line, source if uri.action == "select" else Source.GUESS)


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
    return not line.has_parts or field_of((link.display or "").strip("*_ ")) not in ("doi", "url", "zotero", "pdf")


def _labels_it(line: str) -> bool:
    found = _LABELLED.match(line)
    return found is not None and field_of(found[1]) is not None


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
            yield Statement("zotero", None, text, number, Source.LINK)


def citekey_in_uri(statement: Statement) -> Statement | None:
    """`zotero://select/items/@citekey` where a link to Zotero stands: Better BibTeX's URI names no other key (Z31)."""
    if statement.field not in ("zotero", "url") or "/@" not in statement.value:
        return None
    uri = parse_uri(statement.value)
    return (
        Statement("citekey", statement.key, uri.citekey, statement.line, statement.source)
        if uri and uri.citekey
        else None
    )
