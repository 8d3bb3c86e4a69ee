"""The whole product in one process over the pages of `portal`: rounds of `once`, a real store, a webhook of its own.

What is the product's own: configuration, gate with its guard, extraction, comparison, decisions, SQLite, outbox,
delivery. What is not: the network's cables (`wire`), and the clock, which goes on six hours from round to round.
"""

import asyncio
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from unittest import mock

import structlog

import crawler.app
from crawler.checks import Result
from crawler.model import Json, value
from storage.store import Store, open_store
from tests.chaos.portal import Page, Portals
from tests.chaos.wire import plugged
from tests.support.http_server import Seen, reply

START = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)
BETWEEN = timedelta(hours=6)
HOOK = "hooks.example"


@value
class Told:
    """One alert as its receiver got it."""

    id: str
    source: str
    payload: Json

    @property
    def type(self) -> str:
        return str(self.payload["type"])

    def __str__(self) -> str:
        return f"{self.source}: {self.type} {self.payload['summary']!r}"


class Watch:
    """A store that watches every page of the portals."""

    def __init__(self, folder: Path, portals: Portals) -> None:
        self.portals = portals
        self.told: list[Told] = []
        self.worst = 0.0
        """Seconds of the slowest check, without what its page took to be drawn."""
        self._database = folder / "crawler.db"
        self._config = crawler.app.load_config(str(_written(folder, portals.pages)))
        self._pages = {source_of(page): page for page in portals.pages}
        self._rounds = 0
        self._drawing = 0.0

    def page(self, source: str) -> Page:
        return self._pages[source]

    def round(self) -> list[Result]:
        """Check every page once and deliver what there is to tell."""
        self._rounds += 1
        results: list[Result] = []
        since = perf_counter()
        self._drawing = 0.0

        def report(result: Result) -> None:
            nonlocal since
            now = perf_counter()
            self.worst = max(self.worst, now - since - self._drawing)
            since, self._drawing = now, 0.0
            results.append(result)

        with self.store() as store:
            asyncio.run(crawler.app.run_once(self._config, store, on_result=report))
        return results

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store at this round's moment, with the network plugged in."""
        now = START + BETWEEN * self._rounds
        with ExitStack() as stack:
            stack.callback(structlog.reset_defaults)
            structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("error"))  # as `once` does
            stack.enter_context(plugged(self._answer))
            stack.enter_context(mock.patch.object(crawler.app, "utc_now", return_value=now))
            yield stack.enter_context(open_store(f"sqlite:///{self._database}", now=now))

    def texts(self) -> dict[str, str]:
        """The newest text of each source."""
        with self.store() as store:
            sources = {source.id: source for source in self._config.sources}
            dues = store.due(sources, None)
            return {due.source.id: store.text(due.page, due.version) if due.version else "" for due in dues}

    def size(self) -> int:
        """Bytes of the database on the disk."""
        return sum(path.stat().st_size for path in self._database.parent.glob("crawler.db*"))

    def _answer(self, host: str, request: Seen) -> bytes:
        if host == HOOK:
            payload = json.loads(request.body)
            name = payload["source"]["id"]
            self.told.append(Told(id=request.headers["webhook-id"], source=name, payload=payload))
            return reply(status=204)
        began = perf_counter()
        answer = self.portals.answer(f"http://{host}{request.target}")
        self._drawing += perf_counter() - began
        return reply(b"nothing here", 404) if answer is None else answer


def source_of(page: Page) -> str:
    return f"p{page.number}"


def _written(folder: Path, pages: Sequence[Page]) -> Path:
    """sources.yaml for these pages; host after host, so that the time between two results is that of one check.

    Made-up reports of one place are no prints of one report, whatever they look like: those are not to be compared.
    """
    lines = [
        "defaults: {every: 6h, delay: 0s}",
        "network: {hosts_at_once: 1}",
        f'channels: {{desk: {{type: webhook, url: "http://{HOOK}/desk"}}}}',
        "sources:",
        *(f'  - {{id: {source_of(page)}, url: "{page.url}", watch: {{differs: false}}}}' for page in pages),
    ]
    path = folder / "sources.yaml"
    path.write_text("\n".join(lines), "utf-8")
    return path
