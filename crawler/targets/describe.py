"""A target's value in a few Chinese words, for summaries and tables: 增长6%左右 · 超1250亿元 · 5%以内 · 10月底前.

Ring 1; pure.
"""

from decimal import Decimal

from crawler.model import Target, TargetChange
from crawler.targets.units import POINTS, TIMES

_FORMS = {
    "about": "{}左右",
    "at_least": "{}以上",
    "more_than": "超{}",
    "at_most": "{}以内",
    "less_than": "低于{}",
    "eq": "{}",
    "outpace": "高出{}",
}


def describe(target: Target) -> str:
    """The value with its verb: 增长6%左右, 下降3%左右, 110万人以上."""
    return _verb(target) + describe_value(target)


def describe_change(change: TargetChange) -> str:
    """Indicator and verb once, then the values: 地区生产总值增长 6%左右 → 5.5%左右."""
    old, new = change.old, change.new
    before, after = describe_value(old), describe_value(new)
    verb = _verb(new)
    if verb != _verb(old):
        verb, before, after = "", describe(old), describe(new)
    elif change.indicator.endswith(verb):
        verb = ""
    if before == after and old.period != new.period:
        before, after = f"{before}（{old.period}）", f"{after}（{new.period}）"
    if before == after and old.indicator != new.indicator:
        return f"{old.indicator}{verb} {before} → {new.indicator}{verb} {after}"
    return f"{change.indicator}{verb} {before} → {after}"


def describe_difference(amount: str, unit: str, percent: str) -> str:
    """Signed numbers as written: −0.5个百分点, −8.33%; empty where there is none."""
    shown = [_with_sign(number) + name for number, name in ((amount, unit), (percent, "%")) if number]
    return ", ".join(shown)


def _with_sign(number: str) -> str:
    return "−" + number[1:] if number.startswith("-") else "+" + number


def _verb(target: Target) -> str:
    if _verbless(target):
        return ""
    if target.unit in POINTS:
        return {"increment": "提高", "decrement": "下降"}.get(target.kind, "")
    return {"growth": "增长", "decline": "下降"}.get(target.kind, "")


def _verbless(target: Target) -> bool:
    """翻一番 says by itself what happens."""
    return target.unit == TIMES and target.kind == "growth"


def bare(kind: str, relation: str, low: Decimal | None, high: Decimal | None, unit: str, text: str) -> Target:
    """A value without its sentence."""
    return Target(
        start=0,
        end=0,
        text=text,
        sent_start=0,
        sentence="",
        indicator="",
        kind=kind,
        relation=relation,
        low=low,
        high=high,
        unit=unit,
    )


def describe_value(target: Target) -> str:
    """The value without its verb: 6%左右, 超1250亿元, 5%—6%."""
    if target.unit == "date":
        return target.text + "前"
    if target.low is target.high is None or _verbless(target):
        return target.text
    if target.kind == "rank":
        return ("前" if target.relation == "at_most" else "第") + _amount(target.low or target.high, target.unit)
    if target.relation == "range":
        return f"{_amount(target.low, target.unit)}—{_amount(target.high, target.unit)}"
    return _FORMS[target.relation].format(_amount(target.high if target.low is None else target.low, target.unit))


def _amount(number: Decimal | None, unit: str) -> str:
    if number is None:
        return ""
    plain = f"{number:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) + unit
