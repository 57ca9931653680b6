"""Front matter: where it is, its types, what is saved of a broken one (FORMAT section 2, DECISIONS 1)."""

from __future__ import annotations

import json

import frontmatter
import pytest

from litindex.parser import parse_note
from litindex.parser.frontmatter.handler import HANDLER, FrontMatter, ObsidianHandler
from litindex.parser.frontmatter.yaml_core import YamlError, core_kind, load, to_data


def front(text: str) -> FrontMatter:
    return HANDLER.read(text.split("\n"))


@pytest.mark.parametrize(
    ("text", "state", "end"),
    [
        pytest.param("---\na: 1\n---\n", "ok", 3, id="plain"),
        pytest.param("---\na: 1\n---  \n", "ok", 3, id="m2-blanks-behind-the-end"),
        pytest.param("---\n---\n", "empty", 2, id="empty"),
        pytest.param("---\n# only a comment\n---\n", "empty", 3, id="comment"),
        pytest.param("---\n- a\n- b\n---\n", "not_mapping", 4, id="list"),
        pytest.param("---\njust text\n---\n", "not_mapping", 3, id="text"),
        pytest.param("---\na: 1\n", "unclosed", None, id="unclosed"),
        pytest.param("\n---\na: 1\n---\n", "none", None, id="blank-line-before"),
        pytest.param(" ---\na: 1\n---\n", "none", None, id="blank-before"),
        pytest.param("---  \na: 1\n---\n", "none", None, id="m1-blanks-behind-the-begin"),
        pytest.param("---\na: b: c\n---\n", "invalid", 3, id="colon-in-a-value"),
        pytest.param('---\na: "x\n---\ny"\n---\n', "invalid", 3, id="rule-in-quotes"),
        pytest.param('---\n{"a": 1}\n---\n', "ok", 3, id="json"),
    ],
)
def test_m1_m2_where_the_front_matter_is(text: str, state: str, end: int | None) -> None:
    found = front(text)
    assert (found.state, found.end) == (state, end)


def test_a_bom_stands_not_before_the_front_matter() -> None:
    note = parse_note("Note.md", b"\xef\xbb\xbf---\na: 1\n---\n")
    assert (note.has_bom, note.frontmatter_state) == (1, "ok")


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_f10_line_ends_are_no_part_of_a_value(eol: str) -> None:
    note = parse_note("Note.md", eol.join(["---", "a: x", "tags: [b]", "---", "#c"]).encode())
    assert note.frontmatter == '{"a": "x", "tags": ["b"]}'
    assert [tag.name for tag in note.tags] == ["b", "c"]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        *[(raw, "null") for raw in ("", "~", "null", "NULL")],
        *[(raw, "bool") for raw in ("true", "False", "TRUE")],
        *[(raw, "int") for raw in ("1936", "-5", "0o17", "0x1F", "007")],
        *[(raw, "float") for raw in ("1.5", "1e5", ".inf", "-.INF", ".nan")],
        *[(raw, "str") for raw in ("yes", "No", "on", "2024-01-15", "12:30", "1_000", "0b1", "1980A&A")],
    ],
)
def test_m7_types_are_those_of_yaml_1_2(raw: str, kind: str) -> None:
    assert core_kind(raw) == kind


@pytest.mark.parametrize(
    ("line", "data"),
    [
        pytest.param("title: # Recovery", {"title": None}, id="comment-as-title"),
        pytest.param("title: 2022-12-27", {"title": "2022-12-27"}, id="date-stays-text"),
        pytest.param("citekey: 1936", {"citekey": 1936}, id="number"),
        pytest.param('container-title: "null"', {"container-title": "null"}, id="quoted-null"),
        pytest.param("tags: #a #b", {"tags": None}, id="tags-as-comment"),
        pytest.param("year: [[2025]]", {"year": [[2025]]}, id="unquoted-link"),
        pytest.param("a:\tx", {"a": "x"}, id="tab"),
        pytest.param("a: .inf", {"a": ".inf"}, id="infinity-stays-text"),
    ],
)
def test_yaml_that_is_valid_and_not_what_was_meant(line: str, data: dict[str, object]) -> None:
    assert front(f"---\n{line}\n---").data == data


@pytest.mark.parametrize(
    ("block", "code", "line"),
    [
        pytest.param("a: 1\na: 2", "frontmatter-duplicate-key", 3, id="m11-key-twice"),
        pytest.param("a: b: c", "frontmatter-invalid", 2, id="colon"),
        pytest.param("x: 1\nkey: @vogel", "frontmatter-invalid", 3, id="at-sign"),
        pytest.param("a: **bold**", "frontmatter-invalid", 2, id="star"),
        pytest.param("a: [b, , c]", "frontmatter-invalid", 2, id="empty-item"),
        pytest.param('a: "\\[x"', "frontmatter-invalid", 2, id="escape"),
        pytest.param("a: " + "[" * 40 + "]" * 40, "yaml-refused", 2, id="too-deep"),
        pytest.param("a: [" + "x, " * 5001 + "x]", "yaml-refused", 2, id="too-many"),
        pytest.param("a: " + "x" * 65536, "yaml-refused", 2, id="too-large"),
    ],
)
def test_m4_a_broken_block_is_told_with_its_line(block: str, code: str, line: int) -> None:
    (problem,) = front(f"---\n{block}\n---").problems
    assert (problem.code, problem.line) == (code, line)


def test_decision_1_what_can_be_read_alone_is_kept() -> None:
    found = front(
        '---\ntitle: Proof: A Story\nauthors: [Greta Vogel, "Okoye, Amara"]\nyear: 2019\ntags:\n  - a\n  - b\n---'
    )
    assert found.state == "invalid"
    assert [(prop.key, prop.salvaged) for prop in found.properties] == [
        ("title", True),
        ("authors", True),
        ("year", True),
        ("tags", True),
    ]
    assert [prop.line for prop in found.properties] == [2, 3, 4, 5]
    note = parse_note("@vogel2019.md", b"---\ntitle: Proof: A Story\ntags: [a]\n---\n#b")
    assert note.work is not None
    assert note.work.title == "Proof: A Story"
    assert [tag.name for tag in note.tags] == ["b"]


def test_the_handler_of_python_frontmatter_follows_obsidian() -> None:
    metadata, content = frontmatter.parse("---\nanswer: yes\n---  \nBody\n", handler=ObsidianHandler())
    assert (metadata, content) == ({"answer": "yes"}, "Body")
    assert frontmatter.parse("Body", handler=ObsidianHandler()) == ({}, "Body")


def test_the_handler_gives_what_the_index_holds() -> None:
    text = "---\nisbn: 0123456707\nno: NO\ndate: 2024-02-30\n---\nBody"
    data = frontmatter.parse(text, handler=ObsidianHandler())[0]
    note = parse_note("Note.md", text.encode())
    assert note.frontmatter is not None
    assert data == json.loads(note.frontmatter) == {"isbn": 123456707, "no": "NO", "date": "2024-02-30"}
    assert {field.name: field.raw for field in note.fields}["isbn"] == "0123456707"


@pytest.mark.parametrize(
    ("block", "line"),
    [
        pytest.param(" title: Tides\nauthor: Doe, Jane\ncitekey: doe2019", 3, id="first-key-indented"),
        pytest.param("title: Tides\n...\nauthor: Doe, Jane\ncitekey: doe2019", 4, id="document-end"),
        pytest.param("title: Tides\naliases: [a,\nb]\nauthor: Doe, Jane\ncitekey: doe2019", 4, id="list-not-indented"),
        pytest.param('title: "Tides"# x\nauthor: Doe, Jane\ncitekey: doe2019', 2, id="comment-glued"),
        pytest.param("title: Tides\nnote: 'a\nb'\nauthor: Doe, Jane\ncitekey: doe2019", 4, id="quote-not-indented"),
        pytest.param("title: Tides\nx: {a: 1,\nb: 2}\nauthor: Doe, Jane\ncitekey: doe2019", 4, id="map-not-indented"),
    ],
)
def test_nothing_after_an_error_is_lost(block: str, line: int) -> None:
    note = parse_note("Note.md", f"---\n{block}\n---\nBody.\n".encode())
    assert note.frontmatter_state == "invalid"
    assert [(problem.code, problem.line) for problem in note.problems] == [("frontmatter-invalid", line)]
    assert note.work is not None
    assert (note.work.citekey, [each.name for each in note.work.creators]) == ("doe2019", ["Doe, Jane"])


@pytest.mark.parametrize(
    "block",
    [
        pytest.param("aliases: [\n  a,\n  b\n]", id="bracket-alone"),
        pytest.param("aliases: [a,\n b]", id="indented"),
        pytest.param("x:\n  - [a,\n     b]", id="in-a-list"),
        pytest.param("x: 'a\n\n  b'", id="blank-line"),
        pytest.param("a: 1\n...", id="document-end-at-the-end"),
    ],
)
def test_values_over_several_lines_are_sound(block: str) -> None:
    assert front(f"---\n{block}\n---").state == "ok"


def test_an_item_may_begin_with_a_colon_or_question_mark() -> None:
    found = front("---\na: [:books:, sea, ?x, \"b, :c\", ':d']\n---")
    assert found.data == {"a": [":books:", "sea", "?x", "b, :c", ":d"]}


@pytest.mark.parametrize(
    ("lines", "key", "value"),
    [
        pytest.param(
            "authors:\n  - family: Quill\n    given: Ada", "authors", [{"family": "Quill", "given": "Ada"}], id="maps"
        ),
        pytest.param('authors: [\n  "Quill, Ada",\n  "Fen, Bo"\n]', "authors", ["Quill, Ada", "Fen, Bo"], id="flow"),
        pytest.param('authors: ["Quill, Ada",\n"Fen, Bo"]', "authors", ["Quill, Ada", "Fen, Bo"], id="flow-unindented"),
        pytest.param('place: "A\nand b"', "place", "A and b", id="quoted-unindented"),
        pytest.param('place: "A"# maybe', "place", "A", id="glued-comment"),
        pytest.param('authors: "Quill, Ada", "Fen, Bo"', "authors", ["Quill, Ada", "Fen, Bo"], id="no-brackets"),
        pytest.param("abstract: >-\n  First\n  second", "abstract", "First second", id="folded"),
        pytest.param("year:2020", "year", "2020", id="no-blank"),
        pytest.param("\tyear: 2020", "year", 2020, id="tab-before"),
        pytest.param('"year": "2020",', "year", "2020", id="json-line"),
        pytest.param("journal: **J. Mud** # maybe", "journal", "**J. Mud**", id="comment"),
        pytest.param("place: A: b\n  and c", "place", "A: b and c", id="second-line"),
    ],
)
def test_each_property_of_a_broken_block_is_read_alone(lines: str, key: str, value: object) -> None:
    found = front(f"---\ntitle: Mud: x\n{lines}\nlast: 1\n---")
    assert found.state == "invalid"
    assert {prop.key: to_data(prop.value) for prop in found.properties} == {"title": "Mud: x", key: value, "last": 1}


@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
def test_a_second_block_counts_whole_and_first(between: str) -> None:
    text = f"---\ntitle: slug\npermalink: a/b\n---\n{between}---\ntitle: Mud\nauthors: [Ada Quill]\ntags: [tide]\n---\nBody"
    note = parse_note("@quill2020.md", text.encode())
    assert note.work is not None
    assert (note.work.title, [each.name for each in note.work.creators]) == ("Mud", ["Quill, Ada"])
    assert [tag.name for tag in note.tags] == ["tide"]
    assert [problem.code for problem in note.problems] == ["frontmatter-second-block"]
    assert note.own_text == "Body"


@pytest.mark.parametrize(
    "text", ["---\na: 1\n---\n---\nno key\n---", "---\na: 1\n---\n\n---\nb: 1", "---\na: 1\n---\n\n---\n\nb: 1\n---"]
)
def test_a_rule_behind_the_front_matter_opens_no_block(text: str) -> None:
    assert front(text).problems == []


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "Mud"\nciteKey = "quill2020"\nauthors = ["Ada Quill"]\n+++\nBody',
        '{\n"title": "Mud",\n"citeKey": "quill2020",\n"authors": ["Ada Quill"]\n}\nBody',
    ],
)
def test_toml_and_json_are_read_and_told(text: str) -> None:
    note = parse_note("Note.md", text.encode())
    assert (note.frontmatter_state, [problem.code for problem in note.problems]) == ("none", ["frontmatter-not-yaml"])
    assert note.work is not None
    assert (note.work.title, note.work.citekey, note.work.creators[0].name) == ("Mud", "quill2020", "Quill, Ada")
    assert [(field.name, field.form, field.line) for field in note.fields][:2] == [
        ("title", "salvaged", 2),
        ("citeKey", "salvaged", 3),
    ]
    assert note.own_text == "Body"


@pytest.mark.parametrize(
    "text", ["+++\nBody", "+++\n= x\n+++", "{\nBody\n}", "{\n" + '"a":{' * 900 + "}" * 900 + "\n}"]
)
def test_what_only_looks_like_toml_or_json_is_text(text: str) -> None:
    assert front(text).state == "none"


def test_an_error_names_the_line_of_the_file() -> None:
    with pytest.raises(YamlError) as caught:
        load("a: 1\nb: c: d\n", 11)
    assert caught.value.line == 12
