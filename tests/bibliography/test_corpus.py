"""Real vaults: every reader reads every work of the exported files."""

from __future__ import annotations

from pathlib import Path

import pytest

from litindex.bibliography import bibtex, csl_json, ris
from litindex.bibliography.item import Item
from litindex.index import database
from litindex.query.references import bibliography
from litindex.sync import indexer
from tests.bibliography import readers

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
VAULTS = ["notuntoward+ref.sample", "Hughav92+PhD_Thesis_Obsidian_Vault", "MarcGruener+Knowledge"]

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CORPUS.exists(), reason="no real vaults here")]


@pytest.fixture(scope="module", params=VAULTS)
def items(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Item]:
    index = tmp_path_factory.mktemp("corpus") / "litindex.db"
    indexer.sync(CORPUS / request.param, index)
    connection = database.open_readonly(index)
    try:
        return bibliography.items(connection, bibliography.keys(connection))
    finally:
        connection.close()


def test_no_reader_rejects_a_work(items: list[Item]) -> None:
    texts = {
        kind: bibtex.write(items, dialect)
        for kind, dialect in (("bibtex", bibtex.BIBTEX), ("biblatex", bibtex.BIBLATEX))
    }
    keys = {item.key for item in items}
    assert len(keys) == len(items) > 20
    for kind, text in texts.items():
        assert readers.bibtexparser(text).keys() == keys
        assert set(readers.pybtex(text)) == keys
        assert readers.pandoc(text, kind).keys() == keys
    assert readers.pandoc(csl_json.write(items), "csljson").keys() == keys
    assert readers.rispy(ris.write(items)).keys() == keys
