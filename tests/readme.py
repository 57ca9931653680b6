"""The sessions of the README and of the documentation, run as they are written. `python -m tests.readme [FILE]...` writes
their outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from litindex.cli import main

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BIBLIOGRAPHY = ROOT / "docs" / "bibliography.md"
_BLOCK = re.compile(r"```console\n(.*?)```", re.S)
_FOR_A_SHELL = frozenset("|<>&;$~*`\\")
_SECONDS = re.compile(r"\b\d+\.\d+ s\b")


def steps(text: str) -> list[tuple[str, str]]:
    """(command, output) of every `$ …` line in the README's console blocks, in order."""
    found: list[tuple[str, str]] = []
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def run(command: str, folder: Path) -> str:
    """What a person sees who types the command in `folder` (the program's streams as they come).

    A plain call of litindex runs in this process, which saves its start; a shell runs everything else.
    """
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
        "COLUMNS": "110",
        "LITINDEX_DATA": str(folder / ".data"),
        "LITINDEX_DB": None,
    }
    if command.startswith("litindex") and not _FOR_A_SHELL & set(command):
        with chdir(folder):
            return CliRunner().invoke(main, shlex.split(command)[1:], prog_name="litindex", env=environment).output
    done = subprocess.run(
        command, shell=True, cwd=folder, env=_without_none({**os.environ, **environment}),
        text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    return done.stdout


def _without_none(environment: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if value is not None}


def steady(output: str) -> str:
    """The output without what differs from run to run."""
    return _SECONDS.sub("N s", output)


def sandbox(folder: Path) -> Path:
    """A folder with the sample vault in it, as the README's reader has it."""
    shutil.copytree(ROOT / "sample_vault", folder / "sample_vault")
    return folder


def renew(page: Path) -> None:
    """Runs every session of a page and writes the outputs into it."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = sandbox(Path(name))

        def renewed(block: re.Match[str]) -> str:
            commands = [part.partition("\n")[0] for part in re.split(r"^\$ ", block[1], flags=re.M)[1:]]
            return "```console\n" + "".join(f"$ {command}\n{run(command, folder)}" for command in commands) + "```"

        page.write_text(_BLOCK.sub(renewed, text), encoding="utf-8")


if __name__ == "__main__":
    for page in map(Path, sys.argv[1:] or [README, BIBLIOGRAPHY]):
        renew(page)
