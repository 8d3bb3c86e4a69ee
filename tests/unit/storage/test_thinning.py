"""Which bytes stay: laws over any order of versions, addresses and clocks."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import thinning
from storage.thinning import Period, Policy

START = datetime(2026, 1, 1, tzinfo=UTC)
LATE = START + timedelta(days=9_999)
MONTHLY = Policy(before=LATE, period=Period.MONTH)


def fetched(*given: tuple[int | None, str, int]) -> list[Any]:
    """Captures as (version, address, day)."""
    return [
        SimpleNamespace(id=number, version=version, url=url, fetched_at=START + timedelta(days=day))
        for number, (version, url, day) in enumerate(given, 1)
    ]


def kept(*given: tuple[int | None, str, int], policy: Policy = MONTHLY) -> list[int]:
    return sorted(thinning.kept(fetched(*given), policy))


DAYS = tuple((number, "a", day) for number, day in enumerate([0, 10, 20, 30, 31, 45, 58, 59, 62, 65, 70, 370, 371], 1))


@pytest.mark.parametrize(
    ("policy", "staying"),
    [
        (Policy(before=LATE), [1, 11, 12, 13]),
        (Policy(before=LATE, versions=1), [1, 11, 13]),
        (Policy(before=LATE, versions=4), [1, 10, 11, 12, 13]),
        (MONTHLY, [1, 4, 7, 11, 12, 13]),
        (Policy(before=START + timedelta(days=65)), [1, 10, 11, 12, 13]),
        (Policy(before=START), list(range(1, 14))),
    ],
)
def test_the_first_the_last_of_each_period_the_newest_and_the_young_stay(policy: Policy, staying: list[int]) -> None:
    assert kept(*DAYS, policy=policy) == staying


def test_months_are_those_of_utc() -> None:
    rows = fetched((1, "a", 0), (2, "a", 10), (3, "a", 20), (4, "a", 50), (5, "a", 51))
    rows[2].fetched_at = datetime.fromisoformat("2026-02-01T07:59:00+08:00")
    assert sorted(thinning.kept(rows, MONTHLY)) == [1, 3, 4, 5]


def test_each_address_counts_for_itself() -> None:
    rows = ((1, "a", 0), (1, "b", 0), (2, "a", 1), (3, "a", 2), (4, "b", 3), (5, "a", 4), (6, "a", 5))
    assert kept(*rows) == [1, 2, 5, 6, 7]


def test_what_is_held_aside_stays_and_takes_no_place() -> None:
    assert kept((1, "a", 0), (2, "a", 1), (3, "a", 2), (4, "a", 3), (None, "a", 4)) == [1, 3, 4, 5]


histories = st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc"), st.integers(0, 800)), min_size=1, max_size=30)
policies = st.builds(
    Policy,
    before=st.integers(0, 900).map(lambda day: START + timedelta(days=day)),
    versions=st.integers(1, 4),
    period=st.sampled_from(Period),
)


def numbered(steps: list[tuple[int, str, int]]) -> list[Any]:
    """Versions that only grow; clocks may jump to and fro."""
    version, given = 1, []
    for step, url, day in steps:
        version += step
        given.append((version, url, day))
    return fetched(*given)


@given(histories, policies)
def test_the_first_and_the_newest_bytes_of_every_address_stay(
    steps: list[tuple[int, str, int]], policy: Policy
) -> None:
    rows = numbered(steps)
    staying = thinning.kept(rows, policy)
    for url in {row.url for row in rows}:
        mine = [row.id for row in rows if row.url == url]
        assert {mine[0], mine[-1]} <= staying


@given(histories, policies)
def test_what_may_go_once_may_go_for_good(steps: list[tuple[int, str, int]], policy: Policy) -> None:
    rows = numbered(steps)
    for count in range(1, len(rows)):
        may_go = {row.id for row in rows[:count]} - thinning.kept(rows[:count], policy)
        assert not may_go & thinning.kept(rows, policy)


@given(histories, policies)
def test_thinning_again_takes_nothing_more(steps: list[tuple[int, str, int]], policy: Policy) -> None:
    rows = numbered(steps)
    staying = thinning.kept(rows, policy)
    assert thinning.kept([row for row in rows if row.id in staying], policy) == staying
