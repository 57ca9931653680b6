"""`python -m tests`: everything that must hold. Style, types, then the tests, a process for each core; words behind it go
to pytest in the place of that.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHECKS = (
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
)


EVERYTHING = ["-n", "auto", "--dist", "loadscope"]


def main() -> int:
    for check in CHECKS:
        status = subprocess.run([sys.executable, "-m", *check], cwd=ROOT, check=False).returncode
        if status:
            return status
    return subprocess.run(
        [sys.executable, "-m", "pytest", *(sys.argv[1:] or EVERYTHING)], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
