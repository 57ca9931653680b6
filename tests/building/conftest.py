"""An empty vault for each test that asks for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building.vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path)
