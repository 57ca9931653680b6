"""Claims -> the bibliographic record: one order of precedence, one normaliser a slot (Z1-Z11, Z20, Z21)."""

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
from litindex.parser.bibliography.record import Record, statement
from litindex.parser.bibliography.sources.head import Passage
from litindex.parser.bibliography.statement import RANKS, Claim, no_value
from litindex.parser.frontmatter.yaml_core import Scalar, Sequence
from litindex.parser.parsed_note import Page
from litindex.parser.values.names import clean
from litindex.parser.values.references import read_reference
from litindex.parser.vocabulary.item_types import CSL_TYPES
from litindex.parser.vocabulary.keys import GENERIC
from litindex.parser.zotero.uris import find_import_date
from litindex.text_keys import person_key, text_key

_TRUE = frozenset("true yes ja oui sí x".split())


def read_work(
    page: Page, claims: list[Claim], abstract: Passage | None, bibliography: Passage | None, settings: Settings
) -> tuple[Work, list[TagUse], list[Problem]]:
    """The record that the claims give, the Zotero tags, and the problems met on the way."""
    record = Record(page, claims, settings)
    citekey = _read_citekey(record)
    title = _read_title(record, citekey)
    item_type = record.choose("item_type", "item_type", "type", "category", read=item_type_of)
    library, key = _read_zotero(record)
    reference_text = _read_bibliography(record, bibliography)
    date_raw, date, year = read_dates(record, reference_text)
    creators = choose_creators(_with_reference(record, claims, reference_text), settings)
    record.problems += creators.problems
    _creator_statements(record, claims, creators.used)
    if reference_text and (title is None or all(claim.source == "guess" for claim in record.claims("title"))):
        title = read_reference(reference_text).title or title
    identifiers = identifiers_of(record, citekey, library, key, reference_text)
    collections = tuple(
        dict.fromkeys(
            name
            for claim in sorted(record.claims("collections"), key=lambda claim: claim.line or 0)
            for name in names_of(claim)
        )
    )
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
        collections=collections, statements=tuple(record.statements),
    )  # fmt: skip
    return work, zotero_tags(record), record.problems


def _read_citekey(record: Record) -> str | None:
    ranked = [(claim, value) for claim in record.claims("citekey") if (value := citekey_of(claim))]
    ranked.sort(key=lambda pair: _citekey_rank(pair[0]))
    citekey = record.keep("citekey", ranked)
    stated = {person_key(value): claim for claim, value in ranked if claim.source != "guess"}
    if len(stated) > 1:
        others = ", ".join(sorted(value for claim, value in ranked if claim.source != "guess" and value != citekey))
        record.problem(
            "citekey-conflict",
            ranked[0][0],
            f"The note gives more than one citekey: {citekey} is used, not {others}. Keep one.",
        )
    return citekey


def _citekey_rank(claim: Claim) -> tuple[int, int]:
    """Z5: field, `citekey`, `citation key`; the file name last among what is stated."""
    return RANKS[claim.source], 0 if claim.key and re.sub(r"\W|_", "", claim.key).lower() == "citekey" else 1


def _read_title(record: Record, citekey: str | None) -> str | None:
    """A title that is only the citekey counts when nothing else is there (S29)."""
    parents = [claim._replace(source="heading") for claim in record.claims("parent_title")]
    ranked = [(claim, value) for claim in [*record.claims("title"), *parents] if (value := title_of(claim))]
    ranked.sort(key=lambda pair: RANKS[pair[0].source])
    strong = [pair for pair in ranked if not (citekey and person_key(pair[1]) == person_key(citekey))]
    topics = [pair for pair in strong if pair[0].key and text_key(pair[0].key) == "topic"]
    strong = [pair for pair in strong if pair not in topics] + topics
    return record.keep("title", strong or ranked)


def _read_zotero(record: Record) -> tuple[str | None, str | None]:
    ranked = [(claim, zotero_of(claim)) for claim in record.claims("zotero", "zotero_key", "url")]
    ranked = [(claim, value) for claim, value in ranked if value and (claim.slot != "url" or "zotero" in claim.raw)]
    ranked.sort(key=lambda pair: RANKS[pair[0].source])
    grouped = {value.rpartition("/")[2]: value for _, value in ranked if value and not value.startswith("library/")}
    ranked = [
        (
            claim,
            grouped.get(value.rpartition("/")[2], value)
            if value and value.startswith("library/") and claim.slot == "zotero_key"
            else value,
        )
        for claim, value in ranked
    ]
    value = record.keep("zotero", ranked)
    if value is None:
        return None, None
    library, _, key = value.rpartition("/")
    return library, key


def _read_bibliography(record: Record, passage: Passage | None) -> str | None:
    if passage is not None:
        claim = Claim("bibliography", None, passage.text, min(passage.lines), passage.source)
        record.statements.append(statement("bibliography", "used", passage.text[:200], claim))
        return passage.text
    ranked = [(claim, reference_of(claim)) for claim in record.claims("bibliography")]
    return record.keep("bibliography", ranked)


def _with_reference(record: Record, claims: list[Claim], reference: str | None) -> list[Claim]:
    return [*claims, Claim("creator:author", None, reference, None, "reference")] if reference else claims


def _creator_statements(record: Record, claims: list[Claim], used: frozenset[int]) -> None:
    for claim in claims:
        if claim.slot.startswith("creator:") and not no_value(claim.raw):
            verdict = "used" if id(claim) in used else "overruled"
            record.statements.append(statement(claim.slot.partition(":")[2], verdict, clean(claim.raw)[:200], claim))


def _read_abstract(record: Record, passage: Passage | None) -> str | None:
    text = _abstract_text(record, passage)
    return html.unescape(text).replace("\xa0", " ") if text and "&" in text else text


def _abstract_text(record: Record, passage: Passage | None) -> str | None:
    if passage is not None:
        claim = Claim(
            "abstract",
            None,
            passage.text,
            min(passage.lines, default=0) or None,
            passage.source if passage.source in RANKS else "field",
        )
        record.statements.append(
            statement("abstract", "used", passage.text[:200], claim._replace(raw=passage.text[:200]))
        )
        return passage.text
    found = [claim for claim in record.claims("abstract") if len(claim.raw) > 1]
    if not found:
        return None
    text = found[0].raw.strip().strip('"').strip()
    record.statements.append(statement("abstract", "used", text[:200], found[0]._replace(raw=text[:200])))
    return text or None


def _read_status(record: Record) -> str | None:
    """Z9: `status` as written, else the booleans."""
    status = record.choose(
        "read_status", "read_status", read=lambda claim: (plain(claim) or "").lstrip("#").strip() or None
    )
    if status:
        return status
    flags = {
        slot: any(clean(claim.raw).lower() in _TRUE for claim in record.by_slot.get(slot, []))
        for slot in ("read", "in_progress")
    }
    if flags["read"] or flags["in_progress"]:
        return "read" if flags["read"] else "reading"
    stated = [
        claim for claim in record.by_slot.get("read", []) if claim.raw.strip().lower() in ("false", "no", "nein", "non")
    ]
    return "unread" if stated else None


def _read_pdf(record: Record) -> str | None:
    def read(claim: Claim) -> str | None:
        text = claim.raw.strip().strip("\"'")
        if isinstance(claim.node, Sequence):
            text = next(
                (item.raw for item in claim.node.items if isinstance(item, Scalar) and not no_value(item.raw)), ""
            )
        jabref = re.match(r":?([^:]+):(?:pdf|PDF)$", text)
        text = jabref[1] if jabref else text
        found = re.search(r"\]\(<?(.+?)>?\)\s*[.,;]?$", text) or re.search(r"!?\[\[([^\[\]|#]+)", text)
        return (found[1] if found else text).strip() or None

    ranked = [(claim, read(claim)) for claim in record.claims("pdf")]
    ranked.sort(key=lambda pair: (pair[0].source == "link" and "zotero://" in pair[0].raw, RANKS[pair[0].source]))
    return record.keep("pdf", ranked)


def _source(page: Page, record: Record) -> str:
    """Z9: which plugin or template made the note."""
    keys = {prop.key.lower() for prop in page.front.properties}
    if "zotero-key" in keys and any(key.startswith("zt-") for key in keys):
        return "zotlit"
    if page.name.startswith("@"):
        return "citation-plugin"
    named = {claim.slot for claims in record.by_slot.values() for claim in claims if claim.source == "field"}
    if named & {"citekey", "title", "zotero_key", "zotero"}:
        return "zotero-integration"
    properties = {
        claim.slot for claims in record.by_slot.values() for claim in claims if claim.source in ("property", "salvaged")
    }
    return "properties" if properties - GENERIC or "title" in properties else "other"


def zotero_tags(record: Record) -> list[TagUse]:
    uses: dict[str, TagUse] = {}
    claims = sorted(record.claims("zotero_tags"), key=lambda claim: claim.line or 0)
    for claim in claims:
        for name in names_of(claim):
            known = uses.get(text_key(name))
            uses[text_key(name)] = (
                known._replace(count=known.count + 1)
                if known
                else TagUse("zotero", name, text_key(name), "zotero", claim.line, 1)
            )
    return list(uses.values())
