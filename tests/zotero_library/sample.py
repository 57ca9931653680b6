"""The Zotero library that goes with `sample_vault`, as its owner left it after a summer of tidying up."""

from __future__ import annotations

from pathlib import Path

from litindex.sync import indexer
from tests.pages import VAULT
from tests.zotero_library.from_index import zotero_of
from tests.zotero_library.zotero import Zotero

SUMMER = "2024-07-14 09:30:00"


def write(folder: Path, index: Path) -> None:
    """Makes an index of the sample vault, and of it a data folder of Zotero."""
    indexer.sync(VAULT, index, jobs=1)
    zotero = zotero_of(index, folder)
    _tidy_up(zotero)
    zotero.close()


def _tidy_up(zotero: Zotero) -> None:
    zotero.item(
        "book",
        "TDEM2222",
        {"title": "The tide mill of Osterveer", "date": "1999-00-00 1999"},
        [("author", "Peeters, Lotte")],
    )
    zotero.merge("MUD23ARX", into="MUD24PUB")
    zotero.trash("WEIR2222")
    zotero.set_field("BELL8VXS", "title", "Bells under water: a founder’s notebook")
    zotero.touch("BELL8VXS", SUMMER)
    zotero.set_field("BTTRN247", "date", "2018-02-00 02/2018")
    zotero.set_creators("CRABS234", [("author", "do Araújo, Thiago"), ("author", "Silveira, Lorena")])
    zotero.tag("DRWN2X8V", "key paper", color="#ff6666")
    zotero.db.execute("DELETE FROM collectionItems WHERE itemID = ?", (zotero.id_of("LSTN25KR"),))
    zotero.file("LSTN25KR", "Thesis/Interviews")
    _read_again(zotero)


def _read_again(zotero: Zotero) -> None:
    """New highlights in one paper, of which one corrects an old one; a note deleted in another."""
    (document,) = zotero.db.execute(
        "SELECT i.key FROM itemAttachments a JOIN items i USING (itemID) WHERE a.parentItemID = ?",
        (zotero.id_of("K7RW2MQ9"),),
    ).fetchone()
    for at, (kind, color) in enumerate([("highlight", "#ffd400"), ("underline", "#ff6666"), ("image", "#ffd400")]):
        text = f"On page {at} the bell is not mentioned." if kind != "image" else None
        zotero.annotation(document, f"SMMR222{at + 2}", kind, text=text, color=color, added=SUMMER)
    zotero.delete("CRDGAN44")
