"""Templates and left-over placeholders (F13 as DECISIONS 2 narrows it)."""

from __future__ import annotations

import re

from litindex.parser import blocks
from litindex.parser.blocks import Document
from litindex.parser.body import Body
from litindex.parser.frontmatter import FrontMatter
from litindex.parser.properties import squeeze

_STATEMENT = re.compile(r"\{%-?[ \t]*\w|<%[-*_=+~]?")
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]{1,200}\}\}")
_WHOLE = re.compile(
    r"[\s@\"'“”*_\[\]]*\{\{\s*(?:[a-z_][\w.]*\s*(?:[|(\[][^\n]*)?|[A-Z]+\s*(?::[^\n]*)?)\}\}[\s\"'“”*_.,;\[\]|)]*$"
)
_GARBAGE = re.compile(r"(?:undefined|nan|\[?object object\]?(?:\s*,\s*\[?object object\]?)*|invalid date)$", re.I)
_FILTER_ERROR = re.compile(r"Error: `\w+` can only be applied to")
_LABEL = re.compile(r"[^\w\n]*([\w ()-]{2,30}?)[^\w\n:]*:+[*_ ]*(.+)$")
_IDENTITY = frozenset(
    """citekey citationkey bibtexkey title author authors creators firstauthor zoterokey zoteroitemkey itemkey""".split()
)


def is_placeholder(value: str) -> bool:
    """Whether a value is nothing but an unfilled `{{…}}`."""
    return "{{" in value and _WHOLE.match(value) is not None


def is_garbage(value: str) -> bool:
    """Whether a template printed a failure instead of a value."""
    return _GARBAGE.match(value.strip()) is not None


def is_filter_error(value: str) -> bool:
    """Nunjucks' ``Error: `format` can only be applied to dates…`` in place of a value (FORMAT 7.1)."""
    return _FILTER_ERROR.match(value.strip()) is not None


def is_template(front: FrontMatter, body: Body, lines: list[str], document: Document) -> bool:
    """Template statements outside code, or placeholders where the note would be identified (DECISIONS 2)."""
    if _STATEMENT.search(front.text):
        return True
    if any(("{%" in line or "<%" in line) and _STATEMENT.search(line) for line in lines) and _statement_outside_code(
        lines, document
    ):
        return True
    if "{{" not in front.text and not any("{{" in statement.raw for statement in body.statements):
        return False
    values = [
        (squeeze(prop_line.partition(":")[0]), prop_line.partition(":")[2])
        for prop_line in front.text.split("\n")
        if ":" in prop_line
    ]
    values += [(squeeze(statement.name), statement.raw) for statement in body.statements]
    values += [(squeeze(m[1]), m[2]) for line in lines if "{{" in line and (m := _LABEL.match(line))]
    identifying = [value.strip() for key, value in values if key in _IDENTITY and value.strip()]
    return bool(identifying) and all(is_placeholder(value) for value in identifying)


def _statement_outside_code(lines: list[str], document: Document) -> bool:
    first = document.root.start
    hidden = {
        n
        for leaf in document.leaves
        if leaf.kind in (blocks.CODE, blocks.MATH)
        for n in range(leaf.start, leaf.end + 1)
    }
    for number, line in enumerate(lines, first):
        if number not in hidden and ("{%" in line or "<%" in line) and _STATEMENT.search(re.sub(r"`[^`]*`", "", line)):
            return True
    return False
