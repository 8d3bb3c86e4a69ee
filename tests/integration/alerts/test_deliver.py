"""The loop between a real outbox (SQLite) and channels, for promises that do not depend on the kind of channel."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Never

import pytest
import structlog

import alerts.deliver as deliveries
from alerts.attempt import Post
from alerts.deliver import DeliveryCounts, deliver
from crawler.model import Failure, FailureKind, Fetched
from crawler.options import Channel, EmailChannel, Secret, WebhookChannel
from tests.support.alerting import NOW, Desk, alert, open_desk
from tests.support.sinks import MailSink

Answering = Callable[[str, str], Awaitable[Fetched | Failure]]
"""Channel's host and alert's id to what the receiver answers."""


def taken() -> Fetched:
    return Fetched(url="", status=204, headers={}, content=b"", fetched_at=datetime.now(UTC))


def refused() -> Failure:
    return Failure(url="", kind=FailureKind.STATUS, reason="HTTP 500", permanent=False, status=500)


@dataclass
class Gate:
    """Stands for the one gate: every POST is noted, and answered by the test."""

    answer: Answering
    seen: list[tuple[str, str]] = field(default_factory=list)

    async def __call__(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes,
        timeout: timedelta,  # noqa: ASYNC109 (the protocol)
    ) -> Fetched | Failure:
        host = url.removeprefix("https://").partition("/")[0]
        self.seen.append((host, headers["webhook-id"]))
        return await self.answer(host, headers["webhook-id"])

    def ids(self, host: str = "desk") -> list[str]:
        return [name for seen, name in self.seen if seen == host]


async def take(host: str, name: str) -> Fetched:
    return taken()


async def refuse(host: str, name: str) -> Failure:
    return refused()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def hook(name: str) -> WebhookChannel:
    return WebhookChannel(name=name, url=Secret(f"https://{name}/s3cret"))


async def run(desk: Desk, post: Post, *names: str, everything: bool = False) -> DeliveryCounts:
    channels: dict[str, Channel] = {name: hook(name) for name in names or ("desk",)}
    return await deliver(desk.outbox, channels, post, now=desk.clock.now, jitter=desk.clock.dice, everything=everything)


def states(desk: Desk) -> dict[str, int]:
    return desk.outbox.counts()


async def test_all_that_is_due_goes_out_in_one_run_in_order_per_page(desk: Desk) -> None:
    desk.put(*(alert(f"{number:02}", on=number % 3 + 1) for number in range(30)))
    gate = Gate(take)
    assert await run(desk, gate) == DeliveryCounts(delivered=30)
    for page in range(3):
        of_page = [name for name in gate.ids() if int(name) % 3 == page]
        assert of_page == sorted(of_page)
    assert states(desk) == {"pending": 0, "delivered": 30, "dead": 0}


async def test_a_later_alert_of_a_page_waits_for_the_earlier_one(desk: Desk) -> None:
    desk.put(alert("1", on=1), alert("2", on=1), alert("3", on=2))

    async def refuse_first(host: str, name: str) -> Fetched | Failure:
        return refused() if name == "1" else taken()

    gate = Gate(refuse_first)
    assert await run(desk, gate) == DeliveryCounts(delivered=1, retried=1)
    desk.clock.pass_by(minutes=1)
    gate.answer = take
    assert await run(desk, gate) == DeliveryCounts(delivered=2)
    assert gate.ids() == ["1", "3", "1", "2"]


async def test_a_broken_channel_is_left_alone_after_some_failures(desk: Desk) -> None:
    desk.put(*(alert(f"{number}", on=number + 1) for number in range(6)))
    desk.put(*(alert(f"x{number}", on=None) for number in range(3)))
    gate = Gate(refuse)
    counts = await run(desk, gate)
    assert deliveries.STOP_AFTER <= counts.retried < 7
    assert states(desk)["pending"] == 9


async def test_with_everything_each_is_tried_exactly_once_however_many_fail(desk: Desk) -> None:
    desk.put(*(alert(f"{number}", on=number + 1) for number in range(6)))

    async def slow(host: str, name: str) -> Failure:
        desk.clock.pass_by(minutes=10)  # longer than the pause before the second attempt
        return refused()

    gate = Gate(slow)
    assert await run(desk, gate, everything=True) == DeliveryCounts(retried=6)
    assert sorted(gate.ids()) == [str(number) for number in range(6)]


async def test_with_everything_what_waits_for_a_later_attempt_is_tried_now(desk: Desk) -> None:
    desk.put(alert("1"))
    gate = Gate(refuse)
    await run(desk, gate)
    gate.answer = take
    desk.clock.pass_by(seconds=1)
    assert await run(desk, gate) == DeliveryCounts()
    assert await run(desk, gate, everything=True) == DeliveryCounts(delivered=1)


async def test_a_delivery_is_dead_once_it_fails_after_its_time(desk: Desk) -> None:
    desk.put(alert("1"), give_up=timedelta(hours=1))
    gate = Gate(refuse)
    for _ in range(deliveries.LEAST_ATTEMPTS - 1):
        assert await run(desk, gate) == DeliveryCounts(retried=1)
        desk.clock.pass_by(hours=8)
    assert await run(desk, gate) == DeliveryCounts(dead=1)
    assert states(desk)["dead"] == 1


async def test_one_failure_after_a_week_of_sleep_kills_nothing(desk: Desk) -> None:
    desk.put(alert("1"))
    assert await run(desk, Gate(refuse)) == DeliveryCounts(retried=1)
    desk.clock.pass_by(days=8)
    assert await run(desk, Gate(refuse)) == DeliveryCounts(retried=1)
    desk.clock.pass_by(minutes=30)
    assert await run(desk, Gate(take)) == DeliveryCounts(delivered=1)


async def test_however_many_attempts_fail_none_is_given_up_before_its_time(desk: Desk) -> None:
    desk.put(alert("1"))
    for _ in range(2 * deliveries.LEAST_ATTEMPTS):
        assert await run(desk, Gate(refuse), everything=True) == DeliveryCounts(retried=1)
        desk.clock.pass_by(seconds=1)


async def test_a_failure_while_the_clock_was_ahead_delays_nothing(desk: Desk) -> None:
    desk.put(alert("1"))
    desk.clock.pass_by(days=3)
    await run(desk, Gate(refuse))
    desk.clock.at = NOW
    assert await run(desk, Gate(take)) == DeliveryCounts(delivered=1)


async def test_with_everything_a_hanging_channel_costs_few_time_outs(desk: Desk) -> None:
    desk.put(*(alert(f"{number:02}", on=number) for number in range(20)))
    first, rest = asyncio.Barrier(deliveries.AT_ONCE), asyncio.Barrier(20 - deliveries.AT_ONCE)

    async def time_out_together(host: str, name: str) -> Failure:
        await (first if len(gate.seen) <= deliveries.AT_ONCE else rest).wait()
        return refused()

    gate = Gate(time_out_together)
    counts = await asyncio.wait_for(run(desk, gate, everything=True), 10)
    assert counts == DeliveryCounts(retried=20), "two rounds, each of all its attempts side by side"
    assert sorted(gate.ids()) == [f"{number:02}" for number in range(20)]


async def test_a_late_delivery_still_has_its_chance(desk: Desk) -> None:
    desk.put(alert("1"), give_up=timedelta(hours=1))
    desk.clock.pass_by(days=30)
    assert await run(desk, Gate(take)) == DeliveryCounts(delivered=1)


async def test_what_waits_for_a_channel_that_is_gone_dies_with_its_time(desk: Desk) -> None:
    desk.put(alert("1", channels=("desk", "gone")), give_up=timedelta(hours=1))
    assert await run(desk, Gate(take)) == DeliveryCounts(delivered=1)
    desk.clock.pass_by(hours=2)
    assert await run(desk, Gate(take)) == DeliveryCounts(dead=1)


async def test_a_hanging_channel_delays_no_other_even_for_what_is_raised_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "LOOK_AGAIN", timedelta(milliseconds=10))
    first, released = asyncio.Event(), asyncio.Event()

    async def hang_or_take(host: str, name: str) -> Fetched:
        if host == "slow":
            await released.wait()
        else:
            first.set()
        if name == "later":
            released.set()
        return taken()

    desk.put(alert("1", on=1, channels=("slow", "desk")))
    gate = Gate(hang_or_take)
    running = asyncio.create_task(run(desk, gate, "slow", "desk"))
    await first.wait()
    desk.put(alert("later", on=2, channels=("desk",)))
    assert await asyncio.wait_for(running, 10) == DeliveryCounts(delivered=3)
    assert gate.ids("desk") == ["1", "later"]


async def test_no_attempt_outlives_its_bound(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "SLACK", timedelta(milliseconds=20) - hook("desk").timeout)

    async def hang(host: str, name: str) -> Never:
        await asyncio.Event().wait()
        raise AssertionError

    desk.put(alert("1"))
    assert await run(desk, Gate(hang)) == DeliveryCounts(retried=1)


async def test_a_bug_of_a_sender_costs_one_attempt_and_shows_no_secret(desk: Desk) -> None:
    async def crash(host: str, name: str) -> Fetched:
        if name == "1":
            raise RuntimeError(f"https://{host}/s3cret")
        return taken()

    desk.put(alert("1", on=1), alert("2", on=2))
    with structlog.testing.capture_logs() as logs:
        assert await run(desk, Gate(crash)) == DeliveryCounts(delivered=1, retried=1)
    assert any(entry["event"] == "sender crashed" and entry["error"] == "RuntimeError" for entry in logs)
    assert "s3cret" not in str(logs)


async def test_a_run_that_dies_loses_nothing(desk: Desk) -> None:
    async def die(host: str, name: str) -> Never:
        raise asyncio.CancelledError

    desk.put(alert("1"))
    with pytest.raises(asyncio.CancelledError):
        await run(desk, Gate(die))
    assert await run(desk, Gate(take)) == DeliveryCounts(), "the lease still holds"
    desk.clock.at += deliveries.longest_attempt(hook("desk"))
    assert await run(desk, Gate(take)) == DeliveryCounts(), "the attempt might still be under way"
    desk.clock.at += deliveries.SLACK
    gate = Gate(take)
    assert await run(desk, gate) == DeliveryCounts(delivered=1)
    assert gate.ids() == ["1"]


async def test_a_fault_of_the_store_is_raised_after_the_others_are_through(desk: Desk) -> None:
    class Torn:
        """An outbox whose channel `torn` cannot be settled."""

        claim, expire = desk.outbox.claim, desk.outbox.expire

        def settle(self, delivery: object, *_: object, **__: object) -> None:
            if getattr(delivery, "channel", "") == "torn":
                raise OSError("disk I/O error")
            desk.outbox.settle(delivery, *_, **__)  # type: ignore[arg-type]  # passed on as it came

    desk.put(alert("1", channels=("torn", "desk")))
    channels = {name: hook(name) for name in ("torn", "desk")}
    with pytest.raises(OSError, match="disk"):
        await deliver(Torn(), channels, Gate(take), now=desk.clock.now, jitter=desk.clock.dice)
    assert states(desk) == {"pending": 1, "delivered": 1, "dead": 0}


async def test_a_clock_set_back_neither_hastens_nor_stops_anything(desk: Desk) -> None:
    async def set_back(host: str, name: str) -> Failure:
        desk.clock.pass_by(hours=-5)
        return refused()

    desk.put(alert("1"))
    assert await run(desk, Gate(set_back)) == DeliveryCounts(retried=1)
    desk.clock.at = NOW + timedelta(seconds=29)
    assert await run(desk, Gate(take)) == DeliveryCounts()
    desk.clock.at = NOW + timedelta(seconds=31)
    assert await run(desk, Gate(take)) == DeliveryCounts(delivered=1)


async def test_with_everything_a_digest_does_not_wait_for_its_hour(desk: Desk) -> None:
    with MailSink() as sink:
        daily = EmailChannel(
            name="desk",
            host=sink.host,
            port=sink.port,
            security="opportunistic",
            sender="crawler@example.org",
            recipients=("a@example.org",),
            digest="daily",
        )
        desk.put(*(alert(str(number), on=number + 1) for number in range(3)))
        counts = await deliver(
            desk.outbox, {"desk": daily}, Gate(take), now=desk.clock.now, jitter=desk.clock.dice, everything=True
        )
        assert counts == DeliveryCounts(delivered=3)
        assert len(sink.messages) == 1


async def test_two_runs_at_once_send_nothing_twice(desk: Desk) -> None:
    desk.put(*(alert(str(number), on=number + 1) for number in range(6)))
    gate = Gate(take)
    first, second = await asyncio.gather(run(desk, gate), run(desk, gate))
    assert (first + second).delivered == 6
    assert sorted(gate.ids()) == [str(number) for number in range(6)]
