"""Tokens for programs: each does what its scopes say, until it is removed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from crawler.errors import UsageError
from storage.access import add_token, remove_token, tokens
from storage.store import Store
from tests.support.dashboard import TOKEN, Browser, Dashboard
from tests.support.store import NOW

SECRETS = {scope: f"secret-of-{scope}" for scope in ("read", "write", "feed")}


@pytest.fixture(autouse=True)
def some(store: Store) -> None:
    for scope, secret in SECRETS.items():
        add_token(store, f"for {scope}", secret, [scope], NOW)


@contextmanager
def program(dashboard: Dashboard, secret: str) -> Iterator[Browser]:
    with dashboard.stranger(headers={"Authorization": f"Bearer {secret}".encode()}) as program:
        yield program


@pytest.mark.parametrize(
    ("scope", "read", "written"), [("read", 200, 403), ("write", 403, 404), ("feed", 403, 403), (None, 200, 404)]
)
def test_a_token_does_what_its_scopes_say(dashboard: Dashboard, scope: str | None, read: int, written: int) -> None:
    with program(dashboard, SECRETS[scope] if scope else TOKEN) as asking:
        assert asking.get("/status").status_code == read
        assert asking.post("/alerts/none/retry").status_code == written


def test_a_removed_or_unknown_token_opens_nothing(dashboard: Dashboard, store: Store) -> None:
    remove_token(store, "for read")
    for secret in (SECRETS["read"], "x", "\u00e9", f"{TOKEN} {TOKEN}"):
        with program(dashboard, secret) as asking:
            answer = asking.get("/status")
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_leaves_no_session_behind_and_a_link_with_it_makes_none(dashboard: Dashboard) -> None:
    with program(dashboard, SECRETS["read"]) as asking:
        assert "set-cookie" not in asking.get("/status").headers
    with dashboard.stranger() as browser:
        answer = browser.get("/", params={"token": SECRETS["read"]})
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers


def test_a_feed_reader_shows_its_token_in_the_address_and_gets_feeds_alone(dashboard: Dashboard) -> None:
    with dashboard.stranger() as reader:
        assert reader.get("/feeds/none", params={"token": SECRETS["feed"]}).status_code == 404
        assert reader.get("/feeds/none", params={"token": "x"}).status_code == 401
        assert reader.get("/feeds/none", params={"token": SECRETS["write"]}).status_code == 403
        assert reader.get("/status", params={"token": SECRETS["feed"]}).status_code == 401


def test_a_name_is_taken_once(store: Store) -> None:
    with pytest.raises(UsageError, match="already"):
        add_token(store, "for read", "another", ["read"], NOW)
    assert [(line.name, line.scopes) for line in tokens(store)] == [
        ("for feed", ("feed",)),
        ("for read", ("read",)),
        ("for write", ("write",)),
    ]
    with pytest.raises(UsageError, match="no token"):
        remove_token(store, "nobody's")
