"""Bytes -> Note. Total: whatever the bytes are, a Note comes back, with its problems (house rule 3)."""

from __future__ import annotations

import json
import re
from typing import Any

from litindex.models import Note, Problem, Settings, TagUse
from litindex.parser import scanner, structure
from litindex.parser.body import LIMIT, Body, dated_tasks, field_rows, read_leaves, tag_uses
from litindex.parser.frontmatter import FrontMatter
from litindex.parser.frontmatter import read as read_frontmatter
from litindex.parser.links import path_key
from litindex.parser.literature import Literature, read_literature
from litindex.parser.properties import (
    key_problems,
    property_aliases,
    property_links,
    property_rows,
    property_tags,
    stamp,
)
from litindex.parser.region import Page
from litindex.parser.source import Source, day_in, decode, is_conflict_copy
from litindex.parser.template import is_template
from litindex.parser.zotero import find_import_date, find_persist_blocks

_CJK = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def parse_note(path: str, data: bytes, settings: Settings = Settings()) -> Note:  # noqa: B008
    """What the note at vault path `path` (NFC) with these bytes says. Never raises."""
    source = decode(data)
    try:
        return _parse(path, source, settings)
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
    front = read_frontmatter(source.lines)
    first = (front.end or 0) + 1
    lines = source.lines[first - 1 :]
    names = _names(path)
    drawing = path.lower().endswith(".excalidraw.md") or any(
        prop.key == "excalidraw-plugin" for prop in front.properties
    )
    document = scanner.scan(lines, first)
    body = read_leaves(document, drawing=drawing)
    if is_template(front, body, lines, document):
        return _template(source, front, lines, names)
    page = Page(names["name"], front, document, lines, first, body)
    return _note(page, source, names, settings, drawing)


def _template(source: Source, front: FrontMatter, lines: list[str], names: dict[str, Any]) -> Note:
    """A template gives its text and its structure, nothing else (F13, DECISIONS 2)."""
    message = "This is a template: its placeholders are not values. Nothing but its text is indexed."
    problem = Problem("template-placeholder", "info", None, message)
    text = "\n".join(lines)
    created, created_source = stamp(front.properties, "created")
    modified, modified_source = stamp(front.properties, "modified")
    return Note(
        **names, title=names["name"], title_source="filename", kind="template", frontmatter_state=front.state, frontmatter_end=front.end,
        created=created, created_source=created_source, modified=modified, modified_source=modified_source, encoding=source.encoding,
        eol=source.eol, has_bom=source.has_bom, line_count=len(source.lines), word_count=count_words(text, source.spaceless), body=text,
        problems=(*source.problems, problem),
    )  # fmt: skip


def _note(page: Page, source: Source, names: dict[str, Any], settings: Settings, drawing: bool) -> Note:
    front, document, lines, first, body = page.front, page.document, page.lines, page.first, page.body
    problems = [*source.problems, *front.problems]
    sound = front.properties if front.state == "ok" else []
    front_links, link_problems = property_links(sound)
    front_tags, tag_problems = property_tags(sound)
    headings = () if drawing else structure.find_headings(document, lines, first)
    callouts, callout_nodes = structure.find_callouts(document)
    tasks, task_index = ([], {}) if drawing else structure.find_tasks(document, headings)
    named_blocks, block_problems = ([], []) if drawing else structure.find_blocks(document)
    footnotes, footnote_problems = structure.find_footnotes(document)
    text = "\n".join(lines)
    persist, persist_problems = find_persist_blocks(text, first)
    problems += (
        key_problems(sound)
        + link_problems
        + tag_problems
        + body.problems
        + block_problems
        + footnote_problems
        + persist_problems
    )
    page = page._replace(persist=tuple(persist), headings=headings, callouts=callouts, callout_nodes=callout_nodes)
    literature = read_literature(page, settings, is_copy=is_conflict_copy(names["name"]))
    problems += literature.problems
    if is_conflict_copy(names["name"]):
        problems.append(
            Problem(
                "sync-conflict",
                "warning",
                None,
                "A sync tool made this copy of a note that was changed in two places: merge and delete it.",
            )
        )
    fields = property_rows(front.properties, front_links)
    fields += field_rows(body.statements, len(front.properties), body.links, len(front_links), task_index)
    title, title_source = _title(page, literature)
    created, created_source = stamp(sound, "created")
    modified, modified_source = stamp(sound, "modified")
    note = Note(
        **names, title=title, title_source=title_source,
        kind="excalidraw" if drawing else "literature" if literature.work else "note",
        frontmatter_state=front.state, frontmatter_end=front.end,
        created=created, created_source=created_source, modified=modified, modified_source=modified_source,
        imported_at=find_import_date(lines), encoding=source.encoding, eol=source.eol, has_bom=source.has_bom,
        line_count=len(source.lines), word_count=count_words(text, source.spaceless), own_word_count=count_words(literature.own_text, source.spaceless),
        frontmatter=_json(front), body=text, own_text=literature.own_text, work=literature.work,
        aliases=property_aliases(sound), tags=_tags(front_tags, body, literature), headings=headings, blocks=tuple(named_blocks),
        callouts=callouts, tasks=dated_tasks(tasks, body.statements, task_index), footnotes=tuple(footnotes),
        links=(*front_links, *body.links), fields=tuple(fields), citations=tuple(body.citations),
        annotations=_shifted(literature, len(front_links)), zotero_notes=literature.zotero_notes, persist_blocks=tuple(persist),
        problems=tuple(problems),
    )  # fmt: skip
    return _within_limits(note)


def _shifted(literature: Literature, offset: int) -> tuple[Any, ...]:
    """Image links of annotations count among the note's links, of which the property links come first."""
    if not offset:
        return literature.annotations
    return tuple(a if a.image is None else a._replace(image=a.image + offset) for a in literature.annotations)


def _tags(front_tags: list[TagUse], body: Body, literature: Literature) -> tuple[TagUse, ...]:
    return (*front_tags, *tag_uses(body.tag_places), *literature.zotero_tags)


def _json(front: FrontMatter) -> str | None:
    return json.dumps(front.data, ensure_ascii=False) if isinstance(front.data, dict) else None


def _title(page: Page, literature: Literature) -> tuple[str, str]:
    """F12: of the work, of the property, of the first level-1 heading, or the file name."""
    if literature.work is not None and literature.work.title:
        return literature.work.title, "work"
    if page.front.state == "ok" and isinstance(page.front.data, dict):
        for key, value in page.front.data.items():
            if key.lower() == "title" and isinstance(value, str) and value.strip():
                return " ".join(value.split()), "property"
    for heading in page.headings:
        if heading.level == 1 and heading.text:
            return heading.text, "heading"
    return page.name, "filename"


def _within_limits(note: Note) -> Note:
    """At most LIMIT rows of a kind (FAULTS Y10): a problem says what was cut."""
    from dataclasses import replace

    cut: dict[str, Any] = {}
    for name in (
        "links",
        "headings",
        "blocks",
        "callouts",
        "tasks",
        "footnotes",
        "fields",
        "citations",
        "annotations",
        "aliases",
        "tags",
    ):
        rows = getattr(note, name)
        if len(rows) > LIMIT:
            cut[name] = rows[:LIMIT]
    if not cut:
        return note
    message = f"More than {LIMIT} {', '.join(sorted(cut))} in one note: the rest is not indexed (its text is)."
    note = replace(note, **cut, problems=(*note.problems, Problem("truncated", "warning", None, message)))
    return replace(
        note,
        fields=tuple(
            f._replace(
                link=f.link if f.link is not None and f.link < LIMIT else None,
                task=f.task if f.task is not None and f.task < LIMIT else None,
            )
            for f in note.fields
        ),
        tasks=tuple(
            t._replace(heading=t.heading if t.heading is not None and t.heading < LIMIT else None) for t in note.tasks
        ),
        annotations=tuple(
            a._replace(image=a.image if a.image is not None and a.image < LIMIT else None) for a in note.annotations
        ),
    )
