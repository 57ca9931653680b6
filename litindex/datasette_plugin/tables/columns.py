"""Which columns of Datasette's tables a person is shown: a whole table leaves out those that only programs read. A chosen set
of columns (`?_col=`) is shown as chosen, and a row's own page shows everything.
"""

from __future__ import annotations

from typing import Any

FOR_PROGRAMS = {
    "works": (
        "note_id container date publisher place volume issue pages edition series language zotero_library zotero_key"
        " imported_at date_read pdf made_by csl_type date_raw citekey_key title_key bibliography abstract"
    ),
    "notes": (
        "id path path_key name name_key title_source excluded frontmatter_state created created_source modified_source"
        " day imported_at encoding eol has_bom line_count frontmatter_end"
    ),
    "annotations": (
        "id position type color heading page attachment_id image_link attachment_key annotation_key library grams"
        " imported_at line grams"
    ),
    "authors": "id name_key kind particle suffix family_key given_key initials",
    "tags": "id tag_key leaf depth",
    "tasks": "position parent heading start scheduled created line",
    "problems": "id note_id",
}


def is_shown(table: str, column: str, request: Any) -> bool:
    return bool(request.args.getlist("_col")) or column not in FOR_PROGRAMS.get(table, "").split()
