"""Whoever runs the program in any way can search what it stored."""

import re
import time
from pathlib import Path

import pytest

from storage.search.indexing import waiting
from tests.e2e.test_daemon import report
from tests.e2e.test_dashboard import PATIENCE, asked, serving
from tests.support.cli import crawl
from tests.support.http_server import HttpServer
from tests.support.store import opened, stock

HIT = re.compile("<mark>失业率</mark>")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources.yaml").write_text(
        'sources: [{id: away, url: "https://www.example.org/", enabled: false}]\n', "utf-8"
    )
    return tmp_path


def found(link: str, words: str) -> str:
    """The page, as soon as nothing waits."""
    end = time.monotonic() + PATIENCE
    with asked(link.partition("?")[0]) as browser:
        browser.get(link)
        while True:
            page = browser.get("/search", params={"q": words}).text
            if "<mark>" in page or time.monotonic() > end:
                return page


def test_what_a_round_stored_can_be_searched_at_once(folder: Path) -> None:
    with HttpServer({"/yunxi.html": report()}) as server:
        (folder / "sources.yaml").write_text(
            "defaults: {delay: 0s}\nnetwork: {allow_private: true}\n"
            f'sources: [{{id: yunxi, url: "{server.url("/yunxi.html")}"}}]\n',
            "utf-8",
        )
        assert crawl(folder, "once").code == 0
    with opened(folder / "crawler.db") as store:
        assert waiting(store) == 0
    with serving(folder, "serve") as (link, _):
        assert HIT.search(found(link, "失业率"))


@pytest.mark.parametrize("command", [("serve",), ("run", "--web")])
def test_what_waits_is_indexed_beside_other_work(folder: Path, command: tuple[str, ...]) -> None:
    with opened(folder / "crawler.db") as store:
        stock(store, versions=3)
        assert waiting(store) == 3
    with serving(folder, *command) as (link, _):
        assert "<mark>粮食</mark>" in found(link, "粮食")
