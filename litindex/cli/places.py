"""Where the index is, when nobody says: found from anywhere, and never made inside a vault (DECISIONS 28).

A register in the user's data folder (LITINDEX_DATA, else what the system has for it) holds the vault of each index that
was built here. An entry whose index is gone does not count.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from litindex.errors import IndexFileError

NAME = "litindex.db"
_REGISTER = "indexes.json"


def data_folder() -> Path:
    """The folder of this user's indexes and register; it may not be there yet."""
    if named := os.environ.get("LITINDEX_DATA"):
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("litindex", appauthor=False)


def known() -> dict[Path, Path]:
    """Index -> vault of those that are registered and there. A register that cannot be read knows none."""
    try:
        held = json.loads((data_folder() / _REGISTER).read_text("utf-8"))
        return {Path(index): Path(vault) for index, vault in held.items() if Path(index).is_file()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def remember(index: Path, vault: Path) -> None:
    """Registers an index. That is a convenience: where the register cannot be written, nothing is said."""
    entries = {str(each): str(its) for each, its in known().items()}
    entry = (os.path.realpath(index), os.path.realpath(vault))
    if entries.get(entry[0]) == entry[1]:
        return
    folder = data_folder()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = folder / f"{_REGISTER}.{os.getpid()}"
        new.write_text(json.dumps({**entries, entry[0]: entry[1]}, indent=1), "utf-8")
        new.replace(folder / _REGISTER)


def find() -> Path:
    """The index that is meant without a name: that of the current folder, of the vault one stands in, the only one known.

    IndexFileError: there is none, or several may be meant; it says where it looked.
    """
    here = Path(NAME)
    if here.is_file():
        return here
    indexes = known()
    mine = _of_this_vault(indexes)
    if len(mine or indexes) == 1:
        return next(iter(mine or indexes))
    if not indexes:
        raise IndexFileError(
            f"no index: there is no {here.absolute()}, LITINDEX_DB names none, and none was built before"
            " (make one: litindex build VAULT)"
        )
    listed = ", ".join(f"{index} of {vault.name}" for index, vault in indexes.items())
    raise IndexFileError(
        f"no index: there is no {here.absolute()}, and several were built: {listed} (name one: --db PATH)"
    )


def place_for(vault: Path | None) -> Path:
    """Where the index of a vault is, or where a new one is made: in the current folder, but never in a vault."""
    if vault is None or Path(NAME).is_file():
        return find()
    root = Path(os.path.realpath(vault))
    mine = [index for index, its in known().items() if its == root]
    if len(mine) == 1:
        return mine[0]
    here = Path.cwd()
    if not (here == root or root in here.parents or any(_is_vault(each) for each in (here, *here.parents))):
        return Path(NAME)
    return own_place(root)


def make_folder(index: Path) -> None:
    """The folder of an index, where that is the data folder."""
    if index.parent == data_folder():
        index.parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def own_place(root: Path) -> Path:
    """The index of a vault in the data folder; neither may be there."""
    word = re.sub(r"[^\w-]+", "-", root.name).strip("-") or "vault"
    return data_folder() / f"{word}-{hashlib.sha256(os.fsencode(root)).hexdigest()[:8]}.db"


def vaults_in(folder: Path) -> list[Path]:
    """The vaults right below a folder that is none itself: perhaps one of them is meant."""
    if _is_vault(folder):
        return []
    with suppress(OSError):
        return sorted(each for each in folder.iterdir() if _is_vault(each))
    return []


def holds_nothing(folder: Path) -> bool:
    """Neither a note nor Obsidian's settings: perhaps another folder is meant."""
    return folder.is_dir() and not _is_vault(folder) and not any(folder.rglob("*.md"))


def _of_this_vault(indexes: dict[Path, Path]) -> list[Path]:
    """The indexes of the innermost vault that the current folder lies in."""
    return next(filter(None, ([index for index, its in indexes.items() if its == each] for each in _around())), [])


def _around() -> Iterator[Path]:
    here = Path(os.path.realpath("."))
    return iter((here, *here.parents))


def _is_vault(folder: Path) -> bool:
    return (folder / ".obsidian").is_dir()
