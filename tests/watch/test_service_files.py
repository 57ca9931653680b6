"""Service files say what to run, whatever the paths are called."""

from __future__ import annotations

import plistlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from litindex.watch.service_files import Service
from tests.watch.program import litindex

ODD = Service(Path('/home/me/My "notes" 100% $HOME\\x'), Path("/home/me/ü index.db"))


def test_a_unit_quotes_what_systemd_would_read_otherwise() -> None:
    (line,) = [line for line in ODD.systemd().splitlines() if line.startswith("ExecStart=")]
    assert '"/home/me/My \\"notes\\" 100%% $$HOME\\\\x"' in line
    assert line.endswith('"--db" "/home/me/ü index.db"')


def test_a_newline_in_a_path_adds_no_line_to_a_unit() -> None:
    odd = Service(Path("/v\nExecStartPre=/bin/evil"), Path("/i\n[Service]"))
    assert not [line for line in odd.systemd().splitlines() if line.startswith(("ExecStartPre", "[Service]\n", "/"))]
    assert odd.systemd().count("[Service]\n") == 1


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / f"{ODD.name}.service"
    unit.write_text(ODD.systemd(), "utf-8")
    answer = subprocess.run(["systemd-analyze", "verify", "--user", unit], capture_output=True, text=True, check=False)
    assert ODD.name not in answer.stderr


def test_an_agent_of_launchd_is_a_property_list_that_runs_the_same() -> None:
    agent = plistlib.loads(ODD.launchd().encode())
    assert agent["ProgramArguments"] == [
        sys.executable,
        "-m",
        "litindex",
        "watch",
        str(ODD.vault),
        "--db",
        str(ODD.index),
    ]
    assert agent["Label"] == ODD.label
    assert agent["KeepAlive"] == {"SuccessfulExit": False}


def test_two_indexes_of_one_vault_have_services_of_two_names() -> None:
    one, two = (Service(Path("/v/My Vault"), Path(f"/{name}.db")) for name in "ab")
    assert one.name.startswith("litindex-my-vault-")
    assert one.name != two.name


def test_the_command_prints_what_can_be_put_into_a_file(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    answer = litindex("service", tmp_path / "vault", "--db", tmp_path / "i.db", "--for", "systemd")
    assert answer.returncode == 0
    assert "enable --now litindex-vault-" in answer.stdout
    assert f'"watch" "{tmp_path / "vault"}" "--db" "{tmp_path / "i.db"}"' in answer.stdout
    assert litindex("service", "--db", tmp_path / "none.db").returncode == 3
