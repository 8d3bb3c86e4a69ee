"""The dashboard as its operator starts, opens and stops it, alone and with the daemon."""

import re
import signal
import socket
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.cli import crawl, start
from tests.support.http_server import HttpServer, page

PATIENCE = 30
"""Seconds; a server that has not got there by then never will."""
REPORT = page(
    "<h1>云溪市2026年政府工作报告</h1><p>今年政府工作的总体要求是：坚持稳中求进，聚焦实体经济，办好民生实事。</p>"
    "<p>今年发展的主要预期目标是：地区生产总值增长6%左右；城镇调查失业率控制在5%以内；固定资产投资增长8%以上。</p>"
)


@contextmanager
def serving(
    folder: Path, *arguments: str, before: str = "", **environment: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server that was started, and what it printed."""
    process = start(folder, *arguments, "--port", "0", before=before, **environment)
    guard = threading.Timer(PATIENCE, process.kill)
    guard.start()
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process
    finally:
        guard.cancel()
        process.kill()
        process.communicate()


def stopped(process: subprocess.Popen[str], how: int = signal.SIGTERM) -> int:
    process.send_signal(how)
    return process.wait(PATIENCE)


def asked(url: str, **options: object) -> httpx.Client:
    return httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False, follow_redirects=True, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_a_link_that_opens_it_and_stops_when_asked(tmp_path: Path, how: int) -> None:
    with serving(tmp_path, "serve") as (link, process):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}", link)
        with asked(link.partition("?")[0]) as browser:
            first = browser.get(link)
            assert (first.status_code, "token" in str(first.url)) == (200, False)
            assert "crawler once" in first.text, "an empty database says what to do"
            assert "sources.yaml" in browser.get("/sources").text
            assert stopped(process, how) == 0


def test_whoever_is_in_stays_in_over_a_restart_and_an_old_link_opens_nothing(tmp_path: Path) -> None:
    with serving(tmp_path, "serve") as (link, process), asked(link.partition("?")[0]) as browser:
        browser.get(link)
        cookies = dict(browser.cookies)
        assert stopped(process) == 0
    with serving(tmp_path, "serve") as (newer, _):
        address, old = newer.partition("?")[0], link.partition("?")[2]
        with asked(address, cookies=cookies) as browser, asked(address) as stranger:
            assert browser.get("/status").status_code == 200
            assert stranger.get(f"/?{old}").status_code == 401


def test_a_token_of_the_environment_is_not_printed_and_is_for_programs(tmp_path: Path) -> None:
    with serving(tmp_path, "serve", CRAWLER_WEB_TOKEN="given-by-the-operator") as (address, process):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        with asked(address, headers={"Authorization": "Bearer given-by-the-operator"}) as program:
            assert "complaints" in program.get("/health").json()
        stopped(process)
        assert process.stderr is not None
        assert "given-by" not in process.stderr.read()


def test_a_token_of_the_environment_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    ran = crawl(tmp_path, "serve", "--port", "0", CRAWLER_WEB_TOKEN="short")
    assert (ran.code, ran.out) == (2, "")
    assert "CRAWLER_WEB_TOKEN" in ran.err


@pytest.mark.parametrize("command", [["serve"], ["run", "--web"]])
def test_a_port_that_is_taken_is_said(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "sources.yaml").write_text("sources: [{id: a, url: 'https://www.example.org/'}]\n")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = crawl(tmp_path, *command, "--port", str(taken.getsockname()[1]))
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be listened on" in ran.err
    assert "--port" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "nowhere.invalid", ""])
def test_it_does_not_stand_open_to_others(tmp_path: Path, host: str) -> None:
    ran = crawl(tmp_path, "serve", "--host", host, "--port", "0")
    assert (ran.code, ran.out) == (2, "")
    assert "crawler readers add" in ran.err


def test_with_a_reader_it_is_open_to_others_behind_a_login(tmp_path: Path) -> None:
    assert crawl(tmp_path, "readers", "add", "lin", given=b"a password\n").code == 0
    with serving(tmp_path, "serve", "--host", "0.0.0.0") as (address, _):
        assert "token" not in address
        with asked(address.replace("0.0.0.0", "127.0.0.1")) as browser:
            form = browser.get("/")
            proof = re.search(r'name="csrf" value="(\w+)"', form.text)
            assert proof
            fields = {"csrf": proof[1], "name": "lin", "password": "a password"}
            assert str(browser.post("/login", data=fields).url.path) == "/"


@pytest.mark.parametrize(
    ("missing", "command"), [("uvicorn", ["serve", "--port", "0"]), ("argon2", ["readers", "add", "lin"])]
)
def test_without_the_extra_it_says_what_to_install(tmp_path: Path, missing: str, command: list[str]) -> None:
    process = start(tmp_path, *command, before=f"import sys; sys.modules[{missing!r}] = None")
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (2, "")
    assert "report-crawler[web]" in err
    assert "Traceback" not in err


def test_a_database_that_is_being_moved_or_is_none_is_said(tmp_path: Path) -> None:
    assert crawl(tmp_path, "tokens", "add", "x", "--scope", "read").code == 0
    with closing(sqlite3.connect(tmp_path / "crawler.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = crawl(tmp_path, "serve", "--port", "0", "--database", "sqlite:///crawler.db?timeout=0.1")
    assert (ran.code, ran.out) == (2, "")
    assert "locked" in ran.err
    ran = crawl(tmp_path, "serve", "--port", "0", "--database", "sqlite:///nowhere/crawler.db")
    assert (ran.code, ran.out) == (2, "")
    assert "does not exist" in ran.err


def test_the_daemon_serves_it_too_and_stops_with_it(tmp_path: Path) -> None:
    with HttpServer({"/yunxi.html": REPORT}) as portal:
        (tmp_path / "sources.yaml").write_text(
            "defaults: {every: 1h, delay: 0s}\nnetwork: {allow_private: true}\n"
            f'sources:\n  - {{id: yunxi, url: "{portal.url("/yunxi.html")}"}}\n',
            "utf-8",
        )
        with serving(tmp_path, "run", "--web") as (link, process), asked(link.partition("?")[0]) as browser:
            assert browser.get(link).status_code == 200
            assert process.stderr is not None
            for line in process.stderr:
                if '"checked"' in line:
                    assert '"outcome": "new"' in line
                    break
            assert "云溪市2026年政府工作报告" in browser.get("/pages").text
            assert browser.get("/health").json()["healthy"] is True
            assert stopped(process) == 0


@pytest.mark.parametrize("begun", [None, "network: {allow_private: true}\nsources: []\n"])
def test_both_start_before_there_is_a_source_and_check_the_first_one(tmp_path: Path, begun: str | None) -> None:
    file = tmp_path / "sources.yaml"
    if begun is not None:
        file.write_text(begun, "utf-8")
    with (
        HttpServer({"/yunxi.html": REPORT}) as portal,
        serving(tmp_path, "run", "--web") as (link, process),
        asked(link.partition("?")[0]) as browser,
    ):
        assert "/sources/new" in browser.get(link).text
        assert "sources.yaml:" not in browser.get("/sources").text, "no source yet is no fault"
        address = portal.url("/yunxi.html")
        file.write_text(f"network: {{allow_private: true}}\nsources:\n  - {{id: yunxi, url: {address!r}}}\n", "utf-8")
        assert process.stderr is not None
        assert any('"checked"' in line and '"outcome": "new"' in line for line in process.stderr)
        assert "云溪市2026年政府工作报告" in browser.get("/pages").text
        assert stopped(process) == 0


def test_the_daemon_alone_does_not_start_without_a_source(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("sources: []\n", "utf-8")
    ran = crawl(tmp_path, "run")
    assert (ran.code, ran.out) == (2, "")
    assert "found an empty list" in ran.err


def test_tokens_and_readers_are_kept_by_commands(tmp_path: Path) -> None:
    assert crawl(tmp_path, "tokens").code == 2, "a command that only reads makes no database"
    made = crawl(tmp_path, "tokens", "add", "for feeds", "--scope", "feed", "--scope", "read")
    assert (made.code, len(made.out.strip())) == (0, 43)
    assert made.out.strip() not in crawl(tmp_path, "tokens").out
    assert "feed read" in crawl(tmp_path, "tokens").out
    assert crawl(tmp_path, "readers", "add", "lin", given=b"a password\n").code == 0
    assert "lin" in crawl(tmp_path, "readers").out
    for wrong in (
        ["tokens", "add", "for feeds", "--scope", "read"],
        ["tokens", "add", "other"],
        ["tokens", "add", "other", "--scope", "all"],
        ["tokens", "add", " other\n", "--scope", "read"],
        ["tokens", "remove", "other"],
        ["readers", "add", ""],
        ["readers", "remove", "nobody"],
    ):
        ran = crawl(tmp_path, *wrong, given=b"a password\n")
        assert (ran.code, ran.out) == (2, ""), wrong
        assert ran.err
    assert crawl(tmp_path, "readers", "add", "zhou", given=b"short\n").code == 2
    assert crawl(tmp_path, "tokens", "remove", "for feeds").code == 0
    assert crawl(tmp_path, "readers", "remove", "lin").code == 0
    assert "lin" not in crawl(tmp_path, "readers").out
