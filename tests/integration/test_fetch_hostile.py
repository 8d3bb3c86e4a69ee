"""Servers that mean harm or are broken: every one ends in a clear failure, in bounded time and memory."""

import asyncio
import gzip
from collections.abc import Iterator

import pytest

from crawler.model import FailureKind
from tests.support.fetching import failed, fetched, fetcher
from tests.support.http_server import Exchange, HttpServer, Route, page, reply

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PATH = "/hostile"


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with HttpServer({"/fine": page("<p>fine</p>")}) as running:
        yield running


def forever(start: bytes, piece: bytes, pause: float = 0.0) -> Route:
    async def route(exchange: Exchange) -> None:
        await exchange.send(start)
        while True:
            await exchange.send(piece)
            await asyncio.sleep(pause)

    return route


def then_close(data: bytes) -> Route:
    async def route(exchange: Exchange) -> None:
        await exchange.send(data)

    return route


@pytest.mark.parametrize(
    "route",
    [
        forever(HEAD + b"Content-Length: 1000000\r\n\r\n", b"<", 0.01),
        forever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.01),
        forever(HEAD, b"X-Drip: 1\r\n", 0.01),
        forever(b"HTTP/1.1 200 OK\r\nX: ", b"y", 0.01),
        forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01),
        forever(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b""), 0.01),
        forever(b"", b"", 0.05),
    ],
    ids=["body", "chunks", "headers", "one header", "continues", "empty gzip members", "silence"],
)
async def test_a_drip_feed_ends_at_the_deadline(server: HttpServer, route: Route) -> None:
    server.routes[PATH] = route
    async with fetcher(timeout=0.5) as web:
        failure = await failed(web, server.url(PATH), FailureKind.TIMEOUT)
        assert failure.reason == "no complete answer within 0.5 s"
        assert not failure.permanent
        await fetched(web, server.url("/fine"))


@pytest.mark.parametrize(
    "route",
    [
        reply(b"short", headers={"Content-Length": "99999999"}),
        reply(b"short", headers={"Content-Length": "9" * 20}),
        forever(HEAD + b"Connection: close\r\n\r\n", b"<p>more</p>" * 1000),
        forever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"2710\r\n" + b"x" * 10000 + b"\r\n"),
        reply(gzip.compress(b"\0" * 200_000_000, 9), headers={"Content-Encoding": "gzip"}),
        forever(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"x" * 100_000)),
    ],
    ids=["declared", "absurdly declared", "endless", "endless chunks", "bomb", "bombs"],
)
async def test_too_much_is_refused(server: HttpServer, route: Route) -> None:
    server.routes[PATH] = route
    async with fetcher(max_bytes=500_000) as web:
        failure = await failed(web, server.url(PATH), FailureKind.TOO_LARGE)
        assert "500,000 bytes" in failure.reason
        assert failure.permanent
        await fetched(web, server.url("/fine"))


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
    server.routes[PATH] = forever(b"HTTP/1.1 404 Not Found\r\n\r\n", b"<p>sorry</p>" * 1000)
    async with fetcher() as web:
        assert (await failed(web, server.url(PATH), FailureKind.STATUS)).gone


async def test_one_hostile_server_holds_up_nobody_else(server: HttpServer) -> None:
    server.routes[PATH] = forever(HEAD + b"Content-Length: 1000000\r\n\r\n", b"<", 0.01)
    with HttpServer({"/fine": page("<p>fine</p>")}) as other:
        async with fetcher(timeout=5) as web:
            slow = asyncio.create_task(failed(web, server.url(PATH), FailureKind.TIMEOUT))
            await fetched(web, other.url("/fine"))
            assert not slow.done()
            slow.cancel()
            await asyncio.gather(slow, return_exceptions=True)
            del server.routes[PATH]
            await fetched(web, server.url("/fine"))  # a cancelled request gives its turn back
