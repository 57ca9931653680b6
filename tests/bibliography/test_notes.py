"""What a note writes in a field is what the formats hold."""

from __future__ import annotations

import pytest

from litindex.bibliography.csl_json import csl_item
from tests.bibliography import notes


def title(written: str) -> str:
    note = f"> [!info]- M\n> Citekey:: a2020\n> Title:: {written}\n> Author:: Poe, Ann\n> itemType:: book\n"
    return str(csl_item(notes.item_of(note))["title"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The <i>Vibrio</i> of H<sub>2</sub>O", "The <i>Vibrio</i> of H<sub>2</sub>O"),
        ("The <em>Vibrio</em> of <strong>mud</strong>", "The <i>Vibrio</i> of <b>mud</b>"),
        ("The *Vibrio* of **mud**", "The <i>Vibrio</i> of <b>mud</b>"),
        ('On <span class="nocase">pH</span>', 'On <span class="nocase">pH</span>'),
        ('<span style="font-variant: small-caps;">Mud</span> and', '<span style="font-variant:small-caps;">Mud</span> and'),
        ("*Bells under water*", "Bells under water"),
        ("The {Vibrio} of {DNA}", "The Vibrio of DNA"),
        (r"Sums $\sum_{n=1}^{N} a_n$", r"Sums $\sum_{n=1}^{N} a_n$"),
        ("p < 0.05 and n > 3", "p < 0.05 and n > 3"),
        ("Q&amp;A", "Q&A"),
        ("snake_case and x_1", "snake_case and x_1"),
        ("An <i>unclosed tag", "An unclosed tag"),
        ("潮汐与钟声", "潮汐与钟声"),
    ],
)  # fmt: skip
def test_a_title_keeps_its_markup(written: str, read: str) -> None:
    assert title(written) == read


@pytest.mark.parametrize(
    ("lines", "variable", "value"),
    [
        ("> PMCID:: PMC123\n", "PMCID", "PMC123"),
        ("> Extra:: PMID: 1234567\n", "PMID", "1234567"),
        ("> Extra:: Kept as it is\n", "note", "Kept as it is"),
        ("> DOI:: N/A\n", "DOI", None),
        ("> Short title:: undefined\n", "title-short", None),
        ("> Date Accessed:: 2020-01-02T10:00:00Z\n", "accessed", {"date-parts": [[2020, 1, 2]]}),
        ("> Date:: 2012 [1962]\n", "original-date", {"date-parts": [[1962]]}),
        ("> Number:: 17\n", "collection-number", "17"),
    ],
)
def test_what_has_no_column_is_taken_from_the_fields(lines: str, variable: str, value: object) -> None:
    note = f"> [!info]- M\n> Citekey:: a2020\n> Title:: Mud\n> Author:: Poe, Ann\n> itemType:: book\n{lines}"
    assert csl_item(notes.item_of(note)).get(variable) == value


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ("journal: Mud\nvolume: 3\n", "article-journal"),
        ("isbn: 9780306406157\n", "book"),
        ("arxiv: 2101.00001\n", "article"),
        ("journal: Mud\n", "document"),
        ("itemType: something else\nisbn: 9780306406157\n", "document"),
    ],
)
def test_a_note_without_a_type_is_what_its_values_say(properties: str, kind: str) -> None:
    note = f'---\ncitekey: a2020\ntitle: Mud\nauthors: ["Poe, Ann"]\n{properties}---\n'
    assert csl_item(notes.item_of(note))["type"] == kind
