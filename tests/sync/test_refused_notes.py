"""A note whose rows the database does not take costs that note, and neither its neighbours nor the run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from litindex.sync import plan
from litindex.sync.indexer import Indexer
from tests.dump import unlike_fresh
from tests.sync.vault import Vault, literature

REFUSE = """
CREATE TEMP TRIGGER refuse BEFORE INSERT ON main.{}
BEGIN
  SELECT RAISE(ABORT, 'refused') WHERE new.{} = 'poison';
END
"""


@pytest.fixture(params=[plan.BULK, 1], ids=["one by one", "in bulk"])
def strict(request: pytest.FixtureRequest, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> Iterator[Indexer]:
    """An index that refuses the link target and the author `poison`: no reading of ours is known to be refused."""
    monkeypatch.setattr(plan, "BULK", request.param)
    with Indexer(vault.path, vault.index, jobs=1) as indexer:
        indexer.sync()  # what is made for the first time is made beside its place: the trigger is for what stands in it
        for table, column in ("links", "target"), ("authors", "name"), ("persist_blocks", "name"):
            indexer._db.execute(REFUSE.format(table, column).replace("refuse ", f"refuse_{table} ", 1))
        yield indexer


POISON = ["[[poison]]", literature("x", author="poison"), "%% begin poison %%\nx\n%% end poison %%\n"]


@pytest.mark.parametrize("poison", POISON, ids=["link", "author", "persist block"])
def test_a_refused_note_has_a_row_and_a_problem_and_all_others_are_whole(
    vault: Vault, strict: Indexer, poison: str
) -> None:
    vault.write("a.md", literature("a", body="[[m#Aims]] word"))
    vault.write("m.md", f"# Aims\n#tag #Mine\n{poison}")
    vault.write("z.md", literature("z", author="ADLER, Mira", body="[[m]] #mine"))
    report = strict.sync()
    assert (report.added, report.rebuilt) == (3, "")
    assert ("m.md", "not-indexed") in vault.problems()
    assert vault.column("SELECT name FROM tags WHERE tag_key = 'mine'") == ["mine"]
    assert vault.column(
        "SELECT count(*) FROM links WHERE target_note_id = (SELECT id FROM notes WHERE path = 'm.md')"
    ) == [2]
    assert vault.ask("PRAGMA foreign_key_check") == []
    assert not strict.sync().committed
    vault.write("m.md", "# Aims\ncured")
    assert strict.sync().changed == 1
    assert unlike_fresh(vault.path, vault.index) == []


def test_a_known_note_that_becomes_refused_loses_its_rows_alone(vault: Vault, strict: Indexer) -> None:
    for name in "abc":
        vault.write(f"{name}.md", literature(name, body=f"#of_{name}"))
    strict.sync()
    vault.write("b.md", "[[poison]]")
    vault.write("c.md", "edited")
    strict.sync({"b.md": True, "c.md": True}, walk=False)
    assert vault.problems() == {("b.md", "not-indexed")}
    assert vault.column("SELECT body FROM note_texts JOIN notes ON id = note_id WHERE path = 'c.md'") == ["edited"]
    assert vault.column("SELECT path FROM works JOIN notes ON id = note_id") == ["a.md"]
    assert vault.column("SELECT name FROM tags WHERE name LIKE 'of%'") == ["of_a"]
    vault.write("b.md", "cured")
    strict.sync({"b.md": True}, walk=False)
    assert unlike_fresh(vault.path, vault.index) == []
