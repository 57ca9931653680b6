"""What has been read of a note before its work is looked for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from litindex.models import Heading, PersistBlock
from litindex.parser.frontmatter.handler import FrontMatter
from litindex.parser.markdown.blocks import Document
from litindex.parser.obsidian.body import Body
from litindex.parser.obsidian.callouts import CalloutBlock
from litindex.parser.vocabulary.annotations import HEADINGS

_ANNOTATIONS = re.compile(
    rf"\W*(?:[\dIVX一二三四五六七八九十]{{1,3}}[.)、．]\s?)?(?:(?:extracted|extrahierte|new)\s+)?(?:{'|'.join(HEADINGS)})\b",
    re.I,
)

EXTRACTED = re.compile(rf"{_ANNOTATIONS.pattern}\s*\(\s*\d[\d./-]{{5,}}", re.I)
"""When annotations were taken out of a file: `Extracted Annotations (2021-03-04, 10:04)`."""


@lru_cache(maxsize=2048)
def names_annotations(heading: str) -> bool:
    """Whether a heading begins as those over imported annotations do."""
    return _ANNOTATIONS.match(heading) is not None


class ParsedNote(NamedTuple):
    """All that has been read of a note, in reading order."""

    name: str
    front: FrontMatter
    document: Document
    text: str
    """The body: `lines` joined."""
    lines: list[str]
    first: int
    body: Body
    persist: tuple[PersistBlock, ...]
    headings: tuple[Heading, ...]
    callouts: list[CalloutBlock]

    def line(self, number: int) -> str:
        """The text of a line of the file."""
        return self.lines[number - self.first]
