"""Whether a note is about a work (Z1)."""

from __future__ import annotations

from litindex.parser.bibliography.fields.normalisers import citekey_of, date_text, zotero_of
from litindex.parser.bibliography.statement import Statement, no_value
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.dates import read_year
from litindex.parser.values.identifiers import find_arxiv, find_isbns, states_doi
from litindex.parser.values.names import clean
from litindex.parser.vocabulary.keys import DATE_OF_NOTE, STRANGERS, squeeze_key
from litindex.text_keys import text_key


def is_work(page: ParsedNote, statements: list[Statement], heading: str | None) -> bool:
    """Z1: a citekey, a Zotero key, a file name `@…`, a DOI or an ISBN; or a record of labels that names people, title and where."""
    for statement in statements:
        if statement.source == "guess" or no_value(statement.raw):
            continue
        if statement.slot == "citekey" and citekey_of(statement):
            return True
        if statement.slot in ("zotero", "zotero_key") and zotero_of(statement):
            return True
        if statement.slot == "doi" and states_doi(statement.raw):
            return True
        if statement.slot == "isbn" and find_isbns(statement.raw)[0]:
            return True
        if statement.slot == "arxiv" and find_arxiv(clean(statement.raw), bare=True):
            return True
        if (
            statement.slot == "url"
            and find_arxiv(statement.raw)
            and any(c.slot.startswith("creator:") for c in statements)
        ):
            return True
    if any(squeeze_key(prop.key) in STRANGERS for prop in page.front.properties):
        return False
    statements = [
        *statements,
        *(Statement("title", "#", heading, None, source) for source in ("label", "table") if heading),
    ]
    return any(
        _is_record(statements, sources) for sources in (("label", "table"), ("field",), ("property", "salvaged"))
    )


def _is_record(statements: list[Statement], sources: tuple[str, ...]) -> bool:
    """A bibliographic record without a key: people, when, and what or where. Title and author alone are not enough (Z1)."""
    stated = [statement for statement in statements if statement.source in sources and not no_value(statement.raw)]
    slots = {statement.slot for statement in stated}
    if not any(slot.startswith("creator:") for slot in slots):
        return False
    dated = [c for c in stated if c.slot == "year" or (c.slot == "date" and text_key(c.key or "") not in DATE_OF_NOTE)]
    when = any(read_year(date_text(statement)) for statement in dated)
    if sources[0] == "property":
        return ("title" in slots and "asin" in slots) or (when and bool(slots & _WHAT))
    headed = all(statement.key == "#" for statement in stated if statement.slot == "title")
    return "title" in slots and (when or bool(slots & (_WHERE_HEADED if headed else _WHERE)))


_WHAT = frozenset("title url source container publisher item_type".split())
_WHERE_HEADED = frozenset(("publisher", "category", "asin", "arxiv"))
_WHERE = frozenset(("container", "publisher", "source", "category", "asin", "arxiv"))
