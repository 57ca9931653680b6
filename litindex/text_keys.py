"""Forms of text by which things are compared and found: all comparison keys of the program. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_APOSTROPHES: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "‐": "-", "‑": "-", "–": "-"})
_LETTER_MAKING: Final = (0, 7, 8, 9)
_PLAIN_LETTERS: Final = str.maketrans(
    {
        **dict(zip("łøđðħıŋŧƶɨ", "lodðhintzi", strict=True)),
        "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ـ": None, "ʼ": "'", "’": "'", "‘": "'", "‐": "-", "‑": "-",
    }
)  # fmt: skip
_LETTERS: Final = str.maketrans(
    {
        "'": "",
        "’": "",
        "ʼ": "",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ħ": "h",
    }
)
"""Letters that stand for plain ones without a mark that could be taken off."""
_NO_HEADING: Final = str.maketrans(dict.fromkeys('!"#$%&()*+,.:;<=>?@^`{|}~/[]\\\n\r', " "))

# Scripts written without spaces, where a word cannot be told from its neighbour: searched by pairs of characters.
_SCRIPTS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{_SCRIPTS}]+")
_WORDS = re.compile(rf"[{_SCRIPTS}]|[^\W{_SCRIPTS}]+")
_LEADS = tuple(bytes([lead]) for lead in (0xE0, 0xE1, *range(0xE3, 0xEE)))
_RARE_LEADS = ((b"\xef", re.compile(rb"\xef[\xa4-\xab\xbd\xbe]")), (b"\xf0", re.compile(rb"\xf0[\xa0-\xbf]")))
"""The bytes that such characters begin with in UTF-8. Dashes and quotation marks begin with others; emoji with those
that the rare ones share.
"""
_LONGEST = 40
_GLUED_BEFORE = re.compile(rf"(?<!\w)[^\W_{_SCRIPTS}]+$")
_GLUED_AFTER = re.compile(rf"[^\W_{_SCRIPTS}]{{1,{_LONGEST}}}")


_JOINERS = "\u00ad\u200b-\u200d\u2060\ufeff"
_POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_ODD = re.compile(
    f"[{_JOINERS}{_POINTS}łŁøØđĐßẞæÆœŒþÞðÐħĦıŋŊŧŦёЁ\u0386-\u0390\u03aa-\u03b0\u03ca-\u03ce\u0622-\u0626\u0640"
    "²³¹\u2070-\u209c\ufb00-\ufb4f\ufb50-\ufdff\ufe70-\ufefc\uff10-\uff5a\U0001d400-\U0001d7ff]"
)
"""What SQLite's unicode61 leaves as it is, or takes for the end of a word; it folds accents of Latin letters alone."""
WORD: Final = re.compile(rf"[\w{_JOINERS}{_POINTS}]+")
"""A word with all its points and soft hyphens."""
_ASCII = bytes(range(128))
_TOKEN = re.compile(r"\w+")
_BROKEN = re.compile(r"-(?<=[^\W\d_].)(?: |[ \t]{0,8}\n[ \t>]{0,20})(?=[^\W\d_])")
"""One character that begins an expression is found many times as fast as one of two."""
_BROKEN_BY_HYPHEN = re.compile(_BROKEN.pattern.replace("-", "\u2010", 1))
_LETTER_RUN_BEFORE = re.compile(r"[^\W\d_]{2,}$")
_LETTER_RUN = re.compile(r"[^\W\d_]{2,}")
_LOWERED = re.compile(r"</?su[bp]>")
_BETWEEN = re.compile(r"[\W_]+")


def text_key(text: str) -> str:
    """What paths, names, tags and aliases are compared by: lower(NFC) (B2)."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).lower()


def path_key(path: str) -> str:
    """What vault paths and link paths are compared by: `text_key`, with no-break spaces as spaces (F8)."""
    return text_key(path).replace("\xa0", " ").replace("\u202f", " ")


@lru_cache(maxsize=8192)
def target_key(target: str) -> str:
    """The key of the last part of a link path, without `.md`: what a file of that name answers to."""
    key = path_key(target).rsplit("/", 1)[-1]
    return key[:-3] if key.endswith(".md") else key


def heading_key(text: str) -> str:
    """What headings and heading subpaths are compared by (L20)."""
    return " ".join(text_key(text).translate(_NO_HEADING).split())


def person_key(text: str) -> str:
    """What names of people and citekeys are compared by: casefold(NFKC) (B2)."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """The identity of a person: case, spaces, apostrophes and hyphens unified, nothing else (Z18)."""
    return person_key(" ".join(unicodedata.normalize("NFKC", name).translate(_APOSTROPHES).split()))


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """Folded words without marks and punctuation: what duplicates are proposed by (Z19)."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.translate(_LETTERS)))


def search_key(text: str) -> str:
    """What typed words are compared by: without case, accents, points and vowel signs; ligatures, full-width letters,
    sub- and superscripts as plain ones; ł ø đ ß æ as l o d ss ae; without soft hyphens and what has no width.

    Marks that make another letter stay (Japanese voicing, Indic nukta and virama: combining classes 7 to 9).
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in plain if unicodedata.combining(c) in _LETTER_MAKING and unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", "".join(kept).translate(_PLAIN_LETTERS)).casefold()


def search_forms(text: str) -> str:
    """What finds the words of a text besides themselves: `grams`, and the plain spelling of each word that full text
    cannot fold (Straße, ﬁsh, H<sub>2</sub>O, exam- ple). '' where there is nothing of the kind.
    """
    return " ".join(filter(None, (grams(text), *dict.fromkeys(_plain_spellings(text)))))


def _plain_spellings(text: str) -> Iterator[str]:
    if not text.isascii() and _ODD.search(_not_ascii(text)):
        for piece in text.split():
            if not piece.isascii() and _ODD.search(piece):
                for word in filter(_ODD.search, WORD.findall(piece)):
                    yield from _TOKEN.findall(search_key(word))
    gaps = [*_BROKEN.finditer(text), *(_BROKEN_BY_HYPHEN.finditer(text) if "\u2010" in text else ())]
    for gap in sorted(gaps, key=re.Match.start):
        before = _LETTER_RUN_BEFORE.search(text, max(0, gap.start() - _LONGEST), gap.start())
        after = _LETTER_RUN.match(text, gap.end(), gap.end() + _LONGEST)
        if before and after:
            yield search_key(before[0] + after[0])
    if "<su" in text:
        for piece in text.split():
            if "<su" in piece:
                yield from _TOKEN.findall(search_key(_LOWERED.sub("", piece)))


def _not_ascii(text: str) -> str:
    """The characters that are none of ASCII. By way of bytes: a fiftieth of the time of an expression for them."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


@lru_cache(maxsize=2048)
def squeeze(key: str) -> str:
    """The form in which names of fields, types and properties are compared: letters and digits, without case (M12)."""
    return _BETWEEN.sub("", key).lower()


def title_key(title: str) -> str:
    """Letters and digits only, without case and marks: finds the same work twice."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", title).casefold()))


def words(text: str) -> list[str]:
    """The words in order; of scripts written without spaces each character."""
    return _WORDS.findall(text)


def is_unspaced(character: str) -> bool:
    """Whether its script is written without spaces."""
    return _UNSPACED.match(character) is not None


def may_be_unspaced(data: bytes) -> bool:
    """False when no character of this UTF-8 text is of a script written without spaces. Much cheaper than a look at
    each character.
    """
    if data.isascii():
        return False
    is_rare = any(lead in data and pattern.search(data) for lead, pattern in _RARE_LEADS)
    return is_rare or any(lead in data for lead in _LEADS)


def grams(text: str) -> str:
    """What finds words of scripts without spaces: of each run of them the overlapping pairs of characters, and the last
    character alone. A word of another script that stands right beside such a run (BERT模型) is repeated, because the
    tokenizer takes both for one word. '' where there is nothing of the kind.
    """
    if not may_be_unspaced(text.encode("utf-8", "surrogatepass")):
        return ""
    found: list[str] = []
    for run in _UNSPACED.finditer(text):
        start, end = run.span()
        if (
            start
            and text[start - 1].isalnum()
            and (before := _GLUED_BEFORE.search(text, max(0, start - _LONGEST), start))
        ):
            found.append(before[0])
        found += [text[at : at + 2] for at in range(start, end - 1)]
        found.append(text[end - 1])
        if text[end : end + 1].isalnum() and (after := _GLUED_AFTER.match(text, end)):
            found.append(after[0])
    return " ".join(found)
