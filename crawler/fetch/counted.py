"""Requests as metrics count them: how many, how long, what they brought; by class of host, never by name."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from crawler.fetch.replies import Reply
from crawler.tally import Tally, host_class


@asynccontextmanager
async def counted(tally: Tally, url: httpx.URL) -> AsyncIterator[list[Reply]]:
    """Count the request made inside, which puts its reply into the list; without one it failed."""
    clock, hosts = asyncio.get_running_loop().time, host_class(str(url))
    began, replies = clock(), list[Reply]()
    try:
        yield replies
    finally:
        tally.time("request_seconds", hosts, seconds=clock() - began)
        tally.add("requests", hosts, f"{replies[0].status // 100}xx" if replies else "none")
        tally.add("received_bytes", hosts, amount=len(replies[0].content) if replies else 0)
