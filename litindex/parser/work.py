"""Claims -> the bibliographic record: one order of precedence, one normaliser a slot (Z1-Z11, Z20, Z21)."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from collections.abc import Sequence as Sequenced

from litindex.models import Identifier, Problem, Settings, Statement, TagUse, Work
from litindex.parser.claims import RANKS, Claim, no_value
from litindex.parser.creators import choose_creators
from litindex.parser.dates import read_date, read_year
from litindex.parser.head import Passage
from litindex.parser.identifiers import (
    find_arxiv,
    find_doi,
    find_isbns,
    find_issns,
    find_url,
    looks_like_doi,
    states_doi,
)
from litindex.parser.keys import GENERIC, STRANGERS, squeeze_key
from litindex.parser.links import fold
from litindex.parser.people import casekey, clean, read_list
from litindex.parser.reference import read_reference, reference_container
from litindex.parser.region import Page
from litindex.parser.types import CSL_TYPES, known_type
from litindex.parser.yaml12 import Mapping, Scalar, Sequence, flow_text
from litindex.parser.zotero import find_import_date, is_key, parse_uri

_FILTER_TAIL = re.compile(r"[-–\s]*Error: `\w+` can only be applied to .*$")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CITEKEY_BAD = re.compile(r"\s")
_CITED_DOI = re.compile(r"\b(?:1[5-9]|20)\d\d\b.*\bdoi:?\s*10\.", re.I)
_HTML = re.compile(r"</?(?:i|b|em|strong|sub|sup|span|u|small|sc|nocase)\b[^<>]*>", re.I)
_BRACES = re.compile(r"\{([^{}|]*)\}")
_FILE_LINK = re.compile(r"\[[^\[\]]*\.(?:pdf|html?|epub)\]\(", re.I)
_TRUE = frozenset("true yes ja oui sí x".split())


DATE_OF_NOTE = frozenset(("date", "datum", "fecha", "data", "日期"))
"""Keys that as often name the day of a note as that of a work."""


def is_work(page: Page, claims: list[Claim], heading: str | None) -> bool:
    """Z1: a citekey, a Zotero key, a file name `@…`, a DOI or an ISBN; or a record of labels that names people, title and where."""
    for claim in claims:
        if claim.source == "guess" or no_value(claim.raw):
            continue
        if claim.slot == "citekey" and _citekey(claim):
            return True
        if claim.slot in ("zotero", "zotero_key") and _zotero(claim):
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
    dated = [c for c in stated if c.slot == "year" or (c.slot == "date" and fold(c.key or "") not in DATE_OF_NOTE)]
    when = any(read_year(_date_text(claim)) for claim in dated)
    if sources[0] == "property":
        return ("title" in slots and "asin" in slots) or (when and bool(slots & _WHAT))
    headed = all(claim.key == "#" for claim in stated if claim.slot == "title")
    return "title" in slots and (when or bool(slots & (_WHERE_HEADED if headed else _WHERE)))


_WHAT = frozenset("title url source container publisher item_type".split())
_WHERE_HEADED = frozenset(("publisher", "category", "asin", "arxiv"))
_WHERE = frozenset(("container", "publisher", "source", "category", "asin", "arxiv"))


class _Record:
    """The slots of one note while they are being filled."""

    def __init__(self, page: Page, claims: list[Claim], settings: Settings) -> None:
        self.page = page
        self.settings = settings
        self.problems: list[Problem] = []
        self.statements: list[Statement] = []
        self.by_slot: dict[str, list[Claim]] = {}
        self.valued: dict[str, list[Claim]] = {}
        for claim in sorted(claims, key=lambda claim: RANKS[claim.source]):
            self.by_slot.setdefault(claim.slot, []).append(claim)
            if not no_value(claim.raw):
                self.valued.setdefault(claim.slot, []).append(claim)

    def claims(self, *slots: str) -> list[Claim]:
        """The claims for these slots that say something, in order of precedence."""
        if len(slots) == 1:
            return self.valued.get(slots[0], [])
        return [claim for slot in slots for claim in self.valued.get(slot, [])]

    def choose(self, name: str, *slots: str, read: Callable[[Claim], str | None] | None = None) -> str | None:
        """The first value in order of precedence; what the others say is kept as `same` or `overruled`."""
        return self.keep(name, [(claim, (read or _plain)(claim)) for claim in self.claims(*slots)])

    def keep(self, name: str, ranked: Sequenced[tuple[Claim, str | None]]) -> str | None:
        ranked = [(claim, value) for claim, value in ranked if value]
        chosen = ranked[0][1] if ranked else None
        for i, (claim, value) in enumerate(ranked):
            verdict = "used" if i == 0 else "same" if _same(value, chosen) else "overruled"
            self.statements.append(_statement(name, verdict, value, claim))
        return chosen

    def unite(self, name: str, found: list[tuple[Claim, str]]) -> list[tuple[str, str]]:
        """All different values of a slot that may have several, with the raw text of each."""
        values: dict[str, str] = {}
        for claim, value in found:
            self.statements.append(_statement(name, "same" if value in values else "used", value, claim))
            values.setdefault(value, claim.raw)
        return list(values.items())

    def problem(self, code: str, claim: Claim | None, message: str, severity: str = "warning") -> None:
        self.problems.append(Problem(code, severity, claim.line if claim else None, message))


def _statement(slot: str, verdict: str, value: str | None, claim: Claim) -> Statement:
    return Statement(slot, verdict, value, claim.source, claim.key, claim.raw, claim.line)


def _same(one: str | None, other: str | None) -> bool:
    return one == other or re.sub(r"\W+", "", casekey(one or "")) == re.sub(r"\W+", "", casekey(other or ""))


# ---------------------------------------------------------------------- one normaliser a slot


def _plain(claim: Claim) -> str | None:
    """Text without quotes around it, markup and double spaces."""
    text = claim.raw.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].replace('\\"', '"')
    text = clean(html.unescape(text) if "&" in text else text).rstrip(",;").rstrip()
    return None if no_value(text) else text


def _title(claim: Claim) -> str | None:
    text = _plain(claim)
    if text is None:
        return None
    text = unicodedata.normalize("NFC", _unbraced(_HTML.sub("", _FILTER_TAIL.sub("", _INVISIBLE.sub("", text)))))
    text = (
        " ".join(text.replace("{{", "").replace("}}", "").split()).lstrip("# ")
        if "{{" in text or text.startswith("#")
        else " ".join(text.split())
    )
    return text if len(text) < 1000 and any(c.isalnum() for c in text) else None


def _unbraced(text: str) -> str:
    """BibTeX's protecting braces off, also one inside the other."""
    while "{" in text and (shorter := _BRACES.sub(r"\1", text)) != text:
        text = shorter
    return text


def _citekey(claim: Claim) -> str | None:
    """Z5: raw text, case kept; a `@` or brackets around it are no part of it."""
    text = clean(claim.raw.strip().strip("\"'`")).strip("[]").removeprefix("@").strip()
    if claim.source == "filename":
        text = claim.raw.strip()
    return (
        text
        if text and not _CITEKEY_BAD.search(text) and not no_value(text) and "{{" not in text and "://" not in text
        else None
    )


def _zotero(claim: Claim) -> str | None:
    """`library/KEY` or `groups/N/KEY` (Z11, Z31); the key of an attached file is not the item's."""
    if claim.slot == "zotero_key":
        key = clean(claim.raw).strip("\"'` ").rpartition("_")[2].rpartition("/")[2]
        return f"library/{key}" if is_key(key) and "://" not in claim.raw else _from_uri(claim.raw)
    if _FILE_LINK.search(claim.raw):
        return None
    return _from_uri(claim.raw)


def _from_uri(raw: str) -> str | None:
    uri = parse_uri(raw)
    if uri is None or uri.key is None or uri.action not in ("select", "web"):
        key = raw.strip().strip("\"'")
        return f"library/{key}" if is_key(key) else None
    return f"{uri.library}/{uri.key}"


def _item_type(claim: Claim) -> str | None:
    """Zotero's name; an unknown value is kept where the key says that it is a type, not under plain `type` (Z7)."""
    text = clean(claim.raw).strip("\"'").lstrip("#").strip()
    if isinstance(claim.node, Sequence):
        text = next((item.raw for item in claim.node.items if isinstance(item, Scalar) and known_type(item.raw)), text)
    known = known_type(text) or known_type(text.rpartition("/")[2])
    if known or claim.slot in ("type", "category"):
        known = None if claim.slot == "category" and text in ("article", "articles") else known
        return known or (
            known_type(text.removesuffix("s"))
            if claim.slot == "category" and text not in ("articles", "article")
            else None
        )
    return text if text and len(text) < 40 and claim.key and squeeze_key(claim.key) not in _LOOSE_TYPE_KEYS else None


_LOOSE_TYPE_KEYS = frozenset("doctype documenttype papertype sourcetype ptype publicationtypes тип 类型".split())
"""Keys under which people also put types of their own: only a known type counts there."""


def _container(claim: Claim) -> str | None:
    text = _plain(claim)
    text = re.sub(r"\s*\((?:journal|book|proceedings|Zeitschrift|revista)\)$", "", text) if text else ""
    return re.sub(r",?\s*\*?\d+\*?\s*\(\d+\)$", "", text).strip("*_ ") or None


# ---------------------------------------------------------------------- the whole record


def read_work(
    page: Page, claims: list[Claim], abstract: Passage | None, bibliography: Passage | None, settings: Settings
) -> tuple[Work, list[TagUse], list[Problem]]:
    """The record that the claims give, the Zotero tags, and the problems met on the way."""
    record = _Record(page, claims, settings)
    citekey = _read_citekey(record)
    title = _read_title(record, citekey)
    item_type = record.choose("item_type", "item_type", "type", "category", read=_item_type)
    library, key = _read_zotero(record)
    reference_text = _read_bibliography(record, bibliography)
    date_raw, date, year = _read_date(record, reference_text)
    creators = choose_creators(_with_reference(record, claims, reference_text), settings)
    record.problems += creators.problems
    _creator_statements(record, claims, creators.used)
    if reference_text and (title is None or all(claim.source == "guess" for claim in record.claims("title"))):
        title = read_reference(reference_text).title or title
    identifiers = _identifiers(record, citekey, library, key, reference_text)
    collections = tuple(
        dict.fromkeys(
            name
            for claim in sorted(record.claims("collections"), key=lambda claim: claim.line or 0)
            for name in _names(claim)
        )
    )
    container, published = _read_container(record, item_type, reference_text, title)
    work = Work(
        citekey=citekey, citekey_key=casekey(citekey) if citekey else None, title=title, item_type=item_type,
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
    return work, _zotero_tags(record), record.problems


def _read_citekey(record: _Record) -> str | None:
    ranked = [(claim, value) for claim in record.claims("citekey") if (value := _citekey(claim))]
    ranked.sort(key=lambda pair: _citekey_rank(pair[0]))
    citekey = record.keep("citekey", ranked)
    stated = {casekey(value): claim for claim, value in ranked if claim.source != "guess"}
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


def _read_title(record: _Record, citekey: str | None) -> str | None:
    """A title that is only the citekey counts when nothing else is there (S29)."""
    parents = [claim._replace(source="heading") for claim in record.claims("parent_title")]
    ranked = [(claim, value) for claim in [*record.claims("title"), *parents] if (value := _title(claim))]
    ranked.sort(key=lambda pair: RANKS[pair[0].source])
    strong = [pair for pair in ranked if not (citekey and casekey(pair[1]) == casekey(citekey))]
    topics = [pair for pair in strong if pair[0].key and fold(pair[0].key) == "topic"]
    strong = [pair for pair in strong if pair not in topics] + topics
    return record.keep("title", strong or ranked)


def _read_zotero(record: _Record) -> tuple[str | None, str | None]:
    ranked = [(claim, _zotero(claim)) for claim in record.claims("zotero", "zotero_key", "url")]
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


def _read_bibliography(record: _Record, passage: Passage | None) -> str | None:
    if passage is not None:
        claim = Claim("bibliography", None, passage.text, min(passage.lines), passage.source)
        record.statements.append(_statement("bibliography", "used", passage.text[:200], claim))
        return passage.text
    ranked = [(claim, _plain_reference(claim)) for claim in record.claims("bibliography")]
    return record.keep("bibliography", ranked)


def _plain_reference(claim: Claim) -> str | None:
    text = claim.raw.strip().strip("\"'").strip()
    return text if len(text) > 15 else None


def _with_reference(record: _Record, claims: list[Claim], reference: str | None) -> list[Claim]:
    return [*claims, Claim("creator:author", None, reference, None, "reference")] if reference else claims


def _creator_statements(record: _Record, claims: list[Claim], used: frozenset[int]) -> None:
    for claim in claims:
        if claim.slot.startswith("creator:") and not no_value(claim.raw):
            verdict = "used" if id(claim) in used else "overruled"
            record.statements.append(_statement(claim.slot.partition(":")[2], verdict, clean(claim.raw)[:200], claim))


def _read_date(record: _Record, reference: str | None) -> tuple[str | None, str | None, int | None]:
    """Z6, Z8; an explicit year stands above a `date` that says another: in a note of one's own that is when it was read."""
    claims = [claim for claim in record.claims("date") if not _is_date_of_the_note(record, claim)]
    read = [(claim, read_date(_date_text(claim))) for claim in claims]
    readable = [(claim, date) for claim, date in read if date.year is not None]
    years = [(claim, year) for claim in record.claims("year") if (year := read_year(_date_text(claim)))]
    if readable and years and readable[0][1].year != years[0][1] and _says_year_better(years[0][0], readable[0][0]):
        readable = []
    if readable:
        claim, date = readable[0]
        record.keep(
            "date",
            [(c, d.date or str(d.year)) for c, d in readable] + [(c, str(y)) for c, y in years if y != date.year],
        )
        if not date.known or date.date is None:
            record.problem(
                "date-unparsed",
                claim,
                f"`{claim.raw[:60]}` is no date that can be read for sure; only the year is kept. Write YYYY-MM-DD.",
            )
        return claim.raw, date.date, date.year
    if years:
        value = record.keep("date", [(c, _year_date(c) or str(y)) for c, y in years])
        date = read_date(value or "")
        return years[0][0].raw, date.date or str(years[0][1]), years[0][1]
    for claim, date in read:
        if not date.known:
            record.problem(
                "date-unparsed",
                claim,
                f"`{claim.raw[:60]}` is no date that can be read. Write YYYY, YYYY-MM or YYYY-MM-DD.",
            )
    venues = [claim for claim in record.claims("container") if claim.source in ("label", "property", "field")]
    year = read_reference(reference).year if reference else next((y for c in venues if (y := read_year(c.raw))), None)
    if year is not None:
        record.statements.append(Statement("date", "used", str(year), "reference", None, (reference or "")[:200], None))
    return (claims[0].raw if claims else None), (str(year) if year else None), year


def _says_year_better(year: Claim, date: Claim) -> bool:
    """A stated year stands above a `date` property, and above any date that stands in a weaker place."""
    return RANKS[year.source] < RANKS[date.source] or (
        date.source == "property" and year.source in ("field", "property", "label")
    )


def _year_date(claim: Claim) -> str | None:
    found = read_date(_date_text(claim))
    return found.date if found.known else None


def _date_text(claim: Claim) -> str:
    """`issued: date-parts: [[2012, 3]]` as 2012-3; anything else as written, without link and quotes."""
    if claim.node is not None and not isinstance(claim.node, Scalar):
        text = flow_text(claim.node)
        if isinstance(claim.node, Mapping) and not re.search(r"\d{4}", text):
            return ""
        numbers = re.findall(r"\d+", text)
        return "-".join(numbers[:3]) if numbers and len(numbers[0]) == 4 else text.strip('[]"')
    return claim.raw.replace("[[", "").replace("]]", "").strip().strip("\"'*_").strip()


def _is_date_of_the_note(record: _Record, claim: Claim) -> bool:
    """A plain `date` property beside no other bibliographic one is the day of reading (S38)."""
    if claim.source not in ("property", "salvaged") or claim.key is None or fold(claim.key) not in DATE_OF_NOTE:
        return False
    others = [
        c.slot
        for claims in record.valued.values()
        for c in claims
        if c.source in ("property", "salvaged") and c is not claim
    ]
    return not any(slot not in GENERIC or slot in ("title", "url") for slot in others)


def _read_abstract(record: _Record, passage: Passage | None) -> str | None:
    text = _abstract_text(record, passage)
    return html.unescape(text).replace("\xa0", " ") if text and "&" in text else text


def _abstract_text(record: _Record, passage: Passage | None) -> str | None:
    if passage is not None:
        claim = Claim(
            "abstract",
            None,
            passage.text,
            min(passage.lines, default=0) or None,
            passage.source if passage.source in RANKS else "field",
        )
        record.statements.append(
            _statement("abstract", "used", passage.text[:200], claim._replace(raw=passage.text[:200]))
        )
        return passage.text
    found = [claim for claim in record.claims("abstract") if len(claim.raw) > 1]
    if not found:
        return None
    text = found[0].raw.strip().strip('"').strip()
    record.statements.append(_statement("abstract", "used", text[:200], found[0]._replace(raw=text[:200])))
    return text or None


def _read_status(record: _Record) -> str | None:
    """Z9: `status` as written, else the booleans."""
    status = record.choose(
        "read_status", "read_status", read=lambda claim: (_plain(claim) or "").lstrip("#").strip() or None
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


def _read_pdf(record: _Record) -> str | None:
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


_PUBLISHED = frozenset(("book", "report", "thesis", "standard", "map", "dataset"))


def _read_container(
    record: _Record, item_type: str | None, reference: str | None, title: str | None
) -> tuple[str | None, str | None]:
    """(container, publisher): an unlabelled line names the publisher of a type that stands in no other work (S13)."""
    if item_type in _PUBLISHED and (lines := [c for c in record.claims("container") if c.source == "line"]):
        return None, record.keep("publisher", [(claim, _container(claim)) for claim in lines])
    container = record.choose("container", "container", read=_container) or _source_container(record)
    if container is None and reference and not record.claims("title", "publisher"):
        container = reference_container(reference, title)
    return container, None


def _source_container(record: _Record) -> str | None:
    """`Source: …` is where a work appeared when nothing says so more clearly, and it is no link."""
    return record.choose(
        "container",
        "source",
        read=lambda claim: (
            text if (text := _container(claim)) and "://" not in text and claim.source == "label" else None
        ),
    )


def _source(page: Page, record: _Record) -> str:
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


# ---------------------------------------------------------------------- identifiers, tags, collections


def _identifiers(
    record: _Record, citekey: str | None, library: str | None, key: str | None, reference: str | None
) -> list[Identifier]:
    found: list[Identifier] = []
    dois = _dois(record, reference)
    found += [Identifier("doi", value, raw) for value, raw in dois]
    found += [Identifier("arxiv", value, raw) for value, raw in _arxiv(record, dois)]
    found += [Identifier("url", value, raw) for value, raw in _urls(record)]
    found += [Identifier("isbn", value, raw) for value, raw in _isbns(record)]
    issns = [(claim, issn) for claim in record.claims("issn") for issn in find_issns(claim.raw)]
    found += [Identifier("issn", value, raw) for value, raw in record.unite("issn", issns)]
    for slot, pattern in (("pmid", r"\d{4,9}"), ("pmcid", r"PMC\d+")):
        ids = [(claim, m[0]) for claim in record.claims(slot) if (m := re.search(pattern, claim.raw))]
        found += [Identifier(slot, value, raw) for value, raw in record.unite(slot, ids)]
    if key:
        found.append(Identifier("zotero", f"{library}/{key}", key))
    if citekey:
        found.append(Identifier("citekey", casekey(citekey), citekey))
    return found


def _dois(record: _Record, reference: str | None) -> list[tuple[str, str]]:
    stated = record.claims("doi")
    claims = [claim for claim in stated if claim.source != "guess"]
    found = [(claim, doi) for claim in claims if (doi := find_doi(claim.raw))]
    for claim in claims:
        if not find_doi(claim.raw) and (claim.source in ("field", "property") or looks_like_doi(claim.raw)):
            record.problem("identifier-invalid", claim, f"`{claim.raw[:60]}` is no DOI; a DOI looks like 10.1000/xyz.")
    if not found:
        weaker = [claim for claim in stated if claim.source == "guess"] + [
            claim for claim in record.claims("url") if "doi.org/" in claim.raw
        ]
        found = [(claim, doi) for claim in weaker if (doi := find_doi(claim.raw))][:1]
    if not found and not reference:
        lines = [
            record.page.line(n) for n in range(record.page.first, record.page.first + min(8, len(record.page.lines)))
        ]
        found = [
            (Claim("doi", None, line, None, "guess"), doi)
            for line in lines
            if _CITED_DOI.search(line) and (doi := find_doi(line))
        ][:1]
    if not found and reference and (doi := find_doi(reference)):
        found = [(Claim("doi", None, doi, None, "reference"), doi)]
    return record.unite("doi", found)


def _arxiv(record: _Record, dois: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found = [
        (Claim("arxiv", "DOI", raw, None, "field"), number) for value, raw in dois if (number := find_arxiv(value))
    ]
    found += [(claim, number) for claim in record.claims("url", "zotero", "pdf") if (number := find_arxiv(claim.raw))]
    found += [
        (claim, number) for claim in record.claims("arxiv") if (number := find_arxiv(clean(claim.raw), bare=True))
    ]
    return record.unite("arxiv", found)


def _urls(record: _Record) -> list[tuple[str, str]]:
    found = []
    for claim in record.claims("url"):
        texts = (
            [item.raw for item in claim.node.items if isinstance(item, Scalar)]
            if isinstance(claim.node, Sequence)
            else [claim.raw]
        )
        found += [(claim, url) for text in texts if (url := find_url(text)) and "zotero.org/" not in url]
    return record.unite("url", found)


def _isbns(record: _Record) -> list[tuple[str, str]]:
    found = []
    for claim in record.claims("isbn"):
        isbns, failed = find_isbns(claim.raw)
        found += [(claim, isbn) for isbn in isbns]
        if failed or not isbns:
            record.problem(
                "identifier-invalid", claim, f"`{claim.raw[:60]}` is no ISBN: its digits or its check digit do not fit."
            )
    return record.unite("isbn", found)


def _names(claim: Claim) -> list[str]:
    """The names in a list-like value (Z21): a YAML list, a bracketed one, wikilinks, or text split at `,` or `;`."""
    if isinstance(claim.node, Sequence):
        parts = [item.raw for item in claim.node.items if isinstance(item, Scalar)]
    else:
        listed = read_list(claim.raw)
        text = claim.raw.strip()
        if listed is None and len(text) > 1 and text[0] == text[-1] == '"':
            text = text[1:-1]
        parts = (
            listed if listed is not None else re.split(r"[;；]" if ";" in text or "；" in text else r"[,，、]", text)
        )
    names = [clean(part).strip("\"'").strip().lstrip("#").strip() for part in parts]
    return [name for name in names if not no_value(name) and len(name) <= 200]


def _zotero_tags(record: _Record) -> list[TagUse]:
    uses: dict[str, TagUse] = {}
    claims = sorted(record.claims("zotero_tags"), key=lambda claim: claim.line or 0)
    for claim in claims:
        for name in _names(claim):
            known = uses.get(fold(name))
            uses[fold(name)] = (
                known._replace(count=known.count + 1)
                if known
                else TagUse("zotero", name, fold(name), "zotero", claim.line, 1)
            )
    return list(uses.values())
