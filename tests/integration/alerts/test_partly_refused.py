"""A mail server that takes a mail for some recipients and refuses others: each has it once it can be had, and once.

And each in order: who was refused an alert of a page gets the later ones of that page after it.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Literal, Never

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.deliver import DeliveryCounts, deliver
from crawler.options import EmailChannel
from storage import queries
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


async def run(desk: Desk, mail: EmailChannel, *, everything: bool = False) -> DeliveryCounts:
    """A round of a program that was started anew: it knows what the database says and nothing else."""
    assert desk.store.database.path
    with open_store(f"sqlite:///{desk.store.database.path}", now=desk.clock.now()) as store:
        return await deliver(
            store.outbox, {"desk": mail}, no_post, now=desk.clock.now, jitter=desk.clock.dice, everything=everything
        )


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
    assert told(sink, B) == ["a-1+a-2+a-3"]


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


async def test_who_was_refused_gets_the_alerts_of_a_page_in_order(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += ["450 mailbox full"]
    for number in range(4):
        desk.put(alert(f"a-{number}", on=1))
        await run(desk, channel(sink))
    assert (told(sink, A), told(sink, B)) == (["a-0", "a-1", "a-2", "a-3"], [])
    desk.clock.pass_by(minutes=1)
    assert (await run(desk, channel(sink))).delivered == 4
    assert told(sink, B) == ["a-0", "a-1", "a-2", "a-3"], "at once, when the first is through"
    assert told(sink, A) == told(sink, B)


async def test_a_digest_brings_who_was_refused_all_he_missed_in_one_mail(desk: Desk, sink: MailSink) -> None:
    hourly = channel(sink, digest="hourly")
    sink.refuse[B] += GONE
    for number in range(4):
        desk.put(*(alert(f"{page}-{number}", on=page) for page in (1, 2)))
        desk.clock.pass_by(hours=1)
        await run(desk, hourly)
    assert told(sink, A) == [f"1-{number}+2-{number}" for number in range(4)]
    sink.refuse[B].clear()
    desk.clock.pass_by(hours=6)
    await run(desk, hourly)
    assert told(sink, B) == ["1-0+2-0+1-1+2-1+1-2+2-2+1-3+2-3"]


async def test_who_is_refused_for_a_moment_waits_for_nobody_who_is_gone(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += GONE
    desk.put(alert("a-1", on=1))
    await run(desk, channel(sink, A, B, C))
    sink.refuse[C] += ["450 later"]
    desk.put(alert("a-2", on=1), alert("a-3", on=1))
    await run(desk, channel(sink, A, B, C))
    assert (told(sink, A), told(sink, C)) == (["a-1", "a-2", "a-3"], ["a-1"])
    desk.clock.pass_by(minutes=2)
    await run(desk, channel(sink, A, B, C))
    assert told(sink, C) == ["a-1", "a-2", "a-3"]
    assert told(sink, B) == []


async def test_what_was_given_up_for_one_lets_the_later_ones_be_tried_for_him(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += GONE
    desk.put(alert("a-1", on=1))
    await run(desk, channel(sink))
    desk.clock.pass_by(days=4)
    desk.put(replace(alert("a-2", on=1), raised_at=desk.clock.now()))
    for _ in range(14):
        desk.clock.pass_by(hours=6)
        await run(desk, channel(sink))
    assert desk.outbox.counts() == {"pending": 1, "delivered": 0, "dead": 1}
    sink.refuse[B].clear()
    desk.clock.pass_by(hours=6)
    await run(desk, channel(sink))
    assert (told(sink, A), told(sink, B)) == (["a-1", "a-2"], ["a-2"])


async def test_who_left_the_channel_while_he_was_refused_leaves_nothing_waiting(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += GONE
    for number in range(3):
        desk.put(alert(f"a-{number}", on=1))
        await run(desk, channel(sink))
    desk.clock.pass_by(minutes=1)
    assert (await run(desk, channel(sink, A))).delivered == 3
    assert desk.outbox.counts()["pending"] == 0
    assert told(sink, A) == ["a-0", "a-1", "a-2"]


async def test_waiting_for_an_earlier_alert_asks_no_server_and_is_said(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += GONE
    for number in range(2):
        desk.put(alert(f"a-{number}", on=1))
        await run(desk, channel(sink))
    [line] = [line for line in queries.alerts(desk.store) if line.id == "a-1"]
    assert line.deliveries[0].error == f"waits for an earlier alert of the page that was refused: {B}"
    asked = len(sink.refuse[B])
    desk.clock.pass_by(hours=7)
    await run(desk, channel(sink))
    assert len(sink.refuse[B]) == asked - 1, "for the first alone"


async def test_what_comes_through_in_the_same_round_holds_up_nothing_longer(desk: Desk, sink: MailSink) -> None:
    """Both are claimed together: the second may be settled after the first, for which it was held."""
    sink.refuse[B] += ["450 later"]
    desk.put(alert("a-1", on=1))
    await run(desk, channel(sink))
    desk.clock.pass_by(minutes=1)
    desk.put(alert("a-2", on=1))
    assert await run(desk, channel(sink)) == DeliveryCounts(delivered=2, retried=1, partly=1)
    assert told(sink, B) == ["a-1", "a-2"]


async def test_everything_at_once_keeps_the_order_too(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += GONE
    for number in range(3):
        desk.put(alert(f"a-{number}", on=1))
        await run(desk, channel(sink), everything=True)
    assert told(sink, B) == []
    sink.refuse[B].clear()
    desk.clock.pass_by(seconds=1)
    await run(desk, channel(sink), everything=True)
    assert told(sink, B) == told(sink, A) == ["a-0", "a-1", "a-2"]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["raise", "raise", "run", "run", "everything", "refuse", "greylist", "wait"]),
        st.integers(0, 3),
    ),
    min_size=4,
    max_size=30,
)


@pytest.mark.parametrize("digest", [None, "hourly"])
async def test_whoever_is_refused_when_each_gets_all_once_and_in_order(
    sink: MailSink, tmp_path: Path, digest: Literal["hourly"] | None
) -> None:
    examples = count()

    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def law(steps: list[tuple[str, int]]) -> None:
        folder = tmp_path / str(next(examples))
        folder.mkdir()
        with open_desk(folder) as desk:
            asyncio.run(live(desk, sink, channel(sink, A, B, C, digest=digest), steps))

    await asyncio.to_thread(law)


async def live(desk: Desk, sink: MailSink, mail: EmailChannel, steps: list[tuple[str, int]]) -> None:
    sink.messages.clear()
    sink.recipients.clear()
    raised: list[str] = []
    for what, which in steps:
        match what:
            case "raise":
                raised.append(f"{which}-{len(raised):02}")
                desk.put(replace(alert(raised[-1], on=which + 1), raised_at=desk.clock.now()))
            case "refuse":
                for who, refused in ((B, which & 1), (C, which & 2)):
                    sink.refuse[who][:] = ["450 mailbox full"] * 1_000 if refused else []
            case "greylist":
                sink.data[:] = ["451 come again"] * which
            case "wait":
                desk.clock.pass_by(minutes=(1, 10, 60, 400)[which])
            case _:
                sink.data[:] = [] if what == "everything" else sink.data
                await run(desk, mail, everything=what == "everything")
                desk.clock.pass_by(seconds=1)
    sink.refuse.clear()
    sink.data.clear()
    for _ in range(2):
        desk.clock.pass_by(hours=7)
        await run(desk, mail)
    assert desk.outbox.counts() == {"pending": 0, "delivered": len(raised), "dead": 0}
    for who in (A, B, C):
        came = [name for told_in_one in told(sink, who) for name in told_in_one.split("+")]
        assert sorted(came) == sorted(raised), "lost or told twice"
        assert sorted(came, key=lambda name: name[0]) == sorted(raised, key=lambda name: name[0]), "in order per page"


async def test_what_waited_behind_an_alert_given_up_is_not_tried_as_long_again(desk: Desk, sink: MailSink) -> None:
    sink.refuse[B] += GONE
    for number in range(5):
        desk.put(alert(f"a-{number}", on=1))
    for _ in range(7 * 4 + 1):
        await run(desk, channel(sink))
        desk.clock.pass_by(hours=6)
    assert desk.outbox.counts() == {"pending": 0, "delivered": 0, "dead": 5}
    assert told(sink, A) == [f"a-{number}" for number in range(5)]
