"""What a portal says about itself on every page: learnt while pages are read, told by `try`, never told as a change."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import crawl
from tests.support.http_server import HttpServer, page
from tests.support.sinks import WebhookSink

CITIES = ("云溪市", "河川市", "石桥县", "柳湾区")
ABOUT = "晴川文库由一群热爱公文的编辑共同整理，陪伴写作者走过了十个春秋，每天都有新的内容等着大家来发现。"


def report(city: str, growth: str) -> list[str]:
    return [
        "各位代表：",
        f"{city}坚持稳中求进，扩大内需，{city}的产业一年比一年兴旺，群众的日子一年比一年红火。",
        f"{city}2026年发展的主要预期目标是：地区生产总值增长{growth}左右，粮食产量稳定在30万吨以上。",
        "以上报告，请予审议。",
    ]


def html(city: str, growth: str = "6%", today: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in report(city, growth))
    title = f"<h1>{city}2026年政府工作报告</h1><p>浏览次数：{today}</p>"
    return f"<html><body><div>{title}<div>{body}</div><section><p>{ABOUT}</p></section></div></body></html>"


@pytest.fixture
def site() -> Iterator[HttpServer]:
    with HttpServer({f"/{n}.html": page(html(city)) for n, city in enumerate(CITIES)}) as server:
        yield server


@pytest.fixture
def sink() -> Iterator[WebhookSink]:
    with WebhookSink() as sink:
        yield sink


@pytest.fixture
def folder(tmp_path: Path, site: HttpServer, sink: WebhookSink) -> Path:
    listed = "".join(
        f'  - {{id: s{n}, title: {city}, url: "{site.url(f"/{n}.html")}"}}\n' for n, city in enumerate(CITIES)
    )
    (tmp_path / "sources.yaml").write_text(
        "defaults: {every: 6h, delay: 0s, alert: [desk]}\nnetwork: {allow_private: true}\n"
        f'channels:\n  desk: {{type: webhook, url: "{sink.url}"}}\nsources:\n{listed}',
        "utf-8",
    )
    return tmp_path


def test_shared_lines_are_learnt_explained_and_never_told(folder: Path, site: HttpServer, sink: WebhookSink) -> None:
    assert ABOUT in crawl(folder, "try", "--json", site.url("/0.html")).json["body"]
    for round_number in range(3):
        for number, city in enumerate(CITIES):
            site.routes[f"/{number}.html"] = page(html(city, today=str(round_number)))
        done = crawl(folder, "once", "--json")
        assert done.code == 0
        assert done.json["alerts"]["raised"] == 0
    for number, city in enumerate(CITIES):
        assert crawl(folder, "show", f"s{number}", "--json").json["body"].split("\n") == report(city, "6%")
    tried = crawl(folder, "try", "--json", site.url("/0.html")).json
    assert ABOUT not in tried["body"]
    (dropped,) = [line for line in tried["dropped"] if line["text"] == ABOUT]
    assert dropped["reason"] == "3 pages of this host or more have it at the same place"
    assert "3 pages of this host" in crawl(folder, "try", site.url("/0.html")).out
    assert sink.requests == []


def test_the_history_notes_a_text_that_moved_without_a_change(
    folder: Path, site: HttpServer, sink: WebhookSink
) -> None:
    for _ in range(2):
        crawl(folder, "once")
    assert [line["note"] for line in crawl(folder, "versions", "s0", "--json").json] == [None, "reread"]
    assert "reread" in crawl(folder, "versions", "s0").out
    assert crawl(folder, "changes", "--json").json == []
    nothing = crawl(folder, "changes", "s0")
    assert (nothing.code, "no change" in nothing.err) == (2, True)
    site.routes["/0.html"] = page(html(CITIES[0], growth="5%"))
    crawl(folder, "once")
    assert "6%" in crawl(folder, "changes", "s0").out
    (told,) = sink.requests
    assert told.json["summary"] == "地区生产总值增长 6%左右 → 5%左右"
    assert told.json["versions"] == {"old": 2, "new": 3}
