"""Values as stored text and back: JSON with exact decimals as strings. No I/O."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal

from crawler.model import Json, Schedule, Target, TargetChange, TargetDiff

_TARGET = tuple(field.name for field in fields(Target))  # by hand: `asdict` takes twenty times as long
_EXACT = ("low", "high")


def dump(document: Json) -> str:
    """Compact JSON, readable Chinese."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def load(text: str | bytes) -> Json:
    """The document of `dump`."""
    return json.loads(text)


def text_bytes(text: str) -> bytes:
    """A text as stored: UTF-8 that can hold every `str`."""
    return text.encode("utf-8", "surrogatepass")


def bytes_text(data: bytes) -> str:
    """The text of `text_bytes`."""
    return data.decode("utf-8", "surrogatepass")


def dump_targets(targets: Sequence[Json]) -> bytes:
    """A version's targets (each as `target_json`) as stored."""
    return text_bytes(dump(targets))


def load_targets(data: bytes) -> tuple[Target, ...]:
    """The targets of `dump_targets`."""
    return tuple(_target(stored) for stored in load(bytes_text(data)))


def target_json(target: Target) -> dict[str, Json]:
    """A target's fields, decimals as strings."""
    plain = {name: getattr(target, name) for name in _TARGET}
    return {**plain, **{name: None if plain[name] is None else str(plain[name]) for name in _EXACT}}


def dump_diff(diff: TargetDiff) -> str:
    """A change of targets as stored, in the form of the contract."""
    return dump({
        "changed": [
            {"indicator": change.indicator, "old": target_json(change.old), "new": target_json(change.new)}
            for change in diff.changed
        ],
        "added": [target_json(target) for target in diff.added],
        "removed": [target_json(target) for target in diff.removed],
    })  # fmt: skip


def load_diff(text: str) -> TargetDiff:
    """The change of `dump_diff`."""
    document = load(text)
    return TargetDiff(
        changed=tuple(
            TargetChange(indicator=item["indicator"], old=_target(item["old"]), new=_target(item["new"]))
            for item in document["changed"]
        ),
        added=tuple(_target(stored) for stored in document["added"]),
        removed=tuple(_target(stored) for stored in document["removed"]),
    )


def schedule_text(schedule: Schedule) -> str:
    """A schedule as text, to notice when it changed."""
    if schedule.every is not None:
        return f"every {schedule.every.total_seconds():g}s"
    return f"cron {schedule.cron} {schedule.timezone}"


def instant(moment: datetime | None) -> str | None:
    """A time as people's programs read it: 2026-11-22T08:00:00Z."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _target(stored: Mapping[str, Json]) -> Target:
    exact = {name: None if stored[name] is None else Decimal(stored[name]) for name in _EXACT}
    return Target(**{**stored, **exact})
