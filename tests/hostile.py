"""Notes that have broken other readers: fixed ones, and patterns that can be repeated to any length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Pattern(NamedTuple):
    """`head`, then `unit` again and again, then `tail`."""

    unit: str
    head: str = ""
    tail: str = ""

    def note(self, size: int) -> bytes:
        """A note of about `size` bytes."""
        return (self.head + self.unit * max(1, size // len(self.unit.encode())) + self.tail).encode()


def _properties(text: str) -> str:
    return f"---\n{text}\n---\nbody\n"


_FIELDS = (
    "PDF Title Author Editor Date DOI ISBN Tags Abstract Year URL Related Bibliography Collections Type Journal".split()
)
PATTERNS: dict[str, Pattern] = {
    "open wikilinks": Pattern("[["),
    "open wikilinks with a pipe": Pattern("[[a|"),
    "open wikilinks with a heading": Pattern("[[a#"),
    "closed wikilinks": Pattern("[[a]] "),
    "open embeds": Pattern("![["),
    "open brackets": Pattern("["),
    "closing brackets": Pattern("]"),
    "open images": Pattern("!["),
    "open Markdown links": Pattern("[a]("),
    "link ends": Pattern("]("),
    "nested parentheses": Pattern("(", "[a](", ""),
    "reference labels": Pattern("[a]"),
    "reference definitions": Pattern("[a]: b\n"),
    "open footnotes": Pattern("[^"),
    "footnote definitions": Pattern("[^a]: b\n"),
    "open comments of HTML": Pattern("<!--"),
    "open comments of HTML in text": Pattern("a <!-- "),
    "open tags of HTML": Pattern("<"),
    "open tags of HTML with a name": Pattern("<a "),
    "open tags of HTML with an attribute": Pattern('<a b="'),
    "open declarations": Pattern("<!A "),
    "open instructions": Pattern("<? "),
    "character data": Pattern("<![CDATA["),
    "blanks": Pattern(" ", "a", "b"),
    "blank lines": Pattern(" \n"),
    "empty lines": Pattern("\n", "a", "b"),
    "tabs": Pattern("\t", "a", "b"),
    "a quote in a quote": Pattern(">"),
    "a quote in a quote with blanks": Pattern("> "),
    "quoted lines": Pattern("> a\n"),
    "callouts": Pattern("> [!info]\n"),
    "nested callouts": Pattern("> [!info] ", "> "),
    "lists in one line": Pattern("- "),
    "numbered lists in one line": Pattern("1. "),
    "items": Pattern("- a\n"),
    "tasks": Pattern("- [ ] a\n"),
    "stars": Pattern("*"),
    "stars and letters": Pattern("*a "),
    "stars on both sides": Pattern("*a_ "),
    "underscores": Pattern("_a "),
    "tildes": Pattern("~~a "),
    "equal signs": Pattern("==a "),
    "backticks": Pattern("`"),
    "longer and longer code spans": Pattern("`a``b"),
    "fences": Pattern("```\n"),
    "backslashes": Pattern("\\"),
    "dollars": Pattern("$"),
    "dollars and letters": Pattern("$a "),
    "display math": Pattern("$$\n"),
    "percent signs": Pattern("%"),
    "open comments": Pattern("%% a "),
    "comment lines": Pattern("%%\n"),
    "begin markers": Pattern("%% begin a %%\n"),
    "begin markers of one line": Pattern("%% begin a %%"),
    "begin and end markers": Pattern("%% begin a %%\nb\n%% end a %%\n"),
    "hashes": Pattern("#"),
    "tags": Pattern("#a "),
    "glued tags": Pattern("#a"),
    "a deep tag": Pattern("a/", "#"),
    "headings": Pattern("# a\n"),
    "underlined headings": Pattern("a\n-\n"),
    "block ids": Pattern("a ^b\n\n"),
    "carets": Pattern("^"),
    "colons": Pattern(":"),
    "fields": Pattern("a:: b\n"),
    "fields of one line": Pattern("a:: "),
    "bracketed fields": Pattern("[a:: b]"),
    "open bracketed fields": Pattern("[a:: "),
    "open parenthesised fields": Pattern("(a:: "),
    "glued fields": Pattern("> **a**:: b"),
    "a long key": Pattern("a ", "", ":: b"),
    "a list value": Pattern("1, ", "k:: "),
    "a list of strings": Pattern('"a", ', "k:: "),
    "a list of durations": Pattern("1 d ", "k:: "),
    "at signs": Pattern("@"),
    "citations": Pattern("[@a; "),
    "citations with locators": Pattern("@a, p. 5 "),
    "pipes": Pattern("|"),
    "a wide table": Pattern("|a", "", "\n"),
    "table rows": Pattern("|a|b|\n", "|a|b|\n|-|-|\n"),
    "addresses": Pattern("https://a.b "),
    "glued addresses": Pattern("https://"),
    "an address with brackets": Pattern("(", "https://a.b/"),
    "an address with entities": Pattern("&amp;", "https://a.b/"),
    "an address with full stops": Pattern(".", "https://a.b/"),
    "ampersands": Pattern("&"),
    "entities": Pattern("&nbsp;"),
    "marks": Pattern('<mark style="background-color: #ffd400">Quote</mark>\n> a\n\n'),
    "open marks": Pattern("<mark "),
    "annotations": Pattern(
        "> “a” Yellow Highlight [Page 1](zotero://open-pdf/library/items/ABCD2345?page=1&annotation=B)\n\n"
    ),
    "Zotero links": Pattern("zotero://select/library/items/ABCD2345 "),
    "Zotero notes": Pattern("> ---\n> a\n", "> [!note]- Zotero Note (1)\n"),
    "authors": Pattern("> **Author**:: Roe, Ann\n", "> [!info]\n", "> **Citekey**:: k\n"),
    "authors in one line": Pattern("Roe, Ann,  ", "> [!info]\n> **Citekey**:: k\n> **Author**:: "),
    "authors joined by and": Pattern("Ann Roe and ", "> [!info]\n> **Citekey**:: k\n> **Author**:: "),
    "a title over many lines": Pattern("> a\n", '> [!info]\n> **Citekey**:: k\n> **Title**:: "'),
    "an abstract": Pattern("> a\n", "> [!info]\n> **Citekey**:: k\n> **Abstract**\n"),
    "identifiers": Pattern("978-3-16-148410-0 ", "> [!info]\n> **Citekey**:: k\n> **ISBN**:: "),
    "digits": Pattern("1", "> [!info]\n> **Citekey**:: k\n> **ISBN**:: "),
    "open braces": Pattern("{"),
    "open placeholders": Pattern("{{"),
    "open statements": Pattern("{% "),
    "properties": Pattern("k: v\n", "---\n", "---\n"),
    "a list property": Pattern("- a\n", "---\ntags:\n", "---\n"),
    "a flow property": Pattern("a, ", "---\ntags: [", "]\n---\n"),
    "a long property": Pattern("a ", "---\ntitle: ", "\n---\n"),
    "a quoted property": Pattern("a\\n", '---\ntitle: "', '"\n---\n'),
    "links in a property": Pattern("[[a]] ", '---\nk: "', '"\n---\n'),
    "open links in a property": Pattern("[[", '---\nk: "', '"\n---\n'),
    "commas in a property": Pattern(",", '---\ntags: "', '"\n---\n'),
    "broken properties": Pattern("k: a: b\n", "---\n", "---\n"),
    "an indented property": Pattern(" ", "---\na:\n", "b: c\n---\n"),
    "rules": Pattern("---\n", "a\n"),
    "open properties": Pattern("a: b\n", "---\n"),
    "CJK": Pattern("漢"),
    "combining marks": Pattern("\u0301", "a"),
    "astral letters": Pattern("𝒜"),
    "emoji": Pattern("👩‍👩‍👧"),
    "carriage returns": Pattern("\r"),
    "addresses before a word": Pattern("(https://a.b/) ", "- ", "5x"),
    "embeds before a word": Pattern("![[a]] ", "- ", "5x"),
    "labelled links before a word": Pattern("a [[b]] ", "- ", "5x"),
    "tags joined by commas": Pattern(",#a", "#a", ",, a"),
    "years": Pattern("2020, "),
    "people of a line": Pattern("[[People/A. Roe]] "),
    "links of a sentence": Pattern("the [[a]] and "),
    "dashes": Pattern("- ", "a"),
    "long dashes": Pattern("–"),
    "commas": Pattern(","),
    "letters": Pattern("é"),
    "quotation marks": Pattern("“a” "),
    "blanks in a marker": Pattern(" ", "%% begin "),
    "blanks in an import date": Pattern(" ", "%% Import Date: "),
    "blanks of Annotator": Pattern(" ", "%%HIGHLIGHT%%== "),
    "blanks in a comment of Annotator": Pattern(" ", "%%HIGHLIGHT%%a%%POSTFIX%%b%%COMMENT%%", "%%TAGS%%"),
    "marked lines": Pattern("<mark>a\n"),
    "dashes in a key": Pattern("-", ",", ".!:: x"),
    "brackets before a link": Pattern("(", "- a", "! [p. 1](zotero://open-pdf/library/items/ABCD2345?page=1)"),
    "tags behind a link": Pattern("#a", "[p. 1](zotero://open-pdf/library/items/ABCD2345?page=1) ", " x"),
    "blanks before a word": Pattern(" ", "a", "\\!"),
    "open flow strings": Pattern('"\\', "---\na: [:b, ", "\n---\n"),
    "highlighted spans": Pattern('<span class="highlight">a '),
}

_WORK = "---\ncitekey: k\n---\n"
_REGION = "> [!info] Metadata\n> **Citekey**:: k\n"
_PAGE = "[Page 1](zotero://open-pdf/library/items/ABCD2345?page=1&annotation=B)"
PLACES: dict[str, tuple[str, str]] = {
    "first line of a work": (f"{_WORK}# A title (Roe 2020)\n", "\n"),
    "heading of a work": (f"{_WORK}# ", "\n"),
    "item of a work": (f"{_WORK}- ", "\n"),
    "callout of a work": (f"{_WORK}> [!quote] ", "\n"),
    "region": (f"{_REGION}> ", "\n"),
    "text below a region": (f"{_REGION}\n", "\n"),
    "persist block": (f"{_REGION}\n%% begin notes %%\n", "\n%% end notes %%\n"),
    "cell": (f"{_WORK}| a | b |\n|---|---|\n| Title | ", " |\n"),
    "reference": (f"{_WORK}## References\n", "\n"),
    "abstract": (f"{_WORK}## Abstract\n", "\n"),
    "highlight": (f"{_WORK}## Annotations\n- ", f" {_PAGE}\n"),
    "comment on a highlight": (f"{_WORK}## Annotations\n- “a” {_PAGE} ", "\n"),
    "marked highlight": (
        f'{_WORK}## Annotations\n<mark style="background-color: #ffd400">Quote</mark>\n> ',
        f"\n> {_PAGE}\n",
    ),
    "clipping": (f"{_WORK}## Highlights\n- ", "\n"),
    "pinned line": ("📌 ", "\n"),
    "Zotero note": (f"{_REGION}\n> [!note]- Zotero Note (1)\n> ", "\n"),
    **{f"field {key}": (f"{_REGION}> **{key}**:: ", "\n") for key in _FIELDS},
    **{f"label {key}": (f"# A title\n\n{key}: ", "\n**Citekey**: k\n") for key in _FIELDS},
    **{f"property {key}": (f"---\ncitekey: k\n{key}: |\n  ", "\n---\nbody\n") for key in _FIELDS},
}
"""Where in a literature note a pattern may stand, as what comes before it and behind it."""


def placed(pattern: Pattern, place: str, size: int) -> bytes:
    """A note of a work with the pattern in one of its places."""
    before, behind = PLACES[place]
    return before.encode() + pattern.note(size) + behind.encode()


def in_place(place: str, size: int, every: int = 1) -> Iterator[bytes]:
    """Notes with the patterns in one of the places; each pattern is met in every `every`th place, other ones in the next."""
    start = list(PLACES).index(place)
    for number, pattern in enumerate(PATTERNS.values(), start):
        if number % every == 0:
            yield placed(pattern, place, size)


def _values(key: str) -> bytes:
    """A work with many different values of a key in one line."""
    numbers = ((f"978{n:09}", n) for n in range(20_000))
    isbns = (f"{body}{-sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(body)) % 10}" for body, _ in numbers)
    issns = (
        f"{n:07}{'0123456789X'[-sum((8 - at) * int(d) for at, d in enumerate(f'{n:07}')) % 11]}" for n in range(20_000)
    )
    others = {
        "DOI": "10.1000/{}",
        "URL": "https://a.b/{}",
        "Author": "Roe{}, Ann;",
        "Tags": "t{},",
        "Collections": "c{};",
    }
    values = {"ISBN": isbns, "ISSN": issns}.get(key) or (others[key].format(n) for n in range(20_000))
    return f"# A title\n\n{key}: {' '.join(values)}\n**Citekey**: k\n".encode()


NOTES: dict[str, bytes] = {
    "nothing": b"",
    "deep flow lists": _properties("a: " + "[" * 30_000).encode(),
    "deep flow maps": _properties("a: " + "{a: " * 30_000).encode(),
    "deep block lists": _properties("a:\n" + "- " * 5_000 + "b").encode(),
    "deep block maps": _properties("\n".join(" " * depth + "a:" for depth in range(400))).encode(),
    "deep lists": "\n".join("  " * depth + "- a" for depth in range(600)).encode(),
    "laughs": _properties(
        "a: &a [x]\n" + "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12))
    ).encode(),
    "merge keys": _properties(
        "a: &a {x: 1}\n" + "\n".join(f"b{n}: &b{n} {{<<: [*a, *a]}}" for n in range(26))
    ).encode(),
    "an alias of itself": _properties("a: &a [*a]").encode(),
    "an alias of nothing": _properties("a: *b").encode(),
    "long integers": _properties("a: " + "9" * 5_000 + "\nb: 0x" + "f" * 5_000 + "\nc: 1e999999").encode(),
    "sexagesimal": _properties("a: " + "1:" * 30_000 + "1").encode(),
    "odd numbers": _properties("a: .nan\nb: -.inf\nc: 2024-02-30\nd: =\ne: 0o9\nyear: .nan").encode(),
    "tags of Python": _properties(
        'a: !!python/object/apply:os.system ["exit"]\nb: !!binary "%"\nc: !!timestamp x'
    ).encode(),
    "odd keys": _properties(
        "content: 1\nhandler: 2\nself: 3\n2024: 4\n~: 5\n? [a]\n: 6\n? {b: c}\n: 7\n'': 8"
    ).encode(),
    "keys of the database": _properties(
        "rowid: 1\nPATH: 2\npath: 3\nid: 4\n" + "\n".join(f"k{n}: v" for n in range(3_000))
    ).encode(),
    "a colon in a title": _properties("title: a: b\nauthor: Ann Roe").encode(),
    "a placeholder": _properties("title: {{title}}").encode(),
    "an at sign": _properties("citekey: @x").encode(),
    "a tab": _properties("citekey:\tx\n\ta: b").encode(),
    "many documents": _properties("a: 1\n--- \n...\n%YAML 9.9").encode(),
    "a JSON note": b'{\n"a": 1\n}\n',
    "an open quote": _properties('a: "b\nc: d').encode(),
    "UTF-16": "\ufefftitle [[x]]\n".encode("utf-16"),
    "UTF-16 without a mark": "---\na: b\n---\n".encode("utf-16-le"),
    "UTF-32": "a".encode("utf-32"),
    "Latin-1": "M\xfcller #t\xe4g\n".encode("latin-1"),
    "control bytes": bytes(range(32)) * 4 + b"\x7f\x80\xff",
    "NUL": b"---\ntitle: a\0b\n---\n# c\0d\n[[e\0f]] #g\0h\nk:: i\0j\n",
    "lone surrogates": b"---\ntitle: \xed\xa0\x80\n---\n[[\xed\xb0\x80]] #\xed\xa0\x80\n",
    "escaped surrogates": _properties('title: "\\ud800"\naliases: ["\\udfff", "\\0"]').encode(),
    "marks in the middle": "---\n\ufefftitle: a\n---\n\ufeff# b\n".encode(),
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf---\na: b\n---\n",
    "other line ends": "---\u2028a: b\u2028---\u2028a\u0085b\x0bc\x0cd\x1ce".encode(),
    "mixed line ends": b"---\ra: b\r\n---\n\r# c\r\r\nd\n\r",
    "overlong UTF-8": b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80",
    "cut UTF-8": "漢".encode()[:2],
    "an encrypted file": b"\0GITCRYPT\0" + bytes(range(256)),
    "a citekey twice": (
        b"---\ncitekey: a\ncitation key: b\ncitekey: c\n---\n> [!info]\n> **Citekey**:: d\n> **Citekey**:: e\n"
    ),
    "an alias twice": b"---\naliases: [a, A, a]\nalias: a\n---\n",
    "20,000 tags": _properties("tags:\n" + "\n".join(f"- t{n}" for n in range(20_000))).encode(),
    "20,000 tags in the text": " ".join(f"#t{n}" for n in range(20_000)).encode(),
    "20,000 links": " ".join(f"[[n{n}]]" for n in range(20_000)).encode(),
    "20,000 headings": "\n".join(f"# h{n}" for n in range(20_000)).encode(),
    "20,000 fields": "\n".join(f"k{n}:: v" for n in range(20_000)).encode(),
    "a deep tag": b"#" + b"/".join([b"a"] * 300),
    "a long line": b"a" * 200_000,
    **{
        f"many values of {key}": _values(key) for key in ("ISBN", "ISSN", "DOI", "URL", "Author", "Tags", "Collections")
    },
    "a list under a long key": _properties(f"? {'k' * 30_000}\n: [{'1, ' * 10_000}]").encode(),
    "a field with a long list": f"k:: {'1, ' * 20_000}".encode(),
    "marks under a long heading": f"# {'h' * 50_000}\n{PATTERNS['annotations'].unit * 2_000}".encode(),
    "problems with a long name": "".join(f"%% begin {n:0>190} %%\n" for n in range(20_000)).encode(),
    "20,000 persist blocks": "".join(f"%% begin {n} %%\n%% end {n} %%\n" for n in range(20_000)).encode(),
    "20,000 Zotero notes": f"{_REGION}\n> [!note]- Zotero Note (1)\n{PATTERNS['Zotero notes'].unit * 20_000}".encode(),
}
"""Each has crashed, hung or silently misled some reader of notes."""
