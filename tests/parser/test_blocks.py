"""The block scan agrees with CommonMark, as markdown-it-py reads it, and with Obsidian where that adds something."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litindex.parser.markdown import blocks, scanner

markdown_it = pytest.importorskip("markdown_it")
ORACLE = markdown_it.MarkdownIt("commonmark").enable("table")
ROOT = Path(__file__).parents[2]

LINES = st.lists(
    st.sampled_from(
        [
            "", "text", "  text", "    indented", "> quote", ">> deeper", "> - item", "- item", "  - sub", "* star", "1. one", "2. two",
            "# heading", "## two ##", "#nospace", "---", "===", "***", "```", "```python", "~~~", "> ```", "<div>", "</div>", "<!-- c", "-->",
            "| a | b |", "|---|---|", "| 1 | 2 |", "> ", ">", "\tcode", "-", "10) ten", "> # quoted", "<span>x</span>", "   text", "- # in item",
        ]
    ),
    max_size=12,
)  # fmt: skip


def shape(lines: list[str]) -> set[tuple[object, ...]]:
    """Kind and first line of every block that our scan finds."""
    document = scanner.scan(lines, 1)
    names = {blocks.CODE: "code", blocks.HTML: "html", blocks.RULE: "rule", blocks.TABLE: "table"}
    found: set[tuple[object, ...]] = set()
    for leaf in document.leaves:
        if leaf.kind in names:
            found.add((names[leaf.kind], leaf.start))
        elif leaf.kind == blocks.HEADING:
            found.add(("heading", leaf.start, leaf.level))
    for node in document.containers:
        found.add((node.kind, node.start, *([node.depth] if node.kind == blocks.QUOTE else [])))
    return found


def oracle_shape(lines: list[str]) -> set[tuple[object, ...]]:
    """The same of markdown-it's tokens."""
    names = {
        "fence": "code",
        "code_block": "code",
        "html_block": "html",
        "hr": "rule",
        "table_open": "table",
        "list_item_open": "item",
    }
    found: set[tuple[object, ...]] = set()
    depth = 0
    for token in ORACLE.parse("\n".join(lines) + "\n"):
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "blockquote_open":
            found.add(("quote", token.map[0] + 1, depth))
        elif token.type == "heading_open":
            found.add(("heading", token.map[0] + 1, int(token.tag[1])))
        elif token.type in names:
            found.add((names[token.type], token.map[0] + 1))
    return found


@given(LINES)
def test_any_mix_of_blocks_is_scanned_as_commonmark_reads_it(lines: list[str]) -> None:
    assert shape(lines) == oracle_shape(lines)


def test_the_lines_of_a_callout_title_make_no_setext_heading() -> None:
    document = scanner.scan(["> [!note] Title", "> ---", "> text"], 1)
    assert [leaf.kind for leaf in document.leaves] == [blocks.TITLE, blocks.RULE, blocks.PARA]


def test_a_lazy_line_stays_in_the_callout_and_a_blank_line_ends_it() -> None:
    document = scanner.scan(["> [!info] T", "> a", "~", "> b", "", "> other"], 1)
    assert [(node.start, node.end) for node in document.containers] == [(1, 4), (6, 6)]


def test_math_hides_block_marks_to_its_end_or_to_the_end_of_the_note() -> None:
    document = scanner.scan(["$$", "# x", "- y", "$$", "# real", "$$", "# never closed"], 1)
    assert [(leaf.kind, leaf.start) for leaf in document.leaves] == [("math", 1), ("heading", 5), ("math", 6)]


def test_a_task_is_text_even_where_a_heading_mark_follows_its_box() -> None:
    document = scanner.scan(["- [ ] # not a heading"], 1)
    assert [leaf.kind for leaf in document.leaves] == [blocks.PARA]


def test_footnote_definitions_hold_their_indented_lines() -> None:
    document = scanner.scan(["[^a]: one", "    two", "", "    three", "", "text"], 1)
    assert [(node.kind, node.start, node.end) for node in document.containers] == [("footnote", 1, 4)]


def test_a_block_id_right_under_a_quote_is_no_lazy_line_of_it() -> None:
    document = scanner.scan(["> quote", "^id"], 1)
    assert document.containers[0].end == 1
    assert document.leaves[-1].prev is document.containers[0]
