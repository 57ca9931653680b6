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
        ("cop. 1850", "1850", 1850),
        ("201903", "2019-03", 2019),
        ("2019. 03. 22.", "2019-03-22", 2019),
        ("22-Mar-2019", "2019-03-22", 2019),
        ("Mar-2019", "2019-03", 2019),
        ("2019-Mar", "2019-03", 2019),
        ("1º de marzo de 2019", "2019-03-01", 2019),
        ("Q3 2019", "2019", 2019),
        ("2019-03-??", "2019-03", 2019),
        ("2019-3-5/2019-3-7", "2019-03-05", 2019),
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


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        pytest.param("2019-05-03/2019-05-07", "2019-05-03", id="days"),
        pytest.param("2019-05/2019-06", "2019-05", id="months"),
        pytest.param("2021/2026", "2021", id="years"),
        pytest.param("1982--1983", "1982", id="latex"),
        pytest.param("1982–83", "1982", id="short"),
        pytest.param("1995-1996", "1995", id="hyphen"),
        pytest.param("2021-22", "2021", id="not-a-month"),
        pytest.param("1995-05", "1995-05", id="a-month"),
        pytest.param("2021/..", "2021", id="open"),
        pytest.param("2004-06~/2006-08?", "2004-06", id="qualified"),
        pytest.param("13-15 May 2021", "2021-05-13", id="days-of-a-month"),
        pytest.param("May 13-15, 2021", "2021-05-13", id="days-of-a-month-us"),
        pytest.param("28 April – 3 May 2021", "2021-04-28", id="two-months"),
        pytest.param("3. bis 5. Mai 2021", "2021-05-03", id="words"),
        pytest.param("Winter 2010-11", "2010", id="season"),
        pytest.param("2019 Jan-Feb", "2019", id="months-by-name"),
    ],
)
def test_of_an_interval_the_begin_is_kept(raw: str, date: str) -> None:
    found = read_date(raw)
    assert (found.date, found.known) == (date, True)


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("2019-06~", "2019-06"),
        ("2019?", "2019"),
        ("2019-06%", "2019-06"),
        ("~1570", "1570"),
        ("ca. 1570", "1570"),
        ("c1987", "1987"),
        ("©1987", "1987"),
        ("um 1570", "1570"),
        ("[1999?]", "1999"),
        ("1570-XX", "1570"),
        ("1662-??", "1662"),
        ("1570-00-00", "1570"),
        ("2001-21", "2001"),
        ("2023-W05", "2023"),
        ("2019a", "2019"),
        ("0966", "0966"),
        ("966", "0966"),
        ("012", "0012"),
        ("AD 79", "0079"),
        ("79 n. Chr.", "0079"),
        ("20190312", "2019-03-12"),
        ("15-01-2012", "2012-01-15"),
        ("2019, March", "2019-03"),
        ("1ᵉʳ mars 1954", "1954-03-01"),
        ("12 maja 1990", "1990-05-12"),
        ("5 lipca 1990", "1990-07-05"),
        ("3 Mayıs 2001", "2001-05-03"),
        ("2 květen 1999", "1999-05-02"),
        ("Mon, 13 Jun 2016 02:09:08 +4000", "2016-06-13"),
    ],
)
def test_a_doubt_an_era_or_an_unknown_part_leaves_what_is_known(raw: str, date: str) -> None:
    found = read_date(raw)
    assert (found.date, found.known) == (date, True)


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        ("44 BCE", -44),
        ("ca. 1750 BCE", -1750),
        ("350 B.C.", -350),
        ("-0043", -43),
        ("-429?", -429),
        ("-0043-03-15", -43),
        ("44 v. Chr.", -44),
        ("30 a.C.", -30),
        ("52 av. J.-C.", -52),
        ("300–200 BC", -300),
        ("44 до н. э.", -44),
        ("44 f.Kr.", -44),
        ("公元前44年", -44),
        ("기원전 44년", -44),
    ],
)
def test_a_year_before_christ_is_negative(raw: str, year: int) -> None:
    assert read_date(raw) == (None, year, True)
    assert read_year(raw) == year


@pytest.mark.parametrize("raw", ["12th century", "196X", "196?", "XII", "3rd century BC", "12", "May"])
def test_a_century_or_a_number_is_no_year(raw: str) -> None:
    assert read_date(raw) == (None, None, False)
