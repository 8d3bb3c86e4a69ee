"""How the installation does: what was seen, and which of it lies past its limit. Ring 1.

heartbeat file, store -> Vitals -> complaints -> `crawler health`, `crawler doctor`, the daemon's log
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from crawler.channels import Standing
from crawler.model import Json, value
from crawler.options import Limits
from crawler.wire import instant

SHOWN = 100
"""So many failing sources are named at most."""


@value
class Late:
    """The checks that should have been made by now."""

    checks: int
    since: datetime
    """When the one that is latest was due."""
    source: str
    url: str


@value
class Waiting:
    """What waits for a channel."""

    channel: str
    deliveries: int
    alert: str
    """Id of the one that waits longest."""
    since: datetime
    """Since when it could have been delivered: a digest's waits for its hour first."""
    attempts: int
    error: str | None


@value
class Vitals:
    """The state of an installation at a moment."""

    at: datetime
    ticked_at: datetime | None
    """When the daemon last went through its schedule; None: never."""
    late: Late | None = None
    waiting: tuple[Waiting, ...] = ()
    dead: int = 0
    """So many deliveries were given up and not tried again."""
    sources: int = 0
    """So many are watched."""
    failing: tuple[str, ...] = ()
    """Those that are told to fail (`source.failing`), by id."""
    channels: tuple[Standing, ...] = ()
    """Those that fail or are told to fail."""


@value
class Complaint:
    """Something past its limit."""

    about: str
    """tick, overdue, pending NAME, channel NAME or sources: the same as long as the trouble lasts."""
    said: str


def complaints(vitals: Vitals, limits: Limits) -> list[Complaint]:
    """All that lies past its limit, the worst first; empty: all is well."""
    return [
        *_about_tick(vitals, limits.tick),
        *_about_late(vitals, limits.overdue),
        *_about_channels(vitals, limits.pending),
        *_about_sources(vitals, limits.failing_percent),
    ]


def _about_tick(vitals: Vitals, limit: timedelta) -> Iterator[Complaint]:
    if vitals.ticked_at is None:
        yield Complaint(about="tick", said="no daemon has been at work on this database yet")
    elif vitals.at - vitals.ticked_at > limit:
        ago = span(vitals.at - vitals.ticked_at)
        yield Complaint(about="tick", said=f"no daemon has been at work on this database for {ago}{_limit(limit)}")


def _about_late(vitals: Vitals, limit: timedelta) -> Iterator[Complaint]:
    late = vitals.late
    if late and vitals.at - late.since > limit:
        yield Complaint(
            about="overdue",
            said=f"checks are late ({late.checks}), the longest by {span(vitals.at - late.since)}: "
            f"{late.url} of source {late.source}{_limit(limit)}",
        )


def _about_channels(vitals: Vitals, limit: timedelta) -> Iterator[Complaint]:
    stuck = [each for each in vitals.waiting if vitals.at - each.since > limit]
    for each in stuck:
        so_far = f"after {each.attempts} attempts: {each.error}" if each.error else "and was not tried yet"
        yield Complaint(
            about=f"pending {each.channel}",
            said=f"alert {each.alert} has waited for channel {each.channel} for {span(vitals.at - each.since)}"
            f"{_limit(limit)}, {so_far}",
        )
    named = {each.channel for each in stuck}
    for standing in vitals.channels:
        since = standing.failing_since
        if since and standing.channel not in named and (standing.told or vitals.at - since > limit):
            lost = f"; {standing.gave_up} alerts were given up" if standing.gave_up else ""
            yield Complaint(
                about=f"channel {standing.channel}",
                said=f"channel {standing.channel} has failed for {span(vitals.at - since)}: {standing.error}{lost}",
            )


def _about_sources(vitals: Vitals, limit: int) -> Iterator[Complaint]:
    failing = len(vitals.failing)
    if failing and failing * 100 >= limit * vitals.sources:
        named = ", ".join(vitals.failing[:5]) + (" …" if failing > 5 else "")
        yield Complaint(about="sources", said=f"{failing} of {vitals.sources} sources fail: {named}")


def _limit(limit: timedelta) -> str:
    return f" (limit: {span(limit)})"


def span(time: timedelta) -> str:
    """A duration in its two largest units: '3 h 5 min'; what is less than nothing is nothing."""
    seconds = max(0, int(time.total_seconds()))
    counts = (seconds // 86_400, seconds // 3_600 % 24, seconds // 60 % 60, seconds % 60)
    said = [f"{count} {unit}" for count, unit in zip(counts, ("d", "h", "min", "s"), strict=True) if count]
    return " ".join(said[:2]) or "0 s"


def vitals_json(vitals: Vitals, found: list[Complaint]) -> dict[str, Json]:
    """The document of `crawler health --json`; ages in seconds."""
    late, oldest = vitals.late, min(vitals.waiting, key=lambda each: each.since, default=None)
    return {
        "healthy": not found,
        "complaints": [{"about": each.about, "said": each.said} for each in found],
        "at": instant(vitals.at),
        "last_tick": _age("at", vitals.ticked_at, vitals.at),
        "overdue": late
        and {"checks": late.checks, "source": late.source, "url": late.url, **_since(late.since, vitals.at)},
        "pending": oldest and _waiting_json(oldest, vitals),
        "deliveries": {"pending": sum(each.deliveries for each in vitals.waiting), "dead": vitals.dead},
        "sources": {"watched": vitals.sources, "failing": len(vitals.failing), "names": list(vitals.failing[:SHOWN])},
        "channels": [
            {
                "channel": each.channel,
                "error": each.error,
                "given_up": each.gave_up,
                "told": each.told,
                "failing": _age("since", each.failing_since, vitals.at),
            }
            for each in vitals.channels
        ],
    }


def _waiting_json(oldest: Waiting, vitals: Vitals) -> dict[str, Json]:
    return {
        "alert": oldest.alert,
        "channel": oldest.channel,
        "attempts": oldest.attempts,
        "error": oldest.error,
        **_since(oldest.since, vitals.at),
    }


def _since(since: datetime, at: datetime) -> dict[str, Json]:
    return {"since": instant(since), "seconds": int((at - since).total_seconds())}


def _age(name: str, since: datetime | None, at: datetime) -> dict[str, Json] | None:
    return {name: instant(since), "seconds": int((at - since).total_seconds())} if since else None
