"""What the soak of tests/chaos found: bodies lost or added to by furniture that stands beside them in a rare way."""

import pytest

from crawler.extract import extract

NOTICE = (
    "各镇人民政府，县直各单位：",
    "经研究同意，现将2024年稳增长任务下达给你们，请认真抓好落实。全年规模以上工业增加值增长6%，商品零售额增长4%。",
    "特此通知。",
)
LETTER = (
    "——2023年2月1日在柳塘县第十届人民代表大会第二次会议上",
    "柳塘县县长陈远",
    "各位代表：",
    "我受县人民政府委托，向大会作政府工作报告，请予审查，并请列席人员提出意见。",
    "今年发展的主要目标是：地区生产总值增长6%，粮食总产量稳定在4亿斤以上。",
    "坚持项目为王，全力以赴稳增长。开工亿元以上项目36个，竣工22个。",
    "各位代表！蓝图已经绘就，奋斗正当其时，让我们携手同心，再创佳绩！",
)
DECREE = (
    "各县人民政府，市政府各部门：",
    "《2024年重点任务分工》已经市政府同意，现印发给你们，请认真组织实施。",
    "一、地区生产总值增长8%左右。（责任单位：市发展改革委）",
    "二、新建、改造城市道路41条，新增公共停车位7934个。（责任单位：市住房城乡建设局）",
    "三、新增养老床位652张，特殊困难老年人探访率达到98%。（责任单位：市民政局）",
    "四、新增城镇就业4500人，失业率控制在5%以内。（责任单位：市人力资源社会保障局）",
)


def marked(paragraphs: tuple[str, ...], tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in paragraphs)


def test_an_empty_list_above_takes_no_body_whose_only_other_sentence_is_the_sites() -> None:
    labels = '<span>标签：</span><h3><a href="/t/1">杂谈</a></h3>'
    foot = "<div><p>建议使用1024*768分辨率，IE8.0以上浏览器浏览本站</p></div>"
    article = f"<div><h2>关于下达任务的通知</h2>{labels}<div>{marked(NOTICE)}</div></div>"
    assert extract(f"<div><span>阅读排行榜</span><br>{article}</div>{foot}").paragraphs == NOTICE


def test_a_list_in_tables_ends_before_a_body_in_tables_though_an_advert_stands_amid_its_first_lines() -> None:
    names = ("全县两会时间", "天气预报：周末有雨", "河湾镇一季度开门红", "县领导调研企业", "关于防汛工作的通知")
    links = "".join(f'<a href="/a/{number}.html">{name}</a><br>' for number, name in enumerate(names))
    code = '<p><img src="/qr/1.png" alt="识别"><br>长按识别二维码，关注“柳塘发布”</p>'
    lines = [f"&nbsp; {text}<br><br>" for text in LETTER]
    page = (
        f"<table><tr><td><table><tr><td>推荐阅读</td></tr><tr><td>{links}</td></tr></table>"
        "<table><tr><td><b>柳塘县政府工作报告</b></td></tr><tr><td>2024-01-22 阅读：7次</td></tr>"
        f"<tr><td>{''.join(lines[:2])}{code}{''.join(lines[2:])}</td></tr></table></td></tr></table>"
    )
    assert extract(page).paragraphs == LETTER


def test_an_item_between_two_adverts_is_no_summary_of_another_article() -> None:
    adverts = (
        '<div><a href="/x/1">限时优惠第3期，资料大礼包免费领</a></div>',
        '<div><a href="/x/2">打开客户端，阅读体验更佳</a> <a href="/x/3">限时优惠第3期，资料大礼包免费领</a></div>',
    )
    lines = [f"<div>{text}</div>" for text in DECREE]
    body = "".join([*lines[:4], adverts[0], lines[4], adverts[1], *lines[5:]])
    assert extract(f"<div><h1>重点任务分工</h1><div>{body}</div></div>").paragraphs == DECREE


def test_an_item_between_a_linked_advert_and_one_that_says_so_is_no_summary_of_another_article() -> None:
    lines = [f"<div>{text}</div>" for text in DECREE]
    linked, labelled = '<div><a href="/x/1">公务员培训班火热报名中</a></div>', "<div>【广告】会员特惠6折</div>"
    body = "".join([*lines[:4], linked, lines[4], labelled, *lines[5:]])
    assert extract(f"<div><h1>重点任务分工</h1><div>{body}</div></div>").paragraphs == DECREE


def test_a_linked_line_of_counts_still_tells_a_summary() -> None:
    entry = (
        '<div><a href="/a/7">河湾镇：老旧小区改造进展顺利</a></div>'
        "<div>记者从市发改委获悉，今年以来重点项目建设提速，完成投资210亿元。</div>"
        '<div><a href="/a/7">阅读(310)</a> <a href="/a/7">评论(12)</a></div>'
    )
    lines = "".join(f"<div>{text}</div>" for text in DECREE)
    assert extract(f"<div><h1>重点任务分工</h1><div>{lines}{entry}</div></div>").paragraphs == DECREE


def test_remarks_are_held_against_the_body_and_not_against_cards_before_them() -> None:
    card = (
        '<li><h4><a href="/a/{0}">全市教育大会召开</a></h4><p>本报讯 昨日，现场会在河湾镇召开，会议要求倒排工期。'
        '<a href="/a/{0}">[详细]</a></p></li>'
    )
    cards = "".join(card.format(number) for number in range(3))
    remarks = (
        "请问去年说的5所幼儿园建好了吗？我家孩子明年就要上学了。",
        "数据要实，别搞虚的。去年说增长8%，没感觉到。",
    )
    said = "".join(f"<li><p>{text}</p></li>" for text in remarks)
    page = (
        f"<div><h1>关于下达任务的通知</h1>{marked(NOTICE)}<div><div><span>猜你喜欢</span></div><ul>{cards}</ul></div>"
        f"<div><h4>精彩评论</h4><ul>{said}</ul></div></div><div><div><h3>大家都在看</h3><ul>{cards}</ul></div></div>"
    )
    assert extract(page).paragraphs == NOTICE


def test_a_lone_remark_in_a_box_with_the_sites_own_sentence_is_one() -> None:
    said = "柳塘县2024年主要预期目标为：地区生产总值增长7%左右，一般公共预算收入增长3%，城镇新增就业9199人以上。"
    remark = "<div><p>用户3179：数据要实，别搞虚的。去年说增长7%，老百姓没感觉到。 回复(3402) 赞(8326)</p></div>"
    offer = '<div><p>关注“柳塘发布”微信公众号，及时了解更多资讯。</p><img src="/qr/9.png"></div>'
    rows = f"<tr><td>柳塘县2024年主要预期目标</td></tr><tr><td>&nbsp; {said}</td></tr><tr><td>{remark}{offer}</td></tr>"
    page = f"<html><head><title>柳塘县2024年主要预期目标</title></head><body><table>{rows}</table></body></html>"
    assert extract(page).paragraphs == (said,)


def test_an_empty_list_above_does_not_head_the_box_that_holds_the_pages_title() -> None:
    said = "柳塘县2024年主要预期目标为：地区生产总值增长7%左右，一般公共预算收入增长3%，城镇新增就业9199人以上。"
    offer = '<p><a href="/x/4">考试必备！申论热点40讲，名师直播课</a></p>'
    remark = "<p>一米阳光：我是基层干部，为报告点赞！今年力争新增就业3000人，加油干，早日实现。</p>"
    title = "柳塘县2024年主要预期目标"
    article = f"<div><span>热门排行</span><br><div><strong>{title}</strong>{offer}<div>{said}</div></div></div>"
    remarks = f"<div><h4>全部评论</h4><ul><li>{remark}</li></ul></div>"
    page = f"<html><head><title>{title}-柳塘日报</title></head><body>{article}{remarks}</body></html>"
    assert extract(page).paragraphs == (said,)


def test_a_calendar_beside_a_body_of_one_sentence_is_none_of_it() -> None:
    said = "柳塘县2024年主要预期目标为：地区生产总值增长7%左右，一般公共预算收入增长3%，城镇新增就业9199人以上。"
    days = "".join(f"<tr>{''.join(f'<td>{day}</td>' for day in range(first, first + 7))}</tr>" for first in (1, 8))
    week = "".join(f"<th>{day}</th>" for day in "日一二三四五六")
    foot = "<p>主办单位：柳塘县人民政府办公室 承办单位：柳塘县大数据中心</p>"
    article = f"<div><h1>柳塘县2024年主要预期目标</h1><div>　　{said}<br></div></div>"
    page = f"{article}<div><table><tr>{week}</tr>{days}</table></div><div>{foot}</div>"
    assert extract(page).paragraphs == (said,)


def test_furniture_above_a_body_is_no_name_of_an_empty_lists_articles() -> None:
    above = '<div><h4>延伸阅读</h4><a href="/a/7.html"><img src="/t/7.jpg"></a></div><div>听新闻 00:00/05:20</div>'
    first = "——2023年2月1日在柳塘县第十届人民代使大会第二次会议上"
    rest = "".join(f"<h2>{text}</h2>" if len(text) < 14 else f"　　{text}<br>" for text in LETTER[1:])
    body = f"<div>　　{first}<br>{rest}</div>"
    page = f"<div><h1>柳塘县政府工作报告</h1>{above}<div>阅读量：1628</div>{body}</div>"
    assert extract(page).paragraphs == (first, *LETTER[1:])


CREDIT = "<p>主办单位：柳塘县人民政府办公室 承办单位：柳塘县大数据中心</p>"


@pytest.mark.parametrize(
    "body",
    [("柳塘县2024年主要预期目标为：地区生产总值增长7%左右，一般公共预算收入增长3%，城镇新增就业9199人以上。",), LETTER],
    ids=["sentence", "letter"],
)
def test_a_credit_line_below_marked_up_as_the_body_adds_no_label_above_it(body: tuple[str, ...]) -> None:
    contents = "<div><p>目录</p><ul></ul></div>"
    article = f"<div><h1>柳塘县2024年主要预期目标</h1>{contents}<div>{marked(body)}</div></div>"
    assert extract(f"{article}<div><div>{CREDIT}</div></div>").paragraphs == body


SECTIONS = (
    "一、发展成效",
    "全县地区生产总值822亿元，比上年增长6.0%，其中工业增加值增长7.1%。",
    "二、主要问题",
    "产业层次不高，结构不优，部分群众增收的渠道还不宽，就业压力仍然较大。",
    "三、工作安排",
    "年内开工亿元以上项目36个，竣工22个，新增城镇就业4500人，失业率控制在5%以内。",
)
ADVERTS = ('<ul><li><a href="/x/1">限时优惠第8期，资料大礼包免费领</a></li></ul>', "<div><p>扫码关注公众号</p></div>")


@pytest.mark.parametrize("advert", ADVERTS, ids=["links", "code"])
@pytest.mark.parametrize("torn", ["、主要问题", "耗、主要问题", "正二、主要问题"])
@pytest.mark.parametrize("tag", ["p", "h3"])
def test_a_heading_with_a_torn_number_beside_an_advert_stays(torn: str, tag: str, advert: str) -> None:
    lines = (*SECTIONS[:2], torn, *SECTIONS[3:])
    pieces = [f"<{tag}>{text}</{tag}>" if len(text) < 10 else f"<p>{text}</p>" for text in lines]
    page = "".join([*pieces[:3], advert, *pieces[3:]])
    assert extract(f"<div><h1>柳塘县统计公报</h1><div>{page}</div></div>").paragraphs == lines


@pytest.mark.parametrize("date", ["2023年2月1", "2023年2月", "2023年2月1日"])
def test_a_date_in_words_signs_a_body_though_its_last_character_is_missing(date: str) -> None:
    lines = (*LETTER, "柳塘县人民政府", date)
    foot = "<div><div>点击数：1267次</div></div>"
    assert extract(f"<div><h1>柳塘县政府工作报告</h1><div>{marked(lines)}</div>{foot}</div>").paragraphs == lines


def test_the_last_paragraph_between_an_advert_and_the_pager_is_no_summary() -> None:
    advert = '<p><a href="/x/8">限时优惠第6期，资料大礼包免费领</a></p>'
    numbers = '<a href="/b/7_2.html">2</a>&nbsp;<a href="/b/7_3.html">3</a>'
    pager = f"<p><a>&nbsp;<b>1</b>/<b>3</b></a> <b>1</b>&nbsp;{numbers}"
    more = '&nbsp;<a href="/b/7_2.html">下一页</a>&nbsp;<a href="/b/7_3.html">尾页</a></p>'
    page = f"<div><h1>重点任务分工</h1><div>{marked(DECREE[:-1])}{advert}{marked(DECREE[-1:])}{pager}{more}</div></div>"
    assert extract(page).paragraphs == DECREE


def test_a_table_that_a_part_of_an_article_begins_with_is_no_list_below_an_empty_one() -> None:
    rows = (("指标", "2023年完成", "2024年目标"), ("粮食总产量", "41.6万吨", "42万吨"), ("就业", "2.1万人", "2万人"))
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    article = f"<h1>柳塘县2024年计划草案</h1><span>热门排行</span><br><div><table>{table}</table>{marked(NOTICE)}</div>"
    assert extract(article).paragraphs == (*(" | ".join(row) for row in rows), *NOTICE)


def test_who_speaks_stays_above_the_salutation_though_his_office_is_torn() -> None:
    head, speaker, salutation = "——2023年2月1日在柳塘县第十届人民代表大会第二次会议上", "柳塘县县如周远帆", "各位代表："
    code = '<div><img src="/qr.png"><p>微信扫码领取福利</p></div>'
    body = f"{head}<br>{code}<h2>{speaker}</h2><h2>{salutation}</h2>{'<br>'.join(DECREE)}"
    assert extract(f"<div><h1>柳塘县政府工作报告</h1><div>{body}</div></div>").paragraphs[:3] == (
        head,
        speaker,
        salutation,
    )


def test_a_paragraph_between_two_adverts_is_no_summary_of_another_article() -> None:
    link = '<div><a href="https://ads.example.org/9">公务员培训班火热报名中</a></div>'
    lines = [f"<div>{text}</div>" for text in SECTIONS]
    page = "".join([*lines[:3], link, lines[3], "<div>【广告】会员特惠6折</div>", *lines[4:]])
    assert extract(f"<div><h1>柳塘县统计公报</h1><div>{page}</div></div>").paragraphs == SECTIONS
