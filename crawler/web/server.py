"""Serving the dashboard: alone, or in one process with the daemon."""

import asyncio
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import uvicorn

from crawler.app import load_config, utc_now
from crawler.errors import CrawlerError, UsageError
from crawler.web.app import create_app
from crawler.web.office import Office
from storage.access import readers
from storage.store import Store

GRACE = 5
"""Seconds that requests under way have to end."""
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))


def new_secret() -> str:
    """One that nobody guesses."""
    return secrets.token_urlsafe(32)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def office_at(
    host: str, store: Store, config_path: str, ticked_at: Callable[[], datetime | None], token: str | None
) -> Office:
    """What the pages have at hand on a server that listens there; UsageError where it would stand open."""
    local = is_loopback(host)
    if not local and not readers(store):
        raise UsageError(
            f"{host} can be reached by others, and nobody has a password yet: `crawler readers add NAME` first, "
            "or serve on 127.0.0.1"
        )
    own = _own_address(config_path)
    return Office(
        store=store,
        config=lambda: load_config(config_path),
        config_path=config_path,
        ticked_at=ticked_at,
        now=utc_now,
        dice=new_secret,
        token=token,
        hosts=_LOOPBACK | {own.hostname or "localhost"} if local else None,
        secure=own.scheme == "https",
    )


def bind(host: str, port: int) -> socket.socket:
    """The socket to listen on; UsageError where it cannot be had."""
    try:
        return uvicorn.Config("", host=host, port=port, log_level="critical").bind_socket()
    except SystemExit:  # the library's way to say that the port is taken
        raise UsageError(
            f"{host}:{port} cannot be listened on: taken, or not allowed; --port chooses another"
        ) from None


async def serve(office: Office, listening: socket.socket) -> None:
    """Answer requests until cancelled, or until SIGINT or SIGTERM."""
    await _server(office).serve(sockets=[listening])


@contextmanager
def serving(office: Office, listening: socket.socket) -> Iterator[None]:
    """Answer requests beside other work, in a thread of their own: a long page keeps no check waiting."""
    server = _server(office)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), name="web")
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def _server(office: Office) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            create_app(office),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            lifespan="off",
        )
    )


def _own_address(config_path: str) -> SplitResult:
    """Where the configuration says that the dashboard is reached."""
    try:
        return urlsplit(load_config(config_path).web_url or "")
    except CrawlerError:
        return urlsplit("")
