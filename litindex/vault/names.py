"""What the name of a file tells: whether it is a note, litter, or a file of ours. Pure."""

from __future__ import annotations

import re

NOTE_ENDINGS = (".md", ".MD", ".Md", ".mD")
INDEX_ENDINGS = (".db", ".sqlite", ".sqlite3")
"""Only files with such names are asked whether they are an index."""
BEING_MADE = ".new"
"""Stands behind the name of an index that is not whole yet."""
_BESIDE = ("-wal", "-shm", "-journal", ".lock", ".new", ".new-wal", ".new-shm", ".new-journal", ".status")
_ASIDE = ".corrupt-"


def _any_of(endings: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, endings))


_BESIDE_SOME_INDEX = re.compile(f"(?:{_any_of(INDEX_ENDINGS)})(?:{_any_of(_BESIDE)}|{re.escape(_ASIDE)}[^/]*)$")


def is_note(path: str) -> bool:
    """F1: the name ends in .md, in any case."""
    return path.endswith(NOTE_ENDINGS)


def is_litter(name: str) -> bool:
    """Hidden names (F2), and what editors, offices and sync tools leave for a moment (FAULTS N12, DECISIONS 11)."""
    return name[0] == "." or name[-1] == "~" or name == "4913" or name.startswith(("~$", "~syncthing~"))


def belongs_to(index: str, path: str) -> bool:
    """Whether `path` is the index of that path or lies beside it as one of its files. A note never does."""
    ending = path[len(index) :]
    return path.startswith(index) and not is_note(path) and (ending in ("", *_BESIDE) or ending.startswith(_ASIDE))


def lies_beside_an_index(path: str) -> bool:
    """Whether `path` is named like a file that is made beside an index, be it ours or another's."""
    return bool(_BESIDE_SOME_INDEX.search(path)) and not is_note(path)
