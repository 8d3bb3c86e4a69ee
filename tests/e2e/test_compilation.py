"""A page of many reports in several parts, as its users see it: one number is edited, and its report is told."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import crawl
from tests.support.http_server import HttpServer, page, reply
from tests.support.sinks import MailSink, WebhookSink
from tests.support.word import docx, paragraph

TITLE = "市2031年政府工作报告-4篇"
PARTS = 5


def report(heading: str, whose: str, growth: str, homes: int) -> list[str]:
    return [
        heading,
        "各位代表：",
        f"现在，我代表{whose}人民政府，向大会报告政府工作，请予审议，并请市政协委员和其他列席人员提出意见。",
        "一、工作回顾",
        "过去一年，我们坚持稳中求进、真抓实干，地区生产总值增长4.2%，城镇新增就业2万人，各项事业取得新的进步。",
        "二、今年的工作安排",
        f"今年发展的主要预期目标是：地区生产总值增长{growth}%左右；固定资产投资增长8%以上；城镇调查失业率控制在5%以内。",
        f"持续办好民生实事，改造老旧小区{homes}个，新增停车位3000个，让群众的获得感成色更足、幸福感更可持续。",
        "各位代表！让我们同心协力、砥砺前行，为建设更加美好的家园而努力奋斗！",
    ]


LINES = [
    *report("第1篇：云溪市2031年政府工作报告", "市", "6", 20),
    *report("第2篇：松岚市2031年政府工作报告", "市", "6.5", 25),
    *report("第3篇：县2031年政府工作报告", "北麓县", "7", 30),
    *report("第4篇：县2030年政府工作报告", "县", "7.5", 35),
]


def serve(site: HttpServer, lines: list[str]) -> None:
    """The page in parts that begin and end amid reports, as document-sharing sites cut them."""
    share = -(-len(lines) // PARTS)
    for part in range(1, PARTS + 1):
        title = f"{TITLE}(第{part}/{PARTS}页)"
        body = "".join(f"<p>{line}</p>" for line in lines[(part - 1) * share : part * share])
        pager = "".join(f'<a href="{address(n)}">{n}</a>' for n in range(1, PARTS + 1))
        following = f'<a href="{address(part + 1)}">下一页</a>' if part < PARTS else ""
        site.routes[address(part)] = page(
            f"<html><head><title>{title} - 素材网</title></head><body><h1>{title}</h1>"
            f'<div class="content">{body}</div><div class="pages">{pager}{following}</div></body></html>'
        )


def address(part: int) -> str:
    return "/28.html" if part == 1 else f"/28_{part}.html"


def edited(old: str, new: str) -> list[str]:
    assert sum(old in line for line in LINES) == 1
    return [line.replace(old, new) for line in LINES]


@pytest.fixture
def site() -> Iterator[HttpServer]:
    with HttpServer({}) as server:
        serve(server, LINES)
        yield server


def write_sources(folder: Path, site: HttpServer, hook: WebhookSink, post: MailSink, watch: str = "") -> None:
    (folder / "sources.yaml").write_text(
        "defaults: {every: 6h, delay: 0s, alert: [desk, mail]}\nnetwork: {allow_private: true}\n"
        f'channels:\n  desk: {{type: webhook, url: "{hook.url}"}}\n  mail: {{type: email, smtp: '
        f'"smtp://{post.host}:{post.port}", from: crawler@example.org, to: [desk@example.org]}}\n'
        f'sources:\n  - {{id: many, url: "{site.url("/28.html")}"{", " if watch else ""}{watch}}}\n',
        "utf-8",
    )


def test_one_edit_is_one_alert_that_names_its_report(tmp_path: Path, site: HttpServer) -> None:
    with WebhookSink() as hook, MailSink() as post:
        write_sources(tmp_path, site, hook, post)
        assert crawl(tmp_path, "once", "--json").json["alerts"]["raised"] == 0
        serve(site, edited("增长6.5%左右", "增长5.5%左右"))
        assert crawl(tmp_path, "once", "--json").json["alerts"]["raised"] == 1
        told = hook.requests[-1].json
        assert (len(hook.requests), len(post.messages)) == (1, 1)
        subject = str(post.messages[0]["Subject"])
    assert told["summary"] == "松岚市 2031：地区生产总值增长 6.5%左右 → 5.5%左右"
    assert told["reports"] == [{"title": "松岚市2031年政府工作报告", "region": "松岚市", "year": 2031}]
    assert [change["new"]["report"] for change in told["targets"]["changed"]] == ["松岚市2031年政府工作报告"]
    assert [hunk["report"] for hunk in told["text"]["hunks"]] == ["松岚市2031年政府工作报告"]
    assert subject == "松岚市 2031：地区生产总值 6.5%左右 → 5.5%左右"
    assert "松岚市 2031：地区生产总值增长 6.5%左右 → 5.5%左右" in crawl(tmp_path, "changes").out
    shown = crawl(tmp_path, "changes", "many", "--json").json
    assert [hunk["report"] for hunk in shown["hunks"]] == ["松岚市2031年政府工作报告"]
    assert "松岚市 2031" in crawl(tmp_path, "changes", "many").out
    assert rows(tmp_path, "changes") == [("松岚市2031年政府工作报告", "松岚市", "2031")]


def test_a_report_that_becomes_one_of_many_is_told_as_these(tmp_path: Path, site: HttpServer) -> None:
    alone = "".join(f"<p>{line}</p>" for line in LINES[1:9])
    site.routes[address(1)] = page(f"<h1>云溪市2031年政府工作报告</h1><div>{alone}</div>")
    with WebhookSink() as hook, MailSink() as post:
        write_sources(tmp_path, site, hook, post)
        crawl(tmp_path, "once")
        assert {region for _, region, _ in rows(tmp_path, "targets")} == {"云溪市"}
        serve(site, LINES)
        crawl(tmp_path, "once")
        grown = hook.requests[-1].json
        serve(site, edited("增长7%左右", "增长5.5%左右"))
        crawl(tmp_path, "once")
        told = [request.json for request in hook.requests]
    assert (len(told), grown["page"]["title"], grown["page"]["region"]) == (2, TITLE, "")
    places = {"松岚市2031年政府工作报告", "北麓县2031年政府工作报告", "县2030年政府工作报告"}
    assert {target["report"] for target in grown["targets"]["added"]} >= places
    assert (grown["targets"]["changed"], grown["targets"]["removed"]) == ([], [])
    assert told[-1]["summary"] == "北麓县 2031：地区生产总值增长 7%左右 → 5.5%左右"
    assert {region for _, region, _ in rows(tmp_path, "targets")} == {"云溪市", "松岚市", "北麓县", ""}
    [line] = crawl(tmp_path, "pages", "--json").json
    assert line["title"] == TITLE


def test_a_report_that_is_put_between_touches_no_other(tmp_path: Path, site: HttpServer) -> None:
    with WebhookSink() as hook, MailSink() as post:
        write_sources(tmp_path, site, hook, post)
        crawl(tmp_path, "once")
        serve(site, [*LINES[:9], *report("第2篇：澄湖市2031年政府工作报告", "市", "6.6", 21), *LINES[9:]])
        crawl(tmp_path, "once")
        (told,) = [request.json for request in hook.requests]
    assert (told["targets"]["changed"], told["targets"]["removed"]) == ([], [])
    assert {target["report"] for target in told["targets"]["added"]} == {"澄湖市2031年政府工作报告"}
    assert [report["region"] for report in told["reports"]] == ["澄湖市"]


@pytest.mark.parametrize(
    ("watch", "raised"),
    [
        ("watch: {targets: [固定资产投资]}", 0),
        ("watch: {targets: [地区生产总值]}", 1),
        ("watch: {min_change: 2}", 0),
        ("watch: {min_change: 1}", 1),
    ],
)
def test_what_is_watched_is_watched_in_every_report(tmp_path: Path, site: HttpServer, watch: str, raised: int) -> None:
    with WebhookSink() as hook, MailSink() as post:
        write_sources(tmp_path, site, hook, post, watch)
        crawl(tmp_path, "once")
        serve(site, edited("增长6.5%左右", "增长5.5%左右"))
        assert crawl(tmp_path, "once", "--json").json["alerts"]["raised"] == raised


def test_the_commands_say_which_reports_there_are(tmp_path: Path, site: HttpServer) -> None:
    with WebhookSink() as hook, MailSink() as post:
        write_sources(tmp_path, site, hook, post)
        crawl(tmp_path, "once")
    shown = crawl(tmp_path, "show", "many", "--json").json
    lines = shown["body"].split("\n")
    assert [(each["title"], each["region"], each["year"]) for each in shown["reports"]] == [
        ("云溪市2031年政府工作报告", "云溪市", 2031),
        ("松岚市2031年政府工作报告", "松岚市", 2031),
        ("北麓县2031年政府工作报告", "北麓县", 2031),
        ("县2030年政府工作报告", "", 2030),
    ]
    assert [lines[each["start"]] for each in shown["reports"]] == [line for line in LINES if line.startswith("第")]
    assert "报告 reports: 4" in crawl(tmp_path, "show", "many").out
    assert {(report, year) for report, _, year in rows(tmp_path, "targets")} == {
        ("云溪市2031年政府工作报告", "2031"),
        ("松岚市2031年政府工作报告", "2031"),
        ("北麓县2031年政府工作报告", "2031"),
        ("县2030年政府工作报告", "2030"),
    }


def test_targets_and_extract_say_the_report(tmp_path: Path) -> None:
    (tmp_path / "many.txt").write_text("\n".join(LINES), "utf-8")
    found = crawl(tmp_path, "targets", "many.txt", "--json").json
    assert {target["report"] for target in found if target["low"] == "6.5"} == {"松岚市2031年政府工作报告"}
    assert {target["period"] for target in found if target["report"] == "县2030年政府工作报告"} >= {"2030"}
    table = crawl(tmp_path, "targets", "many.txt").out
    assert "报告" in table
    assert "松岚市 2031" in table
    html = "".join(f"<p>{line}</p>" for line in LINES)
    (tmp_path / "many.html").write_text(f"<h1>{TITLE}</h1><div>{html}</div>", "utf-8")
    article = crawl(tmp_path, "extract", "many.html", "--json").json
    assert [article["paragraphs"][each["start"]] for each in article["reports"]] == [
        line for line in LINES if line.startswith("第")
    ]
    assert [each["end"] for each in article["reports"]] == [9, 18, 27, 36]
    assert "报告 reports: 4" in crawl(tmp_path, "try", "many.html").out


def test_a_diff_of_two_files_says_the_report(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("\n".join(LINES), "utf-8")
    (tmp_path / "new.txt").write_text("\n".join(edited("老旧小区30个", "老旧小区33个")), "utf-8")
    told = crawl(tmp_path, "diff", "old.txt", "new.txt", "--json").json
    assert [hunk["report"] for hunk in told["hunks"]] == ["北麓县2031年政府工作报告"]
    assert [change["new"]["report"] for change in told["targets"]["changed"]] == ["北麓县2031年政府工作报告"]
    assert "北麓县 2031：" in crawl(tmp_path, "diff", "old.txt", "new.txt").out


def test_a_single_report_names_none(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("\n".join(LINES[:9]), "utf-8")
    (tmp_path / "two.txt").write_text("\n".join(edited("增长6%左右", "增长5%左右")[:9]), "utf-8")
    assert {target["report"] for target in crawl(tmp_path, "targets", "one.txt", "--json").json} == {""}
    assert "报告" not in crawl(tmp_path, "targets", "one.txt").out
    (hunk,) = crawl(tmp_path, "diff", "one.txt", "two.txt", "--json").json["hunks"]
    assert set(hunk) == {"op", "old", "new"}


def rows(folder: Path, what: str) -> list[tuple[str, str, str]]:
    """Report, region and year of each exported row."""
    exported = crawl(folder, "export", what).out.removeprefix("\ufeff")
    return [(row["report"], row["region"], row["year"]) for row in csv.DictReader(io.StringIO(exported))]


def test_a_compilation_in_word_is_not_called_by_its_first_report(tmp_path: Path) -> None:
    with HttpServer() as site:
        (tmp_path / "sources.yaml").write_text(
            "defaults: {delay: 0s}\nnetwork: {allow_private: true}\n"
            f'sources:\n  - {{id: many, title: 四市县报告, url: "{site.url("/many.docx")}"}}\n',
            "utf-8",
        )
        for lines in (LINES, edited("地区生产总值增长6.5%左右", "地区生产总值增长6.8%左右")):
            site.routes["/many.docx"] = reply(
                docx("".join(map(paragraph, lines))), headers={"Content-Type": "application/octet-stream"}
            )
            assert crawl(tmp_path, "once").code == 0
        (row,) = crawl(tmp_path, "pages", "--json").json
        assert row["title"] == "四市县报告"
        (change,) = crawl(tmp_path, "changes", "--json").json
        assert change["title"] == "四市县报告"
        assert "松岚市 2031：地区生产总值增长 6.5%左右 → 6.8%左右" in crawl(tmp_path, "changes").out


def test_a_compilations_own_title_is_kept(tmp_path: Path) -> None:
    (tmp_path / "many.docx").write_bytes(docx("".join(map(paragraph, ["2031年政府工作报告汇编", *LINES]))))
    article = crawl(tmp_path, "extract", "many.docx", "--json").json
    assert (article["title"], article["region"], article["year"]) == ("2031年政府工作报告汇编", "", 2031)
    assert [report["region"] for report in article["reports"]] == ["云溪市", "松岚市", "北麓县", ""]
