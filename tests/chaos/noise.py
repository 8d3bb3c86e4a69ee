"""Noise: pages whose furniture moves at every request and whose reports stand still. Whatever is told is false."""

from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.checks import Outcome, Result
from crawler.text import fold
from tests.chaos.case import SHOWN, Case, Row, peak
from tests.chaos.portal import SHAPES, Portals
from tests.chaos.watch import Watch, source_of


def run(size: int, seed: int) -> Row:
    """`size` checks: ten times as many pages as rounds."""
    pages = max(len(SHAPES), round(sqrt(size * 10)))
    rounds = max(1, size // pages)
    with TemporaryDirectory() as folder:
        watch = Watch(Path(folder), Portals(pages, seed))
        faults = baseline(watch)
        before, false = watch.size(), 0
        for number in range(1, rounds + 1):
            wrong = [result for result in watch.round() if result.outcome is not Outcome.UNCHANGED]
            false += len(wrong)
            faults += [f"round {number}: {_said(watch, result)}" for result in wrong]
        growth = (watch.size() - before) / (pages * rounds)
        twice = sum(page.asked - len(page.urls) * (rounds + 1) for page in watch.portals.pages)
    false += len(watch.told)
    faults += map(str, watch.told)
    return Row(
        case="noise",
        tried=pages * rounds,
        lost=0,
        false=false,
        duplicates=0,
        seconds=watch.worst,
        megabytes=peak(),
        note=f"{pages:,} pages in {len(SHAPES)} shapes × {rounds} rounds, {twice} requests more "
        f"for second looks; database +{growth:.2f} bytes/check",
        faults=tuple(faults[:SHOWN]),
    )


def baseline(watch: Watch) -> list[str]:
    """The first round: every page is new, and its text is the report and nothing else; what is not so."""
    faults = [_said(watch, result) for result in watch.round() if result.outcome is not Outcome.NEW]
    texts = watch.texts()
    astray = [page for page in watch.portals.pages if fold(texts[source_of(page)]) != fold(page.text)]
    return [*faults, *(f"baseline: another text than the report's: {page.told()}" for page in astray)]


def _said(watch: Watch, result: Result) -> str:
    return f"{result.outcome} {result.reason or ''} {watch.page(result.source).told()}"


CASE = Case(name="noise", unit="checks", sizes={"short": 1_000, "long": 100_000}, run=run)
