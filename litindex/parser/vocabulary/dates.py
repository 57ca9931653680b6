"""Words in dates, in the languages met."""

from __future__ import annotations

from typing import Final

_MONTH_NAMES: Final = """
january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec
januar jänner|februar|märz mär|april|mai|juni|juli|august|september|oktober okt|november|dezember dez
janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août|septembre|octobre|novembre|décembre déc
enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre|octubre|noviembre|diciembre dic
janeiro|fevereiro fev|março|abril|maio|junho|julho|agosto|setembro set|outubro out|novembro|dezembro dez
gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre|ottobre ott|novembre|dicembre
januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december
leden ledna|únor února|březen března|duben dubna|květen května|červen června|červenec července|srpen srpna|září|říjen října|listopad listopadu|prosinec prosince
январь января янв|февраль февраля фев|март марта мар|апрель апреля апр|май мая|июнь июня|июль июля|август августа авг|сентябрь сентября сен|октябрь октября окт|ноябрь ноября ноя|декабрь декабря дек
tammikuu tammikuuta|helmikuu helmikuuta|maaliskuu maaliskuuta|huhtikuu huhtikuuta|toukokuu toukokuuta|kesäkuu kesäkuuta|heinäkuu heinäkuuta|elokuu elokuuta|syyskuu syyskuuta|lokakuu lokakuuta|marraskuu marraskuuta|joulukuu joulukuuta
styczeń stycznia|luty lutego|marzec marca|kwiecień kwietnia|maj maja|czerwiec czerwca|lipiec lipca|sierpień sierpnia|wrzesień września|październik października|listopad listopada|grudzień grudnia
ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık
ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie
január|február|március|április|május|június|július|augusztus|szeptember|október|november|december
januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december
januar|februar|marts mars|april|maj mai|juni|juli|august|september|oktober|november|december desember
січень січня|лютий лютого|березень березня|квітень квітня|травень травня|червень червня|липень липня|серпень серпня|вересень вересня|жовтень жовтня|листопад листопада|грудень грудня
gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre
januari|februari pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember
ιανουάριος ιανουαρίου|φεβρουάριος φεβρουαρίου|μάρτιος μαρτίου|απρίλιος απριλίου|μάιος μαΐου|ιούνιος ιουνίου|ιούλιος ιουλίου|αύγουστος αυγούστου|σεπτέμβριος σεπτεμβρίου|οκτώβριος οκτωβρίου|νοέμβριος νοεμβρίου|δεκέμβριος δεκεμβρίου
يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر
"""
MONTHS: Final = {
    name: number
    for line in reversed(_MONTH_NAMES.strip().splitlines())
    for number, names in enumerate(line.split("|"), 1)
    for name in names.split()
}
"""Name of a month, case folded -> its number; where languages differ, the first line counts."""

SEASONS: Final = {
    word: number
    for number, words in enumerate(
        (
            "spring frühling frühjahr printemps primavera voorjaar lente wiosna jaro vår forår весна 春 春季",
            "summer sommer été verano verão estate zomer lato léto sommar лето 夏 夏季",
            "autumn fall herbst automne otoño outono autunno herfst jesień podzim höst efterår høst осень 秋 秋季",
            "winter hiver invierno inverno zima vinter зима 冬 冬季",
        ),
        1,
    )
    for word in words.split()
}
"""Season -> its number in CSL; EDTF adds 20."""

NO_DATE: Final = frozenset(
    """n.d.|n.d|nd|no date|undated|forthcoming|in press|inpress|in preparation|in prep.|submitted|accepted|to appear|s.d.|s.a.|s.f.|o.j.|o. j.
    |ohne jahr|sans date|sin fecha|im druck|im erscheinen|à paraître|sous presse|en prensa|no prelo|in stampa|in corso di stampa|?|–|—|-
    """.replace("\n    ", "").split("|")
)
"""What people write where there is no date, or none yet."""

CIRCA: Final = "c cop ca circa cca um vers około okolo около approx about etwa wohl hacia cerca before after vor nach copyright".split()
"""Words before a year that is not certain."""
BEFORE_CHRIST: Final = r"B\.?\s?C\.?(?:\s?E\.?)?|v\.\s?(?:Chr|u\.\s?Z)\.?|a\.\s?(?:C|J\.\s?-?C)\.?|av\.\s?J\.?\s?-?C\.?|до н\.\s?э\.|p\.\s?n\.\s?e\.|př\.\s?n\.\s?l\.|f\.\s?Kr\.?"
BEFORE_CHRIST_AHEAD: Final = "公元前|西元前|紀元前|기원전"
AFTER_CHRIST: Final = r"A\.?\s?D\.?|C\.?\s?E\.?|n\.\s?Chr\.?|d\.\s?C\.?|ap\.\s?J\.?\s?-?C\.?|н\.\s?э\."
"""Patterns of the marks of an era behind (or before) a year."""
