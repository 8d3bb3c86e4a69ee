"""What each number measures: plain sentences, lists, ellipsis, coordination."""

from decimal import Decimal

import pytest

from tests.support.targets import brief, found, only


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("力争地区生产总值增长6%左右。", ("地区生产总值", "growth", "about", "6%")),
        ("城镇调查失业率控制在5%以内。", ("城镇调查失业率", "rate", "at_most", "5%")),
        ("居民消费价格涨幅2%左右。", ("居民消费价格", "growth", "about", "2%")),
        ("单位生产总值能耗下降3%左右。", ("单位生产总值能耗", "decline", "about", "3%")),
        ("城镇新增就业11万人以上。", ("城镇新增就业", "increment", "at_least", "11万人")),
        ("实施技改项目450项。", ("技改项目", "count", "eq", "450项")),
        ("全年完成水利投资80亿元以上。", ("水利投资", "level", "at_least", "80亿元")),
        ("绿色包装使用比例提高3个百分点以上。", ("绿色包装使用比例", "increment", "at_least", "3个百分点")),
        ("医保目录外费用占比下降3个百分点。", ("医保目录外费用占比", "decrement", "eq", "3个百分点")),
        ("全社会研发投入强度提高到3.2%以上。", ("全社会研发投入强度", "rate", "at_least", "3.2%")),
        ("经济增长预期目标为5%左右。", ("经济增长", "growth", "about", "5%")),
        ("数字产业营收增长1倍。", ("数字产业营收", "growth", "eq", "100%")),
        ("游客人数翻一番。", ("游客人数", "growth", "eq", "2倍")),
        ("全年为企业减负20亿元以上。", ("企业减负", "decrement", "at_least", "20亿元")),
        ("减少农村贫困人口3万人。", ("减少农村贫困人口", "decrement", "eq", "3万人")),
        ("确保建设用地整理900亩。", ("建设用地整理", "level", "eq", "900亩")),
        ("护理补贴最低标准再提高15元。", ("护理补贴最低标准", "increment", "eq", "15元")),
        ("养老金最低标准提高到220元。", ("养老金最低标准", "level", "eq", "220元")),
        ("改造提升300个村道。", ("改造提升村道", "count", "eq", "300个")),
        ("粮食产量稳定在100亿斤以上。", ("粮食产量", "level", "at_least", "100亿斤")),
        ("培育畜牧百亿级产业链。", ("畜牧产业链", "level", "at_least", "100亿")),
        ("新材料产业规模力争进入全省前5位。", ("新材料产业规模", "rank", "at_most", "5位")),
        ("园区亩均产值保持两位数增长。", ("园区亩均产值", "growth", "at_least", "10%")),
        ("农村居民收入增速高于城镇0.8个百分点。", ("农村居民收入增速", "relative", "outpace", "0.8个百分点")),
    ],
)
def test_plain_sentences(text: str, expected: tuple[str, str, str, str]) -> None:
    assert brief(text) == [expected]


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("改造2000户农房。", "改造农房", "2000户"),
        ("力争建设100个口袋公园。", "口袋公园", "100个"),
        ("打通50条断头路，方便出行。", "打通断头路", "50条"),
        ("推进16个城郊片区环境整治。", "城郊片区环境整治", "16个"),
        ("新增700处路灯联网。", "新增路灯联网", "700处"),
        ("建成江北、江南等4所寄宿学校。", "寄宿学校", "4所"),
        ("为60个安置小区引入物业服务。", "引入物业服务安置小区", "60个"),
        ("组织100个以上团组赴外招商。", "团组赴外招商", "100个"),
        ("为30万灵活就业者提供技能培训。", "灵活就业者技能培训", "30万"),
    ],
)
def test_the_noun_after_the_number(text: str, indicator: str, value: str) -> None:
    ((name, _, _, amount),) = brief(text)
    assert (name, amount) == (indicator, value)


def test_level_and_growth_of_one_noun() -> None:
    assert brief("全年固定资产投资370亿元、增长12%以上。") == [
        ("固定资产投资", "level", "eq", "370亿元"),
        ("固定资产投资", "growth", "at_least", "12%"),
    ]


def test_members_of_a_list_share_the_verb() -> None:
    assert brief("新增科技企业8家、上云企业300家以上，创建未来工厂2家。") == [
        ("新增科技企业", "increment", "eq", "8家"),
        ("新增上云企业", "increment", "at_least", "300家"),
        ("未来工厂", "count", "eq", "2家"),
    ]


def test_respectively_pairs_in_order_and_shares_the_bound_of_a_bare_list() -> None:
    assert brief("制造业投资、高新产业投资分别增长9%、18%以上。") == [
        ("制造业投资", "growth", "at_least", "9%"),
        ("高新产业投资", "growth", "at_least", "18%"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("一产、二产、三产增加值分别增长3%、5%和6%。", ["一产增加值", "二产增加值", "三产增加值"]),
        ("城乡居民人均可支配收入分别增长5%、6%。", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
        ("城镇和农村居民人均可支配收入分别增长5%、6%。", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
        ("玉米、大豆耕种收综合机械化率分别达88%和71%。", ["玉米耕种收综合机械化率", "大豆耕种收综合机械化率"]),
        ("户均税收和户均产值分别达到3万元、16万元。", ["户均税收", "户均产值"]),
        ("学前普及率、巩固率分别达到98%、99%。", ["学前普及率", "巩固率"]),
    ],
)
def test_heads_shared_by_subjects(text: str, names: list[str]) -> None:
    assert [name for name, *_ in brief(text)] == names


def test_each_subject_has_the_one_value() -> None:
    targets = found("森林覆盖率、垃圾处理率均达到40%。")
    assert [target.indicator for target in targets] == ["森林覆盖率", "垃圾处理率"]
    assert targets[0].start == targets[1].start


def test_more_values_than_subjects_leave_the_first_unpaired() -> None:
    assert [name for name, *_ in brief("甲镇产值、乙镇产值分别达到3亿元、4亿元、5亿元。")] == ["甲镇产值", "乙镇产值"]


def test_ellipsis_takes_the_indicator_said_before() -> None:
    targets = found("确保技改项目一季度投产率20%、二季度50%、三季度75%以上。")
    assert [(target.indicator, target.period) for target in targets] == [
        ("技改项目投产率", "2031Q1"),
        ("技改项目投产率", "2031Q2"),
        ("技改项目投产率", "2031Q3"),
    ]


def test_among_is_a_part_of_what_was_said() -> None:
    assert [name for name, *_ in brief("供应国有林地4万亩、其中经济林地1.2万亩。")] == [
        "供应国有林地",
        "供应国有林地·经济林地",
    ]


def test_an_attribute_belongs_to_the_thing_named_before() -> None:
    assert [name for name, *_ in brief("实施综合交通项目80个，力争完成投资240亿元。")] == [
        "综合交通项目",
        "综合交通项目投资",
    ]


def test_a_second_verb_takes_the_noun_of_the_first() -> None:
    assert [name for name, *_ in brief("新开工小微园50万平方米，新竣工30万平方米。")] == [
        "新开工小微园",
        "新竣工小微园",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "建设亿元以上项目60个。",
        "招引总投资8亿元以上装备项目9个。",
        "新增产值超百亿企业2家。",
        "加快70万千瓦火电项目建设，新增机组2台。",
        "站点80米内接驳比例提升至72%。",
        "县城供水普及率从90%提高到95%。",
    ],
)
def test_thresholds_and_baselines_are_attributes(text: str) -> None:
    assert len(found(text)) == 1


def test_a_baseline_leaves_the_indicator_clean() -> None:
    target = only("城镇化率从70%提高到72%左右。")
    assert (target.indicator, target.relation, target.low) == ("城镇化率", "about", Decimal(72))


def test_offsets_are_into_the_text_given() -> None:
    text = "　　一、目标\n全年　完成 投资 ２７００ 亿元，争取更好。"
    target = only(text)
    assert text[target.start : target.end] == "２７００ 亿元"
    assert target.text == "２７００亿元"


def test_the_rule_and_its_evidence_are_named() -> None:
    assert only("力争水利投资80亿元。").rule == "subject; 力争"
