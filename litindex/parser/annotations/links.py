"""Links into a document: Zotero's `open` links and links to a place in a PDF (PDF++); the passages beside them (Z27)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import unquote

from litindex.parser.annotations import text as words
from litindex.parser.annotations.context import Surroundings
from litindex.parser.annotations.passage import Origin, Passage
from litindex.parser.annotations.text import Row
from litindex.parser.markdown.blocks import Node
from litindex.parser.vocabulary.annotations import LINK_TEXTS, TYPES
from litindex.parser.vocabulary.colors import EMOJI, find_hex, find_word
from litindex.parser.zotero.uris import ZoteroUri, parse_uri

_DISPLAY = r"(?P<display>(?:[^\[\]]|\[[^\[\]]*\]){0,200})"
_ADDRESS = r"(?:[^()\s>]|\([^()\s>]*\)){0,2000}"
_LINK = re.compile(
    rf"!?\[{_DISPLAY}\]\(<?(?:(?P<uri>zotero://open{_ADDRESS})|(?P<select>zotero://select{_ADDRESS})"
    rf"|(?P<file>[^()#<>\n]{{1,300}}\.pdf)#(?P<place>{_ADDRESS}))>?\)"
    r"|!?\[\[(?P<pdf>[^\[\]|#]{1,300}\.pdf)#(?P<at>[^\[\]|]{0,300})(?:\|(?P<name>[^\[\]]{0,200}))?\]\]",
    re.I,
)
_PARAMETER = re.compile(r"(?:^|&)(page|annotation|color)=([^&]*)")
_MARKED_PLACE = re.compile(r"(?:^|&)(?:selection|annotation|rect)=")
_NOTHING = re.compile(r"[\s(\[*_>-]*(?:\d{1,3}[.)]\s*)?")
_BETWEEN = re.compile(r"[\s()\[\].,;*_–—|/·&]*")
_BUILT_IN = re.compile(r"(?:\b([A-Z][a-z]+)\s+)?\b(Highlight|Underline|Note|Text|Image|Ink)\s*\(?$")
_BUILT_IN_LINK = re.compile(r"Page \w+$")
_DASH = re.compile(r"^(?:[\s).,;:–—-]|[*_]+(?=\s|$))*+(?=\S)")
_TAGGED = re.compile(r"(?:^|(?<=\s))(?:tags?|schlagworte|标签|标签)\s*[:：]+\s*(.+)$", re.I)
_INLINE_TAG = re.compile(r"(?:^|(?<=\s))#[^\s#]+")
_NO_WORDS = re.compile(r"(?:\[\[[^\[\]]*+\]\]|[\W\d_])*+$")
_CITATION = re.compile(
    r'<span class="citation"[^<>]*+>[^<>]*+(?:<span class="citation-item"[^<>]*+>(?:(?!</?span).)*+</span>[^<>]*+)*+</span>',
    re.S,
)
"""Zotero's own citation behind a passage of a note."""
_STARTS_ANEW = re.compile(r"\s*[“„«<=*\"📌🟡🔴🟢🔵🟣🟠]")


class Anchor(NamedTuple):
    """A link to a passage, or several in a row, as a range of the text."""

    start: int
    end: int
    origin: Origin
    display: str
    color: str | None


_LEADING_TAGS = re.compile(r"^(?:#[^\s#]++\s*+)++")
_TAGS = re.compile(r"(?:(?<!\s)\s+)?#[^\s#]++(?:\s*+#[^\s#]++)*+")


def find_anchors(text: str) -> list[Anchor]:
    """The links to passages; a link to the item right beside one belongs to it, and so does a second one behind it."""
    found: list[Anchor] = []
    before: re.Match[str] | None = None
    for link in _LINK.finditer(text) if "zotero://" in text or ("#" in text and ".pdf#" in text.lower()) else ():
        anchor = _anchor(link)
        if anchor is None:
            before = link
            if found and _adjoins(text, found[-1].end, link.start()):
                found[-1] = found[-1]._replace(end=link.end())
            continue
        if before is not None and _adjoins(text, before.end(), anchor.start):
            label = anchor.origin.label or words.label_in(_shown(before))
            anchor = anchor._replace(start=before.start(), origin=anchor.origin._replace(label=label))
        if (
            found
            and _adjoins(text, found[-1].end, anchor.start)
            and (found[0].start or same_passage(found[-1], anchor))
        ):
            found[-1] = found[-1]._replace(end=anchor.end)
        else:
            found.append(anchor)
        before = None
    return found


def _adjoins(text: str, end: int, start: int) -> bool:
    return start >= end and _BETWEEN.fullmatch(text, end, start) is not None and "\n" not in text[end:start]


def same_passage(one: Anchor, other: Anchor) -> bool:
    a, b = one.origin.uri, other.origin.uri
    return a is not None and b is not None and (a.annotation == b.annotation or None in (a.annotation, b.annotation))


def _anchor(link: re.Match[str]) -> Anchor | None:
    if link["uri"]:
        display = link["display"]
        origin = Origin(parse_uri(link["uri"]), words.label_in(display), link["uri"])
        return Anchor(link.start(), link.end(), origin, display, None)
    place = link["place"] or link["at"] or ""
    if link["select"] or not (_MARKED_PLACE.search(place) and "page=" in place):
        return None
    said = dict(_PARAMETER.findall(unquote(place)))
    uri = ZoteroUri("pdf", None, None, None, said.get("page"), said.get("annotation"))
    display = _shown(link)
    return Anchor(link.start(), link.end(), Origin(uri, words.label_in(display)), display, said.get("color"))


def _shown(link: re.Match[str]) -> str:
    """What a link shows: a wikilink may show nothing of its own."""
    return link["name"] or link["display"] or ""


def is_passage(anchor: Anchor, *, expected: bool) -> bool:
    """A link to a page or an annotation; where annotations are expected, to anything in a document."""
    uri = anchor.origin.uri
    return (
        uri is None
        or uri.annotation is not None
        or uri.page is not None
        or expected
        or "page=" in (anchor.origin.link or "")
    )


def passages_in(around: Surroundings, node: Node, rows: list[Row]) -> Iterator[Passage]:
    """One passage a link: its text stands before it (behind it, where the link comes first); what follows is said of it."""
    text = "\n".join(row.text for row in rows)
    anchors = find_anchors(text)
    if not anchors:
        return
    head = words.HTML_TAG.sub("", text[: anchors[0].start])
    leading = _NOTHING.fullmatch(words.EMBED.sub("x", head)) is not None
    pieces = list(_led(text, anchors) if leading else _followed(text, anchors))
    lines = _Lines(rows)
    for anchor, (start, end), (said, until) in pieces:
        cited = None if leading else words.cited_page(text[start:end].rstrip(" ["))
        label = anchor.origin.label or _cited_page(text[start:until])
        if cited and label in (None, cited[1]):
            label, end = cited[1], start + len(cited[0])
        origin = anchor.origin._replace(label=label)
        passage = Passage(lines.at(anchor.start if leading else start), origin)
        _read_piece(around, passage, anchor, text[start:end], lines.rows(start, end))
        passage.image = around.image_between(lines.at(start), lines.at(max(start, end - 1)))
        listen(passage, text[said:until])
        yield passage


def _cited_page(text: str) -> str | None:
    """The page that a link to the item prints."""
    pages = (words.label_in(link["display"]) for link in _LINK.finditer(text) if link["select"])
    return next(filter(None, pages), None) if "zotero://select" in text else None


class _Lines:
    """Which row of a block a place in its text is in."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows
        self._starts = [0, *accumulate(len(row.text) + 1 for row in rows[:-1])]

    def at(self, offset: int) -> int:
        return self._rows[bisect_right(self._starts, offset) - 1].number

    def rows(self, start: int, end: int) -> Iterator[Row]:
        first = bisect_right(self._starts, start) - 1
        for at in range(first, len(self._rows)):
            row, offset = self._rows[at], self._starts[at]
            if offset >= end:
                return
            if start < offset + len(row.text):
                yield row._replace(text=row.text[max(0, start - offset) : end - offset])


_Piece = tuple[Anchor, tuple[int, int], tuple[int, int]]


def _led(text: str, anchors: list[Anchor]) -> Iterator[_Piece]:
    """(link, range of the passage, range of what is said of it), each passage behind its link."""
    ends = [anchor.start for anchor in anchors[1:]] + [len(text)]
    for anchor, end in zip(anchors, ends, strict=True):
        start = anchor.end + len(text[anchor.end : end]) - len(text[anchor.end : end].lstrip(" \t):"))
        quoted = words.quoted_end(text[start:end])
        until = start + quoted if quoted and text[start + quoted : end].strip() else end
        yield anchor, (start, until), (until, end)


def _followed(text: str, anchors: list[Anchor]) -> Iterator[_Piece]:
    """The same, each passage before its link."""
    start = 0
    for i, anchor in enumerate(anchors):
        last = i + 1 == len(anchors)
        until = len(text) if last else anchor.end + _said(text[anchor.end : anchors[i + 1].start])
        yield anchor, (start, anchor.start), (anchor.end, until)
        start = until


def _said(between: str) -> int:
    """How much of the text between two links is said of the first; the rest is the second passage."""
    stripped = between.rstrip(" \t\n([*_")
    quoted = words.quoted_start(stripped)
    if quoted > 0:
        return quoted
    remainder, newline, below = between.partition("\n")
    return len(remainder) if newline and _STARTS_ANEW.match(below) else 0


def _read_piece(around: Surroundings, passage: Passage, anchor: Anchor, piece: str, rows: Iterator[Row]) -> None:
    """The kind, the colour and the text of a passage."""
    built_in = _BUILT_IN.search(piece.rstrip()) if _BUILT_IN_LINK.match(anchor.display) else None
    emoji = EMOJI.get(piece.strip()[:1])
    marks = " ".join(found[2] for found in words.find_marked(piece))
    passage.color, passage.color_word = find_hex(marks), emoji or find_word(marks)
    passage.paint(anchor.color)
    if "<u>" in piece:
        passage.kind = "underline"
    kept = list(rows)
    if len(kept) > 1 and _is_color(kept[0]):
        kept = kept[1:]
    if anchor.display.startswith("note on "):  # ZotFile's sign of the reader's own words
        passage.kind, passage.in_comment = "note", True
        kept = [row._replace(text=row.text.lstrip("*_")) for row in kept]
    if built_in:
        passage.is_built_in = True
        passage.kind, passage.color_word = TYPES[built_in[2].lower()], find_word(built_in[1] or "")
        begin = built_in.start() if built_in[1] is None or passage.color_word else built_in.start(2)
        surplus = len(piece) - begin
        kept[-1] = kept[-1]._replace(text=kept[-1].text[: max(0, len(kept[-1].text) - surplus)])
        if passage.origin.uri is not None:  # the plugin prints the PDF page and links with the label
            uri, label = passage.origin.uri, passage.origin.label
            passage.origin = Origin(uri._replace(page=label), uri.page, passage.origin.link)
    if not passage.color and not passage.color_word:
        passage.color_word = around.section_color(passage.line)
    for row in kept:
        passage.add(_without_links(row))
    if not passage.texts and not passage.comments and _is_words(anchor.display):
        passage.texts.append(anchor.display)


def _is_color(row: Row) -> bool:
    """Whether a line is a mark that only names its colour."""
    label = words.MARKED.fullmatch(row.text.strip()) if "<" in row.text else None
    return label is not None and find_word(label[3]) is not None and " " not in label[3].strip()


def _is_words(display: str) -> bool:
    """Whether the text of a link is the passage itself, not a page or `Go to annotation`."""
    said = re.findall(r"[^\W\d_]+", display.lower())
    return bool(said) and words.label_in(display) is None and not LINK_TEXTS.issuperset(said)


def listen(passage: Passage, tail: str) -> None:
    """What follows the link: `— mine`, lines below, `Tag: a; b`, `#a`."""
    passage.in_comment = True
    tail = _CITATION.sub("", tail) if "citation" in tail else tail
    for line in tail.split("\n"):
        line = _LINK.sub("", line) if "](" in line else line
        line = _DASH.sub("", line, count=1) if line.strip() else ""
        if (tagged := _TAGGED.search(line)) and words.tags_in(tagged[1]):
            passage.tag(words.tags_in(tagged[1]))
            line = line[: tagged.start()].rstrip()
        if "#" in line:
            passage.tag([name for each in _INLINE_TAG.findall(line) for name in words.tags_in(each)])
            line = _without_outer_tags(line)
        if line and not _NO_WORDS.match(words.HTML_TAG.sub("", line)):
            passage.add(Row(line, 0))


def read_anchored(passage: Passage, rows: list[Row], anchor: Anchor | None) -> None:
    """The lines of a block that is one passage: what follows its link is said of it, once there is text."""
    offset = 0
    for row in rows:
        end = offset + len(row.text)
        if anchor is not None and offset <= anchor.start <= end:
            passage.add(row._replace(text=row.text[: anchor.start - offset]))
            _after_link(passage, row._replace(text=row.text[anchor.end - offset :]))
        else:
            passage.add(_without_links(row))
        offset = end + 1


def _without_links(row: Row) -> Row:
    return row._replace(text=_LINK.sub("", row.text)) if "](" in row.text else row


def _after_link(passage: Passage, rest: Row) -> None:
    if passage.texts:
        listen(passage, rest.text)
    else:
        passage.add(rest._replace(text=rest.text.lstrip(" ).")))


def _without_outer_tags(line: str) -> str:
    """A line without the tags that it begins and ends with."""
    line = _LEADING_TAGS.sub("", line)
    tags = list(_TAGS.finditer(line))
    return line[: tags[-1].start()] if tags and tags[-1].end() == len(line) else line
