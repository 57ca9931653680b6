"""An excerpt as one reads it: without Markdown's signs, HTML, addresses, tables' rules, and the labels of templates. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

MARKS = ("\ue000", "\ue001")
"""Stand before and after each word that was found (private use characters)."""

_LABEL = re.compile(
    rf"[>\s]*(?:[-*+] )?(?:\*\*)?[{''.join(MARKS)}\w][{''.join(MARKS)}\w ]{{0,60}}(?:\*\*)?::(?:\*\*)?(?=\s|$)"
)
"""`> **Title**::`, the value of which is behind it."""
_SIGNS = re.compile(r"[>\s]*(?:\[![\w-]+\][+-]?\s*)?(?:[-*+] (?:\[.\] )?)?(?:#+ )?")
_RULE = re.compile(r"[>\s]*(?:\|[\s:|-]*|-{3,}|_{3,}|\*{3,})\s*")
_CUT_BEFORE = re.compile(
    r"…?(?:[^\s()\[\]<>]{0,300}[=&?/][^\s()\[\]<>]{0,300}\)|[^\[\]\n]{0,40}\]\([^()\s]*\)|[\w ='.-]{0,80}\"\s?>)"
)
"""What is left at the beginning of a link or tag that was cut."""
_REPLACED = (
    (re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|%%|\*\*|==|~~|</?[A-Za-z][^<>\ue000]*>"), ""),
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)"), r"\1"),
    (re.compile(r"!?\[\[(?:[^\[\]|]*\|)?|\]\]|\]\([^()\s]*$|<[A-Za-z/][^<>\ue000]*$"), ""),
    (re.compile(r" ?\| ?| \^[\w-]+(?=\s|$)"), "  "),
)
"""Variables of templates, emphasis and HTML; links as they are shown; what is left of one that was cut; cells, block ids."""


def readable(text: str) -> str:
    """One line of running text, with its MARKS; '' where what was found is not in what one reads."""
    running = " ".join(_lines(text))
    for pattern, replacement in _REPLACED:
        running = pattern.sub(replacement, running)
    running = " ".join(running.split())
    return running if MARKS[0] in running else ""


def _lines(text: str) -> Iterator[str]:
    """Lines without what stands before their text; of labels, and of a line that was cut, only where what was found is."""
    cut = _CUT_BEFORE.match(text)
    for line in (f"… {text[cut.end() :]}" if cut else text).splitlines():
        label = _LABEL.match(line)
        if label and MARKS[0] in line[label.end() :]:
            yield line[label.end() :]
        elif not label and not _RULE.fullmatch(line) and (MARKS[0] in line or not line.startswith("…")):
            yield _SIGNS.sub("", line, count=1)
