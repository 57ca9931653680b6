"""What means the same in a note and in Zotero, and what does not."""

from __future__ import annotations

import pytest

from litindex.zotero_library.comparing import equality
from litindex.zotero_library.imported_note import NoteCreator
from litindex.zotero_library.items import Item, ItemCreator, ItemId


def item(*creators: ItemCreator, **fields: str) -> Item:
    return Item(
        ItemId("library", "NGHTCHRS"), "journalArticle", "2020-01-01 10:00:00", fields=fields, creators=creators
    )


@pytest.mark.parametrize(
    ("note", "zotero", "same"),
    [
        ("The night chorus", "The Night Chorus", True),
        ("On Branta canadensis at H2O", "On <i>Branta canadensis</i> at H<sub>2</sub>O", True),
        ("Bells & bitterns", "Bells &amp; bitterns", True),
        ("“Crabs”—a study", '"Crabs" - a study', True),
        ("Crabs", '<span class="nocase">CRABS</span>', True),
        ("潮汐与钟声", "潮汐与钟声", True),
        ("The night chorus", "The morning chorus", False),
        ("The night chorus", "", False),
        ("The night chorus", "The night chorus of a tidal marsh", False),
    ],
)
def test_titles(note: str, zotero: str, same: bool) -> None:
    assert equality.same_title(note, item(title=zotero)) is same


def test_a_short_title_is_a_title() -> None:
    assert equality.same_title("Night chorus", item(title="The night chorus of a marsh", shortTitle="Night chorus"))


@pytest.mark.parametrize(
    ("note", "zotero", "same"),
    [
        ("2021-04-17", "2021-04-17 2021-04-17", True),
        ("2021", "2021-04-17 April 17, 2021", True),
        ("2021-04-17", "2021-04-00 4/2021", True),
        ("2021-04", "2021-00-00 2021", True),
        ("2021", "0000-00-00 Spring 2021", True),
        ("2021", "2020-04-17 2020-04-17", False),
        ("2021-05", "2021-04-17 2021-04-17", False),
        ("2021", "", False),
        ("2021", "0000-00-00 forthcoming", False),
    ],
)
def test_dates_as_far_as_both_say_them(note: str, zotero: str, same: bool) -> None:
    assert equality.same_date(note, item(date=zotero)) is same


@pytest.mark.parametrize(
    ("note", "fields", "same"),
    [
        ("10.5555/jsa.2021", {"DOI": "10.5555/JSA.2021"}, True),
        ("10.5555/jsa.2021", {"DOI": "https://doi.org/10.5555/jsa.2021"}, True),
        ("10.5555/jsa.2021", {"extra": "PMID: 3\nDOI: 10.5555/jsa.2021"}, True),
        ("10.5555/jsa.2021", {"DOI": "10.5555/jsa.2022"}, False),
        ("10.5555/jsa.2021", {}, False),
    ],
)
def test_dois(note: str, fields: dict[str, str], same: bool) -> None:
    assert equality.same_doi((note,), item(**fields)) is same


@pytest.mark.parametrize(
    ("note", "fields", "same"),
    [
        ("Journal of Shore Acoustics", {"publicationTitle": "Journal of Shore Acoustics"}, True),
        ("J. Shore Ac.", {"publicationTitle": "Journal of Shore Acoustics", "journalAbbreviation": "J Shore Ac"}, True),
        ("Animal Sensing 2019", {"conferenceName": "Animal Sensing 2019"}, True),
        ("Harbour Authority", {"publisher": "Harbour Authority"}, True),
        ("Wetland Birds", {"publicationTitle": "Journal of Shore Acoustics"}, False),
        ("Wetland Birds", {}, False),
    ],
)
def test_containers_by_any_field_that_a_template_may_take(note: str, fields: dict[str, str], same: bool) -> None:
    assert equality.same_container(note, item(**fields)) is same


def author(last: str, first: str = "", role: str = "author") -> ItemCreator:
    return ItemCreator(role, last, first, is_primary=role in ("author", "director"))


def people(*names: str, role: str = "author") -> list[NoteCreator]:
    return [NoteCreator(role, name, "person" if ", " in name else "single") for name in names]


@pytest.mark.parametrize(
    ("note", "zotero", "same"),
    [
        (people("Okafor, Ngozi", "Ito, Kenji"), [author("Okafor", "Ngozi"), author("Ito", "Kenji")], True),
        (people("Ito, Kenji", "Okafor, Ngozi"), [author("Okafor", "Ngozi"), author("Ito", "Kenji")], False),
        (people("Ito, K."), [author("Ito", "Kenji")], True),
        (people("Ito, Kenji"), [author("Ito", "K. J.")], True),
        (people("Ito, Kenji"), [author("Ito", "Haruto")], False),
        (people("van der Meer, Anneke"), [author("van der Meer", "Anneke")], True),
        (people("Meer, Anneke van der"), [author("van der Meer", "Anneke")], True),
        (people("Vásquez-Peña, María José"), [author("Vasquez Pena", "Maria Jose")], True),
        (people("Ministry of Dikes"), [author("Ministry of Dikes")], True),
        (people("林清和"), [author("林", "清和")], True),
        (people("Kenji Ito"), [author("Ito", "Kenji")], True),
        (people("Okafor, Ngozi"), [author("Okafor", "Ngozi"), author("Ito", "Kenji")], False),
        (people("Okafor, Ngozi", "Ito, Kenji"), [author("Okafor", "Ngozi")], False),
        (people("Okafor, Ngozi"), [], False),
        (people("Moreau, Élise"), [author("Moreau", "Élise", "director"), author("Obi", "Chidi", "producer")], True),
        (people("Haddad, Samir"), [author("Haddad", "Samir", "editor")], True),
        (people("Okafor, Ngozi"), [author("Okafor", "Ngozi"), author("Whitfield", "Jane", "translator")], True),
        (people("Obi, Chidi", role="creator"), [author("Obi", "Chidi", "podcaster")], True),
        (
            people("Okafor, Ngozi") + people("Whitfield, Jane", role="translator"),
            [author("Okafor", "Ngozi"), author("Whitfield", "John", "translator")],
            False,
        ),
    ],
)
def test_creators(note: list[NoteCreator], zotero: list[ItemCreator], same: bool) -> None:
    assert equality.same_creators(note, item(*zotero), has_et_al=False) is same


def test_et_al_stands_for_those_that_follow() -> None:
    found = item(author("Okafor", "Ngozi"), author("Ito", "Kenji"))
    assert equality.same_creators(people("Okafor, Ngozi"), found, has_et_al=True)
    assert not equality.same_creators(people("Ito, Kenji"), found, has_et_al=True)


@pytest.mark.parametrize(
    ("note", "zotero", "only_note", "only_zotero"),
    [
        (["key paper"], ["Key-Paper"], [], []),
        (["field_methods"], ["Thesis/Field Methods"], [], []),
        (["Thesis/Field Methods"], ["Thesis/Field Methods"], [], []),
        (["⭐", "/unread"], ["⭐", "unread"], [], []),
        (["⭐"], ["📌"], ["⭐"], ["📌"]),
        (["old", "kept"], ["kept", "new"], ["old"], ["new"]),
        ([], ["new"], [], ["new"]),
    ],
)
def test_tags_and_collections(note: list[str], zotero: list[str], only_note: list[str], only_zotero: list[str]) -> None:
    assert equality.unlike(note, zotero) == (only_note, only_zotero)
