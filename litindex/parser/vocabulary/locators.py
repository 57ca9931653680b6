"""Words that a place in a work begins with (pandoc's manual, "Citations"; the locator terms of CSL in several languages)."""

from __future__ import annotations

from typing import Final

_WORDS = """
p pp page pages ch chs chap chaps chapter chapters sec secs section sections § §§ ¶ ¶¶ para paras paragraph paragraphs par fig figs
figure figures vol vols volume volumes no nos number n nn note notes fn footnote l ll line lines col cols column columns bk bks book
books pt pts part parts v vv verse verses s.v s.vv art article op opus fol fols folio folios loc location locations table tab app
appendix eq equation rule canon S Seite Seiten Kap Kapitel Abschn Abschnitt Abb Bd Band Anm Nr Tz Rn Z Zeile Art Artikel
chapitre chapitres pág págs página páginas cap caps capítulo sección seção fig figura nota pagina pagine capitolo blz hoofdstuk s sid
sida kapitel с стр страница гл глава 页 第 頁 章
"""
LOCATOR_WORDS: Final = "|".join(
    rf"{word.replace('.', '[.]')}[.]?(?![^\W\d_])"
    for word in sorted(dict.fromkeys(_WORDS.split()), key=len, reverse=True)
)
"""As alternatives of a regular expression, each with its full stop and no letter behind it."""
