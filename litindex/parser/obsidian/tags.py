"""Tags in text and in properties (FORMAT section 3, M13)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.models import TagUse
from litindex.parser.markdown.inline import EDGE
from litindex.text_keys import text_key

_BODY = r"[^\s\u2000-\u206F\u2E00-\u2E7F\uFEFF\ue000\ue001!\"#$%&'()*+,.:;<=>?@\[\\\]^`{|}~]+"
_TAG = re.compile(f"#({_BODY})")
_WHOLE = re.compile(_BODY)
_DELIMITERS = "*_~="


def find_tags(masked: str, text: str, *, table: bool = False) -> Iterator[tuple[int, str]]:
    """The tags of one leaf as (offset of the `#`, name without `#` and trailing slashes), in reading order (T1-T5)."""
    chain_end = -1
    for found in _TAG.finditer(masked):
        start, name = found.start(), found[1]
        if start != chain_end and not _may_begin(masked, text, start, table):
            continue
        if _all_digits(name):
            continue
        chain_end = found.end()
        name = name.rstrip("/")
        if name:
            yield start, name


def _all_digits(name: str) -> bool:
    return name.isascii() and name.isdigit()


def _may_begin(masked: str, text: str, start: int, table: bool) -> bool:
    """T3: start, white space, or the end of a node stands before the `#`."""
    if start == 0:
        return True
    before = masked[start - 1]
    if before == EDGE or (before.isspace() and before not in "\u2028\u2029"):
        return True
    if before == "|":
        return table
    return before in _DELIMITERS and _is_paired(masked, start)


def _is_paired(masked: str, start: int) -> bool:
    """Whether the run of emphasis marks before `start` opens or closes emphasis: its like stands elsewhere in the paragraph."""
    begin = start
    while begin and masked[begin - 1] == masked[start - 1]:
        begin -= 1
    run = masked[begin:start]
    if run[0] in "~=" and len(run) != 2:
        return False
    return masked.find(run, start) >= 0 or (
        masked.rfind(run, 0, begin) >= 0 and not masked[begin - 1 : begin].isspace()
    )


def property_tag(value: str) -> str | None:
    """The tag that a property value gives, or None when it can be none (M13, T1, T2)."""
    name = value.strip().removeprefix("#")
    if not name or _all_digits(name) or _WHOLE.fullmatch(name) is None:
        return None
    return name.rstrip("/") or None


def tag_uses(places: list[tuple[str, int, int]], source: str = "inline") -> list[TagUse]:
    """One row a tag and note: first spelling, first line, how often (T9)."""
    uses: dict[str, TagUse] = {}
    for name, line, _ in places:
        key = text_key(name)
        known = uses.get(key)
        if known is None:
            uses[key] = TagUse("obsidian", name, key, source, line, 1)
        else:
            uses[key] = known._replace(count=known.count + 1)
    return list(uses.values())
