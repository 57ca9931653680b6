"""An index with a server, asked by the SDK's own client in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from litindex.sync import indexer

if TYPE_CHECKING:
    from mcp.types import CallToolResult

SAMPLE = Path(__file__).parents[2] / "sample_vault"
Call = Callable[..., "CallToolResult"]
Answer = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the sample vault."""
    made = tmp_path_factory.mktemp("agents") / "litindex.db"
    indexer.sync(SAMPLE, made)
    return made


def calling(index: Path) -> Call:
    """Calls a tool of the index."""
    import anyio
    from mcp import Client

    from litindex.mcp.server import make

    server = make(index)

    def call(tool: str, **arguments: Any) -> CallToolResult:
        async def ask() -> CallToolResult:
            async with Client(server) as client:
                return await client.call_tool(tool, arguments)

        return anyio.run(ask)

    return call


def answering(index: Path) -> Answer:
    """What a tool answers, as the client has checked it against the tool's schema."""
    call = calling(index)

    def answer(tool: str, **arguments: Any) -> dict[str, Any]:
        result = call(tool, **arguments)
        assert not result.is_error, result.content
        assert result.structured_content is not None
        return result.structured_content

    return answer


@pytest.fixture(scope="session")
def call(index: Path) -> Call:
    return calling(index)


@pytest.fixture(scope="session")
def answer(index: Path) -> Answer:
    return answering(index)
