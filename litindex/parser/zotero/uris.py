"""What Zotero and its plugins leave in notes: URIs, persist blocks, import stamps, child notes (Z11, Z22-Z24, Z29, Z31)."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from litindex.models import PersistBlock, Problem, ZoteroNote

KEY = r"[23456789A-NP-Z]{8}"
_KEY = re.compile(rf"{KEY}$")
_SELECT = re.compile(r"zotero://select/(?:(library|groups/\d+)/)?items?/(@[^\s)>\]?]+|(?:(\d+)_)?([0-9A-Z]{8}))")
_OPEN = re.compile(
    r"zotero://open(?:-pdf|-epub|-snapshot)?/(?:(library|groups/\d+)/items/([0-9A-Z]{8})|(\d+)_([0-9A-Z]{8})(?:/(\w+))?)(\?[^\s>]*)?"
)
_NOTE = re.compile(r"zotero://note/(?:u|library|(groups/\d+|g/\d+))/([0-9A-Z]{8})")
_WEB = re.compile(
    r"https?://(?:www\.)?zotero\.org/(?:groups/(\d+)(?:/[^/\s]+)?|(?:users/)?[^/\s]+)/(?:collections/[0-9A-Z]{8}/)?items/(?:itemKey/)?([0-9A-Z]{8})"
)
_MARKER = re.compile(r"%%[ \t]*+(begin|end)[ \t]++([^%\n]{1,200}?)[ \t]*+%%", re.I)
_IMPORT = re.compile(r"%%[ \t]*(?:import|export)[ \t]*date:[ \t]*+([^%\n]*+)%%[ \t]*$", re.I)
_DEFAULT = re.compile(r"==[ \t]*(?:Delete this and write here|Don['’]t delete the).*$", re.I)
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}$")
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_NOTE_TITLE = re.compile(r"(?:&nbsp;|\s|:)*(?:📝\ufe0f?\s*)?Zotero Notes?\s*+(?:\(\d+\)\s*+)?$", re.I)
_MODIFIED = re.compile(r"modified:[ \t]*+([^)<]++)\)")


class ZoteroUri(NamedTuple):
    """A parsed URI: `library` is `library` or `groups/N`; `action` select, open, note or web."""

    action: str
    library: str | None
    key: str | None
    citekey: str | None
    page: str | None
    annotation: str | None


def is_key(text: str) -> bool:
    """Whether this is the key of a Zotero object (Z11: 8 characters, no 0, 1, O)."""
    return _KEY.match(text) is not None


def parse_uri(text: str) -> ZoteroUri | None:
    """The first Zotero URI that stands in `text` (Z31)."""
    if "zotero" not in text:
        return None
    if "\\&" in text or "&amp;" in text or "&#x26;" in text:
        text = text.replace("\\&", "&").replace("&amp;", "&").replace("&#x26;", "&")
    found = _SELECT.search(text) if "zotero://select" in text else None
    if found:
        library = found[1] or (_local_library(found[3]) if not found[2].startswith("@") else "library")
        citekey = unquote(found[2][1:]) if found[2].startswith("@") else None
        return ZoteroUri("select", library, found[4], citekey, None, None)
    found = _OPEN.search(text) if "zotero://open" in text else None
    if found:
        return _opened(found)
    found = _NOTE.search(text)
    if found:
        return ZoteroUri("note", (found[1] or "library").replace("g/", "groups/"), found[2], None, None, None)
    found = _WEB.search(text)
    return (
        ZoteroUri("web", f"groups/{found[1]}" if found[1] else "library", found[2], None, None, None) if found else None
    )


def _local_library(number: str | None) -> str:
    """`0_KEY` and `1_KEY`... : 0 is one's own library; another local number can't be mapped and is kept."""
    return "library" if number in (None, "0") else f"library/{number}"


def _opened(found: re.Match[str]) -> ZoteroUri:
    page, annotation = found[5], None
    for part in (found[6] or "?")[1:].rstrip(")").split("&"):
        name, _, value = part.partition("=")
        if name == "page" and value:
            page = unquote(value)
        elif name == "annotation" and value:
            annotation = value
    return ZoteroUri("open-pdf", found[1] or _local_library(found[3]), found[2] or found[4], None, page, annotation)


# ---------------------------------------------------------------------- persist blocks and import stamp


def find_persist_blocks(
    lines: list[str], first: int, marked: dict[int, str]
) -> tuple[list[PersistBlock], list[Problem]]:
    """`%% begin NAME %%` … `%% end NAME %%` (Z22, Z23); the first of `lines` is line `first`, `marked` are those with `%%`."""
    begins, ends = _markers(marked)
    found: list[PersistBlock] = []
    problems: list[Problem] = []
    done = (0, 0)
    for begin in begins:
        if begin.start < done:
            continue
        later = ends.get(begin.name.lower(), [])
        while later and later[-1].start < begin.start:
            later.pop()
        if not later:
            message = f"`%% begin {begin.name} %%` has no `%% end {begin.name} %%`: an update from Zotero would overwrite what follows. Add the end marker."
            problems.append(Problem("persist-unclosed", "warning", begin.start[0], message))
            continue
        end = later[-1]
        inside = _between(lines, first, begin.end, end.start)
        found.append(PersistBlock(begin.name, inside, int(is_default(inside)), begin.start[0], end.start[0]))
        done = end.end
    return found, problems


class _Marker(NamedTuple):
    """`start` and `end` are (line, column)."""

    name: str
    start: tuple[int, int]
    end: tuple[int, int]


def _markers(marked: dict[int, str]) -> tuple[list[_Marker], dict[str, list[_Marker]]]:
    """The begin markers in order; the end markers of each name, the last one first."""
    begins: list[_Marker] = []
    ends: dict[str, list[_Marker]] = {}
    for number, line in marked.items():
        for found in _MARKER.finditer(line):
            if line[found.start() - 1 : found.start()] != "`":
                marker = _Marker(found[2].strip(), (number, found.start()), (number, found.end()))
                is_end = found[1].lower() == "end"
                (ends.setdefault(marker.name.lower(), []) if is_end else begins).append(marker)
    for each in ends.values():
        each.reverse()
    return begins, ends


def _between(lines: list[str], first: int, start: tuple[int, int], end: tuple[int, int]) -> str:
    """The text from one (line, column) to another."""
    if start[0] == end[0]:
        return lines[start[0] - first][start[1] : end[1]]
    inside = lines[start[0] + 1 - first : end[0] - first]
    return "\n".join([lines[start[0] - first][start[1] :], *inside, lines[end[0] - first][: end[1]]])


def is_default(text: str) -> bool:
    """Whether nothing is left without blank lines, rules and the template's own sentences (Z23)."""
    for line in text.split("\n"):
        text = (_QUOTE.sub("", line) if line[:1] in (" ", "\t", ">") else line).strip()
        if text and not (text[0] in "-*_=" and (_RULE.match(text) or _DEFAULT.match(text))):
            return False
    return True


def find_import_date(lines: list[str]) -> str | None:
    """`%% Import Date: … %%` as the last line that is not blank (Z24)."""
    for line in reversed(lines):
        if line.strip():
            found = _IMPORT.search(line) if "%%" in line else None
            return (found[1].rstrip(" \t") or None) if found else None
    return None


# ---------------------------------------------------------------------- child notes


def is_zotero_note_title(title: str | None) -> bool:
    """Whether a callout of this title holds notes made in Zotero (Z29)."""
    return title is not None and "zotero note" in title.lower() and _NOTE_TITLE.match(title) is not None


def split_zotero_notes(lines: list[tuple[int, str]]) -> list[ZoteroNote]:
    """The notes in a callout's (line, text) pairs: `---` separates them, a `<small>` line ends each (Z29)."""
    notes: list[ZoteroNote] = []
    part: list[tuple[int, str]] = []
    for number, text in [*lines, (0, "---")]:
        if _RULE.match(text.strip()) and text.strip():
            if note := _zotero_note(part):
                notes.append(note)
            part = []
        else:
            part.append((number, text))
    return notes


def _zotero_note(part: list[tuple[int, str]]) -> ZoteroNote | None:
    part = _trimmed(part)
    if not part:
        return None
    trailer = part[-1][1]
    uri = modified = None
    last = part[-1][0]
    if "<small>" in trailer:
        uri = parse_uri(trailer)
        found = _MODIFIED.search(trailer)
        modified = found[1].rstrip(" \t") if found else None
        text_part = _trimmed(part[:-1])
    else:
        text_part = part
    text = "\n".join(text.rstrip() for _, text in text_part)
    written = re.search(r"zotero://select/[^\s)>\]]+", trailer)
    key, library = (uri.key, uri.library) if uri else (None, None)
    return ZoteroNote(key, library, written[0] if uri and written else None, modified, text, part[0][0], last)


def _trimmed(part: list[tuple[int, str]]) -> list[tuple[int, str]]:
    while part and not part[0][1].strip():
        part = part[1:]
    while part and not part[-1][1].strip():
        part = part[:-1]
    return part
