"""Promise 1: whatever the history of edits, renames and aborted runs, the index equals one built from scratch, row for row."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from litindex.sync import indexer, plan
from tests.dump import differences, dump, unlike_fresh

# Few names and many links between them: most edits then touch what another note hangs on.
FOLDERS = ["", "lit/", "lit/deep/", "x/"]
NAMES = ["@adler20.md", "a.md", "A.md", "b.md", "é.md", "idea.excalidraw.md"]
PATHS = st.builds(lambda folder, name: folder + name, st.sampled_from(FOLDERS), st.sampled_from([*NAMES, *NAMES[:4]]))

FRONT = [
    "",
    "---\ncitekey: adler20\n---\n",
    "---\ncitekey: Bose21\ntags: [Area/Sub, read]\naliases: [Alias]\n---\n",
    "---\ntags: area/sub\nrelated: '[[a#Aims]]'\n---\n",
    "---\ncitekey: adler20\nauthor: [Adler Mira]\n---\n",
]
INFO = "> [!info]\n> **FirstAuthor**:: {}\n> **Title**:: On graphs\n> **DOI**:: 10.1234/x\n\n"
PEOPLE = ["Adler, Mira", "ADLER, Mira", "van der Berg, Jo", "Van Der Berg, Jo"]
PARTS = [
    "# Aims\n",
    "## Sub\n",
    "text ^b1\n",
    "#AREA/sub/leaf\n",
    "#read #Read\n",
    "- [ ] do it #task\n",
    "rating:: 4\n",
]
HIGHLIGHT = (
    "> [!quote] [Page 3](zotero://open-pdf/library/items/PDFKEY23?page=3&annotation=ANNKEY22)\n> passage\n> #Read\n\n"
)
PARTS += [HIGHLIGHT, "Topic:: [[b]]\n", "漢字テスト\n", *(INFO.format(name) for name in PEOPLE)]
LINKS = [
    "[[a]]",
    "[[A#Aims]]",
    "[[b#^b1]]",
    "[[lit/a#Aims#Sub]]",
    "[[é]]",
    "[[../x/b]]",
    "[[./a|shown]]",
    "![[plot.png]]",
]
LINKS += ["[@adler20; @bose21]", "[[@adler20]]", "[t](lit/b.md#Aims)", "[[#Aims]]", "[[b]]"]
TEXTS = st.builds(
    lambda front, parts, links: front + "".join(parts) + "\n".join(links),
    st.sampled_from(FRONT),
    st.lists(st.sampled_from(PARTS), max_size=4),
    st.lists(st.sampled_from(LINKS), max_size=4),
)


class Abort(Exception):
    """What a run meets in its middle."""


class Vault(RuleBasedStateMachine):
    """Edits a vault, syncs now and then, and compares with an index that was made note by note."""

    bulk_from = plan.BULK

    @initialize(notes=st.dictionaries(PATHS, TEXTS, min_size=1, max_size=6))
    def start(self, notes: dict[str, str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="litindex-test-"))
        self.vault, self.index = self.folder / "vault", self.folder / "index.db"
        self.vault.mkdir()
        (self.vault / ".obsidian").mkdir()
        self.write_all(notes)
        self.sync()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.sync_and_compare()
            shutil.rmtree(self.folder)

    def files(self) -> list[Path]:
        return sorted(path for path in self.vault.rglob("*") if path.is_file())

    def pick(self, at: int) -> Path:
        files = self.files()
        return files[at % len(files)]

    # ------------------------------------------------------------------------------------------------ what people do

    @rule(path=PATHS, text=TEXTS)
    def write(self, path: str, text: str) -> None:
        file = self.vault / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    @rule(folder=st.sampled_from(FOLDERS), exists=st.booleans())
    def attach(self, folder: str, exists: bool) -> None:
        file = self.vault / folder / "plot.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        if exists:
            file.write_bytes(b"png")
        else:
            file.unlink(missing_ok=True)

    def write_all(self, notes: dict[str, str]) -> None:
        for path, text in notes.items():
            self.write(path, text)

    @rule(notes=st.dictionaries(PATHS, TEXTS, min_size=1, max_size=6))
    def replace_all(self, notes: dict[str, str]) -> None:
        for file in self.files():
            file.unlink()
        self.write_all(notes)

    @precondition(lambda self: self.files())
    @rule(at=st.integers(0, 50), text=TEXTS)
    def edit(self, at: int, text: str) -> None:
        self.pick(at).write_text(text, "utf-8")

    @precondition(lambda self: self.files())
    @rule(at=st.integers(0, 50))
    def edit_and_restore_time(self, at: int) -> None:
        file = self.pick(at)
        before = file.stat()
        file.write_bytes(file.read_bytes().swapcase())
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    @precondition(lambda self: self.files())
    @rule(at=st.integers(0, 50), path=PATHS)
    def rename(self, at: int, path: str) -> None:
        target = self.vault / path
        target.parent.mkdir(parents=True, exist_ok=True)
        self.pick(at).replace(target)

    @precondition(lambda self: len(self.files()) > 1)
    @rule(at=st.integers(0, 50), other=st.integers(0, 50))
    def swap(self, at: int, other: int) -> None:
        one, two = self.pick(at), self.pick(other)
        if one != two:
            spare = self.folder / "spare"
            one.replace(spare)
            two.replace(one)
            spare.replace(two)

    @rule(source=st.sampled_from(FOLDERS[1:]), to=st.sampled_from(["moved", "lit2", "x", "lit"]))
    def move_folder(self, source: str, to: str) -> None:
        old, new = self.vault / source, self.vault / to
        if old.is_dir() and not new.exists():
            old.rename(new)

    @precondition(lambda self: self.files())
    @rule(at=st.integers(0, 50))
    def delete(self, at: int) -> None:
        self.pick(at).unlink()

    @rule(excluded=st.sampled_from(["[]", '["lit/"]', '["/^x/"]']))
    def exclude(self, excluded: str) -> None:
        (self.vault / ".obsidian" / "app.json").write_text(f'{{"userIgnoreFilters": {excluded}}}')

    # ------------------------------------------------------------------------------------------------ what litindex does

    @rule()
    def sync(self) -> None:
        with bulk_from(self.bulk_from):
            report = indexer.sync(self.vault, self.index, jobs=1)
        assert not report.rebuilt  # an error of ours would be taken for damage, and mended in silence

    @rule(after=st.integers(1, 4), kind=st.sampled_from([Abort, KeyboardInterrupt]))
    def sync_aborted(self, after: int, kind: type[BaseException]) -> None:
        before = dump(self.index) if self.index.exists() else None
        try:
            with bulk_from(self.bulk_from):
                indexer.sync(self.vault, self.index, jobs=1, progress=failing(after, kind))
        except kind:
            if before is not None:
                assert not differences(dump(self.index), before)

    @rule(full=st.booleans())
    def sync_and_compare(self, full: bool = False) -> None:
        with bulk_from(self.bulk_from):
            assert not indexer.sync(self.vault, self.index, jobs=1, full=full).rebuilt
        found = unlike_fresh(self.vault, self.index)
        assert not found, "\n".join(found[:20])
        report = indexer.sync(self.vault, self.index, jobs=1)
        assert (report.committed, report.read, report.rows_written) == (False, 0, 0)


@contextmanager
def bulk_from(count: int) -> Iterator[None]:
    """Small vaults take the way of large ones: runs that read so many notes are in bulk."""
    before, plan.BULK = plan.BULK, count
    try:
        yield
    finally:
        plan.BULK = before


def failing(after: int, kind: type[BaseException]) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if done >= after:
            raise kind

    return progress


EXAMPLES = settings().max_examples
"""Of the profile: each kind of history gets its share."""
SETTINGS = settings(
    max_examples=EXAMPLES * 4 // 5,
    stateful_step_count=20,
    suppress_health_check=list(HealthCheck),
    phases=set(Phase) - {Phase.shrink, Phase.explain},  # they take minutes; add them to read a failure
)


class AlwaysBulk(Vault):
    """Each run that reads most of the vault is in bulk, as with hundreds of notes."""

    bulk_from = 1


class SometimesBulk(Vault):
    """Some runs are in bulk and some are not; the vault begins with enough notes for one that is."""

    bulk_from = 10

    @initialize(notes=st.dictionaries(PATHS, TEXTS, min_size=10, max_size=14))
    def start(self, notes: dict[str, str]) -> None:
        super().start(notes)


TestVault = Vault.TestCase
TestVault.settings = SETTINGS
TestAlwaysBulk = AlwaysBulk.TestCase
TestAlwaysBulk.settings = settings(SETTINGS, max_examples=EXAMPLES * 2 // 5)
TestSometimesBulk = SometimesBulk.TestCase
TestSometimesBulk.settings = settings(SETTINGS, max_examples=EXAMPLES * 2 // 5)
