"""When a channel is told to be dead, and when to work again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.channels import Standing, after, news

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
FAILING = Standing(channel="desk", failing_since=NOW - HOUR, error="HTTP 500")


def test_a_channel_that_fails_for_an_hour_is_told_once() -> None:
    assert news(replace(FAILING, failing_since=NOW - HOUR + timedelta(seconds=1)), NOW, HOUR) is None
    assert news(FAILING, NOW, HOUR) == "channel.failing"
    told = after(FAILING, "channel.failing", NOW)
    assert news(told, NOW + timedelta(days=30), HOUR) is None


def test_what_works_again_is_told_once_and_at_once() -> None:
    told = after(FAILING, "channel.failing", NOW)
    works = replace(told, failing_since=None, error=None)
    assert news(works, NOW, HOUR) == "channel.recovered"
    assert news(after(works, "channel.recovered", NOW), NOW + 9 * HOUR, HOUR) is None


def test_a_short_failure_is_not_told() -> None:
    assert news(replace(FAILING, failing_since=None), NOW, HOUR) is None


def test_an_alert_that_was_given_up_is_told_at_once() -> None:
    fresh = replace(FAILING, failing_since=NOW, gave_up=1)
    assert news(fresh, NOW, HOUR) == "channel.failing"
    assert after(fresh, "channel.failing", NOW).gave_up == 1, "to be named when it recovers"


def test_an_alert_given_up_for_some_recipients_leaves_nothing_to_recover_from() -> None:
    partly = Standing(channel="mail", error="550 no such user", gave_up=2)
    assert news(partly, NOW, HOUR) == "channel.failing"
    told = after(partly, "channel.failing", NOW)
    assert news(told, NOW + 9 * HOUR, HOUR) is None


def test_a_channel_that_gives_up_and_works_by_turns_raises_no_storm() -> None:
    standing, told = Standing(channel="desk", error="HTTP 404"), 0
    for minute in range(600):
        now = NOW + timedelta(minutes=minute)
        failing = minute % 2 == 0
        standing = replace(standing, failing_since=now if failing else None, gave_up=standing.gave_up + failing)
        if what := news(standing, now, HOUR):
            standing, told = after(standing, what, now), told + 1
    assert told <= 20, "one alert and its end for each of ten hours"


def test_times_of_a_clock_that_was_ahead_hold_nothing_up() -> None:
    ahead = NOW + timedelta(days=365)
    assert news(replace(FAILING, failing_since=ahead), NOW, HOUR) == "channel.failing"
    lost = replace(FAILING, failing_since=None, gave_up=1, told_at=ahead)
    assert news(lost, NOW, HOUR) == "channel.failing"


STEPS = st.lists(st.tuples(st.sampled_from(["works", "fails", "gives up", "refuses one"]), st.integers(1, 5000)))


@given(STEPS)
def test_whatever_happens_the_end_is_told_and_nothing_twice(steps: list[tuple[str, int]]) -> None:
    standing, now, said = Standing(channel="desk"), NOW, list[str]()
    for what, seconds in [*steps, ("works", 1), ("waits", 8000)]:
        now += timedelta(seconds=seconds)
        if what == "works":
            standing = replace(standing, failing_since=None)
        elif what in ("fails", "gives up"):
            standing = replace(standing, failing_since=standing.failing_since or now)
        if what in ("gives up", "refuses one"):
            standing = replace(standing, gave_up=standing.gave_up + 1)
        if told := news(standing, now, HOUR):
            standing = after(standing, told, now)
            said.append(told)
        if told == "channel.failing" and standing.told:
            said.append("…")
        if told == "channel.recovered":
            assert said[-2] == "…", "only what was told to fail recovers"
    assert not standing.told, "the last word is that it works"
    assert not standing.gave_up, "nothing that was lost is left untold"
