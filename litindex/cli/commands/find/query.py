"""`litindex query`: ask by SQL or by the name of a question."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from litindex.cli.asking import typed
from litindex.cli.options import offers
from litindex.cli.options.index import index_option
from litindex.cli.options.limits import timeout_option
from litindex.cli.terminal.output import Output, output_options, write, write_rows
from litindex.cli.terminal.screen import bold, escape, escape_lines, on_terminal, text_width, wrap
from litindex.query import named
from litindex.query.connection import reading
from litindex.query.named import NamedQuery, Parameter, TimeLimit, Value


@click.command(
    cls=offers.QueryCommand,
    context_settings={"ignore_unknown_options": True},
    epilog="A query named in a folder `queries` beside the index is yours: `litindex query NAME` finds it.",
)
@click.argument(
    "words", nargs=-1, type=click.UNPROCESSED, metavar="[SQL | NAME [VALUE...]]", shell_complete=offers.query_words
)
@click.option("-p", "--param", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="A parameter of the query.")
@click.option(
    "--list", "listing", is_flag=True, help="List the named queries (as without a word); with NAME, show its SQL."
)
@click.option(
    "--queries",
    "folders",
    multiple=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="More named queries, one .sql file each.",
)
@timeout_option
@index_option
@output_options
def query(
    words: tuple[str, ...],
    given: Sequence[tuple[str, str]],
    listing: bool,
    folders: tuple[Path, ...],
    timeout: float,
    index: Path,
    output: Output,
) -> None:
    """Ask the index, by SQL or by the name of a question.

    \b
      litindex query --list
      litindex query reading-queue --tag ml
      litindex query author "Okafor, Ngozi"
      litindex query "select year, count(*) from works group by year"
      litindex query "select title from works where year = :y" -p y 2024 --csv

    Parameters of a named query are options (--tag ml) or come in their order. SQL is read from stdin where it is `-`.
    Nothing can be written.
    """
    words = tuple(typed([word]) for word in words)
    if words and not listing and not named.is_name(words[0]):
        _ask(index, _sql(words), dict(given), timeout, output)
        return
    questions = named.load(index.with_name("queries"), *folders)
    if listing or not words:
        _list(questions, words, output)
    else:
        question = named.find(words[0], questions)
        _ask(index, question.sql, question.bind(_values(question, words[1:], given)), timeout, output)


def _ask(index: Path, sql: str, values: Mapping[str, Value], timeout: float, output: Output) -> None:
    with reading(index) as connection:
        result = named.run(connection, sql, values, TimeLimit(timeout))
        write_rows(result.columns, result.rows, output)


def _sql(words: Sequence[str]) -> str:
    if len(words) > 1:
        raise click.UsageError(f"{words[1]!r} after the SQL: no such option, or SQL that needs quotes around it")
    return sys.stdin.read() if words[0] == "-" else words[0]


def _values(query: NamedQuery, words: Sequence[str], given: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What -p, --name VALUE, --name=VALUE and values in their order give to the parameters."""
    values = dict(given)
    rest = iter(words)
    for word in rest:
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            values[name.replace("-", "_")] = value if equals else _value_of(word, rest)
        else:
            values[_next_parameter(query, values, word)] = word
    return values


def _value_of(option: str, rest: Iterator[str]) -> str:
    value = next(rest, None)
    if value is None:
        raise click.UsageError(f"{option} needs a value")
    return value


def _next_parameter(query: NamedQuery, values: Mapping[str, str], word: str) -> str:
    free = next((parameter.name for parameter in query.parameters if parameter.name not in values), None)
    if free is None:
        raise click.UsageError(f"query {query.name!r} has no parameter left for {word!r}")
    return free


def _list(questions: Mapping[str, NamedQuery], words: Sequence[str], output: Output) -> None:
    if words:
        sql = named.find(words[0], questions).sql.rstrip()
        write([escape_lines(sql) if on_terminal() else sql, "\n"])
    elif output == Output() or output.kind == "table":
        write(line + "\n" for query in questions.values() for line in _described(query))
    else:
        rows = [(query.name, query.title, query.description, _usage(query)) for query in questions.values()]
        write_rows(("name", "title", "description", "parameters"), rows, output)


def _described(query: NamedQuery) -> Iterator[str]:
    yield f"{bold(escape(query.name))} {escape(_usage(query))}".rstrip()
    yield from (f"    {line}" for line in wrap(escape(query.description or query.title), text_width() - 4))


def _usage(query: NamedQuery) -> str:
    return " ".join(map(_usage_of, query.parameters))


def _usage_of(parameter: Parameter) -> str:
    usage = f"--{parameter.name} {parameter.default or parameter.type.upper()}"
    return usage if parameter.default is None else f"[{usage}]"
