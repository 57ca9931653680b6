"""Whether a text is nothing but names of people, with what stands beside names in a byline."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from litindex.parser.values.name_lists import split_creators
from litindex.parser.values.names import CJK, Name, is_institution
from litindex.parser.vocabulary.keys import field_of
from litindex.parser.vocabulary.particles import PARTICLES
from litindex.parser.vocabulary.sections import is_section
from litindex.text_keys import title_key

_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(([^()\s]*)\)")
_URL = re.compile(r"(?:https?|zotero)://\S+")
_BY = re.compile(
    r"(?:by|von|par|por|di|av|af|door|od|przez|автор|作者|著者|저자)(?:\s*[:：]\s*|\s+)|(?-i:de\s+(?=[^\W\d_a-z]\S*\s[^\W\d_a-z]))",
    re.I,
)
_YEAR = re.compile(
    r"(?:(?<=[a-zß-ÿ]{2})\.)?(?:(?<![\s,;·|–—-])[\s,;·|–—-]++)?(?:[(\[（]?\s*((?:1[5-9]|20)\d\d)[a-z]?\s*[)\]）]?|\(\))[\s.,;·|]*$"
)
_IMPRINT = re.compile(r"\s*\(([^\W\d_][^()\d;]{1,60}?),\s*((?:1[5-9]|20)\d\d)[^()]{0,40}\)\.?\s*$")
"""`(Cedar & Stone, 2004)`, behind names after `by`."""
_TRANSLATED = re.compile(
    r"[,.;]?\s+(?:(?:and\s+)?(?:translated\s+by|transl?\.(?:\s+by)?)|übersetzt\s+von|übers\.\s+v(?:on|\.)|traduit\s+par"
    r"|traducid[oa]\s+por|traduzid[oa]\s+por|tradotto\s+da|trad\.(?:\s+(?:par|por|di|de))?|vertaald\s+door|vert\.)\s+",
    re.I,
)
_AFFILIATION = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]")
_AND = re.compile(r"\s+(?:and|und|et|y|e|en|och|og|i|и|&)\s+")
_SIGNS = re.compile(r"[\d:：!?\"“”„«»=<>{}|/\\@#%+]")
_INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_]\.")
_SENTENCE = re.compile(r"[^\W\d_]{3,}\.\s")
_SHORT_END = re.compile(r"\b(?:\w|Jr|Sr|Dr|Prof|St|al)\.$")


class Byline(NamedTuple):
    """`first` is how the first person is called in citekeys; `is_marked`: `by`, initials, a year or `et al.` say that it is people."""

    names: str
    year: str | None
    first: str
    people: int
    is_marked: bool
    publisher: str | None = None
    translators: str | None = None


def cites(name: str, byline: Byline) -> bool:
    """Whether a file name begins with a citekey of these people, which may be cut after four letters."""
    return byline.first[: max(4, len(byline.first) // 2)] in title_key(
        name if name.startswith("@") else name.partition(" ")[0]
    )


@lru_cache(maxsize=2048)
def read_byline(text: str) -> Byline | None:
    """The names and the year of a line that holds nothing else."""
    if len(text) > 1000 or "::" in text or text.lstrip().startswith(("!", "- [", "|", "%%", "```")):
        return None
    line = _LINK.sub(lambda m: "" if _leads_away(m[1], m[2]) else m[1], text) if "](" in text else text
    is_cited = "<cite" in line
    line = _URL.sub("", _TAGS.sub("", line)).strip().strip("*_>–—- \t").strip()
    by = _BY.match(line)
    line = line[by.end() :] if by else line
    imprint = _IMPRINT.search(line) if by else None
    year = None if imprint else _YEAR.search(line)
    found = imprint or year
    line = (line[: found.start()] if found else line).strip(" ,;*_[]·|")
    line, *translators = _TRANSLATED.split(line, maxsplit=1) if by else [line]
    names = _AFFILIATION.sub("", line).strip(" ,;*_")
    split = split_creators(names, prop=True, natural=True) if _may_be_names(names) else None
    if split is None or split.ambiguous or not split.names or not all(_is_person(name) for name, _ in split.names):
        return None
    has_initials = any(_INITIAL.search(raw) for _, raw in split.names)
    marked = is_cited or by is not None or found is not None or has_initials or split.et_al
    first = split.names[0][0]
    when, publisher = (imprint[2], imprint[1]) if imprint else (year[1] if year else None, None)
    key = title_key(first.family or first.name)
    return Byline(names, when, key, len(split.names), marked, publisher, translators[0] if translators else None)


def begins_with_by(line: str) -> bool:
    """Whether a line says whom something is by, and nothing else: `by Kay Moss, 2012. https://…`."""
    return _BY.match(line.lstrip("*_> ")) is not None and read_byline(line) is not None


def _leads_away(text: str, target: str) -> bool:
    """A link to the work itself beside the names, and not to one of them."""
    return "zotero" in target or "doi" in target.lower() or field_of(text) is not None or target.endswith(".pdf")


def _may_be_names(text: str) -> bool:
    """Words that begin in capitals, without the signs of sentences and keys."""
    if (
        not text
        or not text[0].isalpha()
        or _SIGNS.search(text)
        or (text.endswith((".", ":")) and not _SHORT_END.search(text))
    ):
        return False
    if _SENTENCE.search(text) or "[[" in text or is_section(text):
        return False
    words = [word.strip(".,;()") for word in _AND.sub(" ", text).split()]
    words = [word for word in words if word and word.lower() not in ("al", "et")]
    return bool(words) and all(word[:1].isupper() or word in PARTICLES or CJK.match(word) for word in words)


def names_person(name: Name) -> bool:
    """Whether a name that was read in a line is that of a person, and no words of a sentence."""
    return _is_person(name) and _may_be_names(name.name)


def _is_person(name: Name) -> bool:
    words = name.name.replace(",", " ").split()
    if CJK.search(name.name):
        return len(name.name) <= 8
    return 2 <= len(words) <= 5 and len(name.name) <= 45 and not is_institution(name.name) and not name.name.isupper()
