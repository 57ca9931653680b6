"""A note as HTML that can do nothing, made of the blocks and inline values that the parser finds for the index: what the
page links or tags, the index holds. Raw HTML is text but for elements that only look; images are named, not loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby, pairwise
from typing import NamedTuple

from markupsafe import Markup

from litindex.datasette_plugin.html.inline import Text
from litindex.datasette_plugin.html.links import Places, slug
from litindex.parser.markdown import blocks, inline, scanner
from litindex.parser.markdown.blocks import Document, Node
from litindex.parser.obsidian.admonitions import as_callouts
from litindex.parser.obsidian.body import read_leaves
from litindex.parser.obsidian.callouts import canonical_type
from litindex.parser.obsidian.comments import Comment
from litindex.parser.obsidian.tasks import is_completed
from litindex.parser.values.block_ids import without_block_id

MOST_CHARACTERS = 100_000
"""A note longer than this is shown up to here: its page must come at once."""


class Rendered(NamedTuple):
    html: Markup
    cut: bool


def render(text: str, places: Places = Places(), *, title: str | None = None) -> Rendered:  # noqa: B008
    """The text of a note, without the heading it begins with where that is the `title` that the page has above.
    `cut`: it is longer than what is shown.
    """
    shown = text[:MOST_CHARACTERS]
    with closing(scanner.scan(as_callouts(shown.split("\n"), shown), 1)) as document:
        html = _Page(document, places, title).blocks(document.root)
    return Rendered(Markup(html), len(text) > MOST_CHARACTERS)


class _Page:
    def __init__(self, document: Document, places: Places, title: str | None) -> None:
        self.places = places
        self.definitions = document.definitions
        self.children: dict[Node, list[Node]] = {}
        for node in sorted((*document.containers, *document.leaves), key=lambda node: node.start):
            self.children.setdefault(node.parent or document.root, []).append(node)
        self.comments = _in_leaves(document, read_leaves(document).comments())
        first = document.leaves[0] if document.leaves else None
        self.left_out = first if first is not None and first.lines == [title] and first.kind == blocks.HEADING else None

    # ------------------------------------------------------------------ containers

    def blocks(self, node: Node, *, tight: bool = False) -> str:
        """What stands in a container, list items gathered into lists; in an item of a `tight` list without paragraphs."""
        pieces: list[str] = []
        for list_type, group in groupby(self.children.get(node, ()), key=_list_type):
            nodes = list(group)
            pieces += [self._list(nodes)] if list_type else [self._block(child, tight) for child in nodes]
        return "".join(pieces)

    def _block(self, node: Node, tight: bool) -> str:
        if node.kind == blocks.QUOTE:
            return self._quote(node)
        if node.kind == blocks.FOOTNOTE:
            label = Markup("<sup>{}</sup> ").format(node.label)
            return f'<div class="footnote">{label}{self.blocks(node, tight=True).rstrip()}</div>\n'
        return "" if node is self.left_out else self._leaf(node, tight)

    def _list(self, items: list[Node]) -> str:
        inside = (pair for item in items for pair in pairwise(self.children.get(item, ())))
        tight = not any(after.start > before.end + 1 for before, after in (*pairwise(items), *inside))
        shown = "".join(self._item(item, tight) for item in items)
        if not shown or items[0].label is None:
            return f"<ul>\n{shown}</ul>\n" if shown else ""
        number = int(items[0].label)
        start = "" if number == 1 else f' start="{number}"'
        return f"<ol{start}>\n{shown}</ol>\n"

    def _item(self, item: Node, tight: bool) -> str:
        inside = self.blocks(item, tight=tight)
        if not inside and item in self.children:
            return ""
        inside = inside.rstrip("\n") if tight else f"\n{inside}"
        name = "" if item.task is None else ' class="task done"' if is_completed(item.task) else ' class="task"'
        return f"<li{name}>{inside}</li>\n"

    def _quote(self, node: Node) -> str:
        if node.callout is not None:
            return self._callout(node, *node.callout)
        inside = self.blocks(node)
        return f"<blockquote>\n{inside}</blockquote>\n" if inside else ""

    def _callout(self, node: Node, kind: str, metadata: str | None, title: str, fold: str | None) -> str:
        """A box, folded where it is written so; one that folds needs no script."""
        shown = self._title(node, title) or kind.replace("-", " ").capitalize()
        box, head = ("details", "summary") if fold else ("div", "p")
        is_open = Markup(" open") if fold == "+" else ""
        words, links = _apart(shown) if fold else (shown, Markup())
        begin = Markup('<{0} class="callout k-{1}"{2}><{3} class="title">{4}</{3}>\n{5}').format(
            box, canonical_type(kind) or "note", is_open, head, words, links
        )
        return f"{begin}{self.blocks(node)}</{box}>\n"

    def _title(self, node: Node, title: str) -> Markup | str:
        first = self.children.get(node, [node])[0]
        if not title or first.kind != blocks.TITLE:
            return title
        begin = first.text().rindex(title)
        return self._text(first, (0, begin)).html()

    # ------------------------------------------------------------------ leaves

    def _leaf(self, leaf: Node, tight: bool) -> str:
        if leaf.kind == blocks.HTML or leaf.kind in blocks.TEXT_KINDS:
            return self._words(leaf, tight)
        if leaf.kind == blocks.REFDEF or leaf in self.comments:
            return ""
        if leaf.kind == blocks.RULE:
            return "<hr>\n"
        return _math(leaf) if leaf.kind == blocks.MATH else _code(leaf)

    def _words(self, leaf: Node, tight: bool) -> str:
        if leaf.kind == blocks.TITLE:
            return ""
        if leaf.kind == blocks.TABLE:
            return self._table(leaf)
        text = self._text(leaf)
        html = text.html()
        if not html:
            return ""
        if leaf.kind == blocks.HEADING:  # a note's headings stand below the page's own
            level = min(6, leaf.level + 1)
            return Markup('<h{0} id="{1}">{2}</h{0}>\n').format(level, slug(text.shown), html)
        return f"{html}\n" if tight else f"<p>{html}</p>\n"

    def _text(self, leaf: Node, *hidden: tuple[int, int]) -> Text:
        text = leaf.text()
        if leaf.kind == blocks.HTML:
            return Text(inline.scan_html(text), self.places, self.comments.get(leaf, ()), kind=leaf.kind)
        found = inline.scan(text, self.definitions, table=leaf.kind == blocks.TABLE)
        ranges = [*hidden, *self.comments.get(leaf, ())]
        if (shown := len(without_block_id(text))) < len(text):
            ranges.append((shown, len(text)))
        return Text(found, self.places, ranges, kind=leaf.kind)

    def _table(self, leaf: Node) -> str:
        text = self._text(leaf)
        rows = [[text.html(*cell) for cell in cells] for cells in _cells(text)]
        head, *body = [[*cells, *[Markup()] * (len(rows[0]) - len(cells))] for cells in rows]
        body = [cells for cells in body if any(cells)]
        shown = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n" for cells in body)
        titles = "".join(f"<th>{cell}</th>" for cell in head)
        inside = f"<thead>\n<tr>{titles}</tr>\n</thead>\n" + (f"<tbody>\n{shown}</tbody>\n" if shown else "")
        return f'<div class="scroll"><table>\n{inside}</table></div>\n'


def _apart(title: Markup | str) -> tuple[Markup | str, Markup]:
    """The title of a box that folds: links in it would do two things at once, so they stand below its words."""
    if not isinstance(title, Markup) or "<a " not in title:
        return title, Markup()
    return title.striptags(), Markup("<p>{}</p>\n").format(title)


def _list_type(node: Node) -> str | None:
    return node.list_type if node.kind == blocks.ITEM else None


def _in_leaves(document: Document, comments: Iterable[Comment]) -> dict[Node, list[tuple[int, int]]]:
    """What comments hide of each leaf that they begin, end or go on in."""
    hidden: dict[Node, list[tuple[int, int]]] = {}
    for start, end in comments:
        for number in range(start.leaf, end.leaf + 1):
            leaf = document.leaves[number]
            first = start.offset if number == start.leaf else 0
            last = end.offset if number == end.leaf else len(leaf.text())
            hidden.setdefault(leaf, []).append((first, last))
    return hidden


def _cells(text: Text) -> Iterator[list[tuple[int, int]]]:
    """The cells of each row but the second, as ranges of a table's text; the mark before the first one and behind the last closes none."""
    separators = [*text.separators(), len(text.text)]
    at = start = 0
    for number, row in enumerate(text.text.split("\n")):
        end = start + len(row)
        ends: list[int] = []
        while separators[at] < end:
            ends.append(separators[at])
            at += 1
        bounds = [start - 1, *ends, end]
        cells = [(begin + 1, stop) for begin, stop in pairwise(bounds)]
        if len(cells) > 1 and not row[: ends[0] - start].strip():
            cells = cells[1:]
        if len(cells) > 1 and not row[ends[-1] + 1 - start :].strip():
            cells = cells[:-1]
        if number != 1:
            yield cells
        start = end + 1


def _code(leaf: Node) -> str:
    lines = leaf.lines
    while lines and not leaf.fence and not lines[-1].strip():
        lines = lines[:-1]  # blank lines behind indented code
    language = leaf.info.partition(" ")[0] if leaf.fence else ""
    label = Markup('<span class="language">{}</span>').format(language) if language else ""
    return Markup("<pre>{}<code>{}</code></pre>\n").format(label, "".join(f"{line}\n" for line in lines))


def _math(leaf: Node) -> str:
    inside = leaf.text().removeprefix("$$").rpartition("$$")
    return Markup('<p><code class="math">{}</code></p>\n').format((inside[0] or inside[2]).strip())
