"""Reports published as PDF and Word: watched directly, behind a notice, and read by the commands."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import crawl
from tests.support.http_server import HttpServer, page, reply
from tests.support.oldword import doc
from tests.support.printed import Drawn, column, pdf
from tests.support.sinks import WebhookSink
from tests.support.word import docx, paragraph

pytest.importorskip("pypdfium2")

TITLE = "云溪市2026年政府工作报告"
LINES = [
    "今年政府工作的总体要求是：坚持稳中求进，聚焦实体经济，办好民生实事，推动云溪高质量发展迈上新台阶。",
    "今年发展的主要预期目标是：地区生产总值增长6%左右；城镇调查失业率控制在5%以内；固定资产投资增长8%以上。",
    "全面推进乡村振兴，新建高标准农田3万亩，改造农村公路120公里，让田园更有看头、农民更有奔头。",
    "持续优化营商环境，新增经营主体1.2万户，为企业减负20亿元以上，办事材料再减一成，企业更加满意。",
]
EDITED = [line.replace("增长6%左右", "增长5.5%左右") for line in LINES]


def printed(lines: list[str], width: int = 34, rows: int = 5, compress: bool = False) -> bytes:
    """The report as PDF on paper of this width, with running head and page numbers."""
    body = [row for line in lines for row in column(line, width)]
    pages = []
    for number, start in enumerate(range(0, len(body), rows), 1):
        drawn = Drawn().say(230, 810, "云溪市人民政府公报", 9).say(285, 40, f"— {number} —", 10)
        top = 730 if number == 1 else 770
        if number == 1:
            drawn.say(130, 770, TITLE, 22)
        pages.append(drawn.lines(72, top, body[start : start + rows]))
    return pdf(*pages, compress=compress)


def file(content: bytes, kind: str = "application/pdf") -> bytes:
    return reply(content, headers={"Content-Type": kind})


@pytest.fixture
def site() -> Iterator[HttpServer]:
    with HttpServer() as server:
        yield server


@pytest.fixture
def sink() -> Iterator[WebhookSink]:
    with WebhookSink() as sink:
        yield sink


@pytest.fixture
def folder(tmp_path: Path, site: HttpServer, sink: WebhookSink) -> Path:
    (tmp_path / "sources.yaml").write_text(
        "defaults: {every: 6h, delay: 0s, alert: [desk]}\nnetwork: {allow_private: true}\n"
        f'channels:\n  desk: {{type: webhook, url: "{sink.url}"}}\n'
        f'sources:\n  - {{id: yunxi, title: 云溪市, url: "{site.url("/a")}"}}\n',
        "utf-8",
    )
    return tmp_path


def outcome(folder: Path) -> tuple[str, int]:
    """Of a round: what became of the page, and how many alerts were raised."""
    done = crawl(folder, "once", "--json").json
    return done["pages"][0]["outcome"], done["alerts"]["raised"]


def changed(sink: WebhookSink) -> list[tuple[str, str]]:
    """Old and new text of every target that the alerts name."""
    alerts = [json.loads(request.body) for request in sink.requests]
    return [(each["old"]["text"], each["new"]["text"]) for alert in alerts for each in alert["targets"]["changed"]]


@pytest.mark.parametrize("kind", ["application/pdf", "application/octet-stream", "text/html; charset=gbk", "image/png"])
def test_a_pdf_under_any_label_tells_its_changed_target_once(
    folder: Path, site: HttpServer, sink: WebhookSink, kind: str
) -> None:
    site.routes["/a"] = file(printed(LINES), kind)
    assert outcome(folder) == ("new", 0)
    site.routes["/a"] = file(printed(LINES, width=27, rows=8, compress=True), kind)
    assert outcome(folder) == ("unchanged", 0), "the same text on other paper, in other bytes"
    site.routes["/a"] = file(printed(EDITED, width=31), kind)
    assert outcome(folder) == ("changed", 1)
    assert outcome(folder) == ("unchanged", 0)
    ((old, new),) = changed(sink)
    assert ("6%" in old, "5.5%" in new) == (True, True)
    assert len(sink.requests) == 1


def test_the_same_report_in_another_kind_of_file_is_the_same(folder: Path, site: HttpServer) -> None:
    site.routes["/a"] = file(printed(LINES))
    outcome(folder)
    for content in (docx("".join(map(paragraph, (TITLE, *LINES)))), doc(TITLE, *LINES)):
        site.routes["/a"] = file(content, "application/octet-stream")
        assert outcome(folder) == ("unchanged", 0)


@pytest.mark.parametrize(
    "said", ["", "见附件。", "现将市长在第十届人民代表大会第五次会议上所作的报告予以公布，敬请监督。"]
)
def test_a_report_behind_a_notice(folder: Path, site: HttpServer, sink: WebhookSink, said: str) -> None:
    def notice(visits: int) -> bytes:
        links = f"<p>{said}</p><p>附件：<a href='r.pdf'>{TITLE}.pdf</a></p>"
        return page(f"<title>{TITLE}</title><h1>{TITLE}</h1><p>浏览次数：{visits}</p><div>{links}</div>")

    site.routes |= {"/a": notice(1), "/r.pdf": file(printed(LINES))}
    assert outcome(folder) == ("new", 0)
    body = crawl(folder, "show", "yunxi", "--json").json["body"]
    assert body.startswith(said if len(said) > 20 else TITLE)
    assert body.endswith("\n".join(LINES))
    site.routes |= {"/a": notice(2), "/r.pdf": file(printed(LINES, width=27))}
    assert outcome(folder) == ("unchanged", 0)
    site.routes["/r.pdf"] = reply(b"gone", 404)
    assert outcome(folder)[0] == "failed"
    site.routes["/r.pdf"] = file(printed(EDITED))
    assert outcome(folder) == ("changed", 1)
    assert len(changed(sink)) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (pdf(Drawn().picture()), "scanned"),
        (printed(LINES)[:300], "damaged"),
        (doc("密", flags=0x100), "password"),
        (b"PK\x03\x04" + bytes(26) + b"OFD.xml" + bytes(80), "OFD"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(80), "RAR"),
    ],
)
def test_what_cannot_be_read_fails_in_words(folder: Path, site: HttpServer, content: bytes, says: str) -> None:
    site.routes["/a"] = file(content, "application/octet-stream")
    done = crawl(folder, "once", "--json")
    assert done.code == 1
    assert (done.json["pages"][0]["outcome"], says in done.json["pages"][0]["reason"]) == ("failed", True)
    (folder / "a.bin").write_bytes(content)
    refused = crawl(folder, "extract", "a.bin")
    assert refused.code == 2
    assert says in refused.err
    assert "Traceback" not in refused.err


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", printed(LINES), "application/pdf"),
        ("a.docx", docx("".join(map(paragraph, (TITLE, *LINES)))), "wordprocessingml"),
        ("a.doc", doc(TITLE, *LINES), "application/msword"),
    ],
)
def test_the_commands_read_documents(folder: Path, site: HttpServer, name: str, content: bytes, kind: str) -> None:
    (folder / name).write_bytes(content)
    site.routes["/a"] = file(content, "application/octet-stream")
    for target in (name, site.url("/a")):
        article = crawl(folder, "extract", target, "--json").json
        assert article["paragraphs"] == [TITLE, *LINES]
        assert (article["title"], article["region"], article["year"]) == (TITLE, "云溪市", 2026)
        assert kind in article["media_type"]
        assert any(
            found["text"].startswith("增长6%") or "6%" in found["text"]
            for found in crawl(folder, "try", target, "--json").json["targets"]
        )
    (folder / "b.pdf").write_bytes(printed(EDITED, width=20))
    assert crawl(folder, "diff", name, "b.pdf", "--json").json["targets"]["changed"]


def test_try_names_the_document_a_notice_leads_to(folder: Path, site: HttpServer) -> None:
    site.routes["/a"] = page(f"<title>{TITLE}</title><h1>{TITLE}</h1><p><a href='/r.pdf'>下载</a></p>")
    assert crawl(folder, "try", site.url("/a"), "--json").json["pager"]["next"] == site.url("/r.pdf")
