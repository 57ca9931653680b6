"""What the README shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from . import readme

TEXT = readme.README.read_text(encoding="utf-8")
STEPS = readme.steps(TEXT)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return readme.sandbox(tmp_path_factory.mktemp("readme"))


@pytest.mark.parametrize(("command", "output"), STEPS, ids=[command[:60] for command, _ in STEPS])
def test_a_session_prints_what_the_readme_shows(command: str, output: str, folder: Path) -> None:
    assert readme.steady(readme.run(command, folder)) == readme.steady(output)


def test_ci_runs_the_readmes_test_command_and_nothing_else() -> None:
    script = (readme.ROOT / ".ci" / "run").read_text(encoding="utf-8")
    command = next(line for line in TEXT.splitlines() if line.endswith("-m tests"))
    lines = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert lines == ["set -eu", 'cd "$(dirname "$0")/.."', command]


def test_every_command_that_the_readme_names_exists() -> None:
    from litindex.cli import main

    named = set(re.findall(r"\blitindex ([a-z][a-z-]+)\b(?! and| in | of| takes| or )", TEXT))
    known = set(main.list_commands(None))  # type: ignore[arg-type]
    assert {name for name in named if name in known} >= {
        "build",
        "watch",
        "status",
        "search",
        "show",
        "query",
        "serve",
        "service",
    }


def test_the_files_that_the_readme_links_to_exist() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert [target for target in links if not (readme.ROOT / target).exists()] == []


def test_nobody_is_told_to_install_the_package_that_has_our_short_name() -> None:
    """DECISIONS 27: `litindex` on the package index is somebody else's."""
    pages = [readme.README, *(readme.ROOT / "docs").glob("*.md"), *(readme.ROOT / "litindex").rglob("*.py")]
    told = re.compile(r"(?:pip3?|pipx|uv|uvx)\b[^\n]*\binstall\b[^\n]*[ '\"]litindex\b(?!/)")
    assert [page.name for page in pages if told.search(page.read_text(encoding="utf-8"))] == []
