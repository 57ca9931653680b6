"""The templates of a vault, read before its notes in the same run: what a note says depends on them.

Found by their content they are notes of the kind `template`; others are named, by a plugin or in `litindex.toml`. The
index keeps where those of the first sort stand, so that a run has to look only at what changed, and a digest of all: when
that differs, notes are read again, and the index stays a pure function of the vault.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from litindex.models import SourceFile, TemplateRules, TemplateSource
from litindex.sync.plan import Plan
from litindex.vault import read_file
from litindex.vault.names import is_note
from litindex.vault.plugin_templates import named_templates, vault_paths
from litindex.vault.root import Root

_MAX_BYTES: Final = 2**16
"""A template that is longer is none."""
_PATHS, _DIGEST = "templates", "templates_digest"


class Templates(NamedTuple):
    """`found`: vault path -> path on disk, of those known by their content."""

    sources: tuple[TemplateSource, ...] = ()
    found: dict[str, str] = {}  # noqa: RUF012 (never changed)

    def as_meta(self) -> dict[str, str]:
        """What the index keeps of them; nothing where there are none, as in an index that never heard of templates."""
        if not self.sources:
            return {_PATHS: "", _DIGEST: ""}
        import hashlib

        text = json.dumps(self.sources)
        return {_PATHS: json.dumps(self.found), _DIGEST: hashlib.sha256(text.encode()).hexdigest()}


def is_other(templates: Templates, meta: Mapping[str, str]) -> bool:
    """Whether the notes of an index were read with other templates."""
    return templates.as_meta()[_DIGEST] != meta.get(_DIGEST, "")


def find_templates(
    root: Root, rules: TemplateRules, meta: Mapping[str, str], plan: Plan, before: Templates
) -> Templates:
    """All templates, by path: the known ones, those among the notes that are new or changed, and the named ones.

    `before`: what an earlier run found; counts for a file that cannot be read now but is held for known.
    """
    if rules.off:
        return Templates()
    gone = {old.path for part in (plan.notes, plan.attachments) for old in part.gone if old.id not in part.held}
    changed = {file.path: file for file in (*plan.notes.new, *(file for file, _ in plan.notes.changed))}
    reader = _Reader(root, rules, {source.path: source for source in before.sources if source.path not in gone})
    for path, disk in _known(meta).items():
        if path not in gone and path not in changed:
            reader.add(_file(path, disk))
    for file in changed.values():
        reader.add_if_template(file)
    found = {path: reader.disk[path] for path in sorted(reader.sources)}
    named = named_templates(root)
    for path, name in {**dict.fromkeys(vault_paths(list(rules.use)), ""), **named.files}.items():
        reader.add(_file(path, path), name)
    sources = [*reader.sources.values(), *(each for each in named.texts if not _is_ignored(each.path, rules.ignore))]
    return Templates(tuple(sorted(sources)), found)


def _known(meta: Mapping[str, str]) -> dict[str, str]:
    paths: dict[str, str] = json.loads(meta.get(_PATHS) or "{}")
    return paths


def _file(path: str, disk_path: str) -> SourceFile:
    return SourceFile(path, disk_path, is_note(path), 0, 0, 0, -1)


def _is_ignored(path: str, ignored: Iterable[str]) -> bool:
    return any(path == each or (each.endswith("/") and path.startswith(each)) for each in ignored)


class _Reader:
    def __init__(self, root: Root, rules: TemplateRules, before: Mapping[str, TemplateSource]) -> None:
        self.sources: dict[str, TemplateSource] = {}
        self.disk: dict[str, str] = {}
        self._root = root
        self._rules = rules
        self._before = before

    def add(self, file: SourceFile, file_name: str = "") -> None:
        """Takes a file for a template, if it can be read."""
        if _is_ignored(file.path, self._rules.ignore):
            return
        data = self._read(file)
        if data is not None:
            self._put(file, _decode(data), file_name)
        elif file.path in self._before:
            self.sources[file.path] = self._before[file.path]
            self.disk[file.path] = os.fsdecode(file.disk_path)

    def add_if_template(self, file: SourceFile) -> None:
        """Takes a note for one if it is a template of literature notes."""
        if file.excluded or file.size > _MAX_BYTES or _is_ignored(file.path, self._rules.ignore):
            return
        data = self._read(file)
        if data is not None and (b"{{" in data or b"<%" in data) and _is_template(file.path, data):
            self._put(file, _decode(data), "")

    def _put(self, file: SourceFile, text: str, file_name: str) -> None:
        self.sources[file.path] = TemplateSource(file.path, text, file_name)
        self.disk[file.path] = os.fsdecode(file.disk_path)

    def _read(self, file: SourceFile) -> bytes | None:
        try:
            data = read_file.read(self._root, file)[1]
        except read_file.Unreadable:
            return None
        return data if len(data) <= _MAX_BYTES else None


def _decode(data: bytes) -> str:
    """Not as a note is decoded: a run that finds nothing to do has no time for the parser."""
    return data.decode("utf-8-sig", errors="replace")


def _is_template(path: str, data: bytes) -> bool:
    """Imported here: a run in which no note changed pays for nothing."""
    from litindex.parser import parse_note
    from litindex.parser.templates.invert import makes_literature

    return makes_literature(_decode(data)) and parse_note(path, data).kind == "template"
