"""One digest a table and vault: says whether a change of the code changed what indexes hold.

    python -m tests.digests --out before.txt            before the change
    python -m tests.digests --against before.txt        after it: which table of which vault differs (status 1)
    python -m tests.digests --code ../old --diff sample links     the first rows in which the two checkouts differ

The vaults are the sample, the gold vault, the note of each vector, and the real vaults beside the project, if any. What a
row means is digested, not how it is stored: no row ids, an id that refers to a row is replaced by what it refers to, no
times and no numbers of files, no full-text tables (`note_texts` and `annotations` hold their text). Indexes are built by
the command line of the checkout `--code` (this one unless told), so that code of another layout can be compared.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CORPUS = ROOT.parent / "shared" / "corpus"
QUICK = (
    "awkward-mix",
    "AhmedAquibAli+Research",
    "erazlogo+obsidian-history-vault",
    "HEmile+academic-obsidian",
    "kepano+kepano-obsidian",
    "martinlarsalbert+PHD_literature_review",
)
"""Real vaults of many shapes, quickly built."""

WORKERS = 2
SHOWN_ROWS = 10

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Digests = dict[tuple[str, str], str]
"""(vault, table) -> how many rows it has and their digest."""


class Vault(NamedTuple):
    """A vault to build; `vector` is the file of a vector whose notes are to be written into `folder` first."""

    name: str
    folder: Path
    vector: Path | None = None


# ------------------------------------------------------------------ what a row means

_NAMES = {
    "notes": ("path",),
    "attachments": ("path",),
    "tags": ("kind", "tag_key"),
    "authors": ("name_key",),
    "collections": ("path_key",),
    "field_keys": ("key",),
}
"""Tables whose rows have a name of their own; a row of any other is known by its note and its place there."""

_OF_THE_FILE = {"mtime_ns", "ctime_ns", "ino"}
_STAMP_SOURCES = {"created_source", "modified_source"}
_BOOKKEEPING = {"meta", "runs", "changes", "lost_texts"}
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def read_tables(index: Path) -> Tables:
    """The rows of each table of an index, as what they mean, in an order that depends on nothing else."""
    with closing(sqlite3.connect(f"{index.absolute().as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        tables = [name for (name,) in db.execute(_TABLES) if not _is_left_out(name)]
        names: dict[str, dict[Any, Any]] = {}
        return {table: _rows(db, table, names) for table in sorted(tables)}


def _is_left_out(table: str) -> bool:
    return "_fts" in table or table.startswith(("sqlite_", "_sqlite_")) or table in _BOOKKEEPING


def _rows(db: sqlite3.Connection, table: str, names: dict[str, dict[Any, Any]]) -> list[Row]:
    parents = _parents(db, table)
    key = "note_id" if _is_placed(db, table) else None
    found = []
    for raw in db.execute(f'SELECT * FROM "{table}"'):
        place = (_names(db, parents[key], names)[raw[key]], raw["id"]) if key else ()
        found.append((place, _meaning(db, dict(raw), parents, names)))
    found.sort(key=lambda each: each[0] or repr(each[1]))
    return [row for _, row in found]


def _meaning(db: sqlite3.Connection, row: Row, parents: dict[str, str], names: dict[str, dict[Any, Any]]) -> Row:
    for column, parent in parents.items():
        if row[column] is not None:
            row[column] = _names(db, parent, names)[row[column]]
    if "id" not in parents:
        row.pop("id", None)
    for column in _OF_THE_FILE & row.keys():
        del row[column]
    for source in _STAMP_SOURCES & row.keys():
        if row[source] == "file":  # as the first version said of a stamp that is not there
            row[source] = None
    return {column: value.hex() if isinstance(value, bytes) else value for column, value in row.items()}


def _parents(db: sqlite3.Connection, table: str) -> dict[str, str]:
    return {row["from"]: row["table"] for row in db.execute(f'PRAGMA foreign_key_list("{table}")')}


def _is_placed(db: sqlite3.Connection, table: str) -> bool:
    """Whether the order of its ids is the order in which each note says its rows."""
    columns = {row["name"]: row["notnull"] for row in db.execute(f'PRAGMA table_info("{table}")')}
    return "id" in columns and bool(columns.get("note_id")) and "note_id" in _parents(db, table)


def _names(db: sqlite3.Connection, table: str, names: dict[str, dict[Any, Any]]) -> dict[Any, Any]:
    """What each row of a table is called where another row refers to it."""
    if table not in names:
        names[table] = _make_names(db, table, names)
    return names[table]


def _make_names(db: sqlite3.Connection, table: str, names: dict[str, dict[Any, Any]]) -> dict[Any, Any]:
    if table == "files":
        return _names(db, "notes", names) | _names(db, "attachments", names)
    if table in _NAMES:
        columns = " || ':' || ".join(_NAMES[table])
        return dict(db.execute(f"SELECT id, {columns} FROM {table}").fetchall())
    notes = _names(db, "notes", names)
    if not _is_placed(db, table):  # one row a note
        return {note: notes[note] for (note,) in db.execute(f'SELECT note_id FROM "{table}"')}
    places: Counter[int] = Counter()
    found = {}
    for row_id, note in db.execute(f'SELECT id, note_id FROM "{table}" ORDER BY id'):
        found[row_id] = f"{notes[note]}#{places[note]}"
        places[note] += 1
    return found


def digest(rows: list[Row]) -> str:
    """How many rows, and 64 bits of what they say; the order of their columns has no part in it."""
    text = "\n".join(json.dumps(row, ensure_ascii=True, sort_keys=True) for row in rows)
    return f"{len(rows)} {hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


# ------------------------------------------------------------------ building, in processes of the code under test


class Builder:
    """A process that builds vaults with the code of one checkout, one after another."""

    def __init__(self, code: Path, folder: Path) -> None:
        self._folder = folder
        environment = os.environ | {"PYTHONPATH": str(code), "TZ": "UTC", "PYTHONUTF8": "1"}
        command = [sys.executable, "-P", __file__, "--worker"]
        self._process = subprocess.Popen(
            command, cwd=code, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, vault: Vault, table: str | None = None) -> dict[str, Any]:
        """The digest of each table, or the rows of one. RuntimeError says what went wrong."""
        if vault.vector:
            _write_vector(vault.vector, vault.folder)
        index = self._folder / f"{vault.name.replace('/', '_')}.db"
        question = {"vault": str(vault.folder), "index": str(index), "table": table}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "the process has ended"}')
        if "error" in answer:
            raise RuntimeError(f"{vault.name}: {answer['error']}")
        return dict(answer)

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def serve() -> None:
    """The life of a builder's process: a question a line, an answer a line."""
    from litindex.cli import main as litindex

    for line in sys.stdin:
        question = json.loads(line)
        index = Path(question["index"])
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                command = ["build", question["vault"], "--db", str(index), "--jobs", "1", "--quiet"]
                litindex(command, standalone_mode=False)
            tables = read_tables(index)
            table = question["table"]
            answer: Any = (
                {"rows": tables.get(table, [])}
                if table
                else {"digests": {name: digest(rows) for name, rows in tables.items()}}
            )
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        for file in index.parent.glob(f"{index.name}*"):
            file.unlink()
        print(json.dumps(answer), flush=True)


def _write_vector(file: Path, folder: Path) -> None:
    vector = json.loads(file.read_text("utf-8"))
    texts = {path: text.encode() for path, text in vector.get("vault", {}).items()}
    for path, data in {**texts, vector["path"]: file.with_suffix(".md").read_bytes()}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def make_digests(vaults: list[Vault], code: Path, folder: Path) -> Iterator[tuple[Vault, dict[str, str]]]:
    """The digests of each vault, in the order of `vaults`."""
    builders = [Builder(code, folder) for _ in range(min(WORKERS, len(vaults)))]
    free: SimpleQueue[Builder] = SimpleQueue()
    for builder in builders:
        free.put(builder)

    def build(vault: Vault) -> dict[str, str]:
        builder = free.get()
        try:
            return dict(builder.ask(vault)["digests"])
        finally:
            free.put(builder)

    try:
        with ThreadPoolExecutor(len(builders)) as pool:
            yield from zip(vaults, pool.map(build, vaults), strict=True)
    finally:
        for builder in builders:
            builder.close()


# ------------------------------------------------------------------ the command


def main() -> int:
    options = _options()
    if options.worker:
        serve()
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if options.diff:
            return _show_difference(*options.diff, options.code, Path(folder))
        vaults = _chosen(all_vaults(Path(folder)), options.vaults, quick=options.quick)
        if not vaults:
            sys.exit(f"no vault is called {' or '.join(options.vaults)}")
        found: Digests = {}
        for vault, digests in make_digests(vaults, options.code, Path(folder)):
            found |= {(vault.name, table): value for table, value in digests.items()}
            if not options.out and not options.against:
                print("".join(_lines({(vault.name, table): value for table, value in digests.items()})), end="")
    if options.out:
        options.out.write_text("".join(_lines(found)), "utf-8")
    return _compare(found, read_digests(options.against)) if options.against else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.digests", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("vaults", nargs="*", metavar="VAULT", help="a folder, or a part of the name: sample, vectors/")
    parser.add_argument("--quick", action="store_true", help="of the real vaults only six")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the digests there")
    parser.add_argument("--against", type=Path, metavar="FILE", help="say what differs from the digests there")
    parser.add_argument("--code", type=_checkout, default=ROOT, metavar="DIR", help="build with this checkout's code")
    parser.add_argument(
        "--diff", nargs=2, metavar=("VAULT", "TABLE"), help="rows in which --code differs from this checkout"
    )
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _checkout(text: str) -> Path:
    folder = Path(text).resolve()
    if not (folder / "litindex" / "__init__.py").is_file():
        raise argparse.ArgumentTypeError(f"{text} holds no checkout of litindex")
    return folder


def all_vaults(folder: Path) -> list[Vault]:
    """Every vault there is; those of the vectors are to be written below `folder`."""
    real = sorted(path for path in CORPUS.iterdir() if path.is_dir()) if CORPUS.is_dir() else []
    vectors = sorted((HERE / "vectors").glob("*.json"))
    return [
        Vault("sample", ROOT / "sample_vault"),
        Vault("gold", HERE / "gold" / "vault"),
        *(Vault(f"vectors/{file.stem}", folder / "vectors" / file.stem, file) for file in vectors),
        *(Vault(f"corpus/{path.name}", path) for path in real),
    ]


def _chosen(vaults: list[Vault], wanted: list[str], *, quick: bool) -> list[Vault]:
    if quick:
        vaults = [each for each in vaults if not each.name.startswith("corpus/") or each.folder.name in QUICK]
    if not wanted:
        return vaults
    folders = [Vault(text, Path(text).resolve()) for text in wanted if Path(text).is_dir()]
    return [each for each in vaults if any(text in each.name for text in wanted)] or folders


def _lines(digests: Digests) -> Iterator[str]:
    return (f"{vault}\t{table}\t{value}\n" for (vault, table), value in sorted(digests.items()))


def read_digests(file: Path) -> Digests:
    """What `--out` wrote."""
    lines = (line.rstrip("\n").split("\t") for line in file.read_text("utf-8").splitlines())
    return {(vault, table): value for vault, table, value in lines}


def _compare(found: Digests, before: Digests) -> int:
    vaults = {vault for vault, _ in found}
    differing = [line for key, line in _differences(found, before) if key[0] in vaults]
    print("\n".join(differing) if differing else f"{len(vaults)} vaults: every table as before")
    return 1 if differing else 0


def _differences(found: Digests, before: Digests) -> Iterator[tuple[tuple[str, str], str]]:
    for key in sorted(found.keys() | before.keys()):
        one, other = before.get(key), found.get(key)
        if one != other:
            yield key, f"{key[0]}\t{key[1]}\t{one or 'not there'} -> {other or 'not there'}"


def _show_difference(name: str, table: str, code: Path, folder: Path) -> int:
    """The first rows that only one of two checkouts makes: `-` those of --code, `+` ours."""
    vaults = _chosen(all_vaults(folder), [name], quick=False)
    vault = next((each for each in vaults if each.name == name), vaults[0] if vaults else None)
    if vault is None:
        sys.exit(f"no vault is called {name}")
    theirs, ours = (_table_of(vault, table, each, folder) for each in (code, ROOT))
    if theirs == ours:
        print(f"{vault.name}: {len(ours)} rows of {table} are the same")
        return 0
    print("\n".join(_row_differences(theirs, ours)))
    return 1


def _table_of(vault: Vault, table: str, code: Path, folder: Path) -> list[Row]:
    builder = Builder(code, folder)
    try:
        return list(builder.ask(vault, table)["rows"])
    finally:
        builder.close()


def _row_differences(theirs: list[Row], ours: list[Row]) -> Iterator[str]:
    """The first rows that only one side has, and how many there are."""
    lost, new = _only(theirs, ours), _only(ours, theirs)
    for sign, rows in ("-", lost), ("+", new):
        for row in islice(rows, SHOWN_ROWS):
            yield f"{sign} {json.dumps(row, ensure_ascii=False)}"
    yield f"({len(lost)} rows are gone, {len(new)} are new)"


def _only(rows: list[Row], others: list[Row]) -> list[Row]:
    rest = Counter(json.dumps(row, sort_keys=True) for row in others)
    found = []
    for row in rows:
        key = json.dumps(row, sort_keys=True)
        rest[key] -= 1
        if rest[key] < 0:
            found.append(row)
    return found


if __name__ == "__main__":
    sys.exit(main())
