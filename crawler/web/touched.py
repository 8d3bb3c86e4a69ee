"""Targets that changed, came or went, as rows of a table: before and after in words. No I/O."""

from collections.abc import Callable
from typing import Any

from crawler.model import Json, Target, TargetChange
from crawler.reports import label
from crawler.targets import describe
from crawler.targets.describe import describe_difference
from crawler.targets.difference import difference_of
from crawler.targets.units import DATE
from crawler.wire import target_told

_SENTENCE = 40
"""Characters of it stand for an indicator without a name."""


def touched(diff: Json) -> list[tuple[Json, Json]]:
    """Each target of a change (in the form of the webhook) before and after: changed ones, new ones, lost ones."""
    return [
        *((each["old"], each["new"]) for each in diff["changed"]),
        *((None, each) for each in diff["added"]),
        *((each, None) for each in diff["removed"]),
    ]


def shown_target(before: Json, after: Json, place: Callable[[int], str]) -> dict[str, Any]:
    """A target before and after, one of them maybe none; `place` gives the address of an offset of the new text."""
    old, new = before and target_told(before), after and target_told(after)
    told: list[Target] = [target for target in (new, old) if target]
    changed, difference = _difference(old, new) if old and new else ((), "")
    return {
        "indicator": told[0].indicator or told[0].sentence[:_SENTENCE],
        "scope": told[0].scope,
        "report": label(told[0].report),
        "kind": "changed" if old and new else "added" if new else "removed",
        "old": describe(old) if old else "",
        "new": describe(new) if new else "",
        "changed": changed,
        "difference": difference,
        "unit": " → ".join(dict.fromkeys(target.unit for target in reversed(told) if target.unit != DATE)),
        "period": " → ".join(dict.fromkeys(target.period for target in reversed(told))),
        "address": place(new.start) if new else "",
    }


def _difference(old: Target, new: Target) -> tuple[tuple[str, ...], str]:
    """What changed, and by how much in words."""
    said = difference_of(TargetChange(indicator=new.indicator, old=old, new=new))
    amount, percent = ("" if number is None else f"{number:f}" for number in (said.amount, said.percent))
    return said.changed, describe_difference(amount, said.unit, percent)
