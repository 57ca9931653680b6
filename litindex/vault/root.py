"""The folder that a vault is: found, and still the same one."""

from __future__ import annotations

import os
import stat
from typing import NamedTuple

from litindex.errors import VaultError


class Root(NamedTuple):
    """The vault as one place, however it was spelled (FAULTS N13), and which folder on which disk that is (W15)."""

    path: str
    device: int
    inode: int


def find_root(vault: str | os.PathLike[str]) -> Root:
    """The vault's real path and identity; VaultError when it is missing or no folder."""
    path = os.path.realpath(vault)
    try:
        info = os.stat(path)
    except OSError as error:
        raise VaultError(f"no such vault: {path} ({reason(error)})") from error
    if not stat.S_ISDIR(info.st_mode):
        raise VaultError(f"a vault is a folder; this is none: {path}")
    if not os.access(path, os.R_OK | os.X_OK):
        raise VaultError(f"the vault cannot be read: {path} (Permission denied)")
    return Root(path, info.st_dev, info.st_ino)


def check_root(root: Root) -> None:
    """VaultError unless the vault's folder is still there, and is still the same folder (FAULTS W15)."""
    now = find_root(root.path)
    if now != root:
        raise VaultError(f"another folder has taken the place of the vault: {root.path}")


def has_marker(root: Root) -> bool:
    """Whether the folder is surely the vault itself and not the place where its disk is usually mounted (FAULTS
    W16).
    """
    return os.path.isdir(os.path.join(root.path, ".obsidian"))


def reason(error: OSError) -> str:
    """What the system says of an error."""
    return error.strerror or type(error).__name__
