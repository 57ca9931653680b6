"""What the page about templates shows is what happens. `python -m tests.test_templates_page` writes its outputs anew."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest

from . import readme

PAGE = readme.ROOT / "docs" / "templates.md"
TEXT = PAGE.read_text(encoding="utf-8")
STEPS = readme.steps(TEXT)
_FILE = re.compile(r"`(vault/[^`]+)`[^`]*```markdown\n(.*?)```", re.S)
COMMANDS = (
    "litindex build vault --quiet",
    "litindex templates",
    "litindex show --why adler2020",
    "litindex query \"SELECT own FROM note_texts WHERE own LIKE '%loud%'\"",
)


def write_files(folder: Path) -> Path:
    """The template and the note of the page."""
    for path, text in _FILE.findall(TEXT):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_files(tmp_path_factory.mktemp("templates"))


def test_the_page_shows_all_commands() -> None:
    assert tuple(command for command, _ in STEPS) == COMMANDS


@pytest.mark.parametrize(("command", "output"), STEPS, ids=[command[:60] for command, _ in STEPS])
def test_a_session_prints_what_the_page_shows(command: str, output: str, folder: Path) -> None:
    assert readme.steady(readme.run(command, folder)) == readme.steady(output)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        place = write_files(Path(name))
        session = "".join(f"$ {command}\n{readme.run(command, place)}" for command in COMMANDS)
    PAGE.write_text(re.sub(r"```console\n.*?```", lambda _: f"```console\n{session}```", TEXT, flags=re.S), "utf-8")
