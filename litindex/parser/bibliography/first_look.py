"""A cheap look before the dear one: most notes of a vault are about no work."""

from __future__ import annotations

import re

from litindex.parser.frontmatter.yaml_core import Mapping
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import IDENTIFYING, Keys

_HINTS = {
    "t": ("zotero", "citekey", "cite key", "citation", "bibtex", "ty  - "),
    "i": ("doi", "isbn", "arxiv"),
    "%": ("%a ",),
    "@": ("@article{", "@book{", "@inproceedings{", "@misc{", "@phdthesis{"),
    '"': ('"family"',),
    "<": ("<td",),
}
"""What a note about a work may hold, under a character that each comes with: one character is quickly looked for."""
_LABEL = re.compile(r"[^\w\n]{0,16}([^\W\d_][\w ()/·.'’-]{1,40}?)[*_]*[ \t]*(?:[:：=|]|$)")


def may_be_work(page: ParsedNote, keys: Keys) -> bool:
    """A cheap look before the dear one: most notes of a vault are about no work."""
    if page.name.startswith("@") or any(keys.field(p.key) in IDENTIFYING for p in page.front.properties):
        return True
    lowered = page.text.lower()
    if any(hint in lowered for sign, hints in _HINTS.items() if sign in lowered for hint in hints) or any(
        keys.field(s.name) in IDENTIFYING for s in page.body.inline_fields
    ):
        return True
    if any(isinstance(prop.value, Mapping) for prop in page.front.properties):
        return True
    stated = {keys.field(prop.key) or "" for prop in page.front.properties}
    stated |= {keys.field(s.name) or "" for s in page.body.inline_fields}
    if any(field.startswith("creator:") for field in stated):
        return True
    fields: set[str] = set()
    for line in page.lines[:60]:
        for found in _LABEL.finditer(line) if " | " in line or " · " in line else (_LABEL.match(line),):
            if found and (field := keys.field(found[1])):
                fields.add(field)
    return any(field.startswith("creator:") for field in fields) and len(fields) > 1
