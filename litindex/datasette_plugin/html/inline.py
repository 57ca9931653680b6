"""The text of a block as HTML: what the parser found in it stands where it was found, and hides what is in it; only the
plain Markdown between (emphasis, entities, line breaks) is left to markdown-it-py.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markupsafe import Markup, escape

from litindex.datasette_plugin.html import links as link_html
from litindex.datasette_plugin.html.links import Places
from litindex.datasette_plugin.html.snippets import color_class
from litindex.parser.markdown import blocks
from litindex.parser.markdown.inline import CODE, HTML, LINK, MATH, URL, Inline, Span
from litindex.parser.obsidian.links import make_link
from litindex.parser.obsidian.tags import find_tags
from litindex.parser.vocabulary.colors import color_name, find_hex, find_word

_LOOKS: Final = frozenset("sub sup u b i em strong kbd small s del ins".split())
"""Elements that only look, and that without attributes."""
_COLORED: Final = frozenset(("mark", "span", "font"))
_ELEMENT = re.compile(r"<(/?)([A-Za-z]+)(\s[^<>]*)?>")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARK = re.compile(r"==(?=\S)([^\n]{1,1000}?)(?<=\S)==")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,50})\]")
_LAST_BREAKS = re.compile(r"(?:<br>\s*)+$")
_SIGN = re.compile(r"[\n&*_~]|\\(?=[\n!-/:-@\[-`{-~])")


class Piece(NamedTuple):
    """What stands for `text[start:end]`: `nesting` 1 opens, -1 closes, 0 is whole."""

    start: int
    end: int
    html: str
    nesting: int = 0


_START = attrgetter("start")


class Pair(NamedTuple):
    """What opens and what closes."""

    open: Piece
    close: Piece


def to_html(text: str, pieces: Iterable[Piece], *, markdown: bool = True) -> Markup:
    """The text with the pieces, which neither overlap nor cross; between them Markdown, or only words."""
    ordered = sorted(pieces)
    if markdown:
        parser = _parser()
        waiting = ordered[::-1]
        tokens = parser.inline.parse(text, parser, {"waiting": waiting}, [])
        return Markup(parser.renderer.render(tokens, parser.options, {}))
    html, pos = Markup(), 0
    for piece in ordered:
        html += escape(text[pos : piece.start]) + Markup(piece.html)
        pos = piece.end
    return (html + escape(text[pos:])).replace("\n", Markup("<br>\n"))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"breaks": True, "maxNesting": 1_000_000})
    parser.enable(["emphasis", "entity", "escape", "newline", "strikethrough"])
    parser.inline.ruler.before("text", "piece", _piece)
    parser.inline.ruler.at("text", _text)
    parser.add_render_rule("piece", lambda self, tokens, at, options, env: tokens[at].content)
    parser.add_render_rule("text_special", lambda self, tokens, at, options, env: str(escape(tokens[at].content)))
    return parser


def _piece(state: StateInline, silent: bool) -> bool:
    """A piece, where one stands; one that a sign of Markdown swallowed is passed by, with what would close it."""
    waiting: list[Piece] = state.env["waiting"]
    while waiting and waiting[-1].start < state.pos:
        waiting.pop()
    if not waiting or waiting[-1].start != state.pos:
        return False
    piece = waiting.pop()
    if piece.nesting >= 0 or state.level:
        state.push("piece", "", piece.nesting).content = piece.html  # type: ignore[arg-type]
    state.pos = piece.end
    return True


def _text(state: StateInline, silent: bool) -> bool:
    """Words up to the next sign of Markdown or the next piece."""
    waiting: list[Piece] = state.env["waiting"]
    end = waiting[-1].start if waiting else state.posMax
    sign = _SIGN.search(state.src, state.pos, end)
    end = sign.start() if sign else end
    if end <= state.pos:
        return False
    state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


class Text:
    """The text of one leaf, and the pieces of it; `hidden` are the ranges that comments and block ids take."""

    def __init__(self, found: Inline, places: Places, hidden: Sequence[tuple[int, int]], *, kind: str) -> None:
        self.text = found.text
        self.places = places
        self.table = kind == blocks.TABLE
        self.markdown = kind != blocks.HTML
        self.masked = found.masked()
        self.spans = sorted(found.hidden)
        self.links: list[Pair] = []
        links = list(self._links(found))
        unseen = [Piece(*part, "") for part in self._parts(hidden) if part[0] < part[1]]
        self.shown = _without(self.text, unseen)
        """The text that is not hidden."""
        self.wholes = _disjoint([*unseen, *links, *self._span_pieces({link.start for link in links}), *self._tags()])
        self._starts = [piece.start for piece in self.wholes]
        self.pairs = self._accepted([*self._elements(), *self._marks()])
        self.ends = sorted(piece for pair in self.pairs for piece in pair)
        self.words = self._unpaired()

    def _parts(self, ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The same, in a table each row's part for itself; what takes a whole line takes its end along."""
        for start, end in ranges:
            while self.table and (line_end := self.text.find("\n", start, end)) >= 0:
                yield start, line_end
                start = line_end + 1
            if not self.table and self.text[start - 1 : start] in ("", "\n"):
                end += self.text.startswith("\n", end)
            if start < end:
                yield start, end

    # ------------------------------------------------------------------ what is in it

    def _links(self, found: Inline) -> Iterator[Piece]:
        """Those that are whole; those with Markdown in their words become `links`."""
        tails = {end: start for start, end, what in self.spans if what == LINK}
        links = [(raw, make_link(raw, found.text, None)) for raw in found.links]
        for raw, link in links:
            if raw.syntax in ("markdown", "reference") and not raw.embed:
                before, behind = link_html.opening(link, self.places)
                tail = Piece(tails[raw.end], raw.end, behind, -1)
                self.links.append(Pair(Piece(raw.start, raw.start + 1, before, 1), tail))
        self._labels = sorted((pair.open.start, pair.close.start) for pair in self.links)
        for raw, link in links:
            if raw.embed or raw.syntax not in ("markdown", "reference"):
                html = link_html.whole(link, self.places, inside=self._label(raw.start) >= 0)
                yield Piece(raw.start, raw.end, html)

    def _label(self, pos: int) -> int:
        """Which link has this place in its words; -1: none."""
        at = bisect_right(self._labels, (pos, len(self.text))) - 1
        return at if at >= 0 and pos < self._labels[at][1] else -1

    def _tags(self) -> Iterator[Piece]:
        for start, name in find_tags(self.masked, self.text, table=self.table) if self.markdown else ():
            yield Piece(start, start + 1 + len(name), link_html.tag(name, self.places))

    def _span_pieces(self, linked: set[int]) -> Iterator[Piece]:
        opened = {pair.open.start for pair in self.links}
        for start, end, what in self.spans:
            written = self.text[start:end]
            if what == CODE:
                yield Piece(start, end, self._code(written))
            elif what == MATH:
                yield Piece(start, end, Markup('<code class="math">{}</code>').format(written.strip("$").strip()))
            elif what == HTML and written.startswith("<!"):
                yield Piece(start, end, "" if written.startswith("<!--") else escape(written))
            elif what == HTML and _LINE_BREAK.fullmatch(written):
                yield Piece(start, end, "<br>")
            elif what == URL and start not in linked:
                yield Piece(start, end, escape(written))
            elif what == LINK and start not in opened and (note := _FOOTNOTE.match(self.text, start)):
                yield Piece(start, note.end(), Markup("<sup>{}</sup>").format(note[1]))

    def _code(self, written: str) -> Markup:
        """CommonMark 6.1; in a table `\\|` is a `|`."""
        code = written.strip("`").replace("\n", " ")
        if code.strip() and code[0] == code[-1] == " ":
            code = code[1:-1]
        return Markup("<code>{}</code>").format(code.replace("\\|", "|") if self.table else code)

    def _marks(self) -> Iterator[Pair]:
        for mark in _MARK.finditer(self.masked) if self.markdown else ():
            start, end = mark.span()
            yield Pair(Piece(start, start + 2, "<mark>", 1), Piece(end - 2, end, "</mark>", -1))

    def _elements(self) -> Iterator[Pair]:
        """`H<sub>2</sub>O`, `<mark style="background: #ffd400">`: the colour by its name, attributes left behind."""
        waiting: dict[str, list[tuple[Span, str]]] = {}
        for span in self.spans:
            found = _ELEMENT.fullmatch(self.text, span[0], span[1]) if span[2] == HTML else None
            if found is None:
                continue
            closes, name, attributes = found[1], found[2].lower(), found[3] or ""
            if not closes and ((name in _LOOKS and not attributes.strip()) or name in _COLORED):
                waiting.setdefault(name, []).append((span, attributes))
            elif closes and waiting.get(name):
                begun, attributes = waiting[name].pop()
                before, behind = _element(name, attributes)
                yield Pair(Piece(begun[0], begun[1], before, 1), Piece(span[0], span[1], behind, -1))

    # ------------------------------------------------------------------ what of it can stand together

    def _accepted(self, pairs: list[Pair]) -> list[Pair]:
        """The links, and the other pairs that cross neither these nor one another, with no end in a whole piece."""
        links = [pair for pair in self.links if not self._is_covered(pair)]
        fitting = [
            pair for pair in pairs
            if self._label(pair.open.start) == self._label(pair.close.start) and not self._is_covered(pair)
        ]  # fmt: skip
        return [*map(self._led, links), *_nested(fitting)]

    def _is_covered(self, pair: Pair) -> bool:
        return any(
            at >= 0 and piece.start < self.wholes[at].end
            for piece in pair
            for at in [bisect_right(self._starts, piece.start) - 1]
        )

    def _led(self, pair: Pair) -> Pair:
        """A link around other links or tags is shown behind its words: links of HTML do not nest."""
        inner = self.wholes[bisect_left(self._starts, pair.open.end) : bisect_left(self._starts, pair.close.start)]
        if not any("<a " in piece.html for piece in inner):
            return pair
        behind = pair.open.html + Markup("↗") + Markup(pair.close.html)
        return Pair(pair.open._replace(html=""), pair.close._replace(html=behind))

    def _unpaired(self) -> list[Piece]:
        """Other HTML is shown as it is written."""
        taken = {piece.start for piece in (*self.wholes, *self.ends)}
        words = [
            Piece(start, end, escape(self.text[start:end]))
            for start, end, what in self.spans
            if what == HTML and start not in taken
        ]
        return [piece for piece in words if not self._is_covered(Pair(piece, piece))]

    # ------------------------------------------------------------------ HTML

    def html(self, start: int = 0, end: int | None = None) -> Markup:
        """A part of the text, which no piece goes beyond."""
        end = len(self.text) if end is None else end
        pieces = [
            piece._replace(start=piece.start - start, end=piece.end - start)
            for group in (self.wholes, self.ends, self.words)
            for piece in group[bisect_left(group, start, key=_START) : bisect_left(group, end, key=_START)]
        ]
        return Markup(
            _LAST_BREAKS.sub("", to_html(self.text[start:end], _balanced(pieces), markdown=self.markdown)).strip()
        )

    def separators(self) -> Iterator[int]:
        """The offsets of the `|` between cells of a table: none in code, math, comments or links."""
        at = self.masked.find("|")
        while at >= 0:
            if self._label(at) < 0 and not self._is_covered(Pair(piece := Piece(at, at + 1, ""), piece)):
                yield at
            at = self.masked.find("|", at + 1)


def _element(name: str, attributes: str) -> tuple[str, str]:
    if name in _LOOKS:
        return f"<{name}>", f"</{name}>"
    color = color_name(find_hex(attributes)) or find_word(attributes)
    if name != "mark" and color is None:
        return "", ""
    return Markup('<mark class="{}">').format(color_class(color)), "</mark>"


def _without(text: str, pieces: list[Piece]) -> str:
    bounds = [0, *(at for piece in _disjoint(pieces) for at in piece[:2]), len(text)]
    return "".join(text[bounds[at] : bounds[at + 1]] for at in range(0, len(bounds), 2))


def _disjoint(pieces: list[Piece]) -> list[Piece]:
    """Of pieces that overlap the one that begins first, then the longest."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end)):
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def _nested(pairs: list[Pair]) -> list[Pair]:
    """The pairs without those that another one closes around."""
    kept: list[Pair] = []
    opened: list[Pair] = []
    standing: set[Pair] = set()
    for piece, pair in sorted((piece, each) for each in pairs for piece in each):
        if piece.nesting > 0:
            if not opened or piece.start >= opened[-1].open.end:
                opened.append(pair)
                standing.add(pair)
        elif pair in standing:
            while (closed := opened.pop()) != pair:
                standing.remove(closed)
            kept.append(pair)
    return kept


def _balanced(pieces: list[Piece]) -> list[Piece]:
    """Without what opens and does not close in this part of the text, and the other way about."""
    kept: list[Piece | None] = []
    opened: list[int] = []
    for piece in sorted(pieces):
        if piece.nesting > 0:
            opened.append(len(kept))
        elif piece.nesting < 0:
            if not opened:
                continue
            opened.pop()
        kept.append(piece)
    for at in opened:
        kept[at] = None
    return [piece for piece in kept if piece is not None]
