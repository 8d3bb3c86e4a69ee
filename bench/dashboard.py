"""How fast the dashboard answers with much stored: python -m bench.dashboard FOLDER [--pages N] [--versions M] …

`bench.populate` fills a database in FOLDER, once; of it a copy is served by the real `crawler serve`, a browser comes
in by the printed link, and every page and feed is asked: by one person at a time, then by eight at once, each address
anew, so that nothing is answered out of a cache that a reader would not meet. Prints a table; `--write` puts it into
docs/performance.md and its translation. Exit code 1 where a page is past the bar.
"""

import argparse
import http.client
import os
import platform
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from bench.addresses import Row, rows_of
from bench.populate import NOW, PAST, Size, populate, sources_of
from storage.search.indexing import work_off
from storage.store import open_store

ROOT = Path(__file__).resolve().parents[1]
BAR_MS, BAR_BYTES = 50, 100_000
ALONE = 40
"""Requests of each row by one person."""
CLIENTS = 8
EACH = 15
"""Requests of each row by each of them."""
_HEADERS = {"en": ("page", "p50 ms", "p95 ms", "KB", "pages/s", "p95 ms", "CPU ms"),
            "zh-CN": ("页面", "p50 毫秒", "p95 毫秒", "KB", "页/秒", "p95 毫秒", "CPU 毫秒")}  # fmt: skip
_ALL = {"en": "all of them, mixed", "zh-CN": "全部混合"}


class Figure(NamedTuple):
    """What came of one row."""

    name: str
    alone: tuple[float, float]
    """Median and 95th percentile of one person's requests, ms."""
    size: int
    """Bytes of the largest answer, as they are without compression."""
    rate: float
    """Answers a second to eight at once."""
    crowd: float
    """95th percentile of theirs, ms."""
    cpu: float
    """Of the server's processor, an answer, ms."""

    @property
    def is_past(self) -> bool:
        """Whether a person would wait longer, or load more, than he should."""
        return self.alone[0] > BAR_MS or self.size > BAR_BYTES


class Browser:
    """A connection that is kept, and the cookie of whoever is in."""

    def __init__(self, host: str, cookie: str) -> None:
        self._wire = http.client.HTTPConnection(host, timeout=60)
        self._headers = {"Cookie": cookie, "Accept-Language": "zh-CN", "Accept": "*/*"}

    def get(self, path: str) -> tuple[float, int]:
        """Milliseconds and bytes of an answer, which has to be one."""
        began = time.perf_counter()
        self._wire.request("GET", path, headers=self._headers)
        answer = self._wire.getresponse()
        body = answer.read()
        spent = 1000 * (time.perf_counter() - began)
        if answer.status != http.client.OK:
            raise SystemExit(f"{path}: {answer.status} {body[:300]!r}")
        return spent, len(body)


class Server:
    """`crawler serve` at work."""

    def __init__(self, process: subprocess.Popen[str], link: str) -> None:
        self._pid = process.pid
        self._host = urlsplit(link).netloc
        wire = http.client.HTTPConnection(self._host, timeout=60)
        wire.request("GET", f"/?{urlsplit(link).query}")
        self._cookie = (wire.getresponse().getheader("set-cookie") or "").partition(";")[0]

    def browser(self) -> Browser:
        """One that is logged in."""
        return Browser(self._host, self._cookie)

    def spent(self) -> float:
        """CPU seconds of the server so far; 0 where the system does not tell."""
        try:
            fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Fill, serve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="keeps the database between runs")
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--versions", type=int, default=100_000)
    parser.add_argument("--only", default="", help="rows whose names say this")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    asked = parser.parse_args()
    filled = _filled(asked.folder, Size(asked.pages, asked.versions, 5_000))
    with tempfile.TemporaryDirectory(dir=asked.folder) as name, _served(filled, Path(name), asked.pages) as server:
        rows = [row for row in rows_of(filled) if asked.only in row.name]
        figures = [_measured(server, row) for row in rows]
        mixed = _crowded(server, [address for row in rows for address in row.addresses])
    for language in _HEADERS:
        text = _table(figures, mixed, language)
        if language == "en":
            print(text.splitlines()[-1])
        if asked.write:
            _write(language, text, asked)
    return 1 if any(figure.is_past for figure in figures) else 0


def _filled(folder: Path, size: Size) -> Path:
    """The database of that size, made if it is not there yet."""
    path = folder / f"dashboard-{size.pages}-{size.versions}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        begun = path.with_suffix(".part")
        begun.unlink(missing_ok=True)
        with open_store(f"sqlite:///{begun}", now=NOW - PAST) as store:
            populate(store, size)
            while work_off(store):  # the search's index, which a server would else make beside its answers
                pass
        begun.rename(path)
    return path


@contextmanager
def _served(filled: Path, folder: Path, pages: int) -> Iterator[Server]:
    shutil.copyfile(filled, folder / "crawler.db")
    lines = [f'  - {{id: {each.id}, title: {each.title}, listing: "{each.listing}"}}' for each in sources_of(pages)]
    (folder / "sources.yaml").write_text("sources:\n" + "\n".join(lines) + "\n", "utf-8")
    command = [sys.executable, "-m", "crawler", "serve", "--port", "0"]
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=kept, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield Server(process, process.stdout.readline().strip())
        finally:
            process.send_signal(signal.SIGTERM)


def _measured(server: Server, row: Row) -> Figure:
    browser = server.browser()
    browser.get(row.addresses[-1])  # the first of its kind reads templates
    answers = [browser.get(row.addresses[n % len(row.addresses)]) for n in range(ALONE)]
    times = [spent for spent, _ in answers]
    rate, crowd, cpu = _crowded(server, row.addresses)
    size = max(size for _, size in answers)
    found = Figure(row.name, (statistics.median(times), _slow(times)), size, rate, crowd, cpu)
    print(_line(found), flush=True)
    return found


def _crowded(server: Server, addresses: Sequence[str]) -> tuple[float, float, float]:
    """Answers a second to eight clients at once, the 95th percentile of their times, and the server's CPU an answer."""

    def one(number: int) -> list[float]:
        browser, dice = server.browser(), random.Random(number)
        return [browser.get(dice.choice(addresses))[0] for _ in range(EACH)]

    before, began = server.spent(), time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        times = [spent for each in pool.map(one, range(CLIENTS)) for spent in each]
    took = time.perf_counter() - began
    return len(times) / took, _slow(times), 1000 * (server.spent() - before) / len(times)


def _slow(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _table(figures: Sequence[Figure], mixed: tuple[float, float, float], language: str) -> str:
    head = [f"| {' | '.join(_HEADERS[language])} |", "| --- |" + " ---: |" * 6]
    rate, crowd, cpu = mixed
    last = f"| {_ALL[language]} | | | | {rate:.0f} | {crowd:.0f} | {cpu:.0f} |"
    return "\n".join([*head, *map(_line, figures), last])


def _line(figure: Figure) -> str:
    median, slow = figure.alone
    name = f"{figure.name} (!)" if figure.is_past else figure.name
    return (
        f"| {name} | {median:.0f} | {slow:.0f} | {figure.size / 1000:.0f} "
        f"| {figure.rate:.0f} | {figure.crowd:.0f} | {figure.cpu:.0f} |"
    )


def _write(language: str, text: str, asked: argparse.Namespace) -> None:
    """Between the marks of the document."""
    path = ROOT / "docs" / ("performance.md" if language == "en" else f"performance.{language}.md")
    on = f"{asked.pages:,} · {asked.versions:,} · {os.cpu_count()} CPU · Python {platform.python_version()}"
    found = re.sub(
        r"(?s)(<!-- figures -->\n).*(<!-- end -->)",
        lambda marks: f"{marks[1]}{on}\n\n{text}\n{marks[2]}",
        path.read_text("utf-8"),
    )
    path.write_text(found, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
