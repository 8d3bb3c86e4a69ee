"""Pages that announce a report and leave it to a document."""

import pytest

from crawler.extract import extract
from crawler.extract.attachments import NOTICE

URL = "https://www.example.org/xxgk/202601/t20260115_1.html"
TITLE = "云溪市2026年政府工作报告"
NEWS = "扎实推进乡村全面振兴，新建高标准农田三万亩，改造农村公路，惠及沿线群众。"
MENU = "<div><a href='/a.html'>首页</a> <a href='/b.html'>政务公开</a></div>"


def followed(body: str, title: str = TITLE, url: str = URL, head: str = "") -> tuple[str, ...]:
    """Which documents the page leads to, their addresses from the last folder on."""
    page = f"<body>{MENU}<h1>{title}</h1><div class=c>{body}</div></body>"
    pager = extract(f"<html><head><title>{title}</title>{head}</head>{page}</html>", url).pager
    if pager is None:
        return ()
    assert pager.urls[0] == url
    assert (pager.part, pager.parts, pager.next) == (1, len(pager.urls), pager.urls[1])
    return tuple(address.rpartition("/")[2] for address in pager.urls[1:])


@pytest.mark.parametrize(
    "link",
    [
        f"<a href='P020260115.pdf'>{TITLE}.pdf</a>",
        f"<a href='P020260115.pdf'>{TITLE}</a>",
        "<a href='P020260115.pdf'>附件：政府工作报告.pdf</a>",
        "附件：<a href='P020260115.pdf'>P020260115.pdf</a>",
        "<a href='P020260115.pdf'>PDF版下载</a>",
        "<a href='P020260115.pdf'>点击查看全文</a>",
        "<a href='P020260115.pdf'><img src='/pdf.png' alt='下载'></a>",
        "<iframe src='P020260115.pdf' width=100%></iframe>",
        "<embed type='application/pdf' src=P020260115.pdf>",
        "<object data='P020260115.pdf'></object>",
        "<iframe src='/pdfjs/web/viewer.html?file=%2Fxxgk%2F202601%2FP020260115.pdf'></iframe>",
        "<script>PDFObject.embed('P020260115.pdf', '#viewer')</script>",
        '<script>var pdfUrl = "/xxgk/202601/P020260115.pdf";</script>',
    ],
)
def test_a_notice_leads_to_its_document(link: str) -> None:
    assert followed(f"<p>现将报告印发给你们，请认真贯彻落实。</p><p>{link}</p>") == ("P020260115.pdf",)
    assert followed(link) == ("P020260115.pdf",)


def test_a_body_that_only_names_the_document_is_left_out() -> None:
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1><div><p>{{}}</p><a href=r.pdf>下载</a></div>"
    assert extract(html.format("见附件。"), URL).paragraphs == ()
    assert extract(html.format(NEWS), URL).paragraphs[0] == NEWS


def test_a_document_behind_an_address_that_does_not_name_it() -> None:
    assert followed(f"<a href='/download.jsp?id=7'>{TITLE}.docx</a>") == ("download.jsp?id=7",)
    assert followed(f"<a href='/download.jsp?name=report.pdf'>{TITLE}</a>") == ("download.jsp?name=report.pdf",)


def test_an_address_with_a_session_or_a_number_against_caches_is_the_same_every_time() -> None:
    assert followed("<a href='r.pdf;jsessionid=0A1B2C3D4E5F60718293A4B5C6D7E8F9'>下载</a>") == ("r.pdf",)


def test_a_page_that_says_the_report_follows_nothing() -> None:
    body = "".join(f"<p>{n}、{NEWS}</p>" for n in range(NOTICE // len(NEWS) + 1))
    assert followed(body + f"<p><a href='a.pdf'>{TITLE}.pdf</a></p><iframe src=a.pdf></iframe>") == ()


@pytest.mark.parametrize(
    "link",
    [
        "<a href='a.pdf'>云溪市2025年政府工作报告.pdf</a>",
        "<a href='a.pdf'>云溪市2026年法院工作报告.pdf</a>",
        "<a href='a.doc'>附件：先进单位名单.doc</a>",
        "<a href='a.xls'>附件：政府工作报告指标表.xls</a>",
        f"<a href='a.zip'>{TITLE}.zip</a>",
        f"<a href='a.html'>{TITLE}</a>",
        f"<nav><a href='a.pdf'>{TITLE}.pdf</a></nav>",
        "<footer><a href='a.pdf'>下载</a></footer>",
        "<a href='a.pdf'>下载</a> <a href='b.pdf'>下载</a>",
        "<iframe src='a.pdf'></iframe><iframe src='b.pdf'></iframe>",
        "<iframe src='map.html?x=1'></iframe>",
        "<script>var x = 'javascript:a.pdf'</script>",
    ],
)
def test_what_is_not_the_report_is_not_followed(link: str) -> None:
    assert followed(f"<p>现将有关事项通知如下，请认真贯彻落实。</p>{link}") == ()


def test_reports_of_several_years_below_a_title_without_one_are_a_list() -> None:
    links = "<a href='a.pdf'>2025年政府工作报告.pdf</a><a href='b.pdf'>2026年政府工作报告.pdf</a>"
    assert followed(links, title="政府工作报告") == ()


def test_of_one_text_in_several_kinds_the_best_is_read() -> None:
    links = f"<a href='r.pdf'>{TITLE}.pdf</a><a href='r.docx'>{TITLE}.docx</a><a href='r.doc'>{TITLE}.doc</a>"
    assert followed(links) == ("r.docx",)
    assert followed("<a href='r.pdf'>PDF版</a> <a href='r.doc'>Word版</a>") == ("r.doc",)


def test_volumes_are_read_in_their_order_and_not_without_end() -> None:
    links = "".join(f"<a href='r{n}.pdf'>{TITLE}（第{n}部分）.pdf</a>" for n in (2, 1, 3, 4, 5, 6))
    assert followed(links) == ("r2.pdf", "r1.pdf", "r3.pdf", "r4.pdf")


def test_a_viewer_beside_a_link_to_the_same_document_is_no_second_one() -> None:
    assert followed("<iframe src=r.pdf></iframe><a href=r.pdf>下载</a><a href=help.pdf>下载</a>") == ("r.pdf",)


def test_addresses_are_those_of_the_base() -> None:
    assert followed("<a href=r.pdf>下载</a>", head="<base href='https://files.example.org/d/'>") == ("r.pdf",)
    html = f"<title>{TITLE}</title><a href=r.pdf>下载</a>"
    assert extract(html).pager is None  # without an address nothing can be followed


@pytest.mark.parametrize(
    "noise",
    ["", "<p>浏览次数：381</p>", "<div><a href=/x.html>相关链接</a></div>", "<aside><a href=q.pdf>下载</a></aside>"],
)
def test_the_choice_does_not_hang_on_what_surrounds_the_page(noise: str) -> None:
    assert followed(f"{noise}<p>现将报告予以公布。</p><p><a href=r.pdf>{TITLE}.pdf</a></p>{noise}") == ("r.pdf",)


@pytest.mark.parametrize(
    "piece", ["<iframe ", "<iframe src='", "<script>", '"a.pdf', "'.pdf", "<object data=", "?a.pdf&"]
)
def test_hostile_markup_names_no_document(piece: str) -> None:
    assert followed(piece * 20_000) == ()
