"""Quotations whose page was typed by hand: `“…” (p. 12)`, `「…」（p.12）`, `„…“, S. 12`, `12: "…"`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from litindex.parser.annotations.text import quoted_end
from litindex.parser.vocabulary.annotations import PAGES, PLACES

_LONGEST = 4000
_MOST_MISSES = 8
"""Lines of a block that begin with a quotation without a page, before no more is looked for."""
_WORDS = rf"(?:{PAGES.replace(' ', '|')}|{PLACES.replace(' ', '|')})"
_NUMBER = r"(?:\d[\d–-]*+|[ivxlc]++(?![^\W\d_]))"
_PAGE = rf"(?:\b{_WORDS}(?:\b|(?=\d))\.?\s?[:：]?\s?(?P<{{0}}>{_NUMBER})|(?:第\s?)?(?P<{{0}}_cjk>\d[\d–-]*+)\s?(?:页|頁|ページ|쪽))"
_UNTIL = r"(?:n\d{1,3})?(?:\s?ff?\b\.?)?\s?"
"""What may stand behind the number of a page: a footnote, `f.`."""
_INSIDE = r"[^()\[\]（）［］\n]"
_BEGINS = re.compile(
    r"[\s*_=>.,;]*+(?:(?=[(（\[第]{0,2}(?:[^\W\d_]{1,10}+\.?\s?[:：]?\s?)?(?:\d|[ivxlc]{1,7}(?![^\W_])))"
    rf"(?:[(（\[]?{_PAGE.format('before')}{_UNTIL}[*_)）\]\s]*+[:：—–-]?"
    rf"|(?P<first>\d{{1,4}}(?:[–-]\d{{1,4}})?){_UNTIL}[:：])[*_\s]*+)?[*_=]*+(?=[\"“„”«»「『])",
    re.I,
)
"""What may stand before a quotation: signs of emphasis, and its page, behind which a colon is left out where a word says `page`."""
_BRACKETED = re.compile(
    rf"[*_=\s.,;:。、]*+[(（\[［](?:(?:{_INSIDE}{{0,80}}?[\s,;:，；])?{_PAGE.format('page')}"
    rf"|{_INSIDE}{{0,80}}?\b\d{{4}}[a-z]?\s?[:,，：]\s?(?P<dated>\d[\d–-]*+)|(?P<bare>\d{{1,3}}(?:[–-]\d{{1,4}})?))"
    rf"(?:\s?ff?\.?)?(?:[,;，；]{_INSIDE}{{0,60}})?[)）\]］]",
    re.I,
)
_YEAR = re.compile(r"\b(?:1[4-9]|20)\d\d[a-z]?\s?[,:;，：]")
_PLAIN = re.compile(
    rf"[*_=\s.,;:。、—–-]*+{_PAGE.format('page')}(?:\s?ff?\b\.?)?(?=\W|$)|\s?[—–-]\s?(?P<alone>\d{{1,3}}(?:[–-]\d{{1,4}})?)[ \t]*+(?=\n|$)",
    re.I,
)
_ASIDE = re.compile(r"[*_=.,;:。；!? \t]*+(?:$|\n|[-–—=<>←→⇒⟶➜#(（\[!💬💭🗨✏🖊📝“„«「\"]|(?<=[.。;；]\s)(?=\S))")
"""What may follow: nothing, another line, a sign that something else begins, or another sentence."""
_OPEN = '["“„”«»「『]'
_MAY = re.compile(
    r"[\"”“»«」』„「:：](?:(?<![„「:：])[*_=.,;:。、—–\s-]{0,6}(?:[(（\[［]|第?\d|[A-Za-zА-я]{1,8}\.? ?[\divxlc])"
    rf"|(?:(?<=[\df.)\]页頁쪽*][:：])|(?<=\d\s[:：]))[*_\s]{{0,4}}{_OPEN}|(?<=[\d页頁]{_OPEN})|(?<=[\d页頁]\s{_OPEN})"
    rf"|(?<=[\df][)\].*–—-]\s{_OPEN})|(?<=[\d.][\s*][*–—-]\s{_OPEN}))"
)
"""One class of characters begins it: the places where one stands are found many times as fast."""


class Quotation(NamedTuple):
    """A quotation as a range of the text that holds it, its page, and where both end."""

    start: int
    end: int
    page: str
    until: int


def may_hold_quotations(text: str) -> bool:
    """A cheap test before the expensive one."""
    return _MAY.search(text) is not None


def quotation_at(text: str, at: int, *, expected: bool) -> Quotation | None:
    """The quotation with a page that begins at `at`, and is not the beginning of the reader's own sentence.

    Where no quotation of the work is expected one that names who wrote it, and when, may be of another work.
    """
    head = _BEGINS.match(text, at)
    if head is None:
        return None
    end = quoted_end(text[head.end() : head.end() + _LONGEST])
    if not end:
        return None
    end += head.end()
    behind = _BRACKETED.match(text, end) or _PLAIN.match(text, end)
    if behind is not None and not expected and _YEAR.search(behind[0]):
        return None
    page = _page_of(head) or (_page_of(behind) if behind else None)
    until = behind.end() if behind else end
    return Quotation(head.end(), end, page, until) if page and _ASIDE.match(text, until) else None


def is_quoted(text: str) -> bool:
    """Whether text is a quotation and nothing else, but for what leads to a link."""
    head = _BEGINS.match(text)
    end = quoted_end(text[head.end() : head.end() + _LONGEST]) if head else 0
    return head is not None and end > 0 and not text[head.end() + end :].strip("*_=.,;:([—–- \t")


def _page_of(place: re.Match[str]) -> str | None:
    return next((value.rstrip("–-") for value in place.groupdict().values() if value), None)


def quotations(text: str, *, expected: bool) -> Iterator[Quotation]:
    """The quotations with a page in a block, each at the beginning of a line or right behind another."""
    at, misses = 0, 0
    while at < len(text) and misses < _MOST_MISSES:
        if found := quotation_at(text, at, expected=expected):
            yield found
            at = found.until
        else:
            misses += _BEGINS.match(text, at) is not None
            at = text.find("\n", at) + 1 or len(text)
