"""The name of the file: a citekey or a title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys

_CITEKEY_NAME = re.compile(r"(?=[^\W\d_][\w.+:-]*$)(?=.*(?:1[5-9]|20)\d\d)(?!.*\d{4}-\d{2}).{6,}$")
"""Letters, digits and few signs with a year among them, which is not that of a day."""


def filename_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """`@key` states a citekey; other names may be one, or a title."""
    name = page.name.strip()
    if name.startswith("@") and len(name) > 1:
        yield Statement("citekey", None, name[1:], None, Source.FILENAME)
    elif _CITEKEY_NAME.match(name):
        yield Statement("citekey", None, name, None, Source.GUESS)
    elif " " in name:
        yield Statement("title", None, name, None, Source.GUESS)
