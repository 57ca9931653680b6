"""The fifteen questions a researcher asks run as they stand, and mean what they say on a small vault."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from litindex.sync import indexer

Ask = Callable[[int], list[tuple[Any, ...]]]

STATEMENTS = re.split(r"^-- \d+\. ", (Path(__file__).parent / "questions.sql").read_text("utf-8"), flags=re.M)[1:]
YEAR = date.today().year
CHEN, ROE, MOE = "Chen24areOpenSrcLLMcatchUp", "Roe20drift", "Moe24copy"
DELIVERED = "%% begin Obsidian Notes %%\n___\n==Delete this and write here.==\n___\n%% end Obsidian Notes %%\n"
WRITTEN = DELIVERED.replace(
    "==Delete this and write here.==", "## Later\n\n- [ ] compare with the survey [due:: 2031-05-01]"
)
DRIFT = """
# Annotations

> “the drift of the mean” Yellow Highlight [Page 3](zotero://open-pdf/library/items/PDFKEY23?page=3&annotation=ANNKEY22)

too short a series

> “no drift at all” Blue Highlight [Page 4](zotero://open-pdf/library/items/PDFKEY23?page=4&annotation=ANNKEY33)
"""


def literature(citekey: str, head: str, fields: str, rest: str = "") -> str:
    quoted = "".join(f"> **{line.strip()}\n" for line in fields.strip().splitlines())
    return f"---\ncitekey: {citekey}\n{head}\n---\n\n> [!info]-\n{quoted}> **Citekey**:: {citekey}\n\n{rest}"


VAULT = {
    f"lit/{CHEN}.md": literature(
        CHEN,
        "status: unread\ntags: ml/genAI",
        f"""
        FirstAuthor**:: Chen, Hailin
        Author**:: Roe, Ann
        Author**:: Poe, Eve
        Author**:: Moe, Ida
        Title**:: "Catching up"
        Date**:: {YEAR}-01-15
        itemType**:: preprint
        DOI**:: 10.1000/one
        """,
        DELIVERED + f"\n%% Import Date: {YEAR}-04-03T09:09:07.374-07:00 %%\n",
    ),
    f"lit/{ROE}.md": literature(
        ROE,
        "status: read\ntags: ml",
        """
        FirstAuthor**:: Roe, Ann
        Author**:: Chen, Hailin
        Author**:: Poe, Eve
        Title**:: "Conformal intervals"
        Date**:: 2020
        itemType**:: journalArticle
        """,
        "A word on forecasting.\n\n" + WRITTEN + DRIFT,
    ),
    f"lit/{MOE}.md": literature(
        MOE,
        "status: unread\ntags: ML",
        f"""
        FirstAuthor**:: Moe, I.
        FirstEditor**:: Chen, Hailin
        Title**:: "Catching up, the book"
        Date**:: {YEAR}
        itemType**:: book
        DOI**:: https://doi.org/10.1000/ONE
        """,
    ),
    "notes/Draft.md": (
        f"[[{CHEN}]] and again [[{CHEN}|Chen]], [[{ROE}]]: conformal forecasts. [[Not yet]], [[not yet]]\n"
        + "A thought that goes on and on.\n" * 40
    ),
    "notes/Other.md": (
        f"---\ntags: [two words]\n---\nsee [[{ROE}#Later]] and ![[used.png]]\n\n- [ ] no task of literature\n"
    ),
    "used.png": "",
    "unused.png": "",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks a question by its number."""
    folder = tmp_path_factory.mktemp("questions")
    for path, text in VAULT.items():
        file = folder / "vault" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    indexer.sync(folder / "vault", folder / "index.db", jobs=1)
    with closing(sqlite3.connect(folder / "index.db")) as db:
        yield lambda number: db.execute(STATEMENTS[number - 1].partition("\n")[2]).fetchall()


def test_there_are_fifteen_questions() -> None:
    assert len(STATEMENTS) == 15


def test_1_unread_papers_of_the_last_years_on_a_topic_and_its_children(ask: Ask) -> None:
    assert ask(1) == [
        (CHEN, "Chen, Hailin; Roe, Ann; Poe, Eve; Moe, Ida", YEAR, "Catching up", f"lit/{CHEN}.md"),
        (MOE, "Moe, I.", YEAR, "Catching up, the book", f"lit/{MOE}.md"),
    ]


def test_2_everything_by_one_person_in_any_role(ask: Ask) -> None:
    assert ask(2) == [
        (2020, ROE, "Conformal intervals", "author", 2),
        (YEAR, CHEN, "Catching up", "author", 1),
        (YEAR, MOE, "Catching up, the book", "editor", 1),
    ]


def test_3_the_authors_read_most_and_since_when(ask: Ask) -> None:
    assert ask(3) == [
        ("Chen, Hailin", 3, 1, 2020, YEAR),
        ("Poe, Eve", 2, 0, 2020, YEAR),
        ("Roe, Ann", 2, 1, 2020, YEAR),
        ("Moe, I.", 1, 1, YEAR, YEAR),
        ("Moe, Ida", 1, 0, YEAR, YEAR),
    ]


def test_4_who_publishes_with_whom(ask: Ask) -> None:
    pairs = [(sorted((author, coauthor)), works) for author, coauthor, works in ask(4)]
    expected = [["Chen, Hailin", "Poe, Eve"], ["Chen, Hailin", "Roe, Ann"], ["Poe, Eve", "Roe, Ann"]]
    assert sorted(pairs) == [(pair, 2) for pair in expected]


def test_5_works_that_share_three_authors_with_a_given_one(ask: Ask) -> None:
    assert ask(5) == [(ROE, "Conformal intervals", 3)]


def test_6_full_text_search_ranks_the_title_first(ask: Ask) -> None:
    rows = ask(6)
    assert [(path, title) for path, title, _ in rows] == [
        (f"lit/{ROE}.md", "Conformal intervals"),
        ("notes/Draft.md", "Draft"),
    ]
    assert "[forecasting]" in rows[0][2]
    assert "[conformal] [forecasts]" in rows[1][2]


def test_7_highlights_about_a_word_in_two_colours_with_the_link_into_the_pdf(ask: Ask) -> None:
    uri = "zotero://open-pdf/library/items/PDFKEY23?page=3&annotation=ANNKEY22"
    assert ask(7) == [(ROE, "3", "yellow", "the drift of the mean", "too short a series", uri)]


def test_8_notes_imported_and_never_written_in(ask: Ask) -> None:
    assert ask(8) == [(CHEN, "Catching up", f"{YEAR}-04-03T09:09:07.374-07:00", f"lit/{CHEN}.md")]


def test_9_works_that_own_notes_cite_most(ask: Ask) -> None:
    first, second = ask(9)
    assert first[:3] == (ROE, "Conformal intervals", 2)
    assert set(first[3].split(",")) == {"notes/Draft.md", "notes/Other.md"}
    assert second == (CHEN, "Catching up", 1, "notes/Draft.md")


def test_10_notes_that_are_linked_to_but_do_not_exist(ask: Ask) -> None:
    ((target, *counts),) = ask(10)
    assert (target.lower(), counts) == ("not yet", [1, 2, "notes/Draft.md"])


def test_11_the_same_work_twice(ask: Ask) -> None:
    ((scheme, value, paths),) = ask(11)
    assert (scheme, value, set(paths.split(" | "))) == ("doi", "10.1000/one", {f"lit/{CHEN}.md", f"lit/{MOE}.md"})


def test_12_names_that_may_be_one_person(ask: Ask) -> None:
    assert [({author, other}, why) for author, other, why in ask(12)] == [({"Moe, I.", "Moe, Ida"}, "initials fit")]


def test_13_works_by_year_and_type(ask: Ask) -> None:
    assert set(ask(13)) == {(YEAR, "preprint", 1), (YEAR, "book", 1), (2020, "journalArticle", 1)}
    assert ask(13)[-1][0] == 2020


def test_14_open_tasks_in_literature_notes_with_their_heading(ask: Ask) -> None:
    ((path, line, heading, text, due),) = ask(14)
    assert (path, heading, due) == (f"lit/{ROE}.md", "Later", "2031-05-01")
    assert VAULT[path].splitlines()[line - 1] == f"- [ ] {text}"


def test_15_what_is_wrong_in_the_vault(ask: Ask) -> None:
    assert set(ask(15)) == {
        ("problem: tag-invalid", 1, "notes/Other.md"),
        ("journal article without DOI", 1, f"lit/{ROE}.md"),
        ("unused attachment", 1, "unused.png"),
    }
