"""What the page about Python shows is what happens."""

from __future__ import annotations

import doctest
import re
from contextlib import chdir
from importlib.util import find_spec
from pathlib import Path

from tests import pages

PAGE = pages.ROOT / "docs" / "python.md"
_BLOCK = re.compile(r"```pycon\n(.*?)```", re.S)
_FLAGS = doctest.IGNORE_EXCEPTION_DETAIL | doctest.NORMALIZE_WHITESPACE


def session(page: Path) -> doctest.DocTest:
    """The blocks of a page as one session, each on its lines; without pandas those that need it are left out."""
    text = page.read_text("utf-8")
    lines = [""] * (text.count("\n") + 1)
    for block in _BLOCK.finditer(text):
        if "pandas" not in block[1] or find_spec("pandas"):
            first = text[: block.start(1)].count("\n")
            lines[first : first + block[1].count("\n")] = block[1].splitlines()
    return doctest.DocTestParser().get_doctest("\n".join(lines), {}, page.name, str(page), 0)


def test_the_sessions_of_the_page_give_what_it_shows(tmp_path: Path) -> None:
    told: list[str] = []
    with chdir(pages.sandbox(tmp_path)):
        result = doctest.DocTestRunner(optionflags=_FLAGS).run(session(PAGE), out=told.append)
    assert not result.failed, "".join(told)
    assert result.attempted > 20
