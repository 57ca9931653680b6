"""What is shipped works where nothing else of this folder is: the wheel, in a new virtual environment."""

from __future__ import annotations

import ast
import email
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with wheel and source archive."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (file,) = built.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment with the wheel in it; other packages are those that run this test."""
    place = tmp_path_factory.mktemp("venv")
    venv.create(place, with_pip=False)
    (packages,) = place.rglob("site-packages")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", str(packages), str(wheel)], check=True, capture_output=True)
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(python: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [str(python), "-m", "litindex", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_what_is_compiled_holds_nothing_that_mypyc_cannot_read() -> None:
    """It ends with an error of its own at a list with a star behind `in`."""
    build = pytest.importorskip("hatch_build")
    for path in {path for each in build.COMPILED for path in ROOT.glob(each)}:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            behind = node.comparators if isinstance(node, ast.Compare) else ()
            stars = [each for some in behind for each in getattr(some, "elts", ()) if isinstance(each, ast.Starred)]
            assert not stars, f"{path}:{node.lineno}" if isinstance(node, ast.Compare) else path


def test_the_wheel_holds_the_package_its_migrations_and_its_queries(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {f"litindex/migrations/{file.name}" for file in (ROOT / "migrations").glob("*.sql")}
    sql = (ROOT / "litindex").rglob("*.sql")
    shipped |= {"litindex/py.typed", *(file.relative_to(ROOT).as_posix() for file in sql)}
    shipped |= {str(file.relative_to(ROOT).as_posix()) for file in (ROOT / "litindex").rglob("*.py")}
    shipped |= {file.relative_to(ROOT).as_posix() for file in (ROOT / "litindex" / "cli" / "shells").glob("litindex.*")}
    assert shipped <= names
    assert not {name for name in names if name.startswith(("tests/", "sample_vault/"))}


def test_the_source_archive_holds_what_its_tests_need(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    small = {
        ".ci/run",
        "CHANGELOG.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "SECURITY.md",
        "mkdocs.yml",
    }
    pages = {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")}
    assert small | pages | {"tests/pages.py", "sample_vault/Home.md", "migrations/0001_initial.sql"} <= names


def test_the_metadata_names_the_pythons_and_systems(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        (place,) = (name for name in file.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(file.read(place))
    named = {line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier", [])}
    assert (metadata["Name"], metadata["Requires-Python"]) == ("obsidian-litindex", ">=3.11")
    assert {"3.11", "3.12", "3.13", "3.14", "Linux", "MacOS", "Windows", "Typed"} <= named


def test_the_installed_program_builds_an_index(python: Path, tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    for at in range(250):
        (tmp_path / "vault" / f"{at}.md").write_text(f"---\ncitekey: key{at}\n---\n# On bells\n[[{at + 1}]]\n")
    result = run(python, "build", "vault", "--jobs", "2", folder=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "250 notes" in result.stdout
    assert run(python, "build", folder=tmp_path).stdout.startswith("Nothing changed: 250 notes")
    assert run(python, "--version", folder=tmp_path).returncode == 0
    answer = run(python, "query", "select count(*) as n from works", "--csv", folder=tmp_path)
    assert answer.stdout.split() == ["n", "250"]
