"""A storm of changes on 300 pages, and receivers that misbehave: all arrives, in order, readable, in little memory."""

import random
import tracemalloc
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

import alerts.webhook as webhook
from alerts.deliver import DeliveryCounts, deliver
from crawler.checks import Alert
from crawler.fetch import Fetcher
from crawler.model import Fetched, Json
from crawler.options import Channel, EmailChannel, Network, Secret, WebhookChannel
from tests.support.alerting import NOW, Desk, alert, hunk, open_desk
from tests.support.sinks import DROP, RESET, Answer, MailSink, WebhookSink

PAGES, EDITS = 300, 2
MEGABYTE = 1_000_000
CUT_BY_MAIL_PROGRAMS = 102_000
"""Bytes of a mail's HTML, in Gmail."""

WRONGS: tuple[int | str | Answer, ...] = (
    500,
    503,
    404,
    RESET,
    Answer(302, {"location": "http://127.0.0.1:9/elsewhere"}),
    Answer(429, {"retry-after": "120"}),
    Answer(429, {"retry-after": "Fri, 31 Dec 2100 23:59:59 GMT"}),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
async def gate() -> AsyncIterator[Fetcher]:
    async with Fetcher(Network(allow_private=True), now=lambda: datetime.now(UTC), jitter=random.random) as opened:
        yield opened


def hook(sink: WebhookSink, name: str = "desk") -> WebhookChannel:
    return WebhookChannel(name=name, url=Secret(sink.url), timeout=timedelta(seconds=5))


def mail(sink: MailSink, *, digest: Literal["hourly", "daily"] | None = None) -> EmailChannel:
    return EmailChannel(
        name="mail",
        host=sink.host,
        port=sink.port,
        security="opportunistic",
        sender="crawler@example.org",
        recipients=("a@example.org",),
        digest=digest,
    )


def storm(channels: tuple[str, ...], edits: int = EDITS, size: int = 1) -> list[Alert]:
    """Each page edited so often, `size` places at a time; names tell page and turn."""
    hunks = [hunk(old="旧" * min(size * 40, 2_000), new="新" * min(size * 40, 2_000)) for _ in range(size)]
    text = {"hunks": hunks, "unified": "文" * min(size * 1_000, 60_000), "truncated": False}
    return [
        alert(f"{page:03}-{turn}", on=page, channels=channels, text=text)
        for turn in range(edits)
        for page in range(PAGES)
    ]


async def run(desk: Desk, gate: Fetcher, *channels: Channel) -> DeliveryCounts:
    named = {channel.name: channel for channel in channels}
    return await deliver(desk.outbox, named, gate.post, now=desk.clock.now, jitter=desk.clock.dice)


async def until_told(desk: Desk, gate: Fetcher, *channels: Channel, most: int = 300) -> int:
    """Runs as the daemon makes them, with time passing between them, until nothing waits; how many."""
    for count in range(1, most):
        await run(desk, gate, *channels)
        if not desk.outbox.counts()["pending"]:
            return count
        desk.clock.pass_by(minutes=1)
    raise AssertionError(f"still waiting: {desk.outbox.counts()}")


def in_order(names: list[str]) -> bool:
    """Of each page the first time each turn came."""
    turns = defaultdict(list)
    for name in dict.fromkeys(names):
        page, turn = name.split("-")
        turns[page].append(turn)
    return all(of_page == sorted(of_page) for of_page in turns.values())


async def test_through_faults_of_every_kind_each_alert_arrives_in_order(desk: Desk, gate: Fetcher) -> None:
    dice = random.Random(7)
    told = storm(("desk", "mail"))
    desk.put(*told)
    with WebhookSink() as hooks, MailSink() as mails:
        hooks.answers += [dice.choice(WRONGS) if dice.random() < 0.2 else 204 for _ in range(len(told))]
        mails.data += [
            dice.choice(["451 later", "554 spam", RESET, DROP]) if dice.random() < 0.1 else "250 OK" for _ in told
        ]
        await until_told(desk, gate, hook(hooks), mail(mails), most=2_000)
        taken = [request.headers["webhook-id"] for request in hooks.accepted]
        assert sorted(taken) == sorted(each.id for each in told), "each once: none of these faults took one unsaid"
        assert in_order(taken)
        mailed = [str(message["X-Report-Crawler-Alert"]) for message in mails.messages]
        assert set(mailed) == {each.id for each in told}
        assert in_order(mailed)
        assert len({message["Message-ID"] for message in mails.messages}) == len(told), "a repeated one is the same"


async def test_a_channel_that_fails_throughout_delays_no_other(desk: Desk, gate: Fetcher) -> None:
    desk.put(*storm(("dead", "desk"), edits=1))
    with WebhookSink() as hooks, WebhookSink() as dead:
        dead.answers += [500] * 10_000
        counts = await run(desk, gate, hook(dead, "dead"), hook(hooks))
        assert counts.delivered == PAGES, "in its first run"
        assert len(dead.requests) < 10, "the broken one is left alone, not hammered"
        assert desk.outbox.counts() == {"pending": PAGES, "delivered": PAGES, "dead": 0}


async def test_a_storm_of_large_alerts_takes_little_memory(desk: Desk) -> None:
    told = storm(("desk", "mail"), edits=1, size=25)
    written = sum(len(webhook.encode(each.payload)) for each in told)
    assert written > 60 * MEGABYTE
    desk.put(*told)
    del told
    desk.clock.pass_by(hours=1)

    async def take(*_: object, **__: object) -> Fetched:  # a sink in this process would keep them all
        return Fetched(url="", status=204, headers={}, content=b"", fetched_at=NOW)

    with MailSink() as mails:
        hooked = WebhookChannel(name="desk", url=Secret("https://desk.example.org/"))
        channels: dict[str, Channel] = {"desk": hooked, "mail": mail(mails, digest="hourly")}
        tracemalloc.start()
        counts = await deliver(desk.outbox, channels, take, now=desk.clock.now, jitter=desk.clock.dice)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert counts == DeliveryCounts(delivered=2 * PAGES)
    assert peak < 40 * MEGABYTE


@pytest.mark.parametrize("place", ["", "a" * 300 + "/"])
async def test_a_digest_of_a_storm_names_each_page_in_mails_that_no_program_cuts(
    desk: Desk, gate: Fetcher, place: str
) -> None:
    told = [replace(each, payload=each.payload | at(each, place)) for each in storm(("mail",))]
    desk.put(*told)
    desk.clock.pass_by(hours=1)
    with MailSink() as mails:
        mails.data += ["451 later"]
        await until_told(desk, gate, mail(mails, digest="hourly"))
        named: list[str] = []
        for message in mails.messages:
            part = message.get_body(("html",))
            assert part
            html = str(part.get_content())
            assert len(html.encode()) < CUT_BY_MAIL_PROGRAMS
            named += message.get_all("X-Report-Crawler-Alert", [])
            places = [f"/{place}{name}.html" for name in message.get_all("X-Report-Crawler-Alert", [])]
            assert all(shown in html for shown in places), "each with its link"
    assert sorted(named) == sorted(each.id for each in told)
    assert in_order(named)
    assert len(mails.messages) == 3


def at(told: Alert, place: str) -> dict[str, Json]:
    """An address of its own, scrolled to the change as the program does."""
    url = f"https://www.example.org/{place}{told.id}.html"
    return {"page": {"url": url, "title": f"第{told.id}页"}, "links": {"page": url + "#:~:text=" + "%E6" * 144}}
