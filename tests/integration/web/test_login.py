"""Getting in: by the printed link, by name and password, and with a form that is ours."""

from datetime import timedelta
from http.cookies import SimpleCookie

import httpx
import pytest

from crawler.web.attempts import MOST, WITHIN
from storage.access import LASTS, remove_reader
from storage.store import Store
from tests.support.dashboard import TOKEN, Browser, Clock, Dashboard, office_of, reader, running
from tests.support.store import rows

NAME, PASSWORD = "analyst", "七个字的好密码"


@pytest.fixture
def known(store: Store) -> Store:
    """A store with a reader."""
    reader(store, NAME, PASSWORD)
    return store


def cookie(answer: httpx.Response, name: str = "crawler_session") -> SimpleCookie:
    jar: SimpleCookie = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        jar.load(line)
    assert name in jar, answer.headers
    return jar


def log_in(browser: Browser, name: str = NAME, password: str = PASSWORD, **more: str) -> httpx.Response:
    return browser.send_form("/login", name=name, password=password, **more)


def is_in(browser: Browser) -> bool:
    return browser.get("/status").status_code == 200


# --- the link


def test_the_link_lets_a_browser_in_and_leaves_no_token_in_its_address(dashboard: Dashboard) -> None:
    with dashboard.stranger() as browser:
        answer = browser.get("/sources", params={"state": "x", "token": TOKEN})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sources?state=x")
        morsel = cookie(answer)["crawler_session"]
        assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "lax", "/")
        assert TOKEN not in morsel.value
        assert is_in(browser)


def test_a_wrong_link_lets_nobody_in(dashboard: Dashboard) -> None:
    with dashboard.stranger() as browser:
        assert browser.get("/", params={"token": f"{TOKEN}x"}).status_code == 401
        assert browser.get("/", params={"token": ""}).status_code == 303
        assert not is_in(browser)


def test_after_some_wrong_tokens_none_is_looked_at_for_a_while(dashboard: Dashboard, clock: Clock) -> None:
    with dashboard.stranger() as browser:
        assert {browser.get("/", params={"token": "x"}).status_code for _ in range(MOST)} == {401}
        answer = browser.get("/", params={"token": TOKEN})
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= WITHIN.total_seconds() + 1
        clock.later(WITHIN)
        assert browser.get("/", params={"token": TOKEN}).status_code == 303


def test_other_sites_cannot_use_up_the_attempts_or_show_our_pages(dashboard: Dashboard) -> None:
    embedded = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    framed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    with dashboard.stranger() as browser:
        for _ in range(MOST):
            assert browser.get("/", params={"token": "x"}, headers=embedded).status_code == 403
            assert browser.get("/", params={"token": "x"}, headers=framed).status_code == 403
        assert browser.get("/", params={"token": TOKEN}, headers=followed).status_code == 303


def test_a_session_ends_when_it_is_not_used(dashboard: Dashboard, clock: Clock) -> None:
    with dashboard.browser() as browser:
        clock.later(LASTS - timedelta(hours=1))
        assert is_in(browser)
        clock.later(LASTS - timedelta(hours=1))
        assert is_in(browser)
        clock.later(LASTS)
        assert not is_in(browser)


def test_nothing_that_opens_the_door_is_stored(dashboard: Dashboard, known: Store) -> None:
    with dashboard.browser() as owner, dashboard.stranger() as browser:
        assert log_in(browser).status_code == 303
        secrets = [TOKEN, PASSWORD, *owner.cookies.values(), *browser.cookies.values()]
    stored = b"".join(path.read_bytes() for path in known.database.path.parent.glob("crawler.db*"))  # type: ignore[union-attr]
    assert b"crawler_session" not in stored
    assert [secret for secret in secrets if secret.encode() in stored] == []


# --- name and password


def test_a_reader_gets_in_with_his_password_and_to_where_he_wanted(dashboard: Dashboard, known: Store) -> None:
    with dashboard.stranger() as browser:
        assert browser.get("/sources?page=2").headers["location"] == "/login?next=%2Fsources%3Fpage%3D2"
        assert 'value="/sources?page=2"' in browser.get("/login?next=%2Fsources%3Fpage%3D2").text
        answer = log_in(browser, next="/sources?page=2")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sources?page=2")
        assert is_in(browser)
        assert browser.get("/login").headers["location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"),
    [(NAME, "wrong"), ("nobody", PASSWORD), ("", ""), (NAME, PASSWORD * 1000), ("\udc80", "\ud800")],
)
def test_a_wrong_name_or_password_lets_nobody_in(dashboard: Dashboard, known: Store, name: str, password: str) -> None:
    with dashboard.stranger() as browser:
        typed = {key: text.encode("utf-8", "surrogatepass") for key, text in (("name", name), ("password", password))}
        answer = browser.send_form("/login", **typed)
        assert answer.status_code in (400, 401)
        assert not is_in(browser)


def test_after_some_wrong_passwords_the_right_one_has_to_wait(dashboard: Dashboard, known: Store, clock: Clock) -> None:
    with dashboard.stranger() as browser:
        assert {log_in(browser, password="wrong").status_code for _ in range(MOST)} == {401}
        assert log_in(browser).status_code == 429
        clock.later(WITHIN)
        assert log_in(browser).status_code == 303


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "/\t/evil.example", "x", "//[", ""]
)
def test_a_login_leads_to_no_other_site(dashboard: Dashboard, known: Store, elsewhere: str) -> None:
    with dashboard.stranger() as browser:
        assert log_in(browser, next=elsewhere).headers["location"] == "/"


def test_logging_out_ends_the_session_on_our_side_too(dashboard: Dashboard) -> None:
    with dashboard.browser() as browser, dashboard.stranger(cookies=dict(browser.cookies)) as thief:
        assert is_in(thief)
        assert browser.send_form("/logout").headers["location"] == "/login"
        assert not is_in(browser)
        assert not is_in(thief)


def test_a_new_password_and_being_removed_end_the_readers_sessions(dashboard: Dashboard, known: Store) -> None:
    with dashboard.stranger() as browser:
        log_in(browser)
        reader(known, NAME, "another password")
        assert not is_in(browser)
        assert log_in(browser, password="another password").status_code == 303
        reader(known, "somebody else", PASSWORD)
        remove_reader(known, NAME)
        assert not is_in(browser)
        assert log_in(browser, password="another password").status_code == 401


# --- forms


def test_a_form_that_is_not_ours_is_refused(dashboard: Dashboard) -> None:
    with dashboard.browser() as browser, dashboard.browser() as other:
        theirs = other.get("/status").text.partition('name="csrf" value="')[2][:32]
        for fields in ({}, {"csrf": ""}, {"csrf": "x" * 32}, {"csrf": theirs}, {"csrf": "\u202e"}):
            assert browser.post("/logout", data=fields).status_code == 403
        assert is_in(browser)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_another_site_is_refused(dashboard: Dashboard, headers: dict[str, str]) -> None:
    with dashboard.browser() as browser:
        ours = browser.get("/status").text.partition('name="csrf" value="')[2][:32]
        assert browser.post("/logout", data={"csrf": ours}, headers=headers).status_code == 403
        assert browser.post("/logout", data={"csrf": ours}, headers={"Origin": dashboard.url}).status_code == 303


def test_a_request_by_script_brings_the_proof_in_a_header(dashboard: Dashboard) -> None:
    with dashboard.browser() as browser:
        ours = browser.get("/status").text.partition('name="csrf" value="')[2][:32]
        assert browser.post("/logout", headers={"X-CSRF-Token": "x"}).status_code == 403
        assert browser.post("/logout", headers={"X-CSRF-Token": ours}).status_code == 303


def test_the_login_form_is_refused_from_elsewhere_and_without_cookies(dashboard: Dashboard, known: Store) -> None:
    fields = {"name": NAME, "password": PASSWORD}
    with dashboard.stranger() as browser:
        answer = browser.post("/login", data=fields)
        assert answer.status_code == 403
        assert "cookie" in answer.text
        browser.get("/login")
        assert browser.post("/login", data=fields).status_code == 403
    assert rows(known.database.path or known.database.name, "SELECT count(*) FROM session") == [(0,)]  # type: ignore[arg-type]


def test_a_form_sent_after_the_session_ended_leads_to_the_login(dashboard: Dashboard, clock: Clock) -> None:
    with dashboard.browser() as browser:
        clock.later(LASTS)
        answer = browser.post("/alerts/x/retry", data={"csrf": "x"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
        answer = browser.post("/alerts/x/retry", headers={"HX-Request": "true"})
        assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/login")


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"x" * 1_000_001, 413), (b"&".join(b"%d=1" % n for n in range(300)), 400), (b"csrf=\xff\xfe", 400), (b"", 403)],
)
def test_absurd_forms_are_refused(dashboard: Dashboard, body: bytes, status: int) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    with dashboard.browser() as browser:
        assert browser.post("/logout", content=body, headers=headers).status_code == status
        assert is_in(browser)


# --- https, and beyond this machine


def test_cookies_are_for_https_alone_where_the_dashboard_is_reached_by_it(
    dashboard: Dashboard, store: Store, config: object
) -> None:
    with dashboard.stranger() as browser:
        plain = cookie(browser.get("/", params={"token": TOKEN}))["crawler_session"]
        proxied = browser.get("/", params={"token": TOKEN}, headers={"X-Forwarded-Proto": "https"})
        assert (plain["secure"], cookie(proxied)["crawler_session"]["secure"]) == ("", True)


def test_a_configured_name_is_ours_behind_a_proxy(store: Store, config: object, clock: Clock) -> None:
    office = office_of(store, config, clock, web_url="https://reports.example.org")  # type: ignore[arg-type]
    ours = {"Host": "reports.example.org", "Origin": "https://reports.example.org"}
    with running(office) as dashboard, dashboard.stranger(headers=ours) as browser:
        answer = browser.get("/", params={"token": TOKEN})
        assert cookie(answer)["crawler_session"]["secure"] is True
        session = {"Cookie": f"crawler_session={cookie(answer)['crawler_session'].value}"}
        page = browser.get("/status", headers=session)
        assert page.status_code == 200
        proof = page.text.partition('name="csrf" value="')[2][:32]
        assert browser.post("/logout", data={"csrf": proof}, headers=session).status_code == 303


def test_beyond_this_machine_a_link_opens_nothing_and_any_name_is_asked(
    known: Store, config: object, clock: Clock
) -> None:
    office = office_of(known, config, clock, host="0.0.0.0")  # type: ignore[arg-type]
    with running(office) as dashboard, dashboard.stranger(headers={"Host": "192.0.2.7:8000"}) as browser:
        answer = browser.get("/", params={"token": TOKEN})
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        assert browser.get("/status", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert log_in(browser).status_code == 303
