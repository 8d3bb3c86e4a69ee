"""What passes a limit of health (`crawler.health.complaints`), told in the reader's language."""

from collections.abc import Mapping
from datetime import timedelta

from babel.dates import format_timedelta

from crawler.health import Complaint, Vitals
from crawler.options import Limits
from crawler.web.locale import marked, translated

_Said = tuple[str, Mapping[str, object]]


def told(complaint: Complaint, vitals: Vitals, limits: Limits, language: str) -> str:
    """The complaint, as `crawler health` says it in English."""
    about, _, name = complaint.about.partition(" ")
    said = {
        "tick": _tick(vitals, limits),
        "overdue": _overdue(vitals, limits),
        "pending": _pending(vitals, limits, name),
        "channel": _channel(vitals, name),
        "sources": _sources(vitals),
    }.get(about)
    if said is None:
        return complaint.said
    message, values = said
    shown = {key: long(item, language) if isinstance(item, timedelta) else item for key, item in values.items()}
    return translated(language, message, **shown)


def long(time: timedelta, language: str) -> str:
    """A duration in its largest unit: '3 hours'."""
    return format_timedelta(max(time, timedelta(0)), locale=language)


def _tick(vitals: Vitals, limits: Limits) -> _Said:
    if vitals.ticked_at is None:
        return marked("No daemon has been at work on this database yet."), {}
    message = marked("No daemon has been at work on this database for %(time)s (limit: %(limit)s).")
    return message, {"time": vitals.at - vitals.ticked_at, "limit": limits.tick}


def _overdue(vitals: Vitals, limits: Limits) -> _Said | None:
    late = vitals.late
    if late is None:
        return None
    message = marked(
        "%(count)s checks are late, the longest by %(time)s: %(url)s of source %(source)s (limit: %(limit)s)."
    )
    time = vitals.at - late.since
    values = {"count": late.checks, "time": time, "url": late.url, "source": late.source, "limit": limits.overdue}
    return message, values


def _pending(vitals: Vitals, limits: Limits, channel: str) -> _Said | None:
    waiting = next((each for each in vitals.waiting if each.channel == channel), None)
    if waiting is None:
        return None
    values = {"channel": channel, "time": vitals.at - waiting.since, "limit": limits.pending}
    if waiting.error is None:
        message = marked(
            "An alert has waited for channel %(channel)s for %(time)s (limit: %(limit)s) and was not tried yet."
        )
        return message, values
    message = marked(
        "An alert has waited for channel %(channel)s for %(time)s (limit: %(limit)s), tried %(count)s times: %(error)s"
    )
    return message, {**values, "count": waiting.attempts, "error": waiting.error}


def _channel(vitals: Vitals, channel: str) -> _Said | None:
    standing = next((each for each in vitals.channels if each.channel == channel), None)
    if standing is None or standing.failing_since is None:
        return None
    message = marked("Channel %(channel)s has failed for %(time)s, alerts given up %(count)s: %(error)s")
    time = vitals.at - standing.failing_since
    return message, {"channel": channel, "time": time, "count": standing.gave_up, "error": standing.error}


def _sources(vitals: Vitals) -> _Said:
    named = ", ".join(vitals.failing[:5]) + (" …" if len(vitals.failing) > 5 else "")
    message = marked("%(failing)s of %(sources)s sources fail: %(named)s")
    return message, {"failing": len(vitals.failing), "sources": vitals.sources, "named": named}
