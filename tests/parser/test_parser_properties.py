"""The parser is total: any bytes become a Note whose rows hang together, and always the same one."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litindex.models import Note
from litindex.parser import parse_note
from tests import hostile

VECTORS = {file.stem: file.read_bytes() for file in sorted((Path(__file__).parents[1] / "vectors").glob("*.md"))}
ROWS_PER_KIND = 10_000
SMALL = 2_000
FRAGMENTS = (
    "---\n", "a", " ", "\n", "\n\n", "\r", "\t", "> ", ">> ", "- ", "- [ ] ", "1. ", "    ", "# ", "#",
    "#tag/a", "[[", "]]", "|", "![[", "[a](", ")", "](b)", '<a b="', ">", "<!--", "-->", "`", "```\n", "~~~\n",
    "$", "$$", "%%", "%% begin x %%\n", "%% end x %%", "==", "**", "_", "\\", "::", "k:: v", "[k:: v]",
    "(k:: 1, 2)", "> [!info]- t\n", "> **Author**:: Roe, Ann", "^id", "[^1]", "[^1]: ", "@key", "[@key, p. 3]",
    "zotero://select/library/items/ABCD2345", "10.1000/x", "2024-01-15", '"', "'", "{", "}", ": ", "key: ",
    "tags: ", "- b\n", '<mark style="background-color: #ffd400">Quote</mark>\n', "é", "漢", "\u2028", "|-|-|\n",
    "===\n", "&amp;", "https://a.b/c).", "\0", "\ufeff", "{{x}}", "<% y %>", "🎉", "📅 2024-01-02",
)  # fmt: skip


def check(note: Note, data: bytes) -> None:
    """What the rows of every note must keep, whatever is in it."""
    rows = {name: value for name, value in note._asdict().items() if isinstance(value, tuple) and name != "work"}
    assert all(len(kind) <= ROWS_PER_KIND for kind in rows.values())
    assert all(0 < line <= max(1, note.line_count) for line in lines_of(rows))
    assert all(
        is_storable(text) for text in texts_of((note.title, note.body, note.own_text, note.work, *rows.values()))
    )
    assert note.frontmatter is None or isinstance(json.loads(note.frontmatter), dict)
    check_references(note)


def lines_of(rows: dict[str, tuple[Any, ...]]) -> Iterator[int]:
    for kind in rows.values():
        for row in kind:
            yield from (
                value for name in ("line", "line_start", "line_end") if (value := getattr(row, name, None)) is not None
            )


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)


def is_storable(text: str) -> bool:
    """SQLite stores UTF-8, in which there are no surrogates, and its functions stop at a NUL."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def check_references(note: Note) -> None:
    """Rows point to rows that are there; a parent stands before its children."""
    kinds: tuple[tuple[Any, ...], ...] = (note.headings, note.callouts, note.tasks)
    for kind in kinds:
        assert all(row.parent is None or 0 <= row.parent < place for place, row in enumerate(kind))
    assert all(task.heading is None or 0 <= task.heading < len(note.headings) for task in note.tasks)
    assert all(field.link is None or 0 <= field.link < len(note.links) for field in note.fields)
    assert all(field.task is None or 0 <= field.task < len(note.tasks) for field in note.fields)
    assert all(each.image_link is None or 0 <= each.image_link < len(note.links) for each in note.annotations)


def parsed(data: bytes) -> Note:
    note = parse_note("folder/Note.md", data)
    check(note, data)
    return note


@given(st.binary(max_size=SMALL))
def test_any_bytes_are_a_note(data: bytes) -> None:
    assert parsed(data) == parsed(data)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_any_mix_of_marks_is_a_note(text: str) -> None:
    assert parsed(text.encode()) == parsed(text.encode())


@given(st.text(max_size=200))
def test_any_front_matter_is_a_note(text: str) -> None:
    parsed(f"---\ntitle: {text}\n---\nbody\n".encode())


@st.composite
def mutated_vectors(draw: st.DrawFn) -> bytes:
    """A vector with a piece left out, doubled, or put where a piece of another one was."""
    data, other = (draw(st.sampled_from(list(VECTORS.values()))) for _ in range(2))
    first, last = sorted(draw(st.integers(0, len(data))) for _ in range(2))
    begin, end = sorted(draw(st.integers(0, len(other))) for _ in range(2))
    piece = draw(st.sampled_from([b"", data[first:last] * 2, other[begin:end], b"\0", b"\xff", b"\r", b"\n"]))
    return data[:first] + piece + data[last:]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(mutated_vectors())
def test_a_damaged_note_is_a_note(data: bytes) -> None:
    parsed(data)


@pytest.mark.parametrize("data", VECTORS.values(), ids=VECTORS.keys())
def test_the_rows_of_a_vector_hang_together(data: bytes) -> None:
    parsed(data)


@pytest.mark.parametrize("name", hostile.NOTES)
def test_a_hostile_note_is_a_note(name: str) -> None:
    parsed(hostile.NOTES[name])


@pytest.mark.parametrize("name", hostile.PATTERNS)
def test_a_hostile_pattern_is_a_note(name: str) -> None:
    parsed(hostile.PATTERNS[name].note(SMALL))


@pytest.mark.parametrize("name", [name for name in hostile.NOTES if name.startswith("20,000")])
def test_rows_left_out_are_told(name: str) -> None:
    assert "truncated" in {problem.code for problem in parsed(hostile.NOTES[name]).problems}


def test_nothing_of_a_note_is_left_when_it_goes() -> None:
    """A build reads notes by the thousand and never looks for garbage."""
    for name, data in VECTORS.items():
        parse_note(f"{name}.md", data)
    gc.collect()
    gc.disable()
    gc.freeze()  # what stood here before is not looked through for each note
    try:
        for name, data in VECTORS.items():
            parse_note(f"{name}.md", data)
            assert gc.collect() == 0, name
    finally:
        gc.unfreeze()
        gc.enable()


DIGEST = """
import hashlib, pathlib, sys
from litindex.parser import parse_note
files = sorted(pathlib.Path(sys.argv[1]).glob("*.md"))
print(hashlib.sha256("".join(repr(parse_note(f.name, f.read_bytes())) for f in files).encode()).hexdigest())
"""


def test_rows_do_not_depend_on_the_hash_seed() -> None:
    digests = {run_with_seed(seed) for seed in ("1", "2")}
    assert len(digests) == 1


def run_with_seed(seed: str) -> str:
    command = [sys.executable, "-c", DIGEST, str(Path(__file__).parents[1] / "vectors")]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
