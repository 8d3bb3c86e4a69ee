"""A dashboard on loopback, over a real store, with a clock that stands: for tests that ask it as a browser does.

with running(office) as dashboard:
    with dashboard.browser() as browser:          # came by the printed link
        browser.get("/sources"), browser.send("/logout")
    with dashboard.stranger() as stranger: ...    # has no cookie yet
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher

from crawler.app import new_secret
from crawler.web.app import create_app
from crawler.web.doorkeeper import Doorkeeper
from crawler.web.office import Office
from crawler.web.server import bind, office_at, serving
from storage.access import set_password
from storage.store import Store
from tests.support.store import NOW

TOKEN = "the-token-of-these-tests"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""As sound as a test needs it."""


class Clock:
    """What time it is."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment

    def later(self, time: timedelta) -> None:
        self.moment += time


class Browser(httpx.Client):
    """Keeps cookies, follows no redirect, and sends forms as a page of the dashboard would."""

    def send_form(self, path: str, **fields: str) -> httpx.Response:
        """A form with what its page put into it."""
        page = self.get("/login" if path == "/login" else "/status")
        found = re.search(r'name="csrf" value="(\w+)"', page.text)
        return self.post(path, data={"csrf": found[1] if found else "", **fields})


class Dashboard:
    """One that answers."""

    def __init__(self, office: Office, port: int) -> None:
        self.office = office
        self.store = office.store
        self.url = f"http://127.0.0.1:{port}"

    def stranger(self, **options: Any) -> Browser:
        """A browser that was never here."""
        return Browser(base_url=self.url, timeout=20, trust_env=False, **options)

    @contextmanager
    def browser(self, **options: Any) -> Iterator[Browser]:
        """The owner's."""
        with self.stranger(**options) as browser:
            assert browser.get("/", params={"token": TOKEN}).status_code == 303
            yield browser


def office_of(store: Store, config: Path, clock: Clock, *, host: str = "127.0.0.1", **fields: Any) -> Office:
    """An office on loopback, whose daemon never ticked."""
    office = office_at(host, store, str(config), lambda: None, TOKEN)
    return replace(office, now=clock, dice=new_secret, **fields)


@contextmanager
def running(office: Office) -> Iterator[Dashboard]:
    """Serve it on a free port."""
    listening = bind("127.0.0.1", 0)
    with serving(office, listening):
        yield Dashboard(office, listening.getsockname()[1])
    listening.close()


def app_of(office: Office) -> Doorkeeper:
    """The application, to look at its routes."""
    return create_app(office)


def reader(store: Store, name: str, password: str) -> None:
    """Somebody who may log in."""
    set_password(store, name, QUICK.hash(password), NOW)
