"""`python -m tests.vectors DIR [ID ...]`: what a folder of vectors expects against what litindex makes of it."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from . import runner


def main() -> int:
    """Prints the first difference of each vector that fails and `N passed, M failed`; 1 when any failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.vectors", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these vectors")
    parser.add_argument("--all-differences", action="store_true", help="not only the first one of a vector")
    options = parser.parse_args()
    files = runner.vector_files(options.folder)
    if unknown := set(options.ids) - {file.stem for file in files}:
        parser.error(f"no such vector in {options.folder}: {', '.join(sorted(unknown))}")
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a note may hold anything
    use_utc()
    chosen = [file for file in files if not options.ids or file.stem in options.ids]
    failed = sum(_fails(file, options.all_differences) for file in chosen)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


def use_utc() -> None:
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()


def _fails(file: Path, everything: bool) -> bool:
    found = runner.run(file)
    if found:
        print(file.stem)
        for difference in found if everything else found[:1]:
            print("\n".join(f"  {line}" for line in difference.lines()))
    sys.stdout.flush()
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
