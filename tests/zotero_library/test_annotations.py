"""Which annotations a new import of a note would bring, change or take away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from litindex.zotero_library.comparing.annotations import changes, imported
from litindex.zotero_library.imported_note import ImportedNote, NoteAnnotation
from litindex.zotero_library.items import Item, ItemAnnotation, ItemId

BEFORE, AFTER, MUCH_LATER = "2024-02-01 10:00:00", "2024-02-20 10:00:00", "2024-05-01 10:00:00"
IMPORTED = "2024-02-19T20:15:22.000+01:00"
KEYED = NoteAnnotation("ANNTTN22", "#ffd400", "the tide is the clock", "")
PLAIN = NoteAnnotation(None, "#ffd400", "the tide is the clock", "")


def theirs(key: str = "ANNTTN22", **values: Any) -> ItemAnnotation:
    given = {"type": "highlight", "text": "The tide is the clock.", "comment": "", "color": "#ffd400", "added": BEFORE}
    values = {**given, **values}
    return ItemAnnotation(key=key, **{"modified": values["added"], **values})


def told(note: Iterable[NoteAnnotation], zotero: Iterable[ItemAnnotation], **more: Any) -> str:
    values = {"imported_at": IMPORTED, "annotations": tuple(note), **more}
    item = Item(ItemId("library", "NGHTCHRS"), "journalArticle", BEFORE, annotations=tuple(zotero))
    return str(changes(ImportedNote("Note.md", **values), item, {each.key for each in zotero}))


@pytest.mark.parametrize("ours", [KEYED, PLAIN])
def test_what_the_note_holds_is_not_new(ours: NoteAnnotation) -> None:
    assert told([ours], [theirs()]) == ""


def test_what_was_made_after_the_import_is_new() -> None:
    made = [
        theirs(),
        theirs("NEWNEW22", text="mud", added=AFTER),
        theirs("NEWNEW33", text="", comment="!", added=AFTER),
    ]
    assert told([PLAIN], made) == "2 new (2 yellow)"


def test_colours_are_counted_by_their_names() -> None:
    colors = ("#ff6666", "#ff6666", "#2EA8E5", "")
    made = [theirs(f"NEWNEW2{at + 2}", text=f"t{at}", color=color, added=AFTER) for at, color in enumerate(colors)]
    assert told([PLAIN], made) == "4 new (2 red, blue, no colour)"


def test_what_a_template_or_a_reader_left_out_is_not_new() -> None:
    assert told([KEYED], [theirs(), theirs("LEFT2222", text="left out")]) == ""


@pytest.mark.parametrize("kind", ["image", "ink"])
def test_what_has_no_words_is_known_by_its_time(kind: str) -> None:
    assert told([PLAIN], [theirs(), theirs("MAGE2222", type=kind, text="", added=BEFORE)]) == ""
    assert told([PLAIN], [theirs(), theirs("MAGE2222", type=kind, text="", added=AFTER)]) == "1 new (yellow)"


@pytest.mark.parametrize("ours", [KEYED, PLAIN])
def test_what_was_changed_after_the_import_is_changed(ours: NoteAnnotation) -> None:
    assert told([ours], [theirs(color="#ff6666", modified=AFTER)]) == "1 changed (red)"


def test_other_words_are_a_change_and_not_a_new_annotation() -> None:
    assert told([PLAIN], [theirs(text="the moon is the clock", modified=AFTER)]) == "1 changed (yellow)"


def test_what_was_made_and_imported_and_changed_again_is_changed() -> None:
    assert told([KEYED], [theirs(added=AFTER, modified=MUCH_LATER)]) == "1 changed (yellow)"


def test_a_key_that_zotero_does_not_know_was_deleted() -> None:
    assert told([KEYED], []) == "1 deleted (yellow)"


def test_an_annotation_of_another_item_is_not_deleted() -> None:
    item = Item(ItemId("library", "NGHTCHRS"), "journalArticle", BEFORE)
    assert not changes(ImportedNote("Note.md", annotations=(KEYED,)), item, {"ANNTTN22"})


def test_a_note_that_never_takes_annotations_has_no_new_ones() -> None:
    made = [theirs(added=AFTER)]
    assert told([], made) == ""
    assert told([], made, has_annotation_block=True) == "1 new (yellow)"


def test_without_a_time_keys_tell_what_is_new_and_words_and_colours_what_is_changed() -> None:
    written = 1_900_000_000 * 10**9  # long after all of it
    untold = {"imported_at": None, "mtime_ns": written}
    assert told([KEYED], [theirs(), theirs("NEWNEW22", text="mud")], **untold) == "1 new (yellow)"
    assert told([KEYED], [theirs(color="#ff6666")], **untold) == "1 changed (red)"
    assert told([KEYED], [theirs(text="The moon is the clock.")], **untold) == "1 changed (yellow)"
    assert told([PLAIN], [theirs(), theirs("NEWNEW22", text="mud")], **untold) == ""


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2024-02-19T20:15:22.000+01:00", "2024-02-19T20:15:22+01:00"),
        ("2024-02-19T20:15", "2024-02-20T08:15:00+00:00"),
        ("2024-02-19", "2024-02-20T12:00:00+00:00"),
        (None, "2001-09-09T01:46:40+00:00"),
    ],
)
def test_a_time_without_an_offset_is_the_latest_that_it_may_mean(stated: str | None, moment: str) -> None:
    assert imported(ImportedNote("Note.md", imported_at=stated, mtime_ns=10**18)).isoformat() == moment
