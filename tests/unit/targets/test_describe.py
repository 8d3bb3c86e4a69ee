"""Values in a few words."""

import pytest

from crawler.model import TargetChange
from crawler.targets import describe, describe_change, find_targets
from tests.support.targets import only


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("力争出口增长6%左右。", "增长6%左右"),
        ("能耗下降3.0%左右。", "下降3%左右"),
        ("投资增长10%以上。", "增长10%以上"),
        ("进口规模超860亿元。", "超860亿元"),
        ("失业率控制在5%以内。", "5%以内"),
        ("浓度低于30微克/立方米。", "低于30微克/立方米"),
        ("出口增长5%-6%。", "增长5%—6%"),
        ("10月底前建成江北大桥。", "10月底前"),
        ("新增就业11万人。", "11万人"),
        ("占比提高2个百分点以上。", "提高2个百分点以上"),
        ("占比下降2个百分点。", "下降2个百分点"),
        ("收入增速高于城镇0.8个百分点。", "高出0.8个百分点"),
        ("居民收入与经济增长同步。", "同步"),
        ("出口翻一番。", "翻一番"),
        ("出口规模进入全省前5位。", "前5位"),
        ("综合实力升至第8位。", "第8位"),
        ("总投资1000亿元。", "1000亿元"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert describe(only("力争今年" + text if "力争" not in text else text)) == words


def test_a_renamed_indicator_with_the_same_value_shows_both_names() -> None:
    old, new = find_targets("惠及居民3.4万户。", 2026), find_targets("惠及群众3.4万户。", 2026)
    said = describe_change(TargetChange(indicator="惠及群众", old=old[0], new=new[0]))
    assert said == "惠及居民 3.4万户 → 惠及群众 3.4万户"
