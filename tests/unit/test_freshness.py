"""When a page is checked next between its bounds, and what is said of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.freshness import History, Reason, look_again, regular, retry
from crawler.model import Schedule
from crawler.reasons import in_words, rough

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)  # a Friday of the season, 09:00 in Shanghai
SUMMER = datetime(2026, 7, 7, 1, 0, tzinfo=UTC)  # a Tuesday, 09:00 in Shanghai
BOUNDS = Schedule(every=HOUR, up_to=7 * DAY)

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))  # noqa: DTZ001 (given its zone here)
DICE = st.floats(0, 1, exclude_max=True)
ZONES = st.sampled_from(["Asia/Shanghai", "UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"])
SCHEDULES = st.builds(
    lambda every, more, zone: Schedule(every=every, up_to=every + more, timezone=zone),
    st.timedeltas(timedelta(seconds=1), 60 * DAY),
    st.timedeltas(timedelta(0), 300 * DAY),
    ZONES,
)
HISTORIES = st.builds(
    History,
    first_seen=st.none() | MOMENTS,
    published=st.none() | st.dates(),
    edits=st.integers(0, 10_000),
    edited_at=st.none() | MOMENTS,
)


def wait(history: History, now: datetime = NOW, schedule: Schedule = BOUNDS) -> timedelta:
    return regular(now, schedule, history, jitter=0).at - now


def old(days: float, now: datetime = NOW, **more: int | timedelta) -> History:
    """A page seen since its report appeared so many days ago."""
    return History(first_seen=now - days * DAY, **more)  # type: ignore[arg-type]


def words(history: History, now: datetime = NOW) -> dict[str, int]:
    return {reason.word: reason.amount for reason in regular(now, BOUNDS, history, jitter=0).why}


@given(MOMENTS, SCHEDULES, HISTORIES, DICE)
def test_whatever_the_past_the_bounds_hold(now: datetime, schedule: Schedule, history: History, jitter: float) -> None:
    assert schedule.every is not None
    assert schedule.up_to is not None
    coming = regular(now, schedule, history, jitter=jitter)
    assert now + schedule.every <= coming.at <= now + schedule.up_to * 1.05
    assert coming.why


@given(MOMENTS, HISTORIES, DICE)
def test_without_up_to_an_interval_stays_what_it_was(now: datetime, history: History, jitter: float) -> None:
    coming = regular(now, Schedule(every=6 * HOUR), history, jitter=jitter)
    assert coming.at == now + 6 * HOUR * (1 + 0.05 * jitter)
    assert [reason.word for reason in coming.why] == ["every"]


def test_cron_knows_no_bounds() -> None:
    coming = regular(NOW, Schedule(cron="30 8 * * *"), old(0), jitter=0)
    assert coming.at.astimezone(SHANGHAI) == datetime(2026, 3, 7, 8, 30, tzinfo=SHANGHAI)
    assert [reason.word for reason in coming.why] == ["cron"]


def test_what_appeared_just_now_comes_again_at_once() -> None:
    assert wait(old(0)) == HOUR
    assert words(old(0)) == {"age": 0, "season": 0, "least": 3600}


@given(st.integers(0, 2000), st.integers(1, 20), st.integers(0, 50), st.integers(0, 2000))
def test_the_longer_nothing_is_edited_the_later_it_comes(days: int, weeks: int, edits: int, before: int) -> None:
    history = History(
        first_seen=SUMMER - timedelta(days=days + before), edits=edits, edited_at=SUMMER - timedelta(days=days)
    )
    later = SUMMER + timedelta(weeks=weeks % 8)  # the season is not met
    assert wait(history, SUMMER) <= wait(history, later)


@given(st.integers(0, 5000), st.integers(0, 2000), st.integers(1, 60), st.integers(0, 3000))
def test_whoever_was_edited_more_often_is_never_checked_later(seen: int, since: int, edits: int, age: int) -> None:
    """Of pages that are alike in all else."""
    published = (SUMMER - timedelta(days=seen + since + age)).date()
    first, last = SUMMER - timedelta(days=seen + since), SUMMER - timedelta(days=since)
    fewer = History(first_seen=first, published=published, edits=edits, edited_at=last)
    more = History(first_seen=first, published=published, edits=edits + 1, edited_at=last)
    assert wait(more, SUMMER) <= wait(fewer, SUMMER)


def test_an_edit_makes_an_old_page_young() -> None:
    quiet = old(300)
    edited = History(first_seen=quiet.first_seen, edits=1, edited_at=NOW - 2 * HOUR)
    assert wait(edited) < 2 * HOUR
    assert wait(quiet) > 4 * HOUR
    assert words(edited) == {"edited": 7200, "edits": 1, "season": 0}


def test_a_report_seen_for_the_first_time_is_as_old_as_it_says() -> None:
    named = History(first_seen=NOW, published=date(2023, 2, 1))
    assert wait(named) > 4 * HOUR
    assert words(named)["age"] == (NOW - datetime(2023, 2, 1, tzinfo=SHANGHAI)).total_seconds()
    assert (
        wait(History(first_seen=NOW, published=date(2030, 1, 1))) == HOUR
    )  # it cannot be younger than the sight of it


def test_the_season_and_office_hours_hasten() -> None:
    winter, summer = (datetime(2026, month, 10, 1, 0, tzinfo=UTC) for month in (2, 6))  # 09:00, Tuesday, Wednesday
    assert wait(old(5, winter), winter) < wait(old(5, summer), summer)
    night = datetime(2026, 2, 10, 14, 0, tzinfo=UTC)  # 22:00
    assert wait(old(5, winter), winter) < wait(old(5, night), night)
    assert "nights" in words(old(5, night), night)
    assert "nights" not in words(old(5, winter), winter)


def test_the_hours_are_those_of_the_portal() -> None:
    berlin = Schedule(every=HOUR, up_to=7 * DAY, timezone="America/Los_Angeles")  # 17:00 the day before
    night = datetime(2026, 2, 10, 14, 0, tzinfo=UTC)  # 06:00 there
    assert wait(old(5, night), night, berlin) < wait(old(5, night), night)


def test_the_upper_bound_is_told_when_it_is_what_counts() -> None:
    ancient = History(first_seen=SUMMER - 900 * DAY, published=date(2010, 1, 1))
    near = Schedule(every=HOUR, up_to=DAY / 2)
    coming = regular(SUMMER, near, ancient, jitter=0)
    assert coming.at == SUMMER + DAY / 2
    assert Reason(word="most", amount=43_200) in coming.why


@given(st.integers(1, 10_000), st.one_of(st.none(), st.timedeltas(timedelta(0), 30 * DAY)), DICE)
def test_no_failed_check_is_repeated_before_the_server_allows(
    failures: int, asked: timedelta | None, jitter: float
) -> None:
    coming = retry(NOW, BOUNDS, failures=failures, jitter=jitter, retry_after=asked)
    assert coming.at >= NOW + max(min(asked or timedelta(0), 7 * DAY), 5 * timedelta(minutes=1))
    (reason,) = coming.why
    assert reason.word == ("backoff" if coming.at != NOW + min(asked or timedelta(0), 7 * DAY) else "retry_after")


def test_what_is_held_back_is_looked_at_again_within_minutes() -> None:
    coming = look_again(NOW, BOUNDS, since=NOW, jitter=0)
    assert (coming.at, coming.why) == (NOW + timedelta(minutes=10), (Reason(word="doubt"),))


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason(word="age", amount=3 * 86_400), "3 d after the report appeared"),
        (Reason(word="edited", amount=90), "2 min after its last edit"),
        (Reason(word="edits", amount=2), "edits seen: 2"),
        (Reason(word="most", amount=7 * 86_400), "no later than after 7 d"),
        (Reason(word="nights"), "rarer at night and at week-ends"),
        (Reason(word="retry_after", amount=3600), "the server asked for a pause of 1 h"),
    ],
)
def test_reasons_are_said_in_words(reason: Reason, said: str) -> None:
    assert in_words(reason) == said


def test_times_are_rough() -> None:
    assert [rough(timedelta(seconds=each)) for each in (0, 59, 60, 3_599, 86_399)] == [
        "0 s",
        "59 s",
        "1 min",
        "60 min",
        "24 h",
    ]
