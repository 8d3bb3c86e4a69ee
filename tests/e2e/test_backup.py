"""`db backup` as its user meets it: while a real daemon records a new version of every page each second."""

import itertools
from pathlib import Path

from tests.e2e.test_daemon import daemon, report, write
from tests.support.cli import crawl
from tests.support.http_server import Exchange, HttpServer
from tests.support.sinks import WebhookSink


def test_each_copy_made_while_the_daemon_writes_is_whole(tmp_path: Path) -> None:
    growth = itertools.count(10)

    async def edited(exchange: Exchange) -> None:
        await exchange.send(report(f"{next(growth) / 10}%"))

    with WebhookSink() as sink, HttpServer({f"/{name}.html": edited for name in ("yunxi", "a", "b", "c")}) as server:
        write(tmp_path, server, sink, "".join(f'  - {{id: {n}, url: "{server.url(f"/{n}.html")}"}}\n' for n in "abc"))
        with daemon(tmp_path) as running:
            running.wait_for("checked", outcome="changed")
            for number in range(6):
                ran = crawl(tmp_path, "db", "backup", f"copy{number}.db")
                assert (ran.code, ran.err) == (0, "")
                running.wait_for("checked", outcome="changed")
            assert running.stop() == 0
    told = []
    for number in range(6):
        copy = ("--database", f"sqlite:///copy{number}.db")
        verified = crawl(tmp_path, "db", "verify", "--json", *copy)
        assert (verified.code, verified.json["problems"]) == (0, [])
        told.append(verified.json["stats"]["versions"])
        assert verified.json["stats"]["changes"] == verified.json["stats"]["alerts"], "a version and its alert are one"
        assert len(crawl(tmp_path, "versions", "yunxi", "--json", *copy).json) >= 1
    assert told == sorted(told)
    assert told[-1] > told[0], "they were made at different moments of its work"
