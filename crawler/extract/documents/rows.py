"""From the runs of a page to its rows: what stands at one height, with the wide gaps kept."""

from collections.abc import Sequence
from itertools import pairwise

from crawler.extract.documents.sheets import Row, Rule, Run

_BLANK = 0.25
_WIDE = 1.2
"""In sizes of the font: gaps between words, and between what stands apart (cells, columns, spaced letters)."""
_DIGITS = 0.7


def find_rows(runs: list[Run], walls: Sequence[Rule] = ()) -> list[Row]:
    """The rows from the top, each with its segments from the left; a text drawn twice (for bold print) counts once.

    `walls` are vertical ruling lines, which part what stands on either side of them.
    """
    rows: list[list[Run]] = []
    for run in sorted((run for run in runs if run.text.strip()), key=lambda run: run.middle):
        if rows and run.middle - rows[-1][0].middle < 0.5 * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [Row(_segments(sorted(row, key=lambda run: run.x0), walls)) for row in rows]


def _segments(runs: list[Run], walls: Sequence[Rule]) -> list[Run]:
    segments = [_Segment(runs[0])]
    for before, run in pairwise(runs):
        last = segments[-1]
        if _drawn_twice(before, run):
            continue
        wide = run.x0 - last.x1 > _WIDE * max(run.size, last.size)
        if wide or any(_stands_between(wall, last.x1, run) for wall in walls):
            segments.append(_Segment(run))
        else:
            last.add(run)
    return [segment.whole() for segment in segments]


class _Segment:
    """Runs with no wide gap between them: each costs what it is long."""

    def __init__(self, run: Run) -> None:
        self._runs, self._blanks = [run], [""]
        self.x1, self.size = run.x1, run.size
        """Right edge; size of the longer print."""
        self._longer, self._length = run, len(run.text)

    def add(self, run: Run) -> None:
        """The segment goes on with this run."""
        figures = self._runs[-1].text[-1:].isdigit() and run.text[:1].isdigit()
        blank = " " if run.x0 - self.x1 > (_DIGITS if figures else _BLANK) * run.size else ""
        if len(run.text) > self._length:
            self._longer, self.size = run, run.size
        self._runs.append(run)
        self._blanks.append(blank)
        self._length += len(blank) + len(run.text)
        self.x1 = max(self.x1, run.x1)

    def whole(self) -> Run:
        """All of it as one run."""
        return Run(
            "".join(blank + run.text for blank, run in zip(self._blanks, self._runs, strict=True)),
            self._runs[0].x0,
            min(run.y0 for run in self._runs),
            self.x1,
            max(run.y1 for run in self._runs),
            self.size,
            self._longer.font,
        )


def _stands_between(wall: Rule, end: float, run: Run) -> bool:
    return end - 1 <= wall.x0 <= run.x0 + 1 and wall.y0 < run.middle < wall.y1


def _drawn_twice(before: Run, run: Run) -> bool:
    return run.text.strip() == before.text.strip() and run.x0 - before.x0 < 0.3 * run.size
