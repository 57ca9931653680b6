"""Templates and left-over placeholders (F13 as DECISIONS 2 narrows it)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from litindex.parser.frontmatter.handler import FrontMatter
from litindex.parser.markdown.blocks import Document
from litindex.parser.obsidian.body import Body
from litindex.text_keys import squeeze

_STATEMENT = re.compile(r"\{%-?[ \t]*\w|<%[-*_=+~]?")
_WHOLE = re.compile(
    r"[\s@\"'“”*_\[\]]*\{\{\s*(?:[a-z_][\w.]*\s*(?:[|(\[][^\n]*)?|[A-Z]+\s*(?::[^\n]*)?)\}\}[\s\"'“”*_.,;\[\]|)]*$"
)
_GARBAGE = re.compile(r"(?:undefined|nan|\[?object object\]?(?:\s*,\s*\[?object object\]?)*|invalid date)$", re.I)
_GARBAGE_HEADS = frozenset("uUnN[oOiI")
_FILTER_ERROR = re.compile(r"Error: `\w+` can only be applied to")
_LABEL = re.compile(r"[^\w\n]*+(\w[\w ()-]{1,29}?)[^\w\n:]*+:+[*_ ]*(.+)$")
_IDENTITY = frozenset(
    """citekey citationkey bibtexkey title author authors creators firstauthor zoterokey zoteroitemkey itemkey doi""".split()
)
_PRINTED = re.compile(r"\{\{|\{%|<%")
_ITEM_LINK = re.compile(r"zotero://select/[\w/]{0,40}items/[23456789A-NP-Z]{8}\b")


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


def is_template(front: FrontMatter, body: Body, text: str, statement: int | None) -> bool:
    """Whether a note is to be filled yet (DECISIONS 18): what would identify its work is a placeholder, or statements of a
    template stand in it (`statement`: the line of the first), outside code, and nothing real identifies a work.
    """
    if statement is not None:
        return not _is_identified(front, body, text)
    placed = "{" in text and "{{" in text and any("{{" in statement.raw for statement in body.inline_fields)
    return (placed or "{{" in front.text) and _is_unfilled(front, body, text)


def left_over(front: FrontMatter, text: str, document: Document) -> int | None:
    """The line of the first statement of a template, `<% … %>` or `{% … %}`, outside code."""
    if _may_state(front.text) and _STATEMENT.search(front.text):
        return next(n for n, line in enumerate(front.text.split("\n"), 2) if _may_state(line) or "%" in line)
    return _statement_outside_code(text, document) if _may_state(text) else None


def _may_state(text: str) -> bool:
    """Each sign under one of its characters, which are quickly looked for."""
    return "%" in text and (("{" in text and "{%" in text) or ("<" in text and "<%" in text))


def _is_unfilled(front: FrontMatter, body: Body, text: str) -> bool:
    """Whether all values that would identify a work are placeholders."""
    labels = ((m[1], m[2]) for line in text.split("\n") if "{{" in line and (m := _LABEL.match(line)))
    identifying = _identifying(front, body, labels)
    return bool(identifying) and all(is_placeholder(value) for value in identifying)


def _is_identified(front: FrontMatter, body: Body, text: str) -> bool:
    """Whether a real value stands where a work would be identified."""
    labels = ((m[1], m[2]) for line in text.split("\n") if ":" in line and (m := _LABEL.match(line)))
    if any(not _PRINTED.search(value) and any(map(str.isalnum, value)) for value in _identifying(front, body, labels)):
        return True
    return _ITEM_LINK.search(text) is not None


def _identifying(front: FrontMatter, body: Body, labels: Iterable[tuple[str, str]]) -> list[str]:
    values = [line.partition(":")[::2] for line in front.text.split("\n") if ":" in line]
    values += [(statement.name, statement.raw) for statement in body.inline_fields]
    values += labels
    return [value.strip() for key, value in values if value.strip() and squeeze(key) in _IDENTITY]


def _statement_outside_code(text: str, document: Document) -> int | None:
    hidden = document.hidden_lines()
    for number, line in enumerate(text.split("\n"), document.root.start):
        if number not in hidden and _may_state(line) and _STATEMENT.search(re.sub(r"`[^`]*`", "", line)):
            return number
    return None
