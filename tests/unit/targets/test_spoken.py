"""Forms in which reports say quantities, and what only looks like one, as a reader meets them in whole sentences."""

import pytest

from tests.support.targets import brief, found


@pytest.mark.parametrize(
    ("sentence", "mentions"),
    [
        ("力争人均预期寿命提高到80岁以上。", [("人均预期寿命", "level", "at_least", "80岁")]),
        ("力争出口增速达到7%。", [("出口", "growth", "eq", "7%")]),
        ("力争能耗降低两成。", [("能耗", "decline", "eq", "20%")]),
        ("力争财政收入增长百分之六到七。", [("财政收入", "growth", "range", "6-7%")]),
        ("力争财政收入增长百分之六至百分之七。", [("财政收入", "growth", "range", "6-7%")]),
        ("力争建设20个过亿项目。", [("过亿项目", "count", "eq", "20个")]),
        (
            "力争建成5个5G基站集群、3个4A级景区。",
            [("5G基站集群", "count", "eq", "5个"), ("4A级景区", "count", "eq", "3个")],
        ),
        (
            "力争一般公共预算收入增长5%左右、确保达到4%。",
            [("一般公共预算收入", "growth", "about", "5%"), ("一般公共预算收入", "growth", "eq", "4%")],
        ),
        (
            "力争三季度开工率85%以上，全年投资完成率达到100%。",
            [("开工率", "rate", "at_least", "85%"), ("投资完成率", "rate", "eq", "100%")],
        ),
        (
            "争取到2030年地区生产总值突破2万亿元大关，人均突破10万元。",
            [("地区生产总值", "level", "more_than", "2万亿元"), ("人均地区生产总值", "level", "more_than", "10万元")],
        ),
        ("今年的预期目标是地区生产总值增长6%。", [("地区生产总值", "growth", "eq", "6%")]),
        ("１．今年新建公园２０个。", [("新建公园", "count", "eq", "20个")]),
        ("今年粮食产量稳定在１２\n０万吨以上。", [("粮食产量", "level", "at_least", "120万吨")]),
        (
            "力争居民收入与经济增长同步、低收入农户收入增速高于全省平均水平3个百分点。",
            [("居民收入", "relative", "outpace", "同步"), ("低收入农户收入增速", "relative", "outpace", "3个百分点")],
        ),
        ("力争居民收入增速高于全省平均水平2个百分点。", [("居民收入增速", "relative", "outpace", "2个百分点")]),
    ],
)
def test_quantities(sentence: str, mentions: list[tuple[str, str, str, str]]) -> None:
    assert brief(sentence) == mentions


@pytest.mark.parametrize(
    "sentence",
    [
        "今年要开通24小时热线。",
        "今年要办好15件民生实事。",
        "今年要完成40项重点任务。",
        "今年要做好9个方面工作。",
        "今年要服务好60岁以上老年人。",
        "今年要关爱3岁以下婴幼儿。",
    ],
)
def test_what_only_looks_like_one(sentence: str) -> None:
    assert found(sentence) == []
