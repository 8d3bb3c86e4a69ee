"""When a source is told to fail, and when to be well again. Ring 1.

A source is told to fail once, however many of its pages do. One page of many that is broken for good must not hide that
the whole portal fails later: what was told while a part failed is told again when most of it, or its listing, fails a
day later or more. (Sooner it is the same trouble, which took its time to show in every page.)
"""

from dataclasses import replace
from datetime import datetime, timedelta

from crawler.announce import Event
from crawler.model import Failure, value

ANOTHER_TROUBLE = timedelta(days=1)


@value
class Health:
    """A source as a whole, asked for right before a check of it is decided."""

    told_failing: bool
    """`source.failing` was raised and no `source.recovered` since."""
    failing_elsewhere: int
    """How many other pages of it (its listing counts as one) failed `failing_after` times in a row or more."""
    told_partly: datetime | None = None
    """Since when only a part of it fails that was told to fail; None: most of it, or it was not told."""
    others: int = 0
    """How many other pages it has (its listing counts as one); of very many not all are counted."""
    listing_failing: bool = False
    """Its listing is among those."""


@value
class Telling:
    """What to tell of a source after a check, and what is then told of it."""

    tell: bool
    """Raise `source.failing` (after a failure) or `source.recovered` (after a success)."""
    told_failing: bool
    told_partly: datetime | None
    """As in `Health`."""


def after_failure(
    failures: int, failing_after: int, health: Health, now: datetime, *, listing: bool = False
) -> Telling:
    """After a failed check of a page (or of the listing), the last of so many in a row."""
    if failures < failing_after:
        return Telling(tell=False, told_failing=health.told_failing, told_partly=health.told_partly)
    failing, all_of_them = health.failing_elsewhere + 1, health.others + 1
    mostly = listing or health.listing_failing or 2 * failing > all_of_them
    if not health.told_failing:
        return Telling(tell=True, told_failing=True, told_partly=None if mostly else now)
    told = health.told_partly
    anew = mostly and told is not None and now - told >= ANOTHER_TROUBLE
    return Telling(tell=anew, told_failing=True, told_partly=None if mostly else told)


def after_success(health: Health, now: datetime) -> Telling:
    """After a check that found its page (or read the listing)."""
    if not health.told_failing or not health.failing_elsewhere:
        return Telling(tell=health.told_failing, told_failing=False, told_partly=None)
    few = not health.listing_failing and 4 * health.failing_elsewhere <= health.others + 1
    return Telling(tell=False, told_failing=True, told_partly=health.told_partly or (now if few else None))


def failing_event(failures: int, reason: str, now: datetime) -> Event:
    """What is told after so many failed checks."""
    summary = f"来源连续 {failures} 次无法读取：{reason}"
    return Event(type="source.failing", at=now, mark=now.isoformat(), summary=summary, reason=reason)


def recovered_event(now: datetime) -> Event:
    """What is told once it works."""
    return Event(type="source.recovered", at=now, mark=now.isoformat(), summary="来源已恢复正常", severity="low")


def named(failure: Failure, url: str) -> Failure:
    """A failure at another address (a part, a further page of a listing) says at which."""
    if failure.url in (url, "") or failure.url in failure.reason:
        return failure
    return replace(failure, reason=f"{failure.reason} ({failure.url})")
