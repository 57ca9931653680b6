"""Notes and a Zotero library compared: which note is about which item, and what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from litindex.zotero_library.comparing.findings import KINDS, Finding, Report, compare
from litindex.zotero_library.imported_note import ImportedNote, NoteAnnotation, NoteCreator
from litindex.zotero_library.reading.library import read_library
from tests.zotero_library.zotero import OLD, Zotero

FIELDS = {"title": "The night chorus", "date": "2021-04-17 2021-04-17", "DOI": "10.5555/jsa.2021"}
SAID: dict[str, Any] = {
    "path": "Okafor.md",
    "shown_title": "The night chorus",
    "title": "The night chorus",
    "date": "2021",
    "dois": ("10.5555/jsa.2021",),
    "citekey": "okafor2021",
    "zotero_library": "library",
    "zotero_key": "NGHTCHRS",
    "creators": (NoteCreator("author", "Okafor, Ngozi", "person"),),
    "mtime_ns": 1_750_000_000 * 10**9,
    "is_from_zotero": True,
    "uri": "obsidian://open?vault=v&file=Okafor",
}


@pytest.fixture
def zotero(tmp_path: Path) -> Iterator[Zotero]:
    made = Zotero(tmp_path / "Zotero")
    made.item("journalArticle", "NGHTCHRS", FIELDS, [("author", "Okafor, Ngozi")])
    made.set_field("NGHTCHRS", "extra", "Citation Key: okafor2021")
    yield made
    made.db.close()


def report(zotero: Zotero, *notes: ImportedNote) -> Report:
    zotero.close()
    return compare(notes, read_library(zotero.path))


def found(zotero: Zotero, **said: Any) -> list[tuple[str, str, str]]:
    findings = report(zotero, ImportedNote(**{**SAID, **said})).findings
    return [(each.kind, each.note, each.zotero) for each in findings]


def test_a_note_like_its_item_has_no_finding(zotero: Zotero) -> None:
    assert report(zotero, ImportedNote(**SAID)) == Report([], notes=1, items=1, matched=1)


def test_a_finding_names_note_and_item_and_links_to_both(zotero: Zotero) -> None:
    zotero.set_field("NGHTCHRS", "title", "The <i>morning</i> chorus")
    assert report(zotero, ImportedNote(**SAID)).findings == [
        Finding(
            "title",
            "Okafor.md",
            "Okafor, The morning chorus (2021)",
            "The night chorus",
            "The morning chorus",
            "zotero://select/library/items/NGHTCHRS",
            "obsidian://open?vault=v&file=Okafor",
        )
    ]


def other_title(zotero: Zotero) -> None:
    zotero.set_field("NGHTCHRS", "title", "Morning")


def other_creators(zotero: Zotero) -> None:
    zotero.set_creators("NGHTCHRS", [("author", "Ito, Kenji"), ("author", "Okafor, Ngozi")])


def other_date(zotero: Zotero) -> None:
    zotero.set_field("NGHTCHRS", "date", "2022-00-00 2022")


def other_doi(zotero: Zotero) -> None:
    zotero.set_field("NGHTCHRS", "DOI", "10.5555/jsa.2022")


def other_citekey(zotero: Zotero) -> None:
    zotero.set_field("NGHTCHRS", "extra", "Citation Key: okaforNight2021")


def changed(zotero: Zotero) -> None:
    zotero.touch("NGHTCHRS", "2030-01-02 03:04:05")


def thrown_away(zotero: Zotero) -> None:
    zotero.trash("NGHTCHRS")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (other_title, ("title", "The night chorus", "Morning")),
        (other_creators, ("creators", "Okafor, Ngozi", "Ito, Kenji; Okafor, Ngozi")),
        (other_date, ("date", "2021", "2022")),
        (other_doi, ("doi", "10.5555/jsa.2021", "10.5555/jsa.2022")),
        (other_citekey, ("citekey", "okafor2021", "okaforNight2021")),
        (changed, ("outdated", "2025-06-15T15:06:40Z", "2030-01-02T03:04:05Z")),
        (thrown_away, ("trashed", "zotero://select/library/items/NGHTCHRS", "")),
    ],
)
def test_each_difference_has_its_kind(
    change: Callable[[Zotero], None], expected: tuple[str, str, str], zotero: Zotero
) -> None:
    change(zotero)
    assert found(zotero) == [expected]


def test_what_a_note_does_not_say_does_not_differ(zotero: Zotero) -> None:
    for change in (other_title, other_creators, other_date, other_doi, other_citekey):
        change(zotero)
    zotero.tag("NGHTCHRS", "new")
    zotero.file("NGHTCHRS", "Thesis")
    zotero.set_field("NGHTCHRS", "publicationTitle", "Shore Acoustics")
    silent = {"title": None, "date": None, "dois": (), "citekey": None, "creators": ()}
    assert found(zotero, **silent) == []


def test_tags_and_collections_differ_where_the_note_has_a_place_for_them(zotero: Zotero) -> None:
    zotero.tag("NGHTCHRS", "key paper", color="#ff6666")
    zotero.file("NGHTCHRS", "Thesis/Methods")
    assert found(zotero, tags=("old",), collections=()) == [
        ("tags", "old", "key paper"),
        ("collections", "", "Thesis/Methods"),
    ]


def test_new_annotations_are_told_of_with_their_colours(zotero: Zotero) -> None:
    zotero.document("NGHTCHRS", "NGHTPDF2")
    zotero.annotation("NGHTPDF2", "ANNTTN22", text="the tide", added=OLD)
    zotero.annotation("NGHTPDF2", "ANNTTN33", "note", comment="!", color="#2ea8e5", added="2030-01-01 10:00:00")
    held = (NoteAnnotation("ANNTTN22", "#ffd400", "the tide", ""),)
    assert found(zotero, annotations=held) == [("annotations", "", "1 new (blue)")]


# ------------------------------------------------------------------- matching


def test_an_item_that_is_not_there_is_gone(zotero: Zotero) -> None:
    zotero.delete("NGHTCHRS")
    assert found(zotero) == [("gone", "zotero://select/library/items/NGHTCHRS", "")]


def test_a_merged_item_is_told_of_with_what_it_became_a_part_of(zotero: Zotero) -> None:
    zotero.item("journalArticle", "MRNNGCHR", {**FIELDS, "title": "The morning chorus"}, [("author", "Okafor, Ngozi")])
    zotero.merge("NGHTCHRS", into="MRNNGCHR")
    zotero.delete("NGHTCHRS")
    told = "Okafor, The morning chorus (2021)"
    assert found(zotero) == [("merged", "zotero://select/library/items/NGHTCHRS", told)]


@pytest.mark.parametrize("same", [{"extra": "Citation Key: okafor2021"}, {"DOI": "10.5555/JSA.2021"}])
def test_an_item_added_again_is_found_by_citekey_or_doi(same: dict[str, str], zotero: Zotero) -> None:
    zotero.delete("NGHTCHRS")
    zotero.item("book", "AGAN2222", same)
    (first, *_) = found(zotero)
    assert first == ("renewed", "zotero://select/library/items/NGHTCHRS", "AGAN2222")


@pytest.mark.parametrize(
    ("said", "matched"),
    [
        ({"zotero_key": None}, 1),
        ({"zotero_key": None, "citekey": "OKAFOR2021", "dois": ()}, 1),
        ({"zotero_key": None, "citekey": None}, 1),
        ({"zotero_key": None, "citekey": None, "dois": ()}, 0),
        ({"zotero_library": None}, 1),
        ({"zotero_library": "library/1"}, 1),
        ({"zotero_library": "groups/77", "citekey": None, "dois": ()}, 0),
    ],
)
def test_a_note_is_matched_by_key_then_citekey_then_doi(said: dict[str, Any], matched: int, zotero: Zotero) -> None:
    assert report(zotero, ImportedNote(**{**SAID, **said})).matched == matched


def test_a_note_that_is_not_from_zotero_misses_nothing_there(zotero: Zotero) -> None:
    said = {**SAID, "zotero_key": None, "citekey": "vos2008", "dois": (), "is_from_zotero": False}
    assert [each.kind for each in report(zotero, ImportedNote(**said)).findings] == ["no-note"]


def test_ones_own_item_goes_before_its_copy_in_a_group(zotero: Zotero) -> None:
    zotero.item("journalArticle", "CPY22222", FIELDS, library="groups/77")
    assert found(zotero, zotero_key=None, citekey=None) == []


def test_items_of_a_group_count_where_a_note_is_about_one_of_them(zotero: Zotero) -> None:
    zotero.item("book", "GRP22222", {"title": "Bells"}, library="groups/77")
    zotero.item("book", "GRP33333", {"title": "More bells"}, library="groups/77")
    in_group = ImportedNote("Bells.md", zotero_library="groups/77", zotero_key="GRP22222", mtime_ns=SAID["mtime_ns"])
    findings = report(zotero, ImportedNote(**SAID), in_group).findings
    assert [(each.kind, each.item, each.zotero_uri) for each in findings] == [
        ("no-note", "More bells", "zotero://select/groups/77/items/GRP33333")
    ]


def test_an_item_without_a_note_is_named_by_people_title_and_year(zotero: Zotero) -> None:
    people = [("author", "Ito, Kenji"), ("author", "Berg, Torunn"), ("author", "Tide Group")]
    zotero.item("book", "MUD22222", {"title": "<i>Mud</i>", "date": "2019-00-00 2019"}, people)
    zotero.item("book", "GNE22222", {"title": "Gone"})
    zotero.trash("GNE22222")
    assert [each.item for each in report(zotero, ImportedNote(**SAID)).findings] == ["Ito et al., Mud (2019)"]


def test_findings_stand_by_kind_then_path(zotero: Zotero) -> None:
    zotero.item("book", "MUD22222", {"title": "Mud"})
    changed(zotero)
    other_title(zotero)
    findings = report(
        zotero, ImportedNote(**{**SAID, "path": "b.md"}), ImportedNote(**{**SAID, "path": "a.md"})
    ).findings
    assert [(each.kind, each.path) for each in findings] == [
        ("no-note", ""), ("outdated", "a.md"), ("outdated", "b.md"), ("title", "a.md"), ("title", "b.md"),
    ]  # fmt: skip
    assert {each.kind for each in findings} <= KINDS.keys()
