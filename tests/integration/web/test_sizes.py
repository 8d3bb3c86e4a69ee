"""However much is stored, a page stays small enough to load at once."""

import shutil
from collections.abc import Iterator

import pytest

from crawler.checks import NotSent
from storage import tables as t
from storage.record import raise_alerts
from storage.search.indexing import work_off
from storage.store import Store
from tests.support.dashboard import Clock, Dashboard, office_of, running
from tests.support.store import DAY, HOUR, NOW, alert, changed, document, opened, source, stock, watch

LARGEST = 100_000
"""Bytes of a page."""
MANY = 1500
"""Sources of one page each, in as many regions."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    folder = tmp_path_factory.mktemp("full")
    lines = [f"  - {{id: county-{n}, url: 'https://www.example.org/report-of-a-county/{n}.html'}}" for n in range(MANY)]
    (folder / "sources.yaml").write_text("sources:\n" + "\n".join(lines) + "\n", "utf-8")
    with opened(folder / "crawler.db") as store:
        fill(store)
        with running(office_of(store, folder / "sources.yaml", Clock())) as dashboard:
            yield dashboard
    shutil.rmtree(folder)


def fill(store: Store) -> None:
    """Long titles, regions and errors, and a page of many versions."""
    stock(store, versions=120)
    due = watch(store, source(), *(source(f"county-{n}") for n in range(MANY)))
    for each in due[1:60]:
        store.record(changed(each, read=document("粮食，" * 5_000 + "\n粮食。" * 100)))
    while work_off(store):
        pass
    with store.database.write() as connection:
        for number in range(2, MANY + 2):
            named = {
                "region": f"第{number}自治县",
                "title": f"第{number}自治县人民政府工作报告（在第{number}次会议上）" * 2,
            }
            connection.execute(t.page.update().where(t.page.c.id == number).values(named))
        told = [
            alert(f"told-{n}", page=n, summary="地区生产总值 增长6%左右 → 增长5.5%左右；" * 4) for n in range(1, 200)
        ]
        raise_alerts(connection, told, 7 * DAY)
    for channel in ("desk", "mail"):
        for delivery in store.outbox.claim(channel, now=NOW, lease=HOUR, limit=100):
            failed = NotSent(error="the server answered 500: " + "x" * 200)
            store.outbox.settle(delivery, failed, now=NOW, next_attempt=None)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sources",
        "/sources?skip=500",
        "/sources/new",
        "/sources/county-7/edit",
        "/sources/county-7/remove",
        "/alerts",
        "/alerts?state=dead",
        "/status",
        "/pages",
        "/pages/1",
        "/targets",
        "/search?q=粮食",
        "/search?q=粮食&after=40&versions=all",
    ],
)
def test_a_page_stays_small(full: Dashboard, path: str) -> None:
    with full.browser() as browser:
        answer = browser.get(path)
        assert answer.status_code == 200
        assert len(answer.content) <= LARGEST
