"""Whether reading takes linear time: `python -m tests.linear [NAME ...]` prints time(2n) / time(n) of hostile patterns.

Linear reading gives about 2, quadratic 4. A pattern above 2.6, or one that takes more than a second a mebibyte, is
marked and makes the exit status 1. A script and no test: a time measured on a busy machine proves nothing.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time

from litindex.parser import parse_note

from . import hostile

LIMIT = 2.6
SECONDS_PER_MIB = 1.0
ENOUGH = 0.1
"""Seconds that are long enough to be measured."""
SMALLEST, LARGEST = 2**14, 2**20


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.linear", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="only patterns whose name contains it")
    names = parser.parse_args().names
    print(f"{'pattern':40} {'n (KiB)':>8} {'time(n)':>9} {'time(2n)':>9} {'ratio':>6} {'s/MiB':>7}")
    chosen = [name for name in hostile.PATTERNS if not names or any(part in name for part in names)]
    found = {name: _measure(name, hostile.PATTERNS[name]) for name in chosen}
    steep = [name for name, (ratio, _) in found.items() if ratio > LIMIT]
    slow = [name for name, (_, per_mib) in found.items() if per_mib > SECONDS_PER_MIB]
    print(f"not linear: {', '.join(steep) or 'none'}\nslow: {', '.join(slow) or 'none'}")
    return 1 if steep or slow else 0


def _measure(name: str, pattern: hostile.Pattern) -> tuple[float, float]:
    """Ratio and seconds a mebibyte, printed as a row of the table."""
    size = SMALLEST
    while (once := _seconds(pattern.note(size))) < ENOUGH and size < LARGEST:
        size *= 2
    twice = _seconds(pattern.note(2 * size))
    per_mib = twice * 2**20 / len(pattern.note(2 * size))
    ratio = twice / once
    mark = "  <--" if ratio > LIMIT or per_mib > SECONDS_PER_MIB else ""
    print(f"{name:40} {size // 1024:8} {once:9.3f} {twice:9.3f} {ratio:6.2f} {per_mib:7.2f}{mark}", flush=True)
    return ratio, per_mib


def _seconds(data: bytes) -> float:
    """The best of three."""
    return min(_once(data) for _ in range(3))


def _once(data: bytes) -> float:
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    try:
        parse_note("Note.md", data)
        return time.perf_counter() - start
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
