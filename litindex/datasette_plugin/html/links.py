"""Links, tags and pictures of a note as HTML: they lead to pages of the index, or where `links.outward` allows, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from litindex.datasette_plugin.addresses import outward
from litindex.models import Link

_IMAGES: Final = ("avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp")
_UNSAFE = re.compile(r"[\s<>\"'\\^`{|}]")
_SPACE = re.compile(r"\W+")


class Target(NamedTuple):
    """Where a link of the note leads: `href` is a page of the index, or None where there is none."""

    href: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Places:
    """What the index knows of a note's links: where each target leads; and where a tag does."""

    targets: Mapping[str, Target] = field(default_factory=dict)
    tag_href: str = ""

    def find(self, target: str) -> Target:
        return self.targets.get(target) or Target(None, "unresolved")


def slug(heading: str) -> str:
    """The name of a place in a page; the prefix keeps it apart from the page's own."""
    last = heading.rpartition("#")[2] if "#" in heading else heading
    return "h-" + _SPACE.sub("-", last.lower()).strip("-")


def opening(link: Link, places: Places) -> tuple[Markup, str]:
    """What stands before and behind the words of a link."""
    if link.scheme is not None:
        address = _outward(link.target)
        if address is None:
            return Markup('<span class="missing" title="{}">').format(link.target), "</span>"
        return Markup('<a class="out" href="{}" rel="noopener noreferrer nofollow">').format(address), "</a>"
    kind = "" if link.syntax != "wikilink" else "embed" if link.is_embed else "wiki"
    place = f"#{slug(link.subpath)}" if link.subpath_kind == "heading" and link.subpath else ""
    target = places.find(link.target) if link.target else Target("" if place else "#", "note")
    if target.href is None:
        absence = "file" if target.kind == "attachment" else "missing"
        written = link.target + (link.subpath or "")
        return Markup('<a class="{}" title="{}">').format(f"{kind} {absence}".strip(), written), "</a>"
    return Markup('<a{} href="{}">').format(_class(kind if link.target else ""), target.href + place), "</a>"


def _class(name: str) -> Markup:
    return Markup(' class="{}"').format(name) if name else Markup()


def whole(link: Link, places: Places, *, inside: bool) -> Markup:
    """A link that no Markdown stands in; `inside` another one a picture leads nowhere."""
    name = link.target.rpartition("/")[2]
    if link.is_embed and (link.syntax != "wikilink" or name.lower().endswith(_IMAGES)):
        words = (link.display or "").partition("|")[0] if link.syntax != "wikilink" else ""
        return _picture(words or name, None if inside or link.scheme is None else _outward(link.target))
    before, behind = opening(link, places)
    return before + _words(link) + Markup(behind)


def _words(link: Link) -> str:
    if link.display or link.syntax != "wikilink":
        return link.display or link.target
    written = link.target + (link.subpath or "")
    return written.replace("#^", " > ").replace("#", " > ").strip(" >")


def _outward(target: str) -> str | None:
    """With the signs encoded that an address may not hold."""
    return outward(_UNSAFE.sub(lambda sign: quote(sign.group()), target))


def _picture(words: str, address: str | None) -> Markup:
    """An image is named, not loaded."""
    if address is None:
        return Markup('<span class="picture">{}</span>').format(words)
    return Markup('<a class="picture out" href="{}" rel="noopener noreferrer nofollow">{}</a>').format(address, words)


def tag(name: str, places: Places) -> Markup:
    if not places.tag_href:
        return Markup('<span class="tag">#{}</span>').format(name)
    return Markup('<a class="tag" href="{}">#{}</a>').format(places.tag_href + quote(name, safe=""), name)
