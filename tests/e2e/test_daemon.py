"""The daemon as its operator meets it: it checks, tells, reloads, stands alone and stops when asked."""

import asyncio
import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import crawl, start
from tests.support.http_server import Exchange, HttpServer, page, reply
from tests.support.sinks import WebhookSink

LINES = [
    "今年政府工作的总体要求是：坚持稳中求进，聚焦实体经济，办好民生实事，推动云溪高质量发展迈上新台阶。",
    "今年发展的主要预期目标是：地区生产总值增长6%左右；城镇调查失业率控制在5%以内；固定资产投资增长8%以上。",
    "全面推进乡村振兴，新建高标准农田3万亩，改造农村公路120公里，让田园更有看头、农民更有奔头。",
]

PATIENCE = 30
"""Seconds; a daemon that has not got there by then never will."""


def report(growth: str = "6%", title: str = "云溪市2026年政府工作报告") -> bytes:
    body = "".join(f"<p>{line.replace('6%', growth)}</p>" for line in LINES)
    return page(f"<html><body><h1>{title}</h1>{body}</body></html>")


class Running:
    """A daemon and what it logs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[dict[str, Any]] = []
        self._queue: queue.Queue[str] = queue.Queue()
        assert process.stderr is not None
        threading.Thread(target=lambda: [self._queue.put(line) for line in process.stderr or ()], daemon=True).start()

    def wait_for(self, event: str, **fields: object) -> dict[str, Any]:
        """The next log line with this event and these fields."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                line = json.loads(self._queue.get(timeout=0.2))
            except queue.Empty:
                if self.process.poll() is not None and self._queue.empty():
                    break
                continue
            self.lines.append(line)
            if line["event"] == event and fields.items() <= line.items():
                return line
        raise AssertionError(f"no {event!r} {fields}; logged: {self.lines}")

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


@contextmanager
def daemon(folder: Path, before: str = "") -> Iterator[Running]:
    process = start(folder, "run", before=before)
    try:
        yield Running(process)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with HttpServer({"/yunxi.html": report()}) as running:
        yield running


def write(folder: Path, server: HttpServer, sink: WebhookSink, more: str = "", every: str = "1s") -> None:
    (folder / "sources.yaml").write_text(
        f"defaults: {{every: {every}, delay: 0s}}\nnetwork: {{allow_private: true}}\n"
        f'channels: {{desk: {{type: webhook, url: "{sink.url}"}}}}\n'
        f'sources:\n  - {{id: yunxi, url: "{server.url("/yunxi.html")}"}}\n{more}',
        "utf-8",
    )


def test_it_checks_what_is_due_and_tells_what_changed(tmp_path: Path, server: HttpServer) -> None:
    with WebhookSink() as sink:
        write(tmp_path, server, sink)
        with daemon(tmp_path) as running:
            running.wait_for("checked", outcome="new")
            running.wait_for("checked", outcome="unchanged")
            server.routes["/yunxi.html"] = report("5.5%")
            sink.wait_for(1, PATIENCE)
            assert "6%左右 → 5.5%左右" in sink.requests[0].json["summary"]
            assert running.stop() == 0


def test_one_bad_source_never_stops_another(tmp_path: Path, server: HttpServer) -> None:
    async def silence(exchange: Exchange) -> None:
        await exchange.reader.read()

    server.routes["/silent.html"] = silence
    server.routes["/broken.html"] = reply(b"", 500)
    with WebhookSink() as sink, HttpServer({"/slow.html": silence}) as slow:
        more = (
            f'  - {{id: broken, url: "{server.url("/broken.html")}"}}\n'
            f'  - {{id: slow, url: "{slow.url("/slow.html")}"}}\n'
            '  - {id: nowhere, url: "http://nowhere.invalid/"}\n'
        )
        write(tmp_path, server, sink, more)
        with daemon(tmp_path) as running:
            running.wait_for("checked", source="broken", outcome="failed")
            running.wait_for("checked", source="yunxi", outcome="unchanged")
            assert running.stop() == 0


def test_a_changed_configuration_is_taken_over_and_a_broken_one_is_not(tmp_path: Path, server: HttpServer) -> None:
    server.routes["/qinghe.html"] = report(title="青禾县2026年政府工作报告")
    with WebhookSink() as sink:
        write(tmp_path, server, sink)
        with daemon(tmp_path) as running:
            running.wait_for("checked", source="yunxi")
            (tmp_path / "sources.yaml").write_text("sources: [{id: a, uri: x}]\n")
            told = running.wait_for("the new configuration is not taken over; the old one goes on")
            assert any("sources.yaml:1" in fault for fault in told["faults"])
            running.wait_for("checked", source="yunxi", outcome="unchanged")
            write(tmp_path, server, sink, f'  - {{id: qinghe, url: "{server.url("/qinghe.html")}"}}\n')
            running.wait_for("configuration reloaded", sources=2)
            running.wait_for("checked", source="qinghe", outcome="new")
            assert running.stop() == 0


def test_network_settings_that_cannot_be_used_leave_the_old_ones_at_work(tmp_path: Path, server: HttpServer) -> None:
    with WebhookSink() as sink:
        write(tmp_path, server, sink)
        good = (tmp_path / "sources.yaml").read_text("utf-8")
        with daemon(tmp_path) as running:
            running.wait_for("checked", source="yunxi", outcome="new")
            bad = good.replace("allow_private: true", "allow_private: true, ca_file: /nowhere/ca.pem")
            (tmp_path / "sources.yaml").write_text(bad, "utf-8")
            told = running.wait_for("the new configuration is not taken over; the old one goes on")
            assert any("ca_file" in fault for fault in told["faults"])
            server.routes["/yunxi.html"] = report("5.5%")
            sink.wait_for(1, PATIENCE)
            assert running.stop() == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_lets_a_running_check_finish(tmp_path: Path, server: HttpServer, how: int) -> None:
    asked, go = threading.Event(), threading.Event()

    async def slow(exchange: Exchange) -> None:
        asked.set()
        await wait(go)
        await exchange.send(report("5.5%"))

    with WebhookSink() as sink:
        write(tmp_path, server, sink, every="1s")
        with daemon(tmp_path) as running:
            running.wait_for("checked", outcome="new")
            server.routes["/yunxi.html"] = slow
            assert asked.wait(PATIENCE)
            running.process.send_signal(how)
            running.wait_for("stopping")
            go.set()
            running.wait_for("checked", outcome="changed")
            assert running.process.wait(PATIENCE) == 0
        assert len(crawl(tmp_path, "versions", "yunxi", "--json").json) == 2
        assert len(sink.requests) == 1, "what was concluded is told before it stops"


async def wait(event: threading.Event) -> None:
    await asyncio.to_thread(event.wait, PATIENCE)


def test_there_is_one_daemon_per_database(tmp_path: Path, server: HttpServer) -> None:
    with WebhookSink() as sink:
        write(tmp_path, server, sink)
        with daemon(tmp_path) as running:
            running.wait_for("started")
            second = start(tmp_path, "run")
            _, told = second.communicate(timeout=PATIENCE)
            assert second.returncode == 2
            assert "already running" in told
            assert crawl(tmp_path, "once").code == 0, "a manual refresh beside it is welcome"
            assert crawl(tmp_path, "health").code == 0
            assert running.process.poll() is None
            running.process.kill()
            running.process.wait(PATIENCE)
        with daemon(tmp_path) as again:
            again.wait_for("started")
            assert again.stop() == 0


def test_a_dead_or_stuck_daemon_is_not_alive(tmp_path: Path) -> None:
    assert crawl(tmp_path, "health", "--alive").code == 1
    (tmp_path / "crawler.db.lock").touch()
    assert crawl(tmp_path, "health", "--alive").code == 0
    os.utime(tmp_path / "crawler.db.lock", (0, time.time() - 300))
    ran = crawl(tmp_path, "health", "--alive")
    assert ran.code == 1
    assert "5 min" in ran.err
