"""What the pages of the documentation say is what happens."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from litindex.cli import main
from tests import pages

PAGES = pages.all_pages()
COMMAND = re.compile(r"(?:^|\$ |&& |\| |; )(?:\.venv/bin/)?litindex ([a-z][a-z-]+)\b([^\n|;&<>#]*)", re.M)
SHELLS = ("console", "sh", "yaml")
CODE = re.compile(r"`([^`\n]+)`")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pages.shared_sandbox(tmp_path_factory.mktemp("shared").resolve())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_session_prints_what_the_page_shows(page: Path, shared: Path, tmp_path: Path) -> None:
    folder = pages.own_sandbox(page, tmp_path.resolve()) if pages.begins_alone(page) else shared
    for block in pages.blocks(page.read_text("utf-8")):
        assert pages.do(block, folder) == block.text


QUESTIONS = [
    pytest.param(block.text, id=f"{page.stem}: {block.text.strip().splitlines()[0][:50]}")
    for page in PAGES
    for block in pages.blocks(page.read_text("utf-8"))
    if block.is_question
]


@pytest.mark.parametrize("sql", QUESTIONS)
def test_a_question_of_a_page_has_an_answer(sql: str, shared: Path) -> None:
    assert pages.answers(sql, shared / pages.INDEX)


def told_commands() -> Iterator[tuple[str, str, str]]:
    """(page, command, what follows it) for every command line of ours in a page."""
    for page in PAGES:
        text = page.read_text("utf-8")
        for code in (*CODE.findall(text), *(block.text for block in pages.blocks(text) if block.language in SHELLS)):
            for name, rest in COMMAND.findall(code):
                yield page.name, name, rest


def test_every_command_and_option_that_a_page_tells_exists() -> None:
    wrong = [(page, name, word) for page, name, rest in told_commands() for word in unknown_words(name, rest)]
    assert wrong == []


def unknown_words(name: str, rest: str) -> list[str]:
    """The command, where there is none of that name, or its options that there are not."""
    command = main.get_command(click.Context(main), name)
    if command is None:
        return [name]
    if name == "query":  # --tag is a parameter of the question there
        return []
    known = {option for each in command.params for option in (*each.opts, *each.secondary_opts)} | {"-h", "--help"}
    return [word for word in _words(rest) if re.match(r"--[a-z]", word) and word.partition("=")[0] not in known]


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # a quotation that goes on behind what was taken
        return text.split()


def test_a_page_links_to_what_is_there() -> None:
    missing = []
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.M | re.S)
        for target in re.findall(r"(?<!\\)\]\(([^)\s]+)\)", text):
            if not re.match(r"[a-z]+:", target) and not _is_there(page, target):
                missing.append((page.name, target))
    assert missing == []


def _is_there(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = page.parent / path if path else page
    return file.exists() and (not anchor or anchor in _anchors(file))


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as Markdown renderers make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_the_page_about_json_names_what_build_prints(shared: Path) -> None:
    printed = json.loads(pages.run("litindex build sample_vault --db third.db --json", shared))
    page = (pages.DOCS / "json.md").read_text("utf-8")
    assert [key for key in printed if not re.search(rf'[`"]{key}[`"]', page)] == []


def test_every_page_is_reached_from_the_list_of_pages() -> None:
    listed = set(re.findall(r"\]\(([\w-]+\.md)", (pages.DOCS / "index.md").read_text("utf-8")))
    assert {page.name for page in pages.DOCS.glob("*.md")} - {"index.md"} == listed


@pytest.mark.parametrize(
    "page", [pages.DOCS / "one-note.md", pages.ROOT / "CONTRIBUTING.md"], ids=lambda page: page.stem
)
def test_the_modules_that_a_page_names_are_there(page: Path) -> None:
    named = re.findall(r"`((?:litindex/|tests/)?[a-z_]+/[\w/]*(?:\.py)?)`", page.read_text("utf-8"))
    places = (pages.ROOT, pages.ROOT / "litindex", pages.ROOT / "litindex" / "parser")
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


def test_the_site_has_every_page() -> None:
    listed = re.findall(r": ([\w-]+\.md)$", (pages.ROOT / "mkdocs.yml").read_text("utf-8"), re.M)
    assert sorted(listed) == sorted(page.name for page in pages.DOCS.glob("*.md"))


def test_the_site_can_be_built(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=pages.ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_nobody_is_told_to_install_the_package_that_has_our_short_name() -> None:
    """DECISIONS 27: `litindex` on the package index is somebody else's."""
    told = re.compile(
        r"(?:pip3?|pipx|uv|uvx)\b[^\n]*\binstall\b[^\n]*[ '\"]litindex\b(?!/)|uvx (?:--with \S+ )*litindex\b"
    )
    said = [*PAGES, *pages.ROOT.glob("*.md"), *(pages.ROOT / "litindex").rglob("*.py")]
    assert [file.name for file in said if told.search(file.read_text("utf-8"))] == []


def test_ci_runs_the_readmes_test_command_and_nothing_else() -> None:
    script = (pages.ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = pages.README.read_text("utf-8")
    command = next(line for line in readme.splitlines() if line.endswith("-m tests"))
    lines = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert lines == ["set -eu", 'cd "$(dirname "$0")/.."', command]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_place_of_the_machine_it_was_written_on(page: Path) -> None:
    assert not re.findall(r'File "/|/root/|site-packages', page.read_text(encoding="utf-8"))
