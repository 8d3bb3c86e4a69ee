"""Lines that begin like furniture and are none, counters that move, adverts and remarks amid a body."""

import pytest

from crawler.extract import extract
from crawler.extract.phrases import states

BODY = (
    "各位代表:现在,我代表县人民政府向大会报告工作,请予审议。",
    "全县地区生产总值达到212亿元,增长6.1%;一般公共预算收入12.4亿元,增长3.2%。",
    "(一)着力扩大内需。实施重点项目86个,完成投资74亿元,消费市场持续回暖。",
    "(二)着力改善民生。改造老旧小区22个,新增普惠托位640个,群众得到更多实惠。",
    "(三)着力保护生态。空气优良天数比例达到96%,河流断面水质全部达标。",
    "各位代表,让我们团结一心,真抓实干,为建设美丽家园不懈奋斗!",
)
LAYOUTS = {
    "paragraphs": ("<div>", "<p>{}</p>", "</div>"),
    "breaks": ("<div>", "　　{}<br><br>", "</div>"),
    "divisions": ("<div>", "<div>{}</div>", "</div>"),
}
STATEMENTS = (
    "扫码点餐商户突破3200家",
    "微信扫码缴费覆盖率提高到88%",
    "打开“青岚办”小程序可办事项增加到320项",
    "推广:测土配方施肥12万亩",
    "版权交易额增长14%,查处侵权案件31件",
    "如需改造的危房,完成率达到100%",
    "时间:2027年6月底前完成,责任单位:县水务局",
    "阅读量:人均8本",
    "二审:案件数下降7%",
    "地址:改建幼儿园9所",
    "位置:前移5位",
)


def paragraphs(markup: str) -> tuple[str, ...]:
    return extract(f"<html><body><div><h1>青岚县政府工作报告</h1>{markup}</div></body></html>").paragraphs


def page(piece: str, layout: str = "paragraphs", at: int = 3) -> str:
    start, one, end = LAYOUTS[layout]
    pieces = [one.format(text) for text in BODY]
    pieces.insert(at, piece)
    return start + "".join(pieces) + end


def with_line(line: str, at: int = 3) -> tuple[str, ...]:
    return (*BODY[:at], line, *BODY[at:])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("line", STATEMENTS)
def test_a_statement_amid_the_body_stays_however_it_begins(line: str, layout: str) -> None:
    assert states(line)
    assert paragraphs(page(LAYOUTS[layout][1].format(line), layout)) == with_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "扫码下载客户端,新人立减20元", "长按识别二维码关注公众号,已有3200人关注", "广告:贷款利率低至3%",
        "推广 | 学历提升6个月拿证,通过率95%", "上一篇:霞浦县地区生产总值增长6%", "来源:云溪发布",
        "点击免费领取资料,完成率100%",
    ],
)  # fmt: skip
def test_calls_and_credits_go_whatever_they_count(line: str) -> None:
    assert not states(line)
    assert paragraphs(page(f"<p>{line}</p>")) == BODY


def test_a_row_of_nothing_but_furniture_goes_and_rows_of_data_stay() -> None:
    row = "<table><tr><td>今日访问33人次</td><td>责任编辑：小样</td></tr></table>"
    assert paragraphs(page(row)) == paragraphs(page(row, at=len(BODY))) == BODY
    data = "<table><tr><td>访问村居</td><td>33个</td></tr></table>"
    assert "访问村居 | 33个" in paragraphs(page(data))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("heading", ["讨论区", "评论:", "网友评论", "发表评论"])
@pytest.mark.parametrize("at", [2, 3])
def test_a_heading_of_comments_amid_the_body_is_not_believed(heading: str, at: int, layout: str) -> None:
    assert paragraphs(page(LAYOUTS[layout][1].format(heading), layout, at)) == BODY


def test_a_section_on_debates_amid_sections_is_body() -> None:
    sections = "".join(
        f"<section><h2>{n}</h2><p>{BODY[1]}</p><p>{BODY[2]}</p></section>" for n in ("概况", "讨论", "展望")
    )
    assert [text for text in paragraphs(f"<div>{sections}</div>") if len(text) > 9] == [BODY[1], BODY[2]] * 3


@pytest.mark.parametrize(
    "remarks",
    [
        "<p>网友甲 2027-01-02 10:22</p><p>今年增长6%的目标,我看有点高了,希望能做到。</p>" * 4,
        "<ul>" + "<li>今年增长6%的目标,我看有点高了,希望能做到。</li>" * 4 + "</ul>",
        "<p>今年增长6%的目标,我看有点高了。</p>",
    ],
)
def test_a_heading_of_comments_is_believed_where_comments_follow(remarks: str) -> None:
    assert paragraphs(page(f"<p>网友评论</p>{remarks}", at=6)) == BODY


@pytest.mark.parametrize(
    "piece", [f"<p><a href='/x'>{STATEMENTS[4]}。</a></p>", f"<aside>{STATEMENTS[4]}。</aside>"]
)  # fmt: skip
def test_a_sentence_that_is_wholly_a_link_or_an_aside_amid_the_body_stays(piece: str) -> None:
    assert paragraphs(page(piece)) == with_line(f"{STATEMENTS[4]}。")
    assert paragraphs(page(piece, at=6)) == BODY


@pytest.mark.parametrize("tag", ["nav", "footer", "button"])
def test_no_other_furniture_is_taken_for_an_aside(tag: str) -> None:
    assert paragraphs(page(f"<{tag}>{STATEMENTS[4]}。</{tag}>")) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "发布:2027-02-03　来源:网络　热度:{}", "日期:2027-02-03 作者:样本 关注度:{}", "编号:{}", "热度:{}℃",
        "您是第{}位访客", "本文被浏览{}次", "{}人看过", "{}人读过", "已帮助{}人", "已影响{}人", "本页点击量:{} 次",
        "人气值:{}", "PV:{} UV:{}", "Hits: {}", "Views {}", "Downloads: {}", "已有{}人阅读过此文",
        "字数:9000 约需{}分钟 阅读量 {}", "下载次数:{} 积分:3 格式:docx 大小:{}KB", "当前在线{}人,昨日访问{}",
        "评分:9.{}分({}人评价)", "Processed in 0.{} second(s)", "青岚 明日小雨 {}℃~9℃", "本文阅读量达到{}人次",
        "支持 {} 反对 {} 震惊 {}", "更多精彩内容敬请关注本站,今日更新{}篇",
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", [0, 3, 6])
def test_a_line_that_counts_readers_goes_wherever_it_stands(line: str, at: int) -> None:
    for number in (7, 98765):
        assert paragraphs(page(f"<p>{line.replace('{}', str(number))}</p>", at=at)) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "全民阅读:建成书屋20个", "文化:阅读活动120场,参与群众3万人次", "展望:看2027年,机遇大于挑战",
        "网络:在线办理事项320项", "支持企业12家", "气象:新建自动站9座", "编号管理古树名木212株", "帮助困难群众3000人",
    ],
)  # fmt: skip
def test_a_line_that_counts_anything_else_stays(line: str) -> None:
    assert paragraphs(page(f"<p>{line}</p>")) == with_line(line)


LINKS = "".join(f"<li><a href='/{n}'>县长调研重点项目{n}</a><span>2027-01-1{n}</span></li>" for n in range(4))


@pytest.mark.parametrize(
    "piece",
    [
        "<div class=x>精装公寓仅需{}元</div>", "<div><div>大豆油{}元起</div></div>", "<ins>买{}送三</ins>",
        "<aside>会员限时{}折</aside>", "<div>视频播放 {}次 时长03:12</div>", f"<ul>{LINKS}</ul>",
        "<div><a href='/{}'>特惠{}元</a></div>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", [2, 4])
def test_adverts_set_apart_amid_the_body_go(piece: str, at: int) -> None:
    assert paragraphs(page(piece.replace("{}", "99"), at=at)) == BODY


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("div", "二、2027年工作安排"), ("h3", "惠民优惠政策落实"), ("div", "表1主要指标(单位:亿元)"),
        ("div", "投资完成74亿元"), ("blockquote", "发放消费券3000万元"), ("p", "免费开放场馆12个"),
    ],
)  # fmt: skip
def test_headings_and_statements_set_apart_stay(tag: str, line: str) -> None:
    assert paragraphs(page(f"<{tag}>{line}</{tag}>")) == with_line(line)


TEXT = "固定资产投资增长9%的目标,我看要再提高一些。"
REMARKS = {
    "text and date in one": f"<p>云中客:{TEXT}(2027-02-03 08:12)</p>",
    "name behind": f"<li>{TEXT} <em>--云中客 2027-02-03 08:12</em></li>",
    "floors": f"<dl><dt>第12楼 云中客</dt><dd>{TEXT}</dd></dl>",
    "time last": f"<div>云中客 <i>浙江</i></div><div>{TEXT}</div><div>3天前 · 回复</div>",
    "with buttons": f"<div><span>云中客</span> <span>12分钟前</span><p>{TEXT}</p><a>赞(3)</a></div>",
}


@pytest.mark.parametrize("count", [1, 2, 6])
@pytest.mark.parametrize("heading", ["", "<p>我要评论 共3条</p>", "<h4>互动交流</h4>", "<h3>评论3</h3>"])
@pytest.mark.parametrize("name", REMARKS)
def test_remarks_behind_the_body_go(name: str, heading: str, count: int) -> None:
    box = f"<div>{heading}{REMARKS[name] * count}</div>"
    assert paragraphs(page(box, at=6)) == BODY
    assert paragraphs(page("", at=6) + box) == BODY


@pytest.mark.parametrize("count", [1, 2, 6])
@pytest.mark.parametrize("sentence", ["今年改造老旧小区22个。", "谢谢大家!"])
def test_remarks_longer_than_a_body_of_one_sentence_go(sentence: str, count: int) -> None:
    box = f"<section><h3>评论{count}</h3>{REMARKS['with buttons'] * count}</section>"
    assert paragraphs(f"<article><div>{sentence}</div></article>{box}") == (sentence,)


def test_credits_with_a_count_of_comments_above_the_body_head_no_comments() -> None:
    assert paragraphs(f"<div><div>评论 3</div><p>2027-02-03 08:12</p>{page('')}</div>") == BODY


@pytest.mark.parametrize(
    "pager",
    [
        "<p>页次:2/4页 <a>首页</a> <a>上一页</a> <a>下一页</a> <a>尾页</a></p>",
        "<table><tr><td>共<b>3</b>页</td><td>当前第<b>1</b>页</td><td><a>下一页</a></td></tr></table>",
        "<div><b>1</b><a>2</a><a>3</a><a>... 12</a><label><span> / 12 页</span></label><a>下一页</a></div>",
    ],
)
@pytest.mark.parametrize("at", [3, 6])
def test_pagers_go_whatever_they_are_made_of(pager: str, at: int) -> None:
    assert paragraphs(page(pager, at=at)) == BODY


def test_a_link_home_at_the_end_of_the_last_paragraph_goes_and_the_paragraph_stays() -> None:
    last = f"<p>{BODY[-1]}<a href='/'>返回青岚网首页&gt;&gt;</a></p><div>收藏 分享</div>"
    assert paragraphs("".join(f"<p>{text}</p>" for text in BODY[:-1]) + last) == BODY


def test_a_row_of_credits_goes_be_one_of_its_cells_no_label() -> None:
    cells = (
        "日期：2027-02-03",
        "稿源：青岚县融媒体中心",
        "分享 微信扫一扫：打开微信，点“发现”，扫一下 就能把本文发给朋友。",
    )
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    assert paragraphs(f"<table width=100%><tr>{row}</tr></table>{page('', 'breaks')}") == BODY


def test_a_row_of_data_that_names_its_source_stays() -> None:
    rows = (("指标", "目标", "说明"), ("粮食产量", "31万吨", "来源：县统计局"), ("绿化率", "46%", "含村庄"))
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    found = paragraphs(page(f"<table border=1>{table}</table>"))
    assert " | ".join(rows[1]) in found


@pytest.mark.parametrize(
    "line", ["下面是青岚文库小编精心编辑的2027年青岚县政府工作报告。", "青岚网小编带来2027年青岚县经济社会发展目标。"]
)
@pytest.mark.parametrize("at", [0, 6])
def test_what_an_editor_of_a_site_offers_is_none_of_the_body(line: str, at: int) -> None:
    assert paragraphs(page(f"<p>{line}</p>", at=at)) == BODY
