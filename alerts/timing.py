"""When to try again, and which alerts a digest holds. Pure: the moment and the dice are arguments."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.options import Channel, EmailChannel

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
DIGEST_HOUR = 8
_DOUBLINGS = 10
"""After so many the longest pause is reached; more would only make huge numbers."""


def pause(attempts: int, retry_after: timedelta | None, dice: float) -> timedelta:
    """How long to wait after another failed attempt: doubled each time, a fifth more or less by `dice` (0 to 1).

    At least as long as the receiver asked for, and at most six hours.
    """
    doubled = FIRST_PAUSE * (2.0 ** min(attempts, _DOUBLINGS)) * (0.8 + 0.4 * dice)
    return min(LONGEST_PAUSE, max(doubled, retry_after or timedelta(0)))


def deliverable(channel: Channel | None, raised_at: datetime) -> datetime:
    """From when on an alert can be delivered to a channel: at once, or with its next digest."""
    if not isinstance(channel, EmailChannel) or channel.digest is None:
        return raised_at
    period = timedelta(days=1) if channel.digest == "daily" else timedelta(hours=1)
    return digest_boundary(channel, raised_at) + period


def digest_boundary(channel: EmailChannel, now: datetime) -> datetime:
    """The last full hour, or the last 08:00, of the channel's time zone: what was raised before it is due."""
    local = now.astimezone(ZoneInfo(channel.timezone)).replace(minute=0, second=0, microsecond=0)
    if channel.digest == "daily":
        today = local.replace(hour=DIGEST_HOUR)
        local = today if today <= local else today - timedelta(days=1)
    return local.astimezone(UTC)
