"""Mail to a real SMTP server that can be told to misbehave."""

import asyncio
import base64
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal, Never

import pytest

import alerts.deliver as deliveries
from alerts.deliver import DeliveryCounts, deliver
from crawler.checks import NotSent, Sent
from crawler.options import EmailChannel, Secret
from tests.support.alerting import Desk, alert, open_desk
from tests.support.sinks import DROP, HANG, RESET, MailSink

A, B = "a@example.org", "b@example.org"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink() as started:
        yield started


@pytest.fixture
def as_remote(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let mail.example.test be this machine, without being one of its own names."""
    found = socket.getaddrinfo

    def resolve(host: str, *rest: Any, **more: Any) -> list[Any]:
        return found("127.0.0.1" if host == "mail.example.test" else host, *rest, **more)

    return lambda: monkeypatch.setattr(socket, "getaddrinfo", resolve)


def channel(sink: MailSink, **fields: Any) -> EmailChannel:
    plain = EmailChannel(
        name="desk",
        host=sink.host,
        port=sink.port,
        security="opportunistic",
        sender="crawler@example.org",
        recipients=(A, B),
        timeout=timedelta(seconds=5),
    )
    return replace(plain, **fields)


async def no_post(*_: object, **__: object) -> Never:
    raise AssertionError("mail does not use the gate")


async def run(desk: Desk, mail: EmailChannel, ca_file: str | None = None) -> DeliveryCounts:
    return await deliver(
        desk.outbox, {"desk": mail}, no_post, now=desk.clock.now, jitter=desk.clock.dice, ca_file=ca_file
    )


async def attempt(mail: EmailChannel, ca_file: str | None = None) -> Sent | NotSent:
    return await deliveries.test_channel(mail, no_post, ca_file=ca_file)


async def refusal(mail: EmailChannel, ca_file: str | None = None) -> str:
    outcome = await attempt(mail, ca_file)
    assert isinstance(outcome, NotSent)
    assert "\n" not in outcome.error
    return outcome.error


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


async def test_a_mail_arrives_readable(desk: Desk, sink: MailSink) -> None:
    desk.put(alert("a-1"))
    assert await run(desk, channel(sink)) == DeliveryCounts(delivered=1)
    (message,) = sink.messages
    assert sink.recipients == [[A, B]]
    assert message["Subject"] == "云溪市 2026：地区生产总值 6%左右 → 5.5%左右"
    assert message["X-Report-Crawler-Alert"] == "a-1"
    assert "【5.5%】" in body(message, "plain")
    assert "5.5%</ins>" in body(message, "html")


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_mail_goes_through_verified_tls_with_a_login(tls: Literal["starttls", "tls"]) -> None:
    with MailSink(tls=tls, login=("user", "s3cret")) as sink:
        mail = channel(sink, security=tls, user="user", password=Secret("s3cret"))
        assert await attempt(mail, sink.ca_file) == Sent()
        assert sink.over_tls == [True]
        assert sink.logins == [("user", "s3cret")]


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_an_unknown_certificate_ends_the_attempt_before_the_login(tls: Literal["starttls", "tls"]) -> None:
    with MailSink(tls=tls, login=("user", "s3cret")) as sink:
        error = await refusal(channel(sink, security=tls, user="user", password=Secret("s3cret")))
        assert "the certificate is not trusted" in error
        assert (sink.messages, sink.logins) == ([], [])


async def test_required_starttls_is_not_waived(sink: MailSink) -> None:
    assert "offers no STARTTLS" in await refusal(channel(sink, security="starttls"))
    assert sink.messages == []


async def test_tls_to_a_server_without_it_is_one_clear_line(sink: MailSink) -> None:
    assert "TLS failed" in await refusal(channel(sink, security="tls"))


async def test_tls_is_used_where_it_is_offered(as_remote: Callable[[], None]) -> None:
    with MailSink(tls="starttls") as sink:
        as_remote()
        assert await attempt(channel(sink, host="mail.example.test"), sink.ca_file) == Sent()
        assert sink.over_tls == [True]


async def test_a_password_is_never_sent_in_the_clear(as_remote: Callable[[], None]) -> None:
    with MailSink(login=("user", "s3cret")) as sink:
        as_remote()
        mail = channel(sink, host="mail.example.test", user="user", password=Secret("s3cret"))
        assert "the password was not sent" in await refusal(mail)
        assert sink.logins == []
        assert await attempt(replace(mail, host=sink.host)) == Sent(), "to this machine itself it may be"


async def test_a_wrong_password_is_named_but_not_shown() -> None:
    with MailSink(login=("user", "right")) as sink:
        error = await refusal(channel(sink, user="user", password=Secret("s3cret-wrong")))
        assert "login refused" in error
        assert "s3cret" not in error


async def test_a_password_smtp_cannot_carry_is_named_but_not_shown() -> None:
    with MailSink(login=("user", "right")) as sink:
        error = await refusal(channel(sink, user="user", password=Secret("口令")))
        assert "plain ASCII" in error
        assert "口令" not in error


async def test_a_server_that_repeats_the_password_does_not_leak_it(sink: MailSink) -> None:
    sink.data += ["554 you said s3cret-word"]
    error = await refusal(channel(sink, password=Secret("s3cret-word")))
    assert "554 you said ***" in error


async def test_the_error_names_who_was_refused(sink: MailSink) -> None:
    sink.refuse[B] += ["550 5.1.1 no such user\x1b[31m"]
    error = await refusal(channel(sink))
    assert f"{B} (550 5.1.1 no such user" in error
    assert "\x1b" not in error
    sink.refuse[A] += ["550 no"]
    sink.refuse[B] += ["550 no"]
    assert "every recipient was refused" in await refusal(channel(sink))


async def test_a_login_repeated_in_a_refusal_does_not_leak(sink: MailSink) -> None:
    login = base64.b64encode(b"\0user\0s3cret-word").decode()
    sink.refuse[B] += [f"550 s3cret-word {login} {base64.b64encode(b's3cret-word').decode()} refused"]
    error = await refusal(channel(sink, user="", password=Secret("s3cret-word")))
    assert "550 *** " in error
    assert "s3cret" not in error
    assert base64.b64encode(b"s3cret-word").decode() not in error


async def test_a_greylisted_mail_is_taken_at_its_next_attempt(desk: Desk, sink: MailSink) -> None:
    sink.refuse[A] += ["450 4.7.1 greylisted, come back in 5 minutes"]
    sink.refuse[B] += ["450 4.7.1 greylisted, come back in 5 minutes"]
    desk.put(alert("a-1"))
    assert await run(desk, channel(sink)) == DeliveryCounts(retried=1)
    desk.clock.pass_by(minutes=1)
    assert await run(desk, channel(sink)) == DeliveryCounts(delivered=1)
    assert sink.recipients == [[A, B]]


@pytest.mark.parametrize("answer", ["451 4.7.1 greylisted", "554 looks like spam", RESET])
async def test_a_mail_not_taken_is_sent_again(desk: Desk, sink: MailSink, answer: str) -> None:
    sink.data += [answer]
    desk.put(alert("a-1"))
    assert await run(desk, channel(sink)) == DeliveryCounts(retried=1)
    desk.clock.pass_by(minutes=1)
    assert await run(desk, channel(sink)) == DeliveryCounts(delivered=1)
    assert sink.recipients == [[A, B]]


async def test_a_connection_lost_after_the_message_repeats_it_with_the_same_id(desk: Desk, sink: MailSink) -> None:
    sink.data += [DROP]
    desk.put(alert("a-1"))
    assert await run(desk, channel(sink)) == DeliveryCounts(retried=1)
    desk.clock.pass_by(minutes=1)
    assert await run(desk, channel(sink)) == DeliveryCounts(delivered=1)
    assert [message["Message-ID"] for message in sink.messages] == ["<a-1@example.org>"] * 2


async def test_a_server_that_hangs_is_left_after_the_timeout(sink: MailSink) -> None:
    sink.data += [HANG]
    assert "no answer in time" in await refusal(channel(sink, timeout=timedelta(seconds=0.3)))


async def test_nobody_there_is_one_clear_line(sink: MailSink) -> None:
    free = socket.create_server(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    assert await refusal(channel(sink, port=port)) == f"127.0.0.1:{port}: nothing listens there (connection refused)"
    assert "there is no such host" in await refusal(channel(sink, host="nobody.invalid"))


async def test_a_digest_is_one_mail_of_what_was_raised_before_the_hour(desk: Desk, sink: MailSink) -> None:
    hourly = channel(sink, digest="hourly")
    desk.put(*(alert(f"a-{number}", on=number % 3 + 1) for number in range(7)))
    assert await run(desk, hourly) == DeliveryCounts(), "the hour is not over"
    desk.clock.pass_by(minutes=30)
    assert await run(desk, hourly) == DeliveryCounts(delivered=7)
    (message,) = sink.messages
    assert message["Subject"].startswith("7条提醒：")
    assert set(message.get_all("X-Report-Crawler-Alert", [])) == {f"a-{number}" for number in range(7)}


async def test_a_digest_that_fails_is_sent_again_whole(desk: Desk, sink: MailSink) -> None:
    sink.data += ["451 later"]
    daily = channel(sink, digest="daily")
    desk.put(alert("a-1", on=1), alert("a-2", on=1), alert("a-3", on=2))
    desk.clock.pass_by(days=1)
    assert await run(desk, daily) == DeliveryCounts(retried=3)
    desk.clock.pass_by(minutes=1)
    assert await run(desk, daily) == DeliveryCounts(delivered=3)
    assert len(sink.messages) == 1


async def test_servers_that_hang_starve_no_other(sink: MailSink) -> None:
    """More of them than the program has threads for everything else."""
    with MailSink() as stuck:
        stuck.data += [HANG] * 40
        hanging = [asyncio.create_task(attempt(channel(stuck))) for _ in range(40)]
        assert await attempt(channel(sink)) == Sent()
        assert not any(task.done() for task in hanging)
        async with asyncio.timeout(20):
            while stuck.data:  # noqa: ASYNC110 (another thread empties it; a connection half made cannot be cut)
                await asyncio.sleep(0.01)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
