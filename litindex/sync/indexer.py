"""`sync`: the only way to change an index. One transaction, or nothing.

A run looks first: it lists the whole vault (`crawler`), or only the files that events named (`spot_check`). `plan` compares
what it found with what the index knows, by size, times and inode: new, changed, gone. A file that is gone and another that
is new with the same content, Zotero key or citekey is a note that moved, and keeps its rows' id (`moves`). What is new or
changed is read, hashed and parsed, in other processes when there is much of it (`reading`, `workers`); equal content is not
parsed again. Then, in the one transaction (`run`): gone notes are deleted, the rows of the others written (`upserter`), links
and citations pointed at their targets again where a change touches them (`resolver`), names shown as most notes spell them
(`canonical_names`), problems that no note has alone settled (`collisions`), and what changed is remembered (`history`).
Readers see the index before or after it. A file that was read in the same tick of the clock as it changed is looked at once
more in the next run (`racy_files`).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from litindex.errors import IndexFileError, VaultError
from litindex.history.record import carry_over
from litindex.index import database, known_files, schema
from litindex.index.file.index_file import IndexFile, refuse_place
from litindex.index.file.lock import Lock, Requests
from litindex.index.file.maintenance import LONGEST_JOURNAL_BYTES, empty_journal, merge_a_little, refuse_damage
from litindex.index.file.open_files import Doubt
from litindex.models import Settings, TemplateRules
from litindex.settings import load_settings, reading_rules
from litindex.sync.empty_vault import refuse_emptied
from litindex.sync.look import Look, has_other_problems, look_at, look_everywhere
from litindex.sync.pending_deletions import Absences
from litindex.sync.plan import is_bulk
from litindex.sync.racy_files import Racy
from litindex.sync.report import MANY_ROWS, Report
from litindex.sync.templates import Templates, find_templates, is_other
from litindex.vault import root as vault_root

if TYPE_CHECKING:
    from litindex.sync.run import Run
    from litindex.sync.workers import Reader

Progress = Callable[[int, int], None]

_MANY_NOTES = 10_000


def sync(
    vault: Path,
    index: Path,
    *,
    full: bool = False,
    jobs: int | None = None,
    wait: float = 0.0,
    follow_links: bool = False,
    allow_empty: bool = False,
    moved: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Makes the index at `index` equal to what a new one of `vault` would be, and reads only what changed. `moved`: it
    may be the index of another folder, whose notes are here now.

    All or nothing: on any error, and on Ctrl-C, the index is as it was. VaultError, IndexFileError, IndexBusy,
    SettingsError.
    """
    with Indexer(
        vault, index, jobs=jobs, wait=wait, follow_links=follow_links, allow_empty=allow_empty, moved=moved,
        progress=progress,
    ) as indexer:  # fmt: skip
        report = indexer.sync(full=full)
        indexer.count(report)
        return report


class Indexer:
    """Holds the lock and the one writing connection for as long as it is open (a context manager).

    `patience`: seconds that a file must have been missed for before its rows go (FAULTS W11); until then the report
    says that some are `held`. `follow_links`: None for what the index was made with.
    """

    def __init__(
        self,
        vault: Path,
        index: Path,
        *,
        jobs: int | None = None,
        wait: float = 0.0,
        follow_links: bool | None = False,
        allow_empty: bool = False,
        moved: bool = False,
        command: str = "build",
        patience: float = 0.0,
        progress: Progress | None = None,
    ) -> None:
        self._vault = vault
        self.index = index
        self._jobs = jobs
        self._reader: Reader | None = None
        self.follow_links = bool(follow_links)
        self._as_before = follow_links is None
        self._allow_empty = allow_empty
        self._moved = moved
        self._progress = progress
        self._lock = Lock(index, command, wait)
        self.journal_bytes = 0
        """How long the journal was at the last `tidy`."""
        self._file = IndexFile(index)
        self._is_same_root = True
        self._version: int | None = None
        """Of the index as the last run left it; None where it was opened since."""
        self._racy = Racy()
        self._racy_seen = False
        self._templates = Templates()
        self._absences = Absences(patience)

    def __enter__(self) -> Indexer:
        self.root = vault_root.find_root(self._vault)
        refuse_place(self.index, self.root)
        self._lock.__enter__()
        try:
            self._open()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def _leave(self) -> None:
        try:
            if self._reader:
                self._reader.close()
            self._file.close()
        finally:
            self._lock.release()

    def sync(
        self, hints: Mapping[str, bool] | None = None, *, walk: bool = True, full: bool = False, verify: bool = False
    ) -> Report:
        """One run. `hints`: vault paths whose content must be looked at whatever their times say, and whether the last
        event said that something is there. Without `walk` only these are looked at, where that can tell the truth: not
        in the first run, and not after index or vault turned out to be another one.
        `verify`: the content of every note is compared, `full`: every note is read again.

        A damaged index is rebuilt and moved aside (FAULTS D12), a deleted one is rebuilt (D13).
        """
        try:
            return self._sync_or_rebuild(hints or {}, walk, full, verify)
        except database.DOUBTFUL as error:
            raise database.translate(error, self.index) from error
        finally:
            if self._file.is_made_anew:
                self._file.close()
            self._file.remember()

    def _sync_or_rebuild(self, hints: Mapping[str, bool], walk: bool, full: bool, verify: bool) -> Report:
        try:
            if self._file.is_replaced():
                self._reopen()
                walk = True
            full |= self._is_doubtful()
            if not self._file.is_damaged:
                if full:
                    refuse_damage(self._db)
                return self._sync(hints, walk, full, verify)
        except database.DOUBTFUL as error:
            if self._file.is_made_anew or not database.is_damage(error):
                raise
        self._begin_anew()
        return self._sync({}, True, True, False)

    def _is_doubtful(self) -> bool:
        """Whether others were at the files of the index (FAULTS D12). What can be is saved into the one file, and that is
        reopened: nothing that was read before is believed.
        """
        doubt = self._file.doubt()
        if doubt is Doubt.BROKEN:
            self._file.mark_damaged()
        elif doubt is Doubt.TOUCHED and self._file.settle():
            self._reopen()
        return doubt is not Doubt.NONE

    def _reopen(self) -> None:
        self._file.close()
        self._open()

    def why_look_again(self) -> str:
        """What happened to the files of the index that the next run has to mend, or ''."""
        if self._file.is_replaced():
            return "the index went away"
        return "" if self._file.doubt() is Doubt.NONE else "another program wrote into the index, or its disk did"

    def requests(self) -> Requests:
        """What others asked of the holder of the lock."""
        return self._lock.requests()

    def find_root(self) -> None:
        """Looks for the vault again after it was missing. It may be another folder now, as after a restore; an index
        is given to one only when that holds a note the index knows.
        """
        root = vault_root.find_root(self._vault)
        if root.path != self.root.path:
            raise VaultError(f"the vault is at another place now: {root.path}, not {self.root.path}")
        self._is_same_root = self._is_same_root and root == self.root
        self.root = root

    def is_root_in_place(self) -> bool:
        """Whether the vault, as it was named, is still the folder that is open (FAULTS W15)."""
        try:
            return vault_root.find_root(self._vault) == self.root
        except VaultError:
            return False

    def interrupt(self) -> None:
        """Ends the statement that is running, from another thread; the run fails and leaves the index as it was."""
        self._file.interrupt()

    def tidy(self) -> bool:
        """Work that can wait for a quiet moment: a little of the full text's merging, a journal that grew too long.
        Returns whether there is more of it. What is found damaged the next run rebuilds.
        """
        try:
            self._empty_journal()
            return merge_a_little(self._db)
        except sqlite3.Error as error:
            if database.is_damage(error):
                self._file.mark_damaged()
            raise database.explain_reading(error, self.index) from error
        finally:
            self._file.remember()

    def _empty_journal(self, **longest: int) -> None:
        self.journal_bytes = empty_journal(self._db, self.index, **longest)
        self._file.remember(index=True)

    def count(self, report: Report) -> None:
        """Fills in how many rows there are now, except where counting would take longer than the run did: a small
        change in a large vault.
        """
        try:
            if report.committed and (report.rows_written > MANY_ROWS or report.unchanged < _MANY_NOTES):
                report.totals = known_files.totals(self._db)
            report.problems = known_files.problem_counts(self._db)
        except database.DOUBTFUL as error:
            raise database.explain_reading(error, self.index) from error

    @property
    def _db(self) -> sqlite3.Connection:
        return self._file.connection

    def _open(self) -> None:
        self._version = None
        if self._file.is_damaged:
            self._begin_anew()
            return
        try:
            self._file.open()
            meta = known_files.load_meta(self._db)
            self._check_vault(meta.get("vault"))
            if self._as_before and meta:
                self.follow_links = meta.get("follow_links") == "1"
            self._racy = Racy.load(meta.get("racy"))
        except database.DOUBTFUL as error:
            if not database.is_damage(error):
                raise database.translate(error, self.index) from error
            self._begin_anew()

    def _begin_anew(self) -> None:
        try:
            self._file.begin_anew()
        except sqlite3.Error as error:
            raise database.translate(error, self.index) from error
        carry_over(self.index, self._db)
        self._racy = Racy()

    def _check_vault(self, known: str | None) -> None:
        if known and known != self.root.path and not self._moved:
            raise IndexFileError(
                f"{self.index} is the index of {known}, not of {self.root.path}:"
                " choose another file with --db, or say --moved where the vault is there now"
            )

    def _sync(self, hints: Mapping[str, bool], walk: bool, full: bool, verify: bool) -> Report:
        start = time.perf_counter()
        report = Report(vault=self.root.path, index=str(self.index))
        is_migrated = schema.begin_migration(self._db, self.index)
        meta = known_files.load_meta(self._db)
        settings = load_settings((Path(self.root.path), self.index.parent))
        rules = reading_rules(settings)
        wanted = {"vault": self.root.path, **rules, "follow_links": str(int(self.follow_links))}
        wanted["history"] = "" if settings.history else "off"
        report.full = full or not rules.items() <= meta.items()
        look = self._look(hints, walk or verify or self._is_in_doubt(), report.full, verify)
        look = self._with_templates(look, settings.template_rules, meta, report)
        settings = replace(settings, templates=self._templates.sources)
        wanted |= self._templates.as_meta()
        report.walked = look.paths is None
        report.unreadable += look.found.unreadable
        report.seconds["look"] = time.perf_counter() - start
        news = {key: value for key, value in wanted.items() if meta.get(key, "") != value}
        if is_migrated or news or look.plan or has_other_problems(self._db, look) or not self._racy.is_cheap():
            self._write(look, settings, news, report)
        else:
            self._mark_racy(look, {})
        report.checked, report.racy, report.held = len(look.checked), len(self._racy.ids), len(self._absences)
        report.unchanged += look.plan.notes.unchanged
        report.seconds["all"] = time.perf_counter() - start
        if self._file.is_made_anew:
            report.rebuilt = str(self._file.accept() or "")
        self._is_same_root = True
        self._version = known_files.version(self._db)
        return report

    def _with_templates(self, look: Look, rules: TemplateRules, meta: Mapping[str, str], report: Report) -> Look:
        """Reads the vault's templates; the second look where the notes were read with others: all are to be read again."""
        self._templates = find_templates(self.root, rules, meta, look.plan, self._templates)
        if not report.full and is_other(self._templates, meta):
            report.full, look = True, self._look({}, True, True, False)
            self._templates = find_templates(self.root, rules, meta, look.plan, self._templates)
        return look

    def _is_in_doubt(self) -> bool:
        """Whether index or vault may be another one than the last run left: hints tell only a part of what changed."""
        return not self._is_same_root or known_files.version(self._db) != self._version

    def _look(self, hints: Mapping[str, bool], walk: bool, full: bool, verify: bool) -> Look:
        vault_root.check_root(self.root)
        look = None if walk or full else self._look_at(hints)
        if look is None:
            look = self._look_everywhere(hints, full, verify)
        vault_root.check_root(self.root)
        plan, now = look.plan, time.monotonic()
        gone = [*plan.notes.gone, *plan.attachments.gone]
        self._absences.note((old.path for old in gone), look.paths, now)
        for part in plan.notes, plan.attachments:
            part.held = self._absences.held(part.gone, now)
        return look

    def _look_everywhere(self, hints: Mapping[str, bool], full: bool, verify: bool) -> Look:
        self._racy_seen = True
        refuse = partial(refuse_emptied, self.root, is_same_root=self._is_same_root, knew_notes=self._file.is_instead)
        return look_everywhere(
            self._db, self.root, follow_links=self.follow_links, refuse=None if self._allow_empty else refuse, hints=hints,
            again=self._racy.ids, full=full, verify=verify,
        )  # fmt: skip

    def _look_at(self, hints: Mapping[str, bool]) -> Look | None:
        """Only the hinted files, and those that wait for a second look."""
        self._racy_seen = self._racy.is_due(time.time_ns())
        waiting = [*self._absences.paths, *(known_files.paths_of(self._db, self._racy.ids) if self._racy_seen else ())]
        return look_at(self._db, self.root, {**dict.fromkeys(waiting, False), **hints})

    def _write(self, look: Look, settings: Settings, news: dict[str, str], report: Report) -> None:
        """The one transaction. In bulk SQLite checks neither rows nor references, which would take a third of the time;
        what writes them is the code that is checked in every small run.
        """
        bulk = look.paths is None and is_bulk(look.plan)
        self._db.execute(f"PRAGMA foreign_keys = {'OFF' if bulk else 'ON'}")
        self._db.execute(f"PRAGMA ignore_check_constraints = {'ON' if bulk else 'OFF'}")
        racy = self._racy
        with database.Transaction(self._db) as transaction:
            known_files.set_meta(self._db, news)
            run = self._carry_out(look, settings, report, bulk)
            report.committed = transaction.has_written()
            if report.committed or (self._racy != racy and not racy.is_cheap()):
                run.sign(self._racy)
        self._empty_journal(longest=LONGEST_JOURNAL_BYTES)

    def _carry_out(self, look: Look, settings: Settings, report: Report, bulk: bool) -> Run:
        """Imported here: a run that finds nothing to do pays for nothing."""
        from litindex.sync.run import Run
        from litindex.sync.workers import Reader

        self._reader = self._reader or Reader(self._jobs)
        run = Run(
            self._db, self.root, settings, report, reader=self._reader, now=datetime.now(UTC), bulk=bulk,
            progress=self._progress,
        )  # fmt: skip
        run.carry_out(look.plan, look.found, full=report.full, paths=look.paths)
        for part in look.plan.notes, look.plan.attachments:
            self._absences.settle(old.path for old in part.gone if old.id not in part.held)
        self._absences.settle(old.path for old in look.plan.notes.gone if old.id in run.moved)
        self._mark_racy(look, run.racy)
        return run

    def _mark_racy(self, look: Look, read: dict[int, bool]) -> None:
        """`read`: notes that the run read too soon after a change -> whether their content was new."""
        marked = {note_id: False for note_id, too_soon in look.checked.items() if too_soon} | read
        gone = [old.id for old in look.plan.notes.gone]
        self._racy = self._racy.after(marked, gone, time.time_ns(), looked=self._racy_seen)
