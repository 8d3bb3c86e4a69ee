"""`crawler try` on pages that say something, that say nothing, and that only lead to what says it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import crawl
from tests.support.http_server import HttpServer, page, reply
from tests.support.oldword import doc
from tests.support.word import docx, paragraph

TITLE = "云溪市2026年政府工作报告"
LINES = [
    "今年政府工作的总体要求是：坚持稳中求进，聚焦实体经济，办好民生实事，推动云溪高质量发展迈上新台阶。",
    "今年发展的主要预期目标是：地区生产总值增长6%左右；城镇调查失业率控制在5%以内；固定资产投资增长8%以上。",
    "全面推进乡村振兴，新建高标准农田3万亩，改造农村公路120公里，让田园更有看头、农民更有奔头。",
]
REPORT = "".join(f"<p>{line}</p>" for line in LINES)
ATTACHMENT = (
    "<p>现将报告印发给你们，请结合实际，认真贯彻执行。</p>"
    '<p>附件：<a href="/files/r.{}">云溪市2026年政府工作报告</a></p>'
)


def html(body: str, title: str = TITLE) -> str:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{body}</div></body></html>"


@pytest.fixture
def site() -> Iterator[HttpServer]:
    with HttpServer({"/yunxi.html": page(html(REPORT))}) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, site: HttpServer) -> Path:
    write(tmp_path, site)
    return tmp_path


def write(folder: Path, site: HttpServer, more: str = "") -> None:
    (folder / "sources.yaml").write_text(
        "defaults: {delay: 0s}\nnetwork: {allow_private: true}\n"
        f'sources:\n  - id: yunxi\n    url: "{site.url("/yunxi.html")}"\n{more}',
        "utf-8",
    )


def test_a_report_is_taken_for_one(folder: Path, site: HttpServer) -> None:
    ran = crawl(folder, "try", site.url("/yunxi.html"))
    assert ran.code == 0
    assert "`crawler once` would take this for a report" in ran.out
    told = crawl(folder, "try", site.url("/yunxi.html"), "--json").json
    assert (told["trouble"], told["documents"], told["paragraphs"]) == (None, [], LINES)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<title>云溪市</title><div id=app></div><script>boot()</script>", "no report text found (0 characters)"),
        ('<title>云溪市</title><iframe src="/yunxi.html"></iframe>', "no report text found (0 characters)"),
        (f'<h1>{TITLE}</h1><div style="display:none">{REPORT}</div>', "no report text found (0 characters)"),
        ("<title>用户登录</title><form>请登录后查看 <input></form>", "looks like a login page"),
        ("<title>安全验证</title><p>请完成安全验证，拖动滑块</p>", "looks like a bot check"),
    ],
)
def test_a_page_without_a_report_is_told_as_once_tells_it(
    folder: Path, site: HttpServer, markup: str, reason: str
) -> None:
    site.routes["/yunxi.html"] = page(f"<html><body>{markup}</body></html>")
    ran = crawl(folder, "try", site.url("/yunxi.html"))
    assert ran.code == 1
    assert f"`crawler once` would hold this page back as suspect: {reason}" in ran.out
    told = crawl(folder, "try", site.url("/yunxi.html"), "--json")
    assert told.code == 1
    assert reason in told.json["trouble"]
    (once,) = crawl(folder, "once", "--json").json["pages"]
    assert once["outcome"] == "suspect"
    assert once["reason"] in told.json["trouble"]


def test_a_notice_names_its_document_and_what_stands_in_it(folder: Path, site: HttpServer) -> None:
    site.routes["/yunxi.html"] = page(html(ATTACHMENT.format("docx"), f"关于印发{TITLE}的通知"))
    site.routes["/files/r.docx"] = reply(
        docx("".join(map(paragraph, LINES))), headers={"Content-Type": "application/octet-stream"}
    )
    ran = crawl(folder, "try", site.url("/yunxi.html"))
    assert ran.code == 0
    for word in ("leads to documents: 1", site.url("/files/r.docx"), "6%左右", "would take this for a report"):
        assert word in ran.out
    (told,) = crawl(folder, "try", site.url("/yunxi.html"), "--json").json["documents"]
    assert (told["url"], told["paragraphs"], told["error"]) == (site.url("/files/r.docx"), len(LINES), None)
    assert "地区生产总值" in {target["indicator"] for target in told["targets"]}


@pytest.mark.parametrize(
    ("kind", "answer", "reason"),
    [
        ("doc", reply(doc(LINES[0])[:600], headers={"Content-Type": "application/msword"}), "cut short"),
        ("pdf", reply(b"no", 404), "HTTP 404"),
    ],
)
def test_a_document_that_cannot_be_read_is_named_with_the_reason(
    folder: Path, site: HttpServer, kind: str, answer: bytes, reason: str
) -> None:
    site.routes["/yunxi.html"] = page(html(ATTACHMENT.format(kind), f"关于印发{TITLE}的通知"))
    site.routes[f"/files/r.{kind}"] = answer
    ran = crawl(folder, "try", site.url("/yunxi.html"))
    assert ran.code == 1
    assert f"would fail on this page: incomplete article: {site.url(f'/files/r.{kind}')}: " in ran.out
    assert reason in ran.out
    (once,) = crawl(folder, "once", "--json").json["pages"]
    assert (once["outcome"], reason in once["reason"]) == ("failed", True)


def test_parts_of_a_page_are_no_documents(folder: Path, site: HttpServer) -> None:
    pager = '<div class="pages"><span>1</span><a href="/yunxi_2.html">2</a><a href="/yunxi_2.html">下一页</a></div>'
    site.routes["/yunxi.html"] = page(html(REPORT + pager))
    ran = crawl(folder, "try", site.url("/yunxi.html"))
    assert ran.code == 0
    assert site.url("/yunxi_2.html") in ran.out
    assert "leads to documents" not in ran.out
    assert not any("yunxi_2" in request.target for request in site.requests), "one page is tried"


@pytest.mark.parametrize("by", ["url", "listing"])
def test_the_selectors_of_the_source_are_tried(folder: Path, site: HttpServer, by: str) -> None:
    address = site.url("/yunxi.html") if by == "url" else site.url("/")
    (folder / "sources.yaml").write_text(
        f'network: {{allow_private: true}}\nsources: [{{id: a, {by}: "{address}", body: {{select: div.text}}}}]\n'
    )
    ran = crawl(folder, "try", site.url("/yunxi.html"))
    assert ran.code == 1
    assert "in the element that body.select names (div.text)" in ran.out


def test_a_listing_is_not_taken_for_a_report(folder: Path, site: HttpServer) -> None:
    site.routes["/list/"] = page('<ul><li><a href="/list/1.html">云溪市2026年政府工作报告</a></li></ul>')
    write(folder, site, f'  - {{id: list, listing: "{site.url("/list/")}"}}\n')
    ran = crawl(folder, "try", site.url("/list/"))
    assert ran.code == 0
    assert "looks for links in this listing" in ran.out


def test_a_compilation_is_of_no_place_and_year(tmp_path: Path) -> None:
    lines = [
        line
        for place in ("云溪市", "松岚县", "北麓县")
        for line in (f"{place}2026年政府工作报告", "各位代表：现在，我代表政府向大会报告工作，请予审议。", *LINES * 3)
    ]
    (tmp_path / "many.html").write_text(html("".join(f"<p>{line}</p>" for line in lines), "政府工作报告3篇"), "utf-8")
    told = crawl(tmp_path, "try", "many.html", "--json").json
    assert len(told["reports"]) == 3
    assert (told["region"], told["year"]) == ("", None)
    assert json.dumps(told["reports"], ensure_ascii=False).count("2026") >= 3


@pytest.mark.parametrize(
    "arguments", [["extract", "BAD"], ["try", "BAD"], ["targets", "BAD"], ["diff", "ok.txt", "BAD"]]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "ok.txt").write_text("\n".join(LINES), "utf-8")
    (tmp_path / "cut.rtf").write_bytes(rb"{\rtf1\ansi no end")
    ran = crawl(tmp_path, *(name.replace("BAD", "cut.rtf") for name in arguments))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: cut.rtf: the RTF document is cut short: it has no end\n"
