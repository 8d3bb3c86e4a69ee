"""Which of what is seen lies past its limit, and how it is said."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.channels import Standing
from crawler.health import Late, Vitals, Waiting, complaints, span, vitals_json
from crawler.options import Limits

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
WELL = Vitals(at=NOW, ticked_at=NOW - timedelta(seconds=1), sources=4)
DESK = Waiting(channel="desk", deliveries=3, alert="a1", since=NOW - timedelta(hours=3), attempts=5, error="HTTP 500")
LATE = Late(checks=7, since=NOW - timedelta(hours=7), source="yunxi", url="https://www.example.org/1.html")
DEAD = Standing(channel="mail", failing_since=NOW - timedelta(hours=2), error="refused", gave_up=4, told=True)


def said(**seen: Any) -> list[str]:
    return [f"{each.about}: {each.said}" for each in complaints(replace(WELL, **seen), Limits())]


def test_all_is_well_within_the_limits() -> None:
    recent = NOW - timedelta(minutes=59)
    assert (
        said(
            ticked_at=NOW - timedelta(seconds=60),
            late=replace(LATE, since=NOW - timedelta(hours=6)),
            waiting=(replace(DESK, since=recent),),
            failing=("a", "b", "c"),
            channels=(replace(DEAD, failing_since=recent, told=False),),
            dead=9,
        )
        == []
    )


def test_a_daemon_that_stands_still_is_told() -> None:
    assert said(ticked_at=NOW - timedelta(minutes=5)) == [
        "tick: no daemon has been at work on this database for 5 min (limit: 1 min)"
    ]
    assert said(ticked_at=None) == ["tick: no daemon has been at work on this database yet"]


def test_checks_that_are_late_are_told_with_the_page() -> None:
    assert said(late=LATE) == [
        "overdue: checks are late (7), the longest by 7 h: https://www.example.org/1.html of source yunxi (limit: 6 h)"
    ]


def test_an_alert_that_waits_is_told_with_its_channel_and_why() -> None:
    assert said(waiting=(DESK,)) == [
        "pending desk: alert a1 has waited for channel desk for 3 h (limit: 1 h), after 5 attempts: HTTP 500"
    ]
    untried = replace(DESK, attempts=0, error=None)
    assert "not tried yet" in said(waiting=(untried,))[0]


def test_a_channel_that_gave_all_up_is_told_though_nothing_waits() -> None:
    assert said(channels=(DEAD,)) == ["channel mail: channel mail has failed for 2 h: refused; 4 alerts were given up"]


def test_one_channel_is_complained_of_once() -> None:
    assert len(said(waiting=(DESK,), channels=(replace(DEAD, channel="desk"),))) == 1


def test_sources_are_told_from_the_share_of_the_limit_on() -> None:
    four = ("a", "b", "c", "d")
    assert said(failing=four) == ["sources: 4 of 4 sources fail: a, b, c, d"]
    half = complaints(replace(WELL, failing=("a", "b")), Limits(failing_percent=50))
    assert [each.about for each in half] == ["sources"]
    assert said(sources=0, failing=()) == []


def test_the_document_has_what_was_seen_and_what_is_wrong() -> None:
    vitals = replace(WELL, late=LATE, waiting=(DESK,), dead=2, failing=("a",), channels=(DEAD,))
    document = json.loads(json.dumps(vitals_json(vitals, complaints(vitals, Limits()))))
    assert document["healthy"] is False
    assert [each["about"] for each in document["complaints"]] == ["overdue", "pending desk", "channel mail"]
    assert document["last_tick"] == {"at": "2026-11-22T08:29:59Z", "seconds": 1}
    assert document["overdue"]["seconds"] == 7 * 3600
    assert (document["pending"]["alert"], document["pending"]["seconds"]) == ("a1", 3 * 3600)
    assert document["deliveries"] == {"pending": 3, "dead": 2}
    assert document["sources"] == {"watched": 4, "failing": 1, "names": ["a"]}
    assert document["channels"][0]["failing"] == {"since": "2026-11-22T06:30:00Z", "seconds": 7200}


def test_nothing_seen_is_null() -> None:
    document = vitals_json(replace(WELL, ticked_at=None), [])
    assert (document["last_tick"], document["overdue"], document["pending"]) == (None, None, None)
    assert document["healthy"] is True


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (-5, "0 s"), (59, "59 s"), (61, "1 min 1 s"), (3600, "1 h"), (90061, "1 d 1 h"), (86460, "1 d 1 min")],
)
def test_durations_are_said_in_two_units(seconds: int, text: str) -> None:
    assert span(timedelta(seconds=seconds)) == text
