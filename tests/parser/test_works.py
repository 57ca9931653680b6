"""What a note says about its work without labels, and what only looks so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litindex.models import Settings, Work
from litindex.parser import parse_note

ITEM = "zotero://select/library/items/ABCD2345"


def read(name: str, text: str, **keys: str) -> Work | None:
    return parse_note(f"{name}.md", text.encode(), Settings(keys=keys)).work


def work(name: str, text: str) -> Work:
    found = read(name, text)
    assert found is not None
    return found


def people(found: Work) -> list[str]:
    return [creator.name for creator in found.creators]


def doi(found: Work) -> list[str]:
    return [each.value for each in found.identifiers if each.scheme == "doi"]


@pytest.mark.parametrize(
    "line",
    [
        "Mara Lindholm, Ove Castellan 2019, [zotero](zotero://select/items/@lindholm2019)",
        "Mara Lindholm and Ove Castellan (2019)",
        "_Mara Lindholm, Ove Castellan (2019)_",
        "<cite>Mara Lindholm & Ove Castellan, 2019</cite>",
        "by Mara Lindholm, Ove Castellan (2019)",
        f"Mara Lindholm, Ove Castellan et al. (2019) [Zotero]({ITEM})",
        "Mara Lindholm, Ove Castellan\n2019",
        "Mara Lindholm & Ove Castellan. 2019.",
        "Mara Lindholm (Uni Tide), Ove Castellan (Reed Institute), 2019",
        "[[People/Mara Lindholm]], [[People/Ove Castellan]] (2019)",
    ],
)
def test_people_under_the_title_are_its_creators(line: str) -> None:
    found = work("@lindholm2019", f"# The weight of tide tables\n{line}\n\n## Notes\n[[social calendar]]\n")
    assert (people(found), found.year) == (["Lindholm, Mara", "Castellan, Ove"], 2019)


def test_people_in_a_heading_are_no_title() -> None:
    found = work("@(holm2004)_Filters of the tide", "### Anders Holm, Rita J. Castel(2004)\n>Category: paper\n")
    assert (found.citekey, found.title, found.year) == ("holm2004", "Filters of the tide", 2004)
    assert people(found) == ["Holm, Anders", "Castel, Rita J."]


@pytest.mark.parametrize(
    "line",
    [
        "[[giro acústico]]",
        "[[Working Memory]], [[cognitive load]]",
        "[[@moss1995]]",
        "[[moss1995.pdf]]",
        "[[moss1995.pdf#page=3|Moss, p. 3]]",
        "An idea of Anna Moss (1938, p. 5) is told.",
        "Una idea central aparece aquí.",
        "Key Ideas",
        "Social Media",
    ],
)
def test_a_line_of_something_else_under_the_title_names_nobody(line: str) -> None:
    found = work("@holm2013", f"# Signals of the marsh\n{line}\n\nText.\n")
    assert (people(found), found.container) == ([], None)


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        pytest.param("Tide Survey", f"[Zotero]({ITEM})\n## Conclusion\nTides go.\n", "Tide Survey", id="deeper-section"),
        pytest.param("Tide Survey", f"[Zotero]({ITEM})\n# 📂General Info\nText\n", "Tide Survey", id="section-with-emoji"),
        pytest.param("Gezeiten", f"[Zotero]({ITEM})\n# Zusammenfassung\nText\n", "Gezeiten", id="german-section"),
        pytest.param("潮汐", f"[Zotero]({ITEM})\n# 文献综述\nText\n", "潮汐", id="chinese-section"),
        pytest.param("holm2020", f"## The slow tide\n[Zotero]({ITEM})\n", "The slow tide", id="second-level-heads-the-note"),
        pytest.param("Clash", f"# Menu\n**Zotero**: [The clash of many tides]({ITEM})\n", "The clash of many tides", id="link"),
        pytest.param("x", f"# Notes\n**Topic**: Tides of past\n**Author**: R. Castel\n[Zotero]({ITEM})\n", "Tides of past", id="label"),
        pytest.param("Holm et al. - 2020 - The slow tide", f"[Zotero]({ITEM})\n", "The slow tide", id="zotero-file-name"),
        pytest.param("x", f"[Castel, R. 2014. “Studying the tide.” *Tides* 5 (1): 1–9.]({ITEM})\n", "Studying the tide", id="reference"),
        pytest.param("x", f"# Slow tides (undefined)\n[Zotero]({ITEM})\n", "Slow tides", id="failed-year"),
        pytest.param("holm2020", f"[Zotero]({ITEM})\n## Erster Eindruck\n", None, id="section-of-a-key"),
        pytest.param("x", "> [!info]\n> - Voller Titel:: The tide\n> - Autor:: A. Holm\n> - DOI:: 10.5555/x\n", "The tide", id="full-title"),
        pytest.param("x", "> [!info] Metadata\n> - Real Title:: The tide\n> - Author:: A. Holm\n> - DOI:: 10.5555/x\n", "The tide", id="real-title"),
    ],
)  # fmt: skip
def test_a_title_is_chosen_by_rank(name: str, text: str, title: str | None) -> None:
    assert work(name, text).title == title


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("I looked it up.\n\n[Castel *et al.*, 2021](zotero://select/items/@castel2021)\n", id="in-text"),
        pytest.param(f"# Gates\n\n> Source: [[tides 2026]] · first met at [p.40]({ITEM})\n", id="page"),
        pytest.param(f"# Gates\n\n[Holm et al. (2019), S. 33]({ITEM})\n", id="year-in-brackets"),
        pytest.param(f"# Gates\n\n([holmTides2020]({ITEM}), [DOI](https://doi.org/10.5555/x))\n", id="other-citekey"),
        pytest.param(f"# Gates\n\n> [!source]\n> [Zotero]({ITEM})\n", id="source-callout"),
        pytest.param(f"# Gates\n\nText.\n\n### References\n- [Zotero]({ITEM}) [DOI](https://doi.org/10.5555/x)\n", id="list"),
        pytest.param("---\nsource: https://doi.org/10.5555/x\n---\nA concept.\n", id="source-property"),
        pytest.param(f"Text.\n\nSource: [Holm (2020)]({ITEM})\n", id="source-label"),
        pytest.param("# Gates\n\n[https://doi.org/10.5555/x](https://doi.org/10.5555/x)\n", id="address-as-text"),
    ],
)  # fmt: skip
def test_a_note_that_cites_is_no_work(text: str) -> None:
    assert read("Gate complex", text) is None


@pytest.mark.parametrize(
    "text",
    [
        "**Zitierschlüssel:** x2020a",
        "**引用键:** x2020a",
        "- Clave de citación: x2020a",
        "> [!info]\n> **Клюц** x2020a",
        "| Schlüssel | x2020a |\n|---|---|",
    ],
)
def test_a_labelled_citekey_in_any_language_or_taught_makes_a_work(text: str) -> None:
    found = read("Note", text, Клюц="citekey", schlüssel="citekey")
    assert found is not None
    assert found.citekey == "x2020a"


@pytest.mark.parametrize("key", ["source", "link", "url", "source_url", "Paper", "Webseite"])
@pytest.mark.parametrize(
    "value",
    ["https://doi.org/10.5555/aRX.1", "'[x](https://doi.org/10.5555/aRX.1)'", "doi.org/10.5555/arx.1", "10.5555/arx.1"],
)
def test_a_property_that_is_a_doi_states_it(key: str, value: str) -> None:
    found = work("x", f"---\ntitle: A tide\nauthors: Anders Holm\nyear: 2020\n{key}: {value}\n---\n")
    assert doi(found) == ["10.5555/arx.1"]


def test_a_list_of_one_doi_states_it() -> None:
    assert doi(work("@x2020", "---\nlinks:\n  - https://doi.org/10.5555/abc\n---\n")) == ["10.5555/abc"]


def test_a_link_named_doi_may_lack_the_address() -> None:
    assert doi(work("@holm2020", "# Tide\n[See DOI](10.5555/abc)\n")) == ["10.5555/abc"]


def test_a_doi_in_a_list_of_references_is_that_of_another_work() -> None:
    text = "### First impression\nx\n\n### Refrences\n1. [10.5555/a](https://doi.org/10.5555/a)\n"
    assert doi(work("@holm2005", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "- [10.5555/a](https://doi.org/10.5555/a)\n- [10.5555/b](https://doi.org/10.5555/b)\n",
        "Text.\n\n**References**\n[1] Moss, N. 2001, doi:10.5555/a\n",
    ],
)
def test_several_dois_in_a_list_are_those_of_other_works(text: str) -> None:
    assert doi(work("@holm2005", text)) == []


def test_a_label_of_any_words_before_nothing_but_a_link_to_the_item_names_it() -> None:
    assert work("@holm2019", f"- **Odkaz do knihovny:** [otevřít]({ITEM})\n").zotero_key == "ABCD2345"


@pytest.mark.parametrize("label", ["Zotero", "Link"])
def test_a_link_called_after_a_file_is_not_to_the_item(label: str) -> None:
    assert work("@holm2019", f"{label}: [Fulltext PDF]({ITEM})\n").zotero_key is None


@pytest.mark.parametrize(
    "value", ["https://example.org/dp/B000", "[[https://example.org/dp/B000]]", "[Shop](https://example.org/dp/B0)"]
)
def test_an_address_is_no_formatted_reference(value: str) -> None:
    assert work("@holm2019", f"* Author: Anders Holm\n* Reference: {value}\n").bibliography is None


def test_the_doi_of_a_reference_that_is_only_an_address_is_kept() -> None:
    found = work("@holm2019", "Reference: https://doi.org/10.5555/abc\n")
    assert (doi(found), found.bibliography) == (["10.5555/abc"], None)


def test_the_key_of_an_opened_file_is_not_the_items() -> None:
    text = "Zotero: [Full Text](zotero://select/library/items/PDFKEY23)\n> [p. 2](zotero://open-pdf/library/items/PDFKEY23?page=2)\n"
    assert work("@holm2019", text).zotero_key is None


def test_an_alias_with_at_is_the_citekey() -> None:
    found = work("The slow tide", '---\naliases: ["@holm2020", "Tide"]\ntitle: The slow tide\n---\n')
    assert found.citekey == "holm2020"


def test_a_handle_of_a_person_is_no_citekey() -> None:
    assert read("Anders Holm", '---\naliases: ["@andersholm"]\n---\nA friend.\n') is None


@pytest.mark.parametrize("word", ["Nedefinováno", "sin definir", "n/v"])
def test_a_word_where_a_number_should_be_is_no_value_anywhere(word: str) -> None:
    found = work("@zan2024", f"**DOI:** {word}\n**ISBN:** {word}\n**Journal:** {word}\n**Publisher:** {word}\n")
    assert (found.container, found.publisher, doi(found)) == (None, None, [])


def test_undefined_is_nobody() -> None:
    assert people(work("@x2020", "---\nauthors: [undefined undefined, 'null, null', Mara Lindholm]\n---\n")) == [
        "Lindholm, Mara"
    ]


REFERENCE = "Castel, R., & Holm, A. (2014). Studying the tide. _Tidal Psychology_, _51_(11), 1-11."


@pytest.mark.parametrize("text", [f"[{REFERENCE}](https://example.org/x)", f"> [!cite]\n> {REFERENCE}", REFERENCE])
def test_a_formatted_reference_fills_what_is_stated_nowhere_else(text: str) -> None:
    found = work("x", f"DOI: 10.5555/abc\n\n{text}\n\n# Key Notes\n")
    assert (found.title, found.year, found.container) == ("Studying the tide", 2014, "Tidal Psychology")
    assert people(found) == ["Castel, R.", "Holm, A."]
    assert {row.source for row in found.provenance if row.field == "title" and row.verdict == "used"} == {"reference"}


def test_a_field_that_holds_a_number_goes_on_in_the_next_paragraph() -> None:
    text = f"> [!info]- Metadata\n> title:: Everyday tides\n> bibliography:: [1]\n\n{REFERENCE}\n> citekey:: holm2021\n> year:: 2021\n"
    found = work("x", text)
    assert (found.citekey, found.year, found.bibliography) == ("holm2021", 2021, REFERENCE)


def test_a_record_whose_template_was_partly_filled_is_a_work() -> None:
    text = '---\nauthors:\n  - "[[Leslie Lambert]]"\n---\n- **タイトル**: The Generals\n- **著者**: {{author}}\n- **出版年**: {{year}}\n'
    assert work("The Generals", text).title == "The Generals"


def test_the_day_of_a_note_is_not_the_year_of_its_work() -> None:
    text = f"---\ntags: [x]\nDate: 2025-02-28\nPaper: [Economics]\n---\n[The tide of many gates]({ITEM})\n"
    assert work("The tide", text).year is None


def test_published_goes_before_date() -> None:
    text = "---\ntitle: T\ndate: 2025-02-28\nauthors: A. Holm\npublished: 2019-03-01\n---\n"
    assert work("@holm2019", text).date == "2019-03-01"


@pytest.mark.parametrize(
    "text",
    [
        "> [!info]\n> **Authors**:: Quill, Ada<br>Fen, Bo<br/>Moor, Cy\n> **Keywords**:: tide<br>reed\n",
        "**Authors**: Quill, Ada<br>Fen, Bo<br/>Moor, Cy<br>\n**Keywords**: tide<br>reed<br>\n",
        "---\nauthors: Quill, Ada<br>Fen, Bo<BR />Moor, Cy\nkeywords: tide<BR>reed\n---\n",
    ],
)
def test_break_tags_part_people_and_tags(text: str) -> None:
    found = parse_note("@f2001.md", text.encode())
    assert found.work is not None
    assert people(found.work) == ["Quill, Ada", "Fen, Bo", "Moor, Cy"]
    assert [tag.name for tag in found.tags if tag.kind == "zotero"] == ["tide", "reed"]


def problems(name: str, text: str) -> dict[str, str]:
    return {each.code: each.severity for each in parse_note(f"{name}.md", text.encode()).problems}


def test_what_looks_like_literature_and_gives_no_work_is_told() -> None:
    assert problems("Tides", "---\ntitle: Tides\nauthor: Anders Holm\ntype: paper\n---\nText\n") == {
        "work-not-found": "info"
    }


def test_a_draft_of_ones_own_looks_like_no_literature() -> None:
    assert problems("Chapter 2", "---\ntitle: Tides\nauthor: Anders Holm\n---\nText\n") == {}


def test_a_recipe_looks_like_no_literature() -> None:
    assert (
        problems(
            "Soup", "---\ntitle: Soup\nauthor: Anders Holm\nsource: https://soup.example\nservings: 4\n---\nText\n"
        )
        == {}
    )


def test_a_work_without_title_and_creators_is_told() -> None:
    found = problems("@holm2020", "Line\n" * 10)
    assert found == {"work-without-title": "info", "work-without-creators": "info"}


@pytest.mark.parametrize("heading", ["Extracted Annotations (2021-03-04)", "**Annotations(6/20/2022, 10:06:32 PM)**"])
def test_annotations_extracted_from_one_file_make_a_work(heading: str) -> None:
    mark = "(zotero://open-pdf/library/items/PDFKEY23?page=2)"
    found = work("tides", f'# The slow tide (2019)\n\n{heading}\n\n"Tides are brown" ([Holm 2019:2]{mark})\n')
    assert (found.title, found.year) == ("The slow tide", 2019)


def test_a_list_of_items_is_no_work() -> None:
    lines = "".join(f"Zotero: [Paper {key}](zotero://select/library/items/ABCD234{key})\n" for key in "5678")
    assert read("Reading list", f"# Reading list\n{lines}") is None


LABELS = [
    "Citekey",
    "引用键",
    "DOI",
    "ISBN",
    "Autor",
    "Jahr",
    "Título",
    "著者",
    "Verlag",
    "Journal",
    "Schlüssel",
    "Note",
]
VALUES = ["x2020a", "10.5555/abc", "9780262035613", "2019", "Anders Holm", "{{x}}", ""]
SHAPES = ["**{}:** {}", "- {}: {}", "> **{}** {}", "| {} | {} |\n|---|---|", "## {}\n{}", "{}：{}", "{}:: {}", "1. **{}** = {}", "- <b>{}</b>: {}"]  # fmt: skip


@given(st.lists(st.builds(lambda s, k, v: s.format(k, v), *map(st.sampled_from, (SHAPES, LABELS, VALUES))), max_size=6))
def test_where_the_first_look_says_no_there_is_no_work(lines: list[str]) -> None:
    text = "\n".join(lines)
    with pytest.MonkeyPatch.context() as patch:
        looked = read("Note", text, schlüssel="citekey")
        patch.setattr("litindex.parser.literature.may_be_work", lambda *_: True)
        assert read("Note", text, schlüssel="citekey") == looked


def test_title_people_and_a_type_of_libraries_make_a_record() -> None:
    assert read("Tides", "---\ntype: book\ntitle: Tides\nauthor: [Anders Holm]\n---\nText\n") is not None
    assert read("Tides", "---\ntype: blog\ntitle: Tides\nauthor: [Anders Holm]\n---\nText\n") is None


def test_people_in_curly_quotes_are_read_without_them() -> None:
    assert people(work("@holm2019", "**Author**: “Anders Holm, Rita Castel”\n")) == ["Holm, Anders", "Castel, Rita"]


@pytest.mark.parametrize("name", ["@(holm2004)_Filters of the tide", "@[holm2004] Filters of the tide"])
def test_a_file_name_holds_citekey_and_title(name: str) -> None:
    found = work(name, "Text.\n")
    assert (found.citekey, found.title) == ("holm2004", "Filters of the tide")


def test_an_original_title_counts_where_no_other_is_told() -> None:
    original = "> [!info]\n> - Original Title:: Die Flut\n> - Author:: A. Holm\n> - DOI:: 10.5555/x\n"
    assert work("Flood by A. Holm", original).title == "Die Flut"
    assert work("x", f"---\ntitle: The flood\n---\n{original}").title == "The flood"
