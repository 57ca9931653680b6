"""litindex: a normalized SQLite index of an Obsidian vault, kept up to date.

    import litindex

    litindex.build("My vault", "litindex.db")
    with litindex.open("litindex.db") as index:
        unread = index.works(status="unread")

What `__all__` names is public and keeps its meaning; no other module or name is meant to be used from outside. It is
imported when it is first asked for: the command line starts without it.
"""

from typing import TYPE_CHECKING, Any

from litindex.version import __version__

if TYPE_CHECKING:
    from litindex.api import (
        Filters,
        HighlightRow,
        Hit,
        Index,
        LitindexError,
        Note,
        NoteRow,
        ObsidianHandler,
        Report,
        Sheet,
        WorkRow,
        build,
        open,
        parse,
    )

__all__ = [
    "Filters",
    "HighlightRow",
    "Hit",
    "Index",
    "LitindexError",
    "Note",
    "NoteRow",
    "ObsidianHandler",
    "Report",
    "Sheet",
    "WorkRow",
    "__version__",
    "build",
    "open",
    "parse",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'litindex' has no attribute {name!r}")
    from litindex import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return __all__
