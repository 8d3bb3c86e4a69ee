"""Many threads and processes on one file: nothing is done twice, nothing is lost."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from crawler.checks import Sent
from crawler.errors import Outrun
from storage.record import raise_alerts
from storage.store import Store
from tests.support.store import NOW, ROOT, alert, changed, document, opened, source, url_of, watch

ALERTS = 60
LEASE = timedelta(minutes=3)

DRAIN = """
import sys
from datetime import datetime, timedelta
from crawler.checks import Sent
from storage.store import open_store
now = datetime.fromisoformat(sys.argv[2])
with open_store(sys.argv[1], now=now) as store:
    sys.stdin.readline()
    while batch := store.outbox.claim("desk", now=now, lease=timedelta(minutes=3), limit=3):
        for delivery in batch:
            print(delivery.alert.id)
            store.outbox.settle(delivery, Sent(), now=now, next_attempt=None)
"""


def put(store: Store) -> None:
    alerts = [alert(f"a{number}", page=number % 20, channels=("desk",)) for number in range(ALERTS)]
    with store.database.write() as connection:
        raise_alerts(connection, alerts, LEASE)


def drain(store: Store) -> list[str]:
    taken = []
    while batch := store.outbox.claim("desk", now=NOW, lease=LEASE, limit=3):
        taken += [delivery.alert.id for delivery in batch]
        for delivery in batch:
            store.outbox.settle(delivery, Sent(), now=NOW, next_attempt=None)
    return taken


def test_threads_claim_each_delivery_once(store: Store) -> None:
    put(store)
    with ThreadPoolExecutor(4) as pool:
        taken = [name for part in pool.map(lambda _: drain(store), range(4)) for name in part]
    taken += drain(store)
    assert sorted(taken) == sorted(f"a{number}" for number in range(ALERTS))
    assert store.outbox.counts()["delivered"] == ALERTS


def test_processes_claim_each_delivery_once(store: Store, path: Path) -> None:
    put(store)
    arguments = [sys.executable, "-c", DRAIN, url_of(path), NOW.isoformat()]
    workers = [Popen(arguments, cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True) for _ in range(2)]
    told = []
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    for worker in workers:
        out, errors = worker.communicate(timeout=60)
        assert worker.returncode == 0, errors
        told += out.split()
    told += drain(store)
    assert sorted(told) == sorted(f"a{number}" for number in range(ALERTS))


def test_of_many_threads_one_records_each_version(store: Store) -> None:
    [due] = watch(store, source())

    def one(number: int) -> int:
        try:
            store.record(changed(due, read=document(f"text {number}"), alerts=(alert(f"v{number}"),)))
        except Outrun:
            return 0
        return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(12))) == 1
    assert store.due_page(due.page, due.source).version == 1
    assert store.outbox.counts()["pending"] == 2


def test_writers_in_several_stores_wait_for_one_another(path: Path) -> None:
    with opened(path) as one, opened(path) as two:

        def book(store: Store) -> list[object]:
            return [store.reserve_host("h", NOW, timedelta(seconds=1)) for _ in range(25)]

        with ThreadPoolExecutor(2) as pool:
            booked = [moment for part in pool.map(book, (one, two)) for moment in part]
    assert sorted(booked) == [NOW + timedelta(seconds=number) for number in range(50)]


def test_readers_see_one_state_while_others_write(store: Store, path: Path) -> None:
    [due] = watch(store, source())
    with opened(path) as other, store.database.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM version").scalar()
        other.record(changed(due))
        assert connection.exec_driver_sql("SELECT count(*) FROM version").scalar() == before == 0
    assert store.text(due.page, 1)


def test_two_that_make_the_same_database_agree(path: Path) -> None:
    def make(_: int) -> str:
        with opened(path) as store:
            return store.installation

    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(make, range(3)))) == 1


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_interrupted_transaction_leaves_nothing_and_no_lock(store: Store, path: Path, error: type) -> None:
    def interrupted() -> None:
        with store.database.write() as connection:
            connection.exec_driver_sql(
                "INSERT INTO host (host, next_allowed) VALUES ('h', '2099-01-01 00:00:00.000000')"
            )
            raise error

    with pytest.raises(error):
        interrupted()
    with opened(path, timeout="0.05") as other:
        assert other.reserve_host("h", NOW, LEASE) == NOW
