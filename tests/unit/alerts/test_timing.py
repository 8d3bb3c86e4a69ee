"""When to try again, and which alerts a digest holds."""

from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.timing import FIRST_PAUSE, LONGEST_PAUSE, digest_boundary, pause
from crawler.options import EmailChannel


def channel(digest: Literal["hourly", "daily"], timezone: str = "Asia/Shanghai") -> EmailChannel:
    return EmailChannel(
        name="mail",
        host="127.0.0.1",
        port=25,
        security="opportunistic",
        sender="a@example.org",
        recipients=("b@example.org",),
        digest=digest,
        timezone=timezone,
    )


def test_the_pause_doubles_from_half_a_minute_to_six_hours() -> None:
    pauses = [pause(attempts, None, 0.5).total_seconds() for attempts in range(12)]
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 21600, 21600]


def test_the_dice_move_it_by_a_fifth() -> None:
    assert pause(0, None, 0.0) == timedelta(seconds=24)
    assert pause(0, None, 1.0) == timedelta(seconds=36)


def test_what_the_receiver_asks_for_is_honoured_up_to_six_hours() -> None:
    assert pause(0, timedelta(minutes=10), 0.5) == timedelta(minutes=10)
    assert pause(5, timedelta(seconds=1), 0.5) == timedelta(seconds=960)
    assert pause(0, timedelta(days=30), 0.5) == LONGEST_PAUSE


@given(st.integers(0, 10**6), st.none() | st.timedeltas(timedelta(0), timedelta(days=999)), st.floats(0, 1))
def test_a_pause_is_never_nothing_and_never_longer_than_six_hours(
    attempts: int, retry_after: timedelta | None, dice: float
) -> None:
    assert FIRST_PAUSE / 2 < pause(attempts, retry_after, dice) <= LONGEST_PAUSE


@pytest.mark.parametrize(
    ("now", "boundary"),
    [
        ("2026-11-22T08:59:59", "2026-11-22T08:00:00"),
        ("2026-11-22T09:00:00", "2026-11-22T09:00:00"),
        ("2026-11-22T09:00:01", "2026-11-22T09:00:00"),
    ],
)
def test_an_hourly_digest_holds_what_was_raised_before_the_hour(now: str, boundary: str) -> None:
    assert digest_boundary(channel("hourly"), _utc(now)) == _utc(boundary)


@pytest.mark.parametrize(
    ("now", "boundary"),
    [
        ("2026-11-21T23:59:59", "2026-11-21T00:00:00"),  # 07:59:59 in Shanghai
        ("2026-11-22T00:00:00", "2026-11-22T00:00:00"),
        ("2026-11-22T23:00:00", "2026-11-22T00:00:00"),
    ],
)
def test_a_daily_digest_holds_what_was_raised_before_eight_in_the_morning(now: str, boundary: str) -> None:
    assert digest_boundary(channel("daily"), _utc(now)) == _utc(boundary)


def test_the_hour_is_that_of_the_channels_zone() -> None:
    assert digest_boundary(channel("hourly", "Asia/Kolkata"), _utc("2026-11-22T09:10:00")) == _utc(
        "2026-11-22T08:30:00"
    )
    berlin = channel("daily", "Europe/Berlin")
    assert digest_boundary(berlin, _utc("2026-07-01T12:00:00")) == _utc("2026-07-01T06:00:00")
    assert digest_boundary(berlin, _utc("2026-12-01T12:00:00")) == _utc("2026-12-01T07:00:00")


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.sampled_from(["hourly", "daily"]))  # noqa: DTZ001 (made aware below)
def test_a_boundary_is_never_in_the_future_nor_more_than_a_day_ago(
    now: datetime, digest: Literal["hourly", "daily"]
) -> None:
    aware = now.replace(tzinfo=UTC)
    assert timedelta(0) <= aware - digest_boundary(channel(digest, "Europe/Berlin"), aware) <= timedelta(hours=25)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
