"""With `LITINDEX_COMPILE=1` in the environment, `pip wheel .` compiles the parser with mypyc; without, nothing happens here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = (
    "litindex/parser/**/*.py",
    "litindex/models.py",
    "litindex/text_keys.py",
    "litindex/index/rows.py",
    "litindex/index/search_texts.py",
)
SETUP = """
import sys
from mypyc.build import mypycify
from setuptools import Distribution

folder, *sources = sys.argv[1:]
build = Distribution({"ext_modules": mypycify(sources, target_dir=f"{folder}/c", multi_file=True, opt_level="2")}).get_command_obj("build_ext")
build.build_lib, build.build_temp = folder, f"{folder}/objects"
build.ensure_finalized()
build.run()
"""


class CustomBuildHook(BuildHookInterface[Any]):
    """Adds the compiled modules beside their sources, which stay for tracebacks and for whoever reads them."""

    def dependencies(self) -> list[str]:
        """mypyc types whatever the compiled modules lead to, so it needs all that litindex needs."""
        needed = ["mypy>=1.15", "setuptools", "types-PyYAML", *self.metadata.core.dependencies]
        return needed if self._is_wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not self._is_wanted() or version == "editable":
            return
        self.folder = Path(tempfile.mkdtemp(prefix="litindex-compiled-"))
        compile_into(self.folder, Path(self.root))
        modules = {str(each): str(each.relative_to(self.folder)) for each in self.folder.rglob("*.so")}
        build_data["force_include"].update(modules)
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def _is_wanted(self) -> bool:
        return self.target_name == "wheel" and os.environ.get("LITINDEX_COMPILE", "0") not in ("", "0")


def compile_into(folder: Path, root: Path) -> None:
    """Writes the compiled modules of the checkout `root` below `folder`."""
    sources = sorted(str(path.relative_to(root)) for each in COMPILED for path in root.glob(each) if _is_whole(path))
    subprocess.run([sys.executable, "-c", SETUP, folder, *sources], cwd=root, check=True)


def _is_whole(path: Path) -> bool:
    """What begins a package has nothing to compile, and mypyc asks a `__getattr__` in it before the module is there."""
    return path.name != "__init__.py"
