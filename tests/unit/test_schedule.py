"""When a page is checked next."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Schedule
from crawler.schedule import LONGEST_ASKED, LONGEST_RETRY, after_failure, interval, next_check, recheck

NOW = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)  # a Friday, 09:00 in Shanghai

SCHEDULES = st.one_of(
    st.builds(Schedule, every=st.timedeltas(timedelta(seconds=1), timedelta(days=60))),
    st.sampled_from([Schedule(cron=text) for text in ("30 8 * * mon-fri", "*/5 * * * *", "0 0 29 2 *", "15 6 1 * *")]),
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))  # noqa: DTZ001 (given its zone here)
DICE = st.floats(0, 1, exclude_max=True)


@given(MOMENTS, SCHEDULES, DICE, st.integers(1, 100_000), st.one_of(st.none(), st.timedeltas(timedelta(0))))
def test_every_next_check_lies_in_the_future(
    now: datetime, schedule: Schedule, jitter: float, failures: int, retry_after: timedelta | None
) -> None:
    assert next_check(now, schedule, jitter=jitter) > now
    assert after_failure(now, schedule, failures=failures, jitter=jitter, retry_after=retry_after) > now
    assert recheck(now, schedule, since=now - timedelta(hours=3), jitter=jitter) > now


@given(DICE)
def test_an_interval_is_kept_within_five_percent(jitter: float) -> None:
    wait = next_check(NOW, Schedule(every=timedelta(hours=6)), jitter=jitter) - NOW
    assert timedelta(hours=6) <= wait <= timedelta(hours=6, minutes=18)


def test_cron_counts_in_its_own_time_zone() -> None:
    due = next_check(NOW, Schedule(cron="30 8 * * mon-fri", timezone="Asia/Shanghai"), jitter=0.5)
    assert due.astimezone(ZoneInfo("Asia/Shanghai")) == datetime(2026, 3, 9, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert due.tzinfo is UTC


def test_cron_survives_the_change_to_summer_time() -> None:
    berlin = Schedule(cron="30 2 * * *", timezone="Europe/Berlin")
    before = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)  # 02:30 does not exist on the 29th
    first = next_check(before, berlin, jitter=0)
    second = next_check(first, berlin, jitter=0)
    assert before < first < second <= before + timedelta(days=3)


def test_failures_back_off_from_minutes_to_a_day() -> None:
    daily = Schedule(every=timedelta(days=1))
    waits = [after_failure(NOW, daily, failures=n, jitter=0) - NOW for n in range(1, 15)]
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_RETRY


def test_a_short_interval_is_retried_within_itself_at_first() -> None:
    assert after_failure(NOW, Schedule(every=timedelta(seconds=10)), failures=1, jitter=0) == NOW + timedelta(
        seconds=10
    )


def test_what_the_server_asks_for_is_honoured_but_not_for_ever() -> None:
    hourly = Schedule(every=timedelta(hours=1))
    assert after_failure(NOW, hourly, failures=1, jitter=0, retry_after=timedelta(hours=3)) == NOW + timedelta(hours=3)
    capped = after_failure(NOW, hourly, failures=1, jitter=0, retry_after=timedelta(days=4000))
    assert capped == NOW + timedelta(days=7)


@pytest.mark.parametrize(("age", "wait"), [(0, 10), (60, 30), (24 * 60, 360)])
def test_a_suspect_page_is_looked_at_soon_and_then_ever_more_slowly(age: int, wait: int) -> None:
    since = NOW - timedelta(minutes=age)
    looked = recheck(NOW, Schedule(every=timedelta(hours=6)), since=since, jitter=0)
    assert looked - NOW == timedelta(minutes=wait)


def test_the_interval_of_a_cron_schedule_is_the_time_between_its_ticks() -> None:
    assert interval(NOW, Schedule(cron="0 */4 * * *")) == timedelta(hours=4)


@given(MOMENTS, SCHEDULES, DICE, st.integers(1, 1000), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_after_a_failure_a_page_waits_ever_longer_but_a_day_at_most_unless_it_is_asked_to(
    now: datetime, schedule: Schedule, jitter: float, failures: int, asked: timedelta
) -> None:
    def wait(failures: int, asked: timedelta | None = None) -> timedelta:
        return after_failure(now, schedule, failures=failures, jitter=jitter, retry_after=asked) - now

    assert wait(failures) <= wait(failures + 1) <= 1.1 * LONGEST_RETRY
    assert min(asked, LONGEST_ASKED) <= wait(failures, asked) <= max(wait(failures), LONGEST_ASKED)


@given(MOMENTS, SCHEDULES, DICE, st.timedeltas(timedelta(0), timedelta(days=400)), st.timedeltas(timedelta(0)))
def test_a_suspect_page_is_looked_at_more_often_than_a_plain_one_and_ever_more_slowly(
    now: datetime, schedule: Schedule, jitter: float, age: timedelta, older: timedelta
) -> None:
    def wait(age: timedelta) -> timedelta:
        return recheck(now, schedule, since=now - age, jitter=jitter) - now

    assert wait(age) <= 1.1 * interval(now, schedule)
    assert wait(age) <= wait(age + min(older, timedelta(days=400)))


@given(MOMENTS, st.sampled_from(["30 8 * * *", "15 */3 * * *"]), st.sampled_from(["Asia/Shanghai", "Europe/Berlin"]))
def test_a_cron_schedule_is_checked_at_its_minutes_and_misses_no_tick(now: datetime, cron: str, zone: str) -> None:
    schedule = Schedule(cron=cron, timezone=zone)
    due = next_check(now, schedule, jitter=0.9)
    local = due.astimezone(ZoneInfo(zone))
    assert f"{local:%M}" == cron[:2]
    assert f"{local:%H}" == "08" if cron.startswith("30") else local.hour % 3 == 0
    between = now + (due - now) / 2
    assert next_check(between, schedule, jitter=0) == due
