"""Where the processors' time of a full build goes, and the index's space: what bounds them."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import frontmatter

from litindex.index import database, schema, upserter
from litindex.index.bulk_load import Bulk
from litindex.index.rows import Rows, make_rows
from litindex.models import Settings
from litindex.parser import parse_note
from litindex.vault import crawler, read_file
from litindex.vault import root as vault_root
from tests.bench.bench import Bench, refuse_failed
from tests.bench.processes import PYTHON, ROOT, run
from tests.bench.table import Line, seconds

SPACE = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name"
INDEXES = "SELECT name FROM sqlite_master WHERE type = 'index'"
OTHER = "LITINDEX_BENCH_OTHER"
COUNT = """
import collections, json, pathlib, sys
from litindex.parser import parse_note

folder, notes, calls = pathlib.Path(sys.argv[1]), collections.Counter(), collections.Counter()
for file in sorted(folder.rglob("*.md")):
    path, data = file.relative_to(folder).as_posix(), file.read_bytes()
    kind = parse_note(path, data).kind
    notes[kind] += 1
    sys.setprofile(lambda frame, event, _: calls.update([kind]) if event == "call" else None)
    note = parse_note(path, data)
    sys.setprofile(None)
    if any(problem.code == "parser-failed" for problem in note.problems):
        sys.exit(f"the parser failed on {path}")
print(json.dumps({kind: calls[kind] / notes[kind] for kind in sorted(notes)}))
"""
_BATCH = 50
_SHOWN = 8
_LOAD = "frontmatter.load"
_OF_SQLITE = ("write rows", "full text", "merge full text, make indexes", "commit")


def time_parts(bench: Bench) -> Iterator[Line]:
    """Processor time of a note in a full build by one process, part by part (without links and crawl), against a
    `frontmatter.load` of it. What SQLite does can't be shared out among processors: it bounds every build.
    """
    code = "import sys; from tests.bench.parts import measure; measure(*sys.argv[1:])"
    told = run([*PYTHON, code, bench.vault(bench.middle), bench.fresh_index()]).output
    parts = {part: float(spent) for part, spent in (line.split(": ") for line in told.splitlines())}
    load = parts.pop(_LOAD)
    sums = {"all of SQLite's": sum(parts[part] for part in _OF_SQLITE), "all": sum(parts.values())}
    base = f"{_LOAD}: {seconds(load)}"
    for part, spent in (parts | sums).items():
        yield Line(f"a note of {bench.middle:,}: {part}", seconds(spent), base, spent / load)


def calls(bench: Bench) -> Iterator[Line]:
    """What the parser does for a note, counted: what else runs on the machine has no part in it. `LITINDEX_BENCH_OTHER`
    names the checkout that is the base, if any. Nothing is counted of a compiled parser.
    """
    folder, other = bench.vault(bench.small), os.environ.get(OTHER)
    ours, base = _counted(ROOT, folder), _counted(Path(other), folder) if other else {}
    for kind, count in ours.items():
        before = base.get(kind)
        told, times = (f"{other}: {before:,.0f}", count / before) if before else ("", None)
        yield Line(f"calls of Python for a {kind} note of {bench.small:,}", f"{count:,.0f}", told, times)


def _counted(code: Path, folder: Path) -> dict[str, float]:
    told = run([*PYTHON, COUNT, folder.resolve()], folder=code).output
    return {kind: float(count) for kind, count in json.loads(told).items()}


def space_parts(bench: Bench) -> Iterator[Line]:
    """What takes the space in an index."""
    text = bench.text_bytes(bench.middle)
    with closing(sqlite3.connect(bench.index(bench.middle))) as connection:
        indexes = {name for (name,) in connection.execute(INDEXES)}
        space: Counter[str] = Counter()
        try:
            for name, size in connection.execute(SPACE):
                space["full text" if "_fts" in name else "indexes" if name in indexes else name] += size
        except sqlite3.OperationalError:
            return  # this SQLite was built without dbstat
    for name, size in space.most_common(_SHOWN):
        yield Line(f"space of {name}", f"{size / 2**20:.1f} MiB", "the text", size / text)


def measure(vault: str, index: str) -> None:
    """Runs in a process of its own; one line a part, seconds a note."""
    clock = Clock()
    root = vault_root.find_root(Path(vault))
    files = [file for file in crawler.crawl(root).files if file.is_note]
    with closing(database.open_index(Path(index))) as connection:
        schema.migrate(connection, Path(index))
        connection.executescript("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; BEGIN IMMEDIATE")
        with Bulk(connection):
            for at in range(0, len(files), _BATCH):
                rows: Rows = {}
                clock.start()
                for file in files[at : at + _BATCH]:
                    frontmatter.load(str(Path(vault, file.path)))
                clock.stop(_LOAD)
                for note_id, file in enumerate(files[at : at + _BATCH], at + 1):
                    clock.start()
                    file, data = read_file.read(root, file)
                    clock.stop("read")
                    note = parse_note(file.path, data, Settings())
                    clock.stop("parse")
                    refuse_failed([each.message for each in note.problems if each.code == "parser-failed"])
                    clock.start()
                    for table, more in make_rows(note_id, note, (*file[3:7], "", None)).items():
                        rows.setdefault(table, []).extend(more)
                    clock.stop("make rows")
                terms = {table: rows.pop(table) for table in upserter.TERMS if table in rows}
                clock.start()
                upserter.write_rows(connection, rows)
                clock.stop("write rows")
                upserter.write_rows(connection, terms)
                clock.stop("full text")
        clock.stop("merge full text, make indexes")
        connection.execute("COMMIT")
        clock.stop("commit")
    for part, spent in clock.parts.items():
        sys.stdout.write(f"{part}: {spent / len(files)}\n")


class Clock:
    """Adds up what is spent on each part."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = defaultdict(float)
        self.start()

    def start(self) -> None:
        self._since = time.process_time()

    def stop(self, part: str) -> None:
        before, self._since = self._since, time.process_time()
        self.parts[part] += self._since - before
