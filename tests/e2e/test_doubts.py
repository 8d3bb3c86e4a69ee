"""The books of false pages and of large edits, through the real gate, extractor and store: days in seconds.

`python -m tests.support.doubts false-1 false-2` prints them page by page, over longer times.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from tests.support.doubts import measure
from tests.support.doubts.edits import DRAFTS, EDITS, SLOW
from tests.support.doubts.site import book

BOOKS = ("false-1", "false-2", "false-3")
PROMPT = [name for name in (*EDITS, *DRAFTS) if name not in SLOW]
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    yield
    structlog.reset_defaults()


def faults(lines: list[measure.Line]) -> dict[str, tuple[str, ...]]:
    return {line.name: line.faults for line in lines if line.faults}


@pytest.mark.parametrize("name", BOOKS)
def test_a_false_page_is_held_back_told_once_and_forgotten(tmp_path: Path, name: str) -> None:
    """Suspect or failed at each check; the stored version stays; one alert after a day, and none afterwards."""
    lines = measure.false_pages(tmp_path, name, HOUR * 32)
    assert faults(lines) == {}
    told = [line.told_after for line in lines if line.told_after]
    assert len(told) > len(lines) / 2
    assert all(timedelta(days=1) <= each < HOUR * 26 for each in told)


@pytest.mark.parametrize("name", BOOKS)
def test_a_page_that_tells_what_it_is_is_no_first_version_either(tmp_path: Path, name: str) -> None:
    assert faults(measure.first_readings(tmp_path, name)) == {}


def test_a_large_edit_is_told_once_and_within_the_second_look(tmp_path: Path) -> None:
    lines = measure.large_edits(tmp_path, PROMPT, HOUR * 32)
    assert faults(lines) == {}
    assert max(line.checks for line in lines) == 2
    assert max(line.told_after or timedelta(0) for line in lines) == timedelta(minutes=10)


def test_what_leaves_next_to_nothing_is_told_as_suspect_and_as_changed_when_it_stood_for_a_week(tmp_path: Path) -> None:
    lines = measure.large_edits(tmp_path, SLOW, timedelta(days=8))
    assert faults(lines) == {}
    assert all(timedelta(days=7) <= (line.told_after or timedelta(0)) < timedelta(days=8) for line in lines)


def test_the_books_are_large_enough() -> None:
    first, *later = map(book, BOOKS)
    assert len(first) >= 60
    assert sum(map(len, later)) >= 50
    names = [page.name for each in (first, *later) for page in each]
    assert len(names) == len(set(names))
    assert len(EDITS) + len(DRAFTS) >= 40
