"""The guide on bounds: which word makes which relation, which side stays empty, which of two words wins."""

import pytest

from tests.support.targets import found, only, rows, sides


@pytest.mark.parametrize("words", ["", "达到", "提高到", "稳定在", "保持在", "为"])
def test_a_bare_value_is_exact(words: str) -> None:
    target = only(f"全县林木覆盖率{words}41%。")
    assert (target.indicator, target.relation, sides(target)) == ("林木覆盖率", "eq", "41")


@pytest.mark.parametrize("value", ["41%左右", "约41%", "大约41%", "41%上下", "近41%", "接近41%", "将近41%"])
def test_about(value: str) -> None:
    target = only(f"林木覆盖率达到{value}。")
    assert (target.text, target.relation, sides(target)) == ("41%", "about", "41")


@pytest.mark.parametrize("value", ["41%以上", "不低于41%", "不少于41%", "至少41%", "41%及以上", "41%+"])
def test_at_least(value: str) -> None:
    target = only(f"林木覆盖率达到{value}。")
    assert (target.text, target.relation, sides(target)) == ("41%", "at_least", "41..")


@pytest.mark.parametrize("value", ["超41%", "超过41%", "突破41%", "高于41%", "大于41%", "逾41%"])
def test_more_than(value: str) -> None:
    target = only(f"林木覆盖率{value}。")
    assert (target.text, target.relation, sides(target)) == ("41%", "more_than", "41..")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("新增商户200余家。", "200余家"),
        ("新增商户8000多户。", "8000多户"),
        ("新增投资30余亿元。", "30余亿元"),
        ("新增投资3亿多元。", "3亿多元"),
    ],
)
def test_more_than_inside_the_numeral(text: str, number: str) -> None:
    target = only(text)
    assert (target.text, target.relation, target.high) == (number, "more_than", None)


@pytest.mark.parametrize(
    "value", ["41%以内", "41%之内", "41%以下", "不超过41%", "不高于41%", "控制在41%", "控制在41%以内", "控制在41%以下"]
)
def test_at_most(value: str) -> None:
    target = only(f"确保空置率{value}。")
    assert (target.indicator, target.text, target.relation, sides(target)) == ("空置率", "41%", "at_most", "..41")


@pytest.mark.parametrize("value", ["低于41%", "不到41%", "小于41%"])
def test_less_than(value: str) -> None:
    target = only(f"确保空置率{value}。")
    assert (target.text, target.relation, sides(target)) == ("41%", "less_than", "..41")


def test_held_around_a_value_is_about_it() -> None:
    assert rows("物价涨幅控制在3%左右。") == [("3%", "about", "3")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("出口增长7%左右，力争更好。", ("7%", "about", "7")),
        ("出口增长不低于7%左右。", ("7%", "about", "7")),
        ("出口增长7%以上，并在执行中争取更好结果。", ("7%", "at_least", "7..")),
        ("养老金最低标准提高到不低于610元/月。", ("610元/月", "at_least", "610..")),
    ],
)
def test_the_word_nearest_the_number_wins(text: str, expected: tuple[str, str, str]) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize("verb", ["力争", "确保", "努力", "拟", "计划", "预计"])
def test_verbs_of_intent_change_nothing_in_the_relation(verb: str) -> None:
    target = only(f"今年{verb}出口增长7%。")
    assert (target.indicator, target.relation, sides(target), target.status) == ("出口", "eq", "7", "target")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("出口增长5%—6%。", ("5%—6%", "range", "5..6")),
        ("出口增长5%-6%。", ("5%-6%", "range", "5..6")),
        ("出口增长5%~6%。", ("5%~6%", "range", "5..6")),
        ("出口增长5%到6%。", ("5%到6%", "range", "5..6")),
        ("出口增长5%至6%。", ("5%至6%", "range", "5..6")),
        ("出口增长5-6%。", ("5-6%", "range", "5..6")),
        ("出口增长6.5%—7.5%。", ("6.5%—7.5%", "range", "6.5..7.5")),
        ("完成水利投资10亿到12亿元。", ("10亿到12亿元", "range", "10..12")),
        ("完成水利投资10到12亿元。", ("10到12亿元", "range", "10..12")),
        ("完成水利投资8000万到1亿元。", ("8000万到1亿元", "range", "0.8..1")),
    ],
)
def test_ranges(text: str, expected: tuple[str, str, str]) -> None:
    assert rows(text) == [expected]


def test_a_range_is_one_mention_in_the_unit_of_its_last_number() -> None:
    target = only("完成水利投资10到12亿元。")
    assert (target.indicator, target.kind, target.unit) == ("水利投资", "level", "亿元")


def test_the_bound_words_are_outside_the_span() -> None:
    text = "力争新增就业约11 万人以上。"
    target = only(text)
    assert text[target.start : target.end] == "11 万人"
    assert target.text == "11万人"


def test_the_span_of_a_range_goes_from_the_first_digit_to_the_last_unit() -> None:
    text = "力争出口增长5% — 6%左右。"
    target = only(text)
    assert text[target.start : target.end] == "5% — 6%"


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("农民收入增速高于城镇0.8个百分点。", "农民收入增速", "0.8"),
        ("财政支出增速快于上级平均0.5个百分点。", "财政支出增速", "0.5"),
    ],
)
def test_a_lead_over_another_series_outpaces_it(text: str, indicator: str, value: str) -> None:
    target = only("力争" + text)
    assert (target.kind, target.relation, target.unit) == ("relative", "outpace", "个百分点")
    assert (target.indicator, sides(target)) == (indicator, value + "..")


def test_nearness_in_other_words_is_no_bound() -> None:
    assert rows("全年新建附近30个站点。") == [("30个", "eq", "30")]


# --- bounds of lists -------------------------------------------------------------------------------------------------


def test_the_last_bound_of_a_bare_list_covers_all() -> None:
    assert rows("甲镇、乙镇、丙镇入园率分别达到90%、60%、35%以上。") == [
        ("90%", "at_least", "90.."),
        ("60%", "at_least", "60.."),
        ("35%", "at_least", "35.."),
    ]


def test_nothing_spreads_where_each_member_has_its_own_noun() -> None:
    assert rows("新增小巨人企业40家、雏鹰企业140家以上。") == [
        ("40家", "eq", "40"),
        ("140家", "at_least", "140.."),
    ]


def test_nothing_spreads_where_an_earlier_member_has_its_own_bound() -> None:
    assert rows("甲镇、乙镇入园率分别达到90%左右、60%以上。") == [
        ("90%", "about", "90"),
        ("60%", "at_least", "60.."),
    ]


def test_nothing_spreads_over_quarters() -> None:
    assert [relation for _, relation, _ in rows("技改项目一季度投产率20%、二季度50%、三季度75%以上。")] == [
        "eq",
        "eq",
        "at_least",
    ]


def test_a_bound_before_a_list_covers_all() -> None:
    targets = found("城镇、农村低保标准分别不低于610元/月和430元/月。")
    assert [(target.relation, target.text) for target in targets] == [
        ("at_least", "610元/月"),
        ("at_least", "430元/月"),
    ]


def test_level_and_growth_keep_their_own_bounds() -> None:
    assert rows("海洋产业投资270亿元、增长10%以上。") == [("270亿元", "eq", "270"), ("10%", "at_least", "10..")]
