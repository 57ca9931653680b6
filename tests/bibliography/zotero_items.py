"""Invented items of Zotero's types: what each field is called there, its value, and the CSL variable it becomes."""

from __future__ import annotations

from typing import Any, NamedTuple


class ZoteroItem(NamedTuple):
    type: str
    csl_type: str
    rows: list[tuple[str, str, str]]
    """(Zotero's field, value, CSL variable)"""
    creators: list[tuple[str, str, str]]
    """(Zotero's role, `Family, Given` or one name, CSL variable)"""

    @property
    def key(self) -> str:
        return f"{self.type.lower()}2021"

    def csl(self, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
        """What must come out, less the variables of the Zotero fields that a template does not print."""
        csl: dict[str, Any] = {"id": self.key, "type": self.csl_type}
        csl |= {variable: value for name, value, variable in self.rows if name not in without and name != "date"}
        csl["issued"] = {"date-parts": [[int(part) for part in self.date.split("-")]]}
        for _, name, variable in self.creators:
            family, comma, given = name.partition(", ")
            csl.setdefault(variable, []).append({"family": family, "given": given} if comma else {"literal": name})
        return csl

    @property
    def date(self) -> str:
        return next(value for name, value, _ in self.rows if name == "date")


def _item(kind: str, csl_type: str, creators: str, fields: str) -> ZoteroItem:
    rows = [tuple(part.strip() for part in line.split("|")) for line in fields.strip().splitlines()]
    people = [tuple(part.strip() for part in line.split("|")) for line in creators.strip().splitlines()]
    title = ("title", f"The {kind} of the tide", "title")
    return ZoteroItem(kind, csl_type, [title, *rows], people)  # type: ignore[arg-type,list-item]


_ARTICLE = "author|Okafor, Ngozi|author\nauthor|Ministry of Dikes|author"
_DATE = "date|2021-04-17|issued"
_LANGUAGE = "language|en-GB|language"
_URL = "url|https://tides.example.org/a_b?c=1&d=2|URL"

ITEMS = [
    _item("journalArticle", "article-journal", _ARTICLE, f"""
        publicationTitle|Journal of Shore Acoustics|container-title
        journalAbbreviation|J. Shore Ac.|container-title-short
        volume|12|volume
        issue|3|issue
        pages|201-219|page
        DOI|10.5555/jsa.2021.0304|DOI
        ISSN|2049-3630|ISSN
        shortTitle|Tide|title-short
        {_DATE}
        {_LANGUAGE}
        {_URL}"""),
    _item("book", "book", "author|Vos, Hendrik|author\ntranslator|Whitfield, Jane|translator\nseriesEditor|Ito, Kenji|collection-editor", f"""
        series|Studies in Mud|collection-title
        seriesNumber|9|collection-number
        volume|2|volume
        edition|3|edition
        publisher|Hammer & Tongs|publisher
        place|Delft|publisher-place
        numPages|312|number-of-pages
        ISBN|9789099917178|ISBN
        {_DATE}"""),
    _item("bookSection", "chapter", "author|Brandt, Ulla|author\neditor|Haddad, Samir|editor\nbookAuthor|Berg, Torunn|container-author", f"""
        bookTitle|Handbook of Shallow Water|container-title
        pages|163-189|page
        publisher|Seaside University Press|publisher
        place|Osterveer|publisher-place
        ISBN|9783161484100|ISBN
        {_DATE}"""),
    _item("conferencePaper", "paper-conference", "author|Delgado, Núria|author", f"""
        proceedingsTitle|Proceedings of Animal Sensing|container-title
        conferenceName|Animal Sensing 2021|event-title
        publisher|Society for Sensing|publisher
        pages|44-51|page
        DOI|10.5555/sensing.44|DOI
        {_DATE}"""),
    _item("thesis", "thesis", "author|Jansen, Bo|author", f"""
        thesisType|PhD thesis|genre
        university|University of Osterveer|publisher
        place|Osterveer|publisher-place
        numPages|201|number-of-pages
        {_DATE}"""),
    _item("report", "report", "author|Ministry of Dikes|author", f"""
        reportNumber|TR-17|number
        reportType|Inventory|genre
        institution|Government Printer|publisher
        place|Den Helder|publisher-place
        {_DATE}"""),
    _item("webpage", "webpage", "author|Zanon, Giulia|author", f"""
        websiteTitle|Laguna|container-title
        {_URL}
        {_DATE}"""),
    _item("blogPost", "post-weblog", "author|Zanon, Giulia|author", f"""
        blogTitle|Laguna daily|container-title
        {_URL}
        {_DATE}"""),
    _item("forumPost", "post", "author|Zanon, Giulia|author", f"""
        forumTitle|Bell ringers|container-title
        {_URL}
        {_DATE}"""),
    _item("newspaperArticle", "article-newspaper", _ARTICLE, f"""
        publicationTitle|Osterveer Courant|container-title
        section|Harbour|section
        pages|4|page
        place|Osterveer|publisher-place
        {_DATE}"""),
    _item("magazineArticle", "article-magazine", _ARTICLE, f"""
        publicationTitle|Mud Monthly|container-title
        volume|4|volume
        issue|11|issue
        {_DATE}"""),
    _item("encyclopediaArticle", "entry-encyclopedia", _ARTICLE, f"""
        encyclopediaTitle|Encyclopedia of Marshes|container-title
        publisher|Delta Press|publisher
        volume|2|volume
        {_DATE}"""),
    _item("dictionaryEntry", "entry-dictionary", _ARTICLE, f"""
        dictionaryTitle|Dictionary of Silt|container-title
        publisher|Delta Press|publisher
        {_DATE}"""),
    _item("preprint", "article", _ARTICLE, f"""
        DOI|10.5555/preprint.1|DOI
        {_URL}
        {_DATE}"""),
    _item("manuscript", "manuscript", "author|Haas, Friederike|author", f"""
        manuscriptType|Letter book|genre
        place|Greifswald|publisher-place
        archive|Moor Archive|archive
        archiveLocation|Box 7|archive_location
        {_DATE}"""),
    _item("presentation", "speech", "presenter|Ngata, Wiremu|author", f"""
        presentationType|Talk|genre
        meetingName|Marsh Days|event-title
        {_DATE}"""),
    _item("patent", "patent", "inventor|Quist, Sanne|author", f"""
        patentNumber|NL 17|number
        {_DATE}"""),
    _item("computerProgram", "software", "programmer|Lindqvist, Runa|author", f"""
        versionNumber|2.1|version
        company|Creek Software|publisher
        {_URL}
        {_DATE}"""),
    _item("dataset", "dataset", _ARTICLE, f"""
        repository|Mud Repository|publisher
        DOI|10.5555/data.1|DOI
        {_DATE}"""),
    _item("film", "motion_picture", "director|Moreau, Élise|author\nscriptwriter|Obi, Chidi|script-writer", f"""
        distributor|Reed Films|publisher
        genre|Documentary|genre
        runningTime|1:22:00|dimensions
        {_DATE}"""),
    _item("videoRecording", "motion_picture", "director|Moreau, Élise|author", f"""
        studio|Reed Films|publisher
        {_URL}
        {_DATE}"""),
    _item("podcast", "broadcast", "podcaster|Obi, Chidi|author\nguest|Tiernan, Maeve|guest", f"""
        episodeNumber|4|number
        {_URL}
        {_DATE}"""),
    _item("audioRecording", "song", "performer|Obi, Chidi|author\ncomposer|Ito, Kenji|composer", f"""
        label|Weir Records|publisher
        {_DATE}"""),
    _item("interview", "interview", "interviewee|Vos, Hendrik|author\ninterviewer|Berg, Torunn|interviewer", f"""
        interviewMedium|Tape|medium
        {_DATE}"""),
    _item("letter", "personal_communication", "author|Vos, Hendrik|author\nrecipient|Berg, Torunn|recipient", f"""
        letterType|Postcard|genre
        {_DATE}"""),
    _item("case", "legal_case", "author|Ministry of Harbours|author", f"""
        court|Court of the Shore|authority
        docketNumber|C-17|number
        reporter|Shore Reports|container-title
        {_DATE}"""),
    _item("statute", "legislation", "author|Council of Dikes|author", f"""
        code|Code of Water|container-title
        publicLawNumber|117|number
        {_DATE}"""),
    _item("map", "map", "cartographer|Duarte, Inês|author", f"""
        scale|1:25000|scale
        publisher|Survey of Creeks|publisher
        {_DATE}"""),
]  # fmt: skip
