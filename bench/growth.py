"""What much watching costs as it goes on: python -m bench.growth [--pages N] [--checks N] [--share S] [--write]

Every page is checked so many times through the real pipeline into a real database, 1 % of them edited before each
round, on a clock that leaps; only the network is made up (`bench.growing`), and its time is left out. After each round:
processor time of a check, memory of the process, size of the file. At the end what a start, the query for due pages,
lists and a search take, and the checks of a document of 420,000 characters in 145 parts. `--write` puts tables and plot
into docs/.
"""

import argparse
import asyncio
import gc
import os
import random
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import structlog

from bench.growing import Long, Web
from bench.panels import Panel, panels
from bench.populate import NOW, sources_of
from bench.tables import table
from crawler.app import jobs_by_host
from crawler.checks import Result
from crawler.model import Schedule, Source
from crawler.pipeline import Desk, check_host
from crawler.search import parse_query
from storage import queries, sync
from storage.search.finding import Where, search
from storage.search.indexing import work_off
from storage.store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
PLOT = ROOT / "docs" / "assets" / "growth.svg"
MARKS = ("<!-- growth: written by python -m bench.growth --write -->\n", "<!-- /growth -->")
PORTAL = 300
"""Pages of a portal."""
CHARACTERS = 1_000
"""Of a report: that first readings do not take all the time."""
EVERY = timedelta(hours=6)
PARTS, LONG = 145, 420_000


class Round(NamedTuple):
    """What a round left behind."""

    ms: float
    """Processor time of a check."""
    due: float
    """Seconds for the query."""
    memory: float
    """MB held by the process."""
    size: float
    """MB of the file and its log."""
    versions: int


def main() -> None:
    """Play, print, write."""
    asked = _asked()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        path = Path(folder) / "crawler.db"
        rounds = _play(path, asked)
        marks = _marks(path, asked.pages, NOW + (asked.checks - 1) * EVERY + EVERY / 6)
    told = "\n".join([_command(asked), "", _rounds(rounds), _lists(marks), _long()])
    print(told)
    if asked.write:
        _write(told, _plot(rounds))


def _play(path: Path, asked: argparse.Namespace) -> list[Round]:
    web, dice, rounds = Web(CHARACTERS), random.Random(1), list[Round]()
    sources = {source.id: source for source in sources_of(asked.pages, PORTAL)}
    with open_store(f"sqlite:///{path}", now=NOW) as store:
        store.sync(list(sources.values()), NOW)
        with store.database.write() as connection:
            for source in sources.values():
                sync.add_pages(connection, source.id, _found(source), NOW, announce=False)
        urls = [due.url for due in store.due(sources, None)]
        gc.freeze()
        for number in range(asked.checks):
            if number:
                web.edit(dice.sample(urls, round(asked.share * len(urls))))
            rounds.append(_round(store, web, sources, NOW + number * EVERY, path))
            print(
                f"\r{number + 1}: {rounds[-1].ms:.2f} ms, {rounds[-1].memory:.0f} MB, {rounds[-1].size:.0f} MB  ",
                end="",
                flush=True,
            )
    print()
    return rounds


def _found(source: Source) -> list[tuple[str, str, str, int]]:
    start = int(source.id.rpartition("-")[2]) * PORTAL
    urls = [f"https://{source.id}.example.org/{start + number}.html" for number in range(source.max_pages)]
    return [(url, url, "", number) for number, url in enumerate(urls)]


def _round(store: Store, web: Web, sources: dict[str, Source], now: datetime, path: Path) -> Round:
    web.now, web.seconds = now, 0.0
    began = time.perf_counter()
    due = store.due(sources, now)
    waited = time.perf_counter() - began
    spent = _checked(store, web, due, now) - web.seconds
    while work_off(store):
        pass
    with store.database.read() as connection:
        versions = connection.exec_driver_sql("SELECT count(*) FROM version").scalar_one()
    size = sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))
    return Round(1000 * spent / len(due), waited, _memory(), size / 1e6, versions)


def _checked(store: Store, web: Web | Long, due: Sequence[object], now: datetime) -> float:
    """Seconds of the processor that checks took."""
    desk = Desk(gate=web, book=store, now=lambda: now, jitter=lambda: 0.0, rules="bench")

    async def check() -> None:
        for jobs in jobs_by_host(due).values():  # type: ignore[arg-type] # what `due` gave
            await check_host(jobs, desk, _hear)

    began = time.process_time()
    asyncio.run(check())
    return time.process_time() - began


def _hear(_result: Result) -> None:
    pass


def _memory() -> float:
    held = re.search(r"^VmRSS:\s*(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(held[1]) / 1000 if held else 0.0


def _marks(path: Path, pages: int, now: datetime) -> list[tuple[str, float]]:
    """What readers and the daemon ask a database of this size, in ms: the best of five."""
    url = f"sqlite:///{path}"
    sources = {source.id: source for source in sources_of(pages, PORTAL)}
    rows: list[tuple[str, float]] = []

    def best(name: str, work: Callable[[], object]) -> None:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            work()
            times.append(time.perf_counter() - began)
        rows.append((name, 1000 * min(times)))

    best("open the store", lambda: open_store(url, now=NOW).close())
    with open_store(url, now=NOW) as store:
        best("which pages are due: none", lambda: store.due(sources, now))
        best("when something is due next", store.next_due)
        best("the list of changes", lambda: queries.changes(store, limit=50))
        best("the list of pages", lambda: queries.pages(store, limit=50))
        best("a search: 龙虎大桥", lambda: search(store, parse_query("龙虎大桥"), Where()))
        best("a search: 地区生产总值", lambda: search(store, parse_query("地区生产总值"), Where()))
    return rows


def _long() -> str:
    """Checks of one document of many parts."""
    web, times = Long(PARTS, LONG), list[tuple[str, float]]()
    source = Source(id="long", title="long", url=web.url, max_pages=200, schedule=Schedule(every=EVERY))
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/x.db", now=NOW) as store:
        store.sync([source], NOW)
        for number, name in enumerate(
            ("the first check", "nothing changed", "one part changed", "nothing changed again")
        ):
            if name == "one part changed":
                web.edit(70, number)
            web.now, web.seconds = NOW + number * EVERY, 0.0
            due = store.due({"long": source}, None)
            times.append((name, _checked(store, web, due, web.now) - web.seconds))
    rows = [(name, f"{1000 * seconds:.0f}", f"{1000 * seconds / web.parts:.2f}") for name, seconds in times]
    return table((f"{web.characters:,} characters in {web.parts} parts", "CPU ms", "a part"), rows)


def _rounds(rounds: Sequence[Round]) -> str:
    picked = sorted({0, 1, 2, len(rounds) // 3, 2 * len(rounds) // 3, len(rounds) - 1} & set(range(len(rounds))))
    rows = [
        (
            str(n + 1),
            f"{each.ms:.2f}",
            f"{each.due:.2f}",
            f"{each.memory:.0f}",
            f"{each.size:.1f}",
            f"{each.versions:,}",
        )
        for n, each in ((n, rounds[n]) for n in picked)
    ]
    return table(("check", "CPU ms a check", "due query s", "memory MB", "file MB", "versions"), rows)


def _lists(marks: Sequence[tuple[str, float]]) -> str:
    return table(("at the end", "ms"), [(name, f"{ms:.1f}") for name, ms in marks])


def _plot(rounds: Sequence[Round]) -> str:
    return panels(
        "What a check costs, and what is held, check by check",
        (
            Panel("CPU ms a check (the first left out)", [each.ms for each in rounds[1:]]),
            Panel("memory, MB", [each.memory for each in rounds]),
            Panel("file, MB", [each.size for each in rounds]),
        ),
    )


def _command(asked: argparse.Namespace) -> str:
    options = f"--pages {asked.pages} --checks {asked.checks} --share {asked.share}"
    return f"`python -m bench.growth {options}`, {datetime.now(UTC):%d %B %Y}, {os.cpu_count()} CPU."


def _write(told: str, plot: str) -> None:
    document = PAGE.read_text("utf-8")
    start, end = (document.index(mark) for mark in MARKS)
    PAGE.write_text(document[: start + len(MARKS[0])] + told + document[end:], "utf-8")
    PLOT.write_text(plot, "utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.growth")
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--checks", type=int, default=30)
    parser.add_argument("--share", type=float, default=0.01, help="of the pages, edited before each round")
    parser.add_argument("--folder", help="where the database lies meanwhile")
    parser.add_argument("--write", action="store_true", help="put tables and plot into docs/")
    return parser.parse_args()


if __name__ == "__main__":
    main()
