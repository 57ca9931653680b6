from __future__ import annotations

import pytest

from litindex.bibliography.bibtex import bibtex_name
from litindex.bibliography.csl_json import csl_name
from litindex.bibliography.names import Person, as_person
from litindex.bibliography.ris import ris_name
from litindex.models import Creator
from litindex.parser.values.names import read_name
from tests.bibliography import readers


def person(name: str) -> Person:
    read = read_name(name, natural=False, layout_a=True)
    assert read is not None
    creator = Creator(
        "author",
        1,
        read.name,
        "",
        read.kind,
        read.family,
        read.given,
        read.particle,
        read.suffix,
        None,
        "",
        "",
        name,
        1,
    )
    return as_person(creator)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "csl", "bibtex", "ris"),
    [
        ("Okafor, Ngozi", {"family": "Okafor", "given": "Ngozi"}, "Okafor, Ngozi", "Okafor, Ngozi"),
        ("van der Meer, Anneke", {"family": "Meer", "given": "Anneke", "non-dropping-particle": "van der"}, "van der Meer, Anneke", "van der Meer, Anneke"),
        ("d'Aubignac, François", {"family": "Aubignac", "given": "François", "non-dropping-particle": "d'"}, "d'Aubignac, François", "d'Aubignac, François"),
        ("Van Dyke, Dick", {"family": "Van Dyke", "given": "Dick"}, "Van Dyke, Dick", "Van Dyke, Dick"),
        ("Fontaine, Jean de La", {"family": "Fontaine", "given": "Jean", "dropping-particle": "de La"}, "Fontaine, Jean de La", "Fontaine, Jean de La"),
        ("Humboldt, Alexander von", {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}, "Humboldt, Alexander von", "Humboldt, Alexander von"),
        ("King, Jr., Martin Luther", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}, "King, Jr., Martin Luther", "King, Martin Luther, Jr."),
        ("Doe, Jane, III", {"family": "Doe", "given": "Jane", "suffix": "III"}, "Doe, III, Jane", "Doe, Jane, III"),
        ("Mora y Campo, Julio", {"family": "Mora y Campo", "given": "Julio"}, "{Mora y Campo}, Julio", "Mora y Campo, Julio"),
        ("{World Health Organization}", {"literal": "World Health Organization"}, "{World Health Organization}", "World Health Organization"),
        ("{Rivers and Sons}", {"literal": "Rivers and Sons"}, "{Rivers and Sons}", "Rivers and Sons"),
        ("hooks, bell", {"family": "hooks", "given": "bell"}, "hooks, bell", "hooks, bell"),
        ("林, 清和", {"family": "林", "given": "清和"}, "林, 清和", "林, 清和"),
        ("Плато", {"literal": "Плато"}, "{Плато}", "Плато"),
    ],
)  # fmt: skip
def test_a_name_in_each_format(name: str, csl: dict[str, str], bibtex: str, ris: str) -> None:
    read = person(name)
    assert (csl_name(read), bibtex_name(read, ascii_only=False), ris_name(read)) == (csl, bibtex, ris)


@pytest.mark.parametrize(
    ("name", "last", "first"),
    [
        ("van der Meer, Anneke", "van der Meer", "Anneke"),
        ("Mora y Campo, Julio", "{Mora y Campo}", "Julio"),
        ("King, Jr., Martin Luther", "King", "Martin Luther"),
        ("{Rivers and Sons}", "{Rivers and Sons}", ""),
        ("Núñez, Ángel", r"N{\'u}{\~n}ez", r"{\'A}ngel"),
    ],
)
def test_pybtex_takes_a_name_apart_as_it_was_meant(name: str, last: str, first: str) -> None:
    entry = f"@misc{{a, author = {{{bibtex_name(person(name), ascii_only=True)} and Doe, Jane}}}}"
    read, other = readers.pybtex(entry)["a"].persons["author"]
    assert " ".join([*read.prelast_names, *read.last_names]) == last
    assert " ".join([*read.first_names, *read.middle_names]) == first
    assert str(other) == "Doe, Jane"
