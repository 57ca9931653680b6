"""Names of people and institutions (Z12, Z14, Z16-Z18)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from litindex.parser.vocabulary.names import (
    CAPITAL_PARTICLES,
    CLITICS,
    DEGREES,
    HOUSES,
    INSTITUTION,
    NO_PARTICLES,
    RANKS,
    SEPARATORS,
    SOFT_SEPARATORS,
    SUFFIXES,
    SURNAME_JOINERS,
    TITLES,
)
from litindex.text_keys import letters

WIKILINK = re.compile(r"!?\[\[([^\[\]|#\\]*)(?:\\?[|#][^\[\]]*)?\]\]")
_MD_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_HTML = re.compile(r"</?[A-Za-z][^<>]*>")
_MARKS: Final = "*_~`"
_ROMAN = re.compile(r"[IVX]{2,4}\.?$")
INITIALS = re.compile(r"(?:[^\W\d_]\.[-\s]?){1,3}[^\W\d_]?$|[^\W\d_]$|[^\W\d_]{2}$(?<=[A-Z]{2})")
_TRAILING_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,4}|[A-ZÀ-Þ]-?[A-ZÀ-Þ]?")
_DOTTED_INITIALS = re.compile(r"[^\W\d_]{2,3}\.|(?:[^\W\d_]\.-?){0,3}[^\W\d_]\.")
_PARTICLE_PREFIX = re.compile(r"(?:d|l|dell|dall|dall|nell)['’ʼ](?=\w)|(?:al|el|ad|an|ar|as|at|az)-(?=\w)")
_AFFILIATION = re.compile(r"\s*\([^()]*\)$")
_NICKNAME = re.compile(r"(?<=\w)(?<!\s)\s+(?:[\"“][^\"“”]{1,40}[\"”]|\([^()]{1,40}\))(?=\s+\w)")
_FOOTMARKS = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰†‡§]+|\\?(?<!\*)\*+(?=\s|$|,)")
_BETWEEN_WORDS = re.compile(r"[\s.,;-]+")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_HIDDEN: Final = {
    ",": "\ue000",
    " ": "\ue001",
    ";": "\ue002",
    "&": "\ue003",
    "/": "\ue004",
    "|": "\ue005",
    "+": "\ue006",
}
_HIDE: Final = str.maketrans(_HIDDEN)
_SHOW: Final = str.maketrans({hidden: sign for sign, hidden in _HIDDEN.items()})
_IN_QUOTES = r"[^\",;{}]{1,99}"
_GROUP = re.compile(rf"\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}|\"{_IN_QUOTES}\s(?:{'|'.join(SEPARATORS)}|&)\s{_IN_QUOTES}\"")


class Name(NamedTuple):
    """`kind` is person (family and given) or single; `name` the normal form `Family, Given[, Suffix]` (Z18)."""

    name: str
    kind: str
    family: str | None = None
    given: str | None = None
    particle: str | None = None
    suffix: str | None = None


@lru_cache(maxsize=8192)
def proposal_keys(name: Name) -> tuple[str | None, str, str]:
    """(family_key, given_key, initials); a single name of two to four words is split as if it were First Last."""
    if name.kind == "person":
        family, given = letters(name.family or ""), letters(name.given or "")
    else:
        words = letters(name.name).split()
        if not 2 <= len(words) <= 4 or is_institution(name.name):
            return None, "", ""
        family, given = words[-1], " ".join(words[:-1])
    return family, given, "".join(word[0] for word in given.split())


@lru_cache(maxsize=1024)
def clean(raw: str) -> str:
    """Link, HTML and the emphasis around a text off; NFC; spaces folded."""
    text = raw
    if "[" in text:
        text = WIKILINK.sub(lambda m: m[1].rpartition("/")[2].removeprefix("@").removesuffix(".md"), text)
        text = _MD_LINK.sub(r"\1", text)
    if "<" in text:
        text = _HTML.sub("", _BREAK.sub(" ", text))
    return _without_emphasis(" ".join(unicodedata.normalize("NFC", text).split()))


def _without_emphasis(text: str) -> str:
    """A text without the marks that stand around all of it, or that have no partner: `*Homo* in mud` keeps its own."""
    while text and (text[0] in _MARKS or text[-1] in _MARKS):
        shorter = text
        for mark in {text[0], text[-1]} & set(_MARKS):
            inner = shorter.strip(mark)
            if mark not in inner:
                shorter = inner.strip()
        if shorter == text:
            break
        text = shorter
    return text


def protect(text: str) -> str:
    """A text in which nothing within braces, nor `and` within quotes, separates names; `read_name` sees it as it was."""
    if "{" in text or '"' in text:
        text = _GROUP.sub(lambda group: group[0].translate(_HIDE), text)
    return text


def shown(text: str) -> str:
    """A text, or a part of it, as it was before `protect`."""
    return text.translate(_SHOW)


def _unbraced(text: str) -> str:
    """BibTeX's protecting braces off: `{O'Brien}, Flann`."""
    return text.replace("{", "").replace("}", "") if "{" in text else text


def is_institution(text: str) -> bool:
    """Whether a word of the name says that it is no person."""
    words = text.casefold().replace(",", " ").split()
    return any(word in INSTITUTION for word in words) or " of the " in f" {text.casefold()} "


def names_house(text: str) -> bool:
    """Whether a word of the text says that it is a publishing house."""
    words = _BETWEEN_WORDS.split(text.casefold()) if len(text) < 100 else []
    return any(word in HOUSES or (word.endswith("verlag")) for word in words)


def is_suffix(word: str) -> bool:
    """Whether a word says which of a family is meant: `Jr.`, `III`."""
    return word.casefold().strip(".!") in SUFFIXES or _ROMAN.match(word) is not None


def is_degree(text: str) -> bool:
    """Whether a part of a name is a degree: `PhD`, `M.D.`."""
    plain = text.replace(".", "").replace(" ", "")
    return plain.casefold() in DEGREES and (len(plain) > 2 or "." in text or plain.isupper())


def single(text: str) -> Name:
    """A name in one piece: institution, mononym, or one whose order must not be guessed."""
    return Name(text, "single")


def read_name(raw: str, *, natural: bool, layout_a: bool = False) -> Name | None:
    """One name (Z16). `natural`: without a comma it reads First Last; `layout_a`: each creator has a line of his own."""
    text = clean(_FOOTMARKS.sub("", shown(raw)))
    text = text.rstrip(",;").strip()
    if not any(c.isalnum() for c in text):
        return None
    if _GROUP.fullmatch(text) or (len(text) > 2 and (text[0] + text[-1]) in ('""', "“”") and "," not in text):
        return single(_unbraced(text[1:-1]).strip())
    parts = [part for each in protect(text).split(",") if (part := _unbraced(shown(each)).strip(" !?;:"))]
    while len(parts) > 2 and is_degree(parts[-1]) and not INITIALS.fullmatch(parts[-1]):
        parts.pop()
    if len(parts) == 1:
        return _natural(parts[0]) if natural else single(parts[0])
    if len(parts) == 2:
        return _two_parts(*parts, natural=natural)
    return _three_parts(parts, layout_a)


def _two_parts(last: str, first: str, *, natural: bool) -> Name:
    if " " in last and is_suffix(first):
        return _natural(last, first)
    if natural and " " in last and is_degree(first):
        return _natural(last)
    if first.casefold() in ("the", "inc.", "inc", "ltd", "ltd.", "llc", "gmbh"):
        return single(f"{last}, {first}")
    first, last = _without_titles(first), _without_titles(last) if "." in last else last
    words = first.split()
    if len(words) > 1 and words[-1].rstrip(".") in ("Jr", "Sr", "II", "III", "IV"):
        return person(last, " ".join(words[:-1]), words[-1])
    return person(last, first, None)


def _three_parts(parts: list[str], layout_a: bool) -> Name | None:
    last, middle, rest = parts[0], _without_titles(parts[1]), parts[2:]
    if len(rest) == 1:
        if is_suffix(middle):
            return person(last, rest[0], middle)
        if is_suffix(rest[0]):
            return person(last, middle, rest[0])
        if INITIALS.fullmatch(rest[0]) and "." in rest[0]:
            return person(last, f"{middle} {rest[0]}", None)
    return person(last, middle, ", ".join(rest)) if layout_a else None


def person(last: str, first: str, suffix: str | None) -> Name:
    """A two-field name; the particle is split off for sorting only (Z17)."""
    family, particle = _split_particle(last)
    given = first
    if particle is None:
        words = first.split()
        at = len(words)
        while at > 1 and words[at - 1][:1].islower() and words[at - 1].rstrip("'’ʼ").isalpha():
            at -= 1
        if at < len(words):
            given, particle = " ".join(words[:at]), " ".join(words[at:])
    name = f"{last}, {first}" + (f", {suffix}" if suffix else "")
    return Name(name, "person", family, given, particle, suffix)


@lru_cache(maxsize=8192)
def name_parts(
    name: str, kind: str
) -> tuple[str, str, str | None, str | None, str | None, str | None, str | None, str, str]:
    """A name in normal form taken apart: name, kind, family, given, particle, suffix, family_key, given_key, initials."""
    found = single(name)
    if kind == "person":
        last, first, suffix = (*name.split(", ", 2), "", "")[:3]
        found = person(last, first, suffix or None)
    return (*found, *proposal_keys(found))


def _split_particle(last: str) -> tuple[str, str | None]:
    words = last.split()
    at = 0
    while at < len(words) - 1 and (words[at][:1].islower() or words[at] in CLITICS):
        at += 1
    rest = " ".join(words[at:])
    found = _PARTICLE_PREFIX.match(rest)
    particle = " ".join(words[:at])
    if found:
        particle = f"{particle} {found[0]}".strip()
        rest = rest[found.end() :]
    return rest, particle or None


# ---------------------------------------------------------------------- First von Last


def _natural(text: str, suffix: str | None = None) -> Name:
    """BibTeX's `First von Last`, unless it looks like an institution (Z16)."""
    text = _without_titles(_NICKNAME.sub("", _AFFILIATION.sub("", text))) or text
    words = text.split()
    while len(words) > 2 and is_degree(words[-1]) and (words[-1] == "MD" or not INITIALS.fullmatch(words[-1])):
        words.pop()
    if len(words) > 2 and is_suffix(words[-1]) and (words[-1] in ("II", "IV") or not INITIALS.fullmatch(words[-1])):
        suffix = words.pop()
    if len(words) == 1 or (len(words) >= 6 and not _is_long_name(words)) or is_institution(text):
        return single(text)
    if CJK.search(text):
        return person(words[0], words[1], None) if len(words) == 2 else single(text)
    if _trails_initials(words):
        return _family_first(words, suffix)
    at = _family_at(words)
    if at == 0 or (len(words) >= 5 and at == len(words) - 1 and not _are_initials(words[1:-2])):
        return single(text)
    return person(" ".join(words[at:]), " ".join(words[:at]).rstrip(","), suffix)


def _without_titles(text: str) -> str:
    """`Prof. Dr. h. c. Greta Vogel` without what goes before the name."""
    words = text.split()
    at = 0
    while at < len(words) - 1 and _is_title(words[at]):
        at += 1
        if words[at : at + 2] == ["h.", "c."] or words[at : at + 1] == ["h.c."]:
            at += 1 + (words[at] == "h.")
    return " ".join(words[at:])


def _is_title(word: str) -> bool:
    if "." in word[:-1] and INITIALS.fullmatch(word):
        return False
    plain = word.casefold().replace(".", "").replace("-", "")
    return plain in TITLES or (word.endswith(".") and plain in RANKS)


def _family_at(words: list[str]) -> int:
    """The word that the family name begins with; 0 where no given name is left before it."""
    for at, word in enumerate(words[1:-1], 1):
        if word in SURNAME_JOINERS:
            return at - 1
        if word in NO_PARTICLES or word in SOFT_SEPARATORS:
            return 0
        if word[:1].islower() or word in CLITICS or word in CAPITAL_PARTICLES:
            return at
    return len(words) - 1


def _is_long_name(words: list[str]) -> bool:
    """Whether six words or more can only be a person's: an initial among them, and a particle before the family name."""
    return any(len(word) == 2 and word[1] == "." for word in words) and any(word[0].islower() for word in words[1:-1])


def _are_initials(words: list[str]) -> bool:
    return all(len(word.rstrip(".")) == 1 for word in words)


def _trails_initials(words: list[str]) -> bool:
    """`Орлова Н. П.`, `Smithson JA`: the family name first, then nothing but initials."""
    return len(words[0].rstrip(".")) > 1 and _TRAILING_INITIALS.fullmatch(words[-1]) is not None


def _family_first(words: list[str], suffix: str | None) -> Name:
    at = len(words) - 1
    while at > 1 and words[at - 1].isupper() and _DOTTED_INITIALS.fullmatch(words[at - 1]):
        at -= 1
    return person(" ".join(words[:at]), " ".join(words[at:]), suffix)
