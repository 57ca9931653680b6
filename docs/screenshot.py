"""Makes the README's picture: `python docs/screenshot.py` shows sample_vault in Datasette and photographs it.

Needs the extra `datasette` and a Chromium. The time that the first page tells is that of the run.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "datasette.png"
SIZE = "1280,1066"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PATIENCE = 30.0


def main() -> int:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"no browser: install one of {', '.join(BROWSERS)}", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "library.db"
        subprocess.run([*_litindex(), "build", str(ROOT / "sample_vault"), "--db", str(index)], check=True)
        with _serving(index) as address:
            _photograph(browser, address, Path(folder) / "profile")
    print(PICTURE.relative_to(ROOT))
    return 0


def _litindex() -> list[str]:
    return [sys.executable, "-m", "litindex"]


@contextmanager
def _serving(index: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*_litindex(), "serve", "--db", str(index), "--port", str(port)], cwd=ROOT)
    try:
        deadline = time.monotonic() + _PATIENCE
        while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < deadline:
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def _photograph(browser: str, address: str, profile: Path) -> None:
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    options = ["--headless", "--disable-gpu", "--hide-scrollbars", f"--window-size={SIZE}", f"--screenshot={PICTURE}"]
    subprocess.run([browser, *root, *options, f"--user-data-dir={profile}", address], check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
