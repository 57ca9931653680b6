"""The server: the tools and resources of one index, over stdio."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import CallToolResult, Completion, TextContent, ToolAnnotations

from litindex.errors import LitindexError
from litindex.index import database
from litindex.mcp import limits
from litindex.mcp.answers import NOTICE, Answer
from litindex.mcp.tools import Tools
from litindex.query import completion
from litindex.safe_json import to_json
from litindex.version import __version__

INSTRUCTIONS: Final = (
    "The index of an Obsidian vault of literature notes: works, what was highlighted in them, what the user wrote about "
    "them, and how notes cite each other. Nothing can be changed. Begin with search or list_works; get_work has all about "
    f"one work, get_note the text by lines, query_sql all the rest (vault_schema tells the tables). Each answer says: {NOTICE}"
)
_READS: Final = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def serve(index: Path) -> None:
    """Answers on stdin and stdout until the client goes. IndexFileError: there is no index."""
    make(index).run("stdio")


def make(index: Path) -> MCPServer:
    """The server of an index. IndexFileError as `serve`."""
    database.open_readonly(index).close()
    server = MCPServer("litindex", instructions=INSTRUCTIONS, version=__version__, log_level="ERROR")
    tools = Tools(index)
    for ask in (
        tools.search, tools.list_works, tools.get_work, tools.get_note, tools.cites, tools.query_sql, tools.vault_schema,
    ):  # fmt: skip
        about = " ".join((ask.__doc__ or "").split())
        server.add_tool(_answering(ask), description=about, annotations=_READS, structured_output=True)
    _add_resources(server, tools)
    _add_completion(server, index)
    return server


def _answering(ask: Callable[..., Answer]) -> Callable[..., CallToolResult]:
    """The tool as the SDK wants it: its answer as JSON, in a text and as structured content. What was asked wrongly is
    told to the agent.
    """

    @functools.wraps(ask)
    def answer(**arguments: Any) -> CallToolResult:
        try:
            content = _content(ask(**arguments))
        except LitindexError as error:
            raise ToolError(str(error)) from error
        return CallToolResult(content=[TextContent(text=to_json(content))], structured_content=content)

    return answer


def _content(answer: Answer) -> dict[str, Any]:
    content, cuts = limits.shorten(limits.plain(answer))
    return {**content, "cut": limits.plain(cuts)} if cuts else content


def _add_resources(server: MCPServer, tools: Tools) -> None:
    """As the tools of the same questions answer, the first page of it."""

    def read(ask: Callable[[str], Answer], called: str) -> str:
        try:
            return to_json(_content(ask(called)))
        except LitindexError as error:
            raise ResourceNotFoundError(str(error)) from error

    def work(citekey: str) -> str:
        """Everything about a work, by its citekey: as get_work."""
        return read(tools.get_work, citekey)

    def note(path: str) -> str:
        """The text of a note by lines, by its path in the vault: as get_note."""
        return read(tools.get_note, path)

    server.resource("litindex://works/{citekey}", mime_type="application/json")(work)
    server.resource("litindex://notes/{+path}", mime_type="application/json")(note)


def _add_completion(server: MCPServer, index: Path) -> None:
    async def complete(reference: Any, argument: Any, context: Any) -> Completion:
        known = completion.citekeys if argument.name == "citekey" else completion.note_names
        values = [name for name, _ in known(index, argument.value)]
        return Completion(values=values[: limits.MOST_ROWS], total=len(values))

    server.completion()(complete)
