"""Traps that real vaults hold (VARIATIONS sections 3 and 4), each with invented words."""

from __future__ import annotations

import pytest

from litindex.models import Note, Work
from litindex.parser import excluded_note, parse_note


def note(text: str, path: str = "Note.md") -> Note:
    return parse_note(path, text.encode())


def work(text: str, path: str = "@vogel2019.md") -> Work:
    found = note(text, path).work
    assert found is not None
    return found


def codes(found: Note) -> list[str]:
    return [problem.code for problem in found.problems]


def front(*lines: str) -> str:
    return "\n".join(("---", *lines, "---", ""))


# ---------------------------------------------------------------------- 3.1 and 3.2: YAML


@pytest.mark.parametrize(
    "line",
    [
        *(
            "alias: Proof: A Story",
            "alias: @vogel2019",
            "alias: %x",
            "alias: `x`",
            'alias: "x',
            "alias: [a, , b]",
            "no colon here",
            "alias: **bold**",
        ),
        *("alias: &x &y", "\talias: x", 'alias: "^\\[.*\\]"', 'alias: "a" b'),
    ],
)
def test_3_1_of_an_invalid_front_matter_everything_else_is_good(line: str) -> None:
    found = note(front("title: On Proof", line, "year: 2019", "citekey: vogel2019") + "Author:: Vogel, Greta\n")
    assert found.frontmatter_state == "invalid"
    assert [problem.severity for problem in found.problems if problem.code == "frontmatter-invalid"] == ["error"]
    assert found.work is not None
    assert (found.work.citekey, found.work.title, found.work.year) == ("vogel2019", "On Proof", 2019)
    assert [creator.name for creator in found.work.creators] == ["Vogel, Greta"]


def test_3_1_a_month_that_does_not_exist_breaks_nothing() -> None:
    found = note(front("citekey: vogel2019", "date: 2022-13-12"))
    assert found.frontmatter_state == "ok"
    assert found.work is not None
    assert (found.work.date, found.work.year) == (None, 2022)
    assert "date-unparsed" in codes(found)


@pytest.mark.parametrize(
    ("line", "slot", "value"),
    [
        pytest.param("title: # Recovery of Proofs", "title", "Recovery of Proofs", id="title-as-comment"),
        pytest.param("year: (2015)tags: research", "year", 2015, id="two-keys-in-a-line"),
        pytest.param("title: 2022-12-27", "title", "2022-12-27", id="title-as-date"),
        pytest.param('publisher: ""', "publisher", None, id="empty-string"),
        pytest.param('container-title: "null"', "container", None, id="null-as-text"),
        pytest.param("year: [[2025]]", "year", 2025, id="unquoted-link"),
        pytest.param('year: "350 ATA"', "year", None, id="no-year"),
        pytest.param("pages: 12-14", "pages", "12-14", id="pages"),
        pytest.param("volume: 012", "volume", "012", id="zero-before-a-number"),
    ],
)
def test_3_2_valid_yaml_that_means_something_else(line: str, slot: str, value: object) -> None:
    assert getattr(work(front(line)), slot) == value


def test_3_2_a_citekey_of_digits_stays_text() -> None:
    assert work(front("citekey: 01936"), "Note.md").citekey == "01936"


def test_3_2_aliases_in_one_string_are_split_at_commas() -> None:
    assert [alias.alias for alias in note(front("aliases: One, Two")).aliases] == ["One", "Two"]


def test_3_2_tags_behind_a_number_sign_are_a_comment() -> None:
    assert note(front("tags: #a #b")).tags == ()


def test_3_2_a_key_that_stands_twice_is_told() -> None:
    found = note(front("author: Greta Vogel", "author: Amara Okoye"), "@vogel2019.md")
    assert "frontmatter-duplicate-key" in codes(found)
    assert found.work is not None
    assert [creator.name for creator in found.work.creators] == ["Vogel, Greta", "Okoye, Amara"]


# ---------------------------------------------------------------------- 3.3: where the front matter is


@pytest.mark.parametrize(
    ("text", "state"),
    [
        pytest.param("---  \ntitle: x\n---  \n", "none", id="blanks-at-the-begin"),
        pytest.param("\n---\ntitle: x\n---\n", "none", id="blank-line-before"),
        pytest.param("---\ntitle: x\n\nText\n\nMore\n", "unclosed", id="never-closed"),
        pytest.param("---\n---\nText", "empty", id="empty"),
        pytest.param("\ufeff---\ntitle: x\n---\n", "ok", id="bom"),
        pytest.param("#literature\n\n---\ncategory:: x\n---\n", "none", id="fields-between-rules"),
    ],
)
def test_3_3_front_matter_begins_in_the_first_line(text: str, state: str) -> None:
    assert note(text).frontmatter_state == state


def test_3_3_fields_between_rules_are_fields() -> None:
    found = work("#literature\n\n---\ncitekey:: vogel2019\nAuthor:: Vogel, Greta\ndateread:\n---\n", "Note.md")
    assert (found.citekey, [creator.name for creator in found.creators]) == ("vogel2019", ["Vogel, Greta"])


# ---------------------------------------------------------------------- 3.5 and 3.6: callouts, marks in values


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("> [!info]\n> **Author**:: Vogel, Greta\n~    \n> **Title**:: On Proof", id="lazy-tilde"),
        pytest.param("> [!info]\n>> **Author**:: Vogel, Greta\n> **Title**:: On Proof", id="deeper"),
        pytest.param("> [!info]\n> > **Author**:: Vogel, Greta\n> **Title**:: On Proof", id="deeper-with-blank"),
        pytest.param(
            "> [!info]\n > **Author**:: Vogel, Greta\n>**Title**:: On Proof", id="blank-before-no-blank-behind"
        ),
        pytest.param("> [!info]\n> **Author**:: Vogel, Greta\n\n> **Title**:: On Proof", id="blank-line-between"),
        pytest.param(
            "> [!info]- [**Zotero**](zotero://select/library/items/ABCD2345)\n> **Author**:: Vogel, Greta\n> **Title**:: On Proof",
            id="link-title",
        ),
        pytest.param(
            "> [!info]\n> **Author**:: Vogel, Greta\n> **Title**:: On Proof\n> [!abstract]\n> Words",
            id="callout-right-after",
        ),
        pytest.param(
            "> [!multi-column]\n>\n>> [!info]\n>> **Author**:: Vogel, Greta\n>> **Title**:: On Proof", id="nested"
        ),
    ],
)
def test_3_5_the_metadata_is_one_block_however_it_is_quoted(body: str) -> None:
    found = work(body)
    assert (found.title, [creator.name for creator in found.creators]) == ("On Proof", ["Vogel, Greta"])


@pytest.mark.parametrize(
    ("value", "container"),
    [("*Annals of Proof*", "Annals of Proof"), ("**", None), ("    ", None), ('""', None), ("_Annals_", "Annals")],
)
def test_3_6_emphasis_is_no_part_of_a_value(value: str, container: str | None) -> None:
    assert work(f"> [!info]\n> **Journal**:: {value}\n").container == container


# ---------------------------------------------------------------------- 3.7: titles


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        pytest.param("On <i>Proof</i>", "On Proof", id="html"),
        pytest.param("Cause &amp; Proof", "Cause & Proof", id="entity"),
        pytest.param("Okoye&#39;s Proof", "Okoye's Proof", id="numeric-entity"),
        pytest.param("{{On}} {Proof}", "On Proof", id="braces"),
        pytest.param('"On "Proof""', 'On "Proof"', id="quotes-in-quotes"),
        pytest.param("On Proof:", "On Proof:", id="colon-at-the-end"),
        pytest.param("On\u200b Proof", "On Proof", id="zero-width-space"),
        pytest.param("On Pro\u00adof", "On Proof", id="soft-hyphen"),
        pytest.param("On $x$ Proof", "On $x$ Proof", id="math"),
        pytest.param("On Proof\u2028of Things", "On Proof of Things", id="line-separator"),
    ],
)
def test_3_7_titles_are_freed_of_what_is_not_seen(raw: str, title: str) -> None:
    assert work(f"Title:: {raw}\n").title == title


# ---------------------------------------------------------------------- 3.10 and 3.11: copies, links


@pytest.mark.parametrize("name", ["Vogel.sync-conflict-20240102-030405.md", "Vogel (conflicted copy 2024-01-02).md"])
def test_3_10_a_conflict_copy_is_no_work(name: str) -> None:
    found = note(front("citekey: vogel2019"), name)
    assert (found.kind, found.work) == ("note", None)
    assert "sync-conflict" in codes(found)


@pytest.mark.parametrize(
    ("text", "target", "subpath", "display"),
    [
        ("| [[Note\\|alias]] |\n|---|", "Note", None, "alias"),
        ("[[path/note.md#Heading |alias ]]", "path/note.md", "#Heading", "alias"),
        ("[[#^block]]", "", "#^block", None),
        ("[[x#^id|text]]", "x", "#^id", "text"),
        ("[[note]]s", "note", None, None),
        ("![[img.png|200]]", "img.png", None, "200"),
        ("[text](../zotero/x.md)", "../zotero/x.md", None, "text"),
        ("[text](My%20Note.md)", "My Note.md", None, "text"),
        ("[text](<My Note.md>)", "My Note.md", None, "text"),
        ("[[@vogel2019]]", "@vogel2019", None, None),
    ],
)
def test_3_11_links_in_all_their_forms(text: str, target: str, subpath: str | None, display: str | None) -> None:
    (link,) = note(text).links
    assert (link.target, link.subpath, link.display) == (target, subpath, display)


@pytest.mark.parametrize(
    ("text", "kind", "locator"),
    [
        ("[[@vogel2019]]", "link", None),
        ("as @vogel2019 says", "pandoc", None),
        ("so [@vogel2019, p. 3]", "pandoc", "p. 3"),
        ("@vogel2019 [p. 3]", "pandoc", "p. 3"),
    ],
)
def test_3_11_citations_in_all_their_forms(text: str, kind: str, locator: str | None) -> None:
    (citation,) = note(text).citations
    assert (citation.kind, citation.citekey, citation.locator) == (kind, "vogel2019", locator)


# ---------------------------------------------------------------------- 4: files


def test_4_an_empty_file_is_a_note() -> None:
    found = note("")
    assert (found.title, found.kind, found.word_count, found.problems) == ("Note", "note", 0, ())


@pytest.mark.parametrize(
    ("path", "name", "title"),
    [
        (".md", "", ""),
        ("Folder/Note .md", "Note ", "Note "),
        ('What: *a* "b" <c>?.md', 'What: *a* "b" <c>?', 'What: *a* "b" <c>?'),
        ("a#b^c[d].md", "a#b^c[d]", "a#b^c[d]"),
        ("UPPER.MD", "UPPER", "UPPER"),
        ("🐟.md", "🐟", "🐟"),
        ("two\nlines.md", "two\nlines", "two\nlines"),
        ("x" * 250 + ".md", "x" * 250, "x" * 250),
    ],
)
def test_4_strange_file_names_are_names(path: str, name: str, title: str) -> None:
    found = note("Text", path)
    assert (found.name, found.title, found.problems) == (name, title, ())


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(b"\x00GITCRYPT\x00\xff\xfe\x80 \x81", "utf-8-replaced", id="git-crypt"),
        pytest.param(b"text \x00 text", "utf-8", id="nul"),
        pytest.param("Größe".encode("latin-1"), "utf-8-replaced", id="latin-1"),
        pytest.param(b"\xff\xfea\x00b\x00", "utf-8-replaced", id="utf-16"),
    ],
)
def test_4_bytes_that_are_no_text_are_still_a_note(data: bytes, encoding: str) -> None:
    found = parse_note("Note.md", data)
    assert found.encoding == encoding
    assert "\0" not in found.body
    assert ("encoding" in codes(found)) == (encoding != "utf-8")


@pytest.mark.parametrize(
    ("text", "eol"), [("a\nb", "lf"), ("a\r\nb", "crlf"), ("a\rb", "cr"), ("a\r\nb\nc", "mixed"), ("a", "none")]
)
def test_4_line_ends_are_told_and_made_one(text: str, eol: str) -> None:
    found = note(text)
    assert found.eol == eol
    assert "\r" not in found.body


def test_4_merge_conflict_markers_are_text() -> None:
    found = note("<<<<<<< HEAD\nMine #a\n=======\nTheirs #b\n>>>>>>> other\n")
    assert [tag.name for tag in found.tags] == ["a", "b"]


def test_4_drawings_give_links_only() -> None:
    found = note(
        front("excalidraw-plugin: parsed") + "# Text Elements\nword #tag ^id1\n\n[[Note]]\n", "Sketch.excalidraw.md"
    )
    assert (found.kind, found.tags, found.headings, found.blocks) == ("excalidraw", (), (), ())
    assert [link.target for link in found.links] == ["Note"]


@pytest.mark.parametrize("info", ["dataview", "dataviewjs", "query", "tasks", "annotation-json", "bibtex"])
def test_4_blocks_of_plugins_are_code(info: str) -> None:
    found = note(f"```{info}\nKey:: v #tag [[Link]] - [ ] task\n```\n")
    assert (found.fields, found.tags, found.links, found.tasks) == ((), (), (), ())


@pytest.mark.parametrize(
    "line",
    [
        "Autor: Greta Vogel",
        "作者: Greta Vogel",
        "著者：Greta Vogel",
        "저자: Greta Vogel",
        "Автор: Greta Vogel",
        "Auteur: Greta Vogel",
        "מאת: Greta Vogel",
    ],
)
def test_4_notes_are_written_in_many_tongues(line: str) -> None:
    assert [creator.name for creator in work(line).creators] == ["Vogel, Greta"]


def test_4_of_an_excluded_note_nothing_is_read() -> None:
    found = excluded_note("Templates/A.md", b"#tag [[Link]]")
    assert (found.excluded, found.tags, found.links, found.body) == (1, (), (), "")
