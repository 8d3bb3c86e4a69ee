"""Where the S3 store is away, empty, damaged or another one, or the program dies: no bytes are lost, none made up."""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from crawler.errors import Away, Damaged, StorageError, UsageError
from storage import maintenance, queries
from storage.moving import Mover, sweep
from storage.store import Store
from tests.support.s3 import KEYS, S3Server, move_all, s3_server
from tests.support.store import (
    DAY,
    NOW,
    alter,
    capture,
    changed,
    document,
    duplicate,
    opened,
    rows,
    run_python,
    stock,
    url_of,
)

NOBODY_THERE = "s3://evidence/captures?endpoint=http://127.0.0.1:9"
LATER = NOW + 400 * DAY


@pytest.fixture
def store(path: Path, fresh: Path, s3: S3Server) -> Iterator[Store]:
    """One with the server beside it."""
    duplicate(fresh, path)
    with opened(path, captures=s3.url()) as store:
        yield store


def contents(store: Store) -> list[bytes]:
    return [each.content for line in queries.versions(store, 1) for each in queries.captures(store, 1, line.version)]


def inside(path: Path) -> int:
    """How many contents lie in the database."""
    return int(rows(path, "SELECT count(*) FROM content WHERE length(data) > 0")[0][0])


# --- away


def test_while_the_store_is_away_bytes_stay_in_the_database_and_go_later(
    store: Store, path: Path, s3: S3Server
) -> None:
    stock(store)
    with opened(path, captures=NOBODY_THERE) as cut_off:
        mover = Mover(cut_off)
        for _ in range(2):
            with pytest.raises(Away, match=r"s3://evidence/captures at http://127.0.0.1:9 cannot be asked now"):
                mover.work_off()
        before = contents(cut_off)
        assert maintenance.verify(cut_off) == []
    assert inside(path) == 2
    assert move_all(store) == 2
    assert inside(path) == 0
    assert contents(store) == before


def test_what_lies_in_a_store_that_is_away_is_told_as_that_and_texts_are_there(store: Store, path: Path) -> None:
    due = stock(store)
    move_all(store)
    with opened(path, captures=NOBODY_THERE) as cut_off:
        with pytest.raises(Away, match="cannot be asked now"):
            queries.captures(cut_off, 1)
        with pytest.raises(Away, match="cannot be asked now"):
            cut_off.captures(1, [due.url])
        assert "330万吨" in queries.show(cut_off, 1).body
        cut_off.record(changed(cut_off.due_page(1, due.source)))
        [problem] = maintenance.verify(cut_off)
        assert "cannot be asked now" in problem
    with opened(path) as unnamed, pytest.raises(Away, match="lie in an S3 store; name it in CRAWLER_CAPTURES_URL"):
        queries.captures(unnamed, 1, 1)


def test_a_store_that_never_answers_is_not_waited_for_for_ever(
    store: Store, path: Path, s3: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(store)
    monkeypatch.setattr("storage.s3.PATIENCE", timedelta(seconds=1))
    with opened(path, captures=s3.url()) as impatient:
        s3.pause()
        try:
            with pytest.raises(Away, match="cannot be asked now"):
                Mover(impatient).work_off()
        finally:
            s3.resume()
    assert inside(path) == 2
    assert move_all(store) == 2


@pytest.mark.parametrize("bucket", ["evidence", "nowhere"])
def test_another_bucket_is_told_apart_from_a_loss(store: Store, path: Path, s3: S3Server, bucket: str) -> None:
    due = stock(store)
    move_all(store)
    with opened(path, captures=s3.url("elsewhere", bucket=bucket)) as wrong:
        with pytest.raises(Away, match="is not where this database keeps its captures"):
            queries.captures(wrong, 1)
        with pytest.raises(Away, match="is not where this database keeps its captures"):
            wrong.captures(1, [due.url])


def test_a_bucket_that_is_not_there_is_told(path: Path, s3: S3Server) -> None:
    with opened(path, captures=s3.url(bucket="nowhere")) as store:
        stock(store)
        with pytest.raises(Away, match="is not there; make the bucket, or name another"):
            Mover(store).work_off()
    assert inside(path) == 2


# --- lost or damaged


def test_bytes_that_are_lost_are_an_error_of_their_version_alone(store: Store, path: Path, s3: S3Server) -> None:
    due = stock(store)
    before = contents(store)
    move_all(store)
    digest = rows(path, "SELECT sha256 FROM capture WHERE version = 1")[0][0]
    [lost] = [name for name in s3.names() if digest in name]
    s3.delete(lost)
    with pytest.raises(Damaged, match=f"the bytes {digest[:12]}… kept as evidence are missing in s3://evidence"):
        queries.captures(store, 1, 1)
    assert [each.content for each in queries.captures(store, 1, 2)] == before[1:]
    [problem] = maintenance.verify(store)
    assert f"{digest[:12]}… kept as evidence are missing" in problem
    s3.delete(*s3.names())
    assert store.captures(1, [due.url]) == []  # as with damaged ones: the watch goes on without its evidence
    assert "320万吨" in queries.show(store, 1, 1).body


@pytest.mark.parametrize("harm", [lambda data: b"", lambda data: data[:-3], lambda data: data[::-1]])
def test_bytes_that_are_damaged_there_are_found(store: Store, s3: S3Server, harm: Callable[[bytes], bytes]) -> None:
    stock(store)
    move_all(store)
    name = s3.names()[0]
    s3.put(name, harm(s3.get(name)))
    [problem] = maintenance.verify(store)
    assert "kept as evidence are damaged" in problem
    with pytest.raises(Damaged, match="are damaged"):
        contents(store)


def test_bytes_that_are_served_again_mend_what_was_lost(store: Store, s3: S3Server) -> None:
    due = stock(store, versions=1)
    before = contents(store)
    move_all(store)
    s3.delete(*s3.names())
    text = "河川市政府工作报告\n粮食产量稳定在320万吨以上。"
    for each in ("另一份", text):
        store.record(changed(due, read=document(each)))
        due = store.due_page(due.page, due.source)
    move_all(store)
    assert contents(store)[::2] == [*before, *before]
    assert maintenance.verify(store) == []


# --- left over


def test_thinned_bytes_leave_the_store_and_nothing_else_does(store: Store, path: Path, s3: S3Server) -> None:
    due = stock(store, versions=1)
    for day in range(1, 6):
        at = NOW + day * DAY
        read = document(f"河川市第{day}次", captures=(capture(f"bytes {day}".encode(), at=at),), fetched_at=at)
        store.record(changed(due, read=read, at=at))
        due = store.due_page(due.page, due.source)
    move_all(store)
    s3.put("captures/of another/database", b"not ours")
    before = contents(store)
    pruned = maintenance.prune(store, now=LATER, keep=DAY)
    assert (pruned.captures, pruned.contents, pruned.blobs) == (3, 3, 3)
    assert contents(store) == [before[0], b"", b"", b"", *before[4:]]
    assert maintenance.verify(store) == []
    assert len(s3.names()) == 4
    assert s3.get("captures/of another/database") == b"not ours"
    assert sweep(store) == 0


def test_thinning_is_done_though_the_store_is_away_and_its_rest_goes_later(
    store: Store, path: Path, s3: S3Server
) -> None:
    stock(store, versions=4)
    move_all(store)
    with opened(path, captures=NOBODY_THERE) as cut_off, pytest.raises(Away):
        maintenance.prune(cut_off, now=LATER, keep=DAY)
    assert len(s3.names()) == 4
    assert maintenance.prune(store, now=LATER, keep=DAY).blobs == 1
    assert maintenance.verify(store) == []


KILLED = """
import os, signal, sys
from datetime import datetime, UTC
from storage import s3
from storage.moving import Mover
from storage.store import open_store

put, puts = s3.S3.put, []

def killed(self, key, data):
    puts.append(key)
    if len(puts) == int(sys.argv[3]) and sys.argv[4] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    put(self, key, data)
    if len(puts) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

s3.S3.put = killed
with open_store(sys.argv[1], now=datetime.now(UTC), captures=sys.argv[2]) as store:
    Mover(store).work_off()
"""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("which", [1, 2, 3])
def test_killed_amid_moving_nothing_is_lost_and_nothing_left_over(
    store: Store, path: Path, s3: S3Server, which: int, moment: str
) -> None:
    stock(store)
    before = contents(store)
    died = run_python(KILLED, url_of(path), s3.url(), which, moment)
    assert died.returncode == -9, died.stderr
    assert contents(store) == before
    assert maintenance.verify(store) == []
    assert move_all(store) == 2
    assert (inside(path), len(s3.names())) == (0, 2)
    assert contents(store) == before
    assert sweep(store) == 0


def test_what_was_put_for_a_row_that_went_meanwhile_is_swept(store: Store, path: Path, s3: S3Server) -> None:
    stock(store)
    move_all(store)
    alter(path, "UPDATE content SET blob = NULL, data = ?", b"")
    assert sweep(store) == 2
    assert s3.names() == []


# --- whom it is trusted to


def test_a_server_with_a_strange_certificate_gets_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, issued = trustme.CA(), tmp_path / "issued.pem"
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(tmp_path / "key.pem")
    for each in certificate.cert_chain_pems:
        each.write_to_path(issued, append=True)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "authority.pem"))  # for the look behind
    with s3_server("-c", str(issued), "-k", str(tmp_path / "key.pem")) as server:
        with opened(path, captures=server.url()) as store:
            stock(store)
            with pytest.raises(Away, match="shows a certificate that is not trusted"):
                Mover(store).work_off()
        assert server.names() == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        with opened(path, captures=server.url()) as store:
            assert move_all(store) == 2
        assert len(server.names()) == 2


@pytest.mark.parametrize(
    "address",
    [
        "https://s3.example.org/bucket",
        "s3:///folder",
        "s3://bucket?endpoint=s3.example.org",
        "s3://bucket?endpoint=ftp://s3.example.org",
        "s3://bucket?endpoint=https://a:s3cret-key@s3.example.org",
        "s3://key:s3cret-key@bucket",
        "s3://bucket?secret_access_key=s3cret-key",
        "s3://bucket?nonsense",
        "s3://[",
    ],
)
def test_a_wrong_address_is_refused_without_repeating_it(path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="CRAWLER_CAPTURES_URL") as refused:
        opened(path, captures=address)
    assert KEYS["AWS_SECRET_ACCESS_KEY"] not in str(refused.value)


def test_without_the_package_it_is_said_what_to_install(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(StorageError, match=r"pip install 'report-crawler\[s3\]'"):
        opened(path, captures="s3://bucket/folder")
