"""A document's targets and edits, each by the report it stands in, where the document holds many reports.

Ring 1: puts `crawler.extract.compilation` together with targets and text differences, which know nothing of it.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from crawler.diff import Hunk, TextDiff
from crawler.extract.compilation import Report, find_reports, place_and_year
from crawler.model import Target
from crawler.targets import find_targets


def targets_of(paragraphs: Sequence[str], year: int | None, reports: Sequence[Report]) -> tuple[Target, ...]:
    """The targets of a text, its paragraphs joined by line ends; a report that says its year is read with it."""
    if not reports:
        return tuple(find_targets("\n".join(paragraphs), year))
    begins = _begins(paragraphs)
    found = _moved(find_targets("\n".join(paragraphs[: reports[0].start]), year), 0, "")
    for report in reports:
        text = "\n".join(paragraphs[report.start : report.end])
        found += _moved(find_targets(text, report.year or year), begins[report.start], report.title)
    return tuple(found)


def hunk_reports(text: TextDiff, title: str) -> tuple[str, ...]:
    """For each hunk the report it stands in (`Report.title`): of the old text for what was deleted, else of the new."""
    in_old, in_new = _finder(text.old, title), _finder(text.new, title)
    return tuple(_place(hunk, in_old, in_new) for hunk in text.hunks)


def label(report: str) -> str:
    """A report in few words: '平湖市 2023', or its title where that names no place."""
    region, year = place_and_year(report)
    return f"{region} {year or ''}".strip() if region else report


def _place(hunk: Hunk, in_old: Callable[[int], str], in_new: Callable[[int], str]) -> str:
    """By the middle of the hunk: an inserted report begins at the end of the line before it."""
    if hunk.op == "delete":
        return in_old((hunk.old_start + hunk.old_end) // 2)
    return in_new((hunk.new_start + hunk.new_end) // 2)


def _finder(text: str, title: str) -> Callable[[int], str]:
    """From an offset into a text to the title of its report."""
    paragraphs = text.split("\n")
    reports = find_reports(title, paragraphs)
    if not reports:
        return lambda _: ""
    begins = _begins(paragraphs)
    starts = [begins[report.start] for report in reports]
    titles = ["", *(report.title for report in reports)]
    return lambda offset: titles[bisect_right(starts, offset)]


def _begins(paragraphs: Sequence[str]) -> list[int]:
    """The offset of each paragraph in the text."""
    return list(accumulate((len(paragraph) + 1 for paragraph in paragraphs), initial=0))


def _moved(targets: Sequence[Target], by: int, report: str) -> list[Target]:
    return [
        replace(target, start=target.start + by, end=target.end + by, sent_start=target.sent_start + by, report=report)
        for target in targets
    ]
