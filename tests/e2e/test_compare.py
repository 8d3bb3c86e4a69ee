"""`crawler compare` as a person uses it: two portals of one report, two years of one place."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import crawl
from tests.support.http_server import HttpServer, page

REPORT = [
    "云溪市2026年政府工作报告",
    "今年政府工作的总体要求是：坚持稳中求进，聚焦实体经济，推动云溪高质量发展迈上新台阶。",
    "今年发展的主要预期目标是：地区生产总值增长6%左右；固定资产投资增长8%以上；城镇新增就业3万人以上。",
    "全面推进乡村振兴，新建高标准农田3万亩，改造农村公路120公里，让田园更有看头、农民更有奔头。",
    "持续优化营商环境，新增经营主体1.2万户，为企业减负20亿元以上，办事材料再减一成。",
]
SPUN = [line.replace("推进", "鞭策").replace("改造", "革新") for line in REPORT[:-1]]
SPUN[2] = SPUN[2].replace("6%", "6.5%")
NEXT = [
    "云溪市2027年政府工作报告",
    "一、2026年工作回顾",
    "过去一年，地区生产总值增长5.6%，城镇新增就业3.4万人，产业结构持续优化。",
    "二、2027年工作安排",
    "今年发展的主要预期目标是：地区生产总值增长5.5%左右；固定资产投资增长8%以上；城镇新增就业2.8万人以上。",
]
OTHER = [line.replace("云溪", "石桥") for line in REPORT]


def html(lines: list[str]) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines[1:])
    text = f"<html><head><title>{lines[0]}</title></head><body><h1>{lines[0]}</h1><div>{body}</div></body></html>"
    return text.encode()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which the pages `one`, `copy` (of the same report), `next` (year) and `other` (place) were read."""
    texts = {"one": REPORT, "copy": SPUN, "next": NEXT, "other": OTHER}
    with HttpServer({f"/{name}.html": page(html(lines).decode()) for name, lines in texts.items()}) as server:
        entries = "".join(f'  - {{id: {name}, title: 报告, url: "{server.url(f"/{name}.html")}"}}\n' for name in texts)
        head = "defaults: {every: 6h, delay: 0s}\nnetwork: {allow_private: true}\nsources:\n"
        (tmp_path / "sources.yaml").write_text(head + entries, "utf-8")
        assert crawl(tmp_path, "once").code == 0
        yield tmp_path


class TestPortals:
    def test_differing_targets_come_first_and_the_rest_by_passage(self, folder: Path) -> None:
        ran = crawl(folder, "compare", "one", "copy")
        assert ran.code == 0
        assert ran.out.index("地区生产总值增长 6%左右 → 6.5%左右") < ran.out.index("[-推进-]{+鞭策+}")
        assert "删去 dropped 1" in ran.out
        assert "办事材料再减一成" in ran.out

    def test_json(self, folder: Path) -> None:
        told = crawl(folder, "compare", "one", "copy", "--json").json
        assert told["kind"] == "portals"
        assert 0.5 < told["share"] < 1
        (change,) = told["targets"]["changed"]
        assert (change["indicator"], change["old"]["low"], change["new"]["low"]) == ("地区生产总值", "6", "6.5")
        assert [passage["op"] for passage in told["passages"]] == ["same", "changed", "changed", "dropped"]
        assert told["passages"][2]["old_text"] == REPORT[3]

    def test_a_page_is_like_itself(self, folder: Path) -> None:
        ran = crawl(folder, "compare", "one", "one")
        assert "alike: 100.0%" in ran.out
        assert "no target differs" in ran.out

    def test_there_is_no_csv_of_them(self, folder: Path) -> None:
        ran = crawl(folder, "compare", "one", "copy", "--format", "csv")
        assert (ran.code, ran.out) == (2, "")


class TestYears:
    def test_table(self, folder: Path) -> None:
        ran = crawl(folder, "compare", "one", "next")
        assert ran.code == 0
        (line,) = [line for line in ran.out.splitlines() if line.startswith("地区生产总值")]
        assert line.split() == [
            *("地区生产总值", "增长6%左右", "增长5.6%", "低于", "below", "-0.4个百分点", "增长5.5%左右", "-0.5个百分点")
        ]

    def test_the_order_of_the_pages_does_not_matter(self, folder: Path) -> None:
        one, other = (crawl(folder, "compare", *pages, "--json").json for pages in (("one", "next"), ("next", "one")))
        assert one == other
        assert (one["kind"], one["earlier"]["year"], one["later"]["year"]) == ("years", 2026, 2027)

    def test_csv(self, folder: Path) -> None:
        text = crawl(folder, "compare", "one", "next", "--format", "csv").out.removeprefix("\ufeff")
        rows = {row["key"]: row for row in csv.DictReader(io.StringIO(text))}
        jobs = rows["城镇新增就业"]
        assert (jobs["promised"], jobs["achieved"], jobs["following"]) == ("3万人以上", "3.4万人", "2.8万人以上")
        assert (jobs["outcome"], jobs["margin"], jobs["difference"]) == ("within", "0.4", "-0.2")
        assert jobs["difference_percent"] == "-6.7"
        assert jobs["achieved_sentence"] == NEXT[2]
        assert rows["固定资产投资"]["difference"] == "0"

    def test_one_year_is_not_two(self, folder: Path) -> None:
        ran = crawl(folder, "compare", "one", "copy", "--as", "years")
        assert (ran.code, ran.out) == (2, "")
        assert "2026" in ran.err


class TestNeither:
    def test_two_places_are_compared_only_if_asked_for(self, folder: Path) -> None:
        ran = crawl(folder, "compare", "one", "other")
        assert (ran.code, ran.out) == (2, "")
        assert "云溪市" in ran.err
        assert "石桥市" in ran.err
        assert crawl(folder, "compare", "one", "other", "--as", "portals").code == 0

    def test_an_unknown_page(self, folder: Path) -> None:
        ran = crawl(folder, "compare", "one", "nowhere")
        assert (ran.code, ran.out) == (2, "")
        assert "nowhere" in ran.err
