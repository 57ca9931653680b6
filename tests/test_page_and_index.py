"""A note's page in the browser and the index read the same text: they agree on its links and its tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import quote, unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

pytest.importorskip("markdown_it")

from litindex.datasette_plugin.html.links import Places, Target
from litindex.datasette_plugin.html.note import render
from litindex.models import Link
from litindex.parser import parse_note

PAGE, TAG = "/page/", "/tag?t="
IMAGES = (".png", ".jpg", ".svg")
SHOWN_SCHEMES = ("http", "https", "mailto", "obsidian", "zotero")


class Seen(NamedTuple):
    """What a reader can follow, sorted: addresses and names of notes as written; names of tags."""

    links: list[str]
    tags: list[str]


class Everything(Mapping[str, Target]):
    """Links lead to a page whatever they are called."""

    def __getitem__(self, name: str) -> Target:
        return Target(PAGE + quote(name), "note")

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag != "a" or "picture" in (dict(attrs).get("class") or ""):
            return
        if href.startswith(TAG):
            self.tags.append(unquote(href.removeprefix(TAG)))
        elif href.startswith(PAGE):
            self.links.append(unquote(href.removeprefix(PAGE).partition("#")[0]))
        else:
            self.links.append("" if href.startswith("#") else unquote(href))


def on_page(text: str) -> Seen:
    page = _Page()
    page.feed(str(render(text, Places(Everything(), TAG)).html))
    return Seen(sorted(page.links), sorted({tag.lower() for tag in page.tags}))


def in_index(text: str) -> Seen:
    note = parse_note("Note.md", text.encode())
    links = [unquote(link.target) for link in note.links if link.source == "body" and is_followed(link)]
    tags = {use.name.lower() for use in note.tags if use.source == "inline"}
    return Seen(sorted(links), sorted(tags))


def is_followed(link: Link) -> bool:
    """Pictures are named on a page, not followed; some schemes lead nowhere."""
    if link.is_embed and (link.scheme or link.target.lower().endswith(IMAGES) or link.syntax == "markdown"):
        return False
    return link.scheme is None or link.scheme in SHOWN_SCHEMES


AGREED = (
    "[[Foam]] and [[Foam#Part|the part]] and [[#Here]]", "![[Foam]] ![[map.png]]",
    "[it](a%20b.md) [out](https://a.org/b)", "see https://a.org/b_c. And <https://b.org/>", "`[[Foam]] #moss`",
    "```\n[[Foam]] #moss\n```", "    [[Foam]] #moss", "$[[Foam]] #moss$", "$$\n[[Foam]]\n#moss\n$$",
    "#moss #fern/wood", "a#moss", "#moss, #fern.", "#12 #1a #a1", "#moss-wet_x", "#moss\\_x", "\\#moss", "- #moss",
    "> #moss", "| #moss | b |\n|---|---|\n| #fern | [[Foam]] |", "| [[Foam\\|x]] | b |\n|---|---|\n| c | d |",
    "(https://a.org/x)", "https://a.org/[x]", "[https://a.org/x]", "[a](https://a.org/x_(y))",
    "[a](<https://a.org/x y>)", "https://a.org/x#moss", "https://a.org/?q=1&r=2", "http://a.org/x;y,z!",
    "[ref]\n\n[ref]: https://a.org/x", "[words][ref]\n\n[ref]: Foam", "[[Foam]](b)", "[[Foam\n]]", "[[ Foam ]]",
    "[[]]", "![a](https://a.org/x.png)", "[![a](x.png)](https://a.org/x)", "# Head #moss [[Foam]]",
    "[^1]: [[Foam]] #moss", "^[an [[Foam]] note]", "<u>[[Foam]]</u>", "<b>#moss</b>", "<span>#moss</span>",
    "<div>\n\n#moss [[Foam]]\n\n</div>", "> [!note] [[Foam]] #moss\n> [[Sand]] #fern", "- [ ] #moss [[Foam]]",
    "[[Foam|#moss]]", "#moss:: x", "text\n#moss\ntext", "a\u00a0#moss", "“#moss”", "/#moss", "#moss|#fern",
    "zotero://select/library/items/ABCD2345", "[z](zotero://select/library/items/ABCD2345)",
)  # fmt: skip
ONCE_WRONG = (
    # HTML is no Markdown
    "<!-- [[Foam]] #moss -->", "<div>\n#moss [[Foam]]\n</div>",
    # code, math and escapes hide %%
    "`a %% b` [[Foam]] #moss `c %% d`", "``a %% b``\n\n[[Foam]]\n\n``c %% d``",
    "    %%\n\n[[Foam]] #moss\n\n    %%", "$a %% b$ [[Foam]] $c %% d$", "\\%% [[Foam]] \\%%",
    # tags
    "(#moss)", "[#moss]", "#a’b", "#a—b", "#a…b", "#t1#t2", "#été #漢字 #🎉", "**#moss** *#fern* ==#wood==",
    "#moss/ #/moss #a//b", "[#moss](b)", "**a**#moss", "`a`#moss", "[[Foam]]#moss", "#moss’s",
    # where an address ends
    "https://a.org/x_(y)", "https://a.org/x_(y))", "https://a.org/x**y**",
    # brackets
    "\\https://a.org/b", "[[a]b]]", "[a [[Foam]] b](c)", "a[^1] b\n\n[^1]: [[Foam]]",
)  # fmt: skip


@pytest.mark.parametrize("text", [*AGREED, *ONCE_WRONG])
def test_page_and_index_agree_on_links_and_tags(text: str) -> None:
    assert on_page(text) == in_index(text)


PIECES = st.sampled_from(
    [
        "[[Foam]]", "[[Foam|x]]", "![[Foam]]", "[[a]b]]", "[x](Sand)", "[x](https://a.org/(y))", "[x", "https://a.org/b", "#moss", "#fern/wood",
        "#12", "#", "a", " ", " ", "\n", "\n\n", "(", ")", "]", "’", "—", ",", ".", "`", "``", "%%", "$", "**", "*", "_", "==", "\\", "|", "> ", "- ",
        "```\n", "<b>", "</b>", "<!--", "-->", "<div>\n", "![x](y.png)", "[^1]", "[^1]: ", "[x]: y\n", "[x]", "](", "| a | b |\n|---|---|\n| ",
        "> [!note] ", "1. ", "- [ ] ", "# ", "---\n", "$$\n", "&amp;", "^id", "<https://b.org>", "    ",
    ]
)  # fmt: skip


@settings(max_examples=300, derandomize=True)
@example(["(", "#moss", ")"])
@given(st.lists(PIECES, max_size=14))
def test_page_and_index_agree_on_any_mix_of_marks(pieces: list[str]) -> None:
    text = "".join(pieces)
    page, index = on_page(text), in_index(text)
    if "%%" in text:  # what stands in a comment is in the index alone
        assert not Counter(page.links) - Counter(index.links)
        assert set(page.tags) <= set(index.tags)
    else:
        assert page == index


def test_a_link_in_a_comment_is_in_the_index_and_not_on_the_page() -> None:
    assert on_page("%%[[Foam]] #moss%%") == ([], [])
    assert in_index("%%[[Foam]] #moss%%") == (["Foam"], ["moss"])


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] a\n- [x] b\n- [X] c\n- [/] d\n- [-] e\n1. [x] f",
        "- [x] a\n\n%%\n- [ ] b\n- [x] c\n%%\n",
        "> - [x] a\n>   - [ ] b\n\n```\n- [x] c\n```\n\n- [x]\n- [x]d\n",
    ],
)
def test_the_boxes_of_a_page_are_the_tasks_of_the_index(text: str) -> None:
    shown = [name == "task done" for name in re.findall('<li class="(task[^"]*)">', render(text).html)]
    assert shown == [bool(task.completed) for task in parse_note("Note.md", text.encode()).tasks]
