"""A PostgreSQL server for a test: of its own, on a local socket, gone afterwards. Debian: package postgresql."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_ANOTHER = "postgres"
"""PostgreSQL refuses to run as root."""


def programs() -> Path | None:
    """Where `initdb` and `pg_ctl` are: Debian keeps them out of the PATH."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and shutil.which("psql")), None)


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """The environment by which `psql` finds the server."""
    place = programs()
    assert place is not None
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    owner: dict[str, Any] = {"user": _ANOTHER, "group": _ANOTHER, "extra_groups": []} if is_root else {}
    with tempfile.TemporaryDirectory(prefix="litindex-pg-", ignore_cleanup_errors=True) as folder:
        if is_root:
            shutil.chown(folder, _ANOTHER, _ANOTHER)

        def run(*command: str | Path) -> None:
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **owner)

        data = Path(folder) / "data"
        run(place / "initdb", "-D", data, "--auth=trust", f"--username={_ANOTHER}", "--encoding=UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run(place / "pg_ctl", "-D", data, "-o", options, "-l", Path(folder) / "log", "-w", "start")
        try:
            yield {"PGHOST": folder, "PGUSER": _ANOTHER, "PGDATABASE": _ANOTHER}
        finally:
            run(place / "pg_ctl", "-D", data, "-m", "immediate", "stop")
