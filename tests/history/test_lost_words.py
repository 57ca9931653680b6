"""What counts as lost of what a person wrote, and what is only moved, edited or too little to matter."""

from __future__ import annotations

import pytest

from litindex.history.lost_words import LostText, Written, lost_texts, may_be_lost

LINES = [f"In the {number} bell tower nobody had rung the {number} bell since the war." for number in range(6)]
TEXT = "\n".join(LINES)
CHINESE = "钟楼里的钟自从战争以来没有人敲过我们在那里住了很多年听见风声和雨声" * 8


def lost(own: str, body: str, *, before: str = TEXT, blocks: tuple[tuple[str, str], ...] = ()) -> list[LostText]:
    return list(lost_texts(Written(before, before, blocks), own, body))


@pytest.mark.parametrize(
    "now",
    [
        pytest.param("\n".join(reversed(LINES)), id="moved"),
        pytest.param("\n".join(f"> {line}" for line in LINES), id="quoted"),
        pytest.param(TEXT.replace("nobody", "no one"), id="a word in each line is another"),
        pytest.param(" ".join(LINES), id="one paragraph"),
        pytest.param("\n".join(LINES[:4]), id="a third is gone"),
    ],
)
def test_what_is_still_there_is_not_lost(now: str) -> None:
    assert lost(now, now) == []


@pytest.mark.parametrize("now", ["", "Another text altogether, of other people and other towns.", LINES[0]])
def test_more_than_half_is_lost(now: str) -> None:
    ((block, characters, text),) = lost(now, now)
    assert (block, text) == (None, TEXT)
    assert 200 <= characters <= len(TEXT)


def test_less_than_200_characters_are_no_loss() -> None:
    assert lost("", "", before="x" * 199) == []
    assert [each.characters for each in lost("", "", before="x" * 200)] == [200]


def test_each_persist_block_is_a_text_of_its_own_beside_the_rest() -> None:
    before = f"{TEXT}\n" + "My own words, which stay. " * 60
    assert lost("My own words, which stay. " * 60, "My own words, which stay. " * 60, before=before) == []
    found = lost("", "My own words, which stay. " * 60, before=before, blocks=(("notes", f"\n> {TEXT}\n"),))
    assert [(each.block, each.text) for each in found] == [("notes", f"> {TEXT}")]


def test_words_that_only_moved_out_of_a_block_are_not_lost() -> None:
    assert lost("", TEXT, blocks=(("notes", TEXT),)) == []


def test_without_spaces_each_character_counts() -> None:
    assert lost("", CHINESE.replace("战争", "和平"), before=CHINESE) == []
    assert [each.characters for each in lost("", "", before=CHINESE)] == [len(CHINESE)]


@pytest.mark.parametrize(("now", "is_worth_a_look"), [(TEXT, False), (f"{TEXT}\nmore", False), ("", True)])
def test_a_first_look_passes_over_edits_that_take_nothing_away(now: str, is_worth_a_look: bool) -> None:
    assert may_be_lost(TEXT, now) is is_worth_a_look
    assert not may_be_lost("short", now)
