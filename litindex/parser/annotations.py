"""Highlights, underlines, notes and images that were imported from documents (Z25-Z28)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from litindex.models import Annotation
from litindex.parser import blocks
from litindex.parser.blocks import Node
from litindex.parser.clippings import Clipping, find_clippings
from litindex.parser.colors import color_name, find_hex, find_word
from litindex.parser.dates import read_import_stamp
from litindex.parser.highlights import (
    COMMENT,
    HTML_TAG,
    MARKED,
    OPEN_LINK,
    SELECT_LINK,
    STAMP,
    TYPE_WORDS,
    ZOTLIT_ID,
    Parts,
    annotation_data,
    data_uri,
    label_in,
    title_page,
    type_in,
)
from litindex.parser.links import fold
from litindex.parser.region import ANNOTATION_HEADING, Page
from litindex.parser.zotero import ZoteroUri, is_zotero_note_title, parse_uri

_SIGNS = ("zotero://open", "<mark", 'class="highlight', "hltr-", "data-annotation=", "%%HIGHLIGHT%%", "[!PDF", "[!pdf")
_RARE = re.compile(r"\^[23456789A-NP-Z]{8}a[23456789A-NP-Z]{8}|-x\d+-y\d+\.|image-\d+")
_BUILT_IN = re.compile(r"(?:\b([A-Z][a-z]+)\s+)?\b(Highlight|Underline|Note|Text|Image|Ink)\s*\(?$")
_EMOJI_COLORS = {
    "🟡": "yellow",
    "🔴": "red",
    "🟢": "green",
    "🔵": "blue",
    "🟣": "purple",
    "🟠": "orange",
    "⚪": "white",
    "⚫": "black",
    "🟤": "brown",
}
_PDF_LINK = re.compile(r"\[\[([^\[\]|#]+\.pdf)#([^\[\]|]*)(?:\|([^\[\]]*))?\]\]", re.I)
_IMAGE_ONLY = re.compile(r"^\s*!\[\[[^\[\]]+\]\]\s*$")
_NAMED_IMAGE = re.compile(r"-x\d+-y\d+\.|image-\d+")
_HIGHLIGHTS = re.compile(
    r"^#{1,6} \W*(?:highlight|new highlights|markierung|surlign|subrayad|destaque|evidenzia|高亮|划线|ハイライト|하이라이트)",
    re.I | re.M,
)
_DASHED = re.compile(r"[)\s]*[–—-]\s+(\S.*)")
_DETAIL = re.compile(r"^\W*(?:colou?r|comments?|tags?|kommentar|farbe)\W*:", re.I)
_ANNOTATOR = re.compile(r"%%HIGHLIGHT%%\s*=*\s*(.*?)\s*=*\s*%%POSTFIX%%", re.S)
_ANNOTATOR_COMMENT = re.compile(r"%%COMMENT%%\s*(.*?)\s*(?:%%TAGS%%\s*(.*?)\s*)?(?:\^[\w-]+\s*)?$", re.S)


class _Unit(NamedTuple):
    """The block that holds one annotation, or several in a row."""

    node: Node
    start: int
    end: int


def find_annotations(page: Page) -> tuple[tuple[Annotation, ...], frozenset[int]]:
    """The annotations of a note in reading order, and the lines that they take up."""
    text = page.text
    clippings = list(find_clippings(page)) if "📌" in text or _HIGHLIGHTS.search(text) else []
    if (
        not clippings
        and not any(sign in text for sign in _SIGNS)
        and (("[[" not in text and "^" not in text) or _RARE.search(text) is None)
    ):
        return (), frozenset()
    return _Finder(page).run(clippings)


class _Finder:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.stamps = sorted(self._stamps())
        self.lines: set[int] = set()
        self.embeds = [(link.line or 0, i) for i, link in enumerate(page.body.links) if link.is_embed]
        self.following = {leaf.start: leaf for leaf in page.document.leaves if leaf.parent is page.document.root}

    def run(self, clippings: list[Clipping]) -> tuple[tuple[Annotation, ...], frozenset[int]]:
        found: list[Annotation] = []
        if clippings and not self._units():
            found += [self._clipping(clipping) for clipping in clippings]
        for unit in self._units():
            if unit.start in self.lines:
                continue
            read = list(self._read(unit))
            if read:
                found += read
                self.lines.update(range(unit.start, unit.end + 1))
        return tuple(sorted(found, key=lambda annotation: annotation.line)), frozenset(self.lines)

    def _clipping(self, clipping: Clipping) -> Annotation:
        parts = Parts()
        parts.add(clipping.text)
        parts.comments += [clipping.comment] if clipping.comment else []
        parts.tags += [(name, fold(name)) for name in clipping.tags]
        self.lines.update(range(clipping.start, clipping.end + 1))
        return self._made(clipping.start, "highlight", None, None, None, None, parts, None, None)

    def _stamps(self) -> Iterator[tuple[int, str]]:
        for number, line in enumerate(self.page.lines, self.page.first):
            if (
                ("mport" in line or "MPORT" in line)
                and (found := STAMP.match(line))
                and (stamp := read_import_stamp(found[1]))
            ):
                yield number, stamp

    # ------------------------------------------------------------------ which blocks

    def _units(self) -> list[_Unit]:
        units: dict[int, _Unit] = {}
        for leaf in self.page.document.leaves:
            if leaf.kind not in (blocks.PARA, blocks.TITLE, blocks.HTML):
                continue
            text = "\n".join(leaf.lines)
            if self._is_annotation(leaf, text):
                unit = self._around(leaf)
                units.setdefault(id(unit.node), unit)
        return sorted(units.values(), key=lambda unit: unit.start)

    def _is_annotation(self, leaf: Node, text: str) -> bool:
        if "zotero://open" in text and any(
            "annotation=" in m[3] or self._in_section(leaf.start) or "page=" in m[3] for m in OPEN_LINK.finditer(text)
        ):
            return True
        if "<mark" in text or "<span" in text:
            found = MARKED.search(text)
            return found is not None and (
                found[1] == "mark" or "highlight" in found[2] or "data-annotation" in found[2]
            )
        if ("^" in text and ZOTLIT_ID.search(text)) or "%%HIGHLIGHT%%" in text:
            return True
        if leaf.kind == blocks.TITLE and text[:5].lower() == "[!pdf":
            return True
        return bool(_IMAGE_ONLY.match(text)) and (
            self._in_section(leaf.start) and bool(self.stamps or _NAMED_IMAGE.search(text))
        )

    def _around(self, leaf: Node) -> _Unit:
        item = leaf.ancestor(blocks.ITEM)
        quote = leaf.ancestor(blocks.QUOTE)
        while quote is not None and quote.callout is None and quote.ancestor(blocks.QUOTE) is not None:
            quote = quote.ancestor(blocks.QUOTE)
        if quote is not None and (item is None or item.ancestor(blocks.QUOTE) is None):
            return _Unit(quote, quote.start, quote.end)
        if item is not None:
            return _Unit(item, item.start, item.end)
        if quote is not None:
            return _Unit(quote, quote.start, quote.end)
        return _Unit(leaf, leaf.start, leaf.end)

    def _in_section(self, line: int) -> bool:
        """Whether a heading for annotations, a persist block of that name or an import stamp stands above."""
        heading = None
        for candidate in self.page.headings:
            if candidate.line > line:
                break
            if ANNOTATION_HEADING.match(candidate.text):
                heading = candidate
            elif heading is not None and candidate.level <= heading.level:
                heading = None
        if heading is not None:
            return True
        inside = any(
            block.line_start <= line <= block.line_end and "annot" in block.name.lower() for block in self.page.persist
        )
        return inside or bool(self.stamps and self.stamps[0][0] < line)

    # ------------------------------------------------------------------ reading one block

    def _read(self, unit: _Unit) -> Iterator[Annotation]:
        node = unit.node
        if node.kind == blocks.QUOTE and node.callout is not None:
            if not is_zotero_note_title(node.callout[2]) and not self._is_metadata(node):
                yield from self._callout(unit)
        elif node.kind == blocks.ITEM:
            yield from self._item(unit)
        else:
            yield from self._prose(unit)

    def _is_metadata(self, node: Node) -> bool:
        """A callout about the work may link to its PDF; without `annotation=` that is no highlight."""
        if node.callout is not None and ("annotation=" in node.callout[2] or node.callout[0].lower() == "pdf"):
            return False
        text = "\n".join(self.page.line(n) for n in range(node.start, node.end + 1))
        return (
            not any("annotation=" in m[3] for m in OPEN_LINK.finditer(text))
            and not ZOTLIT_ID.search(text)
            and "<mark" not in text
            and "<span" not in text
            and not self._in_section(node.start)
        )

    def _stripped(self, unit: _Unit) -> list[tuple[int, str]]:
        """(line, text) of a unit without its own container's marks."""
        depth = unit.node.depth
        lines = []
        for number in range(unit.start, unit.end + 1):
            text = self.page.line(number)
            for _ in range(depth):
                bare = text.lstrip()
                if not bare.startswith(">"):
                    break
                text = bare[1:].removeprefix(" ")
            lines.append((number, text))
        return lines

    def _callout(self, unit: _Unit) -> Iterator[Annotation]:
        assert unit.node.callout is not None
        kind, metadata, title, _ = unit.node.callout
        body = self._stripped(unit)[1:]
        if kind.lower() == "pdf":
            yield from self._pdf_callout(unit, title, metadata, body)
            return
        in_title = OPEN_LINK.search(title) if "zotero://" in title else None
        links = [in_title] if in_title else list(OPEN_LINK.finditer("\n".join(text for _, text in body)))
        if len(links) > 1 and len({m[3] for m in links}) > 1:
            yield from self._segments(unit, "\n".join(text for _, text in body), body)
            return
        color = find_hex(metadata or "") or find_hex(title)
        named = color_name(color) or find_word(metadata or "") or find_word(kind) or find_word(OPEN_LINK.sub("", title))
        parts = Parts()
        for _, text in body:
            parts.add(text)
        color = color or parts.color
        named = named or color_name(color) or parts.color_word
        uri = parse_uri(links[0][3]) if links else None
        label = label_in(links[0][2]) if links else title_page(title)
        written = (
            TYPE_WORDS.get(kind.lower().split("-")[0], "highlight")
            if kind.lower() in ("underline", "image", "ink")
            else type_in(title) or "highlight"
        )
        image = self._image(unit)
        if image is not None and not parts.text():
            written = "image"
        yield self._made(unit.start, written, color, named, uri, label, parts, links[0][3] if links else None, image)

    def _pdf_callout(
        self, unit: _Unit, title: str, metadata: str | None, body: list[tuple[int, str]]
    ) -> Iterator[Annotation]:
        """PDF++: `> [!PDF|yellow] [[x.pdf#page=4&selection=…|x, p. 4]]`, the passage in the quote below."""
        found = _PDF_LINK.search(title)
        if not found:
            return
        parts = Parts()
        for _, text in body:
            parts.add(text)
        color = find_hex(metadata or "")
        named = color_name(color) or find_word(metadata or "") or find_word(found[2])
        page = re.search(r"page=(\d+)", found[2])
        key = re.search(r"annotation=([\w-]+)", found[2])
        uri = ZoteroUri("pdf", None, None, None, page[1] if page else None, key[1] if key else None)
        yield self._made(unit.start, "highlight", color, named, uri, label_in(found[3] or ""), parts, None, None)

    def _item(self, unit: _Unit) -> Iterator[Annotation]:
        lines = self._stripped(unit)
        own = [leaf for leaf in self.page.document.leaves if leaf.parent is unit.node]
        sub = [
            leaf
            for leaf in self.page.document.leaves
            if leaf.parent is not unit.node and unit.start < leaf.start <= unit.end
        ]
        text = "\n".join("\n".join(leaf.lines) for leaf in own)
        if any("annotation=" in "\n".join(leaf.lines) for leaf in sub) and "annotation=" not in text:
            for leaf in sub:
                if "annotation=" in "\n".join(leaf.lines):
                    inner = self._around(leaf)
                    if inner.node is not unit.node:
                        yield from self._item(inner)
            return
        comment = "\n".join("\n".join(leaf.lines) for leaf in sub).strip() or None
        yield from self._segments(unit, text, lines, comment=comment)

    def _prose(self, unit: _Unit) -> Iterator[Annotation]:
        lines = self._stripped(unit)
        text = "\n".join(text for _, text in lines)
        if "%%HIGHLIGHT%%" in text:
            yield from self._annotator(unit, text)
            return
        if _IMAGE_ONLY.match(text):
            yield self._made(unit.start, "image", None, None, None, None, Parts(), None, self._image(unit))
            return
        label = MARKED.fullmatch(text.strip()) if unit.node.kind != blocks.QUOTE else None
        if (
            label
            and "data-annotation" not in label[2]
            and "zotero://" not in text
            and (quote := self._quote_after(unit)) is not None
        ):
            yield from self._labelled(unit, label, quote)
            return
        yield from self._segments(unit, text, lines)

    def _annotator(self, unit: _Unit, text: str) -> Iterator[Annotation]:
        """The Annotator plugin's block: the passage between its markers, then comment and tags (S28)."""
        found = _ANNOTATOR.search(text)
        parts = Parts()
        parts.add(found[1].replace("\n", " ") if found else "")
        if (comment := _ANNOTATOR_COMMENT.search(text)) is not None:
            parts.comments += [comment[1]] if comment[1] else []
            parts.add(comment[2] or "")
        yield self._made(unit.start, "highlight", None, None, None, None, parts, None, None)

    def _details_after(self, unit: _Unit, parts: Parts) -> None:
        """`- **Color**: …` and `- **Comment**: …` in a list right under the passage."""
        number = unit.end + 1
        last = self.page.first + len(self.page.lines)
        while number < last and _DETAIL.match(line := self.page.line(number)) and line.lstrip()[:1] in "-*+":
            parts.add(line.lstrip()[1:].strip())
            self.lines.add(number)
            number += 1

    def _bullets_after(self, unit: _Unit) -> str | None:
        """A list right under a marked passage is what the reader says of it."""
        number, found = unit.end + 1, []
        while number < self.page.first + len(self.page.lines):
            line = self.page.line(number).strip()
            if line[:2] not in ("- ", "* ", "+ ") or "zotero://" in line or "<mark" in line:
                break
            found.append(line[2:].strip())
            self.lines.add(number)
            number += 1
        return "\n".join(found) or None

    def _labelled(self, unit: _Unit, label: re.Match[str], quote: _Unit) -> Iterator[Annotation]:
        """A coloured word, then the passage in a quote (the seed's template, Z27.2)."""
        parts = Parts()
        for _, text in self._stripped(quote):
            parts.add(text)
        color = find_hex(label[2])
        link = OPEN_LINK.search("\n".join(text for _, text in self._stripped(quote)))
        uri = parse_uri(link[3]) if link else None
        kind = "note" if HTML_TAG.sub("", label[3]).strip().lower() in ("note", "comment") else "highlight"
        page_label = label_in(link[2]) if link else None
        self.lines.update(range(quote.start, quote.end + 1))
        yield self._made(
            unit.start,
            kind,
            color,
            color_name(color) or find_word(label[2]),
            uri,
            page_label,
            parts,
            link[3] if link else None,
            self._image(quote),
        )

    def _quote_after(self, unit: _Unit) -> _Unit | None:
        for node in self.page.document.containers:
            if (
                node.kind == blocks.QUOTE
                and node.parent is unit.node.parent
                and unit.end < node.start <= unit.end + 2
                and node.callout is None
            ):
                return _Unit(node, node.start, node.end)
        return None

    def _segments(
        self, unit: _Unit, text: str, lines: list[tuple[int, str]], comment: str | None = None
    ) -> Iterator[Annotation]:
        """One annotation a link: its text stands before it (or behind it, where the link comes first)."""
        links = list(OPEN_LINK.finditer(text))
        if not links:
            yield from self._marks(unit, text, comment)
            return
        leading = not HTML_TAG.sub("", text[: links[0].start()]).strip(" \t\n([-*_>")
        for i, link in enumerate(links):
            if leading:
                piece = text[link.end() : links[i + 1].start() if i + 1 < len(links) else len(text)]
            else:
                piece = text[links[i - 1].end() if i else 0 : link.start()]
            if not leading and not piece.strip(" \t\n()[].,;*_-") and i:
                continue  # a second link to the same passage
            number = unit.start + text.count("\n", 0, link.start() if leading else links[i - 1].end() if i else 0)
            tail = text[link.end() :] if i == len(links) - 1 and not leading else ""
            yield self._segment(unit, piece, text, link, max(number, unit.start), tail, comment)

    def _segment(
        self, unit: _Unit, piece: str, text: str, link: re.Match[str], line: int, tail: str, comment: str | None
    ) -> Annotation:
        uri = parse_uri(link[3])
        built_in = _BUILT_IN.search(piece.rstrip()) if re.match(r"Page \w+$", link[2]) else None
        label = label_in(link[2])
        select = SELECT_LINK.search(piece)
        if label is None and select:
            label = label_in(select[1])
        kind, color, named = "highlight", find_hex(" ".join(m[2] for m in MARKED.finditer(piece))), None
        if built_in:
            kind, named = TYPE_WORDS[built_in[2].lower()], find_word(built_in[1] or "")
            piece = piece[: built_in.start()] if built_in[1] is None or named else piece[: built_in.start(2)]
            comment = comment or self._comment_after(unit)
        emoji = _EMOJI_COLORS.get(piece.strip()[:1])
        named = (
            emoji
            or named
            or color_name(color)
            or find_word(" ".join(m[2] for m in MARKED.finditer(piece)))
            or self._section_color(line)
        )
        parts = Parts()
        for row in SELECT_LINK.sub("", piece).split("\n"):
            parts.add(row)
        if (dashed := _DASHED.match(tail)) is not None:
            parts.comments.append(dashed[1])
        for row in tail.split("\n"):
            if (found := COMMENT.match(row)) and found[1]:
                parts.comments.append(found[1])
        if comment:
            parts.comments.append(comment)
        if unit.node.kind == blocks.QUOTE and unit.node.callout is None:
            self._details_after(unit, parts)
        elif unit.node.kind == blocks.PARA and (bullets := self._bullets_after(unit)):
            parts.comments.append(bullets)
        if built_in and uri is not None:  # the plugin prints the PDF page and links with the label
            return self._made(line, kind, color, named, uri._replace(page=label), uri.page, parts, link[3], None)
        return self._made(line, kind, color, named, uri, label, parts, link[3], self._image(unit))

    def _comment_after(self, unit: _Unit) -> str | None:
        """The plain paragraph right after a highlight of the built-in format."""
        leaf = self.following.get(unit.end + 1) or self.following.get(unit.end + 2)
        if leaf is None or leaf.kind != blocks.PARA:
            return None
        text = "\n".join(leaf.lines)
        if (
            "zotero://" in text
            or text.startswith("%%")
            or "<mark" in text
            or STAMP.match(text)
            or _IMAGE_ONLY.match(text)
        ):
            return None
        self.lines.update(range(leaf.start, leaf.end + 1))
        return text

    def _marks(self, unit: _Unit, text: str, comment: str | None) -> Iterator[Annotation]:
        """Marked text without a link: `<mark …>text</mark>`, Zotero's `<span class="highlight" data-annotation=…>`."""
        for found in MARKED.finditer(text):
            line = unit.start + text.count("\n", 0, found.start())
            data = annotation_data(found[2])
            if found[1] == "span" and data is None and "highlight" not in found[2]:
                continue
            if (
                data is None
                and not self._in_section(line)
                and "hltr" not in found[2]
                and found[1] == "mark"
                and "style" not in found[2]
            ):
                continue
            parts = Parts()
            parts.add(found[3].replace("\n", " "))
            if comment:
                parts.comments.append(comment)
            color = find_hex(str(data.get("color", ""))) if data else find_hex(found[2])
            uri = data_uri(data) if data else None
            label = str(data["pageLabel"]) if data and data.get("pageLabel") else None
            yield self._made(
                line, "highlight", color, color_name(color) or find_word(found[2]), uri, label, parts, None, None
            )

    def _image(self, unit: _Unit) -> int | None:
        return next((i for line, i in self.embeds if unit.start <= line <= unit.end), None)

    def _section_color(self, line: int) -> str | None:
        """Highlights that stand under a heading per colour."""
        heading = self._heading(line)
        return find_word(heading) if heading else None

    def _heading(self, line: int) -> str | None:
        above = None
        for heading in self.page.headings:
            if heading.line > line:
                break
            if not STAMP.match(heading.text):
                above = re.sub(r"%%.*?%%", "", heading.text).strip() or above
        return above

    def _made(
        self,
        line: int,
        kind: str,
        color: str | None,
        named: str | None,
        uri: ZoteroUri | None,
        label: str | None,
        parts: Parts,
        link: str | None,
        image: int | None,
    ) -> Annotation:
        page = uri.page if uri else None
        zotlit = parts.zotlit
        key = (uri.annotation if uri else None) or (zotlit[1] if zotlit else None)
        attachment = (uri.key if uri else None) or (zotlit[2] if zotlit else None)
        library = (
            uri.library if uri else (f"groups/{zotlit[3]}" if zotlit and zotlit[3] else "library") if zotlit else None
        )
        page = page or (zotlit[4] if zotlit else None)
        stamp = next((value for number, value in reversed(self.stamps) if number <= line), None)
        color, named = color or parts.color, named or parts.color_word or color_name(color or parts.color)
        return Annotation(
            kind, color, named, self._heading(line), int(page) if page and page.isdigit() and len(page) < 10 else None, label or page,
            parts.text(), parts.comment(), image, attachment, key, library, link, stamp, line, tuple(parts.tags),
        )  # fmt: skip
