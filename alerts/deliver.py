"""The way from the outbox to the channels: at least once, in order per page, no channel waiting for another.

    claim (with a lease) -> send -> settle: delivered | tried again later | dead once its time is up

A process that dies between `send` and `settle` leaves the lease to run out; the delivery is then made again under the
same id. May import ring 1 only; the store, the gate, the clock and the dice are arguments.
"""

import asyncio
import contextlib
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import structlog

from alerts import CHANNELS
from alerts.attempt import Attempt, Post
from alerts.parcels import Parcel, concluded, parcels, people
from alerts.sample import sample
from alerts.timing import LONGEST_PAUSE, digest_boundary, pause
from crawler.checks import Delivery, Held, NotSent, Sent
from crawler.model import value
from crawler.options import AppriseChannel, Channel, EmailChannel

APPRISE_TIMEOUT = timedelta(seconds=45)
SLACK = timedelta(seconds=15)
"""A sender keeps its channel's timeout; one that does not is stopped so much later, and loses its lease later still."""
LOOK_AGAIN = timedelta(seconds=2)
AT_ONCE = 4
"""Deliveries on their way to one channel at the same time."""
DIGEST = 200
"""Alerts in one mail: so many can be named in one that no mail program cuts."""
STOP_AFTER = 3
"""After so many failures in a row a channel is left alone until the next run."""
RUSH = 16
"""Where all must be tried all the same, so many then go at once: a receiver that hangs costs few time-outs."""
LEAST_ATTEMPTS = 10
"""None is given up before (four hours of attempts): after a long sleep, or a jump of the clock, time proves nothing."""

_log = structlog.get_logger(__name__)


class Outbox(Protocol):
    """The deliveries that wait; each method is one transaction."""

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
        """What may be tried now, ours alone until `now + lease`: the oldest of each page.

        With `raised_before` all of a page that was raised before that moment (a digest). With `retry_before` also what
        waits for a later attempt, unless it was tried since that moment; what was, holds back nothing.
        """

    def settle(
        self, delivery: Delivery, outcome: Sent | NotSent | Held, *, now: datetime, next_attempt: datetime | None
    ) -> None:
        """Note how an attempt ended; one that failed with no next attempt is dead.

        What later alerts of the page are held back for, and is over with this, is tried again at once.
        """

    def expire(self, channels: Collection[str], now: datetime) -> int:
        """Declare dead what waits for channels other than these, once its time is up; how many."""


@value
class DeliveryCounts:
    """What became of the deliveries of one run."""

    delivered: int = 0
    retried: int = 0
    """Attempts that failed, or were held for some recipients, and will be repeated."""
    dead: int = 0
    """Given up."""
    partly: int = 0
    """Of those the ones that tell of some recipients only: the channel itself works."""

    @property
    def attempted(self) -> int:
        """All of them."""
        return self.delivered + self.retried + self.dead

    def __add__(self, other: "DeliveryCounts") -> "DeliveryCounts":
        return DeliveryCounts(
            delivered=self.delivered + other.delivered,
            retried=self.retried + other.retried,
            dead=self.dead + other.dead,
            partly=self.partly + other.partly,
        )


@value
class _Run:
    """What all deliveries of one run to one channel share."""

    outbox: Outbox
    channel: Channel
    post: Post
    now: Callable[[], datetime]
    jitter: Callable[[], float]
    start: datetime
    everything: bool
    ca_file: str | None


async def deliver(
    outbox: Outbox,
    channels: Mapping[str, Channel],
    post: Post,
    *,
    now: Callable[[], datetime],
    jitter: Callable[[], float],
    everything: bool = False,
    ca_file: str | None = None,
) -> DeliveryCounts:
    """Try what is due on every channel, side by side; with `everything` all that waits, each once, digests too.

    `channels` are all that are configured; `jitter` gives 0 to 1; `ca_file` is `Network.ca_file`, for mail servers.
    """
    start = now()
    counts = DeliveryCounts(dead=outbox.expire(list(channels), start))
    runs = [
        _Run(
            outbox=outbox,
            channel=channel,
            post=post,
            now=now,
            jitter=jitter,
            start=start,
            everything=everything,
            ca_file=ca_file,
        )
        for channel in channels.values()
    ]
    busy = _Busy(len(runs))
    results = await asyncio.gather(*(_attend(run, busy) for run in runs), return_exceptions=True)
    # Only now: a fault of the store in one channel's run must not cut another's in the middle of a message.
    for result in results:
        if isinstance(result, BaseException):
            raise result
        counts += result
    return counts


async def test_channel(
    channel: Channel,
    post: Post,
    *,
    ca_file: str | None = None,  # noqa: PT028 (no test, whatever its name says)
) -> Sent | NotSent:
    """Send a made-up alert, marked as a test, past the outbox."""
    at = datetime.now(UTC)
    alerts = (sample(channel.name, at),)
    return await _send(channel, Attempt(alerts=alerts, at=at, post=post, recipients=people(channel), ca_file=ca_file))


class _Busy:
    """How many channels are still at their first round."""

    def __init__(self, channels: int) -> None:
        self._left = channels
        self.over = asyncio.Event()

    def finish(self) -> None:
        """One channel is through."""
        self._left -= 1
        if not self._left:
            self.over.set()


async def _attend(run: _Run, busy: _Busy) -> DeliveryCounts:
    """Drain the channel; while slower ones are at it, keep looking for what came meanwhile."""
    try:
        counts = await _drain(run)
    finally:
        busy.finish()
    while not (busy.over.is_set() or run.everything or counts.retried or counts.dead):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(busy.over.wait(), LOOK_AGAIN.total_seconds())
        counts += await _drain(replace(run, start=_moment(run)))
    return counts


async def _drain(run: _Run) -> DeliveryCounts:
    """Claim and send until nothing is due, or the channel proves broken."""
    counts, failures = DeliveryCounts(), 0
    while batch := _claim(run, AT_ONCE if failures < STOP_AFTER else RUSH):
        groups = [batch] if _digest(run.channel) else [[delivery] for delivery in batch]
        for result in await asyncio.gather(*(_attempt(run, group) for group in groups)):
            counts += result
            failures = 0 if result.delivered or result.partly else failures + 1
        if failures >= STOP_AFTER and not run.everything:
            _log.warning("channel is failing, left alone until the next run", channel=run.channel.name)
            break
    return counts


def longest_attempt(channel: Channel) -> timedelta:
    """After which an attempt is stopped, whatever its sender is at; a claim's lease lasts a little longer."""
    return SLACK + (APPRISE_TIMEOUT if isinstance(channel, AppriseChannel) else channel.timeout)


def _digest(channel: Channel) -> bool:
    return isinstance(channel, EmailChannel) and channel.digest is not None


def _claim(run: _Run, at_once: int) -> list[Delivery]:
    """What was due when the run began: what fails in it is not due in it again, so every run ends."""
    raised_before = None
    if isinstance(run.channel, EmailChannel) and run.channel.digest:
        until_now = run.start + timedelta(microseconds=1)
        raised_before = until_now if run.everything else digest_boundary(run.channel, run.start)
    return run.outbox.claim(
        run.channel.name,
        now=run.start,
        lease=_moment(run) - run.start + longest_attempt(run.channel) + SLACK,
        limit=at_once if raised_before is None else DIGEST,
        raised_before=raised_before,
        retry_before=run.start if run.everything else None,
    )


def _moment(run: _Run) -> datetime:
    """Now; a clock that was set back stands still."""
    return max(run.now(), run.start)


async def _attempt(run: _Run, deliveries: Sequence[Delivery]) -> DeliveryCounts:
    """One message for these deliveries (more where recipients lack different ones of them), then settled one by one."""
    sent = parcels(deliveries, people(run.channel))
    outcomes = await asyncio.gather(*(_post(run, parcel) for parcel in sent))
    at, tries, dice = _moment(run), max(delivery.attempts for delivery in deliveries), run.jitter()
    counts = DeliveryCounts()
    for delivery in deliveries:
        ways = [(way, outcome) for way, outcome in zip(sent, outcomes, strict=True) if delivery in way.deliveries]
        outcome = concluded(delivery, people(run.channel), ways)
        # One moment for all: what failed together is tried again together.
        wait = pause(tries, outcome.retry_after, dice) if isinstance(outcome, NotSent) else LONGEST_PAUSE
        counts += _settle(run, delivery, outcome, at, wait)
    return counts


async def _post(run: _Run, parcel: Parcel) -> Sent | NotSent:
    alerts = tuple(delivery.alert for delivery in parcel.deliveries)
    outcome = await _send(
        run.channel,
        Attempt(alerts=alerts, at=_moment(run), post=run.post, recipients=parcel.recipients, ca_file=run.ca_file),
    )
    if isinstance(outcome, NotSent):
        _log.warning("alert not delivered", channel=run.channel.name, error=outcome.error, alerts=len(alerts))
    return outcome


def _settle(
    run: _Run, delivery: Delivery, outcome: Sent | NotSent | Held, at: datetime, wait: timedelta
) -> DeliveryCounts:
    if isinstance(outcome, Sent):
        run.outbox.settle(delivery, outcome, now=at, next_attempt=None)
        return DeliveryCounts(delivered=1)
    tried_long = at >= delivery.give_up_at and delivery.attempts + 1 >= LEAST_ATTEMPTS
    dead = isinstance(outcome, NotSent) and tried_long
    run.outbox.settle(delivery, outcome, now=at, next_attempt=None if dead else at + wait)
    partly = isinstance(outcome, Held) or bool(delivery.reached or outcome.reached)
    return DeliveryCounts(dead=int(dead), retried=int(not dead), partly=int(partly))


async def _send(channel: Channel, attempt: Attempt) -> Sent | NotSent:
    """The attempt's outcome, whatever happens: the one place where a bug of a sender costs no more than a delay."""
    try:
        async with asyncio.timeout(longest_attempt(channel).total_seconds()):
            return await CHANNELS[type(channel)](channel, attempt)
    except TimeoutError:
        return NotSent(error="no answer in time")
    except Exception as error:  # noqa: BLE001 (one delivery: a bug must not stop the others)
        # Not the error's text: it may hold the channel's address, which is a secret.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        _log.error("sender crashed", channel=channel.name, error=type(error).__name__, where=where)
        return NotSent(error=f"internal error ({type(error).__name__} at {where}): please report it")
