"""BibTeX, RIS, EndNote and CSL-JSON in a note, by the rules of each format."""

from __future__ import annotations

import pytest

from litindex.models import Work
from litindex.parser.note import parse_note
from litindex.parser.values.bibtex import read_entries
from litindex.parser.values.bibtex_names import read_names
from litindex.parser.values.latex import decode


def work_of(text: str, name: str = "Reading.md") -> Work:
    work = parse_note(name, text.encode()).work
    assert work is not None
    return work


def people(work: Work) -> list[str]:
    return [f"{each.name} ({each.role})" if each.role != "author" else each.name for each in work.creators]


def bibtex(fields: str, kind: str = "article", before: str = "") -> str:
    return f"```bibtex\n{before}@{kind}{{moss2020,\n  title = {{On ferns}},\n{fields}\n}}\n```\n"


# ---------------------------------------------------------------------- BibTeX: the grammar


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param('@article{a, title = {On "x" and {y}}}', {"title": 'On "x" and {y}'}, id="braces"),
        pytest.param('@article{a, title = "On {"}x{"}"}', {"title": 'On {"}x{"}'}, id="quotes"),
        pytest.param(r'@article{a, title = "Br\"uck"}', {"title": r"Br\"uck"}, id="quote-behind-a-backslash"),
        pytest.param("@article(a, title = {On (x)})", {"title": "On (x)"}, id="round-brackets"),
        pytest.param("@ARTICLE {a ,\nTitle={x},YEAR=2020,}", {"title": "x", "year": "2020"}, id="case-and-last-comma"),
        pytest.param('@string{f = "Ferns"}@string(g={ and moss})@article{a, title = f # {,} # g}', {"title": "Ferns, and moss"}, id="strings"),
        pytest.param("@article{a, month = 1 # {~} # jan}", {"month": "1~jan"}, id="months"),
        pytest.param("@comment{@article{b, title={x}}}@article{a, title={y}}", {"title": "y"}, id="comment-with-an-entry"),
        pytest.param("@preamble{ {\\newcommand{x}} }\n@article{a, title={y}}", {"title": "y"}, id="preamble"),
        pytest.param("see a@b.org (2020)\n@article{a, title={y}}", {"title": "y"}, id="words-before"),
        pytest.param("@article{a,\n title={y},\n % of mine\n year=2020}", {"title": "y", "year": "2020"}, id="comment-within"),
        pytest.param("@article{a,\n title={y}\n year=2020}", {"title": "y", "year": "2020"}, id="comma-left-out"),
        pytest.param("@article{a,\n\n title={y},\n\n year=2020\n\n}", {"title": "y", "year": "2020"}, id="blank-lines"),
        pytest.param("@article{a, title={x \\{ y}, year=2020}", {"title": "x \\{ y", "year": "2020"}, id="odd-brace-behind-a-backslash"),
        pytest.param("@article{a, title={y}, title={z}}", {"title": "y"}, id="twice"),
        pytest.param("@article{a, title={y}, year={20", {"title": "y"}, id="cut-off"),
    ],
)  # fmt: skip
def test_an_entry_is_read_by_the_grammar_of_bibtex(text: str, fields: dict[str, str]) -> None:
    (entry,) = read_entries(text)
    assert entry.fields == fields


def test_an_entry_without_a_key_is_one() -> None:
    assert people(
        work_of("```bibtex\n@book{,\n title={On ferns}, author={Moss, Ada}, publisher={Fern}, year=2020}\n```\n")
    ) == ["Moss, Ada"]


def test_braces_behind_a_backslash_count_as_bibtex_counts_them() -> None:
    (entry,) = read_entries(r"@article{a, title = {Set \{ x } and \}, year = 2020}")
    assert dict(entry.fields) == {"title": "Set \\{ x } and \\", "year": "2020"}


def test_each_field_knows_its_line() -> None:
    (entry,) = read_entries("\n@article{a,\n  title = {x\n y},\n\n  year = 2020}")
    assert entry.lines == {"@": 1, "title": 2, "year": 5}


@pytest.mark.parametrize(
    "written", [r"{\"u}", r"\"{u}", r"\"u", r"{\"{u}}", r"\" u", r"{\" {u}}", r"\" {u}", "ü", "u\u0308"]
)
def test_an_accent_is_one_letter_however_it_is_braced(written: str) -> None:
    assert decode(f"M{{{written}}}we") == "Müwe"
    assert decode(f"M{written}we") == "Müwe"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Oil \& Gas: a \emph{new} look~-- part one", "Oil & Gas: a new look – part one"),
        (r"{\'E}tudes, \c{C}a, \v S, {\aa}, {\ss}, \O", "Études, Ça, Š, å, ß, Ø"),
        (r"The \TeX book", "The TeXbook"),
        (r"\enquote*{Mud} \textbf{and} {\it silt}", "“Mud” and silt"),
        (r"\noopsort{1973b}1973, \href{https://x.org}{here}", "1973, here"),
        (r"self\hyphen made", "self-made"),
    ],
)
def test_latex_is_plain_text_in_every_field(latex: str, text: str) -> None:
    assert decode(latex, markup=False) == text


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2015, month = mar", "2015-03"),
        ("year = {2015}, month = {March}", "2015-03"),
        ("year = 2015, month = 3", "2015-03"),
        ("year = 2015, month = 3, day = 7", "2015-03-07"),
        ('year = 2015, month = "7~" # mar', "2015-03-07"),
        ("year = 2015, month = {May/June}", "2015"),
        ("date = {2015-03-07}", "2015-03-07"),
        ("date = {1984/1986}", "1984"),
    ],
)
def test_year_month_and_day_make_one_date(fields: str, date: str) -> None:
    assert work_of(bibtex(fields)).date == date


@pytest.mark.parametrize(
    ("field", "slot", "value"),
    [
        ("address = {New York}", "place", "New York"),
        (r"publisher = {Hill \& Sons}", "publisher", "Hill & Sons"),
        ("institution = {{Fern {Office}}}", "publisher", "Fern Office"),
        ("school = {Fern College}", "publisher", "Fern College"),
        ("booktitle = {{Handbook of {Risk}}}", "container", "Handbook of Risk"),
        ("journaltitle = {Ferns}", "container", "Ferns"),
        ("pages = {1--20}", "pages", "1-20"),
        ("number = 3", "issue", "3"),
        ("abstract = {M{\\\"u}cken fliegen.}", "abstract", "Mücken fliegen."),
    ],
)  # fmt: skip
def test_each_field_of_bibtex_has_its_slot(field: str, slot: str, value: str) -> None:
    assert getattr(work_of(bibtex(f"  {field}")), slot) == value


@pytest.mark.parametrize(
    ("field", "scheme", "value"),
    [
        (r"doi = {10.1234/a\_b}", "doi", "10.1234/a_b"),
        ("eprint = {2101.00001}, archiveprefix = {arXiv}", "arxiv", "2101.00001"),
        ("eprint = {1234567}, eprinttype = {pubmed}", "pmid", "1234567"),
        (r"url = {https://x.org/a\_b?c=\%7E}", "url", "https://x.org/a_b?c=%7E"),
    ],
)
def test_identifiers_are_read_without_latex(field: str, scheme: str, value: str) -> None:
    assert (scheme, value) in [(each.scheme, each.value) for each in work_of(bibtex(f"  {field}")).identifiers]


@pytest.mark.parametrize("kind", ["misc", "online", "manual", "software", "phdthesis", "patent", "whatever"])
def test_an_entry_of_any_type_is_a_work(kind: str) -> None:
    assert work_of(bibtex("", kind)).title == "On ferns"


def test_of_several_entries_the_one_that_the_note_is_named_after_counts() -> None:
    text = "```bib\n@book{poe1999, title={Reeds}}\n@book{moss2020, title={Ferns}}\n```\n"
    assert work_of(text, "@moss2020.md").title == "Ferns"
    assert parse_note("Reading.md", text.encode()).work is None


def test_an_entry_inherits_from_the_one_that_it_refers_to() -> None:
    text = "```bib\n@inproceedings{a, title={Ferns}, author={Moss, Ada}, crossref={b}}\n@proceedings{b, title={Proc. of Reeds}, year=2019, editor={Poe, Ann}}\n```\n"
    work = work_of(text)
    assert (work.title, work.container, work.year) == ("Ferns", "Proc. of Reeds", 2019)
    assert people(work) == ["Moss, Ada", "Poe, Ann (editor)"]


def test_a_pasted_entry_may_hold_a_blank_line() -> None:
    work = work_of("@book{moss2020,\n  title = {On ferns},\n\n  author = {Moss, Ada},\n}\n\nWords.\n")
    assert (work.title, people(work)) == ("On ferns", ["Moss, Ada"])


@pytest.mark.parametrize("code", ["@given(st.text(), x)\ndef f(): ...", "@Override(a, b)", "@media (max-width, x)"])
def test_code_is_no_entry(code: str) -> None:
    assert parse_note("Reading.md", f"```python\n{code}\n```\n".encode()).work is None


# ---------------------------------------------------------------------- BibTeX: names


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Garza Pinto, Luis Alberto and Vega Ruiz, Ana Sofia", ["Garza Pinto, Luis Alberto", "Vega Ruiz, Ana Sofia"]),
        ("{Board of Rivers, Lakes, and Dams} and Hill, Nora", ["Board of Rivers, Lakes, and Dams", "Hill, Nora"]),
        ("Doe, Jane AND Roe, John", ["Doe, Jane", "Roe, John"]),
        ("Mora y Campo, Julio", ["Mora y Campo, Julio"]),
        ("Santiago Mora y Campo", ["y Campo, Santiago Mora"]),
        ("Br{\\\"u}ck, J{\\\"o}rg", ["Brück, Jörg"]),
        ("Jan {van den} Berg and {de Vries}, Ed", ["Berg, Jan van den", "de Vries, Ed"]),
        ("King, Jr., Martin Luther", ["King, Martin Luther, Jr."]),
        ("Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin", ["de la Vallée Poussin, Charles Louis Xavier Joseph"]),
        ("family=Berg, given=Jan, prefix=van and Poe, Ann", ["van Berg, Jan", "Poe, Ann"]),
        ("Moss, Ed", ["Moss, Ed"]),
        ("Plato", ["Plato"]),
        ("Institute of Rivers", ["Institute of Rivers"]),
        ("Vogel,  Greta\n   and\tPoe, Ann", ["Vogel, Greta", "Poe, Ann"]),
    ],
)  # fmt: skip
def test_only_and_outside_of_braces_separates_people(value: str, expected: list[str]) -> None:
    assert people(work_of(bibtex(f"  author = {{{value}}}"))) == expected


def test_others_are_people_left_out() -> None:
    assert read_names("Poe, Ann and others")[-1] is None
    assert people(work_of(bibtex("  author = {Poe, Ann and others}"))) == ["Poe, Ann"]


# ---------------------------------------------------------------------- RIS


def ris(rows: str, kind: str = "JOUR") -> str:
    return f"```ris\nTY  - {kind}\nTI  - On ferns\nAU  - Moss, Ada\n{rows}\nID  - moss2020\nER  - \n```\n"


@pytest.mark.parametrize(
    ("rows", "slot", "value"),
    [
        ("PY  - 2019\nDA  - 2019/03/12/", "date", "2019-03-12"),
        ("PY  - 2019", "date", "2019"),
        ("PY  - 2019/03/12/spring", "date", "2019-03-12"),
        ("Y1  - 2019///", "date", "2019"),
        ("SP  - 10\nEP  - 20", "pages", "10-20"),
        ("SP  - 10-20", "pages", "10-20"),
        ("T2  - Ferns", "container", "Ferns"),
        ("JA  - J. Fern.", "container", "J. Fern."),
        ("JF  - Ferns\nJA  - J. Fern.", "container", "Ferns"),
        ("AB  - One\n\nand two.", "abstract", "One and two."),
        ("AB  - One\n  and two.", "abstract", "One and two."),
        ("CY  - Delft", "place", "Delft"),
    ],
)
def test_each_tag_of_ris_has_its_slot(rows: str, slot: str, value: str) -> None:
    assert getattr(work_of(ris(rows)), slot) == value


@pytest.mark.parametrize(
    ("rows", "scheme", "value"),
    [
        ("SN  - 0028-0836", "issn", "0028-0836"),
        ("SN  - 978-0-306-40615-7", "isbn", "9780306406157"),
        ("M3  - doi:10.1234/x", "doi", "10.1234/x"),
        ("C2  - PMC123456", "pmcid", "PMC123456"),
    ],
)
def test_a_tag_with_several_meanings_is_what_its_value_is(rows: str, scheme: str, value: str) -> None:
    assert (scheme, value) in [(each.scheme, each.value) for each in work_of(ris(rows)).identifiers]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("AU  - Garza Pinto, Luis Alberto", ["Moss, Ada", "Garza Pinto, Luis Alberto"]),
        ("AU  - Poe, Ann, Jr.", ["Moss, Ada", "Poe, Ann, Jr."]),
        ("AU  - Institute of Rivers", ["Moss, Ada", "Institute of Rivers"]),
        ("A2  - Poe, Ann", ["Moss, Ada", "Poe, Ann (editor)"]),
    ],
)
def test_a_person_of_ris_has_a_line_of_its_own(rows: str, expected: list[str]) -> None:
    assert people(work_of(ris(rows, "CHAP"))) == expected


def test_of_several_ris_entries_the_one_with_the_note_s_name_counts() -> None:
    text = ris("PY  - 2001") + ris("PY  - 2002").replace("moss2020", "moss2002")
    text = text.replace("```\n```ris\n", "")
    assert work_of(text, "moss2002.md").year == 2002


# ---------------------------------------------------------------------- EndNote


def test_an_endnote_entry_is_read_to_its_end() -> None:
    work = work_of(
        "```\n%0 Journal Article\n%A Garza Pinto, Luis Alberto\n%A Poe, Ann\n%T On ferns\nand moss\n%J Ferns\n%D 2020\n%8 March 7\n%V 3\n%@ 0028-0836\n%X One\ntwo.\n```\n"
    )
    assert (work.title, work.container, work.date, work.volume) == ("On ferns and moss", "Ferns", "2020-03-07", "3")
    assert people(work) == ["Garza Pinto, Luis Alberto", "Poe, Ann"]
    assert ("issn", "0028-0836") in [(each.scheme, each.value) for each in work.identifiers]
    assert work.abstract == "One two."


# ---------------------------------------------------------------------- CSL-JSON


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ('{"literal": "Institute of Rivers, Lakes and Dams"}', "Institute of Rivers, Lakes and Dams"),
        ('{"family": "Berg", "given": "Jan", "non-dropping-particle": "van"}', "van Berg, Jan"),
        ('{"family": "Anvers", "given": "Luc", "dropping-particle": "d\'"}', "d'Anvers, Luc"),
        ('{"family": "King", "given": "Ann", "suffix": "Jr."}', "King, Ann, Jr."),
        ('{"family": "Plato"}', "Plato"),
    ],
)
def test_csl_json_states_the_parts_of_a_name(author: str, expected: str) -> None:
    item = f'{{"type": "report", "title": "On ferns", "author": [{author}], "issued": {{"date-parts": [[2019, 3]]}}}}'
    for text in (item, f"[{item}]", f'{{"items": [{item}]}}'):
        work = work_of(f"```json\n{text}\n```\n")
        assert (people(work), work.date) == ([expected], "2019-03")


def test_json_escapes_are_read_as_json_has_them() -> None:
    work = work_of('```json\n{"type": "book", "id": "moss2020", "title": "F\\u00e9rns\\/moss \\ud83c\\udf3f"}\n```\n')
    assert work.title == "Férns/moss 🌿"


def test_of_several_items_the_one_with_the_note_s_name_counts() -> None:
    items = ", ".join(f'{{"type": "book", "id": "{key}", "title": "T {key}"}}' for key in ("a2000", "b2000"))
    assert work_of(f"```json\n[{items}]\n```\n", "@b2000.md").title == "T b2000"
