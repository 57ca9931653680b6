"""Small vaults for tests, and questions to their indexes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from litindex.sync import indexer
from litindex.sync.report import Report

LITERATURE = """---
citekey: {citekey}
tags: [{tag}]
---
> [!info]
> **FirstAuthor**:: {author}
> **Title**:: {title}
> **ZoteroItemKey**:: {zotero}

{body}
"""


HIGHLIGHT = """
> [!quote|#ffd400] [Page 3](zotero://open-pdf/library/items/PDFKEY23?page=3&annotation=ANNKEY22)
> a passage
> #idea/New
"""


def literature(
    citekey: str,
    *,
    tag: str = "read",
    author: str = "Adler, Mira",
    title: str = "On bells",
    zotero: str = "",
    body: str = "",
) -> str:
    return LITERATURE.format(citekey=citekey, tag=tag, author=author, title=title, zotero=zotero, body=body)


class Vault:
    """A vault at `path` and its index beside it."""

    def __init__(self, folder: Path, files: dict[str, str | bytes] | None = None) -> None:
        self.path, self.index = folder / "vault", folder / "index.db"
        self.path.mkdir()
        for path, content in (files or {}).items():
            self.write(path, content)

    def write(self, path: str, content: str | bytes = "") -> Path:
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def move(self, old: str, new: str) -> None:
        (self.path / new).parent.mkdir(parents=True, exist_ok=True)
        (self.path / old).rename(self.path / new)

    def sync(self, **options: Any) -> Report:
        return indexer.sync(self.path, self.index, **{"jobs": 1, **options})

    def ask(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """By a connection of its own, as a stranger would."""
        with closing(sqlite3.connect(f"{self.index.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, parameters).fetchall()

    def column(self, sql: str, *parameters: object) -> list[Any]:
        return [row[0] for row in self.ask(sql, *parameters)]

    def problems(self) -> set[tuple[str, str]]:
        return {(path, code) for path, code in self.ask("SELECT path, code FROM problems")}
