"""What each format holds of one item, and that other people's readers read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litindex.bibliography import bibtex, csl_json, ris
from litindex.bibliography.dates import Date
from litindex.bibliography.item import Item
from litindex.bibliography.names import Person
from tests.bibliography import notes, readers
from tests.bibliography.zotero_items import ITEMS

HARD = Item(
    "hard2020",
    "journalArticle",
    {
        "title": "The <i>Vibrio</i> of H<sub>2</sub>O & 5% {mud}: an $x^2$ study of Łódź",
        "publicationTitle": "Journal of R&D_1",
        "pages": "12–34, e5",
        "volume": "3",
        "issue": "1-2",
        "DOI": "10.5555/a_b%c#d(1)",
        "url": "https://x.org/a_b?c=1&d=%7E#e{f}",
        "abstractNote": "First line.\n\nSecond # line.",
        "language": "de-CH",
        "arXiv": "2101.00001",
        "PMID": "12345",
        "extra": "A note.",
    },
    (Person("author", "Núñez", "Ángel"), Person("author", literal="Rivers and Sons"), Person("editor", "Meer", "Anneke", "van der")),
    Date((2020, 3, 12)),
    accessed=Date((2021, 1, 2)),
    keywords=("mud, wet", "R&D"),
)  # fmt: skip


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return list(notes.items_of({item.key: notes.in_properties(item) for item in ITEMS}).values())


@pytest.mark.parametrize("dialect", [bibtex.BIBTEX, bibtex.BIBLATEX], ids=["bibtex", "biblatex"])
def test_bibtex_readers_read_every_type(items: list[Item], dialect: bibtex.Dialect) -> None:
    text = bibtex.write(items, dialect)
    assert len(readers.bibtexparser(text)) == len(readers.pybtex(text)) == len(items)


@pytest.mark.parametrize("kind", ["bibtex", "biblatex"])
def test_pandoc_reads_every_type(items: list[Item], kind: str) -> None:
    dialect = bibtex.BIBTEX if kind == "bibtex" else bibtex.BIBLATEX
    read = readers.pandoc(bibtex.write(items, dialect), kind)
    assert {key: item["issued"] for key, item in read.items()} == {key: {"date-parts": [[2021, 4, 17]]} for key in read}
    assert {item["title"] for item in read.values()} == {item.fields["title"] for item in items}


def test_pandoc_reads_csl_json_of_every_type(items: list[Item]) -> None:
    read = readers.pandoc(csl_json.write(items), "csljson")
    assert {key: item["type"] for key, item in read.items()} == {item.key: item.csl_type for item in ITEMS}


def test_rispy_reads_every_type(items: list[Item]) -> None:
    read = readers.rispy(ris.write(items))
    assert {record["title"] for record in read.values()} == {item.fields["title"] for item in items}
    article = read["journalarticle2021"]
    assert (article["start_page"], article["end_page"], article["year"]) == ("201", "219", "2021")
    assert article["authors"] == ["Okafor, Ngozi", "Ministry of Dikes"]


def test_bibtex_escapes_what_latex_would_take_for_a_command() -> None:
    _, fields = bibtex.entry_of(HARD, bibtex.BIBTEX)
    assert fields["title"] == (
        r"{The \emph{{Vibrio}} of {H}\textsubscript{2}{O} \& 5\% "
        r"\{mud\}: an $x^2$ study of {{\L}{\'o}d{\'z}}}"
    )
    assert fields["journal"] == r"{Journal of R\&D\_1}"
    assert fields["author"] == r"{N{\'u}{\~n}ez, {\'A}ngel and {Rivers and Sons}}"
    assert fields["doi"] == "{10.5555/a_b%c#d(1)}"
    assert fields["url"] == "{https://x.org/a_b?c=1&d=%7E#e%7Bf%7D}"
    assert (fields["year"], fields["month"], fields["day"]) == ("{2020}", "mar", "{12}")
    assert (fields["pages"], fields["number"]) == ("{12--34, e5}", "{1--2}")
    assert (fields["eprint"], fields["archiveprefix"], fields["pmid"]) == ("{2101.00001}", "{arXiv}", "{12345}")
    assert fields["keywords"] == r"{{mud, wet}, R\&D}"


def test_biblatex_is_utf8_with_its_own_fields() -> None:
    _, fields = bibtex.entry_of(HARD, bibtex.BIBLATEX)
    assert fields["title"].endswith("study of {Łódź}}")
    assert fields["author"] == "{Núñez, Ángel and {Rivers and Sons}}"
    assert (fields["date"], fields["urldate"], fields["langid"]) == ("{2020-03-12}", "{2021-01-02}", "{nswissgerman}")
    assert (fields["eprint"], fields["eprinttype"]) == ("{2101.00001}", "{arxiv}")


@pytest.mark.parametrize("kind", ["bibtex", "biblatex"])
def test_pandoc_reads_hard_signs_as_they_are(kind: str) -> None:
    dialect = bibtex.BIBTEX if kind == "bibtex" else bibtex.BIBLATEX
    read = readers.pandoc(bibtex.write([HARD], dialect), kind)["hard2020"]
    assert read["title"].replace('<span class="nocase">', "").replace("</span>", "") == (
        "The <i>Vibrio</i> of H<sub>2</sub>O & 5% {mud}: an x^2 study of Łódź"
    )
    assert read["container-title"] == "Journal of R&D_1"
    assert read["author"] == [{"family": "Núñez", "given": "Ángel"}, {"literal": "Rivers and Sons"}]
    assert read["page"] == "12-34, e5"
    assert read["DOI"] == "10.5555/a_b%c#d(1)"
    assert read["URL"] == "https://x.org/a_b?c=1&d=%7E#e%7Bf%7D"


@pytest.mark.parametrize("kind", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    ("date", "read"),
    [
        (Date((1914,), (1918,)), {"date-parts": [[1914], [1918]]}),
        (Date((2019, 5), (2020, 6)), {"date-parts": [[2019, 5], [2020, 6]]}),
        (Date((1650,), doubt="~"), {"date-parts": [[1650]], "circa": True}),
        (Date((2001,), season=3), {"date-parts": [[2001, 23]]}),
        (Date((-380,)), {"date-parts": [[-380]]}),
        (Date((2020, 3, 12)), {"date-parts": [[2020, 3, 12]]}),
    ],
)
def test_pandoc_reads_a_date_with_all_that_was_written(date: Date, read: dict[str, object], kind: str) -> None:
    dialect = bibtex.BIBTEX if kind == "bibtex" else bibtex.BIBLATEX
    text = bibtex.write([Item("a", "book", {"title": "T"}, issued=date)], dialect)
    assert readers.pandoc(text, kind)["a"]["issued"] == read


@pytest.mark.parametrize(
    ("genre", "kind", "left"),
    [
        ("PhD thesis", "phdthesis", None),
        ("Master's thesis", "mastersthesis", None),
        ("Diplomarbeit", "mastersthesis", "{Diplomarbeit}"),
        ("Bachelor thesis", "mastersthesis", "{Bachelor thesis}"),
        ("Habilitation", "phdthesis", "{Habilitation}"),
    ],
)
def test_a_thesis_is_of_its_kind(genre: str, kind: str, left: str | None) -> None:
    item = Item("a", "thesis", {"title": "T", "type": genre, "publisher": "U"})
    found, fields = bibtex.entry_of(item, bibtex.BIBTEX)
    assert (found, fields.get("type"), fields["school"]) == (kind, left, "{U}")


def test_a_house_named_with_and_is_one_publisher() -> None:
    item = Item("a", "book", {"title": "T", "publisher": "Hill and Sons"})
    text = bibtex.write([item], bibtex.BIBLATEX)
    assert "publisher = {{Hill and Sons}}" in text
    assert readers.pandoc(text, "biblatex")["a"]["publisher"] == "Hill and Sons"


@pytest.mark.parametrize("status", ["in press", "forthcoming"])
def test_what_has_not_appeared_has_a_status_and_no_date(status: str) -> None:
    item = Item("a", "book", {"title": "T", "status": status}, issued=Date(literal=status))
    assert "issued" not in csl_json.csl_item(item)
    assert csl_json.csl_item(item)["status"] == status
    assert bibtex.entry_of(item, bibtex.BIBTEX)[1]["year"] == f"{{{status}}}"
    assert bibtex.entry_of(item, bibtex.BIBLATEX)[1]["pubstate"] == f"{{{status.replace(' ', '')}}}"


def test_files_are_empty_lists_where_there_is_no_work() -> None:
    assert (csl_json.write([]), bibtex.write([], bibtex.BIBTEX), ris.write([])) == ("[]\n", "", "")


def test_csl_json_has_only_variables_of_its_schema(items: list[Item]) -> None:
    """Restated from csl-data.json of the CSL schema 1.0.2."""
    known = set(SCHEMA.split())
    for item in json.loads(csl_json.write([*items, HARD])):
        assert set(item) <= known, set(item) - known
        assert all(isinstance(value, str | list | dict) for value in item.values())


SCHEMA = """type id citation-key categories language journalAbbreviation shortTitle author chair collection-editor compiler
composer container-author contributor curator director editor editorial-director executive-producer guest host
interviewer illustrator narrator organizer original-author performer producer recipient reviewed-author script-writer
series-creator translator accessed available-date event-date issued original-date submitted abstract annote archive
archive_collection archive_location archive-place authority call-number chapter-number citation-number citation-label
collection-number collection-title container-title container-title-short dimensions division DOI edition event event-title
event-place first-reference-note-number genre ISBN ISSN issue jurisdiction keyword locator medium note number
number-of-pages number-of-volumes original-publisher original-publisher-place original-title page page-first part
part-title PMCID PMID printing publisher publisher-place references reviewed-genre reviewed-title scale section source
status supplement title title-short URL version volume volume-title volume-title-short year-suffix custom"""


def test_a_draft_is_rendered_with_the_exported_files(items: list[Item], tmp_path: Path) -> None:
    draft = "Loud [@journalarticle2021, p. 3], @book2021.\n"
    for text, suffix in ((csl_json.write(items), ".json"), (bibtex.write(items, bibtex.BIBLATEX), ".bib")):
        rendered, warnings = readers.pandoc_cites(draft, text, suffix, tmp_path)
        assert warnings == ""
        assert rendered.startswith("Loud (Okafor and Ministry of Dikes 2021, 3), Vos (2021).")
