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

_OF_PUBMED = (("pmid", re.compile(r"\d{4,9}")), ("pmcid", re.compile(r"PMC\d+")))


def identifiers_of(record: Record, citekey: str | None, library: str | None, key: str | None) -> list[Identifier]:
    found: list[Identifier] = []
    dois = _dois(record)
    found += [Identifier("doi", value, raw) for value, raw in dois]
    found += [Identifier("arxiv", value, raw) for value, raw in _arxiv(record, dois)]
    found += [Identifier("url", value, raw) for value, raw in _urls(record)]
    found += [Identifier("isbn", value, raw) for value, raw in _isbns(record)]
    issns = [(statement, issn) for statement in record.statements("issn") for issn in find_issns(statement.value)]
    found += [Identifier("issn", value, raw) for value, raw in record.unite("issn", issns)]
    for field, pattern in _OF_PUBMED:
        ids = [(statement, m[0]) for statement in record.statements(field) if (m := pattern.search(statement.value))]
        found += [Identifier(field, value, raw) for value, raw in record.unite(field, ids)]
    if key:
        found.append(Identifier("zotero", f"{library}/{key}", key))
    if citekey:
        found.append(Identifier("citekey", person_key(citekey), citekey))
    return found


def _dois(record: Record) -> list[tuple[str, str]]:
    """All that are stated; else the first of a link or address that may be the work's, else the reference's."""
    stated = [each for each in record.statements("doi") if not each.source.is_inferred]
    read = [(each, find_doi(each.value)) for each in stated]
    found = [(each, doi) for each, doi in read if doi]
    for each, doi in read:
        if not doi and (each.source in _MEANT or looks_like_doi(each.value)):
            message = f"`{each.value[:60]}` is no DOI; a DOI looks like 10.1000/xyz."
            record.problem("identifier-invalid", each, message)
    if not found:
        addresses = [each for each in record.statements("url") if "doi.org/" in each.value or "/doi/" in each.value]
        guesses = [each for each in record.statements("doi") if each.source.is_inferred]
        guesses.sort(key=lambda each: each.source is Source.REFERENCE)
        found = [(each, doi) for each in (*addresses, *guesses) if (doi := find_doi(each.value))][:1]
    return record.unite("doi", found)


_MEANT = (Source.FIELD, Source.PROPERTY)


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
