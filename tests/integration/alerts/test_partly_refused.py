"""A mail server that takes a mail for some recipients and refuses others: each has it once it can be had, and once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal, Never

import pytest

from alerts.deliver import DeliveryCounts, deliver
from crawler.options import EmailChannel
from storage.store import open_store
from tests.support.alerting import Desk, alert, open_desk
from tests.support.sinks import DROP, MailSink

A, B, C = "a@example.org", "b@example.org", "c@example.org"
GONE = ["550 5.1.1 no such user"] * 100


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink() as started:
        yield started


def channel(sink: MailSink, *recipients: str, digest: Literal["hourly", "daily"] | None = None) -> EmailChannel:
    return EmailChannel(
        name="desk",
        host=sink.host,
        port=sink.port,
        security="opportunistic",
        sender="crawler@example.org",
        recipients=recipients or (A, B),
        digest=digest,
        timeout=timedelta(seconds=5),
    )


async def no_post(*_: object, **__: object) -> Never:
    raise AssertionError("mail does not use the gate")


async def run(desk: Desk, mail: EmailChannel) -> DeliveryCounts:
    """A round of a program that was started anew: it knows what the database says and nothing else."""
    assert desk.store.database.path
    with open_store(f"sqlite:///{desk.store.database.path}", now=desk.clock.now()) as store:
        return await deliver(store.outbox, {"desk": mail}, no_post, now=desk.clock.now, jitter=desk.clock.dice)


def told(sink: MailSink, who: str) -> list[str]:
    """The alerts of each mail he got, in order."""
    mails = zip(sink.messages, sink.recipients, strict=True)
    return ["+".join(mail.get_all("X-Report-Crawler-Alert", [])) for mail, those in mails if who in those]


async def test_whoever_is_refused_gets_the_mail_later_and_the_others_only_once_whatever_restarts(
    desk: Desk, sink: MailSink
) -> None:
    sink.refuse[B] += ["550 no such user", "450 mailbox full"]
    desk.put(alert("a-1"))
    assert await run(desk, channel(sink)) == DeliveryCounts(retried=1, partly=1)
    desk.clock.pass_by(minutes=1)
    assert await run(desk, channel(sink)) == DeliveryCounts(retried=1, partly=1)
    desk.clock.pass_by(minutes=5)
    assert await run(desk, channel(sink)) == DeliveryCounts(delivered=1)
    assert sink.recipients == [[A], [B]]
    assert sink.messages[0]["Message-ID"] == sink.messages[1]["Message-ID"]


async def test_those_who_were_reached_add_up(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += ["450 later"]
    sink.refuse[C] += ["450 later", "450 later"]
    desk.put(alert("a-1"))
    for expected in (DeliveryCounts(retried=1, partly=1), DeliveryCounts(retried=1, partly=1)):
        assert await run(desk, channel(sink, A, B, C)) == expected
        desk.clock.pass_by(minutes=5)
    sink.data += ["451 not now"]
    assert await run(desk, channel(sink, A, B, C)) == DeliveryCounts(retried=1, partly=1)
    desk.clock.pass_by(minutes=10)
    assert await run(desk, channel(sink, A, B, C)) == DeliveryCounts(delivered=1)
    assert sink.recipients == [[A], [B], [C]]


async def test_a_mailbox_that_is_gone_keeps_no_later_alert_from_the_others(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += GONE
    for number in range(6):
        desk.put(alert(f"a-{number}", on=1))
        desk.clock.pass_by(minutes=1)
        await run(desk, channel(sink))
    assert told(sink, A) == [f"a-{number}" for number in range(6)], "in order, and none waits for the other's mailbox"


async def test_a_mailbox_that_is_gone_does_not_pass_for_a_failing_channel(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += GONE
    desk.put(*(alert(f"a-{number:02}", on=number) for number in range(20)))
    assert await run(desk, channel(sink)) == DeliveryCounts(retried=20, partly=20)
    assert sorted(told(sink, A)) == [f"a-{number:02}" for number in range(20)]


async def test_a_digest_tells_each_recipient_what_he_lacks(desk: Desk, sink: MailSink) -> None:
    hourly = channel(sink, digest="hourly")
    sink.refuse[B] += ["450 mailbox full"]
    desk.put(alert("a-1", on=1), alert("a-2", on=1))
    desk.clock.pass_by(minutes=30)
    assert await run(desk, hourly) == DeliveryCounts(retried=2, partly=2)
    desk.put(alert("a-3", on=1))
    desk.clock.pass_by(hours=1)
    assert await run(desk, hourly) == DeliveryCounts(delivered=3)
    assert told(sink, A) == ["a-1+a-2", "a-3"]
    assert sorted(told(sink, B)) == ["a-1+a-2", "a-3"]


async def test_who_left_the_channel_is_not_waited_for_and_who_joined_it_is_told(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += GONE
    desk.put(alert("a-1", on=1), alert("a-2", on=2))
    assert (await run(desk, channel(sink, A, B))).partly == 2
    desk.clock.pass_by(minutes=1)
    assert await run(desk, channel(sink, A)) == DeliveryCounts(delivered=2)
    assert sorted(told(sink, A)) == ["a-1", "a-2"]
    desk.put(alert("b-1", on=3))
    sink.refuse[B][:] = GONE
    assert (await run(desk, channel(sink, A, B))).partly == 1
    desk.clock.pass_by(minutes=1)
    assert await run(desk, channel(sink, A, C)) == DeliveryCounts(delivered=1)
    assert told(sink, C) == ["b-1"]


async def test_a_mail_that_was_taken_and_not_confirmed_comes_again_as_the_same(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += ["450 later"]
    sink.data += ["250 OK", DROP]
    desk.put(alert("a-1"))
    assert (await run(desk, channel(sink))).partly == 1
    desk.clock.pass_by(minutes=1)
    assert (await run(desk, channel(sink))).retried == 1
    desk.clock.pass_by(minutes=5)
    assert await run(desk, channel(sink)) == DeliveryCounts(delivered=1)
    assert sink.recipients == [[A], [B], [B]], "the one that was dropped is repeated, the other is not"
    assert len({mail["Message-ID"] for mail in sink.messages}) == 1
