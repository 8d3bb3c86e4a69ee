"""What hostile servers and pages cost, and how long others wait: python -m bench.hostile_servers [ROUNDS]

Each case of `tests.support.hostile_servers` is one request under the limits of the table's head; each page below goes
the whole way of a check (fetched, read in a process apart, compared, stored) under the limits of the product. Meanwhile
another page is fetched again and again: what its slowest fetch took is in the last column. Servers run in a process of
their own. Exits with 1 where anything ended otherwise than it should. Linux only (memory is read from /proc).
"""

import asyncio
import logging
import multiprocessing
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import structlog

from bench.hostile_documents import forms_in_forms
from crawler.apart.readers import MEMORY, SECONDS, Readers
from crawler.checks import Result
from crawler.fetch import Fetcher
from crawler.model import Failure, Request, Source
from crawler.options import Network
from crawler.pipeline import check_host
from tests.support.apart import peak
from tests.support.fetching import fetcher
from tests.support.hostile_servers import FAULTS, MAX_BYTES, PATH, SENTENCE
from tests.support.http_server import HttpServer, Route, page, reply
from tests.support.store import NOW, opened
from tests.support.values import PARAGRAPHS, source
from tests.support.web import Web, desk

LIMIT = 2.0
"""Seconds a request may take."""
_REPORT = "<h1>云溪市2026年政府工作报告</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def _links(count: int) -> str:
    return "".join(f"<p><a href='/x/{number}.html'>第{number}号</a></p>" for number in range(count))


PAGES: dict[str, tuple[str, Callable[[], Route]]] = {
    "nesting 100,000 deep": ("new", lambda: page("<div>" * 100_000 + _REPORT)),
    "one line of 19 MB": ("new", lambda: page(f"{_REPORT}<p>{SENTENCE * (19_000_000 // len(SENTENCE.encode()))}</p>")),
    "300,000 elements": ("new", lambda: page(_REPORT + "<p>1</p>" * 300_000)),
    "50,000 links around a report": ("new", lambda: page(_links(50_000) + _REPORT)),
    "a listing of 50,000 links": ("listed", lambda: page(_links(50_000))),
    "robots.txt of 5 MB": ("new", lambda: reply(b"User-agent: *\n" + b"Disallow: /*a*b*.pdf\n" * 250_000)),
    "a PDF of forms within forms": ("failed", lambda: reply(forms_in_forms(2))),
}


@dataclass
class Row:
    """What a case came to; the worst of all rounds."""

    told: str = ""
    seconds: float = 0.0
    here: int = 0
    """MB by which this process grew at its largest."""
    apart: int = 0
    """MB of the reading process at its largest."""
    waited: float = 0.0


def serve(pipe: Connection) -> None:
    """All servers, until the pipe closes; sends their ports by name."""
    with ExitStack() as stack:
        ports: dict[str, int] = {}
        for name, fault in FAULTS.items():
            routes: dict[str, Route] = {"/robots.txt": reply(status=404)}
            ports[name] = stack.enter_context(HttpServer(routes, fallback=fault.make())).port
        for name, (_, make) in PAGES.items():
            route = make()
            routes = {"/robots.txt": route} if "robots" in name else {PATH: route}
            fallback = page(_REPORT) if "robots" in name else reply(status=404)
            ports[name] = stack.enter_context(HttpServer(routes, fallback=fallback)).port
        ports["well"] = stack.enter_context(HttpServer({"/well": page("<p>well</p>")})).port
        pipe.send(ports)
        pipe.poll(None)


def _grown() -> int:
    """MB of this process at its largest since `_start_over`."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def _start_over() -> int:
    Path("/proc/self/clear_refs").write_text("5")
    return _grown()


@asynccontextmanager
async def _measured(row: Row, web: Fetcher, well: str) -> AsyncIterator[None]:
    """Fill in a row, while another page is fetched again and again."""

    async def look() -> None:
        while True:
            began = time.perf_counter()
            assert not isinstance(await web.fetch(Request(url=well)), Failure)
            row.waited = max(row.waited, time.perf_counter() - began)
            await asyncio.sleep(0.005)

    await web.fetch(Request(url=well))
    looking, before, began = asyncio.create_task(look()), _start_over(), time.perf_counter()
    yield
    row.seconds = max(row.seconds, time.perf_counter() - began)
    row.here = max(row.here, _grown() - before)
    await asyncio.sleep(0.02)
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)


async def try_fault(name: str, url: str, well: str, row: Row) -> bool:
    """One request to a faulty server; whether it ended as it should."""
    fault = FAULTS[name]
    async with fetcher(timeout=LIMIT, max_bytes=MAX_BYTES) as web, _measured(row, web, well):
        answer = await web.fetch(Request(url=url + PATH))
    kind = answer.kind if isinstance(answer, Failure) else None
    row.told = f"{kind}: {answer.reason}" if isinstance(answer, Failure) else "fetched"
    return kind is fault.kind


async def try_page(name: str, url: str, well: str, row: Row) -> bool:
    """One check of a hostile page; whether it ended as it should."""
    expected, _ = PAGES[name]
    results: list[Result] = []
    plain = replace(source(delay=timedelta(0)), id="a", url=url + PATH)
    watched = replace(plain, url=None, listing=url + PATH, match="nowhere|/x/1.html") if expected == "listed" else plain
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "crawler.db") as store, Readers() as read:
        async with Fetcher(Network(allow_private=True), now=lambda: NOW, jitter=lambda: 0.0) as web:
            sources: dict[str, Source] = {"a": watched}
            store.sync(sources.values(), NOW)
            read(peak)
            table = replace(desk(Web(), store), gate=web, read=read)
            async with _measured(row, web, well):
                await check_host([*store.due_listings(sources, None), *store.due(sources, None)], table, results.append)
            row.apart = max(row.apart, read(peak))
    told = results[0] if results else None
    row.told = f"{told.outcome}{f': {told.reason}' if told.reason else ''}" if told else "listed"
    return row.told.startswith(expected)


async def run(rounds: int, ports: dict[str, int]) -> int:
    """Print the table; how many cases ended otherwise than they should."""
    print(f"Limits of the first table: {LIMIT:g} s, {MAX_BYTES:,} bytes. Rounds: {rounds}.\n")
    print(_line("fault", "told", "worst s", "MB here", "MB apart", "others waited at most, ms"))
    print("| --- | --- | --: | --: | --: | --: |")
    wrong, well = 0, f"http://127.0.0.1:{ports.pop('well')}/well"
    for name, port in ports.items():
        row, tried = Row(), try_fault if name in FAULTS else try_page
        right = [await tried(name, f"http://127.0.0.1:{port}", well, row) for _ in range(rounds)]
        wrong += not all(right)
        shown = f"{row.told[:110]}{'' if all(right) else ' **WRONG**'}"
        apart = str(row.apart or "–")
        print(_line(name, shown, f"{row.seconds:.2f}", str(row.here), apart, f"{1000 * row.waited:.0f}"), flush=True)
    print(f"\nA reading process may have {MEMORY // 1_000_000:,} MB and {SECONDS} s. Wrong: {wrong} of {len(ports)}.")
    return wrong


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Run every case."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    ours, theirs = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    servers = context.Process(target=serve, args=(theirs,), daemon=True)
    servers.start()
    wrong = asyncio.run(run(rounds, ours.recv()))
    servers.terminate()
    servers.join()
    raise SystemExit(wrong > 0)


if __name__ == "__main__":
    main()
