"""What the raw text of a note says of its work, by patterns alone: a measure that owes nothing to the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


def _keys(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Keys in lower case without blanks, `_`, `-` and a leading `first`.
NAMES = _keys(
    """author authors creator creators editor editors translator director programmer presenter podcaster bookauthor
    serieseditor contributor leadauthor lastauthor interviewee inventor cartographer artist composer scriptwriter
    autor autora autores autoren autori verfasser verfasserin herausgeber auteur auteurs autrice autore autrici
    forfatter forfattere författare yazar yazarlar penulis tácgiả kirjoittaja tekijä szerző autoři autorzy
    автор авторы редактор συγγραφέας συγγραφείς مؤلف المؤلف מחבר 作者 著者 编者 編者 编辑 訳者 译者 저자 지은이"""
)
YEARS = _keys(
    """year date published publicationdate publicationyear datepublished publisheddate issued
    jahr erscheinungsjahr datum année annee año ano anno data år jaar rok év vuosi yıl tahun năm
    год дата έτος 年份 年 出版年 出版时间 发表时间 发表年份 出版年份 刊行年 発行年 연도 년도 출판년도"""
)
OWN_DATES = _keys("date datum data дата")
CITEKEYS = _keys("citekey citationkey bibtexkey")
DOI_KEY = _keys("doi")
SOURCES = _keys(
    """isbn issn journal containertitle publicationtitle publishedin zeitschrift revue revista rivista
    期刊 雑誌 학술지 журнал"""
)
KEY_NOISE = re.compile(r"[\s_\-:]|^first")

EMPTY = re.compile(
    r"""["'“”*_\[\]{}()<>~\s.,;:|#/\\-]*$|["']?(?:n/?a|n\.d\.|none|null|undefined|nan|\[object\ object\]"""
    r"""|invalid\ date|error:.*|unknown|\{\{.*|\{%.*|<%.*)["']?$""",
    re.IGNORECASE | re.VERBOSE,
)
YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
DOI = re.compile(r"(?<![\w.])10\.\d{4,9}/[^\s\"'<>|{}]+")
DOI_URL = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\d{4,9}/[^\s\"'<>|{}]+)", re.IGNORECASE)
ZOTERO = re.compile(
    r"zotero://(?:select/|open(?:-pdf)?/[^\s?)]*(?![^\s)]*[?&](?:page|annotation)=))"
    r"|zotero\.org/(?:users/|groups/)?[\w-]+(?:/[\w-]+)?/items/[A-Z0-9]{8}"
)
CITING = re.compile(r"\[[^\]\n]*(?:,\s*\d{4}|\bp\.|pages?\b)[^\]\n]*\]\(+[^\s)]*\)", re.IGNORECASE)
"""A link in running text that cites: `[Roe et al., 2021, p. 1](zotero://…)`."""
TEMPLATE = re.compile(r"\{%|<%")
FENCED = re.compile(r"^[>\s]*(```|~~~).*?(?:^[>\s]*\1[^\S\n]*$|\Z)", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]+`")
FRONT_MATTER = re.compile(r"\A---[^\S\n]*\n(.*?)^---[^\S\n]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
PROPERTY = re.compile(r"^[\"']?([^\s\"'#\-:][^\"':\n]{0,40}?):?[\"']?:(?:[^\S\n]+(.*))?$")
LABEL = re.compile(
    r"^[\s>*+\-~|]*(?:<cite>)?[\s*+\-_]*([^\W\d_][^\n:：=|*_<>\[\](){}]{0,40}?)(?:\(s\))?[\s*_]*(?:::|[:：=|])[\s*_]*(.*)$"
)
BOLD_LABEL = re.compile(r"^[\s>]*\*\*([^*\n]{1,40})\*\*[^\S\n]+([^\s:=].*)$")
HEAD_LINES = 30


class Signs(NamedTuple):
    """What a note names: `years` and `dois` are all that are given for its work."""

    citekey: bool
    zotero: bool
    bibliographic: bool
    names_creator: bool
    years: frozenset[int]
    dois: frozenset[str]

    @property
    def literature(self) -> bool:
        return self.citekey or self.zotero or self.bibliographic


Statement = tuple[str, str]


def signs(name: str, text: str) -> Signs | None:
    """The signs in a note; None for a template, which names nothing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = FRONT_MATTER.match(text)
    body = FENCED.sub("", text[found.end() if found else 0 :])
    if TEMPLATE.search(INLINE_CODE.sub("", body)) or (found and TEMPLATE.search(found[1])):
        return None
    properties = list(_properties(found[1].splitlines())) if found else []
    labels = list(_labels(body.splitlines()))
    citekey = name.startswith("@") or _has(properties + labels, CITEKEYS)
    zotero = bool(ZOTERO.search(found[1] if found else "") or ZOTERO.search(CITING.sub("", _head(body))))
    return Signs(
        citekey,
        zotero,
        _is_bibliographic(properties),
        _has(properties + labels, NAMES),
        frozenset(_years(properties if citekey or zotero else _dated(properties))) | frozenset(_years(labels)),
        frozenset(_dois(properties, labels)),
    )


def _head(body: str) -> str:
    return "\n".join(body.lstrip("\n").splitlines()[:HEAD_LINES])


def _properties(lines: list[str]) -> Iterator[Statement]:
    """Top-level keys with their value; a list or block below a key gives one statement for each of its lines."""
    key = ""
    for line in lines:
        if found := PROPERTY.match(line):
            key = found[1].strip()
            yield key, (found[2] or "").strip()
        elif key and line[:1] in (" ", "\t", "-"):
            yield key, line.strip().removeprefix("-").strip()


def _labels(lines: list[str]) -> Iterator[Statement]:
    for line in lines:
        if found := LABEL.match(line) or BOLD_LABEL.match(line):
            yield found[1].strip(), found[2].strip()


def _has(statements: list[Statement], keys: frozenset[str]) -> bool:
    return any(_is(key, keys) and not EMPTY.match(value) for key, value in statements)


def _is(key: str, keys: frozenset[str]) -> bool:
    return KEY_NOISE.sub("", key.lower()) in keys


def _is_bibliographic(properties: list[Statement]) -> bool:
    """A DOI, ISBN or journal, or a name with a year: what a person would call a bibliographic record."""
    if any(_is(key, DOI_KEY) and DOI.search(value) for key, value in properties) or _has(properties, SOURCES):
        return True
    return _has(properties, NAMES) and bool(list(_years(_dated(properties))))


def _dated(properties: list[Statement]) -> list[Statement]:
    """Without `date`, which in a note that is no literature note is its own."""
    return [(key, value) for key, value in properties if not _is(key, OWN_DATES)]


def _years(statements: list[Statement]) -> Iterator[int]:
    for key, value in statements:
        if _is(key, YEARS) and not EMPTY.match(value):
            yield from map(int, YEAR.findall(value)[:1])


def _dois(properties: list[Statement], labels: list[Statement]) -> Iterator[str]:
    for key, value in properties:
        found = DOI.search(value) if _is(key, DOI_KEY) else DOI_URL.match(value.strip("\"'"))
        if found:
            yield _doi(found[found.re.groups])
    for key, value in labels:
        if _is(key, DOI_KEY) and (found := DOI.search(value)):
            yield _doi(found[0])


def _doi(text: str) -> str:
    """A DOI in lower case, without what stands around it: a Markdown link, a bracket not its own, a full stop."""
    text = text.partition("](")[0]
    while text and (text[-1] in ".,;:]*_" or (text[-1] == ")" and text.count("(") < text.count(")"))):
        text = text[:-1]
    return text.lower()
