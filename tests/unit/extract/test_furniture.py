"""Furniture before, inside and behind a body, in the shapes and layouts of portals: none of it gets into the body.

Each case names one piece of furniture; the body around it is the same every time.
"""

import pytest

from crawler.extract import extract
from crawler.extract.article import list_links

TITLE = "云溪市2024年政府工作报告"
BODY = (
    "各位代表:",
    "一、2023年工作回顾",
    "全市地区生产总值达到812亿元,增长6.3%;一般公共预算收入52.4亿元,增长4.1%;城镇居民人均可支配收入增长5.2%。",
    "(一)产业升级步伐加快。新增规上工业企业36家,高新技术企业18家,新材料产业园一期建成投用。",
    "二、2024年工作安排",
    "主要预期目标是:地区生产总值增长6%左右,固定资产投资增长8%,城镇调查失业率控制在5%以内,居民消费价格涨幅3%左右。",
    "谢谢大家!",
)
HEADLINES = ("云溪市召开重点项目推进会", "青岚县一季度经济开门红", "霞浦湾文旅节下月举行", "大桥主体工程合龙")
LAYOUTS = {
    "paragraphs": ("<div>", "<p>{}</p>", "</div>"),
    "breaks": ("<div>", "　　{}<br><br>", "</div>"),
    "divisions": ("<div>", "<div>{}</div>", "</div>"),
    "cells": ("<table>", "<tr><td>{}</td></tr>", "</table>"),
    "sections": ("<section>", "<section><p><span>{}</span></p></section>", "</section>"),
    "list items": ("<ul>", "<li>{}</li>", "</ul>"),
    "one article": ("<article>", "<p>{}", "</article>"),
}
LIST = "<ul>" + "".join(f"<li><a href='/{n}'>{headline}</a></li>" for n, headline in enumerate(HEADLINES)) + "</ul>"
BEFORE = {
    "navigation": "<div><a href='/'>首页</a> <a href='/zw'>政务公开</a> <a href='/fw'>办事服务</a></div>",
    "place": "<div>您现在的位置:<a href='/'>首页</a> &gt; <a href='/x'>信息公开</a> &gt; 工作报告</div>",
    "index card": "<table><tr><td>索引号:</td><td>2/24-16</td><td>发布机构:</td><td>云溪市</td></tr></table>",
    "title": f"<h1>{TITLE}</h1>",
    "title and credits": f"<h1>{TITLE}</h1><p>发布时间:2024-02-08 10:20 来源:云溪发布 浏览次数:<span>88</span></p>",
    "size of type": "<div>字号:[<a>大</a> <a>中</a> <a>小</a>] <a>打印</a></div>",
    "date and number": "<div>2024-02-08</div><div>10086</div>",
    "hot list": f"<div><h3>热门推荐</h3>{LIST}</div>",
    "search": "<form><input name=q><button>站内搜索,请输入您要查找的内容。</button></form>",
    "select": "<select><option>各区县政府网站,请选择。</option><option>青岚县</option></select>",
    "call": "<p>点击上方蓝字关注云溪发布公众号</p>",
    "side navigation": "<nav><p>本栏目公开市政府历年工作报告,按年份排列。</p></nav>",
}
INSIDE = {
    "linked advert": "<div><a href='/go/1'>限时优惠,资料大礼包免费领</a></div>",
    "labelled advert": "<p><span>广告</span></p>",
    "advert with text": "<p>【推广】会员特惠三折</p>",
    "call for an app": "<div>下载APP,看更多精彩内容</div>",
    "code to scan": "<p>微信扫码领取福利</p>",
    "frame": "<iframe src='/ad'>您的浏览器不支持框架,请升级。</iframe>",
    "script": "<script>show('advert', 3);</script>",
    "picture": "<p><img src='/a.png' alt='图片'></p>",
    "pager": "<div><a href='/1_2.html'>上一页</a> 1 <a href='/1_2.html'>2</a> <a href='/1_3.html'>下一页</a></div>",
    "share": "<div>分享到:微信 微博 QQ空间</div>",
    "aside": "<aside><p>相关背景:这是编辑部所加的说明,不是报告的内容。</p></aside>",
}
BEHIND = {
    "editor": "<p>责任编辑:小样</p>",
    "editor in brackets": "<p>(作者:样本 编辑:小样)</p>",
    "neighbours": "<p>上一篇:<a href='/1'>青岚县工作报告</a></p><p>下一篇:没有了</p>",
    "related": f"<div><h3>相关阅读</h3>{LIST}</div>",
    "related without links": "<div><h3>相关文章</h3><ul><li>青岚县工作报告</li><li>霞浦湾工作报告</li></ul></div>",
    "disclaimer": "<p>免责声明:以上内容仅供参考,不构成任何投资建议,据此操作风险自担。</p>",
    "rights": "<p>本文来源于网络,版权归原作者所有,如有侵权,请联系我们,本站将及时删除。</p>",
    "address": "<p>本文地址:http://cms.example/baogao/1.html</p>",
    "copyright": "<div><p>Copyright © 2020-2024 样本网 版权所有</p><p>样ICP备12345678号-1</p></div>",
    "counters": "<div>88231</div><div>收藏</div><div>点赞(12)</div><div>分享</div>",
    "comment box": "<form><h4>发表评论</h4><textarea>文明上网。</textarea><p>验证码:</p><button>提交</button></form>",
    "comments": "<div><h3>网友评论</h3><ul><li>今年增长6%的目标,我看有点高了,希望能做到。</li></ul></div>",
    "windows": "<div>【打印本页】 【关闭窗口】</div>",
    "trackback": "<p>引用地址:http://cms.example/trackback/1</p>",
    "scan": "<div>扫一扫在手机打开当前页</div>",
    "footer": "<footer><p>网站由样本公司维护,如有问题,请来电。</p></footer>",
    "owner": "<div>主办单位:云溪市人民政府办公室</div>",
    "tags": "<p>标签:工作报告</p>",
}


def body(layout: str, inside: str = "", at: int = 3) -> str:
    start, one, end = LAYOUTS[layout]
    pieces = [one.format(text) for text in BODY]
    if inside:
        pieces.insert(at, f"<tr><td>{inside}</td></tr>" if layout == "cells" else inside)
    return start + "".join(pieces) + end


def paragraphs(markup: str) -> tuple[str, ...]:
    return extract(f"<html><head><title>{TITLE}_样本网</title></head><body>{markup}</body></html>").paragraphs


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", BEFORE)
def test_what_stands_before_the_body_goes(name: str, layout: str) -> None:
    assert paragraphs(f"<div>{BEFORE[name]}{body(layout)}</div>") == BODY


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", INSIDE)
@pytest.mark.parametrize("at", [1, 3, 6])
def test_what_stands_inside_the_body_goes_and_what_follows_stays(name: str, layout: str, at: int) -> None:
    assert paragraphs(f"<div>{body(layout, INSIDE[name], at)}</div>") == BODY


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", BEHIND)
def test_what_stands_behind_the_body_goes(name: str, layout: str) -> None:
    assert paragraphs(f"<div>{body(layout)}{BEHIND[name]}</div>") == BODY


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_of_it_together_goes(layout: str) -> None:
    markup = f"<div>{''.join(BEFORE.values())}<div>{body(layout)}</div>{''.join(BEHIND.values())}</div>"
    assert paragraphs(markup) == BODY


@pytest.mark.parametrize("count", [1, 10, 200])
def test_a_list_of_links_of_any_length_beside_the_body_goes(count: int) -> None:
    side = "".join(f"<li><a href='/{n}'>{HEADLINES[n % 4]},第{n}期</a></li>" for n in range(count))
    assert paragraphs(f"<div><ul>{side}</ul>{body('paragraphs')}<ul>{side}</ul></div>") == BODY
    assert len(list_links(f"<ul>{side}</ul>", "http://a.example/")) == count


@pytest.mark.parametrize(
    "line",
    [
        "云溪市人民政府", "2024年1月16日", "(2024年1月16日)", "二〇二四年一月十六日", "市长 样本", "同志们!",
        "名词解释", "1.营商环境:企业从设立到退出全过程的外部条件。", "附件:主要指标表",
    ],
)  # fmt: skip
def test_short_lines_that_close_a_report_are_its_own(line: str) -> None:
    start, one, end = LAYOUTS["paragraphs"]
    closed = start + "".join(one.format(text) for text in (*BODY, line)) + end
    assert paragraphs(f"<div>{closed}{BEHIND['editor']}</div>")[-1] == line.replace(" ", "")


@pytest.mark.parametrize(
    "line",
    [
        "做好今年工作,要坚持稳中求进,分享改革成果,关注民生热点。",
        "打印、复印等便民服务下沉到村。",
        "声明狼藉的违法企业,一律依法处置。",
        "网络评论工作扎实推进,网络空间更加清朗。",
        "相关部门要各司其职,广告产业园区年内开园。",
    ],
)
def test_sentences_with_words_of_furniture_stay(line: str) -> None:
    start, one, end = LAYOUTS["paragraphs"]
    texts = (*BODY[:4], line, *BODY[4:])
    assert paragraphs(start + "".join(map(one.format, texts)) + end) == texts


def test_a_list_of_names_in_the_middle_goes_and_the_body_goes_on() -> None:
    names = "<h3>相关阅读</h3><p>青岚县工作报告</p><p>霞浦湾工作报告</p>"
    assert paragraphs(f"<div>{body('paragraphs', names, 4)}</div>") == BODY


def test_a_sentence_behind_the_neighbours_is_no_body() -> None:
    behind = f"{BEHIND['neighbours']}<p>读了这份材料,大家都觉得很受启发,下次再来看看。</p>"
    flat = "".join(f"<p>{text}</p>" for text in BODY)
    assert paragraphs(f"<div>{flat}{behind}</div>") == BODY


@pytest.mark.parametrize("head", ["<div>评论(3)</div>", "<p>我来说两句</p>", "<p>云溪发布 3小时前</p>"])
def test_a_link_to_the_comments_above_the_body_does_not_end_it(head: str) -> None:
    assert paragraphs(f"<div><div>{head}{body('paragraphs')}</div></div>")[-len(BODY) :] == BODY


def test_lines_around_a_report_in_a_table_stay() -> None:
    start, one, end = LAYOUTS["cells"]
    rows = start + "".join(one.format(text) for text in BODY[2:6]) + end
    assert paragraphs(f"<div><p>各位代表:</p>{rows}<p>谢谢大家!</p></div>") == (BODY[0], *BODY[2:])
