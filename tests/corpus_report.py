"""What litindex makes of real vaults: `python -m tests.corpus_report [--misses] [NAME ...]` prints two tables.

The first says what each index holds and how long it took. The second is about the notes that carry a citekey, a Zotero
link or bibliographic front matter: how much of what their raw text names (`raw_signs`) is in the index.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from litindex.sync import indexer

from . import raw_signs

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"

COUNTS = """
SELECT (SELECT count(*) FROM notes WHERE excluded = 0), (SELECT count(*) FROM works), (SELECT count(*) FROM authors),
       (SELECT count(*) FROM links WHERE resolution IN ('note', 'attachment')),
       (SELECT count(*) FROM links WHERE resolution = 'unresolved'), (SELECT count(*) FROM problems)"""
WORKS = """
SELECT n.path, w.title, w.year, (SELECT count(*) FROM note_authors a WHERE a.note_id = n.id),
       (SELECT group_concat(value, ' ') FROM identifiers i WHERE i.note_id = n.id AND i.scheme = 'doi')
FROM notes n LEFT JOIN works w ON w.note_id = n.id WHERE n.excluded = 0 ORDER BY n.path"""


class Case(NamedTuple):
    """A literature note: what its text names, and what the index holds of it."""

    path: str
    signs: raw_signs.Signs
    title: str | None
    year: int | None
    creators: int
    dois: frozenset[str]


class Measure(NamedTuple):
    """A share: of the notes for which `asked` holds, those for which `met` does."""

    name: str
    asked: Callable[[Case], bool]
    met: Callable[[Case], bool]


MEASURES = (
    Measure("title", lambda case: True, lambda case: case.title is not None),
    Measure("creator", lambda case: case.signs.names_creator, lambda case: case.creators > 0),
    Measure("year", lambda case: bool(case.signs.years), lambda case: case.year in case.signs.years),
    Measure("doi", lambda case: bool(case.signs.dois), lambda case: case.signs.dois <= case.dois),
)


def main() -> int:
    """Prints both tables, and with --misses the notes that miss something; 1 when a vault could not be built."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus_report", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="only vaults whose folder's name contains it")
    parser.add_argument("--corpus", type=Path, default=CORPUS, metavar="DIR", help="a folder of vaults")
    parser.add_argument("--misses", action="store_true", help="list the notes that miss something, by vault")
    options = parser.parse_args()
    vaults = [vault for vault in vaults_in(options.corpus) if not options.names or _named(vault, options.names)]
    if not vaults:
        parser.error(f"no vaults in {options.corpus}")
    with tempfile.TemporaryDirectory() as folder:
        return _report(vaults, Path(folder), misses=options.misses)


def vaults_in(corpus: Path) -> list[Path]:
    return sorted(path for path in corpus.iterdir() if path.is_dir()) if corpus.is_dir() else []


def _named(vault: Path, names: Iterable[str]) -> bool:
    return any(name in vault.name for name in names)


def _report(vaults: list[Path], folder: Path, *, misses: bool) -> int:
    cases: dict[str, list[Case]] = {}
    failed = 0
    print(f"{'vault':40} {'notes':>6} {'works':>6} {'authors':>7} {'links':>6} {'unres.':>6} {'problems':>8} {'s':>6}")
    for vault in vaults:
        try:
            cases[vault.name] = _build(vault, folder / f"{vault.name}.db")
        except Exception as error:
            failed += 1
            print(f"{vault.name[:40]:40} {type(error).__name__}: {error}")
    _print_coverage(cases)
    if misses:
        _print_misses(cases)
    return 1 if failed else 0


def _build(vault: Path, index: Path) -> list[Case]:
    start = time.perf_counter()
    indexer.sync(vault, index)
    seconds = time.perf_counter() - start
    with closing(sqlite3.connect(index)) as db:
        notes, works, authors, resolved, unresolved, problems = db.execute(COUNTS).fetchone()
        line = f"{vault.name[:40]:40} {notes:6} {works:6} {authors:7} {resolved:6} {unresolved:6} {problems:8}"
        print(f"{line} {seconds:6.2f}", flush=True)
        return list(_cases(vault, db))


def _cases(vault: Path, db: sqlite3.Connection) -> Iterator[Case]:
    for path, title, year, creators, dois in db.execute(WORKS):
        file = vault / path
        if not file.exists():  # the name on disk is in another normal form
            continue
        signs = raw_signs.signs(file.stem, file.read_bytes().decode("utf-8-sig", "replace"))
        if signs is not None and signs.literature:
            yield Case(path, signs, title, year, creators, frozenset((dois or "").split()))


def _print_coverage(cases: dict[str, list[Case]]) -> None:
    names = " ".join(f"{measure.name:>17}" for measure in MEASURES)
    print(f"\n{'literature notes: met / asked':40} {'notes':>6} {names}")
    for vault, found in cases.items():
        if found:
            _print_shares(vault, found)
    _print_shares("all", [case for found in cases.values() for case in found])


def _print_shares(name: str, cases: list[Case]) -> None:
    shares = " ".join(_share(measure, cases) for measure in MEASURES)
    print(f"{name[:40]:40} {len(cases):6} {shares}")


def _share(measure: Measure, cases: list[Case]) -> str:
    asked = [case for case in cases if measure.asked(case)]
    met = sum(measure.met(case) for case in asked)
    return f"{met:4} /{len(asked):5} {met / len(asked):5.1%}" if asked else f"{'-':>17}"


def _print_misses(cases: dict[str, list[Case]]) -> None:
    for vault, found in cases.items():
        for measure in MEASURES:
            missed = [case for case in found if measure.asked(case) and not measure.met(case)]
            if missed:
                print(f"\n{vault}: {measure.name} missed by {len(missed)}")
                print("\n".join(f"  {case.path}{_detail(measure, case)}" for case in missed))


def _detail(measure: Measure, case: Case) -> str:
    if measure.name == "year":
        return f"  names {sorted(case.signs.years)}, has {case.year}"
    if measure.name == "doi":
        return f"  names {sorted(case.signs.dois - case.dois)}, has {sorted(case.dois)}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
