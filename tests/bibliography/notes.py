"""Notes out of items, by templates as people use them, and the way back: note -> index -> item."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from litindex.bibliography.item import Item
from litindex.index import database
from litindex.query.references import bibliography
from litindex.sync import indexer
from tests.bibliography.zotero_items import ZoteroItem


def items_of(notes: Mapping[str, str]) -> dict[str, Item]:
    """Name of the note -> its item, through an index of these notes."""
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        vault.mkdir()
        for name, text in notes.items():
            (vault / f"{name}.md").write_text(text, encoding="utf-8")
        index = Path(folder) / "index.db"
        indexer.sync(vault, index, jobs=1)
        connection = database.open_readonly(index)
        try:
            names = dict(connection.execute("SELECT id, name FROM notes"))
            keys = bibliography.keys(connection)
            found = bibliography.items(connection, keys)
        finally:
            connection.close()
    return {names[note_id]: item for note_id, item in zip(keys, found, strict=True)}


def item_of(text: str) -> Item:
    """The item of one note."""
    return items_of({"note": text})["note"]


def _by_role(item: ZoteroItem) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for role, name, _ in item.creators:
        roles.setdefault(role, []).append(name)
    return roles


def in_properties(item: ZoteroItem) -> str:
    """Front matter with Zotero's own names."""
    lines = ["---", f"citekey: {item.key}", f"itemType: {item.type}"]
    lines += [f'{name}: "{value}"' for name, value, _ in item.rows]
    for role, names in _by_role(item).items():
        lines += [f"{role}:", *(f'  - "{name}"' for name in names)]
    return "\n".join([*lines, "---", "", "# Notes", "", "Mine."])


def in_labels(item: ZoteroItem) -> str:
    """Bold labels in a list under the title."""
    lines = [f"# {item.rows[0][1]}", "", f"- **Citekey**: {item.key}", f"- **Item type**: {item.type}"]
    lines += [f"- **{_spaced(name)}**: {value}" for name, value, _ in item.rows[1:]]
    lines += [f"- **{_spaced(role)}**: {'; '.join(names)}" for role, names in _by_role(item).items()]
    return "\n".join([*lines, "", "## Notes", "", "Mine."])


def in_csl_json(item: ZoteroItem) -> str:
    """A code block with the item as CSL-JSON."""
    return f"# Mine\n\nWords.\n\n```json\n{json.dumps(item.csl(), ensure_ascii=False, indent=2)}\n```\n"


def _spaced(name: str) -> str:
    """journalAbbreviation -> Journal abbreviation"""
    return name if name.isupper() else re.sub(r"(?=[A-Z])", " ", name).capitalize()


def in_fields(item: ZoteroItem) -> str:
    """A callout of inline fields, a creator a line, as templates of Zotero Integration print them."""
    lines = [f"> Citekey:: {item.key}", f"> itemType:: {item.type}"]
    lines += [f"> {name}:: {value}" for name, value, _ in item.rows]
    lines += [f"> First{role[0].upper()}{role[1:]}:: {name}" for role, name, _ in item.creators]
    return "\n".join(["> [!info]- Metadata", *lines, "", "# Notes", "", "Mine."])
