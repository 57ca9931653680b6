"""A realistic vault of any size: the same number and seed give the same bytes, on every machine."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.bench.library import Library, make_library
from tests.bench.notes import Writer

SEED = 1
_FIRST_TIME = 1_704_067_200  # 2024
_TIME_SPAN = 70_000_000
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(56)
_PDF = b"%PDF-1.4\n%%EOF\n"


class File(NamedTuple):
    path: str
    content: bytes
    mtime: int


def generate(notes: int, seed: int = SEED) -> Iterator[File]:
    """A vault of so many notes, and a tenth as many attachments."""
    library = make_library(notes, seed)
    for path, write_note in _notes(library):
        dice = random.Random(f"{path} {seed}")
        text = write_note(Writer(library, dice))
        yield File(path, text.encode(), _FIRST_TIME + dice.randrange(_TIME_SPAN))
    yield File(".obsidian/app.json", b"{}", _FIRST_TIME)
    for at in range(1, 41):
        yield File(f"Attachments/figure {at}.png", _PNG, _FIRST_TIME)
    for work in library.works.items[::10]:
        yield File(f"Attachments/{work.citekey}.pdf", _PDF, _FIRST_TIME)


def _notes(library: Library) -> Iterator[tuple[str, Callable[[Writer], str]]]:
    for work in library.works.items:
        yield f"Literature/{work.year}/{work.citekey}.md", partial(Writer.literature, work=work)
    for day in library.days:
        yield f"Daily/{day:%Y/%m}/{day}.md", partial(Writer.day, day=day)
    for idea in library.ideas.items:
        yield f"Ideas/{idea[0].upper()}/{idea}.md", partial(Writer.idea, idea=idea)
    for person in library.people:
        yield f"People/{person.replace('.', '')}.md", partial(Writer.person, person=person)


def write(folder: Path, notes: int, seed: int = SEED) -> None:
    """Makes the vault at `folder`, which must not be there yet; all of it or nothing."""
    unfinished = folder.with_name(f"{folder.name}.unfinished-{os.getpid()}")
    for file in generate(notes, seed):
        place = unfinished / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)
        os.utime(place, (file.mtime, file.mtime))
    unfinished.rename(folder)
