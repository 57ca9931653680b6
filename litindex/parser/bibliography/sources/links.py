"""Links in the head of a note: to Zotero, to a DOI, to a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from litindex.models import Link
from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.sources.filename import CITEKEY
from litindex.parser.bibliography.sources.labels import has_parts
from litindex.parser.bibliography.sources.prose.people import begins_with_by
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.identifiers import find_doi, is_doi, states_doi
from litindex.parser.values.references import read_reference
from litindex.parser.vocabulary.keys import Keys, field_of, squeeze_key
from litindex.parser.vocabulary.sections import LINK_WORDS, REFERENCE_LISTS
from litindex.parser.zotero.uris import ZoteroUri, parse_uri

_FILE_NAME = re.compile(r"\.(?:pdf|html?|epub|docx?|pptx?|djvu|txt)\b", re.I)
_ANY_LINK = re.compile(r"!?\[[^\[\]]*\]\(\(?[^()]*\)?\)|!?\[\[[^\[\]]*\]\]|\*\*|<[^<>]*>|https?://\S+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_URI = re.compile(r"zotero://\S+")
_LONGEST_CITATION = 200
_EMPHASIS = re.compile(r"[*_]+(?=\W|$)|(?<!\w)[*_]+")
_PAGE = re.compile(
    r"(?:(?:pp?|page|pages|seite|s|pág|págs|стр|с|第|at)[.\s]*[\divxlc]+|\d+)(?:\s*[-–]\s*\d+)?\s*(?:页|頁|ページ|쪽)?",
    re.I,
)
_NAME = r"(?:[a-zà-ÿ]{1,3}\s)?[^\W\d_a-z][\w.'’-]+"
_IN_TEXT = re.compile(
    rf"{_NAME}(?:(?:,|,?\s(?:and|und|et|y|e|en|og|och|&))\s{_NAME}){{0,3}}(?:,?\s(?:et\.?\sal|u\.\s?a|等)\.?)?,?\s"
    r"\(?(?:1[5-9]|20)\d\d[a-z]?\)?(?:\s*[,:]\s*(?i:pp?\.?|s\.|p[áa]gs?\.?)?\s*[\d–-]+)?"
)
"""`Holm et al., 2021`, `Holm & Castel 2021, p. 4`."""
_LABELLED_LINK = re.compile(
    r"[\s>+*-]*?(?:\*\*|__)[^*_:：\[\]]{1,40}(?:[:：](?:\*\*|__)|(?:\*\*|__)[:：])\s*\[[^\[\]]*\]\(\S+\)\s*$"
)
"""`**Open it:** [link](…)`: a label of any words, and nothing but the link behind it."""
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)]|\[\d+\])[ \t]+(?!\[[ x]\])")
_SAYS_DOI = re.compile(r"\bdoi\b(?!\.org)", re.I)
_FILE_OF_ZOTERO = re.compile(r" - (?:1[5-9]|20)\d\d - ")
_LABELLED = re.compile(r"[^\w\n]*+(\w[\w ]{1,29})[*_]*\s*+[:：=]")


def link_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """What links say that stand in no sentence; in one they are about another work (VARIATIONS 2.3)."""
    head_end = min(page.first + 12, region.head_end)
    title = region.info.start if region.info is not None else None
    cited = {link.line or 0 for link in page.body.links if link.line != title and _cites(page, link)}
    first = next((number for number, text in enumerate(page.lines, page.first) if text.strip()), 0)
    section = next((heading.line for heading in page.headings if heading.level > 1), head_end)
    end, silent = references_start(page), region.own | cited | _lists_dois(page)
    for link in page.body.links:
        line = link.line or 0
        stands = line < end and line not in silent and (line in region.lines or line < head_end)
        if stands and not _in_prose(_surroundings(page.line(line)), link):
            listed = _is_listed(page, region, line)
            place = _place_of_doi(page.line(line), line, first, section)
            yield from (
                each for each in _link_statements(link, line == title, place) if each.field == "pdf" or not listed
            )
    yield from _bare_uris(page, region)
    yield from _bare_dois(page, first, min(section, head_end), silent.union(range(end, page.first + 12)))


def _place_of_doi(text: str, line: int, first: int, section: int) -> Source:
    """A DOI alone on the first line is the work's; alone on another line above the sections it may be; else it is a guess."""
    if line >= section or not (is_doi(text) or begins_with_by(text)):
        return Source.GUESS
    return Source.LINK if line == first else Source.LINE


def _lists_dois(page: ParsedNote) -> frozenset[int]:
    """The items of a list that names several DOIs, which are those of works that the note cites."""
    found = {
        number: doi
        for number, text in enumerate(page.lines, page.first)
        if "10." in text and _ITEM.match(text) and not _labels_it(text) and (doi := find_doi(text))
    }
    return frozenset(found) if len(set(found.values())) > 1 else frozenset()


def _is_listed(page: ParsedNote, region: Region, line: int) -> bool:
    """Whether a line is an item of a list below the head: what it links is another work, unless a callout or label says so."""
    if line < min(page.first + 12, region.head_end) or region.info is not None:
        return False
    return _ITEM.match(page.line(line)) is not None and not _labels_it(page.line(line))


def _cites(page: ParsedNote, link: Link) -> bool:
    """Whether the text of a link to an item refers to another work: a page, `Holm et al., 2021`, the citekey of another note."""
    if "zotero" not in link.target or not link.display or not link.line or len(link.display) >= _LONGEST_CITATION:
        return False
    display = _EMPHASIS.sub("", link.display).strip("() ")
    if _PAGE.fullmatch(display):
        return True
    if _label(page.line(link.line)) in _OF_ITEMS:
        return False
    if _IN_TEXT.fullmatch(display):
        return True
    return CITEKEY.fullmatch(display) is not None and display.casefold() not in page.name.casefold()


def _link_statements(link: Link, on_title: bool, place: Source) -> Iterator[Statement]:
    """What the target of a link is, or what its text says that it is. `place`: what the address of a DOI is told from there."""
    display = (link.display or "").strip("*_ ")
    key, named = display or None, field_of(display) if display else None
    uri = parse_uri(link.target) if "zotero" in link.target else None
    if uri is not None:
        yield from _zotero_statements(uri, key, link, Source.CALLOUT if on_title else Source.LINK)
    elif named == "doi" or "doi.org/" in link.target or ("10." in link.target and states_doi(link.target)):
        is_named = named == "doi" or on_title or _SAYS_DOI.search(display)
        if find_doi(link.target):
            yield Statement("doi", key, link.target, link.line, Source.LINK if is_named else place)
    elif named == "pdf" or (link.target.lower().endswith(".pdf") and not link.is_embed):
        yield Statement("pdf", key, link.target, link.line, Source.LINK)


def _zotero_statements(uri: ZoteroUri, key: str | None, link: Link, source: Source) -> Iterator[Statement]:
    """An item, its citekey and title, or its file. On the web site of Zotero any item may be shown."""
    if uri.action not in ("select", "web"):
        if uri.annotation is None:
            yield Statement("pdf", key, link.target, link.line, Source.LINK)
        return
    if uri.citekey:
        yield Statement("citekey", "zotero://select", uri.citekey, link.line, Source.LINK)
    elif uri.key is not None and not _FILE_NAME.search(key or ""):
        yield Statement("zotero", key, link.target, link.line, source if uri.action == "select" else Source.GUESS)
    if uri.action == "select" and key and _is_title(key):
        yield Statement("title", "zotero://select", key, link.line, Source.LINK)


def _is_title(display: str) -> bool:
    """Whether the text of a link to an item is its title, and does not only say where the link leads."""
    words = [word for word in re.findall(r"[^\W\d_]+", display.casefold()) if word not in LINK_WORDS]
    is_file = _FILE_NAME.search(display) or _FILE_OF_ZOTERO.search(display)
    if read_reference(display).is_whole:
        return False
    return len(words) > 2 and not is_file and "://" not in display


def references_start(page: ParsedNote) -> int:
    """The line of the first heading, or line in bold, over works that the note cites."""
    bold = [number for number, text in enumerate(page.lines, page.first) if text.startswith("**") and _names_list(text)]
    headings = [heading.line for heading in page.headings if _names_list(heading.text)]
    return min([*bold, *headings, page.first + len(page.lines)])


def _names_list(text: str) -> bool:
    return len(text) < 60 and squeeze_key(text) in REFERENCE_LISTS


class _Line(NamedTuple):
    """What a line is apart from its links: how many words it has, and whether these are parts that `·` or `|` separates."""

    words: int
    has_parts: bool


@lru_cache(maxsize=1)
def _surroundings(line: str) -> _Line:
    """Once a line, which may hold thousands of links. A heading, a quoted and a labelled line are no sentences."""
    is_bare = line.startswith("# ") or line.lstrip().startswith(">") or begins_with_by(line)
    if is_bare or _labels_it(line) or _LABELLED_LINK.match(line):
        return _Line(0, False)
    return _Line(len(_WORD.findall(_ANY_LINK.sub(" ", line))), has_parts(line))


def _in_prose(line: _Line, link: Link) -> bool:
    """Whether a link stands in a sentence: then it is about another work (VARIATIONS 2.3). `A, B · 2018 · [DOI](…)` is
    a line of parts.
    """
    if line.words <= (2 if "zotero" in (link.display or "").lower() else 1):
        return False
    return not line.has_parts or field_of((link.display or "").strip("*_ ")) not in ("doi", "url", "zotero", "pdf")


def _labels_it(line: str) -> bool:
    return _label(line) is not None


def _label(line: str) -> str | None:
    found = _LABELLED.match(line)
    return field_of(found[1]) if found else None


_OF_ITEMS = frozenset(("zotero", "zotero_key", "citekey", "title", "url", "pdf"))
"""Labels of what belongs to the work itself."""


def _bare_uris(page: ParsedNote, region: Region) -> Iterator[Statement]:
    """`zotero://select/…` on a line of its own, not made a link."""
    for number in range(page.first, min(page.first + 40, region.head_end, page.first + len(page.lines))):
        text = page.line(number)
        if (
            "zotero://select" in text
            and "(zotero" not in text
            and "<zotero" not in text
            and len(_WORD.findall(_URI.sub(" ", text))) < 3
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


def _bare_dois(page: ParsedNote, first: int, section: int, silent: frozenset[int]) -> Iterator[Statement]:
    """`10.5555/x` on a line of its own; `J. Tides 2018, 5. doi: 10.5555/x` in the first lines: a DOI behind a year."""
    for number, line in enumerate(page.lines[:12], page.first):
        if "10." not in line or "://" in line or number in silent:
            continue
        year = _YEAR.search(line)
        if number < section and is_doi(line):
            yield Statement("doi", None, line.strip(), number, _place_of_doi(line, number, first, section))
        elif year and _BARE_DOI.search(line, year.end()):
            yield Statement("doi", None, line, number, Source.GUESS)


_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_BARE_DOI = re.compile(r"\bdoi:?\s*10\.", re.I)
