"""Servers that are broken or mean harm, by name: what they do to one request, and what a user is to be told.

Answers that never end go on until the other side hangs up.
"""

import asyncio
import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from crawler.model import FailureKind
from tests.support.http_server import Exchange, Route, redirect, reply

PATH = "/hostile"
MAX_BYTES = 2_000_000
"""The limit that the cases are made for; what is too large for it is at least twice as large."""
SENTENCE = "今年地区生产总值增长6%左右，城镇新增就业2万人。"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
_GZIP, _DEFLATE = b"Content-Encoding: gzip\r\n", b"Content-Encoding: deflate\r\n"
_PAGE = f"<html><body><h1>云溪市2026年政府工作报告</h1><p>{SENTENCE * 20}</p>".encode()


@dataclass(frozen=True)
class Fault:
    """A server's fault."""

    make: Callable[[], Route]
    kind: FailureKind | None
    """What the user is told; None: the page is fetched."""
    said: str = ""
    """Words of the reason, or of the page."""


def forever(start: bytes, piece: bytes, pause: float = 0.0) -> Callable[[], Route]:
    async def route(exchange: Exchange) -> None:
        await exchange.send(start)
        while True:
            await exchange.send(piece)
            await asyncio.sleep(pause)

    return lambda: route


def then_close(*pieces: bytes) -> Callable[[], Route]:
    async def route(exchange: Exchange) -> None:
        for piece in pieces:
            await exchange.send(piece)

    return lambda: route


def _page(body: bytes, headers: bytes = b"") -> Callable[[], Route]:
    return then_close(_HEAD + headers + b"Content-Length: %d\r\n\r\n" % len(body), body)


def _zeros(coding: Callable[[bytes], bytes], times: int = 1) -> bytes:
    """40 MB of zeros, compressed so many times over."""
    packed = b"\0" * 40_000_000
    for _ in range(times):
        packed = coding(packed)
    return packed


def _flood(count: int, size: int) -> bytes:
    return b"".join(b"Set-Cookie: c%d=%s\r\n" % (number, b"x" * size) for number in range(count))


def _lazy(build: Callable[[], bytes], headers: bytes = b"") -> Callable[[], Route]:
    """A page that takes a while to make, made only when its case runs."""

    def make() -> Route:
        return _page(build(), headers)()

    return make


_DRIP = "no complete answer within"
_LARGE = "larger than"
TIMEOUT, TOO_LARGE, PROTOCOL = FailureKind.TIMEOUT, FailureKind.TOO_LARGE, FailureKind.PROTOCOL

FAULTS: dict[str, Fault] = {
    "silence": Fault(forever(b"", b"", 0.05), TIMEOUT, _DRIP),
    "header, a byte at a time": Fault(forever(b"HTTP/1.1 200 OK\r\nX: ", b"y", 0.01), TIMEOUT, _DRIP),
    "headers, one at a time": Fault(forever(_HEAD, b"X-Drip: 1\r\n", 0.01), TIMEOUT, _DRIP),
    "interim answers without end": Fault(forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), TIMEOUT, _DRIP),
    "body, a byte at a time": Fault(forever(_HEAD + b"Content-Length: 999999\r\n\r\n", b"<", 0.01), TIMEOUT, _DRIP),
    "chunks of one byte": Fault(
        forever(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.01), TIMEOUT, _DRIP
    ),
    "empty gzip members, dripping": Fault(forever(_HEAD + _GZIP + b"\r\n", gzip.compress(b""), 0.01), TIMEOUT, _DRIP),
    "body without end": Fault(forever(_HEAD + b"\r\n", b"<p>more</p>" * 1000), TOO_LARGE, _LARGE),
    "chunks without end": Fault(
        forever(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"2710\r\n" + b"x" * 10000 + b"\r\n"), TOO_LARGE, _LARGE
    ),
    "an extension of a chunk without end": Fault(
        forever(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;x=", b"y" * 10_000), PROTOCOL, "no valid answer"
    ),
    "trailers without end": Fault(
        forever(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", b"X: y\r\n" * 1000),
        PROTOCOL,
        "no valid answer",
    ),
    "headers without end": Fault(forever(_HEAD, b"X: y\r\n" * 1000), PROTOCOL, "no valid answer"),
    "a header without end": Fault(forever(_HEAD + b"X: ", b"y" * 10_000), PROTOCOL, "no valid answer"),
    "cookies by the thousand": Fault(
        then_close(_HEAD + _flood(50_000, 20) + b"\r\n", _PAGE), PROTOCOL, "no valid answer"
    ),
    "cookies by the hundred": Fault(_page(_PAGE, _flood(700, 80)), None, SENTENCE),
    "gzip bomb": Fault(_lazy(lambda: _zeros(gzip.compress), _GZIP), TOO_LARGE, _LARGE),
    "deflate bomb": Fault(_lazy(lambda: _zeros(zlib.compress), _DEFLATE), TOO_LARGE, _LARGE),
    "gzip bombs without end": Fault(forever(_HEAD + _GZIP + b"\r\n", gzip.compress(b"x" * 100_000)), TOO_LARGE, _LARGE),
    "bomb in a bomb, declared": Fault(
        _lazy(lambda: _zeros(gzip.compress, 2), b"Content-Encoding: gzip, gzip\r\n"), PROTOCOL, "several times over"
    ),
    "bomb in a bomb, in two headers": Fault(
        _lazy(lambda: _zeros(gzip.compress, 2), _GZIP + _GZIP), PROTOCOL, "several times over"
    ),
    "bomb in a bomb, undeclared": Fault(
        _lazy(lambda: _zeros(gzip.compress, 2), _GZIP), FailureKind.CONTENT, "archive (gzip)"
    ),
    "a coding nobody asked for": Fault(_page(b"x" * 99, b"Content-Encoding: br\r\n"), PROTOCOL, "did not ask for"),
    "plain text that says gzip": Fault(_page(_PAGE, _GZIP), PROTOCOL, "coding is broken"),
    "length above the limit": Fault(then_close(_HEAD + b"Content-Length: 99999999\r\n\r\n" + _PAGE), TOO_LARGE, _LARGE),
    "length beyond all numbers": Fault(
        then_close(_HEAD + b"Content-Length: " + b"9" * 20 + b"\r\n\r\n" + _PAGE), TOO_LARGE, _LARGE
    ),
    "length of five thousand digits": Fault(
        then_close(_HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n" + _PAGE), PROTOCOL, "no valid answer"
    ),
    "length above what comes": Fault(
        then_close(_HEAD + b"Content-Length: 999999\r\n\r\n" + _PAGE), PROTOCOL, "no valid answer"
    ),
    "two lengths": Fault(
        then_close(_HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + _PAGE), PROTOCOL, "no valid answer"
    ),
    "length below zero": Fault(then_close(_HEAD + b"Content-Length: -5\r\n\r\n" + _PAGE), PROTOCOL, "no valid answer"),
    "chunk cut short": Fault(
        then_close(_HEAD + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n" + _PAGE), PROTOCOL, "no valid answer"
    ),
    "redirect to itself": Fault(lambda: redirect(PATH), FailureKind.REDIRECT, "in a loop"),
    "redirect without end": Fault(lambda: _onward, FailureKind.REDIRECT, "more than 5 redirects"),
    "redirect to 100,000 characters": Fault(
        then_close(b"HTTP/1.1 302 Found\r\nLocation: /" + b"a" * 90_000 + b"\r\nContent-Length: 0\r\n\r\n"),
        PROTOCOL,
        "URL too long",
    ),
    "a header line that is none": Fault(
        then_close(_HEAD + b"no header\r\n\r\n" + _PAGE), PROTOCOL, "illegal header line: 'no header'"
    ),
    "another protocol": Fault(then_close(b"SSH-2.0-OpenSSH_9.6\r\n"), PROTOCOL, "no valid answer"),
    "nothing at all": Fault(then_close(b""), PROTOCOL, "no valid answer"),
    "a charset that is none": Fault(
        lambda: reply(_PAGE, headers={"Content-Type": "text/html; charset=" + "x" * 5000}), None, SENTENCE
    ),
    "a charset that is another": Fault(
        lambda: reply(_PAGE, headers={"Content-Type": "text/html; charset=utf-7"}), None, SENTENCE
    ),
}


async def _onward(exchange: Exchange) -> None:
    """Redirects to an address never seen before."""
    seen = exchange.request.target.partition("?")[2]
    await exchange.send(redirect(f"{PATH}?{int(seen or 0) + 1}"))
