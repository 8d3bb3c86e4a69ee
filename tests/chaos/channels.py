"""Channels: receivers that fail in every way while storms of changes come, and are well in the end.

Five channels on loopback, each with every alert: a webhook that is always well; one that answers 500, 429 with
Retry-After, redirects, hangs or resets; one whose certificate is bad by turns; mail to two people, of whom one is
refused by turns, with a server that greylists, resets, or drops the connection after DATA; the same as hourly digests.
Between two runs of the deliveries the clock goes on. Real are sinks, gate, outbox and deliveries; the clock is not,
and the alerts are written straight into the outbox.
"""

import asyncio
import random
import ssl
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TypeVar

import structlog
import trustme

from alerts.deliver import deliver
from crawler.fetch import Fetcher
from crawler.options import Channel, EmailChannel, Network, Secret, WebhookChannel
from tests.chaos.case import SHOWN, Case, Row, dice_of, peak
from tests.support.alerting import Desk, alert, hunk, open_desk
from tests.support.http_server import Exchange, HttpServer, reply
from tests.support.sinks import DROP, HANG, RESET, Answer, MailSink, WebhookSink

PAGES = 300
RUNS = 12
"""Of the deliveries, while faults come and go: a few hours on the case's clock."""
STILL = 100
"""Runs after which everything must be told."""
TIMEOUT = timedelta(seconds=0.5)
BOUND = 200
"""Megabytes by which the process may grow, its sinks included."""
A, B = "a@example.org", "b@example.org"
WRONGS: tuple[int | str | Answer, ...] = (
    500,
    503,
    404,
    410,
    RESET,
    Answer(302, {"location": "http://127.0.0.1:9/elsewhere"}),
    Answer(429, {"retry-after": "900"}),
    Answer(429, {"retry-after": "Fri, 31 Dec 2100 23:59:59 GMT"}),
)
MAIL_WRONGS = ("451 greylisted, come again", "421 too busy", "554 spam", RESET, DROP)
REFUSALS = ("550 5.1.1 no such user", "450 mailbox full")

Wrong = TypeVar("Wrong")


class Ledger:
    """Which alerts came to whom, in which order; nothing else of them is kept."""

    def __init__(self) -> None:
        self.came: defaultdict[str, list[str]] = defaultdict(list)
        self.wrong: list[str] = []
        self._ids: dict[str, str] = {}

    def take(self, who: str, name: str) -> None:
        self.came[who].append(name)

    def mailed(self, name: str, message_id: str) -> None:
        """A mail of one alert must bear one id however often it comes."""
        if self._ids.setdefault(name, message_id) != message_id:
            self.wrong.append(f"the mail of {name} came under two ids")

    def lost(self, names: Iterable[str], receivers: Iterable[str]) -> list[str]:
        every = list(names)
        gone = [(who, name) for who in receivers for name in sorted(set(every) - set(self.came[who]))]
        return [f"{name} never came to {who}" for who, name in gone]

    def false(self, names: Iterable[str]) -> list[str]:
        """Alerts that nobody raised, or that came before an older one of their page."""
        every = set(names)
        strange = [f"{name} came to {who}" for who, came in self.came.items() for name in sorted(set(came) - every)]
        return strange + self.wrong + [f"{who}: {line}" for who, came in self.came.items() for line in disorder(came)]

    def duplicates(self) -> int:
        return sum(len(came) - len(set(came)) for came in self.came.values())


def disorder(names: Iterable[str]) -> list[str]:
    """Pages (`page-turn`) whose alerts first came in another order than they were raised."""
    turns: defaultdict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(names):
        page, _, turn = name.partition("-")
        turns[page].append(turn)
    return [f"page {page} in the order {came}" for page, came in turns.items() if came != sorted(came)]


class Stage:
    """The sinks, the channels to them, and what came."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.well, self.ill = stack.enter_context(WebhookSink()), stack.enter_context(WebhookSink())
        self.mail, self.digest = stack.enter_context(MailSink()), stack.enter_context(MailSink())
        self.ledger = Ledger()
        self._trusted, self._strange = trustme.CA(), trustme.CA()
        self.ca_file = str(folder / "ca.pem")
        self._trusted.cert_pem.write_to_path(self.ca_file)
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.certify(good=True)
        self._secured = stack.enter_context(HttpServer(tls=self._context, fallback=self._take))
        self.channels: Mapping[str, Channel] = {
            "well": WebhookChannel(name="well", url=Secret(self.well.url)),
            "ill": WebhookChannel(name="ill", url=Secret(self.ill.url), timeout=TIMEOUT),
            "secured": WebhookChannel(name="secured", url=Secret(self._secured.url("/hook"))),
            "mail": _mail("mail", self.mail),
            "digest": replace(_mail("digest", self.digest), digest="hourly"),
        }
        self.receivers = ("well", "ill", "secured", f"mail {A}", f"mail {B}", f"digest {A}", f"digest {B}")

    def certify(self, *, good: bool) -> None:
        """From the next connection on, a certificate of the authority that is trusted, or of another."""
        (self._trusted if good else self._strange).issue_cert("127.0.0.1").configure_cert(self._context)

    def trouble(self, dice: random.Random) -> None:
        """What goes wrong until the next run, on each channel or not."""
        self.ill.answers[:] = _mixed(WRONGS, dice, healthy=204)
        if dice.random() < 0.3:
            self.ill.answers[3:6] = [HANG] * 3
        self.certify(good=dice.random() < 0.5)
        for sink in (self.mail, self.digest):
            sink.data[:] = _mixed(MAIL_WRONGS, dice, healthy="250 OK")
            sink.refuse[B][:] = [dice.choice(REFUSALS)] * 1_000 if dice.random() < 0.5 else []

    def heal(self) -> None:
        self.certify(good=True)
        self.ill.answers.clear()
        for sink in (self.mail, self.digest):
            sink.data.clear()
            sink.refuse.clear()

    def collect(self) -> None:
        """Write down what came, and let the sinks forget it."""
        for name, hook in (("well", self.well), ("ill", self.ill)):
            for request in hook.accepted:
                self.ledger.take(name, request.headers["webhook-id"])
            hook.requests.clear()
        self._secured.requests.clear()
        for name, sink in (("mail", self.mail), ("digest", self.digest)):
            for message, people in zip(sink.messages, sink.recipients, strict=True):
                for told in message.get_all("X-Report-Crawler-Alert", []):
                    for who in people:
                        self.ledger.take(f"{name} {who}", str(told))
                    if name == "mail":
                        self.ledger.mailed(str(told), str(message["Message-ID"]))
            sink.messages.clear()
            sink.recipients.clear()

    async def _take(self, exchange: Exchange) -> None:
        self.ledger.take("secured", exchange.request.headers["webhook-id"])
        await exchange.send(reply(status=204, headers={"Connection": "close"}))


def run(size: int, seed: int) -> Row:
    """`size` alerts, as storms over at most 300 pages, three or more of each; each goes to all channels."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        stack.enter_context(_quiet())
        desk = stack.enter_context(open_desk(Path(folder), PAGES))
        stage = Stage(stack, Path(folder))
        return asyncio.run(_run(size, seed, desk, stage))


async def _run(size: int, seed: int, desk: Desk, stage: Stage) -> Row:
    dice, before = dice_of(seed, "channels"), peak()
    pages = min(PAGES, max(1, size // 3))
    names = [f"{number % pages:03}-{number // pages:04}" for number in range(size)]
    network = Network(allow_private=True, ca_file=stage.ca_file)
    delayed, slowest = list[str](), 0.0
    async with Fetcher(network, now=desk.clock.now, jitter=dice.random) as gate:
        for turn in range(RUNS):
            _raise(desk, names[turn * size // RUNS : (turn + 1) * size // RUNS], stage.channels)
            stage.trouble(dice)
            began = monotonic()
            await _deliver(desk, stage, gate, dice)
            slowest = max(slowest, monotonic() - began)
            delayed += stage.ledger.lost(names[: (turn + 1) * size // RUNS], ["well"])
            desk.clock.pass_by(minutes=dice.choice((1, 5, 20, 60)))
        stage.heal()
        healed, runs = desk.clock.now(), 0
        while stage.ledger.lost(names, stage.receivers) and runs < STILL:
            desk.clock.pass_by(minutes=5)
            await _deliver(desk, stage, gate, dice)
            runs += 1
    lost, false = stage.ledger.lost(names, stage.receivers), stage.ledger.false(names)
    grown = peak() - before
    faults = [*lost, *false, *(f"delayed by others: {line}" for line in delayed)]
    faults += [f"the process grew by {grown:.0f} MB"] * (grown > BOUND)
    told = sum(map(len, stage.ledger.came.values()))
    return Row(
        case="channels",
        tried=size,
        lost=len(lost),
        false=len(false),
        duplicates=stage.ledger.duplicates(),
        seconds=(desk.clock.now() - healed).total_seconds(),
        megabytes=peak(),
        note=f"{told:,} messages to {len(stage.receivers)} receivers, none waiting for another; "
        f"slowest run {slowest:.0f} s; the program grew by {grown:.0f} MB",
        faults=tuple(faults[:SHOWN]),
    )


async def _deliver(desk: Desk, stage: Stage, gate: Fetcher, dice: random.Random) -> None:
    """One run as the daemon makes it."""
    await deliver(desk.outbox, stage.channels, gate.post, now=desk.clock.now, jitter=dice.random, ca_file=stage.ca_file)
    stage.collect()


def _raise(desk: Desk, names: Iterable[str], channels: Iterable[str]) -> None:
    """Alerts of ten kilobytes and more, raised at this moment."""
    text = {"hunks": [hunk(old="旧" * 400, new="新" * 400)] * 4, "unified": "文" * 4_000, "truncated": False}
    named = tuple(channels)
    for name in names:
        raised = alert(name, on=int(name.partition("-")[0]) + 1, channels=named, text=text)
        desk.put(replace(raised, raised_at=desk.clock.now()))


def _mail(name: str, sink: MailSink) -> EmailChannel:
    return EmailChannel(
        name=name,
        host=sink.host,
        port=sink.port,
        security="opportunistic",
        sender="crawler@example.org",
        recipients=(A, B),
        timeout=timedelta(seconds=5),
    )


def _mixed(wrongs: Sequence[Wrong], dice: random.Random, *, healthy: Wrong) -> list[Wrong]:
    """Answers of the next minutes: all wrong, some wrong, or none."""
    share = dice.choice((0.0, 0.1, 0.5, 1.0))
    return [dice.choice(wrongs) if dice.random() < share else healthy for _ in range(200)]


@contextmanager
def _quiet() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("critical"))
    yield
    structlog.reset_defaults()


CASE = Case(name="channels", unit="alerts", sizes={"short": 60, "long": 900}, run=run)
