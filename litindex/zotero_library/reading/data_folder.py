"""Where Zotero keeps its data: as its profile says, else where it keeps them by default."""

from __future__ import annotations

import configparser
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from litindex.errors import ZoteroError

DATABASE = "zotero.sqlite"
_PREFERENCE = re.compile(r'^user_pref\("extensions\.zotero\.(useDataDir|dataDir)", *(.+?)\);\s*$', re.M)


def find_database(given: Path | None = None) -> Path:
    """The `zotero.sqlite` that is meant: a file or the folder it is in, as given; else where Zotero keeps it here.

    ZoteroError: nothing was given and there is none.
    """
    if given is not None:
        return given / DATABASE if given.is_dir() else given
    folders = list(dict.fromkeys(_folders()))
    found = next((folder / DATABASE for folder in folders if (folder / DATABASE).is_file()), None)
    if found is None:
        looked = ", ".join(map(str, folders))
        raise ZoteroError(f"no Zotero database in {looked}: name its folder with --data-dir")
    return found


def _folders() -> Iterator[Path]:
    home = Path.home()
    for root in _profile_roots(home):
        yield from _named_by_profiles(root)
    yield home / "Zotero"
    yield home / "snap" / "zotero-snap" / "common" / "Zotero"
    yield home / ".var" / "app" / "org.zotero.Zotero" / "data" / "zotero"


def _profile_roots(home: Path) -> Iterator[Path]:
    """Zotero's documentation, "The Zotero Profile Directory"."""
    if sys.platform == "darwin":
        yield home / "Library" / "Application Support" / "Zotero"
    elif sys.platform == "win32":
        yield Path(os.environ.get("APPDATA", home / "AppData" / "Roaming")) / "Zotero" / "Zotero"
    else:
        yield home / ".zotero" / "zotero"
        yield home / "snap" / "zotero-snap" / "common" / ".zotero" / "zotero"
        yield home / ".var" / "app" / "org.zotero.Zotero" / ".zotero" / "zotero"


def _named_by_profiles(root: Path) -> Iterator[Path]:
    """The folders that the preferences of the profiles name, the default profile's first."""
    profiles = configparser.ConfigParser(interpolation=None)
    try:
        profiles.read(root / "profiles.ini", "utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return
    sections = [profiles[name] for name in profiles.sections() if "path" in profiles[name]]
    for section in sorted(sections, key=lambda section: section.get("default") != "1"):
        preferences = root / section["path"] / "prefs.js"  # an absolute path stays as it is
        try:
            named = dict(_PREFERENCE.findall(preferences.read_text("utf-8")))
            if "dataDir" in named and named.get("useDataDir", "true") == "true":
                yield Path(json.loads(named["dataDir"]))
        except (OSError, ValueError, TypeError):
            continue
