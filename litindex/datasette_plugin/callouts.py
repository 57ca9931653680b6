"""`> [!note]- Title` as a box, folded where it is written so; a box that folds needs no script."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

_HEAD = re.compile(r"\[!([^\[\]\n|]{1,60})(?:\|[^\[\]\n]*)?\]([+-]?)[ \t]*")
_KINDS = {
    "abstract": "abstract summary tldr", "bug": "bug", "danger": "danger error", "example": "example",
    "failure": "failure fail missing", "info": "info", "note": "note", "question": "question help faq",
    "quote": "quote cite", "success": "success check done", "tip": "tip hint important", "todo": "todo",
    "warning": "warning caution attention",
}  # fmt: skip
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def add_rule(parser: MarkdownIt) -> None:
    parser.core.ruler.after("block", "callouts", _find)
    parser.add_render_rule("callout_open", _open)
    parser.add_render_rule("callout_close", _close)


def _find(state: Any) -> None:
    """Turns block quotes that begin with `[!type]` into callouts, before inline rules see the text."""
    opened: list[tuple[Token, bool]] = []
    for at, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            opened.append((token, _begin(state, at)))
        elif token.type == "blockquote_close" and opened:
            opening, is_callout = opened.pop()
            if is_callout:
                token.type, token.meta = "callout_close", opening.meta


def _begin(state: Any, at: int) -> bool:
    inline = state.tokens[at + 2] if at + 2 < len(state.tokens) else None
    head = _HEAD.match(inline.content) if inline and inline.type == "inline" else None
    if inline is None or head is None:
        return False
    title, _, rest = inline.content[head.end() :].partition("\n")
    inline.content = rest
    kind = head[1].strip().lower()
    written = title.strip() or kind.replace("-", " ").capitalize()
    opening = state.tokens[at]
    opening.type = "callout_open"
    opening.meta = {"kind": _KIND_OF.get(kind, "note"), "title": written, "fold": head[2]}
    if not rest:
        state.tokens[at + 1].hidden = state.tokens[at + 3].hidden = True
    return True


def _open(self: RendererHTML, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    from litindex.datasette_plugin.markdown import inline

    meta = tokens[at].meta
    title = inline(meta["title"], env["places"])
    if not meta["fold"]:
        head = Markup('<div class="callout k-{}"><p class="title">{}</p>\n')
    elif meta["fold"] == "+":
        head = Markup('<details class="callout k-{}" open><summary class="title">{}</summary>\n')
    else:
        head = Markup('<details class="callout k-{}"><summary class="title">{}</summary>\n')
    return head.format(meta["kind"], title)


def _close(self: RendererHTML, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    return "</details>\n" if tokens[at].meta["fold"] else "</div>\n"
