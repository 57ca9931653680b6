"""Which note a citekey means, of those that it may mean (DECISIONS 22), and which links name one."""

from __future__ import annotations

import pytest

from litindex.index.relations.citekeys import Citable, linked_citekey


@pytest.mark.parametrize(
    ("target", "citekey"),
    [
        ("@adler20", "adler20"),
        ("x/y/@adler20", "adler20"),
        ("@adler20.md", "adler20"),
        ("@adler20.md.md", "adler20.md"),
        ("@.mda20", ".mda20"),
        ("@ adler20 ", "adler20"),
        ("@@adler20", "@adler20"),
        ("adler20", None),
        ("x@adler20", None),
        ("@x/adler20", None),
        ("@", None),
        ("@.md", None),
        ("", None),
    ],
)
def test_a_link_to_a_name_that_begins_with_an_at_sign_names_a_citekey(target: str, citekey: str | None) -> None:
    assert linked_citekey(target) == citekey


def test_copies_come_last_then_other_spellings_then_long_paths() -> None:
    nearest_first = [
        Citable(6, "x/y/@Adler20.md", "@Adler20", None),
        Citable(5, "x/y/zz/bells.md", "bells", "Adler20"),
        Citable(4, "a.md", "a", "ADLER20"),
        Citable(3, "b.md", "b", None),
        Citable(2, "x/@adler20.md", "@adler20", None),
        Citable(1, "@Adler20 (1).md", "@Adler20 (1)", "Adler20"),
    ]
    others = [nearest_first[at] for at in (3, 0, 5, 1, 4, 2)]
    assert sorted(others, key=lambda note: note.distance("Adler20")) == nearest_first
