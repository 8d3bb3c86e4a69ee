"""A fetcher for tests: loopback allowed, short deadline, no jitter; and the names that tests give to addresses."""

import socket
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpcore
import pytest

from crawler.fetch import Fetcher, guard
from crawler.fetch.faults import FetchError
from crawler.model import Failure, FailureKind, Fetched, Request
from crawler.options import Network

NOW = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)


def fetcher(*, allow_private: bool = True, timeout: float = 10, max_bytes: int = 1_000_000, **network: Any) -> Fetcher:
    """Use it as `async with fetcher() as web`."""
    settings = Network(allow_private=allow_private, timeout=timedelta(seconds=timeout), max_bytes=max_bytes, **network)
    return Fetcher(settings, now=lambda: NOW, jitter=lambda: 0.0)


async def fetched(web: Fetcher, url: str) -> Fetched:
    """The page, which must come."""
    answer = await web.fetch(Request(url=url))
    assert isinstance(answer, Fetched), answer
    return answer


async def failed(web: Fetcher, url: str, kind: FailureKind) -> Failure:
    """The failure, which must be of this kind and fit to be read by a person."""
    answer = await web.fetch(Request(url=url))
    assert isinstance(answer, Failure), answer
    assert answer.url == url
    assert answer.kind is kind, answer
    assert answer.reason.isprintable()
    assert len(answer.reason) < 400
    return answer


def name_hosts(monkeypatch: pytest.MonkeyPatch, names: Mapping[str, list[str]]) -> list[str]:
    """Give host names these addresses, and let public addresses be answered by loopback; returns the look-ups made."""
    looked_up: list[str] = []
    dial = httpcore.AnyIOBackend.connect_tcp

    async def resolve(host: str, port: int) -> list[str]:
        looked_up.append(host)
        if host in names:
            return names[host]
        if host.replace(".", "").isdecimal():
            return [host]
        raise FetchError(FailureKind.DNS, f"DNS: no address for {host}")

    async def connect(self: httpcore.AnyIOBackend, host: str, *rest: object) -> httpcore.AsyncNetworkStream:
        return await dial(self, "127.0.0.1", *rest)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(guard, "resolve", resolve)
    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    return looked_up


def answer_names(monkeypatch: pytest.MonkeyPatch, names: Mapping[str, list[list[str]]]) -> list[str]:
    """Let the system's resolver give a name its answers, one list after another (the last again and again).

    Whatever is dialled then is answered by loopback, so that nothing but the guard keeps a request from its port.
    Returns the look-ups made.
    """
    looked_up: list[str] = []
    real, dial = socket.getaddrinfo, httpcore.AnyIOBackend.connect_tcp

    def look_up(host: Any, port: Any, *rest: Any, **more: Any) -> list[Any]:
        if host not in names:
            return real(host, port, *rest, **more)
        looked_up.append(host)
        answers = names[host][min(looked_up.count(host), len(names[host])) - 1]
        return [(None, None, None, "", (answer, port)) for answer in answers]

    async def connect(self: httpcore.AnyIOBackend, host: str, *rest: object) -> httpcore.AsyncNetworkStream:
        return await dial(self, "127.0.0.1", *rest)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    return looked_up
