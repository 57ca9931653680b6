"""The text of one highlight taken apart: passage, comment, tags, colour, page (Z27, Z28)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from litindex.parser.obsidian.tags import property_tag
from litindex.parser.values.names import clean
from litindex.parser.vocabulary.colors import find_hex, find_word
from litindex.parser.zotero.uris import ZoteroUri, parse_uri
from litindex.text_keys import text_key

OPEN_LINK = re.compile(
    r"(?:!\[|\[)(?P<display>(?:[^\[\]]|\[[^\[\]]*\]){0,200})\]\(<?(?P<uri>zotero://open[^)\s>]*)>?\)"
)
IMAGE_ONLY = re.compile(r"^\s*!\[\[[^\[\]]+\]\]\s*$")
SELECT_LINK = re.compile(r"\[([^\[\]]{0,200})\]\(<?zotero://select[^)\s>]*>?\)")
_LEAVINGS = re.compile(r"!\[\[[^\[\]]+\]\]|(?<![\s(])[\s(]*\(\s*\)[\s(]*$|^\(\s*\)|(?<!\s)\s+\($")
_LONGEST_MARKED = 8000
_OPENING = re.compile(r"<(mark|span)\b([^<>]*)>")
MARKED = re.compile(rf"{_OPENING.pattern}(.{{0,{_LONGEST_MARKED}}}?)(?:</\1>|$)", re.S)
HTML_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
ZOTLIT_ID = re.compile(r"\^([23456789A-NP-Z]{8})a([23456789A-NP-Z]{8})(?:g(\d+))?(?:p(\d+))?\s*$")
_BLOCK_ID = re.compile(r"(?:^|\s)\^[A-Za-z0-9-]+\s*$")
_DATA = re.compile(r"data-annotation=\"([^\"]+)\"")
STAMP = re.compile(r"\W*(?:imported|importiert|importé|importado)(?:\s+on)?\W{0,4}(\d{4}-\d{2}-\d{2}[^*_\n]*)", re.I)
TYPE_WORDS = {
    "highlight": "highlight",
    "quote": "highlight",
    "underline": "underline",
    "note": "note",
    "comment": "note",
    "image": "image",
    "ink": "ink",
    "text": "text",
}
COMMENT = re.compile(
    r"^\W*(?:comments?|kommentar|commentaire|comentario|comentário|commento|opmerking|note|комментарий|评论|注释|批注|コメント)\W*?(?::{1,2}|：)[*_]*\s*(.*)$",
    re.I,
)
_COLOR_LINE = re.compile(r"^\W*colou?r\W*:{1,2}\W*(.*)$", re.I)
_PAGE = re.compile(
    r"(?:\b(?:pp?|page|pg|seite|s|página|pagina|pág|bls|blz|side|strona|str|стр|с)\.?|第|页码?|頁|ページ)\s*+[:：]?\s*+([\divxlcIVXLC][\w./–-]*)",
    re.I,
)
_BARE_PAGE = re.compile(r"^\W*(?:\d{4}:)?(\d[\w./–-]{0,9}|[ivxlc]{1,7})\W*$")
_SPEECH = re.compile(r"^[💬💭🗨✏📝]\ufe0f?\s*")
_LEADING = re.compile(r"^(?:>\s*)+|^[&$!?+~^*🟡🔴🟢🔵🟣🟠⚪⚫🟤📌-]\s+")
_PERCENT = re.compile(r"%%.*?%%")
_RULE = re.compile(r"^\s*([-*_])(?:\s*\1){2,}\s*$")
_TAGS_ONLY = re.compile(r"^(?:#[^\s#]++[\s,]*+)++$")


def find_marked(text: str) -> Iterator[re.Match[str]]:
    """What `MARKED.finditer` finds, in linear time: the end is not looked for anew from each of many open marks."""
    ends: dict[str, int] = {}
    at = 0
    while opening := _OPENING.search(text, at):
        tag, at = opening[1], opening.end()
        if ends.get(tag, -1) < at:
            end = text.find(f"</{tag}>", at)
            ends[tag] = end if end >= 0 else len(text.removesuffix("\n"))
        if ends[tag] - at <= _LONGEST_MARKED and (found := MARKED.match(text, opening.start())):
            at = found.end()
            yield found


class Parts:
    """The lines of one annotation, told apart: text, comment, tags, colour, block id."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.comments: list[str] = []
        self.tags: list[tuple[str, str]] = []
        self.color: str | None = None
        self.color_word: str | None = None
        self.zotlit: re.Match[str] | None = None
        self.in_comment = False

    @classmethod
    def of(cls, lines: Iterable[str]) -> Parts:
        parts = cls()
        for line in lines:
            parts.add(line)
        return parts

    def add(self, line: str) -> None:
        """Takes in one line, container marks off."""
        text = _PERCENT.sub("", line).strip() if "%%" in line else line.strip()
        if "^" in text:
            text = self._without_id(text)
        head = text[:1]
        if head and head in "-*_" and _RULE.match(text):
            self.in_comment = bool(self.texts)
            return
        if head == "#" and _TAGS_ONLY.match(text):
            self._add_tags(text)
            return
        if self._takes_color(text):
            return
        if (found := COMMENT.match(text)) is not None:
            self.in_comment = True
            text = found[1]
        text = _without_leavings(text)
        if text:
            (self.comments if self.in_comment else self.texts).append(text)

    def _without_id(self, text: str) -> str:
        if found := ZOTLIT_ID.search(text):
            self.zotlit = found
            text = text[: found.start()].strip()
        return _BLOCK_ID.sub("", text)

    def _takes_color(self, text: str) -> bool:
        """Whether the line only says the colour; marked text says it on the way."""
        if "<mark" in text or "<span" in text:
            self.color = self.color or find_hex(text)
            self.color_word = self.color_word or find_word(" ".join(m[2] for m in find_marked(text)))
        found = _COLOR_LINE.match(text)
        if found is None or not (find_hex(found[1]) or find_word(found[1])):
            return False
        self.color, self.color_word = find_hex(found[1]), find_word(found[1])
        return True

    def _add_tags(self, text: str) -> None:
        for word in re.split(r"[\s,]+", text):
            name = property_tag(word) if word else None
            if name and (name, text_key(name)) not in self.tags:
                self.tags.append((name, text_key(name)))

    def text(self) -> str | None:
        """Z28: wrapped lines joined, quotes and emphasis around the whole removed."""
        text = " ".join(self.texts)
        if "  " in text or not text.isprintable():
            text = " ".join(text.split())
        for _ in range(3):
            text = text.strip("*_ ").removeprefix("==").removesuffix("==").strip()
            if len(text) > 1 and text[0] in '“"„«' and text[-1] in '”"“»':
                text = text[1:-1]
            elif text[:1] in ("“", "„") and "”" not in text:
                text = text[1:]
        return text.strip() or None

    def comment(self) -> str | None:
        return "\n".join(_SPEECH.sub("", comment) for comment in self.comments).strip() or None


def _without_leavings(text: str) -> str:
    """Text without links, tags of HTML, the sign it begins with, and the brackets that stood around a link."""
    if "zotero://" in text:
        text = SELECT_LINK.sub("", OPEN_LINK.sub("", text))
    if "<" in text:
        text = HTML_TAG.sub("", text)
    text = _LEADING.sub("", text.strip())
    if "![[" in text or text[:1] == "(" or text[-1:] in ("(", ")") or text[-1:].isspace():
        text = _LEAVINGS.sub("", text)
    return text.strip()


@lru_cache(maxsize=4096)
def label_in(display: str) -> str | None:
    """The printed page in a link's text: `p. 12`, `Page xii`, `(Doe, 2019, p. 4)`, `2008:2`, `第 3 页`."""
    display = clean(display)
    found = _PAGE.search(display) or _BARE_PAGE.match(display)
    return found[1].rstrip(".,)–-") if found else None


def title_page(title: str) -> str | None:
    found = _PAGE.search(title)
    return found[1] if found else None


@lru_cache(maxsize=1024)
def type_in(title: str) -> str | None:
    """The kind of annotation that a title names; links are no part of it."""
    words = re.findall(r"[a-z]+", title.lower())
    return next(
        (TYPE_WORDS[word] for word in words if word in ("highlight", "underline", "image", "ink", "note")), None
    )


def annotation_data(attributes: str) -> dict[str, object] | None:
    found = _DATA.search(attributes)
    if not found:
        return None
    try:
        data = json.loads(unquote(found[1]))
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def data_uri(data: dict[str, object]) -> ZoteroUri | None:
    uri = parse_uri(str(data.get("attachmentURI", "")))
    if uri is None:
        return None
    position = data.get("position")
    index = position.get("pageIndex") if isinstance(position, dict) else None
    key = data.get("annotationKey")
    return uri._replace(page=str(index + 1) if isinstance(index, int) else None, annotation=str(key) if key else None)
