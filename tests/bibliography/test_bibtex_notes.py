"""BibTeX in a note's code block comes out as it went in."""

from __future__ import annotations

import pytest

from litindex.bibliography import bibtex
from litindex.bibliography.csl_json import csl_item
from litindex.parser.values.bibtex import read_entry
from litindex.parser.values.bibtex_names import BibtexName, read_names
from litindex.parser.values.latex import decode
from tests.bibliography import notes, readers

ENTRIES = {
    "article": r"""@article{okafor2021,
  author = {Okafor, Ngozi and {\'E}lise van der Meer and {Mud and Sons} and Poe, Jr., Ann},
  title = {The {Vibrio} of H\textsubscript{2}O \& 5\% {DNA}: an $x^2$ study},
  journal = {Journal of R\&D}, volume = 12, number = {3}, pages = {201--219},
  year = 2021, month = apr, day = {17}, doi = {10.5555/a_b(1)}, url = {https://x.org/a_b?c=%7E},
  issn = {2049-3630}, abstract = {One. Two.}, keywords = {mud, silt}, annote = {Read {twice}}, mrnumber = {MR17},
  file = {paper.pdf:paper.pdf:application/pdf}, eprint = {2101.00001}, archiveprefix = {arXiv}, primaryclass = {cs.SD}
}""",
    "book": """@book{vos2008,
  author = "Hendrik Vos", editor = {de la Cruz, Juan}, title = "Bells under Water", publisher = {Hammer {\\&} Tongs},
  address = {Delft}, edition = {Third}, series = {Studies in Mud}, volume = {2}, year = {2008}, isbn = {9789099917178},
  note = {With a bell}
}""",
    "incollection": "@incollection{brandt2019, author={Brandt, Ulla}, title={Creeks}, booktitle={Handbook}, editor={Haddad, Samir and others}, pages={1--2}, publisher={Sea}, year={2019}, chapter={7}}",
    "inproceedings": "@inproceedings{delgado2019, author={Delgado, N{\\'u}ria}, title={Herons}, booktitle={Proc. of Sensing}, organization={Sensors}, year={2019}}",
    "mastersthesis": "@mastersthesis{jansen2020, author={Jansen, Bo}, title={Mud}, school={University of Osterveer}, year={2020}, type={Diplomarbeit}}",
    "techreport": "@techreport{ministry2003, author={{Ministry of Dikes}}, title={Dikes}, institution={Printer}, number={TR-17}, type={Inventory}, year={2003}}",
    "misc": "@misc{zanon2016, author={Zanon, Giulia}, title={Campane}, howpublished={\\url{https://x.org}}, year={2016}}",
    "unpublished": "@unpublished{haas2011, author={Haas, Friederike}, title={Moor}, note={Draft}, year={2011}}",
    "manual": "@manual{creek2020, title={Creek Manual}, organization={Creek Software}, year={2020}}",
    "booklet": "@booklet{poe2020, author={Poe, Ann}, title={Reeds}, howpublished={By hand}, year={2020}}",
    "proceedings": "@proceedings{sens2019, editor={Doe, Jane}, title={Proc. of Sensing}, year={2019}, publisher={Sea}}",
}


def exported(entry: str, dialect: bibtex.Dialect = bibtex.BIBTEX) -> str:
    return bibtex.write([notes.item_of(f"# Mine\n\nWords.\n\n```bibtex\n{entry}\n```\n")], dialect)


@pytest.mark.parametrize("kind", ENTRIES)
def test_every_field_of_an_entry_is_kept(kind: str) -> None:
    before, after = (readers.bibtexparser(text) for text in (ENTRIES[kind], exported(ENTRIES[kind])))
    (key, given), (same_key, got) = next(iter(before.items())), next(iter(after.items()))
    assert same_key == key
    for name, value in given.items():
        if name in ("author", "editor"):
            assert [each and each.family for each in read_names(got[name])][:1] == [
                each and each.family for each in read_names(value)
            ][:1]
        else:
            assert decode(got[name]) == decode(value), name


@pytest.mark.parametrize("kind", ENTRIES)
def test_an_entry_keeps_its_type(kind: str) -> None:
    assert exported(ENTRIES[kind]).startswith(f"@{kind}{{")


def test_latex_that_says_the_same_stays_as_it_is_written() -> None:
    text = exported(ENTRIES["article"])
    assert r"title = {The {Vibrio} of H\textsubscript{2}O \& 5\% {DNA}: an $x^2$ study}" in text
    assert r"author = {Okafor, Ngozi and van der Meer, {\'E}lise and {Mud and Sons} and Poe, Jr., Ann}" in text


def test_latex_is_read_for_the_other_formats() -> None:
    csl = csl_item(notes.item_of(f"```bibtex\n{ENTRIES['article']}\n```\n"))
    assert csl["title"] == "The Vibrio of H<sub>2</sub>O & 5% DNA: an $x^2$ study"
    assert csl["container-title"] == "Journal of R&D"
    assert csl["issued"] == {"date-parts": [[2021, 4, 17]]}
    assert csl["author"] == [
        {"family": "Okafor", "given": "Ngozi"},
        {"family": "Meer", "given": "Élise", "non-dropping-particle": "van der"},
        {"literal": "Mud and Sons"},
        {"family": "Poe", "given": "Ann", "suffix": "Jr."},
    ]


def test_commas_and_and_in_braces_separate_nobody() -> None:
    entry = "@misc{a, title={Water}, author={{Board of Rivers, Lakes, and Dams} and {Mud, Inc.} and Hill, Nora}}"
    csl = csl_item(notes.item_of(f"```bibtex\n{entry}\n```\n"))
    assert csl["author"] == [
        {"literal": "Board of Rivers, Lakes, and Dams"},
        {"literal": "Mud, Inc."},
        {"family": "Hill", "given": "Nora"},
    ]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Doe, Jane AND John Roe", [BibtexName("Doe", "Jane"), BibtexName("Roe", "John")]),
        ("{Rivers, Lakes, and Dams} and Hill, Nora", [BibtexName(literal="Rivers, Lakes, and Dams"), BibtexName("Hill", "Nora")]),
        ("Garza Pinto, Luis Alberto", [BibtexName("Garza Pinto", "Luis Alberto")]),
        ("Mora y Campo, Julio", [BibtexName("Mora y Campo", "Julio")]),
        ("van der Meer, Anneke", [BibtexName("Meer", "Anneke", "van der")]),
        ("Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin", [BibtexName("Vall{\\'e}e Poussin", "Charles Louis Xavier Joseph", "de la")]),
        ("King, Jr., Martin Luther", [BibtexName("King", "Martin Luther", "", "Jr.")]),
        ("Plato and others", [BibtexName(literal="Plato"), None]),
        ("{\\O}rsted, Hans~Christian", [BibtexName("{\\O}rsted", "Hans~Christian")]),
    ],
)  # fmt: skip
def test_names_are_taken_apart_as_bibtex_does(value: str, names: list[BibtexName | None]) -> None:
    assert read_names(value) == names


@pytest.mark.parametrize(
    "text", ["@article{a, title = {unclosed", '@article{a, title = "}"}', "@a{b,=}", "@", "@x{y,z={}} @x{w,z={}}"]
)
def test_what_is_no_entry_is_taken_for_what_can_be_read_of_it(text: str) -> None:
    entry = read_entry(text)
    assert entry is None or all(value for value in entry.fields.values())


def test_parts_that_are_joined_are_one_value() -> None:
    entry = read_entry('@misc{a, title = "On " # {Mud} # " and more", month = jan # "~17"}')
    assert entry is not None
    assert entry.fields == {"title": "On Mud and more", "month": "jan~17"}
