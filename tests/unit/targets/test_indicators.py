"""One key for all names of an indicator."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.targets.indicators import CANONICAL, key_of
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
    ],
)
def test_known_names(name: str, key: str) -> None:
    assert key_of(name) == key


def test_every_canonical_name_is_its_own_key() -> None:
    assert {name: key_of(name) for name in set(CANONICAL.values())} == {name: name for name in set(CANONICAL.values())}


def test_the_table_is_large_enough_to_be_of_use() -> None:
    assert len(set(CANONICAL.values())) >= 50


def test_an_unknown_indicator_keeps_its_own_text() -> None:
    assert only("新建“口袋 公园”30个。").key == "新建口袋公园"


@given(st.text(max_size=20))
@example("R´¸")
def test_keys_are_stable(name: str) -> None:
    assert key_of(key_of(name)) == key_of(name)
