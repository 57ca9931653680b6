"""What the templates of a vault are, which notes they made, and what is read of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from litindex.index import database, known_files
from litindex.index.file.index_file import vault_of
from litindex.parser.templates.invert import Template, invert
from litindex.parser.templates.tree import Slot
from litindex.settings import load_settings
from litindex.sync.plan import Plan
from litindex.sync.templates import Templates, find_templates
from litindex.vault.root import find_root

MADE = """
SELECT DISTINCT note_id, key
FROM provenance
WHERE source = 'template'
"""


class Printed(NamedTuple):
    """A value that a template prints: the field that is read from it, and the line of the template."""

    field: str
    line: int


class Report(NamedTuple):
    """`path`: where the template stands; `notes`: how many it made; `unread`: lines whose values nobody can tell apart."""

    path: str
    notes: int
    printed: tuple[Printed, ...]
    unread: tuple[int, ...]


def report_templates(index: Path) -> list[Report]:
    """The templates that the index knows, as they are now. IndexFileError, VaultError, SettingsError."""
    root = find_root(vault_of(index))
    settings = load_settings((Path(root.path), index.parent))
    with closing(database.open_readonly(index)) as connection:
        try:
            meta, notes = known_files.load_meta(connection), _count_notes(connection)
        except sqlite3.Error as error:
            raise database.explain_reading(error, index) from error
    found = find_templates(root, settings.template_rules, meta, Plan(), Templates())
    return [
        Report(each.path, notes[each.path], tuple(dict.fromkeys(_printed(each))), each.unread)
        for each in invert(found.sources).templates
    ]


def _count_notes(connection: sqlite3.Connection) -> Counter[str]:
    made = {(note_id, key.rpartition(" line ")[0] or key) for note_id, key in connection.execute(MADE)}
    return Counter(path for _, path in made)


def _printed(template: Template) -> Iterator[Printed]:
    for prop in template.properties:
        if prop.slot is not None and prop.slot.field:
            yield Printed(prop.slot.field, prop.number)
    for line in template.lines:
        for part in (part for pattern in line.variants for part in pattern if isinstance(part, Slot)):
            if part.field:
                yield Printed("creator" if part.field.startswith("person:") else part.field, line.number)
