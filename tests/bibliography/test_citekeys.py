from __future__ import annotations

import pytest

from litindex.bibliography.citekeys import proposed_key, unique_keys, valid_key
from litindex.models import Creator, Work


def work(name: str | None, year: int | None, title: str | None) -> Work:
    family = name.partition(",")[0] if name and "," in name else None
    creator = name and Creator(
        "author", 1, name, "", "person" if family else "single", family, "", None, None, None, "", "", name, 1
    )
    return Work(title=title, year=year, creators=(creator,) if creator else ())  # fmt: skip


@pytest.mark.parametrize(
    ("name", "year", "title", "key"),
    [
        ("Okafor, Ngozi", 2021, "The Night Chorus", "okafor2021night"),
        ("Núñez, Ángel", 2020, "Über Mud", "nunez2020mud"),
        ("Łukasz, A", 2020, "Straße", "lukasz2020strasse"),
        ("World Health Organization", 2003, "A Report", "organization2003report"),
        ("林, 清和", 2020, "潮汐", "林2020潮汐"),
        (None, None, "Bells", "bells"),
        (None, None, None, "work"),
    ],
)
def test_a_key_is_proposed_of_author_year_and_title(
    name: str | None, year: int | None, title: str | None, key: str
) -> None:
    assert proposed_key(work(name, year, title)) == key


def test_keys_are_unique_without_case() -> None:
    assert list(unique_keys(["a2020", "A2020", "a2020", "b"])) == ["a2020", "A2020a", "a2020b", "b"]


@pytest.mark.parametrize(
    ("citekey", "key"),
    [("a:b/c.d_e+f-g&h", "a:b/c.d_e+f-g&h"), ("a,{b} c", "abc"), ("E^2$x", "E2x"), ("müller2020", "müller2020")],
)
def test_a_key_holds_what_bibtex_files_can_hold(citekey: str, key: str) -> None:
    assert valid_key(citekey) == key
