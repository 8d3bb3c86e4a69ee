"""The main job as the first users see it: their five pages, in their portals' shapes, with furniture that moves."""

import asyncio
import re
from pathlib import Path

import pytest

from crawler.app import load_config, run_once, utc_now
from crawler.checks import Outcome
from crawler.text import fold
from storage.store import open_store
from tests.support.cli import ROOT, crawl
from tests.support.portals import Portals
from tests.support.sinks import MailSink, WebhookSink

SEEDS = ROOT.parent / "shared" / "seeds"

FURNITURE = re.compile(
    r"^(SUCAI198|admin 分享|\d+$|领取福利|微信扫码|下一篇|导航菜单|\(.{2,6}省\)|首页>|声明|收藏$|分享$|本文"
    r"|留言与评论|验证码|金华$|2024年工作总体要求和目标任务$)|第\d+/\d+页"
)


def bodies() -> list[list[str]]:
    """The seeds' own paragraphs, without what their pages put around them."""
    if not SEEDS.is_dir():
        pytest.skip(f"the seed texts are absent: {SEEDS}")
    texts = [path.read_text("utf-8").split("\n") for path in sorted(SEEDS.glob("*.txt"))]
    texts = [[line.strip() for line in text if line.strip() and not FURNITURE.search(line.strip())] for text in texts]
    order = [0, 1, 3, 4, 2]  # essay, essay with a next link, report site in GBK, the same in UTF-8, news
    return [texts[n] for n in order]


@pytest.fixture
def portals() -> Portals:
    return Portals(bodies())


def test_the_main_job_on_the_first_users_pages(portals: Portals, tmp_path: Path) -> None:
    with portals, WebhookSink() as hook, MailSink() as mail:
        channels = (
            f'channels:\n  desk: {{type: webhook, url: "{hook.url}"}}\n  mail: {{type: email, smtp: '
            f'"smtp://{mail.host}:{mail.port}", from: crawler@example.org, to: [desk@example.org]}}\n'
        )
        (tmp_path / "sources.yaml").write_text(portals.sources_yaml(channels, "desk, mail"), "utf-8")

        first = crawl(tmp_path, "once", "--json")
        assert (first.code, first.err) == (0, "")
        assert [page["outcome"] for page in first.json["pages"]] == ["new"] * 5
        for n, text in enumerate(portals.texts, 1):
            stored = crawl(tmp_path, "show", f"portal-{n}", "--json").json["body"]
            assert fold(stored) == fold("".join(text)), f"portal-{n}"
        assert first.json["alerts"]["raised"] == 0

        config = load_config(str(tmp_path / "sources.yaml"))
        with open_store(f"sqlite:///{tmp_path / 'crawler.db'}", now=utc_now()) as store:
            for _ in range(20):
                again = asyncio.run(run_once(config, store))
                assert [result.outcome for result in again.results] == [Outcome.UNCHANGED] * 5
                assert again.raised == 0
        assert hook.requests == []

        hook.answers += [500]
        line = next(i for i, text in enumerate(portals.texts[4]) if "地区生产总值增长6%左右" in text)
        portals.texts[4][line] = portals.texts[4][line].replace("地区生产总值增长6%左右", "地区生产总值增长5.5%左右")
        portals.broken.add("/essay/28_2.html")
        edited = crawl(tmp_path, "once", "--json")
        assert edited.code == 1
        outcomes = {page["source"]: page for page in edited.json["pages"]}
        assert outcomes["portal-1"]["outcome"] == "failed"
        assert "500" in outcomes["portal-1"]["reason"]
        assert outcomes["portal-5"]["outcome"] == "changed"
        assert edited.json["alerts"] == {"raised": 1, "delivered": 0, "pending": 1, "failed": 0}

        portals.broken.clear()
        mended = crawl(tmp_path, "once", "--json")
        assert mended.code == 0
        assert [page["outcome"] for page in mended.json["pages"]] == ["unchanged"] * 5
        assert mended.json["alerts"] == {"raised": 0, "delivered": 1, "pending": 0, "failed": 0}

        assert len(hook.requests) == 2
        assert hook.requests[0].headers["webhook-id"] == hook.requests[1].headers["webhook-id"]
        told = hook.requests[1].json
        assert told["type"] == "page.changed"
        (change,) = told["targets"]["changed"]
        assert (change["indicator"], change["old"]["low"], change["new"]["low"]) == ("地区生产总值", "6", "5.5")
        (letter,) = mail.messages
        assert "6%左右 → 5.5%左右" in letter["Subject"]
        assert len(crawl(tmp_path, "versions", "portal-5", "--json").json) == 2
        assert len(crawl(tmp_path, "versions", "portal-1", "--json").json) == 1
