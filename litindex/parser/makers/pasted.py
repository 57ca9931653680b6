"""Apps whose passages are pasted as plain text: what begins and ends one of them, in the languages of the apps."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Layout(NamedTuple):
    """`sign` is looked for in the note; `head` begins a passage and holds its place, `end` ends it."""

    sign: str
    head: re.Pattern[str]
    end: re.Pattern[str]


KINDLE: Final = Layout(
    "==========",
    re.compile(
        r"-\s(?P<place>[^|｜\n]{1,80}\d[^|｜\n]{0,40}(?:[|｜][^|｜\n]{0,60}\d[^|｜\n]{0,20})?)[|｜][^|｜\n]*\d[^|｜\n]*$"
    ),
    re.compile(r"={10}\s*$"),
)
"""`My Clippings.txt`: `- Your Highlight on page 12 | Location 3-4 | Added on …`."""
BOOX: Final = Layout(
    "BOOX",
    re.compile(
        r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}\s*[|｜]\s*(?P<place>[^|｜\n]{1,30})$|(?:Time|时间|Zeit)\s?[:：]\s?\d{4}-\d{2}-\d{2}.*$"
    ),
    re.compile(r"-{10,}\s*$"),
)
"""`2023-04-11 20:14 | Page No.: 12`, then the passage and `【Note】…`."""
LAYOUTS: Final = (KINDLE, BOOX)

NOTES: Final = re.compile(r"\b(?:notes?|notiz|nota|notitie|anteckning|заметка)\b|笔记|筆記|メモ", re.I)
BOOKMARKS: Final = re.compile(
    r"\b(?:bookmark|lesezeichen|signet|marcador|segnalibro|bladwijzer|закладка)\b|书签|書籤|ブックマーク", re.I
)
"""What the head of a clipping says that is no highlight."""

EXCERPTS: Final = (
    "Excerpt From", "Auszug aus", "Extrait de", "Fragmento de", "Estratto da", "Passi di", "Trecho de", "Fragment uit", "Utdrag från",
    "摘录来自", "摘錄自", "抜粋",
)  # fmt: skip
"""How the lines begin that Apple Books adds to a text that is shared."""
EXCERPT_ENDS: Final = re.compile(
    r"books\.apple\.com/|itun\.es/|\b(?:Apple Books|iBooks)\b|by copyright|urheberrechtlich geschützt|droits d.auteur"
    r"|derechos de autor|da copyright|direitos autorais|auteursrecht|upphovsrätt|受版权保护|受版權保護|著作権"
)
"""What these lines hold."""

_BOOKS: Final = {
    # Kindle's `My Clippings.txt`: the book before each passage
    "\n==========": r"^\ufeff?(?P<title>\S[^\n]{0,300}?) \((?P<people>[^()\n]{2,200})\)\n- [^\n|]{4,80}\|[^\n]*\d",
    "BOOX ": r"^BOOX [^|\n]{3,40}\| ?<<(?P<title>[^<>\n]{2,300})>>(?P<people>[^\n]{2,200})$",
    # KOReader's own Markdown
    "\n_Generated at: ": r"^# (?P<title>[^\n]{2,300})\n#{5} (?P<people>[^\n]{2,200})\n",
    # what Apple Books adds when a passage is shared
    "\nhttps://books.apple.com/": r"^[^\n\d]{5,30}\n(?P<title>[^\n]{2,300})\n(?P<people>[^\n]{2,200})\nhttps://books\.apple\.com/\S+\n[^\n]",
}
BOOKS: Final = {sign: re.compile(head, re.M) for sign, head in _BOOKS.items()}
"""What names the book, its title and its people, under a sign that it comes with."""
