"""Resolve once, check every answer, dial exactly what was checked: no second look-up that could say something else.

It stands below the HTTP library, where every connection of every redirect hop passes. TLS still names and verifies the
host name. With a proxy the proxy dials, so targets are checked before they are handed to it (`Guard.permit`): an
address, and a name our resolver knows, must be public there too; a name only the proxy can resolve is left to the
proxy, unless it is plainly none of the public internet. The proxy itself is the operator's choice and may stand
anywhere.
"""

import asyncio
import errno
import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from functools import partial
from typing import Any

import httpcore

from crawler.fetch.faults import FetchError, clean
from crawler.fetch.networks import inside, refusal
from crawler.model import FailureKind

CONNECT_TIMEOUT = 10.0
"""Seconds for each address of a host."""
MAX_ADDRESSES = 4
"""So many addresses of a host are tried, in the resolver's order."""
dialled = ContextVar("dialled", default=False)
"""Whether a connection was asked for since it was last set to False, in this task."""
_threads = ThreadPoolExecutor(max_workers=64, thread_name_prefix="dns")
"""Their own: a name server that never answers holds its thread for half a minute, and must not hold up other names."""


async def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host name, or of an address in any spelling the resolver reads. Raises `FetchError`."""
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        answers = await asyncio.get_running_loop().run_in_executor(_threads, look_up)
    except (OSError, UnicodeError) as error:
        raise FetchError(FailureKind.DNS, f"DNS: no address for {clean(host)}") from error
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class Guard:
    """Which hosts may be asked."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses to dial. Raises `FetchError` if any of them must not be: one bad answer spoils the name."""
        addresses = await resolve(host, port)
        for address in addresses:
            if word := refusal(address, allow_private=self._allow_private):
                shown = address if address == host else f"{clean(host)} is {address}, and {address}"
                raise FetchError(FailureKind.ADDRESS, f"refused: {shown} is {word}", permanent=True)
        return addresses

    async def permit(self, host: str, port: int) -> None:
        """Raise `FetchError` if the proxy must not be asked for this host."""
        try:
            await self.addresses(host, port)
        except FetchError as error:
            if error.kind is not FailureKind.DNS:
                raise
            if not self._allow_private and (word := inside(host)):
                raise FetchError(FailureKind.ADDRESS, f"refused: {clean(host)} is {word}", permanent=True) from error


class Dialler(httpcore.AnyIOBackend):
    """The network behind the HTTP library: dials checked addresses. Without a guard it dials the proxy."""

    def __init__(self, guard: Guard | None) -> None:
        self._guard = guard

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (the library's signature)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers. Raises `FetchError`."""
        dialled.set(True)
        addresses = await (self._guard.addresses(host, port) if self._guard else resolve(host, port))
        limit = min(timeout or CONNECT_TIMEOUT, CONNECT_TIMEOUT)
        failure = ""
        for address in addresses[:MAX_ADDRESSES]:
            try:
                return await super().connect_tcp(address, port, limit, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = _explain(error, f"[{address}]:{port}" if ":" in address else f"{address}:{port}")
        raise FetchError(FailureKind.CONNECT, failure if self._guard else f"the proxy: {failure}")


def _explain(error: Exception, where: str) -> str:
    """A connection's failure in words; the library keeps the system's error number only in the chain of causes."""
    if isinstance(error, httpcore.ConnectTimeout):
        return f"no connection to {where} within {CONNECT_TIMEOUT:.0f} s"
    cause = next((link for link in causes(error) if isinstance(link, OSError) and link.errno), None)
    number = cause.errno if cause else None
    if number == errno.ECONNREFUSED:
        return f"connection refused by {where}"
    if number in (errno.EHOSTUNREACH, errno.ENETUNREACH):
        return f"no route to {where}"
    return f"no connection to {where}: {clean(str((cause and cause.strerror) or error))}"


def causes(error: BaseException) -> list[BaseException]:
    """The error and what led to it, outermost first."""
    chain = [error]
    while link := (chain[-1].__cause__ or chain[-1].__context__):
        if link in chain:
            break
        chain.append(link)
    return chain
