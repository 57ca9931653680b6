"""Publication dates and stamps (FORMAT Z8, M16, Z27)."""

from __future__ import annotations

import pytest

from litindex.parser.values.dates import read_date, read_import_stamp, read_stamp, read_year


@pytest.mark.parametrize(
    ("raw", "date", "year"),
    [
        ("2019", "2019", 2019),
        ("2019-03", "2019-03", 2019),
        ("2019-03-22", "2019-03-22", 2019),
        ("2019/03/22", "2019-03-22", 2019),
        ("2019/7", "2019-07", 2019),
        ("2024-03-15T10:00:39.000Z", "2024-03-15", 2024),
        ("2023-03-12 07:28", "2023-03-12", 2023),
        ("May 2024", "2024-05", 2024),
        ("March 15, 2026", "2026-03-15", 2026),
        ("15 March 2026", "2026-03-15", 2026),
        ("15. März 2026", "2026-03-15", 2026),
        ("3 de mayo de 2021", "2021-05-03", 2021),
        ("2019 Mar 12", "2019-03-12", 2019),
        ("25/04/2021", "2021-04-25", 2021),
        ("04/25/2021", "2021-04-25", 2021),
        ("5/5/2021", "2021-05-05", 2021),
        ("6/2022", "2022-06", 2022),
        ("2013-05-00 May 2013", "2013-05", 2013),
        ("2013-05-02 2. Mai 2013", "2013-05-02", 2013),
        ("2021年3月5日", "2021-03-05", 2021),
        ("[2012]", "2012", 2012),
        ("spring 2014", "2014", 2014),
        ("May/June 2019", "2019", 2019),
        ("c. 1850", "1850", 1850),
    ],
)
def test_z8_a_date_keeps_the_precision_that_was_written(raw: str, date: str, year: int) -> None:
    found = read_date(raw)
    assert (found.date, found.year, found.known) == (date, year, True)


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        ("03/04/2021", 2021),
        ("11/6/24", 2024),
        ("6/19/99", 1999),
        ("2022-13-12", 2022),
        ("2021-02-30", 2021),
        ("some time in 1999", 1999),
    ],
)
def test_z8_of_an_unclear_date_only_the_year_is_known(raw: str, year: int) -> None:
    found = read_date(raw)
    assert (found.date, found.year, found.known) == (None, year, False)


@pytest.mark.parametrize("raw", ["n.d.", "forthcoming", "in press", "In Press", "o.J."])
def test_z8_no_date_is_no_problem(raw: str) -> None:
    assert read_date(raw) == (None, None, True)


@pytest.mark.parametrize("raw", ["Invalid date", "soon", ""])
def test_z8_what_is_no_date_is_told(raw: str) -> None:
    assert read_date(raw) == (None, None, False)


@pytest.mark.parametrize(
    ("raw", "year"), [("(2015)tags", 2015), ("350 ATA", None), ("12019", None), ("１９９９", 1999)]
)
def test_a_year_stands_alone_among_digits(raw: str, year: int | None) -> None:
    assert read_year(raw) == year


@pytest.mark.parametrize(
    ("raw", "stamp"),
    [
        pytest.param("2024-04-03T09:08:51-07:00", "2024-04-03T09:08:51-07:00", id="iso-as-written"),
        pytest.param("2024-04-03", "2024-04-03", id="day"),
        pytest.param("3/19/2025, 2:36:34 PM", "2025-03-19T14:36:34", id="us"),
        pytest.param("3/19/2025, 12:06:34 AM", "2025-03-19T00:06:34", id="us-midnight"),
        pytest.param("Wednesday, March 19th 2025, 2:36:34 pm", "2025-03-19T14:36:34", id="linter"),
        pytest.param("yesterday", None, id="words"),
        pytest.param("13/19/2025, 2:36:34 PM", None, id="no-such-month"),
    ],
)
def test_m16_stamps_become_iso_without_an_offset_of_ours(raw: str, stamp: str | None) -> None:
    assert read_stamp(raw) == stamp


@pytest.mark.parametrize(
    ("raw", "stamp"),
    [
        ("2024-04-12 6:43 pm", "2024-04-12T18:43"),
        ("2025-02-19 11:23", "2025-02-19T11:23"),
        ("2025-02-19", "2025-02-19"),
        ("2025-02-19 12:05 am", "2025-02-19T00:05"),
        ("today", None),
    ],
)
def test_z27_import_stamps_keep_their_precision(raw: str, stamp: str | None) -> None:
    assert read_import_stamp(raw) == stamp
