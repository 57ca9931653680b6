"""`sync`: the only way to change an index. Crawl, plan, parse, upsert, resolve: one transaction, or nothing."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from litindex import __version__, crawler, db, schema, state
from litindex.errors import IndexFileError, VaultError
from litindex.lock import Lock
from litindex.models import Settings
from litindex.plan import Plan, make_plan
from litindex.racy import Racy
from litindex.report import Report
from litindex.settings import load_settings, reading_version, settings_json

Progress = Callable[[int, int], None]


def sync(
    vault: Path,
    index: Path,
    *,
    full: bool = False,
    jobs: int | None = None,
    wait: float = 0.0,
    follow_links: bool = False,
    allow_empty: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Makes the index at `index` equal to what a new one of `vault` would be, and reads only what changed.

    All or nothing: on any error, and on Ctrl-C, the index is as it was. VaultError, IndexFileError, IndexBusy,
    SettingsError.
    """
    with Indexer(
        vault, index, jobs=jobs, wait=wait, follow_links=follow_links, allow_empty=allow_empty, progress=progress
    ) as indexer:
        report = indexer.sync(full=full)
        indexer.count(report)
        return report


def vault_of(index: Path) -> Path:
    """The vault that the index was made of; IndexFileError when there is none yet."""
    with closing(db.open_readonly(index)) as connection:
        vault = state.load_meta(connection).get("vault")
    if not vault:
        raise IndexFileError(f"{index} does not know its vault yet: litindex build VAULT --db {index}")
    return Path(vault)


class Indexer:
    """Holds the lock and the one writing connection for as long as it is open (a context manager)."""

    def __init__(
        self,
        vault: Path,
        index: Path,
        *,
        jobs: int | None = None,
        wait: float = 0.0,
        follow_links: bool = False,
        allow_empty: bool = False,
        command: str = "build",
        progress: Progress | None = None,
    ) -> None:
        self._vault = vault
        self.index = index
        self._jobs = jobs
        self._follow_links = follow_links
        self._allow_empty = allow_empty
        self._progress = progress
        self._lock = Lock(index, command, wait)
        self._moved_aside = ""
        self._racy = Racy()

    def __enter__(self) -> Indexer:
        self.root = crawler.find_root(self._vault)
        _refuse_folder(self.index)
        self._lock.__enter__()
        try:
            self._open()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._db.close()
        finally:
            self._lock.release()

    def sync(self, hints: Iterable[str] | None = None, full: bool = False) -> Report:
        """One run. `hints`: vault paths whose content must be looked at whatever their times say.

        A damaged index is moved aside and made anew, once (FAULTS D12).
        """
        try:
            return self._sync(set(hints or ()), full)
        except sqlite3.Error as error:
            if not db.is_corrupt(error):
                raise db.translate(error, self.index) from error
        self._rebuild()
        try:
            return self._sync(set(), True)
        except sqlite3.Error as error:
            raise db.translate(error, self.index) from error

    def count(self, report: Report) -> None:
        """Fills in how many rows there are now; after a run that changed nothing only what costs nothing."""
        if report.committed:
            report.totals = state.totals(self._db)
        report.problems = state.problem_counts(self._db)

    # ------------------------------------------------------------------------------------------------ opening

    def _open(self) -> None:
        try:
            self._db = db.open_index(self.index)
            schema.migrate(self._db, self.index)
            meta = state.load_meta(self._db)
            self._check_vault(meta.get("vault"))
            self._racy = Racy.load(meta.get("racy"))
        except sqlite3.Error as error:
            if not db.is_corrupt(error):
                raise db.translate(error, self.index) from error
            self._rebuild()

    def _rebuild(self) -> None:
        self._db.close()
        self._moved_aside = str(db.move_aside(self.index))
        self._db = db.open_index(self.index)
        schema.migrate(self._db, self.index)
        self._racy = Racy()

    def _check_vault(self, known: str | None) -> None:
        if known and known != self.root.path:
            raise IndexFileError(
                f"{self.index} is the index of {known}, not of {self.root.path}:"
                " choose another file with --db, or delete it"
            )

    # ------------------------------------------------------------------------------------------------ one run

    def _sync(self, hints: set[str], full: bool) -> Report:
        start = time.perf_counter()
        report = Report(vault=self.root.path, index=str(self.index), rebuilt=self._moved_aside)
        meta = state.load_meta(self._db)
        settings = load_settings((Path(self.root.path), self.index.parent))
        wanted = {
            "vault": self.root.path,
            "reading_version": reading_version(settings),
            "settings": settings_json(settings),
            "follow_links": str(int(self._follow_links)),
        }
        report.full = full or meta.get("reading_version") != wanted["reading_version"]
        plan, found = self._look(hints, report.full)
        report.seconds["look"] = time.perf_counter() - start
        with _Transaction(self._db) as transaction:
            state.set_meta(self._db, {key: value for key, value in wanted.items() if meta.get(key) != value})
            self._carry_out(plan, found, settings, report)
            report.committed = transaction.has_written()
            if report.committed or not Racy.load(meta.get("racy")).is_cheap():
                self._sign()
        report.seconds["all"] = time.perf_counter() - start
        self._moved_aside = ""
        return report

    def _look(self, hints: set[str], full: bool) -> tuple[Plan, crawler.Crawl]:
        found = crawler.crawl(self.root, follow_links=self._follow_links)
        notes = state.known_notes(self._db)
        self._refuse_emptied(found, len(notes))
        again = self._racy.ids | {known.id for path in hints if (known := notes.get(path))}
        attachments = state.known_attachments(self._db)
        return make_plan(found.files, notes, attachments, unreadable=found.unreadable, again=again, full=full), found

    def _carry_out(self, plan: Plan, found: crawler.Crawl, settings: Settings, report: Report) -> None:
        """Imported here: a run that finds nothing to do pays for nothing."""
        from litindex.run import Run

        run = Run(self._db, self.root, settings, report, self._progress)
        run.carry_out(plan, found, full=report.full)
        self._racy = self._racy.after(run.racy, [old.id for old in plan.notes.gone], time.time_ns())
        report.racy = len(self._racy.ids)

    def _sign(self) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        values = {"racy": self._racy.dump(), "indexed_at": now, "litindex_version": __version__}
        state.set_meta(self._db, values)
        self._db.execute("PRAGMA optimize")

    def _refuse_emptied(self, found: crawler.Crawl, known: int) -> None:
        """A vault without a note, where there were some, is more often a disk that is not there than an emptied
        vault (W15, W16).
        """
        if not known or self._allow_empty or any(file.is_note for file in found.files):
            return
        if not crawler.has_marker(self.root):
            raise VaultError(
                f"{self.root.path} holds no notes, the index knows {known}:"
                " is its disk there? (--allow-empty if it was emptied)"
            )


class _Transaction:
    """BEGIN IMMEDIATE (FAULTS finding 14), then COMMIT, or ROLLBACK on any error and when nothing was written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def __enter__(self) -> _Transaction:
        self._db.execute("BEGIN IMMEDIATE")
        self._before = self._db.total_changes
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """SQLite may have rolled back by itself: a full disk does that (finding 15)."""
        if error is None and self.has_written():
            self._db.execute("COMMIT")
        elif self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def has_written(self) -> bool:
        return self._db.total_changes != self._before


def _refuse_folder(index: Path) -> None:
    if not index.absolute().parent.is_dir():
        raise IndexFileError(f"no such folder for the index: {index.absolute().parent}")
