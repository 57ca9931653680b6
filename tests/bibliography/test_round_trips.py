"""An item put into notes by a template comes out as it was, on every field that the note carries."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from litindex.bibliography.csl_json import csl_item
from litindex.bibliography.item import Item
from tests.bibliography import notes
from tests.bibliography.zotero_items import ITEMS, ZoteroItem

TEMPLATES: list[Callable[[ZoteroItem], str]] = [
    notes.in_properties,
    notes.in_fields,
    notes.in_labels,
    notes.in_csl_json,
]

NOT_PRINTED = {notes.in_labels: ("reporter", "code")}
"""Labels that mean anything."""


@cache
def items_by(template: Callable[[ZoteroItem], str]) -> dict[str, Item]:
    return notes.items_of({item.key: template(item) for item in ITEMS})


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.type)
def test_csl_json_is_the_item(item: ZoteroItem, template: Callable[[ZoteroItem], str]) -> None:
    got = csl_item(items_by(template)[item.key])
    got.pop("event-place", None)
    assert got == item.csl(without=NOT_PRINTED.get(template, ()))
