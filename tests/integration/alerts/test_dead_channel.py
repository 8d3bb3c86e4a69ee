"""A channel that is dead is told through the others, once, and so is its recovery; nothing is lost, and no storm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.deliver import deliver
from alerts.timing import deliverable
from crawler.app import tell_channels, vitals_of
from crawler.model import Failure, FailureKind, Fetched
from crawler.options import Channel, Config, EmailChannel, Secret, WebhookChannel
from storage import queries
from storage.store import open_store
from tests.support.alerting import NOW, Desk, alert, open_desk
from tests.support.sinks import MailSink


def hook(name: str) -> WebhookChannel:
    return WebhookChannel(name=name, url=Secret(f"https://{name}/s3cret"))


@dataclass
class Program:
    """Runs of a program with the channels desk and phone, each started anew: it knows what the database says."""

    desk: Desk
    channels: dict[str, Channel] = field(default_factory=lambda: {name: hook(name) for name in ("desk", "phone")})
    broken: set[str] = field(default_factory=lambda: {"desk"})
    took: list[tuple[str, str]] = field(default_factory=list)
    """Channel and alert (its type, where it tells of a channel)."""

    async def run(self, after: timedelta = timedelta(0), *, everything: bool = True) -> int:
        """A round so much later; how many alerts on channels it raised."""
        self.desk.clock.at += after
        path = self.desk.store.database.path
        with open_store(f"sqlite:///{path}", now=self.desk.clock.now()) as store:
            clock = self.desk.clock
            told = [0, 0]
            for turn in range(2):
                await deliver(
                    store.outbox, self.channels, self._post, now=clock.now, jitter=clock.dice, everything=everything
                )
                told[turn] = tell_channels(self.config, store, clock.now())
            return sum(told)

    @property
    def config(self) -> Config:
        return Config(channels=self.channels, sources=())

    def types(self, channel: str) -> list[str]:
        known = {line.id: line.type for line in queries.alerts(self.desk.store)}
        return [known[name] for taker, name in self.took if taker == channel]

    async def _post(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes,
        timeout: timedelta,  # noqa: ASYNC109 (the protocol)
    ) -> Fetched | Failure:
        host = url.removeprefix("https://").partition("/")[0]
        if host in self.broken:
            return Failure(url="", kind=FailureKind.STATUS, reason="HTTP 500", permanent=False, status=500)
        self.took.append((host, headers["webhook-id"]))
        return Fetched(url="", status=204, headers={}, content=b"", fetched_at=datetime.now(UTC))


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with open_desk(tmp_path) as desk:
        yield Program(desk)


HOUR = timedelta(hours=1)
BOTH = ("desk", "phone")


async def test_a_dead_channel_is_told_through_the_other_once_and_its_recovery_too(program: Program) -> None:
    program.desk.put(alert("a1", channels=BOTH))
    await program.run()
    assert program.types("phone") == ["page.changed"], "one failure is no death"
    for _ in range(5):
        await program.run(HOUR)
    assert program.types("phone") == ["page.changed", "channel.failing"]
    program.broken.clear()
    await program.run(HOUR)
    assert program.types("phone") == ["page.changed", "channel.failing", "channel.recovered"]
    assert program.types("desk") == ["page.changed"], "it need not be told that it was dead"
    await program.run(HOUR)
    assert len(program.took) == 4


async def test_what_is_told_names_the_channel_and_why(program: Program) -> None:
    program.desk.put(alert("a1"))
    await program.run()
    await program.run(HOUR)
    [told] = [line for line in queries.alerts(program.desk.store) if line.type == "channel.failing"]
    assert "desk" in told.summary
    assert "HTTP 500" in told.summary
    assert "s3cret" not in told.summary


async def test_when_every_channel_is_dead_each_is_told_of_once_the_others_live(program: Program) -> None:
    program.broken = {"desk", "phone"}
    program.desk.put(alert("a1", channels=BOTH))
    for _ in range(12):
        await program.run(HOUR)
    assert program.took == []
    assert len(queries.alerts(program.desk.store)) == 3, "one alert on each channel, and no storm of them"
    program.broken = {"phone"}
    await program.run(HOUR)
    assert sorted(program.types("desk")) == ["channel.failing", "page.changed"]
    program.broken = set()
    await program.run(HOUR)
    await program.run(HOUR)
    assert sorted(program.types("phone")) == ["channel.failing", "channel.recovered", "page.changed"]
    assert sorted(program.types("desk")) == ["channel.failing", "channel.recovered", "page.changed"]


async def test_the_only_channel_has_nobody_to_tell_but_health_knows(program: Program) -> None:
    program.channels = {"desk": hook("desk")}
    program.desk.put(alert("a1"))
    await program.run()
    assert await program.run(HOUR) == 1
    assert program.took == []
    vitals = vitals_of(program.config, program.desk.store, program.desk.clock.now(), NOW)
    assert [(each.channel, each.error, each.told) for each in vitals.channels] == [("desk", "HTTP 500", True)]
    assert [(each.channel, each.alert, each.since) for each in vitals.waiting] == [("desk", "a1", NOW)]


async def test_alerts_that_are_given_up_are_told_at_once(program: Program) -> None:
    program.desk.put(alert("a1"), alert("a2", on=2), give_up=timedelta(days=1))
    for _ in range(9):
        await program.run(timedelta(minutes=1))
    assert program.types("phone") == []
    await program.run(timedelta(days=2))
    assert program.types("phone") == ["channel.failing"]
    assert program.desk.outbox.counts()["dead"] == 2
    program.broken.clear()
    program.desk.put(alert("a3", on=3))
    await program.run(HOUR)
    recovered = next(line for line in queries.alerts(program.desk.store) if line.type == "channel.recovered")
    assert "2" in recovered.summary


async def test_what_waited_for_a_channel_that_was_taken_out_of_the_file_is_told_when_it_dies(program: Program) -> None:
    program.desk.put(alert("a1", channels=("pager",)))
    assert await program.run() == 0
    await program.run(timedelta(days=8))
    assert program.types("phone") == ["channel.failing"]
    assert "pager" in queries.alerts(program.desk.store)[0].summary


async def test_a_daily_digest_tells_of_a_dead_channel_at_once(program: Program) -> None:
    with MailSink() as sink:
        mail = EmailChannel(
            name="mail",
            host=sink.host,
            port=sink.port,
            security="opportunistic",
            sender="crawler@example.org",
            recipients=("a@example.org",),
            digest="daily",
            language="en",
        )
        program.channels = {"desk": hook("desk"), "mail": mail}
        program.desk.put(alert("a1", channels=("desk", "mail")))
        await program.run(everything=False)
        for _ in range(8):
            await program.run(timedelta(minutes=15), everything=False)
        assert [message["Subject"] for message in sink.messages] == ["desk: Channel takes no alerts"]
        await program.run(timedelta(days=1), everything=False)
        assert len(sink.messages) == 2


async def test_a_crash_between_two_runs_tells_it_once_all_the_same(program: Program) -> None:
    program.desk.put(alert("a1"))
    await program.run()
    [standing] = program.desk.store.standings()
    program.desk.clock.at += HOUR
    with open_store(f"sqlite:///{program.desk.store.database.path}", now=NOW) as other:
        assert tell_channels(program.config, other, program.desk.clock.now()) == 1
    told = alert("late", channels=())
    assert not program.desk.store.tell_channel(standing, standing, told, HOUR), "another process was first"
    assert len(queries.alerts(program.desk.store)) == 2


async def test_a_mailbox_that_refuses_is_no_dead_channel_until_its_alert_is_given_up(program: Program) -> None:
    with MailSink() as sink:
        sink.refuse["b@example.org"] = ["550 no such user"] * 100
        mail = EmailChannel(
            name="mail",
            host=sink.host,
            port=sink.port,
            security="opportunistic",
            sender="crawler@example.org",
            recipients=("a@example.org", "b@example.org"),
        )
        program.broken, program.channels = set(), {"mail": mail, "phone": hook("phone")}
        program.desk.put(alert("a1", channels=("mail",)), give_up=timedelta(days=1))
        for _ in range(9):
            await program.run(HOUR)
        assert program.types("phone") == []
        await program.run(timedelta(days=2))
        assert program.types("phone") == ["channel.failing"]
        for _ in range(3):
            await program.run(HOUR)
        assert program.types("phone") == ["channel.failing"], "it works: nothing to recover from"


def test_what_waits_for_a_digest_waits_since_its_hour() -> None:
    mail = EmailChannel(
        name="mail", host="h", port=25, security="tls", sender="a@b.c", recipients=("a@b.c",), digest="daily"
    )
    assert deliverable(mail, NOW) == datetime(2026, 11, 23, 0, 0, tzinfo=UTC), "08:00 in Shanghai"
    assert deliverable(hook("desk"), NOW) == deliverable(None, NOW) == NOW
