"""The text of generated notes: literature notes as a Zotero template makes them, days, ideas, people."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from tests.bench.library import Library, Work
from tests.bench.words import Pool, name, paragraph, sentence, title, words

_TOPICS = Pool(
    """
    acoustics/tidal acoustics/voices marsh/plants marsh/birds marsh/crabs methods/field methods/statistics/bayes
    methods/statistics/causal theory/resonance theory/noise bells/lore bells/founding history/dikes history/villages
    thesis/chapter1 thesis/chapter2 thesis/chapter3 writing/draft reading/list software/tools maps people/interviews
    todo/check todo/urgent question idea
    """.split(),
    power=0.9,
    shift=1,
)
_COLORS = "#ffd400 #ff6666 #5fb236 #2ea8e5 #a28ae5 #e56eee #f19837 #aaaaaa".split()
_TYPES = Pool("journalArticle preprint conferencePaper book bookSection thesis report".split(), power=1.1, shift=1)
_STATES = "unread unread read reading skimmed".split()
_HEADINGS = "Key ideas|Methods|Results|Open questions|Notes".split("|")
_BASE32 = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"
_EPOCH = datetime(2023, 1, 1)
_MOST_HIGHLIGHTS = 60


class Writer:
    """Writes notes of one library. What a note says depends on `dice` alone."""

    def __init__(self, library: Library, dice: random.Random) -> None:
        self._library = library
        self._dice = dice

    # ------------------------------------------------------------------------------------------------ literature

    def literature(self, work: Work) -> str:
        dice = self._dice
        imported = _EPOCH + timedelta(seconds=dice.randrange(109_000_000))
        key, doi = self._zotero_key(), f"10.5555/{work.citekey[:4].lower()}.{work.year}.{dice.randrange(10**5):05d}"
        kind = _TYPES.draw(dice)
        return "\n".join(
            [
                *self._properties(work, doi, imported),
                *self._callout(work, key, doi, kind),
                "",
                f"> {work.authors[0]}{', et al' * (len(work.authors) > 1)}. “{work.title}.” {work.year}, [https://doi.org/{doi}](https://doi.org/{doi}).",
                "%% begin Obsidian Notes %%",
                "___",
                self._own_words(),
                "___",
                "%% end Obsidian Notes %%",
                "",
                *self._zotero_notes(imported),
                *self._highlights(key, imported),
                f"%% Import Date: {imported.isoformat()}.000+01:00 %%",
                "",
            ]
        )

    def _properties(self, work: Work, doi: str, imported: datetime) -> Iterator[str]:
        dice = self._dice
        yield from ("---", "category: literaturenote")
        yield from self._tags(dice.choice((1, 1, 1, 2, 2, 3, 5)))
        yield from (f"citekey: {work.citekey}", f"status: {dice.choice(_STATES)}")
        yield f"dateread: {(imported + timedelta(9)).date() if dice.random() < 0.4 else ''}"
        yield from (f"ZoteroTags: obsLitNote{', key paper' * (dice.random() < 0.2)}", "aliases:", f'  - "{work.title}"')
        if ":" in work.title:
            yield f'  - "{work.title.split(":")[0]}"'
        yield f'publisher: "{name(dice, 1, 3) if dice.random() < 0.4 else ""}"'
        yield from (f"citation key: {work.citekey}", f"DOI: {doi}")
        yield f"created date: {imported.isoformat()}+01:00"
        yield f"modified date: {(imported + timedelta(dice.expovariate(1 / 60))).isoformat(timespec='seconds')}+01:00"
        yield from ("---", "")

    def _tags(self, count: int) -> Iterator[str]:
        """As a text, a list on one line, or a list of lines."""
        tags = list(dict.fromkeys(_TOPICS.draw_many(self._dice, count)))
        form = self._dice.random()
        if form < 0.3:
            yield f"tags: {tags[0]}"
        elif form < 0.6:
            yield f"tags: [{', '.join(tags)}]"
        else:
            yield from ("tags:", *(f"  - {tag}" for tag in tags))

    def _callout(self, work: Work, key: str, doi: str, kind: str) -> Iterator[str]:
        dice = self._dice
        url = f"https://{words(dice, 1)[0]}.example.org/{work.year}/{dice.randrange(10**6)}"
        yield (
            f"> [!info]- : [**Zotero**](zotero://select/library/items/{key})  | [**DOI**](https://doi.org/{doi})  "
            f"| [**URL**]({url}) | [[{work.citekey}.pdf|PDF]]"
        )
        yield from (">", "> ", "> **Abstract**", f"> {paragraph(dice, dice.randint(90, 260))}", "> ", "> ")
        yield f"> **FirstAuthor**:: {work.authors[0]}  "
        yield from (f"> **Author**:: {author}  " for author in work.authors[1:])
        yield "~    "
        for field, value in self._fields(work, key, doi, kind, url):
            yield f"> **{field}**:: {value}  "
        related = (self._link(display=False) for _ in range(dice.choice((0, 0, 0, 1, 2, 3, 6))))
        yield f">**Related**:: {', '.join(related)}"

    def _fields(self, work: Work, key: str, doi: str, kind: str, url: str) -> Iterator[tuple[str, str]]:
        dice = self._dice
        in_journal = kind in ("journalArticle", "conferencePaper")
        page = dice.randint(1, 900)
        yield "Title", f'"{work.title}"'
        yield (
            "Date",
            f"{work.year}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}" if in_journal else str(work.year),
        )
        yield from (("Citekey", work.citekey), ("ZoteroItemKey", key), ("itemType", kind), ("DOI", doi), ("URL", url))
        yield "Journal", self._library.journals.draw(dice) if in_journal else ""
        yield "Volume", str(dice.randint(1, 90)) if in_journal else ""
        yield "Issue", str(dice.randint(1, 12)) if in_journal else ""
        yield "Book", name(dice, 2, 6) if kind == "bookSection" else ""
        yield "Publisher", name(dice, 1, 2) if kind.startswith("book") else ""
        yield "Location", ""
        yield "Pages", f"{page}-{page + dice.randint(3, 40)}" if in_journal else ""
        yield "ISBN", _isbn(f"978{dice.randrange(10**9):09d}") if kind == "book" else ""
        yield "ZoteroTags", '"obsLitNote"'

    def _own_words(self) -> str:
        if self._dice.random() < 0.45:
            return "==Delete this and write here.==\n==Don't delete the `persist` directives above and below.=="
        return self._free_text(min(60, max(1, int(self._dice.lognormvariate(1.5, 0.9)))))

    def _zotero_notes(self, imported: datetime) -> Iterator[str]:
        dice = self._dice
        for at in range(dice.choice((0, 0, 0, 1, 1, 2, 3))):
            uri = f"zotero://select/library/items/{self._zotero_key()}"
            yield from (f"> [!note]- Zotero Note ({at + 1})", f"> {paragraph(dice, dice.randint(10, 120))}", "> ")
            yield f"> <small>📝️ (modified: {imported.date()}) [link]({uri})</small>"
            yield from (">  ", "> ---", "")

    def _highlights(self, key: str, imported: datetime) -> Iterator[str]:
        """0 to 60 of them, none in four of ten notes; marked as the seed does, in some notes as callouts."""
        dice = self._dice
        count = 0 if dice.random() < 0.42 else min(_MOST_HIGHLIGHTS, int(dice.lognormvariate(2.2, 0.95)) + 1)
        if not count:
            return
        yield from ("## Annotations", "%% begin annotations %%", "", f"### Imported: {imported:%Y-%m-%d %I:%M %p}", "")
        one = self._mark if dice.random() < 0.7 else self._quote
        page = dice.randint(1, 400)
        for _ in range(count):
            page += dice.choice((0, 0, 0, 1, 1, 2))
            yield from one(key, page)
        yield from ("%% end annotations %%", "")

    def _mark(self, key: str, page: int) -> Iterator[str]:
        dice = self._dice
        yield f'<mark style="background-color: {dice.choice(_COLORS)}">Quote</mark>'
        yield f"> {paragraph(dice, dice.choice((8, 15, 25, 30, 45, 60)))}"
        yield ""

    def _quote(self, key: str, page: int) -> Iterator[str]:
        dice = self._dice
        uri = f"zotero://open-pdf/library/items/{key}?page={page}&annotation={self._zotero_key()}"
        yield f"> [!quote|{dice.choice(_COLORS)}] Highlight ([p. {page}]({uri}))"
        yield f"> {paragraph(dice, dice.choice((8, 15, 25, 30, 45, 60)))}"
        if dice.random() < 0.3:
            yield from (">", f"> **Comment**:: {sentence(dice, 4, 20)} {self._link() if dice.random() < 0.3 else ''}")
        yield ""

    def _zotero_key(self) -> str:
        return "".join(self._dice.choices(_BASE32, k=8))

    # ------------------------------------------------------------------------------------------------ other notes

    def day(self, day: date) -> str:
        dice = self._dice
        properties = ["---", "tags: [journal]", f"date: {day}", f"mood: {dice.randint(1, 5)}", "---"]
        around = f"<< [[{day - timedelta(1)}]] | [[{day + timedelta(1)}]] >>"
        return "\n".join(
            [
                *(properties if dice.random() < 0.6 else ()),
                *(f"# {day:%A %d %B %Y}", "", around, "", "## Tasks", "", self._tasks(), "", "## Log", ""),
                *(self._free_text(dice.randint(1, 7)), ""),
            ]
        )

    def idea(self, idea: str) -> str:
        dice = self._dice
        aliases = f"aliases: [{', '.join(words(dice, 2))}]"
        properties = ["---", *self._tags(2), aliases, f'up: "{self._link(display=False)}"', "---"]
        text = self._free_text(min(70, max(2, int(dice.lognormvariate(2.0, 0.7)))))
        start = properties if dice.random() < 0.7 else []
        return "\n".join([*start, f"# {idea}", "", paragraph(dice, dice.randint(20, 90)), "", text, ""])

    def person(self, person: str) -> str:
        family, _, given = person.partition(", ")
        place = f"**Affiliation**:: {name(self._dice, 2, 4)}"
        start = ["---", "tags: people/colleague", "type: person", "---", f"# {given} {family}", "", place, ""]
        return "\n".join([*start, self._free_text(self._dice.randint(1, 5)), ""])

    # ------------------------------------------------------------------------------------------------ free text

    def _free_text(self, blocks: int) -> str:
        weights, forms = zip(*self._forms(), strict=True)
        return "\n\n".join(form() for form in self._dice.choices(forms, weights, k=blocks))

    def _forms(self) -> Iterator[tuple[float, Callable[[], str]]]:
        dice = self._dice
        yield 0.08, lambda: f"{'#' * dice.choice((2, 2, 3, 3, 4))} {title(dice, 1, 5)}"
        yield 0.08, lambda: f"## {dice.choice(_HEADINGS)}"
        yield 0.36, self._prose
        yield 0.22, self._list
        yield 0.10, self._tasks
        yield 0.04, self._code
        yield 0.03, self._table
        yield 0.02, lambda: f"$$\n\\sum_{{i=1}}^{{n}} x_i^{{{dice.randint(2, 9)}}} \\leq \\alpha\n$$"
        yield 0.03, lambda: f"> {paragraph(dice, dice.randint(15, 50))}"
        yield 0.02, lambda: f"**Rating**:: {dice.randint(1, 5)}  \n[due:: 2026-{dice.randint(1, 12):02d}-15]"
        yield 0.02, lambda: f"![[figure {dice.randint(1, 40)}.png]]"

    def _prose(self) -> str:
        dice = self._dice
        text = paragraph(dice, dice.randint(15, 90))
        for _ in range(dice.choice((0, 0, 1, 1, 2, 3))):
            text += f" {dice.choice(('See ', 'Compare ', ''))}{self._link()}."
        if dice.random() < 0.3:
            text += f" #{_TOPICS.draw(dice)}"
        if dice.random() < 0.1:
            text += f" ^{''.join(dice.choices('abcdef0123456789', k=6))}"
        return text

    def _list(self) -> str:
        dice = self._dice
        return "\n".join(
            f"{'  ' * (at > 0 and dice.random() < 0.2)}- {sentence(dice, 4, 16)}"
            f"{f' {self._link()}' if dice.random() < 0.35 else ''}"
            for at in range(dice.randint(2, 7))
        )

    def _tasks(self) -> str:
        dice = self._dice
        return "\n".join(
            f"- [{dice.choice(' x')}] {sentence(dice, 3, 10)}{f' #{_TOPICS.draw(dice)}' if dice.random() < 0.3 else ''}"
            for _ in range(dice.randint(1, 6))
        )

    def _code(self) -> str:
        lines = (f"{word} = [[{self._dice.randint(0, 99)}]]" for word in words(self._dice, 3))
        return "\n".join(["```python", "# neither #tag nor [[link]]", *lines, "```"])

    def _table(self) -> str:
        rows = [" | ".join(words(self._dice, 3)) for _ in range(self._dice.randint(3, 6))]
        return "\n".join(f"| {row} |" for row in [rows[0], "--- | --- | ---", *rows[1:]])

    def _link(self, *, display: bool = True) -> str:
        """A wikilink: most to works and ideas, one in sixteen to nothing; some to a heading or block."""
        dice, library = self._dice, self._library
        whither, form = dice.random(), dice.random()
        if whither < 0.56:
            target = library.works.draw(dice).citekey
        elif whither < 0.88:
            target = library.ideas.draw(dice)
        elif whither < 0.94:
            target = str(dice.choice(library.days))
        else:
            target = name(dice, 1, 3)
        if form < 0.15:
            target += f"#{dice.choice(_HEADINGS)}"
        elif form < 0.18:
            target += f"#^{''.join(dice.choices('abcdef0123456789', k=6))}"
        return f"[[{target}|{' '.join(words(dice, 2))}]]" if display and dice.random() < 0.25 else f"[[{target}]]"


def _isbn(digits: str) -> str:
    """Twelve digits and the one that checks them."""
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return f"{digits[:3]}-{digits[3:]}{-total % 10}"
