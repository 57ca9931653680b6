"""Two states of a note, and what is told of them."""

from __future__ import annotations

import pytest

from litindex.history.changes import Change, State, compare
from litindex.history.wording import tell, tell_all

BEFORE = State("a.md", "1", "Bells", "On Bells", "okafor21", "On Bells", '["Okafor, Ada"]', 2021, "unread", 2, 40)
AFTER = BEFORE._replace(sha256="2")


@pytest.mark.parametrize(
    ("after", "told"),
    [
        pytest.param(AFTER, "", id="nothing of all that"),
        pytest.param(
            AFTER._replace(read_status="reading", highlights=4), "status reading, 2 highlights more", id="read"
        ),
        pytest.param(AFTER._replace(highlights=1, own_words=41), "1 highlight fewer, 1 own word more", id="counts"),
        pytest.param(
            AFTER._replace(year=None, title="Bells"), 'title "Bells", no year any more', id="a value that went"
        ),
        pytest.param(AFTER._replace(creators='["A", "B"]'), "creators A; B", id="creators"),
        pytest.param(AFTER._replace(creators="[]"), "creators none", id="no creators"),
        pytest.param(BEFORE._replace(path="b/a.md"), "moved from a.md", id="moved"),
        pytest.param(AFTER._replace(path="b.md", citekey="o21"), "moved from a.md, citekey o21", id="moved and edited"),
        pytest.param(None, "gone", id="gone"),
    ],
)
def test_what_differs_is_told(after: State | None, told: str) -> None:
    assert tell(compare(BEFORE, after)) == told


def test_a_new_note_is_told_as_one_change_and_so_is_a_new_work() -> None:
    plain = BEFORE._replace(work=None, citekey=None, title=None, creators=None, year=None, read_status=None)
    assert list(compare(None, AFTER)) == [Change("a.md", "note", None, "Bells")]
    assert list(compare(plain, AFTER)) == [Change("a.md", "work", None, "On Bells")]
    assert tell(compare(AFTER, plain._replace(sha256="3"))) == "no longer about a work"


@pytest.mark.parametrize("hashes", [("1", "1"), ("", "2"), ("1", "")])
def test_content_that_is_the_same_or_was_not_read_has_not_changed(hashes: tuple[str, str]) -> None:
    before, after = (BEFORE._replace(sha256=each, highlights=at) for at, each in enumerate(hashes))
    assert list(compare(before, after)) == []


def test_each_note_has_a_line() -> None:
    changes = [*compare(BEFORE, AFTER._replace(year=2022, own_words=0)), *compare(None, BEFORE._replace(path="b.md"))]
    assert list(tell_all(changes)) == ["a.md: year 2022, 40 own words fewer", "b.md: new"]
