"""The message that goes out."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.attempt import Attempt
from alerts.email import compose
from alerts.smtp import is_loopback
from crawler.model import Json
from crawler.options import EmailChannel
from tests.support.alerting import alert

CHANNEL = EmailChannel(
    name="mail",
    host="mail.example.org",
    port=587,
    security="starttls",
    sender="报告监测 <crawler@example.org>",
    recipients=("a@example.org", "b@example.org"),
)


async def no_post(*_: object, **__: object) -> Never:
    raise AssertionError("mail does not use the gate")


def attempt(*names: str, **fields: Json) -> Attempt:
    alerts = tuple(alert(name, **fields) for name in names)
    return Attempt(alerts=alerts, at=datetime(2026, 11, 22, 8, 30, tzinfo=UTC), post=no_post)


def on_the_wire(message: EmailMessage) -> EmailMessage:
    """The message as a receiver reads it, and what SMTP can carry: short ASCII lines."""
    raw = message.as_bytes(policy=policy.SMTP)
    assert raw.isascii()
    assert max(len(part) for part in raw.split(b"\r\n")) <= 998
    received = message_from_bytes(raw, policy=policy.default)
    assert isinstance(received, EmailMessage)
    return received


def test_a_mail_has_what_filters_and_people_need() -> None:
    received = on_the_wire(compose(CHANNEL, attempt("a-1")))
    assert received["Subject"] == "云溪市 2026：地区生产总值 6%左右 → 5.5%左右"
    assert received["From"] == "报告监测 <crawler@example.org>"
    assert received["To"] == "a@example.org, b@example.org"
    assert received["Message-ID"] == "<a-1@example.org>"
    assert received["Date"].datetime == datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["List-Id"] == "<report-crawler.example.org>"
    assert received["X-Report-Crawler-Alert"] == "a-1"
    assert received.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_both_parts_arrive_as_written(kind: str) -> None:
    part = on_the_wire(compose(CHANNEL, attempt("a-1"))).get_body((kind,))
    assert part is not None
    assert "地区生产总值" in part.get_content()


def test_the_language_is_the_channels() -> None:
    english = compose(replace(CHANNEL, language="en"), attempt("a-1"))
    part = english.get_body(("plain",))
    assert part is not None
    assert "Text edited" in part.get_content()


def test_a_repeated_mail_has_the_same_message_id_whatever_the_time() -> None:
    later = replace(attempt("a-1"), at=datetime(2026, 12, 1, tzinfo=UTC))
    assert compose(CHANNEL, attempt("a-1"))["Message-ID"] == compose(CHANNEL, later)["Message-ID"]


def test_a_digest_names_all_its_alerts_and_has_one_id_for_them() -> None:
    one, two = compose(CHANNEL, attempt("a", "b")), compose(CHANNEL, attempt("b", "a"))
    assert on_the_wire(one).get_all("X-Report-Crawler-Alert") == ["a", "b"]
    assert one["Message-ID"] == two["Message-ID"] != compose(CHANNEL, attempt("a", "c"))["Message-ID"]


def test_hostile_texts_add_no_header() -> None:
    evil = "云溪\r\nBcc: victim@example.org\r\n\r\nhello"
    received = on_the_wire(
        compose(CHANNEL, attempt("a-1", page={"region": evil, "title": evil}, summary=evil, targets={}))
    )
    assert received["Bcc"] is None
    assert "Bcc: victim@example.org" in received["Subject"]


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("mail.example.org", False),
        ("127.0.0.1.example.org", False),
        ("localhost.example.org", False),
    ],
)
def test_only_this_machines_own_names_are_loopback(host: str, here: bool) -> None:
    assert is_loopback(host) is here


ALERTS = st.lists(st.integers(0, 9).map(str), unique=True, min_size=1, max_size=4)


@given(ALERTS, ALERTS, st.data())
def test_a_repeated_mail_is_the_same_mail_and_no_other_is(
    one: list[str], other: list[str], data: st.DataObject
) -> None:
    def name(alerts: list[str]) -> str:
        return str(compose(CHANNEL, attempt(*alerts))["Message-ID"])

    assert name(data.draw(st.permutations(one))) == name(one)
    assert (name(one) == name(other)) == (set(one) == set(other))
