"""One key for all names of an indicator."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.targets.indicators import CANONICAL, english_of, key_of, names_of, simplify
from tests.support.targets import only


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("GDP", "地区生产总值"),
        ("国内生产总值", "地区生产总值"),
        ("全省生产总值", "地区生产总值"),
        ("经济增长", "地区生产总值"),
        ("gross domestic product", "地区生产总值"),
        ("规上工业增加值", "规模以上工业增加值"),
        ("社零总额", "社会消费品零售总额"),
        ("居民消费价格指数", "居民消费价格"),
        ("Ｒ＆Ｄ投入强度", "研发经费投入强度"),
        ("“国家高新技术企业”", "高新技术企业"),
        ("PM2.5平均浓度", "细颗粒物浓度"),
        ("农村常住居民人均可支配收入", "农村居民人均可支配收入"),
        ("社会物流总费用与GDP的比率", "社会物流总费用占地区生产总值比率"),
        ("Gross Regional Product", "地区生产总值"),
    ],
)
def test_known_names(name: str, key: str) -> None:
    assert key_of(name) == key


def test_every_canonical_name_is_its_own_key() -> None:
    assert {name: key_of(name) for name in set(CANONICAL.values())} == {name: name for name in set(CANONICAL.values())}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("工业增加值", "规模以上工业增加值"),
        ("农林牧渔业增加值", "第一产业增加值"),
        ("高新技术企业", "新增高新技术企业"),
        ("新建高标准农田", "改造提升高标准农田"),
        ("农民人均纯收入", "农村居民人均可支配收入"),
        ("高技术产业投资", "高新技术产业投资"),
        ("开工改造老旧小区", "改造老旧小区"),
        ("旅游总收入", "旅游总花费"),
        ("财政总收入", "一般公共预算收入"),
    ],
)
def test_what_is_counted_otherwise_has_a_key_of_its_own(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    "word", ["投资", "收入", "增加值", "产量", "企业", "项目", "规模", "产值", "贷款", "就业", "粮食"]
)
def test_a_word_that_may_mean_several_things_is_no_name(word: str) -> None:
    assert key_of(word) not in CANONICAL.values()


def test_the_table_is_large_enough_to_be_of_use() -> None:
    assert len(set(CANONICAL.values())) >= 150


def test_a_name_stands_in_one_line_only() -> None:
    lines: dict[str, set[str]] = {}
    for canonical in CANONICAL.values():
        for name in names_of(canonical):
            lines.setdefault(simplify(name), set()).add(canonical)
    assert {name: found for name, found in lines.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("canonical", "english"),
    [
        ("地区生产总值", "Gross Regional Product"),
        ("社会消费品零售总额", "Total Retail Sales of Consumer Goods"),
        ("居民消费价格", "Consumer Price Index"),
        ("口袋公园", None),
    ],
)
def test_english_names(canonical: str, english: str | None) -> None:
    assert english_of(canonical) == english


def test_every_canonical_indicator_has_an_english_name_of_its_own() -> None:
    names = [english_of(canonical) for canonical in sorted(set(CANONICAL.values()))]
    assert all(name and name.isascii() for name in names)
    assert len(set(names)) == len(names)


def test_other_names_of_an_unknown_indicator() -> None:
    assert names_of("口袋公园") == ()


def test_an_unknown_indicator_keeps_its_own_text() -> None:
    assert only("新建“口袋 公园”30个。").key == "新建口袋公园"


@given(st.text(max_size=20))
@example("R´¸")
def test_keys_are_stable(name: str) -> None:
    assert key_of(key_of(name)) == key_of(name)
