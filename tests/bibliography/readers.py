"""Other people's readers of bibliography files: each gives id -> what it read, or fails."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from typing import Any

import pytest

PANDOC = shutil.which("pandoc")


def bibtexparser(text: str) -> dict[str, dict[str, str]]:
    """Entries by key, values as bibtexparser 2 gives them; a block that it rejects fails."""
    reader = pytest.importorskip("bibtexparser")
    library = reader.parse_string(text)
    assert library.failed_blocks == []
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}


def pybtex(text: str) -> Any:
    """pybtex's entries by key."""
    reader = pytest.importorskip("pybtex.database")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return reader.parse_string(text, "bibtex").entries


def rispy(text: str) -> dict[str, dict[str, Any]]:
    """Records by id."""
    reader = pytest.importorskip("rispy")
    return {record["id"]: record for record in reader.loads(text)}


def pandoc(text: str, kind: str) -> dict[str, dict[str, Any]]:
    """CSL items by id, of a bibtex, biblatex or csljson file."""
    if PANDOC is None:
        pytest.skip("pandoc is not installed")
    run = subprocess.run([PANDOC, "-f", kind, "-t", "csljson"], input=text, capture_output=True, text=True, check=True)
    assert "WARNING" not in run.stderr
    return {item["id"]: item for item in json.loads(run.stdout)}


def pandoc_cites(draft: str, bibliography: str, suffix: str, folder: Any) -> tuple[str, str]:
    """(the rendered draft, warnings)."""
    if PANDOC is None:
        pytest.skip("pandoc is not installed")
    file = folder / f"refs{suffix}"
    file.write_text(bibliography, encoding="utf-8")
    command = [PANDOC, "-f", "markdown", "-t", "plain", "--wrap=none", "--citeproc", f"--bibliography={file}"]
    run = subprocess.run(command, input=draft, capture_output=True, text=True, check=True)
    return run.stdout, run.stderr
