"""What came of measuring monitors, as tables: pure, no I/O.

Cost of a round; Measured: both rounds of a monitor, and what starting it costs
absolute(measured), ratios(measured), marks(ours) -> Markdown
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

CPU_MS, PEAK_MB, DISK_MB = 5, 100, 4
"""The marks of ours in the second round: CPU a page, memory, and on disk per 1,000 pages."""
OURS = "ours"
_HEAD = (
    *("monitor", "round", "wall s", "pages/s", "CPU s", "CPU ms a page", "without start-up", "peak MB", "disk MB"),
    *("files", "false", "missed"),
)


class Cost(NamedTuple):
    """Of one round over all pages."""

    wall: float
    cpu: float
    """Seconds."""
    peak: int
    disk: int
    """Bytes, after the round."""
    files: int
    false: int
    missed: int
    site_ms: float
    """Of the site's processor, a page: what says that it was not the bottleneck."""


class Measured(NamedTuple):
    """Two rounds of a monitor over so many pages."""

    pages: int
    rounds: tuple[Cost, Cost]
    starting: tuple[float, float]
    """CPU seconds of both rounds over one page."""

    def ms(self, number: int) -> float:
        """CPU a page."""
        return 1000 * self.rounds[number].cpu / self.pages

    def bare_ms(self, number: int) -> float:
        """CPU a page, the start left out."""
        return 1000 * max(0.0, self.rounds[number].cpu - self.starting[number]) / max(1, self.pages - 1)


def head() -> str:
    """Of the table of absolute figures."""
    return f"| {' | '.join(_HEAD)} |\n| --- | --- |{' ---: |' * (len(_HEAD) - 2)}"


def lines(name: str, found: Measured) -> str:
    """The rows of one monitor there; nothing was edited before the first round."""
    rows = []
    for number, cost in enumerate(found.rounds):
        told = (f"{cost.false}", f"{cost.missed}") if number else ("", "")
        cells = (
            f"{cost.wall:.1f}", f"{found.pages / cost.wall:.0f}", f"{cost.cpu:.1f}", f"{found.ms(number):.1f}",
            f"{found.bare_ms(number):.1f}", f"{cost.peak / 1e6:.0f}", f"{cost.disk / 1e6:.1f}", f"{cost.files}", *told,
        )  # fmt: skip
        rows.append(f"| {name} | {number + 1} | {' | '.join(cells)} |")
    return "\n".join(rows)


def ratios(found: Mapping[str, Measured]) -> str:
    """The second round of each, divided by that of ours."""
    names = ("wall", "CPU a page", "without start-up", "peak memory", "disk")
    ours = _figures(found[OURS])
    rows = [f"| ÷ ours, second round | {' | '.join(names)} | false | missed |", f"| --- |{' ---: |' * 7}"]
    for name, each in found.items():
        cells = [f"{own / base:.2f}" if base else "" for own, base in zip(_figures(each), ours, strict=True)]
        last = each.rounds[1]
        rows.append(f"| {name} | {' | '.join(cells)} | {last.false} | {last.missed} |")
    return "\n".join(rows)


def missed(ours: Measured) -> Sequence[str]:
    """The marks that ours does not hold."""
    return [text for text, held in _marks(ours) if not held]


def marks(ours: Measured) -> str:
    """Each mark, and whether it is held."""
    return "\n".join(f"- {text}: {'held' if held else '**missed**'}" for text, held in _marks(ours))


def _marks(ours: Measured) -> list[tuple[str, bool]]:
    last = ours.rounds[1]
    peak, disk = last.peak / 1e6, last.disk / 1e6 * 1000 / ours.pages
    return [
        (f"CPU {ours.ms(1):.1f} ms a page, mark {CPU_MS}", ours.ms(1) <= CPU_MS),
        (f"memory {peak:.0f} MB, mark {PEAK_MB}", peak <= PEAK_MB),
        (f"disk {disk:.1f} MB per 1,000 pages, mark {DISK_MB}", disk <= DISK_MB),
        (f"{last.false} false, mark 0", not last.false),
        (f"{last.missed} missed, mark 0", not last.missed),
    ]


def _figures(found: Measured) -> tuple[float, ...]:
    last = found.rounds[1]
    return last.wall, found.ms(1), found.bare_ms(1), last.peak, last.disk
