"""Whether reading takes linear time: `python -m tests.linear [NAME ...]` prints time(2n) / time(n) of hostile patterns.

Linear reading gives about 2, quadratic 4. A pattern above 2.6, or one that takes more than a second a mebibyte, is
marked and makes the exit status 1. With `--places` each pattern is also put in each place of a literature note, and
only what is suspect is printed (3 minutes). With `--expressions` so are strings made from the parser's own regular
expressions (`pumps.py`): the worst ones of each expression that is slow on some of them by itself (10 minutes). A
script and no test: a time measured on a busy machine proves nothing.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
import time

from litindex.parser import parse_note

from . import hostile, pumps

LIMIT = 2.6
SECONDS_PER_MIB = 1.0
ENOUGH = 0.1
"""Seconds that are long enough to be measured."""
SMALLEST, LARGEST = 2**14, 2**20
PLACED_BYTES = 6_000
PUMPED_BYTES = 1_000
SECONDS_PER_SIGN = 1e-6
SECONDS_PER_BYTE = 2e-6
"""What reading may take anywhere; above that a place is looked at twice."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.linear", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="only patterns whose name contains it")
    parser.add_argument("--places", action="store_true", help="also in each place of a literature note")
    parser.add_argument("--expressions", action="store_true", help="strings made from the parser's expressions instead")
    arguments = parser.parse_args()
    names = arguments.names
    if arguments.expressions:
        return 1 if _measure_expressions(names) else 0
    print(f"{'pattern':40} {'n (KiB)':>8} {'time(n)':>9} {'time(2n)':>9} {'ratio':>6} {'s/MiB':>7}")
    chosen = [name for name in hostile.PATTERNS if not names or any(part in name for part in names)]
    found = {name: _measure(name, hostile.PATTERNS[name]) for name in chosen}
    steep = [name for name, (ratio, _) in found.items() if ratio > LIMIT]
    slow = [name for name, (_, per_mib) in found.items() if per_mib > SECONDS_PER_MIB]
    if arguments.places:
        places = [(name, place) for name in chosen for place in hostile.PLACES]
        steep += [f"{name} ({place})" for name, place in places if _is_steep(name, hostile.PATTERNS[name], place)]
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


def _measure_expressions(names: list[str]) -> bool:
    """Whether strings made from the parser's expressions take more than their share of time in some place of a note."""
    found = False
    for name, expression in pumps.expressions("litindex.parser").items():
        if names and not any(part in name for part in names):
            continue
        for pattern in _slow(expression):
            for place in hostile.PLACES:
                found |= _is_steep(f"{name} {pattern}", pattern, place)
    return found


def _slow(expression: re.Pattern[str]) -> list[hostile.Pattern]:
    """The worst three of the strings on which an expression takes long by itself, if it does on any."""
    taken = []
    for pattern in pumps.pumps(expression):
        text = pattern.note(PUMPED_BYTES).decode()
        start = time.process_time()
        expression.search(text)
        taken.append((time.process_time() - start, pattern))
    taken.sort(key=lambda pair: -pair[0])
    return [pattern for seconds, pattern in taken[:3] if seconds > PUMPED_BYTES * SECONDS_PER_SIGN]


def _is_steep(name: str, pattern: hostile.Pattern, place: str) -> bool:
    """Whether a pattern takes more than its share of time in this place. Prints it then."""
    once, twice = (hostile.placed(pattern, place, size) for size in (PLACED_BYTES, 2 * PLACED_BYTES))
    if _once(once) < PLACED_BYTES * SECONDS_PER_BYTE or (ratio := _seconds(twice) / _seconds(once)) < LIMIT:
        return False
    print(f"{name} ({place}): {ratio:.2f}  <--", flush=True)
    return True


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
