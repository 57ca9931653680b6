"""The inline structure of one leaf: links, and what hides text from tags, fields and citations.

One walk over the special characters of a paragraph, heading or table gives its links and a *masked* text of the same
length, in which code, math, HTML, URLs, link targets and escapes are replaced by `HIDDEN`, and the end of each such
node by `EDGE` (a tag may begin right after it: T3). CommonMark section 6; Obsidian's wikilinks (L1-L4) and math (T8).
The browser's page of a note is made of the same spans.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from litindex.parser.markdown.blocks import fold_label
from litindex.parser.markdown.urls import trim_url

HIDDEN: Final = "\ue001"
EDGE: Final = "\ue000"
CODE, MATH, HTML, URL, LINK, ESCAPE = "code", "math", "html", "url", "link", "escape"
"""What a span is: `LINK` a wikilink, an image, a bracket or what stands behind the words of a link."""
Span = tuple[int, int, str]
"""(start, end, what it is), offsets of a leaf's text."""

_TOKEN = re.compile(r"[\\`$<\[\]:](?<!:(?!//))")
"""What may begin or end a node; of the colons only those of addresses."""
_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>")
_URL = re.compile(r"https?://[^\s<]+", re.I)
_DESTINATION = re.compile(r"\([ \t\n]*(?:<((?:[^<>\n\\]|\\.)*)>|(?=[^\s<]))")
_DESTINATION_END = re.compile(
    r"""(?:[ \t\n]+(?:"(?:[^"\\]|\\.){0,400}"|'(?:[^'\\]|\\.){0,400}'|\((?:[^()\\]|\\.){0,400}\)))?[ \t\n]*\)""",
    re.DOTALL,
)
_DESTINATION_SIGN = re.compile(r"\\.|[()\s]", re.DOTALL)
_LONGEST_DESTINATION: Final = 4096
_DEEPEST_PARENTHESIS: Final = 32
"""As in cmark: looking for the end of each of many addresses that do not end must not cost too much."""
_PLAIN_WIKILINK = re.compile(r"\[\[([^\[\]\n|\\]*)(?:\|([^\[\]\n]*))?\]\]")
_PLAIN_LINK = re.compile(r"\[([^\[\]\\`$<:\n]*)\](?:\(([^\s()<\\]{1,4096})\)|(?!\())")
_TICKS = re.compile(r"`+")
_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class RawLink(NamedTuple):
    """A link as found: `start` and `end` are offsets into the leaf's text; `target` is not yet split or decoded."""

    start: int
    end: int
    syntax: str
    embed: bool
    target: str
    display: str | None


class Inline(NamedTuple):
    """The links of a leaf's text, and what is hidden in it from everything else."""

    text: str
    links: list[RawLink]
    hidden: list[Span]

    def masked(self) -> str:
        """The text with the hidden ranges, each but for its last character, as `HIDDEN`, and that one as `EDGE`."""
        if not self.hidden:
            return self.text
        pieces: list[str] = []
        pos, text = 0, self.text
        is_line = "\n" not in text
        for start, end, _ in sorted(self.hidden):
            if end > pos:
                if start < pos:
                    start = pos
                covered = HIDDEN * (end - 1 - start) if is_line else _covered(text[start : end - 1])
                pieces += text[pos:start], covered, EDGE
                pos = end
        return "".join([*pieces, text[pos:]])


def _covered(text: str) -> str:
    """As many signs; line ends stay."""
    return HIDDEN * len(text) if "\n" not in text else "\n".join(HIDDEN * len(part) for part in text.split("\n"))


def scan(text: str, definitions: dict[str, str], *, table: bool = False) -> Inline:
    """The links of `text` and what it hides; `definitions` are the note's reference definitions (L9)."""
    if is_plain(text):
        return Inline(text, [], [])
    if table:
        return _scan_rows(text, definitions)
    return _Walk(text, definitions).run()


def is_plain(text: str) -> bool:
    """Whether nothing in the text may begin or end a node. One sign after another: each is found faster than any of them."""
    return not (
        "[" in text
        or "<" in text
        or "`" in text
        or "$" in text
        or "\\" in text
        or "]" in text
        or (":" in text and "://" in text)
    )


def scan_html(text: str) -> Inline:
    """The tags and comments in a block of HTML, which holds no links."""
    walk = _Walk(text, {})
    pos = text.find("<")
    while pos >= 0:
        pos = text.find("<", walk.html(pos))
    return Inline(text, [], walk.hidden)


def _scan_rows(text: str, definitions: dict[str, str]) -> Inline:
    """Each row of a table for itself: nothing goes on in the next."""
    links: list[RawLink] = []
    hidden: list[Span] = []
    offset = 0
    for row in text.split("\n"):
        if not is_plain(row):
            found = _Walk(row, definitions, table=True).run()
            links += [link._replace(start=link.start + offset, end=link.end + offset) for link in found.links]
            hidden += [(start + offset, end + offset, what) for start, end, what in found.hidden]
        offset += len(row) + 1
    return Inline(text, links, hidden)


class _Walk:
    def __init__(self, text: str, definitions: dict[str, str], *, table: bool = False) -> None:
        self.text = text
        self.definitions = definitions
        self.table = table
        self.links: list[RawLink] = []
        self.hidden: list[Span] = []
        self.openers: list[tuple[int, bool, int]] = []  # position, image, number of links so far
        self.inactive = 0  # openers below this index enclose a link already
        self.absent: set[str] = set()  # delimiters known not to come any more: keeps the walk linear
        self.line_end = -1  # of the line last searched for `]]`
        self.closes = True  # whether it holds one more

    def run(self) -> Inline:
        text, steps = self.text, _STEPS
        pos = 0
        for found in _TOKEN.finditer(text):
            start = found.start()
            if start >= pos:
                pos = steps[text[start]](self, start)
        if len(self.links) > 1:
            self.links.sort()
        return Inline(text, self.links, self.hidden)

    def _escape(self, start: int) -> int:
        following = self.text[start + 1 : start + 2]
        return self._hide(start, start + 2, ESCAPE) if following in _PUNCTUATION and following else start + 1

    def _open(self, start: int) -> int:
        image = start > 0 and self.text[start - 1] == "!" and (not self.hidden or self.hidden[-1][1] != start)
        if self.text.startswith("[[", start):
            found = _PLAIN_WIKILINK.match(self.text, start)
            if found is None:
                return self._wikilink(start - image, start + 2)
            return self._add_wikilink(start - image, found.end(), found[1], found[2])
        found = _PLAIN_LINK.match(self.text, start)
        if found is None or (found[2] is None and self.definitions):
            self.openers.append((start - image, image, len(self.links)))
            return start + 1
        return self._plain(start - image, found, image)

    def _plain(self, start: int, found: re.Match[str], image: bool) -> int:
        """`[text](target)` and `[text]` with nothing special in it."""
        end = found.end(1)
        if found[2] is None:
            return self._span(start, end)
        self.links.append(RawLink(start, found.end(), "markdown", image, found[2], found[1].strip() or None))
        if image:
            return self._hide(start, found.end())
        self.inactive = len(self.openers)
        self.hidden += (start, start + 1, LINK), (end, found.end(), LINK)
        return found.end()

    def _colon(self, start: int) -> int:
        """A `:` before `//` matters where `http` or `https` stands before it."""
        text = self.text
        begin = start - (5 if text[max(0, start - 5) : start].lower() == "https" else 4)
        if begin < 0 or text[begin : begin + 4].lower() != "http":
            return start + 3
        return max(self._bare(begin), start + 3)

    def _hide(self, start: int, end: int, what: str = LINK) -> int:
        self.hidden.append((start, end, what))
        return end

    def _find(self, needle: str, start: int) -> int:
        """`str.find`, remembering what is not there any more: a pair without an end must not cost a scan each."""
        if needle in self.absent:
            return -1
        found = self.text.find(needle, start)
        if found < 0:
            self.absent.add(needle)
        return found

    # ------------------------------------------------------------------ nodes

    def _code(self, start: int) -> int:
        ticks = _TICKS.match(self.text, start).group()  # type: ignore[union-attr]
        pos = start + len(ticks)
        if ticks in self.absent:
            return pos
        for found in _TICKS.finditer(self.text, pos):
            if found.group() == ticks:
                return self._hide(start, found.end(), CODE)
        self.absent.add(ticks)
        return pos

    def _math(self, start: int) -> int:
        """T8: `$` opens unless white space or `$` follows, closes unless a space stands before or a digit behind."""
        text = self.text
        token = "$$" if text.startswith("$$", start) else "$"
        pos = start + len(token)
        if token == "$$":
            end = self._find("$$", pos)
            return pos if end < 0 else self._hide(start, end + 2, MATH)
        if text[pos : pos + 1] in (" ", "\t", "\n", ""):
            return pos
        if token in self.absent:
            return pos
        end = text.find("$", pos)
        while end >= 0:
            if text[end - 1] not in " \t\\" and not text[end + 1 : end + 2].isdigit():
                return self._hide(start, end + 1, MATH)
            end = text.find("$", end + 1)
        self.absent.add(token)
        return pos

    def _angle(self, start: int) -> int:
        found = _AUTOLINK.match(self.text, start)
        if found is None:
            return self.html(start)
        self.links.append(RawLink(start, found.end(), "autolink", False, found[1], None))
        return self._hide(start, found.end(), URL)

    def html(self, start: int) -> int:
        """A tag or a comment."""
        if self.text.startswith("<!--", start):
            end = self._find("-->", start + 4)
            return start + 4 if end < 0 else self._hide(start, end + 3, HTML)
        found = _HTML.match(self.text, start)
        return self._hide(start, found.end(), HTML) if found else start + 1

    def _wikilink(self, start: int, inside: int) -> int:
        """L1: on one line; of nested brackets the inner link counts; a single `]` does not close."""
        text = self.text
        if inside > self.line_end:
            found = text.find("\n", inside)
            self.line_end = len(text) if found < 0 else found
            self.closes = True
        end = text.find("]]", inside, self.line_end) if self.closes else -1
        if end < 0:
            self.closes = False
            return self._not_wikilink(start)
        if text[end + 2 : end + 3] == "]" and text.startswith("#[^", text.rfind("#", inside, end)):
            end += 1  # `[[A#[^1]]]`: the footnote's own bracket
        inner = text.rfind("[[", inside - 1, end)
        if inner >= 0:
            embed = text[inner - 1] == "!" and inner > inside
            start, inside = inner - embed, inner + 2
        target, pipe, display = text[inside:end].partition("|")
        if pipe and target.endswith("\\"):
            return self._add_wikilink(start, end + 2, target[:-1], display)
        return self._add_wikilink(start, end + 2, target, display if pipe else None)

    def _add_wikilink(self, start: int, end: int, target: str, display: str | None) -> int:
        target = target.strip()
        if target or display is not None:
            shown = display.strip() or None if display else None
            self.links.append(RawLink(start, end, "wikilink", self.text[start] == "!", target, shown))
        self.hidden.append((start, end, LINK))
        return end

    def _not_wikilink(self, start: int) -> int:
        """`[[` that opens no wikilink is two plain brackets, the second of which may open a link."""
        image = self.text[start] == "!"
        self.openers.append((start, image, len(self.links)))
        return start + 1 + image

    def _bare(self, start: int) -> int:
        """A URL in the text (L10): GFM's rules for what belongs to its end."""
        text = self.text
        before = text[start - 1 : start]
        if before.isalnum():
            return start + 4
        found = _URL.match(text, start)
        if not found:
            return start + 8
        url = trim_url(found.group().partition("|")[0] if self.table else found.group())
        if len(url) > 8:
            self.links.append(RawLink(start, start + len(url), "bare", False, url, None))
            return self._hide(start, start + len(url), URL)
        return start + 8

    # ------------------------------------------------------------------ brackets

    def _close(self, end: int) -> int:
        if not self.openers:
            return end + 1
        start, image, before = self.openers.pop()
        if len(self.openers) < self.inactive:
            self.inactive = len(self.openers)
            if not image:
                return self._span(start, end)
        link = self._destination(start, end, image) or self._reference(start, end, image)
        if link is None:
            return self._span(start, end)
        if len(self.links) > before:
            self.links[before:] = [inner for inner in self.links[before:] if inner.syntax not in ("bare", "autolink")]
        if image:
            self.links[before:] = [link]
            return self._hide(start, link.end)
        self.links.append(link)
        self.inactive = len(self.openers)
        self.hidden += (start, start + 1, LINK), (end, link.end, LINK)
        return link.end

    def _span(self, start: int, end: int) -> int:
        self.hidden += (start, start + 1, LINK), (end, end + 1, LINK)
        return end + 1

    def _destination(self, start: int, end: int, image: bool) -> RawLink | None:
        if self.text[end + 1 : end + 2] != "(":
            return None
        begin = _DESTINATION.match(self.text, end + 1)
        if not begin:
            return None
        behind = begin.end() if begin[1] is not None else self._destination_end(begin.end())
        target = begin[1] if begin[1] is not None else self.text[begin.end() : behind]
        closing = _DESTINATION_END.match(self.text, behind)
        return self._link(start, end, closing.end(), "markdown", image, target) if target and closing else None

    def _destination_end(self, start: int) -> int:
        """Where an address in parentheses ends: at white space, or at the `)` that closes none of its own."""
        depth = 0
        for found in _DESTINATION_SIGN.finditer(self.text, start, start + _LONGEST_DESTINATION):
            sign = found.group()
            depth += (sign == "(") - (sign == ")")
            if depth < 0 or depth > _DEEPEST_PARENTHESIS or sign.isspace():
                return found.start() if depth <= 0 else start
        return start

    def _reference(self, start: int, end: int, image: bool) -> RawLink | None:
        if not self.definitions:
            return None
        label = self.text[start + 1 + image : end]
        found = _LABEL.match(self.text, end + 1)
        behind = end + 1
        if found and (not found[1] or fold_label(found[1]) in self.definitions):
            label, behind = found[1] or label, found.end()
        elif found:
            return None
        target = self.definitions.get(fold_label(label)) if not label.startswith("^") else None
        return None if target is None else self._link(start, end, behind, "reference", image, target)

    def _link(self, start: int, end: int, behind: int, syntax: str, image: bool, target: str) -> RawLink:
        display = self.text[start + 1 + image : end].strip() or None
        if "\\" in target:
            target = _ESCAPE.sub(r"\1", target)
        return RawLink(start, behind, syntax, image, target, display)


_STEPS: Final[dict[str, Callable[[_Walk, int], int]]] = {
    "\\": _Walk._escape, "`": _Walk._code, "$": _Walk._math, "<": _Walk._angle, "[": _Walk._open, "]": _Walk._close, ":": _Walk._colon,
}  # fmt: skip
"""What to do at each special character: every step returns where to go on."""
