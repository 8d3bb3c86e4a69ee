"""The outbox and the state of the installation, as their readers see them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.checks import NotSent
from crawler.web.pages.alerts import PORTION
from storage.record import raise_alerts
from storage.store import Store
from tests.support.dashboard import Clock, Dashboard, office_of, running
from tests.support.sinks import WebhookSink
from tests.support.store import DAY, HOUR, NOW, alert, source, watch

ERROR = "HTTP 500 <script>alert(1)</script>"


@pytest.fixture
def sink() -> Iterator[WebhookSink]:
    with WebhookSink() as sink:
        yield sink


@pytest.fixture
def config(tmp_path: Path, sink: WebhookSink) -> Path:
    path = tmp_path / "sources.yaml"
    path.write_text(
        "network: {allow_private: true}\n"
        f'channels:\n  desk: {{type: webhook, url: "{sink.url}?key=secret-of-the-hook"}}\n'
        '  mail: {type: email, smtp: "smtp://u:secret-of-the-mail@127.0.0.1:9", from: a@example.org, to: [b@c.org]}\n'
        'sources:\n  - {id: hechuan, url: "https://www.example.org/hechuan.html"}\n',
        "utf-8",
    )
    return path


def raised(store: Store, *names: str, **fields: object) -> None:
    told = [alert(name, raised_at=NOW - timedelta(minutes=number), **fields) for number, name in enumerate(names)]
    with store.database.write() as connection:
        raise_alerts(connection, told, 7 * DAY)


def give_up(store: Store, channel: str = "desk") -> None:
    """The oldest that waits for a channel."""
    [delivery] = store.outbox.claim(channel, now=NOW, lease=HOUR, limit=1)
    store.outbox.settle(delivery, NotSent(error=ERROR), now=NOW, next_attempt=None)


def shown(page: str) -> list[str]:
    return re.findall(r"<tr>\n<td[^>]*>.*?<th[^>]*>(?:<a[^>]*>)?([^<]*)", page, re.DOTALL)


def test_each_alert_says_how_far_it_got_and_why_no_further(dashboard: Dashboard, store: Store) -> None:
    raised(store, "one", summary="<i>粮食产量</i> 320 → 330")
    give_up(store)
    with dashboard.browser() as browser:
        page = browser.get("/alerts").text
        assert "&lt;i&gt;粮食产量&lt;/i&gt; 320 → 330" in page
        assert "<script>alert" not in page
        assert "given up" in page
        assert "HTTP 500" in page
        chinese = browser.get("/alerts", headers={"Accept-Language": "zh-CN"}).text
        assert "已放弃" in chinese
        assert "报告有改动" in chinese


def test_alerts_are_found_by_state_channel_and_source_in_portions(dashboard: Dashboard, store: Store) -> None:
    names = [f"a{number:03}" for number in range(PORTION + 7)]
    raised(store, *(f"{name}" for name in names), summary="S")
    raised(store, "other", source="zhou", page=None, channels=("mail",), summary="of zhou")
    with dashboard.browser() as browser:
        first = browser.get("/alerts?source=hechuan")
        assert len(shown(first.text)) == PORTION
        following = re.findall(r'rel="next" href="([^"]+)"', first.text)[0].replace("&amp;", "&")
        assert len(shown(browser.get(following).text)) == 7
        assert shown(browser.get("/alerts?channel=mail&state=pending&source=zhou").text) == ["of zhou"]
        assert "No alert fits." in browser.get("/alerts?state=dead").text
        for absurd in ("state=x", f"source={'x' * 501}"):
            assert browser.get(f"/alerts?{absurd}").status_code == 400
        assert "No alert fits." in browser.get("/alerts?after=<b>").text


def test_what_was_given_up_is_tried_again(dashboard: Dashboard, store: Store) -> None:
    raised(store, "one", "two", channels=("desk",))
    give_up(store)
    give_up(store)
    with dashboard.browser() as browser:
        assert browser.send_form("/alerts/one/retry").status_code == 303
        assert store.outbox.counts() == {"pending": 1, "delivered": 0, "dead": 1}
        assert browser.send_form("/alerts/retry").status_code == 303
        assert store.outbox.counts() == {"pending": 2, "delivered": 0, "dead": 0}
        assert browser.send_form("/alerts/nobody/retry").status_code == 404


def test_a_channel_is_tested_and_its_answer_shown(dashboard: Dashboard, sink: WebhookSink) -> None:
    with dashboard.browser() as browser:
        assert "the test arrived" in browser.send_form("/channels/desk/test").text
        sink.wait_for(1)
        sink.answers.append(503)
        answer = browser.send_form("/channels/desk/test")
        assert "503" in answer.text
        assert 'href="/?lang=zh"' in answer.text, "its own address cannot be loaded again"
        assert browser.send_form("/channels/nobody/test").status_code == 404


def test_no_page_shows_a_secret(dashboard: Dashboard, store: Store, sink: WebhookSink) -> None:
    raised(store, "one")
    sink.answers.append(500)
    with dashboard.browser() as browser:
        pages = [browser.get(path).text for path in ("/alerts", "/status", "/sources", "/health")]
        pages += [browser.send_form(f"/channels/{name}/test").text for name in ("desk", "mail")]
    for page in pages:
        assert "secret-of" not in page


# --- status


def test_the_status_names_what_passes_a_limit_in_the_readers_language(store: Store, config: Path, clock: Clock) -> None:
    watch(store, source())
    raised(store, "one", channels=("desk",))
    clock.later(DAY)
    with running(office_of(store, config, clock, ticked_at=lambda: NOW)) as dashboard, dashboard.browser() as browser:
        english = browser.get("/status").text
        assert "No daemon has been at work on this database for 1 day (limit: 1 minute)." in english
        assert "An alert has waited for channel desk for 1 day" in english
        assert "https://www.example.org/hechuan.html of source hechuan" in english
        chinese = browser.get("/status", headers={"Accept-Language": "zh-CN"}).text
        assert "守护进程已有 1天 没有处理本数据库（限度：1分钟）。" in chinese
        assert "渠道 desk 的一条提醒已等待 1天" in chinese
        assert browser.get("/health").status_code == 503


def test_all_is_well(store: Store, config: Path, clock: Clock) -> None:
    with running(office_of(store, config, clock, ticked_at=clock)) as dashboard, dashboard.browser() as browser:
        assert "All is well." in browser.get("/status").text
        assert browser.get("/health").status_code == 200


def test_a_database_that_cannot_be_used_is_said_and_used_again_afterwards(dashboard: Dashboard, store: Store) -> None:
    """As while another version of the program moves it."""
    with dashboard.browser() as browser:
        for table in ("delivery", "session"):
            with store.database.write() as connection:
                connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO moved")
            answer = browser.get("/alerts")
            assert answer.status_code == 503
            assert int(answer.headers["retry-after"]) > 0
            assert "database cannot be used now" in answer.text
            assert table not in answer.text
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            with store.database.write() as connection:
                connection.exec_driver_sql(f"ALTER TABLE moved RENAME TO {table}")
            assert browser.get("/alerts").status_code == 200


def test_errors_are_pages_in_the_readers_language(dashboard: Dashboard) -> None:
    with dashboard.browser(headers={"Accept-Language": "zh-CN,zh;q=0.9"}) as browser:
        for path, status, said in (
            ("/nowhere", 404, "没有找到"),
            ("/alerts?state=x", 400, "只能是"),
            ("/pages/x", 404, "没有找到"),
        ):
            answer = browser.get(path)
            assert (answer.status_code, said in answer.text) == (status, True), path
            assert '<html lang="zh-CN"' in answer.text
        assert browser.post("/logout").status_code == 403
        assert "表单已过期" in browser.post("/logout").text


def test_times_stand_in_the_readers_zone_else_in_that_of_the_configuration(dashboard: Dashboard, store: Store) -> None:
    raised(store, "one")
    with dashboard.browser() as browser:
        assert '<time datetime="2026-11-22T08:00:00Z"' in browser.get("/alerts").text
        assert "2026-11-22 16:00" in browser.get("/alerts").text
        browser.cookies.set("zone", "America%2FNew_York")
        assert "2026-11-22 03:00" in browser.get("/alerts").text
