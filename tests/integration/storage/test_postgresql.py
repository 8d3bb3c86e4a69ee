"""What PostgreSQL does not do by itself, and what is said when it refuses."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from crawler.errors import StorageError, UsageError
from storage import found, maintenance
from storage.database import alone
from storage.store import Store, open_store
from tests.support.postgresql import GUARDED, PASSWORD, Server
from tests.support.store import NOW, ROOT, alert, alter, changed, document, opened, rows, source, stock, target, watch

pytestmark = pytest.mark.postgresql
SECRET = "hunter2"


def refusal(address: str) -> str:
    """The one line with which an address is refused; it tells no password."""
    with pytest.raises(StorageError) as refused:
        open_store(address, now=NOW)
    text = str(refused.value)
    assert "\n" not in text
    assert SECRET not in text
    return text


# --- refused


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    said = refusal(f"postgresql://crawler:{SECRET}@/reports?host={tmp_path}")
    assert said.startswith(f"postgresql://crawler@/reports at {tmp_path} cannot be reached (")
    assert said.endswith("); is the server running, and its address right?")


def test_a_machine_that_is_not_there() -> None:
    assert "cannot be reached" in refusal(f"postgresql://crawler:{SECRET}@nowhere.invalid/reports")


def test_a_wrong_password(server: Server, path: Path) -> None:
    address = server.url_of(path).replace("crawler@", f"{GUARDED}:{SECRET}@", 1)
    assert refusal(address).endswith("refuses this user or password; correct them in the database's address")


def test_no_password(server: Server, path: Path) -> None:
    assert "wants a password" in refusal(server.url_of(path, GUARDED))


def test_a_database_that_is_not_there(server: Server) -> None:
    said = refusal(f"postgresql://crawler@/nowhere?host={server.folder}")
    assert 'is not there (database "nowhere" does not exist); make it with createdb' in said


def test_a_user_who_is_not_there(server: Server, path: Path) -> None:
    assert 'role "stranger" does not exist' in refusal(server.url_of(path, "stranger"))


def test_a_user_who_may_not_make_tables(server: Server, path: Path) -> None:
    address = server.url_of(path).replace("crawler@", f"{GUARDED}:{PASSWORD.replace(' ', '%20')}@", 1)
    assert "refuses this user; let it own the database" in refusal(address)


def test_an_option_that_is_none(server: Server, path: Path) -> None:
    assert 'invalid connection option "foo"' in refusal(server.url_of(path) + "&foo=1")


def test_tables_of_another_program_with_names_of_ours(path: Path) -> None:
    alter(path, "CREATE TABLE page (number integer)")
    with pytest.raises(StorageError, match="the database of another program"):
        opened(path)


def test_a_server_that_takes_no_writes(path: Path) -> None:
    opened(path).close()
    alter(
        path,
        "ALTER DATABASE " + rows(path, "SELECT current_database()")[0][0] + " SET default_transaction_read_only = on",
    )
    with pytest.raises(StorageError, match="is read-only; name the server that takes writes"):
        opened(path)


# --- shared with others


def test_a_database_may_hold_tables_of_others(path: Path) -> None:
    alter(path, "CREATE TABLE bookmarks (url text)")
    with opened(path) as store:
        stock(store)
        assert maintenance.verify(store) == []
    assert rows(path, "SELECT count(*) FROM bookmarks") == [(0,)]


def test_both_ways_to_write_the_address_are_one_database(server: Server, path: Path) -> None:
    with open_store(server.url_of(path), now=NOW) as one:
        installation = one.installation
    with open_store(server.url_of(path).replace("postgresql:", "postgresql+psycopg:", 1), now=NOW) as other:
        assert other.installation == installation


# --- as on SQLite


def test_texts_sort_by_their_characters_numbers(store: Store, path: Path) -> None:
    """Not as the database's language would: what is read in order must be the same wherever it is."""
    names = ["a", "B", "b", "Z", "河", "北", "_", "é"]
    watch(store, *(source(name) for name in names))
    assert [name for (name,) in rows(path, "SELECT id FROM source ORDER BY id")] == sorted(names)


def test_a_number_too_large_for_a_column_is_found_nowhere(store: Store) -> None:
    stock(store)
    with pytest.raises(StorageError, match="has no page 1099511627776"):
        store.due_page(2**40, source())


def test_targets_sort_by_value_with_deadlines_among_them(store: Store) -> None:
    [due] = watch(store, source())
    read = document(
        "x",
        targets=(
            target("a", "9"),
            target("b", "10.5"),
            target("c", None, unit="date", period="2027-06", kind="deadline", text="2027年6月"),
            target("d", "-1"),
            target("e", "1E+30"),
            target("f", "1E-400"),
            target("g", "9" * 400),
        ),
    )
    store.record(changed(due, read=read))
    lines = found.targets(store, found.Asked(), order="largest")
    assert [line.indicator for line in lines if line.unit != "date"] == ["g", "e", "b", "a", "f", "d"]


# --- one writer, one daemon


def test_writers_take_turns(store: Store, path: Path) -> None:
    """A writer that waits sees what the one before it wrote, as if it had come later."""
    [due] = watch(store, source())

    def tell(number: int) -> None:
        with opened(path, timeout="60") as other:
            other.record(changed(other.due_page(due.page, due.source), alerts=(alert(f"v{number}"),)))

    with ThreadPoolExecutor(4) as pool, store.database.write() as connection:
        told = [pool.submit(tell, number) for number in range(4)]
        assert connection.exec_driver_sql("SELECT count(*) FROM version").scalar() == 0
    assert sum(each.exception() is None for each in told) >= 1
    assert len(rows(path, "SELECT * FROM version")) == sum(each.exception() is None for each in told)


def test_hosts_are_booked_while_somebody_writes(store: Store, path: Path) -> None:
    with opened(path, timeout="0.05") as other, store.database.write() as connection:
        connection.exec_driver_sql("SELECT 1")
        assert other.reserve_host("h", NOW, timedelta(seconds=1)) == NOW
        other.postpone_host("h", NOW + timedelta(seconds=9))
        with pytest.raises(StorageError, match="is locked by another program"):
            watch(other, source())
    assert store.reserve_host("h", NOW, timedelta(seconds=1)) == NOW + timedelta(seconds=9)


HOLD = """
import sys
from pathlib import Path
from storage.database import alone
with alone(sys.argv[1], Path()):
    print(1, flush=True)
    input()
"""


def test_there_is_one_daemon_until_it_dies(server: Server, path: Path, tmp_path: Path) -> None:
    url = server.url_of(path)
    worker = Popen([sys.executable, "-c", HOLD, url], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True)
    assert worker.stdout.readline() == "1\n"
    with pytest.raises(UsageError, match="a daemon is already running on this database"), alone(url, tmp_path / "x"):
        pass
    worker.kill()
    worker.communicate()
    server.wait_for_nobody(path)
    with alone(url, tmp_path / "x"):
        pass


# --- a server that stops


def test_work_goes_on_after_the_server_came_back(server: Server, store: Store, path: Path) -> None:
    due = stock(store)
    server.halt()
    try:
        with pytest.raises(StorageError) as refused:
            store.record(changed(due, alerts=(alert("late"),)))
        assert "\n" not in str(refused.value)
    finally:
        server.go_on()
    store.record(changed(due, alerts=(alert("late"),)))
    assert store.due_page(due.page, due.source).version == due.version + 1
    assert rows(path, "SELECT count(*) FROM delivery WHERE alert = 'late'") == [(2,)]


def test_a_connection_cut_in_the_middle_leaves_nothing(server: Server, store: Store, path: Path) -> None:
    due = stock(store)

    def cut_off() -> None:
        with store.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM delivery")
            server.cut(path)
            connection.exec_driver_sql("DELETE FROM target")

    with pytest.raises(StorageError, match=r"was shut down or is starting|cannot be reached"):
        cut_off()
    assert rows(path, "SELECT count(*) FROM delivery") == [(2,)]
    store.record(changed(due))
    assert store.reserve_host("h", NOW, timedelta(seconds=1)) == NOW
