import asyncio
import smtplib
from datetime import UTC, datetime
from email.message import EmailMessage

import httpx
import pytest
from standardwebhooks import Webhook

from crawler.demo.loopback import Answer, Call, Loopback
from crawler.demo.sinks import WebhookSink, mail_sink

KEY = bytes(range(24))


def signed(secret: str, body: str, identity: str = "a-1") -> dict[str, str]:
    """Headers as the specification's own library makes them."""
    moment = datetime.now(UTC)
    signature = Webhook(secret).sign(identity, moment, body)
    return {
        "webhook-id": identity,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": signature,
    }


def test_the_webhook_sink_keeps_what_is_rightly_signed() -> None:
    with WebhookSink(KEY) as sink:
        answer = httpx.post(f"{sink.origin}/alerts", content='{"a":1}', headers=signed(sink.secret, '{"a":1}'))
    assert answer.status_code == 204
    assert [(call.body, call.headers["webhook-id"]) for call in sink.received] == [(b'{"a":1}', "a-1")]


@pytest.mark.parametrize("headers", [{}, {"webhook-id": "a", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"}])
def test_the_webhook_sink_refuses_what_is_not(headers: dict[str, str]) -> None:
    with WebhookSink(KEY) as sink:
        assert httpx.post(sink.origin, content="{}", headers=headers).status_code == 401
        assert httpx.get(sink.origin).status_code == 401
    assert sink.received == []


def test_a_changed_body_breaks_the_signature() -> None:
    with WebhookSink(KEY) as sink:
        assert httpx.post(sink.origin, content="{ }", headers=signed(sink.secret, "{}")).status_code == 401


async def test_the_mail_sink_keeps_a_mail_as_sent() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "云溪市：6% → 5.5%"
    mail.set_content("正文")

    def send(port: int) -> None:
        with smtplib.SMTP("127.0.0.1", port) as smtp:
            smtp.send_message(mail)

    async with mail_sink() as sink:
        await asyncio.to_thread(send, sink.port)
    [received] = sink.received
    assert received["subject"] == "云溪市：6% → 5.5%"
    assert received.get_content().strip() == "正文"


def test_loopback_passes_the_request_on_and_the_answer_back() -> None:
    calls: list[Call] = []

    def answer(call: Call) -> Answer:
        calls.append(call)
        return Answer(status=418, content=b"tea", content_type="text/plain")

    with Loopback(answer) as server:
        got = httpx.post(f"{server.origin}/pot?x=1", content=b"leaf", headers={"X-Kind": "green"})
    assert (got.status_code, got.content, got.headers["content-type"]) == (418, b"tea", "text/plain")
    assert (calls[0].method, calls[0].path, calls[0].body, calls[0].headers["x-kind"]) == (
        "POST",
        "/pot?x=1",
        b"leaf",
        "green",
    )
