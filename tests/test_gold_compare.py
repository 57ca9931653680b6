"""The scorer sees what is missing, what is made up and what is in the wrong order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.gold.compare import Slot, slots

ONE, TWO = ["author", "Okafor, Ngozi"], ["author", "Ito, Kenji"]


@pytest.mark.parametrize(
    ("slot", "expected", "found", "parts"),
    [
        ("title", "The bell", "The  bell", (1, 0, 0)),
        ("title", "The bell", "The well", (0, 1, 1)),
        ("title", "The bell", None, (0, 0, 1)),
        ("year", None, None, (0, 0, 0)),
        ("year", None, 2024, (0, 1, 0)),
        ("work", False, True, (0, 1, 0)),
        ("creators", [ONE, TWO], [ONE, TWO], (2, 0, 0)),
        ("creators", [ONE, TWO], [TWO, ONE], (1, 1, 1)),
        ("creators", [ONE, TWO], [ONE], (1, 0, 1)),
        ("creators", [ONE], [["editor", "Okafor, Ngozi"]], (0, 1, 1)),
        ("creators", [ONE], [["author", "OKAFOR, Ngozi"]], (1, 0, 0)),
        ("tags", ["a", "b/c"], ["b/C", "d"], (1, 1, 1)),
        ("abstract", "We heard", "We heard a bell.", (1, 0, 0)),
        ("pdf", ["a.pdf", "file:///b%20c.pdf"], "file:///b c.pdf", (1, 0, 0)),
        ("own", ["my words", "more"], "these are my words", (1, 0, 1)),
        ("not_own", ["their words"], "their words", (0, 1, 0)),
    ],
)
def test_parts_found_made_up_and_missed(slot: str, expected: Any, found: Any, parts: tuple[int, int, int]) -> None:
    assert Slot.of(slot).parts(expected, found) == parts


def test_highlight_that_nobody_expected_is_made_up() -> None:
    gold = {"annotations": [{"text_starts": "Fog is", "color_name": "yellow"}]}
    actual = {
        "annotations": [
            {"text": "noise", "color_name": None, "page_label": None, "comment": None},
            {"text": "Fog is rain.", "color_name": "red", "page_label": "2", "comment": None},
        ]
    }
    assert list(slots(gold, actual)) == [
        ("annotation", "Fog is", "Fog is rain."),
        ("annotation color", "yellow", "red"),
        ("annotation", None, "noise"),
    ]
