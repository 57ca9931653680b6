"""Where plugins keep the templates that they make literature notes with. Of their settings nothing else is read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from litindex.models import TemplateSource
from litindex.vault import crawler, plain_files
from litindex.vault.root import Root

_MAX_BYTES: Final = 2**20


class Named(NamedTuple):
    """Templates that some plugin names: `files`: vault path -> the template of the notes' names ('' where there is none);
    `texts`: those that stand in the plugin's settings themselves.
    """

    files: dict[str, str]
    texts: list[TemplateSource]


def named_templates(root: Root) -> Named:
    """What the plugins of this vault name. Settings that are missing or cannot be read name nothing."""
    named = Named({}, [])
    plugins = _plugins_folder(root)
    for plugin, take in _PLUGINS.items() if plugins else ():
        place = f"{plugins}/{plugin}/data.json"
        try:
            settings = json.loads(plain_files.read(os.path.join(root.path, place), _MAX_BYTES))
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(settings, dict):
            take(settings, place, root, named)
    return named


def _plugins_folder(root: Root) -> str | None:
    folders = (f"{folder}/plugins" for folder in crawler.config_folders(root))
    return next((each for each in folders if os.path.isdir(os.path.join(root.path, each))), None)


def _citations(settings: dict[str, Any], place: str, root: Root, named: Named) -> None:
    """https://github.com/hans/obsidian-citation-plugin: src/settings.ts; the path is of a later fork."""
    name, key = _text(settings, "literatureNoteTitleTemplate"), "literatureNoteContentTemplate"
    if text := _text(settings, key):
        named.texts.append(TemplateSource(f"{place} {key}", text, name))
    if path := _path(settings, "literatureNoteContentTemplatePath"):
        named.files[path] = name


def _bibnotes(settings: dict[str, Any], place: str, root: Root, named: Named) -> None:
    """https://github.com/stefanopagliari/bibnotes: src/types.ts"""
    if text := _text(settings, "templateContent"):
        named.texts.append(TemplateSource(f"{place} templateContent", text))


def _zotero_integration(settings: dict[str, Any], place: str, root: Root, named: Named) -> None:
    """https://github.com/mgmeyers/obsidian-zotero-integration: src/types.ts"""
    formats = settings.get("exportFormats")
    for each in formats if isinstance(formats, list) else ():
        if isinstance(each, dict) and (path := _path(each, "templatePath")):
            named.files[path] = ""


def _zotlit(settings: dict[str, Any], place: str, root: Root, named: Named) -> None:
    """https://github.com/PKM-er/obsidian-zotlit: settings of templates; only the template of the note makes one."""
    template = settings.get("template")
    folder = _path(template if isinstance(template, dict) else settings, "folder") or "ZtTemplates"
    try:
        names = sorted(os.listdir(os.path.join(root.path, *folder.split("/"))))
    except OSError:
        return
    for name in names:
        if name.startswith("zt-note"):
            named.files[f"{folder}/{name}"] = ""


_PLUGINS: Final[dict[str, Callable[[dict[str, Any], str, Root, Named], None]]] = {
    "obsidian-citation-plugin": _citations,
    "bibnotes": _bibnotes,
    "obsidian-zotero-desktop-connector": _zotero_integration,
    "zotlit": _zotlit,
}
"""Plugin -> what is taken out of its settings."""


def _text(settings: dict[str, Any], key: str) -> str:
    value = settings.get(key)
    return value if isinstance(value, str) else ""


def _path(settings: dict[str, Any], key: str) -> str:
    """A path in the vault, as the index writes it; '' for anything that leads out of it."""
    return next(vault_paths([_text(settings, key)]), "")


def vault_paths(written: list[str]) -> Iterator[str]:
    """Those of the paths that may be of files in the vault."""
    for path in written:
        names = [name for name in crawler.spell(path.replace("\\", "/")).split("/") if name]
        if names and not any(name.startswith(".") or ":" in name for name in names):
            yield "/".join(names)
