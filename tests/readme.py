"""Names of `tests.pages` for tests that were written before it."""

from __future__ import annotations

from tests.pages import README, ROOT, blocks, run, sandbox, steady

__all__ = ["README", "ROOT", "run", "sandbox", "steady", "steps"]


def steps(text: str) -> list[tuple[str, str]]:
    """(command, output) of every `$ …` line in the sessions of a page, in order."""
    return [step for block in blocks(text) if block.is_session for step in block.commands]
