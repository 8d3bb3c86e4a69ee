"""Requests that no page of ours makes: each is answered, none with a fault of the program, and others go on."""

import socket
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest
import yaml

from crawler.web.headers import HEADERS
from storage.store import Store
from tests.integration.web.test_doors import asked, routes
from tests.support.dashboard import Browser, Clock, Dashboard, app_of, office_of, running
from tests.support.store import stock

ABSURD = ("9" * 30, "2\u0000<b>", "0001-01-01", "9999-12-31")
NAMES = (
    *("after", "at", "below", "channel", "from", "indicator", "kind", "one", "open", "order", "other", "q", "region"),
    *("report", "severity", "since", "skip", "source", "start", "state", "stop", "target", "until", "view", "year"),
)
EVERY = (
    "/",
    "/targets",
    "/targets/distribution",
    "/pages",
    "/compare",
    "/sources",
    "/sources/new",
    "/alerts",
    "/search",
    "/status",
)
"""What the first row of links leads to."""


@pytest.fixture
def browser(dashboard: Dashboard) -> Iterator[Browser]:
    stock(dashboard.store)
    with dashboard.browser() as browser:
        yield browser


def pages(dashboard: Dashboard) -> set[str]:
    """Addresses of all that can be read, the health apart: of an idle store that is bad."""
    found = {asked(path) for method, path in routes(app_of(dashboard.office).app) if method == "GET"}
    return found - {"/health", "/static/1"}


@pytest.mark.parametrize("absurd", ABSURD)
def test_absurd_parameters_are_refused_or_fit_nothing(dashboard: Dashboard, browser: Browser, absurd: str) -> None:
    answers = {
        (path, name): browser.get(path, params={name: absurd}).status_code
        for path in pages(dashboard) for name in NAMES
    }  # fmt: skip
    assert len(answers) > 300
    assert {each: status for each, status in answers.items() if status not in (200, 303, 400, 404, 409, 422)} == {}


def test_bytes_that_are_no_text_are_no_fault(dashboard: Dashboard, browser: Browser) -> None:
    for path in pages(dashboard):
        assert browser.get(f"{path}?year=%ff%fe&q=%ed%a0%80&region=%00").status_code < 500, path


def test_a_question_without_end_is_not_given_back(browser: Browser) -> None:
    many = "&".join(f"{number}={'x' * 20}" for number in range(2_000))
    answer = browser.get(f"/?{many}")
    assert answer.status_code == 414
    assert len(answer.content) < 10_000


def test_cookies_of_all_kinds_let_nobody_in_and_nobody_out(browser: Browser, dashboard: Dashboard) -> None:
    session = browser.cookies["crawler_session"]
    for more in (
        "x=" + "y" * 30_000,
        "; ".join(f"c{number}=1" for number in range(1_000)),
        "=; ;;\xff=\xfe; lang=\x22",
    ):
        cookies = f"{more}; crawler_session={session}".encode("latin-1")
        assert browser.get("/status", headers={b"Cookie": cookies}).status_code == 200, more[:20]
    with dashboard.stranger() as stranger:
        for wrong in (session[:-1], session + "x", session.upper(), "x" * 30_000, "\xff", "' OR 1=1 --"):
            cookie = f"crawler_session={wrong}".encode("latin-1")
            assert stranger.get("/status", headers={b"Cookie": cookie}).status_code == 303, wrong[:20]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        *((text, "en") for text in ("x" * 5_000, "*", "zh;q=nan", "q=;;;,,,", "zh;q=0.5;q=9", "\xe9" * 20, "zh;q=0")),
        *((text, "zh-CN") for text in ("zh-Hant-TW", "fr, zh;q=0.1", "zh;q=inf, en;q=-inf", "ZH")),
    ],
)
def test_whatever_languages_are_asked_for_a_page_comes(browser: Browser, accepted: str, language: str) -> None:
    answer = browser.get("/status", headers={b"Accept-Language": accepted.encode("latin-1")})
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text


def test_heads_are_those_of_the_pages_and_other_methods_are_refused(browser: Browser, dashboard: Dashboard) -> None:
    with dashboard.stranger() as stranger:
        assert stranger.head("/ready").status_code == 200
        assert stranger.head("/status").status_code == 303
    head, page = browser.head("/status"), browser.get("/status")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == page.headers["content-length"]
    for method in ("OPTIONS", "PUT", "DELETE", "TRACE", "PROPFIND", "BREW"):
        answer = browser.request(method, "/status")
        assert answer.status_code in (403, 405), method
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, method


def test_slow_clients_keep_nobody_waiting(browser: Browser, dashboard: Dashboard) -> None:
    """Half of a head, and half of a form, from as many as two hundred."""
    at = ("127.0.0.1", int(dashboard.url.rpartition(":")[2]))
    session = browser.cookies["crawler_session"]
    begun = (
        b"GET /status HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        f"POST /logout HTTP/1.1\r\nHost: localhost\r\nCookie: crawler_session={session}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900000\r\n\r\ncsrf=".encode(),
    )
    with ExitStack() as slow:
        for number in range(200):
            wire = slow.enter_context(socket.create_connection(at, 20))
            wire.sendall(begun[number % 2])
        assert browser.get("/status").status_code == 200
        assert browser.send_form("/read").status_code == 303


# --- two editors at once


def test_of_two_who_edit_the_file_at_once_neither_undoes_the_other(store: Store, config: Path, clock: Clock) -> None:
    names = [f"county-{number}" for number in range(12)]
    lines = [f"  - {{id: {name}, url: 'https://www.example.org/{name}.html'}}  # ours\n" for name in names]
    config.write_text("sources:\n" + "".join(lines), "utf-8")
    with running(office_of(store, config, clock)) as dashboard:

        def pause(name: str) -> int:
            with dashboard.browser() as browser:
                return browser.send_form(f"/sources/{name}/pause").status_code

        with ThreadPoolExecutor(4) as editors:
            answers = dict(zip(names, editors.map(pause, names), strict=True))
    written = config.read_text("utf-8")
    paused = {each["id"] for each in yaml.safe_load(written)["sources"] if each.get("enabled") is False}
    assert set(answers.values()) <= {303, 409}
    assert paused == {name for name, status in answers.items() if status == 303}
    assert written.count("# ours") == len(names)


# --- a database that is moved, and an empty one


def test_while_the_database_is_moved_pages_ask_for_patience(dashboard: Dashboard, browser: Browser) -> None:
    with closing(sqlite3.connect(str(dashboard.store.database.path), isolation_level=None)) as mover:
        mover.execute("ALTER TABLE channel RENAME TO moved")
        mover.execute("ALTER TABLE page RENAME TO moved_too")
        ready = browser.get("/ready")
        assert (ready.status_code, ready.json()) == (503, {"ready": False})
        for path in ("/", "/pages", "/targets", "/feeds/changes.atom"):
            answer = browser.get(path)
            assert answer.status_code == 503, path
            assert int(answer.headers["retry-after"]) > 0
            assert "sqlite" not in answer.text.lower()
        mover.execute("ALTER TABLE moved RENAME TO channel")
        mover.execute("ALTER TABLE moved_too RENAME TO page")
        assert {browser.get(path).status_code for path in ("/ready", "/", "/pages")} == {200}


@pytest.mark.parametrize(("language", "said"), [("en", "Nothing is watched yet"), ("zh-CN", "还没有监测任何页面")])
def test_with_nothing_stored_every_page_is_there(dashboard: Dashboard, language: str, said: str) -> None:
    with dashboard.browser(headers={"Accept-Language": language}) as browser:
        answers: dict[str, httpx.Response] = {path: browser.get(path) for path in EVERY}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert said in answers["/"].text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        *(
            ("/?kind=odd", "只能是"),
            ("/?severity=odd", "只能是"),
            ("/targets?order=odd", "只能是"),
            ("/?after=odd", "没有这个位置"),
        ),
        ("/pages?source=none", "没有存储来源"),
    ],
)
def test_refusals_are_in_the_readers_language(browser: Browser, path: str, said: str) -> None:
    answer = browser.get(path, headers={"Accept-Language": "zh-CN"})
    assert answer.status_code in (400, 404)
    assert said in answer.text
