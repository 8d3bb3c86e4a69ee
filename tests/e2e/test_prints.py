"""Two portals of one report, followed as a user follows them: what differs is told once, whatever dies in between."""

import contextlib
import json
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.cli import crawl, start
from tests.support.http_server import HttpServer, page
from tests.support.prints import BODY, FOOT, PLAN, REPORT
from tests.support.sinks import WebhookSink

TITLE = "云溪市2031年政府工作报告"
PORTALS = {"gov": "云溪市人民政府", "daily": "云溪日报"}
KILLS = 5


def html(lines: Sequence[str], title: str = TITLE) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return page(f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{body}</div></body></html>")


def edited(*edits: tuple[str, str], lines: Sequence[str] = BODY) -> bytes:
    text = "\n".join(lines)
    for old, new in edits:
        text = text.replace(old, new)
    return html(text.split("\n"))


@pytest.fixture
def site() -> Iterator[HttpServer]:
    with HttpServer({"/gov.html": html(BODY), "/daily.html": html([*REPORT, *FOOT])}) as server:
        yield server


@pytest.fixture
def sink() -> Iterator[WebhookSink]:
    with WebhookSink() as receiver:
        yield receiver


@pytest.fixture
def folder(tmp_path: Path, site: HttpServer, sink: WebhookSink) -> Path:
    """Both portals were read once, alike."""
    sources = "".join(
        f'  - {{id: {name}, title: {title}, url: "{site.url(f"/{name}.html")}"}}\n' for name, title in PORTALS.items()
    )
    (tmp_path / "sources.yaml").write_text(
        "defaults: {every: 1s, delay: 0s}\nnetwork: {allow_private: true}\n"
        f'channels: {{hook: {{type: webhook, url: "{sink.url}"}}}}\nsources:\n{sources}',
        "utf-8",
    )
    assert crawl(tmp_path, "once", "--json").json["alerts"]["raised"] == 0
    return tmp_path


def told(folder: Path) -> list[dict]:
    """The payloads of `page.differs` in the outbox."""
    with closing(sqlite3.connect(folder / "crawler.db")) as connection:
        rows = connection.execute("SELECT payload FROM alert WHERE type = 'page.differs' ORDER BY raised_at")
        return [json.loads(payload) for (payload,) in rows]


def test_a_changed_target_is_told_once_naming_both_portals(folder: Path, site: HttpServer, sink: WebhookSink) -> None:
    site.routes["/daily.html"] = edited(("6%左右", "5.5%左右"))
    assert crawl(folder, "once", "--json").json["alerts"] == {"raised": 2, "delivered": 2, "pending": 0, "failed": 0}
    for _ in range(2):
        assert crawl(folder, "once", "--json").json["alerts"]["raised"] == 0
    (alert,) = [each.json for each in sink.accepted if each.json["type"] == "page.differs"]
    assert alert["page"]["url"] == site.url("/daily.html")
    assert alert["reference"]["url"] == site.url("/gov.html")
    assert alert["reference"]["source"] == {"id": "gov", "title": "云溪市人民政府"}
    (change,) = alert["targets"]["changed"]
    assert (change["old"]["low"], change["new"]["low"]) == ("6", "5.5")


def test_what_is_only_printed_otherwise_is_not_told(folder: Path, site: HttpServer) -> None:
    site.routes["/daily.html"] = edited(("6%左右", "百分之六左右"), ("3万人", "30000人"), ("，", ","), lines=REPORT)
    outcomes = {each["source"]: each["outcome"] for each in crawl(folder, "once", "--json").json["pages"]}
    assert outcomes == {"gov": "unchanged", "daily": "changed"}
    site.routes["/daily.html"] = html(PLAN[1:], "云溪市2031年国民经济和社会发展计划")
    crawl(folder, "once")
    assert told(folder) == []


def test_one_source_alone_is_not_compared_with_what_the_other_said_earlier(folder: Path, site: HttpServer) -> None:
    for name in PORTALS:
        site.routes[f"/{name}.html"] = edited(("6%左右", "5.5%左右"))
    crawl(folder, "once", "--source", "gov")
    assert told(folder) == []
    crawl(folder, "once")
    assert told(folder) == []


def test_a_dry_run_tells_and_leaves_nothing(folder: Path, site: HttpServer) -> None:
    site.routes["/daily.html"] = edited(("6%左右", "5.5%左右"))
    assert "page.differs" in crawl(folder, "once", "--dry-run").out
    assert told(folder) == []
    crawl(folder, "once")
    assert len(told(folder)) == 1


def test_a_daemon_tells_and_one_started_anew_does_not(folder: Path, site: HttpServer, sink: WebhookSink) -> None:
    site.routes["/daily.html"] = edited(("6%左右", "5.5%左右"))
    with daemon(folder):
        sink.wait_for(2, seconds=40)
    before = len(site.targets)
    with daemon(folder):
        wait_until(lambda: len(site.targets) > before + 10)  # some rounds of checks
    assert len(told(folder)) == 1
    assert sorted(each.json["type"] for each in sink.accepted) == ["page.changed", "page.differs"]


def test_kills_lose_and_double_nothing(folder: Path, site: HttpServer) -> None:
    dice = random.Random(31)
    for turn in range(1, KILLS + 1):
        site.routes["/daily.html"] = edited(("6%左右", f"{6 + turn}%左右"))
        worker = start(folder, "once")
        time.sleep(dice.uniform(0.9, 2.2))  # where in its work the process dies is left to chance
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        crawl(folder, "once")
        assert [alert["targets"]["changed"][0]["new"]["low"] for alert in told(folder)] == [
            str(6 + number) for number in range(1, turn + 1)
        ]


class TestCompare:
    def test_the_stored_pairs(self, folder: Path, site: HttpServer) -> None:
        site.routes["/daily.html"] = edited(("6%左右", "5.5%左右"))
        crawl(folder, "once")
        assert "地区生产总值增长 6%左右 → 5.5%左右" in crawl(folder, "compare").out
        for arguments in ((), ("gov",), ("daily",)):
            (pair,) = crawl(folder, "compare", *arguments, "--json").json
            assert (pair["first"]["source"], pair["second"]["source"]) == ("gov", "daily")
            assert (pair["region"], pair["year"], pair["targets"], pair["places"]) == ("云溪市", 2031, 1, 1)
            assert (pair["first"]["version"], pair["second"]["version"]) == (1, 2)
            assert pair["alert"] == told(folder)[0]["id"]
            assert 0.9 < pair["share"] < 1

    def test_prints_that_are_alike_are_listed_too(self, folder: Path) -> None:
        (pair,) = crawl(folder, "compare", "--json").json
        assert (pair["targets"], pair["places"], pair["summary"], pair["alert"]) == (0, 0, "", None)
        assert "一致" in crawl(folder, "compare").out

    @pytest.mark.parametrize("arguments", [("--as", "years"), ("gov", "--format", "csv"), ("nowhere",)])
    def test_wrong_use(self, folder: Path, arguments: tuple[str, ...]) -> None:
        ran = crawl(folder, "compare", *arguments)
        assert (ran.code, ran.out) == (2, "")


def wait_until(came: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not came():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextlib.contextmanager
def daemon(folder: Path) -> Iterator[None]:
    process = start(folder, "run")
    try:
        yield
    finally:
        process.terminate()
        process.communicate(timeout=30)
