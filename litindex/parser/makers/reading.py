"""Apps and services for reading that export highlights: how each is known, and how it parts one passage from the next.

The facts are each maker's default template, as published with its source.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Opening = Literal["item", "quote", "paragraph", "ruled", "labels", "heading", "pin", "cited", "linked", "signed"]


class Maker(NamedTuple):
    """`signs` are looked for in the note (front matter keys end with a colon), passages under a heading of `section`.

    A passage begins with each list item, quote or paragraph, after each rule (where all lines may have labels), under each heading, with a
    pin; or is what ends with a page (below the sign, up to a heading) or with the maker's link, or stands below that link, between rules.
    """

    name: str
    signs: tuple[str, ...]
    opening: Opening
    section: str = r"(?:new )?highlights?(?: (?:from|added)\b.*)?|new highlights.*"


MAKERS: Final = (
    Maker("Readwise Mirror", ("Number of Highlights: ==",), "ruled"),
    Maker("Readwise", ("![rw-book-cover]", "readwise.io/"), "item"),
    Maker("Kindle Highlights", ("kindle-sync:", "kindle://book?action=open"), "ruled"),
    Maker("KOReader Highlights Importer", ("highlightCount:",), "ruled"),
    Maker("KOReader", (" @ ",), "heading", r"page .{1,12} @ .*"),
    Maker("Calibre Highlights", ("calibre://view-book/", "calibre://show-book/"), "signed", ""),
    Maker("Apple Books", ("ibooks://assetid/",), "labels", r"annotations|highlights?"),
    Maker("Kobo Highlights Importer", ("timeSpentReading:", "dateLastRead:"), "paragraph"),
    Maker("Weread", ("weread-highlights-reviews", "📌"), "pin", ""),
    Maker("Hypothesis", ("hyp.is/", "via.hypothes.is/"), "item"),
    Maker("Omnivore", ("omnivore.app/",), "quote"),
    Maker("Instapaper", ("instapaper.com/read/",), "quote", ""),
    Maker("Glasp", ("glasp.co/",), "quote", r"highlights & notes|highlights?"),
    Maker("Raindrop Highlights", ("raindrop_id:", "raindrop_last_update:"), "quote"),
    Maker("Matter", ("getmatter.", "getmatterapp."), "item"),
    Maker("ZotFile", ("Extracted Annotations (",), "cited", ""),
    Maker("MarginNote", ("marginnote3app://note/", "marginnote4app://note/"), "linked", ""),
)  # fmt: skip
"""In the order in which they are tried: the more particular signs first."""

_IN_PROPERTIES: Final = (
    *tuple(sign for maker in MAKERS for sign in maker.signs if "/" in sign or "-" in sign or sign.endswith(":")),
    "annotation-target:",
)


def names_service(front: str) -> bool:
    """Whether a front matter names one of them, by a key or an address of its own."""
    return any(sign in front for sign in _IN_PROPERTIES)
