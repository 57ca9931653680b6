"""What the head of a note says without labels: its first heading, lines of wikilinks, abstract and reference (Z10, S13, S27, S36)."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.statement import PARTS, Statement, no_value, text_lines
from litindex.parser.markdown import blocks
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.references import read_reference
from litindex.parser.vocabulary.keys import slot_of, squeeze_key

_AUTHOR_YEAR = re.compile(
    r"^(.*\S)\s*\(\s*+(?:([^()\d]*?[^()\d\s,])[,\s]++)?((?:1[4-9]|20)\d\d[a-z]?|NaN|n\.\s?d\.)\s*+\)\s*+$"
)
_ORNAMENT = re.compile(r"^[^\w\[(\"'“«‘¿¡#$*_<{]+\s*")
_ZOTERO_LINK = re.compile(r"(?:(?<!\s)\s+)?\[[^\[\]]*\]\(zotero:[^()]*\)")
_BY = re.compile(r"(?:by|von|par|por|di|av|af|door)\s++(.{3,200}?)\s*+\(((?:1[5-9]|20)\d\d)\)\W*$", re.I)
_BOOK_MARKS = re.compile(r"《([^《》]{1,200})》")
_CONTAINER_YEAR = re.compile(
    r"^\s*(?:\*|_)*\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\](?:\*|_)*\s*+(?:\(\s*+(\d{4})\s*+\)\s*+)?$"
)
_LINKS_ONLY = re.compile(r"^\W*(?:!?\[\[[^\[\]]+\]\][\s,;、·&]*)+$")
_GENERIC = frozenset(
    """metadata meta notes note annotations annotation abstract summary bibliography references reference highlights
    comments reading info information details citation overview introduction content contents zotero properties
    literaturenote notizen zusammenfassung resumen résumé anotações notas hauptgedanken 笔记 摘要 元数据 メモ""".split()
)
_FIELD_LINE = re.compile(r"^[\s>~-]*+\**+\w[\w /-]{1,29}\**+\s*+::")
_ABSTRACT_LINE = re.compile(r"^[\s>]*+\**+\s*+Abstract\s*+:?\**+\s*+:?$", re.I)
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")


class Passage(NamedTuple):
    """A text and the lines of the file that it was taken from."""

    text: str
    lines: frozenset[int]
    source: str


def head_statements(page: ParsedNote, region: Region) -> list[Statement]:
    """Statements of headings and unlabelled lines, the weakest there are."""
    statements: list[Statement] = []
    for heading in page.headings[:4]:
        if heading.line < region.head_end and not _is_generic(heading.text):
            statements += _heading_statements(heading.text, heading.line)
            break
    return statements + _unlabelled(page, region)


def first_title(page: ParsedNote, region: Region) -> str | None:
    """The first level-1 heading in the head of the note that says more than a section's name."""
    for heading in page.headings[:4]:
        if heading.level == 1 and heading.line < region.head_end and not _is_generic(heading.text):
            return heading.text
    return None


def _is_generic(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return (
        not words
        or "".join(words) in _GENERIC
        or (len(words) < 3 and words[0] in _GENERIC)
        or slot_of(text) not in (None, "container", "publisher")
    )


def _heading_statements(text: str, line: int) -> list[Statement]:
    """`Title`, `Title (2015)`, `Title (Author 1991)`."""
    text = _ZOTERO_LINK.sub("", text)
    text = _ORNAMENT.sub("", text.strip()) or text
    found = _AUTHOR_YEAR.match(text)
    if not found:
        return [Statement("title", "#", text, line, "heading")]
    statements = [Statement("title", "#", found[1], line, "heading")]
    if found[3][:4].isdigit():
        statements.append(Statement("year", "#", found[3], line, "heading"))
    if found[2]:
        statements.append(Statement("creator:author", "#", found[2], line, "heading"))
    return statements


def _byline(page: ParsedNote) -> list[Statement]:
    """Right under the first heading: `by A and B (2006)`, or `A, B · Journal · 2018 · …`."""
    title = next((heading for heading in page.headings if heading.level == 1), None)
    if title is None:
        return []
    for number in range(title.line + 1, min(title.line + 4, page.first + len(page.lines))):
        text = page.line(number).strip().strip("*_")
        if (found := _BY.match(text)) is not None:
            return [
                Statement("creator:author", "by", found[1].strip("*_ "), number, "line"),
                Statement("year", "by", found[2], number, "line"),
            ]
        parts = PARTS.split(text)
        if len(parts) > 2 and (
            year := next((part for part in parts if re.fullmatch(r"(?:1[5-9]|20)\d\d", part)), None)
        ):
            return [
                Statement("creator:author", "·", parts[0].strip("*_ "), number, "line"),
                Statement("year", "·", year, number, "line"),
            ]
    return []


def _unlabelled(page: ParsedNote, region: Region) -> list[Statement]:
    """Lines whose order or form is their only key: wikilinked people, `[[Journal]] (year)`, a title before them."""
    statements = _byline(page)
    previous: tuple[int, str] | None = None
    for number, text, leaf in text_lines(page):
        if number >= min(region.head_end, page.first + 30):
            break
        if leaf.kind == blocks.TITLE and number in region.lines and (named := _BOOK_MARKS.search(text)):
            statements.append(Statement("title", "《》", named[1], number, "line"))
        if leaf.kind in (blocks.HEADING, blocks.TABLE, blocks.TITLE) or number in region.persist or "::" in text:
            previous = None
            continue
        people = any(statement.slot == "creator:author" for statement in statements)
        if _LINKS_ONLY.match(text) and not people and not text.lstrip().startswith("!"):
            statements.append(Statement("creator:author", "[[…]]", text, number, "line"))
            if (
                previous is not None
                and previous[0] == number - 1
                and number in region.lines
                and leaf.ancestor(blocks.QUOTE)
            ):
                statements.append(Statement("title", None, previous[1], previous[0], "line"))
        elif people and (found := _CONTAINER_YEAR.match(text)):
            statements.append(
                Statement(
                    "container",
                    "[[…]]",
                    re.sub(r"(?:(?<!\s)\s+)?\((?:journal|book|proceedings)\)$", "", found[1].rpartition("/")[2]),
                    number,
                    "line",
                )
            )
            if found[2]:
                statements.append(Statement("year", None, found[2], number, "line"))
        previous = (number, text) if "[" not in text else None
    return statements


# ---------------------------------------------------------------------- abstract and reference


def find_abstract(page: ParsedNote, region: Region, statements: list[Statement]) -> Passage | None:
    """Z10; else an abstract callout, else the text under a heading `Abstract`."""
    stated = {statement.line for statement in statements if statement.slot != "abstract" and statement.line is not None}
    return (
        _region_abstract(page, region) or _abstract_callout(page, region, stated) or _section(page, region, "abstract")
    )


def _region_abstract(page: ParsedNote, region: Region) -> Passage | None:
    for number in sorted(region.lines):
        if _ABSTRACT_LINE.match(page.line(number)) and page.line(number).lstrip().startswith(">"):
            return _quoted_text(page, number + 1)
    return None


def _quoted_text(page: ParsedNote, number: int) -> Passage | None:
    """The quoted lines up to a field, an unquoted line or two empty quoted lines."""
    found: list[str] = []
    used: list[int] = []
    while number < page.first + len(page.lines):
        line = page.line(number)
        if not line.lstrip().startswith(">") or _FIELD_LINE.match(line):
            break
        text = _QUOTE.sub("", line).strip()
        if not text and found and not found[-1]:
            break
        if text or found:
            found.append(text)
            used.append(number)
        number += 1
    text = "\n".join(found).strip()
    return Passage(text, frozenset(used), "region") if text and not no_value(text) else None


def _abstract_callout(page: ParsedNote, region: Region, stated: set[int]) -> Passage | None:
    """The body of the first callout of this canonical type outside persist blocks; its title when nothing else is there."""
    for callout, node in zip(page.callouts, page.callout_nodes, strict=True):
        named = callout.canonical_type == "abstract" or (callout.title is not None and _is_abstract(callout.title))
        if not named or node.start in region.persist or node.start >= region.head_end:
            continue
        if stated & set(range(node.start, node.end + 1)):
            continue  # a callout of that type which holds fields is about the work
        lines = {
            node.start + i: _QUOTE.sub("", page.line(node.start + i)).strip()
            for i in range(1, node.end - node.start + 1)
        }
        body = [text for text in lines.values() if not re.match(r"^\**abstract\**:?$", text, re.I)]
        text = _strip_label("\n".join(body).strip(), "abstract")
        following, used = ("", set()) if text else _unquoted_below(page, node.end + 1)
        text = text or following or (callout.title if callout.title and len(callout.title) > 60 else "")
        if text and not no_value(text):
            return Passage(text, frozenset(lines) | used | {node.start}, "callout")
    return None


def _strip_label(text: str, kind: str) -> str:
    key, mark, rest = text.partition("::")
    return rest.strip() if mark and slot_of(key) == kind else text


def _unquoted_below(page: ParsedNote, number: int) -> tuple[str, set[int]]:
    """Some templates leave the `>` off the text under the callout's first line."""
    found: list[str] = []
    used: set[int] = set()
    while number < page.first + len(page.lines):
        line = page.line(number).strip()
        if not line or line[0] in ">#%-|`" or "::" in line:
            break
        found.append(line)
        used.add(number)
        number += 1
    return "\n".join(found), used


def _is_abstract(title: str) -> bool:
    """Whether a heading names the abstract of the work, and not the reader's own summary."""
    title = re.sub(r"<[^<>]*>", "", title)
    return slot_of(title) == "abstract" and squeeze_key(title) not in _OWN_SUMMARIES


_OWN_SUMMARIES = frozenset("summary zusammenfassung resumen resumo riassunto samenvatting".split())


def _section(page: ParsedNote, region: Region, slot: str) -> Passage | None:
    """The text under a heading of this name, up to the next heading."""
    end = page.first + len(page.lines)
    heads = [(leaf.start, leaf.lines[0]) for leaf in page.document.leaves if leaf.kind == blocks.HEADING] + [(end, "")]
    for (line, title), (following, _) in itertools.pairwise(heads):
        named = _is_abstract(title) if slot == "abstract" else slot_of(title) == slot
        if not named or line >= region.head_end or line in region.persist:
            continue
        stop = min(following, region.head_end, min((n for n in region.persist if n > line), default=end))
        lines = {n: _QUOTE.sub("", page.line(n)).strip() for n in range(line + 1, stop)}
        kept = {n: text for n, text in lines.items() if not text.startswith(("%%", "---", "___", "***"))}
        text = "\n".join(kept.values()).strip()
        if text and not no_value(text):
            return Passage(text, frozenset(kept), "heading")
    return None


def find_bibliography(page: ParsedNote, region: Region, statements: list[Statement]) -> Passage | None:
    """Z10: the first plain quote line behind the region's last field; else the callout that holds the citation."""
    start = max((s.line for s in page.body.inline_fields if s.line in region.lines), default=0)
    if region.info is not None:
        start = max(start, region.info.end)
        found = _plain_quote(page, region, start + 1)
        if found:
            return found
    for callout, node in zip(page.callouts, page.callout_nodes, strict=True):
        if (
            callout.type not in ("cite", "citation", "reference", "bibliography", "bib")
            and slot_of(callout.title or "") != "bibliography"
        ):
            continue
        if node.start in region.persist:
            continue
        texts = {n: _QUOTE.sub("", page.line(n)).strip() for n in range(node.start + 1, node.end + 1)}
        text = next(
            (text for text in texts.values() if len(text) > 15 and "::" not in text and "zotero://" not in text), None
        )
        if text is None and callout.title and len(callout.title) > 40:
            text = callout.title
        if text:
            return Passage(re.sub(r"(?:(?<!\s)\s+)?\^[\w-]+$", "", text), frozenset({node.start, *texts}), "callout")
    section = _section(page, region, "bibliography")
    if section is None and not any(statement.slot == "bibliography" for statement in statements):
        return _bare_reference(page, region, statements)
    if section is None or len(section.text) < 30 or "::" in section.text:
        return None
    return section._replace(text=section.text.split("\n")[0])


def _bare_reference(page: ParsedNote, region: Region, statements: list[Statement]) -> Passage | None:
    """A line that is a reference, in the head of a note that names nobody otherwise, or the same people."""
    people = " ".join(statement.raw for statement in statements if statement.slot.startswith("creator:")).casefold()
    for number, text, leaf in text_lines(page):
        if number >= min(region.head_end, page.first + 15):
            break
        if leaf.kind == blocks.PARA and len(text) > 40 and number not in region.persist:
            reference = read_reference(text)
            family = (reference.names[0][0].family or reference.names[0][0].name).casefold() if reference.names else ""
            if reference.names and reference.year and reference.title and (not people or family in people):
                return Passage(text.strip(), frozenset({number}), "line")
    return None


def _plain_quote(page: ParsedNote, region: Region, number: int) -> Passage | None:
    starts = {node.start for node in page.callout_nodes}
    while number < page.first + len(page.lines):
        line = page.line(number)
        if number in starts or line.startswith(("#", "%%")) or number in region.persist:
            return None
        text = _QUOTE.sub("", line).strip() if line.lstrip().startswith(">") else ""
        if text:
            return Passage(text, frozenset({number}), "quote")
        if line.strip() and not line.lstrip().startswith((">", "~")):
            return None
        number += 1
    return None
