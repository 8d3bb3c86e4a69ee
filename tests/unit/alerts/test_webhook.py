"""Signatures and the body of a webhook, against the specification's own library."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from alerts.attempt import Attempt
from alerts.webhook import encode, send, signing_keys
from crawler.checks import NotSent, Sent
from crawler.model import Failure, FailureKind, Fetched
from crawler.options import Secret, WebhookChannel
from tests.support.alerting import alert

KEY = base64.b64encode(b"0123456789abcdef01234567").decode()


class Gate:
    """Stands for the one gate: keeps what it is given and answers as told."""

    def __init__(self, answer: Fetched | Failure | None = None) -> None:
        self.answer = answer
        self.url = ""
        self.headers: Mapping[str, str] = {}
        self.content = b""
        self.timeout = timedelta(0)

    async def __call__(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes,
        timeout: timedelta,  # noqa: ASYNC109 (the protocol)
    ) -> Fetched | Failure:
        self.url, self.headers, self.content, self.timeout = url, headers, content, timeout
        taken = Fetched(url="", status=204, headers={}, content=b"", fetched_at=datetime.now(UTC))
        return self.answer or taken


def channel(secret: str | None) -> WebhookChannel:
    return WebhookChannel(
        name="desk",
        url=Secret("https://hooks.example.org/token"),
        secret=Secret(secret) if secret else None,
        timeout=timedelta(seconds=7),
    )


def attempt(gate: Gate) -> Attempt:
    return Attempt(alerts=(alert("a-1"),), at=datetime.now(UTC), post=gate)


@pytest.mark.parametrize(
    ("secret", "receiver"),
    [
        (f"whsec_{KEY}", f"whsec_{KEY}"),
        (f"whsec_{KEY.rstrip('=')}", KEY),
        (KEY, KEY),  # the library reads a bare secret as base64
        (KEY, KEY.encode()),  # others take its bytes
        ("一句口令 with blanks", "一句口令 with blanks".encode()),
    ],
)
async def test_the_specifications_library_accepts_the_signature(secret: str, receiver: str | bytes) -> None:
    gate = Gate()
    assert await send(channel(secret), attempt(gate)) == Sent()
    document = Webhook(receiver).verify(gate.content, dict(gate.headers))
    assert document["targets"]["changed"][0]["indicator"] == "地区生产总值"
    assert gate.headers["webhook-id"] == "a-1"


async def test_a_changed_body_is_refused() -> None:
    gate = Gate()
    await send(channel(f"whsec_{KEY}"), attempt(gate))
    with pytest.raises(WebhookVerificationError):
        Webhook(KEY).verify(gate.content + b" ", dict(gate.headers))


async def test_without_a_secret_nothing_is_signed() -> None:
    gate = Gate()
    assert await send(channel(None), attempt(gate)) == Sent()
    assert "webhook-signature" not in gate.headers
    assert gate.headers["webhook-id"] == "a-1"


@pytest.mark.parametrize("secret", ["whsec_***", "whsec_"])
async def test_a_damaged_secret_is_named_but_not_shown(secret: str) -> None:
    gate = Gate()
    outcome = await send(channel(secret), attempt(gate))
    assert isinstance(outcome, NotSent)
    assert "secret of channel desk" in outcome.error
    assert "***" not in outcome.error
    assert gate.content == b""


async def test_the_channels_address_and_timeout_go_to_the_gate() -> None:
    gate = Gate()
    await send(channel(None), attempt(gate))
    assert gate.url == "https://hooks.example.org/token"
    assert gate.timeout == timedelta(seconds=7)
    assert gate.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("status", [301, 400, 404, 410, 413, 429, 500, 503])
async def test_no_answer_is_final_but_the_pause_asked_for_is_passed_on(status: int) -> None:
    refusal = Failure(
        url="",
        kind=FailureKind.STATUS,
        reason=f"HTTP {status}",
        permanent=status == 410,
        status=status,
        retry_after=timedelta(seconds=90),
    )
    outcome = await send(channel(None), attempt(Gate(refusal)))
    assert outcome == NotSent(error=f"HTTP {status}", retry_after=timedelta(seconds=90))


def test_the_body_is_compact_utf8_and_holds_any_text() -> None:
    document = {"a": "云溪", "b": [1, None], "c": "半\ud83d个"}
    assert encode(document) == '{"a":"云溪","b":[1,null],"c":"半\\ud83d个"}'.encode()
    assert json.loads(encode(document)) == document


def test_a_plain_secret_that_is_no_base64_has_one_key() -> None:
    assert signing_keys("pass phrase!") == [b"pass phrase!"]
    assert signing_keys("YWJj") == [b"YWJj", b"abc"]
    assert signing_keys("whsec_YWJj") == [b"abc"]
