"""One block read as the annotations that it holds (Z25-Z28)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from litindex.models import Annotation
from litindex.parser.annotations.context import Surroundings
from litindex.parser.annotations.exports import Clipping
from litindex.parser.annotations.text import (
    COMMENT,
    HTML_TAG,
    IMAGE_ONLY,
    MARKED,
    OPEN_LINK,
    SELECT_LINK,
    STAMP,
    TYPE_WORDS,
    ZOTLIT_ID,
    Parts,
    annotation_data,
    data_uri,
    find_marked,
    label_in,
    title_page,
    type_in,
)
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node, enclosing
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.colors import color_name, find_hex, find_word
from litindex.parser.zotero.child_notes import is_zotero_note_title
from litindex.parser.zotero.uris import ZoteroUri, parse_uri
from litindex.text_keys import text_key

_BUILT_IN = re.compile(r"(?:\b([A-Z][a-z]+)\s+)?\b(Highlight|Underline|Note|Text|Image|Ink)\s*\(?$")
_BUILT_IN_LINK = re.compile(r"Page \w+$")
_EMOJI_COLORS: Final = dict(
    zip("🟡🔴🟢🔵🟣🟠⚪⚫🟤", "yellow red green blue purple orange white black brown".split(), strict=True)
)
_PDF_LINK = re.compile(r"\[\[([^\[\]|#]+\.pdf)#([^\[\]|]*)(?:\|([^\[\]]*))?\]\]", re.I)
_PDF_PAGE = re.compile(r"page=(\d+)")
_PDF_KEY = re.compile(r"annotation=([\w-]+)")
_DASHED = re.compile(r"[)\s]*[–—-]\s+(\S.*)")
_DETAIL = re.compile(r"^\W*(?:colou?r|comments?|tags?|kommentar|farbe)\W*:", re.I)
_ANNOTATOR = re.compile(r"%%HIGHLIGHT%%\s*+=*+(.*?)%%POSTFIX%%", re.S)
_ANNOTATOR_ID = re.compile(r"\^[\w-]++\s*$")


class _Origin(NamedTuple):
    """What a passage was taken from: the URI of a link (`link` as written) and the page printed in the link's text."""

    uri: ZoteroUri | None = None
    label: str | None = None
    link: str | None = None


_UNKNOWN: Final = _Origin()


def _origin(link: re.Match[str]) -> _Origin:
    return _Origin(parse_uri(link["uri"]), label_in(link["display"]), link["uri"])


class Passages:
    """Reads blocks; `lines` are those that the annotations read so far take up, beside their own blocks."""

    def __init__(self, page: ParsedNote, around: Surroundings) -> None:
        self.page = page
        self.around = around
        self.lines: set[int] = set()

    def read(self, node: Node) -> list[Annotation]:
        """The annotations of one block, in order."""
        if node.kind == blocks.QUOTE and node.callout is not None:
            if is_zotero_note_title(node.callout[2]) or self._is_metadata(node):
                return []
            return list(self._callout(node, *node.callout[:3]))
        return list(self._item(node) if node.kind == blocks.ITEM else self._prose(node))

    def clipping(self, clipping: Clipping) -> Annotation:
        """A passage that came without a link."""
        parts = Parts.of([clipping.text])
        parts.comments += [clipping.comment] if clipping.comment else []
        parts.tags += [(name, text_key(name)) for name in clipping.tags]
        self.lines.update(range(clipping.start, clipping.end + 1))
        return self._made(clipping.start, "highlight", None, None, _UNKNOWN, parts, None)

    def _is_metadata(self, node: Node) -> bool:
        """A callout about the work may link to its PDF; without `annotation=` that is no highlight."""
        if node.callout is not None and ("annotation=" in node.callout[2] or node.callout[0].lower() == "pdf"):
            return False
        text = "\n".join(self.page.line(n) for n in range(node.start, node.end + 1))
        return (
            not any("annotation=" in found["uri"] for found in OPEN_LINK.finditer(text))
            and not ZOTLIT_ID.search(text)
            and "<mark" not in text
            and "<span" not in text
            and not self.around.in_section(node.start)
        )

    def _stripped(self, node: Node) -> list[str]:
        """The lines of a block without its own container's marks."""
        first = self.page.first
        lines = self.page.lines[node.start - first : node.end + 1 - first]
        if node.depth == 1 and all(line[:2] == "> " or line == ">" for line in lines):
            return [line[2:] for line in lines]
        stripped = []
        for text in lines:
            for _ in range(node.depth):
                bare = text.lstrip()
                if bare[:1] != ">":
                    break
                text = bare[2:] if bare[1:2] == " " else bare[1:]
            stripped.append(text)
        return stripped

    # ------------------------------------------------------------------ callouts

    def _callout(self, node: Node, kind: str, metadata: str | None, title: str) -> Iterator[Annotation]:
        body = self._stripped(node)[1:]
        kind = kind.lower()
        if kind == "pdf":
            yield from self._pdf_callout(node, title, metadata or "", body)
            return
        in_title = OPEN_LINK.search(title) if "zotero://" in title else None
        links = [in_title] if in_title else list(OPEN_LINK.finditer("\n".join(body)))
        if len(links) > 1 and len({link["uri"] for link in links}) > 1:
            yield from self._segments(node, "\n".join(body))
            return
        bare = OPEN_LINK.sub("", title) if in_title else title
        color = find_hex(metadata or "") or find_hex(title)
        named = color_name(color) or find_word(metadata or "") or find_word(kind) or find_word(bare)
        parts = Parts.of(body)
        color = color or parts.color
        origin = _origin(links[0]) if links else _Origin(label=title_page(title))
        written = kind if kind in ("underline", "image", "ink") else type_in(bare) or "highlight"
        image = self.around.image(node)
        if image is not None and not parts.text():
            written = "image"
        named = named or color_name(color) or parts.color_word
        yield self._made(node.start, written, color, named, origin, parts, image)

    def _pdf_callout(self, node: Node, title: str, metadata: str, body: list[str]) -> Iterator[Annotation]:
        """PDF++: `> [!PDF|yellow] [[x.pdf#page=4&selection=…|x, p. 4]]`, the passage in the quote below."""
        found = _PDF_LINK.search(title)
        if not found:
            return
        color = find_hex(metadata)
        named = color_name(color) or find_word(metadata) or find_word(found[2])
        page, key = _PDF_PAGE.search(found[2]), _PDF_KEY.search(found[2])
        uri = ZoteroUri("pdf", None, None, None, page[1] if page else None, key[1] if key else None)
        origin = _Origin(uri, label_in(found[3] or ""))
        yield self._made(node.start, "highlight", color, named, origin, Parts.of(body), None)

    # ------------------------------------------------------------------ items, quotes and paragraphs

    def _item(self, node: Node) -> Iterator[Annotation]:
        inside = self.page.document.leaves_in(node)
        own = [leaf for leaf in inside if leaf.parent is node]
        sub = [leaf for leaf in inside if leaf.parent is not node and leaf.start > node.start]
        text = "\n".join("\n".join(leaf.lines) for leaf in own)
        linked = [leaf for leaf in sub if any("annotation=" in line for line in leaf.lines)]
        if linked and "annotation=" not in text:
            for inner in map(enclosing, linked):
                if inner is not node:
                    yield from self._item(inner)
            return
        comment = "\n".join("\n".join(leaf.lines) for leaf in sub).strip() or None
        yield from self._segments(node, text, comment)

    def _prose(self, node: Node) -> Iterator[Annotation]:
        text = "\n".join(self._stripped(node))
        if "%%HIGHLIGHT%%" in text:
            yield self._annotator(node, text)
            return
        if IMAGE_ONLY.match(text):
            yield self._made(node.start, "image", None, None, _UNKNOWN, Parts(), self.around.image(node))
            return
        label = MARKED.fullmatch(text.strip()) if node.kind != blocks.QUOTE else None
        if label and "data-annotation" not in label[2] and "zotero://" not in text:
            quote = self.around.quote_after(node)
            if quote is not None:
                yield self._labelled(node, label, quote)
                return
        yield from self._segments(node, text)

    def _annotator(self, node: Node, text: str) -> Annotation:
        """The Annotator plugin's block: the passage between its markers, then comment and tags (S28)."""
        found = _ANNOTATOR.search(text)
        parts = Parts.of([found[1].strip().rstrip("=").strip().replace("\n", " ") if found else ""])
        if "%%COMMENT%%" in text:
            comment, _, tags = _ANNOTATOR_ID.sub("", text.partition("%%COMMENT%%")[2]).partition("%%TAGS%%")
            parts.comments += [comment.strip()] if comment.strip() else []
            parts.add(tags.strip())
        return self._made(node.start, "highlight", None, None, _UNKNOWN, parts, None)

    def _labelled(self, node: Node, label: re.Match[str], quote: Node) -> Annotation:
        """A coloured word, then the passage in a quote (the seed's template, Z27.2)."""
        lines = self._stripped(quote)
        link = OPEN_LINK.search("\n".join(lines))
        color = find_hex(label[2])
        named = color_name(color) or find_word(label[2])
        kind = "note" if HTML_TAG.sub("", label[3]).strip().lower() in ("note", "comment") else "highlight"
        self.lines.update(range(quote.start, quote.end + 1))
        origin = _origin(link) if link else _UNKNOWN
        return self._made(node.start, kind, color, named, origin, Parts.of(lines), self.around.image(quote))

    def _segments(self, node: Node, text: str, comment: str | None = None) -> Iterator[Annotation]:
        """One annotation a link: its text stands before it (or behind it, where the link comes first)."""
        links = list(OPEN_LINK.finditer(text))
        if not links:
            yield from self._marks(node, text, comment)
            return
        leading = not HTML_TAG.sub("", text[: links[0].start()]).strip(" \t\n([-*_>")
        line, counted = node.start, 0
        for i, link in enumerate(links):
            before = links[i - 1].end() if i else 0
            begin = link.start() if leading else before
            line, counted = line + text.count("\n", counted, begin), begin
            if leading:
                piece = text[link.end() : links[i + 1].start() if i + 1 < len(links) else len(text)]
            else:
                piece = text[before : link.start()]
            if not leading and not piece.strip(" \t\n()[].,;*_-") and i:
                continue  # a second link to the same passage
            tail = text[link.end() :] if i == len(links) - 1 and not leading else ""
            yield self._segment(node, piece, link, line, tail, comment)

    def _segment(
        self, node: Node, piece: str, link: re.Match[str], line: int, tail: str, comment: str | None
    ) -> Annotation:
        origin = _origin(link)
        built_in = _BUILT_IN.search(piece.rstrip()) if _BUILT_IN_LINK.match(link["display"]) else None
        select = SELECT_LINK.search(piece)
        if origin.label is None and select:
            origin = origin._replace(label=label_in(select[1]))
        marks = " ".join(found[2] for found in find_marked(piece))
        kind, color, named = "highlight", find_hex(marks), None
        if built_in:
            kind, named = TYPE_WORDS[built_in[2].lower()], find_word(built_in[1] or "")
            piece = piece[: built_in.start()] if built_in[1] is None or named else piece[: built_in.start(2)]
            comment = comment or self._comment_after(node)
        emoji = _EMOJI_COLORS.get(piece.strip()[:1])
        named = emoji or named or color_name(color) or find_word(marks) or self._section_color(line)
        parts = Parts.of(SELECT_LINK.sub("", piece).split("\n"))
        parts.comments += self._comments(node, parts, tail, comment)
        if built_in and origin.uri is not None:  # the plugin prints the PDF page and links with the label
            origin = _Origin(origin.uri._replace(page=origin.label), origin.uri.page, origin.link)
            return self._made(line, kind, color, named, origin, parts, None)
        return self._made(line, kind, color, named, origin, parts, self.around.image(node))

    # ------------------------------------------------------------------ what the reader says of a passage

    def _comments(self, node: Node, parts: Parts, tail: str, comment: str | None) -> Iterator[str]:
        """Behind the link, in the list below, or found elsewhere (`comment`)."""
        if (dashed := _DASHED.match(tail)) is not None:
            yield dashed[1]
        for row in tail.split("\n"):
            if row and (found := COMMENT.match(row)) and found[1]:
                yield found[1]
        if comment:
            yield comment
        if node.kind == blocks.QUOTE and node.callout is None:
            self._details_after(node, parts)
        elif node.kind == blocks.PARA and (bullets := self._bullets_after(node)):
            yield bullets

    def _details_after(self, node: Node, parts: Parts) -> None:
        """`- **Color**: …` and `- **Comment**: …` in a list right under the passage."""
        number = node.end + 1
        last = self.page.first + len(self.page.lines)
        while number < last and _DETAIL.match(line := self.page.line(number)) and line.lstrip()[:1] in "-*+":
            parts.add(line.lstrip()[1:].strip())
            self.lines.add(number)
            number += 1

    def _bullets_after(self, node: Node) -> str | None:
        """A list right under a marked passage is what the reader says of it."""
        number, found = node.end + 1, []
        while number < self.page.first + len(self.page.lines):
            line = self.page.line(number).strip()
            if line[:2] not in ("- ", "* ", "+ ") or "zotero://" in line or "<mark" in line:
                break
            found.append(line[2:].strip())
            self.lines.add(number)
            number += 1
        return "\n".join(found) or None

    def _comment_after(self, node: Node) -> str | None:
        """The plain paragraph right after a highlight of the built-in format."""
        leaf = self.around.leaf_after(node)
        if leaf is None or leaf.kind != blocks.PARA:
            return None
        text = "\n".join(leaf.lines)
        marked = "zotero://" in text or text.startswith("%%") or "<mark" in text
        if marked or STAMP.match(text) or IMAGE_ONLY.match(text):
            return None
        self.lines.update(range(leaf.start, leaf.end + 1))
        return text

    # ------------------------------------------------------------------ marked text without a link

    def _marks(self, node: Node, text: str, comment: str | None) -> Iterator[Annotation]:
        """`<mark …>text</mark>`, Zotero's `<span class="highlight" data-annotation=…>`."""
        line, counted = node.start, 0
        for found in find_marked(text):
            line, counted = line + text.count("\n", counted, found.start()), found.start()
            data = annotation_data(found[2])
            if data is None and not self._is_highlight(found, line):
                continue
            parts = Parts.of([found[3].replace("\n", " ")])
            parts.comments += [comment] if comment else []
            color = find_hex(str(data.get("color", ""))) if data else find_hex(found[2])
            origin = _Origin(data_uri(data), str(data.get("pageLabel") or "") or None) if data else _UNKNOWN
            yield self._made(line, "highlight", color, color_name(color) or find_word(found[2]), origin, parts, None)

    def _is_highlight(self, found: re.Match[str], line: int) -> bool:
        tag, attributes = found[1], found[2]
        if tag == "span":
            return "highlight" in attributes
        return "hltr" in attributes or "style" in attributes or self.around.in_section(line)

    def _section_color(self, line: int) -> str | None:
        """Highlights that stand under a heading per colour."""
        heading = self.around.heading(line)
        return find_word(heading) if heading else None

    def _made(
        self,
        line: int,
        kind: str,
        color: str | None,
        named: str | None,
        origin: _Origin,
        parts: Parts,
        image: int | None,
    ) -> Annotation:
        uri, zotlit = origin.uri or ZoteroUri("", None, None, None, None, None), parts.zotlit
        key, attachment, library, page = uri.annotation, uri.key, uri.library, uri.page
        if zotlit is not None:
            key, attachment, page = key or zotlit[1], attachment or zotlit[2], page or zotlit[4]
            if origin.uri is None:
                library = f"groups/{zotlit[3]}" if zotlit[3] else "library"
        number = int(page) if page and page.isdigit() and len(page) < 10 else None
        color, named = color or parts.color, named or parts.color_word or color_name(color or parts.color)
        return Annotation(
            kind, color, named, self.around.heading(line), number, origin.label or page, parts.text(), parts.comment(), image,
            attachment, key, library, origin.link, self.around.stamp(line), line, tuple(parts.tags),
        )  # fmt: skip
