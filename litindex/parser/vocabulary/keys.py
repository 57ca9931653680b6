"""Keys as people write them -> bibliographic fields: the one table that a new shape of note adds a row to (DECISIONS 8).

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

_FIELDS: Final[dict[str, str]] = {
    "citekey": """referencekey refkey entrykey bibtexentrykey latexkey citationkeys klíčcitace citačníklíč kluczcytowania citatnøkkel viittausavain hivatkozásikulcs ключцитаты chiavedicitazione chiavecitazione citeersleutel 文献键 引用标识 alıntıanahtarı
        citekey citationkey bibtexkey bibtex bibkey citekeys citationid texkey betterbibtexkey zoterocitekey zoterocitationkey
        zitierschlüssel zitatschlüssel clédecitation clavedecitación clavedecita chavedecitação citeringsnyckel citatiesleutel 引用键 引用キー 引用鍵
        인용키 ключцитирования bibtexcitekey roamrefs citekeyzotero""",
    "title": """tytułpracy názevpráce títulodelapublicación títulodotrabalho títulodolivro titolodellavoro 文献名称 论文名 책제목 도서명 서명 書籍タイトル 本のタイトル titeldesbuches titeldesartikels
        originaltitle originaltitel títulooriginal titreoriginal titolooriginale oorspronkelijketitel 原题 原題 vollertitel vollständigertitel títulocompleto titrecomplet titolocompleto volledigetitel worktitle realtitle maintitle officialtitle completetitle longtitle titleofpaper titleofarticle titleofbook 论文题目 文章标题 文章题目 题目 文献名 论文名称 論文タイトル 書籍名 názevčlánku názevknihy tytułartykułu tytułksiążki titolodellarticolo titolodellibro titelvanhetboek boektitel назвастатті названиестатьи названиекниги
        title fulltitle documenttitle titel titre título títol titulo titolo titlu tytuł tytul název nazev názov titulek titill naslov
        наслов заглавие название назва заголовок 标题 標題 题名 篇名 文献标题 论文标题 タイトル 題名 論文名 표제 제목 논문제목 otsikko nimeke pealkiri pavadinimas
        tittel titell cím başlık kitapadı eseradı makaleadı judul tiêuđề nhanđề tựađề العنوان عنوان عنوانالكتاب כותרת שםהספר שםהמאמר τίτλος शीर्षक ชื่อเรื่อง
        doctitle papertitle articletitle titredelarticle titredulivre titeldesaufsatzes topic 书名 書名 书籍名称 fulltitlename casename nameofact subject
        titulodellibro títulodellibro títulodelartículo títulodoartigo titleofwork worktitle""",
    "parent_title": "parent parentitem parenttitle",
    "subtitle": "subtitle untertitel soustitre subtítulo sottotitolo ondertitel podtytuł",
    "category": "category",
    "asin": "asin",
    "creator:author": """第一著者 共著者 작성자 авторкниги авторыстатьи авторстатьи nomedoautor nombredelautor nomdelauteur
        writer writers authorname creatorname auteurnaam autorenname autorenliste 作者名 作者列表 第一作者 著者名 저자명 auteursnamen имяавтора фиоавтора
        author authors autor autoren autorin autorinnen autors autora autores autoras verfasser verfasserin verfasserinnen auteur auteurs
        auteure auteures auteurice auteurices auteurrice auteures autore autori autrice autrici autoare autorė autorius autoriai autorid autoři autorzy autorka
        autorki författare författarna forfatter forfattere forfattar höfundur höfundar kirjoittaja kirjoittajat tekijä tekijät yazar yazarlar yazarı penulis
        pengarang автор авторы автори авторка аутор аутори avtor avtorji avtorica auctor szerző szerzők szerzőjük συγγραφέας συγγραφείς ਲੇਖਕ लेखक ผู้แต่ง ผู้เขียน
        tácgiả 作者 著者 编著者 저자 지은이 글쓴이 المؤلف المؤلفون مؤلف تأليف نویسنده نویسندگان מחבר מחברת מחברים מאת writtenby by authorlist authornames firstauthors
        autoría autorías leadauthor primaryauthor coauthor coauthors otherauthors otherauthor medforfatter mitautor koautor von auteurprincipal authored""",
    "creator:editor": """editores editoras organizadores coordinadores coordenador coordenadores coordenadora curatori redaktorzy redacteuren editoři redaktoři redaktører editörler derleyenler szerkesztők urednici toimittajat
        editor editors ed eds edsby editedby herausgeber herausgeberin herausgeberinnen hrsg hg herausgegebenvon éditeurscientifique
        sousladirectionde directiond'ouvrage editorcientífico coordinador coordinadora coordinateur coordinatrice organizador organizadora curatore curatrice
        acuradi acura redaktor redaktorka redakcja redaktør redaktör redaktörer redacteur redactie redactiedoor redigeradav szerkesztő szerkesztette urednik
        уредник редактор редакторы редактори подред подредакцией επιμέλεια επιμελητής editado editatde editör derleyen hazırlayan toimittaja toim toimetaja
        редакція 编者 编辑 主编 編者 編集者 편집자 편자 엮은이 محرر تحرير ویراستار עורך עורכת בעריכת penyunting biêntập संपादक บรรณาธิการ ritstjóri""",
    "creator:translator": """translator translators translatedby übersetzer übersetzerin übersetzung übersetztvon traducteur traductrice traduitpar traductor
        traductora traducción traduccióde tradutor tradutora tradução traduttore traduttrice traduzione traducător traducere vertaler vertaalster vertaling
        tłumacz tłumaczka tłumaczenie przekład překladatel překladatelka překlad prekladateľ preklad prevoditelj prevodilac prevodilka prevajalec prevod преводилац
        преводач превод переводчик перевод перекладач переклад fordító fordította μεταφραστής μετάφραση çeviren çevirmen çeviri kääntäjä suomentaja suomentanut
        tõlkija vertėjas översättare översättning oversetter oversettelse oversætter þýðandi penerjemah ngườidịch 译者 譯者 訳者 翻訳者 翻译 역자 옮긴이 المترجم ترجمة مترجم
        מתרגם מתרגמת תרגום अनुवादक ผู้แปล""",
    "creator:director": "regie regisseur regisseurin réalisateur réalisatrice realizador regista reżyser režie rendező режиссёр режисер 导演 監督 감독 yönetmen",
    "creator:presenter": "speaker speakers referent referentin conférencier conférencière ponente palestrante relatore spreker föreläsare prelegent докладчик 演讲者 講演者 발표자",
    "creator:guest": "gast gäste gäst invité invités invitado invitados convidado ospite gość гость 嘉宾 ゲスト 게스트",
    "creator:creator": "creators créateur creador",
    "creator:contributor": "mitwirkende mitwirkender contributeur colaborador mitarbeiter",
    "date": """publishingreleasedate veröffentlichtam publiziertam datapublikacji datawydania datumvydání datumpublikace publiceringsdatum utgivningsdatum udgivelsesdato publiseringsdato utgivelsesdato gepubliceerdop publiéle pubblicatoil publicadoem publicadoel yayımlanmatarihi basımtarihi megjelenésdátuma datapublicării 发布日期 发布时间 公開日 刊行日 게시일 출간일 датавыхода датавидання
        date datum fecha data dato publicationdate publishdate datepublished pubdate published publishedon publisheddate erscheinungsdatum
        veröffentlicht veröffentlichungsdatum datedepublication datedeparution fechadepublicación fechadepublicacion datadepublicação datadipubblicazione
        publicatiedatum дата датапубликации датапублікації 日期 出版日期 发表日期 发表时间 出版时间 上映日期 出版日 発行日 발행일 출판일 issued publish تاريخ تاریخ تاريخالنشر dateissued
        datierung ημερομηνία tarih yayıntarihi julkaisupäivä issuedate datereleased dateenacted datedecided decided releasedate tanggalterbit ngàyxuấtbản""",
    "year": """publishingyear yearofpublishing rokpublikacji rokpublikace anodapublicação publikationsjahr veröffentlichungsjahr jahrderveröffentlichung 출간년도 发表年 发行年 годпубликации годвыпуска annodiedizione annopubblicazione annéedesortie
        year jahr erscheinungsjahr année annee an any ano anno jaar jaartal anul år árstal årstal útgáfuár utgivelsesår utgivningsår rok rokwydania rokvydání
        rokvydania god godina godinaizdanja година годинаиздања годинанаиздаване год годиздания рік ріквидання év kiadáséve έτος χρονιά leto letoizida aasta ilmumisaasta
        metai leidimometai yıl yıllı basımyılı yayınyılı tahun tahunterbit năm nămxuấtbản 年 年份 出版年 出版年份 発行年 刊行年 연도 년도 출판년도 출판연도 발행연도 발행년 발행년도 발표연도 발표년도 게재연도 출간연도 발표년 出版年度 发表年份 发表年度 发行年份 公表年 発表年 刊行年度 السنة سنة سنةالنشر سال سالنشر שנה
        שנתהוצאה वर्ष ปี ปีที่พิมพ์ vuosi julkaisuvuosi év yearpublished publicationyear publishedyear pubyear annéedepublication annéedeparution añodepublicación
        anodepublicação annodipubblicazione yearofpublication copyrightyear año""",
    "item_type": """typdokumentu tipodidocumento dokumenttype belgetürü yayıntürü druhdokumentu dokumentumtípus typpublikacji typpublikace tipodipubblicazione documentsoort tipodepublicação
        worktype literaturetype typeofsource typeofwork typeofpublication typzdroje typźródła 文献種類 文献种类
        itemtype zoteroitemtype bibliographictype zoterotype publicationtype publicationtypes documenttype doctype typededocument tipodedocumento
        dokumenttyp dokumentart publikationstyp medientyp literaturtyp typdepublication tipodefuente tipodeitem tipodepublicación 文献类型 类型 条目类型 資料種別 문헌유형
        типдокумента тип entrytype reftype referencetype ptype papertype sourcetype csltype typededoc materialtyp resourcetype""",
    "type": "type typ tipo soort kind art",
    "container": """podcast podd podkast livro libro livre boek container revistacientífica nomedoperiódico títulodarevista titredelarevue zeitschriftentitel tijdschrifttitel tytułczasopisma 刊物 刊载期刊 发表刊物 会议期刊 掲載雑誌 게재지 게재학술지 titulodelarevista titolodellarivista
        outlet periodical publicationvenue venuename journalconference conferencejournal 发表期刊 所属期刊 会议 会议名称 期刊会议 收录于 収録誌 掲載 nomdelarevue názevčasopisu nazwaczasopisma nombredelarevista nomedarevista nomedellarivista названиежурнала
        journal journaltitle publication publicationtitle containertitle publishedin journalname book booktitle proceedings proceedingstitle
        conference conferencename eventtitle meetingname venue zeitschrift fachzeitschrift sammelband buch buchtitel revue revista rivista revistă tijdschrift časopis casopis časopisu
        czasopismo часопис списание журнал издание folyóirat περιοδικό dergi jurnal tạpchí aikakauslehti ajakiri žurnalas tímarit 期刊 期刊名 刊名 期刊名称 杂志 雑誌 雑誌名 掲載誌
        学術誌 저널 학술지 학술지명 المجلة مجله مجلة כתבעת पत्रिका วารสาร publicación publicacao publicação publicationname magazine newspaper website websitetitle blogtitle
        encyclopediatitle dictionarytitle forumtitle programtitle tidskrift tidsskrift herausgegebenin journalabbreviation containertitleshort shortjournal zeitung serietitle erschienenin paruedans
        parudans publishedat publishedvenue journalorconference conferenceorjournal periódico secondarytitle""",
    "source": "source quelle fuente fonte bron zdroj źródło 来源",
    "publisher": """wydawnictwa förläggare udgiverforlag 发行方 발행처 발행사 펴낸곳
        erschienenbei verlegtbei via publishinghouse imprint verlagshaus uitgegevendoor publicadopor publiépar
        publisher publishers publishedby verlag éditeur editeur maisondédition éditions editorial editora editore editura edita casaeditrice uitgever
        uitgeverij wydawca wydawnictwo nakladatel nakladatelství vydavatel vydavateľ vydavateľstvo izdavač izdavač založba издавач издавачкакућа издателство
        издатель издательство видавництво видавець kiadó εκδότης εκδόσεις εκδοτικόςοίκος yayınevi yayıncı yayımcı förlag forlag forlaget útgefandi útgáfa kustantaja
        kirjastus leidykla leidėjas penerbit nhàxuấtbản 出版社 出版者 出版方 출판사 الناشر دارالنشر ناشر הוצאה הוצאתספרים מוציאלאור प्रकाशक สำนักพิมพ์ university institution school
        hochschule école universität institute studio label network distributor company repository utgiver udgiver""",
    "place": """place location publisherplace publisherlocation ort verlagsort erscheinungsort lieu lieudepublication lieud'édition lugar lugardepublicación cidade
        luogo plaats miejscewydania místovydání место городиздания 出版地 出版地点 발행지 kiadáshelye basımyeri""",
    "volume": "jaargang volym årgång rocznik ročník volume vol band jahrgang jg tome volumen tomo deel том 卷 巻 권 cilt évfolyam svazek tom",
    "issue": "issue number heft nummer numéro numero número núm no nr issuenumber zeszyt číslo выпуск номер 期 期号 号 호 sayı szám",
    "pages": "sayfalar stránky stron rozsahstran sivut sidetal numerosdepagina páginasdelartículo pages page pagerange pp seiten páginas paginas pagine strony strany страницы сторінки 页码 页数 页 ページ 쪽 페이지 sider sidor pageno halaman oldalak sayfa",
    "edition": "edition auflage édition edición edição edizione druk wydanie vydání издание版 版本 版次 kiadás baskı",
    "series": "series seriestitle reihe schriftenreihe collectiontitle série colección coleção collana reeks seria серия 丛书 シリーズ 총서",
    "language": "language lang langid sprache langue idioma lingua taal język jazyk язык мова 语言 語言 言語 언어 språk dil nyelv bahasa",
    "doi": "doiadresse identifiantdoi doinumber doi号 doi番号 doino digitalobjectidentifier doi链接 paperdoi articledoi doi doilink doiurl",
    "isbn": "isbn isbn10 isbn13",
    "issn": "issn eissn",
    "arxiv": "arxiv arxivid eprint arxivnumber",
    "identifiers": "identifiers identifier externalids",
    "pmid": "pmid pubmedid pubmed",
    "pmcid": "pmcid pmc",
    "url": "onlineuri weburi paperlink paperurl articleurl bookurl onlineversion originalurl 原文链接 论文链接 文献链接 url uri link weblink webpage sourceurl ult website网址 网址 链接 adresse enlace lien ссылка посилання リンク onlinelink externallink permalink paper",
    "zotero": """zoteroselectlink zoteroweblink zoterodesktopuri desktopurl zoteroentry zoterorecord zoteroappuri 在zotero中打开
        zotero zoterolink zoterouri zoterourl zoteroselect zoteroselecturi zoterolocallink locallibrary zoterolibrarylink zoteroselecturl cloudlibrary
        desktopuri selectlink localuri zoteroitemlink openinzotero seeinzotero verbindungzuzotero lienzotero enlacezotero linkzotero zotero链接 zoteroitem zoterolocal
        zoterouriselect zoterodesktop zoteroopen zoteroappurl""",
    "zotero_key": "zoterokey zoteroitemkey itemkey zoteroitemid zoteroid",
    "zotero_tags": """palavraschaves schlüsselwörter motclé
        zoterotags zoterokeywords zoterotag keywords keyword schlagwörter schlagworte stichwörter stichworte motsclés palabrasclave palavraschave
        parolechiave trefwoorden słowakluczowe klíčováslova ключевыеслова ключовіслова 关键词 關鍵詞 关键字 キーワード 키워드 nyckelord katakunci anahtarkelimeler kulcsszavak""",
    "collections": "zoterocollections zoterocollection collections collection sammlungen sammlung colecciones coleções raccolte 收藏夹 分类 コレクション 컬렉션",
    "abstract": """abstract abstractnote zusammenfassung résumé resumen resumo riassunto samenvatting streszczenie abstrakt аннотация анотація реферат 摘要 概要 要旨 抄録
        초록 summary sammanfattning ملخص الملخص چکیده תקציר özet összefoglaló περίληψη sažetak rezumat abstrak ringkasan tómtắt tiivistelmä útdráttur บทคัดย่อ kurzfassung""",
    "bibliography": """bibliography bibliographyentry reference formattedcitation citation fullcitation fullreference referencia referência literaturangabe
        référence cita citación bibtexentry 参考文献 apa cite zitat zitation quellenangabe""",
    "pdf": """pdf pdflink pdfs pdfzoterolink zoteropdflink pdfpath attachment attachments annotationtarget file files localpdf filelink anhang anhänge piècejointe
        adjunto 附件 ファイル""",
    "read_status": "status readstatus readingstatus lesestatus readstate statut estado stato lesestand 阅读状态 状态",
    "read": "read gelesen",
    "in_progress": "inprogress",
    "date_read": "dateread readdate readon gelesenam lu fechadelectura",
    "rights": "rights license",
    "shortTitle": "shorttitle titleshort kurztitel",
    "numPages": "numpages numberofpages pagetotal seitenzahl",
    "numberOfVolumes": "numberofvolumes",
    "seriesNumber": "seriesnumber collectionnumber",
    "number": "reportnumber patentnumber billnumber docketnumber documentnumber publiclawnumber episodenumber archiveid",
    "genre": "genre thesistype reporttype websitetype posttype lettertype manuscripttype maptype presentationtype",
    "medium": "medium interviewmedium artworkmedium videorecordingformat audiorecordingformat",
    "version": "version versionnumber",
    "authority": "authority court gericht juridiction tribunal tribunale rechtbank sąd суд 法院 裁判所 법원 legislativebody issuingauthority",
    "accessDate": "accessdate accessed urldate dateaccessed retrieved",
    "originalDate": "originaldate origdate",
    "eventPlace": "eventplace",
    "archive": "archive",
    "scale": "scale",
    "section": "section",
    "archiveLocation": "archivelocation locinarchive",
    "libraryCatalog": "librarycatalog",
    "callNumber": "callnumber",
    "dimensions": "dimensions runningtime artworksize",
}

OTHER: Final = (
    "rights", "shortTitle", "numPages", "numberOfVolumes", "seriesNumber", "number", "genre", "medium", "version",
    "authority", "accessDate", "originalDate", "eventPlace", "archive", "archiveLocation", "libraryCatalog",
    "callNumber", "dimensions", "scale", "section",
)  # fmt: skip
"""Fields without a column, kept with their provenance for the bibliography; called as in Zotero's schema and CSL."""

STRANGERS: Final = frozenset(
    "taxon taxonomy iucn genus servings ingredients cuisine preptime cooktime recipe calories".split()
)
"""Properties of things that have an author, a year and a source, and are no literature."""

GENERIC: Final = frozenset(
    """type source date title url status read in_progress read_status date_read abstract language bibliography
    collections zotero_tags pdf place series edition subtitle rights publisher parent_title category asin
    identifiers""".split()
) | frozenset(OTHER)  # fmt: skip
"""Slots whose keys stand in notes of any kind: they do not say that a note is about a work."""

DATE_OF_NOTE: Final = frozenset(("date", "datum", "fecha", "data", "日期"))
"""Keys that as often name the day of a note as that of a work."""

IDENTIFYING: Final = frozenset(("citekey", "zotero", "zotero_key", "doi", "isbn"))


@lru_cache(maxsize=2048)
def squeeze_key(key: str) -> str:
    """The form in which keys are compared."""
    return _DROP.sub("", unicodedata.normalize("NFKC", key).lower().replace("\u0307", ""))


def _plain(squeezed: str) -> str:
    """Without marks and a counting digit: `Título` as `titulo`, `author2` as `author`."""
    if squeezed.isascii():
        return squeezed.rstrip("0123456789")
    return "".join(c for c in unicodedata.normalize("NFD", squeezed) if not unicodedata.combining(c)).rstrip(
        "0123456789"
    )


_TABLE: Final = {squeeze_key(word): field for field, words in _FIELDS.items() for word in words.split()}
_TABLE.update({key: f"creator:{role}" for key, role in ROLES.items() if key not in _TABLE})
_PLAIN: Final = {_plain(key): field for key, field in reversed(_TABLE.items()) if len(key) > 3}


@lru_cache(maxsize=2048)
def field_of(key: str) -> str | None:
    """The field of a key by the built-in table, None when it is not bibliographic."""
    squeezed = squeeze_key(key)
    if not squeezed or len(squeezed) > 40:
        return None
    known = _TABLE.get(squeezed) or _role_field(squeezed) or _PLAIN.get(_plain(squeezed))
    return known or ("zotero" if squeezed.startswith("zotero") else None)


def _role_field(squeezed: str) -> str | None:
    """Z12: a leading `First` and a plural `s` fall away."""
    for prefix in ("first", "last", ""):
        if not squeezed.startswith(prefix):
            continue
        rest = squeezed[len(prefix) :]
        for word in (rest, rest.removesuffix("s")):
            field = _TABLE.get(word)
            if field is not None and field.startswith("creator:"):
                return field
    return None


class Keys:
    """The table with a user's own rows before it."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self.own = {squeeze_key(key): _own_field(field) for key, field in own.items()}

    def field(self, key: str) -> str | None:
        """The field of a key, None when it is not bibliographic."""
        if not self.own:
            return field_of(key)
        return self.own.get(squeeze_key(key)) or field_of(key)

    def is_own(self, key: str | None) -> bool:
        """Whether the user taught this key."""
        return bool(self.own) and key is not None and squeeze_key(key) in self.own


def _own_field(field: str) -> str:
    role = ROLES.get(squeeze_key(field))
    return f"creator:{role}" if role else field


FIELD_NAMES: Final = frozenset(_FIELDS) | frozenset(ROLES.values())
"""What a user may write on the right side of `[keys]`."""


@lru_cache(maxsize=4096)
def is_first(key: str) -> bool:
    """Whether a key says that each creator stands on a line of his own (layout A)."""
    squeezed = squeeze_key(key)
    return squeezed.startswith(("first", "last")) and field_of(key) is not None


@lru_cache(maxsize=4096)
def is_plural(key: str) -> bool:
    """Whether a key is the plural of a role: templates print such values as First Last."""
    squeezed = squeeze_key(key)
    return (
        squeezed.endswith("s")
        and field_of(squeezed.removesuffix("s")) == field_of(squeezed)
        and not squeezed.startswith("first")
    )
