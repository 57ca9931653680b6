"""What the variables of templates hold: Zotero Integration, Citations, ZotLit, BibNotes, mdnotes."""

from __future__ import annotations

from typing import Final

from litindex.parser.vocabulary.keys import field_of, squeeze_key

_FIELDS: Final[dict[str, str]] = {
    "creator:author": "authorstring authorfullname authorsfullname creatorsfullname",
    "citekey": "citekey citationkey",
    "zotero": "select desktopuri backlink zoteroselecturi locallibrary locallibrarylink",
    "zotero_key": "itemkey zoteroid",
    "container": "containertitle booktitle proceedingstitle encyclopediatitle dictionarytitle conferencename",
    "publisher": "institution university",
    "place": "publisherplace eventplace",
    "item_type": "itemtype",
    "bibliography": "bibliography",
    "abstract": "abstract abstractnote",
    "": """authorsshort authorlastname summary note notes extra tags hashtags alltags keywords collections attachments pdflink pdf
        pdfzoterolink file files filelink source type status read rights key uri topic subject name company network studio label
        location number no nr link paper reference citation cite""",
}
"""Field -> variables; the last row holds variables that print something else, or more than a line."""
_TABLE: Final = {variable: field for field, variables in _FIELDS.items() for variable in variables.split()}

STRONG: Final = frozenset(
    """citekey citationkey authorstring creators bibliography annotations abstractnote pdfzoterolink zoteroselecturi
    publicationtitle containertitle itemtype markdownnotes pdfattachments locallibrary backlink desktopuri pdfannotations
    usernotes importdate lastimportdate""".split()
)
"""Variables that nothing but a program for literature fills."""

PEOPLE: Final = frozenset("creators authors editors translators contributors".split())
"""Variables that hold people, of whom a template prints one after the other."""

PART_OF_NAME: Final = {
    "lastname": "family",
    "family": "family",
    "firstname": "given",
    "given": "given",
    "name": "name",
    "fullname": "whole",
    "literal": "name",
    "creatortype": "role",
    "type": "role",
    "role": "role",
}
"""What is printed of one of them."""


def variable_field(variable: str) -> str:
    """The field that a variable fills, '' where it fills none that is read."""
    key = squeeze_key(variable)
    return _TABLE[key] if key in _TABLE else (field_of(key) or "")


def is_known(variable: str) -> bool:
    """Whether this is the name of something that programs for literature print."""
    key = squeeze_key(variable)
    return key in STRONG or key in PEOPLE or (bool(key) and variable_field(key) != "") or key in _TABLE
