"""CommonMark's own examples: the block scan finds the kind and first line of every block as the reference reading does.

The examples come under a licence of their own (CC BY-SA 4.0) and are not part of this project. COMMONMARK_SPEC names the
file that holds them: `spec.txt` of the npm package commonmark-spec, or `commonmark.json` of markdown-it-py's source.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

pytest.importorskip("markdown_it")

from tests.parser.test_blocks import oracle_shape, shape

_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.DOTALL | re.MULTILINE)
_SPEC = os.environ.get("COMMONMARK_SPEC")


def examples(file: Path) -> list[str]:
    """The Markdown of each example, in the order of the specification."""
    text = file.read_text("utf-8")
    if file.suffix == ".json":
        return [example["markdown"] for example in json.loads(text)]
    return [example.replace("→", "\t") for example in _EXAMPLE.findall(text)]


@pytest.mark.skipif(not _SPEC, reason="COMMONMARK_SPEC names no file of examples")
def test_every_example_of_commonmark_has_the_blocks_that_commonmark_says() -> None:
    found = examples(Path(_SPEC or ""))
    assert len(found) > 600
    differing = {
        number: shape(lines) ^ oracle_shape(lines)
        for number, text in enumerate(found, 1)
        if shape(lines := text.removesuffix("\n").split("\n")) != oracle_shape(lines)
    }
    assert differing == {}
