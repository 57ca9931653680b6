"""A note's Markdown as HTML that can do nothing: raw HTML is text, links go only where `links.outward` allows or to
pages of the index, images are named instead of loaded. What Obsidian adds to Markdown is understood: wikilinks, embeds,
callouts, ==marks==, %%comments%%, #tags, tasks, footnotes, block ids, math.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from litindex.datasette_plugin import callouts, obsidian
from litindex.datasette_plugin.links import outward

MOST_CHARACTERS = 100_000
"""A note longer than this is shown up to here: its page must come at once."""

_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_FENCE = re.compile(r"[ >]*(```+|~~~+)")
_BARE = re.compile(r"https?://[^\s<>\"'`{|}\\^]+[^\s<>\"'`{|}\\^.,:;!?)\]]", re.IGNORECASE)
_SPACE = re.compile(r"\W+")


class Target(NamedTuple):
    """Where a link of the note leads: `href` is a page of the index, or None where there is none."""

    href: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Places:
    """What the index knows of a note's links: their targets as written; and where a tag leads."""

    targets: Mapping[str, Target] = field(default_factory=dict)
    tag_href: str = ""

    def find(self, target: str) -> Target:
        found = self.targets.get(target) or self.targets.get(unquote(target)) or self.targets.get(target.strip())
        return found or Target(None, "unresolved")


class Rendered(NamedTuple):
    html: Markup
    cut: bool


def render(text: str, places: Places = Places()) -> Rendered:
    """The text of a note. `cut`: it is longer than what is shown."""
    shown = without_comments(text[:MOST_CHARACTERS])
    html = _parser().render(shown, {"places": places})
    return Rendered(Markup(html), len(text) > MOST_CHARACTERS)


def inline(text: str, places: Places) -> Markup:
    """A single line, as titles of callouts are."""
    return Markup(_parser().renderInline(text, {"places": places}))


def without_comments(text: str) -> str:
    """The text as Obsidian shows it, without `%%…%%`; what stands in a code fence is kept."""
    pieces: list[str] = []
    outside: list[str] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        if fence and match and match[1].startswith(fence):
            fence = ""
            pieces.append(line)
        elif fence:
            pieces.append(line)
        elif match:
            fence = match[1]
            pieces += [_COMMENT.sub("", "".join(outside)), line]
            outside = []
        else:
            outside.append(line)
    return "".join([*pieces, _COMMENT.sub("", "".join(outside))])


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 40})
    parser.enable(["table", "strikethrough"])
    parser.validateLink = lambda url: not url.lower().startswith(("javascript:", "vbscript:", "data:", "file:"))  # type: ignore[method-assign]
    obsidian.add_inline_rules(parser)
    callouts.add_rule(parser)
    parser.core.ruler.push("bare_addresses", _link_bare_addresses)
    parser.core.ruler.push("tasks", obsidian.mark_tasks)
    for name, rule in _RULES.items():
        parser.add_render_rule(name, rule)
    return parser


# ------------------------------------------------------------------------------ rules


def _link_open(self: RendererHTML, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    """Outward, to another note (`[text](Other%20note.md#Heading)`), or nowhere."""
    href = str(tokens[at].attrGet("href") or "")
    if out := outward(href):
        return Markup('<a class="out" href="{}" rel="noopener noreferrer nofollow">').format(out)
    path, _, heading = unquote(href).partition("#")
    if not path and heading:
        return Markup('<a href="#{}">').format(slug(heading))
    target = env["places"].find(path)
    if target.href is None:
        return Markup('<a class="missing" title="{}">').format(href)
    return Markup('<a href="{}">').format(target.href + (f"#{slug(heading)}" if heading else ""))


def _image(self: RendererHTML, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    """Never loaded: its words, and a link where it lies on the web."""
    source, words = str(tokens[at].attrGet("src") or ""), tokens[at].content.partition("|")[0]
    return obsidian.picture(words or source.rpartition("/")[2], outward(source))


def _heading_open(self: RendererHTML, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    """Headings of a note stand below the page's own."""
    return Markup('<{} id="{}">').format(_lower(tokens[at].tag), slug(tokens[at + 1].content))


def _heading_close(self: RendererHTML, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    return f"</{_lower(tokens[at].tag)}>\n"


def _lower(tag: str) -> str:
    return f"h{min(6, int(tag[1]) + 1)}"


def _fence(self: RendererHTML, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    language = tokens[at].info.strip().partition(" ")[0]
    label = Markup('<span class="language">{}</span>').format(language) if language else ""
    return Markup("<pre>{}<code>{}</code></pre>\n").format(label, tokens[at].content)


def _table_open(self: RendererHTML, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    return '<div class="scroll"><table>\n'


def _table_close(self: RendererHTML, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


def _cell_open(self: RendererHTML, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    """Without its style attribute, which the page's policy refuses."""
    return f"<{tokens[at].tag}>"


_RULES = {
    "fence": _fence,
    "heading_close": _heading_close,
    "heading_open": _heading_open,
    "image": _image,
    "link_open": _link_open,
    "table_close": _table_close,
    "table_open": _table_open,
    "td_open": _cell_open,
    "th_open": _cell_open,
}


def slug(heading: str) -> str:
    """The name of a place in a page; the prefix keeps it apart from the page's own."""
    last = heading.rpartition("#")[2] if "#" in heading else heading
    return "h-" + _SPACE.sub("-", last.lower()).strip("-")


def _link_bare_addresses(state: Any) -> None:
    """`https://…` in running text is a link, as in Obsidian."""
    for token in state.tokens:
        if token.type == "inline" and "://" in token.content:
            depth = 0
            children: list[Token] = []
            for child in token.children:
                depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
                is_plain = child.type == "text" and depth == 0
                children += _split(child) if is_plain else [child]
            token.children = children


def _split(text: Token) -> list[Token]:
    pieces, end = [], 0
    for match in _BARE.finditer(text.content):
        pieces.append(_text(text.content[end : match.start()]))
        opening = Token("link_open", "a", 1, attrs={"href": match[0]})
        pieces += [opening, _text(match[0]), Token("link_close", "a", -1)]
        end = match.end()
    return [*pieces, _text(text.content[end:])] if pieces else [text]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


__all__ = ["MOST_CHARACTERS", "Places", "Rendered", "Target", "inline", "render", "slug", "without_comments"]
