"""Statements -> the bibliographic record: one order of precedence, one normaliser a slot (Z1-Z11, Z20, Z21)."""

from __future__ import annotations

from litindex.models import Problem, Settings, TagUse, Work
from litindex.parser.bibliography.completeness import missing_values
from litindex.parser.bibliography.fields.citekey import read_citekey
from litindex.parser.bibliography.fields.container import house_of, read_container
from litindex.parser.bibliography.fields.creators import read_creators
from litindex.parser.bibliography.fields.dates import read_dates
from litindex.parser.bibliography.fields.identifiers import identifiers_of
from litindex.parser.bibliography.fields.item_type import item_type_of
from litindex.parser.bibliography.fields.passages import read_abstract, read_bibliography
from litindex.parser.bibliography.fields.status import read_pdf, read_status
from litindex.parser.bibliography.fields.title import read_title
from litindex.parser.bibliography.fields.zotero import names_of, read_zotero, zotero_tags
from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.sources.prose.passage import Passage
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.item_types import CSL_TYPES
from litindex.parser.vocabulary.keys import GENERIC, OTHER
from litindex.parser.zotero.persist_blocks import find_import_date
from litindex.text_keys import person_key


def read_work(
    page: ParsedNote,
    statements: list[Statement],
    abstract: Passage | None,
    bibliography: Passage | None,
    settings: Settings,
) -> tuple[Work, list[TagUse], list[Problem]]:
    """The record that the statements give, the Zotero tags, and the problems met on the way."""
    record = Record(page, statements, settings)
    reference = read_bibliography(record, bibliography)
    citekey = read_citekey(record)
    title = read_title(record, citekey)
    item_type = record.choose("item_type", "item_type", "type", "category", read=item_type_of)
    library, key = read_zotero(record)
    when = read_dates(record)
    creators = read_creators(record)
    identifiers = identifiers_of(record, citekey, library, key)
    filed = sorted(record.statements("collections"), key=lambda each: each.line or 0)
    collections = tuple(dict.fromkeys(name for each in filed for name in names_of(each)))
    container, published = read_container(record, item_type, title)
    for field in OTHER:
        if field in record.valued:
            record.choose(field, field)
    work = Work(
        citekey=citekey, citekey_key=person_key(citekey) if citekey else None, title=title, item_type=item_type,
        csl_type=CSL_TYPES.get(item_type or ""), date_raw=when.raw, date=when.date, year=when.year,
        container=container,
        publisher=record.choose("publisher", "publisher", read=house_of) or published, place=record.choose("place", "place"),
        volume=record.choose("volume", "volume"), issue=record.choose("issue", "issue"), pages=record.choose("pages", "pages"),
        edition=record.choose("edition", "edition"), series=record.choose("series", "series"), language=record.choose("language", "language"),
        abstract=read_abstract(record, abstract), bibliography=reference, zotero_library=library, zotero_key=key,
        imported_at=find_import_date(page.lines), read_status=read_status(record), date_read=record.choose("date_read", "date_read"),
        pdf=read_pdf(record), made_by=_source(page, record), creators=creators, identifiers=tuple(identifiers),
        collections=collections, provenance=tuple(record.provenance),
    )  # fmt: skip
    return work, zotero_tags(record), record.problems + missing_values(page, work)


def _source(page: ParsedNote, record: Record) -> str:
    """Z9: which plugin or template made the note."""
    keys = {prop.key.lower() for prop in page.front.properties}
    if "zotero-key" in keys and any(key.startswith("zt-") for key in keys):
        return "zotlit"
    if page.name.startswith("@"):
        return "citation-plugin"
    stated = [statement for statements in record.by_field.values() for statement in statements]
    if any(each.source is Source.FIELD and each.field in _OF_ZOTERO for each in stated):
        return "zotero-integration"
    properties = {statement.field for statement in stated if statement.source.is_property}
    return "properties" if properties - GENERIC or "title" in properties else "other"


_OF_ZOTERO = frozenset(("citekey", "title", "zotero_key", "zotero"))
