"""Our style sheets, served under a name that changes with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("static")


@cache
def content(name: str) -> str:
    """The text of a style sheet. KeyError: there is none of that name."""
    if name not in {file.name for file in _FOLDER.glob("*.css")}:
        raise KeyError(name)
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _version(name: str) -> str:
    return hashlib.sha256(content(name).encode()).hexdigest()[:12]


def url(datasette: Any, name: str) -> str:
    """Where the browser gets it; may be kept forever."""
    return str(datasette.urls.path(f"/-/litindex/{name}?{_version(name)}"))
