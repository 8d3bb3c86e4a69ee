"""`Fetcher`: the one gate. robots.txt, politeness, guard, redirects, caps and the deadline all stand behind `fetch`."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import httpx

from crawler.fetch.counted import counted
from crawler.fetch.exchange import Budget, Limit, exchange
from crawler.fetch.faults import FetchError
from crawler.fetch.politeness import Politeness
from crawler.fetch.replies import Reply, conclude, require_success, retry_after
from crawler.fetch.robots import MAX_BYTES, Robots
from crawler.fetch.transport import open_client
from crawler.fetch.urls import Trail, host_key, host_named, origin, parse
from crawler.model import Failure, FailureKind, Fetched, Request, Response
from crawler.options import Network
from crawler.tally import Tally

_LONGEST_VALIDATOR = 1024


class Fetcher:
    """Fetches pages and posts webhooks; one per process, used within its event loop, closed at the end.

    `now` gives aware UTC times, `jitter` numbers from 0 to 1. Raises `UsageError` where the proxy or the certificate
    file of the configuration is unusable. Requests are counted in `tally`.
    """

    def __init__(
        self,
        network: Network,
        *,
        now: Callable[[], datetime],
        jitter: Callable[[], float],
        tally: Tally | None = None,
    ) -> None:
        self._network = network
        self._now = now
        self._client = open_client(network)
        self._politeness = Politeness(now=now, jitter=jitter)
        self._robots = Robots(self._ask_robots)
        self._tally = tally or Tally()

    async def fetch(self, request: Request) -> Response:
        """Ask for a page when it is its host's turn, and follow its redirects; whatever happens is a value."""
        try:
            return await self._fetch(request)
        except FetchError as error:
            return error.failure(request.url)

    async def post(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes,
        timeout: timedelta,  # noqa: ASYNC109 (each channel has its own)
    ) -> Fetched | Failure:
        """Deliver a webhook: guarded, at once, without redirects. Any 2xx is `Fetched`, with an empty `content`.

        `url` of the result is only the address's origin, because addresses of webhooks hold tokens.
        """
        try:
            target = parse(url)
        except FetchError:  # whose words hold the whole address
            return FetchError(FailureKind.ADDRESS, "not a valid address for a webhook", permanent=True).failure("")
        shown = origin(target)
        try:
            request = self._client.build_request("POST", target, headers=headers, content=content)
            async with Budget(timeout).spend():
                reply = await exchange(self._client, request, None)
            require_success(reply, self._now())
        except FetchError as error:
            return error.failure(shown)
        return Fetched(url=shown, status=reply.status, headers=reply.headers, content=b"", fetched_at=self._now())

    def next_allowed(self, host: str) -> datetime | None:
        """When the host (with its port unless it is a usual one) may be asked next; None: at once."""
        return self._politeness.next_allowed(host_named(host))

    def set_next_allowed(self, host: str, when: datetime) -> None:
        """Make no request to the host before `when`: what another process was told, or did."""
        self._politeness.restore(host_named(host), when - self._now())

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _fetch(self, request: Request) -> Response:
        trail = Trail(parse(request.url))
        headers = _validators(request)
        conditional = bool(headers)
        budget = Budget(self._network.timeout)
        limit = Limit(size=self._network.max_bytes)
        while True:
            pause = await self._robots.check(trail.url, request.delay)
            reply = await self._ask(trail.url, pause, budget, limit, headers)
            if not trail.follow(reply.status, reply.location):
                break
            # The date is that of another page's copy: an older page behind a new redirect would seem unchanged.
            headers.pop("If-Modified-Since", None)
        return conclude(reply, conditional=conditional, permanent_url=trail.permanent_url, now=self._now())

    async def _ask_robots(self, url: httpx.URL, pause: timedelta) -> Reply:
        trail = Trail(url)
        budget = Budget(self._network.timeout)
        while True:
            reply = await self._ask(trail.url, pause, budget, Limit(size=MAX_BYTES, cut=True), {})
            if not trail.follow(reply.status, reply.location):
                return reply

    async def _ask(
        self, url: httpx.URL, pause: timedelta, budget: Budget, limit: Limit, headers: Mapping[str, str]
    ) -> Reply:
        """One request in the host's turn; the wait for it is not charged to the budget."""
        key = host_key(url)
        request = self._client.build_request("GET", url, headers=headers)
        async with self._politeness.turn(key, pause), counted(self._tally, url) as answer, budget.spend():
            reply = await exchange(self._client, request, limit)
            answer.append(reply)
        if reply.status >= 400 and (wait := retry_after(reply, self._now())):
            self._politeness.hold(key, wait)
        return reply


def _validators(request: Request) -> dict[str, str]:
    """The conditional headers; a validator that is no plain header text is left out, at the price of a full answer."""
    offered = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {
        name: text
        for name, text in offered.items()
        if text and len(text) <= _LONGEST_VALIDATOR and text.isascii() and text.isprintable()
    }
