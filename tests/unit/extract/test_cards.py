"""Lists of other articles, whatever they say of them, and the words of readers: neither gets into a short body."""

import pytest

from crawler.extract import extract

BODY = (
    "现将全县全年稳增长目标任务下达给你们,请结合实际认真抓好落实。",
    "地区生产总值增长6.5%左右,一般公共预算收入增长5%,城镇新增就业4500人。",
    "特此通知。",
)
NAMES = ("青岚县召开重点项目推进会", "大桥主体工程合龙,明年通车", "文旅节下月举行")
SUMMARY = "记者获悉,今年以来全县重点项目建设提速,1至9月完成投资210亿元,同比增长9.4%。"
CARDS = {
    "cards": "<li><a href=/{n}><img></a><h4><a href=/{n}>{name}</a></h4><p>{summary}</p><span>2026/6/13</span></li>",
    "cards with links onward": "<li><h4><a href=/{n}>{name}</a></h4><p>{summary}<a href=/{n}>[详细]</a></p></li>",
    "terms": "<dt><a href=/{n}>{name}</a></dt><dd>{summary}</dd>",
    "names": "<li><a href=/{n}>{name}</a></li>",
    "names without links": "<li>{name}</li>",
    "numbered names": "<li>{n}.{name}</li>",
    "rows": "<tr><td>{n}</td><td><a href=/{n}>{name}</a></td><td>4793</td></tr>",
}
SECTION = (
    "一、工作回顾",
    "全县地区生产总值达到212亿元,增长6.1%。",
    "改造老旧小区22个,新增普惠托位640个,群众得到更多实惠。",
)


def cards(name: str) -> str:
    entries = (CARDS[name].format(n=n, name=each, summary=SUMMARY) for n, each in enumerate(NAMES, 1))
    tag = {"terms": "dl", "rows": "table"}.get(name, "ul")
    return f"<{tag}>{''.join(entries)}</{tag}>"


def paragraphs(markup: str) -> tuple[str, ...]:
    return extract(f"<html><body><div>{markup}</div></body></html>").paragraphs


def body(texts: tuple[str, ...] = BODY) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "heading",
    ["<h3>相关阅读</h3>", "<p><b>为您推荐</b></p>", "<div><span>热门推荐</span><a href=/m>更多&gt;&gt;</a></div>"],
)
@pytest.mark.parametrize("name", CARDS)
def test_a_list_goes_to_its_end_behind_a_short_body(name: str, heading: str) -> None:
    assert paragraphs(f"<div>{body()}</div><div>{heading}{cards(name)}</div>") == BODY
    assert paragraphs(f"{body()}<div>{heading}{cards(name)}</div>") == BODY


@pytest.mark.parametrize("name", ["cards", "names", "numbered names", "rows"])
def test_a_list_amid_the_body_goes_and_the_body_goes_on(name: str) -> None:
    aside = f"<div><h3>延伸阅读</h3>{cards(name)}</div>"
    assert paragraphs(f"{body(SECTION * 3)}{aside}{body(SECTION[1:])}") == (*SECTION * 3, *SECTION[1:])


def test_names_and_summaries_that_take_turns_without_a_box_go() -> None:
    turns = "".join(f"<p><a href=/{n}>{name}</a></p><p>{SUMMARY}</p>" for n, name in enumerate(NAMES))
    assert paragraphs(f"{body()}<p>更多相关推荐</p>{turns}") == BODY


def test_a_paragraph_behind_a_linked_name_is_no_summary() -> None:
    aside = f"<h3>延伸阅读</h3><p><a href=/1>{NAMES[0]}</a></p>"
    assert paragraphs(f"{body(SECTION * 3)}{aside}{body(SECTION[1:])}") == (*SECTION * 3, *SECTION[1:])


@pytest.mark.parametrize("heading", ["关于青岚论坛", "作者简介", "网站简介"])
def test_a_self_portrait_goes_with_its_heading(heading: str) -> None:
    told = "<p>创办于2010年,收录各类材料五千余篇,是写作者的好帮手。</p><a href=/me>查看主页</a>"
    assert paragraphs(f"<div>{body(BODY[1:2])}</div><div><h3>{heading}</h3>{told}</div>") == BODY[1:2]


REMARKS = {
    "place and address": "<div>青岚网友(ip:10.0.*.*):</div><div>{}</div><div>顶93 踩40 分享</div>",
    "reader": "<p>青岚读者 爱吃桃子的猫:</p><p>{}</p>",
    "name behind": "<p>“{}”——云中客</p>",
    "buttons": "<div><b>云中客</b></div><div>{}</div><div>顶(3) 回复(1)</div>",
}
WORDS = ("固定资产投资增长9%的目标,我看要再提高一些。", "每年都说要建新医院,今年总算写进去了,立此存照", "顶一个,写得好")


@pytest.mark.parametrize("count", [3, 24])
@pytest.mark.parametrize(
    "heading", ["<h4>热门跟帖(跟帖62965条 有81778人参与)</h4>", "<p>大家怎么看</p>", "<h3>网友评论</h3>"]
)
@pytest.mark.parametrize("name", REMARKS)
def test_remarks_go_however_many(name: str, heading: str, count: int) -> None:
    said = "".join(REMARKS[name].format(WORDS[n % len(WORDS)]) for n in range(count))
    whole = SECTION * 2
    assert paragraphs(f"<div>{body(whole)}</div><div>{heading}{said}</div>") == whole


@pytest.mark.parametrize(
    "between", ["<div><p>看点集锦</p><ul><li><a href=/1>县长调研</a></li></ul></div>", "<section>领取福利</section>"]
)
def test_sections_of_some_paragraphs_are_one_body_whatever_stands_between(between: str) -> None:
    section = f"<section><section>{body(SECTION)}</section></section>"
    assert paragraphs(f"{section}{between * 4}{section}{between}{section}") == SECTION * 3


HEADED = ("青岚县人民政府工作报告", "——2026年1月20日在青岚县第十届人民代表大会第五次会议上", *SECTION)
TITLE = "<h1>青岚县2026年政府工作报告</h1>"


@pytest.mark.parametrize(
    "empty",
    [
        "<div><h3>为您推荐</h3></div>",
        "<div><h3>热门推荐</h3><ul></ul></div>",
        "<div><h3>相关链接</h3><a href=/1><img src=1.jpg></a></div>",
        "<span>猜你喜欢</span><br>",
        "<p>相关阅读</p>",
    ],
)
@pytest.mark.parametrize("page", ["{}" + TITLE + "<div>{}</div>", TITLE + "{}<div>{}</div>"])
def test_a_heading_above_the_body_without_a_list_takes_none_of_its_lines(page: str, empty: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in HEADED)
    assert paragraphs(page.format(empty, text)) == paragraphs(page.format("", text)) == HEADED


@pytest.mark.parametrize(
    "remark",
    [
        "王小样 发表于 2026-2-5：地区生产总值增长6%左右，加油！",
        "匿名用户：增速6%有点保守啊，去年都6.5%了 回复(5270) 赞(414)",
        "网友：目标6%能完成吗，希望多修几条路 回复（3）",
    ],
)
def test_one_remark_without_a_heading_is_no_body(remark: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in SECTION * 2)
    assert paragraphs(f"<div>{text}</div><div><p>{remark}</p></div>") == SECTION * 2


def test_a_list_amid_the_first_lines_of_a_body_goes() -> None:
    names = "".join(f"<li>{name}</li>" for name in NAMES)
    assert paragraphs(f"{body(SECTION[:1])}<b>相关阅读</b><ul>{names}</ul>{body(SECTION[1:] * 3)}") == (
        SECTION[0],
        *SECTION[1:] * 3,
    )
