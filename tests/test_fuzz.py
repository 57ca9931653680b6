"""The fuzzer finds what it is made for, and makes the same notes of a seed."""

from __future__ import annotations

import random
import re

import pytest

from litindex.parser import note, parse_note
from tests import fuzz, pumps


def test_a_seed_gives_the_same_notes() -> None:
    one, other = ([fuzz.make_note(chance) for _ in range(50)] for chance in (random.Random(7), random.Random(7)))
    assert one == other


def test_notes_put_together_at_random_are_read() -> None:
    chance = random.Random(1)
    assert [fault for _ in range(300) if (fault := fuzz.fault_of(fuzz.make_note(chance)))] == []


def test_a_note_is_made_smaller_as_long_as_its_fault_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note, "_CJK", None)
    data = "one\ntwo 漢 three\nfour\n".encode()
    fault = fuzz.fault_of(data)
    assert "parser-failed" in {problem.code for problem in parse_note("a.md", data).problems}
    assert fuzz.smaller(data, fault) == "漢".encode()


def test_pumped_strings_begin_as_the_expression_does() -> None:
    found = pumps.pumps(re.compile(r"\]\(<?(.+?)>?\)$"))
    assert any(pattern.unit.startswith("](") for pattern in found)
    assert any(set(pattern.unit) == {"]"} for pattern in found)


def test_every_expression_of_the_parser_is_found() -> None:
    names = pumps.expressions("litindex.parser")
    assert "litindex.parser.dataview.inline_fields._KEY" in names
    assert any(re.search(r":\d+$", name) for name in names)
