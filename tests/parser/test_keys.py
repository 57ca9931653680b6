"""Keys as people write them (FORMAT M12, Z12; DECISIONS 8)."""

from __future__ import annotations

import pytest

from litindex.parser.vocabulary.keys import FIELD_NAMES, ROLES, Keys, field_of, is_first, is_plural, squeeze_key


@pytest.mark.parametrize(
    "key", ["citekey", "Citekey", "CITE KEY", "cite_key", "cite-key", "Cite key:", "**Citekey**", "cite.key"]
)
def test_m12_case_spaces_and_marks_make_no_difference(key: str) -> None:
    assert squeeze_key(key) == "citekey"
    assert field_of(key) == "citekey"


@pytest.mark.parametrize(
    ("key", "field"),
    [
        *[
            (key, "citekey")
            for key in ("citation key", "citation-key", "bibtex_key", "CiteKey", "clé de citation", "引用键")
        ],
        *[(key, "title") for key in ("Titel", "Título", "titulo", "标题", "タイトル", "제목", "название")],
        *[
            (key, "creator:author")
            for key in ("Autor", "Autor(en)", "Author(s)", "authors", "Verfasserin", "作者", "저자", "автор", "author2")
        ],
        *[(key, "creator:editor") for key in ("Herausgeber", "Hrsg.", "eds.", "FirstEditor", "编者")],
        *[(key, "year") for key in ("Erscheinungsjahr", "año", "ano", "année", "年份", "rok")],
        *[
            (key, "container")
            for key in ("Journal", "published in", "publicationTitle", "container-title", "Zeitschrift", "期刊")
        ],
        *[(key, "zotero") for key in ("Zotero URI", "zotero_link", "Verbindung zu Zotero", "desktopURI")],
        *[(key, "url") for key in ("URL", "ult", "网址")],
        *[(key, "doi") for key in ("DOI", "doi", "DOI link")],
        *[(key, "zotero_tags") for key in ("ZoteroTags", "zotero_tags", "keywords", "Schlagwörter", "关键词")],
    ],
)
def test_decision_8_keys_of_many_tongues_have_a_slot(key: str, field: str) -> None:
    assert field_of(key) == field


@pytest.mark.parametrize("key", ["Illustrator", "mood", "rating", "", "::", "x" * 60, "related", "created date"])
def test_other_keys_have_none(key: str) -> None:
    assert field_of(key) is None


@pytest.mark.parametrize("role", sorted(set(ROLES.values())))
def test_z12_every_creator_type_of_zotero_is_a_role(role: str) -> None:
    for key in (role, role.lower(), f"First{role}", f"{role}s"):
        assert field_of(key) == f"creator:{role}"


@pytest.mark.parametrize(
    ("key", "role"),
    [("Bookauthor", "bookAuthor"), ("collection editor", "seriesEditor"), ("containerAuthor", "bookAuthor")],
)
def test_z12_what_templates_make_of_a_role_is_known(key: str, role: str) -> None:
    assert field_of(key) == f"creator:{role}"


@pytest.mark.parametrize(
    ("key", "first", "plural"), [("FirstAuthor", True, False), ("Author", False, False), ("authors", False, True)]
)
def test_z15_a_key_tells_how_creators_stand_in_it(key: str, first: bool, plural: bool) -> None:
    assert (is_first(key), is_plural(key)) == (first, plural)


def test_decision_8_a_users_own_row_goes_first() -> None:
    keys = Keys({"Schreiberin": "author", "Journal": "publisher"})
    assert keys.field("schreiberin") == "creator:author"
    assert keys.field("JOURNAL") == "publisher"
    assert keys.field("Titel") == "title"


def test_slots_that_a_user_may_name() -> None:
    assert {"citekey", "title", "doi", "author", "seriesEditor"} <= FIELD_NAMES
