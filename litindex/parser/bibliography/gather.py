"""All statements of a note: the sources, listed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.sources.entries.pasted import entry_statements
from litindex.parser.bibliography.sources.exports import export_statements
from litindex.parser.bibliography.sources.fields import field_statements
from litindex.parser.bibliography.sources.filename import filename_statements
from litindex.parser.bibliography.sources.labels import label_statements
from litindex.parser.bibliography.sources.links import citekey_in_uri, link_statements
from litindex.parser.bibliography.sources.properties import property_statements
from litindex.parser.bibliography.sources.prose.byline import byline_statements
from litindex.parser.bibliography.sources.prose.headings import heading_statements
from litindex.parser.bibliography.sources.tables import table_statements
from litindex.parser.bibliography.sources.tags import tag_statements
from litindex.parser.bibliography.sources.templates import Made, add_template
from litindex.parser.bibliography.statement import Statement
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.names import names_house
from litindex.parser.vocabulary.keys import Keys

SOURCES: Final[tuple[Callable[[ParsedNote, Region, Keys], Iterator[Statement]], ...]] = (
    property_statements,
    field_statements,
    link_statements,
    tag_statements,
    filename_statements,
    label_statements,
    table_statements,
    export_statements,
    entry_statements,
    heading_statements,
    byline_statements,
)
"""Each yields what one kind of place says, in reading order; `Source` ranks them."""


def gather(page: ParsedNote, region: Region, keys: Keys, made: Made | None = None) -> list[Statement]:
    """Everything that the note states about a work; `made`: by a template of the vault."""
    statements = [statement for read in SOURCES for statement in read(page, region, keys)]
    if made is not None:
        statements = add_template(statements, made, keys)
    statements = [_of_house(each) if each.field == "creator:editor" else each for each in statements]
    return statements + [statement for stated in statements if (statement := citekey_in_uri(stated))]


def _of_house(statement: Statement) -> Statement:
    """A publishing house where an editor should be is the publisher: German says `Herausgeber` of both."""
    return statement._replace(field="publisher") if names_house(statement.value) else statement
