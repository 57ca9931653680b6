"""Templates and left-over placeholders (F13 as DECISIONS 2 narrows it)."""

from __future__ import annotations

import re

from litindex.parser.frontmatter.handler import FrontMatter
from litindex.parser.markdown.blocks import Document
from litindex.parser.obsidian.body import Body
from litindex.parser.obsidian.properties import squeeze

_STATEMENT = re.compile(r"\{%-?[ \t]*\w|<%[-*_=+~]?")
_WHOLE = re.compile(
    r"[\s@\"'“”*_\[\]]*\{\{\s*(?:[a-z_][\w.]*\s*(?:[|(\[][^\n]*)?|[A-Z]+\s*(?::[^\n]*)?)\}\}[\s\"'“”*_.,;\[\]|)]*$"
)
_GARBAGE = re.compile(r"(?:undefined|nan|\[?object object\]?(?:\s*,\s*\[?object object\]?)*|invalid date)$", re.I)
_GARBAGE_HEADS = frozenset("uUnN[oOiI")
_FILTER_ERROR = re.compile(r"Error: `\w+` can only be applied to")
_LABEL = re.compile(r"[^\w\n]*+(\w[\w ()-]{1,29}?)[^\w\n:]*+:+[*_ ]*(.+)$")
_IDENTITY = frozenset(
    """citekey citationkey bibtexkey title author authors creators firstauthor zoterokey zoteroitemkey itemkey""".split()
)


def is_placeholder(value: str) -> bool:
    """Whether a value is nothing but an unfilled `{{…}}`."""
    return "{{" in value and _WHOLE.match(value) is not None


def is_garbage(value: str) -> bool:
    """Whether a template printed a failure instead of a value."""
    text = value.strip()
    return text[:1] in _GARBAGE_HEADS and _GARBAGE.match(text) is not None


def is_filter_error(value: str) -> bool:
    """Nunjucks' ``Error: `format` can only be applied to dates…`` in place of a value (FORMAT 7.1)."""
    return "Error: `" in value and _FILTER_ERROR.match(value.strip()) is not None


def is_template(front: FrontMatter, body: Body, text: str, document: Document) -> bool:
    """Template statements outside code, or placeholders where the note would be identified (DECISIONS 2)."""
    if _may_state(front.text) and _STATEMENT.search(front.text):
        return True
    if _may_state(text) and _statement_outside_code(text, document):
        return True
    placed = "{" in text and "{{" in text and any("{{" in statement.raw for statement in body.inline_fields)
    return (placed or "{{" in front.text) and _is_unfilled(front, body, text)


def _may_state(text: str) -> bool:
    """Each sign under one of its characters, which are quickly looked for."""
    return "%" in text and (("{" in text and "{%" in text) or ("<" in text and "<%" in text))


def _is_unfilled(front: FrontMatter, body: Body, text: str) -> bool:
    """Whether all values that would identify a work are placeholders."""
    values = [line.partition(":")[::2] for line in front.text.split("\n") if ":" in line]
    values += [(statement.name, statement.raw) for statement in body.inline_fields]
    values += [(m[1], m[2]) for line in text.split("\n") if "{{" in line and (m := _LABEL.match(line))]
    identifying = [value.strip() for key, value in values if value.strip() and squeeze(key) in _IDENTITY]
    return bool(identifying) and all(is_placeholder(value) for value in identifying)


def _statement_outside_code(text: str, document: Document) -> bool:
    hidden = document.hidden_lines()
    return any(
        number not in hidden and _may_state(line) and _STATEMENT.search(re.sub(r"`[^`]*`", "", line))
        for number, line in enumerate(text.split("\n"), document.root.start)
    )
