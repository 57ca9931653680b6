"""A Zotero library as values: its items with all that a note may have taken from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

OWN: Final = "library"
"""What one's own library is called in Zotero's links; a group's is `groups/N`."""
_REPLACED = re.compile(r"zotero\.org/(?:groups/(\d+)|users/[^\s]+?)/items/([0-9A-Z]{8})$")


class ItemId(NamedTuple):
    """An item as Zotero's links name it: `library` is `library` or `groups/N`."""

    library: str
    key: str

    @property
    def uri(self) -> str:
        """The link that selects the item in Zotero."""
        return f"zotero://select/{self.library}/items/{self.key}"


class ItemCreator(NamedTuple):
    """`first` is '' where the name has one field. A primary creator is the author of its type (a film's director)."""

    role: str
    last: str
    first: str
    is_primary: bool


class ItemAnnotation(NamedTuple):
    """An annotation of a document of the item; times are UTC, `YYYY-MM-DD HH:MM:SS`."""

    key: str
    type: str
    text: str
    comment: str
    color: str
    added: str
    modified: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item that is no note, attachment or annotation. `fields` are called as in Zotero's schema, by their base fields
    (a book's title is a `publicationTitle`); collections are paths, `Thesis/Methods`.
    """

    id: ItemId
    type: str
    modified: str
    is_trashed: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    creators: tuple[ItemCreator, ...] = ()
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    annotations: tuple[ItemAnnotation, ...] = ()
    citekey: str | None = None

    @property
    def title(self) -> str:
        return self.fields.get("title", "")


@dataclass(frozen=True, slots=True)
class Library:
    """All libraries of one Zotero. `local_names` maps the numbers that old links use (`library/3`) to names of today."""

    items: Mapping[ItemId, Item]
    replaced: Mapping[ItemId, ItemId] = field(default_factory=dict)
    """An item that was merged -> the one that it became a part of."""
    local_names: Mapping[str, str] = field(default_factory=dict)

    def successor(self, item: ItemId) -> Item | None:
        """The living item that a merged one is a part of now, however often it was merged."""
        seen = {item}
        while (item := self.replaced.get(item, item)) not in seen:
            seen.add(item)
        found = self.items.get(item)
        return found if found and len(seen) > 1 and not found.is_trashed else None


def replaced_item(uri: str, library: str) -> ItemId | None:
    """The item that the object of a `dc:replaces` relation names; `library` is that of the relation's subject."""
    found = _REPLACED.search(uri)
    if not found:
        return None
    return ItemId(f"groups/{found[1]}" if found[1] else OWN if library == OWN else library, found[2])
