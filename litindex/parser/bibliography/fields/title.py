"""The title of a work (Z10)."""

from __future__ import annotations

import re
import unicodedata

from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import Source, Statement, plain
from litindex.text_keys import person_key, text_key

_FILTER_TAIL = re.compile(r"(?:(?<![-–\s])[-–\s]+)?Error: `\w+` can only be applied to .*$")
_FAILED_TAIL = re.compile(r"(?:(?<!\s)\s+)?\((?:NaN|undefined|null|None|Invalid date)?\)$|(?<!\s)\s+(?:NaN|undefined)$")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_HTML = re.compile(r"</?(?:i|b|em|strong|sub|sup|span|u|small|sc|nocase)\b[^<>]*>", re.I)
_ORIGINAL = re.compile(r"original|oorspronkelijk|^原", re.I)
_BRACES = re.compile(r"\{([^{}|]*)\}")


def title_of(statement: Statement) -> str | None:
    """Without HTML, BibTeX's braces and signs that are not seen (Z10, VARIATIONS 3.7); None where no letter is left."""
    text = plain(statement)
    if text is None:
        return None
    text = _INVISIBLE.sub("", text)
    if text.endswith((")", "NaN", "undefined")):
        text = _FAILED_TAIL.sub("", text)
    if "Error: `" in text:
        text = _FILTER_TAIL.sub("", text)
    text = unicodedata.normalize("NFC", _unbraced(_HTML.sub("", text) if "<" in text else text))
    text = (
        " ".join(text.replace("{{", "").replace("}}", "").split()).lstrip("# ")
        if "{{" in text or text.startswith("#")
        else " ".join(text.split())
    )
    if text[:1] == "《" and text.find("》") == len(text) - 1:
        text = text[1:-1]
    text = text.lstrip("@") if text[:1] == "@" and " " in text else text  # Logseq's pages of works
    return text if len(text) < 1000 and any(c.isalnum() for c in text) else None


def _unbraced(text: str) -> str:
    """BibTeX's protecting braces off, also one inside the other."""
    while "{" in text and (shorter := _BRACES.sub(r"\1", text)) != text:
        text = shorter
    return text


def read_title(record: Record, citekey: str | None) -> str | None:
    """The title by rank; a topic, and what is only the citekey, count when nothing else is there (S29)."""
    parents = [statement._replace(source=Source.HEADING) for statement in record.statements("parent_title")]
    ranked = [(each, value) for each in [*record.statements("title"), *parents] if (value := title_of(each))]
    key = person_key(citekey) if citekey else None
    told = any(not (each.source.is_inferred or _is_original(each)) for each, _ in ranked)
    ranked.sort(
        key=lambda pair: (
            person_key(pair[1]) == key,
            _is_topic(pair[0]) or (told and _is_original(pair[0])),
            pair[0].source.rank,
        )
    )
    return record.keep("title", ranked)


def _is_original(statement: Statement) -> bool:
    """Whether it is the title of the work that this one translates, where another title is told."""
    return _ORIGINAL.search(statement.key or "") is not None


def _is_topic(statement: Statement) -> bool:
    """`Topic` in the front matter is what a work is about; as a label beside `Author` it is its title."""
    return text_key(statement.key or "") in ("topic", "subject") and statement.source is not Source.LABEL
