"""The API as a program asks it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from crawler.web.api.app import ROOT
from tests.support.dashboard import TOKEN, Browser, Dashboard


@contextmanager
def program(dashboard: Dashboard, token: str = TOKEN) -> Iterator[Browser]:
    """A client below `/api/v1` that shows a token."""
    with Browser(
        base_url=dashboard.url + ROOT, timeout=20, trust_env=False, headers={"Authorization": f"Bearer {token}"}
    ) as asking:
        yield asking


def walk(asking: Browser, path: str, **wanted: Any) -> list[Any]:
    """Every item of a list, portion by portion, as the header Link leads."""
    items: list[Any] = []
    answer = asking.get(path, params=wanted)
    while True:
        document = answer.raise_for_status().json()
        items += document["items"]
        assert ("next" in answer.links) == (document["next"] is not None)
        if document["next"] is None:
            return items
        answer = asking.get(asking.base_url.join(answer.links["next"]["url"]))
