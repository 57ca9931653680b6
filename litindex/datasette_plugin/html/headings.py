"""What columns are called over a table, in a person's words. Pure."""

from __future__ import annotations

HEADINGS = {
    "author": "Person",
    "author_id": "Person",
    "cited_by": "Cited by",
    "citekey": "Citekey",
    "coauthor": "Wrote with",
    "coauthors": "Co-authors",
    "code": "Kind of problem",
    "color": "Colour",
    "color_name": "Colour",
    "completed": "Done",
    "completion": "Done on",
    "container": "Published in",
    "created_on": "Created",
    "creators": "Authors",
    "date_read": "Read on",
    "doi": "DOI",
    "first_author": "First author of",
    "first_place": "First author of",
    "first_year": "From",
    "found_by": "Tags",
    "from_path": "Note",
    "hex": "Colour code",
    "imported_at": "Imported",
    "item_type": "Type",
    "last_place": "Last author of",
    "last_year": "To",
    "linked_from": "Linked from",
    "modified": "Changed",
    "modified_on": "Changed",
    "mtime_ns": "Changed",
    "name": "Name",
    "note_id": "Note",
    "other": "The other",
    "other_works": "Their works",
    "own_word_count": "Own words",
    "own_words": "Own words",
    "page_label": "Page",
    "path": "Note",
    "pdf": "PDF",
    "place": "Place",
    "read_status": "Read",
    "target_path": "Leads to",
    "title": "Title",
    "uri": "In the document",
    "with_comment": "With a comment",
    "word_count": "Words",
    "written_tag": "As written",
    "zotero_key": "Zotero",
}
_ABBREVIATIONS = {"id": "number", "isbn": "ISBN", "url": "URL", "sha256": "SHA-256"}


def heading(column: str) -> str:
    """`Published in` for container; what is not listed as its words say it."""
    if column in HEADINGS:
        return HEADINGS[column]
    words = [_ABBREVIATIONS.get(word, word) for word in column.split("_") if word]
    text = " ".join(words) or column
    return text[:1].upper() + text[1:]
