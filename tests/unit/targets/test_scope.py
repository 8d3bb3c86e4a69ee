"""Of which part of the region a number is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.targets.scope import REACH, scope_of


def asked(text: str, number: str, indicator: str = "") -> str:
    """The scope of a number in a made-up sentence."""
    return scope_of(text, text.index(number), indicator)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("中心城区新增停车位5万个。", "中心城区"),
        ("北山高新区提质提效,亩均税收达到5万元。", "北山高新区"),
        ("加快改革;东湾新区聚焦临港产业,新开工项目5个。", "东湾新区"),
        ("完善机制,南岭自贸区5项成果全国推广。", "南岭自贸区"),
        ("各市(州)每个领域遴选5个项目。", "各市(州)"),
        ("各市县新建公园5个。", "各市县"),
    ],
)
def test_a_part_of_the_region(text: str, scope: str) -> None:
    assert asked(text, "5") == scope


@pytest.mark.parametrize(
    "text",
    [
        "地区生产总值增长5%。",
        "全市地区生产总值增长5%。",
        "支持北山高新区扩容,新增企业5家。",  # an object, not a subject
        "建设东湾新区,完成投资5亿元。",
        "出台南岭自贸区方案,新增企业5家。",
        "北山高新区建设提速,外贸出口增长5%。",  # part of a longer noun
        "北山高新区和东湾新区提质,税收增长5%。",
        "境外合作区达到8个,新增企业5家。",  # it is counted itself
        "北山高新区提质提效;外贸出口增长5%。",
        "北山高新区提质提效。外贸出口增长5%。",
        "北山高新区提质提效,全市外贸出口增长5%。",
        "着眼促进就业,新增就业5万人。",
        "增长5%。中心城区扩容。",
        "",
    ],
)
def test_the_whole_region(text: str) -> None:
    assert scope_of(text, max(text.find("5"), 0), "") == ""


def test_the_nearest_subject_counts() -> None:
    text = "北山高新区提质提效,税收增长5%,东湾新区扩区强链,出口增长7%。"
    assert (asked(text, "5"), asked(text, "7")) == ("北山高新区", "东湾新区")


def test_what_the_indicator_says_is_not_said_twice() -> None:
    assert asked("中心城区绿色出行比例达到75%。", "75", "中心城区绿色出行比例") == ""


def test_a_subject_too_far_off_is_none() -> None:
    assert asked("北山高新区提质提效," + "做强" * REACH + ",税收增长5%。", "5") == ""


@given(st.text(alphabet="北山高新区各市(州),;5%做强", max_size=60), st.integers(0, 60))
def test_a_scope_stands_in_the_text_before_the_number(text: str, position: int) -> None:
    scope = scope_of(text, min(position, len(text)), "")
    assert scope in text[:position]


@given(st.text(alphabet="北山高新区,做强", max_size=60))
def test_what_was_said_before_a_full_stop_changes_nothing(text: str) -> None:
    assert asked(text + "。出口增长5%", "5") == ""
