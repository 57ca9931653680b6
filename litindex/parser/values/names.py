"""Names of people and institutions, and how several stand in one value (Z12, Z14-Z18)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from litindex.text_keys import letters

_SPACES = re.compile(r"\s+")
WIKILINK = re.compile(r"!?\[\[([^\[\]|#\\]*)(?:\\?[|#][^\[\]]*)?\]\]")
_MD_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)")
_HTML = re.compile(r"</?[A-Za-z][^<>]*>")
_SUFFIX = re.compile(r"(?:jr|sr|[ivx]{2,4}|iv|ph\.?d|m\.?d|esq|2nd|3rd)\.?$", re.I)
INITIALS = re.compile(r"(?:[^\W\d_]\.[-\s]?){1,3}[^\W\d_]?$|[^\W\d_]$|[^\W\d_]{2}$(?<=[A-Z]{2})")
_INSTITUTION: Final = frozenset(
    """university universität universitat université universidad universidade università universiteit univerzita univerzity uniwersytet
    üniversitesi egyetem yliopisto universitetet högskola институт университет institute institut instituto istituto instytut ústav
    enstitüsü intézet organization organisation organización group gruppe grupo gruppo arbeitsgruppe arbeitskreis committee comité
    комитет commission kommission commissie comisión commissione comissão council inc inc. ltd ltd. llc gmbh ag corp corp. corporation
    company foundation stiftung fondation fundación fundação fondazione association asociación associação associazione associació society
    gesellschaft société sociedad sociedade società общество bank ministry ministère ministerium ministerio министерство ministerstwo
    bakanlığı department dept dept. center centre zentrum centro centrum ośrodek центр laboratory lab labs office bureau ufficio служба
    управление agency agence agencia agenzia academy akademie academia académie accademia академия college school faculty hospital museum
    museo musée library biblioteca bibliothèque bibliothek press publishing united nations world international national federal european
    government regierung gobierno governo gouvernement gemeente provincie landesamt bundesamt umweltbundesamt project team network
    consortium collaboration collective union party alliance initiative forum fund trust board service services servicio authority
    research studies institution contributors unesco working panel without frontières archive archives archiv landesarchiv stadtarchiv
    bundesarchiv verein verband amt behörde redaktion editors rijkswaterstaat""".split()
)
_TRAILING_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,4}|[A-ZÀ-Þ]{1,2}")
_PARTICLE_PREFIX = re.compile(r"(?:d|l|dell|dall|dall|nell)['’ʼ](?=\w)|(?:al|el|ad|an|ar|as|at|az)-(?=\w)")
_PARTICLE_WORDS: Final = frozenset(("'t", "’t", "'s", "’s"))
_TITLES = re.compile(r"^(?:(?:dr|prof|mr|mrs|ms|pd|herr|frau|doz)\.?\s+(?:h\.\s?c\.\s+)?)+", re.I)
_AFFILIATION = re.compile(r"\s*\([^()]*\)$")
_DEGREE = re.compile(r"(?:ph\.?\s?d|m\.?d|m\.?sc|b\.?sc|m\.?a|b\.?a|dr|prof|rn|esq|mph|llm|dphil)\.?$", re.I)
_FOOTMARKS = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰†‡§]+|\\?(?<!\*)\*+(?=\s|$|,)")
_CAPITAL_PARTICLES: Final = frozenset("De Di Del Della Dal Dalla Van Von Ó Ní Le La Du El Al".split())
"""Particles that Irish, Romance, Flemish and Arabic names capitalise."""
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


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


def clean(raw: str) -> str:
    """Link, emphasis and HTML off; NFC; spaces folded."""
    text = raw
    if "[" in text:
        text = WIKILINK.sub(lambda m: m[1].rpartition("/")[2].removeprefix("@").removesuffix(".md"), text)
        text = _MD_LINK.sub(r"\1", text)
    if "<" in text:
        text = _HTML.sub("", text)
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return text.strip("*_~` ").strip()


def _unmarked(text: str) -> str:
    """A name without the marks that point to an affiliation."""
    return _FOOTMARKS.sub("", text)


def _unbraced(text: str) -> str:
    """BibTeX's protecting braces off: `{O'Brien}, Flann`."""
    return text.replace("{", "").replace("}", "") if "{" in text else text


def is_institution(text: str) -> bool:
    """Whether a word of the name says that it is no person."""
    words = text.casefold().replace(",", " ").split()
    return any(word in _INSTITUTION for word in words) or " of the " in f" {text.casefold()} "


def single(text: str) -> Name:
    """A name in one piece: institution, mononym, or one whose order must not be guessed."""
    return Name(text, "single")


def read_name(raw: str, *, natural: bool, layout_a: bool = False) -> Name | None:
    """One name (Z16). `natural`: without a comma it reads First Last; `layout_a`: each creator has a line of his own."""
    text = clean(_unmarked(raw))
    ends_bare = text.endswith(",")
    text = text.rstrip(",;").strip()
    if not text or not any(c.isalnum() for c in text):
        return None
    if len(text) > 2 and (text[0] + text[-1]) in ("{}", '""', "“”") and "," not in text:
        return single(_unbraced(text[1:-1]).strip())
    parts = [_unbraced(part).strip() for part in text.split(",")]
    parts = [part for part in parts if part]
    if len(parts) == 1:
        if natural and (not ends_bare or " " in parts[0]):
            return _natural(parts[0])
        return single(parts[0])
    if len(parts) == 2 and natural and " " in parts[0] and _DEGREE.match(parts[1]):
        return _natural(parts[0])
    if len(parts) == 2:
        return person(parts[0], parts[1], None)
    return _three_parts(parts, layout_a)


def _three_parts(parts: list[str], layout_a: bool) -> Name | None:
    last, middle, rest = parts[0], parts[1], parts[2:]
    if len(rest) == 1:
        if _SUFFIX.match(middle):
            return person(last, rest[0], middle)
        if _SUFFIX.match(rest[0]):
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
        while at > 1 and words[at - 1][:1].islower() and words[at - 1].isalpha():
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
    while at < len(words) - 1 and (words[at][:1].islower() or words[at] in _PARTICLE_WORDS):
        at += 1
    rest = " ".join(words[at:])
    found = _PARTICLE_PREFIX.match(rest)
    particle = " ".join(words[:at])
    if found:
        particle = f"{particle} {found[0]}".strip()
        rest = rest[found.end() :]
    return rest, particle or None


def _is_particle(word: str) -> bool:
    return word[:1].islower() or word in _PARTICLE_WORDS or word in _CAPITAL_PARTICLES


def _trails_initials(words: list[str]) -> bool:
    """`Орлова Н. П.`, `Smithson JA`: the family name first, then nothing but initials."""
    return len(words[0].rstrip(".")) > 1 and _TRAILING_INITIALS.fullmatch(words[-1]) is not None


def _family_first(words: list[str]) -> Name:
    at = len(words)
    while (
        at > 1
        and words[at - 1].isupper()
        and len(words[at - 1]) <= 4
        and (words[at - 1].endswith(".") or at == len(words))
    ):
        at -= 1
    return person(" ".join(words[:at]), " ".join(words[at:]), None)


def _natural(text: str) -> Name:
    """BibTeX's `First von Last`, unless it looks like an institution (Z16)."""
    text = _TITLES.sub("", _AFFILIATION.sub("", text)) or text
    words = text.split()
    if len(words) == 1 or len(words) >= 6 or is_institution(text):
        return single(text)
    if CJK.search(text):
        return person(words[0], words[1], None) if len(words) == 2 else single(text)
    if _trails_initials(words):
        return person(" ".join(words[:-1]), words[-1], None) if len(words) == 2 else _family_first(words)
    suffix = None
    if len(words) > 2 and _SUFFIX.match(words[-1]) and not INITIALS.fullmatch(words[-1]):
        suffix = words.pop()
    at = next((i for i, word in enumerate(words[1:-1], 1) if _is_particle(word)), len(words) - 1)
    if len(words) >= 5 and at == len(words) - 1 and not all(len(word.rstrip(".")) == 1 for word in words[1:-2]):
        return single(text)
    last, first = " ".join(words[at:]), " ".join(words[:at]).rstrip(",")
    return person(last, first, suffix)
