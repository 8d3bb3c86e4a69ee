"""Captures in an S3 store as the operator meets them: named in the environment, everything else as ever."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.test_daemon import Running, report
from tests.e2e.test_history import configure, once
from tests.support.cli import crawl, start
from tests.support.http_server import HttpServer
from tests.support.s3 import KEYS, S3Server, s3_server
from tests.support.sinks import WebhookSink
from tests.support.store import rows

SECRET = KEYS["AWS_SECRET_ACCESS_KEY"]
AWAY = "s3://evidence/captures?endpoint=http://127.0.0.1:9"


@pytest.fixture(scope="module")
def running() -> Iterator[S3Server]:
    with s3_server() as server:
        yield server


@pytest.fixture
def s3(running: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3Server:
    running.empty()
    monkeypatch.setenv("CRAWLER_CAPTURES_URL", running.url())
    return running


@pytest.fixture
def here(tmp_path: Path, s3: S3Server) -> Iterator[Path]:
    """A folder whose database knows two versions of a page, checked while the store was there."""
    with WebhookSink() as sink, HttpServer({"/yunxi.html": report()}) as server:
        folder = configure(tmp_path / "here", server, sink)
        for growth in ("6%", "5.5%"):
            server.routes["/yunxi.html"] = report(growth)
            once(folder)
        yield folder


def inside(folder: Path) -> int:
    return int(rows(folder / "crawler.db", "SELECT count(*) FROM content WHERE length(data) > 0")[0][0])


def test_the_commands_work_as_with_bytes_in_the_database(here: Path, s3: S3Server) -> None:
    assert (inside(here), len(s3.names())) == (0, 2)
    raw = crawl(here, "show", "yunxi", "--version", "1", "--raw")
    assert (raw.code, raw.out) == (0, report("6%").decode().partition("\r\n\r\n")[2])
    assert crawl(here, "db", "verify", "--json").json["problems"] == []
    assert crawl(here, "export", "history", "yunxi", "-o", "yunxi.warc.gz").code == 0
    pruned = crawl(here, "db", "prune", "--keep-versions", "1", "--json").json
    assert (pruned["contents"], pruned["blobs"]) == (0, 0)
    copied = crawl(here, "db", "copy", "sqlite:///crawler.db", "sqlite:///whole.db")
    assert copied.code == 0, copied.err
    whole = crawl(here, "show", "yunxi", "--raw", "--database", "sqlite:///whole.db", CRAWLER_CAPTURES_URL="")
    assert (whole.code, whole.out) == (0, report("5.5%").decode().partition("\r\n\r\n")[2])


def test_what_is_away_is_said_and_a_dry_run_moves_nothing(here: Path, s3: S3Server) -> None:
    before = s3.names()
    assert crawl(here, "once", "--dry-run", "--json").code == 0
    assert s3.names() == before
    for arguments in (["show", "yunxi", "--raw"], ["db", "verify"], ["doctor", "--offline"]):
        ran = crawl(here, *arguments, CRAWLER_CAPTURES_URL=AWAY)
        assert ran.code > 0
        assert "cannot be asked now" in " ".join((ran.out + ran.err).split())
        assert SECRET not in ran.out + ran.err
    assert crawl(here, "show", "yunxi", CRAWLER_CAPTURES_URL=AWAY).code == 0
    wrong = crawl(here, "pages", CRAWLER_CAPTURES_URL=f"s3://someone:{SECRET}@evidence")
    assert wrong.code == 2
    assert "put them into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" in wrong.err
    assert SECRET not in wrong.err


def test_an_alert_goes_out_though_the_store_is_away(tmp_path: Path, s3: S3Server) -> None:
    with WebhookSink() as sink, HttpServer({"/yunxi.html": report()}) as server:
        folder = configure(tmp_path / "here", server, sink)
        once(folder)
        server.routes["/yunxi.html"] = report("5.5%")
        ran = crawl(folder, "once", "--json", CRAWLER_CAPTURES_URL=AWAY)
        assert (ran.code, ran.json["alerts"]["delivered"]) == (0, 1)
        assert "captures cannot be moved out of the database; it is tried again" in ran.err
        assert inside(folder) == 1
        assert once(folder) == ("unchanged", 0)
        assert (inside(folder), len(s3.names())) == (0, 2)


def test_the_daemon_moves_what_it_fetched(tmp_path: Path, s3: S3Server) -> None:
    with WebhookSink() as sink, HttpServer({"/yunxi.html": report()}) as server:
        folder = configure(tmp_path / "here", server, sink)
        process = start(folder, "run", CRAWLER_CAPTURES_URL=s3.url(), **KEYS)
        try:
            daemon = Running(process)
            daemon.wait_for("captures moved out of the database", captures=1)
            assert daemon.stop() == 0
        finally:
            process.kill()
            process.communicate()
    assert SECRET not in repr(daemon.lines)
    assert (inside(folder), len(s3.names())) == (0, 1)
