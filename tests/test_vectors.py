"""Every vector: what FORMAT.md says of a small note is what the index holds of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vectors import runner

OURS = Path(__file__).parent / "vectors"
SHARED = Path(__file__).parents[2] / "shared" / "vectors"


def other_vectors() -> list[Path]:
    """The vectors of the optional folder beside the project that are not the same bytes as ours."""
    return [file for file in runner.vector_files(SHARED) if not all(map(same_as_ours, (file, file.with_suffix(".md"))))]


def same_as_ours(file: Path) -> bool:
    ours = OURS / file.name
    return ours.exists() and ours.read_bytes() == file.read_bytes()


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
        yield
        monkeypatch.undo()
        time.tzset()
    else:
        yield


@pytest.mark.parametrize("file", [*runner.vector_files(OURS), *other_vectors()], ids=lambda file: file.stem)
def test_vector(file: Path) -> None:
    found = runner.run(file)
    assert not found, "\n".join(line for difference in found for line in difference.lines())
