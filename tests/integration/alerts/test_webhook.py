"""Webhooks from the outbox, through the one gate, to a real receiver."""

import random
import ssl
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme
from standardwebhooks import Webhook

import alerts.deliver as deliveries
from alerts.deliver import DeliveryCounts, deliver
from crawler.checks import NotSent, Sent
from crawler.fetch import Fetcher
from crawler.options import Network, Secret, WebhookChannel
from tests.support.alerting import Desk, alert, open_desk
from tests.support.http_server import HttpServer
from tests.support.sinks import HANG, RESET, Answer, WebhookSink

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"


@pytest.fixture
def sink() -> Iterator[WebhookSink]:
    with WebhookSink() as started:
        yield started


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
async def gate() -> AsyncIterator[Fetcher]:
    network = Network(allow_private=True)
    async with Fetcher(network, now=lambda: datetime.now(UTC), jitter=random.random) as opened:
        yield opened


def channel(sink: WebhookSink, seconds: float = 5) -> WebhookChannel:
    return WebhookChannel(name="desk", url=Secret(sink.url), secret=Secret(SECRET), timeout=timedelta(seconds=seconds))


async def run(desk: Desk, sink: WebhookSink, gate: Fetcher, seconds: float = 5) -> DeliveryCounts:
    return await deliver(
        desk.outbox, {"desk": channel(sink, seconds)}, gate.post, now=desk.clock.now, jitter=desk.clock.dice
    )


async def test_an_alert_arrives_signed_and_whole(desk: Desk, sink: WebhookSink, gate: Fetcher) -> None:
    told = alert("a-1")
    desk.put(told)
    desk.clock.at = datetime.now(UTC)  # the receiver's library compares with its own clock
    assert await run(desk, sink, gate) == DeliveryCounts(delivered=1)
    (received,) = sink.requests
    assert Webhook(SECRET).verify(received.body, dict(received.headers)) == told.payload
    assert received.headers["webhook-id"] == "a-1"
    assert await run(desk, sink, gate) == DeliveryCounts()


@pytest.mark.parametrize("answer", [500, 404, 410, 403, 302, RESET])
async def test_whatever_it_answers_the_receiver_gets_the_alert_once_it_can(
    desk: Desk, sink: WebhookSink, gate: Fetcher, answer: int | str
) -> None:
    sink.answers += [answer]
    desk.put(alert("a-1"))
    assert await run(desk, sink, gate) == DeliveryCounts(retried=1)
    assert await run(desk, sink, gate) == DeliveryCounts(), "it is not yet time"
    desk.clock.pass_by(seconds=31)
    assert await run(desk, sink, gate) == DeliveryCounts(delivered=1)
    assert [request.headers["webhook-id"] for request in sink.requests] == ["a-1", "a-1"]
    assert len(sink.accepted) == 1


async def test_redirects_are_not_followed(desk: Desk, sink: WebhookSink, gate: Fetcher) -> None:
    with WebhookSink() as other:
        sink.answers += [Answer(307, {"location": other.url})]
        desk.put(alert("a-1"))
        assert await run(desk, sink, gate) == DeliveryCounts(retried=1)
        assert other.requests == []


async def test_retry_after_is_honoured(desk: Desk, sink: WebhookSink, gate: Fetcher) -> None:
    sink.answers += [Answer(429, {"retry-after": "600"})]
    desk.put(alert("a-1"))
    await run(desk, sink, gate)
    desk.clock.pass_by(seconds=590)
    assert await run(desk, sink, gate) == DeliveryCounts()
    desk.clock.pass_by(seconds=11)
    assert await run(desk, sink, gate) == DeliveryCounts(delivered=1)


@pytest.mark.parametrize(("asked", "minutes"), [(10, 10), (60 * 24, 60 * 6)])
async def test_retry_after_may_be_a_date_and_costs_six_hours_at_most(
    desk: Desk, sink: WebhookSink, gate: Fetcher, asked: int, minutes: int
) -> None:
    desk.clock.at = datetime.now(UTC)  # a date is compared with the gate's clock
    until = format_datetime(desk.clock.at + timedelta(minutes=asked, seconds=1), usegmt=True)
    sink.answers += [Answer(429, {"retry-after": until})]
    desk.put(alert("a-1"))
    assert await run(desk, sink, gate) == DeliveryCounts(retried=1)
    desk.clock.pass_by(minutes=minutes - 1)
    assert await run(desk, sink, gate) == DeliveryCounts()
    desk.clock.pass_by(minutes=1, seconds=2)
    assert await run(desk, sink, gate) == DeliveryCounts(delivered=1)


async def test_a_bad_certificate_ends_the_attempt_before_anything_is_sent(desk: Desk, gate: Fetcher) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with HttpServer(tls=context) as server:
        secret = Secret(server.url("/s3cret-path"))
        outcome = await deliveries.test_channel(WebhookChannel(name="desk", url=secret), gate.post)
        assert isinstance(outcome, NotSent)
        assert "TLS certificate not trusted" in outcome.error
        assert "s3cret" not in outcome.error
        assert server.requests == []


async def test_a_receiver_that_hangs_is_left_after_the_timeout(desk: Desk, sink: WebhookSink, gate: Fetcher) -> None:
    sink.answers += [HANG]
    desk.put(alert("a-1"))
    assert await run(desk, sink, gate, seconds=0.2) == DeliveryCounts(retried=1)
    desk.clock.pass_by(minutes=1)
    assert await run(desk, sink, gate, seconds=0.2) == DeliveryCounts(delivered=1)


async def test_private_addresses_are_refused_unless_allowed(desk: Desk, sink: WebhookSink) -> None:
    desk.put(alert("a-1"))
    async with Fetcher(Network(), now=lambda: datetime.now(UTC), jitter=random.random) as closed:
        assert await run(desk, sink, closed) == DeliveryCounts(retried=1)
    assert sink.requests == []


async def test_a_channel_can_be_tried_out(sink: WebhookSink, gate: Fetcher) -> None:
    assert await deliveries.test_channel(channel(sink), gate.post) == Sent()
    (received,) = sink.requests
    Webhook(SECRET).verify(received.body, dict(received.headers))
    assert "测试 test" in received.json["summary"]
    sink.answers += [401]
    outcome = await deliveries.test_channel(channel(sink), gate.post)
    assert isinstance(outcome, NotSent)
    assert "401" in outcome.error
    assert "/hook" not in outcome.error, "the address is a secret"
