"""`python -m tests.bench`: how fast litindex is on this machine, as a table. Half an hour with the defaults."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from tests.bench import following, parts, peers, scenarios
from tests.bench.bench import Bench
from tests.bench.table import HEAD, Line, markdown

SCENARIOS: dict[str, Callable[[Bench], Iterator[Line]]] = {
    "build": scenarios.full_build,
    "growth": scenarios.growth,
    "unchanged": scenarios.unchanged,
    "edit": scenarios.one_edit,
    "daemon": following.daemon,
    "folder": scenarios.folder_renamed,
    "links": scenarios.links_to_one,
    "memory": scenarios.memory,
    "size": scenarios.size,
    "space": parts.space_parts,
    "time": parts.time_parts,
    "calls": parts.calls,
    "start": scenarios.start,
    "jobs": scenarios.jobs,
    "peers": peers.peers,
}


def main() -> int:
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="litindex-bench-") as folder:
        bench = Bench(options.vaults or Path(folder), Path(folder), options.notes, options.runs)
        bench.vaults.mkdir(parents=True, exist_ok=True)
        print(f"{_machine()}; medians of {bench.runs} runs or more, in turn with their base", file=sys.stderr)
        print(f"load average {os.getloadavg()[0]:.1f}: what else runs here makes times long", file=sys.stderr)
        lines = []
        for name in options.scenario or SCENARIOS:
            for line in SCENARIOS[name](bench):
                print(markdown([line.cells()], HEAD).splitlines()[2], file=sys.stderr, flush=True)
                lines.append(line)
    if options.json:
        found = [asdict(line) for line in lines]
        print(json.dumps({"machine": _machine(), "lines": found}, ensure_ascii=False, indent=1))
    else:
        print(markdown(line.cells() for line in lines))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    named = "\n".join(f"{name}: {scenario.__doc__}" for name, scenario in SCENARIOS.items())
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"Scenarios:\n{named}"
    one = parser.add_argument("--scenario", action="append", choices=SCENARIOS, metavar="NAME")
    one.help = "only this one (may be given more than once)"
    sizes = "notes of the large vault; others have a fifth and a fiftieth of them (default: 50000)"
    parser.add_argument("--notes", type=int, default=50_000, metavar="N", help=sizes)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="of each program (default: 5)")
    parser.add_argument("--vaults", type=Path, metavar="DIR", help="keep the generated vaults there")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _machine() -> str:
    python, sqlite = platform.python_version(), sqlite3.sqlite_version
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {python}, SQLite {sqlite}"


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    sys.exit(main())
