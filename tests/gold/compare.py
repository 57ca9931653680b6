"""Compares one slot of one note: what a person wrote down against what the index holds."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

Parts = tuple[int, int, int]
"""How many parts were found, made up, missed."""

SAME = (1, 0, 0)
NOTHING = (0, 0, 0)


class Slot(NamedTuple):
    parts: Callable[[Any, Any], Parts]

    @staticmethod
    def of(name: str) -> Slot:
        return _SLOTS.get(name, Slot(_value))


def slots(note: dict[str, Any], actual: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """(slot, expected, found) of everything judged; the words of highlights, their colours, pages and comments apart."""
    for slot, expected in note.items():
        if slot in ("path", "shape"):
            continue
        if slot == "annotations":
            yield from _annotations(expected, actual.get("annotations", []))
        elif slot in ("own", "not_own"):
            yield slot, expected, actual.get("own", "")
        elif slot == "abstract_starts":
            yield "abstract", expected, actual.get("abstract")
        else:
            yield slot, expected, actual.get(slot)


# ------------------------------------------------------------------ single values


def fold(value: object) -> str:
    """NFKC, without invisible characters, white space folded: differences that no reader sees are none."""
    text = "".join(c for c in unicodedata.normalize("NFKC", str(value)) if unicodedata.category(c) != "Cf")
    return " ".join(text.split())


def key(value: object) -> str:
    """The form of names, tags and collections: no case, one apostrophe, one hyphen."""
    return re.sub("[‐‑–]", "-", re.sub("[’‘ʼ´]", "'", fold(value))).casefold()


def _value(expected: Any, found: Any) -> Parts:
    return _compared(expected, found, lambda: fold(expected) == fold(found))


def _compared(expected: Any, found: Any, equal: Callable[[], bool]) -> Parts:
    if expected in (None, False):
        return (0, 1, 0) if found else NOTHING
    if not found:
        return (0, 0, 1)
    return SAME if equal() else (0, 1, 1)


def _start(expected: Any, found: Any) -> Parts:
    return _compared(expected, found, lambda: fold(found).startswith(fold(expected)))


def _document(expected: Any, found: Any) -> Parts:
    good = expected if isinstance(expected, list) else [expected]
    return _compared(good[0], found, lambda: unquote(found) in {unquote(document) for document in good})


# ------------------------------------------------------------------ lists and phrases


def _members(expected: Any, found: Any) -> Parts:
    wanted, got = {key(item) for item in expected}, {key(item) for item in found or ()}
    return len(wanted & got), len(got - wanted), len(wanted - got)


def _people(expected: Any, found: Any) -> Parts:
    """Each creator counts once per role; a wrong order is one missed and one made up, so that the list is not exact."""
    wanted = [(role, key(name)) for role, name in expected]
    got = [(role, key(name)) for role, name in found or ()]
    common = sum((Counter(wanted) & Counter(got)).values())
    if common == len(wanted) == len(got) and wanted != got:
        return common - 1, 1, 1
    return common, len(got) - common, len(wanted) - common


def _present(expected: Any, found: Any) -> Parts:
    here = sum(fold(phrase) in fold(found) for phrase in expected)
    return here, 0, len(expected) - here


def _absent(expected: Any, found: Any) -> Parts:
    """A phrase that is rightly not there is a hit, else a slot of such phrases alone had nothing to count."""
    here = sum(fold(phrase) in fold(found) for phrase in expected)
    return len(expected) - here, here, 0


_SLOTS = {
    "isbn": Slot(_members),
    "tags": Slot(_members),
    "zotero_tags": Slot(_members),
    "collections": Slot(_members),
    "creators": Slot(_people),
    "abstract": Slot(_start),
    "annotation": Slot(_start),
    "pdf": Slot(_document),
    "own": Slot(_present),
    "not_own": Slot(_absent),
}


# ------------------------------------------------------------------ highlights


def _annotations(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> Iterator[tuple[str, Any, Any]]:
    """Each expected annotation beside the first unused one that fits it; the rest of them, made up."""
    free = list(found)
    for wanted in expected:
        match = next((item for item in free if _fits(wanted, item)), None)
        if match is not None:
            free.remove(match)
        yield "annotation", wanted["text_starts"] or "(image)", (match or {}).get("text") or (match and "(image)")
        if match is not None:
            yield from _properties(wanted, match)
    for item in free:
        yield "annotation", None, item["text"] or "(image)"


def _fits(wanted: dict[str, Any], item: dict[str, Any]) -> bool:
    if wanted["text_starts"] is None:
        return not item["text"]
    return fold(item["text"] or "").startswith(fold(wanted["text_starts"]))


def _properties(wanted: dict[str, Any], match: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name, slot in (("color_name", "color"), ("page_label", "page"), ("comment", "comment")):
        if name in wanted:
            yield f"annotation {slot}", wanted[name], match[name]
