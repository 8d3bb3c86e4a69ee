"""A small real HTTP server on loopback, in a thread of its own: for async tests, the command line and subprocesses.

    with HttpServer({"/a.html": page("<p>…</p>"), "/moved": redirect("/a.html")}) as server:
        ... server.url("/a.html") ... server.targets ... server.busiest

A route is raw bytes as sent on the wire (`reply` makes them), or a coroutine function that gets the `Exchange` and may
drip, cut or tunnel as it likes; routes may be changed while the server runs. What has no route is 404, robots.txt too.
A raw answer closes the connection afterwards if it says `Connection: close`.
"""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Seen:
    """One request as it arrived; header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Exchange:
    """What a route's coroutine works with."""

    request: Seen
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


Route = bytes | Callable[[Exchange], Awaitable[None]]


def reply(body: bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None) -> bytes:
    """A whole answer on the wire. A Content-Length is added unless `headers` has one or says how the body ends."""
    fields = dict(headers or {})
    names = {name.lower() for name in fields}
    if not names & {"content-length", "transfer-encoding"} and status not in (204, 304):
        fields["Content-Length"] = str(len(body))
    phrase = HTTPStatus(status).phrase if status in {known.value for known in HTTPStatus} else "Odd"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {text}" for name, text in fields.items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def page(html: str, encoding: str = "utf-8", **headers: str) -> bytes:
    """A page that says its charset; keyword headers with underscores for hyphens."""
    shown = {name.replace("_", "-"): text for name, text in headers.items()}
    return reply(html.encode(encoding), headers={"Content-Type": f"text/html; charset={encoding}", **shown})


def redirect(to: str, status: int = 302) -> bytes:
    return reply(status=status, headers={"Location": to})


@dataclass
class HttpServer:
    """Serves `routes` on a free port of 127.0.0.1 while the `with` block runs."""

    routes: dict[str, Route] = field(default_factory=dict)
    fallback: Route = field(default_factory=lambda: reply(b"nothing here", 404))
    """Answers what has no route of its own (a proxy answers everything here)."""
    tls: ssl.SSLContext | None = None
    requests: list[Seen] = field(default_factory=list)
    connections: int = 0
    busiest: int = 0
    """The most requests that were being answered at the same time."""
    port: int = 0
    _busy: int = 0

    @property
    def targets(self) -> list[str]:
        """What was asked for, in order."""
        return [request.target for request in self.requests]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def __enter__(self) -> Self:
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10), "the test server did not start"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._loop.set_exception_handler(lambda _loop, _context: None)  # failed handshakes are part of the tests
        server = await asyncio.start_server(self._connection, "127.0.0.1", self.port, ssl=self.tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await self._answer(reader, writer):
                pass
        with contextlib.suppress(OSError, asyncio.CancelledError):
            writer.close()
            await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; True: the connection stays open for the next."""
        request = await _receive(reader)
        self.requests.append(request)
        self._busy += 1
        self.busiest = max(self.busiest, self._busy)
        try:
            route = self.routes.get(request.target, self.fallback)
            if not isinstance(route, bytes):
                await route(Exchange(request, reader, writer))
                return False
            writer.write(route)
            await writer.drain()
            return b"connection: close" not in route.partition(b"\r\n\r\n")[0].lower()
        finally:
            self._busy -= 1


async def _receive(reader: asyncio.StreamReader) -> Seen:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ", 2)
    headers = {name.lower(): text.strip() for name, _, text in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Seen(method, target, headers, body)
