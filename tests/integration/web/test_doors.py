"""Every door is closed unless it is declared open, and every answer bears the headers that keep it to its reader."""

import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.routing import Mount

from crawler.web.headers import HEADERS
from crawler.web.pages import status
from tests.support.dashboard import TOKEN, Dashboard, app_of

OPEN = {"/login", "/health", "/ready", "/static/{name}"}
"""What anybody may ask for. Whoever adds to it has thought about it."""


def routes(router: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Method and path of everything a router answers, of those within it too."""
    for route in router.routes:
        if isinstance(route, Mount):
            yield from routes(route.app, prefix + route.path)
        elif within := getattr(route, "original_router", None):
            yield from routes(within, prefix + getattr(route.include_context, "prefix", ""))
        else:
            for method in sorted(route.methods or ()):
                yield method, prefix + route.path


@pytest.fixture
def doors(dashboard: Dashboard) -> list[tuple[str, str]]:
    return sorted(routes(app_of(dashboard.office).app))


def asked(path: str) -> str:
    return re.sub(r"{[^}]*}", "1", path)


def test_no_route_answers_without_a_login_unless_it_is_declared_open(
    dashboard: Dashboard, doors: list[tuple[str, str]]
) -> None:
    assert {("GET", "/"), ("GET", "/sources"), ("POST", "/logout"), ("GET", "/login")} <= set(doors)
    answers = {}
    with dashboard.stranger() as stranger:
        for method, path in doors:
            answer = stranger.request(method, asked(path))
            to_login = answer.status_code == 303 and answer.headers["location"].startswith("/login")
            answers[method, path] = "closed" if to_login or answer.status_code == 401 else "open"
    assert {path for (_, path), door in answers.items() if door == "open"} <= OPEN


def test_what_is_open_reads_nothing_to_strangers(dashboard: Dashboard) -> None:
    with dashboard.stranger() as stranger:
        assert stranger.get("/health").json().keys() == {"healthy"}
        assert stranger.get("/ready").json() == {"ready": True}
        assert "hechuan" not in stranger.get("/login").text
    with dashboard.browser() as browser:
        assert "complaints" in browser.get("/health").json()


def test_addresses_that_lead_nowhere_tell_strangers_nothing_either(dashboard: Dashboard) -> None:
    with dashboard.stranger() as stranger:
        for path in (
            "/nowhere",
            "/static/../app.py",
            "/static/%2e%2e%2fapp.py",
            "//",
            "/login/",
            "/Login",
            "/login%3F",
        ):
            answer = stranger.get(path)
            assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/login"), path
        assert stranger.get("/static/app.py").status_code == 404
        assert stranger.get("/api/v1/changes").status_code == 401
        assert stranger.get("/api/v1/changes").headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example:8000",
        "localhost:80/login?",
        "localhost/login?",
        "[::2]",
        "",
        "localhost:x",
    ],
)
def test_a_name_that_is_not_ours_is_refused(dashboard: Dashboard, host: str) -> None:
    """A stranger's page may have had its own name led here (DNS rebinding); some names only look like ours."""
    with dashboard.browser() as browser:
        for path in ("/sources", "/login", f"/?token={TOKEN}"):
            answer = browser.get(path, headers={"Host": host})
            assert answer.status_code in (400, 421)
            assert "set-cookie" not in answer.headers
            assert "hechuan" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9999", "127.0.0.1", "[::1]:8000"])
def test_names_of_this_machine_are_ours(dashboard: Dashboard, host: str) -> None:
    with dashboard.stranger() as stranger:
        assert stranger.get("/login", headers={"Host": host}).status_code == 200


def test_every_answer_bears_the_headers(dashboard: Dashboard) -> None:
    with dashboard.browser() as browser, dashboard.stranger() as stranger:
        answers = [
            *(browser.get(path) for path in ("/", "/sources", "/nowhere", "/pages/x", "/health", "/?after=x")),
            browser.post("/logout"),
            browser.request("PUT", "/sources"),
            *(stranger.get(path) for path in ("/", "/login", "/?token=wrong", "/api/x")),
            stranger.get("/", headers={"Host": "evil.example"}),
        ]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, answer.url
    assert "'unsafe" not in HEADERS["Content-Security-Policy"]


def test_our_files_are_kept_by_browsers_and_change_their_address_with_their_content(dashboard: Dashboard) -> None:
    with dashboard.stranger() as stranger:
        found = re.findall(r'(?:href|src)="(/static/[^"]+)"', stranger.get("/login").text)
        assert len(found) >= 3
        for address in found:
            answer = stranger.get(address)
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert answer.headers["x-content-type-options"] == "nosniff"
            other = stranger.get(f"{address.partition('?')[0]}?v=000000000000")
            assert other.headers["cache-control"] == "no-cache"


def test_pages_ask_for_nothing_but_our_own_files_and_run_nothing_inline(
    dashboard: Dashboard, doors: list[tuple[str, str]]
) -> None:
    with dashboard.browser() as browser:
        pages = [browser.get(path).text for method, path in doors if method == "GET" and "{" not in path]
    for page in pages:
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=\"/static/)", page)
        assert not re.search(r'\s(?:src|action)="(?!/)', page)


def test_a_page_with_a_bug_shows_no_trace_of_it(dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the code")

    monkeypatch.setattr(status, "_judged", broken)
    with dashboard.browser() as browser:
        answer = browser.get("/status")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "a secret of the code" not in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_request_that_is_no_http_is_turned_away(dashboard: Dashboard) -> None:
    with socket.create_connection(("127.0.0.1", int(dashboard.url.rpartition(":")[2])), 20) as wire:
        wire.sendall(b"GET /login?\xff HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert wire.recv(100).startswith(b"HTTP/1.1 400")
