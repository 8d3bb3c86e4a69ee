"""Servers that mean harm or are broken: every one ends in a clear failure, in bounded time and memory."""

import asyncio
import gzip
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from crawler.model import Failure, FailureKind, Fetched, Request
from tests.support.fetching import failed, fetched, fetcher
from tests.support.hostile_servers import FAULTS, MAX_BYTES, PATH, forever
from tests.support.http_server import Exchange, HttpServer, Route, page, reply

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with HttpServer({"/fine": page("<p>fine</p>")}) as running:
        yield running


def then_close(data: bytes) -> Route:
    async def route(exchange: Exchange) -> None:
        await exchange.send(data)

    return route


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_is_named_and_disturbs_nobody(server: HttpServer, name: str) -> None:
    fault = FAULTS[name]
    route = fault.make()
    with HttpServer({"/robots.txt": reply(status=404), "/well": page("<p>well</p>")}, fallback=route) as hostile:
        async with fetcher(timeout=1 if fault.kind is FailureKind.TIMEOUT else 30, max_bytes=MAX_BYTES) as web:
            asked = asyncio.create_task(web.fetch(Request(url=hostile.url(PATH))))
            await fetched(web, server.url("/fine"))
            answer = await asked
            assert (await fetched(web, hostile.url("/well"))).content == b"<p>well</p>"
    if fault.kind is None:
        assert isinstance(answer, Fetched), answer
        assert fault.said in answer.content.decode()
        return
    assert isinstance(answer, Failure), answer
    assert answer.kind is fault.kind
    assert fault.said in answer.reason
    assert answer.reason.isprintable()
    assert len(answer.reason) < 400


async def test_limits_are_told_in_figures(server: HttpServer) -> None:
    server.routes |= {"/slow": FAULTS["silence"].make(), "/large": FAULTS["body without end"].make()}
    async with fetcher(timeout=0.5, max_bytes=500_000) as web:
        assert (await failed(web, server.url("/slow"), FailureKind.TIMEOUT)).reason == "no complete answer within 0.5 s"
        failure = await failed(web, server.url("/large"), FailureKind.TOO_LARGE)
        assert failure.reason == "the answer is larger than 500,000 bytes (network.max_bytes)"
        assert failure.permanent


@pytest.mark.parametrize(
    "route",
    [
        then_close(b""),
        then_close(b"HTTP/1.1 200"),
        then_close(HEAD + b"Content-Length: 100\r\n\r\n<p>cut"),
        then_close(HEAD + b"Transfer-Encoding: chunked\r\n\r\n64\r\n<p>cut"),
        then_close(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<p>cu\r\n"),
        then_close(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<p>cut"),
        then_close(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>cut</p>" * 99)[:-6]),
        then_close(HEAD + b"Content-Encoding: gzip\r\n\r\n<p>plain</p>"),
        then_close(HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n<p>cut"),
        then_close(b"SSH-2.0-OpenSSH_9.6\r\n"),
        then_close(b"\x15\x03\x01\x00\x02\x02\x46"),
        then_close(b"HTTP/1.1 200 OK\r\nNo colon here\r\n\r\n"),
        then_close(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300_000 + b"\r\n\r\n"),
        then_close(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000 + b"\r\n"),
        reply(b"x", headers={"Content-Encoding": "br"}),
        reply(gzip.compress(gzip.compress(b"\0" * 1_000_000)), headers={"Content-Encoding": "gzip, gzip"}),
    ],
)
async def test_what_is_no_whole_answer_is_a_passing_failure(server: HttpServer, route: Route) -> None:
    server.routes[PATH] = route
    async with fetcher() as web:
        failure = await failed(web, server.url(PATH), FailureKind.PROTOCOL)
        assert not failure.permanent
        await fetched(web, server.url("/fine"))


async def test_garbage_after_a_compressed_page_is_tolerated(server: HttpServer) -> None:
    server.routes[PATH] = reply(gzip.compress(b"<p>ok</p>") + b"\0\0", headers={"Content-Encoding": "gzip"})
    async with fetcher() as web:
        assert (await fetched(web, server.url(PATH))).content == b"<p>ok</p>"


async def test_a_server_cannot_put_its_own_words_into_our_reasons(server: HttpServer) -> None:
    server.routes[PATH] = then_close(b"HTTP/1.1 404 \x1b[31mPWNED " + b"A" * 5000 + b"\r\nContent-Length: 0\r\n\r\n")
    async with fetcher() as web:
        failure = await failed(web, server.url(PATH), FailureKind.STATUS)
        assert failure.reason == "HTTP 404 Not Found"
        server.routes[PATH] = reply(b"x", headers={"Content-Type": "image/" + "A" * 5000})
        await failed(web, server.url(PATH), FailureKind.CONTENT)


async def test_a_long_error_page_is_not_read_to_its_end(server: HttpServer) -> None:
    server.routes[PATH] = forever(b"HTTP/1.1 404 Not Found\r\n\r\n", b"<p>sorry</p>" * 1000)()
    async with fetcher() as web:
        assert (await failed(web, server.url(PATH), FailureKind.STATUS)).gone


async def test_one_hostile_server_holds_up_nobody_else(server: HttpServer) -> None:
    server.routes[PATH] = forever(HEAD + b"Content-Length: 1000000\r\n\r\n", b"<", 0.01)()
    with HttpServer({"/fine": page("<p>fine</p>")}) as other:
        async with fetcher(timeout=5) as web:
            slow = asyncio.create_task(failed(web, server.url(PATH), FailureKind.TIMEOUT))
            await fetched(web, other.url("/fine"))
            assert not slow.done()
            slow.cancel()
            await asyncio.gather(slow, return_exceptions=True)
            del server.routes[PATH]
            await fetched(web, server.url("/fine"))  # a cancelled request gives its turn back


async def test_name_servers_that_never_answer_hold_up_no_other_name(
    server: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, real = threading.Event(), socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        if str(host).endswith(".slow.example"):
            answered.wait(30)
            raise OSError("no answer")
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    async with fetcher(timeout=20) as web:
        slow = [web.fetch(Request(url=f"http://a{number}.slow.example/")) for number in range(40)]
        waiting = [asyncio.create_task(each) for each in slow]
        await fetched(web, server.url("/fine", "localhost"))
        assert not any(task.done() for task in waiting)
        answered.set()
        answers = await asyncio.gather(*waiting)
    assert {answer.kind for answer in answers if isinstance(answer, Failure)} == {FailureKind.DNS}
