from __future__ import annotations

import pytest

from litindex.bibliography.bibtex import edtf
from litindex.bibliography.csl_json import csl_date
from litindex.bibliography.dates import Date, read_issued


@pytest.mark.parametrize(
    ("raw", "date", "year", "read"),
    [
        ("2024", "2024", 2024, Date((2024,))),
        ("2024-01", "2024-01", 2024, Date((2024, 1))),
        ("2024-01-30", "2024-01-30", 2024, Date((2024, 1, 30))),
        ("2013-05-00 May 2013", "2013-05", 2013, Date((2013, 5))),
        ("30-Mar-2020", None, 2020, Date((2020, 3, 30))),
        ("1993-00-00", "1993", 1993, Date((1993,))),
        ("2019-05/2020-06", None, 2019, Date((2019, 5), (2020, 6))),
        ("2019/2020", None, 2019, Date((2019,), (2020,))),
        ("2019–2020", None, 2019, Date((2019,), (2020,))),
        ("1998-99", None, 1998, Date((1998,), (1999,))),
        ("2019-05", "2019-05", 2019, Date((2019, 5))),
        ("May/June 2019", "2019", 2019, Date((2019, 5), (2019, 6))),
        ("12–15 March 2020", None, 2020, Date((2020, 3, 12), (2020, 3, 15))),
        ("March 12-15, 2020", None, 2020, Date((2020, 3, 12), (2020, 3, 15))),
        ("March 2019 – May 2020", None, 2019, Date((2019, 3), (2020, 5))),
        ("2019-05-03/2019-05-07", None, 2019, Date((2019, 5, 3), (2019, 5, 7))),
        ("1999/..", None, 1999, Date((1999,), open_end=True)),
        ("ca. 1850", None, 1850, Date((1850,), doubt="~")),
        ("[ca. 1850]", None, 1850, Date((1850,), doubt="~")),
        ("1850?", None, 1850, Date((1850,), doubt="?")),
        ("1850~", None, 1850, Date((1850,), doubt="~")),
        ("[1850]", None, 1850, Date((1850,))),
        ("Spring 2020", "2020", 2020, Date((2020,), season=1)),
        ("2020 Autumn", "2020", 2020, Date((2020,), season=3)),
        ("Herbst 2020", "2020", 2020, Date((2020,), season=3)),
        ("2020-22", None, 2020, Date((2020,), season=2)),
        ("350 BC", None, None, Date((-350,))),
        ("-0350", None, None, Date((-350,))),
        ("in press", None, None, Date(literal="in press")),
        ("Forthcoming", None, None, Date(literal="forthcoming")),
        ("n.d.", None, None, None),
        ("", None, None, None),
        ("some words 2011", None, 2011, Date((2011,))),
        ("the note says another year: 1066", "2011-03", 2011, Date((2011, 3))),
    ],
)
def test_a_date_keeps_what_was_written(raw: str, date: str | None, year: int | None, read: Date | None) -> None:
    assert read_issued(raw, date, year)[0] == read


def test_the_first_edition_may_stand_before_the_date() -> None:
    assert read_issued("[1932] 1959", "1932", 1932) == (Date((1959,)), Date((1932,)))


@pytest.mark.parametrize("raw", ["2012 [1962]", "2012 (1962)", "2012 (orig. 1962)"])
def test_the_first_edition_stands_behind_the_date(raw: str) -> None:
    assert read_issued(raw, "2012", 2012) == (Date((2012,)), Date((1962,)))


@pytest.mark.parametrize(
    ("date", "csl", "written"),
    [
        (Date((2019, 5), (2020, 6)), {"date-parts": [[2019, 5], [2020, 6]]}, "2019-05/2020-06"),
        (Date((2020,), season=2), {"date-parts": [[2020]], "season": 2}, "2020-22"),
        (Date((1850,), doubt="~"), {"date-parts": [[1850]], "circa": True}, "1850~"),
        (Date((1850,), doubt="?"), {"date-parts": [[1850]], "circa": True}, "1850?"),
        (Date((-350,)), {"date-parts": [[-350]]}, "-0349"),
        (Date((-1,)), {"date-parts": [[-1]]}, "0000"),
        (Date((1999,), open_end=True), {"date-parts": [[1999]]}, "1999/"),
    ],
)
def test_a_date_is_written_for_csl_and_as_edtf(date: Date, csl: dict[str, object], written: str) -> None:
    assert (csl_date(date), edtf(date)) == (csl, written)
