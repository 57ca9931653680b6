"""Lines of an annotation told apart: marks, labels, pages, quotation marks (Z27, Z28)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote

from litindex.parser.obsidian.tags import property_tag
from litindex.parser.values.names import clean
from litindex.parser.vocabulary.annotations import COMMENT_SIGNS, DETAILS, NO_VALUE, PAGES, TYPES
from litindex.parser.zotero.uris import ZoteroUri, parse_uri

IMAGE_ONLY = re.compile(r"^\s*(?:!\[\[[^\[\]]+\]\]|!\[[^\[\]]*\]\((?!https?:)[^()\s]+\))\s*$")
EMBED = re.compile(r"!\[\[[^\[\]]+\]\]|!\[[^\[\]]*\]\((?!zotero:)[^()]*\)")
LINE_BREAK = re.compile(r"<br\s*/?>", re.I)
HTML_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
ZOTLIT_ID = re.compile(r"\^([23456789A-NP-Z]{8})a([23456789A-NP-Z]{8})(?:g(\d+))?(?:p(\d+))?[ \t]*$", re.M)
STAMP = re.compile(r"\W*(?:imported|importiert|importé|importado)(?:\s+on)?\W{0,4}(\d{4}-\d{2}-\d{2}[^*_\n]*)", re.I)
RULE = re.compile(r"^\s*([-*_])(?:\s*\1){2,}\s*$")
RULE_SIGNS = ("-", "*", "_")
_LONGEST_MARKED = 8000
_OPENING = re.compile(r"<(mark|span|font)\b([^<>]*)>")
MARKED = re.compile(rf"{_OPENING.pattern}(.{{0,{_LONGEST_MARKED}}}?)(?:</\1>|$)", re.S)
_DATA = re.compile(r"data-annotation=\"([^\"]+)\"")
_LABELLED = re.compile(
    r"(?:\d{1,3}[.)]\s)?(?:[^\w]|_){0,16}([^\W\d_][\w -]{0,23}?)(?:[^\w:：]|_){0,6}(?:::?|：)[*_]*+\s*+(.*)$"
)
_PAGE = re.compile(
    rf"(?:\b(?:{PAGES.replace(' ', '|')})(?:\.|\s*+[:：]|(?=[\s\d]))|第|页码?|頁|ページ)\s*+[:：]?\s*+(\d[a-zA-Z\d./–-]*|[ivxlc]++[\d.–-]*\b)",
    re.I,
)
_NUMBER = r"(\d{1,4}(?:[–-]\d{1,4})?|[ivxlc]+)(?:\s?ff?\.?)?"
_PLACE = rf"(?:(?:{PAGES.replace(' ', '|')})\.?\s?{_NUMBER}|第?\s?(\d[\d–-]*)\s?(?:页|頁|ページ|쪽))"
_PAGE_END = re.compile(
    rf"(?:[(\[（［](?:[^()\[\]（）［］]{{0,60}}[,，;；]\s*)?{_PLACE}[)\]）］]"
    rf"|(?:^|(?<=[.!?…。\"”“»」])\s?|(?:^|(?<=\s))[—–-]\s?(?:[^()\[\]—–]{{0,60}},\s)?){_PLACE}"
    r"|(?:(?<=[.!?…。])|(?<=[.!?…。][\"”“»」]))\s?[(\[](\d{1,3}(?:[–-]\d{1,4})?)[)\]]|(?:^|(?<=\s))[—–]\s?(\d{1,3}(?:[–-]\d{1,3})?))[*_.\s]*$",
    re.I,
)
"""The page that a passage ends with: in brackets, behind a dash or the end of its sentence; without a word for page if it is short."""
_ALONE = rf"[(\[—–-]{{0,2}}\s?{_PLACE}[)\]]?[. \t]*"
PAGE_BELOW = re.compile(rf"{_ALONE}(?:$|(?:\n|[—–-]|=>|→)\s*+(?P<said>.*))", re.I | re.S)
"""A line below a quote that only tells its page, and what the reader says."""
_PAGE_LINE = re.compile(
    rf"\n(?=[(\[—–\s-]{{0,3}}第?(?:[^\W\d_]{{1,10}}+\.?\s?)?(?:\d|[ivxlc]{{1,7}}(?![^\W_]))){_ALONE}(?:$|[—–=→-])",
    re.I | re.M,
)
"""A line that only tells a page: few begin with a word before a number, of which most name no page."""
_WHOLE_PAGE = re.compile(_PLACE, re.I)
_RANGE_END = re.compile(r"\d+(?:[–-]\d+)?$")
_PAGE_ENDS = frozenset(")]）］0123456789页頁ジ쪽")
_IN_BRACKETS = frozenset("0123456789f.ivxlcIVXLC页頁ジ쪽")
_PAGE_NAME = re.compile(rf"(?:{PAGES.replace(' ', '|')})(?:-(?:no|number|nr))?\.?", re.I)
_BARE_PAGE = re.compile(r"^\W*(?:\d{4}:)?(\d[a-zA-Z\d./–-]{0,9}|[ivxlc]{1,7})(?:\s*[页頁쪽]|\s*ページ)?\W*$")
_CITED_PAGE = re.compile(r"\b\d{4}[a-z]?\s?:\s?(\d[\w–-]{0,9})\W*$")
_HEADING_PAGE = re.compile(
    rf"\W*(?:ch(?:ap(?:ter)?)?\W?\d+\W*)?(?:{PAGES.replace(' ', '|')})(?:\.\s?|\s*(?=\d))(\d[\d–-]*)(?!\w)", re.I
)
_LEAVINGS = re.compile(r"(?<![\s(])[\s(]*\(\s*\)[\s(]*$|^\(\s*\)|(?<!\s)\s+\($|(?<=[”\"»」』])[(（]$")
_SPEECH = re.compile(rf"^(?:[{COMMENT_SIGNS}]\ufe0f?|[=-]{{1,2}}>|<[=-]{{1,2}}|[→⇒⟶⟹➜➔➡↳←⇐]\ufe0f?)\s*+")
_LEADING = re.compile(r"^(?:>\s*)+|^[&$!?+~^*🟡🔴🟢🔵🟣🟠⚪⚫🟤🟨🟥🟩🟦🟪🟧⬜⬛🟫📌-]\s+")
_LAST_COMMENT = re.compile(r"%%([^%]+)%%\s*$")
_PERCENT = re.compile(r"%%.*?%%")
ITALICS = re.compile(r"\s*([*_])(?![*_ ]).*(?<! )\1\s*$", re.S)
TAGS_ONLY = re.compile(r"^(?:#[^\s#]++[\s,]*+)++$")
_CLOSING: Final = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", '"': '"', "「": "」", "『": "』", "”": "”"}
_MARKS_OF: Final = {opening: re.compile(f"[{opening}{closing}]") for opening, closing in _CLOSING.items()}


class Row(NamedTuple):
    """A line of a block, container marks off; `place` is how many quotes and list items stand around it."""

    text: str
    number: int
    place: tuple[int, int] = (0, 0)


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


def without_last_comment(text: str) -> tuple[str, str | None]:
    """(a line without the comment that it ends with, the comment): `==…== (p. 3) %%mine%%`."""
    found = _LAST_COMMENT.search(text) if text.rstrip()[-2:] == "%%" else None
    return (text[: found.start()].rstrip(), found[1].strip()) if found else (text, None)


def without_comments(text: str) -> str:
    return _PERCENT.sub("", text).strip() if "%%" in text else text.strip()


def detail_in(text: str, *, is_item: bool) -> tuple[str, str] | None:
    """(what it says of the annotation, value) of a labelled line: `**Comment**:: …`, `- Note: …`, `Tags: …`."""
    if (":" not in text and "：" not in text) or (found := _LABELLED.match(text)) is None:
        return None
    slot = DETAILS.get(found[1].strip().replace(" ", "-").lower())
    if slot in ("page", "text", "skip") and not is_item and text[:1].isalpha():
        return None
    return (slot, found[2].strip()) if slot else None


def slot_in(name: str) -> str:
    """What a column or a mark of this name says of an annotation; nothing where the name is not known."""
    name = name.lower().replace(" ", "-")
    known = DETAILS.get(name) or DETAILS.get(name.removesuffix("s"))
    return known or ("page" if _PAGE_NAME.fullmatch(name) else "")


def bare_label(text: str) -> str | None:
    """The label of a line that holds nothing else."""
    found = _LABELLED.match(text) if text[-1:] in ":：*_()" else None
    return found[1] if found and not found[2].strip("*_() ") else None


def tags_in(text: str) -> list[str]:
    """The tags that a list names: `#a #b`, `[[a]] [[b]]`, `a; b`, `a, b`."""
    words = re.split(
        r"[\s,;]+" if "#" in text or "[[" in text else r"\s*[,;]\s*", re.sub(r"[\[\]]+", " ", text).strip()
    )
    return [name for word in words if word and (name := property_tag(word.replace(" ", "-")))]


def without_markup(text: str) -> str:
    """Text without images, tags of HTML, the sign it begins with, and the brackets that stood around a link."""
    if "![" in text:
        text = EMBED.sub("", text)
    if "<" in text:
        text = HTML_TAG.sub("", text)
    text = text.strip()
    if not text[:1].isalnum():
        text = _LEADING.sub("", text)
    if text[:1] == "(" or text[-1:] in ("(", "（", ")"):
        text = _LEAVINGS.sub("", text)
    return text.strip()


def unquoted(text: str) -> str | None:
    """Z28: white space folded, quotes and emphasis around the whole removed."""
    if "  " in text or not text.isprintable():
        text = " ".join(text.split())
    whole = ""
    while text != whole:
        whole = text
        text = text.strip("*_ ").removeprefix("==").removesuffix("==").strip()
        swedish = text[:1] == "”" and "“" not in text
        if len(text) > 1 and (swedish or text[0] in '“"„«»「『') and text[-1] in '”"“»«」』':
            text = text[1:-1]
        elif text[:1] in ("“", "„") and "”" not in text:
            text = text[1:]
    return text.strip() or None


def spoken(text: str) -> str:
    """A comment without the sign of speech, or the arrow, before it."""
    return "" if text.strip().lower() in NO_VALUE else _SPEECH.sub("", text)


def is_spoken(text: str) -> bool:
    """Whether a line begins with a sign of speech or writing, or with an arrow."""
    return not text[:1].isalnum() and _SPEECH.match(text) is not None


def quoted_end(text: str) -> int:
    """Where the quotation ends that `text` begins with, quotations in it counted; 0 where there is none."""
    opening = text[:1]
    closing = _CLOSING.get(opening)
    if closing is None:
        return 0
    if opening == '"':
        return _straight_end(text)
    if opening == closing:
        return text.find(closing, 1) + 1
    depth = 0
    for sign in _MARKS_OF[opening].finditer(text):
        depth += (sign[0] == opening) - (sign[0] in closing)
        if not depth:
            return sign.end()
    return _straight_end(text) if opening in "“„" else 0


def _straight_end(text: str) -> int:
    """Where the straight mark stands that ends the quotation; keyboards without the other write `„…"`."""
    end = re.search(r'"(?=$|[\s)(（\[.,;:*_=—–-])', text[1:])
    return end.end() + 1 if end else 0


def quoted_start(text: str) -> int:
    """Where the quotation begins that `text` ends with; -1 where there is none."""
    if text[-1:] == '"':
        return max((found.start() for found in re.finditer(r'(?:(?<=\s)|^)"(?=\S)', text[:-1])), default=-1)
    opening = next((o for o, closing in _CLOSING.items() if text[-1:] and text[-1:] in closing), None)
    depth = 0
    for at in range(len(text) - 1, -1, -1) if opening else ():
        depth += (text[at] in _CLOSING[opening or ""]) - (text[at] == opening)
        if not depth:
            return at
    return -1


@lru_cache(maxsize=4096)
def label_in(display: str) -> str | None:
    """The printed page in a link's text: `p. 12`, `Page xii`, `(Doe, 2019, p. 4)`, `2008:2`, `第 3 页`."""
    display = clean(display)
    found = _PAGE.search(display) or _BARE_PAGE.match(display) or _CITED_PAGE.search(display)
    return found[1].rstrip(".,)–-页頁") if found else None


def _may_end_with_page(text: str) -> bool:
    """A cheap test before the expensive one: a number behind a colon is a value, one behind a dash part of a date."""
    if text[-1:] not in _PAGE_ENDS:
        return False
    if not text[-1].isdigit():
        return text[-2:-1] in _IN_BRACKETS
    number = _RANGE_END.search(text, max(0, len(text) - 12))
    return number is not None and text[: number.start()].rstrip()[-1:] not in (":", "/", ",", "=", "-", "#", "")


def cited_page(text: str) -> tuple[str, str] | None:
    """(text before it, page) of a quotation or list item that ends with its page: `“…” (p. 12)`, `… — 12`."""
    found = _PAGE_END.search(text[-90:]) if _may_end_with_page(text[-90:].rstrip("*_. \n")) else None
    page = next(filter(None, found.groups()), None) if found else None
    return (text[: len(text) - len(text[-90:]) + found.start()].rstrip(), page) if found and page else None


def is_page(title: str) -> bool:
    """Whether a title is nothing but a page: `Page 2`."""
    return len(title) < 20 and _WHOLE_PAGE.fullmatch(title.strip()) is not None


def has_page_below_quote(text: str) -> bool:
    """Whether a line of a text only tells a page, and a quoted line stands above it, or above the blank one between."""
    ends = [found.start() for found in _PAGE_LINE.finditer(text)]
    above = (_line_before(text, end) or _line_before(text, max(text.rfind("\n", 0, end), 0)) for end in ends)
    return any(line.startswith(">") for line in above)


def _line_before(text: str, end: int) -> str:
    """The line that ends there, without blanks around it."""
    return text[text.rfind("\n", 0, end) + 1 : end].strip()


@lru_cache(maxsize=1024)
def heading_page(heading: str) -> str | None:
    """The page that a heading begins with: `p. 33 Ships`, `ch04p59-60 Wool`."""
    found = _HEADING_PAGE.match(heading)
    return found[1] if found else None


@lru_cache(maxsize=1024)
def type_in(title: str) -> str | None:
    """The kind of annotation that a title names; links are no part of it."""
    words = re.findall(r"[a-z]+", title.lower())
    return next((TYPES[word] for word in words if word in ("highlight", "underline", "image", "ink", "note")), None)


def annotation_data(attributes: str) -> dict[str, object] | None:
    """What Better Notes prints of an annotation, as JSON in an attribute."""
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
