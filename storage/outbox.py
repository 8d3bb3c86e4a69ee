"""The outbox: deliveries that wait, are claimed with a lease, and end as delivered or dead.

A process that dies with a claim loses it when the lease ends, and the delivery is made again under the same id: at
least once, never not at all. Within one channel the alerts of a page go out in the order in which they were raised, to
each of its recipients: who was refused one gets the later ones after it, the others get them meanwhile.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Column, ColumnElement, Connection, Row, and_, case, exists, func, or_, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from crawler.checks import Alert, Delivery, Held, NotSent, Sent
from crawler.model import value
from storage import channels as standing
from storage import tables as t
from storage.codec import dump, load
from storage.columns import insert_new
from storage.database import Database

PENDING, DELIVERED, DEAD = "pending", "delivered", "dead"
SECOND_CHANCE = timedelta(days=1)
ROOM = 5_000_000
"""Characters of the alerts of one claim, together: some 40 MB while a digest is made of them."""
CLOCKS_DIFFER = timedelta(minutes=10)
OF_CHANNEL = "channel "
"""What is told of another channel waits for no digest: the alerts that go there may wait for a mender."""
LONGEST_WAIT = timedelta(hours=7)
"""No pause between attempts is longer; both bounds tell what was written by a clock that was ahead."""

_Columns: TypeAlias = ReadOnlyColumnCollection[str, Column[Any]]
_d = t.delivery.c
_older = t.delivery.alias("older")


@value
class Progress:
    """Alerts by how far they got; one with several channels counts once, by the channel that lags most."""

    delivered: int
    pending: int
    failed: int
    """Given up for some channel, and pending for none."""


class Outbox:
    """Deliveries by channel; each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(
        self,
        channel: str,
        *,
        now: datetime,
        lease: timedelta,
        limit: int,
        raised_before: datetime | None = None,
        retry_before: datetime | None = None,
    ) -> list[Delivery]:
        """Up to `limit` deliveries of the channel that may be tried now, oldest first, ours alone until `now + lease`.

        Fewer where their documents are so large that they should not be in memory together (`ROOM`).

        Of each page only the oldest pending one, so that a later alert never overtakes an earlier one. With
        `raised_before` (a digest: one message for all) whatever was raised before that moment, in order, as long as
        nothing older of the page is held up, and what tells of another channel at once. With `retry_before` also those
        whose next attempt lies in the future, unless they were attempted since that moment; these hold nothing up then,
        so that all are tried in turn.
        What reached some recipients and was refused to others holds up those others alone (`Delivery.allowed`, to which
        a digest, told in one message, does not count what is claimed with it): one mailbox that is gone must not keep
        the next alerts of the page from everybody else.
        What a clock that was ahead dated further off than can be counts as over.
        """
        # The lease ends after the true now, which lies after `now` in a long run: nothing right is dated much later.
        moments = _Moments(now=now, latest=now + lease, raised_before=raised_before, retry_before=retry_before)
        ready = _ready(_d, moments)
        blocking = and_(_older.c.state == PENDING, _older.c.reached.is_(None))
        if raised_before is not None:
            blocking = and_(blocking, ~_ready(_older.c, moments))
        if retry_before is not None:
            blocking = and_(blocking, _untried(_older.c, retry_before, moments.latest))
        same = _older.c.channel == _d.channel, _older.c.subject == _d.subject, _older.c.id < _d.id
        wanted = (
            select(_d.id, func.length(t.alert.c.payload))
            .join_from(t.delivery, t.alert)
            .where(_d.channel == channel, ready, ~exists().where(*same, blocking))
            .order_by(_d.id)
            .limit(limit)
        )
        with self._database.write() as connection:
            candidates = _fitting((row[0], row[1]) for row in connection.execute(wanted))
            claimed = [number for number in candidates if _lease(connection, number, moments)]
            return _deliveries(connection, channel, claimed, together=raised_before is not None)

    def settle(
        self, delivery: Delivery, outcome: Sent | NotSent | Held, *, now: datetime, next_attempt: datetime | None
    ) -> None:
        """Note how an attempt ended; one that failed with no next attempt makes the delivery dead.

        What was sent is delivered whoever says so; a failure only counts for the latest claim. Whom it reached all the
        same is kept with it. What later alerts of the page are held for, and is over with this, is due at once.
        """
        mine = [_d.id == delivery.id, _d.state != DELIVERED]
        values: dict[str, Any] = {"leased_until": None, "settled_at": now, "next_attempt": next_attempt}
        if isinstance(outcome, Sent):
            values |= {"state": DELIVERED, "error": None}
        else:
            mine += [_d.state == PENDING, _d.leased_until == delivery.leased_until]
            values |= {"state": DEAD if next_attempt is None else PENDING, "error": outcome.error}
            if isinstance(outcome, Held):
                values["attempts"] = delivery.attempts
            if isinstance(outcome, Held) or outcome.reached:
                values["reached"] = dump(sorted({*delivery.reached, *outcome.reached}))
        with self._database.write() as connection:
            if isinstance(outcome, Held) and not _held(connection, delivery, outcome.waiting):
                values["next_attempt"] = None
            if not connection.execute(t.delivery.update().where(*mine).values(values)).rowcount:
                return
            dead = values["state"] == DEAD
            if isinstance(outcome, Sent) or outcome.reached or dead:
                # What was tried so often for these recipients need not be tried as often for each later one.
                _wake(connection, delivery, attempts=delivery.attempts + 1 if dead else 0)
            _note(connection, delivery, outcome, now, dead=dead)

    def expire(self, channels: Collection[str], now: datetime) -> int:
        """Declare dead what waits for channels that are not configured any more, once its time is up."""
        lost = (_d.state == PENDING, _d.channel.not_in(list(channels)), _d.give_up_at <= now)
        error = "the channel is not in sources.yaml any more; add it and retry, or ignore this"
        with self._database.write() as connection:
            counts = connection.execute(select(_d.channel, func.count()).where(*lost).group_by(_d.channel)).all()
            dead = t.delivery.update().where(*lost).values(state=DEAD, leased_until=None, settled_at=now, error=error)
            connection.execute(dead)
            for channel, count in counts:
                standing.failed(connection, channel, error, now, dead=count, partly=False)
        return sum(count for _, count in counts)

    def counts(self) -> dict[str, int]:
        """How many deliveries are pending, delivered and dead."""
        with self._database.read() as connection:
            rows = connection.execute(select(_d.state, func.count()).group_by(_d.state)).all()
        return {PENDING: 0, DELIVERED: 0, DEAD: 0} | {row[0]: row[1] for row in rows}

    def progress(self, since: datetime) -> Progress:
        """How alerts (not their single deliveries) stand, and how many got there since a moment."""
        state = func.max(case((_d.state == PENDING, 2), (_d.state == DEAD, 1), else_=0))
        latest = func.max(_d.settled_at)
        each = select(_d.alert, state.label("state"), latest.label("latest")).group_by(_d.alert).subquery()
        recent = each.c.latest >= since
        counted = {
            "delivered": and_(each.c.state == 0, recent),
            "pending": each.c.state == 2,
            "failed": and_(each.c.state == 1, recent),
        }
        query = select(*(func.count().filter(wanted).label(name) for name, wanted in counted.items()))
        with self._database.read() as connection:
            return Progress(**connection.execute(query.select_from(each)).mappings().one())

    def retry(self, alert_id: str | None, now: datetime) -> int:
        """Make what is dead or pending (of one alert, or of all) due at once; returns how many deliveries.

        They are tried for a day at least, however long ago they were to be given up.
        """
        again = [_d.state != DELIVERED]
        later = case((_d.give_up_at < now + SECOND_CHANCE, now + SECOND_CHANCE), else_=_d.give_up_at)
        if alert_id is not None:
            again.append(_d.alert == alert_id)
        with self._database.write() as connection:
            revived = t.delivery.update().where(*again).values(state=PENDING, next_attempt=None, give_up_at=later)
            return connection.execute(revived).rowcount


def readdress(connection: Connection, channels_of: Mapping[str, Sequence[str]]) -> None:
    """Move what waits for a channel that no source names any more to the channels its source names now.

    `channels_of` gives each watched source's channels. What has no source or no channel to go to stays as it is.
    """
    named = {channel for channels in channels_of.values() for channel in channels}
    lost = (
        select(t.delivery, t.alert.c.source)
        .join_from(t.delivery, t.alert)
        .where(_d.state == PENDING, _d.channel.not_in(named))
        .order_by(_d.id)
    )
    for row in connection.execute(lost).mappings().all():
        kept = {name: row[name] for name in ("alert", "subject", "raised_at", "state", "give_up_at")}
        moved = [{**kept, "channel": channel, "attempts": 0} for channel in channels_of.get(row["source"], ())]
        if moved:
            connection.execute(insert_new(connection, t.delivery), moved)
            connection.execute(t.delivery.delete().where(_d.id == row["id"]))


def _note(
    connection: Connection, delivery: Delivery, outcome: Sent | NotSent | Held, now: datetime, *, dead: bool
) -> None:
    """What an attempt says of its channel."""
    if isinstance(outcome, Sent):
        standing.works(connection, delivery.channel)
    elif isinstance(outcome, NotSent):
        partly = bool(delivery.reached or outcome.reached)
        standing.failed(connection, delivery.channel, outcome.error, now, dead=int(dead), partly=partly)


@value
class _Moments:
    """What a claim measures deliveries by."""

    now: datetime
    latest: datetime
    raised_before: datetime | None
    retry_before: datetime | None


def _ready(d: _Columns, moments: _Moments) -> ColumnElement[bool]:
    """Pending, leased to nobody, and its time has come."""
    latest = moments.latest
    misdated = or_(d.next_attempt > latest + LONGEST_WAIT, d.settled_at > latest + CLOCKS_DIFFER)
    time_has_come = or_(d.next_attempt.is_(None), d.next_attempt <= moments.now, misdated)
    if moments.retry_before is not None:
        time_has_come = or_(time_has_come, _untried(d, moments.retry_before, latest))
    ready = [d.state == PENDING, _free(d, moments), time_has_come]
    if moments.raised_before is not None:
        of_channel = d.subject.startswith(OF_CHANNEL)
        ready.append(or_(d.raised_at < moments.raised_before, d.raised_at > latest + CLOCKS_DIFFER, of_channel))
    return and_(*ready)


def _free(d: _Columns, moments: _Moments) -> ColumnElement[bool]:
    over = or_(d.leased_until <= moments.now, d.leased_until > moments.latest + CLOCKS_DIFFER)
    return or_(d.leased_until.is_(None), over)


def _untried(d: _Columns, since: datetime, latest: datetime) -> ColumnElement[bool]:
    return or_(d.settled_at.is_(None), d.settled_at < since, d.settled_at > latest + CLOCKS_DIFFER)


def _fitting(candidates: Iterable[tuple[int, int]]) -> list[int]:
    """The first ones whose documents fit into memory together; one at least."""
    room = ROOM
    fitting: list[int] = []
    for number, size in candidates:
        room -= size
        if room < 0 and fitting:
            break
        fitting.append(number)
    return fitting


def _lease(connection: Connection, number: int, moments: _Moments) -> bool:
    """Claim one: the update counts a row only for one of two processes that want it."""
    taken = connection.execute(
        t.delivery.update()
        .where(_d.id == number, _d.state == PENDING, _free(_d, moments))
        .values(leased_until=moments.latest, attempts=_d.attempts + 1)
    )
    return bool(taken.rowcount)


def _partly_of(channel: str, subjects: Collection[str]) -> ColumnElement[bool]:
    """What reached some of the channel's recipients and waits for others."""
    return and_(_d.channel == channel, _d.subject.in_(subjects), _d.state == PENDING, _d.reached.is_not(None))


def _wake(connection: Connection, delivery: Delivery, attempts: int) -> None:
    """Make due what is held for it: whoever has it now, or never will, may have the later ones of the page."""
    later = _partly_of(delivery.channel, [delivery.subject]), _d.id > delivery.id
    at_least = case((_d.attempts < attempts, attempts), else_=_d.attempts)
    connection.execute(t.delivery.update().where(*later).values(next_attempt=None, attempts=at_least))


def _held(connection: Connection, delivery: Delivery, waiting: Collection[str]) -> bool:
    """Whether all who wait for an older one still do: another process may have delivered it since this was claimed."""
    older = select(_d.reached).where(_partly_of(delivery.channel, [delivery.subject]), _d.id < delivery.id)
    allowed = _in_all(load(row.reached) for row in connection.execute(older))
    return allowed is not None and not set(allowed) & set(waiting)


def _in_all(reached: Iterable[Sequence[str]]) -> tuple[str, ...] | None:
    """Who is among the recipients of each; None where there is none to be among."""
    groups = [set(group) for group in reached]
    return tuple(sorted(set.intersection(*groups))) if groups else None


def _deliveries(connection: Connection, channel: str, numbers: list[int], *, together: bool) -> list[Delivery]:
    """What was claimed, in order; with `together` it goes out in one message, so that it holds up nothing in it."""
    rows = connection.execute(
        select(t.delivery, *(column.label(f"alert_{column.name}") for column in t.alert.c))
        .join_from(t.delivery, t.alert)
        .where(_d.id.in_(numbers))
        .order_by(_d.id)
    ).all()
    others = select(_d.id, _d.subject, _d.reached).where(_partly_of(channel, {row.subject for row in rows}))
    if together:
        others = others.where(_d.id.not_in(numbers))
    partly = [(row.id, row.subject, load(row.reached)) for row in connection.execute(others)]
    return [
        _delivery(row, _in_all(got for number, of, got in partly if of == row.subject and number < row.id))
        for row in rows
    ]


def _delivery(row: Row[Any], allowed: tuple[str, ...] | None) -> Delivery:
    alert = Alert(
        id=row.alert_id,
        type=row.alert_type,
        source=row.alert_source,
        page=row.alert_page,
        raised_at=row.alert_raised_at,
        summary=row.alert_summary,
        payload=load(row.alert_payload),
        channels=tuple(load(row.alert_channels)),
    )
    return Delivery(
        id=row.id,
        alert=alert,
        channel=row.channel,
        subject=row.subject,
        attempts=row.attempts - 1,
        leased_until=row.leased_until,
        give_up_at=row.give_up_at,
        reached=tuple(load(row.reached)) if row.reached else (),
        allowed=allowed,
    )
