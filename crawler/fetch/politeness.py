"""Whose turn it is: one request at a time per host, a pause after each, and no request a host asked us not to make.

A pause is the greatest of what the source, robots.txt and Retry-After ask for, and up to a tenth more, so that we do
not knock in step. Short waits are waited in place. A host that asked for a longer one (`PATIENCE`) is not waited for:
the request fails at once and says how long the rest is, so that the schedule can take it from there.

Pauses are kept on the monotonic clock (a corrected wall clock must not stop a host for a day) and told to the store in
UTC.
"""

from asyncio import Lock, sleep
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from time import monotonic

from crawler.fetch.faults import FetchError
from crawler.fetch.replies import MAX_RETRY_AFTER
from crawler.model import FailureKind

PATIENCE = timedelta(seconds=60)
"""The longest wait in place, unless the usual pause between two requests is longer."""
JITTER = 0.1
_LONGEST_PAUSE = timedelta(minutes=2.5)
"""No usual pause is longer: the longest crawl-delay, and its jitter."""
_HOSTS = 10_000


class _Host:
    def __init__(self) -> None:
        self.lock = Lock()
        self.users = 0
        self.free_at = 0.0
        """On the monotonic clock."""
        self.pause = 0.0
        """Seconds between its last two requests, or what they were to be."""


class Politeness:
    """The hosts' turns and pauses. `now` gives aware UTC times, `jitter` numbers from 0 to 1."""

    def __init__(self, *, now: Callable[[], datetime], jitter: Callable[[], float]) -> None:
        self._now = now
        self._jitter = jitter
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    @asynccontextmanager
    async def turn(self, host: str, delay: timedelta) -> AsyncIterator[None]:
        """Wait for the host's turn, and keep it for what is inside. Raises `FetchError` if that would take too long.

        `delay` is the pause to keep after this request.
        """
        state = self._host(host)
        state.users += 1
        try:
            async with state.lock:
                await self._wait(state, host, delay.total_seconds())
                try:
                    yield
                finally:
                    state.pause = delay.total_seconds() * (1 + JITTER * self._jitter())
                    state.free_at = max(state.free_at, monotonic() + state.pause)
        finally:
            state.users -= 1

    async def _wait(self, state: _Host, host: str, delay: float) -> None:
        rest = state.free_at - monotonic()
        if rest <= 0:
            return
        if rest > max(PATIENCE.total_seconds(), state.pause, delay * (1 + JITTER)):
            reason = f"{host} asked us to wait; {rest:.0f} s of that are left"
            raise FetchError(FailureKind.STATUS, reason, retry_after=timedelta(seconds=round(rest)))
        await sleep(rest)

    def hold(self, host: str, wait: timedelta) -> None:
        """Make no request to the host for so long (capped at a day)."""
        state = self._host(host)
        state.free_at = max(state.free_at, monotonic() + min(wait, MAX_RETRY_AFTER).total_seconds())

    def restore(self, host: str, wait: timedelta) -> None:
        """Take over a pause of another process; one that can be a usual pause will be waited in place."""
        self.hold(host, wait)
        if wait <= _LONGEST_PAUSE:
            state = self._host(host)
            state.pause = max(state.pause, wait.total_seconds())

    def next_allowed(self, host: str) -> datetime | None:
        """When the host may be asked next, if that is in the future."""
        state = self._hosts.get(host)
        rest = state.free_at - monotonic() if state else 0.0
        return self._now() + timedelta(seconds=rest) if rest > 0 else None

    def _host(self, host: str) -> _Host:
        state = self._hosts.get(host)
        if state is None:
            self._forget_idle()
            state = self._hosts[host] = _Host()
        self._hosts.move_to_end(host)
        return state

    def _forget_idle(self) -> None:
        if len(self._hosts) < _HOSTS:
            return
        instant = monotonic()
        idle = next((key for key, state in self._hosts.items() if not state.users and state.free_at <= instant), None)
        if idle is not None:
            del self._hosts[idle]
