"""What a note that looks like literature does not say: told, so that it can be taught."""

from __future__ import annotations

from litindex.models import Problem, Work
from litindex.parser.bibliography.statement import Source, Statement, no_value
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import STRANGERS, squeeze_key

_STATED = frozenset((Source.FIELD, Source.PROPERTY, Source.LABEL, Source.TABLE, Source.SALVAGED))


_OF_LITERATURE = frozenset(
    "abstract source url pages volume issue edition series item_type type category container publisher pdf".split()
)
"""What drafts and posts, which have a title and an author too, seldom state."""
_STUB = 8


def missing_work(page: ParsedNote, statements: list[Statement]) -> list[Problem]:
    """A problem where a note that is no work names a title and people as literature notes do, and something more about it."""
    stated = [each for each in statements if each.source in _STATED and not no_value(each.value)]
    title = next((each for each in stated if each.field == "title"), None)
    strange = any(squeeze_key(prop.key) in STRANGERS for prop in page.front.properties)
    people = any(each.names_people for each in stated)
    if title is None or strange or not people or not any(each.field in _OF_LITERATURE for each in stated):
        return []
    message = (
        "This looks like a literature note, but no citekey, Zotero link, DOI, ISBN, year or journal was found, so it is no work. "
        "Add one; if it is there under a key of your own, teach the key in litindex.toml under [keys]."
    )
    return [Problem("work-not-found", "info", title.line, message)]


def missing_values(page: ParsedNote, work: Work) -> list[Problem]:
    """Problems of a work without title or creators; of a stub of a few lines a reader sees it himself."""
    missing = [name for name, value in (("title", work.title), ("creators", work.creators)) if not value]
    if not missing or sum(1 for line in page.lines if line.strip()) < _STUB:
        return []
    return [
        Problem(
            f"work-without-{name}",
            "info",
            None,
            f"No {name} of this work was found. If the note names it under a key of its own, teach the key in litindex.toml under [keys].",
        )
        for name in missing
    ]
