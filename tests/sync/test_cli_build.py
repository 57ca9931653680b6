"""`litindex build` and `litindex status` as people and programs meet them."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litindex.cli import COMMANDS, main
from litindex.index import database, schema
from litindex.sync.indexer import Indexer
from tests.sync.vault import Vault, literature
from tests.watch.program import without_privileges

ROOT = Path(__file__).parents[2]


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """A vault with two notes, in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LITINDEX_DB", raising=False)
    vault = Vault(tmp_path, {"a.md": literature("adler20", body="[[b]]"), "b.md": "#tag [[nowhere#x]]"})
    vault.index = tmp_path / "litindex.db"
    return vault


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, arguments, env=environment)


def told(result: Result) -> tuple[int, str, str]:
    return result.exit_code, result.stdout, result.stderr


def test_a_first_build_says_what_was_found_and_what_to_type_next(vault: Vault) -> None:
    code, output, errors = told(run("build", "vault"))
    lines = output.splitlines()
    assert (code, errors) == (0, "")
    assert lines[0].startswith("litindex.db: 2 notes added in ")
    assert "2 notes, 1 work, 1 author, 2 links, 2 tags" in lines[1]
    assert lines[-4:] == ["Next:", "  litindex search WORDS", "  litindex query --list", "  litindex serve"]


def test_without_an_argument_the_vault_of_the_index_is_meant(vault: Vault) -> None:
    run("build", "vault")
    code, output, errors = told(run("build"))
    assert (code, errors) == (0, "")
    assert output.startswith("Nothing changed: 2 notes, looked at in ")
    vault.write("b.md", "other")
    vault.write("c.md")
    (vault.path / "a.md").unlink()
    lines = run("build").stdout.splitlines()
    assert lines[0].startswith("litindex.db: 1 note added, 1 changed, 1 removed in ")
    assert not any(line.startswith("Next") for line in lines)


def test_an_index_elsewhere_is_named_in_what_to_type_next(vault: Vault) -> None:
    (vault.path.parent / "my index").mkdir()
    for result in run("build", "vault", "--db", "my index/a.db"), run("build", "vault", LITINDEX_DB="my index/b.db"):
        assert result.exit_code == 0
        assert "litindex query --list --db 'my index/" in result.stdout
    assert not vault.index.exists()


def test_json_is_one_document_with_all_counts(vault: Vault) -> None:
    first, second = json.loads(run("build", "vault", "--json").stdout), json.loads(run("build", "--json").stdout)
    assert (first["added"], first["read"], first["parsed"], first["changes"]) == (2, 2, 2, 2)
    assert first["totals"]["notes"] == 2
    assert (second["changes"], second["read"], second["rows_written"], second["unchanged"]) == (0, 0, 0, 2)
    assert {"look", "all"} <= set(second["seconds"])


def test_quiet_says_nothing_and_verbose_where_the_time_went(vault: Vault) -> None:
    assert told(run("build", "vault", "-q")) == (0, "", "")
    assert "0 notes read, 0 parsed, 0 rows written" in run("build", "-v").stdout
    assert "2 notes read again" in run("build", "--full", "-v").stdout


def test_problems_are_counted_by_code(vault: Vault) -> None:
    vault.write("c.md", "[[b#nowhere]]")
    assert "  1 problem: 1 link-subpath-missing\n" in run("build", "vault").stdout


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_what_cannot_be_read_is_named_and_ends_with_one(vault: Vault) -> None:
    (vault.path / "b.md").chmod(0)
    code, _, errors = told(run("build", "vault"))
    assert (code, errors) == (1, "Cannot be read: b.md\n")


def test_what_is_too_deep_is_named_and_ends_with_one(vault: Vault) -> None:
    vault.write("/".join(["d"] * 140) + "/lost.md")
    code, _, errors = told(run("build", "vault"))
    assert code == 1
    assert errors.startswith("Cannot be read: d/d/")
    assert run("build", "-q").exit_code == 1


def refusals(vault: Vault) -> dict[str, tuple[list[str], int, str]]:
    """What cannot be done: arguments, exit code, what the one line on stderr says."""
    place = vault.path.parent
    (place / "text.db").write_text("a letter")
    (place / "second").mkdir()
    return {
        "no such folder": (["build", "nowhere"], 3, "no such vault"),
        "not a folder": (["build", "text.db"], 3, "a vault is a folder"),
        "not ours": (["build", "vault", "--db", "text.db"], 3, "not made by litindex"),
        "a folder": (["build", "vault", "--db", "second"], 3, "is a folder"),
        "no place": (["build", "vault", "--db", "nowhere/x.db"], 3, "no such folder"),
        "its own attachment": (["build", "vault", "--db", "vault/my.index"], 3, "an attachment of its own vault"),
        "another vault": (["build", "second"], 3, f"is the index of {vault.path}"),
        "no index": (["build", "--db", "none.db"], 3, "no index: none.db"),
        "status of none": (["status", "--db", "none.db"], 3, "no index: none.db"),
    }


CASES = ["no such folder", "not a folder", "not ours", "a folder", "no place", "another vault", "no index"]
CASES += ["its own attachment"]


@pytest.mark.parametrize("case", [*CASES, "status of none"])
def test_what_cannot_be_done_is_one_line_and_changes_nothing(vault: Vault, case: str) -> None:
    run("build", "vault")
    arguments, code, message = refusals(vault)[case]
    before = {place: place.read_bytes() for place in vault.path.parent.iterdir() if place.is_file()}
    found_code, output, errors = told(run(*arguments))
    assert (found_code, output) == (code, "")
    assert errors.startswith("Error: ")
    assert message in errors
    assert errors.count("\n") == 1
    assert {place: place.read_bytes() for place in vault.path.parent.iterdir() if place.is_file()} == before


def test_an_index_that_another_process_keeps_ends_with_75(vault: Vault) -> None:
    with Indexer(vault.path, vault.index, command="watch"):
        code, output, errors = told(run("build", "vault"))
    assert (code, output) == (75, "")
    assert f"pid {os.getpid()} (watch) keeps the index" in errors


@pytest.mark.parametrize(
    "arguments", [["build", "a", "b"], ["build", "--jobs", "0"], ["build", "--nonsense"], ["nonsense"]]
)
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_names_that_a_terminal_would_obey_are_shown(vault: Vault) -> None:
    code, _, errors = told(run("build", "no\x1b[31mwhere\u202e"))
    assert code == 3
    assert "\x1b" not in errors
    assert "\u202e" not in errors


def program(code: str) -> list[str]:
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"]


def litindex(*arguments: str) -> list[str]:
    return [*program("from litindex.cli import main; main()"), *arguments]


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="names must be UTF-8 here")
def test_no_locale_and_odd_names_are_no_trouble(vault: Vault) -> None:
    place = os.fsencode(vault.path.parent) + b"/v\xff"
    shutil.copytree(os.fsencode(vault.path), place)
    with open(place + b"/caf\xe9.md", "wb") as file:
        file.write("é".encode())
    environment = {"LC_ALL": "C", "PATH": os.environ["PATH"], "PYTHONUTF8": "0"}
    for arguments in ["build", place], ["build"], ["status"], ["build", "--json"]:
        result = subprocess.run([*litindex(), *arguments], env=environment, capture_output=True, check=False)
        assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.parametrize(
    "command", ["status", "build", "watch", "query --list", "query problem-list", "search x", "show x"]
)
def test_an_empty_file_is_no_index_yet(vault: Vault, command: str) -> None:
    Path("empty.db").touch()
    code, _, errors = told(run(*command.split(), "--db", "empty.db"))
    if command != "query --list":
        assert code == 3
        assert errors == "Error: no index: empty.db (make one: litindex build VAULT --db empty.db)\n"
    assert run("build", "vault", "--db", "empty.db").exit_code == 0


@pytest.mark.parametrize("command", ["status", "query problem-list", "search alpha"])
def test_a_damaged_index_is_told_with_what_mends_it(vault: Vault, command: str) -> None:
    run("build", "vault")
    with vault.index.open("r+b") as file:
        file.seek(8_192)
        file.write(b"\xff" * (vault.index.stat().st_size - 8_192))
    code, _, errors = told(run(*command.split()))
    assert code == 3
    assert "the index is damaged: litindex build --full VAULT rebuilds it" in errors
    assert errors.count("\n") == 1
    assert "rebuilt" in run("build", "--full", "vault").stderr
    assert run("status").exit_code == 0


@pytest.mark.process
def test_a_build_whose_stderr_is_closed_builds(vault: Vault) -> None:
    command = ["sh", "-c", 'exec "$@" 2>&-', "sh", *litindex(), "build", "vault", "-q"]
    assert subprocess.run(command, check=False).returncode == 0
    assert vault.index.exists()


@pytest.mark.parametrize("command", ["build vault", "status", "search x"])
def test_a_link_in_a_circle_is_no_index(vault: Vault, command: str) -> None:
    Path("loop.db").symlink_to("loop.db")
    code, _, errors = told(run(*command.split(), "--db", "loop.db"))
    assert code == 3
    assert errors.count("\n") == 1


def test_the_current_folder_is_no_index(vault: Vault) -> None:
    code, _, errors = told(run("build", "vault", "--db", "."))
    assert code == 3
    assert "is a folder" in errors


def test_what_the_system_refuses_is_one_line(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(24, "Too many open files", "migrations")

    monkeypatch.setattr("litindex.sync.indexer.sync", refuse)
    code, output, errors = told(run("build", "vault"))
    assert (code, output) == (3, "")
    assert errors == "Error: the system does not let us work: [Errno 24] Too many open files: 'migrations'\n"


@pytest.mark.process
@pytest.mark.skipif(without_privileges() is None, reason="root may write everywhere")
def test_an_index_in_a_folder_that_may_only_be_read_says_how_to_read_it(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    run("build", "vault", "--db", "theirs/index.db")
    (tmp_path / "theirs").chmod(0o555)
    command = [*(without_privileges() or []), *litindex(), "status", "--db", "theirs/index.db"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    (tmp_path / "theirs").chmod(0o755)
    assert answer.returncode == 3
    assert "copy it to one of yours" in answer.stderr
    assert answer.stderr.count("\n") == 1


@pytest.mark.process
def test_progress_is_shown_on_a_terminal_only_and_wiped(vault: Vault) -> None:
    for at in range(300):
        vault.write(f"{at}.md", "text")
    ours, theirs = pty.openpty()
    with subprocess.Popen(litindex("build", "vault"), stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        assert process.stdout is not None
        output = process.stdout.read()
    shown = os.read(ours, 65536)
    os.close(ours)
    assert process.returncode == 0
    assert b"of 302 notes" in shown
    assert shown.endswith(b"\r\x1b[K")
    assert output.startswith(b"litindex.db: 302 notes added")


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_ctrl_c_leaves_the_index_as_it_was_and_says_so(vault: Vault) -> None:
    run("build", "vault")
    for at in range(600):
        vault.write(f"{at}.md", literature(f"key{at}", body="#a/b [[b]] text " * 30))
    with subprocess.Popen(
        litindex("build", "--jobs", "2"), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        while not (vault.index.with_name("litindex.db.lock").exists() and any_worker(process.pid)):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)
    assert (process.returncode, output, errors) == (130, "", "Stopped: the index is as it was before.\n")
    assert vault.column("SELECT count(*) FROM notes") == [2]


def any_worker(pid: int) -> bool:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return bool(children.read_text().split()) if children.exists() else True


# ------------------------------------------------------------------------------------------------ status


def test_status_says_what_is_held_and_what_differs(vault: Vault) -> None:
    run("build", "vault")
    code, output, _ = told(run("status"))
    assert code == 0
    assert f"vault     {vault.path}" in output
    assert "now       up to date" in output
    vault.write("b.md", "changed")
    vault.write("c.md")
    vault.write("d.png")
    (vault.path / "a.md").unlink()
    code, output, _ = told(run("status"))
    assert code == 1
    assert "1 notes added, 1 notes changed, 1 notes removed, 1 attachments added" in output


def test_status_as_json_has_everything(vault: Vault) -> None:
    run("build", "vault")
    found = json.loads(run("status", "--json").stdout)
    assert (found["vault"], found["up_to_date"], found["totals"]["notes"]) == (str(vault.path), True, 2)
    assert set(found["differing"].values()) == {0}
    assert found["indexed_at"]
    assert found["litindex_version"]


def test_status_of_a_vault_that_is_not_there_says_so(vault: Vault) -> None:
    run("build", "vault")
    shutil.rmtree(vault.path)
    code, output, _ = told(run("status"))
    assert code == 1
    assert "no such vault" in output


def test_status_does_not_promise_what_a_build_would_refuse(vault: Vault) -> None:
    run("build", "vault")
    shutil.rmtree(vault.path)
    vault.path.mkdir()
    code, output, _ = told(run("status"))
    assert code == 1
    assert "holds none of the 2 notes that the index knows" in output
    assert "removed" not in output


def test_status_knows_that_settings_have_changed(vault: Vault) -> None:
    run("build", "vault")
    vault.write("litindex.toml", '[keys]\nVerfasserin = "author"\n')
    run("build", "vault")
    assert told(run("status"))[0] == 0
    vault.write("litindex.toml", '[keys]\nAutorin = "author"\n')
    code, output, _ = told(run("status"))
    assert code == 1
    assert "2 notes to read again" in output
    vault.write("litindex.toml", "[keys")
    code, output, _ = told(run("status"))
    assert code == 1
    assert "litindex.toml: cannot be understood" in output


def test_status_of_an_index_without_a_vault_looks_at_no_folder(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is for a moment, when the first build has begun."""
    with closing(database.open_index(Path("empty.db"))) as connection:
        schema.migrate(connection, Path("empty.db"))
    monkeypatch.setattr("litindex.vault.crawler.crawl", None)
    code, output, _ = told(run("status", "--db", "empty.db"))
    assert code == 1
    assert "the index has no vault yet" in output


def test_status_without_an_index_is_json_where_json_was_asked_for(vault: Vault) -> None:
    code, output, errors = told(run("status", "--json", "--db", "none.db"))
    assert code == 3
    assert "no index" in json.loads(output)["error"]
    assert json.loads(output)["daemon"]["state"] == "not-running"
    assert errors.startswith("Error: no index")


@pytest.mark.process
@pytest.mark.skipif(without_privileges() is None, reason="root may read everything")
def test_a_note_that_no_build_can_read_is_no_difference(vault: Vault) -> None:
    run("build", "vault")
    (vault.path / "a.md").chmod(0)
    command = [*(without_privileges() or []), *litindex()]
    assert subprocess.run([*command, "build"], capture_output=True, check=False).returncode == 1
    told = subprocess.run([*command, "status"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
    (vault.path / "a.md").chmod(0o644)
    assert subprocess.run([*command, "status"], capture_output=True, check=False).returncode == 1


# ------------------------------------------------------------------------------------------------ the whole program


def test_help_names_every_command_and_imports_none() -> None:
    program = "import sys; from litindex.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    text, _, modules = result.stdout.rstrip("\n").rpartition("\n")
    assert set(COMMANDS) <= set(text.split())
    assert not {"litindex.cli.commands.keep.build", "litindex.sync.indexer", "sqlite3", "yaml", "sqlite_utils"} & set(
        modules.split()
    )


def test_an_unchanged_build_imports_neither_parser_nor_sqlite_utils(vault: Vault) -> None:
    build = "from litindex.cli import main; main(['build', *sys.argv[1:]], standalone_mode=False); print(*sys.modules)"
    later = "import sys, time; now = time.time_ns; time.time_ns = lambda: now() + 10**10; "
    place = ["vault", "--db", str(vault.index)]
    first, second = (
        subprocess.run([*program(code), *place], capture_output=True, text=True, check=True).stdout
        for code in (later + build, "import sys; " + build)
    )
    assert "litindex.sync.workers" in first.split()
    assert second.startswith("Nothing changed")
    assert not {"litindex.parser", "litindex.sync.run", "sqlite_utils", "yaml", "tomllib"} & set(second.split())


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_each_command_has_help(option: str) -> None:
    assert run("build", option).stdout.startswith("Usage: ")
    assert run(option).stdout.startswith("Usage: ")


def test_the_version_is_told() -> None:
    from litindex.version import __version__

    assert run("--version").stdout == f"litindex, version {__version__} (pure Python)\n"
