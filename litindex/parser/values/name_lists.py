"""How several people stand in one value (Z15): what separates them, and when a comma does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from litindex.parser.values.names import (
    CJK,
    INITIALS,
    WIKILINK,
    Name,
    clean,
    is_degree,
    is_institution,
    is_suffix,
    protect,
    read_name,
    shown,
    single,
)
from litindex.parser.vocabulary.names import (
    CLOSES_FIRM,
    INSTITUTION,
    LEFT_OUT,
    LEFT_OUT_SIGNS,
    OPENS_INSTITUTION,
    OTHERS,
    SEPARATORS,
    SOFT_SEPARATORS,
    SURNAME_JOINERS,
)

_ET_AL = re.compile(
    rf"(?:(?<![\s,;&])[\s,;&]+)?(?:\b(?:{'|'.join(LEFT_OUT)})|{'|'.join(LEFT_OUT_SIGNS)})\s*[.,;]*$", re.I
)
_MAY_LEAVE_OUT = re.compile(r"[.等人외ほ]|(?:al|ii|s|e|i|n|ra|ие)\s*$", re.I)
_SEPARATOR = re.compile(
    rf"(?<!\s)(?:\s*,)?\s+(?:(?P<hard>{'|'.join(SEPARATORS)})|(?P<soft>{'|'.join(SOFT_SEPARATORS)}))\s+"
    r"|(?:(?<!\s)\s+)?(?:,\s*)?&\s*"
)
_SIGNS = re.compile(r"(?<=\w)\s*[|+]\s*(?=\w)|(?<=\w) [–—-] (?=\w)|(?<=[a-zß-ÿ])/(?=[^\W\d_a-z])")
_LIST_SIGNS = re.compile(
    r"\\?[;；、•]|(?<=\w) · (?=\w)|(?<=[\uac00-\ud7af])\s*[·・]\s*(?=[\uac00-\ud7af])|(?<=[\u4e00-\u9fff])\s*・\s*(?=[\u4e00-\u9fff])"
    r"|(?<=[\s\u4e00-\u9fff][著译譯编編])\s+(?=[\u4e00-\u9fff])"
)
"""Chinese writes `·` inside of one foreign name, Japanese `・` there only between katakana; `A著 B译` are two people."""
_COMMA = re.compile(r"[,，،]")
_ONE_NAME = re.compile(rf"\w+ (?:{'|'.join(SURNAME_JOINERS)}) \w+, \w+")
_WIDE_COMMA = re.compile(r",\s{2,}\S")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_BETWEEN_LINKS = re.compile(rf"(?:[\s,;、，；/·&•|*_]|\b(?:{'|'.join((*SEPARATORS, *SOFT_SEPARATORS))})\b)*")

LONGEST_NAME: Final = 300
"""No name is longer: so far from a separator nothing is looked at."""


class Split(NamedTuple):
    """The names in a value; `et_al` when some were left out there, `ambiguous` when it could not be told apart."""

    names: list[tuple[Name, str]]
    et_al: bool = False
    ambiguous: bool = False


@lru_cache(maxsize=8192)
def split_line(raw: str) -> Split:
    """A line that holds exactly one creator, however many commas it has (Z15, layout A); `;` and lists of links still split."""
    if (parts := _listed(protect(_BREAK.sub("; ", raw)))) is not None:
        return _read_all(parts, natural=False, layout_a=True)
    text, et_al = _without_et_al(raw)
    name = read_name(text, natural=False, layout_a=True) if text else None
    return Split([(name, raw.strip())] if name else [], et_al)


@lru_cache(maxsize=8192)
def split_item(raw: str) -> Split:
    """An item of a list in the front matter: one creator whatever its commas, unless a separator says otherwise."""
    text, et_al = _without_et_al(protect(raw))
    listed = _listed(text)
    parts = listed if listed is not None else at_separators(text)
    split = _read_all(parts, natural=True, layout_a=True, et_al=et_al)
    return split if len(split.names) != 1 else split._replace(names=[(split.names[0][0], raw)])


def split_creators(raw: str, *, prop: bool, natural: bool) -> Split:
    """The creators in one value (Z15, layout B). `prop`: it stands in the front matter; `natural`: people print as First Last."""
    raw = protect(_BREAK.sub("; ", raw))
    if len(lines := [line for each in raw.splitlines() if (line := each.strip(" \t-*"))]) > 1:
        if all(not line.endswith(",") for line in lines[:-1]):
            return _read_all(lines, natural=natural)
        raw = " ".join(lines)
    text, et_al = _without_et_al(raw)
    listed = _listed(text)
    if listed is None:
        listed = _slashes(text)
    if listed is not None:
        return _read_all(listed, natural=natural, et_al=et_al)
    text = text.strip().rstrip(",").rstrip() if natural else text.strip()
    if _WIDE_COMMA.search(text):
        return _read_all(re.split(r",\s{2,}", text), natural=natural, et_al=et_al)
    parts = at_separators(text) if "," in text or prop or natural else [text]
    if len(parts) > 1 and all(len(_COMMA.findall(part)) == 1 for part in parts):
        return _read_all(parts, natural=natural, et_al=et_al)
    if len(parts) == 1 and _SIGNS.search(text) and "[" not in text:
        return Split([(single(clean(shown(text))), shown(text))], et_al, ambiguous=True)
    return merge([_by_commas(part, natural) for part in parts], et_al=et_al)


def _is_one_institution(text: str) -> bool:
    """`Academies of Sciences, Engineering, and Medicine`, `Reed, Mud and Sons`: commas and separators within one name."""
    ends = [found.end() for found in _SEPARATOR.finditer(text)] if "," in text else []
    return bool(ends) and (is_institution(_COMMA.split(text)[0]) or _closes_firm(text[ends[-1] :]))


def _closes_firm(text: str) -> bool:
    return text.split()[0].casefold() in CLOSES_FIRM if text.strip() else False


# ---------------------------------------------------------------------- and, y, und, &


def at_separators(text: str) -> list[str]:
    """The parts of a value at words such as `and`, where what stands on both sides may be whole names."""
    found = list(_SEPARATOR.finditer(text))
    if not found:
        return [text]
    pieces = _pieces(text, found)
    parts = [pieces[0]]
    for each, piece in zip(found, pieces[1:], strict=True):
        following = _following(text, each.end(), piece)
        if _separates(parts[-1][-LONGEST_NAME:], following[:LONGEST_NAME], soft=each["soft"] is not None):
            parts.append(piece)
        else:
            parts[-1] += each[0] + piece
    return [part for part in parts if part.strip()]


def _following(text: str, start: int, piece: str) -> str:
    """The name behind a separator, which another one may stand in: `Ortega y Gasset, José` is told by its comma."""
    if "," in piece:
        return piece
    comma = _ONE_NAME.match(text, start)
    return comma[0] if comma else piece


def _pieces(text: str, found: list[re.Match[str]]) -> list[str]:
    starts = [0, *(each.end() for each in found)]
    ends = [*(each.start() for each in found), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _separates(left: str, right: str, *, soft: bool) -> bool:
    """Whether two people may meet here. `soft`: the word joins the halves of one family name as well."""
    if len(left.strip()) == len(right.strip()) == 1 or _closes_firm(right):
        return False
    before, after = _COMMA.split(left), _COMMA.split(right)
    if is_institution(left) or is_institution(right):
        return _separates_institutions(left, right)
    if not soft:
        return len(before) + len(after) > 2 or before[-1].strip() != after[0].strip()
    if len(before) % 2 == 0 and len(after) % 2 == 0:
        return True
    both = _is_full(before[-1]) and _is_full(after[0])
    return both and (len(before) > 1 or len(after) != 2)


def _is_full(name: str) -> bool:
    """Whether a name has a given and a family name; one that begins or ends with a particle is half of another."""
    words = name.split()
    return len(words) > 1 and not words[0][:1].islower() and not words[-1][:1].islower()


def _separates_institutions(left: str, right: str) -> bool:
    """An institution's own name may hold such a word: it ends there only where a person, or another one, is told for sure."""
    if "{" in left + right:
        return True
    opening = right.split()[:2]
    if len(opening) > 1 and opening[0].casefold() in INSTITUTION and opening[1].casefold() in OPENS_INSTITUTION:
        return _is_full(left) or "," in left
    if is_institution(left):
        return len(_COMMA.split(right)) == 2 and not is_institution(right) and len(_COMMA.split(left)) != 2
    return ("," in left and len(_COMMA.split(left)) % 2 == 0) or ("," not in left + right and _is_full(left))


# ---------------------------------------------------------------------- commas


def _by_commas(text: str, natural: bool) -> Split:
    if _is_one_institution(text):
        return Split([(single(clean(shown(text))), shown(text))])
    parts = [part.strip() for part in _COMMA.split(text) if part.strip()]
    if len(parts) == 1:
        return _read_all([text], natural=natural)
    if all(CJK.search(part) for part in parts) and not (len(parts) == 2 and len(parts[0]) == 1):
        return _read_all(parts, natural=natural)
    if _is_family_first(parts) and (name := read_name(text, natural=natural)) is not None:
        return Split([(name, shown(text))])
    parts = _with_suffixes(parts)
    words = [len(_IN_BRACKETS.sub("", part.partition(",")[0]).split()) for part in parts]
    if min(words) >= 2 and not any(part[:1].islower() for part in parts[::2]) and not _is_pairs_of_initials(parts):
        return _read_all(parts, natural=True)
    if len(parts) == 3 and read_name(text, natural=natural) is not None:
        return _read_all([text], natural=natural)
    if len(parts) >= 4 and len(parts) % 2 == 0:
        return _read_all([f"{a}, {b}" for a, b in zip(parts[::2], parts[1::2], strict=True)], natural=natural)
    if len(parts) >= 3 and natural and sum(n >= 2 for n in words) >= len(parts) - 1:
        return _read_all(parts, natural=True)
    if (name := read_name(text, natural=natural)) is not None:
        return Split([(name, shown(text))])
    return Split([(single(clean(shown(text))), shown(text))], ambiguous=True)


def _is_family_first(parts: list[str]) -> bool:
    """`Mora y Campo, Julio César`: what stands before the comma has no given name, so the comma stands within one name."""
    first = parts[0].split()
    return (
        len(first) == 3
        and first[1] in SURNAME_JOINERS
        and (len(parts) == 2 or (len(parts) == 3 and is_suffix(parts[2])))
    )


def _with_suffixes(parts: list[str]) -> list[str]:
    """Parts of which none is only `Jr.` or `PhD`: that belongs to the name before it, where that has a given name."""
    if _is_pairs_of_initials(parts):
        return parts
    joined = [parts[0]]
    for part in parts[1:]:
        if (is_suffix(part) or is_degree(part)) and (" " in joined[-1] or len(joined) % 2 == 0):
            joined[-1] += f", {part}" if is_suffix(part) else ""
        else:
            joined.append(part)
    return joined if len(joined) > 1 else parts


def _is_pairs_of_initials(parts: list[str]) -> bool:
    """`Van Dyke, J. B., De Mello, A. C.`: every second part is initials, so the parts are pairs."""
    return len(parts) % 2 == 0 and all(INITIALS.fullmatch(part) is not None for part in parts[1::2])


# ---------------------------------------------------------------------- reading the parts


def _read_all(parts: Iterable[str], *, natural: bool, layout_a: bool = False, et_al: bool = False) -> Split:
    names: list[tuple[Name, str]] = []
    for part in parts:
        text, cut = _without_et_al(part)
        et_al = et_al or cut
        name = read_name(text, natural=natural, layout_a=layout_a) if text else None
        if name is None and (whole := clean(shown(text)).strip(" ,;")):
            name = single(whole)
        if name is not None:
            names.append((name, shown(part).strip()))
    return Split(names, et_al)


def merge(splits: Iterable[Split], *, et_al: bool = False, ambiguous: bool = False) -> Split:
    """The names of several values as if they stood in one."""
    splits = list(splits)
    names = [name for split in splits for name in split.names]
    return Split(names, et_al or any(s.et_al for s in splits), ambiguous or any(s.ambiguous for s in splits))


def _without_et_al(text: str) -> tuple[str, bool]:
    if text.strip().rstrip(",;").strip().casefold() in OTHERS:
        return "", True
    if _MAY_LEAVE_OUT.search(text, max(0, len(text) - 3)) is None:
        return text, False
    found = _ET_AL.search(text, max(0, len(text) - LONGEST_NAME))
    return (text[: found.start()], True) if found else (text, False)


# ---------------------------------------------------------------------- values that say how they are to be split


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
    if not links or _BETWEEN_LINKS.fullmatch(WIKILINK.sub(" ", text)) is None:
        return None
    if "," in text:
        return [link[0] for link in links]
    return [name for link in links for name in at_separators(link[1].rpartition("/")[2])]


def _slashes(text: str) -> list[str] | None:
    """`Meyer, Anke / Kohl, Bernd`."""
    return re.split(r"(?<!\s)\s+/\s+", text) if re.search(r"\S\s+/\s+\S", text) and "[" not in text else None


def _semicolons(text: str) -> list[str] | None:
    """`;` in any script; between Korean names also a dot in the middle of the line."""
    parts = _LIST_SIGNS.split(text)
    return [part for part in parts if part.strip()] if len(parts) > 1 else None
