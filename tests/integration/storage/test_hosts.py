"""Politeness is shared by all processes on the database."""

from datetime import timedelta
from pathlib import Path

from storage.store import Store
from tests.support.store import DAY, NOW, opened, rows, run_python, url_of

SECOND = timedelta(seconds=1)
TTL = timedelta(seconds=30)

LEASE_AND_DIE = """
import os, signal, sys
from datetime import datetime, timedelta
from storage.store import open_store
now = datetime.fromisoformat(sys.argv[2])
open_store(sys.argv[1], now=now).lease_host("h", "doomed", now, timedelta(seconds=30))
os.kill(os.getpid(), signal.SIGKILL)
"""


# --- reservations


def test_a_free_host_is_booked_for_now(store: Store) -> None:
    assert store.reserve_host("h", NOW, 2 * SECOND) == NOW


def test_the_next_request_is_booked_after_the_pause(store: Store, path: Path) -> None:
    with opened(path) as other:
        booked = [each.reserve_host("h", NOW, 2 * SECOND) for each in (store, other, store)]
    assert booked == [NOW, NOW + 2 * SECOND, NOW + 4 * SECOND]


def test_a_pause_that_passed_holds_nobody_up(store: Store) -> None:
    store.reserve_host("h", NOW, 2 * SECOND)
    assert store.reserve_host("h", NOW + DAY, 2 * SECOND) == NOW + DAY


def test_hosts_do_not_wait_for_one_another(store: Store) -> None:
    store.reserve_host("a", NOW, 2 * SECOND)
    assert store.reserve_host("b", NOW, 2 * SECOND) == NOW


def test_a_host_that_asks_for_peace_gets_it(store: Store) -> None:
    store.postpone_host("h", NOW + DAY)
    assert store.reserve_host("h", NOW, 2 * SECOND) == NOW + DAY


def test_peace_is_never_cut_short(store: Store) -> None:
    store.postpone_host("h", NOW + DAY)
    store.postpone_host("h", NOW + SECOND)
    assert store.reserve_host("h", NOW, SECOND) == NOW + DAY


# --- leases


def test_a_host_is_leased_to_one_owner(store: Store, path: Path) -> None:
    with opened(path) as other:
        assert store.lease_host("h", "one", NOW, TTL) == NOW
        assert other.lease_host("h", "two", NOW, TTL) is None
        store.release_host("h", "one", NOW + 2 * SECOND)
        assert other.lease_host("h", "two", NOW, TTL) == NOW + 2 * SECOND


def test_its_owner_renews_a_lease(store: Store) -> None:
    store.lease_host("h", "one", NOW, TTL)
    store.lease_host("h", "one", NOW + 20 * SECOND, TTL)
    assert store.lease_host("h", "two", NOW + 40 * SECOND, TTL) is None


def test_the_lease_of_a_killed_process_ends_by_itself(store: Store, path: Path) -> None:
    killed = run_python(LEASE_AND_DIE, url_of(path), NOW.isoformat())
    assert killed.returncode == -9, killed.stderr
    assert store.lease_host("h", "next", NOW + 29 * SECOND, TTL) is None
    assert store.lease_host("h", "next", NOW + TTL, TTL) == NOW + TTL


def test_who_lost_a_lease_cannot_release_it(store: Store, path: Path) -> None:
    store.lease_host("h", "slow", NOW, TTL)
    store.lease_host("h", "quick", NOW + TTL, TTL)
    store.release_host("h", "slow", NOW)
    assert rows(path, "SELECT owner FROM host") == [("quick",)]


def test_hosts_are_leased_one_by_one(store: Store) -> None:
    assert store.lease_host("a", "one", NOW, TTL) == NOW
    assert store.lease_host("b", "two", NOW, TTL) == NOW
