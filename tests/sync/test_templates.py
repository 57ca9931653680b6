"""Templates of the vault are read before its notes: whatever happens to them, the index is that of the vault as it is."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litindex.cli import main
from litindex.errors import SettingsError
from litindex.sync.indexer import Indexer
from litindex.watch import status
from tests.dump import unlike_fresh
from tests.sync.vault import Vault

TEMPLATE = "# {{title}}\nOsoby: {{authorString}}\nGdzie: {{containerTitle}}\nKlucz: {{citekey}}\n{% if x %}{% endif %}\n## Uwagi\n"
OTHER = TEMPLATE.replace("{{containerTitle}}", "{{publisher}}")
NOTE = "# On bells\nOsoby: Mira Adler\nGdzie: Annals\nKlucz: adler2020\n\n## Uwagi\nLoud.\n"
CITATIONS = ".obsidian/plugins/obsidian-citation-plugin/data.json"
INTEGRATION = ".obsidian/plugins/obsidian-zotero-desktop-connector/data.json"
CONTAINER = "SELECT container FROM works JOIN notes ON notes.id = note_id WHERE path = 'lit/a.md'"


def settings_of(plugin: str, **values: object) -> str:
    return json.dumps({**values, "secret": "not for the index"})


def container(vault: Vault) -> str | None:
    vault.sync()
    assert unlike_fresh(vault.path, vault.index) == []
    return next(iter(vault.column(CONTAINER)), None)


@pytest.fixture
def filled(vault: Vault) -> Vault:
    vault.write("lit/a.md", NOTE)
    vault.write("Meta/paper.md", TEMPLATE)
    return vault


def test_a_template_of_the_vault_reads_the_notes_that_it_made(filled: Vault) -> None:
    assert container(filled) == "Annals"
    assert filled.column("SELECT kind FROM notes ORDER BY path") == ["template", "literature"]


CHANGES: dict[str, tuple[Callable[[Vault], object], str | None]] = {
    "edited": (lambda vault: vault.write("Meta/paper.md", OTHER), None),
    "renamed": (lambda vault: vault.move("Meta/paper.md", "Meta/book.md"), "Annals"),
    "deleted": (lambda vault: (vault.path / "Meta/paper.md").unlink(), None),
    "no more a template": (lambda vault: vault.write("Meta/paper.md", "Some words."), None),
    "ignored": (lambda vault: vault.write("litindex.toml", '[templates]\nignore = ["Meta/paper.md"]\n'), None),
    "folder ignored": (lambda vault: vault.write("litindex.toml", '[templates]\nignore = ["Meta/"]\n'), None),
    "off": (lambda vault: vault.write("litindex.toml", "[templates]\noff = true\n"), None),
    "excluded": (lambda vault: vault.write(".obsidian/app.json", '{"userIgnoreFilters": ["Meta/"]}'), None),
    "another note edited": (lambda vault: vault.write("b.md", "words"), "Annals"),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_notes_follow_what_happens_to_their_template(
    change: Callable[[Vault], object], expected: str | None, filled: Vault
) -> None:
    assert container(filled) == "Annals"
    change(filled)
    assert container(filled) == expected
    assert filled.sync().committed is False


NAMED: dict[str, dict[str, str]] = {
    "in the settings of Citations": {CITATIONS: settings_of("c", literatureNoteContentTemplate=TEMPLATE)},
    "in those of BibNotes": {".obsidian/plugins/bibnotes/data.json": settings_of("b", templateContent=TEMPLATE)},
    "by a path in those of Zotero Integration": {
        INTEGRATION: settings_of("z", exportFormats=[{"templatePath": "x/made.njk"}, {}, 3]),
        "x/made.njk": TEMPLATE,
    },
    "in the folder of ZotLit": {
        ".obsidian/plugins/zotlit/data.json": settings_of("l", template={"folder": "Zt"}),
        "Zt/zt-note.eta": TEMPLATE,
    },
    "by the user": {"litindex.toml": '[templates]\nuse = ["x/made.txt"]\n', "x/made.txt": TEMPLATE},
    "by the user, though Obsidian excludes it": {
        "litindex.toml": '[templates]\nuse = ["x/made.md"]\n',
        ".obsidian/app.json": '{"userIgnoreFilters": ["x/"]}',
        "x/made.md": TEMPLATE,
    },
}  # fmt: skip


@pytest.mark.parametrize("files", NAMED.values(), ids=NAMED)
def test_a_template_may_be_named(files: dict[str, str], vault: Vault) -> None:
    vault.write("lit/a.md", NOTE)
    assert container(vault) is None
    for path, text in files.items():
        vault.write(path, text)
    assert container(vault) == "Annals"
    assert "not for the index" not in str(vault.ask("SELECT * FROM meta"))
    for path in files:
        (vault.path / path).unlink()
    assert container(vault) is None


@pytest.mark.parametrize("path", ["../outside.md", "/etc/passwd", ".hidden/t.md", "C:/t.md", "missing.md", "folder"])
def test_a_named_path_leads_to_no_file_outside_the_vault(path: str, vault: Vault) -> None:
    vault.write("lit/a.md", NOTE)
    vault.write("folder/x.md")
    vault.write(".hidden/t.md", TEMPLATE)
    (vault.path.parent / "outside.md").write_text(TEMPLATE)
    vault.write(INTEGRATION, settings_of("z", exportFormats=[{"templatePath": path}]))
    assert container(vault) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '{"exportFormats": 3}', '{"exportFormats": [{"templatePath": 3}]}', "[" * 9999]
)
def test_settings_of_plugins_that_cannot_be_read_name_nothing(text: str, vault: Vault) -> None:
    vault.write("lit/a.md", NOTE)
    vault.write(INTEGRATION, text)
    assert container(vault) is None


@pytest.mark.parametrize("text", ["use = 3", "use = [3]", "off = 1", "other = true"])
def test_rules_that_cannot_be_understood_are_named(text: str, filled: Vault) -> None:
    filled.write("litindex.toml", f"[templates]\n{text}\n")
    with pytest.raises(SettingsError, match=r"litindex\.toml: \[templates\] holds"):
        filled.sync()


def test_a_template_that_is_missed_for_a_moment_counts_on(filled: Vault) -> None:
    with Indexer(filled.path, filled.index, patience=60.0) as indexer:
        indexer.sync()
        (filled.path / "Meta/paper.md").unlink()
        assert indexer.sync().parsed == 0
        filled.write("Meta/paper.md", TEMPLATE)
        assert indexer.sync().parsed == 0
    assert container(filled) == "Annals"


def test_status_tells_that_notes_will_be_read_again(filled: Vault) -> None:
    filled.sync()
    assert status.read_status(filled.index).is_current
    filled.write(CITATIONS, settings_of("c", literatureNoteContentTemplate=OTHER))
    differing = status.read_status(filled.index).differing
    assert differing is not None
    assert sum(differing.values()) == 2


STEPS: dict[str, Callable[[Vault], object]] = {
    **{name: change for name, (change, _) in CHANGES.items() if name not in ("renamed", "deleted")},
    "template": lambda vault: vault.write("Meta/paper.md", TEMPLATE),
    "second": lambda vault: vault.write("Meta/zweite.md", OTHER),
    "note": lambda vault: vault.write("lit/a.md", NOTE),
    "note is a template": lambda vault: vault.write("lit/a.md", TEMPLATE),
    "settings away": lambda vault: (vault.path / "litindex.toml").unlink(missing_ok=True),
    "filters away": lambda vault: (vault.path / ".obsidian/app.json").unlink(missing_ok=True),
    "named": lambda vault: vault.write(INTEGRATION, settings_of("z", exportFormats=[{"templatePath": "Meta/paper.md"}])),
    "not named": lambda vault: (vault.path / INTEGRATION).unlink(missing_ok=True),
    "away": lambda vault: (vault.path / "Meta/paper.md").unlink(missing_ok=True),
}  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=3), min_size=1, max_size=4))
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_after_any_history_the_index_equals_a_fresh_one(history: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        vault = Vault(Path(folder), {"lit/a.md": NOTE, "Meta/paper.md": TEMPLATE})
        vault.sync()
        for steps in history:
            for step in steps:
                STEPS[step](vault)
            vault.sync()
        assert unlike_fresh(vault.path, vault.index) == []


def run(*arguments: str, index: Path) -> str:
    done = CliRunner().invoke(main, [*arguments, "--db", str(index)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_command_tells_templates_their_notes_and_what_nobody_can_read(filled: Vault) -> None:
    filled.write("Meta/paper.md", TEMPLATE + "{{volume}}{{issue}}\n")
    filled.sync()
    (told,) = json.loads(run("templates", "--json", index=filled.index))
    assert (told["path"], told["notes"], told["unread"]) == ("Meta/paper.md", 1, [7])
    assert {"field": "container", "line": 3} in told["printed"]
    text = run("templates", index=filled.index)
    assert text.startswith("Meta/paper.md  made 1 note\n")
    assert text.endswith("  not understood: line 7\n")


def test_why_names_the_line_of_the_template(filled: Vault) -> None:
    filled.sync()
    assert "line 3 by template Meta/paper.md line 3" in run("show", "--why", "adler2020", index=filled.index)


def test_the_command_says_that_there_is_no_template(vault: Vault) -> None:
    vault.write("a.md", "words")
    vault.sync()
    assert run("templates", index=vault.index).startswith("No template makes literature notes here;")


def test_a_run_that_finds_nothing_to_do_reads_templates_without_the_parser(filled: Vault) -> None:
    filled.sync()
    program = (
        "import sys; from pathlib import Path; from litindex.sync import indexer;"
        "report = indexer.sync(Path(sys.argv[1]), Path(sys.argv[2]), jobs=1);"
        "print(report.parsed, 'litindex.parser' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(filled.path), str(filled.index)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 False\n"
