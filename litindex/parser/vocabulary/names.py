"""Words in and between names of people, in the languages met."""

from __future__ import annotations

from typing import Final

INSTITUTION: Final = frozenset(
    """university universität universitat université universidad universidade università universiteit univerzita univerzity uniwersytet
    üniversitesi egyetem yliopisto universitetet högskola институт университет institute institut instituto istituto instytut ústav
    enstitüsü intézet organization organisation organización group gruppe grupo gruppo arbeitsgruppe arbeitskreis committee comité
    комитет commission kommission commissie comisión commissione comissão council inc inc. ltd ltd. llc gmbh ag corp corp. corporation
    company foundation stiftung fondation fundación fundação fondazione association asociación associação associazione associació society
    gesellschaft société sociedad sociedade società общество bank ministry ministère ministerium ministerio министерство ministerstwo
    bakanlığı department dept dept. center centre zentrum centro centrum ośrodek центр laboratory lab labs office bureau ufficio служба
    управление agency agence agencia agenzia academy akademie academia académie accademia академия college school faculty hospital museum
    museo musée library biblioteca bibliothèque bibliothek press publishing united nations world international national federal european
    government regierung gobierno governo gouvernement gemeente provincie landesamt bundesamt umweltbundesamt project team network
    consortium collaboration collective union party alliance initiative forum fund trust board service services servicio authority
    research studies institution contributors unesco working panel without frontières archive archives archiv landesarchiv stadtarchiv
    bundesarchiv verein verband amt behörde redaktion editors rijkswaterstaat
    centers centres organizations organisations gardens consulate embassy parliament congress senate court tribunal observatory hospitals clinic klinik klinikum academies
    institutes universities ministries laboratories councils hochschule akademi istituto politecnico polytechnic conservatory
    kommune gmbh. s.a. s.l. co. plc syndicate federation föderation fédération federación federazione confederation league secretariat
    executive directorate survey programme task-force taskforce workshop conference universitetas universitate 大学 大學 研究所 研究院 学会 學會
    協会 协会 委员会 委員会 出版社 公司 集团 财团 대학교 연구소 학회 협회 위원회""".split()
)
"""A name that holds one of these is no person's."""

CJK_ROLES: Final = {
    **dict.fromkeys(("著", "编著", "編著", "지음", "저", "글"), "author"),
    **dict.fromkeys(("译", "譯", "訳", "翻译", "옮김", "역"), "translator"),
    **dict.fromkeys(("编", "編", "主编", "主編", "엮음", "편"), "editor"),
}
"""What stands behind a name in East Asian notes of books, and the role that it gives."""

HOUSES: Final = frozenset(
    """verl press publishing publishers publications éditions editions editorial ediciones editora edições edizioni editore uitgeverij
    wydawnictwo nakladatelství förlag forlag kiadó издательство видавництво 出版社""".split()
)
"""A name that holds one of these, or ends in Verlag, is that of a publishing house."""

OPENS_INSTITUTION: Final = frozenset(
    "of for de der des für pour para per do da del della dos von voor van och för".split()
)
"""Behind a first word such as Institute: what follows is the rest of its name."""

CLOSES_FIRM: Final = frozenset(
    "sons son brothers co co. cie company partners associates söhne gebrüder fils frères hijos figli".split()
)
"""How what follows an `and` begins that ends the name of a firm: `Reed, Mud and Sons`."""

CAPITAL_PARTICLES: Final = frozenset(
    "De Di Del Della Dal Dalla Dos Das Van Von Vander Ter Ten Ó Ní Mac Le La Du Des El Al Bin Ibn Abu St St. Ste Ste. Saint".split()
)
"""Particles that Irish, Romance, Flemish and Arabic names capitalise."""
CLITICS: Final = frozenset(("'t", "’t", "'s", "’s"))
"""Particles that begin with an apostrophe."""
NO_PARTICLES: Final = frozenset("of the and & with | +".split())
"""Words in lower case that no family name begins with."""
SURNAME_JOINERS: Final = frozenset("y e i und et en".split())
"""What joins the halves of one family name as well as two people (`Ortega y Gasset`)."""

SUFFIXES: Final = frozenset("jr sr junior senior esq 2nd 3rd père fils hijo filho neto sobrinho".split())
"""Behind a name: which of the family it is. Roman numerals are too."""
DEGREES: Final = frozenset(
    "phd md msc bsc ma ba mba mph llm llb jd dr prof rn dphil dsc scd edd dds dvm do facs frs pe cpa bs ms meng".split()
)
"""Behind a name, dots left out: what its bearer has studied."""
TITLES: Final = frozenset(
    "dr prof professor mr mrs ms miss pd doz privdoz herr frau sir dame mag ing dipling rev reverend fr señor señora monsieur madame".split()
)
"""Before a name, dots left out: how its bearer is addressed."""
RANKS: Final = frozenset("gen adm col maj capt cmdr lt sgt cpl pvt hon".split())
"""The same, where a dot stands behind: without it some are names."""

SEPARATORS: Final = ("and", "AND", "And")
"""Words that part two people."""
SOFT_SEPARATORS: Final = tuple(
    "und UND et ET y e en i a och OCH og ja ir un oraz și şi ve και dan và и і та و with WITH mit avec con com med met".split()
)
"""Words that part two people where both sides may be whole names."""
LEFT_OUT: Final = (
    r"et\.?\s*al\b\.?",
    r"(?:and|und|et|y|e|en|och|&)\s+(?:\d+\s+)?(?:others|andere|autres|otros|outros|altri|anderen|andra|more)",
    r"et\s+alii",
    r"et\s+coll\.?",
    r"(?-i:u\.\s?a\.)",
    r"и\s+др\.?",
    r"m\.\s?fl\.",
    r"(?-i:e\.\s?a\.)",
    r"i\s+in\.",
    r"a\s+kol\.",
    r"ve\s+(?:ark|diğ)\.",
    r"и\s+другие",
    r"та\s+ін\.",
)
"""What stands for people who are not named: patterns, behind a name and a space."""
LEFT_OUT_SIGNS: Final = (r"等人?", r"外\s*\d*\s*人", r"외\s*\d*\s*인", r"ほか", r"\+\s*\d+\s+(?:others|more)")
"""The same, where no word begins before it."""
OTHERS: Final = frozenset(("others", "et al", "et al.", "and others", "al.", "等", "u.a.", "andere"))
"""The same, where it stands alone."""

EDITOR_MARKS: Final = ("eds?", "editors?", "hrsg", "herausgeber(?:in)?", "hgg?", "a cura di", "dirs?", "coords?", "red")
"""Patterns of what stands behind the name of an editor, in brackets or behind a comma."""
