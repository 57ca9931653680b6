"""A note as literature: its work, highlights, Zotero notes, and the user's own words apart from them (FORMAT section 7)."""

from __future__ import annotations

import re
from typing import NamedTuple

from litindex.models import Annotation, Problem, Settings, TagUse, Work, ZoteroNote
from litindex.parser.annotations.detect import find_annotations
from litindex.parser.bibliography.completeness import missing_work
from litindex.parser.bibliography.fields.zotero import zotero_tags
from litindex.parser.bibliography.first_look import may_be_work
from litindex.parser.bibliography.gather import gather
from litindex.parser.bibliography.is_work import is_extract, is_work
from litindex.parser.bibliography.metadata_region import Region, find_region
from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.sources.properties import property_statements
from litindex.parser.bibliography.sources.prose.abstract import find_abstract
from litindex.parser.bibliography.sources.prose.headings import first_title
from litindex.parser.bibliography.sources.prose.passage import Passage
from litindex.parser.bibliography.sources.prose.reference import find_bibliography, heads_note
from litindex.parser.bibliography.sources.templates import find_template
from litindex.parser.bibliography.statement import Source, Statement, no_value
from litindex.parser.bibliography.work import read_work
from litindex.parser.clippings import clipped_lines
from litindex.parser.frontmatter.yaml_core import Scalar
from litindex.parser.generated import generated_lines
from litindex.parser.obsidian.templates import is_garbage, is_placeholder
from litindex.parser.own_text import own_words
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys
from litindex.parser.zotero.child_notes import is_zotero_note_title, split_zotero_notes

_QUOTE = re.compile(r"^[ \t]*>[ \t]?")


class Literature(NamedTuple):
    work: Work | None
    annotations: tuple[Annotation, ...]
    zotero_notes: tuple[ZoteroNote, ...]
    zotero_tags: list[TagUse]
    own_text: str
    problems: list[Problem]


def read_literature(page: ParsedNote, settings: Settings, *, is_copy: bool) -> Literature:
    """Everything bibliographic in a note; a sync tool's conflict copy is no work (DECISIONS 11)."""
    zotero_notes, note_lines = _zotero_notes(page)
    keys = Keys(settings.keys)
    problems = _value_problems(page, keys)
    made, template_lines = find_template(page, settings.templates)
    region = find_region(page, keys) if not is_copy and (made or may_be_work(page, keys)) else None
    statements = gather(page, region, keys, made) if region is not None else []
    bibliography = find_bibliography(page, region, statements) if region is not None else None
    known = region is not None and (
        heads_note(page, bibliography) or is_work(page, statements, first_title(page, region))
    )
    annotations, annotation_lines = find_annotations(page, in_work=known)
    imported = note_lines | annotation_lines | template_lines | clipped_lines(page)
    if region is None or not (known or is_extract(page, statements, annotations)):
        own = own_words(page, imported=imported, work=None, annotations=annotations)
        problems += missing_work(page, statements)
        return Literature(None, annotations, zotero_notes, _tags_only(page, keys, settings), own, problems)
    abstract = find_abstract(page, region, statements)
    work, tags, work_problems = read_work(page, statements, abstract, bibliography, settings)
    imported |= _imported(page, region, statements, abstract, bibliography) | generated_lines(page)
    own = own_words(page, imported=imported, work=work, annotations=annotations)
    return Literature(work, annotations, zotero_notes, tags, own, problems + work_problems)


def _tags_only(page: ParsedNote, keys: Keys, settings: Settings) -> list[TagUse]:
    """Zotero tags of a note that is no work: still tags (Z21)."""
    statements = [
        Statement("zotero_tags", s.name, s.raw, s.line, Source.FIELD)
        for s in page.body.inline_fields
        if keys.field(s.name) == "zotero_tags" and "zotero" in s.key and not no_value(s.raw)
    ]
    if any("zotero" in prop.key.lower() for prop in page.front.properties):
        statements += [
            statement
            for statement in property_statements(page, find_region(page, keys), keys)
            if statement.field == "zotero_tags" and statement.key and "zotero" in statement.key.lower()
        ]
    return zotero_tags(Record(page, statements, settings)) if statements else []


def _zotero_notes(page: ParsedNote) -> tuple[tuple[ZoteroNote, ...], frozenset[int]]:
    notes: list[ZoteroNote] = []
    lines: set[int] = set()
    for node, head in page.callouts:
        if is_zotero_note_title(head.title):
            body = [(n, _QUOTE.sub("", page.line(n), count=node.depth)) for n in range(node.start + 1, node.end + 1)]
            notes += split_zotero_notes(body)
            lines.update(range(node.start, node.end + 1))
    return tuple(notes), frozenset(lines)


def _value_problems(page: ParsedNote, keys: Keys) -> list[Problem]:
    """Placeholders and printed failures where a bibliographic value should be (DECISIONS 2, FORMAT 7.1)."""
    values = [(s.name, s.raw, s.line) for s in page.body.inline_fields]
    values += [(p.key, p.value.raw, p.line) for p in page.front.properties if isinstance(p.value, Scalar)]
    problems: list[Problem] = []
    for name, raw, line in values:
        if "Error: `" in raw:
            message = f"The template printed an error instead of `{name}`; it is no value. Correct the note or import it again."
            problems.append(Problem("template-error", "warning", line, message))
        elif ("{{" in raw and is_placeholder(raw)) or (is_garbage(raw) and keys.field(name) is not None):
            message = f"`{name}` holds a left-over of the template (`{raw[:40]}`); it is no value."
            problems.append(Problem("template-placeholder", "info", line, message))
    return problems


def _imported(
    page: ParsedNote,
    region: Region,
    statements: list[Statement],
    abstract: Passage | None,
    bibliography: Passage | None,
) -> frozenset[int]:
    """The lines that a plugin or template wrote: statements, region callouts, abstract, reference."""
    said = [each for each in statements if each.source is not Source.SECTION]  # a section's heading is the reader's
    lines = {each.line for each in said if each.line is not None and each.line >= page.first}
    for passage in (abstract, bibliography):
        if passage is not None:
            lines |= passage.lines
    for node, _ in page.callouts:
        if node.start in region.lines:
            lines.update(range(node.start, node.end + 1))
    if region.info is not None:
        lines |= region.lines
    return frozenset(lines)
