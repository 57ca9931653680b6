"""Passages that reading services and apps export, by the table of their makers; and lists under `Highlights` (S30)."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import NamedTuple

from litindex.parser.annotations import text as words
from litindex.parser.annotations.passage import UNKNOWN, Origin, Passage
from litindex.parser.annotations.pasted import find_pasted
from litindex.parser.annotations.text import Row
from litindex.parser.frontmatter.yaml_core import Scalar
from litindex.parser.makers.reading import MAKERS, Maker
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.block_ids import without_block_id
from litindex.parser.values.dates import is_stamp
from litindex.parser.vocabulary.annotations import APPS, DATED, HEADINGS, HIGHLIGHTS, LINK_TEXTS, LOCATIONS, is_readers
from litindex.parser.zotero.uris import parse_uri


def _rarest(sign: str) -> str:
    """What is quickly looked for: the character of a sign that few notes hold, else the sign itself."""
    return next((character for character in sign if character in "📌@_=([/"), sign)


_SIGNS = [(_rarest(sign), sign, maker) for maker in MAKERS for sign in maker.signs]
"""Each with what is looked for first."""
_NO_ADDRESSES = [each for each in _SIGNS if "/" not in each[1]]
_HOSTS = sorted({sign.partition("/")[0] + "/" for _, sign, _ in _SIGNS if "/" in sign})
_HOST = re.compile(f"/(?:{'|'.join(f'(?<={re.escape(host)})' for host in _HOSTS)})")
"""The beginning of any address among the signs, in one look; few notes hold one."""
_GENERAL = Maker("", (), "item", rf"{'|'.join(HIGHLIGHTS)}|new highlights.*")
_BY_APP = Maker("", (), "item", rf"(?:{'|'.join(HEADINGS)})\s+\((?:{APPS})\b[^()]{{0,30}}\)")
_WINDOW = 80
"""So near to the end of a text stands the place of a passage."""
_PLACE = re.compile(rf"(?:\(|[—–-]+\s*)?\b((?:{'|'.join(LOCATIONS)})\b[.:]?\s*(?:[\w–-]*\d[\w–-]*|[ivxlc]+))\)?$", re.I)
_CITED = re.compile(
    r"\(([^()/]{0,80}?)[ :,]+(?:pp?\.\s?)?(\d[\d–-]*|(?<=\d{4}:)[ivxlc]+|(?<=\d{4}, p\. )[ivxlc]+)\)[\W_]*$"
)
_TAGGED_TITLE = re.compile(r"(.*\S)\s+\.h[1-6]\s*$")
_COLOR = re.compile(r"%%\s*+colou?r:\s*+([^%]*+)%%", re.I)
_TAGS = re.compile(r"(?:\s+#[^\s#]+)+$")
_GROUP = re.compile(r"\s*[—–-]+\s*group:\s*#?\S+$", re.I)
_CITING = ("cited", "linked", "signed")
_DATED_PLACE = re.compile(
    rf"[\W_]*(?:[^\W\d_]+:\s*)?\d{{4}}-\d{{2}}-\d{{2}}[\d:T ]*+\W*+((?:{'|'.join(LOCATIONS)})[.:]?\s*[\w–-]+)[\W_]*$",
    re.I,
)
"""A line that tells when something was marked, and where."""
_DASHES = re.compile(r"(?<![\s(—–-])[\s(—–-]+$")
_LEAD = re.compile(rf"\b(?:{'|'.join(LOCATIONS)}):?$", re.I)
_STAMP = re.compile(r"\s{0,4}(?:(?:on|at|um|am|le|el|em|il)\s{1,4})?\d[\w\s:./+-]{3,60}$")
"""When something was marked, behind the link to it."""
_START = attrgetter("start")
_PIN = re.compile(r"📌\s*+(.+?)(?:⏱.*|\^[\w-]+\s*)?$")
_THOUGHT = re.compile(r"\s*(?:[-*>]\s*)*(?:💭\s*(.+)|⏱.*)$")


class Exported(NamedTuple):
    """Passages and the lines they take up; `is_sure` where their maker is known."""

    passages: list[Passage]
    lines: set[int]
    is_sure: bool


_NOTHING = Exported([], set(), is_sure=False)


def find_exported(page: ParsedNote, *, is_headed: bool) -> Exported:
    """What the maker of the note exported; without a maker, the items of lists under `Highlights`."""
    passages, lines = find_pasted(page)
    if passages:
        return Exported(passages, lines, is_sure=True)
    for maker in _makers(page):
        passages, lines = _read(page, maker)
        if passages:
            return Exported(passages, lines, is_sure=maker.opening != "pin" or "zotero://open" not in page.text)
    if not is_headed:
        return _NOTHING
    passages, lines = _read(page, _BY_APP)
    return Exported(*((passages, lines) if passages else _read(page, _GENERAL)), is_sure=False)


def _makers(page: ParsedNote) -> list[Maker]:
    """The makers whose signs the note holds, those that are keys in its front matter."""
    front = "\n".join(
        [f"{p.key}:\n{p.value.raw if isinstance(p.value, Scalar) else ''}" for p in page.front.properties]
    )
    text = f"{page.text}\n{front}"
    signs = _SIGNS if _HOST.search(text) else _NO_ADDRESSES
    places = ((rarest, sign, maker, front if sign.endswith(":") else text) for rarest, sign, maker in signs)
    return list(dict.fromkeys([maker for rarest, sign, maker, place in places if rarest in place and sign in place]))


def _read(page: ParsedNote, maker: Maker) -> tuple[list[Passage], set[int]]:
    found: list[Passage] = []
    lines: set[int] = set()
    for part in _sections(page, maker):
        lines.update(leaf.start for leaf in part if _chapter(leaf))
        for group in _GROUPS[maker.opening](part, maker):
            if passage := _passage(group, maker):
                found.append(passage)
                lines |= {number for leaf in group.leaves for number in range(leaf.start, leaf.end + 1)}
    return found, lines


class Group(NamedTuple):
    """The leaves of one passage, and the chapter that an export prints among the passages."""

    leaves: list[Node]
    chapter: str | None = None


def _sections(page: ParsedNote, maker: Maker) -> Iterator[list[Node]]:
    """The leaves under each heading of the maker's sections; all of them where it has none."""
    if not maker.section:
        yield page.document.leaves
        return
    pattern = re.compile(rf"\W*(?:{maker.section})\W*$", re.I)
    is_short = maker is _GENERAL or maker.opening == "heading"
    deepest = 0 if maker.opening == "paragraph" else 1  # Kobo's chapters are headings of the same level
    until = 0
    for i, heading in enumerate(page.headings):
        if heading.line < until or not pattern.match(heading.text):
            continue
        ends = (
            h.line
            for h in page.headings[i + 1 :]
            if is_short or is_readers(h.text) or (h.level < deepest + heading.level and not pattern.match(h.text))
        )
        until = next(ends, page.first + len(page.lines))
        leaves = page.document.leaves
        yield leaves[bisect_left(leaves, heading.line, key=_START) : bisect_left(leaves, until, key=_START)]


# ---------------------------------------------------------------------- what belongs to one passage


def _by_item(leaves: list[Node], maker: Maker) -> Iterator[Group]:
    """Each item of a list; one that is only a heading is a chapter, one that is only a label belongs to the item before.
    Without a list each quote.
    """
    if any(_outermost(leaf, blocks.ITEM) for leaf in leaves):
        yield from _opened(leaves, lambda leaf: _outermost(leaf, blocks.ITEM), keeps_others=False)
    elif maker.signs:
        yield from _by_quote(leaves, maker)


def _by_quote(leaves: list[Node], maker: Maker) -> Iterator[Group]:
    """Each quote, and what stands below it."""
    yield from _opened(leaves, lambda leaf: _outermost(leaf, blocks.QUOTE), keeps_others=True)


def _by_paragraph(leaves: list[Node], maker: Maker) -> Iterator[Group]:
    """Each paragraph or item without a label; a heading too where it holds the maker's link."""
    kinds = (blocks.PARA, blocks.HEADING) if maker.opening == "linked" else (blocks.PARA,)
    yield from _opened(leaves, lambda leaf: leaf if leaf.kind in kinds else None, keeps_others=False)


def _opened(leaves: list[Node], opener: Callable[[Node], Node | None], *, keeps_others: bool) -> Iterator[Group]:
    group: Group | None = None
    chapter: str | None = None
    block: Node | None = None
    for leaf in leaves:
        opening = opener(leaf)
        if opening is None and (leaf.kind in (blocks.HEADING, blocks.RULE) or not keeps_others):
            continue
        if opening is not None and opening is not block and not _is_detail(leaf):
            block = opening
            if group:
                yield group
            group = None
            if title := _chapter(leaf):
                chapter, block = title, opening
                continue
            group = Group([], chapter)
        if group:
            group.leaves.append(leaf)
    if group:
        yield group


def _chapter(leaf: Node) -> str | None:
    """The title of a chapter that stands in an item: a heading, or what was tagged as one (`.h1`)."""
    if leaf.parent is None or leaf.parent.kind != blocks.ITEM:
        return None
    tagged = _TAGGED_TITLE.match(leaf.lines[0]) if leaf.lines else None
    return leaf.lines[0].strip() if leaf.kind == blocks.HEADING else tagged[1] if tagged else None


def _by_rule(leaves: list[Node], maker: Maker) -> Iterator[Group]:
    """What stands between two rules."""
    group = Group([])
    for leaf in leaves:
        if leaf.kind in (blocks.RULE, blocks.HEADING):
            yield group
            group = Group([])
        else:
            group.leaves.append(leaf)
    yield group


def _by_citation(leaves: list[Node], maker: Maker) -> Iterator[Group]:
    """Each paragraph between the maker's sign and the next heading."""
    rest = iter(leaves)
    any(sign in leaf.lines[0] for leaf in rest if leaf.lines for sign in maker.signs)
    for leaf in itertools.takewhile(lambda leaf: leaf.kind != blocks.HEADING, rest):
        if leaf.kind == blocks.PARA:
            yield Group([leaf])


def _by_pin(leaves: list[Node], maker: Maker) -> Iterator[Group]:
    """A pinned line, and the thoughts below it."""
    group: Group | None = None
    for leaf in leaves:
        if leaf.kind == blocks.PARA and "📌" in leaf.lines[0] and _PIN.search(leaf.lines[0]):
            if group:
                yield group
            group = Group([leaf])
        elif group and leaf.kind == blocks.PARA and _THOUGHT.match(leaf.lines[0]):
            group.leaves.append(leaf)
        elif group:
            yield group
            group = None
    if group:
        yield group


_GROUPS: dict[str, Callable[[list[Node], Maker], Iterator[Group]]] = {
    "item": _by_item,
    "quote": _by_quote,
    "paragraph": _by_paragraph,
    "ruled": _by_rule,
    "labels": _by_rule,
    "signed": _by_rule,
    "cited": _by_citation,
    "linked": _by_paragraph,
    "heading": lambda leaves, maker: iter([Group(leaves)]),
    "pin": _by_pin,
}


def _outermost(leaf: Node, kind: str) -> Node | None:
    found, around = None, leaf.parent
    while around is not None:
        found = around if around.kind == kind else found
        around = around.parent
    return found


def _block_of(leaf: Node) -> Node:
    return _outermost(leaf, blocks.QUOTE) or _outermost(leaf, blocks.ITEM) or leaf


def _is_detail(leaf: Node) -> bool:
    return leaf.kind == blocks.PARA and words.detail_in(leaf.lines[0].strip(), is_item=True) is not None


# ---------------------------------------------------------------------- one passage


def _passage(group: Group, maker: Maker) -> Passage | None:
    if not group.leaves or any(leaf.parent and leaf.parent.task is not None for leaf in group.leaves[:1]):
        return None
    passage = Passage(group.leaves[0].start)
    passage.chapter = group.chapter
    passage.skips = maker.opening == "labels"
    first = None
    for leaf in group.leaves:
        first = _block_of(leaf) if not passage.texts else first
        passage.in_comment = passage.in_comment or _block_of(leaf) is not first
        _add_leaf(passage, leaf, maker)
    is_cited = passage.origin != UNKNOWN or maker.opening not in _CITING
    if passage.is_image and passage.origin.label:
        passage.kind = "image"
        return passage
    return passage if is_cited and (passage.text() or passage.comments) else None


def _add_leaf(passage: Passage, leaf: Node, maker: Maker) -> None:
    """The first block is the passage; the others are what is said of it."""
    if leaf.kind == blocks.RULE:
        passage.in_comment = bool(passage.texts)
    elif leaf.kind == blocks.TITLE:
        callout = leaf.parent.callout if leaf.parent else None
        passage.paint(*(callout or ())[:2])
        if callout and "](" in callout.title:
            passage.add(Row(_without_end(passage, callout.title), leaf.start))
    elif leaf.kind == blocks.HEADING and maker.opening == "heading":
        passage.origin = Origin(label=words.label_in(leaf.lines[0].partition("@")[0]))
    elif maker.opening == "pin":
        _add_pinned(passage, leaf)
    elif not leaf.lines:
        return  # a fence that holds nothing
    elif dated := _DATED_PLACE.match(leaf.lines[0]):
        _take_place(passage, dated[1])
    elif not is_stamp(leaf.lines[0]):
        _add_text(passage, leaf)


def _add_text(passage: Passage, leaf: Node) -> None:
    text = "\n".join(leaf.lines)
    if "zotero://" in text:
        return
    item = leaf.item
    place = (leaf.depth, 0 if item is None else 1 if item.item is None else 2)
    if color := _COLOR.search(text):
        passage.paint(color[1])
    for row in _without_end(passage, text).split("\n"):
        passage.add(Row(row, leaf.start, place))


def _add_pinned(passage: Passage, leaf: Node) -> None:
    for line in leaf.lines:
        if found := _PIN.search(line):
            passage.texts.append(found[1].strip())
        elif (thought := _THOUGHT.match(line)) and thought[1]:
            passage.say(thought[1].strip())


def _without_end(passage: Passage, text: str) -> str:
    """Text without the page, the link, the tags and the id that it ends with; the passage takes them."""
    text = without_block_id(words.without_comments(text)).rstrip()
    for _ in range(4):
        if found := _GROUP.search(text[-200:]):
            text = text[: len(text) - len(found[0])]
        if found := _TAGS.search(text[-200:]) if "#" in text[-200:] else None:
            passage.tag(words.tags_in(found[0]))
            text = text[: len(text) - len(found[0])].rstrip()
        rest = _without_link(passage, text)
        if rest is None:
            break
        text = rest
    window = text[-_WINDOW:]
    if found := _PLACE.search(window):
        _take_place(passage, found[1])
        text = _DASHES.sub("", text[: len(text) - len(window) + found.start()])
    elif found := _CITED.search(window):
        passage.origin = passage.origin._replace(label=passage.origin.label or found[2])
        if found[1].strip().lower() in ("note on", "note"):
            passage.kind, passage.in_comment = "note", True
        text = text[: len(text) - len(window) + found.start()].strip()
        if text[:1] in ("*", "_"):
            passage.kind = passage.kind if passage.in_comment else "underline"
            text = text.lstrip("*_")
    elif cited := words.cited_page(text):
        text, label = cited
        passage.origin = passage.origin._replace(label=passage.origin.label or label)
    return text


def _without_link(passage: Passage, text: str) -> str | None:
    """Text without the link at its end, where that says only where the passage stands."""
    at = text.rfind("](")
    start = text.rfind("[", 0, at)
    url, _, behind = text[at + 2 :].partition(")") if "(" not in text[at + 2 :] else text[at + 2 :].rpartition(")")
    if start < 0 or text[max(0, start - 1) : start] == "!":
        return None
    if behind.strip("*_) ") and not _STAMP.match(behind):
        return None
    display = text[start + 1 : at]
    said = re.findall(r"[^\W\d_]+", display.lower())
    if not (_PLACE.search(display[-_WINDOW:]) or LINK_TEXTS.issuperset(said) or (said and said[0] in DATED)):
        return None
    if re.search(r"\d", display) and not (said and said[0] in DATED):
        _take_place(passage, display)
    address = url.strip("<> ")
    passage.origin = passage.origin._replace(
        link=passage.origin.link or address, uri=passage.origin.uri or parse_uri(address)
    )
    return _without_lead(text[:start])


def _without_lead(text: str) -> str:
    """The text before a link, without what leads to it: `(page `, ` — `."""
    text = _DASHES.sub("", text)
    if found := _LEAD.search(text[-_WINDOW:]):
        text = _DASHES.sub("", text[: len(text) - len(found[0])])
    return text


def _take_place(passage: Passage, place: str) -> None:
    label = words.label_in(place) or place.strip()
    passage.origin = passage.origin._replace(label=passage.origin.label or label)
