"""Runs a vector: builds its vault in a temporary folder, indexes it, compares the index with what is expected."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from litindex.sync import indexer
from tests import dump

from . import actual
from .compare import Difference, differences, row_differences

NEEDS_MARKDOWN_LINK = frozenset("|#[]\\\n\r")


def vector_files(folder: Path) -> list[Path]:
    """The `<id>.json` files of a folder of vectors, by id."""
    return sorted(folder.glob("*.json"))


def run(file: Path) -> list[Difference]:
    """All differences of one vector; a crash is a difference too, so that one vector cannot stop a run."""
    found: list[Difference] = []
    try:
        found.extend(_check(json.loads(file.read_text("utf-8")), file.with_suffix(".md").read_bytes()))
    except Exception as error:
        found.append(Difference("(run)", "no exception", _described(error)))
    return found


def _check(vector: dict[str, Any], note: bytes) -> Iterator[Difference]:
    yield from differences("sha256", vector["sha256"], hashlib.sha256(note).hexdigest())
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), vector["path"], {vector["path"]: note, **_encoded(vector.get("vault", {}))})
        trial.sync()
        for key, expected in vector["expect"].items():
            try:
                yield from trial.check(key, expected)
            except Exception as error:
                yield Difference(key, expected, _described(error))


class Trial:
    """A temporary vault and its index."""

    def __init__(self, folder: Path, path: str, files: dict[str, bytes]) -> None:
        self.folder, self.path, self.files = folder, path, files
        self.vault, self.index = folder / "vault", folder / "index.db"
        _write(self.vault, files)

    def sync(self) -> None:
        indexer.sync(self.vault, self.index, jobs=1, allow_empty=True)

    def check(self, key: str, expected: Any) -> Iterator[Difference]:
        if key == "sql":
            yield from self.query(expected)
        elif key == "steps":
            yield from self.steps(expected)
        elif key == "resolve":
            yield from self.resolve(expected)
        else:
            yield from differences(key, expected, self.read(key, expected))

    def read(self, key: str, expected: Any) -> object:
        with closing(_open(self.index)) as db:
            if key == "files":
                return actual.files(db, self.files)
            found = actual.read(db, key, self.path)
        if key == "zotero_refs" and None not in expected:
            return [ref for ref in found if ref is not None]  # type: ignore[attr-defined]
        return found

    def query(self, pairs: list[Any]) -> Iterator[Difference]:
        with closing(_open(self.index)) as db:
            for statement, rows in pairs:
                yield from row_differences(statement, rows, db.execute(statement).fetchall())

    def steps(self, steps: list[dict[str, Any]]) -> Iterator[Difference]:
        for number, step in enumerate(steps):
            _write(self.vault, _encoded(step.get("write", {})))
            for path in step.get("delete", ()):
                (self.vault / path).unlink()
            self.sync()
            for found in (*self.query(step.get("sql", [])), *self.against_fresh()):
                yield found._replace(path=f"steps[{number}] {found.path}")

    def against_fresh(self) -> Iterator[Difference]:
        """The rows in which an index kept up to date differs from one that is built now."""
        fresh = self.folder / "fresh.db"
        for file in self.folder.glob("fresh.db*"):
            file.unlink()
        indexer.sync(self.vault, fresh, jobs=1, allow_empty=True)
        for row in dump.differences(dump.dump(self.index), dump.dump(fresh)):
            yield Difference("incremental = fresh", "no difference", row)

    def resolve(self, triples: list[list[str | None]]) -> Iterator[Difference]:
        """Asks the resolver by a second vault of the same files, in which each source holds nothing but the links."""
        notes: dict[str, list[str]] = {}
        for source, target, _ in triples:
            notes.setdefault(str(source), []).append(_link_to(str(target)))
        asked = {source: "\n\n".join(links).encode() for source, links in notes.items()}
        trial = Trial(self.folder / "resolve", self.path, {**self.files, **asked})
        trial.sync()
        with closing(_open(trial.index)) as db:
            for source in notes:
                expected = [path for asker, _, path in triples if asker == source]
                links: Any = actual.read(db, "links", source)
                yield from differences(f"resolve {source}", expected, [link["resolved"] for link in links])


def _link_to(path: str) -> str:
    if not path:
        return "[[#here]]"
    if NEEDS_MARKDOWN_LINK & set(path) or path != path.strip():
        return f"[x](<{quote(path)}>)"
    return f"[[{path}]]"


def _encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}


def _write(vault: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        file = vault / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _open(index: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True)


def _described(error: BaseException) -> str:
    text = traceback.format_exception_only(error)[-1].strip()
    with suppress(IndexError):
        frame = traceback.extract_tb(error.__traceback__)[-1]
        text += f" ({Path(frame.filename).name}:{frame.lineno})"
    return text
