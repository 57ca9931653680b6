"""A formatted reference read back: who, when, what. Only where a note says it nowhere else."""

from __future__ import annotations

import re
from typing import NamedTuple

from litindex.parser.values.name_lists import Split, split_creators
from litindex.parser.values.names import Name, clean, is_institution, person, read_name, single

_YEAR_IN_PARENS = re.compile(
    r"\(\s*((?:1[4-9]|20)\d\d)[a-z]?(?:\s*[,/–-][^()]{0,40})?\)|\((?:n\.\s?d\.|in press|forthcoming|o\.\s?J\.)\)", re.I
)
_YEAR = re.compile(r"(?<![\d/.:-])((?:1[5-9]|20)\d\d)[a-z]?(?![\d/-])")
_QUOTED = re.compile(r"[.,]\s+[“\"‘„«]|\.\s+[_*]|\.\s+(?:1[5-9]|20)\d\d[a-z]?\.\s|(?<=\.)\s+«")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[-‐\s]*)+$")
_BARE_INITIALS = re.compile(r"[^\W\d_][^,;]*?\s[A-ZÀ-Þ]{1,3}$")
_NUMBERED = re.compile(r"^\s*(?:\[\d+\]|\d{1,3}\.)\s*")
_AND = re.compile(r"\s*,?\s+(?:and|und|et|y|e|en)\s+|\s*,?\s*&\s*")
_MDPI = re.compile(r"^((?:[^;,.]{2,40},\s*(?:[^\W\d_]\.[-\s]*)+;\s*)+[^;,.]{2,40},\s*(?:[^\W\d_]\.-?\s?)+)")
_EDITORS = re.compile(r"\s*[,(]*\s*\b(?:eds?|hrsg|hg|dir|coord|trans)\b\.?\)?\s*[,.]*\s*$", re.I)
_ET_AL = re.compile(r",?\s*\bet\.?\s+al\b\.?,?|…|\.\s\.\s\.")
_TITLE_QUOTED = re.compile(r"[“\"„«]([^“”\"„»]{6,400}?)[,.]?[”\"“»]")
_TITLE_EMPHASIS = re.compile(r"(?<![\w*_])[_*]([^_*]{6,400}?)[.]?[_*](?![\w*_])")


class Reference(NamedTuple):
    """What could be read; `names` is empty where the style was not recognised."""

    names: list[tuple[Name, str]]
    et_al: bool
    year: int | None
    title: str | None
    editors: bool = False
    """Whether those named are editors (`(Eds.)`)."""


def read_reference(text: str) -> Reference:
    """Reads APA, Harvard, Chicago, MLA, IEEE, MDPI and Vancouver by their punctuation."""
    raw = _NUMBERED.sub("", " ".join(text.replace("\\", "").split()))[:3000]
    year = _YEAR_IN_PARENS.search(raw)
    years = _YEAR.findall(re.sub(r"https?://\S+|10\.\d{4,9}/\S+", " ", raw))
    number = int(year[1]) if year and year[1] else int(years[0]) if years else None
    head, title = _head(raw, year)
    split = _names(clean(head)) if head else Split([])
    editors = _EDITORS.search(head.strip()) is not None
    return Reference(split.names, split.et_al or _ET_AL.search(head) is not None, number, title, editors)


def reference_container(text: str, title: str | None) -> str | None:
    """The first emphasised words that are not the title: journal, or the book that a chapter is in."""
    for found in _TITLE_EMPHASIS.finditer(text):
        name = clean(found[1]).rstrip(".,")
        if not title or name.casefold() not in title.casefold():
            return name
    return None


def _head(raw: str, year: re.Match[str] | None) -> tuple[str, str | None]:
    """(the part that names people, the title)."""
    mdpi = _MDPI.match(raw)
    if mdpi:
        return mdpi[1], _sentence(raw[mdpi.end() :])
    quoted = _QUOTED.search(raw)
    if year and (not quoted or year.start() < quoted.start()):
        return raw[: year.start()], _sentence(raw[year.end() :])
    if quoted:
        return raw[: quoted.start()], _marked_title(raw[quoted.start() :])
    first = re.match(r"((?:[^.]|\b[^\W\d_]\.)+?)\.\s", raw)
    if first and _vancouver(first[1]):
        return first[1], _sentence(raw[first.end() :])
    return "", None


def _marked_title(rest: str) -> str | None:
    found = _TITLE_QUOTED.search(rest) or _TITLE_EMPHASIS.search(rest)
    return clean(found[1]).rstrip(".,") if found else None


def _sentence(rest: str) -> str | None:
    """The first sentence behind the authors, or behind the year in parentheses."""
    rest = rest.lstrip(" .,:;")
    found = _TITLE_QUOTED.match(rest) or _TITLE_EMPHASIS.match(rest)
    if found:
        return clean(found[1]).rstrip(".,")
    end = re.search(r"[.?!](?=\s+[^\W\d_a-z]|\s*$|\s+[_*])", rest)
    title = clean(rest[: end.end() if rest[end.start()] != "." else end.start()]) if end else ""
    return title if len(title) > 5 else None


def _vancouver(head: str) -> bool:
    parts = [part.strip() for part in head.split(",")]
    return all(_BARE_INITIALS.fullmatch(part) for part in parts if part.casefold() not in ("et al", "others"))


def _names(head: str) -> Split:
    head = _EDITORS.sub("", head.strip()).strip(" ,:;")
    if not re.search(r"\b[^\W\d_]\.$", head):
        head = head.rstrip(" .")
    if not head or len(head) > 1500 or not head[0].isalpha():
        return Split([])
    if ";" in head:
        return split_creators(head, prop=True, natural=True)
    et_al = _ET_AL.search(head) is not None
    tokens = [t.strip() for t in _AND.sub(", ", _ET_AL.sub(",", head)).split(",")]
    tokens = [t for t in tokens if t and t != "."]
    names = _walk(tokens)
    return Split(names, et_al) if all(len(raw) < 80 for _, raw in names) else Split([])


def _walk(tokens: list[str]) -> list[tuple[Name, str]]:
    """`Family, I.` pairs, `Family IJ`, `Given Family`; the first may be inverted in full (`Family, Given`)."""
    names: list[tuple[Name, str]] = []
    i = 0
    while i < len(tokens):
        token = tokens[i].strip()
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        if following and _INITIALS.fullmatch(following):
            names.append((person(token, following, None), f"{token}, {following}"))
            i += 2
        elif _BARE_INITIALS.fullmatch(token) and not is_institution(token):
            family, _, given = token.rpartition(" ")
            names.append((person(family, given, None), token))
            i += 1
        elif i == 0 and following and not is_institution(token) and _is_inverted(token, following):
            names.append((person(token, following, None), f"{token}, {following}"))
            i += 2
        else:
            name = read_name(token, natural=True) if not is_institution(token) else single(token)
            if name is not None:
                names.append((name, token))
            i += 1
    return names


def _is_inverted(token: str, following: str) -> bool:
    """`Chen, Hailin`: a family name of one word (or with a particle) before given names."""
    words = token.split()
    return (len(words) == 1 or words[0][:1].islower()) and 1 <= len(following.split()) <= 3 and following[:1].isupper()
