"""Lines about the page and to its reader are told by families of words; what a text says to citizens is not."""

import pytest

from crawler.extract.adverts import is_advert
from crawler.extract.phrases import Kind, kind, talks_apart
from crawler.extract.plain import plain
from crawler.extract.talk import talks

ABOUT_THE_PAGE = [
    "您尚未登录,登录后才能发表意见", "试读结束,购买会员继续看", "点我领取写作资料包", "觉得不错就点个在看",
    "长按图片保存到手机", "有问题请联系在线客服", "信息有误?我要报错", "您觉得这篇文章怎么样", "查看全部评论",
    "本页面支持语音阅读", "点击展开全文", "未读内容还有9页,请先登录", "扫描二维码下载客户端,福利领不停",
    "本站不提供下载服务", "下载地址:www.yunxi.example/3.zip", "关注我们", "手机版",
]  # fmt: skip
OF_THE_MATTER = [
    "云溪市人民政府", "一、2023年工作回顾", "坚持开放合作,推动共建共享。", "农村电商服务站实现全覆盖。",
    "数字经济核心产业增加值增长12%", "新增网上办理事项320项", "推广应用新技术,培育新产业。", "评论员文章",
    "完善公共文化服务体系,建设书香云溪。", "加强网络内容建设和管理。", "关注困难群众生活", "平台经济规范健康发展。",
]  # fmt: skip
OF_READERS = [
    "他在朋友圈转发了这段视频,引来几百条评论。", "网友纷纷点赞,称赞民警是最可爱的人。",
    "不少网友在评论区留言,希望恢复这趟公交。",
    "记者登录该网站发现,页面已经无法打开。", "“青柳社区老了,是时候和大家说再见了!”", "二、用户注册与登录",
    "(二)网站内容更新", "读者可登录本报网站或关注微信公众号参与投票。", "点击“我的订单”,选择商品,提交申请即可。",
    "分组讨论", "首页导航与事项查询",
]  # fmt: skip
TO_CITIZENS = [
    "符合条件的居民请登录县政务服务网,点击“生育津贴”专栏,注册账号后提交申请。",
    "请您于4月1日前完成网上报名,逾期不再受理。",
    "申请人可以登录网站首页查询办理进度。",
]
LONG = "全县今年新增城镇就业2000人,改造老旧小区20个,群众的获得感更加充实,各项事业稳步向前,年度目标全面完成。详情>>"


@pytest.mark.parametrize("text", ABOUT_THE_PAGE)
def test_what_is_said_of_the_page_is_furniture(text: str) -> None:
    assert kind(text) is not None


@pytest.mark.parametrize("text", [*OF_THE_MATTER, *OF_READERS, *TO_CITIZENS])
def test_what_is_said_of_the_matter_or_to_citizens_is_not(text: str) -> None:
    assert kind(text) is None
    assert not talks_apart(text)


def test_less_will_do_apart_from_the_body() -> None:
    weak = plain("欢迎各界人士提出宝贵的意见")
    assert not talks(weak)
    assert talks(weak, apart=True)


def test_a_word_counts_once() -> None:
    assert not talks("其次特权之为特权就在于特权者可以不受常规的约束而特权者总是少数人")


def test_a_statement_stays_though_it_names_such_things() -> None:
    assert not talks_apart("微信公众号粉丝增长12%,推送文章320件")


def test_paragraphs_are_never_talk() -> None:
    assert not talks("点击下载" * 40)


def test_a_line_of_common_words_alone_is_none() -> None:
    assert kind("公开") is None
    assert kind("免费体验") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年新增就业2000人,增长3%……阅读全文", Kind.TEASER), ("居民收入与经济增长同步查看更多", Kind.TEASER),
        ("推荐阅读:某县一季度增长5.8%", Kind.TEASER), ("相关报道|某县某事", Kind.TEASER),
        ("文字:张三 摄影:李四 编校:王五", Kind.WIDGET), ("文/张三 图/李四", Kind.WIDGET),
        ("2024-01-22 07:45 青岚融媒", Kind.EDGE), ("青岚日报(2024年1月22日 07:45)", Kind.EDGE),
        ("作者简介", Kind.ABOUT), ("关于青岚论坛", Kind.ABOUT), ("大家怎么看", Kind.COMMENTS),
        ("不满意:8票", Kind.WIDGET),
    ],
)  # fmt: skip
def test_forms_of_furniture(text: str, expected: Kind) -> None:
    assert kind(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "2024年政府工作报告(全文)", "做好相关工作:推进重点领域改革,完善制度", "重点工作推进情况:全部完成",
        "2024年1月22日9:00,会议在县政府召开。", LONG, "记者:下一步怎么做?",
        "版权保护持续加强,侵权盗版行为得到有力打击。", "讨论", "关于云溪市2023年工作情况", "图:项目建设现场",
        "2024年1月22日 09:00 分组讨论",
    ],
)  # fmt: skip
def test_what_only_looks_like_those_forms(text: str) -> None:
    assert kind(text) is None


def test_a_link_home_at_the_end_of_a_paragraph_is_taken_off() -> None:
    assert is_advert("返回青岚网首页>>", link=True)
    assert not is_advert("返回青岚网首页>>", link=False)
    assert not is_advert("返回家乡创业", link=True)
