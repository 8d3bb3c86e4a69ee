"""The guide on what is no mention: names, slogans, ordinals, dates, ages, idioms, document numbers, conversions."""

from decimal import Decimal

import pytest

from crawler.targets import find_targets
from crawler.targets.names import quoted
from tests.support.targets import YEAR, found

_NAMES = {
    "slogans": "“2+4+X”产业 “510”平台 “33618”集群 “1269”行动 “811”行动 “百村千户”工程 “9·21”会议",
    "technology": "5G网络 6G研究 4G/5G基站 HPV疫苗 C919客机 V2X平台",
    "roads": "G235国道 S20高速 15号线 03省道 2号路",
    "grades": "4A级景区 D级危房 三甲医院 二级以上医院",
    "collective": "两新政策 两重项目 三农工作 四链融合 两会精神",
    "meetings": "二十届三中全会 第七届大会 第19届赛事 第三次党代会",
    "ordinals": "第一要务 第二课堂 第三方评估",
    "dates": "2031年工作 1月20日会议 2031年1月 20日晚 “十五五”规划",
    "ages": "60岁以上老人 3岁以下婴幼儿 18周岁青年",
    "idioms": "一心一意 千方百计 万家灯火 一盘棋 三位一体 百花齐放 一流环境 一线工人 百姓福祉",
    "programmes": "三年行动 十大工程 一号工程 七大专项",
    "lines": "12345热线",
}
NAMES = [(group, name) for group, names in _NAMES.items() for name in names.split()]


@pytest.mark.parametrize(("group", "name"), NAMES, ids=[name for _, name in NAMES])
def test_a_name_with_a_number_is_no_mention(group: str, name: str) -> None:
    assert find_targets(f"深入推进{name}。", YEAR) == [], group


@pytest.mark.parametrize(("group", "name"), NAMES, ids=[name for _, name in NAMES])
def test_a_name_does_not_hide_the_number_after_it(group: str, name: str) -> None:
    assert "30亿元" in [target.text for target in found(f"深入推进{name}，完成投资30亿元。")], group


@pytest.mark.parametrize("mark", ["一、", "（二）", "1.", "1．", "36．", "一是", "第一，", "①", "3、"])
def test_the_mark_of_a_list_is_no_number(mark: str) -> None:
    assert [target.text for target in found(f"{mark}改造管网40公里。")] == ["40公里"]


@pytest.mark.parametrize("text", ["江政发〔2031〕38号文件印发。", "第36页共145页。", "见附件2。"])
def test_numbers_of_documents_and_pages(text: str) -> None:
    assert find_targets(text, YEAR) == []


@pytest.mark.parametrize("text", ["每千人床位达到7张。", "每万人发明专利达到7件。", "每百户充电桩达到7个。"])
def test_a_conversion_is_part_of_the_indicator(text: str) -> None:
    (target,) = found(text)
    assert target.low == 7
    assert target.indicator.startswith("每")


def test_an_age_is_part_of_the_indicator() -> None:
    (target,) = found("服务60岁以上老人30万人。")
    assert (target.text, target.indicator) == ("30万人", "服务60岁以上老人")


@pytest.mark.parametrize(
    "text", ["建设一个平台。", "坚持一张图。", "开展一次普查。", "落实三项改革。", "分为三个方面。"]
)
def test_small_numerals_with_a_general_classifier_count_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"), [("新建三所学校。", 3), ("新增五个站点。", 5), ("建成两座大桥。", 2), ("培训二十万人次。", 20)]
)
def test_but_what_is_built_counts(text: str, value: int) -> None:
    targets = find_targets(text, YEAR)
    assert [target.low for target in targets] == [value]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("投资突破百亿元。", 100, "亿元"),
        ("产值超千亿元。", 1000, "亿元"),
        ("存款突破万亿元。", 1, "万亿元"),
        ("产值达到千亿元以上。", 1000, "亿元"),
    ],
)
def test_a_bare_scale_with_a_bound_is_a_number(text: str, value: int, unit: str) -> None:
    (target,) = found(text)
    assert (target.low, target.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["服务千家企业。", "走访百户家庭。", "惠及万户居民。"])
def test_a_bare_scale_without_a_bound_is_a_manner_of_speaking(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["跃居全国第二。", "位居全省第二位。", "总量居全省第2。"])
def test_an_ordinal_is_a_rank_where_one_ranks(text: str) -> None:
    assert [target.kind for target in found(text)] == ["rank"]


@pytest.mark.parametrize(
    "text", ["第二批项目开工。", "第2期工程投产。", "第三季度开工。", "第二产业回升。", "前三季度回升。"]
)
def test_an_ordinal_is_no_rank_elsewhere(text: str) -> None:
    assert found(text) == []


def test_quotations_are_hidden_and_text_between_them_is_not() -> None:
    raw = "“甲乙”丙“丁”"
    assert {raw[offset] for offset in quoted(raw)} >= set("甲乙丁")
    assert raw.index("丙") not in quoted(raw)


def test_straight_quotation_marks_pair_in_order() -> None:
    raw = '"甲"乙"丙"'
    assert raw.index("乙") not in quoted(raw)
    assert {raw.index("甲"), raw.index("丙")} <= quoted(raw)


@pytest.mark.parametrize("raw", ["“未完", "完了”", '"', "", "“" * 50])
def test_an_open_quotation_hides_nothing(raw: str) -> None:
    assert quoted(raw) == set()


def test_a_long_quotation_is_no_slogan() -> None:
    raw = "“" + "甲" * 30 + "”"
    assert quoted(raw) == set()


def test_a_quantity_inside_a_long_quotation_is_read() -> None:
    text = "大会提出“到今年底全市规模以上工业企业研发投入达到30亿元以上并保持领先”。"
    assert [target.text for target in found(text)] == ["30亿元"]


@pytest.mark.parametrize("text", ["前10年建成。", "前5个月回升。", "前三年攻坚。", "前20天完成。"])
def test_the_first_so_many_days_are_no_rank(text: str) -> None:
    assert found(text) == []
