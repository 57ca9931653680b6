"""One answer to each question: two places that answer the same question must agree.

What is known to be wrong is marked; whoever mends it removes the mark (strict: a mended one that is still marked fails).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litindex.cli import main
from litindex.models import Settings
from litindex.parser.note import parse_note
from litindex.query.completion import note_names
from litindex.sync import indexer

ROOT = Path(__file__).parent.parent
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Makes a vault of these notes and its index, and asks that."""

    def run(notes: dict[str, str], sql: str) -> list[tuple[Any, ...]]:
        make_index(tmp_path, notes)
        with closing(sqlite3.connect(tmp_path / "index.db")) as db:
            return db.execute(sql).fetchall()

    return run


def make_index(folder: Path, notes: dict[str, str]) -> Path:
    for name, text in notes.items():
        file = folder / "vault" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    indexer.sync(folder / "vault", folder / "index.db", jobs=1)
    return folder / "index.db"


# ------------------------------------------------------------------ is this note about a work?

TAUGHT = Settings({"Signatur": "citekey", "Kürzel": "doi", "Standort": "zotero"})
KNOWING = "\n\n## Elsewhere\n\nKept beside Zotero.\n"
"""Words that state nothing, but make a note worth a closer look."""
FORMS = {
    "bold": "**{}:** {}\n",
    "item": "- {}: {}\n",
    "wide colon": "{}：{}\n",
    "row": "| Field | Value |\n|---|---|\n| {} | {} |\n",
    "heading": "## {}\n\n{}\n",
    "HTML row": "<table><tr><td>{}</td><td>{}</td></tr></table>\n",
    "callout": "> [!info]\n> **{}** {}\n",
    "field": "{}:: {}\n",
    "front matter": "---\n{}: {}\n---\n",
    "numbered": "1. {}: {}\n",
    "HTML": "<b>{}:</b> {}\n",
    "code": "`{}`: {}\n",
    "next line": "**{}**\n{}\n",
    "header of a table": "| {} | Title | Year |\n|---|---|---|\n| {} | On ferns | 2020 |\n",
    "far down": "> [!cite]\n" + "> moss\n" * 100 + "> **{}:** {}\n",
}
STATED = {
    "Citekey": "moss2020",
    "Zitierschlüssel": "moss2020",
    "引用键": "moss2020",
    "Texkey": "moss2020",
    "Signatur": "moss2020",
    "Kürzel": "10.1234/moss.7",
    "Eprint": "2001.01234",
    "Item key": "ABCD2345",
    "Standort": "zotero://select/library/items/ABCD2345",
}


def is_work(text: str) -> bool:
    return parse_note("Note.md", text.encode(), TAUGHT).work is not None


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("key", STATED)
def test_a_key_makes_a_work_in_whatever_language_it_is_written(key: str, form: str) -> None:
    text = FORMS[form].format(key, STATED[key])
    assert is_work(text + KNOWING)
    assert is_work(text)


PIECES = st.one_of(
    st.builds(
        lambda form, pair: FORMS[form].format(*pair),
        st.sampled_from([form for form in FORMS if form != "front matter"]),
        st.sampled_from(
            [
                *STATED.items(),
                ("Author", "Moss, Ada"),
                ("Editor", "Moss, Ada"),
                ("Title", "On ferns"),
                ("Year", "2020"),
                ("Journal", "Ferns"),
                ("ASIN", "B000000000"),
                ("ISBN", "9780306406157"),
                ("PMID", "123456"),
                ("URL", "https://arxiv.org/abs/2001.01234"),
            ]
        ),
    ),
    st.sampled_from(
        [
            "# On ferns\n",
            "Some words.\n",
            "```bibtex\n@article{moss2020,\n  title = {On ferns}\n}\n```\n",
            "```\n@techreport{moss2020,\n  title = {On ferns}\n}\n```\n",
            "@ARTICLE (moss2020, title = {On ferns})\n",
            "TY  - JOUR\nID  - moss2020\nER  - \n",
            "%0 Journal Article\n%A Moss, Ada\n%T On ferns\n%D 2020\n%J Ferns\n",
            '```json\n{"id": "moss2020", "type": "book", "title": "On ferns"}\n```\n',
        ]
    ),
)


@settings(max_examples=200, derandomize=True)
@example(["**Zitierschlüssel:** moss2020\n"])
@given(st.lists(PIECES, min_size=1, max_size=5))
def test_no_note_that_the_first_look_passes_by_is_about_a_work(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    assert is_work(text) is is_work(text + KNOWING)


# ------------------------------------------------------------------ what is a note called?


@pytest.mark.parametrize(
    "called", ["My\xa0Note", "my note", "My\u202fNote", "Fern\xa0wood/My\xa0Note", "fern wood/my note.md"]
)
def test_a_name_with_a_no_break_space_is_found_however_it_is_typed(called: str, tmp_path: Path) -> None:
    index = make_index(tmp_path, {"Fern\xa0wood/My\xa0Note.md": "moss\n", "Other.md": "fern\n"})
    found = CliRunner().invoke(main, ["show", called, "--db", str(index)])
    assert (found.exit_code, "My\xa0Note" in found.stdout) == (0, True), found.output


def test_the_shell_completes_a_name_with_a_no_break_space(tmp_path: Path) -> None:
    index = make_index(tmp_path, {"My\xa0Note.md": "moss\n"})
    assert [name for name, _ in note_names(index, "My\xa0N")] == ["My\xa0Note"]


# ------------------------------------------------------------------ an entry of a bibliography file

ENTRY = """```bibtex
{}@article{{moss2020,
  author = {{Moss, Ada}},
  title = {{On ferns}},
  journal = {{{}}}
}}
```
"""


@pytest.mark.parametrize(
    "written",
    [
        r"Science \& Technology",
        r"Science {\&} Technology",
        r"Science \% Technology",
    ],
)
def test_a_bibtex_macro_takes_no_space_along(written: str) -> None:
    work = parse_note("Note.md", ENTRY.format("", written).encode()).work
    assert work is not None
    assert work.container is not None
    assert work.container.startswith("Science ")
    assert work.container.endswith(" Technology")


@pytest.mark.parametrize("before", ["\n", "% kept by hand\n", "@comment{of mine}\n", '@string{j = "Ferns"}\n', "\n\n"])
def test_what_stands_before_the_only_entry_does_not_hide_it(before: str) -> None:
    work = parse_note("Note.md", ENTRY.format(before, "Ferns").encode()).work
    assert work is not None
    assert (work.citekey, work.title) == ("moss2020", "On ferns")


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 5, 9])
def test_a_bibtex_value_may_hold_braces_of_any_depth(depth: int) -> None:
    name = "{" * depth + "Moss, Ada" + "}" * depth
    entry = f"```bibtex\n@book{{moss2020,\n  author = {name},\n  title = {{On ferns}}\n}}\n```\n"
    work = parse_note("Note.md", entry.encode()).work
    assert work is not None
    assert work.title == "On ferns"
    assert len(work.creators) == 1


RIS = "```ris\nTY  - JOUR\nAU  - Moss, Ada\nTI  - On ferns and\n{}JO  - Ferns\nSN  - {}\nID  - moss2020\nER  - \n```\n"


@pytest.mark.parametrize("continued", ["mosses\n", "  mosses\n", "      mosses\n"])
def test_a_value_of_ris_goes_on_in_the_next_line(continued: str) -> None:
    work = parse_note("Note.md", RIS.format(continued, "1234-5679").encode()).work
    assert work is not None
    assert work.title == "On ferns and mosses"


@pytest.mark.parametrize(("number", "scheme"), [("0378-5955", "issn"), ("9780306406157", "isbn")])
def test_the_sn_of_ris_is_an_issn_or_an_isbn(number: str, scheme: str) -> None:
    work = parse_note("Note.md", RIS.format("", number).encode()).work
    assert work is not None
    assert [each.value for each in work.identifiers if each.scheme == scheme] == [number]


# ------------------------------------------------------------------ one question, asked of a view and of a query


def test_the_view_of_unresolved_links_leaves_out_citekeys_as_the_query_does(ask: Ask, tmp_path: Path) -> None:
    notes = {"Lit.md": "---\ncitekey: moss2020\n---\n", "A.md": "[[@moss2020]] and [[Nowhere]]\n"}
    assert ask(notes, "SELECT target FROM unresolved_links") == [("Nowhere",)]
    asked = CliRunner().invoke(main, ["query", "unresolved-links", "--csv", "--db", str(tmp_path / "index.db")])
    assert [line.split(",")[0] for line in asked.stdout.splitlines()[1:]] == ["Nowhere"], asked.output


def test_a_time_of_creation_that_is_not_there_has_no_source(ask: Ask) -> None:
    notes = {
        "A.md": "moss\n",
        "B.md": "---\ncreated: 2024-05-01\n---\n",
        "C.md": "---\ncreated: soon\n---\n",
        "D.md": "---\ncreated:\n---\n",
        "E.md": "---\ncreated: [2024-05-01]\n---\n",
        "F.md": "---\ncreated: 2024-05-01\n",
    }
    found = ask(
        notes, "SELECT name, created, created_source FROM notes WHERE created_source IS NOT NULL OR created <> ''"
    )
    assert found == [("B", "2024-05-01", "created")]


RARELY_WRITTEN = {
    ("files", "path_bytes"),
    ("notes", "path_bytes"),
    ("tasks", "created"),
    ("annotations", "attachment_id"),
}
COLUMNS = """
SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c
WHERE t.type = 'table' AND t.name NOT LIKE '%fts%' AND t.name NOT LIKE '%sqlite%'
  AND t.name NOT IN ('runs', 'changes', 'lost_texts')"""
"""Those of what was read from notes: history comes with later runs."""


def test_every_column_is_written_by_some_note(tmp_path: Path) -> None:
    never: list[set[tuple[str, str]]] = []
    for number, vault in enumerate((ROOT / "sample_vault", ROOT / "tests" / "gold" / "vault")):
        indexer.sync(vault, tmp_path / f"{number}.db", jobs=1)
        with closing(sqlite3.connect(tmp_path / f"{number}.db")) as db:
            filled = 'SELECT 1 FROM "{}" WHERE "{}" IS NOT NULL LIMIT 1'
            never.append(
                {pair for pair in db.execute(COLUMNS).fetchall() if not db.execute(filled.format(*pair)).fetchone()}
            )
    assert never[0] & never[1] - RARELY_WRITTEN == set()
