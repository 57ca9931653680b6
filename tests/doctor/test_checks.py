"""Each check finds what it is for, and is silent where nothing is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from litindex.doctor.check import STATED_BY_PARSER, Finding, load
from litindex.doctor.run import diagnose
from litindex.index import database
from litindex.sync import indexer

CHECKS = load()
PROGRAM = Path(__file__).parents[2] / "litindex"

Files = Mapping[str, str]


def found(folder: Path, files: Files, check: str) -> list[Finding]:
    """What the check finds in a vault of these files."""
    vault = folder / "vault"
    for path, text in files.items():
        file = vault / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    index = folder / "index.db"
    indexer.sync(vault, index, jobs=1)
    with closing(database.open_readonly(index)) as connection:
        return diagnose(connection, [CHECKS[check]])


def work(**properties: str) -> str:
    lines = [f"{name}: {value}\n" for name, value in properties.items()]
    return f"---\n{''.join(lines)}---\nWords of mine.\n"


ARTICLE = {"citekey": "a20", "type": "article-journal", "author": "Adler, Mira", "title": "On bells", "year": "2020"}
BOOK = {"citekey": "b", "type": "book", "author": "Adler, Mira", "title": "Bells and their towns", "year": "2021"}
CHAPTER = {**BOOK, "type": "chapter", "ISBN": "9783161484100"}


def generations(old: str, first: int, new: str, again: int) -> Files:
    """Notes imported in two years: `first` of the earlier ones have the field `old`, `again` of the later ones `new`."""
    fields = [f"{old}:: a" if n < first else f"{new}:: a" if n >= first + 12 - again else "" for n in range(first + 12)]
    return {
        f"{n}.md": work(citekey=f"k{n}", title=f"Bells {n}", year="2020")
        + f"{field}\n%% Import Date: {2020 if n < first else 2024}-01-{n + 1:02}T10:00:00.000+02:00 %%\n"
        for n, field in enumerate(fields)
    }


CASES: dict[str, tuple[Files, Files]] = {
    "block-duplicate": ({"A.md": "One ^x\n\nTwo ^x\n"}, {"A.md": "One ^x\n\nTwo ^y\n"}),
    "citation-missing": (
        {"A.md": "So [@a20].", "B.md": "So [see @bells; @towns, p. 3].", "b.md": work(**BOOK)},
        {"A.md": "So [@a20], says [@ringer](https://example.org/ringer) (bells; @Red ones).", "a20.md": work(**ARTICLE)},
    ),
    "citekey-duplicate": (
        {"a.md": work(**ARTICLE), "b.md": work(**ARTICLE)},
        {"a.md": work(**ARTICLE), "b.md": work(**BOOK)},
    ),
    "citekey-renamed": (
        {
            "A.md": "So [@a20].",
            "old.md": work(**ARTICLE, zotero="zotero://select/library/items/ABCDEF23")
            + "%% Import Date: 2020-01-01T10:00:00.000+02:00 %%\n",
            "new.md": work(**{**ARTICLE, "citekey": "a20bells"}, zotero="zotero://select/library/items/ABCDEF23")
            + "%% Import Date: 2024-01-01T10:00:00.000+02:00 %%\n",
        },
        {"A.md": "So [@a20].", "a20.md": work(**ARTICLE, zotero="zotero://select/library/items/ABCDEF23")},
    ),
    "conflict-markers": (
        {"A.md": "One\n<<<<<<< HEAD\ntwo\n=======\nthree\n>>>>>>> other\n"},
        {"A.md": "One\n=======\nthree\n"},
    ),
    "date-doubtful": ({"A.md": work(**{**ARTICLE, "year": "2099"})}, {"A.md": work(**ARTICLE)}),
    "doi-conflict": (
        {"A.md": work(**ARTICLE, DOI="10.5555/bells.1", URL="https://doi.org/10.5555/bells.2")},
        {"A.md": work(**ARTICLE, DOI="10.5555/bells.1", URL="https://doi.org/10.5555/Bells.1")},
    ),
    "doi-incomplete": (
        {"A.md": work(**ARTICLE, DOI="10.48550/arXiv. 2401.00001")},
        {"A.md": work(**ARTICLE, DOI="10.48550/arXiv.2401.00001")},
    ),
    "embed-missing": ({"A.md": "![[bell.png]]"}, {"A.md": "![[bell.png]] ![[lucide-bell.svg#icon]]", "files/bell.png": ""}),
    "field-near-miss": (
        {**{f"{n}.md": "---\nkeyword: bell\n---\n" for n in range(20)}, "A.md": "---\nkeywrod: bell\n---\n"},
        {**{f"{n}.md": "---\nkeyword: bell\n---\n" for n in range(20)}, "A.md": "---\nkeywords: bell\nword: a\n---\n",
         **{f"p{n}.md": "---\npublisher: bell\n---\n" for n in range(20)}, "B.md": "---\npublished: 2020\n---\n"},
    ),
    "file-unused": ({"A.md": "", "bell.png": ""}, {"A.md": "![[bell.png]]", "bell.png": "", "data.csv": "", "site/page.html": "", "site/img/b.png": ""}),
    "frontmatter-invalid": ({"A.md": "---\ntitle: one: two\n---\n"}, {"A.md": "---\ntitle: 'one: two'\n---\n", "Default Template.md": "---\nalias: %(citekey)\n---\n"}),
    "identifier-invalid": (
        {"A.md": work(**BOOK, ISBN="9783161484101")},
        {"A.md": work(**BOOK, ISBN="9783161484100")},
    ),
    "link-subpath-missing": ({"A.md": "[[B#Bells]]", "B.md": "# Towns"}, {"A.md": "[[B#Bells]]", "B.md": "# Bells"}),
    "link-unresolved": ({"A.md": "[[Bells]]"}, {"A.md": "[[Bells]]", "Bells.md": ""}),
    "missing-container": ({"A.md": work(**ARTICLE)}, {"A.md": work(**ARTICLE, journal="Journal of Bells"), "B.md": work(**BOOK)}),
    "missing-doi": (
        {"A.md": work(**ARTICLE)},
        {"A.md": work(**ARTICLE, DOI="10.5555/bells.1"), "B.md": work(**BOOK), "C.md": work(**{**ARTICLE, "year": "1950"})},
    ),
    "missing-year": (
        {"A.md": work(**{name: value for name, value in ARTICLE.items() if name != "year"})},
        {"A.md": work(**ARTICLE)},
    ),
    "pdf-missing": ({"A.md": "[[bells.pdf]]"}, {"A.md": "[[bells.pdf]]", "bells.pdf": ""}),
    "persist-unclosed": ({"A.md": "%% begin notes %%\nmine\n"}, {"A.md": "%% begin notes %%\nmine\n%% end notes %%\n"}),
    "person-double": (
        {"A.md": work(**ARTICLE), "B.md": work(**{**BOOK, "author": "Adler, M."})},
        {"A.md": work(**ARTICLE), "B.md": work(**{**BOOK, "author": "Adler, Jonas"})},
    ),
    "single-colon-field": (
        {**{f"{n}.md": "Place:: Osterveer\n" for n in range(5)}, "A.md": "Town:: a\n\n**Place**: Osterveer\n"},
        {
            **{f"{n}.md": "Place:: Osterveer\n" for n in range(5)},
            "A.md": "Town:: a\n\nA place: Osterveer\n```\nplace: code\n```\n",
            "B.md": "Place: in a note without fields\n",
            "C.md": "Town:: a\n\nPLACE: 578\n",
        },
    ),
    "tag-variant": (
        {"A.md": "#tower-bells", "B.md": "#towerbells", "C.md": "#towerbells"},
        {"A.md": "#tower/bells", "B.md": "#town"},
    ),
    "template-generation": (
        generations("shelf", 3, "shelf", 0),
        generations("shelf", 3, "shelf", 1),
    ),
    "template-error": (
        {"A.md": work(**{**ARTICLE, "year": "'Error: `format` can only be applied to dates. Tried for format object'"})},
        {"Meta/Templates old/A.md": work(**{**ARTICLE, "year": "'Error: `format` can only be applied to dates. Tried for format object'"})},
    ),
    "template-leftover": (
        {"A.md": work(**ARTICLE) + "<% tp.file.cursor() %>\n"},
        {"02 Vorlagen/A.md": work(**ARTICLE) + "<% tp.file.cursor() %>\n"},
    ),
    "template-placeholder": (
        {"A.md": work(**{**ARTICLE, "journal": "'{{publicationTitle}}'"})},
        {"A.md": work(**ARTICLE), "Templates/T.md": "---\ntitle: '{{title}}'\n---\n# {{title}}\n"},
    ),
    "work-duplicate": (
        {"A.md": work(**ARTICLE, DOI="10.5555/bells.1"), "B.md": work(**{**BOOK, "DOI": "10.5555/bells.1"})},
        {"A.md": work(**CHAPTER), "B.md": work(**{**CHAPTER, "citekey": "c", "title": "Towns without bells"})},
    ),
    "work-not-found": (
        {"A.md": "---\ntitle: On bells\nauthor: Adler, Mira\nabstract: What bells are.\n---\n"},
        {"My drafts/A.md": "---\ntitle: On bells\nauthor: Adler, Mira\nabstract: What bells are.\n---\n"},
    ),
    "work-same-title": (
        {"A.md": work(**BOOK), "B.md": work(**{**BOOK, "citekey": "c"})},
        {"A.md": work(**BOOK), "B.md": work(**{**BOOK, "citekey": "c", "year": "1999"})},
    ),
    "year-conflict": (
        {"A.md": work(**ARTICLE) + "> [!info]\n> **Year**:: 2019\n"},
        {
            "A.md": work(**ARTICLE) + "> [!info]\n> **Year**:: 2020\n",
            "B.md": work(**{**ARTICLE, "citekey": "b"})
            + "> [!cite]\n> Adler, Mira. “Bells.” _2018 Symposium on Bells_, 2020, pp. 1-6.\n",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("check", CASES)
def test_a_check_finds_what_it_is_for(check: str, tmp_path: Path) -> None:
    assert {(each.check, each.path in CASES[check][0]) for each in found(tmp_path, CASES[check][0], check)} == {
        (check, True)
    }


@pytest.mark.parametrize("check", CASES)
def test_a_check_is_silent_where_nothing_is_wrong(check: str, tmp_path: Path) -> None:
    assert found(tmp_path, CASES[check][1], check) == []


def test_every_check_that_is_more_than_a_problem_has_a_vault_that_shows_it() -> None:
    more = {name for name, check in CHECKS.items() if check.sql != STATED_BY_PARSER.format(code=name)}
    assert more - set(CASES) == {"own-words-lost"}, "of two states of a vault: tests/history"


def test_every_check_says_why_it_matters_and_how_to_mend_it() -> None:
    assert [
        name for name, check in CHECKS.items() if not (check.why and check.mend and check.title.endswith("."))
    ] == []


def test_every_code_of_a_problem_is_a_check() -> None:
    code = re.compile(r'(?:Problem\(|problem\(|_settle\(connection, |code: str = )\s*"([a-z]+(?:-[a-z]+)*)"')
    codes = {match for file in PROGRAM.rglob("*.py") for match in code.findall(file.read_text("utf-8"))}
    assert len(codes) > 20
    assert codes - set(CHECKS) == set()


def test_what_a_check_suggests_is_the_line_to_write(tmp_path: Path) -> None:
    (slip,) = found(tmp_path, CASES["single-colon-field"][0], "single-colon-field")
    assert (slip.path, slip.line, slip.suggestion) == ("A.md", 3, "**Place**:: Osterveer")


def test_the_line_of_a_single_colon_counts_from_the_top_of_the_note(tmp_path: Path) -> None:
    files = {**CASES["single-colon-field"][0], "A.md": "---\ntags: [a]\n---\n\nTown:: a\nplace: Osterveer\n"}
    assert [each.line for each in found(tmp_path, files, "single-colon-field")] == [6]


def test_a_mistyped_field_is_suggested_with_its_value(tmp_path: Path) -> None:
    (slip,) = found(tmp_path, CASES["field-near-miss"][0], "field-near-miss")
    assert (slip.path, slip.line, slip.suggestion) == ("A.md", 2, "keyword: bell")


def test_a_file_that_nothing_refers_to_is_told_with_its_size(tmp_path: Path) -> None:
    (unused,) = found(tmp_path, CASES["file-unused"][0], "file-unused")
    assert unused.message == "no note refers to this image (0 KB)"


def test_a_bare_name_without_a_number_is_a_person_and_no_citation(tmp_path: Path) -> None:
    files = {"A.md": "Thanks to @mira, see @adler19 and [@adlerBells; @osterveer].", "b.md": work(**BOOK)}
    cited = [each.message for each in found(tmp_path, files, "citation-missing")]
    assert cited == [f"no note has the citekey `{key}`" for key in ("adler19", "adlerBells", "osterveer")]


def people(folder: Path, *works: str) -> list[tuple[str, str]]:
    """(message, suggestion) of the persons that may be one; of each work the creators are given."""
    files = {f"{n}.md": work(**{**BOOK, "citekey": f"k{n}", "author": names}) for n, names in enumerate(works)}
    return [(each.message, each.suggestion) for each in found(folder, files, "person-double")]


def test_two_creators_of_one_work_are_two_people(tmp_path: Path) -> None:
    assert people(tmp_path, '["Adler, Mira", "Adler, M."]') == []


def test_an_initial_that_fits_several_people_is_none_of_them(tmp_path: Path) -> None:
    assert people(tmp_path, "Adler, Mira", "Adler, Max", "Adler, M.") == []


def test_of_two_spellings_of_a_person_the_fuller_one_is_suggested(tmp_path: Path) -> None:
    assert people(tmp_path, "Adler, Mirá", "Adler, Mira") == [
        ('"Adler, Mira" may be "Adler, Mirá" (same letters)', "Adler, Mirá")
    ]


def test_an_article_with_a_link_to_its_doi_is_not_told_to_have_none(tmp_path: Path) -> None:
    note = work(**ARTICLE) + "[Publisher](https://doi.org/10.5555/bells.1)\n"
    assert found(tmp_path, {"A.md": note}, "missing-doi") == []


def test_a_reference_that_names_the_proceedings_will_do(tmp_path: Path) -> None:
    reference = "> [!cite]\n> Adler, M. (2020). On bells: _Proceedings of the 3rd Meeting of Ringers_, 3-9.\n"
    note = work(**{**ARTICLE, "type": "paper-conference"})
    assert [each.message for each in found(tmp_path / "1", {"A.md": note}, "missing-container")] == [
        "no proceedings: On bells"
    ]
    assert found(tmp_path / "2", {"A.md": note + reference}, "missing-container") == []
