"""The outbox: at least once, in order, to every channel by itself."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from crawler.checks import Alert, Delivery, NotSent, Sent
from storage import queries
from storage.outbox import ROOM, Outbox, Progress
from storage.record import raise_alerts
from storage.store import Store
from tests.support.store import DAY, HOUR, NOW, alert

LEASE = timedelta(minutes=3)


@pytest.fixture
def outbox(store: Store) -> Iterator[Outbox]:
    return store.outbox


def put(store: Store, *alerts: Alert, give_up: timedelta = 7 * DAY) -> None:
    with store.database.write() as connection:
        raise_alerts(connection, alerts, give_up)


def claim(outbox: Outbox, channel: str = "desk", **options: Any) -> list[Delivery]:
    return outbox.claim(channel, **({"now": NOW, "lease": LEASE, "limit": 10} | options))


def ids(deliveries: list[Delivery]) -> list[str]:
    return [delivery.alert.id for delivery in deliveries]


def states(store: Store, name: str = "a1") -> dict[str, str]:
    [line] = [line for line in queries.alerts(store) if line.id == name]
    return {delivery.channel: delivery.state for delivery in line.deliveries}


def fail(outbox: Outbox, delivery: Delivery, **options: Any) -> None:
    outbox.settle(delivery, NotSent(error="HTTP 500"), **({"now": NOW, "next_attempt": NOW + HOUR} | options))


def send(outbox: Outbox, delivery: Delivery) -> None:
    outbox.settle(delivery, Sent(), now=NOW, next_attempt=None)


# --- claiming


def test_a_claimed_delivery_carries_its_alert_whole(store: Store, outbox: Outbox) -> None:
    raised = alert(payload={"type": "page.changed", "targets": {"changed": [{"old": "六", "new": "七"}]}, "n": None})
    put(store, raised)
    [delivery] = claim(outbox)
    assert delivery.alert == raised
    assert (delivery.channel, delivery.attempts, delivery.give_up_at) == ("desk", 0, NOW + 7 * DAY)


def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    [first] = claim(outbox)
    assert claim(outbox) == []
    assert claim(outbox, now=NOW + LEASE - timedelta(seconds=1)) == []
    [again] = claim(outbox, now=NOW + LEASE)
    assert (again.id, again.attempts) == (first.id, 1)


def test_each_channel_has_its_own_delivery(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    assert ids(claim(outbox, "desk")) == ids(claim(outbox, "mail")) == ["a1"]
    assert claim(outbox, "other") == []


def test_the_oldest_are_claimed_first_and_no_more_than_asked(store: Store, outbox: Outbox) -> None:
    put(store, *(alert(f"a{number}", page=number) for number in range(1, 8)))
    assert ids(claim(outbox, limit=3)) == ["a1", "a2", "a3"]
    assert ids(claim(outbox, limit=3)) == ["a4", "a5", "a6"]


def test_of_one_page_the_oldest_goes_first(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"), alert("a2"), alert("b1", page=2))
    first, other = claim(outbox)
    assert ids([first, other]) == ["a1", "b1"]
    assert claim(outbox) == [], "a2 waits while a1 is on its way"
    send(outbox, first)
    assert ids(claim(outbox)) == ["a2"]


def test_an_older_one_that_waits_for_its_next_attempt_holds_up_the_page(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"), alert("a2"))
    fail(outbox, *claim(outbox))
    assert claim(outbox) == []
    assert ids(claim(outbox, now=NOW + HOUR)) == ["a1"]


def test_a_dead_one_holds_up_nothing(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"), alert("a2"))
    fail(outbox, *claim(outbox), next_attempt=None)
    assert ids(claim(outbox)) == ["a2"]


def test_one_channel_holds_up_no_other(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"), alert("a2"))
    fail(outbox, *claim(outbox, "desk"))
    [first] = claim(outbox, "mail")
    send(outbox, first)
    assert ids(claim(outbox, "mail")) == ["a2"]


def test_failing_and_recovered_keep_their_order_without_a_page(store: Store, outbox: Outbox) -> None:
    put(
        store,
        alert("down", type="source.failing", page=None),
        alert("up", type="source.recovered", page=None),
        alert("elsewhere", type="source.failing", page=None, source="other"),
        alert("page", page=1),
    )
    assert ids(claim(outbox)) == ["down", "elsewhere", "page"]


def test_what_failed_comes_again_in_its_time(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    fail(outbox, *claim(outbox))
    assert claim(outbox, now=NOW + HOUR - timedelta(seconds=1)) == []
    [again] = claim(outbox, now=NOW + HOUR)
    assert again.attempts == 1
    fail(outbox, again, next_attempt=NOW + DAY)
    [again] = claim(outbox, now=NOW + DAY)
    assert again.attempts == 2


# --- digests


def test_a_digest_takes_all_of_a_page_in_order(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"), alert("a2"), alert("late", raised_at=NOW + HOUR))
    assert ids(claim(outbox, raised_before=NOW + HOUR, now=NOW + HOUR)) == ["a1", "a2"]
    assert claim(outbox, raised_before=NOW + HOUR, now=NOW + HOUR) == []


def test_a_digest_does_not_overtake_one_on_its_way(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"))
    claim(outbox)
    put(store, alert("a2"), alert("b1", page=2))
    assert ids(claim(outbox, raised_before=NOW + HOUR)) == ["b1"]


def test_a_digest_waits_for_its_failed_part(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"))
    fail(outbox, *claim(outbox))
    put(store, alert("a2"))
    assert claim(outbox, raised_before=NOW + HOUR) == []
    assert ids(claim(outbox, raised_before=NOW + HOUR, now=NOW + HOUR)) == ["a1", "a2"]


def test_whom_a_failed_attempt_reached_is_kept_and_adds_up(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"))
    for reached, known in ((("b",), ()), ((), ("b",)), (("a",), ("b",)), ((), ("a", "b"))):
        [delivery] = claim(outbox)
        assert delivery.reached == known
        outbox.settle(delivery, NotSent(error="450", reached=reached), now=NOW, next_attempt=NOW)


@pytest.mark.parametrize("digest", [{}, {"raised_before": NOW + HOUR}])
def test_what_reached_some_holds_up_nothing(store: Store, outbox: Outbox, digest: dict[str, Any]) -> None:
    put(store, alert("a1"), alert("a2"))
    outbox.settle(claim(outbox)[0], NotSent(error="450", reached=("b",)), now=NOW, next_attempt=NOW + HOUR)
    assert ids(claim(outbox, **digest)) == ["a2"]
    assert ids(claim(outbox, now=NOW + HOUR)) == ["a1", "a2"], "the lease of the second is over, too"


def test_a_claim_takes_no_more_than_fits_into_memory_but_one(store: Store, outbox: Outbox) -> None:
    large = {"text": "文" * (ROOM // 2 + 1)}
    put(store, alert("a1", payload=large), alert("b1", payload=large, page=2), alert("c1", page=3))
    assert ids(claim(outbox, raised_before=NOW + HOUR)) == ["a1"]
    assert ids(claim(outbox, raised_before=NOW + HOUR)) == ["b1", "c1"]
    put(store, alert("d1", payload={"text": "文" * (2 * ROOM)}, page=4))
    assert ids(claim(outbox, raised_before=NOW + HOUR)) == ["d1"]


# --- every pending one at least once


def test_a_round_tries_also_what_waits(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    fail(outbox, *claim(outbox), now=NOW - HOUR, next_attempt=NOW + DAY)
    assert ids(claim(outbox, retry_before=NOW)) == ["a1"]


def test_a_round_tries_each_once_even_behind_one_that_fails(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"), alert("a2"), alert("a3"))
    tried = []
    while batch := claim(outbox, retry_before=NOW):
        for delivery in batch:
            tried.append(delivery.alert.id)
            fail(outbox, delivery)
    assert tried == ["a1", "a2", "a3"]


def test_a_round_takes_nothing_from_another_process(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"), alert("a2"))
    claim(outbox)
    assert claim(outbox, retry_before=NOW) == []


def test_a_round_of_digests_ends_too(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"), alert("a2"))
    batch = claim(outbox, retry_before=NOW, raised_before=NOW + HOUR)
    assert ids(batch) == ["a1", "a2"]
    for delivery in batch:
        fail(outbox, delivery)
    assert claim(outbox, retry_before=NOW, raised_before=NOW + HOUR) == []


# --- a clock that was wrong for a moment

AHEAD = NOW + 300 * DAY


def test_what_failed_in_the_future_is_tried_now(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    fail(outbox, *claim(outbox, now=AHEAD), now=AHEAD, next_attempt=AHEAD + HOUR)
    [again] = claim(outbox)
    assert again.attempts == 1
    fail(outbox, again)
    assert claim(outbox) == [], "now it waits as ever"


def test_a_next_attempt_further_off_than_any_pause_is_made_now(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    fail(outbox, *claim(outbox), next_attempt=NOW + 8 * HOUR)
    assert ids(claim(outbox)) == ["a1"]


def test_a_lease_from_the_future_is_over(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    claim(outbox, now=AHEAD)
    assert ids(claim(outbox, retry_before=NOW)) == ["a1"]
    assert claim(outbox, retry_before=NOW) == []


def test_a_lease_of_a_clock_slightly_ahead_holds(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    claim(outbox, now=NOW + timedelta(minutes=9))
    assert claim(outbox) == []


def test_a_long_run_respects_the_leases_and_failures_of_a_younger_one(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"), alert("b1", page=2))
    later = NOW + 2 * HOUR
    failed, _on_its_way = claim(outbox, now=later)
    fail(outbox, failed, now=later, next_attempt=later + 6 * HOUR)
    assert claim(outbox, now=NOW, lease=later - NOW + LEASE) == []


def test_a_round_tries_once_what_failed_in_the_future(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"), alert("a2"))
    fail(outbox, *claim(outbox, now=AHEAD), now=AHEAD, next_attempt=AHEAD + HOUR)
    tried = []
    while batch := claim(outbox, retry_before=NOW):
        for delivery in batch:
            tried.append(delivery.alert.id)
            fail(outbox, delivery)
    assert tried == ["a1", "a2"]


def test_a_digest_holds_what_was_raised_in_the_future(store: Store, outbox: Outbox) -> None:
    put(store, alert(raised_at=AHEAD))
    assert ids(claim(outbox, raised_before=NOW)) == ["a1"]


# --- settling


def test_sent_is_delivered_for_good(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    [delivery] = claim(outbox)
    send(outbox, delivery)
    assert states(store) == {"desk": "delivered", "mail": "pending"}
    assert claim(outbox, now=NOW + 30 * DAY) == []
    fail(outbox, delivery, next_attempt=None)
    assert states(store)["desk"] == "delivered"


def test_an_error_is_shown_until_it_is_over(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    fail(outbox, *claim(outbox))
    [line] = queries.alerts(store)
    assert (line.deliveries[0].error, line.deliveries[0].attempts) == ("HTTP 500", 1)
    assert line.deliveries[0].next_attempt == "2026-11-22T09:00:00Z"
    send(outbox, *claim(outbox, now=NOW + HOUR))
    [line] = queries.alerts(store)
    assert (line.deliveries[0].error, line.deliveries[0].attempts) == (None, 2)


def test_no_next_attempt_means_dead(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    fail(outbox, *claim(outbox), next_attempt=None)
    assert states(store)["desk"] == "dead"
    assert claim(outbox, now=NOW + DAY) == []


def test_a_late_failure_does_not_touch_a_newer_claim(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    [slow] = claim(outbox)
    [quick] = claim(outbox, now=NOW + LEASE)
    fail(outbox, slow, next_attempt=None)
    assert states(store)["desk"] == "pending"
    assert claim(outbox, now=NOW + LEASE) == [], "the newer claim still holds"
    send(outbox, quick)
    assert states(store)["desk"] == "delivered"


def test_a_late_success_counts(store: Store, outbox: Outbox) -> None:
    put(store, alert())
    [slow] = claim(outbox)
    [quick] = claim(outbox, now=NOW + LEASE)
    send(outbox, slow)
    fail(outbox, quick)
    assert states(store)["desk"] == "delivered"


# --- giving up, retrying, counting


def test_what_waits_for_a_lost_channel_dies_in_time(store: Store, outbox: Outbox) -> None:
    put(store, alert(), give_up=DAY)
    assert outbox.expire({"desk", "mail"}, NOW + 2 * DAY) == 0
    assert outbox.expire({"mail"}, NOW + DAY - HOUR) == 0
    assert outbox.expire({"mail"}, NOW + DAY) == 1
    [line] = queries.alerts(store)
    assert [delivery.state for delivery in line.deliveries] == ["dead", "pending"]
    assert "not in sources.yaml any more" in line.deliveries[0].error


def test_without_any_channel_all_that_waits_dies_in_time(store: Store, outbox: Outbox) -> None:
    put(store, alert(), give_up=DAY)
    assert outbox.expire([], NOW + DAY) == 2


def test_counts(store: Store, outbox: Outbox) -> None:
    assert outbox.counts() == {"pending": 0, "delivered": 0, "dead": 0}
    put(store, alert("a1"), alert("b1", page=2), alert("c1", page=3))
    one, two, _ = claim(outbox)
    send(outbox, one)
    fail(outbox, two, next_attempt=None)
    assert outbox.counts() == {"pending": 4, "delivered": 1, "dead": 1}


def test_progress_counts_alerts_by_the_channel_that_lags_most(store: Store, outbox: Outbox) -> None:
    put(store, *(alert(f"a{number}", page=number) for number in range(1, 5)))
    delivered, dead, half, old = claim(outbox)
    for delivery in (delivered, half):
        send(outbox, delivery)
    outbox.settle(old, Sent(), now=NOW - DAY, next_attempt=None)
    fail(outbox, dead, next_attempt=None)
    for delivery in claim(outbox, "mail"):
        if delivery.alert.id == "a4":
            outbox.settle(delivery, Sent(), now=NOW - DAY, next_attempt=None)
        elif delivery.alert.id != "a3":
            send(outbox, delivery)
    assert outbox.progress(NOW) == Progress(delivered=1, pending=1, failed=1)
    assert outbox.progress(NOW - 2 * DAY).delivered == 2


def test_progress_of_nothing(outbox: Outbox) -> None:
    assert outbox.progress(NOW) == Progress(delivered=0, pending=0, failed=0)


def test_retrying_revives_the_dead(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1"), alert("b1", page=2))
    for delivery in claim(outbox):
        fail(outbox, delivery, next_attempt=None)
    assert outbox.retry("a1", NOW) == 2, "the dead one and the one that waits for mail"
    assert ids(claim(outbox)) == ["a1"]
    assert outbox.retry(None, NOW) == 4
    assert ids(claim(outbox)) == ["b1"]


def test_retrying_brings_what_waits_forward_but_leaves_the_delivered(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1", channels=("desk",)), alert("b1", page=2, channels=("desk",)))
    waiting, done = claim(outbox)
    fail(outbox, waiting, next_attempt=NOW + DAY)
    send(outbox, done)
    assert outbox.retry("b1", NOW) == 0
    assert outbox.retry("nobody", NOW) == 0
    assert outbox.retry("a1", NOW) == 1
    assert ids(claim(outbox)) == ["a1"]


def test_what_is_retried_is_not_given_up_at_the_next_refusal(store: Store, outbox: Outbox) -> None:
    put(store, alert("a1", channels=("desk",)))
    [delivery] = claim(outbox)
    fail(outbox, delivery, next_attempt=None)
    late = delivery.give_up_at + DAY
    outbox.retry("a1", late)
    [again] = outbox.claim("desk", now=late, lease=DAY, limit=9)
    assert again.give_up_at == late + DAY
