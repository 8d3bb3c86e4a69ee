"""Measures body extraction: quality, quality with furniture put in, stability, speed; ours alone or beside its peers.

usage: python -m bench.extract [--peers [--python PATH]] [--wordings FILE] [-v]      from the project's root

Pages: ../shared/pages where it is (with its scorer), else tests/pages. Tables in Markdown on stdout, progress on
stderr. --peers installs those of peers-requirements.txt into an environment of their own first. -v lists every page,
worst first, and every block of furniture that stands in a body of ours.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from bench import peers, tables
from bench.furniture import WORDINGS, read_book
from bench.measure import Page, judge, pages_of
from bench.samples import own_samples, shared_samples
from crawler.extract import extract

ROUNDS = 3
OURS = "ours"


def main(arguments: Sequence[str]) -> int:
    """Print the tables."""
    options = _options(arguments)
    samples = shared_samples() or own_samples()
    pages, missed = pages_of(samples, read_book(options.wordings))
    left_out = f"; not furnished, for their body was not found in the markup: {', '.join(missed)}" if missed else ""
    print(f"{len(samples)} pages, {len(pages) - len(samples)} furnished{left_out}\n", flush=True)
    runs, absent = {OURS: _ours(pages)}, []
    for name in peers.names() if options.peers else ():
        try:
            runs[name] = peers.run(peers.prepare(options.python), name, pages)
        except peers.UnavailableError as reason:
            absent.append((name, "", str(reason), ""))
    results = {name: judge(pages, run.bodies) for name, run in runs.items()}
    speeds = [(name, run.version, f"{run.extract / run.parse:.1f} x", str(run.errors)) for name, run in runs.items()]
    print(tables.quality(results), tables.furnished(results), tables.speed([*speeds, *absent]), sep="\n")
    print(tables.kinds_by_place(results[OURS]))
    if options.peers:
        print(tables.kinds(results))
    print(tables.worst(results[OURS], None if options.verbose else 10))
    if options.verbose:
        print(tables.leaking(results[OURS]))
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.extract", description="Measure body extraction.")
    parser.add_argument("--peers", action="store_true", help="beside other extractors from PyPI")
    parser.add_argument("--python", help="the interpreter for the peers' environment (magic-html needs 3.12)")
    parser.add_argument(
        "--wordings", type=Path, default=WORDINGS, help="furniture to put in, in place of furniture.txt"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="every page and every leak")
    return parser.parse_args(arguments)


def _ours(pages: Sequence[Page]) -> peers.Run:
    """What `peers.run` gives, for our extractor, in this process."""
    print(f"{OURS} …", file=sys.stderr, flush=True)
    bodies = [extract(page.html, page.sample.url).body for page in pages]
    timed = [page.html for page in pages if not page.scene]
    parse, ours = _best(LexborHTMLParser, timed), _best(extract, timed)
    return peers.Run(version("report-crawler"), bodies, parse, ours, 0)


def _best(job: Callable[[str], object], texts: list[str]) -> float:
    """Seconds for all texts, best round."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in texts:
            job(text)
        rounds.append(time.perf_counter() - start)
    return min(rounds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
