"""How soon edits are told for the same number of requests: bounds (`every`, `up_to`) beside a fixed interval.

    python -m bench.freshness [--pages 500] [--write]

A year of pages is played against the product's own rule (`crawler.freshness.regular`); the fixed interval is the one
that makes as many requests. Of each edit the time is taken until the next check. The rule's constants were chosen on
other dice than these (`_SEED`). `--write` puts table and plot into docs/.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import fmean

from bench.changes import DAYS, PROCESSES, Page, moment, pages
from bench.plot import Curve, shares
from bench.tables import table
from crawler.freshness import History, regular
from crawler.model import Schedule

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
PLOT = ROOT / "docs" / "assets" / "freshness.svg"
MARKS = ("<!-- freshness: written by python -m bench.freshness --write -->\n", "<!-- /freshness -->")
_SEED = 2026
_HOUR = timedelta(hours=1)
BOUNDS = ((1, 168), (6, 720))
"""Hours: for who wants to be first, and for who has a hundred thousand pages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """What came of a year."""

    requests: int
    delays: Sequence[float]
    """Hours from each edit to the check that found it, in rising order."""

    def share(self, share: float) -> float:
        """So many of the edits were found within these hours."""
        return self.delays[min(len(self.delays) - 1, int(share * len(self.delays)))]


def bounded(year: Sequence[Page], schedule: Schedule, dice: Random) -> Played:
    """Checks as the product sets them."""
    requests, delays = 0, []
    for page in year:
        checks = _checks(page, schedule, dice)
        requests += len(checks)
        delays += _delays(page, checks)
    return Played(requests=requests, delays=sorted(delays))


def fixed(year: Sequence[Page], requests: int, dice: Random) -> tuple[float, Played]:
    """So many checks at one interval for all pages; the interval in hours."""
    interval = sum(DAYS - page.watched for page in year) / requests
    delays = []
    for page in year:
        first = page.watched + dice.random() * interval
        delays += [24 * (-(edit - first) % interval) for edit in page.edits]
    return 24 * interval, Played(requests=requests, delays=sorted(delays))


def _checks(page: Page, schedule: Schedule, dice: Random) -> list[datetime]:
    """When the page is checked, the first time when the year or the page begins."""
    now, end = moment(page.watched), moment(DAYS)
    history = History(first_seen=now, published=page.published)
    edits, checks = [moment(edit) for edit in page.edits], list[datetime]()
    while now < end:
        checks.append(now)
        found = sum(1 for edit in edits if edit <= now)
        del edits[:found]
        if found:
            history = history.read(page.published, now)
        now = regular(now, schedule, history, jitter=dice.random()).at
    return [*checks, now]


def _delays(page: Page, checks: Sequence[datetime]) -> list[float]:
    left, delays = iter(checks), []
    check = next(left)
    for edit in page.edits:
        at = moment(edit)
        while check < at:
            check = next(left)
        delays.append((check - at) / _HOUR)
    return delays


def compared(name: str, count: int, every: float, up_to: float) -> tuple[float, Played, Played, int]:
    """A fixed interval (in hours) and the bounds at the same number of requests, and how many edits there were."""
    year = pages(name, count, Random(_SEED))
    schedule = Schedule(every=every * _HOUR, up_to=up_to * _HOUR)
    ours = bounded(year, schedule, Random(_SEED + 1))
    interval, theirs = fixed(year, ours.requests, Random(_SEED + 2))
    return interval, theirs, ours, len(ours.delays)


def _row(name: str, count: int, every: float, up_to: float) -> tuple[list[str], Played, Played]:
    interval, theirs, ours, edits = compared(name, count, every, up_to)
    pairs = [(theirs.share(0.5), ours.share(0.5)), (theirs.share(0.95), ours.share(0.95))]
    pairs.append((fmean(theirs.delays), fmean(ours.delays)))
    cells = [f"{before:.1f} → {after:.1f} h: {after / before:.2f}" for before, after in pairs]
    bounds = f"{every:g}h to {up_to / 24:g}d"
    return [PROCESSES[name].said, str(edits), bounds, f"{interval:.1f} h", *cells], theirs, ours


def main() -> None:
    """Play all processes, print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--pages", type=int, default=500)
    asked.add_argument("--write", action="store_true", help="put table and plot into docs/")
    given = asked.parse_args()
    rows, curves = [], list[Curve]()
    for name in PROCESSES:
        for bounds in BOUNDS[: 2 if name.startswith("mixed") else 1]:
            row, theirs, ours = _row(name, given.pages, *bounds)
            rows.append(row)
            if name == "mixed" and bounds == BOUNDS[0]:
                curves += [
                    Curve(f"every {row[3]}", theirs.delays),
                    Curve(row[2].replace(" to ", ", up to "), ours.delays),
                ]
    heads = ("edits fall", "edits", "bounds", "same requests at", "median", "95 %", "mean")
    shown = table(heads, rows)
    print(shown)
    if given.write:
        write(f"{given.pages} pages, {datetime.now(UTC):%Y-%m-%d}:\n\n{shown}", shares(curves))


def write(shown: str, plot: str) -> None:
    """Put the table between the marks of its page, and the plot beside."""
    text = PAGE.read_text("utf-8")
    before, begun, rest = text.partition(MARKS[0])
    _, ended, behind = rest.partition(MARKS[1])
    if not begun or not ended:
        raise SystemExit(f"{PAGE} has no place for the table: {MARKS}")
    PAGE.write_text(f"{before}{begun}\n{shown}\n{ended}{behind}", "utf-8")
    PLOT.parent.mkdir(exist_ok=True)
    PLOT.write_text(plot, "utf-8")


if __name__ == "__main__":
    main()
