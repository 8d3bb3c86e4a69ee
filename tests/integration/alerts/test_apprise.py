"""Apprise to a real HTTP server (Gotify's interface): what it sends, what it follows, what it logs."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Never

import pytest

from alerts import apprise
from alerts.attempt import Attempt
from crawler.checks import NotSent, Sent
from crawler.model import Json
from crawler.options import AppriseChannel, Secret
from tests.support.alerting import alert, hunk
from tests.support.hostile import BAD, RAW
from tests.support.sinks import RESET, Answer, WebhookSink

# A library below Apprise imports it, where it still exists.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

TOKEN = "AbCdEfGhIjKlMnO"


async def no_post(*_: object, **__: object) -> Never:
    raise AssertionError("Apprise does not use the gate")


@pytest.fixture
def sink() -> Iterator[WebhookSink]:
    with WebhookSink() as started:
        started.answers += [200]
        yield started


async def send(sink: WebhookSink, query: str = "", **fields: Json) -> Sent | NotSent:
    address = sink.url.replace("http://", "gotify://").replace("/hook", f"/{TOKEN}{query}")
    channel = AppriseChannel(name="chat", url=Secret(address))
    return await apprise.send(channel, Attempt(alerts=(alert(**fields),), at=datetime.now(UTC), post=no_post))


async def test_the_message_says_what_changed(sink: WebhookSink) -> None:
    assert await send(sink) == Sent()
    (received,) = sink.requests
    assert received.json["title"] == "云溪市 2026：地区生产总值 6%左右 → 5.5%左右"
    assert "【5.5%】" in received.json["message"]
    assert "https://watch.example.org/pages/1/versions/2" in received.json["message"]


async def test_mentions_of_a_page_are_tamed(sink: WebhookSink) -> None:
    await send(sink, page={"region": "@all <!here>", "url": "https://www.example.org/"})
    assert sink.requests[0].json["title"].startswith("＠all ＜!here＞")


async def test_what_a_page_brings_along_is_harmless(sink: WebhookSink) -> None:
    page = {"region": BAD, "title": BAD, "url": f"https://www.example.org/{BAD}"}
    edit = {"hunks": [hunk(BAD, BAD, BAD, BAD)]}
    await send(sink, source={"id": "a", "title": BAD}, page=page, text=edit, targets={}, reason=BAD, summary=BAD)
    (received,) = sink.requests
    for part in (received.json["title"], received.json["message"]):
        assert "taken over" in part
        assert not RAW.search(part)
        assert "<script" not in part


@pytest.mark.parametrize("query", ["", "?redirect=yes"])
async def test_redirects_are_not_followed_whatever_the_address_asks_for(sink: WebhookSink, query: str) -> None:
    with WebhookSink() as other:
        sink.answers[:] = [Answer(307, {"location": other.url})]
        assert isinstance(await send(sink, query), NotSent)
        assert other.requests == []


@pytest.mark.parametrize("answer", [401, 500, RESET])
async def test_a_refusal_is_one_line_and_no_log_shows_the_token(
    sink: WebhookSink, answer: int | str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    sink.answers[:] = [answer]
    outcome = await send(sink)
    assert outcome == NotSent(error="gotify did not take the message: check the address and its token")
    out, err = capfd.readouterr()
    assert TOKEN not in caplog.text + out + err


FEISHU = "feishu://0123456789abcdef"
REFUSALS = {
    "a key word is missing": ('{"code":19024,"msg":"Key Words Not Found","data":{}}', "19024 Key Words Not Found"),
    "the old form": ('{"StatusCode":9499,"StatusMessage":"Bad Request"}', "9499 Bad Request"),
    "DingTalk and WeCom": ('{"errcode":310000,"errmsg":"keywords not in content"}', "310000 keywords not in content"),
    "a number as text": ('{"code":"40001","message":"no such bot"}', "40001 no such bot"),
    "no code": ('{"success":false,"reason":"too many messages"}', "too many messages"),
    "no words": ('{"ok":false}', "it does not say why"),
    "the token told again": ('{"code":1,"msg":"bot 0123456789abcdef is gone"}', "1 bot … is gone"),
    "what steers a screen": ('{"code":1,"msg":"a\\u001b[2J\\nb"}', "1 a [2J b"),
}
TAKEN = (
    '{"code":0,"data":{},"msg":"success"}',
    '{"StatusCode":0,"StatusMessage":"success"}',
    '{"errcode":0,"errmsg":"ok"}',
    '{"code":200,"msg":"success"}',
    '{"code":"x","id":7}',
    "ok",
    "[1]",
    "[" * 100_000,
    "",
)


async def to_feishu(sink: WebhookSink, monkeypatch: pytest.MonkeyPatch, body: str) -> Sent | NotSent:
    """A message to a Feishu that is here, and answers 200 with this."""
    from apprise.plugins.feishu import NotifyFeishu

    monkeypatch.setattr(NotifyFeishu, "notify_url", f"{sink.url}/{{token}}")
    sink.answers[:] = [Answer(200, body=body.encode())]
    channel = AppriseChannel(name="chat", url=Secret(FEISHU))
    return await apprise.send(channel, Attempt(alerts=(alert(),), at=datetime.now(UTC), post=no_post))


@pytest.mark.parametrize("name", REFUSALS)
async def test_a_refusal_in_the_body_of_an_answer_is_one(
    sink: WebhookSink, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    body, said = REFUSALS[name]
    assert await to_feishu(sink, monkeypatch, body) == NotSent(error=f"feishu refused the message: {said}")
    assert len(sink.requests) == 1


@pytest.mark.parametrize("body", TAKEN, ids=[body[:20] for body in TAKEN])
async def test_an_answer_that_refuses_nothing_is_success(
    sink: WebhookSink, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    assert await to_feishu(sink, monkeypatch, body) == Sent()
