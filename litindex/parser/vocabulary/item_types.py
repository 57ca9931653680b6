"""Item types of Zotero with their CSL counterparts (Z7; zotero-schema version 41), and the labels people see."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from litindex.text_keys import squeeze

CSL_TYPES: Final = {
    "annotation": None, "artwork": "graphic", "attachment": None, "audioRecording": "song", "bill": "bill", "blogPost": "post-weblog", "book": "book",
    "bookSection": "chapter", "case": "legal_case", "computerProgram": "software", "conferencePaper": "paper-conference",
    "dataset": "dataset", "dictionaryEntry": "entry-dictionary", "document": "document", "email": "personal_communication",
    "encyclopediaArticle": "entry-encyclopedia", "film": "motion_picture", "forumPost": "post", "hearing": "hearing",
    "instantMessage": "personal_communication", "interview": "interview", "journalArticle": "article-journal",
    "letter": "personal_communication", "magazineArticle": "article-magazine", "manuscript": "manuscript", "map": "map",
    "newspaperArticle": "article-newspaper", "note": None, "patent": "patent", "podcast": "song", "preprint": "article", "presentation": "speech",
    "radioBroadcast": "broadcast", "report": "report", "standard": "standard", "statute": "legislation", "thesis": "thesis",
    "tvBroadcast": "broadcast", "videoRecording": "motion_picture", "webpage": "webpage",
}  # fmt: skip

_OTHER_NAMES: Final = {
    "journalArticle": "article-journal article journalpaper zeitschriftenartikel zeitschriftenaufsatz articlederevue artículoderevista artigoderevista 期刊文章 期刊论文 雑誌論文 学術論文 журнальнаястатья articolodirivista aufsatz fachartikel zeitschriftenbeitrag articoloscientifico artículo artigo artykuł artykułwczasopiśmie tijdschriftartikel tidskriftsartikel статья článek 论文 論文 논문 학술지논문",
    "book": "buch livre libro livro boek книга 图书 书籍 書籍 책 kniha książka bok monograph monographie monografie monografía monografia sammelband herausgeberband ouvragecollectif aufsatzsammlung 도서 专著",
    "bookSection": "chapter inbook incollection bookchapter buchteil buchkapitel chapitredelivre capítulodelibro capítulodelivro 图书章节 书籍章节 kapitel chapitre capítulo capitolo rozdział hoofdstuk глава",
    "conferencePaper": "paper-conference inproceedings conference proceedings conferencearticle tagungsbeitrag konferenzbeitrag articledecolloque comunicacióndecongreso 会议论文",
    "thesis": "phdthesis mastersthesis dissertation doctoralthesis masterthesis hochschulschrift tesis tese thèse 学位论文 博士论文 硕士论文 диссертация doktorarbeit masterarbeit dissertação tesededoutorado dissertaçãodemestrado mémoire thèsededoctorat tesidilaurea tesidottorale proefschrift rozprawadoktorska 학위논문 学位論文 博士論文",
    "report": "techreport technicalreport bericht rapport informe relatório 报告",
    "webpage": "website web webseite pageweb páginaweb online 网页",
    "blogPost": "post-weblog blog blogbeitrag billetdeblog",
    "preprint": "workingpaper 预印本 プレプリント",
    "videoRecording": "video motion_picture videoaufnahme 视频",
    "computerProgram": "software program",
    "encyclopediaArticle": "entry-encyclopedia",
    "dictionaryEntry": "entry-dictionary",
    "magazineArticle": "article-magazine",
    "newspaperArticle": "article-newspaper zeitungsartikel articledejournal 报纸文章",
    "manuscript": "unpublished manuskript manuscrit",
    "presentation": "speech talk lecture keynote präsentation vortrag conférence ponencia palestra foredrag föredrag prezentacja доклад 讲座 講演 강연",
    "statute": "legislation gesetz",
    "case": "legal_case legalcase urteil gerichtsurteil gerichtsentscheidung beschluss arrêt jugement sentencia sentenza uitspraak vonnis wyrok acórdão judgment judgement courtcase caselaw 判例 判決",
    "podcast": "podcastepisode podd podkast poddavsnitt подкаст 播客 ポッドキャスト 팟캐스트",
    "document": "dokument 文档",
    "dataset": "data datensatz 数据集",
    "film": "movie",
}  # fmt: skip

BIBTEX_TYPES: Final = {
    "artwork": "artwork", "audio": "audioRecording", "bookinbook": "bookSection", "booklet": "book", "collection": "book", "electronic": "webpage",
    "image": "artwork", "inreference": "encyclopediaArticle", "jurisdiction": "case", "legislation": "statute", "manual": "book", "misc": "document",
    "movie": "film", "music": "audioRecording", "mvbook": "book", "mvcollection": "book", "mvproceedings": "book", "mvreference": "book",
    "online": "webpage", "periodical": "journalArticle", "reference": "book", "suppbook": "bookSection",
    "suppcollection": "bookSection", "suppperiodical": "journalArticle", "www": "webpage",
}  # fmt: skip
"""Types of entries in BibTeX and BibLaTeX that say less, or something else, as a value of a note's `type`."""
RIS_TYPES: Final = {
    "JOUR": "journalArticle", "JFULL": "journalArticle", "EJOUR": "journalArticle", "ABST": "journalArticle", "INPR": "journalArticle",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "CLSWK": "book", "SER": "book", "CHAP": "bookSection", "ECHAP": "bookSection",
    "CONF": "conferencePaper", "CPAPER": "conferencePaper", "THES": "thesis", "RPRT": "report", "GOVDOC": "report", "ELEC": "webpage", "WEB": "webpage",
    "BLOG": "blogPost", "NEWS": "newspaperArticle", "MGZN": "magazineArticle", "COMP": "computerProgram", "DATA": "dataset", "AGGR": "dataset",
    "DBASE": "dataset", "VIDEO": "videoRecording", "MPCT": "film", "ADVS": "videoRecording", "SOUND": "audioRecording", "MUSIC": "audioRecording",
    "MAP": "map", "PAT": "patent", "UNPB": "manuscript", "MANSCPT": "manuscript", "UNBILL": "bill", "BILL": "bill", "STAT": "statute",
    "LEGAL": "statute", "CASE": "case", "HEAR": "hearing", "STAND": "standard", "SLIDE": "presentation", "ENCYC": "encyclopediaArticle",
    "DICT": "dictionaryEntry", "PCOMM": "letter", "ICOMM": "email", "ART": "artwork", "FIGURE": "artwork", "GEN": "document",
}  # fmt: skip
"""Types of RIS, as Zotero's translator has them."""

_TYPES: Final = {name.lower(): name for name, csl in CSL_TYPES.items() if csl} | {
    squeeze(word): name for name, words in _OTHER_NAMES.items() for word in words.split()
}


@lru_cache(maxsize=4096)
def known_type(raw: str) -> str | None:
    """Zotero's name of an item type that is written as API name, label, CSL or BibTeX type; None when unknown."""
    return _TYPES.get(squeeze(raw))
