"""When a channel counts as dead and is told through the others, and when as working again. Ring 1.

    outbox.settle -> Standing -> news -> announce.of_channel -> Store.tell_channel -> the other channels

A channel fails from its first attempt that failed until one succeeds. That is told once it lasted for the patience of
the configuration (`Limits.pending`), or at once where an alert was given up; and the end of it is told. However often a
channel fails and recovers, it is told once per such time at most: no storm.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from crawler.model import value

CLOCKS_DIFFER = timedelta(minutes=10)
"""What lies further ahead than that was written by a clock that was ahead, and counts as long ago."""

News = Literal["channel.failing", "channel.recovered"]


@value
class Standing:
    """How a channel stands, as stored."""

    channel: str
    failing_since: datetime | None = None
    """Its first failed attempt since the last one that succeeded; None: it works."""
    error: str | None = None
    """Of the last attempt that failed."""
    gave_up: int = 0
    """So many deliveries were given up that were not told yet as lost, or since it was told as failing."""
    told: bool = False
    """`channel.failing` was raised and no `channel.recovered` since."""
    told_at: datetime | None = None
    """When `channel.failing` was raised last."""


def news(standing: Standing, now: datetime, patience: timedelta) -> News | None:
    """What is to be told of the channel now."""
    if standing.told:
        return None if standing.failing_since else "channel.recovered"
    lasting = standing.failing_since is not None and _over(standing.failing_since, now, patience)
    rested = standing.told_at is None or _over(standing.told_at, now, patience)
    return "channel.failing" if lasting or (standing.gave_up and rested) else None


def after(standing: Standing, told: News, now: datetime) -> Standing:
    """How the channel stands once that was told; one that works but lost an alert has nothing to recover from."""
    if told == "channel.failing" and standing.failing_since:
        return replace(standing, told=True, told_at=now)
    told_at = now if told == "channel.failing" else standing.told_at
    return replace(standing, told=False, told_at=told_at, gave_up=0)


def _over(since: datetime, now: datetime, patience: timedelta) -> bool:
    return not -CLOCKS_DIFFER <= now - since < patience
