"""The measure of the corpus report: what a note names is seen by patterns alone."""

from __future__ import annotations

import pytest

from tests.raw_signs import Signs, signs


def seen(text: str, name: str = "Note") -> Signs:
    found = signs(name, text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "---\nauthors: Ann Roe\n---\n",
        "---\nauthor:\n  - family: Roe\n---\n",
        '---\n"Autor": "[[Ann Roe]]"\n---\n',
        "> **FirstAuthor**:: Roe, Ann  \n",
        ">> **Author**:: Roe, Ann,  Poe, Eve\n",
        "- **Author**: Ann Roe\n",
        "* Authors: [[Ann Roe]]\n",
        "<cite>* Authors: [[Ann Roe]]</cite>\n",
        "> |作者|[[Ann Roe]]|\n",
        "> **FirstAuthor** Roe, Ann    \n",
        "**Author(s):** Ann Roe\n",
        "Автор: Анна Ро\n",
    ],
)
def test_a_creator_is_named(text: str) -> None:
    assert seen(text).names_creator


@pytest.mark.parametrize(
    "text",
    [
        "---\nauthors:\ntitle: T\n---\n",
        '---\nauthor: ""\n---\n',
        "---\nauthor: [[]]\n---\n",
        "- **Author**: {{author}}\n",
        "> **Author**:: undefined\n",
        "the author: none\n",
        "```\nauthor: Ann Roe\n```\n",
        "An author writes: so much\n",
    ],
)
def test_no_creator_is_named(text: str) -> None:
    assert not seen(text).names_creator


def test_years_are_those_of_fields_that_give_one() -> None:
    assert seen("---\nyear: 2020\ncitekey: k\n---\n> **Date**:: 2021-03-04\n\n2022\n").years == {2020, 2021}
    assert seen("---\ncitekey: k\nissued:\n  date-parts:\n    - - 2012\n---\n").years == {2012}
    assert seen("---\ncitekey: k\nyear: n.d.\n---\n").years == frozenset()


def test_the_date_of_a_note_that_is_no_literature_note_is_its_own() -> None:
    assert seen("---\ndate: 2020-01-01\nauthor: Ann\n---\n").literature is False
    assert seen("---\ndate: 2020-01-01\ncitekey: k\n---\n").years == {2020}


def test_dois_are_told_in_lower_case_without_what_stands_around_them() -> None:
    text = (
        "---\nDOI: 10.1000/ABC\nurl: https://doi.org/10.1000/url\nrelated: 10.1000/other\n---\n"
        "* DOI: [10.1000/x(1)2](https://doi.org/10.1000/x(1)2)\n> **DOI**:: 10.1000/dot.\n"
    )
    assert seen(text).dois == {"10.1000/abc", "10.1000/url", "10.1000/x(1)2", "10.1000/dot"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("@roe20", ""),
        ("Note", "> **Citekey**:: roe20\n"),
        ("Note", "---\ncitation-key: roe20\n---\n"),
        ("Note", "[z](zotero://select/library/items/ABCD2345)\n"),
        ("Note", "---\nzotero: zotero://select/items/@roe20\n---\n"),
        ("Note", "---\nauthors: Ann Roe\nyear: 2020\n---\n"),
        ("Note", "---\nDOI: 10.1000/abc\n---\n"),
    ],
)
def test_a_literature_note_is_told_by_a_citekey_a_zotero_link_or_a_bibliographic_front_matter(
    name: str, text: str
) -> None:
    assert seen(text, name).literature


@pytest.mark.parametrize(
    "text",
    [
        "“quoted” ([Roe et al., 2021, p. 1](zotero://select/library/items/ABCD2345))\n",
        "> quoted [Page 3](zotero://open-pdf/library/items/ABCD2345?page=3&annotation=BCDE2345)\n",
        "kinematics ([pdf](zotero://open-pdf/library/items/ABCD2345?page=1))\n",
    ],
)
def test_a_zotero_link_that_cites_makes_no_literature_note(text: str) -> None:
    assert not seen(text).literature


def test_a_zotero_link_far_down_makes_no_literature_note() -> None:
    assert not seen("text\n\n" * 40 + "[z](zotero://select/library/items/ABCD2345)\n").literature


def test_a_template_names_nothing() -> None:
    assert signs("Template", "---\ncitekey: {{citekey}}\n---\n{% for c in creators %}\n") is None
