"""Whatever happens to deliveries and to those who make them: nothing is lost, nothing overtakes, nobody interferes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.checks import Delivery, NotSent, Sent
from storage.outbox import DELIVERED
from storage.record import raise_alerts
from storage.store import Store
from tests.support.store import DAY, NOW, alert, duplicate, opened

MINUTE = timedelta(minutes=1)
LEASE = 3 * MINUTE
Step = tuple[Literal["raise", "claim", "digest", "send", "fail", "crash", "wait"], int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["raise", "raise", "claim", "claim", "digest", "send", "send", "fail", "crash", "wait"]),
              st.integers(0, 5)),
    max_size=25,
)  # fmt: skip


@dataclass
class World:
    """A channel, the workers who make its deliveries, and what its receiver got."""

    store: Store
    now: datetime = NOW
    pages: dict[str, int] = field(default_factory=dict)
    """The page of each alert, in the order in which they were raised."""
    under_way: list[tuple[list[Delivery], datetime]] = field(default_factory=list)
    """What somebody is at (one message each: of a digest all that was claimed), and until when it is theirs."""
    got: list[str] = field(default_factory=list)

    def take(self, step: Step) -> None:
        what, which = step
        self.now += timedelta(seconds=1)
        match what:
            case "raise":
                self.put(page=which % 3)
            case "claim":
                self.claim(limit=which + 1)
            case "digest":
                self.claim(limit=10, raised_before=self.now - which * MINUTE)
            case "wait":
                self.now += which * MINUTE
            case _ if self.under_way:
                self.end(what, self.under_way.pop(which % len(self.under_way)))

    def put(self, page: int) -> None:
        name = f"a{len(self.pages)}"
        self.pages[name] = page
        raised = alert(name, page=page, raised_at=self.now, channels=("desk",))
        with self.store.database.write() as connection:
            raise_alerts(connection, [raised], 7 * DAY)

    def claim(self, limit: int, raised_before: datetime | None = None) -> list[Delivery]:
        claimed = self.store.outbox.claim("desk", now=self.now, lease=LEASE, limit=limit, raised_before=raised_before)
        held = {delivery.id for message, until in self.under_way if until > self.now for delivery in message}
        assert held.isdisjoint(delivery.id for delivery in claimed), "claimed from somebody who is at it"
        assert all(raised_before is None or delivery.alert.raised_at < raised_before for delivery in claimed)
        messages = [[delivery] for delivery in claimed] if raised_before is None else [claimed]
        self.under_way += [(message, self.now + LEASE) for message in messages]
        return claimed

    def end(self, how: str, work: tuple[list[Delivery], datetime]) -> None:
        message, until = work
        if how == "crash" or until <= self.now:
            return  # who takes longer than the lease is stopped by then
        for delivery in message:
            if how == "send":
                self.deliver(delivery)
            else:
                later = self.now + 2 * MINUTE
                self.store.outbox.settle(delivery, NotSent(error="HTTP 500"), now=self.now, next_attempt=later)

    def deliver(self, delivery: Delivery) -> None:
        self.got.append(delivery.alert.id)
        self.store.outbox.settle(delivery, Sent(), now=self.now, next_attempt=None)

    def finish(self) -> None:
        """Everything works from now on."""
        self.under_way.clear()
        self.now += LEASE + 2 * MINUTE
        for _ in self.pages:
            for delivery in self.claim(limit=100):
                self.deliver(delivery)
            self.under_way.clear()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_every_alert_arrives_once_it_can_in_order_per_page_and_from_one_hand(fresh: Path, steps: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        duplicate(fresh, Path(folder, "crawler.db"))
        with opened(Path(folder, "crawler.db")) as store:
            world = World(store)
            for step in steps:
                world.take(step)
            world.finish()
            assert store.outbox.counts() == {"pending": 0, DELIVERED: len(world.pages), "dead": 0}
    assert sorted(world.got) == sorted(world.pages), "lost, or told twice though nobody died after sending"
    for page in range(3):
        raised = [name for name, of in world.pages.items() if of == page]
        assert [name for name in world.got if world.pages[name] == page] == raised, "one overtook another"
