"""`python -m tests.packaging [PYTHON]...`: wheel and source archive in fresh environments, with each of these interpreters.

Asks the package index for the dependencies, so it is no part of the tests; with uv on the PATH also `uv tool install .`, `uvx --from .`,
with pipx `pipx install .`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
VAULT = ROOT / "sample_vault"


def main() -> int:
    pythons = sys.argv[1:] or list(filter(None, (shutil.which(f"python3.{minor}") for minor in range(11, 15))))
    failures = 0
    with tempfile.TemporaryDirectory(prefix="litindex-packaging-") as name:
        folder = Path(name)
        wheel, archive = _build(folder / "dist")
        for what, steps in (*_installations(pythons, wheel, archive, folder), *_tools(folder)):
            told = _told(steps, folder)
            failures += not told.startswith("20 works")
            print(f"{what}: {told}", flush=True)
    return min(failures, 1)


def _build(folder: Path) -> tuple[Path, Path]:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def _installations(
    pythons: list[str], wheel: Path, archive: Path, folder: Path
) -> Iterator[tuple[str, list[list[str]]]]:
    """(what is tried, its commands); the last command is the program."""
    for at, python in enumerate(pythons):
        for package in (wheel, archive):
            place = folder / f"{at}-{package.suffix}"
            inside = str(place / ("Scripts" if os.name == "nt" else "bin") / "python")
            pip = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            yield (
                f"{python}, {package.name}",
                [
                    [python, "-m", "venv", str(place)],
                    [*pip, f"{package}[datasette]"],
                    [inside, "-m", "litindex"],
                ],
            )


def _tools(folder: Path) -> Iterator[tuple[str, list[list[str]]]]:
    if shutil.which("uv"):
        yield "uvx --from .", [["uvx", "--quiet", "--from", str(ROOT), "litindex"]]
        yield "uv tool install .", [["uv", "tool", "install", "--quiet", str(ROOT)], [str(folder / "uv" / "litindex")]]
    if shutil.which("pipx"):
        yield "pipx install .", [["pipx", "install", "--quiet", str(ROOT)], [str(folder / "pipx" / "litindex")]]


def _told(steps: list[list[str]], folder: Path) -> str:
    """How many works the program finds in sample_vault, or what went wrong."""
    *before, program = steps
    index = str(folder / "index.db")
    Path(index).unlink(missing_ok=True)
    build = [*program, "build", str(VAULT), "--db", index, "--quiet"]
    ask = [*program, "query", "SELECT count(*) || ' works' FROM works", "--raw", "--db", index]
    said = ""
    for command in (*before, build, ask):
        done = subprocess.run(
            command, cwd=folder, env=_environment(folder), capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            return f"{' '.join(command[:4])} ended with {done.returncode}: {done.stderr.strip()[-300:]}"
        said = done.stdout.strip()
    return said


def _environment(folder: Path) -> dict[str, str]:
    """Tools install into the folder; nothing of this checkout is seen."""
    places = {
        "UV_TOOL_DIR": "uv-tools", "UV_TOOL_BIN_DIR": "uv", "PIPX_HOME": "pipx-home", "PIPX_BIN_DIR": "pipx", "PIPX_MAN_DIR": "man",
        "LITINDEX_DATA": "data",
    }  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LITINDEX"))}
    return {**kept, **{name: str(folder / place) for name, place in places.items()}}


if __name__ == "__main__":
    sys.exit(main())
