"""Highlights, underlines, notes and images that were imported from documents (Z25-Z28)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from litindex.models import Annotation
from litindex.parser import blocks
from litindex.parser.blocks import Node
from litindex.parser.colors import color_name, find_hex, find_word
from litindex.parser.dates import read_import_stamp
from litindex.parser.links import fold
from litindex.parser.people import clean
from litindex.parser.region import ANNOTATION_HEADING, Page
from litindex.parser.tags import property_tag
from litindex.parser.zotero import ZoteroUri, is_zotero_note_title, parse_uri

_GATE = re.compile(
    r"zotero://open|<mark\b|class=\"highlight|hltr-|data-annotation=|\^[23456789A-NP-Z]{8}a[23456789A-NP-Z]{8}|annotation-json|-x\d+-y\d+\.|image-\d+"
)
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\]){0,200})\]\(<?(zotero://open[^)\s>]*)>?\)")
_SELECT = re.compile(r"\[([^\[\]]{0,200})\]\(<?zotero://select[^)\s>]*>?\)")
_MARK = re.compile(r"<(mark|span)\b([^<>]*)>(.*?)(?:</\1>|$)", re.S)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ZOTLIT_ID = re.compile(r"\^([23456789A-NP-Z]{8})a([23456789A-NP-Z]{8})(?:g(\d+))?(?:p(\d+))?\s*$")
_BLOCK_ID = re.compile(r"(?:^|\s)\^[A-Za-z0-9-]+\s*$")
_DATA = re.compile(r"data-annotation=\"([^\"]+)\"")
_STAMP = re.compile(r"\W*(?:imported|importiert|importé|importado)(?:\s+on)?\W{0,4}(\d{4}-\d{2}-\d{2}[^*_\n]*)", re.I)
_BUILT_IN = re.compile(r"(?:\b([A-Z][a-z]+)\s+)?\b(Highlight|Underline|Note|Text|Image|Ink)\s*\(?$")
_TYPE_WORDS = {
    "highlight": "highlight",
    "quote": "highlight",
    "underline": "underline",
    "note": "note",
    "comment": "note",
    "image": "image",
    "ink": "ink",
    "text": "text",
}
_COMMENT = re.compile(
    r"^\W*(?:comments?|kommentar|commentaire|comentario|comentário|commento|opmerking|note|комментарий|评论|注释|批注|コメント)\W*?(?::{1,2}|：)[*_]*\s*(.*)$",
    re.I,
)
_COLOR_LINE = re.compile(r"^\W*colou?r\W*:{1,2}\W*(.*)$", re.I)
_PAGE = re.compile(
    r"(?:\b(?:pp?|page|pg|seite|s|página|pagina|pág|bls|blz|side|strona|str|стр|с)\.?|第|页码?|頁|ページ)\s*[:：]?\s*([\divxlcIVXLC][\w./–-]*)",
    re.I,
)
_BARE_PAGE = re.compile(r"^\W*(?:\d{4}:)?(\d[\w.–-]{0,7}|[ivxlc]{1,7})\W*$")
_IMAGE_ONLY = re.compile(r"^\s*!\[\[[^\[\]]+\]\]\s*$")
_LEAVINGS = re.compile(r"!\[\[[^\[\]]+\]\]|[\s(]*\(\s*\)[\s(]*$|^\(\s*\)|\s+\($")
_LEADING = re.compile(r"^(?:>\s*)+|^[&$!?+~^*-]\s+")
_MARKS = re.compile(r"[\^%#<\[*_:：=()>&$!?+~-]")
_PERCENT = re.compile(r"%%.*?%%")
_RULE = re.compile(r"^\s*([-*_])(?:\s*\1){2,}\s*$")
_TAGS_ONLY = re.compile(r"^(?:#[^\s#]+[\s,]*)+$")
_NAMED_IMAGE = re.compile(r"-x\d+-y\d+\.|image-\d+")


class _Unit(NamedTuple):
    """The block that holds one annotation, or several in a row."""

    node: Node
    start: int
    end: int


def find_annotations(page: Page, text: str) -> tuple[tuple[Annotation, ...], frozenset[int]]:
    """The annotations of a note in reading order, and the lines that they take up."""
    if _GATE.search(text) is None:
        return (), frozenset()
    return _Finder(page).run()


class _Finder:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.stamps = sorted(self._stamps())
        self.lines: set[int] = set()
        self.embeds = [(link.line or 0, i) for i, link in enumerate(page.body.links) if link.is_embed]
        self.following = {leaf.start: leaf for leaf in page.document.leaves if leaf.parent is page.document.root}

    def run(self) -> tuple[tuple[Annotation, ...], frozenset[int]]:
        found: list[Annotation] = []
        for unit in self._units():
            if unit.start in self.lines:
                continue
            read = list(self._read(unit))
            if read:
                found += read
                self.lines.update(range(unit.start, unit.end + 1))
        return tuple(sorted(found, key=lambda annotation: annotation.line)), frozenset(self.lines)

    def _stamps(self) -> Iterator[tuple[int, str]]:
        for number, line in enumerate(self.page.lines, self.page.first):
            if (
                ("mport" in line or "MPORT" in line)
                and (found := _STAMP.match(line))
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
        if "zotero://open" in text:
            if any(
                "annotation=" in m[3] or self._in_section(leaf.start) or "page=" in m[3] for m in _LINK.finditer(text)
            ):
                return True
        if "<mark" in text or "<span" in text:
            found = _MARK.search(text)
            return found is not None and (
                found[1] == "mark" or "highlight" in found[2] or "data-annotation" in found[2]
            )
        if "^" in text and _ZOTLIT_ID.search(text):
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
        if node.callout is not None and "annotation=" in node.callout[2]:
            return False
        text = "\n".join(self.page.line(n) for n in range(node.start, node.end + 1))
        return (
            not any("annotation=" in m[3] for m in _LINK.finditer(text))
            and not _ZOTLIT_ID.search(text)
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
        links = list(_LINK.finditer(title + "\n" + "\n".join(text for _, text in body)))
        if len(links) > 1 and not _LINK.search(title) and len({m[3] for m in links}) > 1:
            yield from self._segments(unit, "\n".join(text for _, text in body), body)
            return
        color = find_hex(metadata or "") or find_hex(title)
        named = color_name(color) or find_word(metadata or "") or find_word(kind) or find_word(_LINK.sub("", title))
        parts = _Parts()
        for _, text in body:
            parts.add(text)
        color = color or parts.color
        named = named or color_name(color) or parts.color_word
        uri = parse_uri(links[0][3]) if links else None
        label = _label_in(links[0][2]) if links else _title_page(title)
        written = (
            _TYPE_WORDS.get(kind.lower().split("-")[0], "highlight")
            if kind.lower() in ("underline", "image", "ink")
            else _type_in(title) or "highlight"
        )
        image = self._image(unit)
        if image is not None and not parts.text():
            written = "image"
        yield self._made(unit.start, written, color, named, uri, label, parts, links[0][3] if links else None, image)

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
        if _IMAGE_ONLY.match(text):
            yield self._made(unit.start, "image", None, None, None, None, _Parts(), None, self._image(unit))
            return
        label = _MARK.fullmatch(text.strip()) if unit.node.kind != blocks.QUOTE else None
        if (
            label
            and "data-annotation" not in label[2]
            and "zotero://" not in text
            and (quote := self._quote_after(unit)) is not None
        ):
            yield from self._labelled(unit, label, quote)
            return
        yield from self._segments(unit, text, lines)

    def _labelled(self, unit: _Unit, label: re.Match[str], quote: _Unit) -> Iterator[Annotation]:
        """A coloured word, then the passage in a quote (the seed's template, Z27.2)."""
        parts = _Parts()
        for _, text in self._stripped(quote):
            parts.add(text)
        color = find_hex(label[2])
        link = _LINK.search("\n".join(text for _, text in self._stripped(quote)))
        uri = parse_uri(link[3]) if link else None
        kind = "note" if _TAG.sub("", label[3]).strip().lower() in ("note", "comment") else "highlight"
        page_label = _label_in(link[2]) if link else None
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
        links = list(_LINK.finditer(text))
        if not links:
            yield from self._marks(unit, text, comment)
            return
        leading = not _TAG.sub("", text[: links[0].start()]).strip(" \t\n([-*_>")
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
        label = _label_in(link[2])
        select = _SELECT.search(piece)
        if label is None and select:
            label = _label_in(select[1])
        kind, color, named = "highlight", find_hex(" ".join(m[2] for m in _MARK.finditer(piece))), None
        if built_in:
            kind, named = _TYPE_WORDS[built_in[2].lower()], find_word(built_in[1] or "")
            piece = piece[: built_in.start()] if built_in[1] is None or named else piece[: built_in.start(2)]
            comment = comment or self._comment_after(unit)
        named = (
            named
            or color_name(color)
            or find_word(" ".join(m[2] for m in _MARK.finditer(piece)))
            or self._section_color(line)
        )
        parts = _Parts()
        for row in _SELECT.sub("", piece).split("\n"):
            parts.add(row)
        for row in tail.split("\n"):
            if (found := _COMMENT.match(row)) and found[1]:
                parts.comments.append(found[1])
        if comment:
            parts.comments.append(comment)
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
            or _STAMP.match(text)
            or _IMAGE_ONLY.match(text)
        ):
            return None
        self.lines.update(range(leaf.start, leaf.end + 1))
        return text

    def _marks(self, unit: _Unit, text: str, comment: str | None) -> Iterator[Annotation]:
        """Marked text without a link: `<mark …>text</mark>`, Zotero's `<span class="highlight" data-annotation=…>`."""
        for found in _MARK.finditer(text):
            line = unit.start + text.count("\n", 0, found.start())
            data = _annotation_data(found[2])
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
            parts = _Parts()
            parts.add(found[3].replace("\n", " "))
            if comment:
                parts.comments.append(comment)
            color = find_hex(str(data.get("color", ""))) if data else find_hex(found[2])
            uri = _data_uri(data) if data else None
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
            if not _STAMP.match(heading.text):
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
        parts: _Parts,
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


class _Parts:
    """The lines of one annotation, told apart: text, comment, tags, colour, block id."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.comments: list[str] = []
        self.tags: list[tuple[str, str]] = []
        self.color: str | None = None
        self.color_word: str | None = None
        self.zotlit: re.Match[str] | None = None
        self.in_comment = False

    def add(self, line: str) -> None:
        if _MARKS.search(line) is None:
            text = line.strip()
            if text:
                (self.comments if self.in_comment else self.texts).append(text)
            return
        text = _PERCENT.sub("", line).strip() if "%%" in line else line.strip()
        if "^" in text and (found := _ZOTLIT_ID.search(text)):
            self.zotlit = found
            text = text[: found.start()].strip()
        text = _BLOCK_ID.sub("", text)
        if _RULE.match(text) and text:
            self.in_comment = bool(self.texts)
            return
        if _TAGS_ONLY.match(text):
            self._add_tags(text)
            return
        if "<mark" in text or "<span" in text:
            self.color = self.color or find_hex(text)
            self.color_word = self.color_word or find_word(" ".join(m[2] for m in _MARK.finditer(text)))
        if (found := _COLOR_LINE.match(text)) is not None and (find_hex(found[1]) or find_word(found[1])):
            self.color, self.color_word = find_hex(found[1]), find_word(found[1])
            return
        if (found := _COMMENT.match(text)) is not None:
            self.in_comment = True
            text = found[1]
        text = _TAG.sub("", _SELECT.sub("", _LINK.sub("", text))).strip()
        text = _LEAVINGS.sub("", _LEADING.sub("", text)).strip()
        if text:
            (self.comments if self.in_comment else self.texts).append(text)

    def _add_tags(self, text: str) -> None:
        for word in re.split(r"[\s,]+", text):
            name = property_tag(word) if word else None
            if name and (name, fold(name)) not in self.tags:
                self.tags.append((name, fold(name)))

    def text(self) -> str | None:
        """Z28: wrapped lines joined, quotes and emphasis around the whole removed."""
        text = " ".join(" ".join(self.texts).split())
        for _ in range(3):
            text = text.strip("*_ ").removeprefix("==").removesuffix("==").strip()
            if len(text) > 1 and text[0] in '“"„«' and text[-1] in '”"“»':
                text = text[1:-1]
            elif text[:1] in ("“", "„") and "”" not in text:
                text = text[1:]
        return text.strip() or None

    def comment(self) -> str | None:
        return "\n".join(self.comments).strip() or None


def _label_in(display: str) -> str | None:
    """The printed page in a link's text: `p. 12`, `Page xii`, `(Doe, 2019, p. 4)`, `2008:2`, `第 3 页`."""
    display = clean(display)
    found = _PAGE.search(display) or _BARE_PAGE.match(display)
    return found[1].rstrip(".,)–-") if found else None


def _title_page(title: str) -> str | None:
    found = _PAGE.search(title)
    return found[1] if found else None


def _type_in(title: str) -> str | None:
    words = re.findall(r"[a-z]+", _LINK.sub("", title).lower())
    return next(
        (_TYPE_WORDS[word] for word in words if word in ("highlight", "underline", "image", "ink", "note")), None
    )


def _annotation_data(attributes: str) -> dict[str, object] | None:
    found = _DATA.search(attributes)
    if not found:
        return None
    try:
        data = json.loads(unquote(found[1]))
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _data_uri(data: dict[str, object]) -> ZoteroUri | None:
    uri = parse_uri(str(data.get("attachmentURI", "")))
    if uri is None:
        return None
    position = data.get("position")
    index = position.get("pageIndex") if isinstance(position, dict) else None
    key = data.get("annotationKey")
    return uri._replace(page=str(index + 1) if isinstance(index, int) else None, annotation=str(key) if key else None)
