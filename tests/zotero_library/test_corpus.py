"""Notes of a real vault, and a library that they could have been made from: nothing differs, then what was changed does."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from litindex.cli import main
from litindex.sync import indexer
from tests.corpus_report import CORPUS
from tests.zotero_library.from_index import zotero_of

WORKS = """
SELECT key FROM items JOIN itemTypes USING (itemTypeID) WHERE typeName NOT IN ('attachment', 'annotation') ORDER BY itemID LIMIT 3
"""
VAULT = CORPUS / "EricMFink+Zotero"
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not VAULT.is_dir(), reason="no real vaults here")]


def test_a_real_vault_differs_in_what_was_changed_and_in_nothing_else(tmp_path: Path) -> None:
    index = tmp_path / "litindex.db"
    indexer.sync(VAULT, index, jobs=1)
    zotero = zotero_of(index, tmp_path / "Zotero")
    zotero.save()

    def told(*arguments: str) -> str:
        command = ["zotero", "--db", str(index), "--data-dir", str(zotero.folder), "--nl", *arguments]
        return CliRunner().invoke(main, command).stdout

    assert told() == ""
    keys = [key for (key,) in zotero.db.execute(WORKS).fetchall()]
    zotero.set_field(keys[0], "title", "Another title")
    zotero.trash(keys[1])
    zotero.merge(keys[2], into=keys[0])
    kinds = [line.split('"')[3] for line in told().splitlines()]
    zotero.db.close()
    assert sorted(kinds) == ["merged", "title", "trashed"]
