"""The pages of the documentation, done as they are written. `python -m tests.pages [FILE]...` writes their outputs anew.

What a page holds is done in its order:

* a block `console` is a session: what follows `$ ` is typed, the lines below are what it prints, `~` being the folder;
* a block behind a line that ends in "`FILE`:" is that file;
* any other block `sql` is a question to the index of `sample_vault`, and has an answer.

A page that begins with building an index has a folder of its own, with `sample_vault` in it, and with the data of Zotero that
go with it where it names them (`Zotero`); all others share one folder, and the index in it.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import chdir, closing
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
VAULT = ROOT / "sample_vault"
INDEX = "litindex.db"

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_FILE = re.compile(r"`([^`\n]+)`:\n\n\Z")
_PROMPT = re.compile(r"^\$ ", re.M)
_UNSTEADY = (
    (re.compile(r"\b\d+(?:\.\d+)? (?:ms|s)\b"), "N s"),
    (re.compile(r"\b\d+\.\d{6,}(?:e-\d+)?"), "N"),
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?"), "TIME"),
    (re.compile(r"^(?:\d{4}-\d\d-\d\d$|  \d\d:\d\d(?=  ))", re.M), "TIME"),
)
_PROGRAMS = ("duckdb", "git", "pandoc", "sqlite3", "sqlite-utils")


class Block(NamedTuple):
    """A fenced block: its language, its text, the file that it is ('' for none), and where it stands in the page."""

    language: str
    text: str
    file: str
    span: tuple[int, int]

    @property
    def commands(self) -> list[tuple[str, str]]:
        """(command, output) of each `$ …` line, in order."""
        parts = [part.partition("\n") for part in _PROMPT.split(self.text)[1:]]
        return [(command, output) for command, _, output in parts]

    @property
    def is_session(self) -> bool:
        return self.language == "console"

    @property
    def is_question(self) -> bool:
        return self.language == "sql" and not self.file


def all_pages() -> list[Path]:
    return [README, *sorted(DOCS.glob("*.md"))]


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [_block(text, match) for match in _BLOCK.finditer(text)]


def _block(text: str, match: re.Match[str]) -> Block:
    file = _FILE.search(text[: match.start()])
    return Block(match[1], match[2], file[1] if file else "", match.span())


def begins_alone(page: Path) -> bool:
    """Whether the first session of the page makes an index: then it needs a folder of its own."""
    commands = [
        command for block in blocks(page.read_text("utf-8")) if block.is_session for command, _ in block.commands
    ]
    return bool(commands) and commands[0].startswith("litindex build")


def sandbox(folder: Path) -> Path:
    """A folder with the sample vault in it, as somebody has it who follows a page."""
    shutil.copytree(VAULT, folder / "sample_vault")
    return folder


def own_sandbox(page: Path, folder: Path) -> Path:
    """What a page has that begins alone."""
    if "--data-dir Zotero" in page.read_text("utf-8"):
        from tests.zotero_library import sample

        sample.write(folder / "Zotero", index=folder / ".made-of.db")
    return sandbox(folder)


def shared_sandbox(folder: Path) -> Path:
    """The same, with its index."""
    run(f"litindex build sample_vault --jobs 1 --db {INDEX}", sandbox(folder))
    return folder


def do(block: Block, folder: Path) -> str:
    """Do what the block says, in `folder`; its text as it is now, and as it was where only times and the like differ."""
    if block.file:
        (folder / block.file).parent.mkdir(parents=True, exist_ok=True)
        (folder / block.file).write_text(block.text, encoding="utf-8")
    if not block.is_session or block.file:
        return block.text
    return "".join(f"$ {command}\n{_done(command, output, folder)}" for command, output in block.commands)


def _done(command: str, shown: str, folder: Path) -> str:
    if lacks(command):
        return shown
    printed = run(command, folder).replace(str(folder), "~")
    return shown if steady(printed) == steady(shown) else printed


def lacks(command: str) -> bool:
    """Whether a program that the command needs is not on this machine."""
    words = set(re.findall(r"[\w-]+", command))
    needed = words & set(_PROGRAMS) | ({"pandoc"} if "cite" in words else set())
    lacking = any(shutil.which(program, path=_search_path()) is None for program in needed)
    return lacking or ("parquet" in words and importlib.util.find_spec("duckdb") is None)


def _search_path() -> str:
    """The programs of the environment that Python runs in go first."""
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def run(command: str, folder: Path) -> str:
    """What a person sees who types the command in `folder`: both streams, as they come."""
    environment = {"NO_COLOR": "1", "COLUMNS": "110", "LITINDEX_DATA": str(folder / ".data")}
    environment["LITINDEX_CONFIG"] = str(folder / ".config" / "litindex")
    if _needs_a_shell(command):
        return _run_in_a_shell(command, folder, environment)
    from litindex.cli import main

    words = shlex.split(command)[1:]
    alone = ["--jobs", "1"] if words[:1] == ["build"] else []  # to start a process takes longer than these few notes
    with chdir(folder):
        result = CliRunner(env={**environment, "LITINDEX_DB": None}).invoke(
            main, [*words, *alone], prog_name="litindex"
        )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def _needs_a_shell(command: str) -> bool:
    words = list(shlex.shlex(command, posix=True, punctuation_chars=True))
    return words[0] != "litindex" or any(set(word) <= set("|&;<>()") for word in words if word) or "$" in command


def _run_in_a_shell(command: str, folder: Path, more: Mapping[str, str]) -> str:
    environment = {**os.environ, **more, "PATH": _search_path()}
    environment.pop("LITINDEX_DB", None)
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        check=False,
    )  # fmt: skip
    return done.stdout


def steady(output: str) -> str:
    """The output without what differs from run to run."""
    for pattern, name in _UNSTEADY:
        output = pattern.sub(name, output)
    return output


def answers(sql: str, index: Path) -> list[tuple[object, ...]]:
    """The rows that a question of a page gets."""
    with closing(sqlite3.connect(index)) as connection:
        return connection.execute(sql).fetchall()


def renew(page: Path, folder: Path) -> None:
    """Do what the page says, and write the outputs into it."""
    text = page.read_text(encoding="utf-8")
    page.write_text("".join(_renewed(text, folder)), encoding="utf-8")


def _renewed(text: str, folder: Path) -> Iterator[str]:
    done = 0
    for block in blocks(text):
        yield text[done : block.span[0]]
        yield f"```{block.language}\n{do(block, folder)}```"
        done = block.span[1]
    yield text[done:]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        shared = Path(name) / "shared"
        shared.mkdir()
        shared_sandbox(shared)
        for at, page in enumerate(map(Path, sys.argv[1:] or all_pages())):
            own = Path(name) / str(at)
            own.mkdir()
            renew(page, own_sandbox(page, own) if begins_alone(page) else shared)


if __name__ == "__main__":
    main()
