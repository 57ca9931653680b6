"""A real Chromium without a window, and somebody who waits for what it asks from elsewhere."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
_SECONDS = 90


class Elsewhere:
    """Every host but this machine, as far as the browser knows: keeps the first bytes of whatever it is asked."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.asked: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            self.asked.append(connection.recv(4096))
            connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    def close(self) -> None:
        self._socket.close()

    def heard_of(self, host: str) -> list[bytes]:
        """Requests to that host, encrypted ones too (their greeting names it)."""
        return [request for request in self.asked if host.encode() in request]


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    listener = Elsewhere()
    try:
        yield listener
    finally:
        listener.close()


def browse(url: str, profile: Path, *options: str, elsewhere: Elsewhere | None = None) -> str:
    """The document as it stands after its scripts, if any, have run."""
    command = [
        str(CHROMIUM),
        *("--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--hide-scrollbars"),
        *("--disable-component-update", "--disable-default-apps", "--disable-sync", f"--user-data-dir={profile}"),
        *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        *([f"--host-resolver-rules=MAP * 127.0.0.1:{elsewhere.port}, EXCLUDE 127.0.0.1"] if elsewhere else []),
        *(options or ("--virtual-time-budget=3000", "--dump-dom")),
        url,
    ]
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace")
