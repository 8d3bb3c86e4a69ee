"""When a source is told to fail, and when to be well again."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crawler.failing import ANOTHER_TROUBLE, Health, Telling, after_failure, after_success

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
WELL = Health(told_failing=False, failing_elsewhere=0)


def health(told: datetime | None = None, failing: int = 0, others: int = 9, **more: bool) -> Health:
    return Health(told_failing=True, told_partly=told, failing_elsewhere=failing, others=others, **more)


def test_nothing_is_told_before_so_many_failures() -> None:
    assert after_failure(2, 3, WELL, NOW) == Telling(tell=False, told_failing=False, told_partly=None)
    assert after_failure(3, 3, WELL, NOW) == Telling(tell=True, told_failing=True, told_partly=None)


def test_one_broken_page_of_many_is_told_as_a_part() -> None:
    one_of_ten = Health(told_failing=False, failing_elsewhere=0, others=9)
    assert after_failure(3, 3, one_of_ten, NOW) == Telling(tell=True, told_failing=True, told_partly=NOW)


def test_an_outage_that_spreads_within_a_day_is_told_once() -> None:
    for failing in range(1, 10):
        told = after_failure(3, 3, health(NOW - timedelta(hours=23), failing), NOW)
        assert not told.tell
        assert (told.told_partly is None) == (failing >= 5), "most of it from six pages of ten on"


def test_an_outage_long_after_one_page_broke_is_told_once_more() -> None:
    long_ago = NOW - ANOTHER_TROUBLE
    assert after_failure(3, 3, health(long_ago, 5), NOW) == Telling(tell=True, told_failing=True, told_partly=None)
    assert not after_failure(4, 3, health(None, 9), NOW + timedelta(days=30)).tell
    assert not after_failure(3, 3, health(long_ago, 4), NOW).tell


def test_a_listing_that_fails_counts_as_all_of_its_source() -> None:
    long_ago = NOW - ANOTHER_TROUBLE
    assert after_failure(3, 3, health(long_ago, 1), NOW, listing=True).tell
    assert after_failure(3, 3, health(long_ago, 2, listing_failing=True), NOW).tell


def test_a_source_recovers_with_its_last_page() -> None:
    assert after_success(health(), NOW) == Telling(tell=True, told_failing=False, told_partly=None)
    assert not after_success(health(NOW, 1), NOW).tell
    assert after_success(WELL, NOW) == Telling(tell=False, told_failing=False, told_partly=None)


def test_what_is_left_of_an_outage_hides_no_later_one() -> None:
    left = after_success(health(None, 2), NOW)
    assert left == Telling(tell=False, told_failing=True, told_partly=NOW)
    assert after_success(health(None, 3), NOW).told_partly is None, "still a third of it"
    assert after_success(health(None, 2, listing_failing=True), NOW).told_partly is None


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(0, 40)), max_size=60))
def test_whatever_fails_each_recovery_follows_an_alert(steps: list[tuple[int, bool, int]]) -> None:
    failures, told, partly, now, said = [0] * 10, False, None, NOW, list[str]()
    for page, works, hours in [*steps, *((page, True, 1) for page in range(10))]:
        now += timedelta(hours=hours)
        failing = sum(count >= 3 for number, count in enumerate(failures) if number != page)
        seen = Health(told_failing=told, told_partly=partly, failing_elsewhere=failing, others=9)
        failures[page] = 0 if works else failures[page] + 1
        telling = after_success(seen, now) if works else after_failure(failures[page], 3, seen, now)
        told, partly = telling.told_failing, telling.told_partly
        assert told or partly is None
        said += ["recovered" if works else "failing"] * telling.tell
        assert told or all(count < 3 for count in failures), "what fails is told"
    assert not told
    assert said[-1:] in ([], ["recovered"])
    assert all(before == "failing" for before, after in pairwise(said) if after == "recovered")
