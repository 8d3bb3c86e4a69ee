"""Which services Apprise may be used for, and what a chat message may hold."""

from datetime import UTC, datetime
from typing import Never

import apprise as library
import pytest

from alerts import apprise
from alerts.attempt import Attempt
from crawler.checks import NotSent
from crawler.options import AppriseChannel, Secret
from tests.support.alerting import alert

# A library below Apprise imports it, where it still exists.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


async def no_post(*_: object, **__: object) -> Never:
    raise AssertionError("Apprise does not use the gate")


async def attempt(url: str) -> NotSent:
    channel = AppriseChannel(name="chat", url=Secret(url))
    outcome = await apprise.send(channel, Attempt(alerts=(alert(),), at=datetime.now(UTC), post=no_post))
    assert isinstance(outcome, NotSent)
    return outcome


@pytest.mark.parametrize(
    "url",
    [
        "json://127.0.0.1:1/s3cret",
        "jsons://host/s3cret",
        "xml://host/s3cret",
        "form://host/s3cret",
        "file:///etc/s3cret",
        "syslog://s3cret",
        "rsyslog://host/s3cret",
        "dbus://s3cret",
        "windows://s3cret",
        "macosx://s3cret",
        "gnome://s3cret",
        "exec://s3cret",
        "mailto://user:s3cret@example.org",
        "apprise://host/s3cret",
        "mqtt://host/s3cret",
        "no address at all: s3cret",
    ],
)
async def test_other_services_are_refused_without_showing_the_address(url: str) -> None:
    outcome = await attempt(url)
    assert "is not among the allowed services" in outcome.error
    assert "feishu" in outcome.error
    assert "\n" not in outcome.error
    if "://" in url:
        assert "s3cret" not in outcome.error


async def test_an_address_apprise_does_not_understand_is_one_line() -> None:
    outcome = await attempt("feishu://")
    assert outcome.error == "feishu did not take the message: check the address and its token"


async def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apprise, "INSTALLED", False)
    assert "pip install 'report-crawler[apprise]'" in (await attempt("feishu://token")).error


def test_every_allowed_service_is_one_of_apprise() -> None:
    known = {
        str(name)
        for service in library.Apprise().details()["schemas"]
        for kind in ("protocols", "secure_protocols")
        for name in service[kind] or ()
    }
    assert known >= apprise.SERVICES


@pytest.mark.parametrize(
    ("text", "tamed"),
    [
        ("@everyone 看", "＠everyone 看"),
        ("<!channel> <at user_id=all>", "＜!channel＞ ＜at user_id=all＞"),
        ("[点我](http://evil.example.org/)", "［点我］(http://evil.example.org/)"),
        ("`rm -rf`", "｀rm -rf｀"),
        ("增长【6%】左右", "增长【6%】左右"),
    ],
)
def test_mentions_and_links_of_a_page_become_plain_text(text: str, tamed: str) -> None:
    assert apprise.tame(text) == tamed


def test_our_own_links_stay_whole() -> None:
    said = "正文有改动\nhttps://www.example.org/a[1].html\nhttps://x/@all\n见 https://x [1]"
    assert apprise.tame(said).splitlines() == [
        "正文有改动",
        "https://www.example.org/a[1].html",
        "https://x/＠all",
        "见 https://x ［1］",
    ]
