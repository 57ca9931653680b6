"""What the runner of the vectors reads back, from a database filled by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.vectors import actual, typed

SCHEMA = Path(__file__).parents[1] / "migrations" / "0001_initial.sql"
NOTE = 3
ROW = NOTE << 16


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(new_index(NOTE)) as connection:
        yield connection


def new_index(note: int) -> sqlite3.Connection:
    """An index that holds one note, `Note.md`."""
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA.read_text("utf-8"))
    db.row_factory = sqlite3.Row
    add_note(db, note, "Note.md")
    return db


def add(db: sqlite3.Connection, table: str, **columns: Any) -> None:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(columns.values()))


def add_note(db: sqlite3.Connection, note: int, path: str, **columns: Any) -> None:
    name = path.removesuffix(".md")
    same = {"path": path, "path_key": path.lower(), "name": name, "name_key": name.lower(), "title": name}
    known = {"title_source": "filename", "kind": "note", "frontmatter_state": "none", "sha256": ""}
    stat = {"size": 1, "mtime_ns": note, "ctime_ns": note, "ino": note}
    add(db, "notes", id=note, **same, **known, **stat, **columns)


def add_link(db: sqlite3.Connection, position: int, target: str, **columns: Any) -> None:
    given = {"syntax": "wikilink", "source": "body", "resolution": "unresolved", **columns}
    add(
        db,
        "links",
        id=ROW + position,
        note_id=NOTE,
        position=position,
        target=target,
        target_key=target.lower(),
        raw=f"[[{target}]]",
        **given,
    )


def add_field(db: sqlite3.Connection, position: int, key: str, **columns: Any) -> None:
    db.execute("INSERT OR IGNORE INTO field_keys (key) VALUES (?)", (key,))
    (key_id,) = db.execute("SELECT id FROM field_keys WHERE key = ?", (key,)).fetchone()
    given = {"source": "inline", "form": "line", "occurrence": position, "type": "text", "raw": "", **columns}
    add(db, "fields", id=ROW + position, note_id=NOTE, key_id=key_id, name=key, **given)


def add_author(db: sqlite3.Connection, author: int, name: str, **columns: Any) -> None:
    add(db, "authors", id=author, name=name, name_key=name.casefold(), kind="person", **columns)


def test_a_note_that_is_not_in_the_index_is_an_error(db: sqlite3.Connection) -> None:
    with pytest.raises(LookupError, match=r"Gone\.md"):
        actual.read(db, "note", "Gone.md")


def test_paths_are_read_as_nfc(db: sqlite3.Connection) -> None:
    add_note(db, 4, "Caf\u00e9.md")
    assert actual.read(db, "note", "Cafe\u0301.md")["id"] == 4  # type: ignore[index]


def test_every_key_is_read_from_a_note_that_holds_nothing(db: sqlite3.Connection) -> None:
    empty = {key: actual.read(db, key, "Note.md") for key in actual.READERS}
    assert {key for key, value in empty.items() if value} == {"note", "frontmatter", "tags"}


def test_front_matter_is_the_state_the_end_and_the_data(db: sqlite3.Connection) -> None:
    db.execute("UPDATE notes SET frontmatter_state = 'ok', frontmatter_end = 4")
    add(db, "note_texts", note_id=NOTE, frontmatter='{"a": [1, null]}')
    assert actual.read(db, "frontmatter", "Note.md") == {"state": "ok", "end_line": 4, "data": {"a": [1, None]}}


def test_tags_are_told_by_source_in_the_order_and_spelling_of_the_note(db: sqlite3.Connection) -> None:
    for tag, name in enumerate(("b", "a", "b/c")):
        add(db, "tags", id=tag, kind="obsidian", name=name.upper(), tag_key=name, leaf=name[-1], depth=1)
    db.execute("UPDATE tags SET parent_id = 0, depth = 2 WHERE tag_key = 'b/c'")
    add(db, "note_tags", note_id=NOTE, tag_id=1, source="inline", name="A", position=1)
    add(db, "note_tags", note_id=NOTE, tag_id=0, source="inline", name="b", position=2)
    add(db, "note_tags", note_id=NOTE, tag_id=0, source="frontmatter", name="B", position=0)
    assert actual.read(db, "tags", "Note.md") == {"frontmatter": ["B"], "inline": ["A", "b"], "zotero": []}
    assert actual.read(db, "tag_rows", "Note.md") == [("a", None, 1), ("b", None, 1), ("b/c", "b", 2)]


def test_links_are_told_with_the_file_and_the_line_they_point_to(db: sqlite3.Connection) -> None:
    add_note(db, 4, "T.md")
    add(db, "attachments", id=1, path="a.pdf", path_key="", name="", name_key="", kind="pdf", size=0, **times())
    add(db, "headings", id=4 << 16, note_id=4, position=0, level=1, text="H", text_key="h", line=7)
    add(db, "blocks", id=4 << 16, note_id=4, block_id="x", block_key="x", kind="paragraph", **lines(8, 9), line=9)
    add_link(db, 0, "T", target_note_id=4, target_heading_id=4 << 16, resolution="note")
    add_link(db, 1, "T", target_note_id=4, target_block_id=4 << 16, resolution="note")
    add_link(db, 2, "a.pdf", target_attachment_id=1, resolution="attachment", is_embed=1)
    add_link(db, 3, "up", source="frontmatter", property="up")
    links: Any = actual.read(db, "links", "Note.md")
    assert [(link["resolved"], link["resolved_line"], link["embed"]) for link in links] == [
        ("T.md", 7, 0),
        ("T.md", 9, 0),
        ("a.pdf", None, 1),
    ]
    properties: Any = actual.read(db, "property_links", "Note.md")
    assert [(link["property"], link["target"]) for link in properties] == [("up", "up")]


def times() -> dict[str, int]:
    return {"mtime_ns": 1, "ctime_ns": 1, "ino": 1}


def lines(first: int, last: int) -> dict[str, int]:
    return {"line_start": first, "line_end": last}


def test_parents_are_places_in_the_list(db: sqlite3.Connection) -> None:
    for position, parent in enumerate((None, 0, 1)):
        parent_id = None if parent is None else ROW + parent
        add(
            db,
            "callouts",
            id=ROW + position,
            note_id=NOTE,
            position=position,
            parent_id=parent_id,
            type="t",
            **lines(1, 2),
        )
    callouts: Any = actual.read(db, "callouts", "Note.md")
    assert [callout["parent"] for callout in callouts] == [None, 0, 1]
    assert callouts[0]["lines"] == [1, 2]


def test_tasks_name_the_heading_above(db: sqlite3.Connection) -> None:
    add(db, "headings", id=ROW, note_id=NOTE, position=0, level=1, text="H", text_key="h", line=1)
    task = {"status": "x", "completed": 1, "text": "t", "line": 2}
    add(db, "tasks", id=ROW, note_id=NOTE, position=0, heading_id=ROW, **task)
    tasks: Any = actual.read(db, "tasks", "Note.md")
    assert (tasks[0]["heading"], tasks[0]["completed"], tasks[0]["parent"]) == ("H", 1, None)


def test_fields_are_statements_and_properties_are_rows(db: sqlite3.Connection) -> None:
    add_field(db, 0, "rating", source="frontmatter", form="yaml", type="number", value_text="5", value_number=5.0)
    add_field(db, 1, "pos", source="frontmatter", form="yaml", path="x", type="text", value_text="1")
    add_field(db, 2, "rating", type="number", value_number=4.0, value_text="4", raw="4")
    add_field(db, 3, "k", occurrence=3, item=0, type="text", value_text="q", raw='"q", 1')
    add_field(db, 4, "k", occurrence=3, item=1, type="number", value_number=1.0, value_text="1", raw='"q", 1')
    fields: Any = actual.read(db, "fields", "Note.md")
    assert [(field["key"], field["value"], field["raw"]) for field in fields] == [
        ("rating", 4, "4"),
        ("k", ["q", 1], '"q", 1'),
    ]
    assert actual.read(db, "field_values", "Note.md") == {"rating": ["5", "4"], "pos": ["1"], "k": ["q", "1"]}
    assert actual.read(db, "property_rows", "Note.md") == [("rating", "", 0, "5"), ("pos", "x", 0, "1")]
    assert actual.read(db, "property_types", "Note.md") == {"rating": "number", "pos": "text"}


@pytest.mark.parametrize(
    ("columns", "value"),
    [
        pytest.param({"type": "null", "raw": ""}, None, id="null"),
        pytest.param({"value_text": "", "raw": '""'}, "", id="empty text"),
        pytest.param({"value_text": "a, b", "raw": "a, b"}, "a, b", id="text with a comma"),
        pytest.param({"value_text": "a,", "raw": "a,"}, "a,", id="text that ends in a comma"),
        pytest.param({"value_text": "a", "raw": '"a",'}, ["a"], id="list of one text"),
        pytest.param(
            {"type": "number", "value_text": "5", "value_number": 5.0, "raw": "5, ^id"}, [5], id="list of one number"
        ),
        pytest.param({"type": "boolean", "value_text": "False", "raw": "False"}, False, id="boolean"),
        pytest.param({"type": "date", "value_date": "2024-01", "raw": "2024-01"}, {"date": "2024-01"}, id="month"),
        pytest.param({"type": "tag", "value_text": "a/b", "raw": "#a/b"}, "#a/b", id="tag"),
        pytest.param(
            {"type": "duration", "value_text": "6hr7min"}, {"duration": {"hours": 6, "minutes": 7}}, id="duration"
        ),
        pytest.param({"type": "list"}, [], id="empty list"),
        pytest.param({"type": "map"}, {}, id="empty map"),
    ],
)
def test_a_value_is_put_together_from_its_row(db: sqlite3.Connection, columns: dict[str, Any], value: object) -> None:
    add_field(db, 0, "k", **columns)
    fields: Any = actual.read(db, "fields", "Note.md")
    assert fields[0]["value"] == value


def test_a_link_value_is_the_link_it_points_to(db: sqlite3.Connection) -> None:
    add_link(db, 0, "N", subpath="#^h", display="n", is_embed=1)
    add_field(db, 0, "k", type="link", raw="![[N#^h|n]]", link_id=ROW)
    add_field(db, 1, "k", type="link", raw="![[N#^h|n]],", link_id=ROW)
    link = {"link": {"target": "N", "subpath": "^h", "display": "n", "embed": True}}
    fields: Any = actual.read(db, "fields", "Note.md")
    assert [field["value"] for field in fields] == [link, [link]]


def test_a_link_value_without_its_link_is_an_error(db: sqlite3.Connection) -> None:
    add_field(db, 0, "k", type="link", raw="[[N]]")
    with pytest.raises(ValueError, match="points to no row of links"):
        actual.read(db, "fields", "Note.md")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("5 min", {"minutes": 5}),
        ("3 days, 2 hours", {"days": 3, "hours": 2}),
        ("1 yr", {"years": 1}),
        ("5 mo", {"months": 5}),
        ("5 m", {"minutes": 5}),
        ("1.5wks", {"weeks": 1.5}),
    ],
)
def test_a_duration_is_its_parts(text: str, parts: dict[str, float]) -> None:
    assert typed.duration(text) == parts


def test_annotations_name_their_image_and_their_tags(db: sqlite3.Connection) -> None:
    add_link(db, 0, "p.png", is_embed=1)
    add(db, "annotations", id=ROW, note_id=NOTE, position=0, type="image", image_link_id=ROW, line=1)
    for tag, name in enumerate(("b", "a")):
        add(db, "tags", id=tag, kind="obsidian", name=name, tag_key=name, leaf=name, depth=1)
        add(db, "annotation_tags", annotation_id=ROW, tag_id=tag)
    add(db, "note_tags", note_id=NOTE, tag_id=1, source="inline", name="A", position=0)
    add(db, "note_tags", note_id=NOTE, tag_id=0, source="inline", name="b", position=1)
    annotations: Any = actual.read(db, "annotations", "Note.md")
    assert (annotations[0]["image"], annotations[0]["tags"]) == ("p.png", ["A", "b"])


def test_creators_come_in_the_order_of_the_note_with_the_parts_of_their_names(db: sqlite3.Connection) -> None:
    add(db, "works", note_id=NOTE, title="T")
    add_author(db, 1, "Roe, Ann", family="Roe", given="Ann")
    add_author(db, 2, "van Poe, Eve", family="Poe", given="Eve", particle="van")
    for position, (author, role, name) in enumerate([(2, "editor", "van POE, Eve"), (1, "author", "Roe, Ann")], 1):
        place = {"note_id": NOTE, "position": position, "role_position": 1}
        add(db, "note_authors", author_id=author, role=role, name=name, raw="", parts="", **place)
    creators: Any = actual.read(db, "creators", "Note.md")
    assert [(c["name"], c["role"], c["kind"]) for c in creators] == [
        ("van POE, Eve", "editor", "person"),
        ("Roe, Ann", "author", "person"),
    ]
    assert actual.read(db, "creator_parts", "Note.md") == [("Poe", "Eve", "van", None), ("Roe", "Ann", None, None)]


def test_problems_are_those_of_the_note_and_of_the_vault(db: sqlite3.Connection) -> None:
    add_note(db, 4, "Other.md")
    for note, code in ((NOTE, "encoding"), (NOTE, "encoding"), (4, "tag-invalid"), (None, "symlink-skipped")):
        add(db, "problems", note_id=note, path="", code=code, severity="info", message="")
    assert actual.read(db, "problems", "Note.md") == ["encoding", "symlink-skipped"]


def test_files_go_to_notes_excluded_attachments_or_nowhere(db: sqlite3.Connection) -> None:
    add_note(db, 4, "Templates/T.md", excluded=1)
    add(db, "attachments", id=1, path="a.pdf", path_key="", name="", name_key="", kind="pdf", size=0, **times())
    assert actual.files(db, ["Note.md", "Templates/T.md", "a.pdf", ".obsidian/app.json"]) == {
        "notes": {"Note.md"},
        "excluded": {"Templates/T.md"},
        "attachments": {"a.pdf"},
        "ignored": {".obsidian/app.json"},
    }
