"""Blocks of the Admonition plugin: a code block `ad-TYPE` is a callout, its first lines are settings."""

from __future__ import annotations

import re

_OPEN = re.compile(r"(`{3,}|~{3,}) ?ad-([\w-]{1,40})[ \t]*$")
_SIGN = "ad-"
_DEEPEST = 8
"""So many blocks may stand in each other."""
_SETTING = re.compile(r"(title|collapse|icon|color):[ \t]*(.*)$")


def as_callouts(lines: list[str], text: str, depth: int = 0) -> list[str]:
    """The lines with such blocks written as callouts, line by line; what is no such block stays as it is. `text`: the lines
    joined.
    """
    if ("`" not in text and "~" not in text) or _SIGN not in text or depth > _DEEPEST:
        return lines
    shown = list(lines)
    number = 0
    while number < len(lines):
        found = _OPEN.match(lines[number])
        end = _end(lines, number, found[1]) if found else None
        if found and end:
            shown[number : end + 1] = _callout(found[2], lines[number + 1 : end], depth)
            number = end
        number += 1
    return shown


def _end(lines: list[str], start: int, fence: str) -> int | None:
    """The index of the line that closes the block, when no other fence of its length opens in it."""
    for number in range(start + 1, len(lines)):
        if lines[number].startswith(fence):
            return number if not lines[number].strip(fence[0] + " \t") else None
    return None


def _callout(kind: str, inside: list[str], depth: int) -> list[str]:
    settings = 0
    title = ""
    while settings < len(inside) and (found := _SETTING.match(inside[settings])):
        title = found[2].strip() if found[1] == "title" else title
        settings += 1
    body = as_callouts(inside[settings:], "\n".join(inside), depth + 1)
    return [f"> [!{kind}] {title}".rstrip(), *[">"] * settings, *(f"> {line}" for line in body), ""]
