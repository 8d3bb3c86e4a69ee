"""What watching many pages costs, ours beside the other monitors: python -m bench.monitor [--pages N] [--hosts N] …

Each monitor reads the same local site (`bench.site`) twice, its furniture moving at every request; before the second
round one page in a hundred is edited. The others are installed from PyPI, each into an environment of its own, when
first asked for. All are told not to wait between requests and are else as they come; ours has extraction, targets,
versions, guard and outbox on, and no selector. Prints a table as it goes, one of ratios to ours, and which marks are
held; `--write` puts them into docs/benchmarks.md. Exit code 1 where ours misses a mark.

CPU and memory are those of a monitor's whole tree of processes, not of the site. What starting costs is what a round
over a single page costs. Linux only.
"""

import argparse
import compileall
import json
import os
import platform
import re
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import costs, peers
from bench.costs import OURS, Cost, Measured
from bench.meter import Others, metered
from bench.shapes import Shape
from bench.site import Site, open_site, shape_of
from bench.watchers import ROOT, ChangeDetection, Command, Ours, Stage, Urlwatch, Watcher, Webchanges

REQUIREMENTS = Path(__file__).with_name("monitors-requirements.txt")
DOCUMENT = ROOT / "docs" / "benchmarks.md"
QUIET = 3
"""Seconds without a message after which a monitor that keeps running has told all."""


class Floor(Command):
    """`bench.floor`."""

    inputs = ("jobs.json",)

    def __init__(self, python: Path, folder: Path, stage: Stage) -> None:  # noqa: ARG002 (the others')
        super().__init__(Path(sys.executable), folder, stage)
        self.arguments = [sys.executable, "-m", "bench.floor"]
        shapes = [_shape(stage, number) for number in range(len(stage.urls))]
        jobs = [
            (url, shape.encoding, shape.selector, shape.exclude) for url, shape in zip(stage.urls, shapes, strict=True)
        ]
        (folder / "jobs.json").write_text(json.dumps({"hook": stage.hook, "jobs": jobs}))


class UrlwatchText(Urlwatch):
    """With its filter for text alone."""

    def filters(self, number: int) -> dict[str, Any]:  # noqa: ARG002 (all the same)
        """As `Urlwatch.filters`."""
        return {"filter": ["html2text"]}


class UrlwatchSelected(Urlwatch):
    """With what a person writes for each page after a look at its source."""

    def filters(self, number: int) -> dict[str, Any]:
        """As `Urlwatch.filters`."""
        return _by_hand(self.stage, number)


class WebchangesText(Webchanges):
    """With its filter for text alone."""

    def filters(self, number: int) -> dict[str, Any]:  # noqa: ARG002 (all the same)
        """As `Webchanges.filters`."""
        return {"filter": ["html2text"]}


class WebchangesSelected(Webchanges):
    """With what a person writes for each page after a look at its source."""

    def filters(self, number: int) -> dict[str, Any]:
        """As `Webchanges.filters`."""
        return _by_hand(self.stage, number)


TOOLS: dict[str, tuple[str, type[Watcher]]] = {
    OURS: ("", Ours),
    "bare floor, selectors": ("", Floor),
    "urlwatch": ("urlwatch", UrlwatchText),
    "urlwatch, selectors": ("urlwatch", UrlwatchSelected),
    "webchanges": ("webchanges", WebchangesText),
    "webchanges, selectors": ("webchanges", WebchangesSelected),
    "changedetection.io": ("changedetection.io", ChangeDetection),
}
"""The package to install, none for our own, and the way of running it."""


def main() -> int:
    """Measure, print, write."""
    asked = _asked()
    document = DOCUMENT.read_text("utf-8") if asked.write else ""
    if asked.write:
        put(document, asked, "")  # whether there is a place for it is better known before
    for package in ("alerts", "bench", "crawler", "storage"):  # as those from PyPI are
        compileall.compile_dir(ROOT / package, quiet=2)
    print(costs.head())
    found: dict[str, Measured] = {}
    others, failed = Others(), []
    for name in asked.only or TOOLS:
        try:
            found[name] = measure(name, asked)
        except (peers.UnavailableError, OSError) as error:
            failed.append(f"{name}: {error}")
        else:
            print(costs.lines(name, found[name]), flush=True)
    above, below = _circumstances(others.share(), asked), _findings(found, failed)
    print(f"\n{below}\n\n{above}")
    if asked.write:
        rows = [costs.lines(name, each) for name, each in found.items()]
        text = "\n\n".join([above, "\n".join([costs.head(), *rows]), below])
        DOCUMENT.write_text(put(document, asked, text), "utf-8")
    return 1 if failed or (OURS in found and costs.missed(found[OURS])) else 0


def measure(name: str, asked: argparse.Namespace) -> Measured:
    """Both rounds over all pages, and over one; raises UnavailableError where it could not be installed."""
    package, kind = TOOLS[name]
    python = Path(sys.executable)
    if package:
        environment = peers.prepare(requirements=REQUIREMENTS, only=package)
        python = environment.python
        if reason := environment.failed.get(package):
            raise peers.UnavailableError(f"not installed: {reason}")
    latency = asked.latency / 1000
    first, second = both_rounds(kind, python, 1, 1, latency)
    rounds = both_rounds(kind, python, asked.pages, asked.hosts, latency)
    return Measured(asked.pages, rounds, (first.cpu, second.cpu))


def both_rounds(kind: type[Watcher], python: Path, pages: int, hosts: int, latency: float) -> tuple[Cost, Cost]:
    """A monitor's costs, with one page in a hundred edited in between."""
    with open_site(pages, hosts, latency) as site, TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        watcher = kind(python, Path(folder), site)
        try:
            first = _round(watcher, site, set())
            return first, _round(watcher, site, site.edit())
        finally:
            watcher.close()


def put(document: str, asked: argparse.Namespace, text: str) -> str:
    """The document with this text between the marks for such a site."""
    marks = rf"(?s)(<!-- monitor {asked.pages} {asked.hosts} {asked.latency} -->\n).*?(<!-- end -->)"
    found, count = re.subn(marks, lambda match: f"{match[1]}{text}\n{match[2]}", document)
    if count != 1:
        raise SystemExit(f"{DOCUMENT}: no marks for {asked.pages} pages, {asked.hosts} hosts, {asked.latency} ms")
    return found


def _round(watcher: Watcher, site: Site, edited: set[int]) -> Cost:
    with metered(without=site.process) as spent:
        took = watcher.round()
        if not isinstance(watcher, Command):
            _wait_for_quiet(site)
    told = site.told()
    files = [path for path in watcher.folder.rglob("*") if path.is_file()]
    kept = [path for path in files if path.name not in (*watcher.inputs, "stderr")]
    size = sum(path.stat().st_size for path in kept)
    return Cost(took.whole, spent.cpu, spent.peak, size, len(kept), len(told - edited), len(edited - told))


def _wait_for_quiet(site: Site) -> None:
    """Until no message has come for a while."""
    before = -1
    while (now := site.posts) != before:
        before = now
        time.sleep(QUIET)


def _shape(stage: Stage, number: int) -> Shape:
    assert isinstance(stage, Site)
    return shape_of(number, stage.hosts)


def _by_hand(stage: Stage, number: int) -> dict[str, Any]:
    shape = _shape(stage, number)
    css = {"selector": shape.selector} | ({"exclude": shape.exclude} if shape.exclude else {})
    return {"filter": [{"css": css}, "html2text"]}


def _circumstances(others: float, asked: argparse.Namespace) -> str:
    command = f"python -m bench.monitor --pages {asked.pages} --hosts {asked.hosts} --latency {asked.latency}"
    machine = f"{os.cpu_count()} CPU, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    load = f"other programs took {others:.0%} of the processors meanwhile"
    return f"`{command}`, {datetime.now(UTC):%d %B %Y}, {machine}; {load}."


def _findings(found: dict[str, Measured], failed: Sequence[str]) -> str:
    """What stands below the table of absolute figures."""
    parts = [costs.ratios(found), costs.marks(found[OURS])] if OURS in found else []
    return "\n\n".join([*parts, *(f"Could not be run: {reason}" for reason in failed)])


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.monitor")
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--hosts", type=int, default=1)
    parser.add_argument("--latency", type=int, default=0, help="milliseconds to each answer with a page")
    parser.add_argument("--only", action="append", choices=TOOLS, help="this monitor; may be repeated")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    asked = parser.parse_args()
    if asked.write and asked.only:
        parser.error("--write is for whole tables")
    return asked


if __name__ == "__main__":
    sys.exit(main())
