"""The manual pages say what `--help` says."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from litindex.cli import main
from litindex.cli.commands import COMMANDS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("man") / "man1"
    assert CliRunner().invoke(main, ["man", str(made)]).exit_code == 0
    return made


def text(page: Path) -> str:
    """Without what is roff's."""
    return re.sub(r"\\f[BP]|\\&", "", page.read_text("utf-8")).replace("\\-", "-").replace("\\e", "\\")


def test_each_command_has_a_page(folder: Path) -> None:
    assert {file.stem for file in folder.iterdir()} == {"litindex", *(f"litindex-{name}" for name in COMMANDS)}
    assert all(f"litindex-{name}(1)" in text(folder / "litindex.1") for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_has_every_option_and_paragraph_of_the_help(folder: Path, name: str) -> None:
    page = text(folder / f"litindex-{name}.1")
    command = main.get_command(click.Context(main), name)
    assert command
    context = click.Context(command, info_name=name, parent=click.Context(main, info_name="litindex"))
    records = [each.get_help_record(context) for each in command.params if isinstance(each, click.Option)]
    assert all(f"{option}\n{meaning}\n" in page for option, meaning in filter(None, records))
    assert all(line.strip() in page for line in (command.help or "").replace("\b", "").splitlines())


def test_no_text_is_taken_for_a_request(folder: Path) -> None:
    requests = {
        line.split()[0]
        for file in folder.iterdir()
        for line in file.read_text("utf-8").splitlines()
        if line[:1] in ".'"
    }
    assert requests == {".TH", ".SH", ".PP", ".TP", ".nf", ".fi"}


@pytest.mark.process
@pytest.mark.skipif(not shutil.which("man"), reason="no man here")
def test_man_shows_it(folder: Path) -> None:
    shown = subprocess.run(
        ["man", "-P", "cat", str(folder / "litindex-open.1")], capture_output=True, text=True, check=True
    )
    assert "litindex open Literature/okafor2021.md:31 --in editor" in shown.stdout
