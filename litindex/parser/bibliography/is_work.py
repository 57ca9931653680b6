"""Whether a note is about a work (Z1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from litindex.models import Annotation
from litindex.parser.bibliography.fields.citekey import citekey_of
from litindex.parser.bibliography.fields.dates import date_text
from litindex.parser.bibliography.fields.item_type import item_type_of
from litindex.parser.bibliography.fields.zotero import zotero_of
from litindex.parser.bibliography.sources.exports import EXPORT
from litindex.parser.bibliography.sources.filename import is_key
from litindex.parser.bibliography.sources.prose.people import cites, read_byline
from litindex.parser.bibliography.statement import Source, Statement, no_value
from litindex.parser.frontmatter.handler import Property
from litindex.parser.frontmatter.yaml_core import Scalar
from litindex.parser.makers.reading import names_service
from litindex.parser.obsidian.templates import is_placeholder
from litindex.parser.parsed_note import EXTRACTED, ParsedNote
from litindex.parser.values.dates import read_year
from litindex.parser.values.identifiers import find_arxiv, find_doi, find_isbns, states_doi
from litindex.parser.values.names import clean
from litindex.parser.values.references import read_reference
from litindex.parser.vocabulary.item_types import CSL_TYPES
from litindex.parser.vocabulary.keys import DATE_OF_NOTE, STRANGERS, field_of, squeeze_key
from litindex.parser.vocabulary.placeholders import BOOLEANS
from litindex.text_keys import text_key, title_key

_STATED = frozenset((Source.LABEL, Source.TABLE, Source.FIELD, Source.PROPERTY, Source.SALVAGED))
_IDENTIFIES: Final[dict[str, Callable[[Statement], object]]] = {
    "citekey": citekey_of,
    "zotero": zotero_of,
    "zotero_key": zotero_of,
    "doi": lambda statement: states_doi(statement.value) and not is_borrowed(statement),
    "url": lambda statement: (
        statement.source in _STATED
        and (("zotero.org/" in statement.value and zotero_of(statement)) or _leads_to_doi(statement))
    ),
    "isbn": lambda statement: find_isbns(statement.value)[0],
    "arxiv": lambda statement: find_arxiv(clean(statement.value), bare=True),
}
"""What identifies a work, and how a statement of it is known to hold one."""

_RECORDS = (
    frozenset((Source.LABEL, Source.TABLE)),
    frozenset((Source.FIELD,)),
    frozenset((Source.PROPERTY, Source.SALVAGED)),
)
"""Sources whose statements make one record together."""


def is_work(page: ParsedNote, statements: list[Statement], heading: str | None) -> bool:
    """Z1: a citekey, a Zotero key, a file name `@…`, a DOI or an ISBN; or a record of labels that names people, title and
    where; a template for literature that made the note; or a service for reading
    that exported it.
    """
    if any(each.source is Source.TEMPLATE or each.key == EXPORT for each in statements) or _is_identified(statements):
        return True
    sound = [each for each in statements if _is_sound(each)]
    if any(each.names_people for each in statements) and any(_is_found_at(each) for each in sound):
        return True
    if heading is not None and any(each.key == "byline" and each.field == "publisher" for each in sound):
        return True
    if is_key(page.name) and any(_is_cited_by_name(page, each) for each in sound):
        return True
    if names_service(page.front.text) and any(each.field == "title" for each in sound):
        return True
    if _is_called_by_reference(sound, heading or page.name):
        return True
    fields = {each.field for each in sound if each.source.is_property}
    if "title" in fields and any(each.names_people for each in sound) and names_service(page.text):
        return True
    if any(squeeze_key(prop.key) in STRANGERS or _names_source(prop) for prop in page.front.properties):
        return False
    unfilled = [each for each in statements if is_placeholder(each.value)]
    named = any(each.field == "title" or each.names_people for each in sound if each.source in _STATED)
    stated = sound + unfilled if named else sound
    records = ([each for each in stated if each.source in sources] for sources in _RECORDS)
    return any(_is_record(record, heading, page.name) for record in records)


def _is_called_by_reference(stated: list[Statement], name: str) -> bool:
    """Whether a whole reference under `source` is to the work that the note is called by: else the note rests on it."""
    references = [
        read_reference(each.value) for each in stated if each.field == "bibliography" and len(each.value) > _SHORT
    ]
    return any(each.is_whole and title_key(each.title or "") == title_key(name) for each in references)


_SHORT = 40
"""No reference is shorter."""


def _is_sound(statement: Statement) -> bool:
    return statement.source.rank < Source.GUESS.rank and not no_value(statement.value)


def _is_identified(statements: list[Statement]) -> bool:
    """Whether a statement identifies a work, other than links to many items: a list of works is none."""
    items: set[str | None] = set()
    weak = 0
    for each in statements:
        if each.field in _IDENTIFIES and each.source is not Source.LINE and _is_sound(each):
            if not _IDENTIFIES[each.field](each):
                continue
            if each.source not in _WEAK:
                return True
            weak += 1
            items |= {zotero_of(each)} if each.field == "zotero" else set()
    return weak > 0 and len(items) <= _FEW


def _names_source(prop: Property) -> bool:
    """Whether a property leads to the literature note that a note of one's own rests on: `source: "[[@fen2019]]"`."""
    return (
        isinstance(prop.value, Scalar) and "[[@" in prop.value.raw and field_of(prop.key) in ("source", "bibliography")
    )


def _is_cited_by_name(page: ParsedNote, statement: Statement) -> bool:
    """Whether a byline names the people of the citekey that the note is called by."""
    told = statement.names_people and (statement.source is Source.LINE or statement.source in _STATED)
    byline = read_byline(statement.value) if told else None
    return byline is not None and cites(page.name, byline)


_FEW = 2
"""Items that a note about one work may link: its own and that of a group's library."""
_WEAK = frozenset((Source.LINK, Source.LABEL, Source.TABLE))


def _leads_to_doi(statement: Statement) -> bool:
    """Whether a labelled address of a publisher holds a DOI."""
    return not statement.source.is_property and "/doi/" in statement.value and find_doi(statement.value) is not None


def is_borrowed(statement: Statement) -> bool:
    """Whether a DOI is an address under a key for any address: a note of one's own may name its source so."""
    return statement.source.is_property and "://" in statement.value and field_of(statement.key or "") != "doi"


def is_extract(page: ParsedNote, statements: Sequence[Statement], annotations: Sequence[Annotation]) -> bool:
    """Whether a note holds the annotations of one file: under `Extracted Annotations (2021-03-04)`, called so, or beside
    the title and the people of a work (DECISIONS 19).
    """
    files = {annotation.attachment_key for annotation in annotations}
    if len(files) != 1 or None in files:
        return False
    stated = [each for each in statements if not no_value(each.value)]
    titled = [
        sources for sources in _RECORDS if any(each.field == "title" and each.source in sources for each in stated)
    ]
    if any(each.names_people and each.source in sources for sources in titled for each in stated):
        return True
    lines = (f"{line}\n{behind}" for line, behind in pairwise([*page.lines[:60], ""]))
    return EXTRACTED.search(page.name) is not None or any(map(EXTRACTED.match, lines))


def _is_found_at(statement: Statement) -> bool:
    """Whether an address beside people is that of a work."""
    return (statement.field == "url" and find_arxiv(statement.value) is not None) or statement.field == "doi"


def _is_record(stated: list[Statement], heading: str | None, name: str) -> bool:
    """A bibliographic record without a key: people, when, and what or where. Title and author alone are not enough (Z1);
    beside a property that is a `year`, and not the day of the note, the file name says what.
    """
    fields = {statement.field for statement in stated}
    types = {item_type_of(each) for each in stated if each.field in ("type", "item_type")} & CSL_TYPES.keys()
    if ("case" in types and "authority" in fields) or (types and fields & _OTHERS):
        return True
    if not any(statement.names_people for statement in stated):
        return False
    dated = any(_is_dated(statement) for statement in stated)
    if " " in name and (("year" in fields and dated) or any(map(_is_typed, stated))):
        return True
    if any(statement.source.is_property for statement in stated):
        typed = "title" in fields and any(_is_typed(statement) for statement in stated)
        placed = "title" in fields and any(each.field == "container" and _is_name(each.value) for each in stated)
        return {"title", "asin"} <= fields or typed or placed or (dated and bool(fields & _WHAT))
    if "title" in fields:
        return dated or bool(fields & _WHERE)
    placed = bool(fields & _WHERE_HEADED)
    if all(statement.source is Source.FIELD for statement in stated):  # any note may have a field for its day
        return heading is not None and dated and placed
    return heading is not None and (dated or placed)


def _is_name(value: str) -> bool:
    """Whether a value may be the name of a journal: no address, and no `yes`."""
    return "://" not in value and value.strip().casefold() not in BOOLEANS


def _is_typed(statement: Statement) -> bool:
    """Whether a property says `book` or `article`; a post, page or video of one's own has a type too."""
    return statement.field in ("type", "item_type") and item_type_of(statement) in _OF_LIBRARIES


def _is_dated(statement: Statement) -> bool:
    """Whether a statement holds the year of a work, and not the day of the note."""
    text = date_text(statement)
    if statement.field in ("source", "publisher") and not statement.source.is_property:
        return "://" not in text and read_year(text) is not None  # `Tidal Letters 2020, p. 112`
    is_when = statement.field == "year" or (
        statement.field == "date" and (len(text) in _OF_WORKS or text_key(statement.key or "") not in DATE_OF_NOTE)
    )
    return is_when and (read_year(text) is not None or is_placeholder(statement.value))


_OTHERS = frozenset(map("creator:{}".format, ("presenter", "guest", "host", "podcaster", "interviewee", "director")))
"""People that a talk, an episode or a film of one's own would not name."""
_OF_WORKS = (4, 7)
"""Signs of a year, or of a year with its month: no note is of a whole month."""
_OF_LIBRARIES = frozenset("book bookSection journalArticle conferencePaper thesis preprint report".split())
_WHAT = frozenset("title url source container publisher item_type".split())
_WHERE_HEADED = frozenset(("publisher", "container", "category", "asin", "arxiv"))
_WHERE = _WHERE_HEADED | {"source"}
