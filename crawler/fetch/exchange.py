"""One request, one answer, read under a cap; every error of the HTTP library becomes a `FetchError`."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import httpx

from crawler.fetch.coding import Body
from crawler.fetch.faults import FetchError, clean
from crawler.fetch.guard import causes, dialled
from crawler.fetch.replies import PHRASES, Reply
from crawler.model import FailureKind, value

_STATUS = re.compile(r"[0-9]{1,3}")
_BYTES = re.compile(r"\bbytearray\(b(.*)\)$")
"""How the parser of HTTP shows a line it cannot read."""
_DRAIN_BYTES = 65536
_DRAIN_SECONDS = 1.0


@value
class Limit:
    """How much of a body is wanted, before and after its content coding is removed."""

    size: int
    cut: bool = False
    """True: take the beginning of a larger body; False: a larger body is a failure."""


class Budget:
    """The total time of one request, spent in one or more stretches (the waits of politeness are not counted)."""

    def __init__(self, total: timedelta) -> None:
        self._total = self._left = total.total_seconds()

    @asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Run what is inside until the budget is used up. Raises `FetchError` then."""
        clock = asyncio.get_running_loop().time
        started = clock()
        try:
            async with asyncio.timeout(self._left):
                yield
        except TimeoutError as error:
            raise FetchError(FailureKind.TIMEOUT, f"no complete answer within {self._total:g} s") from error
        finally:
            self._left -= clock() - started


async def exchange(client: httpx.AsyncClient, request: httpx.Request, limit: Limit | None) -> Reply:
    """Send a request and read its answer: a 2xx body within the limit (None: none is wanted). Raises `FetchError`."""
    try:
        response = await _send(client, request)
        try:
            content = await _read(response, limit) if limit and response.is_success else await _drain(response)
        finally:
            await response.aclose()
    except httpx.HTTPError as error:
        raise _translate(error) from error
    headers = {name: text for name, text in response.headers.items() if name != "set-cookie"}
    location = next((text for name, text in response.headers.raw if name.lower() == b"location"), None)
    return Reply(url=str(request.url), status=response.status_code, headers=headers, location=location, content=content)


async def _send(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    """Send, and send again if a kept connection broke before it answered: servers close idle ones just as we use them.

    Without this, a server that keeps connections about as long as we pause would fail articles of many parts for good.
    """
    dialled.set(False)
    try:
        return await client.send(request, stream=True)
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
        if dialled.get() or request.method != "GET":
            raise
        return await client.send(request, stream=True)


async def _read(response: httpx.Response, limit: Limit) -> bytes:
    declared = response.headers.get("content-length", "")
    if not limit.cut and declared.isdecimal() and int(declared[:20]) > limit.size:
        raise _too_large(limit)
    body = Body(response.headers.get("content-encoding", ""), limit.size)
    received = 0
    async for chunk in response.aiter_raw():
        received += len(chunk)
        body.feed(chunk)
        if body.overfull or received > limit.size:
            if limit.cut:
                return body.beginning()
            raise _too_large(limit)
    return body.finish()


def _too_large(limit: Limit) -> FetchError:
    reason = f"the answer is larger than {limit.size:,} bytes (network.max_bytes)"
    return FetchError(FailureKind.TOO_LARGE, reason, permanent=True)


async def _drain(response: httpx.Response) -> bytes:
    """Read past a short body nobody wants, so that the connection can be used again; a long one costs us that."""
    received = 0
    with suppress(httpx.TransportError, TimeoutError):
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for chunk in response.aiter_raw():
                received += len(chunk)
                if received > _DRAIN_BYTES:
                    break
    return b""


def _translate(error: httpx.HTTPError) -> FetchError:
    tls = next((link for link in causes(error) if isinstance(link, ssl.SSLError)), None)
    if isinstance(tls, ssl.SSLCertVerificationError):
        reason = f"TLS certificate not trusted: {clean(tls.verify_message)}"
        return FetchError(FailureKind.TLS, reason, permanent=True)
    if tls is not None and isinstance(error, httpx.ConnectError):
        return FetchError(FailureKind.TLS, f"TLS handshake failed: {clean(tls.reason or str(tls))}")
    message = _BYTES.sub(r"\1", clean(str(error))) or type(error).__name__
    if isinstance(error, httpx.ProxyError):
        status = message.partition(" ")[0]  # what follows it is the proxy's own, and may repeat the login
        told = f"{status} {PHRASES.get(int(status), '')}".rstrip() if _STATUS.fullmatch(status) else message
        return FetchError(FailureKind.CONNECT, f"the proxy refused: {told}")
    if isinstance(error, httpx.ConnectError):
        return FetchError(FailureKind.CONNECT, f"the connection broke while it was being set up: {message}")
    if isinstance(error, httpx.NetworkError):
        return FetchError(FailureKind.PROTOCOL, "the server cut the connection before the answer was complete")
    return FetchError(FailureKind.PROTOCOL, f"no valid answer: {message}")
