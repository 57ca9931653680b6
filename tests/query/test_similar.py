"""`litindex similar`: which works are near, in which order, and the reasons in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest
from click.testing import CliRunner, Result

from litindex.cli import main
from litindex.index import database
from litindex.query.notes.find_note import find
from litindex.query.notes.similar import Reason, Similar, similar
from litindex.query.words.telling_words import telling_words
from litindex.sync import indexer

WORK = "---\ncitekey: {key}\ntitle: {title}\nauthors: [{authors}]\nyear: 2020\ntags: [{tags}]\n---\n## Notes\n\n{own}\n"


def work(key: str, title: str, authors: str = "", tags: str = "literature", own: str = "") -> str:
    quoted = ", ".join(f'"{name}"' for name in authors.split("; ") if name)
    return WORK.format(key=key, title=title, authors=quoted, tags=tags, own=own)


NOTES = {
    "reed.md": work(
        "reed", "Reed organs", "Okafor, Ngozi", "literature, sound/wind", "Compare [[pipe]] and @lost1999."
    ),
    "pipe.md": work("pipe", "Pipes", "Ito, Kenji", own="Bellows leak."),
    "flute.md": work("flute", "Flutes", "Okafor, Ngozi; Ito, Kenji", own="Also cites @lost1999."),
    "bell.md": work("bell", "Bells", "Haas, Friederike", "literature, sound/bronze"),
    "gong.md": work(
        "gong", "Gongs", tags="literature, sound/bronze", own="Its reverberation lasts. Reverberations mix."
    ),
    "cave.md": work("cave", "Caves", own="A reverberation without end. https://reverberation.example.org"),
    "moss.md": work("moss", "Moss"),
    "fern.md": work("fern", "Ferns"),
    "Thesis.md": "# Thesis\n\n[[moss]] and [[fern]] grow on [[cave]].\n",
    "Idea.md": "An idea about reverberation.\n",
    **{f"filler {at}.md": f"Filler number {at}.\n" for at in range(20)},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    vault = tmp_path_factory.mktemp("vault")
    for path, text in NOTES.items():
        (vault / path).write_text(text, "utf-8")
    index = tmp_path_factory.mktemp("index") / "litindex.db"
    indexer.sync(vault, index, jobs=1)
    return index


@pytest.fixture
def connection(made: Path) -> Iterator[Connection]:
    opened = database.open_readonly(made)
    yield opened
    opened.close()


def near(connection: Connection, name: str) -> dict[str | None, list[str]]:
    return {each.citekey: list(map(str, each.why)) for each in _similar(connection, name)}


def _similar(connection: Connection, name: str) -> list[Similar]:
    return similar(connection, find(connection, name)[0].note_id)


def litindex(made: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["similar", *arguments, "--db", str(made)])


def test_works_of_a_person_that_cite_the_same_missing_work_are_near(connection: Connection) -> None:
    assert near(connection, "reed")["flute"] == ["both by Okafor, Ngozi", "both cite @lost1999"]


@pytest.mark.parametrize(("name", "other", "how"), [("reed", "pipe", "cited by this"), ("pipe", "reed", "cites this")])
def test_a_work_that_cites_the_other_is_near(connection: Connection, name: str, other: str, how: str) -> None:
    assert how in near(connection, name)[other]


def test_works_that_a_note_cites_together_are_near(connection: Connection) -> None:
    assert near(connection, "moss") == {"cave": ["both cited in Thesis"], "fern": ["both cited in Thesis"]}


def test_the_nearest_is_first_and_equals_are_in_the_order_of_their_paths(connection: Connection) -> None:
    found = _similar(connection, "moss")
    assert [each.path for each in found] == ["cave.md", "fern.md"]
    assert found[0].nearness == found[1].nearness
    assert [each.citekey for each in _similar(connection, "bell")] == ["gong", "reed"], "its tag is the rarer one"


def test_of_a_tag_and_the_one_above_it_the_nearer_is_named(connection: Connection) -> None:
    assert near(connection, "bell") == {"gong": ["both tagged #sound/bronze"], "reed": ["both tagged #sound"]}


def test_a_tag_of_every_work_is_no_reason(connection: Connection) -> None:
    assert not any("#literature" in reason for reasons in near(connection, "reed").values() for reason in reasons)


def test_telling_words_are_found_in_other_forms_but_not_in_addresses(connection: Connection) -> None:
    assert near(connection, "cave")["gong"] == ["both say reverberation"]
    assert [each.word for each in telling_words(connection, find(connection, "cave")[0].note_id)] == ["reverberation"]


def test_a_note_that_is_no_work_has_works_near_it(connection: Connection) -> None:
    assert set(near(connection, "Idea")) == {"gong", "cave"}


def test_what_many_share_is_counted_not_listed() -> None:
    assert str(Reason("both by", ("A", "B", "C", "D", "E"))) == "both by A; B; C and 2 more"
    assert str(Reason("cites this", ())) == "cites this"


def test_the_command_says_why(made: Path) -> None:
    shown = litindex(made, "reed", "--limit", "1")
    assert shown.stdout == (
        "Flutes\nOkafor & Ito 2020 · @flute · flute.md\n    both by Okafor, Ngozi\n    both cite @lost1999\n\n"
    )


def test_the_command_writes_lists_for_programs(made: Path) -> None:
    (first, *_) = json.loads(litindex(made, "reed", "--json").stdout)
    assert first["why"] == ["both by Okafor, Ngozi", "both cite @lost1999"]
    assert first["creators"] == ["Okafor, Ngozi", "Ito, Kenji"]


def test_nothing_near_ends_with_one(made: Path) -> None:
    result = litindex(made, "filler 1")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "Nothing is near filler 1.\n")


def test_an_unknown_name_ends_with_what_may_be_meant(made: Path) -> None:
    result = litindex(made, "flut")
    assert (result.exit_code, "flute.md" in result.stderr) == (1, True)
