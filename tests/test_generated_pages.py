"""The pages that the program writes are what it would write now."""

from __future__ import annotations

import pytest

from tests.generated_pages import PAGES, content
from tests.pages import DOCS


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == content(name), "python -m tests.generated_pages"
