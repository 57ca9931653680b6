"""Other programs on the same notes, as far as they are installed. What they extract is less; docs/performance.md."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from email.header import Header
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from tests.bench.bench import Bench
from tests.bench.processes import PYTHON, Command, Run, run
from tests.bench.table import Line, median, ratio, times_of, told

OBSIDIANTOOLS = """
import sys, pathlib, obsidiantools.api
obsidiantools.api.Vault(pathlib.Path(sys.argv[1])).connect().gather().get_note_metadata()
"""
MDDB = """
import {MarkdownDB} from '%s/dist/src/index.js';
const db = new MarkdownDB({client: 'sqlite3', connection: {filename: process.argv[2]}});
await db.init();
await db.indexFolder({folderPath: process.argv[1], ignorePatterns: [/\\.obsidian/, /\\.png$/, /\\.pdf$/]});
db._destroyDb();
"""
MDDB_FOLDER = "LITINDEX_BENCH_MDDB"
"""Names the folder node_modules/mddb of an `npm install mddb`."""


class Peer(NamedTuple):
    name: str
    does: str
    command: Command
    env: Mapping[str, str] = {}
    must: float | None = None
    """So many times as long as litindex it must take at least (the issue's table)."""
    is_slow: bool = False


def peers(bench: Bench) -> Iterator[Line]:
    """Full builds of litindex and each peer in turn; slow peers on the small vault. What a peer leaves behind where it
    runs goes with it.
    """
    for notes in bench.middle, bench.small:
        vault, scratch = bench.vault(notes).resolve(), bench.folder / "peer"
        for peer in _installed(vault, scratch):
            if peer.is_slow == (notes == bench.small):
                yield _compare(bench, notes, peer, scratch)


def _compare(bench: Bench, notes: int, peer: Peer, scratch: Path) -> Line:
    ours, theirs = [], []
    for _ in range(1 if peer.is_slow else bench.runs):
        _prepare(peer, bench.vault(notes), scratch)
        theirs.append(run(peer.command, {"HOME": str(scratch), **peer.env}, folder=scratch))
        ours.append(bench.build_anew(notes))
    shutil.rmtree(scratch)
    times = ratio(times_of(theirs), times_of(ours))
    base = f"{peer.name} ({peer.does}): {_speed(notes, theirs)}"
    must, reached = (f"≥ {peer.must:g}", times >= peer.must) if peer.must else ("", None)
    what = f"litindex ahead of {peer.name}, {notes:,} notes"
    return Line(what, _speed(notes, ours), base, times, must, reached)


def _speed(notes: int, runs: Sequence[Run]) -> str:
    return f"{told(runs)}, {notes / median(times_of(runs)):,.0f} notes/s"


def _installed(vault: Path, scratch: Path) -> Iterator[Peer]:
    for peer in _known(vault, scratch):
        if shutil.which(str(peer.command[0])):
            yield peer


def _known(vault: Path, scratch: Path) -> Iterator[Peer]:
    yield Peer("find", "names, times, sizes", ["find", vault, "-type", "f", "-printf", "%T@ %s %p\\n"])
    yield Peer("ripgrep", "lines with ::", ["rg", "--no-config", "-c", "::", vault])
    git: Command = ["git", "--git-dir", scratch / "git", "--work-tree", vault, "-c", "core.bare=false", "add", "-A"]
    yield Peer("git", "hashes, stores", git)
    env = {"NOTMUCH_CONFIG": str(scratch / "config")}
    yield Peer("notmuch", "full text, as mails", ["notmuch", "new", "--quiet", "--no-hooks"], env, must=3.5)
    if find_spec("obsidiantools"):
        yield Peer("obsidiantools", "front matter, links, text", [*PYTHON, OBSIDIANTOOLS, vault], is_slow=True)
    if folder := os.environ.get(MDDB_FOLDER):
        command: Command = [
            "node",
            "--input-type=module",
            "-e",
            MDDB % Path(folder).resolve(),
            vault,
            scratch / "mddb.db",
        ]
        yield Peer("mddb", "front matter, links, tags, tasks", command, must=18, is_slow=True)


def _prepare(peer: Peer, vault: Path, scratch: Path) -> None:
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    if peer.name == "git":
        run(["git", "init", "--quiet", "--bare", scratch / "git"])
    elif peer.name == "notmuch":
        _write_mails(vault, scratch / "mail")
        database = f"[database]\npath={scratch / 'mail'}\n[user]\nname=x\nprimary_email=x@example.org\n"
        (scratch / "config").write_text(f"{database}[new]\ntags=\nignore=\n[maildir]\nsynchronize_flags=false\n")


def _write_mails(vault: Path, folder: Path) -> None:
    """The same text as mails, the only thing that notmuch reads."""
    for part in "cur", "new", "tmp":
        (folder / part).mkdir(parents=True)
    for at, note in enumerate(sorted(vault.rglob("*.md"))):
        subject = Header(note.stem, "utf-8").encode()
        head = f"From: A <{at}@example.org>\nSubject: {subject}\nMessage-ID: <{at}@vault.example.org>\n"
        kind = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        text = note.read_text("utf-8")
        (folder / "cur" / f"{at:07d}.note:2,S").write_text(f"{head}Date: Mon, 1 Jan 2024 00:00:00 +0000\n{kind}{text}")
