"""One annotation while it is being read: its lines are told apart, at the end it is a row."""

from __future__ import annotations

from typing import NamedTuple

from litindex.models import Annotation
from litindex.parser.annotations import text as words
from litindex.parser.annotations.context import Surroundings
from litindex.parser.annotations.text import Row
from litindex.parser.values.block_ids import without_block_id
from litindex.parser.vocabulary.annotations import NO_VALUE
from litindex.parser.vocabulary.colors import color_name, find_hex, find_word
from litindex.parser.zotero.uris import ZoteroUri
from litindex.text_keys import text_key


class Origin(NamedTuple):
    """What a passage was taken from: the address of a link (`link` as written) and the page that the link's text prints."""

    uri: ZoteroUri | None = None
    label: str | None = None
    link: str | None = None


UNKNOWN = Origin()


_NOWHERE = ZoteroUri("", None, None, None, None, None)


class Passage:
    """A highlight, note or image: text, then what the reader says of it."""

    def __init__(self, line: int, origin: Origin = UNKNOWN, kind: str = "highlight", image: int | None = None) -> None:
        self.line = line
        self.origin = origin
        self.kind = kind
        self.image = image
        self.texts: list[str] = []
        self.comments: list[str] = []
        self.tags: dict[str, str] = {}
        self.color: str | None = None
        self.color_word: str | None = None
        self.in_comment = False
        self.is_built_in = False
        self.chapter: str | None = None
        self.skips = False
        self._shows_image = False
        self._place: tuple[int, int] | None = None
        self._zotlit: tuple[str | None, ...] | None = None

    def paint(self, *written: str | None) -> None:
        """Takes the first colour that one of these texts names, unless one is known."""
        for each in written:
            if each:
                self.color = self.color or find_hex(each)
                self.color_word = self.color_word or find_word(each)

    def add(self, row: Row) -> None:
        """Takes in one line: the passage first; a rule, a label or another place begin what the reader says."""
        text = words.without_comments(row.text)
        if found := words.ZOTLIT_ID.search(text) if "^" in text else None:
            self._zotlit = found.groups()
            text = text[: found.start()].strip()
        text = without_block_id(text)
        if "![" in text:
            self._shows_image, self._place = True, self._place or row.place
        if text[:1] in words.RULE_SIGNS and words.RULE.match(text):
            self.in_comment = bool(self.texts) or self._shows_image
            return
        if "<" in text:
            text = words.LINE_BREAK.sub(" ", text)
            marks = " ".join(found[2] for found in words.find_marked(text))
            self.color, self.color_word = self.color or find_hex(marks), self.color_word or find_word(marks)
            self._shows_image = self._shows_image or "<mark" in text
            bare = words.HTML_TAG.sub("", text)
            text = text if "<mark" in text else bare
        if text[:1] == "#" and words.TAGS_ONLY.match(text):
            self.tag(words.tags_in(text))
        elif (color := words.bare_label(text)) and find_word(color):
            self.color_word = self.color_word or find_word(color)
        elif detail := words.detail_in(text, is_item=row.place[1] > 0):
            self.add_detail(*detail)
        elif not self.skips and (text := words.without_markup(text)):
            self._place = self._place or row.place
            self.in_comment = self.in_comment or row.place != self._place or words.is_spoken(text)
            (self.comments if self.in_comment else self.texts).append(text)

    def add_detail(self, slot: str, value: str) -> None:
        """Takes in what a label says of the passage."""
        self.skips = slot == "skip"
        if slot == "tags":
            self.tag(words.tags_in(value))
        elif slot == "color" and (find_hex(value) or find_word(value)):
            self.color, self.color_word = find_hex(value), find_word(value)
        elif slot == "page" and value.lower() not in NO_VALUE:
            self.origin = self.origin._replace(label=self.origin.label or words.label_in(value) or value)
        elif slot == "text":
            self.texts.append(words.without_markup(value))
        elif slot == "comment":
            self.in_comment = True
            self.say(value)

    def say(self, comment: str | None) -> None:
        """Adds to what the reader says."""
        if comment and (comment := words.without_markup(comment)):
            self.comments.append(comment)

    def tag(self, names: list[str]) -> None:
        for name in names:
            self.tags.setdefault(text_key(name), name)

    def is_about(self, other: Passage) -> bool:
        """Whether this is no more than a comment, with a link to the same annotation as another passage."""
        mine, its = self.origin.uri, other.origin.uri
        same = (
            mine is not None and its is not None and mine.annotation is not None and mine.annotation == its.annotation
        )
        return same and bool(self.comments) and not self.texts and not other.comments and self.image is None

    def text(self) -> str | None:
        return words.unquoted(" ".join(self.texts))

    @property
    def is_image(self) -> bool:
        """Whether there is an image and no text."""
        return self._shows_image and not self.texts

    def row(self, around: Surroundings) -> Annotation:
        """The annotation, with the heading and the import stamp above it."""
        uri = self.origin.uri or _NOWHERE
        key, attachment, library, page = uri.annotation, uri.key, uri.library, uri.page
        if self._zotlit is not None:
            key, attachment, page = key or self._zotlit[0], attachment or self._zotlit[1], page or self._zotlit[3]
            if self.origin.uri is None:
                library = f"groups/{self._zotlit[2]}" if self._zotlit[2] else "library"
        page = None if (page or "").lower() in NO_VALUE else page
        number = int(page) if page and page.isdecimal() and len(page) < 10 else None
        comment = "\n".join(filter(None, map(words.spoken, self.comments))).strip() or None if self.comments else None
        text = self.text()
        kind = "image" if self.image is not None and text is None and self.kind == "highlight" else self.kind
        heading = around.heading(self.line) if self.chapter is None else self.chapter or None
        return Annotation(
            kind, self.color, color_name(self.color) or self.color_word, heading, number,
            self.origin.label or page, text, comment, self.image, attachment, key, library, self.origin.link,
            around.stamp(self.line), self.line, tuple((name, key) for key, name in self.tags.items()),
        )  # fmt: skip
