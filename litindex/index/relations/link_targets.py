"""Which file a link path means, given the files of one name (FORMAT L13 to L18). Pure."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from litindex.text_keys import path_key, target_key


class File(NamedTuple):
    is_note: bool
    id: int
    path: str
    path_key: str


def find_target(target: str, key: str, folder: str, files: Callable[[str], list[File]]) -> File | None:
    """The file that the link path `target` (its name key `key`) means in a note of `folder`. `files`: those whose name
    has a key: notes without their ending, attachments with it.
    """
    if "/" not in target:
        candidates = files(key)
        if len(candidates) == 1 and candidates[0].is_note:
            return candidates[0]
    path, exact = _from_root(target, folder)
    if target_key(path) != key:
        return None
    candidates = files(key)
    if not candidates:
        return None
    for form in f"{path}.md", path:
        is_note = form[-3:].lower() == ".md"
        found = _pick([file for file in candidates if file.is_note == is_note], form, folder, exact)
        if found:
            return found
    return None


def _from_root(target: str, folder: str) -> tuple[str, bool]:
    """The path to look for, and whether it is meant exactly (L14). One that leads out of the vault begins with `..`."""
    if target.startswith("/"):
        return target.lstrip("/"), True
    if target.startswith(("./", "../")):
        return posixpath.normpath(posixpath.join(folder, target)), True
    return target, False


def _pick(files: list[File], form: str, folder: str, exact: bool) -> File | None:
    """L15: the file at that path, else the one in the same folder, else the shortest path, else the first."""
    key = path_key(form)
    written = unicodedata.normalize("NFC", form)
    here = [file for file in files if file.path_key == key]
    if not here and not exact:
        here = [file for file in files if file.path_key.endswith(f"/{key}")]
        if "/" not in form:
            here = [file for file in here if posixpath.dirname(file.path) == folder] or here
    if not here:
        return None
    return min(here, key=lambda file: (len(file.path), not file.path.endswith(written), file.path))
