"""Formatted references read back: people, year, title, container, in the styles that people paste."""

from __future__ import annotations

import pytest

from litindex.parser.values.references import read_reference, reference_container

TWO = ["Doe, J.", "Roe, K."]


@pytest.mark.parametrize(
    ("text", "people", "title", "container"),
    [
        pytest.param("Doe, J., & Roe, K. (2019). The tides of mud. Journal of Tides, 12(3), 1–10. https://doi.org/10.1234/x", TWO, "The tides of mud", "Journal of Tides", id="apa"),
        pytest.param("Doe, J., & Roe, K. (2019). The tides of mud. *Journal of Tides*, *12*(3), 1–10.", TWO, "The tides of mud", "Journal of Tides", id="apa-emphasised"),
        pytest.param("Doe, J. (2019). The tides of mud. Mud, Silt, and Sand, 12(3), 1–10.", ["Doe, J."], "The tides of mud", "Mud, Silt, and Sand", id="apa-commas"),
        pytest.param("Doe, J. (2019). The tides of mud. In K. Roe & A. Poe (Eds.), Handbook of tides (pp. 1–20). Fern Press.", ["Doe, J."], "The tides of mud", "Handbook of tides", id="apa-chapter"),
        pytest.param("Doe, J. (2019). The tides of mud. Fern Press.", ["Doe, J."], "The tides of mud", None, id="apa-book"),
        pytest.param("Doe, J. (2019). The tides of mud [Doctoral dissertation, University of Mud].", ["Doe, J."], "The tides of mud", None, id="apa-thesis"),
        pytest.param("Doe, Jane, and Karl Roe. “The Tides of Mud.” Journal of Tides 12, no. 3 (2019): 1–10.", ["Doe, Jane", "Roe, Karl"], "The Tides of Mud", "Journal of Tides", id="chicago"),
        pytest.param("Doe, Jane. “The Tides of Mud.” In Handbook of Tides, edited by Karl Roe, 1–20. Delft: Fern, 2019.", ["Doe, Jane"], "The Tides of Mud", "Handbook of Tides", id="chicago-chapter"),
        pytest.param("Doe, Jane, and Karl Roe. “The Tides of Mud.” Journal of Tides, vol. 12, no. 3, 2019, pp. 1–10.", ["Doe, Jane", "Roe, Karl"], "The Tides of Mud", "Journal of Tides", id="mla"),
        pytest.param("Doe J, Roe K. The tides of mud. J Tides. 2019 Mar;12(3):1-10.", ["Doe, J", "Roe, K"], "The tides of mud", "J Tides", id="vancouver"),
        pytest.param("Doe J, Roe K. The tides of mud. J. Tides 2019;12(3):1-10.", ["Doe, J", "Roe, K"], "The tides of mud", "J. Tides", id="vancouver-dots"),
        pytest.param("[1] J. Doe and K. Roe, “The tides of mud,” Journal of Tides, vol. 12, no. 3, pp. 1–10, Mar. 2019.", TWO, "The tides of mud", "Journal of Tides", id="ieee"),
        pytest.param("J. Doe and K. Roe, “The tides of mud,” in Proc. Int. Conf. Tides, 2019, pp. 1–10.", TWO, "The tides of mud", "Proc. Int. Conf. Tides", id="ieee-conference"),
        pytest.param("Doe, J. and Roe, K. (2019) 'The tides of mud', Journal of Tides, 12(3), pp. 1–10.", TWO, "The tides of mud", "Journal of Tides", id="harvard"),
        pytest.param("Doe, J. & Roe, K. The tides of mud. J. Tides 12, 1–10 (2019).", TWO, "The tides of mud", "J. Tides", id="nature"),
        pytest.param("DOE, Jane, 2019. The tides of mud. In: Handbook of Tides. Delft: Fern.", ["DOE, Jane"], "The tides of mud", "Handbook of Tides", id="iso-690"),
        pytest.param("王小明, 李四. 潮汐研究[J]. 海洋学报, 2019, 12(3): 1-10.", ["王小明", "李四"], "潮汐研究", "海洋学报", id="gbt-article"),
        pytest.param("DOE J, ROE K, et al. The tides of mud[J]. Journal of Tides, 2019, 12(3): 1-10.", ["DOE, J", "ROE, K"], "The tides of mud", "Journal of Tides", id="gbt-latin"),
        pytest.param("DOE J. The tides of mud[C]//Proceedings of Tides. Delft: Fern, 2019: 1-10.", ["DOE, J"], "The tides of mud", "Proceedings of Tides", id="gbt-conference"),
        pytest.param("Doe, Jane: Die Gezeiten. In: Zeitschrift für Moor 12 (2019), S. 1–10.", ["Doe, Jane"], "Die Gezeiten", "Zeitschrift für Moor", id="german"),
        pytest.param("Doe, Jane (2019): „Die Gezeiten des Schlamms“. In: Zeitschrift für Moor 12 (3), S. 1–10.", ["Doe, Jane"], "Die Gezeiten des Schlamms", "Zeitschrift für Moor", id="german-quoted"),
        pytest.param("Mora y Campo, J. (2019). La marea del fango. Revista de Mareas, 12(3), 1-10.", ["Mora y Campo, J."], "La marea del fango", "Revista de Mareas", id="one-surname-of-two"),
        pytest.param("DOE, Jane; ROE-POE, K. da. A maré da lama: estudo (1938-1964). **Revista das Marés**, Recife, v. 33, p. 1-9, 2019.", ["DOE, Jane", "ROE-POE, K. da"], "A maré da lama: estudo (1938-1964)", "Revista das Marés", id="abnt"),
        pytest.param("DOE LÓPEZ, Juana. La marea y la ley. Madrid: Helecho, 2019.", ["DOE LÓPEZ, Juana"], "La marea y la ley", None, id="spanish-capitals"),
        pytest.param("Юнова А. П., Моров В. И. Язык прилива // Вестник берега. 2019. Т. 12, № 3. С. 45–60.", ["Юнова, А. П.", "Моров, В. И."], "Язык прилива", "Вестник берега", id="gost"),
        pytest.param("木下太郎・森花子「泥の潮汐」『潮汐研究』第12号、2019年、34-50頁。", ["木下太郎", "森花子"], "泥の潮汐", "潮汐研究", id="japanese"),
        pytest.param("Jane Doe, *The Tides of Mud: Labour, 1890–1930* (Delft: Fern, 2019).", ["Doe, Jane"], "The Tides of Mud: Labour, 1890–1930", None, id="chicago-note"),
        pytest.param("Doe, Jane; Roe, Karl (2019): Gezeiten. Eine Geschichte des Schlamms. In: Das Moor 57 (2), S. 211–236.", ["Doe, Jane", "Roe, Karl"], "Gezeiten. Eine Geschichte des Schlamms", "Das Moor", id="german-subtitle"),
        pytest.param("Doe, J. (2019). Do tides turn? Mud in the classroom. *Journal of Tides*, *12*(3), 1–10.", ["Doe, J."], "Do tides turn? Mud in the classroom", "Journal of Tides", id="a-question-and-its-subtitle"),
        pytest.param("Doe, J. (2019). Do tides turn? Journal of Tides, 12(3), 1–10.", ["Doe, J."], "Do tides turn?", "Journal of Tides", id="a-question"),
        pytest.param("Doe, J. y Roe, K. (2019). La marea del fango. Revista de Mareas, 12(3), 1-10.", TWO, "La marea del fango", "Revista de Mareas", id="two-people"),
    ],
)  # fmt: skip
def test_each_style_is_read_by_what_stands_between_its_parts(
    text: str, people: list[str], title: str, container: str | None
) -> None:
    found = read_reference(text)
    assert ([name.name for name, _ in found.names], found.year, found.title) == (people, 2019, title)
    assert reference_container(text, title) == container


def test_people_left_out_of_a_reference_are_told() -> None:
    assert read_reference("王小明, 李四, 等. 潮汐研究[J]. 海洋学报, 2019.").et_al
    assert read_reference("Doe J, Roe K, et al. The tides of mud. J Tides. 2019;12:1.").et_al
