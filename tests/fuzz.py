"""Fuzzing the parser: `python -m tests.fuzz --minutes N [--seed N]` reads notes put together at random until time is up.

Random tokens stand in random slots of real shapes of notes, beside damaged vectors and hostile patterns. Each note must
be read without `parser-failed`, its rows must hang together and weigh no more than a multiple of it. What does not hold
is made smaller by leaving out lines, printed, and makes the exit status 1. `--atheris` lets libFuzzer steer, where
atheris is installed (`pip install atheris`).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable

from litindex.parser import limits, parse_note
from tests import hostile
from tests.parser.test_parser_properties import FRAGMENTS, VECTORS, check
from tests.weight import multiple

_KEYS = (
    "Author Editor Title Year Date DOI ISBN PDF Tags Abstract Journal Pages Bibliography Collections Citekey".split()
)
_TOKENS = (
    *FRAGMENTS, *_KEYS, "Author\n", "Title:\n", "and ", ", ", "; ", "Roe, Ann", "Ann Roe", "森 林子", "et al.", "(2020)", "2020",
    "978-3-16-148410-0", "10.1000/x", "p. 3", "## References\n", "## Annotations\n", "## Abstract\n", "“a”", "[Page 1](",
    "zotero://open-pdf/library/items/ABCD2345?page=1&annotation=B", ")", "<mark>", "</mark>", "<tr><td>", "%%HIGHLIGHT%%",
    "%%POSTFIX%%", "@article{k,\n", "author = {", "},\n", "TY  - JOUR\n", "AU  - ", "- **", "**: ", "> [!quote] ", "\n---\n", "\n===\n",
)  # fmt: skip
_PLACES = list(hostile.PLACES.values())
_NOTES = list(VECTORS.values())
_PATTERNS = list(hostile.PATTERNS.values())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=None, help="the same notes again")
    parser.add_argument("--atheris", action="store_true", help="let libFuzzer choose; runs until it is stopped")
    arguments = parser.parse_args()
    if arguments.atheris:
        return _run_atheris()
    seed = arguments.seed if arguments.seed is not None else time.time_ns() % 10**6
    return _run(random.Random(seed), seed, time.monotonic() + 60 * arguments.minutes)


def _run(chance: random.Random, seed: int, until: float) -> int:
    count, faults = 0, {}
    while time.monotonic() < until and len(faults) < 10:
        data = make_note(chance)
        count += 1
        if (fault := fault_of(data)) and fault not in faults:
            faults[fault] = data
            print(f"{fault}\n  {smaller(data, fault)!r}", flush=True)
    print(f"{count:,} notes with seed {seed}: {len(faults)} faults")
    return 1 if faults else 0


def make_note(chance: random.Random) -> bytes:
    """A note of one of several shapes."""
    return chance.choice(_SHAPES)(chance)


def _tokens(chance: random.Random) -> str:
    return "".join(chance.choices(_TOKENS, k=chance.randint(1, 25)))


def _in_a_place(chance: random.Random) -> bytes:
    before, behind = chance.choice(_PLACES)
    return (before + _tokens(chance) + behind).encode()


def _in_several_places(chance: random.Random) -> bytes:
    return b"".join(_in_a_place(chance) for _ in range(chance.randint(2, 4)))


def _a_damaged_vector(chance: random.Random) -> bytes:
    data = chance.choice(_NOTES)
    lines = data.split(b"\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        change = chance.randrange(4)
        if change == 0:
            del lines[at]
        elif change == 1:
            lines.insert(at, _tokens(chance).encode())
        elif change == 2:
            column = chance.randint(0, len(lines[at]))
            lines[at] = lines[at][:column] + _tokens(chance).encode() + lines[at][column:]
        else:
            lines.insert(at, chance.choice(chance.choice(_NOTES).split(b"\n")))
        lines = lines or [b""]
    return b"\n".join(lines)


def _patterns(chance: random.Random) -> bytes:
    before, behind = chance.choice(_PLACES)
    inside = b"".join(each.note(chance.randint(1, 60)) for each in chance.choices(_PATTERNS, k=3))
    return before.encode() + inside + behind.encode()


def _bytes(chance: random.Random) -> bytes:
    data = bytearray(_a_damaged_vector(chance) or b"x")
    for _ in range(chance.randint(1, 6)):
        data[chance.randrange(len(data)) : chance.randrange(len(data) + 1)] = chance.randbytes(chance.randint(0, 4))
        data = data or bytearray(b"x")
    return bytes(data)


_SHAPES: list[Callable[[random.Random], bytes]] = [
    _in_a_place, _in_a_place, _in_several_places, _a_damaged_vector, _a_damaged_vector, _patterns, _bytes,
]  # fmt: skip


def fault_of(data: bytes) -> str:
    """What does not hold for this note; "" when all does."""
    try:
        note = parse_note("folder/Roe 2020.md", data)
        failed = [problem.message for problem in note.problems if problem.code == "parser-failed"]
        if failed:
            return failed[0]
        check(note, data)
        if multiple(data) > 2 * limits.WEIGHT:
            return "the rows weigh too much"
    except AssertionError as error:
        return f"the rows do not hang together: {error}".split("\n")[0]
    return ""


def smaller(data: bytes, fault: str) -> bytes:
    """The note without the lines, then the halves of lines, that its fault does not need."""
    for separator in (b"\n", b" "):
        parts = data.split(separator)
        at = 0
        while at < len(parts):
            without = parts[:at] + parts[at + 1 :]
            if fault_of(separator.join(without)) == fault:
                parts = without
            else:
                at += 1
        data = separator.join(parts)
    return data


def _run_atheris() -> int:
    try:
        import atheris  # type: ignore[import-not-found]
    except ImportError:
        print("atheris is not installed: pip install atheris")
        return 2

    def read(data: bytes) -> None:
        before, behind = _PLACES[data[0] % len(_PLACES)] if data else ("", "")
        fault = fault_of(before.encode() + data[1:] + behind.encode())
        if fault:
            raise AssertionError(fault)

    atheris.instrument_all()
    atheris.Setup(sys.argv[:1], read)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
