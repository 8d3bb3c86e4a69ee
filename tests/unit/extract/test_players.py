"""Players, votes and clocks between paragraphs, words nobody sees, calls within a sentence."""

import pytest

from crawler.extract import extract
from crawler.extract.phrases import Kind, kind

REPORT = (
    "——在松风区第九届人民代表大会第二次会议上",
    "过去的一年，全区完成工业技改投资38亿元，新入统企业27家，实体经济稳步回升。",
    "（一）民生改善",
    "改造供水管网112公里，新开公交线路6条，惠及沿线九个镇街，群众出行更加便利。",
    "让我们团结一心，埋头苦干，为建设实力松风、活力松风、美丽松风不懈奋斗。",
)


def read(*pieces: str) -> tuple[str, ...]:
    """The body of the report with each piece between two of its first paragraphs."""
    lines = [f"<p>{line}</p>" for line in REPORT]
    for at, piece in reversed([*enumerate(pieces, 1)]):
        lines.insert(at, piece)
    return extract(f"<html><body><div>{''.join(lines)}</div></body></html>").paragraphs


@pytest.mark.parametrize(
    "text",
    [
        "自动播放", "00:00 / 12:07", "1:02:33|1:30:00", "循环播放 1.5x 倍速", "视频加载失败，请稍后", "点击静音 全屏",
        "抱歉，您的浏览器暂不支持音频播放，请更换。", "播放 00:00/03:20 1.0倍", "00:41/08:15 静音",
    ],
)  # fmt: skip
def test_a_player_s_controls_are_none_of_the_body(text: str) -> None:
    assert kind(text) is Kind.WIDGET
    assert read(f"<div><video></video><div>{text}</div></div>") == REPORT


@pytest.mark.parametrize(
    "text", ["高清视频产业", "音频企业", "自动化", "下载中心", "媒体融合", "8:30", "时长2小时", "全屏显示产业链"]
)
def test_headings_that_share_such_words_are_no_controls(text: str) -> None:
    assert kind(text) is not Kind.WIDGET


def test_a_player_above_takes_nothing_of_the_head_of_a_report() -> None:
    assert read("<div><p>00:00 / 05:18</p></div>", "<div><p>自动播放</p><p>00:00 / 01:40</p></div>") == REPORT


@pytest.mark.parametrize("text", ["今天是：2025年8月3日 星期日 早上好", "实用(12) 不实用(3)", "赞成[8] 中立[0]"])
def test_a_clock_or_a_vote_behind_a_report_is_none_of_it(text: str) -> None:
    lines = "".join(f"　　{line}<br>" for line in REPORT)
    assert extract(f"<html><body><h3>报告</h3>{lines}<hr><div>{text}</div></body></html>").paragraphs == REPORT


@pytest.mark.parametrize(
    "style",
    [
        "font-size:0",
        "font-size: 0px; color:#fff",
        "FONT-SIZE:0.0em",
        "font:0/0 a",
        "position:absolute;left:-9999px",
        "display:block;text-indent: -999em",
        "width:0;height:0;overflow:hidden",
        "clip:rect(0 0 0 0)",
        "opacity: 0",
        "position:absolute; clip: rect(1px, 1px, 1px, 1px)",
        "color:transparent",
    ],
)
def test_words_kept_from_the_eye_are_not_read(style: str) -> None:
    first, second = REPORT[1].split("，", 1)
    torn = f"<p>{first}，<font style='{style}'>k7Qz0x</font>{second}</p>"
    assert extract(f"<html><body><div>{torn}<p>{REPORT[3]}</p></div></body></html>").paragraphs == (
        REPORT[1],
        REPORT[3],
    )


@pytest.mark.parametrize("style", ["font-size:0", "opacity:0", "height:0;overflow:hidden", "margin-left:-9999px"])
def test_a_box_whose_elements_may_be_shown_again_is_read(style: str) -> None:
    inside = "".join(f"<p style='font-size:16px'>{line}</p>" for line in REPORT)
    assert extract(f"<html><body><div style='{style}'>{inside}</div></body></html>").paragraphs == REPORT


@pytest.mark.parametrize(
    "style", ["font-size:0.8em", "text-indent:-2em", "opacity:0.9", "height:0", "margin-left:-20px", "line-height:0"]
)
def test_words_with_a_like_style_are_seen(style: str) -> None:
    lines = "".join(f"<p style='{style}'>{line}</p>" for line in REPORT)
    assert extract(f"<html><body><div>{lines}</div></body></html>").paragraphs == REPORT


def test_what_there_is_to_choose_from_is_none_of_the_body() -> None:
    choices = "".join(
        f"<li><input type=radio>{word} {n}%</li>" for n, word in enumerate(("非常认同", "还行", "没想好"), 21)
    )
    poll = f"<div><p>您最关注哪件实事？</p><ul>{choices}</ul><p>已有832人参与投票</p></div>"
    assert read("", poll) == REPORT


def test_a_switch_without_words_of_its_own_takes_none_of_the_body() -> None:
    assert read("<div><input type=checkbox id=more></div>") == REPORT


@pytest.mark.parametrize(
    "call", ["立即报名", "前往查看详情", "点击观看直播", "限时特惠", "了解更多>>", "戳这里", "[详情]"]
)
def test_a_link_amid_a_sentence_that_calls_one_elsewhere_is_passed_over(call: str) -> None:
    first, second = REPORT[1].split("，", 1)
    torn = f"<p>{first}，<a href=//t.example/9>{call}</a>{second}</p>"
    assert extract(f"<html><body><div>{torn}<p>{REPORT[3]}</p></div></body></html>").paragraphs == (
        REPORT[1],
        REPORT[3],
    )


@pytest.mark.parametrize("word", ["政务服务网", "《松风区条例》", "高质量发展"])
def test_a_link_amid_a_sentence_that_is_a_part_of_it_stays(word: str) -> None:
    markup = f"<p>群众可登录<a href=/w>{word}</a>提出意见，我们将逐条研究，认真采纳，及时答复。</p><p>{REPORT[3]}</p>"
    assert word in extract(f"<html><body><div>{markup}</div></body></html>").body


def test_links_one_behind_the_other_keep_their_words() -> None:
    links = "立项<a href=/1>报名</a>公示<a href=/2>咨询</a><a href=/3>获取</a>结果"
    assert "公示咨询获取结果" in extract(f"<p>{links}，以上三步须在今年六月底前全部办结，责任到人。</p>").body
