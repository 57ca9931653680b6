"""A Note as rows."""

from __future__ import annotations

import marshal

from litindex.index.rows import LISTS, MOST_POSITIONS, make_rows
from litindex.index.upserter import INSERTS, TERMS
from litindex.models import Annotation, Callout, Creator, Identifier, Note, TagUse, Task, Work
from litindex.parser.limits import LIMIT
from tests.sync.vault import Vault

SIGNATURE = (1, 2, 3, 4, "hash", None)
PLACE = {"path": "x/a.md", "path_key": "x/a.md", "name": "a", "name_key": "a", "folder": "x", "title": "A"}


def rows_of(**parts: object) -> dict[str, list[tuple[object, ...]]]:
    return make_rows(7, Note(**PLACE, title_source="filename", kind="note", **parts), SIGNATURE)  # type: ignore[arg-type]


def test_the_key_is_the_note_and_the_position_in_it() -> None:
    rows = rows_of(
        callouts=(
            Callout(None, 1, "note", "note", None, None, None, 1, 3),
            Callout(0, 2, "tip", "tip", None, None, None, 2, 3),
        ),
        tasks=(Task(None, None, " ", 0, "x", 1), Task(0, None, "x", 1, "y", 2)),
    )
    assert [row[:4] for row in rows["callouts"]] == [(7, 0, None, 1), (7, 1, 0, 2)]
    assert [row[:4] for row in rows["tasks"]] == [(7, 0, None, None), (7, 1, 0, None)]


def test_what_is_written_as_it_is_shown_is_kept_once() -> None:
    work = Work(title="T", identifiers=(Identifier("doi", "10.1/x", "10.1/x"), Identifier("isbn", "1", "ISBN 1")))
    assert [row[-1] for row in rows_of(work=work)["identifiers"]] == [None, "ISBN 1"]


def test_rows_are_plain_enough_to_be_sent() -> None:
    creator = Creator(
        "author", 1, "Adler, Mira", "adler, mira", "person", "Adler", "Mira", None, None, "adler", "mira", "m", "x", 1
    )
    work = Work(title="T", creators=(creator,), identifiers=(Identifier("doi", "10.1/x", "x"),), collections=("C",))
    rows = rows_of(work=work, tags=(TagUse("obsidian", "A/b", "a/b", "inline", 1, 1),))
    assert marshal.loads(marshal.dumps(rows)) == rows


def test_a_work_shows_its_creators_and_tags_for_reading() -> None:
    names = ["Adler, Mira", "Bøse, N."]
    creators = tuple(
        Creator("author", at, name, name.lower(), "person", None, None, None, None, None, "", "", name, 1)
        for at, name in enumerate(names, 1)
    )
    tags = tuple(
        TagUse(kind, name, name.lower(), "inline", 1, 1)
        for kind, name in [("obsidian", "B"), ("zotero", "z"), ("obsidian", "a")]
    )
    rows = rows_of(work=Work(title="Über α-Bells: 2!", creators=creators), tags=tags)
    (work,) = rows["works"]
    assert '["Adler, Mira", "Bøse, N."]' in work
    assert '["B", "a"]' in work
    assert "uberαbells2" in work


def test_an_excluded_note_is_one_row() -> None:
    rows = make_rows(7, Note(**PLACE, title_source="filename", kind="note", excluded=1), SIGNATURE)  # type: ignore[arg-type]
    assert {table: len(more) for table, more in rows.items()} == {"files": 1, "notes": 1}


def test_a_tag_of_an_annotation_is_a_tag_of_the_note() -> None:
    parts = dict.fromkeys(Annotation._fields[:14])
    rows = rows_of(
        annotations=(Annotation(**parts, line=3, tags=(("New", "new"), ("Old", "old"))),),  # type: ignore[arg-type]
        tags=(TagUse("obsidian", "old", "old", "inline", 1, 2),),
    )
    assert [(row[2], row[6], row[5]) for row in rows["note_tags"]] == [("old", 1, "old"), ("new", 3, "New")]
    assert rows["annotation_tags"] == [(7 * MOST_POSITIONS, "new"), (7 * MOST_POSITIONS, "old")]


def test_every_list_of_a_note_has_a_table_and_a_limit_that_ids_have_room_for() -> None:
    lists = {name for kind in (Note, Work) for name, default in kind._field_defaults.items() if default == ()}
    assert lists - {"tags", "collections", "problems"} == set(LISTS)
    assert LIMIT < MOST_POSITIONS


def test_every_row_has_as_many_values_as_its_table_is_given() -> None:
    vault_rows = rows_of(work=Work(title="T"))
    for table, rows in vault_rows.items():
        assert all(len(row) == (INSERTS | TERMS)[table].count("?") for row in rows), table


def test_a_note_of_very_many_rows_leaves_its_neighbour_room(vault: Vault) -> None:
    block = "%% begin p{0} %%\nx\n%% end p{0} %%\n"
    vault.write("a.md", "".join(map(block.format, range(MOST_POSITIONS + 1))))
    vault.write("b.md", block.format(0))
    vault.sync()
    assert vault.ask("SELECT path, count(*) FROM persist_blocks JOIN notes ON notes.id = note_id GROUP BY 1") == [
        ("a.md", LIMIT),
        ("b.md", 1),
    ]
    assert vault.problems() == {("a.md", "truncated")}
