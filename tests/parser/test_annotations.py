"""Highlights, notes and images out of documents (FORMAT Z25 to Z28)."""

from __future__ import annotations

import pytest

from litindex.models import Annotation
from litindex.parser import parse_note
from litindex.parser.annotations.text import label_in
from litindex.parser.vocabulary.colors import color_name, find_hex, find_word

URI = "zotero://open-pdf/library/items/ABCD2345?page=3&annotation=QJCJQR8W"


def annotations(text: str) -> tuple[Annotation, ...]:
    return parse_note("@vogel2019.md", text.encode()).annotations


def only(text: str) -> Annotation:
    (found,) = annotations(text)
    return found


@pytest.mark.parametrize(
    ("color", "name"),
    [
        *[
            ("#ffd400", "yellow"),
            ("#ff6666", "red"),
            ("#5fb236", "green"),
            ("#2ea8e5", "blue"),
            ("#a28ae5", "purple"),
            ("#e56eee", "magenta"),
        ],
        *[
            ("#f19837", "orange"),
            ("#aaaaaa", "gray"),
            ("#000000", "black"),
            ("#ffffff", "white"),
            ("#808080", "gray"),
            ("#00ffff", "cyan"),
        ],
        *[("#ff0000", "red"), ("#ff8000", "orange"), ("#ff00aa", "magenta"), ("#ff0011", "red"), (None, None)],
    ],
)
def test_z25_a_hex_colour_has_a_name(color: str | None, name: str | None) -> None:
    assert color_name(color) == name


@pytest.mark.parametrize(
    ("text", "color"),
    [("x #FFD400;", "#ffd400"), ("#fa0", "#ffaa00"), ("#ffd400cc", "#ffd400"), ("#ff", None), ("#ffd40", None)],
)
def test_z25_hex_colours_are_six_digits(text: str, color: str | None) -> None:
    assert find_hex(text) == color


@pytest.mark.parametrize(
    ("text", "name"),
    [("hltr-yellow", "yellow"), ("Amarillo", "yellow"), ("голубой красный", "red"), ("grey", "gray"), ("colour", None)],
)
def test_z25_colour_words_of_many_tongues(text: str, name: str | None) -> None:
    assert find_word(text) == name


@pytest.mark.parametrize(
    ("display", "label"),
    [
        *[
            ("p. 12", "12"),
            ("(p. 483)", "483"),
            ("page. 1", "1"),
            ("Page xii", "xii"),
            ("2008:2", "2"),
            ("Vogel, 2019, p. 1714", "1714"),
        ],
        *[
            ("Seite 4", "4"),
            ("第 3 页", "3"),
            ("第3页", "3"),
            ("3쪽", "3"),
            ("Page undefined", None),
            ("open", None),
            ("4", "4"),
            ("pp. 12–14", "12–14"),
        ],
    ],
)
def test_the_printed_page_stands_in_the_text_of_the_link(display: str, label: str | None) -> None:
    assert label_in(display) == label


@pytest.mark.parametrize(
    ("text", "kind", "color", "label", "page"),
    [
        pytest.param(
            f"> “A passage” Yellow Highlight [Page 3]({URI.replace('page=3', 'page=xi')})",
            "highlight",
            "yellow",
            "xi",
            3,
            id="1-built-in",
        ),
        pytest.param(
            f"> “A passage” Highlight [Page 3]({URI})", "highlight", None, "3", 3, id="1-built-in-without-colour"
        ),
        pytest.param(
            f"> A passage Red Underline [Page 3]({URI})", "underline", "red", "3", 3, id="1-built-in-underline"
        ),
        pytest.param(
            '<mark style="background-color: #ffd400">Quote</mark>\n> A passage',
            "highlight",
            "yellow",
            None,
            None,
            id="2-seed",
        ),
        pytest.param(
            '<mark style="background-color: #2ea8e5">Note</mark>\n> A passage',
            "note",
            "blue",
            None,
            None,
            id="2-seed-note",
        ),
        pytest.param(
            f"> [!quote|#5fb236] Highlight ([p. 12]({URI}))\n> A passage", "highlight", "green", "12", 3, id="3-callout"
        ),
        pytest.param(
            f"> [!underline|#5fb236] ([p. 12]({URI}))\n> A passage", "underline", "green", "12", 3, id="3-callout-type"
        ),
        pytest.param(
            f"> [!annotation-purple] [p. 12]({URI})\n> A passage",
            "highlight",
            "purple",
            "12",
            3,
            id="3-colour-in-the-type",
        ),
        pytest.param(f"> [!amarillo] [p. 12]({URI})\n> A passage", "highlight", "yellow", "12", 3, id="3-spanish"),
        pytest.param(
            f'- <mark class="hltr-red">A passage</mark> [(p. 12)]({URI})', "highlight", "red", "12", 3, id="4-list"
        ),
        pytest.param(f"- A passage [(p. 12)]({URI})", "highlight", None, "12", 3, id="4-list-plain"),
        pytest.param(
            "> [!note] Page 7\n> A passage\n> \n> ^QJCJQR8WaABCD2345p7", "highlight", None, "7", 7, id="5-zotlit"
        ),
        pytest.param(f"“A passage” ([Vogel, 2019, p. 12]({URI}))", "highlight", None, "12", 3, id="prose"),
        pytest.param(f"[p. 12]({URI}) A passage", "highlight", None, "12", 3, id="link-first"),
        pytest.param(
            "> [!PDF|yellow] [[x.pdf#page=3&selection=1|x, p. 12]]\n> > A passage",
            "highlight",
            "yellow",
            "12",
            3,
            id="pdf-plus-plus",
        ),
    ],
)
def test_z27_shapes(text: str, kind: str, color: str | None, label: str | None, page: int | None) -> None:
    found = only(f"## Annotations\n\n{text}\n")
    assert (found.text, found.type, found.color_name) == ("A passage", kind, color)
    assert (found.page_label, found.page, found.heading, found.line) == (label, page, "Annotations", 3)


def test_z27_a_link_gives_library_attachment_and_key() -> None:
    found = only(f"> [!quote] [p. 12]({URI.replace('library', 'groups/77')})\n> A passage")
    assert (found.library, found.attachment_key, found.annotation_key) == ("groups/77", "ABCD2345", "QJCJQR8W")
    assert found.uri == URI.replace("library", "groups/77")


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        pytest.param(f"> [!quote] [p. 1]({URI})\n> A passage\n>\n> **Comment**:: Mine", "Mine", id="field"),
        pytest.param(f"> [!quote] [p. 1]({URI})\n> A passage\n> ---\n> Mine", "Mine", id="rule"),
        pytest.param(f"- A passage [p. 1]({URI})\n  - Mine", "Mine", id="item-below"),
        pytest.param(f"> “A passage” Highlight [Page 1]({URI})\n\nMine", "Mine", id="paragraph-after-built-in"),
        pytest.param(f"A passage [p. 1]({URI}) — Mine", "Mine", id="dash"),
        pytest.param(f"> [!quote] [p. 1]({URI})\n> A passage", None, id="none"),
    ],
)
def test_z27_what_the_reader_says(text: str, comment: str | None) -> None:
    found = only(text)
    assert (found.text, found.comment) == ("A passage", comment)


def test_z27_a_line_of_tags_belongs_to_the_annotation() -> None:
    found = only(f"> [!quote] [p. 1]({URI})\n> A passage\n> #Proof/one #two")
    assert (found.text, found.tags) == ("A passage", (("Proof/one", "proof/one"), ("two", "two")))


@pytest.mark.parametrize(
    ("stamp", "value"),
    [
        ("### Imported: 2024-04-12 6:43 pm", "2024-04-12T18:43"),
        ("**Imported: 2024-04-12 18:43**", "2024-04-12T18:43"),
        ("*Imported: 2025-02-19 11:23*", "2025-02-19T11:23"),
        ("### Imported on 2026-03-19 7:26 pm", "2026-03-19T19:26"),
    ],
)
def test_z27_the_stamp_above_tells_when(stamp: str, value: str) -> None:
    found = only(f"## Annotations\n\n{stamp}\n\n> [!quote] [p. 1]({URI})\n> A passage")
    assert (found.imported_at, found.heading) == (value, "Annotations")


def test_the_same_passage_imported_again_is_a_second_annotation() -> None:
    block = f"> [!quote] [p. 1]({URI})\n> A passage\n"
    found = annotations(f"### Imported: 2024-01-01\n\n{block}\n### Imported: 2024-02-01\n\n{block}")
    assert [annotation.imported_at for annotation in found] == ["2024-01-01", "2024-02-01"]


def test_z27_an_image_points_to_its_embed() -> None:
    note = parse_note(
        "@v.md", f"---\nup: '[[Home]]'\n---\n> [!image] [p. 1]({URI})\n> ![[image-3-x48-y228.png]]".encode()
    )
    (found,) = note.annotations
    assert (found.type, found.text) == ("image", None)
    assert found.image_link is not None
    assert note.links[found.image_link].target == "image-3-x48-y228.png"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("“A passage”", "A passage"),
        ('"A passage"', "A passage"),
        ("*“A passage”*", "A passage"),
        ("==A passage==", "A passage"),
        ("A\n> passage", "A passage"),
    ],
)
def test_z28_quotes_and_line_ends_are_no_part_of_the_passage(written: str, text: str) -> None:
    assert only(f"> [!quote] [p. 1]({URI})\n> {written}").text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "> [!info] [PDF](zotero://open-pdf/library/items/ABCD2345)\n> **Title**:: T", id="link-to-the-pdf"
        ),
        pytest.param("See [here](zotero://select/library/items/ABCD2345).", id="select-link"),
        pytest.param(f"```\n> [!quote] [p. 1]({URI})\n```", id="code"),
        pytest.param("> A quotation of my own", id="plain-quote"),
        pytest.param("> [!note]- Zotero Note (1)\n> Words <mark>marked</mark>", id="zotero-note"),
    ],
)
def test_other_things_are_no_annotations(text: str) -> None:
    assert annotations(text) == ()


def test_passages_are_not_ones_own_words() -> None:
    note = parse_note(
        "@v.md", f"Mine.\n\n> [!quote] [p. 1]({URI})\n> A passage\n>\n> **Comment**:: Also mine\n".encode()
    )
    assert note.own_text == "Mine.\nAlso mine"


def test_highlights_of_a_reading_service_need_no_link() -> None:
    found = annotations(
        "## Highlights\n- A passage ([Location 12](https://example.org/12))\n  - Note: Mine\n  - Tags: #one\n- Another\n"
    )
    assert [(a.text, a.comment, [name for name, _ in a.tags]) for a in found] == [
        ("A passage", "Mine", ["one"]),
        ("Another", None, []),
    ]


OPEN = "zotero://open-pdf/library/items/ABCD2345?page=3&annotation="
SELECT = "zotero://select/library/items/WXYZ2345"


def said(text: str) -> list[tuple[str | None, str | None]]:
    return [(found.text, found.comment) for found in annotations(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"“A passage” ([Fen, p. 3]({SELECT})) ([pdf]({OPEN}AAAA2222)) Mine", id="behind-two-links"),
        pytest.param(f"- “A passage” ([pdf]({OPEN}AAAA2222)) Mine", id="item"),
        pytest.param(f"> “A passage” ([p. 3]({OPEN}AAAA2222)) Mine", id="quote"),
        pytest.param(f"([p. 3]({OPEN}AAAA2222)) “A passage” Mine", id="link-first"),
        pytest.param(f"[p. 3]({OPEN}AAAA2222): “A passage” Mine", id="link-and-colon-first"),
        pytest.param(f"> [!quote] [p. 3]({OPEN}AAAA2222)\n> A passage\n> 1. **Notes:** Mine", id="numbered-in-callout"),
        pytest.param(f"> [!quote] [p. 3]({OPEN}AAAA2222)\n> A passage\n> **Poznámka:** Mine", id="label-in-czech"),
        pytest.param(f"“A passage” ([p. 3]({OPEN}AAAA2222))  \nMine", id="next-line"),
        pytest.param(f"> [!quote] [p. 3]({OPEN}AAAA2222)\n> A passage\n> > Mine", id="quoted-once-more"),
        pytest.param(f"> [!quote] [p. 3]({OPEN}AAAA2222)\n> A passage\n> - **Notes**: Mine", id="list-in-callout"),
        pytest.param(f"> [!quote] [p. 3]({OPEN}AAAA2222)\n> A passage\n>\n> **메모:** Mine", id="label-of-another-tongue"),
        pytest.param(f"> [!tip] “A passage” ([pdf]({OPEN}AAAA2222)) Mine", id="title-of-a-callout"),
        pytest.param(f"> [!quote] Quote [p. 3]({OPEN}AAAA2222)\n> A passage\n\n> [!annot] Comment\n> Mine", id="callout-below"),
        pytest.param(f"- <mark>A passage</mark> [p. 3]({OPEN}AAAA2222)\n\t- Mine", id="item-below"),
        pytest.param("> [!PDF|yellow] [[a.pdf#page=3&selection=1,2,3,4|a, p. 3]]\n> > A passage\n>\n> Mine", id="pdf-plus-plus"),
    ],
)  # fmt: skip
def test_what_is_indented_quoted_again_or_follows_the_link_is_the_comment(text: str) -> None:
    assert said(f"# Annotations\n\n{text}\n") == [("A passage", "Mine")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"- One [p. 3]({OPEN}AAAA2222)\n\t- Two [p. 3]({OPEN}AAAA2223)\n", id="nested-items"),
        pytest.param(f"## “One” [p. 3]({OPEN}AAAA2222)\n\n“Two” [p. 3]({OPEN}AAAA2223)\n", id="heading"),
        pytest.param(f"# [One]({OPEN}AAAA2222)\n\n## [Two]({OPEN}AAAA2223)\n", id="the-link-is-the-passage"),
        pytest.param(f"“One” ([p. 3]({OPEN}AAAA2222)) “Two” ([p. 3]({OPEN}AAAA2223))\n", id="one-line"),
        pytest.param(f"> [!quote]\n> - One [p. 3]({OPEN}AAAA2222)\n> - Two [p. 3]({OPEN}AAAA2223)\n", id="list-in-callout"),
    ],
)  # fmt: skip
def test_everything_with_a_link_of_its_own_is_one_annotation(text: str) -> None:
    assert said(text) == [("One", None), ("Two", None)]


def test_an_image_beside_its_link_is_an_image() -> None:
    found = only(f"![[a/image-3-x4-y5.png]] [Page 3]({OPEN}AAAA2222)")
    assert (found.type, found.text, found.page_label, found.image_link) == ("image", None, "3", 0)


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("> [!quote]|#5fb236\n> A passage ([p. 3](zotero://open-pdf/library/items/ABCD2345?page=3))", "#5fb236"),
        (f'- <mark style="background: rgb(95, 178, 54)">A passage</mark> [p. 3]({OPEN}AAAA2222)', "#5fb236"),
        (f'- <font color="#f19837">A passage</font> [p. 3]({OPEN}AAAA2222)', "#f19837"),
        ("> [!note|255,0,0] [[a.pdf#page=7&rect=1,2,3,4|a, p. 7]]\n> > A passage", "#ff0000"),
    ],
)
def test_z25_a_colour_however_it_is_written(text: str, color: str) -> None:
    assert (only(text).text, only(text).color) == ("A passage", color)


def test_a_heading_that_names_a_colour_gives_it_to_the_callouts_below() -> None:
    assert only(f"## 黄色\n\n> [!note] [p. 3]({OPEN}AAAA2222)\n> A passage").color_name == "yellow"


@pytest.mark.parametrize("printed", ["NaN", "undefined", "null", ""])
def test_a_page_that_is_none_is_no_page(printed: str) -> None:
    found = only(
        f"- A passage [p. {printed}](zotero://open-pdf/library/items/ABCD2345?page={printed}&annotation=AAAA2222)"
    )
    assert (found.page, found.page_label) == (None, None)


def test_the_address_of_an_epub_may_hold_brackets() -> None:
    uri = "zotero://open/library/items/ABCD2345?sel=p%3Anth-child(3)&annotation=AAAA2222"
    assert only(f"- A passage [p]({uri})").uri == uri


def test_tags_behind_a_comment_are_tags() -> None:
    found = only(f"“A passage” [p. 3]({OPEN}AAAA2222) mine Tag: reed; salt marsh")
    assert (found.comment, [name for name, _ in found.tags]) == ("mine", ["reed", "salt-marsh"])


def test_a_tag_in_the_title_of_a_callout_is_a_tag() -> None:
    (found,) = annotations(f"> [!tip] “A passage” ([p. 3]({OPEN}AAAA2222)) Mine #reed\n")
    assert (found.comment, [name for name, _ in found.tags]) == ("Mine", ["reed"])


def test_a_persist_marker_below_an_item_ends_it() -> None:
    note = parse_note("@v.md", f"- A passage [p. 3]({OPEN}AAAA2222)\n%% begin notes %%\nMine\n%% end notes %%".encode())
    assert (note.annotations[0].comment, note.own_text) == (None, "Mine")


def test_marked_text_outside_a_section_is_no_annotation() -> None:
    assert annotations("Words <mark>marked</mark> by me.") == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"> A passage\n\n[Page 3]({OPEN}AAAA2222)\n\n**Comment:** Mine", id="link-below-a-quote"),
        pytest.param(f"[Page 3]({OPEN}AAAA2222)\n\n> A passage\n> > Mine", id="link-above-a-quote"),
        pytest.param(f"> [!quote] [p. 3]({OPEN}AAAA2222)\n> A passage\n\n**Kommentar**: Mine", id="label-below-a-callout"),
        pytest.param("> [!quote] Page 3\n> A passage\n> > Mine", id="callout-without-a-link"),
    ],
)  # fmt: skip
def test_the_parts_of_an_annotation_may_stand_apart(text: str) -> None:
    found = only(f"# Annotations\n\n{text}\n")
    assert (found.text, found.comment, found.page_label) == ("A passage", "Mine", "3")


def test_a_square_tells_the_colour() -> None:
    found = only(f"> [!azul] 🟦 **Azul**:: ([3]({OPEN}AAAA2222))\n> A passage")
    assert (found.color_name, found.text) == ("blue", "A passage")
    assert only(f"- 🟨 A passage [p. 3]({OPEN}AAAA2222)").color_name == "yellow"


def test_a_quote_without_a_page_outside_a_section_is_no_annotation() -> None:
    assert annotations("# Thoughts\n\n> [!quote] Fen\n> A passage\n") == ()
    assert [a.page_label for a in annotations("# Thoughts\n\n> [!quote] Page 3\n> A passage\n")] == ["3"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- A passage (p. 12)\n\t- Mine", id="item"),
        pytest.param("> A passage (Fen, 2020, p. 12)\n> > Mine", id="quote"),
        pytest.param("A passage [S. 12]\n- Mine", id="line"),
    ],
)
def test_a_page_behind_a_passage_needs_no_link_in_a_section(text: str) -> None:
    (found,) = annotations(f"# Highlights and notes\n\n{text}\n")
    assert (found.text, found.page_label) == ("A passage", "12")
    assert bool(annotations(f"# Thoughts\n\n{text}\n")) == text.startswith(">")


def test_a_line_break_parts_words_and_emphasis_of_a_comment_stays_whole() -> None:
    assert said(f"> [!quote] [p. 3]({OPEN}AAAA2222)\n> One<br>two") == [("One two", None)]
    assert said(f"**“One”** [p. 3]({OPEN}AAAA2222) *mine*") == [("One", "*mine*")]
    assert said(f"**One [p. 3]({OPEN}AAAA2222)** mine") == [("One", "mine")]


IMPORTED = """%% begin annotations %%

###### Imported: 2024-02-08 3:36 pm

> The tide keeps time.

*A fine method.
It goes on.*

> The bell does not.


Mine, below a quote.

%% end annotations %%

> quoted outside
"""


def test_a_quote_in_an_imported_block_is_an_annotation_though_it_has_no_link() -> None:
    note = parse_note("x.md", ("---\ncitekey: grove2010\n---\n# Annotations\n" + IMPORTED).encode())
    assert [(each.text, each.comment) for each in note.annotations] == [
        ("The tide keeps time.", "A fine method.\nIt goes on."),
        ("The bell does not.", None),
    ]
    assert "Mine, below a quote." in note.own_text
    assert "The tide keeps time." not in note.own_text


def test_a_wikilink_to_no_passage_may_stand_before_one() -> None:
    note = parse_note("a.md", b"> Reeds bend. [[x.pdf#height=40]] [[x.pdf#page=3&selection=1,2,3,4]]\n")
    assert not note.problems
    assert [(a.text, a.page) for a in note.annotations] == [("Reeds bend.", 3)]


def test_a_fence_that_holds_nothing_may_stand_among_highlights() -> None:
    for fence in "- >```", "- ```\n  ```", "> ```", "```\n```":
        assert not parse_note("a.md", f"k\n## Highlights\n{fence}\n- Reeds bend.\n".encode()).problems
