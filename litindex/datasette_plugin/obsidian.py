"""What Obsidian writes inside a line, as rules of markdown-it. Each rule escapes what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markupsafe import Markup

from litindex.datasette_plugin.snippets import color_class
from litindex.parser.vocabulary.colors import color_name, find_hex, find_word

_WIKILINK = re.compile(r"(!?)\[\[([^\[\]|\n]{0,500})(?:\|([^\[\]\n]{0,500}))?\]\]")
_MARK = re.compile(r"==(?=\S)([^\n]{1,1000}?)(?<=\S)==")
_TAG = re.compile(r"#([^\s#!-,.:-@\[-^`{-~]*[^\W\d_][\w/-]*)")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,50})\](:?)")
_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]+[ \t]*(?=\n|$)")
_MATH = re.compile(r"\$\$(.{1,5000}?)\$\$|\$(?=\S)([^$\n]{1,500}?)(?<=\S)\$(?!\d)", re.DOTALL)
_ELEMENT = re.compile(r"<(sub|sup|u|b|i|em|strong|kbd|small|s|del|ins)>([^<>]{0,500})</\1>", re.IGNORECASE)
_COLORED = re.compile(r"<(mark|span|font)(\s[^<>]{0,300})?>([^<>]{0,1000})</\1>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TASK = re.compile(r"\[(.)\]\s")
_IMAGES = ("avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp")

_Show = Callable[[StateInline, "re.Match[str]"], "Markup | None"]


def add_inline_rules(parser: MarkdownIt) -> None:
    """Before Markdown's own link rule, which would take the brackets apart."""
    for name, sign, pattern, show in (
        ("wikilink", "[!", _WIKILINK, _wikilink),
        ("footnote", "[", _FOOTNOTE, _footnote),
        ("mark", "=", _MARK, _mark),
        ("tag", "#", _TAG, _tag),
        ("block_id", "^", _BLOCK_ID, lambda state, match: Markup("")),
        ("math", "$", _MATH, _math),
        ("line_break", "<", _LINE_BREAK, lambda state, match: Markup("<br>")),
        ("element", "<", _ELEMENT, _element),
        ("colored", "<", _COLORED, _colored),
    ):
        parser.inline.ruler.before("link", name, _rule(name, sign, pattern, show))
        parser.add_render_rule(name, lambda self, tokens, at, options, env: tokens[at].content)


def _rule(name: str, signs: str, pattern: re.Pattern[str], show: _Show) -> Callable[[StateInline, bool], bool]:
    def rule(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] not in signs:
            return False
        match = pattern.match(state.src, state.pos, state.posMax)
        html = show(state, match) if match else None
        if match is None or html is None:
            return False
        if not silent:
            state.push(name, "", 0).content = html
        state.pos = match.end()
        return True

    return rule


def _wikilink(state: StateInline, match: re.Match[str]) -> Markup | None:
    from litindex.datasette_plugin.markdown import slug

    embed, written, words = match.groups()
    path, _, place = written.partition("#")
    if not written.strip():
        return None
    shown = (words or written.replace("#^", " > ").replace("#", " > ").strip(" >")).strip()
    if not path.strip():
        return Markup('<a href="#{}">{}</a>').format(slug(place), shown)
    target = state.env["places"].find(path.strip())
    if embed and path.rpartition(".")[2].lower() in _IMAGES:
        return picture(path.rpartition("/")[2], None)
    name = "embed" if embed else "wiki"
    if target.href is None:
        return Markup('<a class="{} {}" title="{}">{}</a>').format(name, _absence(target.kind), written, shown)
    place = f"#{slug(place)}" if place and not place.startswith("^") else ""
    return Markup('<a class="{}" href="{}">{}</a>').format(name, target.href + place, shown)


def _absence(kind: str) -> str:
    return "file" if kind == "attachment" else "missing"


def picture(words: str, address: str | None) -> Markup:
    """An image is named, not loaded."""
    if address is None:
        return Markup('<span class="picture">{}</span>').format(words)
    return Markup('<a class="picture out" href="{}" rel="noopener noreferrer nofollow">{}</a>').format(address, words)


def _mark(state: StateInline, match: re.Match[str]) -> Markup:
    return Markup("<mark>{}</mark>").format(_inside(state, match[1]))


def _inside(state: StateInline, text: str) -> Markup:
    """Markdown within."""
    return Markup(state.md.renderInline(text, state.env))


def _tag(state: StateInline, match: re.Match[str]) -> Markup | None:
    before = state.src[state.pos - 1] if state.pos else " "
    if not before.isspace() and before not in "(>":
        return None
    if not state.env["places"].tag_href:
        return Markup('<span class="tag">#{}</span>').format(match[1])
    from urllib.parse import quote

    href = state.env["places"].tag_href + quote(match[1], safe="")
    return Markup('<a class="tag" href="{}">#{}</a>').format(href, match[1])


def _footnote(state: StateInline, match: re.Match[str]) -> Markup:
    label, defines = match.groups()
    return Markup("<sup>{}</sup>" + (" " if defines else "")).format(label)


def _math(state: StateInline, match: re.Match[str]) -> Markup:
    block, inline = match.groups()
    return Markup('<code class="math">{}</code>').format((block or inline).strip())


def _element(state: StateInline, match: re.Match[str]) -> Markup:
    """`H<sub>2</sub>O`: elements that only look, without attributes, closed in the same line."""
    name = match[1].lower()
    return Markup(f"<{name}>{{}}</{name}>").format(_inside(state, match[2]))


def _colored(state: StateInline, match: re.Match[str]) -> Markup:
    """`<mark style="background: #ffd400">`: the colour by its name, the attribute left behind."""
    name, attributes, text = match.groups()
    color = color_name(find_hex(attributes or "")) or find_word(attributes or "")
    if name.lower() != "mark" and color is None:
        return _inside(state, text)
    return Markup('<mark class="{}">{}</mark>').format(color_class(color), _inside(state, text))


def mark_tasks(state: Any) -> None:
    """`- [ ]` and `- [x]` as boxes."""
    for at, token in enumerate(state.tokens):
        opens_item = at >= 2 and state.tokens[at - 2].type == "list_item_open"
        match = _TASK.match(token.content) if token.type == "inline" and opens_item else None
        if match and token.children and token.children[0].type == "text":
            first = token.children[0]
            state.tokens[at - 2].attrJoin("class", "task" if match[1] == " " else "task done")
            first.content = first.content[len(match[0]) - 1 :].lstrip()
