import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from crawler.fetch import politeness
from crawler.fetch.faults import FetchError
from crawler.fetch.politeness import Politeness

START = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)


class Clock:
    """Time that passes only when somebody sleeps, for the wall and the monotonic clock alike."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds - 1000)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.seconds += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("crawler.fetch.politeness.monotonic", clock.monotonic)
    monkeypatch.setattr("crawler.fetch.politeness.sleep", clock.sleep)
    return clock


@pytest.fixture
def polite(clock: Clock) -> Politeness:
    return Politeness(now=clock.now, jitter=lambda: 0.0)


async def ask(polite: Politeness, host: str = "example.org", delay: float = 2) -> None:
    async with polite.turn(host, timedelta(seconds=delay)):
        pass


async def test_a_pause_after_each_request_and_none_before_the_first(clock: Clock, polite: Politeness) -> None:
    for _ in range(3):
        await ask(polite)
    assert clock.slept == [2, 2]


async def test_no_pause_where_none_is_asked_for_or_it_has_passed(clock: Clock, polite: Politeness) -> None:
    await ask(polite, delay=0)
    await ask(polite)
    clock.seconds += 5
    await ask(polite)
    assert clock.slept == []


async def test_hosts_do_not_wait_for_one_another(clock: Clock, polite: Politeness) -> None:
    for host in ("a.example", "b.example", "a.example:8080"):
        await ask(polite, host)
    assert clock.slept == []


async def test_jitter_adds_up_to_a_tenth(clock: Clock) -> None:
    polite = Politeness(now=clock.now, jitter=lambda: 1.0)
    await ask(polite, delay=10)
    await ask(polite, delay=10)
    assert clock.slept == [11]


async def test_the_pause_counts_from_the_end_of_a_request_even_a_failed_one(clock: Clock, polite: Politeness) -> None:
    with suppress(ValueError):
        async with polite.turn("example.org", timedelta(seconds=2)):
            clock.seconds += 30
            raise ValueError
    await ask(polite)
    assert clock.slept == [2]


async def test_one_at_a_time(polite: Politeness) -> None:
    running, most = 0, 0

    async def visit() -> None:
        nonlocal running, most
        async with polite.turn("example.org", timedelta(0)):
            running += 1
            most = max(most, running)
            for _ in range(10):
                await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(visit() for _ in range(5)))
    assert most == 1


async def test_a_short_hold_is_waited_for(clock: Clock, polite: Politeness) -> None:
    polite.hold("example.org", timedelta(seconds=45))
    await ask(polite)
    assert clock.slept == [45]


async def test_a_long_hold_fails_at_once_and_says_what_is_left(clock: Clock, polite: Politeness) -> None:
    polite.hold("example.org", timedelta(seconds=600))
    clock.seconds += 100
    with pytest.raises(FetchError) as caught:
        await ask(polite)
    assert caught.value.retry_after == timedelta(seconds=500)
    assert not caught.value.permanent
    assert clock.slept == []


async def test_a_long_usual_pause_is_waited_for(clock: Clock, polite: Politeness) -> None:
    for _ in range(2):
        await ask(polite, delay=300)
    assert clock.slept == [300]


async def test_a_hold_of_a_year_is_one_of_a_day(clock: Clock, polite: Politeness) -> None:
    polite.hold("example.org", timedelta(days=365))
    assert polite.next_allowed("example.org") == clock.now() + timedelta(days=1)


async def test_a_shorter_hold_does_not_undo_a_longer_one(clock: Clock, polite: Politeness) -> None:
    polite.hold("example.org", timedelta(seconds=50))
    polite.hold("example.org", timedelta(seconds=-50))
    await ask(polite)
    assert clock.slept == [50]


async def test_pauses_survive_in_another_process(clock: Clock, polite: Politeness) -> None:
    assert polite.next_allowed("example.org") is None
    await ask(polite, delay=120)
    when = polite.next_allowed("example.org")
    assert when == clock.now() + timedelta(seconds=120)
    other = Politeness(now=clock.now, jitter=lambda: 0.0)
    other.restore("example.org", when - clock.now())
    await ask(other)
    assert clock.slept == [120]
    clock.seconds += 10
    assert other.next_allowed("example.org") is None


async def test_idle_hosts_are_forgotten_but_none_that_waits(
    clock: Clock, polite: Politeness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(politeness, "_HOSTS", 10)
    polite.hold("waiting.example", timedelta(seconds=50))
    async with polite.turn("busy.example", timedelta(0)):
        for number in range(100):
            await ask(polite, f"{number}.example", delay=0)
        assert len(polite._hosts) <= 11
        assert "busy.example" in polite._hosts
    await ask(polite, "waiting.example")
    assert clock.slept == [50]


async def test_a_shorter_pause_elsewhere_does_not_make_us_impatient(clock: Clock, polite: Politeness) -> None:
    await ask(polite, delay=120)
    polite.restore("example.org", timedelta(0))
    await ask(polite)
    assert clock.slept == [120]
