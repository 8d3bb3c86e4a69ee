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
import os
import platform
import re
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import costs, peers
from bench.costs import OURS, Cost, Measured
from bench.meter import Others, metered
from bench.site import Site, open_site
from bench.tools import TOOLS
from bench.watchers import ROOT, Command, Watcher

REQUIREMENTS = Path(__file__).with_name("monitors-requirements.txt")
DOCUMENT = ROOT / "docs" / "benchmarks.md"
QUIET = 3
"""Seconds without a message after which a monitor that keeps running has told all."""


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
    above, below = _circumstances(found, others.share(), asked), _findings(found, failed)
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
    before, busy = site.served, site.seconds
    with metered(without=site.process) as spent:
        took = watcher.round()
        if not isinstance(watcher, Command):
            _wait_for_quiet(site)
    if (asked := site.served - before) < len(site.urls):
        raise OSError(f"it asked for {asked} of {len(site.urls)} pages: {_last_words(watcher.folder / 'stderr')}")
    told = site.told()
    files = [path for path in watcher.folder.rglob("*") if path.is_file()]
    kept = [path for path in files if path.name not in (*watcher.inputs, "stderr")]
    size = sum(path.stat().st_size for path in kept)
    site_ms = 1000 * (site.seconds - busy) / asked
    return Cost(took.whole, spent.cpu, spent.peak, size, len(kept), len(told - edited), len(edited - told), site_ms)


def _last_words(path: Path) -> str:
    return (path.read_text("utf-8", "replace").strip().splitlines() or ["it said nothing"])[-1]


def _wait_for_quiet(site: Site) -> None:
    """Until no message has come for a while."""
    before = -1
    while (now := site.posts) != before:
        before = now
        time.sleep(QUIET)


def _circumstances(found: dict[str, Measured], others: float, asked: argparse.Namespace) -> str:
    """The command, the day, the machine, and whether anything stood in the way."""
    options = f"--pages {asked.pages} --hosts {asked.hosts} --latency {asked.latency}"
    only = "".join(f' --only "{name}"' for name in asked.only or ())
    machine = f"{os.cpu_count()} CPU, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    site = max((cost.site_ms for each in found.values() for cost in each.rounds), default=0.0)
    return (
        f"`python -m bench.monitor {options}{only}`, {datetime.now(UTC):%d %B %Y}, {machine}; other programs took "
        f"{others:.0%} of the processors meanwhile, the site at most {site:.1f} ms a page."
    )


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
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
