"""How long the tests look: `--hypothesis-profile=thorough` takes every case where the quick one takes a part."""

from __future__ import annotations

from hypothesis import settings

THOROUGH = settings().max_examples > 1000
