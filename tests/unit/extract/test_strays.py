"""What is set apart from a body's paragraphs goes if it reads like no part of a text; all else stays."""

import pytest

from crawler.extract import extract

BODY = (
    "各位代表:现在,我代表县人民政府向大会报告工作,请予审议。",
    "全县地区生产总值达到212亿元,增长6.1%;一般公共预算收入12.4亿元,增长3.2%。",
    "(一)着力扩大内需。实施重点项目86个,完成投资74亿元,消费市场持续回暖。",
    "(二)着力改善民生。改造老旧小区22个,新增普惠托位640个,群众得到更多实惠。",
    "各位代表,让我们团结一心,真抓实干,为建设美丽家园不懈奋斗!",
)
TITLE = "青岚县政府工作报告"


def paragraphs(inner: str, around: str = "") -> tuple[str, ...]:
    head = f"<head><title>{TITLE}_青岚网</title></head>"
    return extract(f"<html>{head}<body>{around}<div><h1>{TITLE}</h1>{inner}</div></body></html>").paragraphs


def body(piece: str = "", at: int = 2) -> str:
    pieces = [f"<p>{text}</p>" for text in BODY]
    pieces.insert(at, piece)
    return "".join(pieces)


@pytest.mark.parametrize("at", [0, 5])
@pytest.mark.parametrize(
    "piece",
    [
        "<div>青岚网读书频道</div>", "<ul><li>春到青岚</li></ul>", "<div><div>春日风光</div><div>湖畔人家</div></div>",
        "<table><tr><td>青岚记忆</td></tr></table>", "<blockquote>山水青岚</blockquote>",
    ],
)  # fmt: skip
def test_labels_in_markup_of_their_own_at_the_edges_go(piece: str, at: int) -> None:
    assert paragraphs(body(piece, at)) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "青岚县人民政府办公室", "2024年1月23日", "二〇二四年一月二十三日", "县长 样本", "(此件公开发布)",
        "附件:任务分工表",        "谢谢大家!", "注:数据为快报数", "完成投资74亿元", "二、工作安排",
    ],
)  # fmt: skip
def test_what_closes_a_text_stays_in_whatever_markup(line: str) -> None:
    assert paragraphs(body(f"<div>{line}</div>", 5)) == (*BODY, line.replace(" ", ""))


@pytest.mark.parametrize(
    "line",
    ["——在县第十届人民代表大会第三次会议上", "县长 样本", "(2024年1月22日)", "云政发〔2024〕3号", "各乡镇人民政府:"],
)  # fmt: skip
def test_what_opens_a_text_stays_in_whatever_markup(line: str) -> None:
    assert paragraphs(body(f"<h3>{line}</h3>", 0)) == (line.replace(" ", ""), *BODY)


def test_what_was_announced_stays() -> None:
    items = ("老旧小区改造", "普惠托位建设", "口袋公园建设")
    markup = body("<p>民生实事包括:</p><ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>", 5)
    assert paragraphs(markup) == (*BODY, "民生实事包括:", *items)


@pytest.mark.parametrize("tag", ["h2", "h3", "center", "div"])
def test_headings_amid_the_body_stay(tag: str) -> None:
    names = ("工作回顾", "工作安排")
    sections = "".join(f"<{tag}>{n}</{tag}><p>{BODY[1]}</p><p>{BODY[2]}</p>" for n in names)
    assert paragraphs(sections)[-3:] == (names[1], BODY[1], BODY[2])


@pytest.mark.parametrize("at", [1, 3])
@pytest.mark.parametrize(
    "piece",
    [
        "<div><div>本周看点</div><a href=/1>县长调研重点项目</a><br><a href=/2>大桥合龙</a></div>",
        "<div><span>语速:</span><select><option>慢</option><option>快</option></select></div>",
        "<div><b>青岚融媒</b><button>打开</button></div>",
        "<p>看点集锦</p><ul><li><a href=/1>县长调研</a></li><li><a href=/2>大桥合龙</a></li></ul>",
    ],
)  # fmt: skip
def test_what_is_left_of_an_element_that_went_goes(piece: str, at: int) -> None:
    assert paragraphs(body(piece, at)) == BODY


def test_numbers_beside_buttons_go_and_rows_of_numbers_stay() -> None:
    votes = "<div>顶一下</div><div>(12)</div><div>88.1%</div><div>踩一下</div>"
    assert paragraphs(body(votes, 3)) == BODY
    table = "<table><tr><td>增速</td><td>6.1</td></tr><tr><td>1</td><td>2</td></tr></table>"
    assert paragraphs(body(table, 3)) == (*BODY[:3], "增速 | 6.1", "1 | 2", *BODY[3:])


def test_sentences_behind_furniture_in_other_markup_go() -> None:
    behind = "<div>收藏</div><blockquote>青柳社由一群热爱家乡的青年共同打理,送上家乡的新鲜事。</blockquote>"
    assert paragraphs(body(behind, 5)) == BODY


def test_sentences_in_other_markup_right_behind_the_body_stay() -> None:
    note = "以上数据均为初步核算数,最终以统计公报为准。"
    assert paragraphs(body(f"<blockquote>{note}</blockquote>", 5)) == (*BODY, note)


def test_lines_without_a_way_of_their_own_stay() -> None:
    nested = "".join(f"{'<section>' * n}<p>{text}</p>{'</section>' * n}" for n, text in enumerate(BODY))
    assert paragraphs(f"{nested}<div>青岚融媒样本</div>")[: len(BODY)] == BODY


def test_columns_before_the_title_are_no_body() -> None:
    sentence = "<p>青柳社由一群热爱家乡的青年共同打理,送上家乡的新鲜事。</p>"
    column = f"<div><h3>栏目导读</h3>{sentence * 9}</div>"
    page = f"<div>{column}<div><h1>{TITLE}</h1><div>{body()}</div></div></div>"
    markup = f"<html><head><title>{TITLE}_青岚网</title></head><body>{page}</body></html>"
    assert extract(markup).paragraphs == BODY


def test_a_title_amid_the_body_of_another_page_takes_nothing_away() -> None:
    markup = body("<div><h1>春日青岚</h1></div>", 3)
    assert [text for text in paragraphs(markup) if text in BODY] == [*BODY]


def test_the_first_sentences_stay_where_a_block_ends_the_paragraph_they_stand_in() -> None:
    first = f"各位代表：<br>{BODY[0]}<br>一、主要成绩<br>"
    rest = "<br>".join(BODY[1:] * 2)
    advert = "<div><a href=//t.example/1><img src=1.gif alt=新房></a><a href=//t.example/2>明辉学府三期</a></div>"
    assert paragraphs(f"<p>{first}{advert}{rest}</p>") == ("各位代表：", BODY[0], "一、主要成绩", *BODY[1:] * 2)


def test_a_lone_first_sentence_stays_where_a_block_ends_its_paragraph() -> None:
    advert = "<div><a href=//t.example/1>明辉学府三期</a></div>"
    rest = "<br>".join(BODY[1:] * 2)
    assert paragraphs(f"<p>{BODY[0]}{advert}{rest}</p>") == (BODY[0], *BODY[1:] * 2)


@pytest.mark.parametrize("tag", ["h2", "div", "center"])
@pytest.mark.parametrize("signer", ["青岚县人民食府", "青岚县人民"])
def test_who_signs_stays_above_the_date_however_misspelt(tag: str, signer: str) -> None:
    day = "2024年1月23日"
    assert paragraphs(body(f"<{tag}>{signer}</{tag}><{tag}>{day}</{tag}>", 5)) == (*BODY, signer, day)
    bare = "<br>".join(BODY) + f"<{tag}>{signer}</{tag}>{day}"
    assert paragraphs(bare) == (*BODY, signer, day)


@pytest.mark.parametrize(
    ("line", "edited"),
    [("附件:任务分工表", "附布件:任务分工表"), ("2024年1月23日", "2024难1月23未"), ("(此件公开发布)", "(此件公开发布")],
)
def test_a_line_among_those_that_close_a_text_stays_however_misspelt(line: str, edited: str) -> None:
    closing = ["附件:任务分工表", "2.民生实事清单", "青岚县人民政府", "2024年1月23日", "(此件公开发布)"]
    spoilt = [edited if each == line else each for each in closing]
    assert paragraphs(body("".join(f"<center>{each}</center>" for each in spoilt), 5)) == (*BODY, *spoilt)
