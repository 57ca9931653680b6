"""A note's Markdown as HTML that can do nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("markdown_it")

from litindex.datasette_plugin.html.links import Places, Target
from litindex.datasette_plugin.html.note import MOST_CHARACTERS, render
from tests import hostile
from tests.datasette_plugin.vault import PAYLOADS

PLACES = Places(
    {"Foam": Target("/page/Foam", "note"), "a b": Target("/page/a", "note"), "x.pdf": Target(None, "attachment")},
    "/tag?t=",
)

SHAPES = {
    "a wikilink leads to its page": ("[[Foam]]", '<p><a class="wiki" href="/page/Foam">Foam</a></p>'),
    "a wikilink has words of its own": ("[[Foam|the book]]", '<p><a class="wiki" href="/page/Foam">the book</a></p>'),
    "a wikilink to a heading": ("[[Foam#Part two]]", '<p><a class="wiki" href="/page/Foam#h-part-two">Foam &gt; Part two</a></p>'),
    "a wikilink to nothing": ("[[Sand]]", '<p><a class="wiki missing" title="Sand">Sand</a></p>'),
    "a wikilink to a file": ("[[x.pdf]]", '<p><a class="wiki file" title="x.pdf">x.pdf</a></p>'),
    "an embedded note is a link": ("![[Foam]]", '<p><a class="embed" href="/page/Foam">Foam</a></p>'),
    "an embedded picture is named": ("![[map.png]]", '<p><span class="picture">map.png</span></p>'),
    "a Markdown link to a note": ("[it](a%20b)", '<p><a href="/page/a">it</a></p>'),
    "a tag": ("a #sea/tides b", '<p>a <a class="tag" href="/tag?t=sea%2Ftides">#sea/tides</a> b</p>'),
    "a number sign is no tag": ("issue #12 and c#x", "<p>issue #12 and c#x</p>"),
    "a mark": ("==**bold** words==", "<p><mark><strong>bold</strong> words</mark></p>"),
    "a coloured mark": ('<mark style="background: #ff6666">no</mark>', '<p><mark class="c-red">no</mark></p>'),
    "an element that only looks": ("H<sub>2</sub>O<br>x", "<p>H<sub>2</sub>O<br>x</p>"),
    "an element with an attribute is text": ('<sub id="x">2</sub>', '<p>&lt;sub id=&#34;x&#34;&gt;2&lt;/sub&gt;</p>'),
    "a comment is not shown": ("a %%b%% c", "<p>a  c</p>"),
    "a comment in code is code": ("```\n%%b%%\n```", "<pre><code>%%b%%\n</code></pre>"),
    "a comment of whole lines leaves no line": ("%%a%%\nb\n%%c\nd%%\ne\n%%f%%", "<p>b<br>\ne</p>"),
    "a comment over blocks hides them": ("a %%\n\n- b\n\n> c\n\n```\nd\n```\n\n%% e", "<p>a</p>\n<p>e</p>"),
    "a comment over the rows of a table": ("| a | b |\n|---|---|\n| c %% | d |\n| e | f |\n| g %% | h |", '<div class="scroll"><table>\n<thead>\n<tr><th>a</th><th>b</th></tr>\n</thead>\n<tbody>\n<tr><td>c</td><td></td></tr>\n<tr><td></td><td>h</td></tr>\n</tbody>\n</table></div>'),
    "marks in code hide nothing": ("`%%` a `%%`", "<p><code>%%</code> a <code>%%</code></p>"),
    "a heading goes by its words": ("# Notes %% begin notes %% ^id", '<h2 id="h-notes">Notes</h2>'),
    "what HTML does not close is text": ("<u>a ==b</u> c== <b>d", "<p><u>a ==b</u> c== &lt;b&gt;d</p>"),
    "a link around a link stands behind it": ("[a [[Foam]] b](a%20b)", '<p>a <a class="wiki" href="/page/Foam">Foam</a> b<a href="/page/a">↗</a></p>'),
    "a block of HTML is no Markdown": ("<div>\n*a* #b <i>c</i>\n</div>", "<p>&lt;div&gt;<br>\n*a* #b <i>c</i><br>\n&lt;/div&gt;</p>"),
    "a comment of HTML is not shown": ("<!-- a -->\n\nb <!-- c --> d", "<p>b  d</p>"),
    "a list that begins with a number": ("3. a\n4. b\n   - c\n\n\n1) d", '<ol start="3">\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul></li>\n</ol>\n<ol>\n<li>d</li>\n</ol>'),
    "a list with room between": ("- a\n\n- b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>"),
    "the text of a footnote": ("[^1]: a *b*", '<div class="footnote"><sup>1</sup> a <em>b</em></div>'),
    "a row with fewer cells, a cell with a bar": ("a | b\n-|-\nc\n`d\\|e` | \\|", '<div class="scroll"><table>\n<thead>\n<tr><th>a</th><th>b</th></tr>\n</thead>\n<tbody>\n<tr><td>c</td><td></td></tr>\n<tr><td><code>d|e</code></td><td>|</td></tr>\n</tbody>\n</table></div>'),
    "a block of math": ("$$\na_1\n$$", '<p><code class="math">a_1</code></p>'),
    "escapes, entities and breaks": ("\\*a\\* &amp; &lt;\\\nb", "<p>*a* &amp; &lt;<br>\nb</p>"),
    "math is left as it is": ("$a_1 * b_1$", '<p><code class="math">a_1 * b_1</code></p>'),
    "prices are no math": ("$5 and $6", "<p>$5 and $6</p>"),
    "a footnote": ("a[^1]", "<p>a<sup>1</sup></p>"),
    "the id of a block": ("A claim. ^abc-1", "<p>A claim.</p>"),
    "a task": ("- [ ] do", '<ul>\n<li class="task">do</li>\n</ul>'),
    "a task that is done": ("- [x] done", '<ul>\n<li class="task done">done</li>\n</ul>'),
    "a callout": ("> [!warning] Mind\n> the gap", '<div class="callout k-warning"><p class="title">Mind</p>\n<p>the gap</p>\n</div>'),
    "a callout that folds": ("> [!my-own]-\n> text", '<details class="callout k-note"><summary class="title">My own</summary>\n<p>text</p>\n</details>'),
    "a quote is a quote": ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
    "an address in running text": ("see https://a.org/b_c.", '<p>see <a class="out" href="https://a.org/b_c" rel="noopener noreferrer nofollow">https://a.org/b_c</a>.</p>'),
}  # fmt: skip


@pytest.mark.parametrize(("text", "html"), SHAPES.values(), ids=SHAPES)
def test_obsidians_markdown(text: str, html: str) -> None:
    assert str(render(text, PLACES).html).strip() == html


def test_a_note_that_begins_with_its_title_says_it_once() -> None:
    assert render("# Foam\n\na", title="Foam").html == "<p>a</p>\n"
    assert render("a\n\n# Foam", title="Foam").html == '<p>a</p>\n<h2 id="h-foam">Foam</h2>\n'


class _Seen(HTMLParser):
    """Every tag, attribute and address of a text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


HARMLESS_TAGS = set(
    "a b blockquote br code del details div em h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre s small span strong sub"
    " summary sup table tbody td th thead tr u ul".split()
)
HARMLESS_ATTRIBUTES = {"class", "href", "id", "open", "rel", "start", "title"}


def assert_harmless(text: str) -> None:
    seen = _Seen(render(text, PLACES).html)
    assert seen.tags <= HARMLESS_TAGS
    assert seen.attributes <= HARMLESS_ATTRIBUTES
    for address in seen.addresses:
        assert re.match(r"https?://|mailto:|obsidian:|zotero://|/|#", address), address


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_becomes_harmless_html(payload: str) -> None:
    assert_harmless(payload)


@pytest.mark.parametrize("name", hostile.PATTERNS)
def test_a_hostile_pattern_becomes_harmless_html(name: str) -> None:
    assert_harmless(hostile.PATTERNS[name].note(3000).decode("utf-8", "replace"))


_PIECES = st.sampled_from(
    [*PAYLOADS, "[", "]", "(", ")", "<", ">", '"', "'", "`", "|", "!", "[[", "]]", "==", "%%", "$", "#a", "> [!n]", "\n", "\n\n", "a", " ", "&lt;", "\\", "javascript:", "](", "^x", "**", "- [ ] "]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_whatever_is_put_together_stays_harmless(text: str) -> None:
    assert_harmless(text)


def test_a_very_long_note_is_cut_and_says_so() -> None:
    rendered = render("word " * MOST_CHARACTERS)
    assert rendered.cut
    assert len(rendered.html) < 2 * MOST_CHARACTERS
    assert not render("word").cut
