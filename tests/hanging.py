"""A worker whose parser hangs at notes that say so, in a match that no signal interrupts: `python -m tests.hanging …`
is `litindex …` with such workers. SECONDS in the environment is their deadline.
"""

from __future__ import annotations

import sys

from litindex.cli import main
from litindex.sync import workers

PROGRAM = """
import os, re, sys
sys.path.insert(0, sys.argv[1])
from litindex.parser import note
from litindex.sync import workers

def parse(path, source, settings, before=note._parse):
    if "hangs" in source.text:
        re.search(r"\\s+x", " " * 10**7)
    if "crashes" in source.text:
        os.abort()
    return before(path, source, settings)

note._parse = parse
workers.SECONDS = float(os.environ["SECONDS"])
workers.work()
"""

if __name__ == "__main__":
    workers._PROGRAM = PROGRAM
    sys.argv[0] = "litindex"
    main()
