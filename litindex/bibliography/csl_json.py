"""CSL-JSON: types, variables and names by the CSL mapping of Zotero's schema and by CSL 1.0.2."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from litindex.bibliography.dates import Date
from litindex.bibliography.item import Item
from litindex.bibliography.markup import plain
from litindex.bibliography.names import Person

TYPES: Final = {
    "artwork": "graphic", "audioRecording": "song", "bill": "bill", "blogPost": "post-weblog", "book": "book",
    "bookSection": "chapter", "case": "legal_case", "computerProgram": "software",
    "conferencePaper": "paper-conference", "dataset": "dataset", "dictionaryEntry": "entry-dictionary",
    "document": "document", "email": "personal_communication", "encyclopediaArticle": "entry-encyclopedia",
    "film": "motion_picture", "forumPost": "post", "hearing": "hearing", "instantMessage": "personal_communication",
    "interview": "interview", "journalArticle": "article-journal", "letter": "personal_communication",
    "magazineArticle": "article-magazine", "manuscript": "manuscript", "map": "map",
    "newspaperArticle": "article-newspaper", "patent": "patent", "podcast": "broadcast", "preprint": "article",
    "presentation": "speech", "radioBroadcast": "broadcast", "report": "report", "standard": "standard",
    "statute": "legislation", "thesis": "thesis", "tvBroadcast": "broadcast", "videoRecording": "motion_picture",
    "webpage": "webpage",
}  # fmt: skip
"""Zotero's type -> CSL's."""
FIELDS: Final = {
    "title": "title", "shortTitle": "title-short", "publicationTitle": "container-title",
    "journalAbbreviation": "container-title-short", "conferenceName": "event-title", "eventPlace": "event-place",
    "volume": "volume", "issue": "issue", "number": "number", "pages": "page", "numPages": "number-of-pages",
    "numberOfVolumes": "number-of-volumes", "edition": "edition", "series": "collection-title",
    "seriesNumber": "collection-number", "publisher": "publisher", "place": "publisher-place", "language": "language",
    "abstractNote": "abstract", "DOI": "DOI", "ISBN": "ISBN", "ISSN": "ISSN", "PMID": "PMID", "PMCID": "PMCID",
    "url": "URL", "archive": "archive", "archiveLocation": "archive_location", "libraryCatalog": "source",
    "callNumber": "call-number", "rights": "license", "extra": "note", "type": "genre", "medium": "medium",
    "system": "medium", "version": "version", "section": "section", "session": "chapter-number",
    "authority": "authority", "status": "status", "history": "references", "scale": "scale",
    "dimensions": "dimensions", "annotation": "annote",
}  # fmt: skip
"""Zotero's field -> CSL's variable."""
NAMES: Final = {
    "author": "author", "bookAuthor": "container-author", "castMember": "performer", "chair": "chair",
    "composer": "composer", "contributor": "contributor", "creator": "author", "director": "director",
    "editor": "editor", "executiveProducer": "executive-producer", "guest": "guest", "host": "host",
    "interviewer": "interviewer", "narrator": "narrator", "organizer": "organizer", "originalCreator": "original-author",
    "performer": "performer", "producer": "producer", "recipient": "recipient", "reviewedAuthor": "reviewed-author",
    "scriptwriter": "script-writer", "seriesCreator": "series-creator", "seriesEditor": "collection-editor",
    "translator": "translator",
}  # fmt: skip
"""Zotero's role -> CSL's name variable; the others have none."""
_MARKED_UP: Final = frozenset(("title", "shortTitle", "publicationTitle", "series", "conferenceName"))
"""Fields in which CSL reads its inline HTML."""

_EVENTS: Final = frozenset(("conferencePaper", "hearing", "presentation"))
"""Types whose place is also that of the event."""

CslItem = dict[str, Any]


def csl_item(item: Item) -> CslItem:
    """The item as an object of CSL-JSON; a variable that the note does not give is absent."""
    csl: CslItem = {"id": item.key, "type": TYPES.get(item.type, "document")}
    for name, variable in FIELDS.items():
        if name in item.fields:
            csl.setdefault(variable, item.fields[name] if name in _MARKED_UP else plain(item.fields[name]))
    if item.type in _EVENTS and "publisher-place" in csl:
        csl.setdefault("event-place", csl["publisher-place"])
    csl.update(_arxiv(item, csl.get("note")))
    for person in item.creators:
        if person.role in NAMES:
            csl.setdefault(NAMES[person.role], []).append(csl_name(person))
    dates = (("issued", item.issued), ("accessed", item.accessed), ("original-date", item.original))
    csl.update((variable, csl_date(date)) for variable, date in dates if date and not date.literal)
    if item.keywords:
        csl["keyword"] = ", ".join(item.keywords)
    return csl


def _arxiv(item: Item, note: str | None) -> CslItem:
    """The number of an eprint, which CSL has no variable for: as Zotero gives it, for what has appeared in a note."""
    number = item.fields.get("arXiv")
    if not number or "arXiv" in item.fields.get("number", ""):
        return {}
    if item.type == "preprint" and "number" not in item.fields:
        return {"number": f"arXiv:{number}"}
    return {"note": "\n".join(filter(None, (note, f"arXiv: {number}")))}


def csl_name(person: Person) -> dict[str, str]:
    """A name variable's value."""
    if person.literal:
        return {"literal": person.literal}
    parts = {
        "family": person.family, "given": person.given, "non-dropping-particle": person.particle,
        "dropping-particle": person.dropping, "suffix": person.suffix,
    }  # fmt: skip
    return {part: text for part, text in parts.items() if text}


def csl_date(date: Date) -> CslItem:
    """A date variable's value, no more precise than the note."""
    if date.literal:
        return {"literal": date.literal}
    value: CslItem = {"date-parts": [list(part) for part in (date.start, date.end) if part]}
    if date.season:
        value["season"] = date.season
    if date.doubt:
        value["circa"] = True
    return value


def write(items: Iterable[Item]) -> str:
    """CSL-JSON, one list of objects."""
    return json.dumps([csl_item(item) for item in items], ensure_ascii=False, indent=2) + "\n"
