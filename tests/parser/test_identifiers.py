"""Identifiers of works and of Zotero (FORMAT Z11, Z20, Z31)."""

from __future__ import annotations

import pytest

from litindex.parser.values.identifiers import find_arxiv, find_doi, find_isbns, find_issns, find_url, states_doi
from litindex.parser.zotero.uris import is_key, parse_uri


@pytest.mark.parametrize(
    ("raw", "doi"),
    [
        ("10.1234/ABC.5", "10.1234/abc.5"),
        ("https://doi.org/10.1234/abc", "10.1234/abc"),
        ("http://dx.doi.org/10.1234/abc", "10.1234/abc"),
        ("doi:10.1234/abc.", "10.1234/abc"),
        ("[10.1234/abc](https://doi.org/10.1234/abc)", "10.1234/abc"),
        ("10.1234/(sici)12", "10.1234/(sici)12"),
        ("(10.1234/abc)", "10.1234/abc"),
        ("ZJDDIDMT/1973Muster.pdf", None),
        ("10.12/abc", None),
        ("", None),
    ],
)
def test_z20_a_doi_loses_its_prefix_and_its_case(raw: str, doi: str | None) -> None:
    assert find_doi(raw) == doi


@pytest.mark.parametrize(
    ("raw", "states"), [("10.1234/abc", True), ("doi: 10.1234/abc", True), ("see also 10.1234/abc", False)]
)
def test_a_sentence_that_mentions_a_doi_states_none(raw: str, states: bool) -> None:
    assert states_doi(raw) is states


@pytest.mark.parametrize(
    ("raw", "isbns", "failed"),
    [
        pytest.param("978-0-306-40615-7", ["9780306406157"], False, id="isbn-13"),
        pytest.param("0-306-40615-2", ["9780306406157"], False, id="isbn-10"),
        pytest.param("080442957X", ["9780804429573"], False, id="check-digit-x"),
        pytest.param("9780306406157 0-306-40615-2", ["9780306406157"], False, id="the-same-twice"),
        pytest.param("978-0-306-40615-8", [], True, id="wrong-check-digit"),
        pytest.param("no number", [], False, id="none"),
    ],
)
def test_z20_an_isbn_is_kept_as_13_digits_when_its_check_digit_holds(raw: str, isbns: list[str], failed: bool) -> None:
    assert find_isbns(raw) == (isbns, failed)


@pytest.mark.parametrize(
    ("raw", "issns"), [("0378-5955", ["0378-5955"]), ("0378-5954", []), ("2434-561x", ["2434-561X"])]
)
def test_z20_an_issn_is_checked(raw: str, issns: list[str]) -> None:
    assert find_issns(raw) == issns


@pytest.mark.parametrize(
    ("raw", "bare", "number"),
    [
        ("10.48550/arXiv.2311.16989", False, "2311.16989"),
        ("https://arxiv.org/abs/2311.16989v2", False, "2311.16989"),
        ("http://arxiv.org/pdf/math.GT/0309136", False, "math.GT/0309136"),
        ("arXiv:2311.16989 [cs.CL]", True, "2311.16989"),
        ("2311.16989", False, None),
        ("10.1234/2311.16989", False, None),
    ],
)
def test_z20_an_arxiv_number_has_no_version(raw: str, bare: bool, number: str | None) -> None:
    assert find_arxiv(raw, bare=bare) == number


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("<https://example.org/a_(b)>", "https://example.org/a_(b)"),
        ("see https://example.org/a.", "https://example.org/a"),
        ("[x](https://example.org/a)", "https://example.org/a"),
        ("example.org", None),
    ],
)
def test_an_address_ends_before_punctuation(raw: str, url: str | None) -> None:
    assert find_url(raw) == url


@pytest.mark.parametrize(
    ("text", "expected"), [("8VJN6W8W", True), ("8VJN6W80", False), ("8VJN6W8", False), ("8vjn6w8w", False)]
)
def test_z11_a_zotero_key_has_8_signs_without_0_1_and_o(text: str, expected: bool) -> None:
    assert is_key(text) is expected


@pytest.mark.parametrize(
    ("text", "action", "library", "key", "citekey", "page", "annotation"),
    [
        ("zotero://select/library/items/8VJN6W8W", "select", "library", "8VJN6W8W", None, None, None),
        ("zotero://select/groups/123/items/8VJN6W8W", "select", "groups/123", "8VJN6W8W", None, None, None),
        ("zotero://select/items/1_8VJN6W8W", "select", "library/1", "8VJN6W8W", None, None, None),
        ("zotero://select/items/0_8VJN6W8W", "select", "library", "8VJN6W8W", None, None, None),
        ("zotero://select/items/@vogel2019", "select", "library", None, "vogel2019", None, None),
        ("zotero://open-pdf/library/items/8VJN6W8W?page=4&annotation=QJCJQR8W", "open-pdf", "library", "8VJN6W8W", None, "4", "QJCJQR8W"),
        ("zotero://open-pdf/library/items/8VJN6W8W?page=4\\&annotation=QJCJQR8W", "open-pdf", "library", "8VJN6W8W", None, "4", "QJCJQR8W"),
        ("zotero://open-pdf/library/items/8VJN6W8W?page=&annotation=QJCJQR8W", "open-pdf", "library", "8VJN6W8W", None, None, "QJCJQR8W"),
        ("https://www.zotero.org/users/60638/items/8VJN6W8W", "web", "library", "8VJN6W8W", None, None, None),
        ("https://zotero.org/groups/123/name/items/8VJN6W8W", "web", "groups/123", "8VJN6W8W", None, None, None),
        ("zotero://note/u/8VJN6W8W/", "note", "library", "8VJN6W8W", None, None, None),
    ],
)  # fmt: skip
def test_z31_zotero_uris_name_library_and_key(
    text: str, action: str, library: str, key: str | None, citekey: str | None, page: str | None, annotation: str | None
) -> None:
    assert parse_uri(text) == (action, library, key, citekey, page, annotation)


def test_z31_other_links_are_none_of_zotero() -> None:
    assert parse_uri("https://example.org/items/8VJN6W8W") is None
    assert parse_uri("zotero") is None


@pytest.mark.parametrize(
    ("raw", "doi"),
    [
        ("10.1002/(SICI)1099-0001(19970115)16:1<23::AID-XYZ1>3.0.CO;2-Z", "10.1002/(sici)1099-0001(19970115)16:1<23::aid-xyz1>3.0.co;2-z"),
        ("https://doi.org/10.1002/1099-0001(199701)16:1%3C7::AID-XYZ3%3E3.0.CO;2-X", "10.1002/1099-0001(199701)16:1<7::aid-xyz3>3.0.co;2-x"),
        ("10.1002/1099-0001(199701)16:1&lt;7::AID-X&gt;3.0.CO;2-X", "10.1002/1099-0001(199701)16:1<7::aid-x>3.0.co;2-x"),
        ("https://doi.org/10.1234%2Fabc", "10.1234/abc"),
        ("https://example.org/?doi=10.1234%2Fabc", "10.1234/abc"),
        ("10.1234/a%2", "10.1234/a%2"),
        ("https://doi.org/10.1234/a%C3%A9", "10.1234/aé"),
        ("https://doi.org/10.1234/a%E9", "10.1234/aé"),
        ("<a>10.1234/abc</a>", "10.1234/abc"),
        ("<https://doi.org/10.1234/abc>", "10.1234/abc"),
        ("10.1234/abc<br>", "10.1234/abc"),
        ("10.1234/o\ufb03ce", "10.1234/office"),
        ("10.1234/so\u00adft", "10.1234/soft"),
        ("１０.1234/abc", "10.1234/abc"),
        ("(see 10.1234/abc(12))", "10.1234/abc(12)"),
        ("10.1234/abc],", "10.1234/abc"),
        ("“10.1234/abc”.", "10.1234/abc"),
        ('"10.1234/abc", and', "10.1234/abc"),
        ("10.1234/abc;", "10.1234/abc"),
        ("10.1000.10/123", "10.1000.10/123"),
        ("https://doi.org/10.1234/abc?utm_source=x", "10.1234/abc"),
        ("https://www.example.org/doi/10.1234/abc/full", "10.1234/abc"),
        ("https://onlinelibrary.example.org/doi/epdf/10.1234/abc", "10.1234/abc"),
        ("10.1234/abc…", "10.1234/abc"),
    ],
)  # fmt: skip
def test_z20_a_doi_is_read_as_its_agency_registers_it(raw: str, doi: str) -> None:
    assert find_doi(raw) == doi


DASHES = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\uff0d \u00a0\u2009\u202f\u3000"


@pytest.mark.parametrize("dash", DASHES)
def test_z20_any_dash_or_space_may_stand_in_a_number(dash: str) -> None:
    assert find_isbns("978-0-306-40615-7".replace("-", dash)) == (["9780306406157"], False)
    assert find_isbns(f"ISBN{dash}0-306-40615-2".replace("-", dash)) == (["9780306406157"], False)
    assert find_issns("0378-5955".replace("-", dash)) == ["0378-5955"]


@pytest.mark.parametrize("raw", ["03785955", "ISSN 0378-5955", "0378-5955 (print)"])
def test_z20_an_issn_stands_beside_words(raw: str) -> None:
    assert find_issns(raw) == ["0378-5955"]


@pytest.mark.parametrize(
    ("raw", "bare", "number"),
    [
        ("arXiv:math/0309136v2", True, "math/0309136"),
        ("math.GT/0309136", True, "math.GT/0309136"),
        ("arXiv:0706.0001v1 [q-bio.CB]", True, "0706.0001"),
        ("https://arxiv.org/pdf/2311.16989v2.pdf", False, "2311.16989"),
        ("https://ar5iv.labs.arxiv.org/html/2311.16989", False, "2311.16989"),
        ("https://www.alphaxiv.org/abs/2311.16989", False, "2311.16989"),
        ("2311.169891", True, None),
        ("version 2311.16989 of x", True, None),
    ],
)
def test_z20_old_and_new_arxiv_numbers(raw: str, bare: bool, number: str | None) -> None:
    assert find_arxiv(raw, bare=bare) == number
