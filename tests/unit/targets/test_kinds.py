"""The guide on kinds: growth and fall, amounts added and removed, levels, shares, counts, ranks, dates, comparisons."""

from decimal import Decimal

import pytest

from tests.support.targets import found, only, sides


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("出口增长7%。", "出口", "7"),
        ("居民消费价格涨幅2%左右。", "居民消费价格", "2"),
        ("居民消费价格上涨3%左右。", "居民消费价格", "3"),
        ("出口增速8%。", "出口", "8"),
        ("出口年均增长11%。", "出口", "11"),
        ("出口同比增长9%。", "出口", "9"),
        ("出口保持两位数增长。", "出口", "10.."),
        ("出口翻一番。", "出口", "2"),
        ("出口翻两番。", "出口", "4"),
        ("出口增长1倍。", "出口", "100"),
        ("出口增长3倍。", "出口", "300"),
    ],
)
def test_growth(text: str, indicator: str, value: str) -> None:
    target = only("力争" + text)
    assert (target.indicator, target.kind, sides(target)) == (indicator, "growth", value)


@pytest.mark.parametrize(
    ("text", "unit"), [("出口翻一番。", "倍"), ("出口增长1倍。", "%"), ("出口保持两位数增长。", "%")]
)
def test_the_unit_of_a_growth(text: str, unit: str) -> None:
    assert only("力争" + text).unit == unit


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("单位产值能耗下降3%左右。", "单位产值能耗"),
        ("单位产值能耗降低3%以上。", "单位产值能耗"),
        ("行政开支压减3%。", "行政开支"),
        ("来信来访减少3%。", "来信来访"),
    ],
)
def test_decline_is_positive(text: str, indicator: str) -> None:
    target = only("力争" + text)
    assert (target.indicator, target.kind, target.low) == (indicator, "decline", Decimal(3))


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("城镇新增就业2万人。", "城镇新增就业", "2"),
        ("新增企业400家。", "新增企业", "400"),
        ("净增市场主体1万户。", "净增市场主体", "1"),
        ("再增加泊位500个。", "增加泊位", "500"),
        ("城镇化率提高1.2个百分点。", "城镇化率", "1.2"),
        ("社区食堂覆盖率新增10%。", "社区食堂覆盖率", "10"),
        ("低保标准再提高30元。", "低保标准", "30"),
        ("新增绿道20公里。", "新增绿道", "20"),
        ("新增造林3万亩。", "新增造林", "3"),
    ],
)
def test_increment(text: str, indicator: str, value: str) -> None:
    target = only("力争" + text)
    assert (target.indicator, target.kind, sides(target)) == (indicator, "increment", value)


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("减少低收入人口3万人。", "减少低收入人口"),
        ("压减水泥产能3万吨。", "压减水泥产能"),
        ("为企业减负3亿元。", "企业减负"),
        ("药品占比下降3个百分点。", "药品占比"),
    ],
)
def test_decrement(text: str, indicator: str) -> None:
    target = only("力争" + text)
    assert (target.indicator, target.kind, target.low) == (indicator, "decrement", Decimal(3))


@pytest.mark.parametrize(
    ("text", "indicator", "unit"),
    [
        ("粮食产量达到13亿斤。", "粮食产量", "亿斤"),
        ("完成交通投资13亿元。", "交通投资", "亿元"),
        ("低保标准提高到13元/月。", "低保标准", "元/月"),
        ("冬季供暖温度不低于13℃。", "冬季供暖温度", "℃"),
        ("审批时限缩短到13天。", "审批时限", "天"),
        ("建设绿道13公里。", "绿道", "公里"),
        ("改造低效用地13亩。", "改造低效用地", "亩"),
        ("建设数据中心13万平方米。", "数据中心", "万平方米"),
    ],
)
def test_level(text: str, indicator: str, unit: str) -> None:
    target = only("力争" + text)
    assert (target.indicator, target.kind, target.unit, target.low) == (indicator, "level", unit, Decimal(13))


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("城镇登记失业率3%左右。", "城镇登记失业率"),
        ("常住人口城镇化率达到3%。", "常住人口城镇化率"),
        ("服务业占比达到3%以上。", "服务业占比"),
        ("研发投入强度达到3%。", "研发投入强度"),
        ("清洁能源比重提高到3%。", "清洁能源比重"),
        ("人口自然增长率3‰左右。", "人口自然增长率"),
    ],
)
def test_rate_is_a_share_and_no_change(text: str, indicator: str) -> None:
    target = only("力争" + text)
    assert (target.indicator, target.kind, target.low) == (indicator, "rate", Decimal(3))


@pytest.mark.parametrize(
    ("text", "indicator", "unit"),
    [
        ("改造危旧房屋20户。", "改造危旧房屋", "户"),
        ("建设口袋公园20个。", "口袋公园", "个"),
        ("培训技能人才20万人次。", "培训技能人才", "万人次"),
        ("新建幼儿园20所。", "新建幼儿园", "所"),
        ("新引进项目20个。", "新引进项目", "个"),
        ("新认定研究院20家。", "新认定研究院", "家"),
        ("新签约项目20个。", "新签约项目", "个"),
        ("新开工项目20个。", "新开工项目", "个"),
        ("有效发明专利达到20件。", "有效发明专利", "件"),
    ],
)
def test_count(text: str, indicator: str, unit: str) -> None:
    target = only("力争" + text)
    assert (target.indicator, target.kind, target.unit, target.low) == (indicator, "count", unit, Decimal(20))


@pytest.mark.parametrize("verb", ["新增", "净增", "增加"])
def test_only_verbs_of_adding_make_an_increment_of_discrete_things(verb: str) -> None:
    assert only(f"{verb}泊位30个。").kind == "increment"
    assert only("建设泊位30个。").kind == "count"


@pytest.mark.parametrize(
    ("text", "span", "relation", "value", "unit"),
    [
        ("经济总量居全省第5位。", "第5位", "eq", "5", "位"),
        ("经济总量升至全省第三。", "第三", "eq", "3", "位"),
        ("营商环境十项指标保持全省首位。", "首位", "eq", "1", "位"),
        ("营商环境进入全国前10位。", "10位", "at_most", "..10", "位"),
        ("营商环境进入全国前20%。", "20%", "at_most", "..20", "%"),
    ],
)
def test_rank(text: str, span: str, relation: str, value: str, unit: str) -> None:
    target = only("力争今年" + text)
    assert (target.kind, target.text, target.relation, sides(target)) == ("rank", span, relation, value)
    assert target.unit == unit


def test_a_change_from_to_is_a_level() -> None:
    target = only("审批时限由20小时缩短到6小时。")
    assert (target.indicator, target.kind, target.text) == ("审批时限", "level", "6小时")


def test_a_level_of_times_is_no_growth() -> None:
    target = only("城乡收入差距缩小到1.6倍。")
    assert (target.kind, target.unit, sides(target)) == ("level", "倍", "1.6")


def test_a_slogan_level_is_at_least_so_much() -> None:
    target = only("建设千亿级产业平台。")
    assert (target.kind, target.relation, target.unit, sides(target)) == ("level", "at_least", "亿", "1000..")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("确保江东水厂9月底前投产。", "deadline"), ("居民收入与经济增长同步。", "relative")],
)
def test_dates_and_comparisons_are_kinds_of_their_own(text: str, kind: str) -> None:
    assert [target.kind for target in found(text)] == [kind]


@pytest.mark.parametrize(("text", "kind"), [("人口自然增长率达到4‰。", "rate"), ("人口增长率4%。", "growth")])
def test_a_natural_growth_rate_is_a_rate(text: str, kind: str) -> None:
    assert only("力争" + text).kind == kind
