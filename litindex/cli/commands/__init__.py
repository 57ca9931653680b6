"""The commands, each a module of the folder that its section of `--help` names; imported when it is called."""

from __future__ import annotations

SECTIONS = {
    "Keep the index": {
        "build": ("keep.build:build", "Make the index of a vault, or bring it up to date."),
        "watch": ("keep.watch:watch", "Keep the index up to date while you write."),
        "status": ("keep.status:status", "What the index holds, and whether it is up to date."),
        "vaults": ("keep.vaults:vaults", "The vaults that are known, and the state of their indexes."),
        "templates": ("keep.templates:templates", "The templates of the vault, and what is read by them."),
    },
    "Find": {
        "list": ("find.list:list_command", "Works, notes, highlights, tasks, people or tags, with filters."),
        "search": ("find.search:search", "Find notes by words."),
        "show": ("find.show:show", "Everything known about one work or note."),
        "similar": ("find.similar:similar_command", "Works near one, and why."),
        "open": ("find.open:open_command", "A work or note in Obsidian, Zotero, your editor; its PDF or DOI."),
        "query": ("find.query:query", "Ask the index in SQL, or run a named query."),
        "schema": ("find.schema:schema", "Tables and columns, for questions in SQL."),
    },
    "Look after the notes": {
        "doctor": ("care.doctor:doctor", "What is wrong in the vault, and how to mend it."),
        "zotero": ("care.zotero:zotero", "What differs between the notes and Zotero."),
        "changes": ("care.changes:changes", "What changed in the notes, by day."),
        "lost": ("care.lost:lost", "Words of yours that are gone from a note, and what they were."),
    },
    "Write": {
        "export": ("write.export:export", "Works as CSL-JSON, BibTeX, BibLaTeX or RIS; those that a draft cites."),
        "cite": ("write.cite:cite", "Formatted references, in any CSL style."),
        "parquet": ("write.parquet:parquet", "The tables of the index as Parquet files, for larger engines."),
    },
    "Serve": {
        "serve": ("serve.serve:serve", "Browse the index with Datasette."),
        "mcp": ("serve.mcp:mcp", "Let agents ask the index, over MCP."),
        "datasette-config": (
            "serve.datasette_config:datasette_config",
            "Print what Datasette needs to show an index well.",
        ),
    },
    "Set up": {
        "service": ("setup.service:service", "Run `watch` in the background, from login on."),
        "completion": ("setup.completion:completion", "Let your shell complete citekeys, tags and names."),
        "man": ("setup.man:man", "Write the manual pages."),
    },
}
"""Section of `--help` -> command -> where it lives (module:attribute), and its line, shown without importing it."""

COMMANDS = {name: entry for section in SECTIONS.values() for name, entry in section.items()}

TWO_WORDS: dict[tuple[str, ...], str] = {("export", "parquet"): "parquet"}
"""What reads as a part of another command, and takes other words than that one: a command of its own."""
