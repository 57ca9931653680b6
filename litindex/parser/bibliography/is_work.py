"""Whether a note is about a work (Z1)."""

from __future__ import annotations

from litindex.parser.bibliography.fields.normalisers import citekey_of, date_text, zotero_of
from litindex.parser.bibliography.statement import Claim, no_value
from litindex.parser.parsed_note import Page
from litindex.parser.values.dates import read_year
from litindex.parser.values.identifiers import find_arxiv, find_isbns, states_doi
from litindex.parser.values.names import clean
from litindex.parser.vocabulary.keys import DATE_OF_NOTE, STRANGERS, squeeze_key
from litindex.text_keys import text_key


def is_work(page: Page, claims: list[Claim], heading: str | None) -> bool:
    """Z1: a citekey, a Zotero key, a file name `@…`, a DOI or an ISBN; or a record of labels that names people, title and where."""
    for claim in claims:
        if claim.source == "guess" or no_value(claim.raw):
            continue
        if claim.slot == "citekey" and citekey_of(claim):
            return True
        if claim.slot in ("zotero", "zotero_key") and zotero_of(claim):
            return True
        if claim.slot == "doi" and states_doi(claim.raw):
            return True
        if claim.slot == "isbn" and find_isbns(claim.raw)[0]:
            return True
        if claim.slot == "arxiv" and find_arxiv(clean(claim.raw), bare=True):
            return True
        if claim.slot == "url" and find_arxiv(claim.raw) and any(c.slot.startswith("creator:") for c in claims):
            return True
    if any(squeeze_key(prop.key) in STRANGERS for prop in page.front.properties):
        return False
    claims = [*claims, *(Claim("title", "#", heading, None, source) for source in ("label", "table") if heading)]
    return any(_is_record(claims, sources) for sources in (("label", "table"), ("field",), ("property", "salvaged")))


def _is_record(claims: list[Claim], sources: tuple[str, ...]) -> bool:
    """A bibliographic record without a key: people, when, and what or where. Title and author alone are not enough (Z1)."""
    stated = [claim for claim in claims if claim.source in sources and not no_value(claim.raw)]
    slots = {claim.slot for claim in stated}
    if not any(slot.startswith("creator:") for slot in slots):
        return False
    dated = [c for c in stated if c.slot == "year" or (c.slot == "date" and text_key(c.key or "") not in DATE_OF_NOTE)]
    when = any(read_year(date_text(claim)) for claim in dated)
    if sources[0] == "property":
        return ("title" in slots and "asin" in slots) or (when and bool(slots & _WHAT))
    headed = all(claim.key == "#" for claim in stated if claim.slot == "title")
    return "title" in slots and (when or bool(slots & (_WHERE_HEADED if headed else _WHERE)))


_WHAT = frozenset("title url source container publisher item_type".split())
_WHERE_HEADED = frozenset(("publisher", "category", "asin", "arxiv"))
_WHERE = frozenset(("container", "publisher", "source", "category", "asin", "arxiv"))
