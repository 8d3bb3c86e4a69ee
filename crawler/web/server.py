"""Serving the dashboard: alone, or in one process with the daemon."""

import asyncio
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from ipaddress import ip_address

import uvicorn

from crawler.app import index_texts, new_secret, utc_now
from crawler.errors import CrawlerError, UsageError
from crawler.options import Config
from crawler.web.app import create_app
from crawler.web.configured import Configured
from crawler.web.locale import ZONE
from crawler.web.office import Office
from storage.access import readers
from storage.store import Store

GRACE = 5
"""Seconds that requests under way have to end."""
INDEXING = 1
"""Seconds between two portions of texts that are indexed for the search."""


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
    config = Configured(config_path)
    try:
        known = config()
    except CrawlerError:  # the pages say so
        known = Config(channels={}, sources=())
    return Office(
        store=store,
        config=config,
        config_path=config_path,
        ticked_at=ticked_at,
        now=utc_now,
        dice=new_secret,
        token=token,
        is_local=local,
        web_url=known.web_url or "",
        home=next((source.schedule.timezone for source in known.sources), ZONE),
    )


def bind(host: str, port: int) -> socket.socket:
    """The socket to listen on; UsageError where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    try:
        listening = socket.create_server((host, port), family=family, backlog=1024, dualstack_ipv6=both)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} cannot be listened on ({error.strerror}); another port: --port, 0 for any that is free"
        ) from None
    # Connections inherit it. Without it an answer waits 40 ms for the browser to acknowledge its head.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def serve(office: Office, listening: socket.socket) -> None:
    """Answer requests until SIGINT or SIGTERM; then let those under way end."""

    async def until_stopped() -> None:
        server = _Server(office)
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, server.stop)
        indexing = asyncio.create_task(_index(office))
        await server.serve(sockets=[listening])
        indexing.cancel()

    asyncio.run(until_stopped())


async def _index(office: Office) -> None:
    """Let the search find what waits for it, portion by portion; where a daemon is at work, it does that."""
    while True:
        pause = timedelta(0) if office.is_at_work() else await asyncio.to_thread(index_texts, office.store)
        await asyncio.sleep(INDEXING + pause.total_seconds())


@contextmanager
def serving(office: Office, listening: socket.socket) -> Iterator[None]:
    """Answer requests beside other work, in a thread of their own: a long page keeps no check waiting."""
    server = _Server(office)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), name="web")
    thread.start()
    try:
        yield
    finally:
        server.stop()
        thread.join()


class _Server(uvicorn.Server):
    """One that leaves signals to whoever runs it."""

    def __init__(self, office: Office) -> None:
        super().__init__(
            uvicorn.Config(
                create_app(office),
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE,
                lifespan="off",
            )
        )

    def stop(self) -> None:
        """Take no more requests."""
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: the library would end the program by the signal that stopped it, with its exit code."""
        yield
