"""Obsidian's "Excluded files" (F3): strings into one question about a path. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_QUANTIFIED_GROUP = re.compile(r"\)(?:[*+]|\{\d*,)")
_UNBOUNDED = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\})")
_MAX_UNBOUNDED = 3


def compile_filters(filters: Iterable[str]) -> Callable[[str], bool] | None:
    """Whether a path is excluded; None when no filter can be used. `/…/` is a regular expression, all else a prefix."""
    prefixes: list[str] = []
    patterns: list[re.Pattern[str]] = []
    for each in filters:
        if len(each) > 1 and each[0] == each[-1] == "/":
            patterns += _compile(each[1:-1])
        elif each:
            prefixes.append(each)
    if not prefixes and not patterns:
        return None
    starts = tuple(prefixes)
    return lambda path: path.startswith(starts) or any(pattern.search(path) for pattern in patterns)


def _compile(source: str) -> list[re.Pattern[str]]:
    """A bad expression is skipped, as Obsidian does; so is one that could take for ever: a vault is not trusted
    (FAULTS 7).
    """
    if not source or _QUANTIFIED_GROUP.search(source) or len(_UNBOUNDED.findall(source)) > _MAX_UNBOUNDED:
        return []
    try:
        return [re.compile(source, re.IGNORECASE)]
    except (re.error, OverflowError, RecursionError):
        return []
