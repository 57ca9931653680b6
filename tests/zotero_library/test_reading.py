"""Reading Zotero's databases, of each version, also while Zotero writes; and that nothing in its folder changes."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from litindex.errors import ZoteroError
from litindex.zotero_library.items import ItemCreator, ItemId
from litindex.zotero_library.reading import database
from litindex.zotero_library.reading.library import KNOWN_VERSIONS, read_library
from tests.bibliography.zotero_items import ITEMS
from tests.zotero_library import schema
from tests.zotero_library.zotero import Zotero

OKAFOR = {"title": "The night chorus", "date": "2021-04-17 2021-04-17", "publicationTitle": "Shore Acoustics"}


@pytest.fixture
def zotero(tmp_path: Path) -> Iterator[Zotero]:
    made = Zotero(tmp_path / "Zotero")
    made.item("journalArticle", "NGHTCHRS", OKAFOR, [("author", "Okafor, Ngozi")])
    made.save()
    yield made
    made.db.close()


def state(folder: Path) -> dict[str, tuple[str, int]]:
    """What is in the folder, by name: bytes and time."""
    return {
        str(file.relative_to(folder)): (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    } | {".": ("", folder.stat().st_mtime_ns)}


def title(path: Path) -> str:
    return next(iter(read_library(path).items.values())).title


# ----------------------------------------------------------------- versions


@pytest.mark.parametrize("version", schema.VERSIONS)
def test_items_of_all_types_are_read_by_their_base_fields(version: int, tmp_path: Path) -> None:
    zotero = Zotero(tmp_path, version)
    fields = ("title", "date", "publicationTitle", "DOI", "publisher")
    made = {}
    for at, item in enumerate(ITEMS):
        key = f"TYPE{at:04}".replace("0", "Z").replace("1", "Y")
        given = {name: value for name, value, _ in item.rows}
        based = {base: given[name] for base in fields if (name := schema.type_field(item.type, base)) in given}
        creators = [(role, name) for role, name, _ in item.creators]
        zotero.item(item.type, key, based, creators)
        made[key] = item.type, based, [name for _, name in creators]
    others = {*schema.ITEM_TYPES} - {"note", "attachment", "annotation"} - {item.type for item in ITEMS}
    for at, kind in enumerate(sorted(others)):
        key = f"THRS{at:04}".replace("0", "Z").replace("1", "Y")
        zotero.item(kind, key, {"title": f"One {kind}"}, [(schema.PRIMARY.get(kind, "author"), "Obi, Chidi")])
        made[key] = kind, {"title": f"One {kind}"}, ["Obi, Chidi"]
    zotero.close()
    read = read_library(zotero.path).items
    assert len({each.type for each in read.values()}) == 37
    assert {
        key: (each.type, dict(each.fields), [f"{c.last}, {c.first}" if c.first else c.last for c in each.creators])
        for (_, key), each in read.items()
    } == made


@pytest.mark.parametrize("version", schema.VERSIONS)
def test_what_a_version_does_not_have_yet_is_empty(version: int, zotero: Zotero, tmp_path: Path) -> None:
    of_version = Zotero(tmp_path / "other", version)
    of_version.item("book", "BELLS234", {"title": "Bells"}, tags=["bell"], collections=["Thesis/Bells"])
    if version >= schema.ZOTERO_6:
        of_version.document("BELLS234", "BELLPDF2")
        of_version.annotation("BELLPDF2", "BELLAN22", text="a bell")
    of_version.close()
    (item,) = read_library(of_version.path).items.values()
    assert (item.tags, item.collections) == (("bell",), ("Thesis/Bells",))
    assert [each.text for each in item.annotations] == (["a bell"] if version >= schema.ZOTERO_6 else [])


@pytest.mark.parametrize("version", [KNOWN_VERSIONS[0] - 1, KNOWN_VERSIONS[-1] + 1])
def test_an_unknown_version_is_refused_in_one_line(version: int, zotero: Zotero) -> None:
    zotero.db.execute("UPDATE version SET version = ? WHERE schema = 'userdata'", (version,))
    zotero.close()
    with pytest.raises(
        ZoteroError, match=f"has Zotero's schema {version}, and this litindex knows 100 to 129"
    ) as caught:
        read_library(zotero.path)
    assert (str(caught.value).count("\n"), caught.value.exit_code) == (0, 3)


def test_another_database_is_no_zotero(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "zotero.sqlite")) as db:
        db.execute("CREATE TABLE bells (id)")
    with pytest.raises(ZoteroError, match="is no database of Zotero"):
        read_library(tmp_path / "zotero.sqlite")


@pytest.mark.parametrize("content", [b"", b"no database at all, but quite some text" * 50])
def test_what_is_no_database_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "zotero.sqlite"
    file.write_bytes(content)
    with pytest.raises(ZoteroError):
        read_library(file)


# -------------------------------------------------------------------- items


def test_libraries_are_ones_own_and_groups_and_no_feed(zotero: Zotero) -> None:
    zotero.item("podcast", "WEIR2222", {"title": "Nights at the weir"}, library="groups/512309")
    zotero.item("webpage", "NEWSNEWS", {"title": "News"}, library="feed")
    zotero.close()
    library = read_library(zotero.path)
    assert set(library.items) == {ItemId("library", "NGHTCHRS"), ItemId("groups/512309", "WEIR2222")}
    assert library.local_names == {"library/1": "library", "library/2": "groups/512309"}


def test_attachments_notes_and_annotations_are_no_items(zotero: Zotero) -> None:
    zotero.document("", "LNEPDF22")
    zotero.document("NGHTCHRS", "NGHTPDF2")
    zotero.annotation("NGHTPDF2", "NGHTAN22", text="a clock")
    zotero.close()
    assert {key for _, key in read_library(zotero.path).items} == {"NGHTCHRS"}


def test_annotations_of_all_kinds_are_read_in_their_order_without_those_in_the_trash(zotero: Zotero) -> None:
    zotero.document("NGHTCHRS", "NGHTPDF2")
    kinds = ("highlight", "underline", "note", "image", "ink", "text")
    for at, kind in enumerate(kinds):
        text = "marked" if kind in ("highlight", "underline") else None
        zotero.annotation("NGHTPDF2", f"ANNTTN2{at + 2}", kind, text=text, comment=kind, color="#2ea8e5")
    zotero.annotation("NGHTPDF2", "GNEGNE22", text="thrown away")
    zotero.trash("GNEGNE22")
    zotero.close()
    (item,) = read_library(zotero.path).items.values()
    assert [(each.type, each.text, each.comment) for each in item.annotations] == [
        (kind, "marked" if kind in ("highlight", "underline") else "", kind) for kind in kinds
    ]


def test_annotations_of_a_document_in_the_trash_are_none(zotero: Zotero) -> None:
    zotero.document("NGHTCHRS", "NGHTPDF2")
    zotero.annotation("NGHTPDF2", "NGHTAN22", text="a clock")
    zotero.trash("NGHTPDF2")
    zotero.close()
    assert [item.annotations for item in read_library(zotero.path).items.values()] == [()]


def test_a_collection_in_the_trash_holds_nothing(zotero: Zotero) -> None:
    zotero.file("NGHTCHRS", "Thesis/Methods")
    zotero.file("NGHTCHRS", "Old/Older")
    (old,) = zotero.db.execute("SELECT collectionID FROM collections WHERE collectionName = 'Old'").fetchone()
    zotero.db.execute("INSERT INTO deletedCollections (collectionID) VALUES (?)", (old,))
    zotero.close()
    assert [item.collections for item in read_library(zotero.path).items.values()] == [("Thesis/Methods",)]


def test_a_merged_item_leads_to_what_it_became_a_part_of(zotero: Zotero) -> None:
    for key in ("FRST2222", "SECND222", "NGHTCHR2"):
        zotero.item("book", key, {"title": key})
    zotero.merge("FRST2222", into="SECND222")
    zotero.merge("SECND222", into="NGHTCHR2")
    zotero.delete("FRST2222")
    zotero.close()
    library = read_library(zotero.path)
    successor = library.successor(ItemId("library", "FRST2222"))
    assert successor is not None
    assert successor.id.key == "NGHTCHR2"
    assert library.successor(ItemId("library", "NGHTCHR2")) is None


def test_an_item_merged_in_a_group_leads_into_the_group(zotero: Zotero) -> None:
    for key in ("FRST2222", "SECND222"):
        zotero.item("book", key, {"title": key}, library="groups/77")
    zotero.merge("FRST2222", into="SECND222", library="groups/77")
    zotero.close()
    successor = read_library(zotero.path).successor(ItemId("groups/77", "FRST2222"))
    assert successor is not None
    assert successor.id == ItemId("groups/77", "SECND222")


def test_primary_creators_are_known_and_a_name_in_one_field_has_no_first_name(zotero: Zotero) -> None:
    zotero.item("film", "FILM2222", {"title": "Bells"}, [("director", "Moreau, Élise"), ("producer", "Tide Studio")])
    zotero.close()
    item = read_library(zotero.path).items[ItemId("library", "FILM2222")]
    assert item.creators == (
        ItemCreator("director", "Moreau", "Élise", is_primary=True),
        ItemCreator("producer", "Tide Studio", "", is_primary=False),
    )


# ----------------------------------------------------------------- citekeys


def keep_in_table(zotero: Zotero) -> None:
    zotero.better_bibtex({"NGHTCHRS": "okafor2021"})


def keep_in_loki(zotero: Zotero) -> None:
    zotero.better_bibtex_loki({"NGHTCHRS": "okafor2021"})


def keep_in_json(zotero: Zotero) -> None:
    zotero.better_bibtex_json({"NGHTCHRS": "okafor2021"})


def keep_in_extra(zotero: Zotero) -> None:
    zotero.set_field("NGHTCHRS", "extra", "tex.referencetype: article\nCitation Key: okafor2021\nPMID: 12")


def pin_over_the_table(zotero: Zotero) -> None:
    zotero.better_bibtex({"NGHTCHRS": "older2021"})
    keep_in_extra(zotero)


@pytest.mark.parametrize("keep", [keep_in_table, keep_in_loki, keep_in_json, keep_in_extra, pin_over_the_table])
def test_a_citekey_is_read_where_it_is_kept(keep: Callable[[Zotero], None], zotero: Zotero) -> None:
    keep(zotero)
    zotero.close()
    assert [item.citekey for item in read_library(zotero.path).items.values()] == ["okafor2021"]


def test_zoteros_own_field_goes_before_all_others(tmp_path: Path) -> None:
    zotero = Zotero(tmp_path, schema.ZOTERO_8)
    zotero.item("book", "BELLS234", {"citationKey": "vos2008", "extra": "Citation Key: older"})
    zotero.better_bibtex({"BELLS234": "oldest"})
    zotero.close()
    assert [item.citekey for item in read_library(zotero.path).items.values()] == ["vos2008"]


@pytest.mark.parametrize("content", ["no json", "[]", '{"collections": 3}', '{"collections": [{"name": "citekey"}]}'])
def test_a_broken_file_of_better_bibtex_does_not_stop_anything(content: str, zotero: Zotero) -> None:
    (zotero.folder / "better-bibtex.json").write_text(content, "utf-8")
    zotero.close()
    assert [item.citekey for item in read_library(zotero.path).items.values()] == [None]


# ------------------------------------------------------ while Zotero is running


def test_a_database_at_rest_is_read_in_place_and_nothing_changes(zotero: Zotero) -> None:
    zotero.better_bibtex({"NGHTCHRS": "okafor2021"})
    before = state(zotero.close())
    assert title(zotero.path) == "The night chorus"
    assert state(zotero.folder) == before


def test_a_database_at_rest_that_was_once_in_wal_mode_is_read_in_place(zotero: Zotero) -> None:
    zotero.db.execute("PRAGMA journal_mode = WAL")
    zotero.set_field("NGHTCHRS", "title", "The morning chorus")
    before = state(zotero.close())
    assert set(before) == {".", "zotero.sqlite"}
    assert title(zotero.path) == "The morning chorus"
    assert state(zotero.folder) == before


def test_what_stands_in_the_journal_of_a_running_zotero_is_read(zotero: Zotero) -> None:
    zotero.db.execute("PRAGMA journal_mode = WAL")
    zotero.set_field("NGHTCHRS", "title", "The morning chorus")
    before = state(zotero.folder)
    assert "zotero.sqlite-wal" in before
    assert title(zotero.path) == "The morning chorus"
    assert state(zotero.folder) == before


def test_a_locked_database_is_read_as_it_was_before_the_transaction(zotero: Zotero) -> None:
    zotero.db.execute("PRAGMA locking_mode = EXCLUSIVE")
    zotero.db.execute("PRAGMA cache_size = 1")  # changes reach the file before they are committed
    zotero.db.execute("BEGIN EXCLUSIVE")
    zotero.set_field("NGHTCHRS", "title", "The morning chorus")
    for at in range(300):
        zotero.tag("NGHTCHRS", f"a rather long tag, number {at}")
    before = state(zotero.folder)
    assert "zotero.sqlite-journal" in before
    assert title(zotero.path) == "The night chorus"
    assert state(zotero.folder) == before


def test_a_running_zotero_may_write_as_soon_as_it_likes(zotero: Zotero) -> None:
    zotero.db.execute("PRAGMA busy_timeout = 0")

    def write_meanwhile(connection: sqlite3.Connection) -> int:
        connection.execute("SELECT count(*) FROM items").fetchone()
        zotero.tag("NGHTCHRS", zotero.new_key()) if not written else None
        written.append(1)
        return len(written)

    written: list[int] = []
    assert database.read(zotero.path, write_meanwhile) == 2, "what changed meanwhile is read again"


def test_a_database_that_changes_all_the_time_is_given_up(zotero: Zotero) -> None:
    def write_meanwhile(connection: sqlite3.Connection) -> None:
        zotero.tag("NGHTCHRS", zotero.new_key())

    with pytest.raises(ZoteroError, match="changes while it is read: Zotero is busy"):
        database.read(zotero.path, write_meanwhile)


def test_a_folder_that_cannot_be_written_is_read(zotero: Zotero) -> None:
    zotero.close()
    zotero.folder.chmod(0o500)
    try:
        assert title(zotero.path) == "The night chorus"
    finally:
        zotero.folder.chmod(0o700)
