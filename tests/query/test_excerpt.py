"""An excerpt is what one reads: no signs, no addresses, no labels of templates."""

from __future__ import annotations

import pytest

from litindex.query.words.excerpt import MARKS, readable


def marked(text: str) -> str:
    """<tide> stands for a word that was found."""
    return text.replace("«", MARKS[0]).replace("»", MARKS[1])


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("> **Author**:: Ito, Kenji\n> **Title**:: \"«Tides» of mud\"\n> **DOI**:: \n", '"«Tides» of mud"'),
        ("> **«Title»**:: Mud\n«Titles» matter", "«Titles» matter"),
        ("> [!info]- : «Tides»", ": «Tides»"),
        ("- [ ] read [[ito2023|Ito]] on «tides» ^k3Jd9a", "read Ito on «tides»"),
        ("## The «tide»\n\n---\n* and **mud**", "The «tide» and mud"),
        ("see [the «tide»](https://example.org/a_b?c=d) there", "see the «tide» there"),
        ("…19&annotation=QNS4EBIA) <mark class=\"yellow\">\"«tides»\"</mark>", '… "«tides»"'),
        ("…3](zotero://open-pdf/library/items/T97MC9QL?page=3). «Tides»", "… . «Tides»"),
        ("…yellow\">«tides» turn</mark> [p. 3](zotero://open-pdf/libr", "… «tides» turn [p. 3"),
        ("| Colour | Meaning |\n| --- | :-- |\n| red | «tides» |", "Colour Meaning red «tides»"),
        ("{% for a in annotations %}{{a.text}} «tides» %% hidden %%", "«tides» hidden"),
        ("…Nakamura, Jun\n> ~\n«Tides»", "~ «Tides»"),
        ("cited «tides»(1)", "cited «tides»(1)"),
        ("only [here](https://example.org/«tides»)", ""),
    ],
)  # fmt: skip
def test_an_excerpt_is_running_text(raw: str, shown: str) -> None:
    assert readable(marked(raw)) == marked(shown)


@pytest.mark.parametrize("sign", ["[", "](", "<a", "{{", "| ", "…", "> ", "**", "a" * 20 + "=", "[[", "- "])
def test_it_takes_no_longer_for_hostile_text(sign: str) -> None:
    for text in (f"{MARKS[0]}x{MARKS[1]} " + sign * 20_000, sign * 20_000 + f" {MARKS[0]}x{MARKS[1]}"):
        assert MARKS[0] in readable(text)
