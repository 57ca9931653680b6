"""What Datasette is started with: one configuration that both of its generations read, and the options of each.

Datasette 0.65 takes everything from `--metadata` but the settings, which are options; 1.0 takes titles and descriptions
from `--metadata`, the rest from `--config`, and may be given the same file for both.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from litindex.query.named import NamedQuery

SETTINGS: dict[str, int | str] = {
    "allow_download": "off",  # an index holds every word of the vault
    "default_cache_ttl": 0,  # it changes while one looks
    "default_page_size": 50,
    "facet_time_limit_ms": 1000,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 3000,
    "suggest_facets": "off",  # costs more than the page itself: 0.7 s with 50,000 notes
    "truncate_cells_html": 300,
}
HIDDEN = (
    "aliases", "annotation_tags", "attachments", "blocks", "callouts", "changes", "field_keys", "files", "footnotes",
    "headings", "identifiers", "imported_texts", "lost_texts", "meta", "note_authors", "note_collections", "note_tags", "note_texts",
    "persist_blocks", "provenance", "runs", "zotero_notes", "_sqlite_migrations",
)  # fmt: skip
"""What a researcher meets on other pages, or never."""

TABLES: dict[str, dict[str, Any]] = {
    "works": {
        "title": "Works",
        "label_column": "title",
        "sort_desc": "year",
        "facets": ["read_status", "year", {"names": "tags"}, {"names": "creators"}],
        "facet_size": 12,
        "fts_table": "notes_fts",
        "fts_pk": "note_id",
    },
    "notes": {
        "title": "Notes",
        "label_column": "title",
        "sort_desc": "modified",
        "facets": ["kind", "folder"],
        "facet_size": 12,
        "fts_table": "notes_fts",
        "fts_pk": "id",
    },
    "note_texts": {"fts_table": "notes_fts", "fts_pk": "note_id"},
    "annotations": {"title": "Highlights", "label_column": "text", "facets": ["color_name"], "facet_size": 12},
    "authors": {"title": "People", "label_column": "name", "sort": "name_key"},
    "tags": {"title": "Tags", "label_column": "name", "sort": "tag_key"},
    "tasks": {"title": "Tasks", "label_column": "text", "facets": ["completed"]},
    "collections": {"title": "Collections", "label_column": "name"},
    "problems": {"title": "Problems", "facets": ["severity", "code"], "facet_size": 12},
}


def configuration(databases: Mapping[str, Mapping[str, NamedQuery]]) -> dict[str, Any]:
    """Everything Datasette should know of indexes: what it calls each (`database_names`) -> its named queries."""
    settings = {name: value == "on" if value in ("on", "off") else value for name, value in SETTINGS.items()}
    tables = {name: dict(options) for name, options in TABLES.items()}
    for name in HIDDEN:
        tables.setdefault(name, {})["hidden"] = True
    return {
        "title": "litindex",
        "settings": settings,
        "databases": {name: _database(tables, named) for name, named in databases.items()},
    }


def database_names(indexes: Iterable[Path]) -> list[str]:
    """What Datasette calls files: each by its name without the ending, with a number where that is taken."""
    names: list[str] = []
    for index in indexes:
        free = (index.stem if number == 1 else f"{index.stem}_{number}" for number in itertools.count(1))
        names.append(next(name for name in free if name not in names))
    return names


def _database(tables: Mapping[str, Any], named: Mapping[str, NamedQuery]) -> dict[str, Any]:
    return {
        "description": "Made from the notes of a vault: what you change there changes here.",
        "tables": tables,
        "queries": {name: _stored(query) for name, query in named.items()},
    }


def _stored(query: NamedQuery) -> dict[str, Any]:
    stored: dict[str, Any] = {"title": query.title, "sql": _without_head(query.sql), "hide_sql": True}
    if query.parameters:
        stored["params"] = [parameter.name for parameter in query.parameters]
    if about := describe(query):
        stored["description"] = about
    return stored


def _without_head(sql: str) -> str:
    """The query without its first comment lines, which Datasette shows as title and description."""
    return re.sub(r"\A(?:--[^\n]*\n)+", "", sql.lstrip("\ufeff"))


FILL_IN = " Fill in "


def describe(query: NamedQuery) -> str:
    """The sentence of the query, and what those of its parameters mean that do not say it by their name."""
    meanings = [f"{each.name}: {each.meaning}" for each in query.parameters if each.meaning and each.name != "limit"]
    return f"{query.description}{FILL_IN}{'; '.join(meanings)}." if meanings else query.description


def to_yaml(config: Mapping[str, Any]) -> str:
    """The configuration as people write it: SQL as it stands, keys in our order."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)

    Dumper.add_representer(str, text)
    return yaml.dump(config, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120)


def arguments(
    indexes: Sequence[Path], config: Path, port: int, version: str, *, open_browser: bool = False
) -> list[str]:
    """The command line of `datasette serve` in that version: on this machine only, on the live file.

    Never `-i` (immutable): beside a running `litindex watch` it would answer "database disk image is malformed".
    """
    options = ["serve", *map(str, indexes), "--host", "127.0.0.1", "--port", str(port), "--metadata", str(config)]
    options += _settings(version, config)
    return [*options, "--open"] if open_browser else options


def _settings(version: str, config: Path) -> Sequence[str]:
    if int(version.split(".")[0]) >= 1:
        return ["--config", str(config)]
    return [part for name, value in SETTINGS.items() for part in ("--setting", name, str(value))]
