"""An edit that reaches beyond the quantities of small changes is told."""

from decimal import Decimal

import pytest

from crawler.diff import diff_texts
from crawler.model import Watch
from crawler.targets import compare_targets, find_targets
from crawler.worth import worth_telling

LARGE = Watch(min_change=Decimal("0.5"))
OLD = "今年发展的主要预期目标是：地区生产总值增长6%左右；固定资产投资增长8%以上；新建公园10个。"


def is_told(new: str, old: str = OLD) -> bool:
    targets = compare_targets(tuple(find_targets(old, 2026)), tuple(find_targets(new, 2026)))
    return worth_telling(targets, diff_texts(old, new), LARGE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("6%左右；", "6.1%左右，其中工业一律不再设目标并停止一切补贴；"),
        ("增长6%左右；", "一律不设目标，增长6.1%左右；"),
        ("6%左右；", "6.1%左右。"),
        ("6%左右；固定资产投资增长8%", "6.1%左右；全部固定资产投资增长8.2%"),
    ],
)
def test_an_edit_that_begins_at_a_small_change_is_told(old: str, new: str) -> None:
    assert is_told(OLD.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [("6%", "6.1%"), ("6%左右；固定资产投资增长8%", "6.1%左右；固定资产投资增长8.2%"), ("6%左右", "６.２%左右")],
)
def test_small_changes_alone_are_not(old: str, new: str) -> None:
    assert not is_told(OLD.replace(old, new))


def test_ranges_that_move_within_their_bounds_are_not() -> None:
    old = "今年的主要预期目标是：地区生产总值增长5%—6%；新建公园10个。"
    assert not is_told(old.replace("5%—6%", "5.2%—6.1%"), old)


def test_thousands_of_small_changes_are_weighed_in_a_moment() -> None:
    old = "\n".join(f"第{number}产业增加值增长6%左右；" for number in range(300))
    assert not is_told(old.replace("6%", "6.1%"), old)
