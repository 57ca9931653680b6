"""How several people stand in one value (Z15): what separates them, and when a comma does."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from litindex.parser.values.names import CJK, INITIALS, WIKILINK, Name, clean, is_institution, read_name, single

_ET_AL = re.compile(
    r"(?:(?<![\s,;&])[\s,;&]+)?(?:\b(?:et\.?\s*al\b\.?|and\s+others|and\s+\d+\s+others|et\s+alii|u\.\s?a\.|и\s+др\.?|y\s+otros|e\s+outros|et\s+coll\.?|en\s+anderen|m\.\s?fl\.)|等人?|외\s*\d*\s*인?|ほか)\s*[.,;]*$",
    re.I,
)
_MAY_LEAVE_OUT = re.compile(r"\b[aA][lL](?:ii)?\b|other|u\.|др|otros|outros|coll|anderen|fl\.|[等외ほ]")
_OTHERS: Final = frozenset(("others", "et al", "et al.", "and others", "al.", "等"))
_AND = re.compile(
    r"(?<!\s)\s+(?:and|und|et|y|e|en|och|og|ja|ir|un|oraz|și|şi|ve|και|dan|và|и|і|та|و)\s+|(?:(?<!\s)\s+)?&\s*"
    r"|(?:(?<!\s)\s+)?,\s*+(?:and|&|und|et|y)\s+"
    r"|(?<=\w\s\w\w)(?<!\.)\s+(?:i|a)\s+(?=[^\W\d_]{2,}\s+[^\W\d_]{2,})"
)


class Split(NamedTuple):
    """The names in a value; `et_al` when some were left out there, `ambiguous` when it could not be told apart."""

    names: list[tuple[Name, str]]
    et_al: bool = False
    ambiguous: bool = False


@lru_cache(maxsize=8192)
def split_line(raw: str) -> Split:
    """A line that holds exactly one creator, however many commas it has (Z15, layout A); `;` and lists of links still split."""
    if (parts := _listed(raw)) is not None:
        return _read_all(parts, natural=False, layout_a=True)
    text, et_al = _without_et_al(raw)
    name = read_name(text, natural=False, layout_a=True) if text else None
    return Split([(name, raw.strip())] if name else [], et_al)


def split_creators(raw: str, *, prop: bool, natural: bool) -> Split:
    """The creators in one value (Z15, layout B). `prop`: it stands in the front matter; `natural`: people print as First Last."""
    if "\n" in raw.strip():
        parts = [part.strip(" \t-*") for part in raw.splitlines() if part.strip(" \t-*")]
        if len(parts) > 1 and all(not part.endswith(",") for part in parts[:-1]):
            return _read_all(parts, natural=natural)
    raw = " ".join(raw.split("\n"))
    text, et_al = _without_et_al(raw)
    listed = _listed(text)
    if listed is None:
        listed = _slashes(text)
    if listed is not None:
        return _read_all(listed, natural=natural, et_al=et_al)
    text = text.strip().rstrip(",").rstrip() if natural else text.strip()
    if re.search(r",\s{2,}\S", text):
        return _read_all(re.split(r",\s{2,}", text), natural=natural, et_al=et_al)
    if _AND.search(text) and ("," in text or prop or natural) and not ("," not in text and is_institution(text)):
        parts = [part for part in _AND.split(text) if part.strip()]
        return _merge([_by_commas(part, natural) for part in parts], et_al)
    return _merge([_by_commas(text, natural)], et_al)


def _by_commas(text: str, natural: bool) -> Split:
    parts = [part.strip() for part in re.split(r"[,，،]", text) if part.strip()]
    if len(parts) == 1 or re.match(r"^[^,]*,\s*$", text):
        return _read_all([text], natural=natural)
    if all(CJK.search(part) for part in parts) and not (len(parts) == 2 and len(parts[0]) == 1):
        return _read_all(parts, natural=natural)
    words = [len(part.split()) for part in parts]
    if min(words) >= 2 and not any(part[:1].islower() for part in parts[::2]) and not _is_pairs_of_initials(parts):
        return _read_all(parts, natural=True)
    if len(parts) == 3 and read_name(text, natural=natural) is not None:
        return _read_all([text], natural=natural)
    if len(parts) >= 4 and len(parts) % 2 == 0:
        return _read_all([f"{a}, {b}" for a, b in zip(parts[::2], parts[1::2], strict=True)], natural=natural)
    if len(parts) >= 3 and natural and sum(n >= 2 for n in words) >= len(parts) - 1:
        return _read_all(parts, natural=True)
    name = read_name(text, natural=natural)
    return Split([(name, text)]) if name is not None else Split([(single(clean(text)), text)], ambiguous=True)


def _is_pairs_of_initials(parts: list[str]) -> bool:
    """`Van Dyke, J. B., De Mello, A. C.`: every second part is initials, so the parts are pairs."""
    return len(parts) % 2 == 0 and all(INITIALS.fullmatch(part) is not None for part in parts[1::2])


def _read_all(parts: list[str], *, natural: bool, layout_a: bool = False, et_al: bool = False) -> Split:
    names: list[tuple[Name, str]] = []
    for part in parts:
        text, cut = _without_et_al(part)
        et_al = et_al or cut
        name = read_name(text, natural=natural, layout_a=layout_a) if text else None
        if name is None and text.strip(" ,;"):
            name = single(clean(text).rstrip(",; "))
            if not name.name:
                continue
        if name is not None:
            names.append((name, part.strip()))
    return Split(names, et_al)


def _merge(splits: list[Split], et_al: bool) -> Split:
    return Split(
        [name for split in splits for name in split.names],
        et_al or any(s.et_al for s in splits),
        any(s.ambiguous for s in splits),
    )


def _without_et_al(text: str) -> tuple[str, bool]:
    if text.strip().rstrip(",;").strip().casefold() in _OTHERS:
        return "", True
    if _MAY_LEAVE_OUT.search(text, max(0, len(text) - 24)) is None:
        return text, False
    shorter = _ET_AL.sub("", text)
    return shorter, shorter != text


def _listed(text: str) -> list[str] | None:
    """The parts of a value that says itself how it is to be split, in any layout."""
    for read in (_bracketed, _linked, _semicolons):
        if (parts := read(text)) is not None:
            return parts
    return None


def _bracketed(text: str) -> list[str] | None:
    """`["…", '…']`: the strings of a JSON or Python list; `[]` is an empty one."""
    return read_list(text) if text.strip().startswith("[") and not text.strip().startswith("[[") else None


def read_list(text: str) -> list[str] | None:
    """The strings of a list written as JSON or Python would (Z21), None when it is none."""
    text = text.strip()
    if not (text.startswith("[") and text.endswith("]")) or text.startswith("[["):
        return None
    inside = text[1:-1].strip()
    if not inside:
        return []
    quoted = re.findall(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*(?:,|$)""", inside)
    if quoted:
        return [(a or b).replace('\\"', '"').replace("\\'", "'") for a, b in quoted]
    return None if "](" in text else [part.strip() for part in inside.split(",") if part.strip()]


def _linked(text: str) -> list[str] | None:
    """Wikilinks with nothing but separators between them: each is one creator."""
    links = list(WIKILINK.finditer(text))
    if not links:
        return None
    between = WIKILINK.sub(" ", text)
    if re.fullmatch(r"(?:[\s,;、，；/·&•|*_]|\b(?:and|und|et|y|e)\b)*", between) is None:
        return None
    return (
        [name for link in links for name in _AND.split(link[1].rpartition("/")[2]) if name.strip()]
        if "," not in text
        else [link[0] for link in links]
    )


def _slashes(text: str) -> list[str] | None:
    """`Meyer, Anke / Kohl, Bernd`."""
    return re.split(r"(?<!\s)\s+/\s+", text) if re.search(r"\S\s+/\s+\S", text) and "[" not in text else None


def _semicolons(text: str) -> list[str] | None:
    if not re.search(r"[;；、]", text):
        return None
    return [part for part in re.split(r"[;；、]", text) if part.strip()]
