"""Values as the JSON of the contract, and back: the one form in which targets are stored, told and printed. Ring 1."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal

from crawler.model import Json, Target, TargetChange, TargetDiff
from crawler.targets import describe_change, describe_value
from crawler.targets.difference import difference_of
from crawler.targets.units import DATE

_FIELDS = tuple(field.name for field in fields(Target))  # by hand: `asdict` takes twenty times as long
_EXACT = ("low", "high")


def target_fields(target: Target) -> dict[str, Json]:
    """A target's own fields, exact decimals as strings; a deadline's value is its date or month (2026-10)."""
    plain: dict[str, Json] = {name: getattr(target, name) for name in _FIELDS}
    for name in _EXACT:
        plain[name] = None if plain[name] is None else str(plain[name])
    if target.unit == DATE:
        plain.update(dict.fromkeys(_EXACT, target.period or None))
    return plain


def target_of(plain: Mapping[str, Json]) -> Target:
    """The target of `target_fields`."""
    dated = plain["unit"] == DATE
    exact = {name: None if dated or plain[name] is None else Decimal(plain[name]) for name in _EXACT}
    return Target(**{**plain, **exact})


def target_told(told: Mapping[str, Json]) -> Target:
    """The target of `target_json`, also of one told when targets had fewer fields."""
    return target_of({name: told[name] for name in _FIELDS if name in told})


def target_json(target: Target) -> dict[str, Json]:
    """A target as told: its fields, and its value in words (`words`)."""
    return {**target_fields(target), "words": describe_value(target)}


def change_json(change: TargetChange) -> dict[str, Json]:
    """A changed target: its indicator, old and new, the change in words, what changed and by how much."""
    old, new, said = target_json(change.old), target_json(change.new), difference_of(change)
    return {
        "indicator": change.indicator,
        "words": describe_change(change),
        "changed": list(said.changed),
        "difference": None if said.amount is None else f"{said.amount:f}",
        "difference_unit": said.unit,
        "difference_percent": None if said.percent is None else f"{said.percent:f}",
        "old": old,
        "new": new,
    }


def target_diff_json(diff: TargetDiff, most: int | None = None) -> dict[str, list[Json]]:
    """What became of the targets, at most so many of each kind."""
    return {
        "changed": [change_json(change) for change in diff.changed[:most]],
        "added": [target_json(target) for target in diff.added[:most]],
        "removed": [target_json(target) for target in diff.removed[:most]],
    }


def instant(moment: datetime | None) -> str | None:
    """A time as people's programs read it: 2026-11-22T08:00:00Z."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
