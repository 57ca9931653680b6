"""One name, and several in one value (FORMAT Z12 to Z19)."""

from __future__ import annotations

import pytest

from litindex.parser.values.name_lists import split_creators, split_item, split_line
from litindex.parser.values.names import clean, is_degree, is_institution, proposal_keys, read_name
from litindex.text_keys import letters, name_key


@pytest.mark.parametrize(
    ("raw", "name", "family", "given"),
    [
        pytest.param("Vogel, Greta", "Vogel, Greta", "Vogel", "Greta", id="last-first"),
        pytest.param("  Vogel ,   Greta Maria ", "Vogel, Greta Maria", "Vogel", "Greta Maria", id="spaces"),
        pytest.param("Vogel, Greta,", "Vogel, Greta", "Vogel", "Greta", id="comma-at-the-end"),
        pytest.param("[[People/Okoye, Amara|A.]]", "Okoye, Amara", "Okoye", "Amara", id="link-target"),
        pytest.param("Mu\u0308ller, Jo\u0308rg", "Müller, Jörg", "Müller", "Jörg", id="nfc"),
        pytest.param("**Vogel, Greta**", "Vogel, Greta", "Vogel", "Greta", id="emphasis"),
    ],
)
def test_z16_a_name_with_one_comma_has_two_fields(raw: str, name: str, family: str, given: str) -> None:
    found = read_name(raw, natural=False)
    assert found is not None
    assert (found.kind, found.name, found.family, found.given) == ("person", name, family, given)


@pytest.mark.parametrize(
    "raw", ["Greta Vogel", "xkcd", "Institut für Beispiele", "Vogel,", "{Beispiel Amt}", '"The Board"']
)
def test_z16_a_field_without_a_comma_is_never_reordered(raw: str) -> None:
    found = read_name(raw, natural=False)
    assert found is not None
    assert (found.kind, found.family) == ("single", None)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Greta Vogel", "Vogel, Greta"),
        ("Pieter van der Meulen", "van der Meulen, Pieter"),
        ("Greta Maria Vogel", "Vogel, Greta Maria"),
        ("Samuel Okoye Jr.", "Okoye, Samuel, Jr."),
        ("Dr. Greta Vogel", "Vogel, Greta"),
        ("Greta Vogel (Uni Musterstadt)", "Vogel, Greta"),
        ("Smithson JA", "Smithson, JA"),
        ("Greta Vogel, PhD", "Vogel, Greta"),
        ("Орлова Н. П.", "Орлова, Н. П."),
        ("Okoye A. B. C.", "Okoye, A. B. C."),
        ("Okoye A. BC", "Okoye, A. BC"),
        ("Van Dyke J. B.", "Van Dyke, J. B."),
        ("VAN DYKE J.", "VAN DYKE, J."),
        ("Okoye Abe B.", "Okoye Abe, B."),
    ],
)
def test_z16_a_property_reads_first_von_last(raw: str, name: str) -> None:
    found = read_name(raw, natural=True)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "raw",
    [
        "Vogel",
        "University of Examples",
        "Beispiel Group",
        "Example Corp.",
        "One Two Three Four Five Six",
        "Amt für Proben",
    ],
)
def test_z16_a_property_keeps_institutions_and_mononyms_whole(raw: str) -> None:
    found = read_name(raw, natural=True)
    assert found is not None
    assert (found.kind, found.name) == ("single", raw)


@pytest.mark.parametrize(
    ("raw", "name", "suffix"),
    [
        pytest.param("Ford, Jr., Hanno", "Ford, Hanno, Jr.", "Jr.", id="bibtex"),
        pytest.param("Ford, Hanno, Jr.", "Ford, Hanno, Jr.", "Jr.", id="zotero"),
        pytest.param("Weidmann, Sonja, P.", "Weidmann, Sonja P.", None, id="initials-join-first"),
        pytest.param("Ford, Hanno, of Examples", "Ford, Hanno, of Examples", "of Examples", id="rest-in-layout-a"),
    ],
)
def test_z16_three_parts(raw: str, name: str, suffix: str | None) -> None:
    found = read_name(raw, natural=False, layout_a=True)
    assert found is not None
    assert (found.name, found.suffix) == (name, suffix)


@pytest.mark.parametrize(
    ("raw", "family", "particle"),
    [
        ("van der Meulen, Piet", "Meulen", "van der"),
        ("de la Cruz, Ines", "Cruz", "de la"),
        ("d'Anvers, Luc", "Anvers", "d'"),
        ("al-Hamdani, Noor", "Hamdani", "al-"),
        ("'t Veld, Anke", "Veld", "'t"),
        ("Meulen, Piet van", "Meulen", "van"),
        ("Van Der Meulen, Piet", "Van Der Meulen", None),
    ],
)
def test_z17_particles_are_split_off_for_sorting_only(raw: str, family: str, particle: str | None) -> None:
    found = read_name(raw, natural=False)
    assert found is not None
    assert (found.name, found.family, found.particle) == (raw, family, particle)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("MÜLLER, Jörg", "Müller,  Jörg", id="case-and-spaces"),
        pytest.param("O’Malley, Sean", "O'Malley, Sean", id="apostrophes"),
        pytest.param("Roth‐Lang, Eva", "Roth-Lang, Eva", id="hyphens"),
        pytest.param("Mu\u0308ller, Jörg", "Müller, Jörg", id="nfd"),
    ],
)
def test_z18_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Müller, J", "Muller, J"), ("Okoye, A.", "Okoye, Amara"), ("van Berg, B", "Berg, B van")]
)
def test_z18_marks_initials_and_particles_are_not_merged(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_z19_proposals_compare_letters_without_marks() -> None:
    person = read_name("Candès-Ruiz, Émile J.", natural=False)
    plain = read_name("Émile Candès", natural=False)
    assert person is not None
    assert plain is not None
    assert proposal_keys(person) == ("candes ruiz", "emile j", "ej")
    assert proposal_keys(plain) == ("candes", "emile", "e")
    assert letters("Æsa Þórsson, Đặng Işıl Œuvre") == "aesa thorsson dang isil oeuvre"
    assert letters("Łukasz Ørsted") == "łukasz ørsted".replace("ł", "l").replace("ø", "o")


def names(raw: str, *, prop: bool = False, natural: bool = False) -> list[str]:
    return [name.name for name, _ in split_creators(raw, prop=prop, natural=natural).names]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param('["Vogel, Greta", "Beispiel Amt"]', ["Vogel, Greta", "Beispiel Amt"], id="1-bracketed-list"),
        pytest.param("['Vogel, Greta']", ["Vogel, Greta"], id="1-python-list"),
        pytest.param("[]", [], id="1-empty-list"),
        pytest.param("Vogel, Greta; Okoye, Amara", ["Vogel, Greta", "Okoye, Amara"], id="2-semicolon"),
        pytest.param(
            "Vogel, Greta,  Okoye, Amara,  MIT, Lab", ["Vogel, Greta", "Okoye, Amara", "MIT, Lab"], id="3-two-spaces"
        ),
        pytest.param("Vogel, Greta and Okoye, Amara", ["Vogel, Greta", "Okoye, Amara"], id="4-and"),
        pytest.param("Vogel, Greta & Okoye, Amara", ["Vogel, Greta", "Okoye, Amara"], id="4-ampersand"),
        pytest.param("Vogel, Greta, Okoye, Amara", ["Vogel, Greta", "Okoye, Amara"], id="5-pairs"),
        pytest.param("Beispiel Amt", ["Beispiel Amt"], id="7-one"),
        pytest.param("Vogel, Greta / Okoye, Amara", ["Vogel, Greta", "Okoye, Amara"], id="slash"),
        pytest.param("[[Greta Vogel]], [[Amara Okoye]]", ["Greta Vogel", "Amara Okoye"], id="links"),
    ],
)
def test_z15_a_value_with_several_creators_is_split(raw: str, expected: list[str]) -> None:
    assert names(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("Greta Vogel, Amara Okoye", ["Vogel, Greta", "Okoye, Amara"], id="6-first-last"),
        pytest.param("Greta Vogel and Amara Okoye", ["Vogel, Greta", "Okoye, Amara"], id="4-and"),
        pytest.param("Greta Vogel, Emin Gün Sever", ["Vogel, Greta", "Sever, Emin Gün"], id="three-words"),
        pytest.param("Vogel, G. M., Okoye, A. B.", ["Vogel, G. M.", "Okoye, A. B."], id="pairs-of-initials"),
        pytest.param("王小明, 李雷", ["王小明", "李雷"], id="cjk"),
    ],
)
def test_z15_a_property_reads_natural_order(raw: str, expected: list[str]) -> None:
    assert names(raw, prop=True, natural=True) == expected


@pytest.mark.parametrize(
    "raw", ["Vogel, Greta et al.", "Vogel, Greta and others", "Vogel, Greta; et al.", "Vogel, Greta; others"]
)
def test_z15_et_al_is_dropped_and_told(raw: str) -> None:
    split = split_creators(raw, prop=False, natural=False)
    assert [name.name for name, _ in split.names] == ["Vogel, Greta"]
    assert split.et_al


def test_z15_what_cannot_be_told_apart_is_kept_whole() -> None:
    split = split_creators("Vogel, Greta, Okoye", prop=False, natural=False)
    assert [(name.name, name.kind) for name, _ in split.names] == [("Vogel, Greta, Okoye", "single")]
    assert split.ambiguous


def test_z15_in_layout_a_a_line_is_one_creator_whatever_its_commas() -> None:
    split = split_line("Training, State Council of Examples, Research and Proof")
    assert len(split.names) == 1
    assert split.names[0][0].family == "Training"


def test_z15_in_layout_a_a_semicolon_still_splits() -> None:
    assert [name.name for name, _ in split_line("Vogel, Greta; Okoye, Amara").names] == ["Vogel, Greta", "Okoye, Amara"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("*Vogel*", "Vogel"),
        ("[V](x.md)", "V"),
        ("<i>V</i>", "V"),
        ("[[a/b/V.md|x]]", "V"),
        ("[[@key]]", "key"),
        (" a \n b ", "a b"),
    ],
)
def test_markup_around_a_name_falls_away(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("Beispiel University", True), ("Ministry of the Proof", True), ("Greta Vogel", False)]
)
def test_an_institution_is_known_by_a_word(text: str, expected: bool) -> None:
    assert is_institution(text) is expected


@pytest.mark.parametrize(
    ("raw", "family", "given"),
    [("森 林子", "森", "林子"), ("김 하나", "김", "하나"), ("モリ リンコ", "モリ", "リンコ")],
)
def test_z16_a_name_of_two_words_in_cjk_has_its_family_first(raw: str, family: str, given: str) -> None:
    found = read_name(raw, natural=True)
    assert found is not None
    assert (found.kind, found.name, found.family, found.given) == ("person", f"{family}, {given}", family, given)


@pytest.mark.parametrize("raw", ["森 林 子", "森林子"])
def test_z16_other_names_in_cjk_are_not_taken_apart(raw: str) -> None:
    found = read_name(raw, natural=True)
    assert found is not None
    assert (found.kind, found.name, found.family, found.given) == ("single", raw, None, None)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Doe, Dr. Jane", "Doe, Jane"),
        ("Jane Doe Jr.", "Doe, Jane, Jr."),
        ("Jane Doe, Jr.", "Doe, Jane, Jr."),
        ("Doe, Jane Jr.", "Doe, Jane, Jr."),
        ("Doe, Jr., Jane", "Doe, Jane, Jr."),
        ("Doe, Jane A., III", "Doe, Jane A., III"),
        ("Jane Doe III", "Doe, Jane, III"),
        ("Doe, Jane,! III", "Doe, Jane, III"),
        ("Doe, Jane, père", "Doe, Jane, père"),
        ("Jane Doe, M.D.", "Doe, Jane"),
        ("Jane Doe PhD", "Doe, Jane"),
        ("Doe, Jane, Ph.D.", "Doe, Jane"),
        ("Prof. Dr. h. c. Greta Vogel", "Vogel, Greta"),
        ("Lt. Col. Jane Doe", "Doe, Jane"),
        ('Jane "Jay" Doe', "Doe, Jane"),
        ("Jane (Jay) Doe", "Doe, Jane"),
        ("Ada Mora y Campo", "Mora y Campo, Ada"),
        ("Mora y Campo, Ada María", "Mora y Campo, Ada María"),
        ("Antoni Pujol i Serra", "Pujol i Serra, Antoni"),
        ("Bo von und zu Moor", "von und zu Moor, Bo"),
        ("Bo vom und zum Moor", "vom und zum Moor, Bo"),
        ("Ana Q. Xavier de la Vega III", "de la Vega, Ana Q. Xavier, III"),
        ("Matt St. Pierre", "St. Pierre, Matt"),
        ("Tom Van De Moor", "Van De Moor, Tom"),
        ("Yo Yo Ma", "Ma, Yo Yo"),
        ("Kim Anh Do", "Do, Kim Anh"),
        ("Moss, Ed", "Moss, Ed"),
        ("Catherine of Moor", "Catherine of Moor"),
        ("Moor & Moor", "Moor & Moor"),
        ("Mud Research Group, The", "Mud Research Group, The"),
        ("Doe, U. A.", "Doe, U. A."),
        ("Doe, J. E. A.", "Doe, J. E. A."),
        ("Jane Doe II", "Doe, Jane, II"),
        ("Jane Doe, MSc, PhD", "Doe, Jane"),
        ("Prof. Doe, Jane", "Doe, Jane"),
        ("Doe A-B", "Doe, A-B"),
        ('"Reed and Mud"', "Reed and Mud"),
    ],
)
def test_z16_titles_suffixes_and_joined_surnames(raw: str, name: str) -> None:
    assert names(raw, prop=True, natural=True) == [name]
    assert [found.name for found, _ in split_item(raw).names] == [name]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Doe, Jane AND Roe, Karl", ["Doe, Jane", "Roe, Karl"]),
        ("Garza Pinto, Luis and Vega Ruiz, Ana Sofia", ["Garza Pinto, Luis", "Vega Ruiz, Ana Sofia"]),
        ("Doe, Jane und Roe, Karl", ["Doe, Jane", "Roe, Karl"]),
        ("Jane Doe y Karl Roe", ["Doe, Jane", "Roe, Karl"]),
        ("Jane Doe, Karl Roe og Ann Poe", ["Doe, Jane", "Roe, Karl", "Poe, Ann"]),
        ("Jane Doe with Karl Roe", ["Doe, Jane", "Roe, Karl"]),
        ("Jane Mora y Campo, Karl Roe", ["Mora y Campo, Jane", "Roe, Karl"]),
        ("Mora y Campo, Jane and Roe, Karl", ["Mora y Campo, Jane", "Roe, Karl"]),
        ("Maria und Karl Roe", ["Maria und Karl Roe"]),
        ("Ann Poe and Institute of Rivers", ["Poe, Ann", "Institute of Rivers"]),
        ("Institute of Rivers and University of Moor", ["Institute of Rivers", "University of Moor"]),
        ("Roe, Karl and Institute of Rivers", ["Roe, Karl", "Institute of Rivers"]),
        ("Ministry of Food and Drug Safety", ["Ministry of Food and Drug Safety"]),
        ("Food and Rivers Organization of the Moor", ["Food and Rivers Organization of the Moor"]),
        ("National Academies of Mud, Peat, and Reed", ["National Academies of Mud, Peat, and Reed"]),
        ("Centers for Mud Control and Prevention", ["Centers for Mud Control and Prevention"]),
        ("{Barnes and Reed} and Doe, Jane", ["Barnes and Reed", "Doe, Jane"]),
        ("Doe, Jane; {Mud; Peat Group}", ["Doe, Jane", "Mud; Peat Group"]),
        ("{Mud, Peat, and Reed Consortium}", ["Mud, Peat, and Reed Consortium"]),
        ("{Del Oyo}, J and Poe, A", ["Del Oyo, J", "Poe, A"]),
        ("Doe, Jane<br>Roe, Karl<br/>Poe, Ann", ["Doe, Jane", "Roe, Karl", "Poe, Ann"]),
        ("Jane Doe, PhD, Karl Roe, MD", ["Doe, Jane", "Roe, Karl"]),
        ("Doe, Jane, Jr., Roe, Karl", ["Doe, Jane, Jr.", "Roe, Karl"]),
        ("Doe, Jane und Mora y Campo, Karl", ["Doe, Jane", "Mora y Campo, Karl"]),
        ("Mora y Campo, Karl y Doe, Jane", ["Mora y Campo, Karl", "Doe, Jane"]),
        ("Doe, Jane UND Roe, Karl", ["Doe, Jane", "Roe, Karl"]),
        ("Jane Doe mit Karl Roe", ["Doe, Jane", "Roe, Karl"]),
        ("Jane Doe • Karl Roe", ["Doe, Jane", "Roe, Karl"]),
        ("Jane Doe · Karl Roe", ["Doe, Jane", "Roe, Karl"]),
        ("Reed, Mud and Sons Ltd.", ["Reed, Mud and Sons Ltd."]),
        ("Center for Reeds, Mud, and Peat and Doe, Jane", ["Center for Reeds, Mud, and Peat", "Doe, Jane"]),
        ("김훈·이순신", ["김훈", "이순신"]),
        ("卡尔·莫斯", ["卡尔·莫斯"]),
    ],
)
def test_z15_a_word_separates_people_only_where_whole_names_meet(raw: str, expected: list[str]) -> None:
    assert names(raw, prop=True, natural=True) == expected


@pytest.mark.parametrize(
    "raw", ["Jane Doe + Karl Roe", "Jane Doe|Karl Roe", "Jane Doe/Karl Roe", "Jane Doe – Karl Roe"]
)
def test_z15_signs_that_may_separate_are_told(raw: str) -> None:
    split = split_creators(raw, prop=True, natural=True)
    assert split.ambiguous
    assert [(name.name, name.kind) for name, _ in split.names] == [(raw, "single")]


@pytest.mark.parametrize(
    "left_out", ["et al.", "and 3 others", "u. a.", "и др.", "et coll.", "m. fl.", "und andere", "e.a.", "+ 2 others"]
)
def test_z15_people_left_out_in_any_language(left_out: str) -> None:
    split = split_creators(f"Doe, Jane {left_out}", prop=True, natural=True)
    assert ([name.name for name, _ in split.names], split.et_al) == (["Doe, Jane"], True)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("*Homo* in mud", "*Homo* in mud"),
        ("mud of *Homo*", "mud of *Homo*"),
        ("*Homo* in *mud*", "*Homo* in *mud*"),
        ("**Homo**", "Homo"),
        ("***Homo***", "Homo"),
        ("*_Homo_*", "Homo"),
        ("**Homo", "Homo"),
        ("Homo**", "Homo"),
        ("_a_b_", "_a_b_"),
        ("`x`", "x"),
        ("One<br>two", "One two"),
    ],
)
def test_only_marks_around_a_whole_text_or_without_a_partner_fall_away(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Johan A. van der Meer Berg", "van der Meer Berg, Johan A."),
        ("J. van Meer Berg Sund Olm", "van Meer Berg Sund Olm, J."),
        ("Johan A. B. C. van Meer", "van Meer, Johan A. B. C."),
        ("Johan Adam van der Meer Berg", None),
        ("Jo Adam van der Meer Berg", None),
        ("Johan A. B. C. Meer Berg", None),
        ("Johan A. B. Berg Meer", "Meer, Johan A. B. Berg"),
        ("Johan A. Bert Berg Meer", None),
        ("Johan Adam B. Berg Meer", None),
        ("Johan Adam Bert van Meer", "van Meer, Johan Adam Bert"),
    ],
)
def test_z16_a_name_of_many_words_needs_initials_and_of_six_a_particle(raw: str, name: str | None) -> None:
    """Otherwise it may be anything: it is kept as written."""
    found = read_name(raw, natural=True)
    assert found is not None
    assert (found.kind, found.name) == (("person", name) if name else ("single", raw))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Li J.", "Li, J."),
        ("Li JK", "Li, JK"),
        ("Orlova J.K. L.", "Orlova, J.K. L."),
        ("Orlova J.-P. K.", "Orlova, J.-P. K."),
        ("Orlova MAXIM. K.", "Orlova MAXIM., K."),
        ("NG. A. B.", "NG., A. B."),
        ("X Y", "Y, X"),
        ("G. Vogel", "Vogel, G."),
    ],
)
def test_z16_initials_at_the_end_are_given_names_behind_a_family_name_of_two_letters_or_more(
    raw: str, name: str
) -> None:
    found = read_name(raw, natural=True)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("end", ["The", "Inc.", "Inc", "Ltd", "Ltd.", "LLC", "GmbH"])
def test_z16_a_company_form_after_a_comma_makes_no_person(end: str) -> None:
    found = read_name(f"Beispiel, {end}", natural=False)
    assert found is not None
    assert (found.kind, found.name) == ("single", f"Beispiel, {end}")


@pytest.mark.parametrize("suffix", ["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"])
def test_z16_a_suffix_may_end_the_given_names(suffix: str) -> None:
    found = read_name(f"Okoye, Samuel Obi {suffix}", natural=False)
    assert found is not None
    assert (found.name, found.given, found.suffix) == (f"Okoye, Samuel Obi, {suffix}", "Samuel Obi", suffix)
    alone = read_name(f"Okoye, {suffix}", natural=False)
    assert alone is not None
    assert (alone.given, alone.suffix) == (suffix, None)


@pytest.mark.parametrize("raw", ["Vogel, Greta, QX", "Vogel, Greta, Abc.", "Vogel, Greta, x, y"])
def test_z16_a_third_part_that_says_nothing_known_makes_no_name(raw: str) -> None:
    assert read_name(raw, natural=False) is None
    found = read_name(raw, natural=False, layout_a=True)
    assert found is not None
    assert (found.name, found.suffix) == (raw, raw.removeprefix("Vogel, Greta, "))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Greta Maria Vogel MD", "Vogel, Greta Maria"),
        ("Greta Vogel PhD MD", "Vogel, Greta"),
        ("Greta PhD", "PhD, Greta"),
        ("Samuel III", "III, Samuel"),
        ("Samuel Okoye III", "Okoye, Samuel, III"),
        ("A Okoye III", "Okoye, A, III"),
        ("Okoye A. B. III", "Okoye, A. B., III"),
        ("Okoye A. B. Jr.", "Okoye, A. B., Jr."),
        ("Vogel G. PhD", "Vogel, G."),
        ("Greta V. Okoye PhD", "Okoye, Greta V."),
    ],
)
def test_z16_a_degree_goes_and_a_suffix_stays_where_a_whole_name_is_left(raw: str, name: str) -> None:
    found = read_name(raw, natural=True)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Friends of the Marsh", True),
        ("Marsh, University", True),
        ("University,Marsh", True),
        ("Una of Thessaly", False),
    ],
)
def test_an_institution_is_known_by_a_word_beside_a_comma_too(text: str, expected: bool) -> None:
    assert is_institution(text) == expected


@pytest.mark.parametrize(
    ("raw", "family", "given", "particle"),
    [
        ("Gogh, Vincent Willem van", "Gogh", "Vincent Willem", "van"),
        ("Berg, Una Maria van der", "Berg", "Una Maria", "van der"),
        ("Aube, Una Maria d'", "Aube", "Una Maria", "d'"),
        ("Aube, Una Maria d\u2019", "Aube", "Una Maria", "d\u2019"),
        ("Vogel, greta", "Vogel", "greta", None),
        ("Vogel, greta maria", "Vogel", "greta", "maria"),
        ("Vogel, Greta j.", "Vogel", "Greta j.", None),
        ("van Berg Meer, Una", "Berg Meer", "Una", "van"),
        ("van der Berg Meer, Una", "Berg Meer", "Una", "van der"),
        ("van, Una", "van", "Una", None),
    ],
)
def test_z17_a_particle_stands_before_the_family_name_or_behind_the_given_ones(
    raw: str, family: str, given: str, particle: str | None
) -> None:
    found = read_name(raw, natural=False)
    assert found is not None
    assert (found.name, found.family, found.given, found.particle) == (raw, family, given, particle)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Dr. h.c. Greta Vogel", "Vogel, Greta"),
        ("Dipl.-Ing. Greta Vogel", "Vogel, Greta"),
        ("Prof. Dr. h. c. Greta Vogel", "Vogel, Greta"),
        ("Vogel, Prof. Dr. Greta", "Vogel, Greta"),
        ("Vogel, Prof. Dr.", "Vogel, Dr."),
        ("Vogel, Dr.", "Vogel, Dr."),
    ],
)
def test_z16_titles_go_where_a_word_is_left(raw: str, name: str) -> None:
    found = read_name(raw, natural=True)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Ph. D.", True), ("PhD", True), ("M. A.", True), ("M.a.", True), ("MA", True), ("Ma", False), ("Greta", False)],
)
def test_a_degree_of_two_letters_has_dots_or_capitals(text: str, expected: bool) -> None:
    assert is_degree(text) == expected


@pytest.mark.parametrize(
    ("raw", "kind", "name"),
    [
        ("Vogel,", "single", "Vogel"),
        ('"Vogel, Greta"', "person", '"Vogel, Greta"'),
        ("Greta Vogel,", "person", "Vogel, Greta"),
        ("Greta Vogel;", "person", "Vogel, Greta"),
        ("Greta X", "person", "Greta, X"),
        ('"The Board"', "single", "The Board"),
        ("“The Board”", "single", "The Board"),
        ('"The Board";', "single", "The Board"),
        ('"A"', "single", "A"),
        ("{Amt, Beispiel},", "single", "Amt, Beispiel"),
        ("{Nord} Beispiel", "person", "Beispiel, Nord"),
        ("Vogel, Greta!", "person", "Vogel, Greta"),
    ],
)
def test_z16_what_stands_around_a_name_says_whether_it_is_in_one_piece(raw: str, kind: str, name: str) -> None:
    found = read_name(raw, natural=True)
    assert found is not None
    assert (found.kind, found.name) == (kind, name)


@pytest.mark.parametrize(
    "raw", ["_Vogel", "Vogel_", "*Vogel", "Vogel*", "_*Vogel*_", "*_Vogel_*", "~~Vogel", "`Vogel`"]
)
def test_a_mark_at_one_end_alone_falls_away(raw: str) -> None:
    assert clean(raw) == "Vogel"
