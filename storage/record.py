"""What one check concluded, written in the transaction of the caller: all of it, or (Outrun) nothing.

The state row's version is the guard: the first statement moves the row only if it still holds what the check started
from, so that of two processes that checked the same page one records and the other's result is dropped.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select

from crawler.checks import Alert, Intent, ListingIntent, NewVersion, Part
from crawler.errors import Outrun
from crawler.model import Source
from storage import tables as t
from storage import versions
from storage.codec import dump
from storage.columns import insert_new, plain
from storage.sync import NO_SUSPICION, add_pages

_MOVED = (
    "version",
    "next_check",
    "checked_at",
    "outcome",
    "reason",
    "failures",
    "missing",
    "gone",
    *NO_SUSPICION,
)
_MOVE = (
    t.state.update()
    .where(
        t.state.c.page == bindparam("the_page"),
        t.state.c.version == bindparam("old_version"),
        # The address in sources.yaml may have been changed while the old one was being read.
        exists()
        .where(t.source.c.id == bindparam("the_source"), t.source.c.url.is_not_distinct_from(bindparam("the_url")))
        .correlate(None),
    )
    .values({"checks": t.state.c.checks + 1, **{name: bindparam(f"new_{name}") for name in _MOVED}})
)
_TELL = (
    t.source.update()
    .where(t.source.c.id == bindparam("the_source"), t.source.c.told_failing != bindparam("told"))
    .values(told_failing=bindparam("told"))
)


def record(connection: Connection, intent: Intent) -> None:
    """One check of a page."""
    due, source = intent.due, intent.due.source
    _move(connection, intent)
    if intent.version is not None:
        versions.add(connection, due.page, intent.version)
        _update_page(connection, intent, intent.version)
    elif intent.url != due.url:
        connection.execute(t.page.update().where(t.page.c.id == due.page).values(url=intent.url))
    if intent.parts is not None and intent.parts != due.parts:
        _replace_parts(connection, due.page, intent.parts)
    if intent.held or (intent.suspicion is None and due.suspicion is not None):
        versions.drop_held(connection, due.page)
        versions.add_captures(connection, due.page, None, intent.held)
    connection.execute(_TELL, {"the_source": source.id, "told": intent.told_failing})
    raise_alerts(connection, intent.alerts, source.give_up_after)


def record_listing(connection: Connection, intent: ListingIntent) -> None:
    """One reading of a listing; a page it names for the first time is due at once."""
    source, was_read = intent.due.source, intent.outcome == "unchanged"
    moved = connection.execute(
        t.listing.update()
        .where(
            t.listing.c.source == source.id,
            t.listing.c.known == (not intent.due.first),
            exists().where(t.source.c.id == source.id, t.source.c.listing == source.listing),
        )
        .values(
            checks=t.listing.c.checks + 1,
            next_check=intent.next_check,
            checked_at=intent.at,
            outcome=str(intent.outcome),
            reason=intent.reason,
            failures=intent.failures,
            known=was_read or not intent.due.first,
        )
    )
    if not moved.rowcount:
        raise Outrun(f"the listing of {source.id} was read or moved meanwhile; this reading is dropped")
    _add_found(connection, source, intent)
    connection.execute(_TELL, {"the_source": source.id, "told": intent.told_failing})
    raise_alerts(connection, intent.alerts, source.give_up_after)


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


def _move(connection: Connection, intent: Intent) -> None:
    """Move the state row from what the check saw to what it concluded."""
    due, number = intent.due, intent.due.version
    if intent.version is not None:
        number = intent.version.number
    fresh = intent.version is None or number == due.version + 1
    moved = (
        fresh
        and connection.execute(
            _MOVE,
            {
                "the_page": due.page,
                "old_version": due.version,
                "the_source": due.source.id,
                "the_url": due.source.url,
                "new_version": number,
                "new_next_check": intent.next_check,
                "new_checked_at": intent.at,
                "new_outcome": str(intent.outcome),
                "new_reason": intent.reason,
                "new_failures": intent.failures,
                "new_missing": intent.missing,
                "new_gone": intent.gone,
                **_suspicion(intent),
            },
        ).rowcount
    )
    if not moved:
        raise Outrun(f"page {due.page} ({due.url}) was recorded or moved meanwhile; this check is dropped")


def _suspicion(intent: Intent) -> Mapping[str, Any]:
    held = intent.suspicion
    values = NO_SUSPICION
    if held is not None:
        values = {
            "suspect_fingerprint": held.fingerprint,
            "suspect_reason": held.reason,
            "suspect_since": held.since,
            "suspect_told": held.told,
        }
    return {f"new_{name}": value for name, value in values.items()}


def _update_page(connection: Connection, intent: Intent, version: NewVersion) -> None:
    document, due = version.document, intent.due
    values: dict[str, Any] = {
        "url": intent.url,
        "title": document.title or due.title,
        "region": document.region or due.region,
        "year": document.year or due.year,
        "fingerprint": document.fingerprint,
        "characters": len(document.text),
        "target_count": sum(target.status == "target" for target in document.targets),
    }
    if version.number > 1:
        values["changed_at"] = intent.at
    connection.execute(t.page.update().where(t.page.c.id == due.page).values(values))


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
        }
        for position, part in enumerate(parts)
    ]
    if rows:
        connection.execute(t.part.insert(), rows)


def _add_found(connection: Connection, source: Source, intent: ListingIntent) -> None:
    known = set(connection.execute(select(t.page.c.key).where(t.page.c.source == source.id)).scalars())
    fresh: dict[str, tuple[str, str, str, int]] = {}
    for position, (url, title) in enumerate(intent.found):
        key = plain(url)
        if key not in known:
            fresh.setdefault(key, (key, url, title, position))
    add_pages(connection, source.id, fresh.values(), intent.at, announce=not intent.due.first)


def _deliveries(alert: Alert, give_up_at: datetime) -> list[dict[str, Any]]:
    """Order holds among alerts on the same page, and among those on a source as a whole."""
    whole = alert.type.startswith("source.") or alert.page is None
    subject = f"source {alert.source}" if whole else f"page {alert.page}"
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
