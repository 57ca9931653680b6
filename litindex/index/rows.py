"""A Note as rows: plain tuples by table, ready for `executemany` and for `marshal` (they are made in the worker
process).

The id of a row that a note holds many of is note_id * 65536 + its position in the note's tuple, so that parents,
headings, links and tasks need no look-up. Shared dimensions (tags, authors, collections, field keys) are named by
their key; the writing SQL finds their ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from litindex.models import Creator, Note, TagUse, Work
from litindex.text_keys import grams, text_key, title_key

ROWS_PER_NOTE = 65536
TAG_LEVELS = 64
"""Ancestors of a tag that have rows of their own."""

NOTE_COLUMNS = [
    *[
        "path",
        "path_key",
        "name",
        "name_key",
        "folder",
        "title",
        "title_source",
        "kind",
        "excluded",
        "frontmatter_state",
    ],
    *[
        "frontmatter_end",
        "created",
        "created_source",
        "modified",
        "modified_source",
        "day",
        "imported_at",
        "encoding",
        "eol",
    ],
    *["has_bom", "line_count", "word_count", "own_word_count"],
]
"""Columns of `notes` that are attributes of a Note; before them come id, signature, sha256 and path_bytes."""
WORK_COLUMNS = [
    *[
        "title",
        "year",
        "item_type",
        "read_status",
        "container",
        "citekey",
        "date",
        "publisher",
        "place",
        "volume",
        "issue",
    ],
    *[
        "pages",
        "edition",
        "series",
        "language",
        "zotero_library",
        "zotero_key",
        "imported_at",
        "date_read",
        "pdf",
        "source",
    ],
    *["csl_type", "date_raw", "citekey_key", "bibliography", "abstract"],
]
"""Columns of `works` that are attributes of a Work; before them come note_id, creators, tags, doi, title_key."""

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
"""Table name -> rows. `tags`, `authors`, `collections`, `field_keys` hold what the note needs of the shared
dimensions.
"""


def make_rows(note_id: int, note: Note, signature: Row) -> Rows:
    """All rows of one note. `signature`: size, mtime_ns, ctime_ns, ino, sha256, path_bytes."""
    rows: Rows = {"notes": [(note_id, *signature, *_note_values(note))]}
    if note.excluded:
        return rows
    rows["note_texts"] = [_text_row(note_id, note)]
    rows.update(_structure_rows(note_id, note))
    rows.update(_link_rows(note_id, note))
    rows.update(_tag_rows(note_id, note))
    rows.update(_literature_rows(note_id, note))
    if note.work:
        rows.update(_work_rows(note_id, note, note.work))
    rows["problems"] = [(note_id, note.path, *problem) for problem in note.problems]
    return rows


# In the order of the rows; what is no attribute of the value stands before them.
_note_values = attrgetter(*NOTE_COLUMNS)
_work_values = attrgetter(*WORK_COLUMNS)


def _text_row(note_id: int, note: Note) -> Row:
    authors = "\n".join(creator.name for creator in note.work.creators) if note.work else ""
    abstract = (note.work.abstract or "") if note.work else ""
    aliases = "\n".join(_other_names(note))
    words = grams("\n".join((note.title, aliases, authors, abstract, note.body)))
    return note_id, note.title, aliases, authors, abstract, note.body, note.own_text, words, note.frontmatter


def _other_names(note: Note) -> Iterator[str]:
    """What the note is called besides its title: people search for file names and citekeys too."""
    yield from (alias.alias for alias in note.aliases)
    citekey = note.work.citekey if note.work else None
    if note.name not in (note.title, citekey):
        yield note.name
    if citekey:
        yield citekey


def _structure_rows(note_id: int, note: Note) -> Rows:
    base = note_id * ROWS_PER_NOTE
    return {
        "aliases": [(base + at, note_id, at, *alias) for at, alias in enumerate(note.aliases)],
        "headings": [
            (base + at, note_id, at, level, text, key, line, _id(base, parent))
            for at, (level, text, key, line, parent) in enumerate(note.headings)
        ],
        "blocks": [(base + at, note_id, *block) for at, block in enumerate(note.blocks)],
        "callouts": [
            (base + at, note_id, at, _id(base, parent), *rest) for at, (parent, *rest) in enumerate(note.callouts)
        ],
        "tasks": [
            (base + at, note_id, at, _id(base, parent), _id(base, heading), *rest)
            for at, (parent, heading, *rest) in enumerate(note.tasks)
        ],
        "footnotes": [(base + at, note_id, *footnote) for at, footnote in enumerate(note.footnotes)],
        "persist_blocks": [(base + at, note_id, at, *block) for at, block in enumerate(note.persist_blocks)],
    }


def _id(base: int, position: int | None) -> int | None:
    return None if position is None else base + position


def _link_rows(note_id: int, note: Note) -> Rows:
    """Links without their targets, which the resolver finds, and fields, which may point to a link or a task."""
    base = note_id * ROWS_PER_NOTE
    position = {"body": 0, "frontmatter": 0}
    links = []
    for at, link in enumerate(note.links):
        resolution = "unresolved" if link.scheme is None else "external"
        links.append((base + at, note_id, position[link.source], *link[:11], resolution, link.scheme))
        position[link.source] += 1
    fields = [
        (base + at, note_id, *field[:13], _id(base, field.link), _id(base, field.task), field.line)
        for at, field in enumerate(note.fields)
    ]
    return {"links": links, "fields": fields, "field_keys": sorted({(field.key,) for field in note.fields})}


def _tag_rows(note_id: int, note: Note) -> Rows:
    """A tag written in an annotation is a tag of the note, whether or not the parser also lists it as one."""
    uses = list(note.tags)
    listed = {use.tag_key for use in uses if use.kind == "obsidian"}
    for annotation in note.annotations:
        for name, key in annotation.tags:
            if key not in listed:
                listed.add(key)
                uses.append(TagUse("obsidian", name, key, "inline", annotation.line, 1))
    note_tags = [
        (note_id, use.kind, use.tag_key, use.source, use.line, use.count, use.name, at) for at, use in enumerate(uses)
    ]
    return {"tags": [row for use in uses for row in _tag_family(note_id, use)], "note_tags": note_tags}


def tag_depths(levels: int) -> list[int]:
    """The depths at which an Obsidian tag of so many levels has a row: of some of its ancestors, and its own."""
    return [*range(1, min(levels, TAG_LEVELS + 1)), levels]


def _tag_family(note_id: int, use: TagUse) -> list[Row]:
    """The tag below its ancestors (T9): kind, key, name, leaf, depth, parent's key, note. Zotero's tags have none
    (T10). A tag deeper than `TAG_LEVELS` hangs below its ancestor of that depth: a row for each of thousands of levels
    would hold the square of the tag's length.
    """
    if use.kind != "obsidian" or "/" not in use.tag_key:
        return [(use.kind, use.tag_key, use.name, use.name, 1, None, note_id)]
    keys, names = use.tag_key.split("/"), use.name.split("/")
    rows: list[Row] = []
    parent = None
    for depth in tag_depths(len(keys)):
        key = "/".join(keys[:depth])
        rows.append((use.kind, key, "/".join(names[:depth]), names[depth - 1], depth, parent, note_id))
        parent = key
    return rows


def _literature_rows(note_id: int, note: Note) -> Rows:
    base = note_id * ROWS_PER_NOTE
    return {
        "citations": [(base + at, note_id, at, *citation) for at, citation in enumerate(note.citations)],
        "annotations": [
            (base + at, note_id, at, *each[:8], _id(base, each.image), *each[9:15])
            for at, each in enumerate(note.annotations)
        ],
        "annotation_tags": [(base + at, key) for at, each in enumerate(note.annotations) for _, key in each.tags],
        "zotero_notes": [(base + at, note_id, at, *each) for at, each in enumerate(note.zotero_notes)],
    }


def _work_rows(note_id: int, note: Note, work: Work) -> Rows:
    base = note_id * ROWS_PER_NOTE
    creators = list(enumerate(work.creators, 1))
    return {
        "works": [_work_row(note_id, note, work)],
        "identifiers": [(base + at, note_id, *identifier) for at, identifier in enumerate(work.identifiers)],
        "authors": [(each.name_key, note_id, each.name, *_parts(each)) for _, each in creators],
        "note_authors": [
            (
                note_id,
                at,
                each.name_key,
                each.role,
                each.role_position,
                each.raw,
                each.line,
                each.name,
                json.dumps(_parts(each)),
            )
            for at, each in creators
        ],
        "collections": [(collection_key(name), note_id, name) for name in work.collections],
        "note_collections": [(note_id, collection_key(name), name, at) for at, name in enumerate(work.collections)],
        "statements": [(note_id, at, *each) for at, each in enumerate(work.provenance)],
    }


def _parts(creator: Creator) -> Row:
    """What `authors` says of a person beside the name: kind, family, given, particle, suffix, family_key, given_key,
    initials.
    """
    return creator[4:12]


def _work_row(note_id: int, note: Note, work: Work) -> Row:
    tags: dict[str, str] = {}
    for use in note.tags:
        if use.kind == "obsidian":
            tags.setdefault(use.tag_key, use.name)
    doi = next((identifier.value for identifier in work.identifiers if identifier.scheme == "doi"), None)
    creators = _json_list([creator.name for creator in work.creators])
    key = title_key(work.title) if work.title else None
    return note_id, creators, _json_list(list(tags.values())), doi, key, *_work_values(work)


def _json_list(names: list[str]) -> str:
    """With ", " so that Datasette can break the line (DECISIONS 7)."""
    return json.dumps(names, ensure_ascii=False) if names else "[]"


def collection_key(name: str) -> str:
    return text_key(name)
