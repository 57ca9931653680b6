"""DOI, ISBN, ISSN, arXiv, PubMed: normal forms and checks (Z20)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_PREFIX = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*", re.I)
_STATED_DOI = re.compile(
    r"[\s\"'<*_]*(?:\[[^\[\]]*\]\(\s*|\[)?(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi:?\s*)?10[.%]", re.I
)
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ADDRESS_END = re.compile(r"[?#](?:utm_|nosfx|ref=|via=|casa_token|journalCode|download).*$", re.I)
_PAGE_END = re.compile(r"(?:/(?:full|abstract|pdf|epdf|html|fulltext|full/html|meta))+$", re.I)
_SICI = re.compile(r"<[^<>]{1,40}>")
_QUOTED = re.compile(r"[\"“”«»„]|&quot;|\\[\"]")
_ESCAPED = re.compile(r"\\([_<>()\[\];*])")
_UNSEEN: Final = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F))
_DASH = "\u002d\u00ad\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_GAP = rf"[{_DASH}\s]?"
_ISBN = re.compile(rf"(?<!\d)(?<![\dX][{_DASH}])(?:97[89](?:{_GAP}\d){{10}}|\d(?:{_GAP}\d){{8}}{_GAP}[\dXx])(?![\dXx])")
_ISSN = re.compile(rf"(?<!\d)(\d{{4}}){_GAP}(\d{{3}}[\dXx])(?![\dXx])")
_ARXIV_ID = r"(\d{4}\.\d{4,5}|(?<![a-z-])[a-z-]++(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?!\d)"
_ARXIV_URL = re.compile(
    rf"(?:arxiv\.org|alphaxiv\.org|arxiv-vanity\.com|ar5iv\.(?:labs\.arxiv\.)?org)/(?:(?:abs|pdf|html|papers|format)/)?{_ARXIV_ID}",
    re.I,
)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.{_ARXIV_ID}", re.I)
_ARXIV_BARE = re.compile(rf"(?:arxiv[:：\s]*)?{_ARXIV_ID}(?:\s*\[[\w.-]+\])?$", re.I)
_URL = re.compile(r"https?://[^\s<>\"]+", re.I)
_TRAILING = ".,;:'\"”’*_`|"


@lru_cache(maxsize=2048)
def find_doi(raw: str) -> str | None:
    """The DOI in a value, lower case, without prefix, percent signs of an address and trailing marks; None without one."""
    text = unicodedata.normalize("NFKC", raw).translate(_UNSEEN)
    if "%" in text and ("doi.org/" in text.lower() or "10%2" in text.lower() or "%2f" in text.lower()):
        text = _PERCENT.sub(lambda escapes: _unescaped(escapes[0]), text)
    text = _ESCAPED.sub(r"\1", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    found = _DOI.search(text)
    if not found:
        return None
    doi = _QUOTED.split(found[0].partition("](")[0])[0]
    if ("<" in doi and _SICI.search(doi) is None) or "</" in doi or "<br" in doi.lower():
        doi = doi.partition("<")[0]
    doi = _without_end(_PAGE_END.sub("", _ADDRESS_END.sub("", doi)), _TRAILING)
    return doi.lower() if doi.partition("/")[2] else None


def _unescaped(escapes: str) -> str:
    """UTF-8 as addresses have it, else a sign a byte."""
    try:
        return unquote(escapes, errors="strict")
    except UnicodeDecodeError:
        return unquote(escapes, "latin-1")


def _without_end(text: str, marks: str) -> str:
    """The text without marks at its end, and closing brackets there that nothing opens."""
    left = {close: text.count(close) - text.count(opening) for opening, close in zip("([{<", ")]}>", strict=True)}
    end = len(text)
    while end and (text[end - 1] in marks or left.get(text[end - 1], 0) > 0):
        if text[end - 1] in left:
            left[text[end - 1]] -= 1
        end -= 1
    return text[:end]


def looks_like_doi(raw: str) -> bool:
    """Whether a value means to be a DOI."""
    return raw.strip().startswith("10.") or _DOI_PREFIX.search(raw) is not None


def states_doi(raw: str) -> bool:
    """Whether a value is a DOI, bare, prefixed or linked, and not a sentence that mentions one."""
    return _STATED_DOI.match(raw) is not None and find_doi(raw) is not None


def is_doi(raw: str) -> bool:
    """Whether a value is nothing but a DOI, bare, prefixed or linked."""
    found = _STATED_DOI.match(raw)
    return found is not None and len(raw[found.end() :].split()) == 1 and find_doi(raw) is not None


def find_isbns(raw: str) -> tuple[list[str], bool]:
    """(the ISBNs as 13 digits, whether something that looks like one fails its check digit)."""
    found: dict[str, None] = {}
    failed = False
    for match in _ISBN.finditer(raw):
        digits = "".join(c for c in match[0].upper() if c.isdigit() or c == "X")
        isbn = _isbn13(digits)
        if isbn is None:
            failed = True
        else:
            found[isbn] = None
    return list(found), failed


def _isbn13(digits: str) -> str | None:
    if len(digits) == 13:
        return digits if _check13(digits[:12]) == digits[12] else None
    total = sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits))
    if total % 11:
        return None
    body = "978" + digits[:9]
    return body + _check13(body)


def _check13(body: str) -> str:
    return str(-sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body)) % 10)


def find_issns(raw: str) -> list[str]:
    """The ISSNs in a value whose check digit holds."""
    return [f"{a}-{b.upper()}" for a, b in _ISSN.findall(raw) if _issn_holds(a + b.upper())]


def _issn_holds(digits: str) -> bool:
    return sum((8 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits)) % 11 == 0


def find_arxiv(raw: str, *, bare: bool = False) -> str | None:
    """The arXiv number in a DOI or URL (in a field of its own: also bare), without version."""
    named = _ARXIV_DOI.search(raw) or _ARXIV_URL.search(raw) if "iv" in raw.lower() else None
    found = named or (_ARXIV_BARE.search(raw.strip()) if bare else None)
    return found[1] if found else None


def find_url(raw: str) -> str | None:
    """The first web address in a value, as written."""
    found = _URL.search(raw)
    if not found:
        return None
    url = found[0]
    if "](" in url:
        url = url.partition("](")[0]
    return _without_end(url, ".,;'\"”’*`|")
