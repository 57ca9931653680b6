"""A work as its bibliography formats need it, and how it is made of what a note states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from litindex.bibliography import markup
from litindex.bibliography.dates import Date, read_issued
from litindex.bibliography.names import Person, as_person
from litindex.bibliography.vocabulary import (
    FIELDS,
    NUMBERED_IN_ISSUES,
    PRIMARY_ROLES,
    SERIES_TYPES,
    THESIS_GENRES,
)
from litindex.models import Creator, Identifier, Work
from litindex.parser.bibliography.statement import no_value
from litindex.parser.values.bibtex import Entry
from litindex.parser.values.dates import read_date
from litindex.parser.values.latex import decode
from litindex.parser.vocabulary.item_types import known_type
from litindex.parser.vocabulary.keys import OTHER
from litindex.text_keys import squeeze

_COLUMNS: Final = {
    "title": "title", "container": "publicationTitle", "publisher": "publisher", "place": "place", "volume": "volume",
    "issue": "issue", "pages": "pages", "edition": "edition", "series": "series", "language": "language",
    "abstract": "abstractNote",
}  # fmt: skip
"""Field of `models.Work` -> Zotero's field."""
_SCHEMES: Final = {
    "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "arxiv": "arXiv", "pmid": "PMID", "pmcid": "PMCID", "url": "url",
}  # fmt: skip
_CHECKED: Final = frozenset(_SCHEMES.values())
"""Fields that the index holds in their normal form; what it does not hold there is none."""
_SLOTS: Final = {field: slot for slot, field in _COLUMNS.items()}
_EXTRA_LINE = re.compile(r"\s*([A-Za-z][A-Za-z -]{1,30}):\s*(\S.*)$")
_ABBREVIATED: Final = frozenset(("journalabbreviation", "containertitleshort", "shortjournal", "journalabbrev"))
_EVENTS: Final = frozenset(("conference", "conferencename", "eventtitle", "meetingname"))
_AT_EVENTS: Final = frozenset(("conferencePaper", "presentation"))


class Stated(NamedTuple):
    """A value as a note states it: `key` as written there, `raw` with its markup."""

    key: str
    raw: str


@dataclass(frozen=True, slots=True)
class Item:
    """A work for its formats. `fields` are called as in Zotero's schema; their texts may hold CSL's inline HTML."""

    key: str
    type: str
    fields: Mapping[str, str] = field(default_factory=dict)
    creators: tuple[Person, ...] = ()
    """In the order of the note; a primary creator (a film's director) has the role author."""
    issued: Date | None = None
    original: Date | None = None
    accessed: Date | None = None
    keywords: tuple[str, ...] = ()
    entry: Entry | None = None
    """The BibTeX entry that the note itself holds."""


def make_item(
    key: str,
    work: Work,
    *,
    used: Mapping[str, Stated] | None = None,
    overruled: Iterable[tuple[str, Stated]] = (),
    stated: Iterable[Stated] = (),
    keywords: tuple[str, ...] = (),
    entry: Entry | None = None,
) -> Item:
    """The item of a work. `used` and `overruled` are its statements by slot, `stated` all properties and inline fields."""
    used = used or {}
    values = _column_values(work, used)
    _add_overruled(values, overruled)
    for name in OTHER:
        if name in used:
            _add(values, name, markup.rich(used[name].raw))
    for each in stated:
        if not no_value(each.raw) and FIELDS.get(squeeze(each.key)) not in _CHECKED:
            _add(values, each.key, markup.rich(each.raw))
    if entry is not None:
        _add_entry(values, entry, used)
    values.update({k: v for k, v in _identifiers(work.identifiers).items() if k not in values or k not in ("url",)})
    _add_extra_lines(values)
    kind = _item_type(work, values)
    _settle(values, kind, used)
    issued, original = read_issued(_written_date(work, entry), work.date, work.year)
    if original is None and "originalDate" in values:
        original = read_issued(values.pop("originalDate"), None, None)[0]
    if issued is not None and issued.literal and "status" not in values:
        values["status"] = issued.literal
    accessed = read_issued(values.pop("accessDate", None), None, None)[0]
    creators = _creators(work.creators, kind)
    return Item(key, kind, values, creators, issued, original, accessed, keywords, entry)


def _column_values(work: Work, used: Mapping[str, Stated]) -> dict[str, str]:
    values = {}
    for column, name in _COLUMNS.items():
        value = getattr(work, column)
        if value:
            stated = used.get(column)
            values[name] = markup.restore(stated.raw, value) if stated else value
    if "abstractNote" in values:
        values["abstractNote"] = markup.running_text(values["abstractNote"])
    return values


def _add_overruled(values: dict[str, str], overruled: Iterable[tuple[str, Stated]]) -> None:
    """An abbreviated or a conference's name that stands beside the container's, and a full name that stands behind it."""
    for slot, each in overruled:
        if slot == "container" and not no_value(each.raw):
            value = markup.rich(each.raw)
            _add(values, each.key, value)
            if squeeze(each.key) not in _ABBREVIATED | _EVENTS:
                values.setdefault("fullTitle", value)


def _add(values: dict[str, str], key: str, value: str) -> None:
    name = FIELDS.get(squeeze(key))
    if name and value and name not in values:
        values[name] = value


def _add_entry(values: dict[str, str], entry: Entry, used: Mapping[str, Stated]) -> None:
    """What the note's own BibTeX entry says and nothing outside of it overrules; LaTeX is read."""
    for key, raw in entry.fields.items():
        name = FIELDS.get(squeeze(key))
        slot = _SLOTS.get(name or "")
        mine = slot is not None and slot in used and squeeze(used[slot].key) == squeeze(key)
        value = decode(raw) if name not in ("url", "DOI") else raw
        if name and value and (name not in values or mine):
            values[name] = value
    if "type" in entry.fields:
        values.setdefault("type", decode(entry.fields["type"]))


def _identifiers(identifiers: Iterable[Identifier]) -> dict[str, str]:
    """Zotero's field of each scheme; several ISBN and ISSN stand in one field, of the others the first counts."""
    found: dict[str, str] = {}
    for each in identifiers:
        name = _SCHEMES.get(each.scheme)
        if name and name not in found:
            found[name] = each.value
        elif name in ("ISBN", "ISSN"):
            found[name] += f" {each.value}"
    return found


def _add_extra_lines(values: dict[str, str]) -> None:
    """Lines `PMID: 123` of Zotero's Extra are fields of their own, as Zotero itself reads them; the others stay a note."""
    rest = []
    for line in values.pop("extra", "").splitlines():
        found = _EXTRA_LINE.match(line)
        if found and squeeze(found[1]) in FIELDS:
            _add(values, found[1], found[2].strip())
        elif line.strip():
            rest.append(line.strip())
    if rest:
        values["extra"] = "\n".join(rest)


def _item_type(work: Work, values: Mapping[str, str]) -> str:
    """Zotero's type; where the note names none, what its other values leave no doubt about, else document."""
    known = known_type(work.item_type) if work.item_type else None
    if known:
        return known
    if work.item_type:
        return "document"
    if "publicationTitle" in values and {"volume", "issue", "ISSN"} & values.keys():
        return "journalArticle"
    if "arXiv" in values and "publicationTitle" not in values:
        return "preprint"
    return "book" if "ISBN" in values and "publicationTitle" not in values else "document"


def _settle(values: dict[str, str], kind: str, used: Mapping[str, Stated]) -> None:
    """A number means what it means for the type, an abbreviation or an event is no container where there is a better one."""
    if (
        "issue" in values
        and kind not in NUMBERED_IN_ISSUES
        and squeeze(used["issue"].key if "issue" in used else "") != "issue"
    ):
        values.setdefault("seriesNumber" if kind in SERIES_TYPES else "number", values.pop("issue"))
    written = squeeze(used["item_type"].raw) if "item_type" in used else ""
    if kind == "thesis" and written in THESIS_GENRES:
        values.setdefault("type", THESIS_GENRES[written])
    full = values.pop("fullTitle", None)
    key = squeeze(used["container"].key) if "container" in used else ""
    if key in _EVENTS and kind in _AT_EVENTS:
        values["conferenceName"] = values.pop("publicationTitle")
    elif key in _ABBREVIATED:
        values["journalAbbreviation"] = values["publicationTitle"]
    if full and key in _EVENTS | _ABBREVIATED:
        values["publicationTitle"] = full


def _written_date(work: Work, entry: Entry | None) -> str | None:
    """The date as written; of a BibTeX entry year, month and day together where that is more."""
    if entry is None or "month" not in entry.fields or "date" in entry.fields:
        return work.date_raw
    text = " ".join(decode(entry.fields[name]) for name in ("day", "month", "year") if name in entry.fields)
    found = read_date(text)
    return text if found.date and found.year == work.year and len(found.date) > len(work.date or "") else work.date_raw


def _creators(creators: Iterable[Creator], kind: str) -> tuple[Person, ...]:
    persons = [as_person(each) for each in creators]
    primary = PRIMARY_ROLES.get(kind)
    if primary is None and not any(person.role == "author" for person in persons) and kind == "document":
        primary = next((p.role for p in persons if p.role in PRIMARY_ROLES.values()), None)
    return tuple(p._replace(role="author") if p.role == primary else p for p in persons)
