"""Changes as feeds: whole by their standards, with ids that stay, open to a token for feeds and closed without."""

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from crawler.model import TargetDiff
from storage.access import add_token
from tests.support.dashboard import Dashboard
from tests.support.store import NOW, changed, document, source, stock, target, watch

ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = "a-token-for-feeds-alone"
HOSTILE = "<b>&]]>\u202e\x00\x0c</b>"


@pytest.fixture
def token(dashboard: Dashboard) -> str:
    add_token(dashboard.store, "reader", SECRET, ["feed"], NOW)
    return SECRET


def test_a_feed_tells_each_change_once_and_for_all(dashboard: Dashboard, token: str) -> None:
    stock(dashboard.store, versions=3)
    with dashboard.stranger(headers={"accept-language": "zh"}) as reader:
        first = ET.fromstring(reader.get("/feeds/changes.atom", params={"token": token}).content)
        again = ET.fromstring(reader.get("/feeds/changes.atom", params={"token": token, "source": "hechuan"}).content)
        told = reader.get("/feeds/changes.json", params={"token": token}).json()
    for feed in (first, again):
        for name in ("title", "id", "updated", "author", "link"):
            assert feed.find(ATOM + name) is not None, name
        for entry in feed.findall(ATOM + "entry"):
            for name in ("title", "id", "updated", "link", "content"):
                assert entry.find(ATOM + name) is not None, name
    ids = [entry.findtext(ATOM + "id") for entry in first.findall(ATOM + "entry")]
    assert len(set(ids)) == 2
    assert [entry.findtext(ATOM + "id") for entry in again.findall(ATOM + "entry")] == ids
    assert [item["id"] for item in told["items"]] == ids
    assert first.findtext(ATOM + "id") != again.findtext(ATOM + "id")
    assert "粮食产量 330万吨以上 → 340万吨以上" in told["items"][0]["title"]
    assert told["items"][0]["url"].endswith("/pages/1/versions/3")
    assert (told["version"], told["language"]) == ("https://jsonfeed.org/version/1.1", "zh-CN")


def test_a_feed_is_narrowed_like_the_first_page(dashboard: Dashboard, token: str) -> None:
    stock(dashboard.store)
    with dashboard.stranger() as reader:
        for narrowed, count in (("indicator=粮食产量", 1), ("indicator=GDP", 0), ("region=无", 0), ("kind=changed", 1)):
            answer = reader.get(f"/feeds/changes.json?token={token}&{narrowed}")
            assert len(answer.json()["items"]) == count, narrowed
        assert reader.get(f"/feeds/changes.atom?token={token}&kind=odd").status_code == 400


def test_what_strangers_wrote_breaks_no_feed(dashboard: Dashboard, token: str) -> None:
    [due] = watch(dashboard.store, source())
    for text in ("一", "二"):
        read = replace(document(text), title=HOSTILE, region=HOSTILE, targets=(target(indicator=HOSTILE),))
        dashboard.store.record(changed(due, read=read, targets=TargetDiff(added=read.targets)))
        due = dashboard.store.due_page(due.page, due.source)
    with dashboard.stranger() as reader:
        feed = ET.fromstring(reader.get(f"/feeds/changes.atom?token={token}").content)
        told = reader.get(f"/feeds/changes.json?token={token}")
    title = feed.findtext(f"{ATOM}entry/{ATOM}title") or ""
    assert title.startswith("<b>&]]>")
    assert not {"\u202e", "\x0c", "\x00"} & set(title)
    assert json.loads(told.text)["items"][0]["title"] == title


def test_a_feed_without_a_token_is_closed_and_its_token_opens_nothing_else(dashboard: Dashboard, token: str) -> None:
    with dashboard.stranger() as reader:
        assert reader.get("/feeds/changes.atom").status_code == 401
        assert reader.get("/feeds/changes.atom?token=wrong").status_code == 401
        assert reader.get("/", headers={"authorization": f"Bearer {token}"}).status_code == 403
        assert reader.get(f"/?token={token}").status_code == 401
        answer = reader.get("/feeds/changes.atom", headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 200
        assert token not in reader.get(f"/feeds/changes.atom?token={token}").text


def test_an_empty_feed_is_a_feed(dashboard: Dashboard, token: str) -> None:
    with dashboard.stranger() as reader:
        feed = ET.fromstring(reader.get(f"/feeds/changes.atom?token={token}").content)
        assert feed.findtext(ATOM + "updated") == "1970-01-01T00:00:00Z"
        assert reader.get(f"/feeds/changes.json?token={token}").json()["items"] == []
