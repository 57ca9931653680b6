"""The runner of the vectors, on a folder of small ones."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.vectors import __main__ as command
from tests.vectors import runner


def write_vector(folder: Path, name: str, note: str, expect: dict[str, Any], **more: Any) -> Path:
    data = note.encode()
    (folder / f"{name}.md").write_bytes(data)
    vector = {"id": name, "path": "Note.md", "sha256": hashlib.sha256(data).hexdigest(), "expect": expect, **more}
    file = folder / f"{name}.json"
    file.write_text(json.dumps(vector), "utf-8")
    return file


def places(file: Path) -> list[str]:
    return [difference.path for difference in runner.run(file)]


def run_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object
) -> tuple[int, str]:
    monkeypatch.setattr("sys.argv", ["tests.vectors", *map(str, arguments)])
    status = command.main()
    return status, capsys.readouterr().out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_vector(tmp_path, "good", "# A\n", {"headings": [{"level": 1, "text": "A"}]})
    write_vector(tmp_path, "wrong", "# A\n#b\n", {"headings": [{"text": "B"}], "tags": {"inline": ["c"]}})
    (tmp_path / "broken.json").write_text("{")
    return tmp_path


def test_each_failure_is_told_by_its_first_difference_and_all_are_counted(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out = run_command(capsys, monkeypatch, folder)
    told = out.splitlines()
    assert (status, told[-1]) == (1, "1 passed, 2 failed")
    at = told.index("wrong")
    assert told[at + 1 : at + 4] == ["  headings[0].text", '    expected: "B"', '    actual:   "A"']
    assert "tags.inline" not in out


def test_all_differences_are_told_when_asked(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "tags.inline[0]" in run_command(capsys, monkeypatch, folder, "wrong", "--all-differences")[1]


def test_only_the_vectors_named_are_run(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_command(capsys, monkeypatch, folder, "good") == (0, "1 passed, 0 failed\n")
    with pytest.raises(SystemExit, match="2"):
        run_command(capsys, monkeypatch, folder, "gone")


def test_a_folder_without_vectors_has_not_passed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_command(capsys, monkeypatch, tmp_path) == (1, "0 passed, 0 failed\n")


def test_an_altered_note_is_noticed(tmp_path: Path) -> None:
    file = write_vector(tmp_path, "v", "# A\n", {})
    file.with_suffix(".md").write_bytes(b"# A\r\n")
    assert places(file) == ["sha256"]


def test_a_key_that_no_rule_explains_is_a_difference(tmp_path: Path) -> None:
    assert places(write_vector(tmp_path, "v", "", {"colour": "red", "headings": []})) == ["colour"]


def test_a_note_that_is_not_indexed_is_a_difference_under_each_key(tmp_path: Path) -> None:
    file = write_vector(tmp_path, "v", "# A\n", {"headings": [], "tags": {}}, path=".hidden/Note.md")
    assert places(file) == ["headings", "tags"]


def test_a_query_is_asked_of_the_whole_vault(tmp_path: Path) -> None:
    expect = {"sql": [["SELECT path FROM notes ORDER BY path", [["Note.md"], ["sub/B.md"]]], ["SELECT nonsense", []]]}
    told = runner.run(write_vector(tmp_path, "v", "", expect, vault={"sub/B.md": "b\n"}))
    assert [difference.path for difference in told] == ["sql"]
    assert "no such column" in str(told[0].actual)


def test_steps_write_delete_and_ask(tmp_path: Path) -> None:
    paths = "SELECT path FROM notes ORDER BY path"
    steps = [
        {"write": {"B.md": "b\n", "x/a.png": ""}, "sql": [[paths, [["B.md"], ["Note.md"]]]]},
        {"delete": ["Note.md"], "sql": [[paths, [["B.md"]]], ["SELECT count(*) FROM attachments", [[2]]]]},
    ]
    told = runner.run(write_vector(tmp_path, "v", "", {"steps": steps}))
    assert [(difference.path, difference.actual) for difference in told] == [
        ("steps[1] sql 'SELECT count(*) FROM attachments'[0][0]", 1)
    ]


def test_links_are_resolved_from_any_source(tmp_path: Path) -> None:
    triples = [
        ["Note.md", "b", "x/B.md"],
        ["Note.md", "", "Note.md"],
        ["Note.md", "odd[name.png", "odd[name.png"],
        ["x/B.md", "./Note", None],
        ["x/new.md", "B", "x/B.md"],
        ["Note.md", "c", "x/B.md"],
    ]
    file = write_vector(tmp_path, "v", "text\n", {"resolve": triples}, vault={"x/B.md": "b\n", "odd[name.png": ""})
    assert places(file) == ["resolve Note.md[3]"]


@pytest.mark.parametrize(
    "between", ["", "[w](https://example.org) "], ids=["only Zotero links", "another link between"]
)
def test_zotero_uris_are_told_one_a_link(tmp_path: Path, between: str) -> None:
    note = (
        f"[a](zotero://select/groups/7/items/ABCD2345) {between}[b](zotero://select/items/@roe20) "
        "[c](zotero://open-pdf/library/items/ABCD2345?page=3&annotation=BCDE2345)\n"
    )
    refs: list[dict[str, Any] | None] = [
        {"action": "select", "library": "groups/7", "key": "ABCD2345", "citekey": None},
        {"citekey": "roe20", "key": None},
        {"action": "open-pdf", "library": "library", "page": 3, "annotation": "BCDE2345"},
    ]
    assert places(write_vector(tmp_path, "v", note, {"zotero_refs": refs})) == []
    if between:
        with_gap = [refs[0], None, *refs[1:]]
        assert places(write_vector(tmp_path, "w", note, {"zotero_refs": with_gap})) == []


def test_types_of_properties_are_told_by_canonical_key(tmp_path: Path) -> None:
    note = "---\nMy Rating: 5\ndone: true\nday: 2024-01-15\nup: '[[N]]'\nnone:\nmany: [a, b]\n---\n"
    types = {"my-rating": "number", "done": "boolean", "day": "date", "up": "link", "none": "null", "many": "text"}
    assert places(write_vector(tmp_path, "v", note, {"property_types": types})) == []
