"""Checks at a real store, where only the network is a dictionary of answers."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from crawler.checks import Result
from crawler.model import Failure, FailureKind, Fetched, NotModified, Request, Response, Source
from crawler.pipeline import Desk, check_host
from storage.store import Store
from tests.support.store import NOW
from tests.support.values import PARAGRAPHS, source

URL = "https://www.example.org/yunxi.html"
LISTING = "https://www.example.org/list/"


def html(paragraphs: tuple[str, ...] = PARAGRAPHS, title: str = "云溪市2026年政府工作报告") -> bytes:
    """A page of a report without any furniture."""
    return f"<h1>{title}</h1><div>{''.join(f'<p>{text}</p>' for text in paragraphs)}</div>".encode()


class Web:
    """Answers by address; what has none is 404. Every request is written down."""

    def __init__(self, **pages: bytes) -> None:
        self.answers: dict[str, Callable[[Request], Response]] = {}
        self.asked: list[Request] = []
        self.allowed: dict[str, datetime] = {}
        self.now = NOW

    def put(self, url: str, content: bytes, **headers: str) -> None:
        def answer(request: Request) -> Response:
            if request.etag and request.etag == headers.get("etag"):
                return NotModified(url=request.url, fetched_at=self.now)
            return Fetched(url=request.url, status=200, headers=headers, content=content, fetched_at=self.now)

        self.answers[url] = answer

    def fail(self, url: str, status: int = 500) -> None:
        self.answers[url] = lambda request: Failure(
            url=request.url, kind=FailureKind.STATUS, reason=f"HTTP {status}", permanent=False, status=status
        )

    async def fetch(self, request: Request) -> Response:
        self.asked.append(request)
        await asyncio.sleep(0)
        if request.url not in self.answers:
            self.fail(request.url, 404)
        return self.answers[request.url](request)

    def next_allowed(self, host: str) -> datetime | None:
        return self.allowed.get(host)

    def set_next_allowed(self, host: str, when: datetime) -> None:
        self.allowed[host] = when


def desk(web: Web, store: Store, now: datetime = NOW, rules: str = "code") -> Desk:
    """What a check works with; `rules` names the code that reads pages."""
    return Desk(gate=web, book=store, now=lambda: now, jitter=lambda: 0.0, rules=rules)


async def round_of(web: Web, store: Store, *sources: Source, now: datetime = NOW, rules: str = "code") -> list[Result]:
    """Listings, then pages, as `once` has it."""
    results: list[Result] = []
    store.sync(sources, now)
    wanted = {each.id: each for each in sources}
    await check_host(store.due_listings(wanted, None), desk(web, store, now, rules), results.append)
    await check_host(store.due(wanted, None), desk(web, store, now, rules), results.append)
    return results


def one(**fields: object) -> Source:
    """The source of the page at `URL`."""
    return source(url=URL, delay=timedelta(0), **fields)
