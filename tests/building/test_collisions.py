"""Problems that no note has alone (F8, Z2), when so much changed that the whole index is settled at once."""

from __future__ import annotations

from litindex.plan import BULK
from tests.building.vault import Vault, literature

DOUBLES = "SELECT path FROM problems WHERE code = 'citekey-duplicate'"


def test_a_citekey_that_is_single_again_after_a_large_run_is_no_problem_any_more(vault: Vault) -> None:
    for path in "a.md", "b.md":
        vault.write(path, literature("adler20"))
    vault.sync()
    assert vault.ask(DOUBLES) == [("b.md",)]
    (vault.path / "a.md").unlink()
    for number in range(BULK + 50):
        vault.write(f"n{number}.md", "text")
    vault.sync()
    assert vault.ask(DOUBLES) == []
