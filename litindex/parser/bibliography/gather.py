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
from litindex.parser.frontmatter.yaml_core import Sequence
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.names import names_house
from litindex.parser.values.references import SHORTEST_SOURCE, read_reference
from litindex.parser.vocabulary.keys import Keys, squeeze_key

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
    statements = [_meant(each) for each in statements]
    return statements + [statement for stated in statements if (statement := citekey_in_uri(stated))]


def _meant(statement: Statement) -> Statement:
    """A publishing house where an editor should be is the publisher: German says `Herausgeber` of both. A `paper` that is
    no address is the title; a `source` that is a whole reference is one.
    """
    if statement.field == "creator:editor":
        return statement._replace(field="publisher") if names_house(statement.value) else statement
    if (
        statement.field == "url"
        and squeeze_key(statement.key or "") == "paper"
        and not isinstance(statement.node, Sequence)
    ):
        is_title = " " in statement.value.strip() and "](" not in statement.value
        return statement._replace(field="title") if is_title else statement
    if (
        statement.field == "source"
        and len(statement.value) > SHORTEST_SOURCE
        and read_reference(statement.value).is_whole
    ):
        return statement._replace(field="bibliography")
    return statement
