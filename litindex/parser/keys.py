"""Keys as people write them -> bibliographic slots: the one table that a new shape of note adds a row to (DECISIONS 8).

A key is compared without case, spaces, `_`, `-`, `:`, `.`, `(s)` and decoration (M12). Users add rows of their own in
`litindex.toml` under `[keys]`. Slots that begin with `creator:` carry the role (Zotero's creator types, Z12).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_DROP = re.compile(r"\((?:s|e[sn]?|n|in|innen|r|x|/in|а|ы)\)|[^\w]|_")

ROLES: Final = {
    role.lower(): role
    for role in [
        "artist",
        "attorneyAgent",
        "author",
        "bookAuthor",
        "cartographer",
        "castMember",
        "chair",
        "commenter",
        "composer",
        "contributor",
        "cosponsor",
        "counsel",
        "creator",
        "director",
        "editor",
        "executiveProducer",
        "guest",
        "host",
        "interviewee",
        "interviewer",
        "inventor",
        "narrator",
        "organizer",
        "originalCreator",
        "performer",
        "podcaster",
        "presenter",
        "producer",
        "programmer",
        "recipient",
        "reviewedAuthor",
        "scriptwriter",
        "seriesCreator",
        "seriesEditor",
        "sponsor",
        "translator",
        "wordsBy",
    ]
} | {"collectioneditor": "seriesEditor", "containerauthor": "bookAuthor"}

_SLOTS: Final[dict[str, str]] = {
    "citekey": "citekey citationkey bibtexkey bibtex bibkey citekeys citationid texkey betterbibtexkey zoterocitekey zoterocitationkey zitierschlüssel "
    "zitatschlüssel clédecitation clecitation clavedecitación clavedecita chavedecitação chavedecitacao citeringsnyckel citatiesleutel "
    "引用键 引用キー 引用鍵 인용키 ключцитирования bibtexcitekey",
    "title": "title fulltitle titel titre título titulo titolo tytuł tytul název nazev titulek titulo заглавие название заголовок 标题 標題 题名 篇名 "
    "文献标题 论文标题 タイトル 題名 표제 제목 otsikko tittel titill başlık judul العنوان עنوان כותרת doctitle papertitle articletitle booktitel "
    "titredelarticle titeldesaufsatzes topic 书名 書名 书籍名称 booktitlefull fulltitlename",
    "parent_title": "parent parentitem parenttitle",
    "category": "category",
    "asin": "asin",
    "subtitle": "subtitle untertitel soustitre subtítulo",
    "creator:author": "author authors autor autoren autorin autorinnen verfasser verfasserin auteur auteurs autores autora autoras autore autori autrice "
    "auteurice auteurrice autoři autorzy autorka författare forfatter forfattere forfattar kirjoittaja yazar yazarlar penulis pengarang автор авторы "
    "автори 作者 著者 저자 지은이 المؤلف المؤلفون מחבר מחברים szerző szerzők autorem writtenby by συγγραφέας tácgiả authorlist authornames firstauthors lastauthor "
    "leadauthor primaryauthor coauthor coauthors",
    "creator:editor": "editor editors ed eds herausgeber herausgeberin herausgeberinnen hrsg hg éditeurscientifique editorcientífico coordinador "
    "coordinateur coordinatrice dirección directeurdepublication organizador curatore acuradi redakteur redaktor redacteur redactie redaktør redaktör 编者 "
    "编辑 主编 編者 編集者 편집자 편자 редактор редакторы عورك محرر עורך editado",
    "creator:translator": "translator translators übersetzer übersetzerin traducteur traductrice traductor traductora tradutor traduttore vertaler "
    "tłumacz překladatel переводчик 译者 譯者 訳者 翻訳者 역자 옮긴이 översättare oversetter المترجم מתרגם",
    "creator:director": "regie regisseur réalisateur realizador regista режиссёр 导演 監督",
    "creator:creator": "creators créateur creador",
    "creator:contributor": "mitwirkende contributeur colaborador mitarbeiter",
    "date": "date datum fecha data dato publicationdate publishdate datepublished pubdate published publishedon publisheddate publicationdateiso erscheinungsdatum "
    "veröffentlicht datedepublication datedeparution fechadepublicación fechadepublicacion datadepublicação datadipubblicazione "
    "publicatiedatum дата датапубликации 日期 出版日期 发表日期 发表时间 出版日 発行日 발행일 출판일 issued publish 出版时间 上映日期 تاریخ تاريخالنشر dateissued",
    "year": "year jahr erscheinungsjahr année annee an año ano anno jaar år rok год 年 年份 出版年 発行年 연도 출판년도 발행연도 yearpublished publicationyear publishedyear "
    "yıl tahun pubyear annéedepublication añodepublicación anodepublicação السنة שנה vuosi év",
    "item_type": "itemtype zoteroitemtype bibliographictype zoterotype publicationtype documenttype doctype typededocument tipodedocumento dokumenttyp "
    "dokumentart publikationstyp medientyp literaturtyp typdepublication tipodefuente tipodeitem tipodepublicación 文献类型 类型 条目类型 資料種別 문헌유형 типдокумента тип "
    "entrytype reftype referencetype ptype papertype sourcetype csltype typededoc materialtyp publicationtypes",
    "type": "type typ tipo soort",
    "container": "journal journaltitle publication publicationtitle containertitle publishedin journalname book booktitle proceedings proceedingstitle "
    "conference conferencename venue zeitschrift fachzeitschrift sammelband buch buchtitel revue revista rivista tijdschrift časopis czasopismo журнал издание "
    "期刊 期刊名 刊名 期刊名称 杂志 来源 雑誌 雑誌名 掲載誌 学術誌 저널 학술지 publicación publicacao publicação publicationname magazine newspaper website "
    "websitetitle blogtitle encyclopediatitle dictionarytitle forumtitle programtitle tidskrift tidsskrift المجلة כתבעת dergi jurnal herausgegebenin journalabbreviation "
    "zeitung serietitle erschienenin paruedans publishedat publishedvenue journalorconference conferenceorjournal",
    "source": "source quelle fuente fonte bron",
    "publisher": "publisher verlag éditeur editeur maisondédition editorial editora editore uitgever uitgeverij wydawca wydawnictwo nakladatel nakladatelství förlag forlag "
    "издатель издательство 出版社 出版者 출판사 الناشر מוציאלאור yayınevi university institution hochschule école universität institute",
    "place": "place location publisherplace publisherlocation ort verlagsort erscheinungsort lieu lieudepublication lugar lugardepublicación cidade "
    "luogo plaats место городиздания 出版地 出版地点 발행지",
    "volume": "volume vol band jahrgang tome volumen tomo deel том 卷 巻 권",
    "issue": "issue number heft nummer numéro numero número núm no nr issuenumber zeszyt číslo выпуск номер 期 期号 号 호",
    "pages": "pages page pagerange pp seiten páginas paginas pagine paginas strony strany страницы 页码 页数 页 ページ 쪽 페이지 sider sidor pagina's pageno",
    "edition": "edition auflage édition edición edição edizione druk wydanie vydání издание版 版本 版次",
    "series": "series seriestitle reihe schriftenreihe collectiontitle série colección coleção collana reeks seria серия 丛书 シリーズ 총서",
    "language": "language lang langid sprache langue idioma lingua taal język jazyk язык 语言 語言 言語 언어 språk",
    "doi": "doi doilink doiurl",
    "isbn": "isbn isbn10 isbn13",
    "issn": "issn eissn",
    "arxiv": "arxiv arxivid eprint arxivnumber",
    "identifiers": "identifiers identifier",
    "pmid": "pmid pubmedid pubmed",
    "pmcid": "pmcid pmc",
    "url": "url uri link weblink webpage sourceurl ult website网址 网址 链接 adresse enlace lien ссылка リンク onlinelink externallink",
    "zotero": "zotero zoterolink zoterouri zoterourl zoteroselect zoteroselecturi zoterolocallink locallibrary zoterolibrarylink zoteroselecturl cloudlibrary "
    "desktopuri selectlink localuri zoteroitemlink openinzotero seeinzotero verbindungzuzotero lienzotero enlacezotero linkzotero zotero链接 zoteroitem zoterolocal "
    "zoterouriselect zoterodesktop zoteroopen zoteroappurl",
    "zotero_key": "zoterokey zoteroitemkey itemkey zoteroitemid zoteroid",
    "zotero_tags": "zoterotags zoterokeywords zoterotag keywords keyword schlagwörter schlagworte stichwörter stichworte motsclés motscles palabrasclave "
    "palavraschave parolechiave trefwoorden słowakluczowe klíčováslova ключевыеслова 关键词 關鍵詞 关键字 キーワード 키워드 nyckelord",
    "collections": "zoterocollections zoterocollection collections collection sammlungen sammlung colecciones coleções raccolte 收藏夹 分类 コレクション 컬렉션",
    "abstract": "abstract abstractnote zusammenfassung résumé resumen resumo riassunto samenvatting streszczenie abstrakt аннотация реферат 摘要 概要 要旨 抄録 초록 "
    "summary sammanfattning ملخص תקציר özet",
    "bibliography": "bibliography bibliographyentry reference formattedcitation citation fullcitation fullreference referencia referência literaturangabe "
    "référence cita citación bibtexentry 参考文献 apa cite zitat zitation quellenangabe",
    "pdf": "pdf pdflink pdfs pdfzoterolink zoteropdflink pdfpath attachment attachments annotationtarget file files localpdf filelink anhang anhänge piècejointe adjunto 附件 ファイル",
    "read_status": "status readstatus readingstatus lesestatus readstate statut estado stato lesestand 阅读状态 状态",
    "read": "read gelesen",
    "in_progress": "inprogress",
    "date_read": "dateread readdate readon gelesenam lu fechadelectura",
    "rights": "rights license",
}  # fmt: skip

GENERIC: Final = frozenset(
    """type source date title url status read in_progress read_status date_read abstract language bibliography
    collections zotero_tags pdf place series edition subtitle rights publisher parent_title category asin
    identifiers""".split()
)  # fmt: skip
"""Slots whose keys stand in notes of any kind: they do not say that a note is about a work."""

IDENTIFYING: Final = frozenset(("citekey", "zotero", "zotero_key", "doi", "isbn"))


def squeeze_key(key: str) -> str:
    """The form in which keys are compared."""
    return _DROP.sub("", unicodedata.normalize("NFKC", key).lower())


_TABLE: Final = {squeeze_key(word): slot for slot, words in _SLOTS.items() for word in words.split()}
_TABLE.update({key: f"creator:{role}" for key, role in ROLES.items() if key not in _TABLE})


@lru_cache(maxsize=8192)
def slot_of(key: str) -> str | None:
    """The slot of a key by the built-in table, None when it is not bibliographic."""
    squeezed = squeeze_key(key)
    if not squeezed or len(squeezed) > 40:
        return None
    return _TABLE.get(squeezed) or _role_slot(squeezed)


def _role_slot(squeezed: str) -> str | None:
    """Z12: a leading `First` and a plural `s` fall away."""
    for prefix in ("first", "last", ""):
        if not squeezed.startswith(prefix):
            continue
        rest = squeezed[len(prefix) :]
        for word in (rest, rest.removesuffix("s")):
            slot = _TABLE.get(word)
            if slot is not None and slot.startswith("creator:"):
                return slot
    return None


class Keys:
    """The table with a user's own rows before it."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self.own = {squeeze_key(key): _own_slot(slot) for key, slot in own.items()}

    def slot(self, key: str) -> str | None:
        """The slot of a key, None when it is not bibliographic."""
        return (self.own.get(squeeze_key(key)) if self.own else None) or slot_of(key)


def _own_slot(slot: str) -> str:
    role = ROLES.get(squeeze_key(slot))
    return f"creator:{role}" if role else slot


SLOT_NAMES: Final = frozenset(_SLOTS) | frozenset(ROLES.values())
"""What a user may write on the right side of `[keys]`."""


def is_first(key: str) -> bool:
    """Whether a key says that each creator stands on a line of his own (layout A)."""
    squeezed = squeeze_key(key)
    return squeezed.startswith(("first", "last")) and slot_of(key) is not None


def is_plural(key: str) -> bool:
    """Whether a key is the plural of a role: templates print such values as First Last."""
    squeezed = squeeze_key(key)
    return (
        squeezed.endswith("s")
        and slot_of(squeezed.removesuffix("s")) == slot_of(squeezed)
        and not squeezed.startswith("first")
    )
