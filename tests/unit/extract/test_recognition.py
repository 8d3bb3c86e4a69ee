"""A page is recognised while furniture moves around its report, and never once the report says something else."""

import random

import pytest

from crawler.extract import extract, extract_with_imprint, is_recognised
from tests.support.noise.pages import page
from tests.support.noise.shapes import NAMES

HTML = "text/html; charset=utf-8"
REPORT = [
    "各位代表：现在，我代表市人民政府，向大会报告工作，请予审议。",
    "地区生产总值增长6%左右，城镇新增就业5万人，粮食产量稳定在40万吨以上。",
    "新的一年，我们要把改善民生放在首位，新建改建学校12所，改造老旧小区30个。",
    "各位代表，目标催人奋进，让我们携起手来，把蓝图一步一步变成现实。",
]
HOT = "".join(f'<li><a href="/{n}.html">某某县召开第{n}次现场推进会议</a></li>' for n in range(20))


def served(
    *paragraphs: str,
    hot: str = HOT,
    above: str = "",
    below: str = "",
    visits: int = 1,
    inside: str = "",
    ending: str = "",
) -> bytes:
    body = "".join(f"<p>{each}</p>" for each in paragraphs or REPORT) + ending
    return f"""<html><head><title>2026年政府工作报告</title><script>var visit = {visits};</script></head><body>
<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>{above}
<h1>2026年政府工作报告</h1><div class="info">来源：某市人民政府　浏览：{visits}　今日访问本站人数为{visits}</div>
<div id="zoom"{inside}>{body}</div>{below}
<ul class="hot">{hot}</ul><div class="foot">某市政府主办　网站标识码{visits:010}</div></body></html>""".encode()


def imprint_of(content: bytes) -> str:
    return extract_with_imprint(content, "http://portal.example/a/1.html", HTML)[1]


@pytest.mark.parametrize(
    "later",
    [
        served(visits=98_765),
        served(hot=HOT.replace("现场", "视频")),
        served(hot=""),
        served(
            above="<!-- 09:41:07 --><div></div>", below='<div class="ad"><a href="/x"><img src="/ad.png"></a></div>'
        ),
    ],
    ids=["counters", "other links", "no links", "boxes"],
)
def test_a_page_whose_furniture_moved_is_recognised(later: bytes) -> None:
    known = imprint_of(served())
    assert known
    assert is_recognised(later, HTML, known)


def sharing(token: int, shared: int) -> str:
    """A box that stands right below the last paragraph, drawn anew for each request."""
    links = f'<a href="/share?t={token:032x}">微信</a> <a href="/s/{shared}">{shared} 次分享</a>'
    return f'<div class="bdsharebuttonbox" data-t="{token:032x}">分享 {links} 赞（{shared}）</div>'


def test_a_box_within_the_report_s_element_may_move() -> None:
    known = imprint_of(served(ending=sharing(7, 51560)))
    assert known
    assert is_recognised(served(ending=sharing(8, 47760)), HTML, known)
    assert not is_recognised(served(ending=sharing(8, 47760) + "<p>谢谢！</p>"), HTML, known)
    assert not is_recognised(served(ending="<p>谢谢！</p>" + sharing(8, 47760)), HTML, known)


def test_an_imprint_of_an_earlier_version_recognises_nothing() -> None:
    digest, place, *_ = imprint_of(served()).split(" ")
    assert not is_recognised(served(), HTML, f"{digest} {place}")


EDITED = {
    "a number": served(REPORT[0], REPORT[1].replace("6%", "5%"), *REPORT[2:]),
    "a sign": served(*REPORT[:3], REPORT[3].replace("，", "、", 1)),
    "a paragraph went": served(*REPORT[:2], REPORT[3]),
    "a paragraph came": served(*REPORT, "为了美好的明天而努力奋斗！"),
    "a short paragraph came": served(*REPORT, "谢谢！"),
    "a short paragraph came first": served("同志们：", *REPORT),
    "a paragraph behind the box": served(below="<p>财政收入增长3%以上，居民收入与经济同步增长。</p>"),
    "a paragraph before the box": served(above="<p>财政收入增长3%以上，居民收入与经济同步增长。</p>"),
    "a paragraph is hidden": served().replace("<p>地区".encode(), '<p style="display:none">地区'.encode()),
    "the box is hidden": served(inside=' style="display:none"'),
    "a further part": served(below='<div><a href="1_2.html">下一页</a></div>'),
    "a further part by script": served(below='<script>createPageHTML(3, 0, "1", "html");</script>'),
    "a further part by an image": served(below='<a href="1_2.html"><img src="/n.gif" alt="下一页"></a>'),
    "another number of parts": served(below='<script>createPageHTML(4, 0, "1", "html");</script>'),
    "a part by its title": served().replace(b"<title>2026", "<title>（第2页/共5页）2026".encode()),
    "a document": served(below='<a href="/files/2026年政府工作报告.pdf">2026年政府工作报告全文下载</a>'),
    "another page": b"<html><body><p>" + "系统维护中，请稍后访问。".encode() + b"</p></body></html>",
    "nothing": b"",
}  # fmt: skip


@pytest.mark.parametrize("name", EDITED)
def test_what_was_edited_is_not_recognised(name: str) -> None:
    assert not is_recognised(EDITED[name], HTML, imprint_of(served()))


def test_a_change_of_the_scripted_pager_is_seen_where_there_was_one_before() -> None:
    before = served(below='<script>createPageHTML(1, 0, "1", "html");</script>')
    assert is_recognised(before, HTML, imprint_of(before))
    assert not is_recognised(EDITED["a further part by script"], HTML, imprint_of(before))


def test_what_is_no_web_page_or_says_nothing_has_no_imprint() -> None:
    assert imprint_of(b"<html><body><a href='/'>x</a></body></html>") == ""
    assert extract_with_imprint("\n".join(REPORT).encode(), "http://portal.example/a.txt", "text/plain")[1] == ""
    assert not is_recognised(b"%PDF-1.7", "application/pdf", imprint_of(served()))


@pytest.mark.parametrize("shape", NAMES)
def test_a_recognised_page_says_what_it_said(shape: str) -> None:
    """Pages of one shape, with whatever moves on portals drawn anew, and other reports among them."""
    start = NAMES.index(shape)
    drawn = [page(number) for number in range(start, start + 12 * len(NAMES), len(NAMES))]
    read = [extract_with_imprint(each.content, "", each.content_type) for each in drawn]
    for first, known in read:
        for other, (second, _) in zip(drawn, read, strict=True):
            if known and is_recognised(other.content, other.content_type, known):
                assert second.paragraphs == first.paragraphs


@pytest.mark.parametrize("number", range(0, 10 * len(NAMES), 7))
def test_no_edited_character_of_a_report_is_passed_over(number: int) -> None:
    """A character of some paragraph is another one, wherever the paragraph stands in whatever markup."""
    drawn, dice = page(number), random.Random(number)
    markup = drawn.content.decode("utf-8", "ignore")
    article, known = extract_with_imprint(markup.encode(), "", HTML)
    found = [(line, markup.find(line)) for line in article.paragraphs if len(line) > 3 and markup.count(line) == 1]
    for line, at in dice.sample(found, min(3, len(found))):
        place = at + dice.randrange(len(line))
        edited = markup[:place] + ("改" if markup[place] != "改" else "政") + markup[place + 1 :]
        if extract(edited.encode(), "", HTML).paragraphs != article.paragraphs:
            assert not (known and is_recognised(edited.encode(), HTML, known))
