"""Days of a daemon in seconds: the real store, gate and server, with a clock that jumps to what is due next."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from crawler.checks import Outcome, Result
from crawler.fetch import Fetcher
from crawler.model import Source
from crawler.options import Network
from crawler.pipeline import Desk, check_page
from storage import queries
from storage.store import Store
from tests.support.http_server import HttpServer
from tests.support.store import NOW, opened
from tests.support.values import source

HOUR = timedelta(hours=1)


@dataclass
class Seen:
    """What became of one page."""

    outcomes: list[tuple[datetime, Outcome, str]] = field(default_factory=list)
    told: list[tuple[datetime, str, str]] = field(default_factory=list)

    def types(self) -> Counter[str]:
        return Counter(kind for _, kind, _ in self.told)


class Days:
    """Sources on one server, one page each, checked whenever they are due."""

    def __init__(self, folder: Path, server: HttpServer, names: Sequence[str]) -> None:
        self.now = NOW
        self.folder = folder
        self.server = server
        self.paths = {name: f"/zwgk/gzbg/art_{number}.html" for number, name in enumerate(names, 1)}
        self.sources: Mapping[str, Source] = {
            name: source(id=f"s{number}", url=server.url(path), delay=timedelta(0))
            for number, (name, path) in enumerate(self.paths.items(), 1)
        }
        self._names = {each.id: name for name, each in self.sources.items()}
        self.seen = {name: Seen() for name in names}
        self.slowest = 0.0
        """Seconds of the slowest check."""

    def run(self, length: timedelta) -> None:
        """Let so much time pass."""
        asyncio.run(self._run(self.now + length))

    def bodies(self) -> dict[str, str]:
        """The newest version of each page that has one."""
        with opened(self.folder / "crawler.db", now=self.now) as store:
            lines = [line for line in queries.pages(store) if line.version]
            return {self._names[line.source]: queries.show(store, line.page).body for line in lines}

    async def _run(self, end: datetime) -> None:
        network = Network(allow_private=True)
        async with Fetcher(network, now=lambda: self.now, jitter=lambda: 0.0) as gate:
            with opened(self.folder / "crawler.db", now=self.now) as store:
                desk = Desk(gate=gate, book=store, now=lambda: self.now, jitter=lambda: 0.0, rules="code")
                store.sync(tuple(self.sources.values()), self.now)
                while (at := store.next_due()) is not None and at <= end:
                    self.now = max(self.now, at)
                    await self._check_due(store, desk)
        self.now = end

    async def _check_due(self, store: Store, desk: Desk) -> None:
        for due in store.due({each.id: each for each in self.sources.values()}, self.now):
            began = perf_counter()
            self._note(await check_page(due, desk))
            self.slowest = max(self.slowest, perf_counter() - began)

    def _note(self, result: Result) -> None:
        seen = self.seen[self._names[result.source]]
        seen.outcomes.append((self.now, result.outcome, result.reason or ""))
        seen.told += [(self.now, alert.type, alert.summary) for alert in result.alerts]
