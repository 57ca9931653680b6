from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litindex.bibliography import latex
from litindex.bibliography.markup import plain
from litindex.parser.values.latex import decode

SPECIAL = r"100 % & #1_a {x} $5 ~ ^ \ <a> |b| [c] “q” ‘r’ – —"
LETTERS = "àáâãäåçèéêëñöøùüýÿ ÀÉÎÕÜÇ ăąćčđďęěğģķłľńňőřśšşţťůűźżžĭ æœßØÅŁþð ế ḍ ṣ ḥ"


@pytest.mark.parametrize(
    ("text", "ascii_only", "written"),
    [
        ("R&D at 5%", True, r"R\&D at 5\%"),
        ("R&D at 5%", False, r"R\&D at 5\%"),
        ("Café Müller", True, r"Caf{\'e} M{\"u}ller"),
        ("Café Müller", False, "Café Müller"),
        ("Łódź, Ångström, straße", True, r"{\L}{\'o}d{\'z}, {\AA}ngstr{\"o}m, stra{\ss}e"),
        ("Şener Čapek Hőgye", True, r"{\c{S}}ener {\v{C}}apek H{\H{o}}gye"),
        ("tiếng", True, r"ti{\'{\^e}}ng"),
        ("1914–1918 — “war”", True, "1914--1918 --- ``war''"),
        ("β-carotene, TNF-α", True, r"$\beta$-carotene, TNF-$\alpha$"),
        ("Σάλτσ", True, "Σάλτσ"),
        ("潮汐与钟声", True, "潮汐与钟声"),
        ("Приливы", True, "Приливы"),
        ("a {b} c", True, r"a \{b\} c"),
        ("a } c", True, r"a \textbraceright{} c"),
        ("costs $5 and $10", True, r"costs \$5 and \$10"),
        ("an $x^2_{n}$ proof", True, "an $x^2_{n}$ proof"),
        ("CO₂ and m²", True, r"CO\textsubscript{2} and m\textsuperscript{2}"),
        ("<i>Homo</i> H<sub>2</sub>O <b>b</b> x<sup>2</sup>", False, r"\emph{Homo} H\textsubscript{2}O \textbf{b} x\textsuperscript{2}"),
        ('<span style="font-variant:small-caps;">Sc</span> <span class="nocase">pH</span>', False, r"\textsc{Sc} {pH}"),
    ],
)  # fmt: skip
def test_text_becomes_latex(text: str, ascii_only: bool, written: str) -> None:
    assert latex.encode(text, ascii_only=ascii_only) == written


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("The tide of the Baltic Sea", "The tide of the {Baltic Sea}"),
        ("DNA in mud", "{DNA} in mud"),
        ("mRNA: a review of pH", "{mRNA}: a review of {pH}"),
        ("iPhone (and NASA) users", "{iPhone} (and {NASA}) users"),
        ("Tides in U.S. harbours", "Tides in {U.S.} harbours"),
        ("Über die Brücke", "Über die {Brücke}"),
        ("A tide", "A tide"),
        ("What is a <i>Homo sapiens</i>?", r"What is a \emph{{Homo} sapiens}?"),
    ],
)
def test_capitals_that_a_style_would_lower_stand_in_braces(title: str, written: str) -> None:
    assert latex.encode(title, ascii_only=False, protect=True) == written


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"M\"{u}ller M{\"u}ller M\"uller", "Müller Müller Müller"),
        (r"Fran\c{c}ois \c Sener \v{C}apek", "François Şener Čapek"),
        (r"na{\"\i}ve na\"{\i}ve \'{\i}", "naïve naïve í"),
        (r"{\AA}rhus, stra{\ss}e, \L\'od\'z", "Århus, straße, Łódź"),
        (r"Oil \& Gas: 5\% \#1 a\_b", "Oil & Gas: 5% #1 a_b"),
        (r"The {DNA} of {{NASA}}", "The DNA of NASA"),
        (r"\emph{Homo} {\it sapiens} \textbf{b}", "<i>Homo</i> <i>sapiens</i> <b>b</b>"),
        (r"H\textsubscript{2}O x\textsuperscript{2}", "H<sub>2</sub>O x<sup>2</sup>"),
        ("1914--1918 --- ``war''~I", "1914–1918 — “war” I"),
        (r"an $x^2_{n}$ proof", "an $x^2_{n}$ proof"),
        (r"\url{http://x.org} \unknown{kept}", "http://x.org kept"),
        ("}{ unbalanced {", "unbalanced"),
    ],
)
def test_latex_becomes_text(written: str, text: str) -> None:
    assert decode(written) == text


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("text", [LETTERS, "R&D at 5% #1 a_b ^ ~ \\ {x}", "“q” – — …"])
def test_what_is_written_is_read_back(text: str, ascii_only: bool) -> None:
    assert decode(latex.encode(text, ascii_only=ascii_only)) == text


@given(st.text(max_size=60), st.booleans(), st.booleans())
def test_a_value_never_ends_before_its_brace(text: str, ascii_only: bool, protect: bool) -> None:
    assert latex.is_balanced(latex.encode(text, ascii_only=ascii_only, protect=protect))


@given(st.text(alphabet="a {}\\$\"'`^~-ucvit", max_size=40))
def test_decoding_takes_anything(text: str) -> None:
    assert "\n" not in plain(decode(text))


def test_other_readers_of_latex_read_the_letters() -> None:
    reader = pytest.importorskip("pylatexenc.latex2text").LatexNodes2Text(keep_comments=True, math_mode="verbatim")
    for word in LETTERS.split():
        assert reader.latex_to_text(latex.encode(word, ascii_only=True)) == word
