"""Politeness is shared by all processes on the database."""

from datetime import timedelta
from itertools import count, pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.store import Store
from tests.support.store import DAY, NOW, opened, run_python, url_of

SECOND = timedelta(seconds=1)

NAMES = count()

BOOK_AND_DIE = """
import os, signal, sys
from datetime import datetime, timedelta
from storage.store import open_store
now = datetime.fromisoformat(sys.argv[2])
open_store(sys.argv[1], now=now).reserve_host("h", now, timedelta(seconds=2))
os.kill(os.getpid(), signal.SIGKILL)
"""


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


def test_a_clock_that_went_wrong_closes_no_host_for_long(store: Store) -> None:
    store.postpone_host("h", NOW + 400 * DAY)
    assert store.reserve_host("h", NOW, SECOND) == NOW


def test_a_killed_process_leaves_its_pause_and_no_more(store: Store, path: Path) -> None:
    killed = run_python(BOOK_AND_DIE, url_of(path), NOW.isoformat())
    assert killed.returncode == -9, killed.stderr
    assert store.reserve_host("h", NOW, SECOND) == NOW + 2 * SECOND


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 100)), max_size=12))
def test_whoever_asks_when_requests_keep_their_pauses(store: Store, asked: list[tuple[bool, int, int]]) -> None:
    """Bookings and pleas for peace in any order: no request within another's pause, in the past, or too early."""
    host, now, peace = f"h{next(NAMES)}", NOW, NOW
    booked = []
    for books, passed, seconds in asked:
        now += passed * SECOND
        if books:
            booked.append((store.reserve_host(host, now, seconds * SECOND), seconds * SECOND))
            assert booked[-1][0] >= max(now, peace)
        else:
            store.postpone_host(host, now + seconds * SECOND)
            peace = max(peace, now + seconds * SECOND)
    for (first, pause), (second, _) in pairwise(booked):
        assert second >= first + pause
