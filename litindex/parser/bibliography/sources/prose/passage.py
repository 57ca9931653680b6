"""Texts about the work that take more than a line: abstract and reference."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import NamedTuple

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.statement import Source, no_value
from litindex.parser.markdown import blocks
from litindex.parser.parsed_note import ParsedNote

_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")


class Passage(NamedTuple):
    """A text and the lines of the file that it was taken from."""

    text: str
    lines: frozenset[int]
    source: Source


def unquoted(line: str) -> str:
    """A line without the marks of quotation before it."""
    return _QUOTE.sub("", line).strip()


def find_section(page: ParsedNote, region: Region, names: Callable[[str], bool]) -> Passage | None:
    """The text under the first heading that `names`, up to the next heading."""
    end = page.first + len(page.lines)
    heads = [(leaf.start, leaf.lines[0]) for leaf in page.document.leaves if leaf.kind == blocks.HEADING] + [(end, "")]
    for (line, title), (following, _) in itertools.pairwise(heads):
        if not names(title) or line >= region.head_end or line in region.persist:
            continue
        stop = min(following, region.head_end, min((n for n in region.persist if n > line), default=end))
        lines = {n: unquoted(page.line(n)) for n in range(line + 1, stop)}
        kept = {n: text for n, text in lines.items() if not text.startswith(("%%", "---", "___", "***"))}
        text = "\n".join(kept.values()).strip()
        if text and not no_value(text):
            return Passage(text, frozenset(kept), Source.HEADING)
    return None
