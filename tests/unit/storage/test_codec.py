from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Schedule, Target
from crawler.wire import instant, target_fields
from storage.codec import (
    bytes_text,
    dump,
    dump_targets,
    load,
    load_targets,
    schedule_text,
    text_bytes,
)
from tests.support.store import target

ANY_TEXT = st.text(st.characters(exclude_categories=()))
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=3)
TARGETS = st.builds(
    target,
    indicator=ANY_TEXT,
    sentence=ANY_TEXT,
    text=ANY_TEXT,
    start=st.integers(0, 10**6),
    high=st.none() | DECIMALS,
    scope=ANY_TEXT,
)


def stored(*targets: Target) -> bytes:
    return dump_targets([target_fields(each) for each in targets])


@given(ANY_TEXT)
def test_every_text_comes_back_from_its_bytes(text: str) -> None:
    assert bytes_text(text_bytes(text)) == text


@given(st.lists(TARGETS, max_size=4))
def test_targets_come_back_exactly(targets: list) -> None:
    assert load_targets(stored(*targets)) == tuple(targets)


def test_decimals_are_text_with_every_digit() -> None:
    assert target_fields(target(low="5.50"))["low"] == "5.50"
    [back] = load_targets(stored(target(low="5.50")))
    assert (back.low, str(back.low)) == (Decimal("5.50"), "5.50")


def test_a_missing_bound_stays_missing() -> None:
    assert target_fields(target(low=None))["low"] is None
    assert load_targets(stored(target(low=None)))[0].low is None


def test_stored_json_is_compact_and_readable() -> None:
    assert dump({"地区": ["河川市", 1]}) == '{"地区":["河川市",1]}'
    assert load('{"地区":["河川市",1]}') == {"地区": ["河川市", 1]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Schedule(every=timedelta(hours=6)), Schedule(every=timedelta(hours=5))),
        (Schedule(every=timedelta(hours=6)), Schedule(cron="0 8 * * *")),
        (Schedule(cron="0 8 * * *"), Schedule(cron="0 9 * * *")),
        (Schedule(cron="0 8 * * *"), Schedule(cron="0 8 * * *", timezone="UTC")),
    ],
)
def test_different_schedules_have_different_texts(one: Schedule, other: Schedule) -> None:
    assert schedule_text(one) != schedule_text(other)


def test_the_time_zone_of_an_interval_does_not_matter() -> None:
    every = timedelta(hours=6)
    assert schedule_text(Schedule(every=every)) == schedule_text(Schedule(every=every, timezone="UTC"))


def test_times_are_told_in_utc() -> None:
    eight_hours_ahead = timezone(timedelta(hours=8))
    assert instant(datetime(2026, 11, 22, 16, 0, 5, 999, tzinfo=eight_hours_ahead)) == "2026-11-22T08:00:05Z"
    assert instant(datetime(2026, 11, 22, 8, 0, tzinfo=UTC)) == "2026-11-22T08:00:00Z"
    assert instant(None) is None
