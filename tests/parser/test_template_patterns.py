"""Notes read by the template that made them: exact, whatever its labels are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litindex.models import Note, Settings, TemplateSource
from litindex.parser import parse_note
from litindex.parser.templates.invert import invert, makes_literature, match
from litindex.parser.templates.tokens import tokenize
from litindex.parser.templates.tree import Slot

NUNJUCKS = """---
kind: "{{publicationTitle}}"
handle: {{citekey}}
---
# {{title}}
Ludzie: {{authors}}

- Kiedy: {{date | format("YYYY")}}
- Gdzie szukać: {{DOI if DOI else "brak"}}
{% if abstractNote %}
## O czym
{{abstractNote}}
{% endif %}
## Co o tym sądzę
{% persist "notes" %}
Tu wpisz swoje uwagi.
{% endpersist %}
"""
NOTE = """---
kind: "Annals of Bells"
handle: adler2020
---
# On the ringing of bells
Ludzie: Mira Adler, Jo Bose

- Kiedy: 2020
- Gdzie szukać: 10.1234/bells

## O czym
Bells ring.

## Co o tym sądzę

Tu wpisz swoje uwagi.
They ring too loud.
"""


def read(note: str, *templates: str, name: str = "A note.md", **more: dict[str, str]) -> Note:
    sources = tuple(TemplateSource(f"T/{at}.md", text) for at, text in enumerate(templates))
    return parse_note(name, note.encode(), Settings(templates=sources, **more))  # type: ignore[arg-type]


def creators(note: Note) -> list[tuple[str, str]]:
    return [(each.role, each.name) for each in note.work.creators] if note.work else []


def test_a_note_is_read_by_the_template_that_made_it() -> None:
    assert parse_note("A note.md", NOTE.encode()).work is None
    work = read(NOTE, NUNJUCKS).work
    assert work is not None
    assert (work.title, work.year, work.container, work.citekey) == (
        "On the ringing of bells",
        2020,
        "Annals of Bells",
        "adler2020",
    )
    assert [each.name for each in work.creators] == ["Adler, Mira", "Bose, Jo"]
    assert [(each.scheme, each.value) for each in work.identifiers if each.scheme == "doi"] == [
        ("doi", "10.1234/bells")
    ]


def test_provenance_names_the_line_of_the_template() -> None:
    work = read(NOTE, NUNJUCKS).work
    assert work is not None
    places = {(each.field, each.key, each.line) for each in work.provenance if each.source == "template"}
    assert {("title", "T/0.md line 5", 5), ("container", "T/0.md line 2", 2)} <= places


def test_what_the_template_prints_is_no_own_word() -> None:
    assert read(NOTE, NUNJUCKS).own_text == "They ring too loud."
    in_plain_note = read("# Day\nTu wpisz swoje uwagi.\nI rang.\n", NUNJUCKS)
    assert (in_plain_note.work, in_plain_note.own_text) == (None, "# Day\nI rang.")


def test_a_default_of_the_template_is_no_value() -> None:
    note = read(NOTE.replace("10.1234/bells", "brak"), NUNJUCKS)
    assert note.work is not None
    assert not [each for each in note.work.identifiers if each.scheme == "doi"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("Kiedy", "When"), id="one-label-renamed"),
        pytest.param(
            ("- Kiedy: 2020\n- Gdzie szukać: 10.1234/bells\n", "- Gdzie szukać: 10.1234/bells\n- Kiedy: 2020\n"),
            id="order",
        ),
        pytest.param(("Ludzie:", "> Ludzie:"), id="quoted"),
        pytest.param(("---\n# On", "---\n\n\n# On"), id="blank-lines"),
    ],
)
def test_half_of_the_literals_is_enough(change: tuple[str, str]) -> None:
    work = read(NOTE.replace(*change), NUNJUCKS).work
    assert work is not None
    assert work.title == "On the ringing of bells"


@pytest.mark.parametrize(
    "note",
    [
        pytest.param("# Bells\nLudzie: Mira Adler\n", id="two-literals"),
        pytest.param(
            NOTE.replace("Ludzie: Mira Adler, Jo Bose", "")
            .replace("# On the ringing of bells\n", "")
            .replace("10.1234/bells", ""),
            id="nothing-identifies",
        ),
        pytest.param("---\nkind: x\nhandle: adler2020\n---\nFree text.\n", id="front-matter-only"),
        pytest.param("```\n" + NOTE.partition("---\n#")[2] + "```\n", id="code"),
    ],
)
def test_less_than_that_is_not_of_the_template(note: str) -> None:
    found = read(note, NUNJUCKS).work
    assert found is None or all(each.source != "template" for each in found.provenance)


def test_a_bare_line_counts_only_beside_one_that_was_found() -> None:
    far = NOTE.replace(
        "# On the ringing of bells\n", "Text before.\n\nMore.\n\nAnd more.\n\nStill.\n\n# A thought of mine\n\n"
    )
    work = read(far, NUNJUCKS).work
    assert work is not None
    assert not [each for each in work.provenance if (each.field, each.source) == ("title", "template")]


ONE_BY_ONE = """> [!zapis]
{% for type, creators in creators | groupby("creatorType") -%}
{%- for creator in creators -%}
> **{{"First" if loop.first}}{{type | capitalize}}** ~
{%- if creator.name %} {{creator.name}}
{%- else %} {{creator.lastName}}, {{creator.firstName}}
{%- endif %}
{% endfor %}
{%- endfor %}
> **Nazwa** ~ {{title}}
> **Miejsce** ~ {{publicationTitle}}
> **Symbol** ~ {{citekey}}
"""


def test_a_loop_over_creators_is_read_one_by_one() -> None:
    note = """> [!zapis]
> **FirstAuthor** ~ Institute of Bells
> **Author** ~ Adler, Mira
> **FirstEditor** ~ van Bose, Jo
> **Nazwa** ~ On bells
> **Miejsce** ~ Annals
> **Symbol** ~ adler20
"""
    assert creators(read(note, ONE_BY_ONE)) == [
        ("author", "Institute of Bells"),
        ("author", "Adler, Mira"),
        ("editor", "van Bose, Jo"),
    ]


@pytest.mark.parametrize("line", ["Uwaga:: mine", "A word of mine."])
def test_a_line_without_its_heading_is_no_abstract(line: str) -> None:
    template = "# {{title}}\n## O czym\n{{abstractNote}}\n{% if x %}\nTom: {{volume}}\n{% endif %}\nKlucz: {{citekey}}\nRok: {{year}}\n"
    found = read(f"# On bells\n{line}\nKlucz: adler20\nRok: 2020\n", template)
    assert found.work is None or found.work.abstract is None


def test_people_that_share_a_line_are_not_one_person() -> None:
    template = ONE_BY_ONE.replace("** ~", "**::").replace("** ~", "**::").replace("** ~", "**::")
    note = "> [!zapis]\n> **Author**:: Adler, Mira, Bose, Jo> **Editor**:: Chen, Li\n> **Nazwa**:: On bells\n> **Miejsce**:: X\n"
    found = read(note + "> **Symbol**:: adler20\n", template)
    assert found.work is not None
    assert not [
        each for each in found.work.provenance if each.source == "template" and each.field in ("author", "editor")
    ]
    assert "Adler, Mira, Bose, Jo> **Editor**:: Chen, Li" not in [name for _, name in creators(found)]


LANGUAGES = {
    "handlebars": "# {{title}}\n\nOsoby: {{authorString}}\n{{#if containerTitle}}\nGdzie: {{containerTitle}}\n{{/if}}\nKlucz: {{citekey}}\n## Uwagi\n",
    "eta": "# <%= it.title %>\n\nOsoby: <%= it.authors %>\n<% if (it.publicationTitle) { %>\nGdzie: <%= it.publicationTitle %>\n<% } %>\nKlucz: <%= it.citekey %>\n## Uwagi\n<%~ include('annots', it.annotations) %>\n",
    "liquid": "# {{ title }}\n\nOsoby: {{ authors | join: ', ' }}\n{%- if publicationTitle %}\nGdzie: {{ publicationTitle }}\n{%- endif %}\nKlucz: {{ citekey }}\n## Uwagi\n",
    "inline loop": "# {{title}}\n\nOsoby: {% for c in creators %}{{c.firstName}} {{c.lastName}}{% if not loop.last %}, {% endif %}{% endfor %}\nGdzie: {{publicationTitle}}\nKlucz: {{citekey}}\n## Uwagi\n",
}


@pytest.mark.parametrize("template", LANGUAGES.values(), ids=LANGUAGES)
def test_all_languages_of_templates_are_read(template: str) -> None:
    assert makes_literature(template)
    note = "# On bells\n\nOsoby: Mira Adler, Jo Bose\nGdzie: Annals of Bells\nKlucz: adler2020\n## Uwagi\n"
    found = read(note, template)
    assert found.work is not None
    assert (found.work.title, found.work.container, found.work.citekey) == ("On bells", "Annals of Bells", "adler2020")
    assert creators(found) == [("author", "Adler, Mira"), ("author", "Bose, Jo")]


def test_the_best_share_wins() -> None:
    other = "# {{title}}\n\nOsoby: {{authors}}\nGdzie: {{publisher}}\nKlucz: {{citekey}}\n## Streszczenie\n## Wnioski\n"
    note = "# On bells\n\nOsoby: Mira Adler\nGdzie: Annals\nKlucz: adler2020\n## Uwagi\n"
    work = read(note, other, LANGUAGES["liquid"]).work
    assert work is not None
    assert (work.container, work.publisher) == ("Annals", None)


def test_a_key_that_the_user_taught_goes_before_the_template() -> None:
    note = NOTE.replace("Ludzie: Mira Adler, Jo Bose", "Ludzie: Mira Adler, Jo Bose\nReihe: Annals of Time")
    work = read(note, NUNJUCKS, keys={"Reihe": "container"}).work
    assert work is not None
    assert work.container == "Annals of Time"


def test_a_citekey_is_read_from_the_name_that_the_plugin_gives() -> None:
    source = TemplateSource(
        "T.md", "# {{title}}\nOsoby: {{authorString}}\nRok: {{year}}\n## Uwagi\n", "lit {{citekey}}"
    )
    note = parse_note(
        "lit adler20.md", b"# On bells\nOsoby: Mira Adler\nRok: 2020\n## Uwagi\n", Settings(templates=(source,))
    )
    assert note.work is not None
    assert note.work.citekey == "adler20"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{citekey}} {{title}}", True),
        ("{% for a in annotations %}{{a.text}}{% endfor %}{{title}}", True),
        ("<%= it.title %> <%= it.citekey %>", True),
        ("# {{title}}\n{{date}}", False),
        ("<% tp.file.title %> <% tp.date.now() %>", False),
        ("{{citekey}}", False),
        ("```\n{{citekey}} {{title}}\n```\n", False),
        ("{{citekey", False),
        ("", False),
    ],
)
def test_a_template_of_literature_prints_what_only_programs_for_literature_have(text: str, expected: bool) -> None:
    assert makes_literature(text) is expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (("Who:", Slot("x")), "Who: Mira", ["Mira"]),
        (("Who:", Slot("x")), "Who:", [""]),
        (("Who:", Slot("x")), "When: now", None),
        ((Slot("x"), ", ", Slot("y"), "."), "a, b, c.", ["a", "b, c"]),
        ((Slot("x"), "(", Slot("y"), ")"), "a (b) (c)", ["a", "b) (c"]),
        (("[[", Slot("x"), "]]"), "[[a]] b", None),
        (("aba",), "aba", []),
        (("ab", Slot("x"), "ba"), "aba", None),
    ],
)
def test_a_pattern_takes_a_whole_line(pattern: tuple[str | Slot, ...], text: str, expected: list[str] | None) -> None:
    assert match(pattern, text) == expected


HOSTILE = st.lists(
    st.sampled_from(
        [
            "{{",
            "}}",
            "{%",
            "%}",
            "{% if x %}",
            "{% endif %}",
            "{% for c in creators %}",
            "<%",
            "%>",
            "\n",
            "a",
            "> ",
            "---",
            ": ",
            "{{title}}",
            "{{citekey}}",
        ]
    ),
    max_size=40,
).map("".join)


@given(HOSTILE, HOSTILE)
def test_any_text_is_a_template_and_any_note_is_read_by_it(template: str, note: str) -> None:
    invert((TemplateSource("t", template),))
    found = read(note, template)
    assert not [each for each in found.problems if each.code == "parser-failed"]


@given(HOSTILE)
def test_tokens_lose_no_text_outside_of_signs(template: str) -> None:
    assert sum(len(each.text) for each in tokenize(template)) <= len(template)


class Counted(str):
    """A text that counts the characters that are looked at in it."""

    looked = 0

    def find(self, *args: object) -> int:  # type: ignore[override]
        found = str.find(self, *args)  # type: ignore[arg-type]
        Counted.looked += (found if found >= 0 else len(self)) - int(args[1])  # type: ignore[call-overload]
        return found


@given(st.integers(2, 40), st.sampled_from(["a, ", ", ", "aa", ",a"]))
def test_matching_looks_at_each_character_once(slots: int, piece: str) -> None:
    """However many values a line has, and whether it fits or not."""
    pattern = (*(part for _ in range(slots) for part in (Slot("x"), ", ")), Slot("x"), "!")
    Counted.looked = 0
    match(pattern, Counted(piece * 500))
    assert Counted.looked <= len(piece) * 500 + slots
