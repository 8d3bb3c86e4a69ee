"""Pages about the website, told from texts about a place's affairs by their words."""

import time

import pytest

from crawler.impostor import LONGEST, kind_of_block, speaks_of_the_web
from tests.support.doubts import texts
from tests.support.values import PARAGRAPHS


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("提示", "本站正在搬迁机房，暂时无法打开，请稍后刷新重试。"),
        ("", "您的账号没有浏览这一栏目的权限，请联系管理员。"),
        ("502", "The upstream server refused the connection. Please try again in a few minutes."),
        ("出错了", "at org.example.web.Handler.serve(Handler.java:7)\nat org.example.web.Main.run(Main.java:9)"),
        ("防护提醒", "为防范恶意访问，网站暂停向境外提供浏览。如系误报，请把编号发给站长。" * 12),
    ],
)
def test_what_addresses_the_visitor_or_reports_a_failure_is_about_the_website(title: str, text: str) -> None:
    assert speaks_of_the_web(title, text)


@pytest.mark.parametrize(
    "text",
    [
        *PARAGRAPHS,
        "推进政务网站集约化，建成全市统一的数据共享平台，实现一百二十项高频事项掌上办理，企业群众满意度持续提升。",
        "加强网络安全防护和个人信息保护，严厉打击电信网络诈骗，全年破案率提高十个百分点，追回群众损失三千万元。",
        "因道路施工，途经滨河路的公交车辆自三月一日起绕行，完工之后恢复原线路，由此给市民出行带来的影响，希望得到理解。",
    ],
)
def test_what_speaks_of_a_place_s_affairs_is_not(text: str) -> None:
    assert not speaks_of_the_web("政府工作报告", text)


@pytest.mark.parametrize("length", [60, 150, 400, 1200])
def test_no_stretch_of_a_report_is_taken_for_such_a_page(length: int) -> None:
    for lines in (texts.report("云溪市"), texts.next_report("云溪市"), texts.other_report("霞浦岛"), texts.news()):
        text = "\n".join(lines)
        for start in range(0, max(1, len(text) - length), 20):
            assert not speaks_of_the_web("", text[start : start + length])
            assert kind_of_block("", text[start : start + length], length) is None


def test_long_texts_are_not_even_looked_at_and_hostile_ones_cost_little() -> None:
    assert not speaks_of_the_web("", "请登录本站后刷新页面。" * LONGEST)
    began = time.process_time()
    for text in ("at a" + ".a" * LONGEST, "访" * LONGEST, "trace" + "a" * LONGEST, " ".join(["at"] * 1000)):
        speaks_of_the_web("", text[:LONGEST])
    assert time.process_time() - began < 1
