"""A page that returns to an earlier version: mirrors that differ, a stale copy, or an edit that was taken back."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.checks import Outcome
from storage import queries
from storage.store import Store
from tests.support.store import NOW, opened
from tests.support.values import PARAGRAPHS
from tests.support.web import URL, Web, html, one, round_of

HOUR = timedelta(hours=1)
TEXTS = {
    name: tuple(text.replace("6%左右", f"{growth}%左右") for text in PARAGRAPHS)
    for name, growth in (("A", "6"), ("B", "5.5"), ("C", "5"))
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


class Page:
    """One page that shows now this text, now that."""

    def __init__(self, store: Store) -> None:
        self.store, self.web, self.now = store, Web(), NOW

    async def shows(self, name: str, after: timedelta = HOUR) -> Outcome:
        """What a check concludes so much later."""
        self.now += after
        self.web.put(URL, html(TEXTS[name]))
        answer, now = self.web.answers[URL], self.now
        self.web.answers[URL] = lambda request: replace(answer(request), fetched_at=now)
        (result,) = await round_of(self.web, self.store, one(), now=self.now)
        return result.outcome

    async def show(self, names: str, after: timedelta = HOUR) -> list[Outcome]:
        return [await self.shows(name, after) for name in names]

    def told(self) -> list[tuple[str, str]]:
        """What was told, oldest first."""
        return [(line.type, line.summary) for line in reversed(queries.alerts(self.store))]

    def types(self) -> list[str]:
        return [kind for kind, _ in self.told()]


EDIT, BACK = (
    ("page.changed", "地区生产总值增长 6%左右 → 5.5%左右"),
    ("page.changed", "地区生产总值增长 5.5%左右 → 6%左右"),
)


async def test_mirrors_that_differ_are_told_as_one_edit_and_once_as_going_back_and_forth(store: Store) -> None:
    page = Page(store)
    outcomes = await page.show("AB" * 30)
    assert outcomes[:4] == [Outcome.NEW, Outcome.CHANGED, Outcome.SUSPECT, Outcome.UNCHANGED]
    assert set(outcomes[2:]) == {Outcome.SUSPECT, Outcome.UNCHANGED}
    assert page.told() == [EDIT, ("page.suspect", "页面在第1版与第2版之间来回变化，不再逐次提醒")]
    assert len(queries.versions(store, 1)) == 2


@pytest.mark.parametrize("seed", range(5))
async def test_mirrors_asked_in_any_order_are_told_no_more_often(store: Store, seed: int) -> None:
    page = Page(store)
    await page.show("AB" + "".join(random.Random(seed).choices("AB", k=150)))
    assert page.types() == ["page.changed", "page.suspect"]


async def test_a_stale_copy_seen_once_or_for_hours_is_not_told_at_all(store: Store) -> None:
    page = Page(store)
    await page.show("AB" + "A" * 8 + "B" * 40)
    assert page.told() == [EDIT]
    assert store.due_page(1, one()).suspicion is None


async def test_an_edit_taken_back_after_a_day_is_told_at_the_second_look(store: Store) -> None:
    page = Page(store)
    await page.show("AB")
    assert await page.shows("A", timedelta(days=2)) is Outcome.SUSPECT
    assert await page.shows("A", timedelta(minutes=10)) is Outcome.CHANGED
    assert page.told() == [EDIT, BACK]
    assert await page.shows("A") is Outcome.UNCHANGED


async def test_an_edit_taken_back_within_hours_is_told_a_day_after_it(store: Store) -> None:
    page = Page(store)
    await page.show("AB")
    edited = page.now
    while await page.shows("A") is Outcome.SUSPECT:
        assert page.now - edited < timedelta(days=1)
    assert page.now - edited == timedelta(days=1)
    assert page.told() == [EDIT, BACK]


async def test_an_edit_made_again_after_it_was_taken_back_is_told_again(store: Store) -> None:
    page = Page(store)
    await page.show("ABAABB", timedelta(days=2))
    assert page.told() == [EDIT, BACK, EDIT]


async def test_a_real_edit_amid_the_swinging_is_told_at_once(store: Store) -> None:
    page = Page(store)
    await page.show("ABABAB")
    assert await page.shows("C") is Outcome.CHANGED
    assert page.types() == ["page.changed", "page.suspect", "page.changed"]
    await page.show("ABCABCBACB")
    assert page.types()[3:] == [], "that its mirrors differ is known"


async def test_a_swinging_page_that_settles_on_the_old_text_is_told_when_it_has_stood_for_a_day(store: Store) -> None:
    page = Page(store)
    await page.show("ABABAB")
    settled: datetime = page.now
    while await page.shows("A") is Outcome.SUSPECT:
        assert page.now - settled < timedelta(days=1)
    assert page.now - settled == timedelta(days=1)
    assert page.told()[-1] == BACK


async def test_better_rules_that_come_and_go_are_no_swinging(store: Store) -> None:
    page = Page(store)
    await page.show("A")
    for rules in ("new", "old", "new", "old"):
        page.now += HOUR
        (result,) = await round_of(page.web, store, one(), now=page.now, rules=rules)
        assert result.outcome is Outcome.UNCHANGED
    assert page.told() == []
