"""Shapes that were met in vaults nobody had looked at before: what is read of each, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from litindex.models import Note
from litindex.parser.note import parse_note


def read(text: str, name: str = "Reed and tide.md") -> Note:
    return parse_note(name, text.encode())


def of_work(text: str, name: str = "Reed and tide.md") -> dict[str, Any]:
    work = read(text, name).work
    assert work is not None
    people = [creator.name for creator in work.creators]
    dois = [each.value for each in work.identifiers if each.scheme == "doi"]
    return {**work._asdict(), "people": people, "doi": dois}


WORKS: dict[str, tuple[str, dict[str, Any]]] = {
    "a service's title and people, its address in the body alone": (
        '---\nauthor: "[[Ada Moss]]"\nfull_title: "Reed and tide"\nurl: https://example.org/reed\ncategory: articles\n---\n'
        "# Reed\n\n## Highlights\n- Reeds bend. ([View Highlight](https://read.readwise.io/read/01h))\n",
        {"title": "Reed and tide", "people": ["Moss, Ada"]},
    ),
    "a file that is annotated": (
        "---\nannotation-target: pdfs/reed.pdf\ntitle: Reed and tide\nauthors: A. Moss\n---\n",
        {"title": "Reed and tide", "people": ["Moss, A."]},
    ),
    "the year behind the journal": (
        "# Die Tide\n\n- **Autor**: Ada Moss\n- **Quelle**: Tidenblätter (TB) 2020, S. 112–119\n- **Art**: Aufsatz\n",
        {"title": "Die Tide", "year": 2020, "container": "Tidenblätter (TB)", "item_type": "journalArticle"},
    ),
    "the year behind the publisher": (
        "# Reed and tide\n\n## Author\n[[Ada Moss]]\n\n## Publisher\nMud House, 1987\n\n## Translator\nBo Fen\n",
        {"year": 1987, "publisher": "Mud House", "people": ["Moss, Ada", "Fen, Bo"]},
    ),
    "a reference for a heading": (
        "# A. Moss, *Le canne e la marea*, in «Quaderni di Marea», XII (1994), pp. 45-71\n\nBreve ma denso.\n",
        {"title": "Le canne e la marea", "people": ["Moss, A."], "year": 1994, "container": "Quaderni di Marea"},
    ),
    "a reference under source, to the work that the note is called by": (
        "---\nsource: Moss, Ada, « La marée et la cuisine », Revue du limon, t. 88, n° 3, 2011, p. 301-322\n---\n# La marée et la cuisine\n",
        {"title": "La marée et la cuisine", "people": ["Moss, Ada"], "year": 2011, "container": "Revue du limon"},
    ),
    "fields in a note that is called by their citekey": (
        "# Speed\n\nAuthor:: [[Ada Moss]]\nJournal:: Tidal Letters\nDate:: 2012\nup:: [[Reading]]\n",
        {"people": ["Moss, Ada"], "container": "Tidal Letters", "year": 2012},
    ),
    "a report of a month": (
        "---\ntype: source\nkind: report\ntitle: Tides\nauthor: Institute of Tides\ndate: 2022-02\n---\n",
        {"item_type": "report", "year": 2022},
    ),
    "people that a list in brackets parts by semicolons": (
        "---\ncitekey: fen2020\nauthor: [Fen, Bo; Moss, Ada]\n---\n",
        {"people": ["Fen, Bo", "Moss, Ada"]},
    ),
    "a title under paper": (
        '---\npaper: "The Tide That Knew Too Much"\nauthors: [A. Moss, Bo Fen]\nyear: 2024\n---\n## GPT summary\n',
        {"title": "The Tide That Knew Too Much"},
    ),
    "the guest of an episode": (
        "---\ntyp: podd\npodd: Rötter\ntitel: Tidens arkiv\ngäst: Bo Fen\ndatum: 2022-09-30\n---\n",
        {"item_type": "podcast", "container": "Rötter", "people": ["Fen, Bo"]},
    ),
    "a judgment": (
        "---\ntyp: Urteil\ngericht: OLG Norden\naktenzeichen: 4 U 117/18\n---\n# Gehweg bei Eis\n",
        {"item_type": "case", "title": "Gehweg bei Eis"},
    ),
    "publisher and year in brackets behind `by`": (
        "# Reed and tide\nby Ada Moss, translated by Bo Fen (Mud & Sons, 2004; orig. 1999)\n",
        {"people": ["Moss, Ada", "Fen, Bo"], "publisher": "Mud & Sons", "year": 2004, "title": "Reed and tide"},
    ),
    "the same in German": (
        "# Schilf\n*von Ada Moss, übersetzt von Bo Fen (Moor-Verlag, 2010)*\n",
        {"people": ["Moss, Ada", "Fen, Bo"], "publisher": "Moor-Verlag", "year": 2010},
    ),
    "the address of a DOI behind `by`": (
        "# Reed and tide\n\nby Ada Moss, 2012. https://doi.org/10.5555/reed.4\n\nShort and good.\n",
        {"people": ["Moss, Ada"], "year": 2012, "doi": ["10.5555/reed.4"]},
    ),
    "a table of HTML under a heading of HTML": (
        "<h1>Reed & tide</h1>\n\n<table>\n<tr><td><b>Authors</b></td><td>Ada Moss, Bo Fen</td></tr>\n"
        "<tr><td><b>Year</b></td><td>2021</td></tr>\n</table>\n\n### what they did\n",
        {"title": "Reed & tide", "people": ["Moss, Ada", "Fen, Bo"], "year": 2021},
    ),
    "people and a journal under the title": (
        "# Il cantiere\n\n- Autore: A. Moss, B. Fen\n- Anno: \n- Rivista: Architettura Minore\n",
        {"title": "Il cantiere", "people": ["Moss, A.", "Fen, B."], "container": "Architettura Minore"},
    ),
    "a title in marks of a book": (
        "# 《泥与潮》\n\n作者：[英] 艾达·莫斯 著，周敏 译\n出版年：2011\n",
        {"title": "泥与潮", "people": ["艾达·莫斯", "周敏"]},
    ),
    "types of works in other languages": (
        "---\nAutor: Moss, Ada\nTitel: Schilf\nJahr: 1998\nTyp: Monographie\n---\n",
        {"item_type": "book"},
    ),
    "people told one by one, and again in a list": (
        "> [!info]\n> **FirstAuthor**:: Fen, Bo van der\n> **Author**:: Moss, Ada\n\n"
        "> [!authors]\n> authors:: Bo van der Fen, Ada Moss\n\n[Zotero](zotero://select/items/@fen2020)\n",
        {"people": ["Fen, Bo van der", "Moss, Ada"]},
    ),
    "the first alone, and all in a list": (
        "> [!info]\n> **FirstAuthor**:: Fen, Bo\n> **Authors**:: Bo Fen, Ada Moss\n> **Citekey**:: fen2020",
        {"people": ["Fen, Bo", "Moss, Ada"]},
    ),
    "a lone year under date": ("---\ndate: 2011\n---\n[Zotero](zotero://select/items/1_ABCD2345)\n", {"year": 2011}),
    "an alias of the form of a citekey": (
        "---\nalias: fenReedsTides\ndate: 2011\n---\n[Zotero](zotero://select/items/1_ABCD2345)\n",
        {"citekey": "fenReedsTides"},
    ),
    "the kind of work and its year in a line without a link": (
        ">[!metadata]+\n> Reeds of the north\n> [[Fen, Bo]], [[Moss, Ada]],\n> Preprint (2025)\n\n[Zotero](zotero://select/items/ABCD2345)\n",
        {"title": "Reeds of the north", "year": 2025, "container": None},
    ),
    "a publishing house under editor": (
        "---\nTitel: Schilf\nAutor: Bo Fen\nHerausgeber: Norder Univ.-Verl.\ncitekey: fen1995\n---\n",
        {"people": ["Fen, Bo"], "publisher": "Norder Univ.-Verl."},
    ),
    "et al. in italics is no journal": (
        "---\ncitekey: fen2020\n---\n> [!cite]\n> B. Fen _et al._, “Reeds: a study,” _Tidal Lett._, vol. 13, Mar. 2020.\n",
        {"container": "Tidal Lett"},
    ),
    "a colon before the italics of the book": (
        "---\ncitekey: fen2020\n---\n> [!cite]\n> Fen, B., & Moss, A. (2020). Reeds by hand: _Proceedings of the 3rd Tidal Workshop_, 29–30.\n",
        {"container": "Proceedings of the 3rd Tidal Workshop"},
    ),
    "people and a year property": (
        "---\nauthor:\n  - '[[Bo Fen]]'\nyear: 1909\n---\n## Quotes\n",
        {"people": ["Fen, Bo"], "year": 1909, "title": "Reed and tide"},
    ),
    "title, people, journal with year and DOI on lines of their own": (
        "Reed and tide\nBo Fen, Ada Moss\nTidal Letters, 2019\nReeds bend before the water comes, and do not break.\n10.5555/reed.1\n",
        {
            "title": "Reed and tide",
            "people": ["Fen, Bo", "Moss, Ada"],
            "container": "Tidal Letters",
            "year": 2019,
            "doi": ["10.5555/reed.1"],
        },
    ),
    "a reference before all else": (
        "# Late reeds\n\n1. Fen B, Moss A. Reed and tide. Tidal Lett. 2019;12(3):1-10.\n\nI doubt the sample.\n",
        {"people": ["Fen, B", "Moss, A"], "year": 2019, "container": "Tidal Lett"},
    ),
    "a reference of few signs, under the name of another": (
        "[1]木晓,欧阳林.芦苇与潮汐[J].海洋学报,2019,36(4):88-110.\n\n**关键词**：芦苇；潮\n",
        {"title": "芦苇与潮汐", "people": ["木晓", "欧阳林"], "year": 2019, "container": "海洋学报"},
    ),
    "a labelled reference before all else": (
        "## FICHA\n\n**Referência:** FEN, Bo. Reed and tide. **Tidal Letters**, Recife, v. 3, p. 2-3, 2019.\n\n### Tese\nReeds bend.\n",
        {"title": "Reed and tide", "people": ["FEN, Bo"], "year": 2019, "container": "Tidal Letters"},
    ),
    "people, year and title in one heading": (
        "# Fen, Moss 2019 – Reed and tide\n\nDOI: 10.5555/reed.1\n",
        {"title": "Reed and tide", "year": 2019},
    ),
    "editors of all genders, beside authors in the front matter": (
        "---\ncitekey: fen2019\nauthor: Bo Fen\n---\n**Herausgeber:innen:** Ada Moss / Jo Hill\n",
        {"people": ["Fen, Bo", "Moss, Ada", "Hill, Jo"]},
    ),
    "an abstract that is run in": (
        "---\ncitekey: fen2019\ntitle: Reeds\n---\n**Abstract.** Reeds bend and do not break.\n",
        {"abstract": "Reeds bend and do not break."},
    ),
    "a book by its kind and people": (
        "- Author:: [[Bo Fen]]\n- Source Type:: #Book\n- Tags:: #reeds\n",
        {"people": ["Fen, Bo"], "title": "Reed and tide"},
    ),
    "pasted clippings of a Kindle, of one book": (
        "From the train.\n\nReed and tide (Fen, Bo)\n- Your Highlight on page 14 | Location 203-204 | Added on Saturday, 11 September 2021 08:14:55\n\nReeds bend.\n==========\n",
        {"title": "Reed and tide", "people": ["Fen, Bo"]},
    ),
    "an export of BOOX": (
        "BOOX Reading Notes | <<Reed and tide>>Bo Fen\n\nChapter 1\n2023-04-11 20:14  |  Page No.: 12\nReeds bend.\n-------------------\n",
        {"title": "Reed and tide", "people": ["Fen, Bo"]},
    ),
    "an export of KOReader": (
        "# Reed and tide\n##### Bo Fen & Ada Moss\n\n## 2: Salt\n### Page 41 @ 14 September 2021 10:10:00 PM\n*Reeds bend.*\n\n_Generated at: 21 September 2021 08:00:00 AM_\n",
        {"title": "Reed and tide", "people": ["Fen, Bo", "Moss, Ada"]},
    ),
    "a passage that Apple Books shares": (
        "“Reeds bend before the water.”\n\nExcerpt From\nReed and tide\nBo Fen\nhttps://books.apple.com/book/reed/id1\nThis material may be protected by copyright.\n",
        {"title": "Reed and tide", "people": ["Fen, Bo"]},
    ),
    "a bare DOI above a linked reference": (
        "10.5555/reed.1\n\n[Fen, B. (2019). Reed and tide. Tidal Letters, 8, 6.](https://example.org/full)\n",
        {"title": "Reed and tide", "people": ["Fen, B."], "doi": ["10.5555/reed.1"]},
    ),
    "a DOI that heads the note, and its reference": (
        "[https://doi.org/10.5555/reed.1](https://doi.org/10.5555/reed.1)\n\n"
        "[Fen, B., & Moss, A. (2023). Reed and tide: a study. Tidal Letters, 14, 11.](https://example.org/full)\n",
        {"doi": ["10.5555/reed.1"], "year": 2023, "people": ["Fen, B.", "Moss, A."], "container": "Tidal Letters"},
    ),
    "a DOI on a line of its own below the byline": (
        "# Reeds\n\nBo Fen, Ada Moss\n\nhttps://doi.org/10.5555/reed.3\n\nMine.\n",
        {"title": "Reeds", "doi": ["10.5555/reed.3"], "people": ["Fen, Bo", "Moss, Ada"]},
    ),
    "a DOI in the address of a publisher": (
        "Title: Reed and tide\nAuthor: Bo Fen\nURL: https://example.org/doi/abs/10.5555/reed.2\n",
        {"doi": ["10.5555/reed.2"]},
    ),
    "a label without a colon": (
        "---\ncitekey: fen2009\n---\n> [!abstract] 芦苇\n\n> - 书名：芦苇\n> - 出版时间 2009-01-01 00:00:00\n",
        {"title": "芦苇", "date": "2009-01-01"},
    ),
    "an extract that is called so": (
        '---\ntitle: Reed v Tide (2012)\n---\n> "One." ([2012:1](zotero://open-pdf/library/items/ABCD2345?page=1))\n',
        {"year": 2012},
    ),
    "a service for reading, of a page without an author": (
        "---\ntitle: Reed and tide\npublished: 2023-12-05\nOmnivore-URL: https://omnivore.app/me/reed\n---\nText.\n",
        {"title": "Reed and tide", "year": 2023, "people": []},
    ),
    "a reference that heads the note called by its people and year": (
        "Fen, B. (2019). *Reeds in tide*. Tidal Press.\n\n---\n\nMine.\n",
        {"title": "Reeds in tide", "year": 2019, "people": ["Fen, B."]},
    ),
    "a callout for the reference heads the note": (
        "> [!bibliography]\n> Fen, B., & Moss, A. (2019). Reeds in tide. *Tidal Letters*, *4*(2), 1–9.\n\nMine.\n",
        {"title": "Reeds in tide", "container": "Tidal Letters"},
    ),
    "a byline that the citekey of the file name is made of": (
        "# Reeds in tide\n*Bo Fen & Ada Moss*\n\n- mine\n",
        {"citekey": "fen2019", "people": ["Fen, Bo", "Moss, Ada"]},
    ),
    "a journal beside people and title": (
        "---\ntitle: 芦苇研究\nauthor: 方波；莫艾\njournal: 潮汐学报\n---\n",
        {"people": ["方波", "莫艾"], "container": "潮汐学报"},
    ),
    "fields of people and year, and the file name": (
        "up:: [[Sources]]\nauthor:: [[Bo Fen]], [[Ada Moss]]\nyear:: 2019\n",
        {"title": "Reed and tide", "people": ["Fen, Bo", "Moss, Ada"]},
    ),
    "a byline in French": (
        "# Reeds\nde Bo Fen et Ada Moss (2019)\n[Z](zotero://select/items/@fen2019)",
        {"people": ["Fen, Bo", "Moss, Ada"]},
    ),
    "a title that holds the sign between it and the year": (
        "Title: Data-Driven Reeds-2020\nAuthor: Bo Fen\ncitekey:: fen2020\n",
        {"title": "Data-Driven Reeds-2020"},
    ),
}


NAMES = {
    WORKS["an extract that is called so"][0]: "Reed 2012 - Extracted Annotations (3312022, 114217 AM).md",
    WORKS["a byline that the citekey of the file name is made of"][0]: "fen2019.md",
    WORKS["a reference that heads the note called by its people and year"][0]: "Fen 2019.md",
}


@pytest.mark.parametrize(("text", "expected"), WORKS.values(), ids=WORKS)
def test_a_work_is_read(text: str, expected: dict[str, Any]) -> None:
    found = of_work(text, NAMES.get(text, "Reed and tide.md"))
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ("S.M. Reed; D.R. Hatch", ["Reed, S.M.", "Hatch, D.R."]),
        ("S & D", ["S & D"]),
        ("Moss, Ada (eds.); Fen, Bo", ["Moss, Ada", "Fen, Bo"]),
        ("Norder (ZVN), Zeilers Vereniging", ["Norder (ZVN), Zeilers Vereniging"]),
    ],
)
def test_a_name_is_read_as_it_stands(author: str, people: list[str]) -> None:
    assert of_work(f"---\ncitekey: x2020\ntitle: T\nauthor: {author}\n---\n")["people"] == people


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ("艾达·莫斯著 周敏译", [("艾达·莫斯", "author"), ("周敏", "translator")]),
        ("（英）艾达·莫斯著；李明译", [("艾达·莫斯", "author"), ("李明", "translator")]),
        ("김하늘 지음, 이도윤 옮김", [("김하늘", "author"), ("이도윤", "translator")]),
        ("山田花子 編", [("山田花子", "editor")]),
        ("李雷、韩梅梅 编著", [("李雷", "author"), ("韩梅梅", "author")]),
        ("张三 等 主编", [("张三", "editor")]),
        ("周译", [("周译", "author")]),
    ],
)
def test_a_word_behind_a_name_tells_the_role(author: str, people: list[tuple[str, str]]) -> None:
    work = read(f"---\ntitle: 泥\nauthor: {author}\nisbn: 978-7-201-07764-2\n---\n").work
    assert work is not None
    assert [(each.name, each.role) for each in work.creators] == people


OWN: dict[str, tuple[str, str]] = {
    "a quote": ("> Water was here.\n\nMine.", "Mine."),
    "what continues a quote without its sign": ("> Water was here.\nMine.", "Mine."),
    "a quote in an item": ("- > Water was here.\n\nMine.", "Mine."),
    "a quote in a callout": ("> [!tip] Mine\n> Ours.\n> > Water was here.", "Mine\nOurs."),
    "a callout that quotes": ("> [!quote] Fen\n> Water was here.\n\nMine.", "Mine."),
    "a callout titled as quotations": ("> [!info]- Zitate\n> Water was here.\n\nMine.", "Mine."),
    "a line in quotation marks": ("“Water was here, all night long.” (Fen, 2020, p. 1)\n\nMine.", "Mine."),
    "a sentence that begins and ends with quotations": (
        '"Water was here all night" is no less than "Water is here".',
        '"Water was here all night" is no less than "Water is here".',
    ),
    "a prompt over several lines": ("%%Write here\nwhat you think.%%\n\nMine.", "Mine."),
    "a summary of the reader's": ("> [!summary]\n> Mine.", "Mine."),
}


@pytest.mark.parametrize(("body", "own"), OWN.values(), ids=OWN)
def test_own_words_are_kept_and_quotations_are_not(body: str, own: str) -> None:
    assert read(f"---\ncitekey: fen2020\ntitle: T\n---\n{body}\n").own_text == own


@pytest.mark.parametrize("heading", ["Summary", "Zusammenfassung", "Résumé", "Sammanfattning", "Streszczenie", "概要"])
def test_a_summary_under_a_heading_is_the_readers(heading: str) -> None:
    note = read(f"---\ncitekey: fen2020\n---\n## {heading}\nReeds are bought with tea.\n")
    assert note.work is not None
    assert note.work.abstract is None
    assert "Reeds are bought with tea." in note.own_text


def test_a_summary_in_a_callout_is_not_the_abstract() -> None:
    assert of_work("---\ncitekey: fen2020\n---\n> [!summary]\n> Mine.\n")["abstract"] is None


def test_quotes_under_headings_that_begin_with_a_page_are_annotations() -> None:
    note = read(
        "---\ncitekey: fen2020\n---\n### p149\n> One.\n\n> Two.\n\nMine.\n### ch04p59-60 Wool\n> Three.\n### p61\nOurs.\n"
    )
    assert [(a.page_label, a.text) for a in note.annotations] == [("149", "One. Two."), ("59-60", "Three.")]
    assert note.own_text.splitlines()[-3:] == ["Mine.", "p61", "Ours."]


def test_one_heading_with_a_page_makes_no_annotation() -> None:
    assert read("---\ncitekey: fen2020\n---\n### S3 buckets\n> One.\n").annotations == ()


def test_the_caption_of_an_image_tells_its_page() -> None:
    head = "---\ncitekey: fen2020\n---\n## Annotations\n\n**Imported: 2023-01-17**\n\n"
    note = read(f"{head}![[a-x1-y2.png|Fig. 2, p. 6]]\n\n![S. 7](b-x1-y2.png)\n\n![[c-x1-y2.png|400]]\n")
    assert [(a.type, a.page_label) for a in note.annotations] == [("image", "6"), ("image", "7"), ("image", None)]


def test_an_image_in_markdown_is_an_annotation_and_italics_below_are_said_of_it() -> None:
    body = "%% begin annotations %%\n###### Imported: 2024-01-17\n>\n\n![fig](figures/fig-5-x83-y115.png)\n\n*A fine reed.*\n\n%% end annotations %%\n"
    annotations = read(f"---\ncitekey: fen2020\n---\n# Annotations\n{body}").annotations
    assert [(a.type, a.comment) for a in annotations] == [("image", "A fine reed.")]


def test_the_id_of_zotlit_counts_before_a_lazy_marker() -> None:
    body = "> [!note] Terms\n> Reeds are grasses.\n> ^ABCD2345aEFGH2345p1\n%% end notes %%\n"
    note = read(f"---\ncitekey: fen2020\n---\n%% begin notes %%\n{body}")
    assert [(a.annotation_key, a.page, a.text) for a in note.annotations] == [("ABCD2345", 1, "Reeds are grasses.")]


def test_each_line_with_its_page_is_an_annotation_and_the_rest_is_said_of_the_last() -> None:
    note = read(
        "---\ncitekey: fen2020\n---\n## Zitate\n- „Das Schilf steht.“ (S. 12)\n- „Es bricht.“ (S. 14)\n\tIch stimme zu.\n"
    )
    assert [(a.page_label, a.text, a.comment) for a in note.annotations] == [
        ("12", "Das Schilf steht.", None),
        ("14", "Es bricht.", "Ich stimme zu."),
    ]


def test_zoteros_own_citation_behind_a_passage_is_not_said_of_it() -> None:
    span = '<span class="highlight" data-annotation="%7B%22color%22%3A%22%23ffd400%22%2C%22pageLabel%22%3A%221%22%7D">“Reeds bend”</span>'
    item = '<span class="citation-item"><a href="zotero://select/library/items/ABCD2345">“Reeds v. Tide”, 1983, p. 1</a></span>'
    note = read(
        f'# Annotations\n\n{span} <span class="citation" ztype="zcitation">({item})</span> I doubt it.\n', "@fen2019.md"
    )
    assert [(a.text, a.comment, a.page_label) for a in note.annotations] == [("Reeds bend", "I doubt it.", "1")]


def test_a_sentence_that_is_a_heading_by_its_underline_is_ones_own() -> None:
    note = read("Bo Fen, *Reed and tide* (Delft: Fern, 2019).\n\nHe says too little.\n---\n- but well\n")
    assert note.work is not None
    assert note.own_text == "He says too little.\n- but well"


@pytest.mark.parametrize(
    "body",
    [
        "## Výpisky\n\n> Reeds bend. (s. 51)\n\n> They stand again. (s. 60)\n",
        "> Reeds bend. (p. 51)\n\nI doubt it.\n\n> They stand again. (σ. 60)\n",
        "> [!example]- Kept\n> > [!quote] p. 51\n> > Reeds bend.\n>\n> > [!quote] p. 60\n> > They stand again.\n",
    ],
    ids=["under a heading of their own", "between one's own lines", "in callouts with the page as title"],
)
def test_quoted_lines_with_their_page_are_annotations_in_the_note_of_a_work(body: str) -> None:
    note = read(f"---\ncitekey: fen2020\n---\n{body}")
    assert [(a.text, a.page_label) for a in note.annotations] == [("Reeds bend.", "51"), ("They stand again.", "60")]
    assert "Reeds" not in note.own_text
    assert not read(body, "Reeds.md").annotations or "Výpisky" in body


def test_ones_own_section_behind_the_highlights_of_a_reader_is_no_passage() -> None:
    head = "---\ntitle: Reeds\nauthor: Bo Fen\ndateLastRead: 2022-01-02\n---\n"
    note = read(f"{head}# Reeds\n\n## Highlights from Kobo\n\n> Reeds bend.\n\n## Own remarks\n\nI stopped here.\n")
    assert [a.text for a in note.annotations] == ["Reeds bend."]
    assert note.work is not None
    assert "I stopped here." in note.own_text


NO_WORKS = {
    "a reference under source, to another work": "---\nsource: Moss, Ada, « La marée et la cuisine », Revue du limon, t. 88, 2011, p. 3-9\n---\n# Le doute\n",
    "a meeting with its host": "---\ndocument type: agenda\ntitle: Tides\nhost: Bo Fen\n---\n",
    "an episode of one's own": "---\ntype: podcast\ntitle: Tides\nauthor: Bo Fen\n---\n",
    "a thing made by hand in a year": "# Reeds\n\nby hand (see notes, 2004)\n",
    "where something was, by a river": "# Reeds\n\nby the river (Norden, 2004)\n",
    "a DOI in the middle of one's own note": "# Reeds\n\nThey bend.\n\n## Read\n10.5555/reed.1\n",
    "a post of one's own that is published": "---\ntitle: On reeds\nauthor: Bo Fen\npublication: oui\ndate: 2023-06-07\n---\n",
    "a concept that names its source": '---\nsource: "[[@fen2019]]"\nauthor: "[[Bo Fen]]"\nyear: 2019\n---\n# Bending\n',
    "a sentence with people, a year and a title": "According to [Fen. 2019. *Reed and tide*](https://example.org/reed) they bend.\n",
    "prose with a year and a title in Chinese": "芦苇在潮水来临之前弯曲，并不折断。根据木晓 2019 年的研究，政治学家 Bo Q. Fen 正式提出该理论，并发表于《海洋学报》杂志。\n",
    "clippings of two books": "A (Fen, Bo)\n- Your Highlight on page 1 | Added on 2021\n\nReeds.\n==========\nB (Moss, Ada)\n- Your Highlight on page 2 | Added on 2021\n\nTides.\n==========\n",
    "a list of references": "# Reading\n- Fen, B. (2019). Reeds. Tidal Press.\n- Moss, A. (2020). Tides. Tidal Press.\n",
    "a sentence with a year": "Reeds, as Fen said in 2019, bend.\n",
    "a lesson with links to its textbook": (
        "---\nauthors: GB\n---\n# [Reeds](zotero://open-pdf/library/items/ABCD2345?page=2&annotation=ABCD2346)\n\n- Title: a row of names\n"
    ),
    "a concept that cites": "# Reeds\nReeds bend (Fen, 2019).\n\n## Sources\nhttps://doi.org/10.5555/reed\n",
}


@pytest.mark.parametrize("text", NO_WORKS.values(), ids=NO_WORKS)
def test_a_note_of_ones_own_is_no_work(text: str) -> None:
    assert read(text).work is None


TYPED = {
    "in brackets": ("“Reeds bend.” (p. 12)", "Reeds bend.", "12", None),
    "an item with what is said of it": (
        "- „Das Schilf steht.“ (S. 12 f.)\n\t- Ich auch.",
        "Das Schilf steht.",
        "12",
        "Ich auch.",
    ),
    "guillemets in a quote": ("> « Le roseau plie. » (p. 12)", "Le roseau plie.", "12", None),
    "Russian": ("«Тростник гнётся» (с. 12)", "Тростник гнётся", "12", None),
    "Chinese": ("- “芦苇弯。”（第12页）\n\t- 批：不是", "芦苇弯。", "12", "不是"),
    "Japanese": ("- 「葦は折れない」（p.12）", "葦は折れない", "12", None),
    "plain signs and a remark behind": ('"Reeds bend." (p. 12) -> use!', "Reeds bend.", "12", "use!"),
    "words before the page and behind it": (
        '- "Reeds bend" (my translation, p. 12, emphasis mine)',
        "Reeds bend",
        "12",
        None,
    ),
    "without brackets, in italics": ("*„Das Schilf steht.“*, S. 12", "Das Schilf steht.", "12", None),
    "the page first": ('12: "Reeds bend."', "Reeds bend.", "12", None),
    "the page of a footnote first": ('- p. 12n3: "Reeds bend."\n  - Mine.', "Reeds bend.", "12", "Mine."),
    "the page first, closed by the keyboard's mark": (
        'S. 71f.: „Das Schilf steht."\n→ prüfen',
        "Das Schilf steht.",
        "71",
        "prüfen",
    ),
    "the page first, without a colon": ("- **s. 12** „Trzcina się gnie.”", "Trzcina się gnie.", "12", None),
    "the page first, in brackets": ("[p. 12] “Reeds bend.” – mine", "Reeds bend.", "12", "mine"),
    "the page first, in French": ("P. 12 : « Le roseau plie. »", "Le roseau plie.", "12", None),
    "the page first, in Swedish": ("- s. 12: ”Vassen böjer sig.”\n\t- → min", "Vassen böjer sig.", "12", "min"),
    "the page first, in Korean": ('12쪽: "갈대는 휜다"', "갈대는 휜다", "12", None),
    "the page first, in Chinese": ("第12页：“芦苇弯。”", "芦苇弯。", "12", None),
    "no blank before the number": ('- "Reeds bend" p.12\n\t- => mine', "Reeds bend", "12", "mine"),
    "no word for page": ('"Reeds bend" — 12', "Reeds bend", "12", None),
    "an arrow back": ('"Reeds bend." (p. 12) <- use!', "Reeds bend.", "12", "use!"),
    "an arrow a line below": ("> « Le roseau plie. » (p. 12)\n\n⇒ à voir", "Le roseau plie.", "12", "à voir"),
    "a sign of speech below": ("> “芦苇弯。” (p. 12)\n\n💬 不是", "芦苇弯。", "12", "不是"),
    "the next item in italics": ('- "Reeds bend." (p. 12)\n- *Do they?*', "Reeds bend.", "12", "Do they?"),
    "the next item behind an arrow": ('- "Reeds bend." (p. 12)\n- -> mine', "Reeds bend.", "12", "mine"),
    "short, behind the sentence of a quote": ("> Reeds bend. (381)", "Reeds bend.", "381", None),
    "behind a dash": ("> Reeds bend.\n> — Fen 2019, p. 12", "Reeds bend.", "12", None),
    "in the last line of the quote": ("> Das Schilf steht.\n>\n> S. 12", "Das Schilf steht.", "12", None),
    "below the quote": ("> La canna si piega.\n\np. 12", "La canna si piega.", "12", None),
    "below the quote, with a remark": ("> 芦苇弯。\n\n第12页 – 不是", "芦苇弯。", "12", "不是"),
    "below the quote, in brackets": ("> Trzcina się gnie.\n\n(s. 12)\n", "Trzcina się gnie.", "12", None),
    "a list under the line": ('"Reeds bend." (12)\n- Mine.', "Reeds bend.", "12", "Mine."),
    "a line below": ("“Reeds bend” (p. 12)\nMine.", "Reeds bend", "12", "Mine."),
    "over two lines": ("“Reeds\nbend” (p. xii)", "Reeds bend", "xii", None),
}


@pytest.mark.parametrize(("body", "text", "page", "comment"), TYPED.values(), ids=TYPED)
def test_a_quotation_with_its_page_is_an_annotation_in_the_note_of_a_work(
    body: str, text: str, page: str, comment: str | None
) -> None:
    (found,) = read(f"---\ncitekey: fen2020\n---\n## Thoughts\nMine.\n\n{body}\n").annotations
    assert (found.text, found.page_label, found.comment) == (text, page, comment)
    assert read(f"## Thoughts\nMine.\n\n{body}\n").annotations == ()


def test_a_quotation_that_names_its_work_is_an_annotation_where_some_are_expected() -> None:
    text = "“Reeds bend” (Fen, 2019, p. 12)\n\n- “Tides turn” (Fen 2019: 13, emphasis mine)\n"
    note = read(f"---\ncitekey: fen2020\n---\n## Quotes\n{text}")
    assert [(a.text, a.page_label) for a in note.annotations] == [("Reeds bend", "12"), ("Tides turn", "13")]
    assert read(f"---\ncitekey: fen2020\n---\n## Thoughts\n{text}").annotations == ()


def test_passages_of_a_section_end_with_their_page_without_a_link() -> None:
    for section, items in {
        "摘录": "- Reeds bend。（第12页）\n- Tides turn。（第13页）",
        "Quotes": "- Reeds bend — 12\n- Tides turn — 13",
        "Highlights": '- "Reeds bend" p.12\n- "Tides turn" p.13',
    }.items():
        note = read(f"---\ncitekey: fen2020\n---\n## {section}\n{items}\n")
        assert [((a.text or "")[:10], a.page_label) for a in note.annotations] == [
            ("Reeds bend", "12"),
            ("Tides turn", "13"),
        ]


@pytest.mark.parametrize("label", ["Quotes", "**Zitate:**\n", "Key quotes:", "摘录："])
def test_a_line_may_be_a_heading_in_all_but_its_sign(label: str) -> None:
    note = read(
        f"---\ncitekey: fen2020\n---\n{label}\n- Reeds bend — 12\n- Tides turn (S. 13)\n\nMine (p. 3)\n\n- Mine (p. 4)\n"
    )
    assert [(a.text, a.page_label) for a in note.annotations] == [("Reeds bend", "12"), ("Tides turn", "13")]


def test_two_quotations_of_a_line_are_two_annotations() -> None:
    note = read("---\ncitekey: fen2020\n---\n“One” (p. 1). “Two” (p. 2) – mine.\n")
    assert [(a.text, a.comment) for a in note.annotations] == [("One", None), ("Two", "mine.")]


@pytest.mark.parametrize(
    "body",
    ['"Honour" (2019) was said.', '"Honour" (2019)', '"Honour" (p. 12) is a word of his.', 'He says "reeds bend" (p. 12).', '12:30 "Reeds"',
     'p. 12 says "reeds"', 'p. 12 "reed" is his word', "> Reeds bend as others saw (12)", "> Reeds, p. 12", "> They bend.\n\np. 12 is on tides",
     "> They bend.\n\np. 12 - on tides\n\np. 13 - on fish"],
)  # fmt: skip
def test_a_word_in_quotation_marks_is_no_annotation(body: str) -> None:
    assert read(f"---\ncitekey: fen2020\n---\n{body}\n").annotations == ()


OPEN = "zotero://open-pdf/library/items/ABCD2345?page=4&annotation="
BAR = '<div style="height: 18px; background-color: #ffd400;"></div>'
PLACED: dict[str, tuple[str, list[tuple[str | None, str | None, str | None, str | None]]]] = {
    "callouts that only a page titles, what is below a rule said of it": (
        "> [!note] Page 2\n>\n> Reeds bend.\n\n> [!yellow] S. 4\n> Tides turn.\n>\n> ---\n> Do they?\n",
        [("Reeds bend.", None, "2", None), ("Tides turn.", "Do they?", "4", "yellow")],
    ),
    "a callout for comments in that of the passage": (
        f"> [!claim|#ffd400] Claim\n> Reeds bend. [(p. 4)]({OPEN}EFGH2345)\n> > [!note] Comment\n> > Do they?\n",
        [("Reeds bend.", "Do they?", "4", "yellow")],
    ),
    "the same below an image": (
        f"> [!fact] Fact\n> ![[reed.png]] [(p. 4)]({OPEN}EFGH2345)\n> > [!note] Comment\n> > Do they?\n",
        [(None, "Do they?", "4", None)],
    ),
    "a note without a title on the line below": (
        f'<mark style="background: #ffd400">Reeds bend.</mark> [(p. 4)]({OPEN}EFGH2345)\n> [!note]\n> Do they?\n',
        [("Reeds bend.", "Do they?", "4", "yellow")],
    ),
    "a line each with its page, and a comment of Obsidian's": (
        "## Highlights\n\n==Reeds bend== (p. 4)\n==Tides turn== (p. 5) %%do they?%%\n",
        [("Reeds bend", None, "4", None), ("Tides turn", "do they?", "5", None)],
    ),
    "a coloured bar, the passage, the link": (
        f"{BAR}\n>📌 Reeds bend.\n\n[Page 4]({OPEN}EFGH2345)\n",
        [("Reeds bend.", None, "4", "yellow")],
    ),
    "a bar with a blank line below": (
        f"{BAR}\n\n> Reeds bend.\n\n[Page 4]({OPEN}EFGH2345)\n",
        [("Reeds bend.", None, "4", "yellow")],
    ),
    "a comment with the link once more": (
        f"{BAR}\n>📌 Reeds bend.\n\n[Page 4]({OPEN}EFGH2345)\n\n>✏️ Do they?\n\n[Page 4]({OPEN}EFGH2345)\n",
        [("Reeds bend.", "Do they?", "4", "yellow")],
    ),
    "a sign of speech in the callout": (
        f"> [!info] [p. 4]({OPEN}EFGH2345)\n> Reeds bend.\n>\n> 💬 Do they?\n",
        [("Reeds bend.", "Do they?", "4", None)],
    ),
    "rows of a table": (
        f"| Page | Highlight | Comment |\n|--|--|--|\n| [4]({OPEN}EFGH2345) | Reeds bend | Do they? |\n| [5]({OPEN}EFGH2346) | Tides turn | |\n",
        [("Reeds bend", "Do they?", "4", None), ("Tides turn", None, "5", None)],
    ),
    "rows of a table without links": (
        "| Zitat | S. |\n|--|--|\n| Das Schilf \\| steht | 4 |\n",
        [("Das Schilf | steht", None, "4", None)],
    ),
    "a table in Chinese": (
        "| 页码 | 原文 | 批注 |\n|--|--|--|\n| 12 | 芦苇弯 | 好 |\n",
        [("芦苇弯", "好", "12", None)],
    ),
    "a quotation before a link into a PDF": (
        '- "Reeds bend" [[fen.pdf#page=21&selection=4,0,6,11|fen, p.9]]\n',
        [("Reeds bend", None, "9", None)],
    ),
    "an image below the name of its colour, a quoted comment": (
        f'<mark style="background-color: #2ea8e5">Blau</mark>\n![[reed-4-x7-y3.png]] [S. 4]({OPEN}EFGH2345)\n>\n> **Kommentar:** gut\n',
        [(None, "gut", "4", "blue")],
    ),
    "the page between an image and its link": (
        f'> [!example]\n> - ![[reed-6-x5-y6.png]] (p. 6) [🔗]({OPEN}EFGH2345)\n> - "Reeds bend" (S. 7) [🔗]({OPEN}EFGH2346)\n',
        [(None, None, "6", None), ("Reeds bend", None, "7", None)],
    ),
    "a rectangle of a PDF": (
        "![[fen.pdf#page=8&rect=55,310,540,702&color=yellow|fen, p.460]]\n",
        [(None, None, "460", "yellow")],
    ),
}


@pytest.mark.parametrize(("body", "expected"), PLACED.values(), ids=PLACED)
def test_passages_are_read_where_templates_put_them(
    body: str, expected: list[tuple[str | None, str | None, str | None, str | None]]
) -> None:
    note = read(f"---\ncitekey: fen2020\n---\n{body}")
    assert [(a.text, a.comment, a.page_label, a.color_name) for a in note.annotations] == expected
    assert note.own_text.split("\n") == [comment or "" for _, comment, _, _ in expected if comment] or not note.own_text


@pytest.mark.parametrize("header", ["Citation | Year", "Text | Translation", "Page | Topic"])
def test_other_tables_hold_no_annotations(header: str) -> None:
    assert read(f"---\ncitekey: fen2020\n---\n| {header} |\n|--|--|\n| Reeds | 4 |\n").annotations == ()


def test_a_link_into_a_pdf_in_ones_own_sentence_is_no_annotation() -> None:
    assert read('The word "reed" is [[fen.pdf#page=21&selection=4,0,6,11|here]].\n').annotations == ()
