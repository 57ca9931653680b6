"""The identifiers of a work out of its statements (Z20)."""

from __future__ import annotations

import re

from litindex.models import Identifier
from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import Source, Statement
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
    issns = [(statement, issn) for statement in record.statements("issn") for issn in find_issns(statement.value)]
    found += [Identifier("issn", value, raw) for value, raw in record.unite("issn", issns)]
    for field, pattern in (("pmid", r"\d{4,9}"), ("pmcid", r"PMC\d+")):
        ids = [
            (statement, m[0]) for statement in record.statements(field) if (m := re.search(pattern, statement.value))
        ]
        found += [Identifier(field, value, raw) for value, raw in record.unite(field, ids)]
    if key:
        found.append(Identifier("zotero", f"{library}/{key}", key))
    if citekey:
        found.append(Identifier("citekey", person_key(citekey), citekey))
    return found


def _dois(record: Record, reference: str | None) -> list[tuple[str, str]]:
    stated = record.statements("doi")
    statements = [statement for statement in stated if statement.source != Source.GUESS]
    found = [(statement, doi) for statement in statements if (doi := find_doi(statement.value))]
    for statement in statements:
        if not find_doi(statement.value) and (
            statement.source in (Source.FIELD, Source.PROPERTY) or looks_like_doi(statement.value)
        ):
            record.problem(
                "identifier-invalid", statement, f"`{statement.value[:60]}` is no DOI; a DOI looks like 10.1000/xyz."
            )
    if not found:
        weaker = [statement for statement in stated if statement.source == Source.GUESS] + [
            statement for statement in record.statements("url") if "doi.org/" in statement.value
        ]
        found = [(statement, doi) for statement in weaker if (doi := find_doi(statement.value))][:1]
    if not found and not reference:
        lines = [
            record.page.line(n) for n in range(record.page.first, record.page.first + min(8, len(record.page.lines)))
        ]
        found = [
            (Statement("doi", None, line, None, Source.GUESS), doi)
            for line in lines
            if (year := _YEAR.search(line)) and _DOI.search(line, year.end()) and (doi := find_doi(line))
        ][:1]
    if not found and reference and (doi := find_doi(reference)):
        found = [(Statement("doi", None, doi, None, Source.REFERENCE), doi)]
    return record.unite("doi", found)


def _arxiv(record: Record, dois: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found = [
        (Statement("arxiv", "DOI", raw, None, Source.FIELD), number)
        for value, raw in dois
        if (number := find_arxiv(value))
    ]
    found += [
        (statement, number)
        for statement in record.statements("url", "zotero", "pdf")
        if (number := find_arxiv(statement.value))
    ]
    found += [
        (statement, number)
        for statement in record.statements("arxiv")
        if (number := find_arxiv(clean(statement.value), bare=True))
    ]
    return record.unite("arxiv", found)


def _urls(record: Record) -> list[tuple[str, str]]:
    found = []
    for statement in record.statements("url"):
        texts = (
            [item.raw for item in statement.node.items if isinstance(item, Scalar)]
            if isinstance(statement.node, Sequence)
            else [statement.value]
        )
        found += [(statement, url) for text in texts if (url := find_url(text)) and "zotero.org/" not in url]
    return record.unite("url", found)


def _isbns(record: Record) -> list[tuple[str, str]]:
    found = []
    for statement in record.statements("isbn"):
        isbns, failed = find_isbns(statement.value)
        found += [(statement, isbn) for isbn in isbns]
        if failed or not isbns:
            record.problem(
                "identifier-invalid",
                statement,
                f"`{statement.value[:60]}` is no ISBN: its digits or its check digit do not fit.",
            )
    return record.unite("isbn", found)
