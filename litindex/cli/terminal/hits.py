"""A work or note among several that were found: its title, and a line that says who, when and where."""

from __future__ import annotations

from collections.abc import Sequence

from litindex.cli.terminal.screen import bold, dim, escape, short_creators, text_width, wrap


def heading(title: str, creators: Sequence[str], year: int | None, *about: str | None) -> list[str]:
    """The title, and `Chen et al. 2024 · unread · @chen24 · Literature/chen24.md:31`."""
    who = f"{short_creators(creators)} {year or ''}".strip()
    line = " · ".join(filter(None, (who, *about)))
    width = text_width()
    return [*map(bold, wrap(escape(title), width)), *map(dim, wrap(escape(line), width))]
