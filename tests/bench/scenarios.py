"""What is measured: each scenario beside its base, run after run in turn."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.bench.bench import Bench
from tests.bench.processes import LITINDEX, PYTHON, Command, Run, litindex, peak_memory, run
from tests.bench.table import Line, cpus_of, median, ratio, seconds, times_of, told

FRONTMATTER_LOOP = """
import os, sys, frontmatter
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".md"):
            frontmatter.load(os.path.join(folder, name))
"""
MOST_LINKED = """
SELECT notes.path, count(*) FROM links JOIN notes ON notes.id = links.target_note_id
GROUP BY notes.id
ORDER BY 2 DESC
LIMIT 1
"""
OWN_LINKS = """
SELECT count(*) FROM links JOIN notes ON notes.id = links.note_id
WHERE path = ? AND scheme IS NULL
"""
A_NOTE = "SELECT path FROM notes WHERE kind = 'literature' ORDER BY path LIMIT 1 OFFSET 10"


def full_build(bench: Bench) -> Iterator[Line]:
    """Everything extracted and searchable, against a loop that only reads the front matter of the same notes."""
    vault = bench.vault(bench.middle)
    loop, ours = [], []
    for _ in range(bench.runs):
        loop.append(run([*PYTHON, FRONTMATTER_LOOP, vault]))
        ours.append(bench.build_anew(bench.middle))
    times = ratio(times_of(ours), times_of(loop))
    speed = f"{told(ours)}, {bench.middle / median(times_of(ours)):,.0f} notes/s"
    base = f"frontmatter.load loop: {told(loop)}"
    yield Line(f"full build, {bench.middle:,} notes", speed, base, times, "≤ 8", times <= 8)
    cpu = ratio(cpus_of(ours), cpus_of(loop))
    a_note = [spent / bench.middle for spent in cpus_of(ours)]
    yield Line(f"processor time of it, a note of {bench.middle:,}", seconds(median(a_note)), base, cpu)


def growth(bench: Bench) -> Iterator[Line]:
    """What a note costs in a large vault, against a fifth of it."""
    runs: dict[int, list[Run]] = {bench.middle: [], bench.large: []}
    for _ in range(bench.runs):
        for notes, each in runs.items():
            each.append(bench.build_anew(notes))
    times = ratio(times_of(runs[bench.large]), times_of(runs[bench.middle])) * bench.middle / bench.large
    ours, base = told(runs[bench.large]), f"{bench.middle:,} notes: {told(runs[bench.middle])}"
    what = f"full build, a note of {bench.large:,} against one of {bench.middle:,}"
    yield Line(what, ours, base, times, "≤ 1.1", times <= 1.1)


def unchanged(bench: Bench) -> Iterator[Line]:
    """Nothing changed, against `find` that prints times and sizes; the interpreter's start is taken off first."""
    for notes in bench.middle, bench.large:
        vault, index = bench.vault(notes), bench.index(notes)
        find, start, ours = [], [], []
        for _ in range(3 * bench.runs):
            find.append(run(["find", vault, "-type", "f", "-printf", "%T@ %s %p\\n"]))
            start.append(run([*PYTHON, "pass"]))
            ours.append(litindex("build", vault, "--db", index))
        times = ratio([one.seconds - other.seconds for one, other in zip(ours, start, strict=True)], times_of(find))
        base = f"find: {told(find)}, interpreter: {told(start)}"
        must, reached = ("≤ 2.4", times <= 2.4) if notes == bench.large else ("", None)
        yield Line(f"nothing changed, {notes:,} notes", told(ours), base, times, must, reached)


def one_edit(bench: Bench) -> Iterator[Line]:
    """One note changed, against nothing changed."""
    vault, index = bench.vault(bench.large), bench.index(bench.large)
    note = vault / ask(index, A_NOTE)[0]
    base, ours = [], []
    for at in range(3 * bench.runs):
        base.append(litindex("build", vault, "--db", index))
        with edited(note, f"\nA new line, number {at}.\n"):
            ours.append(litindex("build", vault, "--db", index))
        bench.index(bench.large)
    times = ratio(times_of(ours), times_of(base))
    what = f"one note changed, {bench.large:,} notes"
    yield Line(what, told(ours), f"nothing changed: {told(base)}", times, "≤ 1.3", times <= 1.3)


def folder_renamed(bench: Bench) -> Iterator[Line]:
    """A folder of a twenty-fifth of the notes, moved forth and back."""
    vault, index = bench.vault(bench.large), bench.index(bench.large)
    folder = min((vault / "Literature").iterdir(), key=lambda each: abs(_count(each) - bench.large // 25))
    base, ours, parsed = [], [], 0
    for _ in range(bench.runs):
        base.append(litindex("build", vault, "--db", index))
        with renamed(folder, folder.with_name("Elsewhere")):
            forth = run([*LITINDEX, "build", vault, "--db", index, "--json"])
        parsed += _parsed(forth.output)
        back = run([*LITINDEX, "build", vault, "--db", index, "--json"])
        parsed += _parsed(back.output)
        ours += [forth, back]
    what = f"folder of {_count(folder):,} notes renamed, {bench.large:,} notes"
    time = median(times_of(ours))
    times = time / median(times_of(base))
    reached = time <= 2 and not parsed
    unchanged = f"nothing changed: {told(base)}"
    yield Line(what, f"{told(ours)}, {parsed} notes parsed", unchanged, times, "≤ 2 s, 0 parsed", reached)


def links_to_one(bench: Bench) -> Iterator[Line]:
    """The note that most links point to, renamed."""
    vault, index = bench.vault(bench.large), bench.index(bench.large)
    path, links = ask(index, MOST_LINKED)
    note, base = vault / path, litindex("build", vault, "--db", index)
    (own,) = ask(index, OWN_LINKS, path)
    with renamed(note, note.with_name("Another name.md")):
        done = litindex("build", vault, "--db", index, "--json")
    report = json.loads(done.output)
    bench.build(bench.large, index)
    what = f"a note renamed that {links} links point to, {bench.large:,} notes"
    looked = report["links_resolved"]
    ours = f"{told([done])}, {looked} links looked at, {own} of them its own"
    unchanged = f"nothing changed: {told([base])}"
    yield Line(what, ours, unchanged, done.seconds / base.seconds, "only those", looked <= links + own)


def memory(bench: Bench) -> Iterator[Line]:
    """The most that all processes of a full build hold."""
    for notes in bench.middle, bench.large:
        peak = peak_memory([*LITINDEX, "build", bench.vault(notes), "--db", bench.fresh_index()])
        base = peak_memory([*PYTHON, "import time; time.sleep(0.2)"])
        must, reached = ("≤ 220 MiB", peak <= 220) if notes == bench.large else ("", None)
        yield Line(
            f"peak memory, {notes:,} notes",
            f"{peak:.0f} MiB",
            f"interpreter: {base:.0f} MiB",
            peak / base,
            must,
            reached,
        )


def size(bench: Bench) -> Iterator[Line]:
    """The index on the disk, against the text of the notes."""
    index, text = bench.index(bench.middle).stat().st_size, bench.text_bytes(bench.middle)
    ours, base = f"{index / 2**20:.0f} MiB", f"text: {text / 2**20:.0f} MiB"
    yield Line(f"size of the index, {bench.middle:,} notes", ours, base, index / text, "≤ 4.2", index / text <= 4.2)


def start(bench: Bench) -> Iterator[Line]:
    """Commands that are waited for."""
    index = bench.index(bench.large)
    asked: list[tuple[str, Command, float]] = [
        ("litindex --help", ["--help"], 0.12),
        ('litindex query "select 1"', ["query", "select 1", "--db", index], 0.15),
        ("litindex search water", ["search", "water", "--db", index], 0.2),
    ]
    for what, arguments, most in asked:
        base, ours = [], []
        for _ in range(5 * bench.runs):
            base.append(run([*PYTHON, "pass"], settle=False))
            ours.append(run([*LITINDEX, *arguments], settle=False))
        time, times = median(times_of(ours)), ratio(times_of(ours), times_of(base))
        yield Line(what, told(ours), f"interpreter: {told(base)}", times, f"≤ {seconds(most)}", time <= most)


def jobs(bench: Bench) -> Iterator[Line]:
    """From how many notes on a second process pays."""
    for notes in 50, 200, 1000:
        one: list[Run] = []
        two: list[Run] = []
        for _ in range(bench.runs):
            for runs, count in (one, "1"), (two, "2"):
                runs.append(bench.build_anew(notes, "--jobs", count))
        what, times = f"two reading processes, {notes:,} notes", ratio(times_of(two), times_of(one))
        yield Line(what, told(two), f"one: {told(one)}", times)


# ---------------------------------------------------------------------------------------------------------- helpers


def ask(index: Path, sql: str, *parameters: object) -> tuple[Any, ...]:
    """The first row."""
    with closing(sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True)) as connection:
        row: tuple[Any, ...] = connection.execute(sql, parameters).fetchone()
        return row


@contextmanager
def edited(note: Path, more: str) -> Iterator[None]:
    before, content = note.stat(), note.read_bytes()
    note.write_bytes(content + more.encode())
    try:
        yield
    finally:
        note.write_bytes(content)
        os.utime(note, ns=(before.st_atime_ns, before.st_mtime_ns))


@contextmanager
def renamed(place: Path, other: Path) -> Iterator[None]:
    place.rename(other)
    try:
        yield
    finally:
        other.rename(place)


def _count(folder: Path) -> int:
    return sum(1 for _ in folder.glob("*.md"))


def _parsed(report: str) -> int:
    return int(json.loads(report)["parsed"])
