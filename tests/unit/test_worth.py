"""What `watch` asks for is told, and how much it matters; an edit beyond the quantities of small changes is told."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.diff import diff_texts
from crawler.model import Watch
from crawler.targets import compare_targets, find_targets
from crawler.worth import Severity, severity

LARGE = Watch(min_change=Decimal("0.5"))
OLD = "今年发展的主要预期目标是：地区生产总值增长6%左右；固定资产投资增长8%以上；新建公园10个。"


def weighed(watch: Watch, new: str, old: str = OLD) -> Severity | None:
    targets = compare_targets(tuple(find_targets(old, 2026)), tuple(find_targets(new, 2026)))
    return severity(targets, diff_texts(old, new), watch)


def is_told(new: str, old: str = OLD) -> bool:
    return weighed(LARGE, new, old) is not None


@pytest.mark.parametrize(
    ("watch", "old", "new", "expected"),
    [
        (Watch(), "6%左右", "5%左右", "high"),
        (Watch(), "固定资产投资增长8%以上；", "", "high"),
        (Watch(), "新建公园10个。", "新建公园10个；新建学校5所。", "normal"),
        (Watch(), "今年发展的", "今年的", "low"),
        (Watch(text=False), "今年发展的", "今年的", None),
        (Watch(targets=("GDP",)), "今年发展的", "今年的", None),
        (Watch(targets=("GDP",), text=True), "今年发展的", "今年的", "low"),
        (Watch(targets=("GDP",)), "8%以上", "9%以上", None),
        (Watch(targets=("GDP",), text=True), "8%以上", "9%以上", "low"),
        (Watch(min_percent=Decimal(10)), "增长6%", "增长6.5%", None),
        (Watch(min_percent=Decimal(10)), "增长6%", "增长6.6%", "high"),
        (Watch(min_percent=Decimal(10), min_change=Decimal(1)), "增长6%", "增长6.6%", None),
        (Watch(min_percent=Decimal(10)), "公园10个", "公园9个", "high"),
        (Watch(), "8%以上", "8%左右", "high"),
        (Watch(relations=False, text=False), "8%以上", "8%左右", None),
        (Watch(relations=False), "8%以上", "9%左右", "high"),
        (Watch(added=False, text=False), "新建公园10个。", "新建公园10个；新建学校5所。", None),
        (Watch(removed=False, text=False), "固定资产投资增长8%以上；", "", None),
        (Watch(removed=False), "固定资产投资增长8%以上；", "", "low"),
    ],
)
def test_what_is_told_and_how_much_it_matters(watch: Watch, old: str, new: str, expected: Severity | None) -> None:
    assert weighed(watch, OLD.replace(old, new)) == expected


def test_scales_do_not_matter_to_small_changes() -> None:
    old = "今年的主要预期目标是：地区生产总值达到2700亿元左右；新建公园10个。"
    watch = Watch(min_change=Decimal(100), text=False)
    assert weighed(watch, old.replace("2700亿元", "0.275万亿元"), old) is None
    assert weighed(watch, old.replace("2700亿元", "0.29万亿元"), old) == "high"


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


PERCENTS = st.decimals(0, 20, places=1)
RANKS: dict[Severity | None, int] = {None: 0, "low": 1, "normal": 2, "high": 3}


@given(PERCENTS, PERCENTS, PERCENTS)
def test_who_asks_for_larger_changes_is_told_no_more(value: Decimal, one: Decimal, other: Decimal) -> None:
    new = OLD.replace("增长6%", f"增长{value}%")
    small, large = sorted((one, other))
    for asks in ("min_change", "min_percent"):
        told = [RANKS[weighed(Watch(**{asks: bound}), new)] for bound in (small, large)]
        assert told[0] >= told[1]
    assert (weighed(Watch(min_change=one, text=False), new) is not None) == (value != 6 and abs(value - 6) >= one)


@given(st.text("增长发展9%，。新", min_size=1, max_size=4), st.integers(0, len(OLD)))
def test_who_asks_for_nothing_special_is_told_everything(inserted: str, place: int) -> None:
    new = OLD[:place] + inserted + OLD[place:]
    assert weighed(Watch(), new) is not None
    assert weighed(Watch(), OLD, new) is not None
