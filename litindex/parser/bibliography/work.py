"""Statements -> the bibliographic record: one order of precedence, one normaliser a slot (Z1-Z11, Z20, Z21)."""

from __future__ import annotations

import html
import re

from litindex.models import Problem, Settings, TagUse, Work
from litindex.parser.bibliography.fields.creators import choose_creators
from litindex.parser.bibliography.fields.identifiers import identifiers_of
from litindex.parser.bibliography.fields.normalisers import (
    citekey_of,
    item_type_of,
    names_of,
    plain,
    reference_of,
    title_of,
    zotero_of,
)
from litindex.parser.bibliography.fields.publication import read_container, read_dates
from litindex.parser.bibliography.record import Record, provenance_row
from litindex.parser.bibliography.sources.head import Passage
from litindex.parser.bibliography.statement import RANKS, Statement, no_value
from litindex.parser.frontmatter.yaml_core import Scalar, Sequence
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.names import clean
from litindex.parser.values.references import read_reference
from litindex.parser.vocabulary.item_types import CSL_TYPES
from litindex.parser.vocabulary.keys import GENERIC
from litindex.parser.zotero.persist_blocks import find_import_date
from litindex.text_keys import person_key, text_key

_TRUE = frozenset("true yes ja oui sí x".split())


def read_work(
    page: ParsedNote,
    statements: list[Statement],
    abstract: Passage | None,
    bibliography: Passage | None,
    settings: Settings,
) -> tuple[Work, list[TagUse], list[Problem]]:
    """The record that the statements give, the Zotero tags, and the problems met on the way."""
    record = Record(page, statements, settings)
    citekey = _read_citekey(record)
    title = _read_title(record, citekey)
    item_type = record.choose("item_type", "item_type", "type", "category", read=item_type_of)
    library, key = _read_zotero(record)
    reference_text = _read_bibliography(record, bibliography)
    date_raw, date, year = read_dates(record, reference_text)
    creators = choose_creators(_with_reference(record, statements, reference_text), settings)
    record.problems += creators.problems
    _creator_statements(record, statements, creators.used)
    if reference_text and (title is None or all(each.source == "guess" for each in record.statements("title"))):
        title = read_reference(reference_text).title or title
    identifiers = identifiers_of(record, citekey, library, key, reference_text)
    filed = sorted(record.statements("collections"), key=lambda each: each.line or 0)
    collections = tuple(dict.fromkeys(name for each in filed for name in names_of(each)))
    container, published = read_container(record, item_type, reference_text, title)
    work = Work(
        citekey=citekey, citekey_key=person_key(citekey) if citekey else None, title=title, item_type=item_type,
        csl_type=CSL_TYPES.get(item_type or ""), date_raw=date_raw, date=date, year=year,
        container=container,
        publisher=record.choose("publisher", "publisher") or published, place=record.choose("place", "place"),
        volume=record.choose("volume", "volume"), issue=record.choose("issue", "issue"), pages=record.choose("pages", "pages"),
        edition=record.choose("edition", "edition"), series=record.choose("series", "series"), language=record.choose("language", "language"),
        abstract=_read_abstract(record, abstract), bibliography=reference_text, zotero_library=library, zotero_key=key,
        imported_at=find_import_date(page.lines), read_status=_read_status(record), date_read=record.choose("date_read", "date_read"),
        pdf=_read_pdf(record), source=_source(page, record), creators=creators.creators, identifiers=tuple(identifiers),
        collections=collections, provenance=tuple(record.provenance),
    )  # fmt: skip
    return work, zotero_tags(record), record.problems


def _read_citekey(record: Record) -> str | None:
    ranked = [(statement, value) for statement in record.statements("citekey") if (value := citekey_of(statement))]
    ranked.sort(key=lambda pair: _citekey_rank(pair[0]))
    citekey = record.keep("citekey", ranked)
    stated = {person_key(value): statement for statement, value in ranked if statement.source != "guess"}
    if len(stated) > 1:
        others = ", ".join(
            sorted(value for statement, value in ranked if statement.source != "guess" and value != citekey)
        )
        record.problem(
            "citekey-conflict",
            ranked[0][0],
            f"The note gives more than one citekey: {citekey} is used, not {others}. Keep one.",
        )
    return citekey


def _citekey_rank(statement: Statement) -> tuple[int, int]:
    """Z5: field, `citekey`, `citation key`; the file name last among what is stated."""
    return RANKS[statement.source], 0 if statement.key and re.sub(
        r"\W|_", "", statement.key
    ).lower() == "citekey" else 1


def _read_title(record: Record, citekey: str | None) -> str | None:
    """A title that is only the citekey counts when nothing else is there (S29)."""
    parents = [statement._replace(source="heading") for statement in record.statements("parent_title")]
    ranked = [
        (statement, value) for statement in [*record.statements("title"), *parents] if (value := title_of(statement))
    ]
    ranked.sort(key=lambda pair: RANKS[pair[0].source])
    strong = [pair for pair in ranked if not (citekey and person_key(pair[1]) == person_key(citekey))]
    topics = [pair for pair in strong if pair[0].key and text_key(pair[0].key) == "topic"]
    strong = [pair for pair in strong if pair not in topics] + topics
    return record.keep("title", strong or ranked)


def _read_zotero(record: Record) -> tuple[str | None, str | None]:
    ranked = [(statement, zotero_of(statement)) for statement in record.statements("zotero", "zotero_key", "url")]
    ranked = [
        (statement, value)
        for statement, value in ranked
        if value and (statement.slot != "url" or "zotero" in statement.raw)
    ]
    ranked.sort(key=lambda pair: RANKS[pair[0].source])
    grouped = {value.rpartition("/")[2]: value for _, value in ranked if value and not value.startswith("library/")}
    ranked = [
        (
            statement,
            grouped.get(value.rpartition("/")[2], value)
            if value and value.startswith("library/") and statement.slot == "zotero_key"
            else value,
        )
        for statement, value in ranked
    ]
    value = record.keep("zotero", ranked)
    if value is None:
        return None, None
    library, _, key = value.rpartition("/")
    return library, key


def _read_bibliography(record: Record, passage: Passage | None) -> str | None:
    if passage is not None:
        statement = Statement("bibliography", None, passage.text, min(passage.lines), passage.source)
        record.provenance.append(provenance_row("bibliography", "used", passage.text[:200], statement))
        return passage.text
    ranked = [(statement, reference_of(statement)) for statement in record.statements("bibliography")]
    return record.keep("bibliography", ranked)


def _with_reference(record: Record, statements: list[Statement], reference: str | None) -> list[Statement]:
    return [*statements, Statement("creator:author", None, reference, None, "reference")] if reference else statements


def _creator_statements(record: Record, statements: list[Statement], used: frozenset[int]) -> None:
    for statement in statements:
        if statement.slot.startswith("creator:") and not no_value(statement.raw):
            verdict = "used" if id(statement) in used else "overruled"
            record.provenance.append(
                provenance_row(statement.slot.partition(":")[2], verdict, clean(statement.raw)[:200], statement)
            )


def _read_abstract(record: Record, passage: Passage | None) -> str | None:
    text = _abstract_text(record, passage)
    return html.unescape(text).replace("\xa0", " ") if text and "&" in text else text


def _abstract_text(record: Record, passage: Passage | None) -> str | None:
    if passage is not None:
        statement = Statement(
            "abstract",
            None,
            passage.text,
            min(passage.lines, default=0) or None,
            passage.source if passage.source in RANKS else "field",
        )
        record.provenance.append(
            provenance_row("abstract", "used", passage.text[:200], statement._replace(raw=passage.text[:200]))
        )
        return passage.text
    found = [statement for statement in record.statements("abstract") if len(statement.raw) > 1]
    if not found:
        return None
    text = found[0].raw.strip().strip('"').strip()
    record.provenance.append(provenance_row("abstract", "used", text[:200], found[0]._replace(raw=text[:200])))
    return text or None


def _read_status(record: Record) -> str | None:
    """Z9: `status` as written, else the booleans."""
    status = record.choose(
        "read_status", "read_status", read=lambda statement: (plain(statement) or "").lstrip("#").strip() or None
    )
    if status:
        return status
    flags = {
        slot: any(clean(statement.raw).lower() in _TRUE for statement in record.by_slot.get(slot, []))
        for slot in ("read", "in_progress")
    }
    if flags["read"] or flags["in_progress"]:
        return "read" if flags["read"] else "reading"
    stated = [
        statement
        for statement in record.by_slot.get("read", [])
        if statement.raw.strip().lower() in ("false", "no", "nein", "non")
    ]
    return "unread" if stated else None


def _read_pdf(record: Record) -> str | None:
    def read(statement: Statement) -> str | None:
        text = statement.raw.strip().strip("\"'")
        if isinstance(statement.node, Sequence):
            text = next(
                (item.raw for item in statement.node.items if isinstance(item, Scalar) and not no_value(item.raw)), ""
            )
        jabref = re.match(r":?([^:]+):(?:pdf|PDF)$", text)
        text = jabref[1] if jabref else text
        found = re.search(r"\]\(<?(.+?)>?\)\s*[.,;]?$", text) or re.search(r"!?\[\[([^\[\]|#]+)", text)
        return (found[1] if found else text).strip() or None

    ranked = [(statement, read(statement)) for statement in record.statements("pdf")]
    ranked.sort(key=lambda pair: (pair[0].source == "link" and "zotero://" in pair[0].raw, RANKS[pair[0].source]))
    return record.keep("pdf", ranked)


def _source(page: ParsedNote, record: Record) -> str:
    """Z9: which plugin or template made the note."""
    keys = {prop.key.lower() for prop in page.front.properties}
    if "zotero-key" in keys and any(key.startswith("zt-") for key in keys):
        return "zotlit"
    if page.name.startswith("@"):
        return "citation-plugin"
    named = {
        statement.slot
        for statements in record.by_slot.values()
        for statement in statements
        if statement.source == "field"
    }
    if named & {"citekey", "title", "zotero_key", "zotero"}:
        return "zotero-integration"
    properties = {
        statement.slot
        for statements in record.by_slot.values()
        for statement in statements
        if statement.source in ("property", "salvaged")
    }
    return "properties" if properties - GENERIC or "title" in properties else "other"


def zotero_tags(record: Record) -> list[TagUse]:
    uses: dict[str, TagUse] = {}
    statements = sorted(record.statements("zotero_tags"), key=lambda statement: statement.line or 0)
    for statement in statements:
        for name in names_of(statement):
            known = uses.get(text_key(name))
            uses[text_key(name)] = (
                known._replace(count=known.count + 1)
                if known
                else TagUse("zotero", name, text_key(name), "zotero", statement.line, 1)
            )
    return list(uses.values())
