"""What keeps the notes private and the browser safe: which Host names are answered, what pages may load (FAULTS section 7,
adversaries A and B).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from litindex.datasette_plugin.detect import index_names, only_index, shown_names

_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_REFUSED = (
    "421 Misdirected Request: this Datasette shows a private index and answers to localhost only.\n"
    "To allow another name, add to its configuration:  plugins: {litindex: {hosts: [NAME]}}\n"
)
# Datasette's own pages hold inline scripts and styles. Even so nothing is loaded from or sent to elsewhere.
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STRICT_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""For pages of ours, which hold text of notes: no script, no image, nothing from elsewhere."""

_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}

_Message = MutableMapping[str, Any]
_Send = Callable[[_Message], Awaitable[None]]
_Receive = Callable[[], Awaitable[_Message]]


class Guard:
    """ASGI middleware; does nothing in a Datasette that shows no index."""

    def __init__(self, app: Any, datasette: Any) -> None:
        self._app = app
        self._datasette = datasette

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        if scope["type"] != "http" or not index_names(self._datasette):
            await self._app(scope, receive, send)
        elif not self._is_allowed(scope):
            await _refuse(send)
        else:
            scope = self._at_home(scope)
            await self._app(scope, receive, _with_headers(send) if self._concerns(scope["path"]) else send)

    def _is_allowed(self, scope: _Message) -> bool:
        """A page of another site can make its own name point to this machine, but cannot make the browser say ours."""
        config = self._datasette.plugin_config("litindex") or {}
        allowed = (*_HOSTS, *config.get("hosts", ()))
        named = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
        return len(named) == 1 and _without_port(named[0]) in allowed

    def _at_home(self, scope: _Message) -> _Message:
        """`/` is the library where there is nothing else to choose from, and the choice of indexes else."""
        base = self._datasette.setting("base_url")
        if scope["path"] not in (base, base.rstrip("/")) or scope["method"] not in ("GET", "HEAD"):
            return scope
        index = only_index(self._datasette)
        urls = self._datasette.urls
        path = f"{urls.database(index)}/-/library" if index else str(urls.path("/-/litindex"))
        return {**scope, "path": path, "raw_path": path.encode("ascii")}

    def _concerns(self, path: str) -> bool:
        """Everything, unless there are databases of others: their pages are left as they are."""
        names = index_names(self._datasette)
        starts = tuple(str(self._datasette.urls.database(name)) for name in names)
        return names == shown_names(self._datasette) or path.startswith(starts)


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _with_headers(send: _Send) -> _Send:
    async def send_with_headers(message: _Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers") or [])
            present = {bytes(name).lower() for name, _ in headers}
            more = [(name.encode(), text.encode()) for name, text in _HEADERS.items() if name.encode() not in present]
            message = {**message, "headers": headers + more}
        await send(message)

    return send_with_headers


async def _refuse(send: _Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": _REFUSED.encode()})
