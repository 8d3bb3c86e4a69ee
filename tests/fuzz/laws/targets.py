"""Any text: each target stands where it says, its figures are numbers, and compared with itself it has no change."""

import re
from decimal import Decimal

from crawler.model import Target
from crawler.targets import compare_targets, describe, describe_change, find_targets
from crawler.text import INVISIBLE

PIECES = (
    "增长", "6%", "左右", "以上", "，", "、", "。", "；", "：", "\n", "新增", "300家", "分别", "均", "其中", "从",
    "到", "2031年", "“", "”", "前", "第", "三", "亿元", "与经济增长同步", "10月底前", "(", ")", "（", "）", "-",
    "１２", "力争", "投资", "高于全省平均水平", "个百分点", "下降", "控制在", "以内", "万人", "千万", "一百二十",
    "零", "两", "半", "十几", "1,234.5", "0.05", "3—5", "5%～6%", "‰", "达到", "不低于", "突破", "去年", "五年",
    "“十五五”", "生产总值", "地区生产总值增长", "居民人均可支配收入", "城镇新增就业", "万元以上", "²", "㎡", "½", "Ⅷ",
    "99999999999999999999999999999999", "1e9", ".", "%", "％", "一、", "（一）", "各位代表：", "预期目标是：",
    "2030年工作回顾", "2031年工作安排", "实现", "完成", "减少", "压减", "翻一番", "倍", "成", "三分之一", "左右的",
    "排名前", "全省第一", " ", "\u200b", "\ufe0f", "\u202a", "\u3164", "\x01",
)  # fmt: skip
_YEARS = (None, 2031, 2026, 1)
_UNSEEN = re.compile(f"[{re.escape(''.join(INVISIBLE))}\x00-\x08\x0e-\x1f\x7f]")
_STATUS = frozenset(("target", "achievement", "optional"))


def check(data: bytes) -> None:
    """The first byte chooses the year; the rest is text, after a NUL the text of the other version."""
    year = _YEARS[data[0] % len(_YEARS)] if data else None
    text, _, other = data[1:].decode("utf-8", "replace").partition("\0")
    found = find_targets(text, year)
    assert found == find_targets(text, year), "the same text was read otherwise"
    assert [target.start for target in found] == sorted(target.start for target in found), "not in order"
    for target in found:
        _stands(target, text)
        assert describe(target)
    assert not compare_targets(found, found), "a text differs from itself"
    _balances(found, find_targets(other, year))


def _stands(target: Target, text: str) -> None:
    assert 0 <= target.start < target.end <= len(text), "outside the text"
    assert _UNSEEN.sub("", text[target.start : target.end]) == target.text, target.text
    assert target.status in _STATUS, target.status
    for bound in (target.low, target.high):
        assert bound is None or (isinstance(bound, Decimal) and bound.is_finite()), bound
    if target.low is not None and target.high is not None and target.relation != "range":  # some fall: 从23%到5%
        assert target.low <= target.high, f"{target.text}: from {target.low} to {target.high}"


def _balances(old: list[Target], new: list[Target]) -> None:
    """Whatever is promised is kept, changed or gone; and what is said of it can be told."""
    diff = compare_targets(old, new)
    before, after = set(old), set(new)
    assert all(change.old in before and change.new in after for change in diff.changed), "a change of nothing"
    assert before.issuperset(diff.removed), "what was removed was not there"
    assert after.issuperset(diff.added), "what was added is not there"
    assert all(describe_change(change) for change in diff.changed)
