"""A note as literature: its work, highlights, Zotero notes, and the user's own words apart from them (FORMAT section 7)."""

from __future__ import annotations

import re
from typing import NamedTuple

from litindex.models import Annotation, Problem, Settings, TagUse, Work, ZoteroNote
from litindex.parser.annotations.detect import find_annotations
from litindex.parser.bibliography.is_work import is_work
from litindex.parser.bibliography.metadata_region import Region, find_region
from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.sources.entries import entry_statements
from litindex.parser.bibliography.sources.head import (
    Passage,
    find_abstract,
    find_bibliography,
    first_title,
    head_statements,
)
from litindex.parser.bibliography.sources.labels import label_statements
from litindex.parser.bibliography.statement import (
    Statement,
    citekey_in_uri,
    no_value,
    plain_statements,
    property_statements,
)
from litindex.parser.bibliography.work import read_work, zotero_tags
from litindex.parser.frontmatter.yaml_core import Mapping, Scalar
from litindex.parser.obsidian.templates import is_garbage, is_placeholder
from litindex.parser.own_text import own_words
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import IDENTIFYING, Keys
from litindex.parser.zotero.child_notes import is_zotero_note_title, split_zotero_notes

_HINTS = {
    "t": ("zotero", "citekey", "cite key", "citation", "bibtex", "ty  - "),
    "i": ("doi", "isbn", "arxiv"),
    "%": ("%a ",),
    "@": ("@article{", "@book{", "@inproceedings{", "@misc{", "@phdthesis{"),
    '"': ('"family"',),
    "<": ("<td",),
}
"""What a note about a work may hold, under a character that each comes with: one character is quickly looked for."""
_LABEL = re.compile(r"[^\w\n]{0,16}([^\W\d_][\w ()/·.'’-]{1,40}?)[*_]*[ \t]*(?:[:：=|]|$)")
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
    annotations, annotation_lines = find_annotations(page)
    if not _may_be_work(page, keys):
        own = own_words(page, imported=note_lines | annotation_lines, work=None, annotations=annotations)
        return Literature(None, annotations, zotero_notes, _tags_only(page, keys, settings), own, problems)
    region = find_region(page, keys)
    statements = _gather(page, region, keys)
    heading = first_title(page, region)
    if is_copy or not is_work(page, statements, heading):
        own = own_words(page, imported=note_lines | annotation_lines, work=None, annotations=annotations)
        return Literature(None, annotations, zotero_notes, _tags_only(page, keys, settings), own, problems)
    statements += head_statements(page, region)
    abstract, bibliography = find_abstract(page, region, statements), find_bibliography(page, region, statements)
    work, tags, work_problems = read_work(page, statements, abstract, bibliography, settings)
    imported = note_lines | annotation_lines | _imported(page, region, statements, abstract, bibliography)
    own = own_words(page, imported=imported, work=work, annotations=annotations)
    return Literature(work, annotations, zotero_notes, tags, own, problems + work_problems)


def _gather(page: ParsedNote, region: Region, keys: Keys) -> list[Statement]:
    """Everything that the note states about a work."""
    statements = [
        *plain_statements(page, region, keys),
        *label_statements(page, region, keys),
        *entry_statements(page, keys),
    ]
    return statements + [statement for stated in statements if (statement := citekey_in_uri(stated))]


def _may_be_work(page: ParsedNote, keys: Keys) -> bool:
    """A cheap look before the dear one: most notes of a vault are about no work."""
    if page.name.startswith("@") or any(keys.slot(p.key) in IDENTIFYING for p in page.front.properties):
        return True
    lowered = page.text.lower()
    if any(hint in lowered for sign, hints in _HINTS.items() if sign in lowered for hint in hints) or any(
        keys.slot(s.name) in IDENTIFYING for s in page.body.inline_fields
    ):
        return True
    if any(isinstance(prop.value, Mapping) for prop in page.front.properties):
        return True
    stated = {keys.slot(prop.key) or "" for prop in page.front.properties}
    stated |= {keys.slot(s.name) or "" for s in page.body.inline_fields}
    if any(slot.startswith("creator:") for slot in stated):
        return True
    slots: set[str] = set()
    for line in page.lines[:60]:
        for found in _LABEL.finditer(line) if " | " in line or " · " in line else (_LABEL.match(line),):
            if found and (slot := keys.slot(found[1])):
                slots.add(slot)
    return any(slot.startswith("creator:") for slot in slots) and len(slots) > 1


def _tags_only(page: ParsedNote, keys: Keys, settings: Settings) -> list[TagUse]:
    """Zotero tags of a note that is no work: still tags (Z21)."""
    statements = [
        Statement("zotero_tags", s.name, s.raw, s.line, "field")
        for s in page.body.inline_fields
        if keys.slot(s.name) == "zotero_tags" and "zotero" in s.key and not no_value(s.raw)
    ]
    if not statements and not any(
        keys.slot(p.key) == "zotero_tags" and "zotero" in p.key.lower() for p in page.front.properties
    ):
        return []
    statements += [
        statement
        for statement in property_statements(page, keys)
        if statement.slot == "zotero_tags" and statement.key and "zotero" in statement.key.lower()
    ]
    return zotero_tags(Record(page, statements, settings))


def _zotero_notes(page: ParsedNote) -> tuple[tuple[ZoteroNote, ...], frozenset[int]]:
    notes: list[ZoteroNote] = []
    lines: set[int] = set()
    for callout, node in zip(page.callouts, page.callout_nodes, strict=True):
        if is_zotero_note_title(callout.title):
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
        elif is_placeholder(raw) or (is_garbage(raw) and keys.slot(name) is not None):
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
    lines = {statement.line for statement in statements if statement.line is not None and statement.line >= page.first}
    for passage in (abstract, bibliography):
        if passage is not None:
            lines |= passage.lines
    for node in page.callout_nodes:
        if node.start in region.lines:
            lines.update(range(node.start, node.end + 1))
    if region.info is not None:
        lines |= region.lines
    return frozenset(lines)
