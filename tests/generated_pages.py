"""The pages of the documentation that the program writes itself: `python -m tests.generated_pages` writes them anew."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import click

from litindex.cli import COMMANDS
from litindex.cli import main as group
from litindex.doctor import check
from litindex.query import named, schema_words
from tests.pages import DOCS
from tests.schema_picture import picture, references

_MADE = "<!-- Made by `python -m tests.generated_pages`: do not edit. -->\n\n"
_RANGE = re.compile(r"\[[\d.]+<=x<=[\d.]+\]|; [\d.]+<=x<=[\d.]+")
_SHARED_BY = 3
"""An option that so many commands have is described once."""


def commands() -> str:
    """docs/commands.md: every command as `--help` has it, and the options of many once."""
    made = {name: _command(name) for name in COMMANDS}
    shared = _shared_options(made.values())
    return "\n".join([
        "# Commands", "",
        "What `litindex COMMAND --help` says. Exit codes are the same everywhere: [exit codes](exit-codes.md).", "",
        *(line for name, command in made.items() for line in _command_lines(name, command, shared)),
        "## Options of many commands", "",
        *_option_table(shared.values()),
    ])  # fmt: skip


def _command(name: str) -> click.Command:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    return command


def _shared_options(all_commands: Iterable[click.Command]) -> dict[str, click.Option]:
    told = {_told(option): option for command in all_commands for option in _options(command)}
    counts = Counter(_told(option) for command in all_commands for option in _options(command))
    return {_told(option): option for key, option in told.items() if counts[key] >= _SHARED_BY}


def _options(command: click.Command) -> Iterator[click.Option]:
    return (each for each in command.params if isinstance(each, click.Option) and not each.hidden)


def _told(option: click.Option) -> str:
    record = option.get_help_record(click.Context(click.Command("litindex")))
    return " ".join(record or ())


def _command_lines(name: str, command: click.Command, shared: dict[str, click.Option]) -> Iterator[str]:
    # Below the group: click keeps the names of --help that it finds first.
    context = click.Context(command, click.Context(group, info_name="litindex", **group.context_settings), name)
    yield f"## {name}"
    yield ""
    yield f"```text\n{command.get_usage(context).removeprefix('Usage: ')}\n```"
    yield ""
    yield from _paragraphs(command.help or "")
    yield from _paragraphs(command.epilog or "")
    own = [option for option in _options(command) if _told(option) not in shared]
    if own:
        yield from _option_table(own)
    common = [f"`{option.opts[0]}`" for option in _options(command) if _told(option) in shared]
    if common:
        yield from (f"And [of many](#options-of-many-commands): {', '.join(common)}.", "")


def _paragraphs(text: str) -> Iterator[str]:
    """Help as Markdown: what click must not wrap is an example."""
    for part in filter(None, inspect.cleandoc(text).split("\n\n")):
        yield f"```text\n{inspect.cleandoc(part[2:])}\n```" if part.startswith("\b\n") else _escaped(part)
        yield ""


def _option_table(options: Iterable[click.Option]) -> Iterator[str]:
    yield from ("| option | |", "|---|---|")
    for option in options:
        record = option.get_help_record(click.Context(click.Command("litindex")))
        if record:
            words = " ".join(_RANGE.sub("", record[1]).split())
            yield f"| `{record[0].replace('|', chr(92) + '|')}` | {_escaped(words)} |"
    yield ""


def schema() -> str:
    """docs/schema.md: every table with its columns, every view with what it is for."""
    tables = schema_words.tables()
    lines = [
        "# Schema", "",
        "One row a thing; every row that comes out of a note has its note and its line. The words are those of the migrations, as",
        "`litindex schema` prints them. Ten questions with their SQL: [questions](questions.md).", "",
        "![Tables and their references](schema.svg)", "",
        "Where a table has a column `note_id`, it refers to `notes`; lines are the other references.", "",
        "## Tables", "",
    ]  # fmt: skip
    for table in tables.values():
        if table.kind == "table":
            lines += [*_table_lines(table)]
    lines += [
        "## Views",
        "",
        "`litindex schema NAME` prints the SQL of a view.",
        "",
        "| view | holds | columns |",
        "|---|---|---|",
    ]
    columns = references().columns
    lines += [
        f"| `{view.name}` | {_escaped(view.meaning)} | {', '.join(f'`{name}`' for name in columns[view.name])} |"
        for view in tables.values()
        if view.kind == "view"
    ]
    return "\n".join([*lines, ""])


def _table_lines(table: schema_words.Table) -> Iterator[str]:
    yield from (f"### {table.name}", "", _escaped(table.meaning or "Full text: see FTS5 in SQLite's manual."), "")
    if not table.columns:
        yield f"```text\n{table.sql.strip()}\n```"
        yield ""
        return
    yield from ("| column | type | meaning |", "|---|---|---|")
    yield from (f"| `{each.name}` | {each.type} | {_escaped(each.meaning)} |" for each in table.columns)
    yield ""


def checks() -> str:
    """docs/checks.md: every check with what it finds, why that matters and how it is mended."""
    found = check.load()
    lines = [
        "# Checks",
        "",
        "What `litindex doctor` looks for; how it is asked, and how to write checks of your own: [doctor](doctor.md).",
        "",
    ]
    for severity in check.SEVERITIES:
        lines += [
            f"## {severity.capitalize()}",
            "",
            "| check | finds | why it matters | how to mend it |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| `{each.name}` | {_escaped(each.title)} | {_escaped(each.why)} | {_escaped(each.mend)} |"
            for each in found.values()
            if each.severity == severity
        ]
        lines.append("")
    return "\n".join(lines)


def named_queries() -> str:
    """docs/named-queries.md: every shipped question with its parameters."""
    lines = [
        "# Named queries", "",
        "Questions that come with the program: `litindex query NAME`, or in the browser. `litindex query --list NAME` prints the SQL. How to",
        "write your own: [queries](queries.md).", "",
        "| query | answers | parameters |", "|---|---|---|",
    ]  # fmt: skip
    for query in named.load().values():
        parameters = "<br>".join(_escaped(_parameter(each)) for each in query.parameters)
        lines.append(f"| `{query.name}` | {_escaped(query.description or query.title)} | {parameters} |")
    return "\n".join([*lines, ""])


def _parameter(parameter: named.Parameter) -> str:
    needed = (
        "required" if parameter.default is None else f"default {parameter.default}" if parameter.default else "optional"
    )
    return f"`--{parameter.name}` ({parameter.type}, {needed})"


def _escaped(text: str) -> str:
    """As text in Markdown and its tables; what stands in backticks stays."""
    parts = re.split(r"(`[^`]*`)", text.replace("|", "\\|"))
    return "".join(part if part.startswith("`") else re.sub(r"([<*_\[\]])", r"\\\1", part) for part in parts)


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "schema.md": schema,
    "checks.md": checks,
    "named-queries.md": named_queries,
    "schema.svg": picture,
}


def content(name: str) -> str:
    """What the page should hold."""
    return PAGES[name]() if name.endswith(".svg") else _MADE + PAGES[name]()


if __name__ == "__main__":
    for page in PAGES:
        (DOCS / page).write_text(content(page), encoding="utf-8")
