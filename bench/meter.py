"""What child processes cost: seconds of the processor, and the most memory they had together. Linux only.

with metered(without=site.process) as spent:
    ...
spent.cpu, spent.peak
"""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

_EVERY = 0.1
"""Seconds between two looks at the memory."""
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Spent:
    """Filled at the end of `metered`."""

    cpu = 0.0
    """Seconds, of all children and theirs, living or ended."""
    peak = 0
    """Bytes: the largest sum of resident memory over the tree of processes; what they share counts for each."""


@contextmanager
def metered(without: int = 0) -> Iterator[Spent]:
    """Meter all children of this process but one and its own."""
    spent, done = Spent(), Event()

    def look() -> None:
        while not done.wait(_EVERY):
            spent.peak = max(spent.peak, sum(resident for _, resident in _living(without)))

    before = _seconds(without)
    sampler = Thread(target=look, daemon=True)
    sampler.start()
    try:
        yield spent
    finally:
        done.set()
        sampler.join()
        spent.cpu = _seconds(without) - before


class Others:
    """Watches how much of the processors other programs take."""

    def __init__(self) -> None:
        self._start = time.monotonic(), _busy(), _own()

    def share(self) -> float:
        """Of all processors, since the start; ask once all children have ended."""
        start, busy, own = self._start
        whole = (time.monotonic() - start) * (os.cpu_count() or 1)
        return max(0.0, _busy() - busy - (_own() - own)) / whole


def _own() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _busy() -> float:
    """Seconds that all processors have worked."""
    user, nice, system, _, _, interrupts, soft, stolen, *_ = map(
        int, Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    )
    return (user + nice + system + interrupts + soft + stolen) / _TICKS


def _seconds(without: int) -> float:
    """Of children that ended and were waited for, and of those that live."""
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) + sum(seconds for seconds, _ in _living(without))


def _living(without: int) -> list[tuple[float, int]]:
    """Seconds, with those of ended children, and resident bytes of each descendant."""
    rows: dict[int, tuple[int, float, int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:  # it ended
            continue
        rows[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:15])) / _TICKS, int(fields[21]) * _PAGE
    found, parents = [], {os.getpid()}
    while parents:
        parents = {pid for pid, (parent, *_) in rows.items() if parent in parents and pid != without}
        found += [rows[pid][1:] for pid in parents]
    return found
