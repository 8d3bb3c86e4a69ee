"""The form of a source against hostile fields, hostile sites, forged requests and impatient people."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.app import load_config
from crawler.model import Failure, FailureKind
from crawler.web import turns
from crawler.web.preview import look
from storage.access import add_token
from storage.store import Store
from tests.support.dashboard import Browser, Clock, Dashboard
from tests.support.forms import FILE, filled, previewed, saved, words
from tests.support.http_server import Exchange, HttpServer, page, redirect, reply
from tests.support.store import NOW
from tests.support.values import source
from tests.support.web import html

ADDRESS = "https://www.example.org/x.html"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REGION", "a-secret-of-the-environment")
    path = tmp_path / "sources.yaml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture
def browser(dashboard: Dashboard) -> Iterator[Browser]:
    with dashboard.browser() as browser:
        yield browser


@pytest.fixture
def site() -> Iterator[HttpServer]:
    with HttpServer({"/yunxi.html": page(html().decode())}) as server:
        yield server


# --- fields


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,<script>alert(1)</script>",
        "https://user:password@www.example.org/",
        "https://www.example.org/a b",
        "https://www.example.org\\@evil.example/",
        "//www.example.org/",
        "http://",
        "http://[::1%25eth0]/",
        "https://www.example.org/\x00",
        "https://www.example.org/\n- id: evil",
        "https://www.example.org/\u202emoc",
        "https://www.example.org/" + "x" * 4_000,
        "",
    ],
)
def test_what_is_no_address_of_a_page_is_neither_saved_nor_asked(browser: Browser, config: Path, address: str) -> None:
    for answer in (
        saved(browser, "/sources/new", id="x", address=address),
        previewed(browser, "/sources/new", id="x", address=address),
    ):
        assert answer.status_code == 422
        assert 'id="hint-address"' in answer.text
        assert 'class="fault"' in answer.text.partition('id="hint-address"')[2].partition("</div>")[0]
        assert "<script>alert" not in answer.text
    assert config.read_text("utf-8") == FILE


@pytest.mark.parametrize(
    "title",
    [
        "a: b # c",
        "- id: evil",
        "*name",
        "&name x",
        "!!python/object:os.system",
        "{a: [",
        "'",
        '"',
        "yes",
        "2026",
        "null",
        "%YAML 1.1",
        "---",
        "? x",
        "| x",
        "\\x41",
        "<b>粗</b>",
        "${",
    ],
)
def test_the_signs_of_yaml_are_but_signs(browser: Browser, config: Path, title: str) -> None:
    answer = saved(browser, "/sources/new", id="x", address=ADDRESS, title=title)
    if "${" in title:
        assert answer.status_code == 422
        assert config.read_text("utf-8") == FILE
        return
    assert answer.status_code == 303
    assert load_config(str(config)).sources[-1].title == title
    assert config.read_text("utf-8").startswith(FILE)
    assert filled(browser.get("/sources/x/edit"))["title"] == title


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=40), drop=st.text(max_size=20))
def test_whatever_is_typed_is_saved_as_it_is_or_not_at_all(
    browser: Browser, config: Path, title: str, drop: str
) -> None:
    config.write_text(FILE, "utf-8")
    answer = saved(browser, "/sources/qinghe/edit", title=title, **{"body.drop": drop})
    if answer.status_code == 303:
        first, second = load_config(str(config)).sources
        assert first.title == (title.strip() or "qinghe")
        assert second.id == "yunxi"
    else:
        assert answer.status_code == 422
        assert config.read_text("utf-8") == FILE


def test_a_secret_of_the_environment_is_not_sent_anywhere(browser: Browser, config: Path, site: HttpServer) -> None:
    for form in (saved, previewed):
        answer = form(browser, "/sources/new", id="x", address=site.url("/${REGION}"))
        assert answer.status_code == 422
        assert "put in by hand only" in words(answer)
        moved = form(browser, "/sources/yunxi/edit", address=site.url("/${REGION}/yunxi.html"))
        assert moved.status_code == 422
        assert "a-secret-of-the-environment" not in answer.text + moved.text
    assert site.targets == []
    assert config.read_text("utf-8") == FILE


def test_fields_of_a_megabyte_are_turned_away(browser: Browser, config: Path) -> None:
    for size, code in ((1_000_000, 413), (10_001, 400)):
        for send in (saved, previewed):
            answer = send(browser, "/sources/new", address=ADDRESS, title="x" * size)
            assert answer.status_code == code
            assert len(answer.content) < 10_000
    long = saved(browser, "/sources/new", address=ADDRESS, title="x" * 10_000)
    assert long.status_code == 422
    assert "it is longer than 300 characters" in words(long)
    assert config.read_text("utf-8") == FILE


@pytest.mark.parametrize("field", ["kind", "told", "seen", "source", "csrf"])
def test_what_no_form_of_ours_sends_does_no_harm(browser: Browser, config: Path, field: str) -> None:
    typed = {"id": "x", "address": ADDRESS, field: "<b>\x00"}
    answer = saved(browser, "/sources/new", **typed)
    assert answer.status_code == {"seen": 409, "csrf": 403}.get(field, 303)
    assert "<b>" not in answer.text
    assert (config.read_text("utf-8") == FILE) == (answer.status_code != 303)


def test_sources_that_are_not_there_cannot_be_edited(browser: Browser, config: Path) -> None:
    for name in ("nowhere", "<b>", "%00", "x" * 5_000):
        for form in ("edit", "remove"):
            answer = browser.get(f"/sources/{name}/{form}")
            assert answer.status_code == 404
            assert "<b>" not in answer.text


def test_what_a_link_says_was_done_is_shown_as_text(browser: Browser) -> None:
    assert "<b>" not in browser.get("/sources?saved=<b>&removed=<b>").text
    assert "is saved" not in browser.get("/sources?saved=nowhere").text


# --- who may


def test_only_who_is_let_in_and_sends_a_form_of_ours_may_write(dashboard: Dashboard, config: Path) -> None:
    with dashboard.browser() as browser:
        form = filled(browser.get("/sources/new")) | {"id": "x", "address": ADDRESS}
        removal = {"seen": form["seen"], "csrf": "forged"}
        for path in ("/sources/new", "/sources/qinghe/edit", "/sources/preview"):
            assert browser.post(path, data={**form, "csrf": "forged"}).status_code == 403
            assert browser.post(path, data=form, headers={"Origin": "https://evil.example"}).status_code == 403
        assert browser.post("/sources/qinghe/remove", data=removal).status_code == 403
    add_token(dashboard.store, "reader", "a-secret-for-reading", frozenset({"read"}), NOW)
    with dashboard.stranger() as stranger:
        for path in ("/sources/new", "/sources/qinghe/edit", "/sources/preview", "/sources/qinghe/remove"):
            assert stranger.post(path, data=form).headers["location"] == "/login"
            with_token = {"Authorization": "Bearer a-secret-for-reading"}
            assert stranger.post(path, data=form, headers=with_token).status_code == 403
    assert config.read_text("utf-8") == FILE


# --- sites


@pytest.mark.parametrize(
    ("path", "said", "reason"),
    [
        ("/nowhere.html", "The site refuses the page.", "HTTP 404"),
        ("/loop", "The site sends on and on.", ""),
        ("/picture", "No report can be read from this.", "image (image/png) came instead"),
        ("/empty", "No report can be read from this.", "empty body"),
        ("/private/x.html", "The site does not allow programs to read this page", "robots.txt"),
        ("/inside", "This address may not be asked.", "link-local"),
        ("/cut", "The site's answer cannot be read.", ""),
        ("/app", "A check would not take this for a report:", "no report text found (0 characters)"),
    ],
)
def test_what_went_wrong_is_said_with_what_to_do(
    browser: Browser, site: HttpServer, path: str, said: str, reason: str
) -> None:
    site.routes |= {
        "/robots.txt": reply(b"User-agent: *\nDisallow: /private/\n"),
        "/loop": redirect("/loop"),
        "/picture": reply(b"\x89PNG\r\n\x1a\n" + bytes(100), headers={"Content-Type": "image/png"}),
        "/empty": reply(b""),
        "/inside": redirect("http://169.254.169.254/latest/meta-data/"),
        "/cut": reply(b"<p>", headers={"Content-Length": "1000", "Connection": "close"}),
        "/app": page("<div id=app></div><script>boot()</script>"),
    }
    answer = previewed(browser, "/sources/new", address=site.url(path), title="kept")
    assert answer.status_code == 200
    assert said in words(answer)
    assert reason in words(answer)
    assert filled(answer)["title"] == "kept"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433"])
def test_this_machine_is_asked_for_nothing_unless_the_file_allows_it(
    browser: Browser, config: Path, site: HttpServer, host: str
) -> None:
    config.write_text(FILE.replace("allow_private: true", "allow_private: false"), "utf-8")
    answer = previewed(browser, "/sources/new", address=f"http://{host}:{site.port}/yunxi.html")
    assert "This address may not be asked." in words(answer)
    assert "allow_private: true" in words(answer)
    assert site.targets == []


def test_a_page_that_would_speak_to_the_browser_is_shown_as_text(browser: Browser, site: HttpServer) -> None:
    title = "<script>alert(1)</script>"
    shown = title.replace("<", "&lt;").replace(">", "&gt;")
    site.routes["/yunxi.html"] = page(html(title=shown + "\u202e政府工作报告").decode())
    answer = previewed(browser, "/sources/new", address=site.url("/yunxi.html"))
    assert "<script>alert" not in answer.text
    assert "\u202e" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_preview_stays_small_whatever_the_page_holds(browser: Browser, site: HttpServer) -> None:
    lines = tuple(f"第{n}项：地区产值{n}增长{n % 9 + 1}%以上，" + "抓好落实，" * 400 + "。" for n in range(300))
    site.routes["/yunxi.html"] = page(html(lines).decode())
    site.routes["/list/"] = page("".join(f'<a href="/list/{n}.html">{"报告" * 100}{n}</a>' for n in range(3_000)))
    for typed in ({"address": site.url("/yunxi.html")}, {"kind": "listing", "address": site.url("/list/")}):
        answer = previewed(browser, "/sources/new", **typed)
        assert "Preview" in words(answer)
        assert len(answer.content) < 100_000


def test_a_site_without_end_is_left_after_a_while(store: Store, config: Path) -> None:
    async def drip(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            await exchange.send(b"<p>")
            await asyncio.sleep(0.01)

    with HttpServer({"/drip": drip}) as site:
        endless = source(url=site.url("/drip"), delay=timedelta(0))
        found = look(load_config(str(config)), store, endless, timedelta(seconds=1))
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.TIMEOUT


def test_a_pattern_without_end_is_stopped(store: Store, config: Path) -> None:
    links = f'<a href="/list/{"a" * 40}!.html">云溪市2026年政府工作报告</a>'
    with HttpServer({"/list/": page(links)}) as site:
        endless = source(url=None, listing=site.url("/list/"), match="/(a+)+$", delay=timedelta(0))
        found = look(load_config(str(config)), store, endless, timedelta(seconds=3))
    assert isinstance(found, Failure)
    assert found.kind in (FailureKind.TIMEOUT, FailureKind.CONTENT)


# --- impatience


def test_one_preview_at_a_time_for_each(browser: Browser, site: HttpServer) -> None:
    asked, go_on = threading.Event(), threading.Event()

    async def held(exchange: Exchange) -> None:
        asked.set()
        await asyncio.to_thread(go_on.wait, 20)
        await exchange.send(page(html().decode()))

    site.routes["/held.html"] = held
    form = filled(browser.get("/sources/new"))
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(browser.post, "/sources/preview", data={**form, "address": site.url("/held.html")})
        assert asked.wait(20)
        second = browser.post("/sources/preview", data={**form, "address": site.url("/yunxi.html")})
        go_on.set()
        assert first.result().status_code == 200
    assert second.status_code == 429
    assert "A preview of yours is still under way." in words(second)
    assert filled(second)["address"] == site.url("/yunxi.html"), "what was typed stays"
    assert "/yunxi.html" not in site.targets
    third = browser.post("/sources/preview", data={**form, "address": site.url("/yunxi.html")})
    assert "A check would take this for a report." in words(third)


def test_previews_are_not_for_asking_a_site_on_and_on(
    browser: Browser, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST", 2)
    answers = [previewed(browser, "/sources/new", address="http://nowhere.invalid/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Those were many previews." in words(answers[-1])
    clock.later(turns.WITHIN)
    answer = previewed(browser, "/sources/new", address="http://nowhere.invalid/")
    assert "There is no site of this name." in words(answer)
