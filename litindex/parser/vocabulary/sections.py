"""Headings and callouts by their names: which belong to the work, which to the reader, in the languages met."""

from __future__ import annotations

from typing import Final

SECTIONS: Final = frozenset(
    """metadata meta notes note annotations annotation abstract summary bibliography references reference highlights
    comments reading info information details citation overview introduction content contents zotero properties
    literaturenote notizen zusammenfassung resumen résumé anotações notas hauptgedanken 笔记 摘要 元数据 メモ""".split()
)
"""Names of sections: no title of a work."""

OWN_SUMMARIES: Final = frozenset("summary zusammenfassung resumen resumo riassunto samenvatting".split())
"""Headings that as often stand over the reader's own summary as over the abstract."""

OWN_CALLOUTS: Final = frozenset(
    """quote question faq help todo bug danger error warning caution attention fail failure missing synth synthesis""".split()
)
"""Types of callouts that hold the reader's words, quotations or questions."""

RECORD_CALLOUTS: Final = frozenset(
    """info md meta metadata properties property bib bibliography biblio link links authors author title infobox
    zotero source""".split()
)
"""Types of callouts that describe the work."""

REFERENCE_CALLOUTS: Final = frozenset("cite citation reference bibliography bib".split())
"""Types of callouts that hold the formatted reference."""

SMALL_BLOCKS: Final = frozenset("tags status toc links meta metadata".split())
"""Persist blocks of these names stand in the head of a note and hold no text of the user's."""
