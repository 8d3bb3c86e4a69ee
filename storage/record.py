"""What one check concluded, written in the transaction of the caller: all of it, or (Outrun) nothing.

The state row's counters are the guard: the first statement moves the row only if it still holds the version and the
number of checks from which this one started, so that of two processes that checked the same page one records and the
other's result is dropped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from crawler.checks import Alert, Intent, ListingIntent, NewVersion, Outcome, Part
from crawler.errors import Outrun
from crawler.model import Source
from crawler.pairing import TITLED
from storage import episodes, template, versions
from storage import tables as t
from storage.codec import dump, dump_reasons
from storage.columns import UtcTime, insert_new, plain
from storage.outbox import OF_CHANNEL
from storage.sync import LISTED_BY, NO_SUSPICION, add_pages

_MOVED = (
    "version",
    "next_check",
    "checked_at",
    "outcome",
    "reason",
    "failures",
    "missing",
    "gone",
    "swings",
    "swung_at",
    "why",
    *NO_SUSPICION,
)
_MOVE = (
    t.state.update()
    .where(
        t.state.c.page == bindparam("the_page"),
        t.state.c.version == bindparam("old_version"),
        t.state.c.checks == bindparam("old_checks"),
    )
    .values(
        {
            "checks": t.state.c.checks + 1,
            "succeeded_at": func.coalesce(bindparam("new_succeeded_at", type_=UtcTime), t.state.c.succeeded_at),
            **{name: bindparam(f"new_{name}") for name in _MOVED},
        }
    )
)
_SUCCESSES = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED)
_SOURCE = select(*t.source.c["url", "told_failing", "told_partly"]).where(t.source.c.id == bindparam("the_source"))


def record(connection: Connection, intent: Intent) -> None:
    """One check of a page."""
    due, source = intent.due, intent.due.source
    stored = connection.execute(_SOURCE, {"the_source": source.id}).one()
    if stored.url != source.url:
        intent = _of_old_address(connection, intent)
    _move(connection, intent)
    episodes.note(connection, intent)
    for version in _versions(intent):
        versions.add(connection, due.page, version, _severity(intent, version))
        _update_page(connection, intent, version)
        document = version.document
        if document.year is not None and (document.region or TITLED in document.title):
            connection.execute(insert_new(connection, t.unpaired), {"page": due.page})
    _update_marks(connection, intent)
    if intent.lesson is not None:
        template.learn(connection, intent.lesson, due.page)
    if intent.parts is not None and intent.parts != due.parts:
        _replace_parts(connection, due.page, intent.parts)
    if intent.held or (intent.suspicion is None and due.suspicion is not None):
        versions.drop_held(connection, due.page)
        versions.add_captures(connection, due.page, None, intent.held)
    raise_alerts(
        connection, _untold(connection, intent, (stored.told_failing, stored.told_partly)), source.give_up_after
    )


def record_listing(connection: Connection, intent: ListingIntent) -> None:
    """One reading of a listing; a page it names for the first time is due at once, and news unless all of them are.

    A reading of a listing that was moved or asked for other pages meanwhile is dropped: `sync` has made it due again.
    What a reading that failed half-way found is news all the same, but no baseline.
    """
    source = intent.due.source
    stored = connection.execute(
        select(*t.source.c[*LISTED_BY, "told_failing", "told_partly"], t.listing.c.known)
        .join_from(t.source, t.listing)
        .where(t.source.c.id == source.id)
        .with_for_update()
    ).one_or_none()
    if stored is None or any(getattr(stored, name) != getattr(source, name) for name in LISTED_BY):
        return
    whole = intent.outcome is Outcome.UNCHANGED
    connection.execute(
        t.listing.update()
        .where(t.listing.c.source == source.id)
        .values(
            checks=t.listing.c.checks + 1,
            next_check=intent.next_check,
            checked_at=intent.at,
            succeeded_at=intent.at if whole else t.listing.c.succeeded_at,
            outcome=str(intent.outcome),
            reason=intent.reason,
            failures=intent.failures,
            known=stored.known or whole,
        )
    )
    # The row knows better than the reading whether there was one before: two processes may both have seen none.
    if whole or stored.known:
        _add_found(connection, source, intent, announce=stored.known)
    raise_alerts(
        connection, _untold(connection, intent, (stored.told_failing, stored.told_partly)), source.give_up_after
    )


def raise_alerts(connection: Connection, alerts: Sequence[Alert], give_up_after: timedelta) -> None:
    """Put alerts into the outbox, one delivery a channel; one whose id is there already is left as it is."""
    for alert in alerts:
        inserted = connection.execute(
            insert_new(connection, t.alert),
            {
                "id": alert.id,
                "type": alert.type,
                "source": alert.source,
                "page": alert.page,
                "raised_at": alert.raised_at,
                "summary": alert.summary,
                "payload": dump(dict(alert.payload)),
                "channels": dump(list(alert.channels)),
            },
        )
        if inserted.rowcount and alert.channels:
            rows = _deliveries(alert, alert.raised_at + give_up_after)
            connection.execute(t.delivery.insert(), rows)


def _severity(intent: Intent, version: NewVersion) -> str | None:
    """That of the alert which tells of this version."""
    told = (alert.payload.get("severity") for alert in intent.alerts if alert.type == "page.changed")
    return next(told, None) if version is intent.version else None


def _versions(intent: Intent) -> list[NewVersion]:
    return [version for version in (intent.reread, intent.version) if version is not None]


def _of_old_address(connection: Connection, intent: Intent) -> Intent:
    """A check that was under way while sources.yaml gave the page another address.

    What it read is history of the page, but the page stays where it was put, without validators, and is due at once.
    """
    url = connection.execute(select(t.page.c.url).where(t.page.c.id == intent.due.page)).scalar_one()
    return replace(intent, url=url, parts=None, next_check=intent.at, why=())


def _untold(connection: Connection, intent: Intent | ListingIntent, told: tuple[bool, datetime | None]) -> list[Alert]:
    """The alerts to raise: how the source stands is told by the one process that turns its state."""
    if told != (intent.told_failing, intent.told_partly):
        new = {"told_failing": intent.told_failing, "told_partly": intent.told_partly}
        other = or_(*(t.source.c[name].is_distinct_from(state) for name, state in new.items()))
        mine = t.source.c.id == intent.due.source.id, other
        if connection.execute(t.source.update().where(*mine).values(new)).rowcount:
            return list(intent.alerts)
    return [alert for alert in intent.alerts if not alert.type.startswith("source.")]


def _move(connection: Connection, intent: Intent) -> None:
    """Move the state row from what the check saw to what it concluded."""
    due = intent.due
    numbers = [due.version, *(version.number for version in _versions(intent))]
    values = {
        "the_page": due.page,
        "old_version": due.version,
        "old_checks": due.checks,
        "new_version": numbers[-1],
        "new_next_check": intent.next_check,
        "new_checked_at": intent.at,
        "new_succeeded_at": intent.at if intent.outcome in _SUCCESSES else None,
        "new_outcome": str(intent.outcome),
        "new_reason": intent.reason,
        "new_failures": intent.failures,
        "new_missing": intent.missing,
        "new_gone": intent.gone,
        "new_swings": intent.swings,
        "new_swung_at": intent.swung_at,
        "new_why": dump_reasons(intent.why),
        **_suspicion(intent),
    }
    consecutive = numbers == [*range(due.version, due.version + len(numbers))]
    if not consecutive or not connection.execute(_MOVE, values).rowcount:
        raise Outrun(f"page {due.page} ({due.url}) was recorded by another process meanwhile; this check is dropped")


def _suspicion(intent: Intent) -> Mapping[str, Any]:
    held = intent.suspicion
    values = NO_SUSPICION
    if held is not None:
        values = {
            "suspect_fingerprint": held.fingerprint,
            "suspect_reason": held.reason,
            "suspect_since": held.since,
            "suspect_told": held.told,
            "suspect_stands": held.stands,
        }
    return {f"new_{name}": value for name, value in values.items()}


def _update_page(connection: Connection, intent: Intent, version: NewVersion) -> None:
    document = version.document
    values: dict[str, Any] = {
        "title": document.title,
        "region": document.region,
        "year": document.year,
        "fingerprint": document.fingerprint,
        "characters": len(document.text),
        "target_count": sum(target.status == "target" for target in document.targets),
    }
    if not version.reread:
        values["published"] = document.published
    if version.number > 1 and not version.reread:
        values |= {"changed_at": intent.at, "edits": t.page.c.edits + 1}
    connection.execute(t.page.update().where(t.page.c.id == intent.due.page).values(values))


def _update_marks(connection: Connection, intent: Intent) -> None:
    """Address and rules, where they are others than before."""
    due = intent.due
    marks = {"url": intent.url, "rules": intent.rules or due.rules}
    if marks != {"url": due.url, "rules": due.rules}:
        connection.execute(t.page.update().where(t.page.c.id == due.page).values(marks))


def _replace_parts(connection: Connection, page: int, parts: Sequence[Part]) -> None:
    connection.execute(t.part.delete().where(t.part.c.page == page))
    rows = [
        {
            "page": page,
            "position": position,
            "url": part.url,
            "sha256": part.sha256,
            "paragraphs": part.paragraphs,
            "etag": part.etag,
            "last_modified": part.last_modified,
            "imprint": part.imprint,
        }
        for position, part in enumerate(parts)
    ]
    if rows:
        connection.execute(t.part.insert(), rows)


def _add_found(connection: Connection, source: Source, intent: ListingIntent, *, announce: bool) -> None:
    known = set(connection.execute(select(t.page.c.key).where(t.page.c.source == source.id)).scalars())
    fresh: dict[str, tuple[str, str, str, int]] = {}
    for position, (url, title) in enumerate(intent.found):
        key = plain(url)
        if key not in known:
            fresh.setdefault(key, (key, url, title, position))
    add_pages(connection, source.id, fresh.values(), intent.at, announce=announce)


def _deliveries(alert: Alert, give_up_at: datetime) -> list[dict[str, Any]]:
    """Order holds among alerts on the same page, and among those on a source as a whole or on a channel."""
    if alert.type in ("channel.failing", "channel.recovered"):
        subject = f"{OF_CHANNEL}{alert.payload['channel']}"
    elif alert.page is None or alert.type.startswith("source."):
        subject = f"source {alert.source}"
    else:
        subject = f"page {alert.page}"
    return [
        {
            "alert": alert.id,
            "channel": channel,
            "subject": subject,
            "raised_at": alert.raised_at,
            "state": "pending",
            "attempts": 0,
            "give_up_at": give_up_at,
        }
        for channel in dict.fromkeys(alert.channels)
    ]
