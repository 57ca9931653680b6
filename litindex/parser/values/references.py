"""A formatted reference read back: who, when, what. Only where a note says it nowhere else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from litindex.parser.values.name_lists import Split, at_separators, split_creators
from litindex.parser.values.names import Name, clean, is_institution, person, read_name, single
from litindex.parser.vocabulary.names import EDITOR_MARKS, OTHERS, SEPARATORS, SOFT_SEPARATORS

_YEAR_IN_PARENS = re.compile(
    r"\(\s*((?:1[4-9]|20)\d\d)[a-z]?(?:\s*[,/–-](?!\s*\d{4}\s*\))(?![^()]{0,40}\b(?:pp?|págs?|s)\.)[^()]{0,40})?\)|\((?:n\.\s?d\.|in press|forthcoming|o\.\s?J\.)\)",
    re.I,
)
_YEAR = re.compile(r"((?:1[5-9]|20)(?<![\d/.:–-]\d\d)\d\d)[a-z]?(?![\d/–-])")
_ADDRESS = re.compile(r"https?://\S+|10\.\d{4,9}/\S+")
_VOLUME = re.compile(r"\s+\d+$")
_AUTHORS = re.compile(r"((?:[^.]|\b[^\W\d_]\.)+?)\.\s")
_IN_BRACKETS = re.compile(r"\s*\[[^\[\]]*\]$")
_LAST_INITIAL = re.compile(r"\b[^\W\d_]\.$")
_COMMA = re.compile("[,，]")
_QUOTED = re.compile(r"[.,]\s+[“\"‘„«]|[.,]\s+[_*](?=\w)|\.\s+[_*]|\.\s+(?:1[5-9]|20)\d\d[a-z]?\.\s|(?<=\.)\s+«")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[-‐\s]*)+$")
_BARE_INITIALS = re.compile(r"[^\W\d_][^,;]*?\s[A-ZÀ-Þ]{1,3}$")
_NUMBERED = re.compile(r"^\s*(?:\[\d+\]|\d{1,3}\.)\s*")
_AND = re.compile(
    rf"\s*,?\s+(?:{'|'.join(SEPARATORS)})\s+|\s*,?\s*&\s*|(?:(?<=\.)\s*,?|\s*,)\s+(?:{'|'.join(SOFT_SEPARATORS)})\s+"
)
"""What parts two names: a soft word only behind initials or a comma, for it joins the halves of one name as well."""
_KIND = re.compile(r"\s*\[[A-Z]{1,2}(?:/[A-Z]{2})?\](?:\.|\s*//)?")
"""The kind of work behind its title in GB/T 7714: `[J]`, `[M]`, `[C]//`."""
_MDPI = re.compile(r"^((?:[^;,.]{2,40},\s*(?:[^\W\d_]\.[-\s]*)+;\s*)+[^;,.]{2,40},\s*(?:[^\W\d_]\.-?\s?)+)")
_EDITORS = re.compile(rf"\s*[,(]*\s*\b(?:{'|'.join(EDITOR_MARKS)}|trans)\b\.?\)?\s*[,.]*\s*$", re.I)
_ET_AL = re.compile(r",?\s*\bet\.?\s+al\b\.?,?|…|\.\s\.\s\.|[,，]\s*等[,，]?")
_FIRST_SENTENCE = re.compile(r"((?:[^.．]|\b[^\W\d_]\.(?=\s*[-,，A-Z]))+?)[.．]\s*(.{2,300})$")
_TITLE_QUOTED = re.compile(r"[“\"„«]([^“”\"„»]{6,400}?)[,.]?[”\"“»]")
_TITLE_SINGLE = re.compile(r"[‘'‚]([^‘’‚]{6,400}?)[,.]?[’'‘](?=[,.;:\s])")
_PAIRS = re.compile(
    r"((?:[^\W\d_][^,.;&()\d]{1,40},\s*+(?:[^\W\d_]\.[-\s]*+)++(?:(?:,\s*+)?(?:&|and\b|und\b)\s*+|,\s*+)?+)+)(?=[^\W\d_a-z])"
)
_COLON = re.compile(r"((?:[^\W\d_a-z][\w.'’-]*+|and|und|et|y|von|van|de|der|zu|[,;/&]|\s)+):\s")
"""`Doe, Jane; Roe, Karl: Title`, as it is written in German."""
_CAPITAL = r"[^\W\d_a-z](?:[^\W\d_a-z]|['’-])++"
_GIVEN = r"[^\W\d_][\w'’-]*+\.?"
_CAPITAL_NAME = rf"{_CAPITAL}(?:\s{_CAPITAL}){{0,3}}+,\s{_GIVEN}(?:\s{_GIVEN}){{0,4}}?"
_CAPITALS = re.compile(rf"({_CAPITAL_NAME}(?:;\s{_CAPITAL_NAME}){{0,30}}?)(?:(?<=\.)|\.)\s(?![^\W\d_]\.)(?=[^\Wa-z])")
"""`DOE, Jane; ROE, Karl. Title.`, as Portuguese and Spanish standards have it."""
_BEFORE_SLASHES = re.compile(r"((?:[^\W\d_][\w-]+\s(?:[^\W\d_]\.\s?){1,3},?\s?)+)(?=[^\W\d_])([^/]{5,300}?)\s*//")
"""`Doe J. R., Roe K. Title // Journal`, as Russian standards have it."""
_CJK_QUOTED = re.compile(r"([^\s「『（(][^「『（(]{1,60}?)(?:[（(]\d{4}年?[)）])?\s*[「『]([^」』]{2,200})[」』]")
"""`Names「Title」『Journal』`."""
_ISO_690 = re.compile(r"([^\d()“”\"«»*_]{3,300}?),\s(?:1[5-9]|20)\d\d[a-z]?[.,]\s")
"""`DOE, Jane and Karl ROE, 2019. Title.`"""
_TITLE_EMPHASIS = re.compile(r"(?<![\w*_])[_*]{1,3}+([^_*]{6,400}?)[.]?[_*]{1,3}+(?!\w)")


SHORTEST_SOURCE: Final = 60
"""A value under `source` that is a reference is longer."""


class Reference(NamedTuple):
    """What could be read; `names` is empty where the style was not recognised."""

    names: list[tuple[Name, str]]
    et_al: bool
    year: int | None
    title: str | None
    editors: bool = False
    """Whether those named are editors (`(Eds.)`)."""

    @property
    def is_whole(self) -> bool:
        """Whether people, year and title could be read."""
        return bool(self.names and self.year and self.title)


@lru_cache(maxsize=64)
def read_reference(text: str) -> Reference:
    """Reads APA, Harvard, Chicago, MLA, IEEE, MDPI and Vancouver by their punctuation."""
    raw = _NUMBERED.sub("", " ".join(text.replace("\\", "").split()))[:3000]
    year = _YEAR_IN_PARENS.search(raw)
    years = _YEAR.findall(_ADDRESS.sub(" ", raw))
    number = int(year[1]) if year and year[1] else int(years[0]) if years else None
    head, title = _head(raw, year)
    split = _names(clean(head)) if head else Split([])
    editors = _EDITORS.search(head.strip()) is not None
    return Reference(split.names, split.et_al or _ET_AL.search(head) is not None, number, title, editors)


def reference_container(text: str, title: str | None) -> str | None:
    """The journal, or the book that a chapter is in: emphasised words that are not the title, else what stands where the
    usual styles have it.
    """
    is_marked = "*" in text or "_" in text
    for found in _TITLE_EMPHASIS.finditer(text, max(0, text.find(title)) if title else 0) if is_marked else ():
        name = clean(found[1]).rstrip(".,")
        is_name = any(c.isalpha() for c in name) and name.casefold() not in OTHERS
        if is_name and (not title or name.casefold() not in title.casefold()):
            return name
    rest = _behind_title(" ".join(text.replace("\\", "").translate(_PLAIN).split()), title)
    if rest is None:
        return None
    matches = (style.match(rest) for style in _CONTAINERS)
    return next(filter(None, (_container(match[1]) for match in matches if match)), None)


def _behind_title(text: str, title: str | None) -> str | None:
    """What follows the title in a reference without emphasis; None where the title is not in it."""
    at = text.casefold().find(title.translate(_PLAIN).casefold()) if title else -1
    if at < 0:
        return None
    return text[at + len(title or "") :].lstrip(" .,;:!?”\"“'‘’»«」")[:400]


def _container(text: str) -> str | None:
    name = _VOLUME.sub("", text.strip(" .,;:“”\"'«»"))
    return name if 2 < len(name) < 160 and name[:1].isalnum() and any(c.isalpha() for c in name) else None


_PLAIN: Final = str.maketrans("", "", "*_")
_NAME = r"((?:(?!https?:|doi\b|10\.\d)[^.“”\"]|\.(?=\s*[a-z&(,:])|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z]{2})\.|(?<=\b[A-Z][a-z]{3})\.){3,150}?)"
_CONTAINERS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\[[CGMA](?:/[A-Z]{2})?\]\s*//\s*([^.[]{3,150}?)\s*(?:\[|\.|,|，)",  # GB/T 7714: a paper in a book
        r"//\s*([^/.]{3,150}?)\s*[.,]",  # GOST
        r"『([^』]{2,100})』",
        r"(?:[Ii]n:?\s+)?«?([^«».]{2,120})»",
        r"\[[JN](?:/[A-Z]{2})?\][.．]?\s*([^.,，．]{2,100}?)\s*[,，.．]",  # GB/T 7714: an article
        rf"[Ii]n:?\s+(?:[^()]{{3,120}}\((?:[Ee]ds?|[Hh]rsg|[Hh]g|[Cc]oord|[Dd]ir)s?\.?\)[.,:]?\s+)?{_NAME}\s*(?:\(p|\(S\.|\(\d|,\s*(?:pp?\.|ed\.|eds\.|edited|vol\.|hrsg|S\.|\d{{4}})|\.\s+[A-Z][^.,]{{2,40}}(?::|\.?$)|$)",
        rf"{_NAME},?\s*\(?\b(?:[Vv]ol\.?|[Bb]d\.?|[Jj]g\.?|[Tt]\.)\s*\d",  # MLA, IEEE, German
        rf"{_NAME},?\s+\d+[A-Za-z]?\s*(?:\(|,\s*(?:no|nr|n[º°])\.?\s*\d|:\s*\d|,\s*(?:pp?\.\s*)?\d|,\s*S\.)",  # APA, Harvard, Chicago
        r"([^\d“”\"]{3,120}?)\.?\s+(?:1[89]|20)\d\d(?:\s[A-Z][a-z]{2}[^;]{0,12})?;\s*\d",  # Vancouver
    )
)
"""Where each style has the container: behind the title."""


def _head(raw: str, year: re.Match[str] | None) -> tuple[str, str | None]:
    """(the part that names people, the title): each style by what stands between them."""
    kind = _KIND.search(raw)
    if kind is not None and (sentence := _FIRST_SENTENCE.match(raw[: kind.start()])):
        return sentence[1], clean(sentence[2])
    if found := _BEFORE_SLASHES.match(raw) or _CJK_QUOTED.match(raw):
        return found[1], clean(found[2])
    if found := _CAPITALS.match(raw):
        return found[1], _sentence(raw[found.end() :])
    if found := _MDPI.match(raw):
        return found[1], _sentence(raw[found.end() :])
    if year and len(raw) - year.end() < 4 and (found := _PAIRS.match(raw)):
        return found[1], _sentence(raw[found.end() :])
    if found := _ISO_690.match(raw):
        return found[1], _sentence(raw[found.end() :])
    quoted = _QUOTED.search(raw)
    colon = _COLON.match(raw)
    if (
        colon
        and "," in colon[1]
        and (not year or colon.end() < year.start())
        and not (quoted and quoted.start() < colon.end())
    ):
        return colon[1], _sentence(raw[colon.end() :])
    if year and (not quoted or year.start() < quoted.start()):
        read = _with_subtitle if raw[year.end() : year.end() + 2] == ": " else _sentence
        return raw[: year.start()], read(raw[year.end() :])
    if quoted:
        return raw[: quoted.start()], _marked_title(raw[quoted.start() :])
    first = _AUTHORS.match(raw)
    if first and _vancouver(first[1]):
        return first[1], _sentence(raw[first.end() :])
    return "", None


def _marked_title(rest: str) -> str | None:
    quoted, marked = _TITLE_QUOTED.search(rest), _TITLE_EMPHASIS.search(rest)
    found = marked if quoted is None or (marked is not None and marked.end() <= quoted.start()) else quoted
    return clean(found[1]).rstrip(".,") if found else None


def _sentence(rest: str) -> str | None:
    """The first sentence behind the authors, or behind the year in parentheses."""
    rest = rest.lstrip(" .,:;")
    found = _TITLE_QUOTED.match(rest) or _TITLE_EMPHASIS.match(rest) or _TITLE_SINGLE.match(rest)
    if found:
        return clean(found[1]).rstrip(".,")
    end = _end_of_title(rest)
    title = clean(rest[: end.end() if rest[end.start()] in "?!" else end.start()]) if end else ""
    title = _IN_BRACKETS.sub("", title) if title.endswith("]") else title
    return title if len(title) > 5 else None


def _with_subtitle(rest: str) -> str | None:
    """Behind `(2012):`, as German has it, the title and its subtitle: sentences up to the place, the series or the journal."""
    title = _sentence(rest)
    if title is None or rest.lstrip(" :")[: len(title)] != title:
        return title
    for sentence in re.split(r"\.\s+", rest.lstrip(" :")[len(title) :].lstrip(". "))[:-1]:
        if not _SUBTITLE_ONLY.fullmatch(sentence):
            break
        title = f"{title}. {sentence}"
    return title


_SUBTITLE_ONLY = re.compile(r"(?!In:?\s)[^\W\d_a-z][^\d:,_*]{5,200}")


def _end_of_title(rest: str) -> re.Match[str] | None:
    """Where a title ends: at a full stop, or at a question mark behind which no sentence without numbers follows."""
    for end in _ENDS.finditer(rest):
        if rest[end.start()] not in "?!" or not _SUBTITLE.match(rest, end.end()):
            return end
    return None


_ENDS = re.compile(r"[.?!](?=\s+[^\W\d_a-z]|\s*$|\s+[_*„“«])|[:,](?=\s+[_*„«“])")
_SUBTITLE = re.compile(r"\s+[^\W\d_a-z][^\d.?!_*]{10,200}\.\s")


def _vancouver(head: str) -> bool:
    parts = [part.strip() for part in head.split(",")]
    return all(_BARE_INITIALS.fullmatch(part) for part in parts if part.casefold() not in ("et al", "others"))


def _names(head: str) -> Split:
    head = _EDITORS.sub("", head.strip()).strip(" ,:;")
    if not _LAST_INITIAL.search(head):
        head = head.rstrip(" .")
    if not head or len(head) > 1500 or not head[0].isalpha():
        return Split([])
    if ";" in head or "・" in head or (re.fullmatch(_CAPITAL_NAME, head) and len(at_separators(head)) == 1):
        return split_creators(head, prop=True, natural=True)
    et_al = _ET_AL.search(head) is not None
    tokens = [
        name.strip() for part in _COMMA.split(_AND.sub(", ", _ET_AL.sub(",", head))) for name in at_separators(part)
    ]
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
