import pytest

from crawler.extract.adverts import is_advert
from crawler.extract.phrases import Kind, kind

FURNITURE = {
    Kind.WIDGET: [
        "admin 分享 时间: 加入收藏 共计12345个字,预计阅读时长99分钟。", "收藏", "分享到:微信 微博 QQ空间",
        "点赞(12)", "领取福利",
        "微信扫码领取福利", "微信扫码分享", "扫一扫在手机打开当前页", "【打印本页】 【关闭窗口】", "字号:大 中 小",
        "阅读量 3.2万",
        "上一页 1 2 3 下一页", "首页>地方频道>云溪>要闻", "当前位置:首页 > 政务公开 > 工作报告", "责任编辑:小样",
        "来源:云溪发布",
        "(作者:样本 编辑:小样)", "发布时间:2024-02-08 10:20", "验证码:", "下载APP,看更多精彩内容", "广告",
        "【推广】会员特惠",
        "2024-02-08 10:20 来源:云溪发布 浏览:88",
    ],
    Kind.TAIL: [
        "上一篇:青岚县工作报告", "下一篇:没有了", "本文地址:/baogao/1.html", "以上观点只属于作者,不代表本网立场。",
        "声明:本平台部分图文转自网络,著作权属于原作者,若侵权请联系删除:010-123。", "未经许可,不得转载。",
        "免责声明:以上内容仅供参考,不构成任何建议。", "Copyright © 2024 样本网 版权所有", "样ICP备12345678号-1",
        "转载请注明出处:样本网",
    ],
    Kind.LIST: ["相关阅读", "热门推荐", "猜你喜欢:", "导航菜单", "最新文章 更多", "友情链接", "阅读排行",
    "编辑推荐", "今日要闻"],
    Kind.COMMENTS: [
        "留言与评论(共有 条评论)", "网友评论", "评论(12)", "发表评论", "全部评论 33 条", "我来说两句",
        "文章已有3条评论",
    ],
    Kind.EDGE: ["1002", "2024-02-08", "10:20", "主办单位:云溪市人民政府办公室"],
}  # fmt: skip
BODY = [
    "一、2023年工作回顾", "各位代表:", "(二)聚焦产业升级", "云溪市人民政府", "2024年1月16日", "(2024年1月16日)",
    "二〇二四年一月",
    "地区生产总值增长6%左右。", "来源多元的投资增长12%,其中民间投资占比58%。", "坚持问题导向,关注群众诉求。",
    "扩大文化消费。",
    "推荐优质企业上市,培育专精特新企业20家。", "相关部门要加强协作,确保目标任务完成。", "评论员文章", "市长 样本",
    "本市新增城镇就业2.1万人,城镇调查失业率5.1%。", "时间紧、任务重,必须只争朝夕。",
    "编辑出版地方志12部,免费开放图书馆。",
    "主办单位按期办结人大建议212件,满意率99%,分享改革成果。", "推进版权保护,打击侵权盗版行为,查处案件12起。",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [(text, k) for k, texts in FURNITURE.items() for text in texts])
def test_furniture_is_known_by_its_words(text: str, expected: Kind) -> None:
    assert kind(text) is expected


@pytest.mark.parametrize("text", BODY)
def test_sentences_and_headings_of_reports_are_no_furniture(text: str) -> None:
    assert kind(text) is None


def test_long_lines_are_never_furniture() -> None:
    assert kind("分享" * 300) is None


def test_an_inline_advert_is_known_by_its_label_or_its_call() -> None:
    assert is_advert("【广告】会员特惠3折", link=False)
    assert is_advert("打开客户端,阅读体验更佳", link=True)
    assert not is_advert("打开客户端,阅读体验更佳", link=False)
    assert not is_advert("数字政府", link=True)
    assert not is_advert("广告产业园区建设", link=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("码头的吊机昼夜不停，三季度吞吐量再创新高展开全文", Kind.TEASER),
        ("老街的灯又亮了，店里一天能卖出三百碗米粉……2024.3.18", Kind.TEASER),
        ("上期回顾：云溪至松风城际铁路开工", Kind.TEASER),
        ("早前报道：松风区新增两所小学", Kind.TEASER),
        ("换一批看看", Kind.LIST),
        ("读过本文的人还在看", Kind.LIST),
        ("点击榜 评论榜 收藏榜", Kind.LIST),
        ("云溪资料网 关注 7.2万粉丝", Kind.WIDGET),
        ("松风区工作总结.doc 42页 1519次下载", Kind.WIDGET),
        ("手工粉条 产地现做 已售3200件", Kind.WIDGET),
        ("作者简介：陈晓，松风区融媒体中心撰稿人，长期关注县域经济。", Kind.WIDGET),
        ("云溪文库简介：由几位退休教师创办，收藏各地总结。", Kind.WIDGET),
        ("作者：笔墨生香，机关干部，从事文字工作十年。", Kind.WIDGET),
        ("编者按：为方便查找，本处把各县报告汇总刊出，仅供研究使用。", Kind.WIDGET),
        ("【以下为网友提供的版本，请以政府公布的为准】", Kind.WIDGET),
        ("该信息已经归档，所附链接可能失效。", Kind.WIDGET),
        ("最新评论 查看全部431条评论", Kind.COMMENTS),
        ("解读效果：看得懂23 不太懂7 看不懂6", Kind.WIDGET),
        ("上一主题：城际铁路开工 | 下一主题：湿地公园试运行", Kind.TAIL),
        ("采写：陈晓 通讯员：李明", Kind.WIDGET),
        ("网站主管：云溪市政府办 网站运维：云溪信息中心 联系方式：0571-88001234", Kind.WIDGET),
        ("主题分类：财政 体裁分类：报告 服务对象：公众", Kind.WIDGET),
        ("今天是2026年2月7日 星期六 农历腊月二十", Kind.WIDGET),
        ("现在是2026年2月7日 15:33:20", Kind.WIDGET),
        ("听全文 时长 12:33", Kind.WIDGET),
        ("AI摘要：报告回顾了去年工作，提出全年地区生产总值增长6%左右。", Kind.WIDGET),
    ],
)
def test_forms_of_furniture_whatever_the_words(text: str, expected: Kind) -> None:
    assert kind(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "以上数据为初步核算数，最终数据以统计年鉴公布的为准。",
        "如遇雨天，比赛改期举行，以现场公告为准。",
        "本公报数据经审定后予以公布。",
        "12345热线全年回应群众诉求3.2万件",
        "工业23家、农业7家",
        "新增5所幼儿园、1200个学位",
        "第三篇：云溪市政府工作报告",
        "关于松风区城乡建设情况的报告",
        "推荐陈晓同志为云溪市劳动模范",
    ],
)
def test_what_a_body_says_in_like_words_is_none(text: str) -> None:
    assert kind(text) is None
