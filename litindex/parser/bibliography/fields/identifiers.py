"""The identifiers of a work out of its claims (Z20)."""

from __future__ import annotations

import re

from litindex.models import Identifier
from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import Claim
from litindex.parser.frontmatter.yaml_core import Scalar, Sequence
from litindex.parser.values.identifiers import find_arxiv, find_doi, find_isbns, find_issns, find_url, looks_like_doi
from litindex.parser.values.names import clean
from litindex.text_keys import person_key

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_DOI = re.compile(r"\bdoi:?\s*10\.", re.I)


def identifiers_of(
    record: Record, citekey: str | None, library: str | None, key: str | None, reference: str | None
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
        found.append(Identifier("citekey", person_key(citekey), citekey))
    return found


def _dois(record: Record, reference: str | None) -> list[tuple[str, str]]:
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
            if (year := _YEAR.search(line)) and _DOI.search(line, year.end()) and (doi := find_doi(line))
        ][:1]
    if not found and reference and (doi := find_doi(reference)):
        found = [(Claim("doi", None, doi, None, "reference"), doi)]
    return record.unite("doi", found)


def _arxiv(record: Record, dois: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found = [
        (Claim("arxiv", "DOI", raw, None, "field"), number) for value, raw in dois if (number := find_arxiv(value))
    ]
    found += [(claim, number) for claim in record.claims("url", "zotero", "pdf") if (number := find_arxiv(claim.raw))]
    found += [
        (claim, number) for claim in record.claims("arxiv") if (number := find_arxiv(clean(claim.raw), bare=True))
    ]
    return record.unite("arxiv", found)


def _urls(record: Record) -> list[tuple[str, str]]:
    found = []
    for claim in record.claims("url"):
        texts = (
            [item.raw for item in claim.node.items if isinstance(item, Scalar)]
            if isinstance(claim.node, Sequence)
            else [claim.raw]
        )
        found += [(claim, url) for text in texts if (url := find_url(text)) and "zotero.org/" not in url]
    return record.unite("url", found)


def _isbns(record: Record) -> list[tuple[str, str]]:
    found = []
    for claim in record.claims("isbn"):
        isbns, failed = find_isbns(claim.raw)
        found += [(claim, isbn) for isbn in isbns]
        if failed or not isbns:
            record.problem(
                "identifier-invalid", claim, f"`{claim.raw[:60]}` is no ISBN: its digits or its check digit do not fit."
            )
    return record.unite("isbn", found)
