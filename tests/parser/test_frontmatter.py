"""Front matter: where it is, its types, what is saved of a broken one (FORMAT section 2, DECISIONS 1)."""

from __future__ import annotations

import frontmatter
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litindex.parser import parse_note
from litindex.parser.frontmatter.flat import load_flat
from litindex.parser.frontmatter.reader import FrontMatter, ObsidianHandler, read
from litindex.parser.frontmatter.yaml_core import Mapping, YamlError, core_kind, load


def front(text: str) -> FrontMatter:
    return read(text.split("\n"))


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


SIGNS = st.text("ab1.:-#[]{},'\"&*!|>%@` ~?/\\=+_ü日()^$<;\t", max_size=7)
KEYS = st.sampled_from(["a", "b", "key one", "x-y", "ü", "null", "a_"])
LINES = st.lists(
    st.one_of(
        st.builds("{}: {}".format, KEYS, SIGNS),
        st.builds("{}: [{}]".format, KEYS, SIGNS),
        st.builds("{}:".format, KEYS),
        st.builds("{}- {}".format, st.sampled_from(["", "  ", "    "]), SIGNS),
        st.sampled_from(["", " ", "  text", "# note", "...", "- k: v", "a: 1", "ag: \u2028", "a: !t x"]),
    ),
    max_size=5,
)


@given(LINES)
@settings(deadline=None, max_examples=1000)
def test_plain_lines_mean_what_the_yaml_parser_says(lines: list[str]) -> None:
    flat = load_flat(lines, 2)
    if flat is not None:
        assert load("\n".join(lines) + "\n", 2) == flat


@pytest.mark.parametrize(
    "lines",
    [
        ["a: 1", "b: [x, y]", "c:", "  - d", '  - "e: f"', "g:", "", "h: 'i'"],
        ["title: Proof of a Thing", "tags:", "- a", "- b"],
    ],
)
def test_plain_lines_need_no_yaml_parser(lines: list[str]) -> None:
    flat = load_flat(lines, 2)
    assert isinstance(flat, Mapping)
    assert flat == load("\n".join(lines) + "\n", 2)


def test_an_error_names_the_line_of_the_file() -> None:
    with pytest.raises(YamlError) as caught:
        load("a: 1\nb: c: d\n", 11)
    assert caught.value.line == 12
