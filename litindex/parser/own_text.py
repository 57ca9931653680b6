"""The user's own words: the body without what a plugin, a template or Zotero wrote."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from itertools import accumulate

from litindex.models import Annotation, Work
from litindex.parser.markdown import blocks
from litindex.parser.obsidian.comments import Place
from litindex.parser.parsed_note import EXTRACTED, ParsedNote, names_annotations
from litindex.parser.values.dates import is_stamp
from litindex.parser.vocabulary.sections import QUOTING_CALLOUTS, REFERENCE_CALLOUTS, is_quotation, is_section
from litindex.parser.zotero.persist_blocks import is_default
from litindex.text_keys import letters

_MARKER = re.compile(r"%%[ \t]*(?:begin|end)[ \t]++[^%\n]*+%%|%%[ \t]*(?:import|export)[ \t]*date:[^%\n]*%%", re.I)
_STAMP_ENDS = frozenset("0123456789M")
_RULE = re.compile(r"^\s*([-*_~])(?:\s*\1)*\s*$")
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_LINK = r"(?:\[\[[^\[\]]*\]\]|\[[^\[\]]*\]\([^()]*\)|https?://(?:(?!\[\[)\S)+)"
_LINK_ONLY = re.compile(
    rf"^(?:(?!{_LINK})\W)*+(?:(?:[^\W\d_]+[ \t]*+(?::[ \t]*+)?[!<]?)?{_LINK}(?:(?!{_LINK})[\W_])*+)++$"
)
_LABEL_ONLY = re.compile(r"^[^\w]*+\w[\w /()-]{0,29}[*_]*+\s*+:{1,2}[*_]*+\s*+$")
_CALLOUT = re.compile(r"\[![^\[\]]*\](?:\|[\w#]*)?[+-]?\s*")
_TAGS_ONLY = re.compile(r"[\s,*-]*+(?:#[^\s#]++[\s,]*+)++$")
_QUERY = re.compile(r"`\$?=[^`]*`|\{\{zotero-[^{}]*\}\}")
_COMMENT = re.compile(r"%%.*?%%")
_HTML_ONLY = re.compile(r"(?:</?[A-Za-z][^<>]*+>\s*+)++$")
_HTML_COMMENT = re.compile(r"<!--.*?-->")
_IMPORTED_TYPES = REFERENCE_CALLOUTS | {"abstract", "tldr"}
_OPENING = frozenset('"“„«「')
_WHOLE_QUOTATION = re.compile(
    r"""^(?:"[^"]{20,}"|“[^“”]{20,}”|„[^„“”]{20,}[“”]|«[^«»]{20,}»|「[^「」]{10,}」)\s*+(?:[(\[].*[)\]])?[.,;]?$"""
)


def own_words(
    page: ParsedNote, *, imported: frozenset[int], work: Work | None, annotations: Sequence[Annotation]
) -> str:
    """Own text, in the order of the note. In a note that is no work everything but markers and quotations is one's own."""
    skip = set(imported) | page.document.hidden_lines() | _quotations(page)
    if work is not None:
        persisted = _persisted(page)
        for node, head in page.callouts:
            if head.type in _IMPORTED_TYPES and node.start not in persisted:
                skip.update(range(node.start, node.end + 1))
        skip |= _legends(page) | _comments(page)
    titles = {heading.line: heading for heading in page.headings}
    kept: list[str] = []
    pending: list[str] = []
    for number, line in enumerate(page.lines, page.first):
        if number in skip:
            continue
        text = _clean(line)
        if work is not None and text[:2] == "[!":
            text = _CALLOUT.sub("", text)
        if not text or (work is not None and _is_furniture(text)):
            continue
        if number in titles and work is not None:
            heading = titles[number].text
            pending = (
                []
                if is_section(heading) or names_annotations(heading) or letters(heading) == letters(work.title or "")
                else [heading]
            )
            continue
        kept += [*pending, text]
        pending = []
    kept += [annotation.comment for annotation in annotations if annotation.comment]
    return "\n".join(kept)


def _quotations(page: ParsedNote) -> set[int]:
    """The lines of quotes and of callouts that quote; what continues a quote without its sign is the reader's."""
    found: set[int] = set()
    for node in page.document.containers if ">" in page.text else ():
        if node.kind == blocks.QUOTE:
            lines = range(node.start, node.end + 1)
            if node.callout is None or node.callout.type in QUOTING_CALLOUTS or is_quotation(node.callout.title):
                found.update(number for number in lines if page.line(number).lstrip(" \t-*+0123456789.)")[:1] == ">")
            else:
                found.difference_update(lines)
    return found


def _comments(page: ParsedNote) -> set[int]:
    """The lines that a comment over several takes up; what stands before or behind it is none of it."""
    if "%%" not in page.text:
        return set()
    starts: dict[int, list[int]] = {}
    line = partial(_line_of, page, starts)
    spans = ((line(comment.start), line(comment.end)) for comment in page.body.comments())
    return {
        n for first, last in spans if first < last for n in range(first, last + 1) if _is_hidden(page, n, first, last)
    }


def _line_of(page: ParsedNote, starts: dict[int, list[int]], place: Place) -> int:
    """The line of a place; `starts`: the offsets of the lines of each leaf that was asked of."""
    leaf = page.document.leaves[place.leaf]
    if place.leaf not in starts:
        starts[place.leaf] = [0, *accumulate(len(text) + 1 for text in leaf.lines)]
    return leaf.start + min(bisect_right(starts[place.leaf], place.offset), len(leaf.lines)) - 1


def _is_hidden(page: ParsedNote, number: int, first: int, last: int) -> bool:
    text = page.line(number).strip()
    return (number != first or text.startswith("%%")) and (number != last or text.endswith("%%"))


def _legends(page: ParsedNote) -> set[int]:
    """The lines of tables that explain the colours of highlights."""
    tables = [leaf for leaf in page.document.leaves if leaf.kind == blocks.TABLE] if "<mark" in page.text else []
    return {n for leaf in tables if any("<mark" in row for row in leaf.lines) for n in range(leaf.start, leaf.end + 1)}


def _persisted(page: ParsedNote) -> set[int]:
    return {n for block in page.persist for n in range(block.line_start, block.line_end + 1)}


def _clean(line: str) -> str:
    if line[:1].isalpha() and line[:1] not in "iIeE" and line[-1:] not in _STAMP_ENDS and "%%" not in line:
        return line.rstrip()
    text = _MARKER.sub("", line) if "%%" in line else line
    text = (_QUOTE.sub("", text) if ">" in text else text).strip()
    return "" if not text or _is_printed(text) else text


def _is_printed(text: str) -> bool:
    """A rule, the template's own sentence, a quotation, an import stamp."""
    if (text[0] in "-*_~" and text[0] == text[-1] and _RULE.match(text)) or (text[0] == "=" and is_default(text)):
        return True
    if "(" in text and EXTRACTED.match(text):
        return True
    said = text.lstrip("-*+• \t")
    if said[:1] and said[0] in _OPENING and _WHOLE_QUOTATION.match(said):
        return True
    return len(text) < 90 and is_stamp(text)


def _is_furniture(text: str) -> bool:
    """What a template leaves in a literature note: lone links, labels without a value, queries, prompts in comments, signs."""
    text = _QUERY.sub("", text) if "`" in text or "{{" in text else text
    if not text.strip(".,|~>:- ") or ("#" in text and _TAGS_ONLY.match(text)):
        return True
    if text[0] == "<" and _HTML_ONLY.match(text):
        return True
    if (text.rstrip("*_ \t")[-1:] == ":" and _LABEL_ONLY.match(text)) or not _without_comments(text).strip():
        return True
    return ("](" in text or "[[" in text or "://" in text) and _LINK_ONLY.match(text) is not None


def _without_comments(text: str) -> str:
    """A comment that does not end is none: it is not looked for from each of its beginnings."""
    if "<!--" in text:
        before, mark, after = text.rpartition("-->")
        text = _HTML_COMMENT.sub("", before + mark) + after
    return _COMMENT.sub("", text) if "%%" in text else text
