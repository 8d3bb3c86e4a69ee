"""It cannot die silently: what its operator sees of a daemon, a channel or a page that is stuck."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.hostile_documents import forms_in_forms
from tests.e2e.test_daemon import PATIENCE, daemon, report
from tests.support.cli import Ran, crawl
from tests.support.http_server import HttpServer, reply
from tests.support.sinks import MailSink, WebhookSink

HEALTH = "{tick: 1m, overdue: 1h, pending: 1s}"


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with HttpServer({"/yunxi.html": report()}) as running:
        yield running


def write(
    folder: Path, server: HttpServer, hook: WebhookSink, mail: MailSink, *more: str, health: str = HEALTH
) -> None:
    (folder / "sources.yaml").write_text(
        f"defaults: {{every: 1s, delay: 0s}}\nnetwork: {{allow_private: true}}\nhealth: {health}\n"
        "channels:\n"
        f'  desk: {{type: webhook, url: "{hook.url}"}}\n'
        f'  mail: {{type: email, smtp: "smtp://{mail.host}:{mail.port}", from: a@example.org, to: [b@example.org]}}\n'
        f'sources:\n  - {{id: yunxi, url: "{server.url("/yunxi.html")}"}}\n' + "".join(more),
        "utf-8",
    )


def until(folder: Path, subject: str, mail: MailSink) -> Ran:
    """Rounds of `once` until a mail comes that is about this."""
    end = time.monotonic() + PATIENCE
    while True:
        ran = crawl(folder, "once")
        if any(subject in str(message["Subject"]) for message in mail.messages):
            return ran
        assert time.monotonic() < end, [message["Subject"] for message in mail.messages]


def test_a_dead_webhook_is_told_by_mail_and_so_is_its_recovery(tmp_path: Path, server: HttpServer) -> None:
    with WebhookSink() as hook, MailSink() as mail:
        write(tmp_path, server, hook, mail)
        assert crawl(tmp_path, "once").code == 0
        hook.answers += [500] * 1000
        server.routes["/yunxi.html"] = report("5.5%")
        assert until(tmp_path, "desk：渠道无法送达提醒", mail).code == 1
        sick = crawl(tmp_path, "health")
        assert sick.code == 1
        assert "channel desk" in sick.err
        assert "HTTP 500" in sick.err
        assert "HTTP 500" in crawl(tmp_path, "doctor", "--offline").out
        hook.answers.clear()
        until(tmp_path, "desk：渠道恢复正常", mail)
        assert hook.requests[-1].json["type"] == "page.changed", "what waited has come"
        told = [alert["type"] for alert in crawl(tmp_path, "alerts", "--json").json]
        assert told == ["channel.recovered", "channel.failing", "page.changed"]
        assert len(mail.messages) == 3


def test_health_tells_of_a_daemon_that_is_well_and_of_each_limit_it_is_past(tmp_path: Path, server: HttpServer) -> None:
    with WebhookSink() as hook, MailSink() as mail:
        write(tmp_path, server, hook, mail)
        with daemon(tmp_path) as running:
            running.wait_for("checked", outcome="unchanged")
            well = crawl(tmp_path, "health", "--json")
            assert (well.code, well.json["healthy"], well.json["complaints"]) == (0, True, [])
            assert well.json["last_tick"]["seconds"] < 60
            assert well.json["sources"] == {"watched": 1, "failing": 0, "names": []}
            server.routes["/yunxi.html"] = reply(b"", 500)
            running.wait_for("alert raised", type="source.failing")
            sick = crawl(tmp_path, "health", "--json")
            assert (sick.code, sick.json["healthy"]) == (1, False)
            assert [each["about"] for each in sick.json["complaints"]] == ["sources"]
            assert crawl(tmp_path, "health", "--alive").code == 0, "nothing that a restart would mend"
            server.routes["/yunxi.html"] = report()
            running.wait_for("alert raised", type="source.recovered")
            assert running.stop() == 0
        write(tmp_path, server, hook, mail, health="{overdue: 1s}")
        end = time.monotonic() + PATIENCE
        while not (late := crawl(tmp_path, "health")).code:
            assert time.monotonic() < end
        assert "checks are late (1)" in late.err
        assert server.url("/yunxi.html") in late.err


def test_health_needs_a_configuration_that_can_be_read(tmp_path: Path) -> None:
    assert crawl(tmp_path, "health").code == 2
    (tmp_path / "sources.yaml").write_text("sources: [{id: a, url: 'http://a/'}]\nhealth: {tick: soon}\n")
    ran = crawl(tmp_path, "health")
    assert ran.code == 2
    assert "sources.yaml:2: health.tick: expected a duration" in ran.err


def test_the_daemon_says_once_what_is_past_a_limit_and_that_it_is_over(tmp_path: Path, server: HttpServer) -> None:
    with WebhookSink() as hook, MailSink() as mail:
        write(tmp_path, server, hook, mail, health="{overdue: 1h}")
        server.routes["/yunxi.html"] = reply(b"", 500)
        with daemon(tmp_path, LOOKING_OFTEN) as running:
            running.wait_for("past a limit of health", about="sources")
            server.routes["/yunxi.html"] = report()
            running.wait_for("within the limits of health again", about="sources")
            assert sum(line["event"] == "past a limit of health" for line in running.lines) == 1
            assert running.stop() == 0


def test_a_document_without_end_stops_no_other_page_of_the_daemon(tmp_path: Path, server: HttpServer) -> None:
    server.routes["/bad.pdf"] = reply(forms_in_forms(2), 200, {"content-type": "application/pdf"})
    with WebhookSink() as hook, MailSink() as mail:
        write(tmp_path, server, hook, mail, f'  - {{id: bad, url: "{server.url("/bad.pdf")}"}}\n')
        with daemon(tmp_path, SHORT_DEADLINE) as running:
            told = running.wait_for("checked", source="bad", outcome="failed")
            assert "took longer than 3 s" in told["reason"]
            running.wait_for("checked", source="yunxi")
            server.routes["/yunxi.html"] = report("5.5%")
            hook.wait_for(1, PATIENCE)
            assert hook.requests[0].json["type"] == "page.changed"
            assert running.stop() == 0


def test_a_scheduler_that_is_held_up_is_told(tmp_path: Path, server: HttpServer) -> None:
    with WebhookSink() as hook, MailSink() as mail:
        write(tmp_path, server, hook, mail)
        with daemon(tmp_path, HELD_UP) as running:
            running.wait_for("the scheduler lags: the machine or one page keeps it busy")
            running.wait_for("checked", outcome="new")
            assert running.stop() == 0


LOOKING_OFTEN = "import crawler.daemon as d; d.LOOK = 1"
SHORT_DEADLINE = "from crawler.apart.readers import Readers; Readers.__init__.__kwdefaults__['seconds'] = 3"
HELD_UP = """
import time, crawler.daemon as d
d.LAG, real, busy = 1, d.Daemon._check_due, [3]
async def held_up(self):
    await real(self)
    time.sleep(busy.pop() if busy else 0)
d.Daemon._check_due = held_up
"""
"""What is done to the program before it starts: shorter waits, and a page that keeps it busy."""
