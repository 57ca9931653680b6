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
