"""A text put on further pages or drawn together is no edit; a pager that fails for hours is none either."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.checks import Outcome
from storage import queries
from storage.store import Store
from tests.support.doubts.texts import report
from tests.support.rereading import SECOND, part_of
from tests.support.store import NOW, opened
from tests.support.web import URL, Web, html, one, round_of

LINES = report("云溪市")
HALF = len(LINES) // 2


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


def on_one_page(web: Web) -> None:
    web.put(URL, html(tuple(LINES)))


def on_two_pages(web: Web) -> None:
    web.put(URL, part_of(1, LINES[:HALF]))
    web.put(SECOND, part_of(2, LINES[HALF:]))


def without_its_pager(web: Web) -> None:
    web.put(URL, html(tuple(LINES[:HALF])))


async def outcomes(store: Store, web: Web, *hours: float) -> list[Outcome]:
    found = []
    for each in hours:
        (result,) = await round_of(web, store, one(), now=NOW + timedelta(hours=each))
        found.append(result.outcome)
    return found


async def test_a_text_moved_to_a_second_page_and_back_says_the_same(store: Store) -> None:
    web = Web()
    for hour, put in enumerate((on_one_page, on_two_pages, on_one_page)):
        put(web)
        assert await outcomes(store, web, hour) == [Outcome.UNCHANGED if hour else Outcome.NEW]
    assert queries.alerts(store) == []


async def test_a_pager_that_fails_for_hours_is_not_told(store: Store) -> None:
    web = Web()
    on_two_pages(web)
    await outcomes(store, web, 0)
    without_its_pager(web)
    assert await outcomes(store, web, 1, 2, 8, 20) == [Outcome.SUSPECT] * 4
    on_two_pages(web)
    assert await outcomes(store, web, 21) == [Outcome.UNCHANGED]
    assert queries.alerts(store) == []


async def test_a_second_page_that_stays_away_is_told_once_after_a_day(store: Store) -> None:
    web = Web()
    on_two_pages(web)
    await outcomes(store, web, 0)
    without_its_pager(web)
    assert await outcomes(store, web, 1, 12, 25, 31) == [Outcome.SUSPECT] * 2 + [Outcome.CHANGED, Outcome.UNCHANGED]
    assert [line.type for line in queries.alerts(store)] == ["page.changed"]
