"""robots.txt after RFC 9309: read once a day per scheme, host and port; parsed by protego.

- 4xx, or more redirects than we follow: there are no rules, everything is allowed.
- 5xx, 429, time-outs, broken answers: nothing is allowed for now, unless an earlier copy is at hand. That is a
  transient failure (the check counts as failed and is made again soon), remembered for a minute so that a host with
  many pages is not asked for every one of them.
- A host that cannot be reached at all fails with its own reason, because that is what the user needs to read.
- Crawl-delay is honoured up to two minutes.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from time import monotonic

import httpx
from protego import Protego

from crawler.fetch.faults import FetchError
from crawler.fetch.replies import Reply
from crawler.fetch.urls import origin
from crawler.model import FailureKind

PRODUCT = "report-crawler"
MAX_BYTES = 512 * 1024
MAX_CRAWL_DELAY = timedelta(minutes=2)
_FRESH = 24 * 3600.0
_FRESH_FAILURE = 60.0
_ORIGINS = 2000
_UNREACHABLE = frozenset((FailureKind.ADDRESS, FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS))

Ask = Callable[[httpx.URL, timedelta], Awaitable[Reply]]
"""Fetches a robots.txt, redirects followed, with a pause after each request. Raises `FetchError`."""


class _Rules:
    """What we know of one origin; times on the monotonic clock."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.parsed: Protego | None = None
        self.expires = float("-inf")
        self.error: FetchError | None = None
        """Why the last attempt failed, where there is no copy to fall back on."""


class Robots:
    """The rules of every origin asked so far (the most recently used, that is)."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._origins: OrderedDict[str, _Rules] = OrderedDict()

    async def check(self, url: httpx.URL, delay: timedelta) -> timedelta:
        """The pause the site wants after this request, `delay` at least. Raises `FetchError` if it must not be made."""
        rules = self._rules(origin(url))
        async with rules.lock:
            if monotonic() >= rules.expires:
                await self._refresh(rules, url, delay)
        if rules.parsed is None:
            raise rules.error or FetchError(FailureKind.ROBOTS, "robots.txt was not read")
        # In a thread: half a megabyte of hostile patterns takes half a second.
        if not await asyncio.to_thread(rules.parsed.can_fetch, str(url), PRODUCT):
            raise FetchError(FailureKind.ROBOTS, f"robots.txt of {origin(url)} disallows this page", permanent=True)
        return max(delay, _crawl_delay(rules.parsed))

    async def _refresh(self, rules: _Rules, url: httpx.URL, delay: timedelta) -> None:
        try:
            text = _text(await self._ask(url.join("/robots.txt"), delay))
        except FetchError as error:
            if error.kind is FailureKind.REDIRECT:
                text = ""
            else:
                self._postpone(rules, error)
                return
        # In a thread: half a megabyte of hostile patterns takes seconds.
        rules.parsed = await asyncio.to_thread(Protego.parse, text)
        rules.expires = monotonic() + _FRESH

    def _postpone(self, rules: _Rules, error: FetchError) -> None:
        unreachable = error.kind in _UNREACHABLE
        rules.error = error if unreachable else _unread(error)
        rules.expires = monotonic() + (0.0 if unreachable else _FRESH_FAILURE)

    def _rules(self, key: str) -> _Rules:
        rules = self._origins.setdefault(key, _Rules())
        self._origins.move_to_end(key)
        if len(self._origins) > _ORIGINS:
            self._origins.popitem(last=False)
        return rules


def _text(reply: Reply) -> str:
    """The rules as text; none where the server says there are none. Raises `FetchError` where that is not known."""
    if 200 <= reply.status < 300:
        whole = reply.content if len(reply.content) < MAX_BYTES else reply.content.rpartition(b"\n")[0]
        return whole.decode("utf-8-sig", "replace")  # half a line could forbid more than the whole one
    if 400 <= reply.status < 500 and reply.status != 429:
        return ""
    raise FetchError(FailureKind.STATUS, f"HTTP {reply.status}", status=reply.status)


def _unread(error: FetchError) -> FetchError:
    reason = f"robots.txt could not be read ({error.reason}), so nothing may be fetched for now"
    return FetchError(FailureKind.ROBOTS, reason, retry_after=error.retry_after)


def _crawl_delay(parsed: Protego) -> timedelta:
    seconds = parsed.crawl_delay(PRODUCT) or 0.0
    # Written so that 'nan' means none.
    return timedelta(seconds=min(seconds, MAX_CRAWL_DELAY.total_seconds())) if seconds > 0 else timedelta(0)
