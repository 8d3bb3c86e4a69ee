"""What a reprint did to a report: targets that differ, and how much is left of the text."""

import pytest

from crawler.compare import Portals, compare_portals
from tests.support.sides import side

PLAN = "二、2031年工作安排\n"
AIMS = "今年发展的主要预期目标是：地区生产总值增长6%左右；固定资产投资增长8%以上；城镇新增就业3万人以上。\n"
ROADS = "全面推进乡村振兴，新建高标准农田3万亩，改造农村公路120公里，让田园更有看头。\n"
TRADE = "持续优化营商环境，新增经营主体1.2万户，为企业减负20亿元以上。"
TEXT = PLAN + AIMS + ROADS + TRADE


def compared(new: str, old: str = TEXT) -> Portals:
    return compare_portals(side(old), side(new))


def test_a_report_and_itself() -> None:
    found = compared(TEXT)
    assert not found.targets
    assert not found.differing
    assert found.share == 1


def test_two_empty_texts_are_alike() -> None:
    assert compare_portals(side(""), side("")).share == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("增长", "删加"),
        ("改造", "革新"),
        ("新增经营主体", "新添市场主体"),
        ("左右", "上下"),
        ("投资", "投入"),
        ("3万人", "30000人"),
    ],
)
def test_other_words_for_the_same_number_are_no_other_target(old: str, new: str) -> None:
    found = compared(TEXT.replace(old, new))
    assert not found.targets
    assert all(passage.op in ("same", "changed") for passage in found.passages)


@pytest.mark.parametrize(
    ("old", "new", "indicator"),
    [
        ("6%", "6.5%", "地区生产总值"),
        ("8%以上", "8%以内", "固定资产投资"),
        ("120公里", "210公里", "改造农村公路"),
        ("20亿元", "20万元", "企业减负"),
    ],
)
def test_another_value_is_told(old: str, new: str, indicator: str) -> None:
    (change,) = compared(TEXT.replace(old, new)).targets.changed
    assert indicator.endswith(change.indicator) or change.indicator.endswith(indicator)


def test_another_value_amid_other_words() -> None:
    spun = TEXT.replace("推进", "鞭策").replace("改造", "革新").replace("120公里", "102公里")
    targets = compared(spun).targets
    texts = [(change.old.text, change.new.text) for change in targets.changed]
    assert (texts or [(targets.removed[0].text, targets.added[0].text)]) == [("120公里", "102公里")]


def test_targets_of_a_dropped_paragraph_are_removed() -> None:
    found = compared(PLAN + AIMS + TRADE)
    assert [target.text for target in found.targets.removed] == ["3万亩", "120公里"]
    assert [passage.op for passage in found.differing] == ["dropped"]


def test_targets_of_an_added_paragraph_are_added() -> None:
    found = compared(TEXT, PLAN + AIMS + TRADE)
    assert [target.text for target in found.targets.added] == ["3万亩", "120公里"]


def test_the_share_is_symmetric_and_falls_with_each_edit() -> None:
    one, two = TEXT.replace("6%", "7%"), TEXT.replace("6%", "7%").replace("优化", "改善")
    assert compared(one).share == pytest.approx(compared(TEXT, one).share)
    assert 1 > compared(one).share > compared(two).share > compared(PLAN + AIMS).share > 0
