"""The guide on lists: 分别, 均/都/各, shared heads, ellipsis, 其中, attributes, pairs of measures."""

import pytest

from crawler.targets.coordination import subjects, without_change
from tests.support.targets import brief, found, optional


def named(text: str) -> list[tuple[str, str]]:
    """Indicator and number of every mention."""
    return [(target.indicator, target.text) for target in found(text)]


# --- 分别 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "出口、进口分别增长7%、4%。",
            [("出口", "7%"), ("进口", "4%")],
        ),
        (
            "甲镇、乙镇、丙镇总产值分别达到1亿元、2亿元、3亿元。",
            [("甲镇总产值", "1亿元"), ("乙镇总产值", "2亿元"), ("丙镇总产值", "3亿元")],
        ),
        (
            "一产、二产、三产增加值分别增长3%、6%和7%。",
            [("一产增加值", "3%"), ("二产增加值", "6%"), ("三产增加值", "7%")],
        ),
        (
            "城镇和农村居民人均可支配收入分别增长5%和7%。",
            [("城镇居民人均可支配收入", "5%"), ("农村居民人均可支配收入", "7%")],
        ),
        (
            "新建厂房、仓库分别达到30万平方米、20万平方米。",
            [("新建厂房", "30万平方米"), ("新建仓库", "20万平方米")],
        ),
        (
            "海运、空运吞吐量分别为300万吨和8万吨。",
            [("海运吞吐量", "300万吨"), ("空运吞吐量", "8万吨")],
        ),
    ],
)
def test_respectively_pairs_in_order(text: str, expected: list[tuple[str, str]]) -> None:
    assert named("力争" + text) == expected


def test_more_values_than_subjects_pair_from_the_right() -> None:
    text = "出口、进口分别增长7%、4%、3%。"
    assert named(text) == [("出口", "4%"), ("进口", "3%")]
    assert optional(text) == ["7%"]


def test_more_subjects_than_values_pair_from_the_right() -> None:
    assert named("消费、出口、进口分别增长4%、3%。") == [("出口", "4%"), ("进口", "3%")]


def test_respectively_has_a_span_for_each_value() -> None:
    text = "出口、进口分别增长7%、4%。"
    assert [text[target.start : target.end] for target in found(text)] == ["7%", "4%"]


# --- 均, 都, 各 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["均", "都", "均达到"])
def test_one_value_for_each_of_several(word: str) -> None:
    targets = found(f"江东区、江西区覆盖率{word}41%。")
    assert [target.indicator for target in targets] == ["江东区覆盖率", "江西区覆盖率"]
    assert len({(target.start, target.end) for target in targets}) == 1


def test_each_of_two_shares_the_growth() -> None:
    assert brief("出口和进口均增长7%以上。") == [
        ("出口", "growth", "at_least", "7%"),
        ("进口", "growth", "at_least", "7%"),
    ]


def test_a_joint_value_stays_one() -> None:
    assert brief("教育和卫生支出增长10%。") == [("教育和卫生支出", "growth", "eq", "10%")]


# --- ellipsis, 其中, attributes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "固定资产投资270亿元、增长10%以上。",
            [("固定资产投资", "270亿元"), ("固定资产投资", "10%")],
        ),
        (
            "改造棚户区52幢、6.4万平方米。",
            [("改造棚户区", "52幢"), ("改造棚户区", "6.4万平方米")],
        ),
        (
            "技改项目一季度投产率20%、二季度50%、三季度75%。",
            [("技改项目投产率", "20%"), ("技改项目投产率", "50%"), ("技改项目投产率", "75%")],
        ),
        (
            "新开工厂房50万平方米，新竣工30万平方米。",
            [("新开工厂房", "50万平方米"), ("新竣工厂房", "30万平方米")],
        ),
    ],
)
def test_what_is_left_unsaid_was_said_before(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_the_next_sentence_starts_anew() -> None:
    assert [name for name, _ in named("出口达到30亿元。进口增长7%。")] == ["出口", "进口"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "供应建设用地5万亩，其中产业用地2万亩。",
            [("供应建设用地", "5万亩"), ("供应建设用地·产业用地", "2万亩")],
        ),
        (
            "安排项目40个，其中新建25个。",
            [("安排项目", "40个"), ("安排项目·新建", "25个")],
        ),
    ],
)
def test_among_names_a_part(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_among_changes_no_status() -> None:
    targets = found("一、2030年工作回顾\n新建公园30个，其中口袋公园12个。")
    assert [target.status for target in targets] == ["achievement", "achievement"]


@pytest.mark.parametrize(
    ("text", "owned"),
    [
        ("实施水利项目30个，完成投资20亿元。", "水利项目投资"),
        ("实施水利项目30个，总投资20亿元。", "水利项目总投资"),
        ("新建厂房30幢，建筑面积20万平方米。", "厂房建筑面积"),
    ],
)
def test_a_noun_that_says_nothing_alone_is_told_of_the_thing_before(text: str, owned: str) -> None:
    assert named(text)[1][0] == owned


def test_a_list_shares_the_verb_that_defines_the_flow() -> None:
    assert brief("新增科技企业8家、上云企业30家。") == [
        ("新增科技企业", "increment", "eq", "8家"),
        ("新增上云企业", "increment", "eq", "30家"),
    ]


def test_a_comma_clause_with_a_verb_of_its_own_shares_nothing() -> None:
    assert brief("新增科技企业8家，建设众创空间3个。") == [
        ("新增科技企业", "increment", "eq", "8家"),
        ("众创空间", "count", "eq", "3个"),
    ]


# --- indicators ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "kept"),
    [
        ("引进", True),
        ("招引", True),
        ("发行", True),
        ("供应", True),
        ("申报", True),
        ("储备", True),
        ("新建", True),
        ("改造", True),
        ("完成", False),
        ("实现", False),
        ("建设", False),
        ("打造", False),
        ("创建", False),
        ("实施", False),
        ("促成", False),
        ("力争", False),
    ],
)
def test_verbs_of_a_flow_stay_and_verbs_of_doing_go(verb: str, kept: bool) -> None:
    assert named(f"{verb}示范项目30个。") == [(verb + "示范项目" if kept else "示范项目", "30个")]


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("出口", ["出口"]),
        ("出口、进口", ["出口", "进口"]),
        ("家具、家电零售额", ["家具零售额", "家电零售额"]),
        ("城乡居民收入", ["城镇居民收入", "农村居民收入"]),
        ("新建厂房、仓库", ["新建厂房", "新建仓库"]),
        ("亩均税收和亩均产值", ["亩均税收", "亩均产值"]),
        ("设施（水、电）投资", ["设施（水、电）投资"]),
        ("饱和度", ["饱和度"]),
        ("参与率", ["参与率"]),
        ("普及率", ["普及率"]),
        ("小学以及初中入学率", ["小学入学率", "初中入学率"]),
    ],
)
def test_members_of_a_list_of_subjects(name: str, members: list[str]) -> None:
    assert subjects(name) == members


@pytest.mark.parametrize(
    ("name", "kind", "short"),
    [
        ("居民消费价格涨幅", "growth", "居民消费价格"),
        ("出口年均增长", "growth", "出口"),
        ("出口增速", "growth", "出口"),
        ("出口增速", "relative", "出口增速"),
        ("经济增长", "growth", "经济增长"),
        ("能耗降幅", "decline", "能耗"),
        ("增长", "growth", "增长"),
    ],
)
def test_the_word_for_the_change_is_no_part_of_a_growing_indicator(name: str, kind: str, short: str) -> None:
    assert without_change(name, kind) == short


def test_the_growth_of_a_stock_keeps_the_stock_in_its_name() -> None:
    assert named("贷款余额70亿元，增速达到7%，余额占比达到30%。")[:2] == [("贷款余额", "70亿元"), ("贷款余额", "7%")]


def test_two_numbers_with_words_between_them_are_no_list() -> None:
    assert named("出口、进口分别增长7%，消费增长4%。")[-1] == ("消费", "4%")


def test_the_part_named_by_among_is_not_the_whole_of_the_next() -> None:
    assert named("新建公园30个，其中口袋公园12个，其中儿童公园3个。")[1:] == [
        ("新建公园·口袋公园", "12个"),
        ("新建公园·儿童公园", "3个"),
    ]
