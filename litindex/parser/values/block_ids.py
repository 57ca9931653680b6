"""Block ids where they stand in text: ` ^id` at the end of a block, or alone on a line below it (S2)."""

from __future__ import annotations

import re
from typing import Final

BLOCK_ID: Final = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]++)\s*+$")
"""The id that a text ends with."""


def without_block_id(text: str) -> str:
    """A text without the ` ^id` at its end."""
    return BLOCK_ID.sub("", text).rstrip() if "^" in text else text
