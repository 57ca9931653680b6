"""A Note as rows: plain tuples by table, ready for `executemany` and for `marshal` (they are made in the worker
process).

A table that holds a list of a note has the key (note_id, position), and its columns are attributes of the values in that
list: `LISTS` names them once, for the rows and for the SQL that writes them. Shared tables (tags, authors, collections,
field keys) are named by their key; the writing SQL finds their ids.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Final

from litindex.index.search_texts import search_texts
from litindex.models import Annotation, Creator, Link, Note, TagUse, Work
from litindex.parser.values.names import name_parts
from litindex.text_keys import search_forms, text_key, title_key

MOST_POSITIONS: Final = 65536
"""An annotation has the id note_id * MOST_POSITIONS + position, since full-text search needs one number; the parser gives
fewer annotations than that (`parser/limits.py`).
"""
TAG_LEVELS: Final = 64
"""Ancestors of a tag that have rows of their own."""

NOTE_COLUMNS: Final = """
path path_key name name_key folder title title_source kind excluded frontmatter_state frontmatter_end created created_source
modified modified_source day imported_at encoding eol has_bom line_count word_count own_word_count
""".split()
"""Columns of `notes` that are attributes of a Note; before them stands the id."""
WORK_COLUMNS: Final = """
title year item_type read_status container citekey date publisher place volume issue pages edition series language
zotero_library zotero_key imported_at date_read pdf made_by csl_type date_raw citekey_key bibliography abstract
""".split()
"""Columns of `works` that are attributes of a Work; before them stand note_id, creators, tags, doi, title_key."""

LISTS: Final = {
    table: columns.split()
    for table, columns in {
        "aliases": "alias alias_key",
        "headings": "parent level text text_key line",
        "blocks": "kind block_id block_key line line_start line_end",
        "callouts": "parent depth type canonical_type metadata title fold line_start line_end",
        "tasks": "parent heading status completed text line created scheduled start due completion",
        "footnotes": "label label_key text line",
        "citations": "kind citekey citekey_key locator line",
        "zotero_notes": "zotero_key library uri modified text line_start line_end",
        "persist_blocks": "name is_default line_start line_end",
        "links": "property syntax is_embed target target_key subpath subpath_kind display line scheme",
        "fields": "key name form scope occurrence subkey item type value_text value_number value_date link task line",
        "annotations": "type color color_name heading page page_label text comment image_link attachment_key annotation_key"
        " library uri imported_at line",
        "identifiers": "scheme value",
        "creators": "name_key role role_position name kind line",
        "provenance": "field verdict value source key line",
    }.items()
}
"""Attributes of the values in a note's (or its work's) list of that name, in the order of the row. Before them stand
note_id and position.
"""
AUTHOR_PARTS: Final = "name kind family given particle suffix family_key given_key initials".split()
"""What `name_parts` gives."""

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
"""Table name -> rows. `tags`, `authors`, `collections`, `field_keys` hold what the note needs of the shared tables."""

_GETTERS: Final[dict[str, Callable[[Any], Row]]] = {table: attrgetter(*columns) for table, columns in LISTS.items()}
_note_values = attrgetter(*NOTE_COLUMNS)
_work_values = attrgetter(*WORK_COLUMNS)
_PLAIN = (
    "aliases",
    "headings",
    "blocks",
    "callouts",
    "tasks",
    "footnotes",
    "citations",
    "zotero_notes",
    "persist_blocks",
)


def make_rows(note_id: int, note: Note, file: Row) -> Rows:
    """All rows of one note. `file`: size, mtime_ns, ctime_ns, ino, sha256, path_bytes."""
    rows: Rows = {"files": [(note_id, *file)], "notes": [(note_id, *_note_values(note))]}
    if note.excluded:
        return rows
    texts = search_texts(note)
    rows["note_texts"] = [(note_id, note.body, note.own_text, texts.grams, texts.own_grams, note.frontmatter)]
    rows["imported_texts"] = [(note_id, *place) for place in texts.places]
    rows["notes_fts"] = [(note_id, *texts.terms)]
    for table in _PLAIN:
        rows[table] = _listed(table, note_id, getattr(note, table))
    rows.update(_link_rows(note_id, note))
    rows.update(_tag_rows(note_id, note))
    rows.update(_annotation_rows(note_id, note.annotations))
    if note.work:
        rows.update(_work_rows(note_id, note, note.work))
    rows["problems"] = [(note_id, note.path, *problem) for problem in note.problems]
    return rows


def _listed(table: str, note_id: int, values: Iterable[Any]) -> list[Row]:
    values_of = _GETTERS[table]
    return [(note_id, position, *values_of(value)) for position, value in enumerate(values)]


def _with_raw(table: str, note_id: int, values: Iterable[Any], same_as: str) -> list[Row]:
    """With `raw` at the end, NULL where it is the same as another attribute."""
    other = attrgetter(same_as)
    listed = zip(_listed(table, note_id, values), values, strict=True)
    return [(*row, None if value.raw == other(value) else value.raw) for row, value in listed]


# ---------------------------------------------------------------------- links, fields, tags


def _link_rows(note_id: int, note: Note) -> Rows:
    """Links without their targets, which the resolver finds, and fields, which may be a link or stand in a task."""
    links = zip(_listed("links", note_id, note.links), note.links, strict=True)
    return {
        "links": [(*row, _resolution(link), None, None) for row, link in links],
        "fields": _with_raw("fields", note_id, note.fields, "value_text"),
        "field_keys": sorted({(field.key,) for field in note.fields}),
    }


def _resolution(link: Link) -> str:
    return "unresolved" if link.scheme is None else "external"


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
        (note_id, use.kind, use.tag_key, use.source, at, use.name, use.line, use.count) for at, use in enumerate(uses)
    ]
    return {"tags": [row for use in uses for row in _tag_family(use)], "note_tags": note_tags}


def tag_depths(levels: int) -> list[int]:
    """The depths at which an Obsidian tag of so many levels has a row: of some of its ancestors, and its own."""
    return [*range(1, min(levels, TAG_LEVELS + 1)), levels]


def _tag_family(use: TagUse) -> list[Row]:
    """The tag below its ancestors (T9): kind, key, name, leaf, depth, parent's key. Zotero's tags have none (T10). A tag
    deeper than `TAG_LEVELS` hangs below its ancestor of that depth: a row for each of thousands of levels would hold the
    square of the tag's length.
    """
    if use.kind != "obsidian" or "/" not in use.tag_key:
        return [(use.kind, use.tag_key, use.name, use.name, 1, None)]
    keys, names = use.tag_key.split("/"), use.name.split("/")
    rows: list[Row] = []
    parent = None
    for depth in tag_depths(len(keys)):
        key = "/".join(keys[:depth])
        rows.append((use.kind, key, "/".join(names[:depth]), names[depth - 1], depth, parent))
        parent = key
    return rows


# ---------------------------------------------------------------------- literature


def _annotation_rows(note_id: int, annotations: tuple[Annotation, ...]) -> Rows:
    base = note_id * MOST_POSITIONS
    found_by = [search_forms(f"{each.text or ''}\n{each.comment or ''}") or None for each in annotations]
    listed = zip(_listed("annotations", note_id, annotations), found_by, strict=True)
    return {
        "annotations": [(base + row[1], *row, forms) for row, forms in listed],
        "annotations_fts": [(base + at, each.text, each.comment, found_by[at]) for at, each in enumerate(annotations)],
        "annotation_tags": [(base + at, key) for at, each in enumerate(annotations) for _, key in each.tags],
    }


def _work_rows(note_id: int, note: Note, work: Work) -> Rows:
    creators = _once(work.creators)
    return {
        "works": [_work_row(note_id, note, work)],
        "identifiers": _with_raw("identifiers", note_id, work.identifiers, "value"),
        "authors": [(each.name_key, *name_parts(each.name, each.kind)) for each in creators],
        "note_authors": _with_raw("creators", note_id, creators, "name"),
        "collections": [(collection_key(name), name) for name in work.collections],
        "note_collections": [(note_id, collection_key(name), at, name) for at, name in enumerate(work.collections)],
        "provenance": _with_raw("provenance", note_id, work.provenance, "value"),
    }


def _once(creators: tuple[Creator, ...]) -> list[Creator]:
    """Each person once in a role: `authors.toml` may make two of them one."""
    return list({(each.name_key, each.role): each for each in reversed(creators)}.values())[::-1]


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
    """What collections are compared by."""
    return text_key(name)


def note_of(table: str, row: Row) -> int:
    """The id of the note that a row of a list belongs to."""
    if table == "annotations":
        return int(row[1])
    return int(row[0]) // MOST_POSITIONS if table == "annotations_fts" else int(row[0])
