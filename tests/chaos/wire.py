"""The network in one process: what the gate writes to a connection is answered by a function, no socket is opened.

Only what lies below the gate is replaced, the resolver and the dialled connection. Guard, robots.txt, politeness,
connection pool, HTTP parser, caps and deadlines are the product's own.

    with plugged(lambda host, request: reply(b"...")): ...
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import httpcore

from tests.support.http_server import Seen

ADDRESS = "93.184.215.14"
"""What every name resolves to: a public address, so the guard lets it pass. Nobody dials it."""

Answer = Callable[[str, Seen], bytes]
"""(host, request) -> the answer on the wire."""


@contextmanager
def plugged(answer: Answer) -> Iterator[None]:
    """While this lasts, every connection of this process's gates leads to `answer`."""

    async def connect(_self: object, host: str, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        assert host == ADDRESS, f"the gate dials {host}, which its guard never saw"
        return _Connection(answer)

    with (
        mock.patch.object(socket, "getaddrinfo", _resolve),
        mock.patch.object(httpcore.AnyIOBackend, "connect_tcp", connect),
    ):
        yield


def _resolve(host: str, port: int, *_: object, **__: object) -> list[Any]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ADDRESS, port))]


class _Connection(httpcore.AsyncNetworkStream):
    """One kept connection; a request is answered as soon as it is whole."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._asked = b""
        self._said = b""

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 (the library's)
        self._asked += buffer
        head, end, body = self._asked.partition(b"\r\n\r\n")
        if not end:
            return
        request = _request(head, body)
        if len(body) < int(request.headers.get("content-length", 0)):
            return
        self._asked = b""
        self._said += self._answer(request.headers["host"], request)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 (the library's)
        said, self._said = self._said[:max_bytes], self._said[max_bytes:]
        return said

    async def aclose(self) -> None:
        pass

    def get_extra_info(self, info: str) -> object:
        return None


def _request(head: bytes, body: bytes) -> Seen:
    line, *fields = head.decode("latin-1").split("\r\n")
    method, target, _ = line.split(" ", 2)
    headers = {name.lower(): text.strip() for name, _, text in (field.partition(":") for field in fields)}
    return Seen(method, target, headers, body)
