"""Words about highlights and comments, in the languages of the plugins and apps that write them."""

from __future__ import annotations

import re
from typing import Final

HEADINGS: Final = """annotations annotation highlights highlight annotationen annotation anmerkungen markierungen hervorhebungen
zitate quotes quotations citas citazioni citaten cytaty citáty цитаты цитати excerpts extraits 摘录 原文摘录 摘抄 引用文 인용문 인용 výpisky výpisy αποσπάσματα اقتباسات alıntılar idézetek lainaukset sitater citater anotações anotaciones annotazioni annotaties annoteringar annotationer annoteringer citações citations surlignages surlignements
subrayados destacados resaltados destaques grifos evidenziazioni sottolineature markeringen markeringar markeringer uthevinger
korostukset adnotacje podkreślenia wyróżnienia anotace zvýraznění аннотации выделения пометки анотації виділення vurgular
kiemelések επισημάνσεις 注释 标注 批注 高亮 高亮划线 划线 划线评论 註釋 標註 劃線 注釈 ハイライト 주석 하이라이트""".split()
"""What a heading over imported passages is called."""

HIGHLIGHTS: Final = """highlights? markierungen surlignages subrayados destaques evidenziazioni 高亮划线 划线 划线评论 ハイライト 하이라이트""".split()
"""Headings over lists of which each item is a passage."""

APPS: Final = (
    "calibre|kindle|kobo|koreader|boox|pocketbook|tolino|apple books|google play books|marginnote|readwise|hypothesis"
)
"""Apps for reading that a heading over imported passages names in brackets."""

LOCATIONS: Final = "location loc page position time seite página pagina pages?".split()
"""What a reading service prints before the place of a passage, as expressions."""

DATED: Final = frozenset(["updated", "created", "added", "highlighted"])
"""How the text of a link begins that only says when."""

_DETAILS: Final = {
    "comment": """comment comments kommentar kommentare kommentarer commentaire commentaires comentario comentarios comentário comentários
        commento commenti opmerking opmerkingen note notes annotation anmerkung notiz notizen nota notas remark remarks remarque thought
        thoughts gedanken memo komentarz komentář kommentti комментарий комментарии коментар заметка заметки примечание yorum megjegyzés
        poznámka poznámky notatka uwaga bemerkung anteckning notat notering jegyzet huomautus σχόλιο catatan notitie aantekening
        评论 注释 批注 批 评 笔记 想法 註釋 筆記 評論 コメント メモ 메모 코멘트 댓글 노트 주석""",
    "color": "hl-color color colour farbe couleur cor colore kleur färg farve kolor barva цвет колір renk 颜色 顏色 色 색 색상",
    "tags": "tag tags schlagwort schlagworte schlagwörter étiquettes etiquetas etiquette etichette теги 标签 標籤 タグ 태그",
    "page": "hl-page page pages seite página pagina pág sida side strona strana страница sayfa 页码 页 頁 ページ 쪽 페이지 location position loc",
    "text": "original-text 原文内容 highlight quote quotation text passage markierung zitat surlignage citation cita subrayado citação citazione citaat цитата 划线 高亮 原文 引用 하이라이트 인용",
    "skip": "ls-type hl-type hl-stamp chapter context kapitel chapitre capítulo capitolo chapter-title highlighted highlight-taken-on highlight-modified-on highlight-link created updated group type id",
}
DETAILS: Final = {word: slot for slot, words in _DETAILS.items() for word in words.split()}
"""What a labelled line says of the annotation that it stands in."""

COMMENT_SIGNS: Final = "💬💭🗨🗯✏📝🖊🖋✍"
"""What stands before what the reader says."""

_READER: Final = frozenset(
    "my mine own personal meine eigene mes mis minhas le i mie moje moji minä minun 我的 个人 and und et".split()
)


def is_readers(heading: str) -> bool:
    """Whether a heading stands over the reader's own words: `My notes`, `Own remarks`, `Gedanken`."""
    words = [word for word in re.findall(r"[^\W\d_]+", heading.casefold()) if word not in _READER]
    return bool(words) and all(DETAILS.get(word) == "comment" for word in words)


TYPES: Final = {
    "highlight": "highlight",
    "quote": "highlight",
    "underline": "underline",
    "note": "note",
    "comment": "note",
    "image": "image",
    "ink": "ink",
    "text": "text",
}
"""Zotero's kinds of annotation, by the words that plugins print."""

PAGES: Final = (
    "pp? page pages pg seiten? s página páginas pagina pág bls blz sivu side sida strona str strana стр с sayfa σελ σ ص"
)
"""What stands before a page number, as expressions."""

PLACES: Final = "loc location position pos emplacement posición posizione posição позиция"
"""What stands before a place in a book without pages, as expressions."""

NO_VALUE: Final = frozenset(["", "n/a", "nan", "null", "none", "undefined", "-"])
"""What is printed where there is no comment or page."""

LINK_TEXTS: Final = frozenset(
    """pdf epub link open page go to annotation zotero source view highlight in reader show öffnen ouvrir abrir apri открыть 打开 打開 回到原文 원문 열기 開く go-to
    online local snapshot attachment here see tweet view-in book""".split()
)
"""Words in the text of a link to a passage, which are no part of the passage."""
