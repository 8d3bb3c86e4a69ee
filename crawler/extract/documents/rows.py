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
    segments = [runs[0]]
    for before, run in pairwise(runs):
        last = segments[-1]
        gap = run.x0 - last.x1
        if _drawn_twice(before, run):
            continue
        if gap > _WIDE * max(run.size, last.size) or any(_stands_between(wall, last, run) for wall in walls):
            segments.append(run)
        else:
            segments[-1] = _joined(last, run, gap)
    return segments


def _stands_between(wall: Rule, last: Run, run: Run) -> bool:
    return last.x1 - 1 <= wall.x0 <= run.x0 + 1 and wall.y0 < run.middle < wall.y1


def _drawn_twice(before: Run, run: Run) -> bool:
    return run.text.strip() == before.text.strip() and run.x0 - before.x0 < 0.3 * run.size


def _joined(last: Run, run: Run, gap: float) -> Run:
    figures = last.text[-1:].isdigit() and run.text[:1].isdigit()
    blank = " " if gap > (_DIGITS if figures else _BLANK) * run.size else ""
    larger = max(last, run, key=lambda each: len(each.text))
    return Run(
        last.text + blank + run.text,
        last.x0,
        min(last.y0, run.y0),
        max(last.x1, run.x1),
        max(last.y1, run.y1),
        larger.size,
        larger.font,
    )
