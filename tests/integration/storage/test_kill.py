"""kill -9 at any moment: a version and its alert are both there, or neither is."""

import random
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE, Popen

from storage import maintenance
from storage.record import raise_alerts
from storage.store import Store
from tests.support.store import NOW, ROOT, alert, opened, rows, source, url_of, watch

KILLS = 6
PAGES = 3

RECORD = """
import itertools, random, sys
from storage.store import open_store
from tests.support.store import NOW, alert, changed, document, part, raised, source, watch
store = open_store(sys.argv[1], now=NOW)
dues = {due.source.id: due for due in watch(store, *(source(f"s{number}") for number in range(3)))}
print("ready", flush=True)
for turn in itertools.count():
    due = dues[f"s{turn % 3}"]
    due = store.due_page(due.page, due.source)
    number = due.version + 1
    text = f"page {due.page} version {number} " + "河川市政府工作报告 " * 300
    told = alert(f"{due.page}/{number}", page=due.page, channels=("desk",))
    read = document(text, parts=(part(number),))
    store.record(changed(due, read=read, targets=raised(), alerts=(told,)))
    print("recorded", flush=True)
"""


def recorded(path: Path) -> dict[str, list[tuple]]:
    return {
        "versions": rows(path, "SELECT page || '/' || number AS name FROM version ORDER BY 1"),
        "alerts": rows(path, "SELECT id FROM alert ORDER BY 1"),
        "deliveries": rows(path, "SELECT alert FROM delivery ORDER BY 1"),
    }


def record_and_kill(path: Path, records: int, seconds: float) -> None:
    """Let a process record as fast as it can, so many times and so long, and kill it."""
    worker = Popen([sys.executable, "-c", RECORD, url_of(path)], cwd=ROOT, stdout=PIPE, stderr=PIPE, text=True)
    try:
        assert worker.stdout.readline() == "ready\n", worker.stderr.read()
        for _ in range(records):
            assert worker.stdout.readline() == "recorded\n"
        time.sleep(seconds)  # where in its work the process dies is left to chance
        assert worker.poll() is None, worker.stderr.read()
    finally:
        worker.kill()
        worker.communicate()
    assert worker.returncode == -signal.SIGKILL


def test_a_killed_process_leaves_whole_records_only(path: Path, store: Store) -> None:
    dice = random.Random(20)
    watch(store, *(source(f"s{number}") for number in range(PAGES)))
    count = 0
    for _ in range(KILLS):
        record_and_kill(path, dice.randrange(1, 6), dice.uniform(0, 0.03))
        found = recorded(path)
        assert found["versions"] == found["alerts"] == found["deliveries"]
        assert len(found["versions"]) >= count, "what was recorded stays"
        count = len(found["versions"])
        for page, number, etag in rows(path, "SELECT page, version, etag FROM page_state JOIN part USING (page)"):
            assert etag == f'"{number}"', f"the validator of page {page} is that of its newest version"
    assert count > KILLS
    assert maintenance.verify(store) == []


def test_what_was_claimed_by_a_killed_process_is_claimed_again(path: Path, store: Store) -> None:
    lease = timedelta(seconds=60)
    with store.database.write() as connection:
        raise_alerts(connection, [alert(channels=("desk",))], lease)
    code = (
        "import os, sys; from datetime import datetime, timedelta; from storage.store import open_store;"
        "now = datetime.fromisoformat(sys.argv[2]); store = open_store(sys.argv[1], now=now);"
        "assert store.outbox.claim('desk', now=now, lease=timedelta(seconds=60), limit=1); os.kill(os.getpid(), 9)"
    )
    worker = Popen([sys.executable, "-c", code, url_of(path), NOW.isoformat()], cwd=ROOT)
    assert worker.wait(timeout=60) == -signal.SIGKILL
    with opened(path) as other:
        assert other.outbox.claim("desk", now=NOW, lease=lease, limit=1) == []
        [again] = other.outbox.claim("desk", now=NOW + lease, lease=lease, limit=1)
    assert again.attempts == 1
