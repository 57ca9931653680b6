"""Other programs on the same three notes, each where it is installed; nothing is installed here.

LITINDEX_COMPARE    a folder with what was installed for this:
  obsidiantools/    a virtual environment with obsidiantools
  basic-memory/     a virtual environment with basic-memory (Python 3.12)
  mddb/             npm install mddb
  qmd/              npm install @tobilu/qmd
  dataview/         npm install yaml luxon parsimmon emoji-regex esbuild; `npm pack obsidian-dataview` unpacked in `package`;
                    `src/data-import/inline-field.ts` of Dataview's repository
notmuch, zk         on the PATH
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
Answers = dict[str, object]
"""Name of a note -> everything that a program says about it."""

OBSIDIANTOOLS = """
import json, pathlib, sys
import obsidiantools.api as api
vault = api.Vault(pathlib.Path(sys.argv[1])).connect().gather()
print(json.dumps({name: {
    "front matter": vault.get_front_matter(name), "tags": vault.get_tags(name),
    "links": vault.get_wikilinks(name), "text": vault.get_source_text(name)} for name in sys.argv[2:]}, default=str))
"""
MDDB = """
import {MarkdownDB} from '%s/dist/src/index.js';
const db = new MarkdownDB({client: 'sqlite3', connection: {filename: process.argv[2]}});
await db.init();
await db.indexFolder({folderPath: process.argv[1]});
db._destroyDb();
"""


class Peer(NamedTuple):
    name: str
    answers: Callable[[Path, Path, list[str]], Answers | None]
    """Vault, a folder to work in, names of notes. None: it is not installed here."""


def peers() -> Iterator[Peer]:
    yield Peer("litindex", _litindex)
    yield Peer("Dataview", _dataview)
    yield Peer("obsidiantools", _obsidiantools)
    yield Peer("MarkdownDB", _mddb)
    yield Peer("basic-memory", _basic_memory)
    yield Peer("qmd", _qmd)
    yield Peer("notmuch", _notmuch)
    yield Peer("zk", _zk)


def _installed(*parts: str) -> Path | None:
    home = os.environ.get("LITINDEX_COMPARE")
    place = Path(home, *parts) if home else None
    return place if place and place.exists() else None


def _run(*command: object, folder: Path, **environment: str) -> str:
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env={**os.environ, "HOME": str(folder), **environment}, encoding="utf-8",
        capture_output=True, check=False, timeout=600,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr[-400:]}")
    return done.stdout


def _litindex(vault: Path, folder: Path, names: list[str]) -> Answers:
    litindex = (sys.executable, "-m", "litindex")
    here = {"PYTHONPATH": str(HERE.parents[1])}
    _run(*litindex, "build", vault, "--db", folder / "l.db", "--quiet", folder=folder, **here)
    shown = {
        name: json.loads(_run(*litindex, "show", name, "--json", "--db", folder / "l.db", folder=folder, **here))
        for name in names
    }
    for answer in shown.values():  # own words come as one text, as they stand in the note
        answer["own"] = answer["own"].split("\n")
    return shown


def _dataview(vault: Path, folder: Path, names: list[str]) -> Answers | None:
    home = _installed("dataview")
    if home is None:
        return None
    shutil.copy(HERE / "dataview.mjs", home)
    (home / "obsidian.mjs").write_text("export {};\n")
    bundle = ("--bundle", "--platform=node", "--format=cjs", "--log-level=error", "--alias:obsidian=./obsidian.mjs")
    bundle += ("--alias:expression/parse=./package/lib/index.js", "--outfile=dataview.cjs")
    _run(home / "node_modules/.bin/esbuild", "dataview.mjs", *bundle, folder=home)
    paths = {str(path): path.stem for path in vault.rglob("*.md") if path.stem in names}
    told = json.loads(_run("node", "dataview.cjs", *paths, folder=home))
    return {paths[path]: answer for path, answer in told.items()}


def _obsidiantools(vault: Path, folder: Path, names: list[str]) -> Answers | None:
    home = _installed("obsidiantools", "bin", "python")
    return home and json.loads(_run(home, "-c", OBSIDIANTOOLS, vault, *names, folder=folder))


def _mddb(vault: Path, folder: Path, names: list[str]) -> Answers | None:
    home = _installed("mddb", "node_modules", "mddb")
    if home is None:
        return None
    _run("node", "--input-type=module", "-e", MDDB % home, vault, folder / "m.db", folder=folder)
    return _rows(folder / "m.db", "files", "file_path", names, {"file_tags": "file", "links": "from", "tasks": "file"})


def _basic_memory(vault: Path, folder: Path, names: list[str]) -> Answers | None:
    """On a copy: it writes a permalink into every note."""
    program = _installed("basic-memory", "bin", "basic-memory")
    if program is None:
        return None
    own = shutil.copytree(vault, folder / "basic-memory")  # the folder of its first project
    _run(program, "reindex", "--full", folder=folder)
    (database,) = folder.rglob("memory.db")
    answers = _rows(database, "entity", "file_path", names, {"observation": "entity_id", "relation": "from_id"})
    changed = sum(path.read_bytes() != (vault / path.relative_to(own)).read_bytes() for path in own.rglob("*.md"))
    print(f"basic-memory changed {changed} notes", file=sys.stderr)
    return answers


def _rows(database: Path, table: str, path: str, names: list[str], others: dict[str, str]) -> Answers:
    """The rows about each note, JSON in them read, with those of other tables that name its id."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        answers: Answers = {}
        for row in connection.execute(f"SELECT * FROM {table}"):
            name = Path(row[path]).stem
            if name in names:
                key = dict(row).get("_id", dict(row).get("id"))
                more = {
                    other: [
                        _read(each)
                        for each in connection.execute(f'SELECT * FROM {other} WHERE "{column}" = ?', (key,))
                    ]
                    for other, column in others.items()
                }
                answers[name] = {**_read(row), **more}
    return answers


def _read(row: sqlite3.Row) -> dict[str, Any]:
    return {key: _json(value) for key, value in dict(row).items()}


def _json(value: object) -> object:
    try:
        return json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value
    except ValueError:
        return value


def _qmd(vault: Path, folder: Path, names: list[str]) -> Answers | None:
    """Without its models, which it downloads: the words are indexed all the same."""
    program = _installed("qmd", "node_modules", ".bin", "qmd")
    if program is None:
        return None
    _run(program, "collection", "add", vault, "--name", "notes", folder=folder)
    return {name: json.loads(_run(program, "search", name, "--json", "--full", folder=folder)) for name in names}


def _notmuch(vault: Path, folder: Path, names: list[str]) -> Answers | None:
    """Notes as mails, the only thing that it reads."""
    if shutil.which("notmuch") is None:
        return None
    mails = folder / "mail"
    for part in ("cur", "new", "tmp"):
        (mails / part).mkdir(parents=True)
    for note in vault.rglob("*.md"):
        head = f"From: a@example.org\nSubject: {note.stem}\nMessage-ID: <{note.stem}@example.org>\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n"
        kind = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        if note.stem.isascii():
            (mails / "cur" / f"{note.stem}:2,S").write_text(head + kind + note.read_text("utf-8"), "utf-8")
    (folder / "config").write_text(
        f"[database]\npath={mails}\n[user]\nname=x\nprimary_email=x@example.org\n[new]\ntags=\nignore=\n"
    )
    notmuch = {"NOTMUCH_CONFIG": str(folder / "config")}
    _run("notmuch", "new", "--quiet", "--no-hooks", folder=folder, **notmuch)
    return {name: json.loads(_run("notmuch", "show", "--format=json", "--body=true", f"id:{name}@example.org", folder=folder, **notmuch))
            for name in names}  # fmt: skip


def _zk(vault: Path, folder: Path, names: list[str]) -> Answers | None:
    if shutil.which("zk") is None:
        return None
    own = shutil.copytree(vault, folder / "its-vault")
    _run("zk", "init", "--no-input", own, folder=folder)
    told = json.loads(_run("zk", "list", "--format", "json", "--quiet", folder=own))
    return {note["filenameStem"]: note for note in told if note["filenameStem"] in names}


def version_of(text: str) -> str:
    found = re.search(r"\d+(?:\.\d+)+", text)
    return found[0] if found else "?"
