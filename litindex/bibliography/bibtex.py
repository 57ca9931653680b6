"""BibTeX and BibLaTeX: types and fields by the manuals of both, choices among them as Better BibTeX makes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from litindex.bibliography import latex
from litindex.bibliography.bibtex_dialects import BABEL, BIBLATEX, BIBTEX, Dialect
from litindex.bibliography.dates import Date
from litindex.bibliography.item import Item
from litindex.bibliography.names import Person
from litindex.bibliography.vocabulary import FIELDS as STATED
from litindex.parser.values.latex import decode
from litindex.parser.vocabulary.item_types import known_type
from litindex.text_keys import squeeze

__all__ = ["BIBLATEX", "BIBTEX", "Dialect", "bibtex_name", "edtf", "entry_of", "write"]

_SUBTYPES: Final = {
    "magazineArticle": "magazine", "newspaperArticle": "newspaper", "film": "film", "tvBroadcast": "tvbroadcast",
    "videoRecording": "video",
}  # fmt: skip
_EDITOR_TYPES: Final = {"seriesEditor": "redactor", "contributor": "collaborator"}
"""Zotero's role -> BibLaTeX's `editortype`, where these differ."""
_TITLES: Final = frozenset(("title", "shorttitle", "booktitle", "eventtitle", "series", "maintitle"))
"""Fields whose capitals a style or a reader may change."""
_VERBATIM: Final = frozenset(("url", "doi", "eprint"))
_LISTS: Final = frozenset(
    ("publisher", "institution", "organization", "school", "location", "address", "venue", "holder")
)
"""Fields in which ` and ` would separate two."""
_RANGES: Final = frozenset(("pages", "volume", "number", "issue"))
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASONS: Final = ("", "Spring", "Summer", "Autumn", "Winter")
_STATUS: Final = {
    "in press": "inpress", "forthcoming": "forthcoming", "in preparation": "inpreparation", "submitted": "submitted",
}  # fmt: skip
_THESES: Final = (
    (re.compile(r"ph\.?\s?d|doctor|doktor|dissertation|thèse", re.I), "phdthesis"),
    (
        re.compile(r"bachelor|b\.?(?:sc|a)\b|master|m\.?(?:sc|a|phil)\b|diplom|magister|licen[cs]", re.I),
        "mastersthesis",
    ),
)
"""(what a thesis calls itself, BibTeX's type)."""
_DEGREES: Final = (
    (re.compile(r"(?:ph\.?\s?d\.?|doctoral)(?: (?:thesis|dissertation))?", re.I), "phdthesis"),
    (re.compile(r"master['’]?s?(?: thesis)?", re.I), "mathesis"),
    (re.compile(r"bachelor['’]?s?(?: thesis)?", re.I), "bathesis"),
)
"""(a kind of thesis in English, BibLaTeX's string, which is set in the language of the document)."""
_DASHES = re.compile(r"(?<=[^\s-])\s*[–—‒−]\s*(?=[^\s-])|(?<=\w)\s+-\s+(?=\w)")
_HYPHENATED = re.compile(r"([^\s,;-]+)\s*[-‐‑]+\s*([^\s,;-]+)")
_AND = re.compile(r"\band\b", re.I)


def write(items: Iterable[Item], dialect: Dialect) -> str:
    """The entries of a .bib file. In BibTeX letters with marks are LaTeX commands, in BibLaTeX all is UTF-8."""
    return "\n".join(_written(item, dialect) for item in items)


def _written(item: Item, dialect: Dialect) -> str:
    kind, fields = entry_of(item, dialect)
    lines = [f"  {name} = {value},\n" for name, value in fields.items()]
    return f"@{kind}{{{item.key},\n{''.join(lines)}}}\n"


def entry_of(item: Item, dialect: Dialect) -> tuple[str, dict[str, str]]:
    """(type of the entry, fields with the braces around their values)."""
    kind = _type(item, dialect)
    fields = dict(_names(item.creators, dialect))
    for name, value in _values(item, kind, dialect):
        fields.setdefault(name, value)
    _keep_own(fields, item)
    return kind, {
        name: value if name == "month" and value in _MONTHS else f"{{{value}}}" for name, value in fields.items()
    }


def _type(item: Item, dialect: Dialect) -> str:
    own = item.entry.type if item.entry else ""
    if own in dialect.own_types and known_type(own) in (item.type, None):
        return own
    if item.type == "thesis" and not dialect.languages:
        genre = item.fields.get("type", "")
        return next((kind for pattern, kind in _THESES if pattern.search(genre)), "phdthesis")
    return dialect.types.get(item.type, "misc")


def _values(item: Item, kind: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    taken: set[str] = set()
    special = dialect.of_type.get(kind, {})
    for field_name, text in _in_order(_with_degree(item, kind, dialect), dialect.fields):
        names = [
            *_own_names(item, field_name, text, dialect),
            *special.get(field_name, dialect.fields[field_name]).split(),
        ]
        name = next((each for each in names if each not in taken), None)
        if name is not None:
            taken.add(name)
            yield name, _own(item, name, text) or _encoded(name, text, dialect)
    yield from _dates(item, dialect)
    yield from _eprint(item, dialect)
    yield from _language(item.fields.get("language"), dialect)
    yield from _particulars(item, kind, dialect)


def _with_degree(item: Item, kind: str, dialect: Dialect) -> Mapping[str, str]:
    """A thesis's kind as the dialect says it: BibLaTeX by its string, BibTeX by the type of the entry."""
    degree = next((name for pattern, name in _DEGREES if pattern.fullmatch(item.fields.get("type", ""))), None)
    if item.type != "thesis" or degree is None:
        return item.fields
    if dialect.languages and kind == "thesis":
        return {**item.fields, "type": degree}
    plainly = {"phdthesis": "phdthesis", "mathesis": "mastersthesis"}.get(degree) == kind
    return {name: text for name, text in item.fields.items() if name != "type" or not plainly}


def _in_order(fields: Mapping[str, str], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, fields[name]) for name in names if fields.get(name))


def _own_names(item: Item, field_name: str, text: str, dialect: Dialect) -> list[str]:
    """What the note's own entry calls a field, where the dialect knows the name: an organization stays one."""
    if item.entry is None:
        return []
    called = [
        name for name in item.entry.fields if STATED.get(squeeze(name)) == field_name and name not in dialect.foreign
    ]
    return [name for name in called if decode(item.entry.fields[name]) == text][:1]


def _own(item: Item, name: str, text: str) -> str | None:
    """The value as the note's own entry writes it, where it says the same."""
    raw = item.entry.fields.get(name) if item.entry else None
    if raw is None or name in _VERBATIM or not latex.is_balanced(raw):
        return None
    return raw if decode(raw) == text else None


def _encoded(name: str, text: str, dialect: Dialect) -> str:
    if name in _VERBATIM:
        return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")
    if name in _RANGES:
        text = _with_ranges(text)
    value = latex.encode(" ".join(text.split()), ascii_only=dialect.ascii_only, protect=name in _TITLES)
    value = value.replace("\ue000", "--")
    return f"{{{value}}}" if name in _LISTS and (_AND.search(text) or name == "holder") else value


def _with_ranges(text: str) -> str:
    """A dash between two numbers is `--`; a hyphen is one where no other dash stands (S1-2 in `S1-2–S1-9` is none)."""
    dashed = _DASHES.sub("\ue000", text)
    if dashed != text:
        return dashed
    return (
        _HYPHENATED.sub("\\1\ue000\\2", text) if all(part.count("-") <= 1 for part in re.split(r"[,;]", text)) else text
    )


# ---------------------------------------------------------------------- names


def _names(creators: Iterable[Person], dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Lists of names by field, in the order of the roles' table; roles without one share what is left."""
    groups: dict[str, list[str]] = {name: [] for name in dialect.roles.values()}
    kinds: dict[str, str] = {}
    for person in creators:
        name = dialect.roles.get(person.role)
        if name is None and dialect.languages:
            name = _editor_field(_EDITOR_TYPES.get(person.role, person.role.lower()), kinds)
        groups.setdefault(name or "collaborator", []).append(bibtex_name(person, ascii_only=dialect.ascii_only))
    for name, names in groups.items():
        if names:
            yield name, " and ".join(names)
        if name in kinds:
            yield f"{name}type", kinds[name]


def _editor_field(kind: str, kinds: dict[str, str]) -> str:
    """`editora` to `editorc`, one a kind; what is more stands with the last."""
    for name in ("editora", "editorb", "editorc"):
        if kinds.setdefault(name, kind) == kind:
            return name
    return "editorc"


def bibtex_name(person: Person, *, ascii_only: bool) -> str:
    """`von Last, Jr, First`; an institution, and what BibTeX would take apart wrongly, in braces."""
    if person.literal:
        return f"{{{latex.escape(person.literal, ascii_only=ascii_only)}}}"
    family = _name_part(person.family, ascii_only, is_family=True)
    glue = "" if not person.particle or person.particle[-1] in "'’ʼ-" else " "
    last = f"{latex.escape(person.particle, ascii_only=ascii_only)}{glue}{family}"
    parts = [last, _name_part(person.suffix, ascii_only), _name_part(person.first, ascii_only)]
    return ", ".join(part for part in parts if part) if person.first or person.suffix else f"{{{last}}}"


def _name_part(text: str, ascii_only: bool, *, is_family: bool = False) -> str:
    """In braces where a comma, an `and` or, in a family name, a word in lower case would be misread."""
    escaped = latex.escape(text, ascii_only=ascii_only)
    lower = is_family and " " in text and any(word[:1].islower() for word in text.split())
    return f"{{{escaped}}}" if lower or "," in text or _AND.search(text) else escaped


# ---------------------------------------------------------------------- dates, eprints, language, what only one has


def _dates(item: Item, dialect: Dialect) -> Iterator[tuple[str, str]]:
    if item.issued and not item.issued.literal:
        yield from _biblatex_date(item.issued) if dialect.languages else _bibtex_date(item.issued)
    if item.original and not item.original.literal:
        yield "origdate", edtf(item.original)
    if item.accessed and not item.accessed.literal:
        yield "urldate", edtf(item.accessed)


def _biblatex_date(date: Date) -> Iterator[tuple[str, str]]:
    yield "date", edtf(date)


def edtf(date: Date) -> str:
    """ISO 8601-2, as BibLaTeX reads it: 2019-05/2020, 2020-21 (spring), 1850~ (circa), 1999/ (open)."""
    start = _iso(date.start) + (f"-2{date.season}" if date.season else "")
    end = f"/{_iso(date.end)}{date.doubt}" if date.end else "/" if date.open_end else ""
    return f"{start}{date.doubt}{end}"


def _iso(parts: tuple[int, ...]) -> str:
    """The year 0 of ISO 8601 is 1 BC."""
    year, *rest = parts
    written = f"{year:04}" if year >= 0 else f"-{-year - 1:04}" if year < -1 else "0000"
    return "-".join([written, *(f"{part:02}" for part in rest)])


def _bibtex_date(date: Date) -> Iterator[tuple[str, str]]:
    """Words for BibTeX's styles; beside those that are no plain year BibLaTeX's date, which they pass over and others read."""
    year = str(date.start[0]) if date.start[0] > 0 else f"{-date.start[0]} BC"
    if date.end and date.end[0] != date.start[0]:
        year += f"--{date.end[0]}"
    elif date.open_end:
        year += "--"
    yield "year", f"ca. {year}" if date.doubt == "~" else f"{year}{date.doubt}"
    if date.end or date.open_end or date.doubt or date.season or date.start[0] <= 0:
        yield "date", edtf(date)
    if date.season:
        yield "month", _SEASONS[date.season]
    elif len(date.start) > 1 and not date.end:
        yield "month", _MONTHS[date.start[1] - 1]
        if len(date.start) > 2:
            yield "day", str(date.start[2])
    elif date.end and len(date.start) > 1 and date.start[0] == date.end[0]:
        yield from _within_year(date)


def _within_year(date: Date) -> Iterator[tuple[str, str]]:
    first, last = date.start[1], date.end[1] if len(date.end) > 1 else date.start[1]
    yield "month", _MONTHS[first - 1] if first == last else f"{_MONTHS[first - 1]}--{_MONTHS[last - 1]}"
    if first == last and len(date.start) > 2 and len(date.end) > 2:
        yield "day", f"{date.start[2]}--{date.end[2]}"


def _eprint(item: Item, dialect: Dialect) -> Iterator[tuple[str, str]]:
    number = item.fields.get("arXiv")
    names = ("eprinttype", "eprintclass") if dialect.languages else ("archiveprefix", "primaryclass")
    if number:
        yield "eprint", number
        yield names[0], "arxiv" if dialect.languages else "arXiv"
        if "primaryClass" in item.fields:
            yield names[1], item.fields["primaryClass"]
    elif dialect.languages and "PMID" in item.fields:
        yield "eprint", item.fields["PMID"]
        yield "eprinttype", "pubmed"


def _language(language: str | None, dialect: Dialect) -> Iterator[tuple[str, str]]:
    if not language:
        return
    code = language.lower().replace("_", "-")
    babel = BABEL.get(code) or BABEL.get(code.partition("-")[0] if len(code.partition("-")[0]) == 2 else "")
    babel = babel or (code if code in BABEL.values() else None)
    if babel:
        yield "langid", babel
    elif dialect.languages:
        yield "language", latex.escape(language, ascii_only=dialect.ascii_only)


def _particulars(item: Item, kind: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Fields of one dialect, and keywords: one that holds a comma stands in braces."""
    if dialect.languages and item.type in _SUBTYPES:
        yield "entrysubtype", _SUBTYPES[item.type]
    status = item.fields.get("status")
    if status and dialect.languages:
        yield "pubstate", _STATUS.get(status.lower(), latex.escape(status, ascii_only=False))
    elif status:
        yield ("note" if item.issued and not item.issued.literal else "year"), latex.escape(status, ascii_only=True)
    escaped = [latex.escape(each, ascii_only=dialect.ascii_only) for each in item.keywords]
    if escaped:
        yield "keywords", ", ".join(f"{{{each}}}" if "," in each else each for each in escaped)


def _keep_own(fields: dict[str, str], item: Item) -> None:
    """What the note's own entry says beyond what is known of the work, as it is written there."""
    if item.entry is None:
        return
    known = {
        *fields,
        "year",
        "month",
        "day",
        "date",
        "urldate",
        "author",
        "editor",
        "keywords",
        "archiveprefix",
        "eprint",
    }
    known |= {"eprinttype", "type", "langid", "language"} & set(fields)
    if item.issued is None:
        known -= {"year", "month", "day", "date"}
    for name, raw in item.entry.fields.items():
        stands = decode(raw) == item.fields.get(STATED.get(squeeze(name), ""))
        if name not in known and not stands and latex.is_balanced(raw):
            fields[name] = raw
