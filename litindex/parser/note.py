"""Bytes -> Note. Total: whatever the bytes are, a Note comes back, with its problems (house rule 3)."""

from __future__ import annotations

import json
import re
from contextlib import closing
from typing import Any, Final

from litindex.models import Annotation, Note, Problem, Settings
from litindex.parser.decoding import Source, day_in, decode, is_conflict_copy
from litindex.parser.frontmatter.handler import HANDLER, FrontMatter
from litindex.parser.limits import within_limits
from litindex.parser.literature import Literature, read_literature
from litindex.parser.markdown import scanner
from litindex.parser.obsidian.admonitions import as_callouts
from litindex.parser.obsidian.body import field_rows, read_leaves
from litindex.parser.obsidian.callouts import callout_rows
from litindex.parser.obsidian.headings import plain_text
from litindex.parser.obsidian.properties import property_rows, read_properties, stamp
from litindex.parser.obsidian.structure import Structure, read_structure
from litindex.parser.obsidian.tags import tag_uses
from litindex.parser.obsidian.tasks import dated_tasks
from litindex.parser.obsidian.templates import is_template, left_over
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.zotero.persist_blocks import find_import_date
from litindex.text_keys import path_key

_CJK = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def parse_note(path: str, data: bytes, settings: Settings = Settings()) -> Note:  # noqa: B008
    """What the note at vault path `path` (NFC) with these bytes says. Never raises."""
    source = decode(data)
    try:
        return within_limits(_parse(path, source, settings), len(source.text), max(map(len, source.lines), default=0))
    except Exception as error:  # a fault of ours must not take the user's other notes along; tests look for this code
        cause = f"{type(error).__name__}: {error}"
        message = f"litindex could not read this note ({cause}); only its text is indexed. Please report it."
        return _bare(path, source, (Problem("parser-failed", "error", None, message),))


def excluded_note(path: str, data: bytes) -> Note:
    """The row of a note that the vault excludes: a link target, nothing is read from it (F3)."""
    source = decode(data)
    return Note(**_names(path), title=_stem(path), title_source="filename", kind="note", excluded=1, eol=source.eol,
                encoding=source.encoding, has_bom=source.has_bom, line_count=len(source.lines))  # fmt: skip


def unread_note(path: str, problem: Problem) -> Note:
    """The row of a note whose bytes could not be had."""
    return Note(**_names(path), title=_stem(path), title_source="filename", kind="note", problems=(problem,))


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    return name[:-3] if name.lower().endswith(".md") else name


def _names(path: str) -> dict[str, Any]:
    name = _stem(path)
    return {
        "path": path,
        "path_key": path_key(path),
        "name": name,
        "name_key": path_key(name),
        "folder": path.rpartition("/")[0],
        "day": day_in(name),
    }


def _bare(path: str, source: Source, problems: tuple[Problem, ...]) -> Note:
    return Note(**_names(path), title=_stem(path), title_source="filename", kind="note", eol=source.eol, encoding=source.encoding,
                has_bom=source.has_bom, line_count=len(source.lines), body=source.text, problems=problems)  # fmt: skip


def count_words(text: str, spaceless: bool) -> int:
    """Words by white space; where a script without spaces occurs, each of its characters counts as one."""
    words = len(text.split())
    return words + len(_CJK.findall(text)) if spaceless else words


def _parse(path: str, source: Source, settings: Settings) -> Note:
    front = HANDLER.read(source.lines)
    first = front.last + 1
    text = "\n".join(source.lines[first - 1 :])
    lines = as_callouts(source.lines[first - 1 :], text)
    drawing = path.lower().endswith(".excalidraw.md") or any(p.key == "excalidraw-plugin" for p in front.properties)
    with closing(scanner.scan(lines, first)) as document:
        body = read_leaves(document, drawing=drawing)
        statement = left_over(front, text, document)
        if is_template(front, body, text, statement):
            return _template(source, front, text, _names(path))
        structure = read_structure(document, body.comments(), lines, text, first, drawing=drawing)
        page = ParsedNote(
            _stem(path), front, document, text, lines, first, body, tuple(structure.persist), structure.headings,
            structure.callouts,
        )  # fmt: skip
        kind = "excalidraw" if drawing else None
        note = _note(page, source, structure, settings, _names(path), kind)
        return note if statement is None else note._replace(problems=(*note.problems, _left_over(statement)))


def _left_over(line: int) -> Problem:
    message = "A statement of the template was not carried out: the note is read all the same. Delete it."
    return Problem("template-leftover", "info", line, message)


def _template(source: Source, front: FrontMatter, text: str, names: dict[str, Any]) -> Note:
    """A template gives its text and its structure, nothing else (F13, DECISIONS 2)."""
    message = "This is a template: its placeholders are not values. Nothing but its text is indexed."
    problem = Problem("template-placeholder", "info", None, message)
    created, created_source = stamp(front.properties, "created")
    modified, modified_source = stamp(front.properties, "modified")
    return Note(
        **names, title=names["name"], title_source="filename", kind="template", frontmatter_state=front.state, frontmatter_end=front.end,
        created=created, created_source=created_source, modified=modified, modified_source=modified_source, encoding=source.encoding,
        eol=source.eol, has_bom=source.has_bom, line_count=len(source.lines), word_count=count_words(text, source.spaceless), body=text,
        problems=(*source.problems, problem),
    )  # fmt: skip


def _note(
    page: ParsedNote, source: Source, structure: Structure, settings: Settings, names: dict[str, Any], kind: str | None
) -> Note:
    front, body = page.front, page.body
    properties = read_properties(front)
    is_copy = is_conflict_copy(page.name)
    literature = read_literature(page, settings, is_copy=is_copy)
    title, title_source = _title(page, literature)
    fields = property_rows(front.properties, properties.links)
    fields += field_rows(body.inline_fields, len(front.properties), body.links, len(properties.links), structure.tasks)
    problems = (
        *source.problems, *front.problems, *properties.problems, *body.problems, *structure.problems, *literature.problems,
        *([_CONFLICT_COPY] if is_copy else []),
    )  # fmt: skip
    return Note(
        **names, title=title, title_source=title_source, kind=kind or ("literature" if literature.work else "note"),
        frontmatter_state=front.state, frontmatter_end=front.end,
        created=properties.created[0], created_source=properties.created[1],
        modified=properties.modified[0], modified_source=properties.modified[1], imported_at=find_import_date(page.lines),
        encoding=source.encoding, eol=source.eol, has_bom=source.has_bom, line_count=len(source.lines),
        word_count=count_words(page.text, source.spaceless), own_word_count=count_words(literature.own_text, source.spaceless),
        frontmatter=_json(front), body=page.text, own_text=literature.own_text, work=literature.work,
        aliases=properties.aliases, tags=(*properties.tags, *tag_uses(body.tag_places), *literature.zotero_tags),
        headings=page.headings, blocks=tuple(structure.blocks), callouts=callout_rows(page.callouts),
        tasks=dated_tasks(structure.tasks, body.inline_fields), footnotes=tuple(structure.footnotes),
        links=(*properties.links, *body.links), fields=tuple(fields), citations=tuple(body.citations),
        annotations=_shifted(literature, len(properties.links)), zotero_notes=literature.zotero_notes,
        persist_blocks=page.persist, problems=problems,
    )  # fmt: skip


_CONFLICT_COPY: Final = Problem(
    "sync-conflict",
    "warning",
    None,
    "A sync tool made this copy of a note that was changed in two places: merge and delete it.",
)


def _shifted(literature: Literature, offset: int) -> tuple[Annotation, ...]:
    """Image links of annotations count among the note's links, of which the property links come first."""
    if not offset:
        return literature.annotations
    return tuple(
        a if a.image_link is None else a._replace(image_link=a.image_link + offset) for a in literature.annotations
    )


def _json(front: FrontMatter) -> str | None:
    return _ENCODE(front.data) if isinstance(front.data, dict) else None


_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode


def _title(page: ParsedNote, literature: Literature) -> tuple[str, str]:
    """F12, DECISIONS 20: of the work, of the property, of a level-1 heading at the top of the body, or the file name."""
    if literature.work is not None and literature.work.title:
        return literature.work.title, "work"
    if page.front.state == "ok" and isinstance(page.front.data, dict):
        for key, value in page.front.data.items():
            if key.lower() == "title" and isinstance(value, str) and value.strip():
                return plain_text(value) or page.name, "property"
    heading = page.headings[0] if page.headings else None
    if heading is not None and heading.level == 1 and heading.text and _is_first(page, heading.line):
        return plain_text(heading.text) or page.name, "heading"
    return page.name, "filename"


def _is_first(page: ParsedNote, line: int) -> bool:
    """Whether nothing stands in the body before this line."""
    return not any(each.strip() for each in page.lines[: line - page.first])
